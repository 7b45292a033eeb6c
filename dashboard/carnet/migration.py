"""Bringing a database of the carnet to the tables that this program knows, in one transaction."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from data.errors import CarnetError

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory  # imported where it serves: the map starts without it

_DOSSIER = Path(__file__).with_name("migrations")
_VERROU_POSTGRES = 0x41544C53
"""Any number, the same in every process that migrates the carnet of one PostgreSQL database."""

PLUS_RECENT = "Le carnet a été écrit par une version plus récente du programme : mettre l'atlas à jour pour l'ouvrir."


@lru_cache(maxsize=1)
def script() -> "ScriptDirectory":
    """Return the revisions of the program."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(_DOSSIER))


def head() -> str:
    """Return the latest revision of the program."""
    latest = script().get_current_head()
    assert latest is not None
    return latest


def is_current(connection: Connection) -> bool:
    """Tell whether a database is at the latest revision.

    Raises: CarnetError when a later program wrote it.
    """
    from alembic.runtime.migration import MigrationContext

    found = MigrationContext.configure(connection).get_current_heads()
    known = {revision.revision for revision in script().walk_revisions()}
    if set(found) - known:
        raise CarnetError(PLUS_RECENT)
    return found == (head(),)


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the missing migrations in the transaction of a connection: all of them, or none."""
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:verrou)"), {"verrou": _VERROU_POSTGRES})
    config = Config()
    config.set_main_option("script_location", str(_DOSSIER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
