"""ANCT: communes of the programmes (Petites villes de demain, Action cœur de ville…), table or points."""

import re
from dataclasses import replace

import pandas as pd

from data.sources.reading import PRIORITE, Ecart, Format, Genre, Reading
from data.sources.sample import Sample
from data.sources.tabular import load
from data.sources.values import commune_codes, repaired

_PROGRAMMES = {
    "idpvd": ("pvd", "Petites villes de demain"),
    "idacv": ("acv", "Action cœur de ville"),
    "idacv2": ("acv_2", "Action cœur de ville, deuxième période"),
    "idva": ("villages_avenir", "Villages d'avenir"),
    "idcite": ("cites_educatives", "Cités éducatives"),
    "idcde": ("cites_emploi", "Cités de l'emploi"),
}
_PAR_PREFIXE = {"pvd": "idpvd", "acv": "idacv", "va": "idva", "cite": "idcite", "cde": "idcde"}
_CODE_DANS_LE_TEXTE = re.compile(r"\((\d{5}|2[AB]\d{3})\)")
_PAGE = "https://www.data.gouv.fr/fr/organizations/agence-nationale-de-la-cohesion-des-territoires/"


def _recognise(sample: Sample) -> bool:
    entete = sample.find("inseecom")
    return entete is not None and any(c in _PROGRAMMES for c in entete.cles)


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("inseecom")
    assert entete is not None
    programmes = {c: k for c, k in zip(entete.colonnes, entete.cles, strict=True) if k in _PROGRAMMES}
    table = load(sample, entete, {"code": entete.column("inseecom"), **{c: c for c in programmes}})
    table["code"], repares = commune_codes(table["code"])
    longue = table.melt("code", var_name="colonne", value_name="ids")
    longue["programme"] = longue["colonne"].map(programmes)
    notes = repaired(repares)
    autres = [c for c in entete.colonnes if c.startswith("id_") and c not in programmes]
    if autres:
        notes += (f"colonnes sans usage dans le jeu\u202f: {', '.join(autres)}",)
    return (replace(_reading(longue[longue["ids"] != ""], notes), codes=table["code"]),)


def _reading(longue: pd.DataFrame, notes: tuple[str, ...], ecarts: tuple[Ecart, ...] = ()) -> Reading:
    priorites = pd.DataFrame({c: "" for c in PRIORITE}, index=longue.index)
    noms = longue["programme"].map(lambda p: _PROGRAMMES[p][1])
    priorites = priorites.assign(
        definition=longue["programme"].map(lambda p: _PROGRAMMES[p][0]),
        maille="commune",
        code_territoire=longue["code"],
        criteres=longue["ids"].str.replace(r"\s*;\s*", "|", regex=True),
        source="ANCT, " + noms,
        justification="Commune du programme " + noms,
    )
    lues = len(longue) + sum(e.lignes for e in ecarts)
    return Reading(
        Genre.PRIORITES, priorites.reset_index(drop=True), lues, ecarts=ecarts, notes=notes, unite="communes"
    )


TABLE = Format(
    "anct_programmes", "Communes des programmes de l'ANCT", "ANCT", "Licence Ouverte 2.0", _PAGE, _recognise, _read
)


def _recognise_texte(sample: Sample) -> bool:
    entete = sample.find("idterritoire", "listegeo")
    return entete is not None and all(_prefix(e[entete.cles.index("idterritoire")]) for e in entete.exemples)


def _prefix(identifiant: str) -> str:
    return _PAR_PREFIXE.get(re.split(r"[^a-z]", identifiant.lower())[0], "")


def _read_texte(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("idterritoire", "listegeo")
    assert entete is not None
    table = load(sample, entete, {"ids": entete.column("idterritoire"), "texte": entete.column("listegeo")})
    table["programme"] = table["ids"].map(_prefix)
    table["code"] = table["texte"].map(_CODE_DANS_LE_TEXTE.findall)
    sans = table[table["code"].str.len() == 0]
    ecarts: tuple[Ecart, ...] = ()
    if len(sans):
        ecarts = (Ecart("aucun code de commune dans le texte", len(sans), float(len(sans)), tuple(sans["texte"][:5])),)
    longue = table[table["code"].str.len() > 0].explode("code")
    return (_reading(longue, ("code de commune pris dans le texte, entre parenthèses",), ecarts),)


TEXTE = Format(
    "anct_programme_texte", "Territoires d'un programme de l'ANCT, communes en toutes lettres", "ANCT",
    "Licence Ouverte 2.0", _PAGE, _recognise_texte, _read_texte,
)  # fmt: skip
