"""Reading the séances of the carnet."""

from typing import Any

from sqlalchemy import Connection, Row, func, select

from dashboard.carnet.database import Carnet
from dashboard.seances.errors import SeanceInconnueError
from dashboard.seances.model import Decision, Resume, Scene, Seance
from dashboard.seances.tables import DECISION, SCENE, SEANCE


def summaries(carnet: Carnet) -> tuple[Resume, ...]:
    """Return every séance, archived ones included: by day, the latest first, those without a day before them."""
    with carnet.reading() as connection:
        scenes, decisions = _counts(connection, SCENE), _counts(connection, DECISION)
        rows = connection.execute(select(SEANCE)).all()
    found = (
        Resume(
            r.id,
            r.titre,
            r.instance,
            r.jour,
            scenes.get(r.id, 0),
            decisions.get(r.id, 0),
            r.archivee is not None,
            r.modifiee,
        )
        for r in rows
    )
    return tuple(sorted(found, key=lambda s: (s.jour is None, s.jour or s.modifiee.date(), s.modifiee), reverse=True))


def _counts(connection: Connection, table: Any) -> dict[str, int]:
    kept = select(table.c.seance_id, func.count()).where(table.c.retiree.is_(None)).group_by(table.c.seance_id)
    return {seance: int(number) for seance, number in connection.execute(kept)}


def seance(carnet: Carnet, id_seance: str) -> Seance:
    """Return a séance whole.

    Raises: SeanceInconnueError.
    """
    with carnet.reading() as connection:
        return seance_of(connection, id_seance)


def seance_of(connection: Connection, id_seance: str) -> Seance:
    """Return a séance whole, in a transaction already open.

    Raises: SeanceInconnueError.
    """
    row = connection.execute(select(SEANCE).where(SEANCE.c.id == id_seance)).first()
    if row is None:
        raise SeanceInconnueError("Cette séance n'existe pas, ou plus, dans ce carnet.")
    scenes = connection.execute(
        select(SCENE).where(SCENE.c.seance_id == id_seance).order_by(SCENE.c.rang, SCENE.c.id)
    ).all()
    decisions = connection.execute(_decisions().where(DECISION.c.seance_id == id_seance)).all()
    return Seance(
        row.id,
        row.titre,
        row.instance,
        row.jour,
        row.version,
        row.archivee is not None,
        tuple(_scene(s) for s in scenes if s.retiree is None),
        tuple(_scene(s) for s in scenes if s.retiree is not None),
        tuple(_decision(d) for d in decisions),
    )


def decisions(carnet: Carnet) -> tuple[tuple[Decision, str], ...]:
    """Return every decision that stands, with the title of its séance, in the order taken."""
    with carnet.reading() as connection:
        rows = connection.execute(
            _decisions()
            .add_columns(SEANCE.c.titre.label("seance_titre"))
            .join(SEANCE, SEANCE.c.id == DECISION.c.seance_id)
        ).all()
    return tuple((_decision(row), row.seance_titre) for row in rows)


def _decisions() -> Any:
    return select(DECISION).where(DECISION.c.retiree.is_(None)).order_by(DECISION.c.prise, DECISION.c.id)


def _scene(row: Row[Any]) -> Scene:
    figures = tuple(c for c in row.chiffres.split(",") if c)
    return Scene(row.adresse, row.titre, row.lecture, row.question, figures, row.notes, row.traits, row.id, row.version)


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        row.id, row.seance_id, row.scene_id, row.adresse, row.texte, row.charge, row.echeance, row.prise, row.version
    )
