"""Fields over territories and agreements: what is named, what exists, never an owner."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from data.frames import Frames
from data.measures import fields, interventions
from data.measures.scope import Portee
from data.model import FiltreEchelon

Fabrique = Callable[..., Frames]
E1, E2 = "200000001", "200000002"
COMMUNES = [
    {"code": "62001", "code_epci": E1},
    {"code": "62002", "code_epci": E1},
    {"code": "62003", "code_epci": E2},
    {"code": "62004"},
]
JOUR = date(2024, 6, 1)


@pytest.fixture
def frames(make_frames: Fabrique) -> Frames:
    def ctg(ident: str, echelon: str = "communal", **plus: object) -> dict:
        debut = {"date_signature": date(2022, 1, 1)}
        return {"id_ctg": ident, "echelon": echelon, "statut": "signee"} | debut | plus

    return make_frames(
        COMMUNES,
        {
            "ctg": [
                ctg("INTER", "intercommunal"),
                ctg("COMM"),
                ctg("DEP", "departemental"),
                ctg("VIEILLE", date_fin=date(2023, 1, 1)),
                ctg("PREP", statut="redaction", date_signature=pd.NaT),
            ],
            "ctg_communes": [
                {"id_ctg": i, "code_commune": c}
                for i, cc in (("INTER", "62001 62002"), ("COMM", "62001"), ("VIEILLE", "62003"), ("PREP", "62004"))
                for c in cc.split()
            ]
            + [{"id_ctg": "DEP", "code_commune": c["code"]} for c in COMMUNES],
            "ctg_champs": [
                {"id_ctg": "INTER", "champ": "enfance", "priorite": "2"},
                {"id_ctg": "COMM", "champ": "enfance", "priorite": "1"},
                {"id_ctg": "COMM", "champ": "logement"},
                {"id_ctg": "DEP", "champ": "insertion", "priorite": "3"},
                {"id_ctg": "VIEILLE", "champ": "handicap", "priorite": "1"},
                {"id_ctg": "PREP", "champ": "handicap", "priorite": "1"},
            ],
            "interventions": [
                {"id": "A", "acteur": "Caf", "champ": "enfance", "etat": "existante", "maille": "epci",
                 "code_territoire": E1, "niveau": "service"},
                {"id": "B", "acteur": "Ville", "champ": "enfance|logement", "etat": "potentielle", "maille": "commune",
                 "code_territoire": "62002", "niveau": "coordination"},
                {"id": "C", "acteur": "Caf", "champ": "insertion", "etat": "existante", "maille": "departement",
                 "code_territoire": "62", "niveau": "financement"},
                {"id": "D", "acteur": "Caf", "champ": "enfance", "etat": "existante", "maille": "epci",
                 "code_territoire": E1, "date_fin": date(2023, 1, 1)},
            ],
            "services": [
                {"id": "S1", "champ": "enfance", "code_commune": "62001"},
                {"id": "S2", "champ": "enfance", "code_commune": "62003", "date_fermeture": date(2024, 1, 1)},
            ],
        },
    )  # fmt: skip


def cells(frames: Frames, portee: Portee) -> dict[tuple[str, str], tuple]:
    return {
        (ligne.code, c.champ): (c.priorite, c.existantes, c.potentielles, c.services)
        for ligne in fields.matrix(frames, portee)
        for c in ligne.cases
    }


def test_the_matrix_of_territories(frames: Frames) -> None:
    trouve = cells(frames, Portee(JOUR))
    assert trouve[E1, "enfance"] == ("1", 1, 1, 1)
    assert trouve[E1, "logement"] == ("0", 0, 1, 0)
    assert trouve[E2, "enfance"] == ("", 0, 0, 0)
    assert trouve[E2, "handicap"] == ("", 0, 0, 0), "an agreement that ended names nothing"
    assert trouve["62004", "handicap"] == ("", 0, 0, 0), "nor does one not signed"
    assert trouve["62", "insertion"] == ("3", 1, 0, 0)
    assert trouve[E1, "insertion"] == ("", 0, 0, 0), "what the département does stays in its own row"


def test_the_filters(frames: Frames) -> None:
    assert cells(frames, Portee(JOUR, FiltreEchelon.INTERCOMMUNAL))[E1, "enfance"] == ("2", 1, 1, 1)
    assert {c for _, c in cells(frames, Portee(JOUR, champ="logement"))} == {"logement"}
    assert {t for t, _ in cells(frames, Portee(JOUR, territoire="62003"))} == {"62", E2}
    assert cells(frames, Portee(date(2022, 6, 1)))[E2, "handicap"][0] == "1"


def test_the_matrix_of_agreements(frames: Frames) -> None:
    lignes = dict(fields.by_agreement(frames, Portee(JOUR)))
    assert set(lignes) == {"INTER", "COMM", "DEP"}
    par_champ = {i: {c.champ: c for c in cases} for i, cases in lignes.items()}
    assert par_champ["INTER"]["enfance"].priorite == "2"
    assert (par_champ["COMM"]["enfance"].existantes, par_champ["COMM"]["enfance"].potentielles) == (1, 0)
    assert par_champ["DEP"]["insertion"].existantes == 1
    assert par_champ["DEP"]["enfance"].existantes == 0


def test_fields_that_no_agreement_in_force_names(frames: Frames) -> None:
    absents = {c.id for c in fields.absent(frames, Portee(JOUR))}
    assert absents == {c.id for c in frames.champs} - {"enfance", "logement", "insertion"}
    assert "insertion" in {c.id for c in fields.absent(frames, Portee(JOUR, FiltreEchelon.LOCAL))}
    assert [c.id for c in fields.absent(frames, Portee(JOUR, champ="enfance"))] == []


def test_actors_have_roles_and_no_owner(frames: Frames) -> None:
    lignes = {ligne.acteur: ligne for ligne in fields.actors(frames, Portee(JOUR))}
    rang = [c.id for c in frames.champs].index("enfance")
    assert (lignes["Caf"].roles[rang].niveaux, lignes["Caf"].roles[rang].existantes) == (("service",), 1)
    assert (lignes["Ville"].roles[rang].niveaux, lignes["Ville"].roles[rang].potentielles) == (("coordination",), 1)
    assert {c.id for c in fields.shared(frames)} == {"petite_enfance", "parentalite"}


def test_priorities_against_the_tables(frames_demo: Frames) -> None:
    """The best priority of each Epci and field, computed apart from the tables."""
    jour = pd.Timestamp(2026, 11, 1)
    ctg = frames_demo["ctg"]
    debut = ctg["date_debut"].fillna(ctg["date_signature"])
    duree = ctg["duree_annees"].fillna(5).astype(int)
    fin = ctg["date_fin"].fillna(
        pd.Series([d if pd.isna(d) else d + pd.DateOffset(years=n, days=-1) for d, n in zip(debut, duree, strict=True)])
    )
    locale = (ctg["date_signature"] <= jour) & (debut <= jour) & (jour <= fin) & (ctg["echelon"] != "departemental")
    joint = (
        frames_demo["ctg_champs"][frames_demo["ctg_champs"]["id_ctg"].isin(ctg.loc[locale, "id_ctg"])]
        .merge(frames_demo["ctg_communes"], on="id_ctg")
        .merge(frames_demo.communes[["code", "code_epci"]], left_on="code_commune", right_on="code")
    )
    attendu = joint[joint["code_epci"] != ""].groupby(["code_epci", "champ"])["priorite"].min().to_dict()
    trouve = {
        cle: valeurs[0]
        for cle, valeurs in cells(frames_demo, Portee(jour.date())).items()
        if valeurs[0] and len(cle[0]) == 9
    }
    assert len(attendu) > 50
    assert trouve == attendu


def test_the_directory_gathers_those_who_act_sign_or_are_financed(make_frames: Fabrique) -> None:
    def intervention(ident: str, acteur: str, code: str, **plus: object) -> dict:
        base = {"type_acteur": "gestionnaire", "champ": "enfance", "etat": "existante", "niveau": "service"}
        return {"id": ident, "acteur": acteur, "maille": "epci", "code_territoire": code} | base | plus

    frames = make_frames(
        COMMUNES,
        {
            "ctg": [
                {"id_ctg": "C", "echelon": "communal", "statut": "signee", "date_signature": date(2022, 1, 1)},
                {"id_ctg": "FINIE", "echelon": "communal", "statut": "signee", "date_signature": date(2010, 1, 1)},
            ],
            "ctg_communes": [{"id_ctg": "C", "code_commune": "62001"}, {"id_ctg": "FINIE", "code_commune": "62001"}],
            "ctg_signataires": [
                {"id_ctg": "C", "type": "msa", "nom": "Msa"},
                {"id_ctg": "C", "type": "caf", "nom": "Caf"},
                {"id_ctg": "FINIE", "type": "etat", "nom": "Préfecture"},
            ],
            "interventions": [
                intervention("1", "Fédération", E1),
                intervention("2", "Fédération", E1, etat="potentielle", champ="logement", niveau="information"),
                intervention("3", "Caf", E1, type_acteur="caf", date_fin=date(2020, 1, 1)),
                intervention("4", "Ailleurs", E2),
            ],
            "conventions": [
                {"id": "V", "collectivite": "Epci 1", "maille": "epci", "code_territoire": E1},
                {"id": "W", "collectivite": "Ancien", "maille": "epci", "code_territoire": E1,
                 "date_fin": date(2020, 1, 1)},
            ],
        },
    )  # fmt: skip
    acteurs = {a.nom: a for a in interventions.directory(frames, Portee(JOUR, territoire=E1))}
    assert set(acteurs) == {"Fédération", "Msa", "Caf", "Epci 1"}
    federation = acteurs["Fédération"]
    assert (federation.type, federation.existantes, federation.potentielles) == ("gestionnaire", 1, 1)
    assert (federation.champs, federation.niveaux) == (("enfance", "logement"), ("information", "service"))
    assert acteurs["Msa"].signataire == ("C",)
    assert (acteurs["Caf"].existantes, acteurs["Epci 1"].conventions) == (0, 1)
