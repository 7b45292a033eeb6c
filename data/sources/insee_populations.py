"""Insee: legal populations of one census (`donnees_communes`) or of all since 1876 (`base-pop-historiques`).

In `donnees_communes`, `COM` is the code or, in older files, the name. `base-pop-historiques` follows its documented
layout (`CODGEO`, `PMUN2023`, `PMUN2022`…), unproven.
"""

import re

import pandas as pd

from data.sources.reading import Format, Genre, Reading
from data.sources.sample import Sample
from data.sources.tabular import load
from data.sources.values import COMMUNE, commune_codes, indicators, join_code, repaired

_ECHANTILLON = 100
_DECALAGE = -2
"""The census of N is published on the commune map of 1 January N + 2."""


def _recognise(sample: Sample) -> bool:
    return sample.has("codcom", "com", "pmun", "ptot")


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("codcom", "com", "pmun", "ptot")
    assert entete is not None
    champs = {
        "com": entete.column("com"),
        "codcom": entete.column("codcom"),
        "dep": entete.column("coddep", "dep"),
        "population_municipale": entete.column("pmun"),
    }
    table = load(sample, entete, champs)
    if table["com"].head(_ECHANTILLON).str.fullmatch(COMMUNE).mean() > 0.5:
        table["code"], repares = commune_codes(table["com"])
        notes: tuple[str, ...] = ()
    else:
        table["code"], repares = join_code(table["dep"], table["codcom"]), 0
        notes = ("COM y est le nom\u202f: code rebâti de CODDEP et CODCOM",)
    notes += repaired(repares)
    notes += ("population comptée à part et totale non reprises\u202f: les taux se rapportent à la municipale",)
    population = indicators(table, ["population_municipale"], "commune", 0)
    return (Reading(Genre.INDICATEURS, population, len(table), decalage_annee=_DECALAGE, notes=notes),)


POPULATIONS = Format(
    "insee_populations",
    "Populations légales des communes",
    "Insee",
    "Licence Ouverte 2.0",
    "https://www.insee.fr/fr/statistiques/8680726",
    _recognise,
    _read,
)


_PMUN = re.compile(r"^pmun((?:20)?\d\d)$")
_DEPUIS = 2006
"""First census that is done every year: earlier ones are counts of another kind."""


def _years(sample: Sample) -> dict[str, int]:
    entete = sample.find("codgeo")
    colonnes = zip(entete.colonnes, entete.cles, strict=True) if entete else ()
    trouves = {c: m for c, k in colonnes if (m := _PMUN.match(k))}
    annees = {c: int(m.group(1)) + (2000 if len(m.group(1)) == 2 else 0) for c, m in trouves.items()}
    return {c: a for c, a in annees.items() if a >= _DEPUIS}


def _recognise_historiques(sample: Sample) -> bool:
    return len(_years(sample)) > 1 and not sample.has("dens7")


def _read_historiques(sample: Sample) -> tuple[Reading, ...]:
    entete, annees = sample.find("codgeo"), _years(sample)
    assert entete is not None
    table = load(sample, entete, {"code": entete.column("codgeo"), **{c: c for c in annees}})
    table["code"], _ = commune_codes(table["code"])
    derniere = max(annees.values())
    parts = [
        indicators(table.rename(columns={c: "population_municipale"}), ["population_municipale"], "commune", annee)
        for c, annee in annees.items()
    ]
    notes = (f"recensements d'avant {_DEPUIS} non repris",)
    # All the years stand on one map: that of the last census.
    return (
        Reading(
            Genre.INDICATEURS, pd.concat(parts, ignore_index=True), len(table), None, derniere - _DECALAGE, notes=notes
        ),
    )


HISTORIQUES = Format(
    "insee_populations_historiques",
    "Populations municipales des communes depuis 1876",
    "Insee",
    "Licence Ouverte 2.0",
    "https://www.insee.fr/fr/statistiques/3698339",
    _recognise_historiques,
    _read_historiques,
)
