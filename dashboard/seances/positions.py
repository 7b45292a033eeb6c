"""Where each projected séance stands, for windows that follow it on another machine or through another process."""

import json
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from sqlalchemy import insert, select, update

from dashboard.carnet.database import Carnet
from dashboard.carnet.tables import now
from dashboard.seances.errors import SeanceInconnueError
from dashboard.seances.tables import POSITION, SEANCE
from data.errors import CarnetError

GARDEES = 64


@dataclass(frozen=True, slots=True)
class Position:
    """The latest state said by a window: `tour` counts the changes, `origine` names the window."""

    tour: int
    origine: str
    etat: dict[str, Any]


NULLE = Position(0, "", {})


class Positions:
    """The last position of each séance, kept in the carnet so that several processes agree.

    A carnet that cannot be written (a full disk, a file protected) does not stop a meeting: the position is then kept
    by this process alone, after those that it knew.
    """

    def __init__(self, carnet: Carnet) -> None:
        self._carnet, self._lock = carnet, Lock()
        self._known: OrderedDict[str, Position] = OrderedDict()

    def get(self, id_seance: str) -> Position:
        """Return the position of a séance, turn 0 where none was ever said."""
        try:
            with self._carnet.reading() as connection:
                row = connection.execute(select(POSITION).where(POSITION.c.seance_id == id_seance)).first()
        except CarnetError:
            row = None
        kept = Position(row.tour, row.origine, json.loads(row.etat)) if row else NULLE
        return max(kept, self._known.get(id_seance, NULLE), key=lambda p: p.tour)

    def put(self, id_seance: str, origine: str, etat: dict[str, Any]) -> Position:
        """Take a new position and return it with its turn. Raises: SeanceInconnueError."""
        try:
            position = Position(self._write(id_seance, origine, etat), origine, etat)
        except CarnetError:
            position = Position(self.get(id_seance).tour + 1, origine, etat)
        self._remember(id_seance, position)
        return position

    def _write(self, id_seance: str, origine: str, etat: dict[str, Any]) -> int:
        values = {"origine": origine, "etat": json.dumps(etat), "ecrit": now()}
        here = self._known.get(id_seance, NULLE).tour
        with self._carnet.writing() as connection:
            locked = select(SEANCE.c.id).where(SEANCE.c.id == id_seance).with_for_update()
            if connection.execute(locked).first() is None:
                raise SeanceInconnueError("Cette séance n'existe pas, ou plus, dans ce carnet.")
            own = POSITION.c.seance_id == id_seance
            tour = connection.execute(select(POSITION.c.tour).where(own)).scalar()
            new = max(tour or 0, here) + 1
            if tour is None:
                connection.execute(insert(POSITION).values(seance_id=id_seance, tour=new, **values))
            else:
                connection.execute(update(POSITION).where(own).values(tour=new, **values))
        return new

    def _remember(self, id_seance: str, position: Position) -> None:
        with self._lock:
            self._known[id_seance] = position
            self._known.move_to_end(id_seance)
            while len(self._known) > GARDEES:
                self._known.popitem(last=False)
