"""What only the partner edition hides: cells that speak for two years, amounts, published rates and totals."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from data.frames import Frames
from data.measures import indicators, sums
from data.measures.effectifs import BLANCS, CONNU, SECRET
from data.measures.sums import Lecture
from data.model import Maille, Profil

Fabrique = Callable[..., Frames]
COMMUNES = [{"code": f"6200{i}", "code_epci": "246200011", "population": 400.0} for i in range(1, 6)]
EPCI = [{"code_epci": "246200011", "nom": "Epci"}]


def rows(
    indicateur: str, annee: int, valeurs: Mapping[str, float | str], maille: str = "commune"
) -> list[dict[str, Any]]:
    return [
        {"code_territoire": c, "maille": maille, "indicateur": indicateur, "annee": annee}
        | ({"statut": v} if isinstance(v, str) else {"valeur": v})
        for c, v in valeurs.items()
    ]


def by_commune(*valeurs: float | str) -> dict[str, float | str]:
    return {f"6200{i}": v for i, v in enumerate(valeurs, 1)}


def partner(annee: int) -> Lecture:
    return Lecture(annee, Profil.PARTENAIRE)


def statuses(frames: Frames, indicateur: str, maille: Maille, lecture: Lecture) -> list[str]:
    return indicators.values(frames, indicateur, maille, lecture)["statut"].tolist()


def test_a_neighbour_hidden_in_one_year_stays_hidden_when_it_speaks_for_another(make_frames: Fabrique) -> None:
    """In 2019 the second commune is hidden beside the first; in 2021 its 2019 value stands in for a missing one."""
    lignes = rows("expulsions", 2019, by_commune(3, 22, 40, 200, 300))
    lignes += rows("expulsions", 2021, by_commune(60, "manquant", 40, 200, 300))
    frames = make_frames(COMMUNES, {"indicateurs": lignes, "epci": EPCI})
    assert statuses(frames, "expulsions", Maille.COMMUNE, partner(2019)) == ["secret", "secret", "", "", ""]
    assert statuses(frames, "expulsions", Maille.COMMUNE, partner(2021)) == ["", "secret", "", "", ""]
    assert statuses(frames, "expulsions", Maille.EPCI, partner(2019)) == [""]
    assert statuses(frames, "expulsions", Maille.EPCI, partner(2021)) == ["secret"], "60 + 40 + 200 + 300 would give it"


def test_an_amount_follows_the_households_that_receive_it(make_frames: Fabrique) -> None:
    lignes = rows("foyers_allocataires", 2021, by_commune(4, 7, 40, 200, 300))
    lignes += rows("action_sociale_eur", 2021, by_commune(900, 1_500, 40_000, 200_000, 300_000))
    frames = make_frames(COMMUNES, {"indicateurs": lignes, "epci": EPCI})
    lecture = partner(2021)
    assert statuses(frames, "action_sociale_eur", Maille.COMMUNE, lecture) == ["secret", "secret", "", "", ""]
    interne = Lecture(2021, Profil.INTERNE)
    assert statuses(frames, "action_sociale_eur", Maille.COMMUNE, interne) == [""] * 5
    assert sums.totals(frames, ("action_sociale_eur",), Maille.EPCI, lecture).blancs.tolist() == [CONNU]


def test_a_published_rate_gives_no_hidden_denominator_back(make_frames: Fabrique) -> None:
    """12 places and 200 places for 100 children say that there are 6 children."""
    lignes = rows("enfants_0_2", 2021, by_commune(6, 5, 90, 120, 80))
    lignes += rows("places_petite_enfance", 2021, by_commune(12, 3, 45, 60, 40))
    lignes += rows("taux_couverture_petite_enfance", 2021, by_commune(200, 60, 50, 50, 50))
    frames = make_frames(COMMUNES, {"indicateurs": lignes, "epci": EPCI})
    trouves = statuses(frames, "taux_couverture_petite_enfance", Maille.COMMUNE, partner(2021))
    assert trouves == ["secret", "secret", "", "", ""]
    interne = statuses(frames, "taux_couverture_petite_enfance", Maille.COMMUNE, Lecture(2021))
    assert interne == [""] * 5


def test_a_share_of_the_population_stands_for_no_handful_of_persons(make_frames: Fabrique) -> None:
    """2 % of 400 inhabitants are 8 persons."""
    frames = make_frames(COMMUNES, {"indicateurs": rows("taux_pauvrete", 2021, by_commune(2, 3, 0, 20, 15))})
    assert statuses(frames, "taux_pauvrete", Maille.COMMUNE, partner(2021)) == ["secret", "", "", "", ""]


def test_a_published_total_that_leaves_too_little_is_hidden(make_frames: Fabrique) -> None:
    """The producer hides two communes and publishes an Epci total that leaves 3 for both: one has 1, the other 2."""
    lignes = rows("familles_biactives", 2021, by_commune("secret", "secret", 40, 200, 300))
    for total, attendu in ((543.0, SECRET), (551.0, CONNU)):
        publiee = rows("familles_biactives", 2021, {"246200011": total}, "epci")
        frames = make_frames(COMMUNES, {"indicateurs": lignes + publiee, "epci": EPCI})
        blancs = sums.totals(frames, ("familles_biactives",), Maille.EPCI, partner(2021)).blancs
        assert [BLANCS[b] for b in blancs] == [BLANCS[attendu]], total


def test_frozen_bounds_come_from_what_the_partner_sees(make_frames: Fabrique) -> None:
    frames = make_frames(COMMUNES, {"indicateurs": rows("expulsions", 2021, by_commune(3, 22, 40, 200, 300))})
    assert sorted(indicators.every_year(frames, "expulsions", Maille.COMMUNE, Profil.PARTENAIRE)) == [40, 200, 300]
    assert not np.isin([3, 22], indicators.every_year(frames, "expulsions", Maille.COMMUNE, Profil.PARTENAIRE)).any()
