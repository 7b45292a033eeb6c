"""The fictitious territory: shapes that share their borders exactly, at sea, in one piece per Epci."""

import json
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
import shapely

from data.demo import arcs, names
from data.demo.epci import EPCI, EPCI_A_CHEVAL
from data.demo.relief import ILES
from data.demo.territory import DEPARTEMENT


@pytest.fixture(scope="module")
def shapes(jeu_demo):
    """Shapes as committed, by code."""
    features = json.loads((jeu_demo / "communes.geojson").read_text(encoding="utf-8"))["features"]
    return {f["properties"]["code"]: shapely.geometry.shape(f["geometry"]) for f in features}


def segments(shape):
    for ring in shapely.get_rings(shape):
        yield from pairwise(map(tuple, shapely.get_coordinates(ring).tolist()))


def test_every_border_point_is_shared(shapes):
    """A segment belongs to one commune (coast) or to two, seen from opposite sides: neither gap nor overlap."""
    directed = Counter(s for shape in shapes.values() for s in segments(shape))
    assert set(directed.values()) == {1}
    coast = [(a, b) for a, b in directed if (b, a) not in directed]
    ends = Counter(a for a, _ in coast)
    ends.subtract(b for _, b in coast)
    assert not any(ends.values()), "a coast that does not close is a gap inside the land"
    land = shapely.union_all(list(shapes.values()))
    assert sum(len(p.interiors) for p in shapely.get_parts(land)) == 0
    assert len(coast) == sum(len(p.exterior.coords) - 1 for p in shapely.get_parts(land))


def test_shapes_are_valid_and_tile_the_land(shapes):
    assert all(shape.is_valid and not shape.is_empty for shape in shapes.values())
    land = shapely.union_all(list(shapes.values()))
    assert sum(s.area for s in shapes.values()) == pytest.approx(land.area, rel=1e-12)
    assert len(shapely.get_parts(land)) == 1 + len(ILES)


def test_coordinates_have_five_decimals_and_lie_at_sea(shapes):
    points = shapely.get_coordinates(list(shapes.values()))
    assert (points == points.round(arcs.DECIMALES)).all()
    west, south, east, north = points[:, 0].min(), points[:, 1].min(), points[:, 0].max(), points[:, 1].max()
    assert west > -7.1
    assert east < -5.4
    assert 46.0 < south < north < 47.1
    height_km = (north - south) * arcs.KM_PAR_DEGRE
    assert 75 < height_km < 100


def test_about_250_communes_of_every_kind(communes_demo):
    assert 240 <= len(communes_demo) <= 260
    genres = Counter(c.genre for c in communes_demo)
    assert genres["ville"] == 6
    assert genres["ile"] == 4
    assert genres["banlieue"] > 30
    assert genres["rural"] > len(communes_demo) / 3
    populations = sorted(c.population for c in communes_demo)
    assert populations[-1] > 100_000
    assert np.median(populations) < 1_200


def test_codes_cannot_be_real_and_follow_the_names(communes_demo):
    assert [c.code for c in communes_demo] == [f"{DEPARTEMENT}{i:03d}" for i in range(1, len(communes_demo) + 1)]
    plies = [names.fold(c.nom) for c in communes_demo]
    assert plies == sorted(plies)
    assert len(set(plies)) == len(plies)


def luhn(siren):
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(siren))]
    return sum(d - 9 * (d > 9) for d in doubled) % 10


def test_no_siren_could_be_real():
    assert luhn("732829320") == 0
    assert [e.code for e in EPCI if luhn(e.code) == 0] == []


def test_epci_are_in_one_piece_but_for_their_islands(communes_demo):
    assert len(EPCI) == 12
    for epci in EPCI:
        members = [c for c in communes_demo if c.code_epci == epci.code]
        land = shapely.get_parts(shapely.union_all([c.forme for c in members]))
        on_land = sorted((part.area for part in land), reverse=True)
        assert all(area < 0.02 for area in on_land[1:]), epci.nom
        assert len(members) >= 5


def test_islands_without_epci_and_the_epci_across_the_border(communes_demo):
    alone = [c for c in communes_demo if not c.code_epci]
    assert len(alone) == 2
    assert {c.genre for c in alone} == {"ile"}
    border = [c for c in communes_demo if c.code_epci == EPCI_A_CHEVAL]
    assert max(c.x for c in border) == pytest.approx(max(c.x for c in communes_demo), abs=8)


def test_every_bourg_lies_in_its_commune(communes_demo):
    assert [c.nom for c in communes_demo if not c.forme.contains(shapely.Point(c.longitude, c.latitude))] == []


def test_quarters_lie_in_the_communes_they_name(communes_demo, qpv_demo):
    formes = {c.code: c.forme for c in communes_demo}
    for q in qpv_demo:
        assert q.forme.is_valid
        inside = sum(q.forme.intersection(formes[code]).area for code in q.codes) / q.forme.area
        assert inside > 0.95, q.nom
    assert max(len(q.codes) for q in qpv_demo) == 2
    ormelance = next(c.code for c in communes_demo if c.nom == "Ormelance")
    assert sum(ormelance in q.codes for q in qpv_demo) == 5


def test_de_is_contracted():
    assert [names.of(n) for n in ("Le Gué", "Les Ormes", "La Haie", "L'Île", "Ormelance", "Échallais", "Tauvoix")] == [
        "du Gué", "des Ormes", "de la Haie", "de l'Île", "d'Ormelance", "d'Échallais", "de Tauvoix",
    ]  # fmt: skip


@pytest.mark.real
def test_no_name_belongs_to_a_real_commune(reel, communes_demo):
    real = {
        names.fold(line.split(",")[9].strip('"'))
        for chemin in sorted((reel / "cog").glob("communes-*.csv"))
        for line in chemin.read_text(encoding="utf-8-sig").splitlines()[1:]
    }
    assert names.fold("L'Abergement-Clémenciat") in real
    assert [c.nom for c in communes_demo if names.fold(c.nom) in real] == []
