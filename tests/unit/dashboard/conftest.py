"""The carnet of the tests: a SQLite file, and a real PostgreSQL started from Debian's packages."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from dashboard.carnet.database import Carnet


def programs() -> Path | None:
    """Folder of initdb and pg_ctl."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).parent if found else debian[-1].parent if debian else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of the maintenance database of a server of one's own; skips where PostgreSQL is not installed."""
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL n'est pas installé (paquet Debian « postgresql »)")
    root = os.geteuid() == 0
    if root and "postgres" not in {u.pw_name for u in pwd.getpwall()}:
        pytest.skip("PostgreSQL refuse d'être lancé par root, et l'utilisateur « postgres » n'existe pas ici")
    sudo = ["runuser", "-u", "postgres", "--"] if root else []
    with tempfile.TemporaryDirectory(prefix="atlas-pg-") as folder:
        if root:
            shutil.chown(folder, "postgres")
        base = f"{folder}/base"

        def run(*command: str) -> None:
            subprocess.run([*sudo, *command], check=True, capture_output=True, cwd=folder)

        run(str(where / "initdb"), "-D", base, "-U", "atlas", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c max_connections=40 -c fsync=off"
        run(str(where / "pg_ctl"), "-D", base, "-w", "-o", options, "-l", f"{folder}/journal", "start")
        try:
            yield f"postgresql+psycopg://atlas@/postgres?host={folder}"
        finally:
            run(str(where / "pg_ctl"), "-D", base, "-m", "immediate", "stop")


@pytest.fixture(params=["sqlite", "postgres"])
def carnet(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Carnet]:
    """An empty carnet, on each of the two databases."""
    if request.param == "sqlite":
        yield Carnet.of_file(tmp_path / "magasin" / "carnet.db")
        return
    address = request.getfixturevalue("postgres")
    name = f"essai_{abs(hash(request.node.nodeid)):x}"
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    made = Carnet.at(address.replace("/postgres?", f"/{name}?"))
    yield made
    made._engine.dispose()
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
