"""Any export `commune;indicateur;annee;valeur`: Imaje, Travelling and other internal tools have no public layout."""

import pandas as pd

from data.sources.reading import Format, Genre, Reading
from data.sources.sample import Sample
from data.sources.tabular import load
from data.sources.values import COMMUNE, commune_codes, numbers, repaired, set_aside

_CLES = ("commune", "indicateur", "annee", "valeur")


def _recognise(sample: Sample) -> bool:
    return sample.has(*_CLES)


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find(*_CLES)
    assert entete is not None
    champs = dict(zip(("code_territoire", *_CLES[1:]), _CLES, strict=True))
    table = load(sample, entete, {c: entete.column(k) for c, k in champs.items()})
    lues = len(table)
    table["code_territoire"], repares = commune_codes(table["code_territoire"])
    table["indicateur"] = table["indicateur"].str.lower().str.replace(r"[\s-]+", "_", regex=True)
    table["annee"] = pd.to_numeric(table["annee"], errors="coerce")
    bonnes = table["code_territoire"].str.fullmatch(COMMUNE) & table["annee"].notna() & (table["indicateur"] != "")
    table, ecarts = set_aside(table, bonnes, "ligne sans commune, année ou indicateur", "code_territoire")
    valeur, statut = numbers(table["valeur"])
    longue = pd.DataFrame(
        {
            "code_territoire": table["code_territoire"],
            "maille": "commune",
            "indicateur": table["indicateur"],
            "annee": table["annee"].astype(int),
            "valeur": valeur,
            "statut": statut,
        }
    )
    notes = repaired(repares)
    return (Reading(Genre.INDICATEURS, longue.reset_index(drop=True), lues, ecarts=ecarts, notes=notes),)


GENERIQUE = Format(
    "indicateurs_communes", "Indicateurs par commune (commune;indicateur;annee;valeur)", "Caf (export interne)",
    "usage interne", "", _recognise, _read,
)  # fmt: skip
