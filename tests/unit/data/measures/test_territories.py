"""Territories and the memory kept of a dataset."""

import gc
import weakref
from collections.abc import Callable

import numpy as np
import pytest

from data.frames import Frames
from data.measures import territories
from data.measures.cache import per_frames
from data.model import Maille

EPCI = "200000001"
COMMUNES = [
    {"code": "62002", "code_epci": EPCI},
    {"code": "62001", "code_epci": EPCI, "nom": "Arras"},
    {"code": "80003"},
]


@pytest.fixture
def frames(make_frames: Callable[..., Frames]) -> Frames:
    qpv = [{"code_qpv": "QN1", "nom": "Q", "codes_communes": "62002|99999"}]
    return make_frames(COMMUNES, {"epci": [{"code_epci": EPCI, "nom": "CU"}]}, qpv=qpv)


def test_members(frames: Frames) -> None:
    assert territories.members(frames, Maille.EPCI).to_dict() == {"62001": EPCI, "62002": EPCI, "80003": ""}
    assert territories.members(frames, Maille.DEPARTEMENT).to_dict() == {"62001": "62", "62002": "62", "80003": "80"}
    assert territories.members(frames, Maille.COMMUNE)["62001"] == "62001"


def test_names_and_departements(frames: Frames) -> None:
    assert territories.names(frames, Maille.EPCI).to_dict() == {EPCI: "CU"}
    assert territories.names(frames, Maille.COMMUNE)["62001"] == "Arras"
    assert territories.departements(frames) == ("62", "80")


@pytest.mark.parametrize(
    ("code", "maille", "communes"),
    [
        ("62001", Maille.COMMUNE, ("62001",)),
        (EPCI, Maille.EPCI, ("62001", "62002")),
        ("80", Maille.DEPARTEMENT, ("80003",)),
        ("QN1", Maille.QPV, ("62002",)),
        ("99999", None, ()),
        ("", None, ()),
    ],
)
def test_maille_and_communes_of_a_code(
    frames: Frames, code: str, maille: Maille | None, communes: tuple[str, ...]
) -> None:
    assert territories.maille_of(frames, code) == maille
    assert territories.communes_of(frames, code) == communes


def test_sums_leave_out_communes_without_territory_and_unknown_values(frames: Frames) -> None:
    assert territories.groups(frames, Maille.EPCI).sums(np.array([1.0, np.nan, 5.0])).tolist() == [1.0]


def test_positions(frames: Frames) -> None:
    assert territories.positions(frames, frames.communes["code"]).tolist() == [0, 1, 2]
    assert territories.positions(frames, frames.qpv["code_qpv"]).tolist() == [-1]


def test_memory_dies_with_the_dataset(make_frames: Callable[..., Frames]) -> None:
    appels = []

    @per_frames
    def double(frames: Frames, nombre: int) -> int:
        appels.append(nombre)
        return 2 * nombre + len(frames.communes) * 0

    frames = make_frames(COMMUNES)
    assert (double(frames, 2), double(frames, 2), double(frames, 3)) == (4, 4, 6)
    assert appels == [2, 3]
    territories.groups(frames, Maille.EPCI)
    temoin = weakref.ref(frames)
    del frames
    gc.collect()
    assert temoin() is None
