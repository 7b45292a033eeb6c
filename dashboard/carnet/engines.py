"""The two kinds of database that keep the carnet, set so that what was confirmed is on the disk."""

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, StaticPool

ATTENTE_S = 10
"""How long a writer waits for another one, and for a server to answer."""

_ECRITURE = "atlas_ecriture"
_RAISONS = {
    "unable to open database file": "le fichier ne peut être ouvert, vérifiez que le dossier existe et ses droits",
    "attempt to write a readonly database": "le fichier est protégé en écriture",
    "database is locked": "un autre programme l'occupe",
    "database or disk is full": "le disque est plein",
    "file is not a database": "le fichier n'est pas une base de données",
    "malformed": "le fichier est abîmé, une sauvegarde peut le remplacer",
    "disk i/o error": "le disque ne répond pas",
    "connection refused": "le serveur de base de données ne répond pas",
    "connection failed": "le serveur de base de données ne répond pas",
    "connection timeout": "le serveur de base de données ne répond pas",
    "password authentication failed": "le mot de passe est refusé",
}
_SYSTEME = {
    errno.EACCES: "vos droits ne le permettent pas",
    errno.EPERM: "vos droits ne le permettent pas",
    errno.EROFS: "le dossier est protégé en écriture",
    errno.ENOSPC: "le disque est plein",
}


def of_file(url: URL) -> Engine:
    """Return the engine of a SQLite file: write-ahead log, flushed at each commit, foreign keys checked.

    A connection lives as long as its transaction, so that a restored or replaced file is seen at once.
    """
    return _sqlite(create_engine(url, poolclass=NullPool, connect_args={"timeout": ATTENTE_S}), "WAL")


def of_server(url: URL) -> Engine:
    """Return the engine of a PostgreSQL server; a connection lost meanwhile is made again."""
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": ATTENTE_S})


def for_writing(engine: Engine) -> Engine:
    """Return the engine whose transactions take the lock of a SQLite file at once, rather than half-way."""
    return engine.execution_options(**{_ECRITURE: True})


def identity(file: Path | None) -> tuple[int, int] | None:
    """Tell one file from the one that took its name; None for a server, or for no file yet."""
    if file is None:
        return None
    try:
        found = file.stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


def reason(fault: DBAPIError) -> str:
    """Return what a database complains of, in French where it is known."""
    said = str(fault.orig).strip()
    return next((french for english, french in _RAISONS.items() if english in said.lower()), said.split("\n")[0])


def reason_of_system(fault: OSError) -> str:
    """Return what the system complains of, in French."""
    return _SYSTEME.get(fault.errno or 0, "son dossier ne peut être ni ouvert ni créé")


def _sqlite(engine: Engine, journal: str) -> Engine:
    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # the driver would commit before a change of table; see `begin`
        for pragma in (f"journal_mode={journal}", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_ECRITURE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


class EmptyDatabase:
    """What is read before anything was written: the tables, in memory, without a row."""

    def __init__(self, upgrade: Callable[[Connection], None]) -> None:
        engine = _sqlite(create_engine("sqlite://", poolclass=StaticPool), "MEMORY")
        with engine.connect() as connection, connection.begin():
            upgrade(connection)
        with engine.connect() as connection:
            self._content = connection.connection.driver_connection.serialize()  # type: ignore[union-attr]
        engine.dispose()
        self._engine = _sqlite(create_engine("sqlite://", poolclass=NullPool, creator=self._open), "MEMORY")

    def connect(self) -> Connection:
        """Open a copy of it."""
        return self._engine.connect()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.deserialize(self._content)
        return connection
