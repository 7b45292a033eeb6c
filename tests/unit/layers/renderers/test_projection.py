from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from data.frames import Frames
from data.model import Maille
from layers.renderers.projection import Zone, contour, formes, limites, project_points, zones

PLACES = {
    Zone.METROPOLE: (2.35, 48.85),
    Zone.ANTILLES: (-61.0, 14.6),
    Zone.GUYANE: (-52.3, 4.9),
    Zone.REUNION: (55.5, -21.1),
    Zone.MAYOTTE: (45.2, -12.8),
}


def overseas(frames: Frames) -> Frames:
    extra = gpd.GeoDataFrame(
        {
            "code": ["97209", "97411"],
            "nom": ["Fort-de-France", "Saint-Denis"],
            "code_epci": ["", ""],
            "code_departement": ["972", "974"],
            "population": [80000.0, 150000.0],
        },
        geometry=[shapely.box(-61.1, 14.55, -61.0, 14.65), shapely.box(55.4, -21.0, 55.5, -20.9)],
        crs=4326,
    )
    communes = gpd.GeoDataFrame(pd.concat([frames.communes, extra], ignore_index=True), crs=4326)
    return replace(frames, communes=communes.sort_values("code", ignore_index=True))


@pytest.mark.parametrize("zone", Zone)
def test_each_zone_measures_in_metres_where_it_lies(zone: Zone):
    longitude, latitude = PLACES[zone]
    ends = project_points(np.array([longitude, longitude]), np.array([latitude, latitude + 0.01]), zone)
    geodesic = pyproj.Geod(ellps="GRS80").inv(longitude, latitude, longitude, latitude + 0.01)[2]
    assert np.hypot(*(ends[1] - ends[0])) == pytest.approx(geodesic, rel=0.002)
    assert [z for z in Zone if z.holds(np.array([longitude]), np.array([latitude]))[0]] == [zone]


def test_the_projection_of_metropole_is_lambert_93():
    assert pyproj.CRS(Zone.METROPOLE.epsg).name == "RGF93 v1 / Lambert-93"


def test_a_mixed_dataset_has_a_map_per_zone(frames_demo: Frames):
    mixed = overseas(frames_demo)
    assert zones(mixed)[0] is Zone.METROPOLE
    assert set(zones(mixed)) == {Zone.METROPOLE, Zone.ANTILLES, Zone.REUNION}
    assert formes(mixed, Maille.COMMUNE, Zone.REUNION).codes == ("97411",)
    assert contour(mixed, Maille.COMMUNE, ("97209", "97411"), Zone.ANTILLES).area == pytest.approx(119e6, rel=0.05)


def test_an_inner_border_is_drawn_once(frames_demo: Frames):
    """Twice the drawn length is the perimeters plus the outer border, where neighbours share their vertices."""
    shapes = formes(frames_demo, Maille.EPCI, Zone.METROPOLE).polygones
    drawn = sum(shapely.LineString(line).length for line in limites(frames_demo, Maille.EPCI, Zone.METROPOLE))
    outer = shapely.union_all(shapely.set_precision(shapes, 1.0)).length
    assert 2 * drawn == pytest.approx(shapely.length(shapes).sum() + outer, rel=0.02)


def test_centres_lie_inside_their_territory(frames_demo: Frames):
    found = formes(frames_demo, Maille.COMMUNE, Zone.METROPOLE)
    assert shapely.contains_xy(found.polygones, found.centres[:, 0], found.centres[:, 1]).all()


def test_a_hole_that_closes_once_projected_does_not_stop_the_map(frames_demo: Frames):
    """Dissolving overlapping outlines leaves holes thinner than the numbers of a projection can tell."""
    communes = frames_demo.communes.copy()
    large = communes.geometry.iloc[0].buffer(1.0)
    x, y = large.centroid.x, large.centroid.y
    sliver = [(x, y), (np.nextafter(x, 180), y), (x, np.nextafter(np.nextafter(y, 90), 90))]
    communes.geometry = [shapely.Polygon(large.exterior, [sliver]), *communes.geometry.iloc[1:]]
    found = formes(replace(frames_demo, communes=communes), Maille.COMMUNE, Zone.METROPOLE)
    assert not shapely.is_valid(found.polygones[0])
    assert np.isfinite(found.centres[0]).all()
