from pathlib import Path

import pandas as pd
import pytest

from data.sources.sample import Forme, key, take
from data.sources.values import commune_codes, dates, first_siren, join_code, numbers


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("Code_insee", "codeinsee"), (" Région ", "region"), ("N° Voie", "nvoie"), ("CLASSEMENT FRR+", "classementfrr")],
)
def test_headers_match_whatever_their_case_accents_and_signs(texte, attendu):
    assert key(texte) == attendu


def test_a_repeated_header_counts_as_the_last_one(tmp_path: Path):
    chemin = tmp_path / "x.csv"
    chemin.write_text("a;b\na;b\na;b\n1;2\n")
    entete = take(chemin).find("a", "b")
    assert entete is not None
    assert (entete.ligne, entete.exemples[0]) == (2, ("1", "2"))


def test_the_encoding_is_not_fooled_by_a_letter_cut_at_the_end_of_the_sample(tmp_path: Path):
    chemin = tmp_path / "x.csv"
    chemin.write_bytes(("code;nom\n" + "1;é\n" * 20_000).encode()[1:])
    assert take(chemin).encodage == "utf-8-sig"


@pytest.mark.parametrize(
    ("contenu", "forme"),
    [
        (b"", Forme.INCONNUE),
        (b"\x00\x01\x02", Forme.INCONNUE),
        (b"version https://git-lfs.github.com/spec/v1\n", Forme.POINTEUR),
        (b"PK\x03\x04pas un classeur", Forme.INCONNUE),
        (b'{"a": 1}', Forme.INCONNUE),
        (b'[{"a": 1}, {"a": 2}]', Forme.JSON),
        (b"a,b\n1,2\n", Forme.TABLE),
    ],
)
def test_odd_content_never_raises(tmp_path: Path, contenu, forme):
    chemin = tmp_path / "fichier.csv"
    chemin.write_bytes(contenu)
    assert take(chemin).forme is forme


def test_codes_are_repaired_and_counted():
    codes, repares = commune_codes(pd.Series(["1001", "01001", "1001.0", "2a004", "abc", "", " 62041 "]))
    assert list(codes) == ["01001", "01001", "01001", "2A004", "abc", "", "62041"]
    assert repares == 3


def test_overseas_codes_share_their_third_digit():
    codes = join_code(pd.Series(["01", "971", "2A"]), pd.Series(["001", "101", "004"]))
    assert list(codes) == ["01001", "97101", "2A004"]


def test_the_four_blanks_stay_apart():
    texte = pd.Series(["0", "15 156", "15\u202f156", "12,5", "s", "ns", "nd", "np", "", "abc"])
    valeur, statut = numbers(texte)
    assert valeur[:4].tolist() == [0.0, 15156.0, 15156.0, 12.5]
    assert valeur[4:].isna().all()
    assert statut.tolist() == ["", "", "", "", "secret", "secret", "manquant", "non_publie", "manquant", "manquant"]
    assert numbers(pd.Series(["", "3"]), vide="zero")[0].tolist() == [0.0, 3.0]
    assert numbers(pd.Series(["", "3"]), vide="non_publie")[1].tolist() == ["non_publie", ""]


def test_dates_in_a_sentence():
    assert dates(pd.Series(["Espace labellisé 01/02/2020", "2021-05-28", ""])).tolist() == [
        "2020-02-01",
        "2021-05-28",
        "",
    ]


def test_grand_paris_belongs_to_the_metropole():
    codes, notes = first_siren(pd.Series(["200054781/200057974", "NR", "246200364"]))
    assert list(codes) == ["200054781", "", "246200364"]
    assert len(notes) == 2
