"""Possible overlaps: the rule word by word, then against every pair examined one by one."""

from collections.abc import Callable
from datetime import date
from itertools import combinations

import pandas as pd
import pytest

from data.frames import Frames
from data.measures import interventions, overlaps
from data.measures.scope import Portee

Fabrique = Callable[..., Frames]
E1, E2 = "200000001", "200000002"
COMMUNES = [
    {"code": "62001", "code_epci": E1},
    {"code": "62002", "code_epci": E1},
    {"code": "62003", "code_epci": E2},
]
JOUR = date(2024, 6, 1)


def act(ident: str, acteur: str, code: str, **plus: object) -> dict:
    maille = {2: "departement", 9: "epci"}.get(len(code), "commune")
    base = {"champ": "parentalite", "service": "portail", "etat": "existante", "niveau": "information"}
    return {"id": ident, "acteur": acteur, "maille": maille, "code_territoire": code} | base | plus


def pairs(frames: Frames, portee: Portee | None = None) -> set[tuple[str, str]]:
    return {p for cas in overlaps.find(frames, portee or Portee(JOUR)) for p in cas.paires}


@pytest.mark.parametrize(
    ("autre", "attendu"),
    [
        ({}, True),
        ({"acteur": "Caf"}, False),
        ({"service": "relais"}, False),
        ({"service": ""}, False),
        ({"champ": "enfance"}, False),
        ({"champ": "enfance|parentalite"}, True),
        ({"maille": "epci", "code_territoire": E2}, False),
        ({"maille": "departement", "code_territoire": "62"}, True),
        ({"maille": "commune", "code_territoire": "62002"}, True),
        ({"date_fin": date(2024, 5, 31)}, False),
        ({"date_fin": date(2024, 6, 1)}, True),
        ({"date_debut": date(2030, 1, 1)}, True),
        ({"etat": "potentielle"}, True),
        ({"etat": "peut-être"}, False),
        ({"niveau": "service"}, True),
    ],
)
def test_each_word_of_the_rule(make_frames: Fabrique, autre: dict, attendu: bool) -> None:
    frames = make_frames(COMMUNES, {"interventions": [act("A", "Caf", E1), act("B", "Epci", E1) | autre]})
    assert (pairs(frames) == {("A", "B")}) is attendu


def test_periods_that_never_meet_are_no_overlap(make_frames: Fabrique) -> None:
    lignes = [act("A", "Caf", E1, date_fin=date(2025, 1, 1)), act("B", "Epci", E1, date_debut=date(2025, 1, 2))]
    assert pairs(make_frames(COMMUNES, {"interventions": lignes})) == set()


def test_a_case_gathers_what_wider_territories_do_around_the_narrowest(make_frames: Fabrique) -> None:
    lignes = [act("A", "Caf", "62"), act("B", "Département", "62"), act("C", "Epci", E1), act("D", "Autre Epci", E2)]
    cas = {c.code: c for c in overlaps.find(make_frames(COMMUNES, {"interventions": lignes}), Portee(JOUR))}
    assert {c: {i.id for i in cas[c].membres} for c in cas} == {
        "62": {"A", "B"},
        E1: {"A", "B", "C"},
        E2: {"A", "B", "D"},
    }
    assert cas[E1].paires == (("A", "C"), ("B", "C"))


def test_a_case_changes_its_name_with_its_members_only(make_frames: Fabrique) -> None:
    deux = [act("A", "Caf", E1), act("B", "Epci", E1)]
    nom = [c.cle for c in overlaps.find(make_frames(COMMUNES, {"interventions": deux}), Portee(JOUR))]
    redit = [act("B", "Epci", E1, montant_eur=3.0), act("A", "Caf", E1)]
    assert [c.cle for c in overlaps.find(make_frames(COMMUNES, {"interventions": redit}), Portee(JOUR))] == nom
    trois = [*deux, act("C", "Msa", E1)]
    assert [c.cle for c in overlaps.find(make_frames(COMMUNES, {"interventions": trois}), Portee(JOUR))] != nom


def test_territory_and_field_filters(make_frames: Fabrique) -> None:
    lignes = [act("A", "Caf", E1), act("B", "Epci", E1), act("C", "Caf", E2), act("D", "Epci", E2)]
    frames = make_frames(COMMUNES, {"interventions": lignes})
    assert pairs(frames, Portee(JOUR, territoire=E2)) == {("C", "D")}
    assert pairs(frames, Portee(JOUR, communes=("62001",))) == {("A", "B")}
    assert pairs(frames, Portee(JOUR, champ="enfance")) == set()


def _apart(frames: Frames, jour: date) -> set[tuple[str, str]]:
    """Every pair, from the tables alone and without any measure of the atlas."""
    par_territoire = {
        **{c: {c} for c in frames.communes["code"]},
        **frames.communes.groupby("code_epci")["code"].agg(set).to_dict(),
        **frames.communes.groupby("code_departement")["code"].agg(set).to_dict(),
    }
    lignes = frames["interventions"].to_dict("records")
    trouvees = set()
    for a, b in combinations(lignes, 2):
        debut = max((x["date_debut"] for x in (a, b) if not pd.isna(x["date_debut"])), default=pd.Timestamp.min)
        fin = min((x["date_fin"] for x in (a, b) if not pd.isna(x["date_fin"])), default=pd.Timestamp.max)
        if (
            set(a["champ"].split("|")) & set(b["champ"].split("|"))
            and a["service"] == b["service"] != ""
            and a["acteur"] != b["acteur"]
            and {a["etat"], b["etat"]} <= {"existante", "potentielle"}
            and par_territoire[a["code_territoire"]] & par_territoire[b["code_territoire"]]
            and debut <= fin
            and fin >= pd.Timestamp(jour)
        ):
            trouvees.add((min(a["id"], b["id"]), max(a["id"], b["id"])))
    return trouvees


@pytest.mark.parametrize("jour", [date(2018, 1, 1), date(2024, 1, 1), date(2026, 11, 1)])
def test_every_pair_of_the_demonstration_and_no_other(frames_demo: Frames, jour: date) -> None:
    attendu = _apart(frames_demo, jour)
    assert len(attendu) > 30
    assert pairs(frames_demo, Portee(jour)) == attendu


@pytest.mark.real
def test_every_pair_of_the_pas_de_calais_and_no_other(frames_62: Frames) -> None:
    attendu = _apart(frames_62, date(2026, 11, 1))
    assert attendu
    assert pairs(frames_62, Portee(date(2026, 11, 1))) == attendu


def test_complementarities_want_two_actors_and_two_roles(make_frames: Fabrique) -> None:
    lignes = [
        act("A", "Caf", "62", niveau="financement"),
        act("B", "Epci", E1, niveau="service"),
        act("C", "Epci", E2, niveau="service"),
        act("D", "Msa", E2, niveau="service", champ="logement"),
    ]
    trouvees = interventions.complementarities(make_frames(COMMUNES, {"interventions": lignes}), Portee(JOUR))
    assert [(c.code, c.champ, c.acteurs, c.niveaux) for c in trouvees] == [
        (E1, "parentalite", ("Caf", "Epci"), ("service", "financement")),
        (E2, "parentalite", ("Caf", "Epci"), ("service", "financement")),
    ]
