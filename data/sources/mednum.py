"""Places of digital mediation: the national layout (La Mednum 1.0.2), and raw local lists as they are found.

The national layout is documented and unproven; the lists of Gironde (axes swapped) and Maine-et-Loire
(Lambert-93 as text) are proven.
"""

import hashlib

import numpy as np
import pandas as pd
from pyproj import Transformer

from data.sources.reading import POINT, SERVICE, Ecart, Format, Genre, Reading
from data.sources.sample import Sample, key
from data.sources.tabular import load
from data.sources.values import commune_codes, numbers, set_aside

_CAF = key("Point d'accès numérique CAF")
_PAGE = "https://www.data.gouv.fr/fr/datasets/lieux-de-mediation-numerique-sur-le-territoire-national/"
_LAMBERT_93 = 2154


def _recognise(sample: Sample) -> bool:
    return sample.has("id", "pivot", "nom", "codepostal", "adresse", "datemaj")


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("id", "pivot", "nom", "codepostal", "adresse", "datemaj")
    assert entete is not None
    champs = {
        "id": "id", "nom": "nom", "adresse": "adresse", "code_commune": "codeinsee", "latitude": "latitude",
        "longitude": "longitude", "itinerance": "itinerance", "dispositifs": "dispositifprogrammesnationaux",
    }  # fmt: skip
    table = load(sample, entete, {c: entete.column(k) for c, k in champs.items()})
    lues = len(table)
    table, ecarts = set_aside(table, ~table["id"].duplicated(), "lieu déjà lu (même identifiant)", "id")
    table["code_commune"], _ = commune_codes(table["code_commune"])
    for axe in ("latitude", "longitude"):
        table[axe], _ = numbers(table[axe])
    table["mode"] = table["itinerance"].map(lambda i: "itinerant" if key(i) == "itinerant" else "fixe")
    table["caf"] = table["dispositifs"].map(lambda d: _CAF in key(d))
    return _readings(table, lues, ecarts, ())


def _readings(table: pd.DataFrame, lues: int, ecarts: tuple[Ecart, ...], notes: tuple[str, ...]) -> tuple[Reading, ...]:
    services = pd.DataFrame({c: "" for c in SERVICE}, index=table.index)
    communs = ["nom", "adresse", "code_commune", "latitude", "longitude"]
    services[communs] = table[communs]
    services = services.assign(
        id="MN-" + table["id"], type_service="mediation_numerique", champ="inclusion_numerique", mode=table["mode"],
        capacite=np.nan, source="La Mednum, lieux de médiation numérique",
    )  # fmt: skip
    lectures = [Reading(Genre.SERVICES, services.reset_index(drop=True), lues, ecarts=ecarts, notes=notes)]
    caf = table[table["caf"]]
    if len(caf):
        points = pd.DataFrame({c: "" for c in POINT}, index=caf.index)
        points[communs] = caf[communs]
        points = points.assign(id="PA-MN-" + caf["id"], type="point_numerique", lieu_hote="autre", etat="ouvert")
        lectures.append(
            Reading(Genre.POINTS, points.reset_index(drop=True), len(caf), notes=("points d'accès numérique Caf",))
        )
    return tuple(lectures)


NATIONAL = Format(
    "mednum", "Lieux de médiation numérique", "La Mednum, ANCT", "Licence Ouverte 2.0", _PAGE, _recognise, _read,
    additionne=True,
)  # fmt: skip


def _fingerprint(*cellules: str) -> str:
    """Name a place that the list does not number, the same in every copy of the list."""
    return hashlib.sha256("|".join(cellules).encode()).hexdigest()[:10]


def _recognise_gironde(sample: Sample) -> bool:
    return sample.has("lieu", "coordx", "coordy", "typestructure")


def _read_gironde(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("lieu", "coordx", "coordy", "typestructure")
    assert entete is not None
    champs = {"nom": "lieu", "adresse": "adressepostale", "x": "coordx", "y": "coordy", "structure": "typestructure"}
    table = load(sample, entete, {c: entete.column(k) for c, k in champs.items()})
    x, _ = numbers(table["x"])
    y, _ = numbers(table["y"])
    inverse = bool((x.abs().median() > 40) & (y.abs().median() < 20))
    table["latitude"], table["longitude"] = (x, y) if inverse else (y, x)
    notes = ("axes inversés\u202f: Coord. X porte la latitude",) if inverse else ()
    table = table.assign(
        id=[_fingerprint(*cle) for cle in zip(table["nom"], table["x"], table["y"], strict=True)],
        code_commune="", mode="fixe",
        caf=table["structure"].str.upper() == "CAF",
    )  # fmt: skip
    lues = len(table)
    table, ecarts = set_aside(table, ~table["id"].duplicated(), "lieu répété à l'identique", "nom")
    return _readings(table, lues, ecarts, (*notes, "sans code de commune\u202f: placés par leur position"))


GIRONDE = Format(
    "mednum_gironde", "Lieux de médiation numérique, liste locale (Coord. X, Coord. Y)", "Liste locale",
    "non dite par le producteur", _PAGE, _recognise_gironde, _read_gironde, additionne=True,
)  # fmt: skip


def _recognise_lambert(sample: Sample) -> bool:
    return sample.has("idlieumed", "nomstructure", "x", "y")


def _read_lambert(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("idlieumed", "nomstructure", "x", "y")
    assert entete is not None
    champs = {"id": "idlieumed", "nom": "nomstructure", "numero": "n", "voie": "adresse", "x": "x", "y": "y"}
    table = load(sample, entete, {c: entete.column(k) for c, k in champs.items()})
    lues = len(table)
    table, vides = set_aside(table, table["nom"] != "", "ligne sans nom de structure", "id")
    table, doubles = set_aside(table, ~table["id"].duplicated(), "lieu déjà lu (même identifiant)", "id")
    x, _ = numbers(table["x"])
    y, _ = numbers(table["y"])
    longitude, latitude = Transformer.from_crs(_LAMBERT_93, 4326, always_xy=True).transform(x.to_numpy(), y.to_numpy())
    table = table.assign(
        latitude=latitude, longitude=longitude, code_commune="", mode="fixe", caf=False,
        adresse=(table["numero"] + " " + table["voie"]).str.strip(),
    )  # fmt: skip
    notes = ("Lambert-93 en texte converti en degrés", "sans code de commune\u202f: placés par leur position")
    return _readings(table, lues, vides + doubles, notes)


LAMBERT = Format(
    "mednum_lambert", "Lieux de médiation numérique, liste locale (Lambert-93)", "Liste locale",
    "non dite par le producteur", _PAGE, _recognise_lambert, _read_lambert, additionne=True,
)  # fmt: skip
