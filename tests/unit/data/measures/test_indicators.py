"""Indicators: sums, ratios of sums, published figures, their year and their blanks."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from data.frames import Frames
from data.measures import effectifs, indicators
from data.measures.definitions import definition
from data.measures.sums import Lecture
from data.model import Maille, Nature, Profil

Fabrique = Callable[..., Frames]
E1, E2 = "200000001", "200000002"
COMMUNES = [
    {"code": "62001", "code_epci": E1}, {"code": "62002", "code_epci": E1},
    {"code": "62003", "code_epci": E2}, {"code": "62004", "code_epci": E2},
]  # fmt: skip
DEFINITIONS = [
    {"indicateur": "foyers_allocataires", "libelle": "Foyers", "nature": "effectif"},
    {"indicateur": "part", "nature": "rapport", "numerateur": "foyers_allocataires", "denominateur": "habitants"}
    | {"facteur": 100.0},
    {"indicateur": "habitants", "nature": "effectif"},
    {"indicateur": "revenu_median", "nature": "mediane", "source": "Filosofi"},
    {"indicateur": "prestations_legales_eur", "nature": "montant"},
]  # fmt: skip


def rows(indicateur: str, valeurs: dict[str, object], maille: str = "commune", annee: int = 2020) -> list[dict]:
    return [
        {"code_territoire": code, "maille": maille, "indicateur": indicateur, "annee": annee}
        | ({"statut": valeur} if isinstance(valeur, str) else {"valeur": valeur})
        for code, valeur in valeurs.items()
    ]


def build(make_frames: Fabrique, *lots: list[dict]) -> Frames:
    return make_frames(COMMUNES, {"indicateurs": sum(lots, []), "indicateurs_def": DEFINITIONS})


def read(frames: Frames, indicateur: str, maille: str, annee: int = 2022, **lecture: object) -> dict[str, tuple]:
    table = indicators.values(frames, indicateur, Maille(maille), Lecture(annee, **lecture)).replace({np.nan: None})
    return {ligne.code: (ligne.valeur, ligne.statut) for ligne in table.itertuples()}


def test_effectifs_and_amounts_add_up(make_frames: Fabrique) -> None:
    lots = [
        rows(i, {"62001": 10, "62002": 20, "62003": 5, "62004": 9})
        for i in ("foyers_allocataires", "prestations_legales_eur")
    ]
    frames = build(make_frames, *lots)
    for indicateur in ("foyers_allocataires", "prestations_legales_eur"):
        assert read(frames, indicateur, "epci") == {E1: (30.0, ""), E2: (14.0, "")}
        assert read(frames, indicateur, "departement") == {"62": (44.0, "")}


def test_a_ratio_is_recomputed_as_a_ratio_of_sums(make_frames: Fabrique) -> None:
    frames = build(
        make_frames,
        rows("foyers_allocataires", {"62001": 10, "62002": 90, "62003": 30, "62004": 50}),
        rows("habitants", {"62001": 100, "62002": 100, "62003": 60, "62004": "manquant"}),
        rows("part", {E1: 1.0}, "epci"),
    )
    assert read(frames, "part", "commune")["62001"] == (10.0, "")
    assert read(frames, "part", "epci") == {E1: (50.0, ""), E2: (50.0, "")}
    assert read(frames, "part", "departement")["62"] == (50.0, "")


def test_a_ratio_with_a_secret_part_is_secret(make_frames: Fabrique) -> None:
    frames = build(
        make_frames,
        rows("foyers_allocataires", {"62001": 3, "62002": 90, "62003": 30, "62004": 50}),
        rows("habitants", {"62001": 100, "62002": 100, "62003": 60, "62004": 60}),
    )
    assert read(frames, "part", "commune")["62001"] == (None, "secret")
    assert read(frames, "part", "epci")[E1] == (None, "secret")


@pytest.mark.parametrize(("maille", "attendu"), [("commune", (1.5, "")), ("epci", (None, "non_publie"))])
def test_medians_and_rates_exist_only_where_published(make_frames: Fabrique, maille: str, attendu: tuple) -> None:
    frames = build(make_frames, rows("revenu_median", {"62001": 1.5}))
    assert next(iter(read(frames, "revenu_median", maille).values())) == attendu
    assert read(frames, "revenu_median", "commune")["62002"] == (None, "manquant")


def test_a_published_ratio_where_its_terms_are_not_known(make_frames: Fabrique) -> None:
    frames = build(make_frames, rows("part", {E1: 12.0}, "epci"))
    assert read(frames, "part", "epci") == {E1: (12.0, ""), E2: (None, "manquant")}


def test_an_effectif_is_hidden_by_profile(make_frames: Fabrique) -> None:
    frames = build(make_frames, rows("foyers_allocataires", {"62001": 6, "62002": 12, "62003": 5, "62004": 0}))
    assert read(frames, "foyers_allocataires", "commune")["62001"] == (6.0, "")
    partenaire = read(frames, "foyers_allocataires", "commune", profil=Profil.PARTENAIRE)
    assert partenaire["62001"] == (None, "secret")
    assert partenaire["62004"] == (0.0, "")


@pytest.mark.parametrize(("annee", "attendu"), [(2015, 1.0), (2018, 1.0), (2019, 1.0), (2020, 2.0), (2030, 2.0)])
def test_the_latest_year_not_after_else_the_earliest(make_frames: Fabrique, annee: int, attendu: float) -> None:
    frames = build(
        make_frames, rows("revenu_median", {"62001": 2.0}), rows("revenu_median", {"62001": 1.0}, annee=2018)
    )
    assert read(frames, "revenu_median", "commune", annee)["62001"] == (attendu, "")


def test_a_missing_year_gives_way_a_secret_one_does_not(make_frames: Fabrique) -> None:
    frames = build(
        make_frames,
        rows("revenu_median", {"62001": 1.0, "62002": 1.0}, annee=2018),
        rows("revenu_median", {"62001": "manquant", "62002": "secret"}),
    )
    assert read(frames, "revenu_median", "commune")["62001"] == (1.0, "")
    assert read(frames, "revenu_median", "commune")["62002"] == (None, "secret")


def test_a_value_with_a_status_is_not_read(make_frames: Fabrique) -> None:
    ligne = rows("revenu_median", {"62001": 5.0})[0] | {"statut": "secret"}
    assert read(build(make_frames, [ligne]), "revenu_median", "commune")["62001"] == (None, "secret")


def test_series_hold_each_year_and_no_other(make_frames: Fabrique) -> None:
    frames = build(
        make_frames,
        rows("foyers_allocataires", {"62001": 10, "62002": 10}, annee=2018),
        rows("foyers_allocataires", {"62001": 20}, annee=2019),
        rows("foyers_allocataires", {"62003": 20}, annee=2021),
    )
    serie = indicators.series(frames, "foyers_allocataires", Maille.EPCI, E1, Lecture(2022))
    assert [(m.annee, m.valeur, m.statut, m.sans_valeur) for m in serie] == [
        (2018, 20.0, "", 0), (2019, 20.0, "", 1), (2021, None, "manquant", 2),
    ]  # fmt: skip


def test_all_the_indicators_of_a_territory_in_the_order_of_the_dataset(make_frames: Fabrique) -> None:
    frames = build(make_frames, rows("taux_pauvrete", {"62001": 12.0}), rows("foyers_allocataires", {"62001": 10}))
    mesures = indicators.of_territory(frames, Maille.COMMUNE, "62001", Lecture(2022))
    assert [m.definition.id for m in mesures] == [d["indicateur"] for d in DEFINITIONS] + ["taux_pauvrete"]
    assert [m.valeur for m in mesures] == [10.0, None, None, None, None, 12.0]
    assert indicators.of_territory(frames, Maille.COMMUNE, "99999", Lecture(2022)) == ()


def test_definitions_of_the_dataset_then_known_then_rates(make_frames: Fabrique) -> None:
    frames = build(make_frames)
    assert definition(frames, "foyers_allocataires").libelle == "Foyers"
    assert definition(frames, "enfants_0_2").nature is Nature.EFFECTIF
    assert definition(frames, "inconnu").nature is Nature.TAUX
    assert definition(frames, "part").facteur == 100


def test_years_and_mailles(make_frames: Fabrique) -> None:
    frames = build(
        make_frames, rows("part", {E1: 1.0}, "epci", 2019), rows("part", {"62001": 1.0, "99999": 2.0}, annee=2017)
    )
    assert effectifs.years(frames, "part") == (2017, 2019)
    assert effectifs.mailles(frames, "part") == {Maille.EPCI, Maille.COMMUNE}
    assert effectifs.reference_year(frames, ("part",), date(2018, 1, 1).year) == 2017
