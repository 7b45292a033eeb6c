"""The register on small agreements: evaluations, chains, anomalies, prospects, dossier, one by one."""

from collections.abc import Callable
from datetime import date

import pytest

from data.frames import Frames
from data.measures import anomalies, deadlines, deployment, dossier, perimeters, register
from data.measures.anomalies import NatureAnomalie
from data.measures.deadlines import NatureEcart, Suite
from data.measures.prospects import prospects
from data.measures.register import EtatEvaluation
from data.measures.scope import Portee
from data.model import StatutCtg

Fabrique = Callable[..., Frames]
E1, E2 = "200000001", "200000002"
COMMUNES = [
    {"code": "62001", "nom": "Ablain", "code_epci": E1, "population": 100},
    {"code": "62002", "nom": "Berck", "code_epci": E1, "population": 200},
    {"code": "62003", "nom": "Cucq", "code_epci": E2, "population": 400},
    {"code": "62004", "nom": "Dainville", "population": 800},
]
T = date(2026, 11, 1)
CTG = [
    {
        "id_ctg": "A1",
        "nom": "Ctg A",
        "echelon": "intercommunal",
        "statut": "signee",
        "date_diagnostic": date(2018, 1, 1),
        "date_signature": date(2018, 6, 1),
        "date_debut": date(2019, 1, 1),
        "date_fin": date(2022, 12, 31),
    },
    {
        "id_ctg": "A2",
        "nom": "Ctg A",
        "echelon": "intercommunal",
        "statut": "signee",
        "date_diagnostic": date(2023, 9, 1),
        "date_signature": date(2023, 6, 1),
        "date_debut": date(2023, 7, 1),
        "date_fin": date(2027, 6, 30),
        "id_ctg_precedente": "A1",
        "source": "Convention signée",
    },
    {"id_ctg": "A3", "nom": "Ctg A", "echelon": "intercommunal", "statut": "redaction", "id_ctg_precedente": "A2"},
    {
        "id_ctg": "B1",
        "nom": "Ctg B",
        "echelon": "communal",
        "statut": "signee",
        "date_signature": date(2025, 1, 1),
        "id_ctg_precedente": "PERDUE",
    },
    {
        "id_ctg": "X1",
        "nom": "Ctg X",
        "echelon": "intercommunal",
        "statut": "signee",
        "date_diagnostic": date(2024, 1, 1),
        "date_signature": date(2025, 1, 1),
    },
    {
        "id_ctg": "D1",
        "nom": "Accord",
        "echelon": "departemental",
        "statut": "signee",
        "date_diagnostic": date(2022, 1, 1),
        "date_signature": date(2023, 1, 1),
    },
]
LIENS = {
    "A1": "62001 62002",
    "A2": "62001 62002",
    "A3": "62001",
    "B1": "62001",
    "X1": "62002 62003",
    "D1": "62001 62002",
}
TABLES = {
    "ctg": CTG,
    "ctg_communes": [
        {"id_ctg": i, "code_commune": c, "role": "signataire" if i == "B1" else "couverte"}
        for i, codes in LIENS.items()
        for c in codes.split()
    ],
    "ctg_champs": [
        {"id_ctg": "A2", "champ": "logement", "priorite": "1", "objectif": "Loger"},
        {"id_ctg": "A2", "champ": "enfance", "priorite": "2"},
        {"id_ctg": "D1", "champ": "logement", "priorite": "3"},
    ],
    "ctg_evaluations": [
        {"id_ctg": "A1", "date": date(2021, 1, 1), "type": "intermediaire", "etat": "faite", "suites": "poursuivre"},
        {"id_ctg": "A1", "date": date(2023, 8, 1), "type": "finale", "etat": "faite", "suites": "reorienter"},
        {"id_ctg": "A2", "date": date(2026, 12, 1), "type": "finale", "etat": "faite", "suites": "arreter"},
    ],
    "actions": [
        {
            "id_action": "1",
            "id_ctg": "A2",
            "champ": "logement",
            "libelle": "Bâtir",
            "etat": "realisee",
            "priorite": "1",
        },
        {"id_action": "2", "id_ctg": "A2", "champ": "enfance", "libelle": "Ouvrir", "etat": "prevue"},
        {"id_action": "3", "id_ctg": "A1", "champ": "enfance", "libelle": "Autre", "etat": "prevue"},
    ],
    "schemas": [
        {
            "id_schema": "S1",
            "libelle": "Logement",
            "maille": "departement",
            "code_territoire": "62",
            "champ": "logement|insertion",
            "date_debut": date(2022, 1, 1),
            "date_fin": date(2027, 12, 31),
        },
        {
            "id_schema": "S2",
            "libelle": "Fini",
            "maille": "departement",
            "code_territoire": "62",
            "champ": "logement",
            "date_fin": date(2020, 12, 31),
        },
        {"id_schema": "S3", "libelle": "Ailleurs", "maille": "epci", "code_territoire": E2, "champ": "logement"},
        {
            "id_schema": "S4",
            "libelle": "Autre champ",
            "maille": "departement",
            "code_territoire": "62",
            "champ": "handicap",
        },
    ],
    "conventions": [
        {
            "id": "K1",
            "type": "cej",
            "maille": "commune",
            "code_territoire": "62004",
            "collectivite": "Dainville",
            "champ": "enfance",
            "date_debut": date(2024, 1, 1),
            "date_fin": date(2026, 11, 1),
        },
        {
            "id": "K2",
            "type": "psu",
            "maille": "epci",
            "code_territoire": E1,
            "collectivite": "CC Une",
            "champ": "enfance",
            "id_ctg": "A2",
        },
        {"id": "K3", "type": "ps", "maille": "departement", "code_territoire": "62", "champ": "enfance"},
        {"id": "K4", "type": "ps", "maille": "commune", "code_territoire": "62004", "date_fin": date(2026, 10, 31)},
    ],
}


@pytest.fixture(scope="module")
def frames(make_frames: Fabrique) -> Frames:
    return make_frames(COMMUNES, TABLES)


def found(frames: Frames, jour: date = T, **filtres: object) -> set[tuple[str, str, str]]:
    return {(a.nature.value, a.id_ctg, a.autre) for a in anomalies.of_entries(frames, Portee(jour, **filtres))}


def test_anomalies_are_those_of_the_reference_paper(frames: Frames) -> None:
    assert found(frames) == {
        ("renouvelee_sans_evaluation", "A2", "A1"),  # the final one came after the signature
        ("diagnostic_apres_signature", "A2", ""),
        ("signee_sans_diagnostic", "B1", ""),
        ("precedente_inconnue", "B1", "PERDUE"),
        ("commune_deux_fois", "A2", "X1"),
    }
    (double,) = [a for a in anomalies.of_entries(frames, Portee(T)) if a.nature is NatureAnomalie.COMMUNE_DEUX_FOIS]
    assert double.communes == ("62002",)
    assert [a.nature.bloquante for a in anomalies.of_entries(frames, Portee(T))] == [True, False, False, False, False]


def test_anomalies_are_told_at_their_day(frames: Frames) -> None:
    assert found(frames, date(2023, 5, 31)) == {("precedente_inconnue", "B1", "PERDUE")}
    assert ("renouvelee_sans_evaluation", "A2", "A1") in found(frames, date(2023, 6, 1))
    assert ("commune_deux_fois", "A2", "X1") not in found(frames, date(2024, 12, 31))


def test_a_final_evaluation_by_the_signature_lifts_the_anomaly(make_frames: Fabrique) -> None:
    for jour, leve in ((date(2023, 6, 1), True), (date(2023, 6, 2), False)):
        evaluation = {"id_ctg": "A1", "date": jour, "type": "finale", "etat": "faite"}
        autre = make_frames(COMMUNES, TABLES | {"ctg_evaluations": [evaluation]})
        assert (("renouvelee_sans_evaluation", "A2", "A1") not in found(autre)) is leve


def test_no_renewal_lacks_its_evaluation_without_the_table(make_frames: Fabrique) -> None:
    sans = {nom: lignes for nom, lignes in TABLES.items() if nom != "ctg_evaluations"}
    assert "renouvelee_sans_evaluation" not in {n for n, *_ in found(make_frames(COMMUNES, sans))}


def test_filters_keep_the_anomalies_of_their_agreements(frames: Frames) -> None:
    assert {i for _, i, _ in found(frames, territoire="62003")} == {"A2"}  # paired with X1, which holds 62003
    assert found(frames, champ="handicap") == set()


def test_evaluations_stand_at_the_day(frames: Frames) -> None:
    assert register.entry(frames, "A2", T).evaluation is EtatEvaluation.PREVUE
    assert register.entry(frames, "A2", date(2026, 12, 1)).evaluation is EtatEvaluation.FINALE_FAITE
    assert register.entry(frames, "A1", date(2022, 1, 1)).evaluation is EtatEvaluation.INTERMEDIAIRE_FAITE
    assert register.entry(frames, "B1", T).evaluation is EtatEvaluation.AUCUNE
    assert register.entry(frames, "inconnue", T) is None


def test_a_chain_is_read_both_ways_and_cut_where_it_loops(frames: Frames, make_frames: Fabrique) -> None:
    assert register.chain(frames, "A1") == register.chain(frames, "A3") == ("A1", "A2", "A3")
    assert [register.entry(frames, i, T).generation for i in ("A1", "A2", "A3", "B1")] == [1, 2, 3, 1]
    boucle = [
        {"id_ctg": i, "echelon": "communal", "statut": "signee", "id_ctg_precedente": p}
        for i, p in (("P", "Q"), ("Q", "P"), ("R", "R"))
    ]
    tourne = make_frames(COMMUNES, {"ctg": boucle})
    assert set(register.chain(tourne, "P")) == {"P", "Q"}
    assert register.chain(tourne, "R") == ("R",)


def test_deadlines_know_what_follows(frames: Frames) -> None:
    echeances = {e.inscription.id_ctg: e for e in deadlines.of_entries(frames, Portee(T))}
    assert list(echeances) == ["A2", "D1", "B1", "X1"]
    assert echeances["A2"].suite is Suite.EN_PREPARATION
    assert echeances["A2"].seuil == 12
    assert echeances["B1"].suite is Suite.AUCUNE
    assert echeances["B1"].inscription.fin_calculee
    avant = {e.inscription.id_ctg: e for e in deadlines.of_entries(frames, Portee(date(2022, 12, 31)))}
    assert (avant["A1"].jours, avant["A1"].suite) == (0, Suite.EN_PREPARATION)


def test_gaps_and_overlaps(frames: Frames) -> None:
    ecarts = deadlines.gaps(frames, Portee(T))
    vus = {(e.nature, e.debut, e.fin, e.avant, e.apres, e.communes) for e in ecarts if not e.departemental}
    sans, double = NatureEcart.SANS_CTG, NatureEcart.CHEVAUCHEMENT
    assert vus == {
        (sans, date(2023, 1, 1), date(2023, 6, 30), "A1", "A2", ("62001", "62002")),
        (double, date(2025, 1, 1), date(2027, 6, 30), "A2", "X1", ("62002",)),
    }
    ouverte = deadlines.gaps(frames, Portee(date(2023, 3, 1)))
    assert [(e.debut, e.fin) for e in ouverte if not e.departemental] == [(date(2023, 1, 1), None)]


def test_a_perimeter_across_epci_is_told_by_epci_and_placed(frames: Frames) -> None:
    parts = perimeters.by_epci(frames, ("62002", "62003", "62004"))
    assert [(p.code, p.communes, p.total) for p in parts] == [
        (E1, ("62002",), 2),
        (E2, ("62003",), 1),
        ("", ("62004",), 1),
    ]
    assert perimeters.place_of(frames, ("62001", "62002")) == (E1, True)
    assert perimeters.place_of(frames, ("62004",)) == ("62004", True)
    assert perimeters.place_of(frames, ("62001", "62002", "62003")) == (E1, False)
    assert perimeters.place_of(frames, tuple(c["code"] for c in COMMUNES)) == ("62", True)
    assert perimeters.place_of(frames, ()) == ("", False)


def test_prospects_hold_a_convention_in_force_and_lack_a_ctg(frames: Frames) -> None:
    (seul,) = prospects(frames, Portee(T))
    assert (seul.code, seul.collectivite, seul.communes, seul.total, seul.population) == (
        "62004", "Dainville", ("62004",), 1, 800.0,
    )  # fmt: skip
    assert [c.id for c in seul.conventions] == ["K1"]
    assert prospects(frames, Portee(date(2026, 11, 2))) == ()
    assert [p.code for p in prospects(frames, Portee(T, champ="enfance"))] == ["62004"]
    assert prospects(frames, Portee(T, champ="logement")) == ()
    assert prospects(frames, Portee(T, territoire="62003")) == ()
    en_2018 = {p.code: p for p in prospects(frames, Portee(date(2018, 3, 1)))}
    assert set(en_2018) == {E1, "62004"}
    assert en_2018[E1].demarches == ("A1", "A2", "A3", "B1", "X1")


def test_a_dossier_gathers_what_the_tables_hold(frames: Frames) -> None:
    d = dossier.of_agreement(frames, "A2", T)
    assert d.actions_par_etat == {"prevue": 1, "realisee": 1}
    assert [a.id for a in d.actions] == ["1", "2"]
    assert [x.id_ctg for x in d.chaine] == ["A1", "A2", "A3"]
    assert [a.id_ctg for a in d.departementaux] == ["D1"]
    assert d.champs_communs == ("logement",)
    assert [(s.id, s.champs) for s in d.schemas] == [("S1", ("logement",))]
    assert [c.id for c in d.conventions] == ["K2"]
    assert dossier.of_agreement(frames, "B1", T).roles == {"62001": "signataire"}
    assert dossier.of_agreement(frames, "inconnue", T) is None
    assert dossier.of_agreement(frames, "D1", T).departementaux == ()


def test_the_trajectory_of_the_dataset_stands_beside_the_national_reference(make_frames: Fabrique) -> None:
    sienne = {"annee": 2027, "cible_population_pct": 90, "source": "Cpog de la Caf"}
    points = deployment.trajectory(make_frames(COMMUNES, {"trajectoire": [sienne]}))
    assert [(p.annee, p.cible_pct) for p in points if not p.nationale] == [(2027, 90.0)]
    assert [p.cible_pct for p in points if p.nationale] == [20, 35, 55, 75, 85]
    nationale = {"annee": 2018, "cible_population_pct": 20, "source": "Trajectoire nationale"}
    assert len(deployment.trajectory(make_frames(COMMUNES, {"trajectoire": [nationale]}))) == 1


def test_an_expired_agreement_that_another_follows_is_said_renewed(frames: Frames) -> None:
    a1 = register.entry(frames, "A1", T)
    assert (a1.statut, a1.renouvelee_par) == (StatutCtg.ECHUE, "A2")
    assert register.entry(frames, "A1", date(2023, 2, 1)).renouvelee_par == ""


@pytest.mark.parametrize(
    ("debut", "attendu"),
    [
        (date(2022, 12, 31), [(NatureEcart.CHEVAUCHEMENT, date(2022, 12, 31), date(2022, 12, 31))]),
        (date(2023, 1, 1), []),
        (date(2023, 1, 2), [(NatureEcart.SANS_CTG, date(2023, 1, 1), date(2023, 1, 1))]),
    ],
)
def test_a_renewal_the_next_day_leaves_neither_gap_nor_overlap(
    make_frames: Fabrique, debut: date, attendu: list[tuple[NatureEcart, date, date]]
) -> None:
    suite = {"id_ctg": "S", "echelon": "communal", "statut": "signee", "date_signature": date(2022, 6, 1)}
    ctg = [
        suite | {"date_debut": date(2019, 1, 1), "date_fin": date(2022, 12, 31), "id_ctg": "P"},
        suite | {"date_debut": debut, "date_fin": date(2027, 12, 31)},
    ]
    liens = [{"id_ctg": i, "code_commune": "62001"} for i in ("P", "S")]
    ecarts = deadlines.gaps(make_frames(COMMUNES, {"ctg": ctg, "ctg_communes": liens}), Portee(T))
    assert [(e.nature, e.debut, e.fin) for e in ecarts] == attendu
