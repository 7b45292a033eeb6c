import pytest

from data.cog import CommuneHistory
from data.errors import SourceError


@pytest.mark.parametrize(
    ("code", "de", "vers", "codes", "nature"),
    [
        ("62041", 2018, 2026, "62041", "inchange"),
        ("62041", 2026, 1990, "62041", "inchange"),
        ("2A004", 1990, 2026, "2A004", "inchange"),
        ("49069", 2018, 2026, "49126", "changement_de_code"),
        ("49126", 2026, 2018, "49069", "changement_de_code"),
        ("49126", 2015, 2026, "49126", "fusion"),
        ("49126", 2026, 2015, "49040 49069 49126", "scission"),
        ("49069", 2026, 2018, "", "inconnu"),
        ("49126", 2018, 2026, "", "inconnu"),
        # code changed twice
        ("27058", 2016, 2018, "27676", "fusion"),
        ("27058", 2016, 2022, "27058", "fusion"),
        ("27676", 2020, 2022, "27058", "changement_de_code"),
        ("27676", 2020, 2024, "27676", "inchange"),
        ("27058", 2022, 2026, "27676", "changement_de_code"),
        # 60054 is Beaumont, then Les Hauts-Talican, then Beaumont again
        ("60054", 2018, 2019, "60054", "fusion"),
        ("60054", 2020, 2026, "60054 60694", "scission"),
        ("60054", 2018, 2026, "60054", "inchange"),
        ("60455", 2018, 2026, "60694", "fusion"),
        ("60694", 2018, 2026, "60694", "fusion"),
        ("60694", 2026, 2018, "60455 60694", "scission"),
        ("60054", 2026, 2020, "60054", "fusion"),
        ("60694", 2020, 2026, "", "inconnu"),
        # change of département and merger on one day
        ("49144", 2017, 2018, "44180", "fusion"),
        ("44180", 2018, 2017, "44180 49144", "scission"),
        ("44225", 2018, 2026, "", "inconnu"),
        # merged, then re-established
        ("14666", 2016, 2020, "14666", "inchange"),
        ("14712", 2016, 2020, "14712", "inchange"),
        ("14666", 2016, 2019, "14712", "fusion"),
        ("14712", 2019, 2020, "14666 14712", "scission"),
        ("14666", 2020, 2019, "14712", "fusion"),
        # re-established after a merger older than the history
        ("55298", 2013, 2014, "55138 55298", "scission"),
        ("55138", 2014, 1990, "55298", "fusion"),
        ("55138", 2013, 2014, "", "inconnu"),
        # outside the lists
        ("97123", 2005, 2006, "97123", "inchange"),
        ("97123", 2005, 2010, "", "inconnu"),
        ("97123", 2010, 2005, "", "inconnu"),
        ("97601", 2012, 2026, "97601", "inchange"),
        ("97601", 2026, 2005, "", "inconnu"),
        ("97601", 2011, 2026, "", "inconnu"),
        # arrondissements
        ("75056", 1990, 2026, "75056", "inchange"),
        ("75104", 2018, 2026, "75056", "fusion"),
        ("69389", 2026, 2018, "69123", "fusion"),
        ("75121", 2018, 2026, "", "inconnu"),
        ("99999", 2018, 2026, "", "inconnu"),
        ("", 2018, 2026, "", "inconnu"),
    ],
)
def test_what_became_of_a_commune(pays: CommuneHistory, code, de, vers, codes, nature):
    passage = pays.passage(code, de, vers)
    assert (list(passage.codes), passage.nature.value) == (codes.split(), nature)


def test_a_movement_counts_on_the_1_january_of_its_date_and_after(pays: CommuneHistory):
    assert "60455" in pays.codes(2018)
    assert "60455" not in pays.codes(2019), "dated 2019-01-01"
    assert "14666" in pays.codes(2020), "dated 2019-12-31"
    assert "62042" in pays.codes(2026), "merged on 2026-01-02"


def test_movements_and_list_agree(pays: CommuneHistory):
    assert pays.timeline.ecarts == ()
    assert pays.annees == range(1990, 2027)


def test_a_disagreement_between_list_and_movements_is_told(make_history):
    rows = [("31", "2020-01-01", "COM", "01002", "COM", "01001"), ("50", "2021-01-01", "COM", "01003", "COM", "01004")]
    history = make_history(rows, ["01001", "01002", "01004"])
    assert history.timeline.ecarts == ("01002",)


def test_an_old_list_gives_the_later_maps_too(make_history, pays: CommuneHistory, country_rows):
    from_2016 = make_history(country_rows, sorted(pays.codes(2016)), 2016)
    assert from_2016.timeline.ecarts == ()
    for annee in pays.annees:
        assert from_2016.codes(annee) == pays.codes(annee), annee
        assert from_2016.passage("60054", 2018, annee) == pays.passage("60054", 2018, annee)


def test_rows_of_the_command(pays: CommuneHistory):
    assert pays.describe(["49069", " 2a004 ", "97123"], 2018, 2026) == [
        {"code": "49069", "de": 2018, "vers": 2026, "codes": ["49126"], "nature": "changement_de_code"},
        {"code": "2A004", "de": 2018, "vers": 2026, "codes": ["2A004"], "nature": "inchange"},
        {"code": "97123", "de": 2018, "vers": 2026, "codes": [], "nature": "inconnu"},
    ]


@pytest.mark.parametrize(("de", "vers"), [(1989, 2026), (2018, 2027), (2018, 0)])
def test_unknown_years_are_refused_in_one_sentence(pays: CommuneHistory, de, vers):
    with pytest.raises(SourceError, match=r"hors des cartes connues des communes, de 1990 à 2026\.$"):
        pays.passage("62041", de, vers)


def test_the_table_says_what_passage_says(pays: CommuneHistory):
    table = pays.table(2018, 2026)
    for code, rows in table.groupby("code_de"):
        passage = pays.passage(str(code), 2018, 2026)
        assert tuple(c for c in rows["code_vers"] if c) == passage.codes
        assert set(rows["nature"]) == {passage.nature.value}
    assert set(table["code_de"]) >= pays.codes(2018)
    assert len(table[table["code_vers"] == "75056"]) == 21


def test_nobody_spoils_the_kept_table(pays: CommuneHistory):
    table = pays.table(2018, 2026)
    table["nature"] = "abîmé"
    table.loc[:, "code_vers"] = "abîmé"
    assert pays.passage("49069", 2018, 2026).codes == ("49126",)
