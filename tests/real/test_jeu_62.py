"""The Pas-de-Calais reads without error, and each of its warnings is true."""

import csv
import time
from pathlib import Path

import pytest

from data.findings import Gravite, report
from data.jeu import examine

REEL = Path(__file__).resolve().parents[2].parent / "shared" / "reel"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not (REEL / "jeu-62").is_dir(), reason="les données réelles ne sont pas là"),
]


def test_only_the_missing_diagnostics_are_told():
    lecture = examine(REEL / "jeu-62")
    assert lecture.code_sortie == 0
    with (REEL / "jeu-62" / "ctg.csv").open(encoding="utf-8", newline="") as flux:
        signees = [
            (rang, ligne["id_ctg"])
            for rang, ligne in enumerate(csv.DictReader(flux, delimiter=";"), start=2)
            if ligne["date_signature"] and not ligne["date_diagnostic"]
        ]
    assert [c.ligne for c in lecture.constats] == [rang for rang, _ in signees]
    assert {(c.fichier, c.colonne, c.gravite) for c in lecture.constats} == {
        ("ctg.csv", "date_diagnostic", Gravite.AVERTISSEMENT)
    }
    dit = report(lecture.nom, lecture.constats)
    assert (dit["jeu"], dit["erreurs"], dit["avertissements"]) == ("Caf du Pas-de-Calais", 0, 3)


def test_every_row_enters():
    frames = examine(REEL / "jeu-62").frames
    for nom in frames.presentes - {"communes", "qpv"}:
        with (REEL / "jeu-62" / f"{nom.replace('_', '-')}.csv").open(encoding="utf-8", newline="") as flux:
            assert len(frames[nom]) == sum(1 for _ in csv.reader(flux, delimiter=";")) - 1, nom
    assert len(frames.communes) == 890
    assert frames.communes["code_epci"].ne("").all()


def test_reading_takes_about_a_second_of_processor():
    examine(REEL / "jeu-62")
    debut = time.process_time()
    examine(REEL / "jeu-62")
    assert time.process_time() - debut < 2.5
