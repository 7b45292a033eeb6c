"""Geometry of each maille, dissolved from the communes once per dataset, for every renderer."""

from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from data.frames import Frames
from data.model import Maille

_DATASETS_KEPT = 4
_BORDERS_KEPT = 128


@lru_cache(maxsize=_DATASETS_KEPT * 4)
def mesh_frame(frames: Frames, maille: Maille) -> gpd.GeoDataFrame:
    """Return the territories of a maille, by code: `code`, `nom`, `parent`, `population`, `geometry` (EPSG:4326).

    `parent` is the Epci of a commune, "" otherwise; communes without Epci have no part in the Epci mesh.
    """
    communes = frames.communes
    if maille is Maille.COMMUNE:
        return gpd.GeoDataFrame(
            {
                "code": communes["code"],
                "nom": communes["nom"],
                "parent": communes["code_epci"],
                "population": communes["population"],
            },
            geometry=communes.geometry,
            crs=communes.crs,
        ).reset_index(drop=True)
    if maille is Maille.QPV:
        qpv = frames.qpv
        return gpd.GeoDataFrame(
            {"code": qpv["code_qpv"], "nom": qpv["nom"], "parent": "", "population": float("nan")},
            geometry=qpv.geometry,
            crs=qpv.crs,
        ).sort_values("code", ignore_index=True)
    return _dissolved(frames, {Maille.EPCI: "code_epci", Maille.DEPARTEMENT: "code_departement"}[maille])


def _dissolved(frames: Frames, column: str) -> gpd.GeoDataFrame:
    inside = frames.communes[frames.communes[column] != ""]
    groups = inside.groupby(column, sort=True)
    codes = list(groups.groups)
    return gpd.GeoDataFrame(
        {
            "code": codes,
            "nom": [frames.noms.get(c, c) for c in codes],
            "parent": "",
            "population": groups["population"].sum(min_count=1).to_numpy(),
        },
        geometry=[union(shapes.to_numpy()) for _, shapes in groups["geometry"]],
        crs=frames.communes.crs,
    )


def union(shapes: NDArray[np.object_]) -> BaseGeometry:
    """Unite polygons; the quick way holds only where they share their borders exactly, so it is checked first."""
    if shapely.coverage_is_valid(shapes):
        return shapely.coverage_union_all(shapes)
    return shapely.union_all(shapes)


@lru_cache(maxsize=_BORDERS_KEPT)
def border(frames: Frames, maille: Maille, codes: tuple[str, ...]) -> BaseGeometry:
    """Return the union of some territories of a maille (EPSG:4326 polygon or multipolygon)."""
    mesh = mesh_frame(frames, maille)
    shapes: pd.Series = mesh.loc[mesh["code"].isin(codes), "geometry"]
    return union(shapes.to_numpy())
