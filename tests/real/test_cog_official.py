"""Commune vintages against Insee's own lists, real tables and real outlines."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from data import plm
from data.cog import Colonnes, CommuneHistory, NaturePassage, convert, dissolve, guess
from data.cog.files import read_communes
from data.model import Nature

pytestmark = pytest.mark.real

OFFICIELLES = (2022, 2023, 2024, 2025, 2026)
CONTOURS_2018 = {"31": 587, "35": 345, "49": 183, "62": 891}


@pytest.fixture(scope="module")
def history(reel: Path) -> CommuneHistory:
    return CommuneHistory.of_folder(reel)


def official(reel: Path, annee: int) -> frozenset[str]:
    return read_communes(reel / "cog" / f"communes-{annee}.csv")


def column(path: Path, name: str, sep: str = ",") -> pd.Series:
    return pd.read_csv(path, sep=sep, dtype=str, encoding="utf-8-sig", usecols=[name])[name]


def test_movements_and_lists_never_disagree(reel: Path, history: CommuneHistory):
    assert history.annees == range(1990, 2027)
    assert history.timeline.ecarts == ()
    for annee in OFFICIELLES:
        assert history.codes(annee) == official(reel, annee), annee


@pytest.mark.parametrize("annee", [2022, 2024])
def test_any_official_list_rebuilds_every_other_year(reel: Path, history: CommuneHistory, annee):
    other = CommuneHistory.load(reel / "cog" / "mouvements-2026.csv", reel / "cog" / f"communes-{annee}.csv")
    assert other.timeline.ecarts == ()
    assert all(other.codes(year) == history.codes(year) for year in history.annees)


@pytest.mark.parametrize(
    ("annee", "nombre"),
    [
        (2009, 36_682), (2011, 36_680), (2012, 36_700), (2015, 36_658), (2016, 35_885), (2017, 35_416),
        (2018, 35_357), (2019, 34_970), (2020, 34_968), (2021, 34_965), (2022, 34_955), (2026, 34_875),
    ],
)  # fmt: skip
def test_number_of_communes_that_insee_published(history: CommuneHistory, annee, nombre):
    assert len(history.codes(annee)) == nombre


@pytest.mark.parametrize("de", [1990, 2003, 2018, *OFFICIELLES])
@pytest.mark.parametrize("vers", [1990, 2016, *OFFICIELLES])
def test_every_code_lands_on_communes_of_the_other_year(history: CommuneHistory, de, vers):
    table = history.table(de, vers)
    communes = table[~table["code_de"].isin(plm.COMMUNE_DE)]
    assert set(communes["code_de"]) == history.codes(de)
    assert set(table["code_vers"]) - {""} <= history.codes(vers)
    left = set(communes.loc[communes["code_vers"] == "", "code_de"])
    assert all(code in ("97123", "97127") or (code.startswith("976") and vers < 2012) for code in left), left
    assert (communes.groupby("code_de")["code_vers"].size() > 1).sum() == (
        communes.loc[communes["nature"] == "scission", "code_de"].nunique()
    )


@pytest.mark.parametrize(
    ("code", "de", "vers", "codes", "nature"),
    [
        ("49069", 2018, 2026, "49126", "changement_de_code"),
        ("31298", 2018, 2019, "31471", "fusion"),
        ("31471", 2018, 2026, "31471", "fusion"),
        ("31438", 2017, 2018, "31277", "fusion"),
        ("31307", 2016, 2024, "31412", "fusion"),
        ("49144", 2017, 2018, "44180", "fusion"),
        ("02344", 2016, 2017, "51171", "fusion"),
        ("60054", 2018, 2026, "60054", "inchange"),
        ("60054", 2023, 2024, "60054 60694", "scission"),
        ("27676", 2018, 2026, "27676", "inchange"),
        ("27058", 2022, 2023, "27676", "changement_de_code"),
        ("15141", 2024, 2025, "15031 15035 15047 15141 15171", "scission"),
        ("15035", 2016, 2026, "15035", "inchange"),
        ("76095", 2011, 2014, "76095", "inchange"),
        ("97362", 1994, 1992, "97357", "fusion"),
        ("97701", 2018, 2026, "", "inconnu"),
    ],
)
def test_known_cases(history: CommuneHistory, code, de, vers, codes, nature):
    passage = history.passage(code, de, vers)
    assert (list(passage.codes), passage.nature.value) == (codes.split(), nature)


def test_one_step_or_two_agree_wherever_nothing_was_re_established(history: CommuneHistory):
    for first, middle, last in [(1990, 2012, 2026), (2026, 2018, 2003), (2015, 2017, 2024)]:
        direct = history.table(first, last)[["code_de", "code_vers"]]
        one, two = history.table(first, middle), history.table(middle, last)
        composed = one.merge(two, left_on="code_vers", right_on="code_de", suffixes=("", "_2"))
        steps = set(zip(composed["code_de"], composed["code_vers_2"], strict=True))
        known = {pair for pair in map(tuple, direct.to_numpy()) if pair[1]}
        lost = {pair for pair in known - steps if history.passage(pair[0], first, middle).codes}
        assert lost == set()
        for code in {before for before, after in steps - known if after}:
            halts = history.passage(code, first, middle).codes
            split = [history.passage(halt, middle, last).nature for halt in halts]
            assert NaturePassage.SCISSION in split, code


def test_outlines_of_2018_have_the_codes_of_2018(reel: Path, history: CommuneHistory):
    for departement, nombre in CONTOURS_2018.items():
        codes = set(gpd.read_file(reel / "contours" / f"communes-2018-{departement}.geojson")["code"])
        assert len(codes) == nombre
        assert codes == {code for code in history.codes(2018) if code.startswith(departement)}


@pytest.mark.parametrize("departement", sorted(CONTOURS_2018))
def test_old_outlines_dissolve_into_the_communes_of_2024(reel: Path, history: CommuneHistory, departement):
    old = gpd.read_file(reel / "contours" / f"communes-2018-{departement}.geojson").to_crs(2154)
    dissolved = dissolve(history, old, "code", 2018, 2024)
    assert set(dissolved.communes["code"]) == {code for code in history.codes(2024) if code.startswith(departement)}
    assert (len(dissolved.ruptures), dissolved.incompletes, dissolved.inconnus) == (0, (), ())
    land = old.set_index("code").geometry.make_valid()
    new = dissolved.communes.set_index("code").geometry
    assert new.area.sum() == pytest.approx(land.area.sum(), rel=1e-9)
    parts = dissolved.parts.set_index("code_de")["code_vers"]
    before, after = land[parts.index], new[parts].set_axis(parts.index)
    inside = before.intersection(after).area / before.area
    assert inside.min() > 1 - 1e-9, inside.idxmin()
    by_parts = before.area.groupby(parts).sum()
    assert np.allclose(by_parts, new.area[by_parts.index], rtol=1e-6)


def test_each_old_part_lies_in_its_commune_of_the_simplified_map_of_2024(reel: Path, history: CommuneHistory):
    """The national file has 8 points per commune: the tolerance is its own, the neighbours are the yardstick."""
    new = gpd.read_file(reel / "contours" / "communes-cog2024-france.geojson").to_crs(2154).set_index("code").geometry
    new = new.make_valid()
    for departement in CONTOURS_2018:
        old = gpd.read_file(reel / "contours" / f"communes-2018-{departement}.geojson").to_crs(2154)
        parts = dissolve(history, old, "code", 2018, 2024).parts
        land = old.set_index("code").geometry.make_valid()
        merged = parts[parts.groupby("code_vers")["code_de"].transform("size") > 1]
        for before, after in merged.itertuples(index=False):
            shares = new.intersection(land[before]).area / land[before].area
            assert shares.idxmax() == after, before
            assert shares[after] > 0.65, before


def test_the_dataset_of_pas_de_calais_was_made_so(reel: Path, history: CommuneHistory):
    old = gpd.read_file(reel / "contours" / "communes-2018-62.geojson")
    jeu = gpd.read_file(reel / "jeu-62" / "communes.geojson").set_index("code").geometry.to_crs(2154)
    ours = dissolve(history, old, "code", 2018, 2024).communes.to_crs(2154).set_index("code").geometry
    assert len(old) == 891
    assert len(ours) == 890 == len(jeu)
    difference = ours.symmetric_difference(jeu[ours.index]).area / ours.area
    assert difference.max() < 1e-3, difference.idxmax()


@pytest.mark.parametrize(
    ("path", "name", "sep", "annees"),
    [
        ("zonages/zrr-2022.csv", "Code_insee", ";", (2021, 2021)),
        ("zonages/ngeo-anct-cog2023.csv", None, ",", (2023, 2023)),
        ("filosofi/cc_filosofi_2021_COM.csv", "CODGEO", ";", (2024, 2024)),
        ("populations/donnees_communes-2025.csv", "COM", ";", (2025, 2026)),
        ("bpe/bpe2013-enfance-communes.csv", None, ",", (2013, 2013)),
        ("zonages/ruralite.csv", None, ",", (2025, 2026)),
        ("france-services/liste-fs-20240801.csv", "insee_com", ",", (2012, 2024)),
    ],
)
def test_vintage_of_real_tables(reel: Path, history: CommuneHistory, path, name, sep, annees):
    header = pd.read_csv(reel / path, sep=sep, nrows=0, encoding="utf-8-sig").columns
    best, rival, *_ = guess(history, column(reel / path, name or header[0], sep))
    assert (best.debut, best.fin) == annees
    assert best.score > rival.score


def test_vintage_of_every_official_list_and_outline(reel: Path, history: CommuneHistory):
    for annee in OFFICIELLES:
        best = guess(history, official(reel, annee))[0]
        assert annee in best
        assert best.score == 1.0
    for departement in CONTOURS_2018:
        best = guess(history, gpd.read_file(reel / "contours" / f"communes-2018-{departement}.geojson")["code"])[0]
        assert 2018 in best
        assert best.score == 1.0


def test_populations_keep_their_total_from_year_to_year(reel: Path, history: CommuneHistory):
    table = pd.read_csv(reel / "populations" / "donnees_communes-2025.csv", sep=";", dtype=str, encoding="utf-8-sig")
    table["PMUN"] = table["PMUN"].astype(float)
    colonnes = Colonnes("COM", {"PMUN": Nature.EFFECTIF})
    same = convert(history, table, colonnes, 2025, 2026)
    assert same.unplaced.empty
    assert len(same.table) == len(table) - 45 + 3, "the arrondissements make Paris, Lyon and Marseille"
    for vers in (2024, 2018, 1990):
        converted = convert(history, table, colonnes, 2025, vers)
        (balance,) = converted.bilan.to_dict("records")
        assert balance["lu"] == balance["place"] + balance["non_place"] == table["PMUN"].sum()
        split = converted.table.loc[converted.table["rupture"], "COM"]
        assert set(split) <= history.codes(vers)
    back = convert(history, table, colonnes, 2025, 2024)
    assert (
        back.table.set_index("COM")["PMUN"]["15141"]
        == table.loc[table["COM"].isin(["15031", "15035", "15047", "15141", "15171"]), "PMUN"].sum()
    )


def test_of_two_maps_of_arrondissements_the_city_is_counted_once(reel: Path, history: CommuneHistory):
    """Filosofi holds the three cities and their 45 arrondissements."""
    table = pd.read_csv(reel / "filosofi" / "cc_filosofi_2021_COM.csv", sep=";", dtype=str, encoding="utf-8-sig")
    table = table.assign(n=1.0)
    converted = convert(history, table, Colonnes("CODGEO", {"n": Nature.EFFECTIF}), 2024, 2024)
    assert converted.unplaced["raison"].value_counts().to_dict() == {"double_compte": 45}
    assert len(converted.table) == len(table) - 45
