"""Files looked at two abreast: reading a workbook leaves Python free meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_DE_FRONT = 2
T = TypeVar("T")
R = TypeVar("R")


def abreast(work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
    """Give the result of each item in order; what has not begun is given up when the caller stops."""
    pool = ThreadPoolExecutor(_DE_FRONT)
    try:
        yield from pool.map(work, items)
    finally:
        pool.shutdown(cancel_futures=True)
