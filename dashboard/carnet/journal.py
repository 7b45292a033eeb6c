"""The log of exports: which file left the atlas, when, by which hand, from which view of which data."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Column, DateTime, Index, Integer, Table, Text, insert, select

from dashboard.carnet.database import Carnet
from dashboard.carnet.tables import METADATA

PAGE = "page"
"""Who exported, from the page: the atlas knows its readers by no name."""

EXPORTS = Table(
    "export",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("instant", DateTime, nullable=False),
    Column("qui", Text, nullable=False),
    Column("media", Text, nullable=False),
    Column("adresse", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("jeu", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("programme", Text, nullable=False),
    Column("empreinte", Text, nullable=False),
    Column("octets", Integer, nullable=False),
    Index("ix_export_empreinte", "empreinte"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One file that left: `qui` a system account, a function or « page »; `instant` in UTC.

    `empreinte` is the SHA-256 of the whole file, `octets` its size.
    """

    instant: datetime
    qui: str
    media: str
    adresse: str
    edition: str
    jeu: str
    version: str
    programme: str
    empreinte: str
    octets: int


def record(carnet: Carnet, export: Export) -> None:
    """Write one export down. Raises: CarnetError when that cannot be done."""
    with carnet.writing() as connection:
        connection.execute(insert(EXPORTS).values({f.name: getattr(export, f.name) for f in fields(Export)}))


def listed(carnet: Carnet, derniers: int = 0) -> tuple[Export, ...]:
    """Return the exports, the latest first; the `derniers` latest ones only, all of them for 0.

    Raises: CarnetError when the carnet cannot be read.
    """
    query = select(EXPORTS).order_by(EXPORTS.c.instant.desc(), EXPORTS.c.id.desc())
    with carnet.reading() as connection:
        return tuple(_read(row) for row in connection.execute(query.limit(derniers) if derniers else query).mappings())


def of_file(carnet: Carnet, empreinte: str) -> Export | None:
    """Return the export that made a file, by its SHA-256; None where this carnet knows of none.

    Raises: CarnetError when the carnet cannot be read.
    """
    query = select(EXPORTS).where(EXPORTS.c.empreinte == empreinte).order_by(EXPORTS.c.id)
    with carnet.reading() as connection:
        row = connection.execute(query.limit(1)).mappings().first()
    return _read(row) if row else None


def _read(row: Any) -> Export:  # noqa: ANN401 - a row of SQLAlchemy, by name
    return Export(**{f.name: row[f.name] for f in fields(Export)})
