"""A commune that came without outline is listed and counted everywhere, and drawn nowhere."""

import gzip
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from dashboard.exports import SUFFIXES, export
from data import jeu
from data.frames import Frames
from data.model import MAILLES_CARTE, Maille
from layers.kit.view import View
from layers.registry import LAYERS
from layers.renderers.leaflet import ground_file

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo" / "jeu"


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    folder = Path(shutil.copytree(DEMO, tmp_path_factory.mktemp("sans-contour") / "jeu"))
    path = folder / "communes.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    collection["features"][3]["geometry"] = None
    path.write_text(json.dumps(collection), encoding="utf-8")
    return jeu.load(folder)


@pytest.mark.parametrize("media", SUFFIXES)
@pytest.mark.parametrize("maille", MAILLES_CARTE)
def test_every_medium_takes_it(frames: Frames, media: str, maille: Maille, tmp_path: Path) -> None:
    couches = tuple(layer.id for layer in LAYERS)
    path = tmp_path / f"vue.{media}"
    export(View(date=date(2026, 11, 1), maille=maille, couches=couches), frames, path)
    assert path.stat().st_size > 1000
    if maille is Maille.COMMUNE and media in {"csv", "html"}:
        assert "96004" in path.read_text(encoding="utf-8-sig")


def test_the_live_map_lists_it_without_ring(frames: Frames) -> None:
    assert len(frames.communes) == 252
    told = json.loads(gzip.decompress(ground_file(frames).gzip))
    assert len(told["mailles"]["commune"]["codes"]) == 252
    assert told["geometrie"]["territoires"].count(0) == 1
