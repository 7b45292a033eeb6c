"""Datasets that the tests share."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.frames import Frames

RACINE = Path(__file__).resolve().parents[1]
REEL = RACINE.parent / "shared" / "reel"


@pytest.fixture(scope="session", autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes what this machine's user has installed or written down."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATLAS_MAGASIN", str(tmp_path_factory.mktemp("magasin")))
        patch.delenv("ATLAS_DATABASE_URL", raising=False)
        yield


@pytest.fixture(scope="session")
def reel() -> Path:
    """Folder of real open data; skips where it is absent."""
    if not REEL.is_dir():
        pytest.skip(f"les données réelles ne sont pas là : {REEL}")
    return REEL


@pytest.fixture(scope="session")
def frames_demo() -> Frames:
    """The embedded demonstration."""
    from data import jeu

    return jeu.load(RACINE / "data" / "demo" / "jeu")


@pytest.fixture(scope="session")
def frames_62(reel: Path) -> Frames:
    """The real Pas-de-Calais, its agreements fictitious."""
    from data import jeu

    return jeu.load(reel / "jeu-62")


@pytest.fixture(scope="session")
def deux_caf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a dataset of two départements: the demonstration (96), and beside it the same one as 95."""
    source, folder = RACINE / "data" / "demo" / "jeu", tmp_path_factory.mktemp("deux-caf") / "jeu"
    folder.mkdir()
    for path in source.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            head, *rows = csv.reader(lines, delimiter=";")
        ids = [name.startswith("id") for name in head]
        twins = [[_twin(cell, named) for cell, named in zip(row, ids, strict=True)] for row in rows]
        shared = path.stem in {"indicateurs-def", "trajectoire", "champs"}
        with (folder / path.name).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=";").writerows([head, *rows, *([] if shared else twins)])
    for path in source.glob("*.geojson"):
        content = json.loads(path.read_text(encoding="utf-8"))
        if not path.stem.startswith("contexte"):
            content["features"] += [_moved(feature) for feature in content["features"]]
        (folder / path.name).write_text(json.dumps(content), encoding="utf-8")
    settings = (source / "jeu.toml").read_text(encoding="utf-8")
    settings = settings.replace('departements = ["96"]', "departements = []").replace("Caf fictive", "Ensemble fictif")
    (folder / "jeu.toml").write_text(settings, encoding="utf-8")
    return folder


def _twin(cell: str, identifier: bool) -> str:
    told = re.sub(r"\bQN096", "QN095", re.sub(r"\b96(?=$|\d{3}\b|0\d{6}\b)", "95", cell))
    return f"{told}-95" if identifier and cell else told


def _moved(feature: dict) -> dict:
    def east(place: list) -> list:
        return [place[0] + 3, place[1]] if isinstance(place[0], float | int) else [east(p) for p in place]

    properties = {k: _twin(v, False) if isinstance(v, str) else v for k, v in feature["properties"].items()}
    outline = feature["geometry"]
    return {**feature, "properties": properties, "geometry": {**outline, "coordinates": east(outline["coordinates"])}}
