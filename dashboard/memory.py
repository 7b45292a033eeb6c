"""A flask-caching backend that keeps products as they are: they are never changed, so nobody needs a copy."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from flask_caching.backends.base import BaseCache


class Memory(BaseCache):
    """The products used last; safe between threads, bounded in number, nothing written nor pickled."""

    def __init__(self, limite: int) -> None:
        super().__init__(0)
        self._limite = limite
        self._known: OrderedDict[str, Any] = OrderedDict()
        self._lock = Lock()

    @classmethod
    def factory(cls, app: Any, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> "Memory":  # noqa: ARG003
        """Make the backend that `CACHE_TYPE` names, of `CACHE_THRESHOLD` products."""
        return cls(config["CACHE_THRESHOLD"])

    def get(self, key: str) -> Any:
        """Return a product, None where it is not kept."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
            return self._known.get(key)

    def set(self, key: str, value: Any, timeout: Any = None) -> bool:  # noqa: ARG002
        """Keep a product; the ones asked for the longest ago leave."""
        with self._lock:
            self._known[key] = value
            self._known.move_to_end(key)
            while len(self._known) > self._limite:
                self._known.popitem(last=False)
        return True
