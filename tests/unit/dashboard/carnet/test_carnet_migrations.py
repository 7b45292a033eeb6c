"""Migrations go up from every revision with the data kept; the code declares the tables that they make."""

import importlib
import pkgutil
from datetime import date, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Connection, Date, DateTime, Float, Integer, MetaData, Table, select, text

import dashboard
from dashboard.carnet import engines, migration
from dashboard.carnet.database import Carnet
from dashboard.carnet.tables import METADATA
from data.errors import CarnetError

REVISIONS = [r.revision for r in reversed(list(migration.script().walk_revisions()))]
VALUES: tuple[tuple[type, Any], ...] = (
    (Boolean, True),
    (Integer, 7),
    (Float, 2.5),
    (DateTime, datetime(2026, 11, 23, 15, 0)),
    (Date, date(2026, 11, 23)),
)


def declare_everything() -> None:
    """Import every module of the dashboard, so that each feature has declared its tables."""
    for module in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [t for t in found.sorted_tables if t.name != "alembic_version"]


def fill(connection: Connection) -> dict[str, dict[str, Any]]:
    """One row in every table, each column with a value of its type; the same one everywhere satisfies foreign keys."""
    kept = {}
    for table in tables(connection):
        row = {
            c.name: next((v for kind, v in VALUES if isinstance(c.type, kind)), f"né {c.name[:3]}")
            for c in table.columns
        }
        for key in table.foreign_keys:
            row[key.parent.name] = kept[key.column.table.name][key.column.name]
        connection.execute(table.insert(), row)
        kept[table.name] = row
    return kept


def test_there_is_one_head_and_one_root() -> None:
    assert len(migration.script().get_heads()) == 1
    assert len(migration.script().get_bases()) == 1


@pytest.mark.parametrize("revision", REVISIONS)
def test_data_is_kept_from_every_revision_up(carnet: Carnet, revision: str) -> None:
    if carnet.file:
        carnet.file.parent.mkdir()
    with engines.for_writing(carnet._engine).connect() as connection, connection.begin():
        migration.upgrade(connection, revision)
        kept = fill(connection)
    assert kept
    with carnet.reading() as connection:
        assert migration.is_current(connection)
        for table in tables(connection):
            for row in connection.execute(select(table)).mappings():
                assert kept[table.name].items() <= dict(row).items()
        assert {t.name for t in tables(connection)} >= set(kept)


def test_the_code_declares_what_the_migrations_make(carnet: Carnet) -> None:
    declare_everything()
    with carnet.writing():
        pass
    with carnet.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_a_database_of_a_later_program_is_refused_in_one_sentence(carnet: Carnet) -> None:
    with carnet.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'demain'"))
    later = Carnet(carnet.url)
    with pytest.raises(CarnetError, match="version plus récente"), later.reading():
        pass
    if later.file is None:
        later._engine.dispose()


def test_a_migration_that_fails_leaves_the_database_as_it_was(carnet: Carnet, monkeypatch: pytest.MonkeyPatch) -> None:
    if carnet.file:
        carnet.file.parent.mkdir()
    with engines.for_writing(carnet._engine).connect() as connection, connection.begin():
        migration.upgrade(connection, REVISIONS[0])
        kept = fill(connection)
    last = migration.script().get_revision(REVISIONS[-1]).module
    done = last.upgrade

    def cut_short() -> None:
        done()
        raise OSError("coupure de courant")

    monkeypatch.setattr(last, "upgrade", cut_short)
    monkeypatch.setattr(ScriptDirectory, "from_config", lambda _: migration.script())
    with pytest.raises(CarnetError), carnet.reading():
        pass
    with carnet._engine.connect() as connection:
        assert {t.name for t in tables(connection)} == set(kept)
        assert not migration.is_current(connection)
