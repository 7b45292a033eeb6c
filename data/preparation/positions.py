"""Places that have a position and no commune code: the commune in whose outline they stand."""

import geopandas as gpd
import pandas as pd
import shapely

LOIN = "position hors des contours du territoire demandé"


def locate_points(lieux: pd.DataFrame, contours: gpd.GeoDataFrame) -> pd.Series:
    """Give the commune of each row (`latitude`, `longitude` in degrees), "" outside every outline.

    A point on a shared edge goes to the first commune by code.
    """
    trouves = pd.Series("", index=lieux.index, dtype="str")
    situes = lieux[["longitude", "latitude"]].apply(pd.to_numeric, errors="coerce").dropna()
    if situes.empty or contours.empty:
        return trouves
    points = shapely.points(situes["longitude"].to_numpy(), situes["latitude"].to_numpy())
    rang_point, rang_commune = shapely.STRtree(contours.geometry.values).query(points, predicate="intersects")
    paires = pd.DataFrame({"point": rang_point, "code": contours["code"].to_numpy()[rang_commune]})
    premiers = paires.sort_values(["point", "code"]).drop_duplicates("point")
    trouves.loc[situes.index[premiers["point"]]] = premiers["code"].to_numpy()
    return trouves
