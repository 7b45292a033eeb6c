"""Who changed the register, when and how: one line per version accepted. Nothing is ever overwritten."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, DateTime, Integer, Table, Text, insert, select

from dashboard.carnet.database import Carnet
from dashboard.carnet.tables import METADATA, now
from data.errors import CarnetError

MODIFICATIONS = Table(
    "modification",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("ecrit", DateTime, nullable=False),
    Column("fonction", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("avant", Text, nullable=False),
    Column("apres", Text, nullable=False),
    Column("changements", Text, nullable=False),
)
FONCTION_MAX, NOTE_MAX = 80, 2_000


@dataclass(frozen=True, slots=True)
class Modification:
    """One version accepted: `fonction` of who accepted it (never a name), versions before and after.

    `changements` are sentences, one per agreement; `ecrit` is UTC, None before it is written.
    """

    fonction: str
    note: str
    avant: str
    apres: str
    changements: tuple[str, ...]
    ecrit: datetime | None = None


def history(carnet: Carnet) -> tuple[Modification, ...]:
    """Return every change accepted, the latest first.

    Raises: CarnetError when the carnet cannot be opened.
    """
    with carnet.reading() as connection:
        lignes = connection.execute(select(MODIFICATIONS).order_by(MODIFICATIONS.c.id.desc())).all()
    return tuple(
        Modification(x.fonction, x.note, x.avant, x.apres, tuple(json.loads(x.changements)), x.ecrit) for x in lignes
    )


def check(fonction: str, note: str) -> None:
    """Tell what is wrong with what a person says of a change.

    Raises: CarnetError when it says no function, or too much.
    """
    if not fonction.strip():
        raise CarnetError("Indiquer la fonction de la personne qui accepte cette version, sans son nom.")
    if len(fonction) > FONCTION_MAX or len(note) > NOTE_MAX:
        raise CarnetError(f"La fonction tient en {FONCTION_MAX} caractères, la note en {NOTE_MAX}.")


def write(carnet: Carnet, modification: Modification) -> None:
    """Add one change.

    Raises: CarnetError when it says no function, says too much, or cannot be written.
    """
    check(modification.fonction, modification.note)
    values = {
        "ecrit": now(),
        "fonction": modification.fonction.strip(),
        "note": modification.note.strip(),
        "avant": modification.avant,
        "apres": modification.apres,
        "changements": json.dumps(_sentences(modification.changements), ensure_ascii=False),
    }
    with carnet.writing() as connection:
        connection.execute(insert(MODIFICATIONS).values(**values))


def _sentences(changements: Sequence[str]) -> list[str]:
    return [c[:2_000] for c in changements]
