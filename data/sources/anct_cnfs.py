"""ANCT: structures that host a conseiller numérique France Services; letters lost as `<e9>` are given back."""

import re

import numpy as np
import pandas as pd

from data.sources.reading import SERVICE, Format, Genre, Reading
from data.sources.sample import Sample
from data.sources.tabular import load
from data.sources.values import commune_codes, numbers, set_aside


def _recognise(sample: Sample) -> bool:
    return sample.has("raisonsociale", "inseecom", "codepostalbis", "resultlabel")


def _letters(texte: str) -> str:
    return re.sub(r"<([0-9a-fA-F]{2})>", lambda m: bytes.fromhex(m.group(1)).decode("cp1252", "replace"), texte)


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("raisonsociale", "inseecom", "codepostalbis", "resultlabel")
    assert entete is not None
    champs = {
        "id": "id", "nom": "raisonsociale", "adresse": "resultlabel", "code_commune": "inseecom",
        "latitude": "latitude", "longitude": "longitude",
    }  # fmt: skip
    table = load(sample, entete, {c: entete.column(k) for c, k in champs.items()})
    lues = len(table)
    table, ecarts = set_aside(table, ~table["id"].duplicated(), "structure déjà lue (même identifiant)", "id")
    perdues = int(table["adresse"].str.contains(r"<[0-9a-fA-F]{2}>").sum())
    services = pd.DataFrame({c: "" for c in SERVICE}, index=table.index)
    services["code_commune"], _ = commune_codes(table["code_commune"])
    for axe in ("latitude", "longitude"):
        services[axe], _ = numbers(table[axe])
    services = services.assign(
        id="CNFS-" + table["id"], nom=table["nom"].map(_letters), adresse=table["adresse"].map(_letters),
        type_service="conseiller_numerique", champ="inclusion_numerique", mode="fixe", capacite=np.nan,
        source="ANCT, conseillers numériques",
    )  # fmt: skip
    notes = (f"{perdues} adresses aux lettres perdues (<e9>) rétablies",) if perdues else ()
    return (Reading(Genre.SERVICES, services.reset_index(drop=True), lues, ecarts=ecarts, notes=notes),)


CNFS = Format(
    "anct_cnfs", "Conseillers numériques France Services", "ANCT", "Licence Ouverte 2.0",
    "https://www.data.gouv.fr/fr/datasets/conseillers-numeriques-france-services/", _recognise, _read,
)  # fmt: skip
