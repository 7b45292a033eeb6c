"""Outlines of the communes of one year dissolved into those of another."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data import plm
from data.cog.history import CommuneHistory
from data.cog.routes import SPLIT, UNKNOWN, trace


@dataclass(frozen=True, slots=True)
class Dissolved:
    """Outlines on the map of the other year.

    `communes`: `code`, `geometry`, sorted by code, in the CRS of the outlines given. `parts`: `code_de`, `code_vers`
    of the outlines that made them. `ruptures`: `code_de`, `code_vers` of the communes that were shared out, whose
    new outlines cannot be known. `incompletes`: communes of which a part has no outline. `inconnus`: codes of no
    commune of the year. Communes of `ruptures` and `incompletes` are left out of `communes`.
    """

    communes: gpd.GeoDataFrame
    parts: pd.DataFrame
    ruptures: pd.DataFrame
    incompletes: tuple[str, ...]
    inconnus: tuple[str, ...]


def dissolve(history: CommuneHistory, contours: gpd.GeoDataFrame, code: str, de: int, vers: int) -> Dissolved:
    """Merge the outlines of the communes of 1 January `de` into those of `vers`; `code` names the column of codes.

    Arrondissements make their city where it has no outline of its own. Raises SourceError outside the known years.
    """
    routes = trace(history, de, vers)
    outlines = _with_cities(contours, code)
    target = routes.arrivals(outlines["code_de"])
    codes = outlines["code_de"].to_numpy(dtype=object)
    whole = (target >= 0) & ~routes.broken[target]
    incomplete = _incomplete(history, de, vers, set(codes)) & set(routes.codes[target[whole]])
    after = routes.codes.take(np.maximum(target, 0)).to_numpy(dtype=object)
    kept = whole & ~np.isin(after, list(incomplete))
    parts = pd.DataFrame({"code_de": codes[kept], "code_vers": after[kept]})
    shared = routes.splits["code_de"].isin(list(codes[target == SPLIT]))
    return Dissolved(
        _merge(outlines.loc[kept, "geometry"], parts["code_vers"]),
        parts.drop_duplicates().sort_values(["code_vers", "code_de"], ignore_index=True),
        routes.splits[shared].reset_index(drop=True),
        tuple(sorted(incomplete)),
        tuple(sorted(set(codes[target == UNKNOWN]))),
    )


def _with_cities(contours: gpd.GeoDataFrame, code: str) -> gpd.GeoDataFrame:
    """Rename the pieces of a city after it when all are there, and drop them when it has its own outline."""
    codes = contours[code].astype("str").str.strip()
    present = set(codes)
    made = {city for city, pieces in plm.VILLES.items() if city not in present and present.issuperset(pieces)}
    renamed = {piece: city for piece, city in plm.COMMUNE_DE.items() if city in made}
    useless = codes.isin([piece for piece, city in plm.COMMUNE_DE.items() if city in present])
    outlines = gpd.GeoDataFrame({"code_de": codes.replace(renamed)}, geometry=contours.geometry)
    return outlines[~useless].reset_index(drop=True)


def _incomplete(history: CommuneHistory, de: int, vers: int, present: set[str]) -> set[str]:
    """Communes of arrival of which a part is not among the codes present."""
    links = history.links(de, vers)
    drawn = np.zeros(len(history.all_codes), dtype=np.bool_)
    ranks = pd.Index(history.all_codes).get_indexer(pd.Index(sorted(present)))
    drawn[ranks[ranks >= 0]] = True
    missing = ~drawn[links.before]
    return set(history.all_codes[links.after[missing]])


def _merge(geometry: gpd.GeoSeries, after: pd.Series) -> gpd.GeoDataFrame:
    """Union the outlines of each commune; a commune with a single one keeps it as it is, repaired if need be."""
    sound = geometry.to_numpy().copy()
    bad = ~shapely.is_valid(sound)
    sound[bad] = shapely.make_valid(sound[bad])
    shapes = pd.Series(sound, index=after.to_numpy(), dtype=object)
    several = shapes.index.duplicated(keep=False)
    unions = {code: shapely.union_all(parts) for code, parts in shapes[several].groupby(level=0)}
    merged = pd.concat([shapes[~several], pd.Series(unions, dtype=object)]).sort_index()
    return gpd.GeoDataFrame({"code": merged.index.astype("str")}, geometry=merged.to_numpy(), crs=geometry.crs)
