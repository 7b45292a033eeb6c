"""What is said of a possible overlap: kept, never overwritten, refused in one sentence."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.carnet import examens
from dashboard.carnet.database import Carnet
from dashboard.carnet.examens import FONCTION_MAX, NOTE_MAX, Examen
from data.errors import CarnetError


@pytest.fixture
def carnet(tmp_path: Path) -> Carnet:
    return Carnet.of_file(tmp_path / "carnet.db")


def test_nothing_was_said_before_anything_is_written(carnet: Carnet) -> None:
    assert examens.of_cases(carnet, ["a"]) == {}
    assert carnet.file is not None
    assert not carnet.file.exists()


def test_each_look_is_kept_the_latest_first(carnet: Carnet) -> None:
    premier = Examen("a", date(2026, 1, 5), "Direction", "à revoir")
    second = Examen("a", date(2026, 3, 5), "Coordination Ctg", "")
    autre = Examen("b", date(2026, 2, 5), "Direction", "vu")
    for examen in (second, autre, premier):
        examens.write(carnet, examen)
    assert examens.of_cases(carnet, ["a", "c"]) == {"a": (second, premier)}
    assert examens.of_cases(Carnet.of_file(carnet.file), ["b"]) == {"b": (autre,)}


@pytest.mark.parametrize(
    ("fonction", "note"), [("", "x"), ("   ", "x"), ("f" * (FONCTION_MAX + 1), ""), ("f", "n" * (NOTE_MAX + 1))]
)
def test_what_cannot_be_kept_is_refused_whole(carnet: Carnet, fonction: str, note: str) -> None:
    with pytest.raises(CarnetError):
        examens.write(carnet, Examen("a", date(2026, 1, 5), fonction, note))
    assert examens.of_cases(carnet, ["a"]) == {}


def test_spaces_around_are_not_kept(carnet: Carnet) -> None:
    examens.write(carnet, Examen("a", date(2026, 1, 5), " Direction ", "\n vu "))
    assert examens.of_cases(carnet, ["a"])["a"][0] == Examen("a", date(2026, 1, 5), "Direction", "vu")
