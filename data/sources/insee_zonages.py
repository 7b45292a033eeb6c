"""Kinds of space of each commune: density grid (Insee), ruralités and centralités (ANCT), as dated tags."""

import re

import pandas as pd

from data.sources.reading import PRIORITE, Ecart, Format, Genre, Reading
from data.sources.sample import Entete, Sample
from data.sources.tabular import load
from data.sources.values import commune_codes, indicators

_DENSITE = {
    "Bourgs ruraux": "zone_rurale",
    "Rural à habitat dispersé": "zone_rurale",
    "Rural à habitat très dispersé": "zone_rurale",
    "Ceintures urbaines": "zone_periurbaine",
}
_HORS = ("hors champ", "communes non centre", "undefined", "commune dont le périmètre a changé")


def _recognise_grille(sample: Sample) -> bool:
    return sample.has("codgeo", "dens7", "libdens7")


def _read_grille(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("codgeo", "dens7", "libdens7")
    assert entete is not None
    colonne = entete.starting("pmun")
    table = load(
        sample,
        entete,
        {"code": entete.column("codgeo"), "niveau": entete.column("libdens7"), "population_municipale": colonne},
    )
    table["code"], _ = commune_codes(table["code"])
    annee = _title_year(sample, entete)
    lectures = [_tags(table, "densite", annee, "Insee, grille de densité")]
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
    table = load(sample, entete, {"code": entete.column("inseecom"), "niveau": entete.column(f"niveau{nom}")})
    table["code"], _ = commune_codes(table["code"])
    producteur = "Insee, grille de densité" if nom == "densite" else f"ANCT, typologie des {nom}s"
    return (_tags(table, nom, None, producteur),)


def _tags(table: pd.DataFrame, nom: str, annee: int | None, source: str) -> Reading:
    niveau = table["niveau"].str.replace(r"\s*-?\s*undefined$", "", regex=True).str.strip()
    if nom == "densite":
        definition = niveau.map(_DENSITE).fillna("")
    else:
        dehors = niveau.str.lower().str.startswith(_HORS) | (niveau == "")
        definition = pd.Series(nom, index=table.index, dtype="str").mask(dehors, "")
    hors = definition == ""
    ecarts = tuple(
        Ecart(f"sans étiquette\u202f: {texte or 'valeur non définie'}", int(n), float(n))
        for texte, n in niveau[hors].value_counts().items()
    )
    gardes = table[~hors]
    priorites = pd.DataFrame({c: "" for c in PRIORITE}, index=gardes.index).assign(
        definition=definition[~hors], maille="commune", code_territoire=gardes["code"], criteres=niveau[~hors],
        source=source, annee=str(annee or ""),
    )  # fmt: skip
    return Reading(Genre.PRIORITES, priorites.reset_index(drop=True), len(table), annee, annee, ecarts=ecarts)


GRILLE = Format(
    "insee_densite", "Grille communale de densité", "Insee", "Licence Ouverte 2.0",
    "https://www.insee.fr/fr/information/8571524", _recognise_grille, _read_grille,
)  # fmt: skip
NIVEAUX = Format(
    "zonage_niveaux", "Densité, ruralités ou centralités des communes", "Insee, ANCT",
    "non dite par le producteur\u202f: à ne pas rediffuser",
    "https://www.observatoire-des-territoires.gouv.fr", _recognise_niveau, _read_niveau,
)  # fmt: skip
