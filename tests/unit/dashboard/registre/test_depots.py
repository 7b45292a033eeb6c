"""Deposited registers: kept aside, read as told, forgotten after a day, and never outside their folder."""

import os
from pathlib import Path

import pytest

from dashboard.registre.depots import Depots, Lecture
from data.errors import RepriseError
from data.reprise.conversion import Choix
from data.reprise.feuilles import OCTETS_MAX


def test_a_deposit_is_kept_and_read_as_told(tmp_path: Path) -> None:
    depots = Depots(tmp_path / "depots")
    ident = depots.put("Suivi des Ctg.XLSX", b"PK")
    assert depots.file(ident).read_bytes() == b"PK"
    assert depots.reading(ident) == Lecture()
    told = Lecture("Suivi", Choix({"nom": "Intitulé"}, {"statut": {"Faite": "signee"}}), True)
    depots.read_as(ident, told)
    assert depots.reading(ident) == told
    depots.drop(ident)
    with pytest.raises(RepriseError):
        depots.file(ident)


@pytest.mark.parametrize("nom", ["suivi.pdf", "suivi", "suivi.exe"])
def test_another_kind_of_file_is_refused(tmp_path: Path, nom: str) -> None:
    with pytest.raises(RepriseError, match="classeur"):
        Depots(tmp_path).put(nom, b"x")


def test_a_heavy_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RepriseError, match="dépasse"):
        Depots(tmp_path).put("a.csv", b"x" * (OCTETS_MAX + 1))


@pytest.mark.parametrize("ident", ["", "../..", "..", "/etc", "a" * 31])
def test_an_address_never_leaves_the_folder(tmp_path: Path, ident: str) -> None:
    (tmp_path / "registre.csv").write_text("secret")
    depots = Depots(tmp_path / "depots")
    with pytest.raises(RepriseError):
        depots.file(ident)
    depots.drop(ident)
    assert (tmp_path / "registre.csv").exists()


def test_old_deposits_leave(tmp_path: Path) -> None:
    depots = Depots(tmp_path)
    old = depots.put("a.csv", b"x")
    os.utime(tmp_path / old, (0, 0))
    new = depots.put("b.csv", b"y")
    assert [p.name for p in tmp_path.iterdir()] == [new]
