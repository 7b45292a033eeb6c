from collections.abc import Callable
from dataclasses import replace

import pytest

from data.frames import Frames
from data.model import Source
from layers.kit.sources import sources_of

Fabrique = Callable[..., Frames]


@pytest.fixture
def credited(make_frames: Fabrique) -> Callable[..., list[str]]:
    frames = make_frames([{"code": "62001"}])

    def found(declared: tuple[str, ...], *tables: str) -> list[str]:
        jeu = replace(frames.jeu, sources=tuple(Source(f, "Producteur", f) for f in declared))
        return [s.titre for s in sources_of(replace(frames, jeu=jeu), *tables)]

    return found


def test_a_layer_credits_its_tables_then_the_outlines(credited):
    declared = ("communes.geojson", "ctg.csv", "ctg-communes.csv", "services.csv")
    assert credited(declared, "ctg", "ctg_communes") == ["ctg.csv", "ctg-communes.csv", "communes.geojson"]


def test_the_workbook_is_credited_for_the_tables_that_declare_no_source(credited):
    declared = ("jeu.xlsx", "communes.geojson", "services.csv")
    assert credited(declared, "points_acces") == ["jeu.xlsx", "communes.geojson"]
    assert credited(declared, "services") == ["services.csv", "communes.geojson"]
