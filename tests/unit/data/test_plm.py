import pandas as pd

from data import plm


def test_45_arrondissements_fold_to_three_communes():
    assert len(plm.COMMUNE_DE) == 45
    assert [plm.vers_commune(c) for c in ("75101", "75120", "69381", "69389", "13201", "13216")] == [
        "75056", "75056", "69123", "69123", "13055", "13055",
    ]  # fmt: skip


def test_other_codes_are_left_alone():
    assert [plm.vers_commune(c) for c in ("75056", "75121", "75100", "13217", "2A004", "")] == [
        "75056", "75121", "75100", "13217", "2A004", "",
    ]  # fmt: skip


def test_series_keeps_index_name_and_blanks():
    codes = pd.Series(["75104", "62041", None, "69388"], index=[9, 3, 7, 1], name="insee_com", dtype="str")
    folded = plm.vers_commune(codes)
    expected = pd.Series(["75056", "62041", None, "69123"], index=[9, 3, 7, 1], name="insee_com", dtype="str")
    pd.testing.assert_series_equal(folded, expected)
    assert codes.iloc[0] == "75104", "the caller's series is untouched"


def test_arrondissements_go_back():
    assert plm.arrondissements("75056") == tuple(str(n) for n in range(75101, 75121))
    assert len(plm.arrondissements("69123")) == 9
    assert len(plm.arrondissements("13055")) == 16
    assert plm.arrondissements("62041") == ()
    assert all(plm.vers_commune(a) == v for v in plm.VILLES for a in plm.arrondissements(v))
