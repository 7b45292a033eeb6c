"""Coverage: the words of FORMATS §3 one by one, then the laws."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.frames import Frames
from data.measures import coverage
from data.measures.coverage import Part
from data.model import FiltreEchelon, Profil

Fabrique = Callable[..., Frames]
E1, E2 = "200000001", "200000002"
COMMUNES = [
    {"code": "62001", "code_epci": E1, "population": 100},
    {"code": "62002", "code_epci": E1, "population": 200},
    {"code": "62003", "code_epci": E2, "population": 400},
    {"code": "62004", "population": 800},
    {"code": "62005", "code_epci": E2},
]
JOUR = date(2022, 6, 1)


def ctg(ident: str, echelon: str = "intercommunal", signature: date | None = date(2020, 1, 1), **plus: object) -> dict:
    ligne = {"id_ctg": ident, "echelon": echelon, "statut": "signee"} | plus
    return ligne | ({"date_signature": signature} if signature else {})


def links(**communes: str) -> list[dict]:
    return [
        {"id_ctg": ident, "code_commune": code, "role": "couverte"}
        for ident, liste in communes.items()
        for code in liste.split()
    ]


@pytest.fixture
def frames(make_frames: Fabrique) -> Frames:
    return make_frames(
        COMMUNES,
        {
            "ctg": [
                ctg("INTER"),
                ctg("COMM", "communal"),
                ctg("DEP", "departemental"),
                ctg("PREP", signature=None, statut="redaction"),
                ctg("VIEILLE", date_fin=date(2021, 12, 31)),
            ],
            "ctg_communes": links(
                INTER="62001 62002 99999", COMM="62001", DEP="62001 62002 62003 62004 62005", PREP="62002 62003",
                VIEILLE="62003 62004 62005",
            ),
            "ctg_champs": [{"id_ctg": "COMM", "champ": "logement"}, {"id_ctg": "INTER", "champ": "enfance"}],
            "indicateurs": [
                {"code_territoire": c, "maille": "commune", "indicateur": "enfants_0_2", "annee": 2020, "valeur": v}
                for c, v in (("62001", 10), ("62002", 20), ("62003", 40))
            ],
        },
    )  # fmt: skip


def codes(couverture: coverage.Couverture) -> set[str]:
    return set(couverture.couvertes[couverture.couvertes].index)


@pytest.mark.parametrize(
    ("echelon", "attendu"),
    [
        ("tous", {"62001", "62002"}),
        ("local", {"62001", "62002"}),
        ("intercommunal", {"62001", "62002"}),
        ("communal", {"62001"}),
        ("departemental", {"62001", "62002", "62003", "62004", "62005"}),
    ],
)
def test_departmental_agreements_are_never_added(frames: Frames, echelon: str, attendu: set[str]) -> None:
    assert codes(coverage.compute(frames, JOUR, FiltreEchelon(echelon))) == attendu


def test_parts_and_those_left_out(frames: Frames) -> None:
    couverture = coverage.compute(frames, JOUR)
    assert couverture.population == Part(300.0, 1500.0)
    assert couverture.population.taux_pct == 20.0
    assert couverture.enfants == Part(30.0, 70.0)
    assert couverture.communes == Part(2, 5)
    assert couverture.sans_population == ("62005",)
    assert couverture.sans_enfants == ("62004", "62005")


def test_epci_count_their_communes_of_the_dataset_even_without_population(frames: Frames) -> None:
    local = coverage.compute(frames, JOUR).epci.set_index("code_epci")
    assert local.loc[E1, ["couvertes", "total", "etat"]].tolist() == [2, 2, "entiere"]
    assert local.loc[E2, ["couvertes", "total", "etat"]].tolist() == [0, 2, "nulle"]
    communal = coverage.compute(frames, JOUR, FiltreEchelon.COMMUNAL).epci.set_index("code_epci")
    assert communal.loc[E1, ["couvertes", "total", "etat"]].tolist() == [1, 2, "partielle"]


@pytest.mark.parametrize(
    ("champ", "attendu"), [("logement", {"62001"}), ("enfance", {"62001", "62002"}), ("handicap", set())]
)
def test_with_a_field_only_agreements_that_name_it_count(frames: Frames, champ: str, attendu: set[str]) -> None:
    assert codes(coverage.compute(frames, JOUR, champ=champ)) == attendu


def test_a_commune_takes_the_best_of_its_agreements(frames: Frames) -> None:
    assert coverage.compute(frames, JOUR).statuts.to_dict() == {
        "62001": "en_vigueur",
        "62002": "en_vigueur",
        "62003": "en_preparation",
        "62004": "echue",
        "62005": "echue",
    }


def test_to_come_is_in_preparation_on_the_map_and_covers_nothing(make_frames: Fabrique) -> None:
    frames = make_frames(COMMUNES, {"ctg": [ctg("A", date_debut=date(2023, 1, 1))], "ctg_communes": links(A="62001")})
    couverture = coverage.compute(frames, JOUR)
    assert couverture.statuts["62001"] == "en_preparation"
    assert couverture.communes == Part(0, 5)


def test_every_agreement_of_a_commune_is_listed_the_best_first(frames: Frames) -> None:
    liste = coverage.compute(frames, JOUR).ctg_par_commune
    assert liste[["code_commune", "id_ctg", "statut"]].to_numpy().tolist() == [
        ["62001", "COMM", "en_vigueur"],
        ["62001", "INTER", "en_vigueur"],
        ["62002", "INTER", "en_vigueur"],
        ["62002", "PREP", "en_preparation"],
        ["62003", "PREP", "en_preparation"],
        ["62003", "VIEILLE", "echue"],
        ["62004", "VIEILLE", "echue"],
        ["62005", "VIEILLE", "echue"],
    ]


def test_one_link_per_pair_whatever_the_roles(make_frames: Fabrique) -> None:
    double = [{"id_ctg": "A", "code_commune": "62001", "role": r} for r in ("signataire", "couverte", "signataire")]
    frames = make_frames(COMMUNES, {"ctg": [ctg("A")], "ctg_communes": double})
    liste = coverage.compute(frames, JOUR).ctg_par_commune
    assert liste["role"].tolist() == ["signataire|couverte"]
    assert coverage.compute(frames, JOUR).population == Part(100.0, 1500.0)


def test_any_role_covers(make_frames: Fabrique) -> None:
    signataire = [{"id_ctg": "A", "code_commune": "62001", "role": "signataire"}]
    frames = make_frames(COMMUNES, {"ctg": [ctg("A")], "ctg_communes": signataire})
    assert codes(coverage.compute(frames, JOUR)) == {"62001"}


@pytest.mark.parametrize(
    ("annee", "attendu"), [(2015, 1.0), (2018, 1.0), (2019, 1.0), (2020, 2.0), (2022, 2.0), (2023, 3.0), (2040, 3.0)]
)
def test_population_of_the_latest_year_not_after_else_the_earliest(
    make_frames: Fabrique, annee: int, attendu: float
) -> None:
    annees = [
        {"code_territoire": "62001", "maille": "commune", "indicateur": "population_municipale"}
        | {"annee": a, "valeur": v}
        for a, v in ((2020, 2.0), (2018, 1.0), (2023, 3.0))
    ]
    frames = make_frames(COMMUNES, {"indicateurs": annees})
    autres = 200 + 400 + 800
    assert coverage.compute(frames, date(annee, 1, 1)).population.denominateur == attendu + autres


def test_nothing_known_gives_no_rate(make_frames: Fabrique) -> None:
    couverture = coverage.compute(make_frames([{"code": "62001"}]), JOUR)
    assert couverture.population == Part(0.0, 0.0)
    assert couverture.population.taux_pct is None
    assert couverture.epci.empty
    assert couverture.communes.taux_pct == 0


def test_the_partner_edition_hides_a_numerator_that_would_give_a_count(make_frames: Fabrique) -> None:
    """Of two hidden counts tied together, one alone is covered."""
    enfants = [
        {"code_territoire": c, "maille": "commune", "indicateur": "enfants_0_2", "annee": 2020, "valeur": v}
        for c, v in (("62001", 5), ("62002", 6), ("62003", 90), ("62005", 90))
    ]
    tables = {"ctg": [ctg("A", "communal"), ctg("B")], "ctg_communes": links(A="62001 62003", B="62001 62002")}
    frames = make_frames(COMMUNES, tables | {"indicateurs": enfants})
    cachee = coverage.compute(frames, JOUR, FiltreEchelon.COMMUNAL, profil=Profil.PARTENAIRE)
    assert cachee.enfants == Part(None, 191.0)
    assert cachee.enfants.taux_pct is None
    assert coverage.compute(frames, JOUR, FiltreEchelon.INTERCOMMUNAL, profil=Profil.PARTENAIRE).enfants == Part(
        11.0, 191.0
    )
    assert coverage.compute(frames, JOUR, FiltreEchelon.COMMUNAL).enfants == Part(95.0, 191.0)


def test_deployment_curve(frames: Frames) -> None:
    courbe = coverage.by_year(frames, JOUR)
    assert courbe[["annee", "ctg", "communes", "epci"]].to_numpy().tolist() == [
        [2020, 3, 5, 2],
        [2021, 3, 5, 2],
        [2022, 2, 2, 1],
    ]
    assert courbe["jour"].tolist() == [date(2020, 12, 31), date(2021, 12, 31), JOUR]
    assert courbe["taux_pct"].tolist() == [100.0, 100.0, 20.0]


@st.composite
def agreements_and_links(draw: st.DrawFn) -> tuple[list[dict], list[dict]]:
    jours = st.dates(date(2018, 1, 1), date(2026, 1, 1))
    accords, liens = [], []
    for rang in range(draw(st.integers(1, 6))):
        debut = draw(jours)
        accords.append(
            ctg(
                f"C{rang}",
                draw(st.sampled_from(["intercommunal", "communal", "departemental"])),
                draw(st.one_of(st.none(), jours)),
                date_debut=debut,
                date_fin=debut + timedelta(days=draw(st.integers(0, 2000))),
            )
        )
        choisies = draw(st.lists(st.sampled_from([c["code"] for c in COMMUNES]), max_size=8))
        liens += links(**{f"C{rang}": " ".join(choisies)})
    return accords, liens


@settings(max_examples=40, deadline=None)
@given(agreements_and_links(), st.dates(date(2017, 1, 1), date(2032, 1, 1)), st.sampled_from(FiltreEchelon))
def test_laws_of_coverage(
    make_frames: Fabrique, cas: tuple[list[dict], list[dict]], jour: date, echelon: FiltreEchelon
) -> None:
    accords, liens = cas
    tous = make_frames(COMMUNES, {"ctg": accords, "ctg_communes": liens})
    sans = make_frames(COMMUNES, {"ctg": accords[1:], "ctg_communes": liens})
    couverture, moins = (coverage.compute(f, jour, echelon) for f in (tous, sans))
    population = {c["code"]: c.get("population", 0) for c in COMMUNES}
    assert couverture.population.numerateur == sum(population[c] for c in codes(couverture)), "each commune once"
    assert codes(moins) <= codes(couverture), "an agreement more never lowers coverage"
    assert couverture.epci["couvertes"].sum() == len(codes(couverture) - {"62004"}), "sums over mailles are equal"
    assert codes(coverage.compute(tous, jour)) == codes(coverage.compute(tous, jour, FiltreEchelon.LOCAL))
    union = codes(coverage.compute(tous, jour, FiltreEchelon.COMMUNAL)) | codes(
        coverage.compute(tous, jour, FiltreEchelon.INTERCOMMUNAL)
    )
    assert codes(coverage.compute(tous, jour, FiltreEchelon.LOCAL)) == union


@settings(max_examples=40, deadline=None)
@given(agreements_and_links(), st.integers(-1, 1))
def test_covered_exactly_while_signed_and_within_both_ends(
    make_frames: Fabrique, cas: tuple[list[dict], list[dict]], ecart: int
) -> None:
    accords, liens = cas
    frames = make_frames(COMMUNES, {"ctg": accords, "ctg_communes": liens})
    for accord in accords:
        for bord in ("date_signature", "date_debut", "date_fin"):
            jour = accord.get(bord, date(2020, 1, 1)) + timedelta(days=ecart)
            actifs = {
                a["id_ctg"]
                for a in accords
                if a["echelon"] != "departemental" and a.get("date_signature", date.max) <= jour
                and a["date_debut"] <= jour <= a["date_fin"]
            }  # fmt: skip
            attendu = {lien["code_commune"] for lien in liens if lien["id_ctg"] in actifs}
            assert codes(coverage.compute(frames, jour)) == attendu
