"""Memory of what changes with a day or an address: bounded, and forgotten with the dataset."""

import gc
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from data.frames import Frames
from data.measures import agreements, density
from data.measures.cache import lately_per_frames
from data.model import Maille

Fabrique = Callable[..., Frames]
COMMUNES = [{"code": "62001", "population": 100.0}, {"code": "62002", "population": 300.0}]


def test_the_results_used_last_stay_and_no_more(make_frames: Fabrique) -> None:
    frames, made = make_frames(COMMUNES), []

    @lately_per_frames(3)
    def double(_frames: Frames, n: int) -> int:
        made.append(n)
        return 2 * n

    assert [double(frames, n) for n in (1, 2, 3, 1, 4, 1, 3, 2)] == [2, 4, 6, 2, 8, 2, 6, 4]
    assert made == [1, 2, 3, 4, 2]  # 2 left for 4: 1 had been asked for again
    assert double(make_frames(COMMUNES), 1) == 2
    assert made[-1] == 1


def test_a_dataset_that_leaves_takes_its_results_along(make_frames: Fabrique) -> None:
    frames = make_frames(COMMUNES, {"services": [{"id": "S", "champ": "enfance", "code_commune": "62001"}]})
    for n in range(300):
        jour = date(2020, 1, 1) + timedelta(days=n)
        agreements.status(frames, jour)
        density.compute(frames, jour, "enfance", Maille.COMMUNE)
    gone = weakref.ref(frames)
    del frames
    gc.collect()
    assert gone() is None


def test_many_threads_agree(make_frames: Fabrique) -> None:
    frames = make_frames(COMMUNES)

    @lately_per_frames(5)
    def square(_frames: Frames, n: int) -> int:
        return n * n

    asked = [n % 17 for n in range(2000)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda n: square(frames, n), asked)) == [n * n for n in asked]
