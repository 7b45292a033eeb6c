"""The database of the carnet: opened when first needed, brought up to date by itself, told in one French sentence.

Whoever writes things down declares tables on `tables.METADATA`, adds one revision under `migrations/versions`, and uses
`deps.carnet`::

    with deps.carnet.reading() as connection:   # before anything was ever written, an empty database
        rows = connection.execute(select(TABLE)).all()
    with deps.carnet.writing() as connection:   # committed at the end of the block, or nothing of it is kept
        connection.execute(insert(TABLE).values(...))
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from dashboard.carnet import engines, migration
from data.errors import CarnetError
from data.store import Store

VARIABLE = "ATLAS_DATABASE_URL"
FICHIER = "carnet.db"


@dataclass(frozen=True)
class Carnet:
    """One database; nothing is created before something is written."""

    url: URL

    @classmethod
    def default(cls, store: Store | None = None) -> "Carnet":
        """Return the carnet of this machine: `$ATLAS_DATABASE_URL`, else a file in the folder of the store.

        Raises: CarnetError when the address is not one of PostgreSQL or SQLite.
        """
        address = os.environ.get(VARIABLE, "").strip()
        return cls.at(address) if address else cls.of_file((store or Store.default()).racine / FICHIER)

    @classmethod
    def of_file(cls, path: Path) -> "Carnet":
        """Return the carnet kept in a SQLite file, which need not exist."""
        return cls(URL.create("sqlite", database=str(path)))

    @classmethod
    def at(cls, address: str) -> "Carnet":
        """Return the carnet at a database address: `postgresql://…`, `sqlite:///…`.

        Raises: CarnetError when it is neither.
        """
        try:
            url = make_url(address)
        except ArgumentError:
            raise CarnetError(f"{VARIABLE} n'est pas l'adresse d'une base de données.") from None
        kind = url.drivername.partition("+")[0]
        if kind in ("postgresql", "postgres"):
            return cls(url.set(drivername="postgresql+psycopg"))
        if kind == "sqlite" and url.database:
            return cls(url)
        raise CarnetError(f"{VARIABLE} doit commencer par « postgresql:// » ou « sqlite:/// ».")

    @property
    def nom(self) -> str:
        """What a person calls it: its file, or its address without the password."""
        return str(self.file) if self.file else self.url.render_as_string(hide_password=True)

    @property
    def adresse(self) -> str:
        """The address by which another process opens it, its password included: never shown."""
        return self.url.render_as_string(hide_password=False)

    @property
    def file(self) -> Path | None:
        """The file of a SQLite carnet, None for a server."""
        return Path(self.url.database or "") if self.url.get_backend_name() == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read in one transaction; an empty database where nothing was ever written.

        Raises: CarnetError when it cannot be opened.
        """
        with self._told("lu"), self._reader() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write in one transaction, on the disk when the block ends; an error keeps nothing of it.

        Raises: CarnetError when it cannot be written.
        """
        with self._told("écrit"):
            if self.file is not None:
                self.file.parent.mkdir(parents=True, exist_ok=True)
            with engines.for_writing(self._ready()).connect() as connection, connection.begin():
                yield connection

    def check(self) -> str:
        """Open the carnet to write in it; return what is wrong in one French sentence, "" when all is well."""
        if self.file is not None and not self.file.is_file():
            return ""  # nothing was written yet
        try:
            with self.writing():
                return ""
        except CarnetError as error:
            return str(error)

    def _reader(self) -> Connection:
        if self.file is not None and not self.file.exists():
            return self._vide.connect()
        return self._ready().connect()

    @cached_property
    def _engine(self) -> Engine:
        return engines.of_server(self.url) if self.file is None else engines.of_file(self.url)

    @cached_property
    def _vide(self) -> engines.EmptyDatabase:
        return engines.EmptyDatabase(migration.upgrade)

    @cached_property
    def _migrated(self) -> set[object]:
        return set()

    @cached_property
    def _lock(self) -> Lock:
        return Lock()

    def _ready(self) -> Engine:
        """Return the engine on an up-to-date database; a file put in the place of another is looked at again."""
        identity = engines.identity(self.file)
        if identity not in self._migrated:
            with self._lock:
                self._bring_up_to_date()
                self._migrated.add(engines.identity(self.file))
        return self._engine

    def _bring_up_to_date(self) -> None:
        with self._engine.connect() as connection, connection.begin():
            current = migration.is_current(connection)
        if not current:
            with engines.for_writing(self._engine).connect() as connection, connection.begin():
                migration.upgrade(connection)

    @contextmanager
    def _told(self, participe: str) -> Iterator[None]:
        """Say in one sentence what stands in the way; an error of the program itself stays one."""
        try:
            yield
        except OSError as fault:
            raise CarnetError(self._sentence(participe, engines.reason_of_system(fault))) from fault
        except DatabaseError as fault:
            if not isinstance(fault, OperationalError) and type(fault) is not DatabaseError:
                raise
            raise CarnetError(self._sentence(participe, engines.reason(fault))) from fault

    def _sentence(self, participe: str, reason: str) -> str:
        return (
            f"Le carnet « {self.nom} » n'a pas pu être {participe} : {reason}. "
            "La carte n'en dépend pas ; les séances et les décisions ne peuvent pas être enregistrées pour l'instant."
        )
