"""Insee: legal populations by commune (`donnees_communes`), where `COM` is the code or, in older files, the name."""

from data.sources.reading import Format, Genre, Reading
from data.sources.sample import Sample
from data.sources.tabular import load
from data.sources.values import COMMUNE, commune_codes, indicators, join_code

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
    codes, repares = commune_codes(table["com"])
    if codes.str.fullmatch(COMMUNE).mean() > 0.5:
        table["code"], notes = codes, ()
    else:
        table["code"], repares = join_code(table["dep"], table["codcom"]), 0
        notes = ("COM y est le nom\u202f: code rebâti de CODDEP et CODCOM",)
    notes += (f"{repares} codes de commune réparés",) if repares else ()
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
