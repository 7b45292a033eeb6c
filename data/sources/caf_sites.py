"""data.caf.fr « organisation des sites »: the real access points of a Caf.

Documented layout (`NUMCOMSI, LIBSITE, STRACCUE, TYPOUVSI, TOPPRBIW`), unproven.
"""

import pandas as pd

from data.sources.reading import POINT, Format, Genre, Reading
from data.sources.sample import Sample, key
from data.sources.tabular import load
from data.sources.values import commune_codes

_TYPES = {
    "siege": "agence",
    "agence": "agence",
    "antenne": "agence",
    "permanence": "permanence",
    "relais": "point_relais",
}
_JOURS = (("plus de 4", "5"), (">4", "5"), ("hebdo", "5"), ("4 j", "4"))


def _recognise(sample: Sample) -> bool:
    return sample.has("numcomsi", "libsite", "straccue")


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("numcomsi", "libsite", "straccue")
    assert entete is not None
    champs = {
        "code_commune": "numcomsi", "nom": "libsite", "accueil": "straccue", "ouverture": "typouvsi",
        "borne": "topprbiw", "latitude": "latitude", "longitude": "longitude",
    }  # fmt: skip
    table = load(sample, entete, {c: entete.column(k) for c, k in champs.items()})
    table["code_commune"], _ = commune_codes(table["code_commune"])
    points = pd.DataFrame({c: "" for c in POINT}, index=table.index)
    points["id"] = [f"CAF-{c}-{n}" for n, c in enumerate(table["code_commune"], 1)]
    points["type"] = table["accueil"].map(lambda a: next((t for m, t in _TYPES.items() if m in key(a)), "autre"))
    points["lieu_hote"] = "autre"
    points["etat"] = "ouvert"
    points[["nom", "code_commune"]] = table[["nom", "code_commune"]]
    for axe in ("latitude", "longitude"):
        points[axe] = pd.to_numeric(table[axe].str.replace(",", "."), errors="coerce")
    points["jours_par_semaine"] = [_days(o) for o in table["ouverture"]]
    bornes = int(table["borne"].str.upper().isin(["1", "O", "OUI"]).sum())
    notes = (f"{bornes} sites ont une borne internet\u202f: une borne internet n'est pas forcément une borne visio",)
    return (Reading(Genre.POINTS, points[list(POINT)], len(table), notes=notes),)


def _days(ouverture: str) -> str:
    texte = ouverture.lower().strip()
    if "mens" in texte or "occas" in texte:
        return ""
    return next((jours for motif, jours in _JOURS if motif in texte), "")


SITES = Format(
    "caf_sites", "Organisation des sites d'accueil des Caf", "Cnaf", "Licence Ouverte 2.0",
    "https://data.caf.fr/explore/?q=organisation+des+sites", _recognise, _read,
)  # fmt: skip
