"""Insee census: children by age, from the detailed file (`POP1B`), or the share of 0-14 computed from it by commune.

`POP1B` follows its documented layout (`CODGEO, SEXE, AGED100, NB`); no real file could be had.
"""

import re

import pandas as pd

from data.sources.reading import Format, Genre, Reading
from data.sources.sample import Sample
from data.sources.tabular import load
from data.sources.values import commune_codes, indicators, numbers, repaired, set_aside

_PAGE = "https://www.insee.fr/fr/statistiques/8202264"
_TRANCHES = {"enfants_0_2": (0, 2), "enfants_3_5": (3, 5), "enfants_6_17": (6, 17)}
DECALAGE_RECENSEMENT = -3
"""The detailed results of the census of N are published on the commune map of 1 January N + 3."""
_PART_DE_TROIS_ANS = 3 / 15
"""Three years of age out of the fifteen of 0-14, taken as equal."""


def _recognise(sample: Sample) -> bool:
    return sample.has("com", "pop014est")


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("com", "pop014est")
    assert entete is not None
    champs = {
        "code": entete.column("com"),
        "population_0_14": entete.column("pop014est"),
        "familles_monoparentales": entete.column("menmonoest"),
    }
    trouve = re.search(r"pop(\d\d)", " ".join(entete.cles))
    annee = 2000 + int(trouve.group(1)) if trouve else 0
    table = load(sample, entete, champs)
    table["code"], repares = commune_codes(table["code"])
    longue = indicators(table, ["population_0_14", "familles_monoparentales"], "commune", annee)
    enfants = longue[longue["indicateur"] == "population_0_14"]
    parts = [
        enfants.assign(indicateur=nom, valeur=(enfants["valeur"] * _PART_DE_TROIS_ANS).round(6))
        for nom in ("enfants_0_2", "enfants_3_5")
    ]
    notes: tuple[str, ...] = (
        "enfants de 0 à 2 ans et de 3 à 5 ans estimés\u202f: trois quinzièmes de la population de 0 à 14 ans",
        "enfants de 6 à 17 ans\u202f: absents du fichier, qui s'arrête à 14 ans",
    )
    notes += repaired(repares)
    return (Reading(Genre.INDICATEURS, pd.concat([longue, *parts], ignore_index=True), len(table), annee, notes=notes),)


MOINS_DE_15_ANS = Format(
    "population_0_14",
    "Population de 0 à 14 ans par commune, estimée d'après le recensement par Iris",
    "Observatoire territorial, d'après Insee",
    "non dite par le producteur\u202f: à ne pas rediffuser",
    _PAGE,
    _recognise,
    _read,
)


def _recognise_detail(sample: Sample) -> bool:
    return sample.has("codgeo", "aged100", "nb")


def _read_detail(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("codgeo", "aged100", "nb")
    assert entete is not None
    champs = {"niveau": "nivgeo", "code": "codgeo", "age": "aged100", "nb": "nb"}
    table = load(sample, entete, {c: entete.column(k) for c, k in champs.items()})
    lues = len(table)
    table, ecarts = set_aside(
        table, table["niveau"].isin(["COM", "ARM", ""]), "niveau géographique autre que la commune", "niveau"
    )
    table["code"], _ = commune_codes(table["code"])
    table["valeur"], table["statut"] = numbers(table["nb"])
    age = pd.to_numeric(table["age"], errors="coerce")
    parts = []
    for nom, (debut, fin) in _TRANCHES.items():
        tranche = table[(age >= debut) & (age <= fin)].groupby("code", as_index=False)
        somme = tranche.agg(valeur=("valeur", lambda v: v.sum(skipna=False)), statut=("statut", "max"))
        parts.append(somme.rename(columns={"code": "code_territoire"}).assign(indicateur=nom))
    longue = pd.concat(parts, ignore_index=True).assign(maille="commune", annee=0)
    return (
        Reading(
            Genre.INDICATEURS,
            longue[["code_territoire", "maille", "indicateur", "annee", "valeur", "statut"]],
            lues,
            decalage_annee=DECALAGE_RECENSEMENT,
            ecarts=ecarts,
            notes=("âges de 18 ans et plus lus, sans usage dans le jeu",),
        ),
    )


POP1B = Format(
    "insee_pop1b", "Recensement, population par sexe et âge (POP1B)", "Insee", "Licence Ouverte 2.0", _PAGE,
    _recognise_detail, _read_detail,
)  # fmt: skip
