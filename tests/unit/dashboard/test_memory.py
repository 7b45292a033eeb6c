"""The cache of products: what was used last stays, as it is, within a number of bytes."""

import gc
import tracemalloc
import weakref
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from dashboard.datasets import DatasetInService
from dashboard.memory import LOURD, Memory, weight
from dashboard.scene import drawings_of
from data import jeu
from data.frames import Frames
from layers.kit.view import View


def test_the_products_used_last_are_kept_as_they_are() -> None:
    memory, thing = Memory(1_000), "a" * 100
    memory.set("a", thing)
    memory.set("b", "b" * 100)
    assert memory.get("a") is thing
    memory.set("c", "c" * 100)
    assert memory.get("b") is None
    assert memory.get("a") is thing


def test_heavy_products_do_not_drive_the_light_ones_out() -> None:
    memory = Memory(10 * LOURD)
    memory.set("light", "a")
    for n in range(50):
        memory.set(f"heavy-{n}", bytes(2 * LOURD))
    assert memory.get("light") == "a"
    assert [n for n in range(50) if memory.get(f"heavy-{n}") is not None] == [48, 49]
    memory.set("heavy-49", bytes(3 * LOURD))
    assert [n for n in range(50) if memory.get(f"heavy-{n}") is not None] == [48, 49]
    memory.set("enormous", bytes(20 * LOURD))
    assert memory.get("enormous") is not None
    assert memory.get("heavy-49") is None


def test_many_threads_never_go_beyond_the_limit() -> None:
    memory = Memory(20_000)
    threads = [Thread(target=lambda n=n: [memory.set(f"{n}-{i}", "x" * i) for i in range(300)]) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [v for n in range(6) for i in range(300) if (v := memory.get(f"{n}-{i}")) is not None]
    assert 20 < len(kept) < 200
    assert sum(map(weight, kept)) <= memory.used <= 8_000


def test_a_drawing_weighs_what_it_takes(frames_demo: Frames) -> None:
    def made(day: int) -> object:
        view = View(date=date(2025, 6, day), couches=("couverture_ctg", "densite_services", "points_acces"))
        return drawings_of(view, frames_demo)

    made(1)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = [made(day) for day in range(2, 12)]
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert 0.5 < sum(map(weight, kept)) / taken < 2.5


def test_a_dataset_that_leaves_is_let_go_though_the_collector_was_told_to_pass_over_it(
    make_frames: Callable[..., Frames], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = {"a": make_frames([{"code": "62001"}]), "b": make_frames([{"code": "62002"}])}
    read["a"].__dict__["itself"] = read["a"]  # only the collector can free it
    gone, current = weakref.ref(read["a"]), [Path("a")]
    monkeypatch.setattr(jeu, "load", lambda folder: read.pop(folder.name))
    service = DatasetInService(lambda: current[0])
    gc.freeze()
    try:
        current[0] = Path("b")
        assert service.frames().communes["code"].tolist() == ["62002"]
        assert gone() is None
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
