"""From what was placed to the files of a dataset, and to the story of how it was made."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.preparation.definitions import define
from data.preparation.membership import Appartenance
from data.preparation.outlines import Contours
from data.preparation.perimeter import Perimetre, among
from data.preparation.report import Preparation
from data.preparation.scan import Fichier
from data.preparation.tables import Assemblage, leave_aside, select
from data.preparation.vintage import Lecture
from data.preparation.write import JOURNAL, digest, write_outlines, write_settings, write_table
from data.sources.reading import Genre
from data.sources.values import numbers

_SANS_CTG = (
    "Aucune donnée publique ne liste les Ctg\u202f: ctg.csv, ctg-communes.csv et les tables qui en dépendent sont à "
    "ajouter par la Caf"
)


@dataclass(frozen=True, eq=False)
class Matiere:
    """All that a preparation made, before it is written; `parts` begins with the indicators."""

    perimetre: Perimetre
    fichiers: tuple[Fichier, ...]
    lectures: tuple[Lecture, ...]
    contours: Contours
    membres: Appartenance
    parts: tuple[Assemblage, ...]

    @property
    def sans_contour(self) -> list[str]:
        """Communes that no file outlines: they are in the tables, not on the map."""
        return sorted(self.perimetre.codes - set(self.contours.communes["code"]))


def tell(sortie: Path, matiere: Matiere) -> Preparation:
    """Tell what was taken, what became of it and what is missing."""
    parts, perimetre = matiere.parts, matiere.perimetre
    manques = [f"{p.fichier}\u202f: aucun fichier du dossier n'en donne" for p in parts if p.table.empty]
    if sans := matiere.sans_contour:
        manques.insert(
            0, f"{len(sans)} communes sans contour, dans les tables et non sur la carte ({', '.join(sans[:6])})"
        )
    ecrites = [("communes.geojson", len(perimetre.codes)), ("epci.csv", len(matiere.membres.epci))]
    ecrites += [(p.fichier, len(p.table)) for p in parts if not p.table.empty]
    return Preparation(
        sortie=sortie,
        nom=_title(matiere.lectures, perimetre),
        departements=perimetre.departements,
        cog=perimetre.cog,
        communes=len(perimetre.codes),
        tables=tuple(ecrites),
        fichiers=matiere.fichiers,
        lectures=matiere.lectures,
        comptes=(
            *matiere.contours.comptes,
            *matiere.membres.comptes,
            *(c for p in parts for c in p.comptes),
            *leave_aside(select(matiere.lectures, Genre.ETIQUETTES)),
        ),
        choix=matiere.contours.choix + matiere.membres.choix + tuple(c for p in parts for c in p.choix),
        manques=(*manques, _SANS_CTG),
    )


def _title(lectures: Sequence[Lecture], perimetre: Perimetre) -> str:
    if not perimetre.departements:
        return "France entière"
    noms = _pairs(select(lectures, Genre.NOMS), "code")
    caf = _pairs(select(lectures, Genre.CAF), "departement")
    titres = [caf.get(d) or f"Département {noms.get(d, d)}" for d in perimetre.departements]
    return ", ".join(dict.fromkeys(titres))


def _pairs(lectures: Sequence[Lecture], cle: str) -> dict[str, str]:
    return {
        code: nom
        for lecture in lectures
        for code, nom in zip(lecture.reading.table[cle].tolist(), lecture.reading.table["nom"].tolist(), strict=True)
    }


def write_dataset(chantier: Path, matiere: Matiere, preparation: Preparation) -> None:
    """Write the tables, `jeu.toml` and the account into a folder."""
    indicateurs = matiere.parts[0]
    write_outlines(chantier / "communes.geojson", _communes(matiere))
    write_table(chantier / "epci.csv", matiere.membres.epci)
    for part in matiere.parts:
        if not part.table.empty:
            write = write_outlines if part.fichier.endswith(".geojson") else write_table
            write(chantier / part.fichier, part.table)
    if not indicateurs.table.empty:
        write_table(chantier / "indicateurs-def.csv", _definitions(indicateurs))
    jeu: dict[str, object] = {
        "nom": preparation.nom, "departements": list(preparation.departements), "cog": preparation.cog,
        "demarche": "deux_echelons", "fictif": False,
    }  # fmt: skip
    write_settings(chantier / "jeu.toml", jeu, _sources(matiere))
    ecrits = {p.name: digest(p) for p in sorted(chantier.iterdir())}
    journal = preparation.to_json() | {"ecrits": ecrits}
    (chantier / JOURNAL).write_text(json.dumps(journal, ensure_ascii=False, indent=1), encoding="utf-8")


def _communes(matiere: Matiere) -> gpd.GeoDataFrame:
    """Give `code`, `nom`, `code_epci`, `population` (latest year) of every commune; no outline is an empty cell."""
    codes = pd.Series(matiere.perimetre.index)
    table = matiere.parts[0].table
    population = table[(table["indicateur"] == "population_municipale") & (table["maille"] == "commune")]
    derniere = population.dropna(subset=["valeur"]).sort_values("annee").drop_duplicates("code_territoire", keep="last")
    connues = dict(zip(derniere["code_territoire"].tolist(), derniere["valeur"].tolist(), strict=True))
    valeurs = codes.map(connues or _outlined_population(matiere))
    contours = matiere.contours.communes.set_index("code").geometry.reindex(codes)
    return gpd.GeoDataFrame(
        {
            "code": codes,
            "nom": codes.map(_names(matiere)).fillna(codes),
            "code_epci": codes.map(matiere.membres.epci_de).fillna(""),
            "population": valeurs.astype("float64").round().astype("Int64"),
        },
        geometry=contours.array,
        crs=4326,
    )


def _outlined_population(matiere: Matiere) -> dict[str, float]:
    """Read the population that the outlines carry, of a year they do not say; none for a commune made of several."""
    population: dict[str, float] = {}
    for lecture in matiere.contours.utilises:
        table = lecture.reading.table
        if "population" in table and lecture.cog:
            valeur, _ = numbers(table["population"])
            table = table.assign(valeur=valeur)[among(table["code"], matiere.perimetre.index) & (valeur > 0)]
            population |= dict(zip(table["code"].tolist(), table["valeur"].tolist(), strict=True))
    return {c: p for c, p in population.items() if c in matiere.contours.intactes}


def _names(matiere: Matiere) -> dict[str, str]:
    """Names of the communes: the official list closest to the target year, else the outlines."""
    cible = matiere.perimetre.cog
    listes = sorted(
        select(matiere.lectures, Genre.COMMUNES), key=lambda le: ((le.cog or 0) <= cible, -abs((le.cog or 0) - cible))
    )
    noms: dict[str, str] = {}
    for lecture in (*matiere.contours.utilises, *listes):
        table = lecture.reading.table
        table = table[among(table["code"], matiere.perimetre.index)]
        noms |= dict(zip(table["code"].tolist(), table["nom"].tolist(), strict=True))
    return noms


def _definitions(indicateurs: Assemblage) -> pd.DataFrame:
    rows = []
    for indicateur in sorted(indicateurs.table["indicateur"].unique()):
        formats = [
            le.fichier.format
            for le in indicateurs.lectures
            if le.fichier.format and (le.reading.table["indicateur"] == indicateur).any()
        ]
        source = " | ".join(sorted({f"{f.producteur}, {f.titre}" for f in formats}))
        rows.append(define(indicateur, frozenset(f.id for f in formats)) | {"source": source})
    return pd.DataFrame(rows)


def _sources(matiere: Matiere) -> list[dict[str, object]]:
    usages: list[tuple[str, Sequence[Lecture]]] = [("communes.geojson", matiere.contours.utilises)]
    usages.append(("epci.csv", [p.lecture for p in matiere.membres.places if len(p.table)]))
    usages += [(p.fichier, p.lectures) for p in matiere.parts]
    return [_source(fichier, lecture) for fichier, lectures in usages for lecture in lectures]


def _source(fichier: str, lecture: Lecture) -> dict[str, object]:
    format_ = lecture.fichier.format
    assert format_ is not None
    assert lecture.fichier.sample is not None
    return {
        "fichier": fichier,
        "producteur": format_.producteur,
        "titre": f"{format_.titre} ({lecture.nom})",
        "millesime": str(lecture.annee or lecture.cog or ""),
        "licence": format_.licence,
        "url": format_.page,
        "date_maj": date.fromtimestamp(lecture.fichier.sample.path.stat().st_mtime),
    }
