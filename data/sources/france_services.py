"""ANCT: list of the France services places; mail, telephone and comments are never read."""

import re

import pandas as pd

from data.sources.reading import POINT, SERVICE, Format, Genre, Reading
from data.sources.sample import Sample
from data.sources.tabular import load
from data.sources.values import commune_codes, dates, numbers, repaired

_CHAMPS = {
    "id_fs": "idfs", "nom": "libfs", "voie": "adresse", "complement": "complementadresse", "code_commune": "inseecom",
    "latitude": "latitude", "longitude": "longitude", "type": "typefs",
    "format": "formatfs", "label": "labellisationfs",
}  # fmt: skip


def _recognise(sample: Sample) -> bool:
    return sample.has("idfs", "libfs", "inseecom", "formatfs")


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("idfs", "libfs", "inseecom", "formatfs")
    assert entete is not None
    table = load(sample, entete, {c: entete.column(k) for c, k in _CHAMPS.items()})
    table["code_commune"], repares = commune_codes(table["code_commune"])
    notes = repaired(repares)
    notes += ("courriels, téléphones et commentaires non lus",)
    table["date_ouverture"] = dates(table["label"])
    annees = pd.to_numeric(table["date_ouverture"].str[:4], errors="coerce")
    annee = None if annees.isna().all() else int(annees.max())
    lieux = _places(table, annee)
    services = lieux.assign(id="FS-" + table["id_fs"], type_service="france_services", champ="acces_aux_droits")
    points = lieux.assign(
        id="PA-FS-" + table["id_fs"], type="france_services", lieu_hote="france_services", etat="ouvert",
        jours_par_semaine="", personnel_forme="",
    )  # fmt: skip
    return (
        Reading(Genre.SERVICES, services[list(SERVICE)], len(table), annee, notes=notes),
        Reading(Genre.POINTS, points[list(POINT)], len(table), annee),
    )


def _places(table: pd.DataFrame, annee: int | None) -> pd.DataFrame:
    lieux = table[["nom", "code_commune", "date_ouverture"]].copy()
    lieux["nom"] = lieux["nom"].str.replace(r"\s+", " ", regex=True)
    adresse = (table["voie"] + " " + table["complement"]).str.replace(r"\s+", " ", regex=True)
    lieux["adresse"] = adresse.str.strip()
    lieux["latitude"], _ = numbers(table["latitude"])
    lieux["longitude"], _ = numbers(table["longitude"])
    lieux["mode"] = [_mode(t, f) for t, f in zip(table["type"], table["format"], strict=True)]
    source = f"ANCT, liste France services{f' {annee}' if annee else ''}"
    return lieux.assign(capacite="", date_fermeture="", source=source)


def _mode(type_fs: str, format_fs: str) -> str:
    if re.search(r"bus|itin", format_fs, re.IGNORECASE):
        return "itinerant"
    return "antenne" if type_fs.lower().startswith("antenne") or format_fs == "Antenne" else "fixe"


FRANCE_SERVICES = Format(
    "anct_france_services",
    "Liste des structures France services",
    "ANCT",
    "Licence Ouverte 2.0",
    "https://www.data.gouv.fr/fr/datasets/liste-des-structures-france-services/",
    _recognise,
    _read,
)
