"""Writing the séances down: every function is one transaction, confirmed only once it is on the disk.

Nothing is deleted: séances are archived, scenes and decisions taken out, and all of them can be put back.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select, update

from dashboard.carnet.database import Carnet
from dashboard.carnet.tables import now
from dashboard.seances.errors import ConflitError, SaisieError, SeanceInconnueError
from dashboard.seances.fields import as_text, checked, clean
from dashboard.seances.model import Brouillon, Modification
from dashboard.seances.reading import seance_of
from dashboard.seances.tables import DECISION, SCENE, SEANCE

SCENES_MAX = 500
"""More than any meeting can look at; beyond, a séance would no longer open at once."""


def create(carnet: Carnet, texts: Mapping[str, str], scenes: Sequence[Brouillon] = ()) -> str:
    """Create a séance and return its id.

    Raises: SaisieError, CarnetError.
    """
    with carnet.writing() as connection:
        return _create(connection, texts, scenes)


def duplicate(carnet: Carnet, id_seance: str) -> str:
    """Copy a séance and its scenes, without the decisions taken over them, and return the id of the copy."""
    with carnet.writing() as connection:
        found = seance_of(connection, id_seance)
        texts = {"titre": f"Copie de {found.titre}"[:200], "instance": found.instance}
        return _create(connection, texts, found.scenes)


def archive(carnet: Carnet, id_seance: str, archived: bool) -> None:
    """Put a séance among the archived ones, or take it back."""
    with carnet.writing() as connection:
        row = _locked(connection, SEANCE, id_seance)
        _write(connection, SEANCE, row, {"archivee": now() if archived else None})


def edit(carnet: Carnet, table: Table, ident: str, change: Modification) -> int:
    """Change texts of a séance, a scene or a decision and return its new version.

    Texts that others changed meanwhile are left to them; the same text changed twice is a conflict.
    Raises: ConflitError (nothing is written), SaisieError, SeanceInconnueError, CarnetError.
    """
    wanted = checked(table, change.apres)
    with carnet.writing() as connection:
        row = _locked(connection, table, ident)
        stored = {name: as_text(getattr(row, name)) for name in wanted}
        if row.version != change.version:
            known = {name: {clean(change.avant.get(name, "")), as_text(wanted[name])} for name in wanted}
            theirs = {name: text for name, text in stored.items() if text not in known[name]}
            if theirs:
                raise ConflitError(theirs, row.version)
        return _write(connection, table, row, wanted)


def add_scene(carnet: Carnet, id_seance: str, scene: Brouillon) -> str:
    """Add a scene at the end of a séance and return its id."""
    with carnet.writing() as connection:
        order = _order(connection, id_seance)
        if len(order) >= SCENES_MAX:
            raise SaisieError(f"Une séance a {SCENES_MAX} scènes au plus.")
        return _insert_scene(connection, id_seance, len(order), scene)


def duplicate_scene(carnet: Carnet, id_scene: str) -> str:
    """Copy a scene right after itself and return the id of the copy."""
    with carnet.writing() as connection:
        row = _locked(connection, SCENE, id_scene)
        order = _order(connection, row.seance_id)
        names = ("adresse", "titre", "lecture", "question", "notes", "traits")
        figures = tuple(c for c in row.chiffres.split(",") if c)
        draft = Brouillon(chiffres=figures, **{name: getattr(row, name) for name in names})
        copy = _insert_scene(connection, row.seance_id, len(order), draft)
        order.insert(order.index(id_scene) + 1 if id_scene in order else len(order), copy)
        _renumber(connection, order)
        return copy


def move_scene(carnet: Carnet, id_scene: str, before: str) -> None:
    """Put a scene right before another one of its séance, at the end where `before` is ""."""
    with carnet.writing() as connection:
        row = _locked(connection, SCENE, id_scene)
        order = [s for s in _order(connection, row.seance_id) if s != id_scene]
        order.insert(order.index(before) if before in order else len(order), id_scene)
        _renumber(connection, order)


def withdraw(carnet: Carnet, table: Table, ident: str, withdrawn: bool) -> None:
    """Take a scene or a decision out of its séance, or put it back, a scene at the end."""
    with carnet.writing() as connection:
        row = _locked(connection, table, ident)
        _write(connection, table, row, {"retiree": now() if withdrawn else None})
        if table is SCENE:
            order = [s for s in _order(connection, row.seance_id) if s != ident]
            _renumber(connection, order if withdrawn else [*order, ident])


def add_decision(carnet: Carnet, id_scene: str, texts: Mapping[str, str]) -> str:
    """Write down a decision over a scene, with the address that the scene has now, and return its id."""
    values = {"charge": "", "echeance": None, **checked(DECISION, {"texte": "", **texts})}
    with carnet.writing() as connection:
        scene = _locked(connection, SCENE, id_scene)
        ident = _new_id()
        moment = now()
        kept = {"id": ident, "seance_id": scene.seance_id, "scene_id": id_scene, "adresse": scene.adresse}
        connection.execute(insert(DECISION).values(**kept, **values, version=1, prise=moment, modifiee=moment))
        return ident


def _create(connection: Connection, texts: Mapping[str, str], scenes: Sequence[Brouillon]) -> str:
    values = {"instance": "", "jour": None, **checked(SEANCE, {"titre": "", **texts})}
    ident, moment = _new_id(), now()
    connection.execute(insert(SEANCE).values(id=ident, version=1, creee=moment, modifiee=moment, **values))
    for rank, scene in enumerate(scenes[:SCENES_MAX]):
        _insert_scene(connection, ident, rank, scene)
    return ident


def _insert_scene(connection: Connection, id_seance: str, rank: int, scene: Brouillon) -> str:
    texts = asdict(scene) | {"chiffres": ",".join(scene.chiffres)}
    ident = _new_id()
    connection.execute(
        insert(SCENE).values(
            id=ident, seance_id=id_seance, rang=rank, version=1, modifiee=now(), **checked(SCENE, texts)
        )
    )
    _touch(connection, id_seance)
    return ident


def _locked(connection: Connection, table: Table, ident: str) -> Row[Any]:
    """Return a row that no one else changes until the end of the transaction.

    The séance is always locked before what it holds, so that two writers never wait for each other.
    """
    if table is not SEANCE:
        of_seance = connection.execute(select(table.c.seance_id).where(table.c.id == ident)).scalar()
        connection.execute(select(SEANCE.c.id).where(SEANCE.c.id == of_seance).with_for_update())
    row = connection.execute(select(table).where(table.c.id == ident).with_for_update()).first()
    if row is None:
        raise SeanceInconnueError("Ce qui devait être modifié n'est plus dans ce carnet.")
    return row


def _write(connection: Connection, table: Table, row: Row[Any], values: Mapping[str, Any]) -> int:
    version = int(row.version) + 1
    own = (table.c.id == row.id) & (table.c.version == row.version)
    done = connection.execute(update(table).where(own).values(**values, version=version, modifiee=now()))
    if done.rowcount != 1:
        raise ConflitError({}, row.version)
    if table is not SEANCE:
        _touch(connection, row.seance_id)
    return version


def _touch(connection: Connection, id_seance: str) -> None:
    connection.execute(update(SEANCE).where(SEANCE.c.id == id_seance).values(modifiee=now()))


def _order(connection: Connection, id_seance: str) -> list[str]:
    """Return the ids of the scenes of a séance in order, the séance being locked."""
    _locked(connection, SEANCE, id_seance)
    kept = select(SCENE.c.id).where((SCENE.c.seance_id == id_seance) & SCENE.c.retiree.is_(None))
    return list(connection.execute(kept.order_by(SCENE.c.rang, SCENE.c.id)).scalars())


def _renumber(connection: Connection, order: Sequence[str]) -> None:
    """Give the scenes their ranks; the order is not a text that two people dispute, so versions do not move."""
    for rank, ident in enumerate(order):
        connection.execute(update(SCENE).where((SCENE.c.id == ident) & (SCENE.c.rang != rank)).values(rang=rank))


def _new_id() -> str:
    return secrets.token_hex(8)


def instant(moment: datetime) -> str:
    """Write a UTC instant for the browser, which says it in local time."""
    return f"{moment.isoformat()}Z"
