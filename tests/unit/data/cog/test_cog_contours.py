import geopandas as gpd
import pytest
from shapely import Polygon, box

from data.cog import CommuneHistory, dissolve


def outlines(**cells: Polygon) -> gpd.GeoDataFrame:
    codes = [name.removeprefix("c") for name in cells]
    return gpd.GeoDataFrame({"insee": codes}, geometry=list(cells.values()), crs=2154)


def test_merged_communes_become_one_outline(pays: CommuneHistory):
    given = outlines(c60694=box(0, 0, 1, 1), c60455=box(1, 0, 2, 1), c60054=box(2, 0, 3, 1), c49069=box(9, 9, 10, 10))
    dissolved = dissolve(pays, given, "insee", 2018, 2026)
    assert list(dissolved.communes["code"]) == ["49126", "60054", "60694"]
    assert dissolved.communes.crs == given.crs
    shapes = dissolved.communes.set_index("code").geometry
    assert shapes["60694"].equals(box(0, 0, 2, 1))
    assert shapes["60054"].equals(box(2, 0, 3, 1))
    assert dissolved.parts.to_numpy().tolist() == [
        ["49069", "49126"], ["60054", "60054"], ["60455", "60694"], ["60694", "60694"],
    ]  # fmt: skip
    assert (dissolved.incompletes, dissolved.inconnus, len(dissolved.ruptures)) == ((), (), 0)


def test_an_outline_is_not_made_of_some_of_its_parts(pays: CommuneHistory):
    dissolved = dissolve(pays, outlines(c60694=box(0, 0, 1, 1), c62041=box(5, 5, 6, 6)), "insee", 2018, 2026)
    assert list(dissolved.communes["code"]) == ["62041"]
    assert dissolved.incompletes == ("60694",)


def test_the_outlines_of_a_split_are_not_guessed(pays: CommuneHistory):
    dissolved = dissolve(pays, outlines(c14712=box(0, 0, 1, 1), c99999=box(1, 1, 2, 2)), "insee", 2019, 2020)
    assert dissolved.communes.empty
    assert set(dissolved.ruptures["code_vers"]) == {"14666", "14712"}
    assert dissolved.inconnus == ("99999",)


def test_a_broken_ring_is_repaired_before_it_is_merged(pays: CommuneHistory):
    bow = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    given = outlines(c60694=bow, c60455=box(1, 0, 2, 1), c60054=box(3, 0, 4, 1))
    merged = dissolve(pays, given, "insee", 2018, 2026).communes.set_index("code").geometry["60694"]
    assert merged.is_valid
    assert merged.area == pytest.approx(1.5)


def test_cities_have_their_own_outline_or_that_of_all_their_arrondissements(pays: CommuneHistory):
    pieces = {f"c6938{n}": box(n, 0, n + 1, 1) for n in range(1, 10)}
    both = dissolve(pays, outlines(c69123=box(0, 0, 20, 20), **pieces), "insee", 2018, 2026)
    assert both.communes.geometry.area.tolist() == [400]
    made = dissolve(pays, outlines(**pieces), "insee", 2018, 2026)
    assert made.communes["code"].tolist() == ["69123"]
    assert made.communes.geometry.area.tolist() == [9]
    pieces.pop("c69389")
    partial = dissolve(pays, outlines(**pieces), "insee", 2018, 2026)
    assert partial.communes.empty
    assert partial.incompletes == ("69123",)
