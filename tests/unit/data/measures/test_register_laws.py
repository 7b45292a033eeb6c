"""Laws of the register: each commune once, more agreements never cover less, both ends of a period inside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.frames import Frames
from data.measures import anomalies, coverage, deadlines, deployment, register
from data.measures.scope import Portee
from data.model import FiltreEchelon, StatutCtg

Fabrique = Callable[..., Frames]
CODES = ("62001", "62002", "62003", "62004")
POPULATIONS = {"62001": 100.0, "62002": 200.0, "62003": 400.0}  # the last one is not known
COMMUNES = [
    {"code": c, "code_epci": e} | ({"population": POPULATIONS[c]} if c in POPULATIONS else {})
    for c, e in zip(CODES, ("200000001", "200000001", "200000002", ""), strict=True)
]
LOIS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LOCAUX = {"intercommunal", "communal"}
DEPART = date(2018, 1, 1)


@st.composite
def une_ctg(draw: st.DrawFn) -> dict:
    signature = draw(st.none() | st.integers(0, 1500).map(lambda n: DEPART + timedelta(days=n)))
    debut = draw(st.none() | st.integers(0, 1500).map(lambda n: DEPART + timedelta(days=n)))
    base = debut or signature
    fin = draw(st.none() | st.integers(0, 1500).map(lambda n: base + timedelta(days=n))) if base else None
    return {
        "echelon": draw(st.sampled_from(["intercommunal", "communal", "departemental"])),
        "signature": signature,
        "debut": debut,
        "fin": fin,
        "communes": draw(st.sets(st.sampled_from(CODES), max_size=4)),
    }


def jeu(make_frames: Fabrique, ctgs: list[dict], **plus: object) -> Frames:
    noms = {"signature": "date_signature", "debut": "date_debut", "fin": "date_fin"}
    lignes = [
        {"id_ctg": f"C{i}", "echelon": c["echelon"], "statut": "signee"}
        | {nom: c[cle] for cle, nom in noms.items() if c[cle]}
        for i, c in enumerate(ctgs)
    ]
    liens = [
        {"id_ctg": f"C{i}", "code_commune": code, "role": "couverte"}
        for i, c in enumerate(ctgs)
        for code in sorted(c["communes"])
    ]
    return make_frames(COMMUNES, {"ctg": lignes, "ctg_communes": liens, **plus})


def bornes(c: dict) -> tuple[date, date] | None:
    """Effective period of a signed agreement, by hand: five years where no end is written."""
    if not c["signature"]:
        return None
    debut = c["debut"] or c["signature"]
    if c["fin"]:
        return debut, c["fin"]
    jour = 28 if (debut.month, debut.day) == (2, 29) and not _bissextile(debut.year + 5) else debut.day
    return debut, date(debut.year + 5, debut.month, jour) - timedelta(days=1)


def _bissextile(annee: int) -> bool:
    return annee % 4 == 0 and (annee % 100 != 0 or annee % 400 == 0)


def couvertes(ctgs: list[dict], t: date, connu: date | None = None) -> set[str]:
    """Communes covered at a day by agreements signed by `connu`, counted by hand."""
    return {
        commune
        for c in ctgs
        if c["echelon"] in LOCAUX
        and c["signature"]
        and c["signature"] <= (connu or t)
        and bornes(c)[0] <= t <= bornes(c)[1]
        for commune in c["communes"]
    }


def jours_limites(ctgs: list[dict]) -> list[date]:
    bords = [b for c in ctgs if bornes(c) for b in (*bornes(c), c["signature"])]
    return sorted({b + timedelta(days=d) for b in bords for d in (-1, 0, 1)}) or [DEPART]


@given(ctgs=st.lists(une_ctg(), max_size=5))
@LOIS
def test_coverage_is_what_one_counts_by_hand_on_each_side_of_each_boundary(
    make_frames: Fabrique, ctgs: list[dict]
) -> None:
    frames = jeu(make_frames, ctgs)
    for t in jours_limites(ctgs):
        attendues = couvertes(ctgs, t)
        point = deployment.at(frames, Portee(t))
        assert point.communes == (coverage.Part(len(attendues), len(CODES)))
        assert point.population.numerateur == sum(POPULATIONS.get(c, 0.0) for c in attendues)
        assert point.population.denominateur == 700.0
        epci = [len(attendues & {"62001", "62002"}), len(attendues & {"62003"})]
        assert point.epci_entiers == (epci[0] == 2) + (epci[1] == 1)
        assert point.epci_nuls == (epci[0] == 0) + (epci[1] == 0)
        assert point.epci_partiels == (epci[0] == 1)


@given(ctgs=st.lists(une_ctg(), max_size=4), autre=une_ctg(), n=st.integers(0, 2500))
@LOIS
def test_one_more_agreement_never_covers_less(make_frames: Fabrique, ctgs: list[dict], autre: dict, n: int) -> None:
    portee = Portee(DEPART + timedelta(days=n))
    avant, apres = (jeu(make_frames, liste) for liste in (ctgs, [*ctgs, autre]))
    for mesure in (lambda f: deployment.at(f, portee), lambda f: deployment.forecast(f, portee)[0]):
        assert mesure(apres).communes.numerateur >= mesure(avant).communes.numerateur
        assert mesure(apres).population.numerateur >= mesure(avant).population.numerateur
    jamais = [{c for m in deployment.never_covered(f, portee) for c in m.communes} for f in (avant, apres)]
    assert jamais[1] <= jamais[0]


@given(ctgs=st.lists(une_ctg(), max_size=5), n=st.integers(0, 2500))
@LOIS
def test_each_commune_was_once_covered_or_never(make_frames: Fabrique, ctgs: list[dict], n: int) -> None:
    t = DEPART + timedelta(days=n)
    frames = jeu(make_frames, ctgs)
    listees = [c for m in deployment.never_covered(frames, Portee(t)) for c in m.communes]
    assert len(listees) == len(set(listees))
    passe = {c for j in [*(x for x in jours_limites(ctgs) if x <= t), t] for c in couvertes(ctgs, j)}
    assert set(listees) == set(CODES) - passe
    periodes = deployment.by_cog_period(frames, Portee(t))
    assert sum(p.nouvelles for p in periodes) == len(passe)


@given(ctgs=st.lists(une_ctg(), max_size=5), n=st.integers(0, 2500))
@LOIS
def test_the_forecast_follows_the_ends_and_begins_where_coverage_is(
    make_frames: Fabrique, ctgs: list[dict], n: int
) -> None:
    t = DEPART + timedelta(days=n)
    frames = jeu(make_frames, ctgs)
    points = deployment.forecast(frames, Portee(t))
    assert points[0].communes == deployment.at(frames, Portee(t)).communes
    for p in points:
        assert p.communes.numerateur == len(couvertes(ctgs, p.jour, connu=t)), p.jour
    assert points[-1].communes.numerateur == 0 or len(points) == 1
    finies = [i for p in points for i in p.fins]
    assert len(finies) == len(set(finies))


@given(ctgs=st.lists(une_ctg(), min_size=1, max_size=4))
@LOIS
def test_a_status_says_the_same_on_the_last_day_and_changes_on_the_next(
    make_frames: Fabrique, ctgs: list[dict]
) -> None:
    frames = jeu(make_frames, ctgs)
    for i, c in enumerate(ctgs):
        if not bornes(c) or max(c["signature"], bornes(c)[0]) > bornes(c)[1]:
            continue
        debut, fin = bornes(c)
        statuts = {t: register.entry(frames, f"C{i}", t).statut for t in (fin, fin + timedelta(days=1))}
        assert statuts[fin] is StatutCtg.A_RENOUVELER
        assert statuts[fin + timedelta(days=1)] is StatutCtg.ECHUE
        effet = max(c["signature"], debut)
        assert register.entry(frames, f"C{i}", effet).active
        assert not register.entry(frames, f"C{i}", effet - timedelta(days=1)).active
        assert [e.inscription.id_ctg for e in deadlines.of_entries(frames, Portee(fin)) if e.jours == 0].count(
            f"C{i}"
        ) == 1


@given(ctgs=st.lists(une_ctg(), max_size=5), n=st.integers(0, 2500))
@LOIS
def test_a_gap_holds_no_covered_day_and_stands_between_covered_ones(
    make_frames: Fabrique, ctgs: list[dict], n: int
) -> None:
    t = DEPART + timedelta(days=n)
    ecarts = deadlines.gaps(jeu(make_frames, ctgs), Portee(t))
    for e in ecarts:
        fin = e.fin or t
        assert e.debut <= fin
        if e.departemental:
            continue
        if e.nature is deadlines.NatureEcart.SANS_CTG:
            for jour in (e.debut, fin):
                assert not couvertes(ctgs, jour, connu=t) & set(e.communes)
            assert set(e.communes) <= couvertes(ctgs, e.debut - timedelta(days=1), connu=t)
            assert e.fin is None or set(e.communes) <= couvertes(ctgs, fin + timedelta(days=1), connu=t)
        else:
            deux = [ctgs[int(i[1:])] for i in (e.avant, e.apres)]
            assert deux[0]["echelon"] == deux[1]["echelon"]
            for jour in (e.debut, fin):
                assert all(bornes(c)[0] <= jour <= bornes(c)[1] for c in deux)


@given(ctgs=st.lists(une_ctg(), max_size=5), n=st.integers(0, 2500))
@LOIS
def test_filters_only_take_away(make_frames: Fabrique, ctgs: list[dict], n: int) -> None:
    frames, tout = jeu(make_frames, ctgs), Portee(DEPART + timedelta(days=n))
    toutes = {e.id_ctg for e in register.entries(frames, tout)}
    assert toutes == {f"C{i}" for i in range(len(ctgs))}
    for filtre in (
        replace(tout, echelon=FiltreEchelon.COMMUNAL),
        replace(tout, territoire="200000001"),
        replace(tout, communes=("62003", "62004")),
    ):
        gardees = {e.id_ctg for e in register.entries(frames, filtre)}
        voulues = {
            f"C{i}"
            for i, c in enumerate(ctgs)
            if (filtre.echelon is FiltreEchelon.TOUS or c["echelon"] == "communal")
            and (not filtre.territoire or c["communes"] & {"62001", "62002"})
            and (not filtre.communes or c["communes"] & {"62003", "62004"})
        }
        assert gardees == voulues
        assert {a.id_ctg for a in anomalies.of_entries(frames, filtre)} <= toutes


def test_months_after_ends_with_the_month() -> None:
    assert deadlines.months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert deadlines.months_after(date(2028, 5, 31), -3) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("fin", "seuil"), [((2027, 2, 1), 3), ((2027, 2, 2), 6), ((2027, 11, 1), 12), ((2027, 11, 2), None)]
)
def test_a_threshold_holds_its_own_last_day(
    make_frames: Fabrique, fin: tuple[int, int, int], seuil: int | None
) -> None:
    c = {"echelon": "communal", "signature": date(2024, 1, 1), "debut": None, "fin": date(*fin), "communes": {"62001"}}
    (echeance,) = deadlines.of_entries(jeu(make_frames, [c]), Portee(date(2026, 11, 1)))
    assert echeance.seuil == seuil
    assert echeance.jours == (date(*fin) - date(2026, 11, 1)).days


def test_the_forecast_keeps_the_last_day(make_frames: Fabrique) -> None:
    fin = date(2027, 3, 1)
    c = {"echelon": "communal", "signature": date(2024, 1, 1), "debut": None, "fin": fin, "communes": {"62001"}}
    frames = jeu(make_frames, [c])
    points = {p.jour: p for p in deployment.forecast(frames, Portee(date(2027, 1, 15)))}
    assert {j: p.communes.numerateur for j, p in points.items()} == {
        date(2027, 1, 15): 1,
        date(2027, 2, 1): 1,
        date(2027, 3, 1): 1,
        date(2027, 4, 1): 0,
    }
    assert points[date(2027, 4, 1)].fins == ("C0",)
    assert deployment.forecast(frames, Portee(fin))[0].communes.numerateur == 1


def test_first_days_take_the_later_of_signature_and_start(make_frames: Fabrique) -> None:
    ctgs = [
        {
            "echelon": "communal",
            "signature": date(2020, 5, 1),
            "debut": date(2020, 1, 1),
            "fin": None,
            "communes": {"62001"},
        },
        {
            "echelon": "communal",
            "signature": date(2020, 5, 1),
            "debut": date(2021, 1, 1),
            "fin": None,
            "communes": {"62002"},
        },
    ]
    premiers = deployment.first_days(jeu(make_frames, ctgs), Portee(date(2020, 12, 31)))
    assert [str(p) for p in premiers] == ["2020-05-01", "NaT", "NaT", "NaT"]
    assert np.isnat(premiers[1])
