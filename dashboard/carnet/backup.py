"""The carnet as one file, whatever database keeps it: every table, with a digest, put back whole or not at all."""

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Integer, MetaData, Table, delete, func, insert, inspect, select, text

from dashboard.carnet import engines, migration
from dashboard.carnet.database import Carnet
from data.durable import flush_folder
from data.errors import AtlasError, CarnetError

BASE, MANIFESTE = "carnet.db", "manifeste.json"
_VERSION = "alembic_version"
_LOT = 500
_ABIMEE = "La sauvegarde « {} » est abîmée ou n'en est pas une : rien n'a été changé."


@dataclass(frozen=True, slots=True)
class Compte:
    """What a backup holds: its rows by table."""

    fichier: Path
    lignes: dict[str, int]

    @property
    def total(self) -> int:
        """Number of rows, all tables together."""
        return sum(self.lignes.values())


def save(carnet: Carnet, fichier: Path) -> Compte:
    """Write everything that the carnet holds in a file, at one instant, in one step.

    Raises: CarnetError when the carnet cannot be read or the file written.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Carnet.of_file(Path(folder) / BASE)
        with copy.writing() as target, carnet.reading() as source:
            _hold_still(source)
            lignes = _copy(source, target)
        try:
            _write(Path(folder) / BASE, fichier, lignes)
        except OSError as fault:
            told = engines.reason_of_system(fault)
            raise CarnetError(f"La sauvegarde « {fichier} » n'a pas pu être écrite : {told}.") from fault
    return Compte(fichier, lignes)


def restore(carnet: Carnet, fichier: Path) -> tuple[Compte, Path | None]:
    """Put back what a backup holds in place of what the carnet holds, in one transaction.

    What was there is saved beside the carnet first (None where it was empty): its file is returned.
    Raises: CarnetError when the file is not a whole backup, or the carnet cannot be written; nothing is changed then.
    """
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / BASE
        _read(fichier, base)
        try:
            source = Carnet.of_file(base)
            lignes = _rows(source)
        except AtlasError as fault:
            raise fault if str(fault) == migration.PLUS_RECENT else CarnetError(_ABIMEE.format(fichier)) from fault
        kept = _keep(carnet)
        with carnet.writing() as target, source.reading() as connection:
            _copy(connection, target)
    return Compte(fichier, lignes), kept


def _rows(carnet: Carnet) -> dict[str, int]:
    """Count the rows of a carnet brought up to date."""
    with carnet.reading() as connection:
        return {
            t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in _tables(connection)
        }


def _hold_still(source: Connection) -> None:
    """Read every table as it was at one instant, whatever is written meanwhile; SQLite does so by itself."""
    if source.dialect.name == "postgresql":
        source.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


def _keep(carnet: Carnet) -> Path | None:
    if not sum(_rows(carnet).values()):
        return None
    folder = carnet.file.parent if carnet.file else Path.cwd()
    path = folder / f"carnet-avant-restauration-{datetime.now():%Y-%m-%d_%H%M%S}.zip"
    return save(carnet, path).fichier


def _tables(connection: Connection) -> list[Table]:
    """Return the tables that a database has, those that others refer to first."""
    found = MetaData()
    found.reflect(connection)
    return [t for t in found.sorted_tables if t.name != _VERSION]


def _copy(source: Connection, target: Connection) -> dict[str, int]:
    """Replace every row of one database by those of the other; both are at the same revision."""
    there = {t.name: t for t in _tables(target)}
    tables = _tables(source)
    for table in reversed(tables):
        target.execute(delete(there[table.name]))
    counted = {}
    for table in tables:
        rows = [dict(row) for row in source.execute(select(table)).mappings()]
        for start in range(0, len(rows), _LOT):
            target.execute(insert(there[table.name]), rows[start : start + _LOT])
        counted[table.name] = len(rows)
    if target.dialect.name == "postgresql":
        _follow_sequences(target, there.values())
    return counted


def _follow_sequences(target: Connection, tables: Any) -> None:
    """Let the next number given by PostgreSQL come after those put back."""
    for table in tables:
        for column in inspect(table).primary_key:
            if isinstance(column.type, Integer):
                last = select(func.max(column)).scalar_subquery()
                sequence = func.pg_get_serial_sequence(table.name, column.name)
                target.execute(select(func.setval(sequence, func.coalesce(last, 1), last.is_not(None))))


def _write(base: Path, fichier: Path, lignes: dict[str, int]) -> None:
    content = base.read_bytes()
    manifest = {"revision": migration.head(), "sha256": hashlib.sha256(content).hexdigest(), "lignes": lignes}
    fichier.parent.mkdir(parents=True, exist_ok=True)
    descriptor, aside = tempfile.mkstemp(prefix=".sauvegarde-", dir=fichier.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(MANIFESTE, json.dumps(manifest, ensure_ascii=False, indent=1))
                archive.writestr(BASE, content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(aside, fichier)
    finally:
        Path(aside).unlink(missing_ok=True)
    flush_folder(fichier.parent)


def _read(fichier: Path, base: Path) -> None:
    """Take the database out of a backup, its digest checked."""
    try:
        with zipfile.ZipFile(fichier) as archive:
            manifest = json.loads(archive.read(MANIFESTE))
            content = archive.read(BASE)
    except FileNotFoundError:
        raise CarnetError(f"La sauvegarde « {fichier} » n'existe pas.") from None
    except (OSError, KeyError, ValueError, EOFError, NotImplementedError, zipfile.BadZipFile, zlib.error) as fault:
        raise CarnetError(_ABIMEE.format(fichier)) from fault
    if not isinstance(manifest, dict) or manifest.get("sha256") != hashlib.sha256(content).hexdigest():
        raise CarnetError(_ABIMEE.format(fichier))
    base.write_bytes(content)
