"""A factory of tiny datasets, as `data.jeu.read` would give them."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from data.frames import Frames
from data.model import Jeu, Parametres
from data.schemas import NUMERIQUES, Genre, Table
from data.tables import TABLES

Lignes = Sequence[Mapping[str, Any]]
NULLES: Mapping[Genre, Any] = {Genre.DATE: pd.NaT} | dict.fromkeys(NUMERIQUES, np.nan)
TYPES: Mapping[Genre, str] = {Genre.DATE: "datetime64[s]"} | dict.fromkeys(NUMERIQUES, "float64")


def build_table(table: Table, lignes: Lignes) -> pd.DataFrame:
    """Return a table with all its columns, empty where a row does not say."""
    inconnues = {cle for ligne in lignes for cle in ligne} - set(table.noms)
    assert not inconnues, f"{table.nom} n'a pas de colonne {inconnues}"
    return pd.DataFrame(
        {
            c.nom: pd.Series([ligne.get(c.nom, NULLES.get(c.genre, "")) for ligne in lignes]).astype(
                TYPES.get(c.genre, "str")
            )
            for c in table.colonnes
        }
    )


@cache
def empty_table(nom: str) -> pd.DataFrame:
    """Return a table that the dataset does not bring; shared, for frames are read-only."""
    return build_table(next(t for t in TABLES if t.nom == nom), ())


def build_communes(communes: Lignes) -> gpd.GeoDataFrame:
    """Return squares of 0.1 degree side by side; `code_departement` is the head of the code."""
    triees = sorted(communes, key=lambda c: c["code"])
    geometries = [
        box(2 + 0.1 * (i % 50), 50 + 0.1 * (i // 50), 2.1 + 0.1 * (i % 50), 50.1 + 0.1 * (i // 50))
        for i in range(len(triees))
    ]
    return gpd.GeoDataFrame(
        {
            "code": pd.Series([c["code"] for c in triees], dtype="str"),
            "nom": pd.Series([c.get("nom", f"Commune {c['code']}") for c in triees], dtype="str"),
            "code_epci": pd.Series([c.get("code_epci", "") for c in triees], dtype="str"),
            "code_departement": pd.Series([c["code"][:2] for c in triees], dtype="str"),
            "population": pd.Series([c.get("population", np.nan) for c in triees], dtype="float64"),
        },
        geometry=geometries,
        crs="EPSG:4326",
    )


def build_qpv(qpv: Lignes) -> gpd.GeoDataFrame:
    """Return tiny squares; columns of `Frames.qpv`."""
    colonnes = {c: pd.Series([q.get(c, "") for q in qpv], dtype="str") for c in ("code_qpv", "nom", "codes_communes")}
    return gpd.GeoDataFrame(colonnes, geometry=[box(2, 50, 2.01, 50.01) for _ in qpv], crs="EPSG:4326")


def build_frames(
    communes: Lignes,
    tables: Mapping[str, Lignes] | None = None,
    parametres: Mapping[str, Any] | None = None,
    qpv: Lignes = (),
) -> Frames:
    """Return a dataset; the tables given are the ones present, the others are empty."""
    donnees = tables or {}
    return Frames(
        jeu=Jeu("Caf d'essai", ("62",), 2024, parametres=Parametres(**(parametres or {}))),
        communes=build_communes(communes),
        qpv=build_qpv(qpv),
        tables={t.nom: build_table(t, donnees[t.nom]) if t.nom in donnees else empty_table(t.nom) for t in TABLES},
        presentes=frozenset(donnees),
    )


@pytest.fixture(scope="session")
def make_frames() -> Callable[..., Frames]:
    """`make_frames(communes, tables, parametres, qpv)`, rows as mappings; see `build_frames`."""
    return build_frames
