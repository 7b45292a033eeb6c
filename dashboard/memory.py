"""A flask-caching backend that keeps products as they are: they are never changed, so nobody needs a copy."""

import sys
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import islice
from threading import Lock
from typing import Any

from flask_caching.backends.base import BaseCache

LOURD = 1_000_000
"""Bytes from which a product is heavy: heavy ones share a room of their own, lest they drive the light ones out."""
PART_LOURDE = 0.6
INCONNU = 50_000
_ECHANTILLON = 8


def weight(value: object) -> int:
    """Estimate the bytes that a product takes; of a long list the first ones speak for all, each counted once."""
    if isinstance(value, str | bytes):
        return sys.getsizeof(value)
    if isinstance(value, Mapping):
        return 64 + weight(list(value.keys())) + weight(list(value.values()))
    if isinstance(value, list | tuple | frozenset | set):
        return 56 + 8 * len(value) + _sampled(value)
    if is_dataclass(value) and not isinstance(value, type):
        return 64 + sum(weight(getattr(value, f.name)) for f in fields(value))
    return 32 if value is None or isinstance(value, int | float | date) else INCONNU


def _sampled(values: Collection[object]) -> int:
    alone = {id(v): v for v in values}  # the same sentence stands for many territories
    first = [weight(v) for v in islice(alone.values(), _ECHANTILLON)]
    return len(alone) * sum(first) // len(first) if first else 0


class _Room:
    """Products in the order of their last use, within a number of bytes."""

    def __init__(self, limite: int) -> None:
        self.known: OrderedDict[str, tuple[Any, int]] = OrderedDict()
        self.limite, self.used = limite, 0

    def get(self, key: str) -> Any:
        if key not in self.known:
            return None
        self.known.move_to_end(key)
        return self.known[key][0]

    def put(self, key: str, value: Any, size: int) -> None:
        self.used += size - self.known.pop(key, (None, 0))[1]
        self.known[key] = value, size
        while self.used > self.limite and len(self.known) > 1:
            self.used -= self.known.popitem(last=False)[1][1]


class Memory(BaseCache):
    """The products used last; safe between threads, bounded in bytes, nothing written nor pickled."""

    def __init__(self, limite: int) -> None:
        super().__init__(0)
        heavy = int(limite * PART_LOURDE)
        self._rooms = (_Room(limite - heavy), _Room(heavy))
        self._lock = Lock()

    @classmethod
    def factory(cls, app: Any, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> "Memory":  # noqa: ARG003
        """Make the backend that `CACHE_TYPE` names, of `CACHE_THRESHOLD` bytes."""
        return cls(config["CACHE_THRESHOLD"])

    @property
    def used(self) -> int:
        """How many bytes the products kept are thought to take."""
        return sum(room.used for room in self._rooms)

    def get(self, key: str) -> Any:
        """Return a product, None where it is not kept."""
        with self._lock:
            return next((found for room in self._rooms if (found := room.get(key)) is not None), None)

    def set(self, key: str, value: Any, timeout: Any = None) -> bool:  # noqa: ARG002
        """Keep a product; the ones asked for the longest ago leave, the last one stays whatever its weight."""
        size = len(key) + weight(value)
        with self._lock:
            self._rooms[size > LOURD].put(key, value, size)
        return True
