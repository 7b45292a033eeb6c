"""Where each projected séance stands, for a presenter on another machine; kept in memory, for it lasts a meeting."""

from dataclasses import dataclass
from threading import Lock
from typing import Any

GARDEES = 64


@dataclass(frozen=True, slots=True)
class Position:
    """The latest state said by a window: `tour` counts the changes, `origine` names the window."""

    tour: int
    origine: str
    etat: dict[str, Any]


class Positions:
    """The last position of each séance; the oldest ones leave when there are too many."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[str, Position] = {}

    def get(self, id_seance: str) -> Position:
        """Return the position of a séance, turn 0 where none was ever said."""
        return self._known.get(id_seance, Position(0, "", {}))

    def put(self, id_seance: str, origine: str, etat: dict[str, Any]) -> Position:
        """Take a new position and return it with its turn."""
        with self._lock:
            position = Position(self.get(id_seance).tour + 1, origine, etat)
            self._known.pop(id_seance, None)
            self._known[id_seance] = position
            while len(self._known) > GARDEES:
                del self._known[next(iter(self._known))]
            return position
