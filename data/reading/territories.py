"""The territories of a dataset: its communes and its QPV."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.plm import vers_commune
from data.reading.codes import departement_of, parse_commune
from data.reading.gate import pass_gate
from data.reading.headers import RawTable, match_columns
from data.reading.ledger import Ledger, Lieu, avertissement, erreur
from data.reading.outlines import mend, open_outlines
from data.reading.perimeter import without_doubles
from data.reading.scalars import as_text
from data.reading.typed import type_table
from data.schemas import Table
from data.tables import COMMUNES, QPV

_CITES = "codes_communes"
_CODE = erreur(
    "«\u00a0{valeur}\u00a0» n'est pas un code de commune\u202f: l'entité est mise de côté.",
    "Écrivez le code Insee de la commune, sur cinq caractères.",
)
_HORS = avertissement(
    "Le quartier cite des communes qui ne sont pas dans le jeu\u202f: {valeur}.", "Vérifiez codes_communes."
)


def read_communes(chemin: Path, ledger: Ledger) -> gpd.GeoDataFrame | None:
    """Return the communes as `Frames.communes` holds them; None where the file cannot be read."""
    lues = _read(chemin, COMMUNES, ledger)
    if lues is None:
        return None
    lieu = Lieu(chemin.name, "code")
    faux = lues["code"].map(parse_commune).isna()
    ledger.note_lines(_CODE, lieu, lues.index[faux], lues.loc[faux, "code"])
    uniques = without_doubles(lues[~faux], lieu, ledger)
    rangees = uniques.assign(code_departement=uniques["code"].map(departement_of).astype("str"))
    rangees = rangees.sort_values("code", kind="stable", ignore_index=True)
    return rangees[["code", "nom", "code_epci", "code_departement", "population", "geometry"]]


def read_qpv(chemin: Path, communes: frozenset[str], ledger: Ledger) -> gpd.GeoDataFrame | None:
    """Return the QPV as `Frames.qpv` holds them; None where the file cannot be read."""
    lus = _read(chemin, QPV, ledger)
    if lus is None:
        return None
    cites = [[code if code in communes else vers_commune(code) for code in _codes(cellule)] for cellule in lus[_CITES]]
    for rang, codes in zip(lus.index, cites, strict=True):
        dehors = [code for code in codes if code not in communes]
        if dehors:
            ledger.note(_HORS, Lieu(chemin.name, _CITES), rang, ", ".join(dehors))
    return lus.assign(**{_CITES: ["|".join(dict.fromkeys(codes)) for codes in cites]}).reset_index(drop=True)


def _codes(cellule: str) -> list[str]:
    return [code for code in cellule.split("|") if code]


def no_qpv() -> gpd.GeoDataFrame:
    """Return the QPV of a dataset that brings none."""
    return gpd.GeoDataFrame(QPV.empty(), geometry=gpd.GeoSeries([], crs="EPSG:4326"))


def _read(chemin: Path, table: Table, ledger: Ledger) -> gpd.GeoDataFrame | None:
    entites = open_outlines(chemin, ledger)
    if entites is None:
        return None
    brute = _properties(entites, table, chemin.name, ledger)
    typee = pass_gate(brute, type_table(brute, (), ledger), ledger)
    gardees = entites.loc[typee.index]
    mendees = mend(gardees, typee[table.cle].tolist(), Lieu(chemin.name, "geometry"), ledger)
    return gpd.GeoDataFrame(typee, geometry=mendees.geometry)


def _properties(entites: gpd.GeoDataFrame, table: Table, fichier: str, ledger: Ledger) -> RawTable:
    proprietes = entites.drop(columns="geometry")
    entetes = enumerate(str(nom) for nom in proprietes.columns)
    rangs = match_columns(entetes, table, Lieu(fichier), None, ledger)
    textes = {
        nom: pd.Series(
            [as_text(v) for v in proprietes.iloc[:, rangs[nom]].tolist()] if nom in rangs else "",
            index=entites.index,
            dtype="str",
        )
        for nom in table.noms
    }
    return RawTable(table, fichier, None, pd.DataFrame(textes, index=entites.index), frozenset(rangs))
