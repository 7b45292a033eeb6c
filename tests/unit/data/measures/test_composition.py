"""Territories made by a reader: the same set whatever the way it is written; extents told by inner points."""

import random

import pytest

from data.frames import Frames
from data.measures import composition, territories
from data.model import Maille


def test_what_is_written_is_read_back(frames_demo: Frames) -> None:
    tirage = random.Random(7)
    tous = list(frames_demo.communes["code"])
    epci = territories.groups(frames_demo, Maille.EPCI).codes
    for _ in range(120):
        choisies = set(tirage.sample(tous, tirage.randint(0, 12)))
        for code in tirage.sample(epci, tirage.randint(0, 5)):
            membres = territories.communes_of(frames_demo, code)
            choisies |= set(tirage.sample(membres, tirage.randint(1, len(membres))))
        parts = composition.write(frames_demo, choisies)
        assert composition.read(frames_demo, parts) == tuple(sorted(choisies))
        assert composition.write(frames_demo, reversed(sorted(choisies))) == parts


def test_whole_territories_are_one_code_and_nearly_whole_ones_a_few(frames_demo: Frames) -> None:
    tous = list(frames_demo.communes["code"])
    epci = territories.groups(frames_demo, Maille.EPCI).codes[0]
    membres = territories.communes_of(frames_demo, epci)
    assert composition.write(frames_demo, tous) == ("96",)
    assert composition.write(frames_demo, membres) == (epci,)
    assert composition.write(frames_demo, membres[1:]) == (epci, f"-{membres[0]}")
    assert composition.write(frames_demo, membres[:1]) == membres[:1]
    assert composition.write(frames_demo, ()) == ()


def test_the_longest_address_stays_short(frames_62: Frames) -> None:
    tous = list(frames_62.communes["code"])
    assert len(",".join(composition.write(frames_62, tous))) == 2
    for pas in (2, 3):
        assert len(",".join(composition.write(frames_62, tous[::pas]))) < 5_400


def test_an_unknown_part_is_named(frames_demo: Frames) -> None:
    with pytest.raises(ValueError, match="99999"):
        composition.read(frames_demo, ("96001", "99999"))
    with pytest.raises(ValueError, match="QN"):
        composition.read(frames_demo, ("QN09601F",))
    assert composition.read(frames_demo, ("96", "-96001", "96002")) == tuple(
        c for c in frames_demo.communes["code"] if c != "96001"
    )


def test_an_extent_holds_the_inner_points(frames_demo: Frames) -> None:
    ouest, sud, est, nord = emprise = (-6.4, 46.3, -6.0, 46.6)
    dedans = composition.of_extent(frames_demo, emprise)
    attendu = []
    for forme in frames_demo.communes.geometry:
        point = forme.representative_point()
        attendu.append(ouest <= point.x <= est and sud <= point.y <= nord)
    assert dedans.tolist() == attendu
    assert 10 < dedans.sum() < len(dedans)
