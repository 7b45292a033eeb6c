"""Memberships written as one SIREN beside a commune (`INSEE_COM, SIREN_EPCI`), and lists of Epci with their names."""

from data.sources.reading import Format, Genre, Reading
from data.sources.sample import Forme, Sample
from data.sources.tabular import load
from data.sources.values import SIREN, commune_codes, first_siren, set_aside

_PAGE = "https://geoservices.ign.fr/adminexpress"


def _recognise(sample: Sample) -> bool:
    return sample.forme in (Forme.TABLE, Forme.CLASSEUR) and sample.has("inseecom", "nom", "sirenepci")


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("inseecom", "sirenepci")
    assert entete is not None
    table = load(sample, entete, {"code_commune": entete.column("inseecom"), "code_epci": entete.column("sirenepci")})
    table["code_commune"], _ = commune_codes(table["code_commune"])
    table["code_epci"], notes = first_siren(table["code_epci"])
    return (Reading(Genre.EPCI, table.assign(nom="", nature=""), len(table), notes=notes),)


APPARTENANCE = Format(
    "epci_siren", "Epci de chaque commune", "IGN (ADMIN EXPRESS, CARTElette)", "ODbL", _PAGE, _recognise, _read
)


def _recognise_noms(sample: Sample) -> bool:
    return sample.has("sirenepci", "libepci") and not sample.has("inseecom")


def _read_noms(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("sirenepci", "libepci")
    assert entete is not None
    table = load(sample, entete, {"code": entete.column("sirenepci"), "nom": entete.column("libepci")})
    lues = len(table)
    table, mauvais = set_aside(table, table["code"].str.fullmatch(SIREN), "code d'Epci illisible", "code")
    table, doubles = set_aside(table, ~table["code"].duplicated(), "Epci déjà lu (une ligne par département)", "code")
    return (Reading(Genre.NOMS, table, lues, ecarts=mauvais + doubles),)


NOMS = Format("epci_noms", "Noms des Epci", "ANCT", "Licence Ouverte 2.0", _PAGE, _recognise_noms, _read_noms)
