import numpy as np
import pandas as pd
import pytest

from data.cog import Colonnes, CommuneHistory, Rapport, convert
from data.model import Nature

EFFECTIF, TAUX, RAPPORT = Nature.EFFECTIF, Nature.TAUX, Nature.RAPPORT


def by_code(converted, colonne):
    return dict(zip(converted.table["code"], converted.table[colonne], strict=True))


@pytest.fixture
def parts_2018() -> pd.DataFrame:
    """The three parts of Les Hauts-Talican, and two communes of which nothing changed or only the code."""
    return pd.DataFrame(
        {
            "code": ["60054", "60455", "60694", "62041", "49069"],
            "habitants": [100, 20, 3, 40_000, 7_000],
            "enfants": [10, 2, 0, 5_000, 600],
            "taux": [50.0, 60.0, 70.0, 80.0, 90.0],
        }
    )


def test_counts_add_and_rates_do_not(pays: CommuneHistory, parts_2018):
    colonnes = Colonnes("code", {"habitants": EFFECTIF, "taux": TAUX})
    converted = convert(pays, parts_2018, colonnes, 2018, 2019)
    assert by_code(converted, "habitants") == {"49069": 7_000, "60054": 123, "62041": 40_000}
    taux = by_code(converted, "taux")
    assert (taux["49069"], taux["62041"]) == (90.0, 80.0)
    assert np.isnan(taux["60054"])
    assert by_code(converted, "statut_taux") == {"49069": "", "60054": "non_publie", "62041": ""}
    lost = converted.unplaced
    assert list(lost["code_de"]) == ["60054", "60455", "60694"]
    assert set(lost["raison"]) == {"non_agregeable"}
    assert list(lost["valeur"]) == [50.0, 60.0, 70.0]
    assert converted.bilan.to_dict("records") == [
        {"colonne": "habitants", "lu": 47_123.0, "place": 47_123.0, "non_place": 0.0}
    ]


def test_a_commune_that_takes_its_land_back_keeps_its_rate(pays: CommuneHistory, parts_2018):
    converted = convert(pays, parts_2018, Colonnes("code", {"taux": TAUX}), 2018, 2026)
    taux = by_code(converted, "taux")
    assert (taux["60054"], taux["49126"]) == (50.0, 90.0)
    assert np.isnan(taux["60694"]), "La Neuville-Garnier and Villotran merged"


def test_a_ratio_is_recomputed_from_its_parts(pays: CommuneHistory, parts_2018):
    colonnes = Colonnes(
        "code",
        {"pour_mille": RAPPORT, "habitants": EFFECTIF, "enfants": EFFECTIF},
        rapports={"pour_mille": Rapport("enfants", "habitants", 1000)},
    )
    table = parts_2018.assign(pour_mille=[100.0, 100.0, 0.0, 125.0, 85.7])
    converted = convert(pays, table, colonnes, 2018, 2019)
    assert by_code(converted, "pour_mille") == {"49069": 85.7, "60054": pytest.approx(1000 * 12 / 123), "62041": 125.0}
    assert converted.unplaced.empty


def test_a_ratio_without_denominator_is_missing(pays: CommuneHistory, parts_2018):
    colonnes = Colonnes("code", {"r": RAPPORT, "a": EFFECTIF, "b": EFFECTIF}, rapports={"r": Rapport("a", "b")})
    converted = convert(pays, parts_2018.assign(a=1, b=0, r=1.0), colonnes, 2018, 2019)
    assert by_code(converted, "statut_r")["60054"] == "manquant"
    assert np.isnan(by_code(converted, "r")["60054"])


@pytest.mark.parametrize(
    ("statuts", "attendu"),
    [
        (["secret", "", "manquant"], "secret"),
        (["", "non_publie", "manquant"], "non_publie"),
        (["", "manquant", ""], "manquant"),
        (["", "petit_denominateur", "secret"], "secret"),
        (["", "autre", ""], "manquant"),
    ],
)
def test_a_sum_bears_the_strongest_blank_of_its_parts(pays: CommuneHistory, parts_2018, statuts, attendu):
    table = parts_2018.assign(statut=[*statuts, "", ""])
    colonnes = Colonnes("code", {"habitants": EFFECTIF}, statuts={"habitants": "statut"})
    converted = convert(pays, table, colonnes, 2018, 2019)
    assert by_code(converted, "statut") == {"49069": "", "60054": attendu, "62041": ""}
    assert np.isnan(by_code(converted, "habitants")["60054"])
    assert set(converted.unplaced["raison"]) == {"partie_blanche"}
    (balance,) = converted.bilan.to_dict("records")
    assert balance["lu"] == balance["place"] + balance["non_place"]
    assert balance["place"] == 47_000


def test_an_empty_value_is_missing_and_the_blank_of_an_untouched_commune_is_kept(pays: CommuneHistory, parts_2018):
    table = parts_2018.assign(habitants=[100, 20, None, 40_000, 7_000], statut=["", "", "", "secret", ""])
    converted = convert(
        pays, table, Colonnes("code", {"habitants": EFFECTIF}, statuts={"habitants": "statut"}), 2018, 2019
    )
    assert by_code(converted, "statut") == {"49069": "", "60054": "manquant", "62041": "secret"}
    assert np.isnan(by_code(converted, "habitants")["62041"]), "a secret value is not carried"


def test_a_missing_part_makes_the_sum_unknown_unless_absence_means_zero(pays: CommuneHistory, parts_2018):
    table = parts_2018.drop(index=1)
    natures = {"habitants": EFFECTIF}
    converted = convert(pays, table, Colonnes("code", natures), 2018, 2019)
    assert by_code(converted, "statut_habitants")["60054"] == "manquant"
    assert list(converted.unplaced["raison"]) == ["partie_absente", "partie_absente"]
    zero = convert(pays, table, Colonnes("code", natures, absent_vaut_zero=True), 2018, 2019)
    assert by_code(zero, "habitants")["60054"] == 103
    assert zero.unplaced.empty


def test_a_split_is_a_break_never_a_guess(pays: CommuneHistory):
    table = pd.DataFrame({"code": ["14712", "62041"], "habitants": [5_000, 40_000]})
    converted = convert(pays, table, Colonnes("code", {"habitants": EFFECTIF}), 2019, 2020)
    assert by_code(converted, "rupture") == {"14666": True, "14712": True, "62041": False}
    assert np.isnan(by_code(converted, "habitants")["14712"])
    assert by_code(converted, "statut_habitants")["14666"] == "manquant"
    assert converted.ruptures.to_dict("list") == {"code_de": ["14712", "14712"], "code_vers": ["14666", "14712"]}
    assert converted.unplaced.to_dict("records") == [
        {"code_de": "14712", "colonne": "habitants", "valeur": 5_000.0, "raison": "scission"}
    ]


def test_a_commune_that_merges_with_a_piece_of_a_split_one_is_broken_too(make_history):
    rows = [
        ("21", "2000-01-01", "COM", "01001", "COM", "01001"),
        ("21", "2000-01-01", "COM", "01001", "COM", "01002"),
        ("31", "2001-01-01", "COM", "01002", "COM", "01003"),
        ("31", "2001-01-01", "COM", "01003", "COM", "01003"),
    ]
    history = make_history(rows, ["01001", "01003", "01004"])
    table = pd.DataFrame({"code": ["01001", "01003", "01004"], "n": [1, 10, 100]})
    converted = convert(history, table, Colonnes("code", {"n": EFFECTIF}), 1999, 2026)
    assert by_code(converted, "rupture") == {"01001": True, "01003": True, "01004": False}
    assert list(converted.unplaced["valeur"]) == [1.0, 10.0]
    assert converted.bilan["place"].item() == 100


def test_unknown_codes_and_second_rows_are_set_aside_and_counted(pays: CommuneHistory):
    table = pd.DataFrame({"code": ["62041", "62041", "60455", "XXXXX", None, "97123"], "n": [1, 2, 4, 8, 16, 32]})
    converted = convert(pays, table, Colonnes("code", {"n": EFFECTIF}), 2019, 2026)
    assert by_code(converted, "n") == {"62041": 1.0}
    assert list(converted.unplaced["raison"]) == ["doublon", "inconnu", "inconnu", "inconnu", "inconnu"]
    (balance,) = converted.bilan.to_dict("records")
    assert (balance["lu"], balance["place"], balance["non_place"]) == (63.0, 1.0, 62.0)


def test_keys_tell_rows_of_one_commune_apart(pays: CommuneHistory):
    table = pd.DataFrame(
        {
            "code": ["60054", "60455", "60694"] * 2,
            "annee": [2016] * 3 + [2017] * 3,
            "indicateur": "habitants",
            "valeur": [1, 2, 4, 8, 16, 32],
        }
    )
    colonnes = Colonnes("code", {"valeur": EFFECTIF}, cles=("indicateur", "annee"))
    converted = convert(pays, table, colonnes, 2018, 2019)
    assert converted.table[["code", "annee", "valeur"]].to_numpy().tolist() == [["60054", 2016, 7], ["60054", 2017, 56]]


def test_arrondissements_make_their_city(pays: CommuneHistory):
    pieces = [f"6938{n}" for n in range(1, 10)]
    table = pd.DataFrame({"code": pieces, "n": range(9), "taux": 1.0})
    converted = convert(pays, table, Colonnes("code", {"n": EFFECTIF, "taux": TAUX}), 2018, 2026)
    assert by_code(converted, "n") == {"69123": 36.0}
    assert by_code(converted, "statut_taux") == {"69123": "non_publie"}
    without = convert(pays, table.iloc[1:], Colonnes("code", {"n": EFFECTIF}), 2018, 2026)
    assert by_code(without, "statut_n") == {"69123": "manquant"}, "the first arrondissement is not in the table"


def test_a_city_beside_its_arrondissements_is_not_counted_twice(pays: CommuneHistory):
    table = pd.DataFrame(
        {"code": ["75056", "75101", "75102", "75104"], "annee": [2021, 2021, 2021, 2022], "n": [9, 4, 5, 7]}
    )
    colonnes = Colonnes("code", {"n": EFFECTIF}, cles=("annee",), absent_vaut_zero=True)
    converted = convert(pays, table, colonnes, 2021, 2026)
    assert converted.table[["code", "annee", "n"]].to_numpy().tolist() == [["75056", 2021, 9], ["75056", 2022, 7]]
    assert list(converted.unplaced["raison"]) == ["double_compte", "double_compte"]


def test_arrondissements_stay_where_they_are_asked_for(pays: CommuneHistory):
    table = pd.DataFrame({"code": ["75056", "75101", "13055", "62041"], "n": [9, 4, 6, 1]})
    converted = convert(pays, table, Colonnes("code", {"n": EFFECTIF}, arrondissements=True), 2021, 2026)
    sound = converted.table[~converted.table["rupture"]]
    assert dict(zip(sound["code"], sound["n"], strict=True)) == {"75101": 4, "62041": 1}
    assert sorted(converted.table.loc[converted.table["rupture"], "code"]) == [str(n) for n in range(13201, 13217)]
    assert dict(zip(converted.unplaced["code_de"], converted.unplaced["raison"], strict=True)) == {
        "75056": "double_compte",
        "13055": "scission",
    }
    assert set(converted.ruptures["code_de"]) == {"13055"}


def test_the_table_given_is_left_alone_and_an_empty_one_is_fine(pays: CommuneHistory, parts_2018):
    before = parts_2018.copy()
    convert(
        pays, parts_2018.set_index(pd.Index([5, 4, 4, 2, 1])), Colonnes("code", {"habitants": EFFECTIF}), 2018, 2026
    )
    pd.testing.assert_frame_equal(parts_2018, before)
    empty = convert(pays, parts_2018.iloc[:0], Colonnes("code", {"habitants": EFFECTIF}), 2018, 2026)
    assert (len(empty.table), len(empty.unplaced), len(empty.ruptures)) == (0, 0, 0)
    assert list(empty.table.columns) == ["code", "habitants", "statut_habitants", "rupture"]
