"""A territory beside its peers: who they are, and values that other measures give too; no rank anywhere."""

from datetime import date

import numpy as np
import pytest

from data.frames import Frames
from data.measures import coverage, density, indicators, peers, territories
from data.measures.peers import Angle
from data.measures.sums import Lecture
from data.model import Maille

JOUR = date(2026, 11, 1)


def test_peers_of_a_commune_have_its_size(frames_demo: Frames) -> None:
    code = frames_demo.communes["code"].iloc[5]
    groupe = peers.peers(frames_demo, code, JOUR.year)
    population = dict(zip(territories.codes(frames_demo), _population(frames_demo), strict=True))
    here = population[code]
    bas = max(t for t in peers.TRANCHES if t <= here)
    haut = min(t for t in peers.TRANCHES if t > here)
    assert set(groupe.codes) == {c for c, p in population.items() if bas <= p < haut and c != code}
    assert groupe.regle.replace("\u202f", "") == f"communes de {bas} à {haut - 1} habitants"


def _population(frames: Frames) -> list[float]:
    table = frames["indicateurs"]
    rows = table[(table["indicateur"] == "population_municipale") & (table["maille"] == "commune")]
    last = rows[rows["annee"] <= JOUR.year].sort_values("annee").groupby("code_territoire")["valeur"].last()
    return [float(last[c]) for c in territories.codes(frames)]


def test_peers_of_an_epci_have_its_nature_unless_too_few(frames_demo: Frames) -> None:
    natures = frames_demo["epci"].set_index("code_epci")["nature"]
    for code in territories.groups(frames_demo, Maille.EPCI).codes:
        groupe = peers.peers(frames_demo, code, JOUR.year)
        memes = {c for c in natures.index if natures[c] == natures[code]} - {code}
        wanted = memes if len(memes) >= 5 else set(natures.index) - {code}
        assert set(groupe.codes) == wanted & set(territories.groups(frames_demo, Maille.EPCI).codes)


def test_peers_by_density_where_the_dataset_has_it(frames_62: Frames) -> None:
    assert peers.peers(frames_62, "62041", 2026).regle.startswith("communes de 20\u202f000 à 49\u202f999")


@pytest.mark.parametrize("maille", [Maille.COMMUNE, Maille.EPCI])
def test_figures_are_those_of_the_other_measures(frames_demo: Frames, maille: Maille) -> None:
    codes = territories.groups(frames_demo, maille).codes
    code, autre = codes[3], codes[7]
    shown = {s.id: s for s in peers.situate(frames_demo, code, (autre,), Angle(JOUR))}
    table = density.compute(frames_demo, JOUR, "petite_enfance", maille).set_index("code")
    found = shown["densite_petite_enfance"]
    for chiffre, where in ((found.territoire, code), (found.autres[0], autre)):
        assert chiffre.statut == table.loc[where, "statut"]
        assert chiffre.valeur == (None if chiffre.statut else pytest.approx(table.loc[where, "valeur"]))
    revenu = indicators.values(frames_demo, "revenu_median", maille, Lecture(JOUR.year)).set_index("code")["valeur"]
    pairs = revenu[list(peers.peers(frames_demo, code, JOUR.year).codes)].dropna()
    assert shown["revenu_median"].pairs == pytest.approx(np.sort(pairs))
    assert shown["revenu_median"].quartiles is not None
    assert shown["revenu_median"].quartiles[1] == pytest.approx(pairs.median())
    assert "population_municipale" not in shown


def test_coverage_above_communes_is_a_ratio_of_sums(frames_demo: Frames) -> None:
    code = territories.groups(frames_demo, Maille.DEPARTEMENT).codes[0]
    shown = {s.id: s for s in peers.situate(frames_demo, code, (), Angle(JOUR))}
    total = coverage.compute(frames_demo, JOUR)
    dedans = (territories.members(frames_demo, Maille.DEPARTEMENT) == code).to_numpy()
    parts = coverage.over(frames_demo, dedans, total, JOUR.year)[0]
    assert shown["couverture_ctg"].territoire.valeur == pytest.approx(parts.taux_pct)


def test_a_commune_is_set_beside_its_epci_and_its_departement(frames_demo: Frames) -> None:
    epci = territories.members(frames_demo, Maille.EPCI)
    code = next(c for c, e in epci.items() if e)
    shown = {s.id: s for s in peers.situate(frames_demo, str(code), (), Angle(JOUR))}
    its_own = {s.id: s for s in peers.situate(frames_demo, epci[code], (), Angle(JOUR))}
    assert shown["densite_jeunesse"].epci == its_own["densite_jeunesse"].territoire
    assert its_own["densite_jeunesse"].epci is None


def test_few_peers_give_no_quartile() -> None:
    vide = peers.Chiffre(None, "")
    few = peers.Situation("x", "X", "", None, vide, None, None, (), np.arange(4.0))
    assert few.quartiles is None
    assert peers.Situation("x", "X", "", None, vide, None, None, (), np.arange(5.0)).quartiles == (1.0, 2.0, 3.0)
