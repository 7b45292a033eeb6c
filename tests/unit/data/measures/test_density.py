"""Density of services: what counts, over whom, and the blanks."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.frames import Frames
from data.measures import density
from data.model import Maille, Profil

Fabrique = Callable[..., Frames]
E1, E2 = "200000001", "200000002"
COMMUNES = [
    {"code": "62001", "code_epci": E1, "population": 1000},
    {"code": "62002", "code_epci": E1, "population": 4000},
    {"code": "62003", "code_epci": E2, "population": 100},
    {"code": "62004", "population": 0},
    {"code": "62005", "code_epci": E2},
]
JOUR = date(2022, 6, 1)


def children(valeurs: dict[str, object], maille: str = "commune", annee: int = 2020) -> list[dict]:
    lignes = []
    for code, valeur in valeurs.items():
        cellule = {"statut": valeur} if isinstance(valeur, str) else {"valeur": valeur}
        territoire = {"code_territoire": code, "maille": maille, "indicateur": "enfants_0_2", "annee": annee}
        lignes.append(territoire | cellule)
    return lignes


def services(*lignes: tuple[str, str] | tuple[str, str, str]) -> list[dict]:
    return [
        {"id": f"S{i}", "code_commune": ligne[0], "champ": ligne[1], "mode": ligne[2] if len(ligne) == 3 else ""}
        for i, ligne in enumerate(lignes)
    ]


def row(frames: Frames, champ: str, maille: str, code: str, profil: Profil = Profil.INTERNE) -> dict:
    table = density.compute(frames, JOUR, champ, Maille(maille), profil).set_index("code")
    return table.replace({np.nan: None}).loc[code].to_dict()


def test_modes_apart_and_together(make_frames: Fabrique) -> None:
    lieux = services(
        ("62001", "logement"),
        ("62001", "logement", "itinerant"),
        ("62002", "logement", "antenne"),
        ("62002", "handicap"),
    )
    frames = make_frames(COMMUNES, {"services": lieux})
    assert row(frames, "logement", "epci", E1) == {
        "services": 3, "fixe": 1, "itinerant": 1, "antenne": 1,
        "denominateur": 5000.0, "valeur": 6.0, "statut": "",
    }  # fmt: skip


def test_each_field_of_a_service_counts_it_once_and_all_fields_once_in_all(make_frames: Fabrique) -> None:
    lieux = services(("62001", "petite_enfance|parentalite"), ("62001", "parentalite"), ("62001", "inconnu"))
    frames = make_frames(COMMUNES, {"services": lieux})
    nombres = {
        c: row(frames, c, "commune", "62001")["services"] for c in ("petite_enfance", "parentalite", "enfance", "tous")
    }
    assert nombres == {"petite_enfance": 1, "parentalite": 2, "enfance": 0, "tous": 3}


def test_a_field_is_not_found_inside_another(make_frames: Fabrique) -> None:
    frames = make_frames(COMMUNES, {"services": services(("62001", "petite_enfance"))})
    assert row(frames, "enfance", "commune", "62001")["services"] == 0


@pytest.mark.parametrize(
    ("ouverture", "fermeture", "ouvert"),
    [
        (None, None, True),
        (JOUR, None, True),
        (JOUR + timedelta(days=1), None, False),
        (None, JOUR, False),
        (None, JOUR + timedelta(days=1), True),
        (JOUR, JOUR, False),
    ],
)
def test_open_from_its_opening_to_the_day_before_its_closing(
    make_frames: Fabrique, ouverture: date | None, fermeture: date | None, ouvert: bool
) -> None:
    dates = {k: v for k, v in (("date_ouverture", ouverture), ("date_fermeture", fermeture)) if v}
    frames = make_frames(COMMUNES, {"services": [services(("62001", "logement"))[0] | dates]})
    assert row(frames, "logement", "commune", "62001")["services"] == int(ouvert)


def test_blanks_of_a_commune(make_frames: Fabrique) -> None:
    connus = children({"62001": 3, "62002": 9, "62003": 19, "62004": 0})
    frames = make_frames(COMMUNES, {"services": services(("62005", "petite_enfance")), "indicateurs": connus})
    lignes = {c: row(frames, "petite_enfance", "commune", c) for c in ("62001", "62002", "62003", "62004", "62005")}
    assert {c: (ligne["statut"], ligne["denominateur"], ligne["valeur"]) for c, ligne in lignes.items()} == {
        "62001": ("secret", None, None),
        "62002": ("secret", None, None),  # shown, it would give the other one by subtraction
        "62003": ("petit_denominateur", 19.0, None),
        "62004": ("petit_denominateur", 0.0, None),
        "62005": ("manquant", None, None),
    }
    assert lignes["62005"]["services"] == 1
    assert density.outside(frames, JOUR, "petite_enfance") == ("62005",)


def test_a_commune_without_denominator_stands_outside_both_terms(make_frames: Fabrique) -> None:
    connus = children({"62001": 100, "62002": "manquant"})
    lieux = services(("62001", "petite_enfance"), ("62002", "petite_enfance"))
    ligne = row(make_frames(COMMUNES, {"services": lieux, "indicateurs": connus}), "petite_enfance", "epci", E1)
    assert (ligne["services"], ligne["denominateur"], ligne["valeur"]) == (2, 100.0, 10.0)


@pytest.mark.parametrize("statut", ["secret", "non_publie"])
def test_a_sum_with_a_part_withheld_is_not_a_number(make_frames: Fabrique, statut: str) -> None:
    frames = make_frames(COMMUNES, {"services": [], "indicateurs": children({"62001": 100, "62002": statut})})
    assert row(frames, "petite_enfance", "epci", E1)["statut"] == statut
    assert row(frames, "petite_enfance", "departement", "62")["statut"] == statut
    assert row(frames, "petite_enfance", "commune", "62001")["statut"] == ""


def test_a_published_figure_is_used_only_where_it_cannot_be_summed(make_frames: Fabrique) -> None:
    communes = children({"62001": "secret", "62002": "secret", "62003": 60, "62005": 40})
    publies = children({E1: 500, E2: 9999}, "epci")
    frames = make_frames(
        COMMUNES, {"indicateurs": communes + publies, "services": services(("62001", "petite_enfance"))}
    )
    assert row(frames, "petite_enfance", "epci", E1)["denominateur"] == 500.0
    assert row(frames, "petite_enfance", "epci", E1)["valeur"] == 2.0
    assert row(frames, "petite_enfance", "epci", E2)["denominateur"] == 100.0


def test_a_published_total_that_would_give_the_one_secret_count_is_not_shown(make_frames: Fabrique) -> None:
    communes = children({"62001": "secret", "62002": 480})
    frames = make_frames(COMMUNES, {"indicateurs": communes + children({E1: 500}, "epci")})
    assert row(frames, "petite_enfance", "epci", E1)["statut"] == "secret"


def test_published_nowhere_but_for_epci_is_not_published_for_communes(make_frames: Fabrique) -> None:
    frames = make_frames(COMMUNES, {"indicateurs": children({E1: 500}, "epci")})
    assert row(frames, "petite_enfance", "commune", "62001")["statut"] == "non_publie"
    assert row(frames, "petite_enfance", "epci", E1)["denominateur"] == 500.0
    assert row(frames, "petite_enfance", "epci", E2)["statut"] == "manquant"


def test_an_absent_indicator_is_missing_everywhere(make_frames: Fabrique) -> None:
    table = density.compute(make_frames(COMMUNES), JOUR, "parentalite", Maille.COMMUNE)
    assert table["statut"].unique().tolist() == ["manquant"]


def test_without_a_table_of_services_no_density_is_zero(make_frames: Fabrique) -> None:
    sans, vide = make_frames(COMMUNES), make_frames(COMMUNES, {"services": []})
    assert row(sans, "logement", "epci", E1)["valeur"] is None
    assert row(sans, "logement", "epci", E1)["statut"] == "manquant"
    assert row(sans, "logement", "commune", "62003")["statut"] == "manquant"
    assert row(vide, "logement", "epci", E1)["valeur"] == 0.0


def test_a_denominator_of_several_effectifs_needs_all_of_them(make_frames: Fabrique) -> None:
    lignes = children({"62001": 10, "62002": 30})
    for indicateur, valeurs in (("enfants_3_5", {"62001": 10}), ("enfants_6_17", {"62001": 20, "62002": 50})):
        lignes += [ligne | {"indicateur": indicateur} for ligne in children(valeurs)]
    frames = make_frames(COMMUNES, {"indicateurs": lignes})
    assert row(frames, "parentalite", "commune", "62001")["denominateur"] == 40.0
    assert row(frames, "parentalite", "commune", "62002")["statut"] == "manquant"
    assert row(frames, "parentalite", "epci", E1)["denominateur"] == 40.0
    assert row(frames, "enfance", "commune", "62001")["denominateur"] == 30.0


def test_the_partner_threshold_hides_more(make_frames: Fabrique) -> None:
    enfants = children({"62001": 9, "62002": 100, "62003": 30, "62005": 30})
    frames = make_frames(COMMUNES, {"services": [], "indicateurs": enfants})
    assert row(frames, "petite_enfance", "commune", "62001")["statut"] == "petit_denominateur"
    assert row(frames, "petite_enfance", "commune", "62001", Profil.PARTENAIRE)["statut"] == "secret"


def test_population_is_no_secret(make_frames: Fabrique) -> None:
    frames = make_frames([{"code": "62001", "population": 3}], {"services": services(("62001", "logement"))})
    ligne = row(frames, "logement", "commune", "62001")
    assert (ligne["statut"], ligne["denominateur"]) == ("petit_denominateur", 3.0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([c["code"] for c in COMMUNES]), st.sampled_from(["enfance", "logement|handicap"]))
    ),
    st.lists(st.one_of(st.none(), st.integers(0, 900)), min_size=5, max_size=5),
)
def test_laws_of_density(make_frames: Fabrique, lieux: list[tuple[str, str]], habitants: list[int | None]) -> None:
    communes = [c | {"population": p} if p is not None else c for c, p in zip(COMMUNES, habitants, strict=True)]
    frames = make_frames(communes, {"services": services(*lieux)})
    for champ in ("logement", "tous"):
        tables = {
            m: density.compute(frames, JOUR, champ, Maille(m)).set_index("code")
            for m in ("commune", "epci", "departement")
        }
        par_commune = tables["commune"]
        assert tables["departement"]["services"].sum() == par_commune["services"].sum(), "equal over mailles"
        assert tables["epci"]["services"].sum() == par_commune["services"].drop("62004").sum()
        for epci, membres in ((E1, ["62001", "62002"]), (E2, ["62003", "62005"])):
            connues = par_commune.loc[membres].dropna(subset="denominateur")
            ligne = tables["epci"].loc[epci]
            if ligne["statut"] == "":
                attendu = 10_000 * connues["services"].sum() / connues["denominateur"].sum()
                assert ligne["valeur"] == pytest.approx(attendu), "the ratio of sums, not a mean of rates"
        assert (par_commune[list(density.MODES)].sum(axis=1) == par_commune["services"]).all()
