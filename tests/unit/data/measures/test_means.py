"""Means: each kind apart, ratios of sums, blanks with a reason, and the same figures computed apart."""

from collections.abc import Callable
from datetime import date

import pytest

from data.frames import Frames
from data.measures import dispersion, means
from data.measures.scope import Portee
from data.model import Profil

Fabrique = Callable[..., Frames]
E1, E2 = "200000001", "200000002"
COMMUNES = [
    {"code": "62001", "code_epci": E1, "population": 100},
    {"code": "62002", "code_epci": E1, "population": 300},
    {"code": "62003", "code_epci": E2, "population": 600},
]
JOUR = date(2024, 6, 1)


def value(indicateur: str, code: str, annee: int, valeur: float | None, statut: str = "") -> dict:
    maille = "epci" if len(code) == 9 else "commune"
    ligne = {"indicateur": indicateur, "code_territoire": code, "maille": maille, "annee": annee, "statut": statut}
    return ligne | ({} if valeur is None else {"valeur": valeur})


def amounts(*valeurs: float | None) -> list[dict]:
    return [
        value(means.PRESTATIONS, c["code"], 2023, v, "" if v is not None else "manquant")
        for c, v in zip(COMMUNES, valeurs, strict=True)
    ]


def foyers(*valeurs: float) -> list[dict]:
    return [value(means.ALLOCATAIRES, c["code"], 2023, v) for c, v in zip(COMMUNES, valeurs, strict=True)]


def test_a_ratio_is_a_ratio_of_sums(make_frames: Fabrique) -> None:
    frames = make_frames(COMMUNES, {"indicateurs": amounts(1000, 9000, 3000) + foyers(20, 80, 100)})
    (montant,) = means.of_scope(frames, Portee(JOUR)).montants
    assert montant.total.valeur == 13_000
    assert montant.par_habitant.valeur == pytest.approx(13_000 / 1_000)
    assert montant.par_allocataire.valeur == pytest.approx(13_000 / 200)
    (un,) = means.of_scope(frames, Portee(JOUR, territoire=E1)).montants
    assert (un.total.valeur, un.par_habitant.valeur) == (10_000, 25.0)


def test_a_missing_amount_leaves_both_terms_and_is_said(make_frames: Fabrique) -> None:
    frames = make_frames(COMMUNES, {"indicateurs": amounts(1000, None, 3000)})
    (montant,) = means.of_scope(frames, Portee(JOUR)).montants
    assert (montant.total.valeur, montant.total.sans_valeur) == (4_000, 1)
    assert montant.par_habitant.valeur == pytest.approx(4_000 / 700)
    assert (montant.par_allocataire.valeur, montant.par_allocataire.statut) == (None, "manquant")


def test_nothing_at_all_is_no_figure(make_frames: Fabrique) -> None:
    frames = make_frames(COMMUNES, {})
    moyens = means.of_scope(frames, Portee(JOUR))
    assert moyens.montants == ()
    assert means.years(frames) == ()


def test_small_counts_hide_the_ratio(make_frames: Fabrique) -> None:
    frames = make_frames(COMMUNES, {"indicateurs": amounts(1000, 9000, 3000) + foyers(3, 80, 100)})
    (montant,) = means.of_scope(frames, Portee(JOUR, territoire="62001")).montants
    assert montant.par_allocataire.statut == "secret"
    assert montant.par_habitant.valeur == 10.0


def test_amounts_published_for_epci_only(make_frames: Fabrique) -> None:
    lignes = [value(means.PRESTATIONS, E1, 2023, 8000), value(means.PRESTATIONS, E2, 2023, 1000)]
    frames = make_frames(COMMUNES, {"indicateurs": lignes})
    (tout,) = means.of_scope(frames, Portee(JOUR)).montants
    assert (tout.total.valeur, tout.par_habitant.valeur) == (9_000, 9.0)
    (epci,) = means.of_scope(frames, Portee(JOUR, territoire=E1)).montants
    assert (epci.total.valeur, epci.par_habitant.valeur) == (8_000, 20.0)
    (commune,) = means.of_scope(frames, Portee(JOUR, territoire="62001")).montants
    assert (commune.total.valeur, commune.total.statut) == (None, "non_publie")


def test_each_year_takes_its_own_amount(make_frames: Fabrique) -> None:
    lignes = amounts(1000, 9000, 3000) + [value(means.PRESTATIONS, "62001", 2021, 500)]
    frames = make_frames(COMMUNES, {"indicateurs": lignes})
    par_an = dict(means.by_year(frames, Portee(JOUR), means.PRESTATIONS))
    assert {a: m.total.valeur for a, m in par_an.items()} == {2021: 500, 2023: 13_000}
    assert par_an[2021].total.sans_valeur == 2
    assert par_an[2021].par_habitant.valeur == 5.0
    assert means.year_of(frames, 2022) == 2021
    assert means.year_of(frames, 2019) == 2021


def test_what_is_written_on_papers_stays_apart(make_frames: Fabrique) -> None:
    def act(ident: str, type_: str, **plus: object) -> dict:
        return {"id": ident, "acteur": ident, "type_acteur": type_, "etat": "existante", "champ": "enfance"} | plus

    frames = make_frames(
        COMMUNES,
        {
            "interventions": [
                act("A", "epci", montant_eur=10.0, etp=1.5),
                act("B", "commune", etp=0.5),
                act("C", "caf", montant_eur=7.0),
                act("D", "msa"),
                act("E", "caf", montant_eur=99.0, etat="potentielle"),
                act("F", "caf", montant_eur=99.0, date_fin=date(2020, 1, 1)),
            ],
            "conventions": [{"id": "G", "montant_eur": 4.0}, {"id": "H", "date_fin": date(2020, 1, 1)}],
        },
    )
    moyens = means.of_scope(frames, Portee(JOUR))
    dits = {b.groupe: (b.nombre, b.montant_eur, b.sans_montant, b.etp, b.sans_etp) for b in moyens.interventions}
    assert dits == {
        "collectivites": (2, 10.0, 1, 2.0, 0),
        "caf": (1, 7.0, 0, 0.0, 1),
        "autres": (1, 0.0, 1, 0.0, 1),
    }
    assert (moyens.potentielles.nombre, moyens.potentielles.montant_eur) == (1, 99.0)
    assert (moyens.conventions.nombre, moyens.conventions.montant_eur) == (1, 4.0)


@pytest.mark.parametrize("profil", list(Profil))
def test_the_demonstration_apart(frames_demo: Frames, profil: Profil) -> None:
    """Each Epci's amounts and ratios from the long table alone."""
    longue = frames_demo["indicateurs"]
    communes = frames_demo.communes[["code", "code_epci"]]

    def of(indicateur: str, annee: int) -> dict[str, float]:
        lignes = longue[(longue["indicateur"] == indicateur) & (longue["annee"] == annee)]
        lignes = lignes[lignes["maille"] == "commune"].merge(communes, left_on="code_territoire", right_on="code")
        return lignes.groupby("code_epci")["valeur"].agg(lambda s: s.sum(min_count=1)).to_dict()

    montants, habitants = of(means.PRESTATIONS, 2023), of(means.HABITANTS, 2023)
    complets = 0
    for code in frames_demo["epci"]["code_epci"]:
        montant = means.amount(frames_demo, Portee(JOUR, territoire=code, profil=profil), means.PRESTATIONS, 2023)
        if montant.total.valeur is None:
            assert montant.total.statut == "secret"
            continue
        complets += 1
        assert montant.total.valeur == pytest.approx(montants[code])
        if not montant.total.sans_valeur:
            assert montant.par_habitant.valeur == pytest.approx(montants[code] / habitants[code])
    assert complets >= 6


def test_dispersion_wants_three_territories() -> None:
    assert dispersion.of_values([1.0, None, 2.0]) is None
    ecarts = dispersion.of_values([4.0, 1.0, None, 2.0, 3.0, 5.0])
    assert ecarts is not None
    assert [v for _, v in ecarts.reperes] == [1, 2, 3, 4, 5]
    assert ecarts.nombre == 5


def test_aid_for_housing_is_told_apart(make_frames: Fabrique) -> None:
    lignes = amounts(1000, 9000, 3000) + [value(means.LOGEMENT, "62001", 2023, 250)]
    moyens = means.of_scope(make_frames(COMMUNES, {"indicateurs": lignes}), Portee(JOUR))
    dits = {m.indicateur: m.total.valeur for m in moyens.montants}
    assert dits == {means.PRESTATIONS: 13_000, means.LOGEMENT: 250}, "part of the former, added to nothing"
