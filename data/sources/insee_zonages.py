"""Kinds of space of each commune: density grid (Insee), centralités and ruralités (ANCT).

Density and centrality are levels, hence indicators that never add up; ruralités are names, which no table of a
dataset holds.
"""

import re

import pandas as pd

from data.sources.reading import Format, Genre, Reading
from data.sources.sample import Entete, Sample, key
from data.sources.tabular import load
from data.sources.values import commune_codes, indicators

_DENSITE = (
    "Grands centres urbains", "Centres urbains intermédiaires", "Ceintures urbaines", "Petites villes",
    "Bourgs ruraux", "Rural à habitat dispersé", "Rural à habitat très dispersé",
)  # fmt: skip
"""From the densest (1) to the least dense (7)."""
_CENTRALITE = ("Communes non centre", "Centre local", "Centre intermédiaire", "Centre structurant", "Centre majeur")
"""From no centre (0) to a major one (4)."""


def _recognise_grille(sample: Sample) -> bool:
    return sample.has("codgeo", "dens7", "libdens7")


def _read_grille(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("codgeo", "dens7", "libdens7")
    assert entete is not None
    colonne = entete.starting("pmun")
    table = load(
        sample,
        entete,
        {"code": entete.column("codgeo"), "niveau_densite": entete.column("dens7"), "population_municipale": colonne},
    )
    table["code"], _ = commune_codes(table["code"])
    annee = _title_year(sample, entete)
    niveaux = indicators(table, ["niveau_densite"], "commune", annee or 0)
    lectures = [Reading(Genre.INDICATEURS, niveaux, len(table), annee, annee)]
    chiffres = re.search(r"\d\d$", colonne)
    if chiffres:
        recensement = 2000 + int(chiffres.group())
        population = indicators(table, ["population_municipale"], "commune", recensement)
        lectures.append(Reading(Genre.INDICATEURS, population, len(table), recensement, annee))
    return tuple(lectures)


def _title_year(sample: Sample, entete: Entete) -> int | None:
    feuille = next(f for f in sample.feuilles if f.nom == entete.feuille)
    titres = " ".join(c for ligne in feuille.lignes[: entete.ligne] for c in ligne)
    trouve = re.search(r"au 01/01/(20\d\d)", titres) or re.search(r"(20\d\d)", titres)
    return int(trouve.group(1)) if trouve else None


def _recognise_niveau(sample: Sample) -> bool:
    return any(sample.has("inseecom", f"niveau{n}") for n in ("densite", "ruralite", "centralite"))


def _read_niveau(sample: Sample) -> tuple[Reading, ...]:
    nom = next(n for n in ("densite", "ruralite", "centralite") if sample.has("inseecom", f"niveau{n}"))
    entete = sample.find("inseecom", f"niveau{nom}")
    assert entete is not None
    table = load(sample, entete, {"code": entete.column("inseecom"), "libelle": entete.column(f"niveau{nom}")})
    table["code"], _ = commune_codes(table["code"])
    if nom == "ruralite":
        etiquettes = table.rename(columns={"code": "code_commune"}).assign(typologie=nom)
        return (Reading(Genre.ETIQUETTES, etiquettes, len(table)),)
    table[f"niveau_{nom}"] = table["libelle"].map(_levels(nom, table["libelle"])).astype("str")
    niveaux = indicators(table, [f"niveau_{nom}"], "commune", 0)
    inconnus = int((table[f"niveau_{nom}"] == "nd").sum())
    notes = (f"{inconnus} communes au niveau non défini",) if inconnus else ()
    return (Reading(Genre.INDICATEURS, niveaux, len(table), notes=notes),)


def _levels(nom: str, libelles: pd.Series) -> dict[str, str]:
    """Rank each wording in its scale, `nd` where it is not one of them."""
    debut, echelle = (1, _DENSITE) if nom == "densite" else (0, _CENTRALITE)
    rangs = {key(mot): rang for rang, mot in enumerate(echelle, debut)}
    return {
        libelle: next((str(r) for mot, r in rangs.items() if _begins(key(libelle), mot, nom)), "nd")
        for libelle in libelles.unique()
    }


def _begins(libelle: str, mot: str, nom: str) -> bool:
    return libelle == mot if nom == "densite" else libelle.startswith(mot)


GRILLE = Format(
    "insee_densite", "Grille communale de densité", "Insee", "Licence Ouverte 2.0",
    "https://www.insee.fr/fr/information/8571524", _recognise_grille, _read_grille,
)  # fmt: skip
NIVEAUX = Format(
    "zonage_niveaux", "Densité, ruralités ou centralités des communes", "Insee, ANCT",
    "non dite par le producteur\u202f: à ne pas rediffuser",
    "https://www.observatoire-des-territoires.gouv.fr", _recognise_niveau, _read_niveau,
)  # fmt: skip
