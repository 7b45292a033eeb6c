"""From a table of text to a table of typed columns."""

import pandas as pd

from data.model import Champ
from data.reading.cells import Cells
from data.reading.headers import RawTable
from data.reading.ledger import Ledger, Lieu
from data.reading.readers import (
    TERRITOIRES,
    read_champ,
    read_champs,
    read_commune,
    read_communes,
    read_date,
    read_epci,
    read_number,
    read_several,
    read_slug,
    read_text,
    read_word,
    read_year,
)
from data.schemas import Colonne, Genre


def type_table(brute: RawTable, champs: tuple[Champ, ...], ledger: Ledger) -> pd.DataFrame:
    """Return the table with the types of its schema, indexed by physical line."""
    colonnes: dict[str, pd.Series] = {}
    # The code of a territory can only be read once its maille is known.
    for colonne in sorted(brute.table.colonnes, key=lambda c: c.genre is Genre.TERRITOIRE):
        cellules = Cells(brute.texte[colonne.nom], Lieu(brute.fichier, colonne.nom), ledger)
        if colonne.genre is Genre.TERRITOIRE:
            colonnes[colonne.nom] = _territories(cellules, colonnes["maille"])
        else:
            colonnes[colonne.nom] = _column(cellules, colonne, champs)
    return pd.DataFrame(colonnes, index=brute.texte.index)[list(brute.table.noms)]


def _column(cellules: Cells, colonne: Colonne, champs: tuple[Champ, ...]) -> pd.Series:  # noqa: C901
    match colonne.genre:
        case Genre.DATE:
            return cellules.dates(read_date)
        case Genre.NOMBRE:
            return cellules.numbers(read_number)
        case Genre.ANNEE:
            return cellules.numbers(read_year)
        case Genre.LISTE_FERMEE:
            return cellules.texts(read_word(colonne.valeurs, ouverte=False))
        case Genre.LISTE_OUVERTE:
            return cellules.texts(read_word(colonne.valeurs, ouverte=True))
        case Genre.CHAMP:
            return cellules.texts(read_champ(champs))
        case Genre.CHAMPS:
            return cellules.texts(read_champs(champs))
        case Genre.COMMUNE:
            return cellules.texts(read_commune)
        case Genre.COMMUNES:
            return cellules.texts(read_communes)
        case Genre.EPCI:
            return cellules.texts(read_epci)
        case Genre.MOT:
            return cellules.texts(read_slug)
        case Genre.PLUSIEURS:
            return cellules.texts(read_several)
        case _:
            return cellules.texts(read_text)


def _territories(cellules: Cells, maille: pd.Series) -> pd.Series:
    codes = cellules.texte.copy()
    for nom, reader in TERRITOIRES.items():
        lignes = maille == nom
        if lignes.any():
            codes[lignes] = cellules.among(lignes).texts(reader)
    return codes
