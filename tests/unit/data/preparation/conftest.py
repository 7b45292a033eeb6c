"""A country of eight communes, as official files: enough for every rule of preparation."""

import json
from pathlib import Path

import pytest
import shapely

from data.preparation import Preparation, prepare

COMMUNES_2026 = {
    "62001": "Ablain", "62002": "Bailleul-Neuve", "62010": "Cambrin", "62020": "Divion",
    "80001": "Abbeville", "80002": "Ailly", "29155": "Ouessant", "92075": "Vanves",
}  # fmt: skip
PLACE = {
    "62001": 0, "62002": 1, "62003": 2, "62010": 3, "62020": 4, "80001": 5, "80002": 6, "29155": 7, "92075": 8,
}  # fmt: skip
"""Rank of each commune from west to east: unit squares of a tenth of a degree."""
MOUVEMENTS = """MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP
32,2024-01-01,COM,62002,COM,62002
32,2024-01-01,COM,62003,COM,62002
"""


def square(code: str) -> dict[str, object]:
    x = 2.0 + 0.1 * PLACE[code]
    return shapely.geometry.mapping(shapely.box(x, 50.0, x + 0.1, 50.1))


def outlines(codes: list[str], epci: dict[str, str] | None = None) -> str:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"code": c, "nom": f"Nom {c}", **({"codeEpci": epci.get(c)} if epci else {})},
                    "geometry": square(c),
                }
                for c in codes
            ],
        }
    )


AVANT = ["62001", "62002", "62003", "62010", "62020", "80001", "80002", "29155", "92075"]
EPCI = {
    "62001": "200000001", "62002": "200000001", "62003": "200000002", "62010": "200000003", "80001": "200000003",
    "80002": "200000004", "62020": "200000001", "92075": "200054781/200057974",
}  # fmt: skip


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Movements, list of 2026, outlines of 2018, memberships of 2023, populations of 2021 (map of 2023)."""
    dossier = tmp_path / "sources"
    dossier.mkdir()
    (dossier / "v_mvt_commune_2026.csv").write_text(MOUVEMENTS)
    liste = "".join(f"COM,{c},0,{c[:2]},,,0,X,X,{n},,\n" for c, n in COMMUNES_2026.items())
    (dossier / "v_commune_2026.csv").write_text(
        "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\n" + liste
    )
    (dossier / "contours.geojson").write_text(outlines(AVANT))
    membres = "".join(f"{c},{n},{e}\n" for c, n, e in ((c, f"N{c}", EPCI.get(c, "NR")) for c in AVANT))
    (dossier / "appartenance.csv").write_text("INSEE_COM,NOM,SIREN_EPCI\n" + membres)
    populations = "".join(
        f"32;Région;{c[:2]};1;1;{c[2:]};{c};N{c};{100 + n};1;{101 + n}\n" for n, c in enumerate(AVANT)
    )
    (dossier / "donnees_communes.csv").write_text(
        "REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT\n" + populations
    )
    return dossier


@pytest.fixture
def trace():
    """Write outlines of communes, all by default; with `fin`, with ten points on each side."""

    def write(codes: list[str] | None = None, fin: bool = False) -> str:
        contenu = json.loads(outlines(AVANT if codes is None else codes))
        for feature in contenu["features"] if fin else ():
            forme = shapely.segmentize(shapely.geometry.shape(feature["geometry"]), 0.01)
            feature["geometry"] = shapely.geometry.mapping(forme)
        return json.dumps(contenu)

    return write


@pytest.fixture
def build(sources: Path, tmp_path: Path):
    """Prepare the little country; every account must balance."""

    def run(*departements: str, sortie: str = "jeu", **options: object) -> Preparation:
        made = prepare(departements, 2026, sources, tmp_path / sortie, **options)  # type: ignore[arg-type]
        assert [c for c in made.comptes if not c.equilibre] == []
        return made

    return run
