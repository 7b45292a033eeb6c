"""The sheet of a territory: the same figures as everywhere, gathered."""

from collections.abc import Callable
from datetime import date

import pytest

from data.frames import Frames
from data.measures import sheet
from data.measures.parties import ChampCtg, Signataire
from data.model import Maille, StatutCtg

EPCI = "200000001"
JOUR = date(2022, 6, 1)


@pytest.fixture
def frames(make_frames: Callable[..., Frames]) -> Frames:
    signee = {"statut": "signee", "date_signature": date(2020, 1, 1)}
    return make_frames(
        [
            {"code": "62001", "nom": "Arras", "code_epci": EPCI, "population": 1000},
            {"code": "62002", "code_epci": EPCI, "population": 3000},
            {"code": "62003"},
        ],
        {
            "epci": [{"code_epci": EPCI, "nom": "CU d'Arras"}],
            "ctg": [
                {"id_ctg": "VIEUX", "echelon": "communal", "date_fin": date(2021, 1, 1)} | signee,
                {"id_ctg": "COMM", "nom": "Ctg d'Arras", "echelon": "communal"} | signee,
                {"id_ctg": "DEP", "echelon": "departemental"} | signee,
            ],
            "ctg_communes": [
                {"id_ctg": i, "code_commune": c, "role": r}
                for i, c, r in (
                    ("VIEUX", "62001", "couverte"), ("COMM", "62001", "signataire"),
                    ("DEP", "62001", "couverte"), ("DEP", "62002", "couverte"), ("DEP", "62003", "couverte"),
                )
            ],
            "ctg_signataires": [
                {"id_ctg": "COMM", "type": "commune", "code": "62001", "nom": "Arras"}
                | {"date_deliberation": date(2019, 12, 1)}
            ],
            "ctg_champs": [{"id_ctg": "COMM", "champ": "logement", "priorite": "1", "objectif": "Loger"}],
            "services": [{"id": "S", "code_commune": "62001", "champ": "logement"}],
            "points_acces": [{"id": "P", "type": "agence", "nom": "Agence", "code_commune": "62001", "etat": "projet"}],
            "territoires_prioritaires": [{"definition": "zrr", "maille": "commune", "code_territoire": "62001"}],
            "indicateurs": [
                {"code_territoire": "62001", "maille": "commune", "indicateur": "enfants_0_2"}
                | {"annee": 2020, "valeur": 3}
            ],
        },
    )  # fmt: skip


def test_a_commune(frames: Frames) -> None:
    fiche = sheet.of_territory(frames, "62001", JOUR)
    assert fiche is not None
    assert (fiche.nom, fiche.maille, fiche.epci, fiche.departements) == ("Arras", Maille.COMMUNE, EPCI, ("62",))
    assert (fiche.couvertes, fiche.total, fiche.etat_couverture) == (1, 1, "entiere")
    assert [(a.id_ctg, a.statut, a.role) for a in fiche.locaux] == [
        ("COMM", StatutCtg.EN_VIGUEUR, "signataire"), ("VIEUX", StatutCtg.ECHUE, "couverte"),
    ]  # fmt: skip
    assert fiche.locaux[0].signataires == (Signataire("commune", "62001", "Arras", date(2019, 12, 1)),)
    assert fiche.locaux[0].champs == (ChampCtg("logement", "Logement et cadre de vie", "1", "Loger"),)
    assert fiche.locaux[0].date_fin == date(2024, 12, 31)
    assert fiche.locaux[0].fin_calculee
    assert [a.id_ctg for a in fiche.departementaux] == ["DEP"]
    assert [(p.id, p.etat) for p in fiche.points_acces] == [("P", "projet")]
    assert [p.definition for p in fiche.priorites] == ["zrr"]
    assert [(m.definition.id, m.valeur, m.statut) for m in fiche.indicateurs] == [("enfants_0_2", None, "secret")]


def test_services_of_each_field_and_of_all(frames: Frames) -> None:
    fiche = sheet.of_territory(frames, "62001", JOUR)
    assert fiche is not None
    services = {s.champ: (s.services, s.valeur, s.statut) for s in fiche.services}
    assert services["logement"] == (1, 10.0, "")
    assert services["tous"] == (1, 10.0, "")
    assert services["handicap"] == (0, 0.0, "")
    assert services["petite_enfance"] == (0, None, "secret")
    assert services["jeunesse"] == (0, None, "manquant")


def test_an_epci_partly_covered(frames: Frames) -> None:
    fiche = sheet.of_territory(frames, EPCI, JOUR)
    assert fiche is not None
    assert (fiche.nom, fiche.couvertes, fiche.total, fiche.etat_couverture) == ("CU d'Arras", 1, 2, "partielle")
    assert fiche.part_population.taux_pct == 25.0
    assert [(a.id_ctg, a.communes, a.total, a.role) for a in fiche.locaux][:1] == [("COMM", 1, 2, "")]
    assert [(a.id_ctg, a.communes) for a in fiche.departementaux] == [("DEP", 2)]


def test_a_departement(frames: Frames) -> None:
    fiche = sheet.of_territory(frames, "62", JOUR)
    assert fiche is not None
    assert (fiche.nom, fiche.couvertes, fiche.total, fiche.population) == ("Pas-de-Calais", 1, 3, 4000.0)


def test_unknown_population_is_not_zero(frames: Frames) -> None:
    fiche = sheet.of_territory(frames, "62003", JOUR)
    assert fiche is not None
    assert fiche.population is None
    assert fiche.etat_couverture == "nulle"


def test_an_unknown_code_has_no_sheet(frames: Frames) -> None:
    assert sheet.of_territory(frames, "99999", JOUR) is None
