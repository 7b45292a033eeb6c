"""What was said of a possible overlap: who looked at it, when, and what was noted. Nothing is ever overwritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Date, DateTime, Integer, Table, Text, insert, select

from dashboard.carnet.database import Carnet
from dashboard.carnet.tables import METADATA, now
from data.errors import CarnetError

EXAMENS = Table(
    "examen",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("cle", Text, nullable=False, index=True),
    Column("jour", Date, nullable=False),
    Column("fonction", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("ecrit", DateTime, nullable=False),
)
FONCTION_MAX, NOTE_MAX = 80, 2_000


@dataclass(frozen=True, slots=True)
class Examen:
    """One look at a case: `fonction` of who looked (never a name), `note` what they agreed on, which may be empty."""

    cle: str
    jour: date
    fonction: str
    note: str


def of_cases(carnet: Carnet, cles: Iterable[str]) -> dict[str, tuple[Examen, ...]]:
    """Return what was written of some cases, the latest first; cases of which nothing was written are left out.

    Raises: CarnetError when the carnet cannot be opened.
    """
    voulues = set(cles)
    with carnet.reading() as connection:
        lignes = connection.execute(select(EXAMENS).order_by(EXAMENS.c.jour.desc(), EXAMENS.c.id.desc())).all()
    trouves: dict[str, tuple[Examen, ...]] = {}
    for ligne in lignes:
        if ligne.cle in voulues:
            examen = Examen(ligne.cle, ligne.jour, ligne.fonction, ligne.note)
            trouves[ligne.cle] = (*trouves.get(ligne.cle, ()), examen)
    return trouves


def write(carnet: Carnet, examen: Examen) -> None:
    """Add one look at a case.

    Raises: CarnetError when it says no function, says too much, or cannot be written.
    """
    fonction, note = examen.fonction.strip(), examen.note.strip()
    if not fonction:
        raise CarnetError("Indiquer la fonction de la personne qui a examiné ce cas (pas son nom).")
    if len(fonction) > FONCTION_MAX or len(note) > NOTE_MAX:
        raise CarnetError(f"La fonction tient en {FONCTION_MAX} caractères, la note en {NOTE_MAX}.")
    with carnet.writing() as connection:
        connection.execute(
            insert(EXAMENS).values(cle=examen.cle, jour=examen.jour, fonction=fonction, note=note, ecrit=now())
        )
