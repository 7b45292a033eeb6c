"""DGCL: composition of the Epci à fiscalité propre, workbook `epcicomAAAA` or text `perimetre-epci-a-fp`."""

import re

from data.sources.reading import Format, Genre, Reading
from data.sources.sample import Sample
from data.sources.tabular import load
from data.sources.values import commune_codes, indicators, repaired

_DELAI_POPULATION = 3
"""Populations written for the year N are those of the census of N - 3."""


def _recognise(sample: Sample) -> bool:
    return sample.has("siren", "raisonsociale", "naturejuridique", "insee", "sirenmembre")


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("siren", "raisonsociale", "naturejuridique", "insee", "sirenmembre")
    assert entete is not None
    colonne_pmun = entete.starting("pmun")
    trouve = re.search(r"\d{4}", colonne_pmun)
    annee = int(trouve.group()) if trouve else None
    champs = {"code": "insee", "code_epci": "siren", "nom": "raisonsociale", "nature": "naturejuridique"}
    table = load(
        sample,
        entete,
        {c: entete.column(k) for c, k in champs.items()} | {"population_municipale": colonne_pmun},
    )
    table["code"], repares = commune_codes(table["code"])
    notes = repaired(repares)
    epci = table.rename(columns={"code": "code_commune"})[["code_commune", "code_epci", "nom", "nature"]]
    lectures = [Reading(Genre.EPCI, epci, len(table), annee, annee, notes=notes)]
    if annee:
        recensement = annee - _DELAI_POPULATION
        population = indicators(table, ["population_municipale"], "commune", recensement)
        lectures.append(Reading(Genre.INDICATEURS, population, len(table), recensement, annee))
    return tuple(lectures)


EPCI = Format(
    "dgcl_epci",
    "Périmètre des Epci à fiscalité propre",
    "DGCL",
    "Licence Ouverte 2.0",
    "https://www.collectivites-locales.gouv.fr/institutions/liste-et-composition-des-epci-fiscalite-propre",
    _recognise,
    _read,
)
