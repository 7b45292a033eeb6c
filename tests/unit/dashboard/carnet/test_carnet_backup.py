"""A backup holds everything, goes back whole on either database, and is refused when one byte of it is wrong."""

import random
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import insert

from dashboard.__main__ import main
from dashboard.carnet import backup
from dashboard.carnet.database import Carnet
from dashboard.carnet.journal import EXPORTS
from dashboard.carnet.tables import now
from dashboard.seances import reading, writing
from dashboard.seances.model import Brouillon
from data.errors import CarnetError


@pytest.fixture(autouse=True)
def _aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the carnet that a restore of a server replaces out of the working folder."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def full(carnet: Carnet) -> Carnet:
    seance = writing.create(
        carnet, {"titre": "Séance « une »", "jour": "2026-12-01"}, [Brouillon("?nb=4", "A"), Brouillon("?", "B")]
    )
    scene = reading.seance(carnet, seance).scenes[0].id
    writing.add_decision(carnet, scene, {"texte": "Décidé", "charge": "Direction", "echeance": "2027-01-31"})
    return carnet


def everything(carnet: Carnet) -> list:
    return [reading.seance(carnet, s.id) for s in reading.summaries(carnet)]


def test_saved_then_restored_in_another_carnet(full: Carnet, tmp_path: Path) -> None:
    saved = backup.save(full, tmp_path / "dossier" / "carnet.zip")
    assert saved.total == 4
    other = Carnet.of_file(tmp_path / "ailleurs" / "carnet.db")
    _, kept = backup.restore(other, saved.fichier)
    assert kept is None
    assert everything(other) == everything(full)
    assert not list(tmp_path.rglob(".sauvegarde-*"))


def test_restoring_replaces_all_and_keeps_what_was_there(
    full: Carnet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = everything(full)
    saved = backup.save(full, tmp_path / "carnet.zip")
    writing.create(full, {"titre": "Écrite depuis"})
    _, kept = backup.restore(full, saved.fichier)
    assert everything(full) == before
    assert kept is not None
    again = Carnet.of_file(tmp_path / "reprise.db")
    backup.restore(again, kept)
    assert {s.titre for s in reading.summaries(again)} == {"Séance « une »", "Écrite depuis"}


def test_numbers_given_by_the_database_go_on_after_a_restore(carnet: Carnet, tmp_path: Path) -> None:
    texts = dict.fromkeys(("qui", "media", "adresse", "edition", "jeu", "version", "programme", "empreinte"), "x")
    source = Carnet.of_file(tmp_path / "source.db")
    for target in (source, source, source):
        with target.writing() as connection:
            connection.execute(insert(EXPORTS).values(instant=now(), octets=1, **texts))
    backup.restore(carnet, backup.save(source, tmp_path / "carnet.zip").fichier)
    with carnet.writing() as connection:
        made = connection.execute(insert(EXPORTS).values(instant=now(), octets=1, **texts)).inserted_primary_key
    assert made[0] == 4


def test_any_damage_is_refused_in_one_sentence_and_changes_nothing(full: Carnet, tmp_path: Path) -> None:
    whole = backup.save(full, tmp_path / "carnet.zip").fichier.read_bytes()
    before = everything(full)
    chance = random.Random(7)
    damaged = [whole[:k] for k in (0, 10, len(whole) // 2, len(whole) - 30)]
    for _ in range(25):
        at = chance.randrange(len(whole))
        damaged.append(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
    refused = 0
    for content in damaged:
        (tmp_path / "abimee.zip").write_bytes(content)
        try:
            backup.restore(full, tmp_path / "abimee.zip")
        except CarnetError as told:
            refused += "\n" not in str(told)
        assert everything(full) == before
    assert refused >= 25  # a byte of the zip's own dates may change without harm
    for path in tmp_path.rglob("carnet-avant-*"):
        path.unlink()


def test_a_backup_whose_content_was_changed_by_hand_is_refused(full: Carnet, tmp_path: Path) -> None:
    saved = backup.save(full, tmp_path / "carnet.zip").fichier
    with zipfile.ZipFile(saved) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    with zipfile.ZipFile(tmp_path / "refaite.zip", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace("Décidé".encode(), b"Inventes") if name == backup.BASE else content)
    with pytest.raises(CarnetError, match="abîmée"):
        backup.restore(full, tmp_path / "refaite.zip")


def test_the_commands_say_what_they_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "magasin"
    writing.create(Carnet.of_file(store / "carnet.db"), {"titre": "Une"})
    assert main(["sauvegarder", str(tmp_path / "c.zip"), "--magasin", str(store)]) == 0
    assert main(["restaurer", str(tmp_path / "c.zip"), "--magasin", str(tmp_path / "neuf")]) == 0
    assert "Carnet restauré" in capsys.readouterr().out
    (tmp_path / "c.zip").write_text("pas une sauvegarde")
    assert main(["restaurer", str(tmp_path / "c.zip"), "--magasin", str(store)]) == 1
    told = capsys.readouterr().err
    assert "rien n'a été changé" in told
    assert len(told.strip().splitlines()) == 1
    assert len(reading.summaries(Carnet.of_file(store / "carnet.db"))) == 1


def test_a_backup_taken_while_people_write_is_of_one_instant(carnet: Carnet, tmp_path: Path) -> None:
    writing.create(carnet, {"titre": "0"}, [Brouillon("?")])
    over = Event()

    def endless() -> None:
        rank = 0
        while not over.is_set():
            rank += 1
            seance = writing.create(carnet, {"titre": str(rank)}, [Brouillon("?", "une"), Brouillon("?", "deux")])
            writing.add_decision(carnet, reading.seance(carnet, seance).scenes[0].id, {"texte": "Décidé"})

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(endless) for _ in range(2)]
        try:
            files = [backup.save(carnet, tmp_path / f"{n}.zip").fichier for n in range(2)]
        finally:
            over.set()
        for writer in writers:
            writer.result()
    other = Carnet.of_file(tmp_path / "autre" / "carnet.db")
    for file in files:
        backup.restore(other, file)
        found = reading.summaries(other)
        assert found
        assert {s.scenes for s in found if s.titre != "0"} <= {2}
