"""From a table of text to a table of typed columns."""

from collections.abc import Mapping

import pandas as pd

from data.model import Champ, Maille
from data.reading.cells import Cells, Reader
from data.reading.headers import RawTable
from data.reading.ledger import Ledger, Lieu
from data.reading.readers import (
    read_champ,
    read_champs,
    read_commune,
    read_communes,
    read_date,
    read_departement,
    read_epci,
    read_epci_or_none,
    read_number,
    read_several,
    read_slug,
    read_word,
    read_year,
)
from data.schemas import Colonne, Genre


def type_table(brute: RawTable, champs: tuple[Champ, ...], ledger: Ledger) -> pd.DataFrame:
    """Return the table with the types of its schema, indexed by physical line."""
    colonnes: dict[str, pd.Series] = {}
    # A code can only be read once the column that says whose code it is has been.
    for colonne in sorted(brute.table.colonnes, key=lambda c: c.genre in _SELON):
        cellules = Cells(brute.texte[colonne.nom], Lieu(brute.fichier, colonne.nom), ledger)
        if colonne.genre in _SELON:
            qui, readers = _SELON[colonne.genre]
            colonnes[colonne.nom] = _codes(cellules, colonnes[qui], readers)
        else:
            colonnes[colonne.nom] = _column(cellules, colonne, champs)
    return pd.DataFrame(colonnes, index=brute.texte.index)[list(brute.table.noms)]


_SELON: Mapping[Genre, tuple[str, Mapping[str, Reader]]] = {
    Genre.TERRITOIRE: (
        "maille",
        {Maille.COMMUNE: read_commune, Maille.EPCI: read_epci, Maille.DEPARTEMENT: read_departement},
    ),
    # Any other signatory may write any number of its own.
    Genre.SIGNATAIRE: ("type", {"commune": read_commune}),
}
"""Columns of codes: the column that says what they are, and how each kind is read; other kinds stay as written."""
_TEXTES: Mapping[Genre, Reader] = {
    Genre.COMMUNE: read_commune,
    Genre.COMMUNES: read_communes,
    Genre.EPCI: read_epci,
    Genre.EPCI_OU_RIEN: read_epci_or_none,
    Genre.MOT: read_slug,
    Genre.PLUSIEURS: read_several,
}


def _column(cellules: Cells, colonne: Colonne, champs: tuple[Champ, ...]) -> pd.Series:
    match colonne.genre:
        case Genre.DATE:
            return cellules.dates(read_date)
        case Genre.NOMBRE:
            return cellules.numbers(read_number)
        case Genre.ANNEE:
            return cellules.numbers(read_year)
        case Genre.LISTE_FERMEE | Genre.LISTE_OUVERTE:
            return cellules.texts(read_word(colonne.valeurs, ouverte=colonne.genre is Genre.LISTE_OUVERTE))
        case Genre.CHAMP:
            return cellules.texts(read_champ(champs))
        case Genre.CHAMPS:
            return cellules.texts(read_champs(champs))
        case genre if genre in _TEXTES:
            return cellules.texts(_TEXTES[genre])
        case _:
            return cellules.texte


def _codes(cellules: Cells, qui: pd.Series, readers: Mapping[str, Reader]) -> pd.Series:
    codes = cellules.texte.copy()
    for nom, reader in readers.items():
        lignes = qui == nom
        if lignes.any():
            codes[lignes] = cellules.among(lignes).texts(reader)
    return codes
