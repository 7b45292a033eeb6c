"""Insee: composition of the Epci (`EPCI_au_01-01-AAAA`), header under title rows, `ZZZZZZZZZ` for none.

Documented layout; no real file could be had, so its reading is unproven.
"""

import re

from data.sources.reading import Format, Genre, Reading
from data.sources.sample import Sample
from data.sources.tabular import load
from data.sources.values import SIREN, commune_codes, set_aside

_AUCUN = "ZZZZZZZZZ"


def _recognise(sample: Sample) -> bool:
    return sample.has("codgeo", "libgeo", "epci", "libepci")


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("codgeo", "libgeo", "epci", "libepci")
    assert entete is not None
    table = load(
        sample,
        entete,
        {"code_commune": entete.column("codgeo"), "code_epci": entete.column("epci"), "nom": entete.column("libepci")},
    )
    lues = len(table)
    table["code_commune"], _ = commune_codes(table["code_commune"])
    table["nature"] = table["code_epci"].map(_natures(sample)).fillna("").astype("str")
    sans = table["code_epci"] == _AUCUN
    table.loc[sans, ["code_epci", "nom"]] = ""
    table, ecarts = set_aside(
        table, sans | table["code_epci"].str.fullmatch(SIREN), "code d'Epci illisible", "code_commune"
    )
    cog = _annee(sample)
    return (Reading(Genre.EPCI, table[["code_commune", "code_epci", "nom", "nature"]], lues, cog, cog, ecarts=ecarts),)


def _natures(sample: Sample) -> dict[str, str]:
    entete = sample.find("epci", "libepci", "natureepci")
    if entete is None:
        return {}
    table = load(sample, entete, {"epci": entete.column("epci"), "nature": entete.column("natureepci")})
    return dict(zip(table["epci"], table["nature"], strict=True))


def _annee(sample: Sample) -> int | None:
    titres = " ".join(c for f in sample.feuilles for ligne in f.lignes[:5] for c in ligne)
    trouve = re.search(r"1er janvier (20\d\d)|01/01/(20\d\d)", titres)
    return int(trouve.group(1) or trouve.group(2)) if trouve else None


EPCI = Format(
    "insee_epci",
    "Composition communale des Epci",
    "Insee",
    "Licence Ouverte 2.0",
    "https://www.insee.fr/fr/information/2510634",
    _recognise,
    _read,
)
