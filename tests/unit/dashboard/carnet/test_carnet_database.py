"""The carnet opens late, keeps what it confirmed, and says in one sentence what stands in the way."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text

from dashboard.carnet import engines
from dashboard.carnet.database import Carnet
from dashboard.carnet.tables import now
from dashboard.seances.tables import SEANCE
from data.errors import CarnetError
from data.store import Store


def row(ident: str) -> dict:
    return {"id": ident, "titre": "Où ? — é", "instance": "", "version": 1, "creee": now(), "modifiee": now()}


def number(carnet: Carnet) -> int:
    with carnet.reading() as connection:
        return connection.execute(select(func.count()).select_from(SEANCE)).scalar_one()


def test_reading_before_anything_was_written_creates_nothing(tmp_path: Path) -> None:
    carnet = Carnet.of_file(tmp_path / "absent" / "carnet.db")
    assert number(carnet) == 0
    assert carnet.check() == ""
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_read_again_by_another(carnet: Carnet) -> None:
    with carnet.writing() as connection:
        connection.execute(insert(SEANCE).values(row("a")))
    assert number(Carnet(carnet.url)) == 1


def test_an_error_keeps_nothing_of_the_block(carnet: Carnet) -> None:
    def fail() -> None:
        with carnet.writing() as connection:
            connection.execute(insert(SEANCE).values(row("a")))
            raise KeyError("a bug of the caller")

    with pytest.raises(KeyError):
        fail()
    assert number(carnet) == 0


def test_many_writers_at_once_lose_nothing(carnet: Carnet) -> None:
    def write(who: int) -> None:
        for rank in range(10):
            with carnet.writing() as connection:
                connection.execute(insert(SEANCE).values(row(f"{who}-{rank}")))

    threads = [threading.Thread(target=write, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert number(carnet) == 40


def test_sqlite_is_set_so_that_a_commit_is_on_the_disk(tmp_path: Path) -> None:
    carnet = Carnet.of_file(tmp_path / "carnet.db")
    with carnet.writing() as connection:
        settings = {
            p: connection.execute(text(f"PRAGMA {p}")).scalar() for p in ("journal_mode", "synchronous", "foreign_keys")
        }
        assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 1000 * engines.ATTENTE_S


def test_a_file_put_in_the_place_of_another_is_seen(tmp_path: Path) -> None:
    carnet, other = Carnet.of_file(tmp_path / "carnet.db"), Carnet.of_file(tmp_path / "autre.db")
    with carnet.writing() as connection:
        connection.execute(insert(SEANCE).values(row("a")))
    (tmp_path / "carnet.db").unlink()
    assert number(carnet) == 0
    with carnet.writing() as connection:
        connection.execute(insert(SEANCE).values(row("b")))
    assert number(carnet) == 1
    assert number(other) == 0


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda d: (d / "carnet.db").write_bytes(b"une lettre" * 900), "n'est pas une base de données"),
        (lambda d: (d / "carnet.db").mkdir(), "ne peut être ouvert"),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(tmp_path: Path, make, said: str) -> None:
    make(tmp_path)
    carnet = Carnet.of_file(tmp_path / "carnet.db")
    for attempt in (carnet.reading, carnet.writing):
        with pytest.raises(CarnetError, match=said) as told, attempt():
            pass
        assert "\n" not in str(told.value)


def test_a_folder_that_cannot_be_made_is_told_and_reading_stays_empty() -> None:
    carnet = Carnet.of_file(Path("/proc/atlas/carnet.db"))
    assert number(carnet) == 0
    with pytest.raises(CarnetError, match="dossier"), carnet.writing():
        pass


def test_a_server_that_does_not_answer_is_told_without_its_password() -> None:
    told = Carnet.at("postgresql://quelqun:secret@127.0.0.1:1/atlas").check()
    assert "ne répond pas" in told
    assert "secret" not in told


def test_the_address_comes_from_the_environment_else_from_the_store(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert Carnet.default(Store(tmp_path)).file == tmp_path / "carnet.db"
    for address in ("postgresql://atlas@localhost/a", "postgres://atlas@localhost/a"):
        monkeypatch.setenv("ATLAS_DATABASE_URL", address)
        assert Carnet.default().url.drivername == "postgresql+psycopg"
    for wrong in ("mysql://x/y", "n'importe quoi"):
        monkeypatch.setenv("ATLAS_DATABASE_URL", wrong)
        with pytest.raises(CarnetError, match="ATLAS_DATABASE_URL"):
            Carnet.default()
