"""Figures of a set of communes, against the same sums made by hand from the tables."""

import random
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from data.frames import Frames
from data.measures import agreements, composition, coverage, density, ensemble, places, sheet, sums, territories
from data.measures.ensemble import Demande
from data.model import Echelon, FiltreEchelon, Maille, Profil, StatutCtg

JOUR = date(2026, 11, 1)
ACTIFS = {StatutCtg.EN_VIGUEUR.value, StatutCtg.A_RENOUVELER.value}


def by_hand(frames: Frames, choisies: set[str], champ: str) -> dict[str, object]:
    """Compute the same figures row by row, without any array."""
    statut = dict(zip(*(agreements.status(frames, JOUR)[c] for c in ("id_ctg", "statut")), strict=True))
    echelon = dict(zip(frames["ctg"]["id_ctg"], frames["ctg"]["echelon"], strict=True))
    nommees = {r["id_ctg"] for r in frames["ctg_champs"].to_dict("records") if champ in ("tous", r["champ"])}
    couvertes, tenues = set(), set()
    for lien in frames["ctg_communes"].to_dict("records"):
        code, ident = lien["code_commune"], lien["id_ctg"]
        if code not in choisies:
            continue
        tenues.add(ident)
        locale = echelon[ident] in (Echelon.INTERCOMMUNAL.value, Echelon.COMMUNAL.value)
        if locale and statut[ident] in ACTIFS and (champ == "tous" or ident in nommees):
            couvertes.add(code)
    population = {}
    for ligne in frames["indicateurs"].sort_values("annee").to_dict("records"):
        if (
            ligne["indicateur"] == "population_municipale"
            and ligne["maille"] == "commune"
            and ligne["annee"] <= JOUR.year
        ):
            population[ligne["code_territoire"]] = ligne["valeur"]
    ouverts = [
        s
        for s in frames["services"].to_dict("records")
        if s["code_commune"] in choisies
        and (champ == "tous" or champ in s["champ"].split("|"))
        and not (s["date_ouverture"] == s["date_ouverture"] and s["date_ouverture"].date() > JOUR)
        and not (s["date_fermeture"] == s["date_fermeture"] and s["date_fermeture"].date() <= JOUR)
    ]
    points = places.points(frames, JOUR)
    acces = points[(points["etat"] == "ouvert") & points["code_commune"].isin(choisies)]
    epci = dict(zip(frames.communes["code"], frames.communes["code_epci"], strict=True))
    entiers = {e for e in epci.values() if e and {c for c in epci if epci[c] == e} <= choisies}
    return {
        "population": (sum(population[c] for c in couvertes), sum(population[c] for c in choisies)),
        "communes": (len(couvertes), len(choisies)),
        "ctg": {s: sum(statut[i] == s for i in tenues) for s in ("en_vigueur", "a_renouveler", "echue")},
        "services": len(ouverts),
        "points_acces": len(acces),
        "epci": (len({epci[c] for c in choisies} - {""}), len(entiers)),
    }


@pytest.mark.parametrize("champ", ["tous", "handicap", "petite_enfance"])
@pytest.mark.parametrize("graine", [1, 2, 3])
def test_any_set_is_the_sum_of_its_communes(frames_demo: Frames, champ: str, graine: int) -> None:
    tirage = random.Random(graine)
    choisies = set(tirage.sample(list(frames_demo.communes["code"]), tirage.randint(5, 120)))
    trouve = ensemble.compute(
        frames_demo, composition.of_codes(frames_demo, choisies), Demande(JOUR, FiltreEchelon.TOUS, champ)
    )
    attendu = by_hand(frames_demo, choisies, champ)
    assert (trouve.population.numerateur, trouve.population.denominateur) == pytest.approx(attendu["population"])
    assert (trouve.communes.numerateur, trouve.communes.denominateur) == attendu["communes"]
    assert {s: trouve.ctg[s] for s in ("en_vigueur", "a_renouveler", "echue")} == attendu["ctg"]
    assert trouve.services == attendu["services"]
    assert sum(trouve.points_acces.values()) == attendu["points_acces"]
    assert (trouve.epci, trouve.epci_entiers) == attendu["epci"]
    assert trouve.habitants == pytest.approx(attendu["population"][1])


def test_an_extent_has_the_figures_of_its_communes(frames_demo: Frames) -> None:
    dedans = composition.of_extent(frames_demo, (-6.4, 46.3, -6.0, 46.6))
    choisies = set(frames_demo.communes["code"][dedans])
    trouve = ensemble.compute(frames_demo, dedans, Demande(JOUR, FiltreEchelon.TOUS, "tous"))
    attendu = by_hand(frames_demo, choisies, "tous")
    assert (trouve.population.numerateur, trouve.population.denominateur) == pytest.approx(attendu["population"])
    assert trouve.population.taux_pct == pytest.approx(100 * attendu["population"][0] / attendu["population"][1])


def test_the_whole_dataset_is_a_set_too(frames_demo: Frames) -> None:
    tout = np.ones(len(frames_demo.communes), dtype=bool)
    trouve = ensemble.compute(frames_demo, tout, Demande(JOUR, FiltreEchelon.TOUS, "tous"))
    entier = coverage.compute(frames_demo, JOUR)
    assert (trouve.population, trouve.communes) == (entier.population, entier.communes)
    assert trouve.ctg == agreements.counts(frames_demo, JOUR, FiltreEchelon.TOUS)
    assert trouve.points_acces == places.totals(frames_demo, JOUR)


def test_no_commune_at_all_has_no_figure_and_no_fault(frames_demo: Frames) -> None:
    vide = np.zeros(len(frames_demo.communes), dtype=bool)
    trouve = ensemble.compute(frames_demo, vide, Demande(JOUR, FiltreEchelon.TOUS, "tous"))
    assert trouve.population.taux_pct is None
    assert (trouve.habitants, trouve.services, trouve.densite) == (None, 0, None)


def test_the_sheet_of_the_communes_of_an_epci_is_that_of_the_epci(frames_demo: Frames) -> None:
    """Every sum agrees with the one that the map shows; what only the producer gives for the Epci stays blank."""
    for code in territories.groups(frames_demo, Maille.EPCI).codes[:5]:
        epci = sheet.of_territory(frames_demo, code, JOUR)
        compose = sheet.of_communes(frames_demo, territories.communes_of(frames_demo, code), "Essai", JOUR)
        assert epci is not None
        assert (compose.couvertes, compose.total, compose.population) == (epci.couvertes, epci.total, epci.population)
        assert compose.part_population == epci.part_population
        assert [a.id_ctg for a in compose.locaux] == [a.id_ctg for a in epci.locaux]
        assert [p.id for p in compose.points_acces] == [p.id for p in epci.points_acces]
        for ici, la in zip(compose.services, epci.services, strict=True):
            assert (ici.services, ici.valeur, ici.statut) == (la.services, la.valeur, la.statut)
        for ici, la in zip(compose.indicateurs, epci.indicateurs, strict=True):
            if la.publie:
                assert ici.valeur is None or ici.valeur == pytest.approx(la.valeur, rel=0.02)
            else:
                assert (ici.valeur, ici.statut) == (pytest.approx(la.valeur), la.statut)


def test_a_small_count_is_given_by_no_set(make_frames: Callable[..., Frames]) -> None:
    """Neither alone, nor by a set and the same set without it: its block is whole in a sum, or the sum is secret."""
    enfants = {"62001": 3, "62002": 4, "62003": 40, "62004": 50, "62005": 60}
    frames = make_frames(
        [{"code": c, "code_epci": "200000001", "population": 1000} for c in enfants],
        {
            "ctg": [],
            "indicateurs": [
                {"code_territoire": c, "maille": "commune", "indicateur": "enfants_0_2", "annee": 2020, "valeur": v}
                for c, v in enfants.items()
            ],
        },
    )

    def total(*codes: str) -> float | None:
        dedans = composition.of_codes(frames, codes)
        somme = sums.totals_over(frames, ("enfants_0_2",), dedans, sums.Lecture(2020, Profil.INTERNE))
        return None if np.isnan(somme.valeurs[0]) else float(somme.valeurs[0])

    assert total("62003", "62004", "62005") == 150
    assert total("62001") is None
    assert total("62001", "62003", "62004", "62005") is None
    assert total("62002", "62003", "62004", "62005") is None
    assert total(*enfants) == 157
    part = coverage.over(
        frames, composition.of_codes(frames, ["62001", "62003"]), coverage.compute(frames, JOUR), 2020
    )[1]
    assert part.denominateur is None
    statut = density.over(frames, JOUR, "petite_enfance", composition.of_codes(frames, ["62001", "62003"]))["statut"]
    assert statut in ("secret", "manquant")
