"""Insee Filosofi by commune: median standard of living and poverty rate; `s` is secret, `nd` missing."""

import re

from data.sources.reading import Format, Genre, Reading
from data.sources.sample import Entete, Sample
from data.sources.tabular import load
from data.sources.values import commune_codes, indicators, repaired

_MEDIANE = re.compile(r"^(?:med|q2)(\d\d)$")


def _annee(entete: Entete | None) -> int | None:
    trouves = [m for m in map(_MEDIANE.match, entete.cles if entete else ()) if m]
    return 2000 + int(trouves[0].group(1)) if trouves else None


def _recognise(sample: Sample) -> bool:
    return _annee(sample.find("codgeo")) is not None


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("codgeo")
    annee = _annee(entete)
    assert entete is not None
    assert annee is not None
    an = f"{annee % 100:02d}"
    champs = {
        "code": entete.column("codgeo"),
        "revenu_median": entete.column(f"med{an}", f"q2{an}"),
        "taux_pauvrete": entete.column(f"tp60{an}"),
    }
    table = load(sample, entete, champs)
    table["code"], repares = commune_codes(table["code"])
    presents = [c for c in ("revenu_median", "taux_pauvrete") if champs[c]]
    notes = repaired(repares)
    longue = indicators(table, presents, "commune", annee)
    return (Reading(Genre.INDICATEURS, longue, len(table), annee, notes=notes),)


FILOSOFI = Format(
    "insee_filosofi",
    "Filosofi, niveaux de vie et pauvreté par commune",
    "Insee-DGFiP-Cnaf-Cnav-CCMSA",
    "Licence Ouverte 2.0",
    "https://www.insee.fr/fr/statistiques/7756729",
    _recognise,
    _read,
)
