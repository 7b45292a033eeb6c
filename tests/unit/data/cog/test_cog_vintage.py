import pytest

from data.cog import CommuneHistory, guess


def test_the_maps_of_one_year_are_told_from_the_others(pays: CommuneHistory):
    best, *rivals = guess(pays, pays.codes(2018))
    assert (best.debut, best.fin, best.score, best.valides) == (2018, 2018, 1.0, 1.0)
    assert best.libelle == "2018"
    assert all(rival.score < 1.0 for rival in rivals)
    years = [annee for run in (best, *rivals) for annee in range(run.debut, run.fin + 1)]
    assert sorted(years) == list(pays.annees), "each year is in one run"


@pytest.mark.parametrize("annee", [1990, 2005, 2013, 2016, 2017, 2018, 2019, 2020, 2022, 2024, 2025])
def test_every_full_list_is_recognised(pays: CommuneHistory, annee):
    best = next(run for run in guess(pays, pays.codes(annee)) if annee in run)
    assert (best.score, best.perimes, best.futurs, best.absents) == (1.0, (), (), ())


def test_two_maps_with_the_same_codes_are_equal_rivals(pays: CommuneHistory):
    """Les Trois Lacs took another code in 2021 and its first one again in 2023."""
    assert pays.codes(2020) == pays.codes(2023) != pays.codes(2021)
    first, second, third = guess(pays, pays.codes(2020))[:3]
    assert [(run.libelle, run.score) for run in (first, second)] == [("2023", 1.0), ("2020", 1.0)]
    assert third.score < 1.0


def test_years_without_a_change_among_the_codes_are_one_run(pays: CommuneHistory):
    best, *rivals = guess(pays, ["27676", "27647", "27058"])
    assert (best.debut, best.fin, best.libelle) == (1990, 2016, "1990 à 2016")
    assert [annee in best for annee in (1989, 1990, 2016, 2017)] == [False, True, True, False]
    assert (best.nearest(1980), best.nearest(2003), best.nearest(2020)) == (1990, 2003, 2016)
    assert [(r.debut, r.fin) for r in rivals][0] == (2023, 2026), "of equal rivals the latest comes first"


def test_codes_of_another_time_are_named(pays: CommuneHistory):
    codes = ["60054", "60694", "49126", "27676", "62041", "14666", "99999"]
    runs = {run.fin: run for run in guess(pays, codes)}
    assert runs[2026].perimes == ()
    assert runs[2026].valides == pytest.approx(6 / 7)
    assert runs[2024].perimes == ("49126",), "a commune of 2015, in Orée d'Anjou under another code in 2024"
    assert runs[2018].perimes == ("14666", "49126")
    assert runs[2024].inconnus == ("99999",)
    mayotte = {run.fin: run for run in guess(pays, ["97601", "62041"])}
    assert mayotte[2011].futurs == ("97601",)
    assert mayotte[2011].score == pytest.approx(1 / 3), "a code used before it exists counts twice"
    assert mayotte[2026].score == 1.0


def test_absence_counts_only_where_the_departement_is_covered(make_history):
    rows = [("31", "2010-01-01", "COM", "01002", "COM", "01001"), ("31", "2010-01-01", "COM", "01001", "COM", "01001")]
    codes = ["01001", *(f"01{n:03d}" for n in range(3, 21))]
    history = make_history(rows, [*codes, "62041", "62042"])
    some = guess(history, [*codes[:9], "62041"])
    assert [(run.libelle, run.score, run.absents) for run in some] == [("1990 à 2026", 1.0, ())]
    most = guess(history, [*codes[:18], "62041"])
    assert [(run.libelle, run.absents) for run in most] == [
        ("2010 à 2026", ("01020",)),
        ("1990 à 2009", ("01002", "01020")),
    ]
    assert [run.score for run in most] == [pytest.approx(19 / 20), pytest.approx(19 / 21)]


def test_arrondissements_blanks_and_spaces_do_not_matter(pays: CommuneHistory):
    run = guess(pays, ["75101", " 75056 ", "69381", None, "", "62041"])[0]
    assert (run.valides, run.inconnus) == (1.0, ())
    assert guess(pays, ["", None]) == ()
    assert guess(pays, []) == ()
    assert guess(pays, ["abc"])[0].score == 0.0
