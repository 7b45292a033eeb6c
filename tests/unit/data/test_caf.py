"""A national dataset seen by one Caf says what the dataset of that Caf alone says."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.figures import figures
from dashboard.permalink import from_query, to_query
from dashboard.scene import drawings_of
from data import departements, jeu
from data.caf import CAF_GARDEES, offered, within
from data.frames import Frames
from data.measures.sheet import of_territory
from layers.kit.view import View

JOUR = date(2026, 11, 1)
TOUTES = ("couverture_ctg", "densite_services", "points_acces", "territoires_prioritaires", "indicateur")
VUES = (
    "",
    "?echelon=departemental&maille=departement",
    "?champ=handicap&maille=epci",
    "?maille=epci&couches=densite_services,indicateur&indicateur=revenu_median&champ=petite_enfance",
    "?date=2019-03-15&couches=territoires_prioritaires,indicateur&indicateur=enfants_0_2",
)


@pytest.fixture(scope="module")
def ensemble(deux_caf: Path) -> Frames:
    return jeu.load(deux_caf)


def test_each_departement_of_the_dataset_is_a_caf(ensemble: Frames, frames_demo: Frames) -> None:
    assert offered(ensemble) == ("95", "96")
    assert offered(frames_demo) == ()
    assert len(ensemble.communes) == 2 * len(frames_demo.communes)
    assert len(within(ensemble, "96").communes) == len(frames_demo.communes)


@pytest.mark.parametrize("query", VUES)
def test_figures_of_a_caf_are_those_of_its_own_dataset(ensemble: Frames, frames_demo: Frames, query: str) -> None:
    view = from_query(f"{query or '?'}&caf=96".replace("?&", "?"), ensemble, JOUR).vue
    alone = from_query(query, frames_demo, JOUR).vue
    told, expected = figures(ensemble, view, ""), figures(frames_demo, alone, "")
    assert told.pop("jeu") == "Caf du département 96"
    expected.pop("jeu")
    assert told == expected


@pytest.mark.parametrize("maille", ["commune", "epci", "departement"])
def test_drawings_of_a_caf_are_those_of_its_own_dataset(ensemble: Frames, frames_demo: Frames, maille: str) -> None:
    query = f"maille={maille}&couches={','.join(TOUTES)}"
    seen = drawings_of(from_query(f"?{query}&caf=96", ensemble, JOUR).vue, ensemble)
    alone = drawings_of(from_query(f"?{query}", frames_demo, JOUR).vue, frames_demo)
    assert [d.marques for d in seen] == [d.marques for d in alone]
    assert [d.legende for d in seen] == [d.legende for d in alone]
    assert [d.notice for d in seen] == [d.notice for d in alone]


def test_the_sheet_of_a_territory_is_that_of_its_own_dataset(ensemble: Frames, frames_demo: Frames) -> None:
    for code in ("96001", frames_demo["epci"]["code_epci"].iloc[0], "96"):
        seen, alone = of_territory(within(ensemble, "96"), code, JOUR), of_territory(frames_demo, code, JOUR)
        assert repr(seen) == repr(alone)


def test_the_whole_is_the_sum_of_its_caf(ensemble: Frames) -> None:
    view = View(date=JOUR)
    whole = figures(ensemble, view, "")["couverture"]["population"]
    parts = [figures(within(ensemble, caf), view, "")["couverture"]["population"] for caf in offered(ensemble)]
    for term in ("numerateur", "denominateur"):
        assert whole[term] == sum(part[term] for part in parts) > 0


def test_the_address_keeps_its_caf_and_judges_it(ensemble: Frames, frames_demo: Frames) -> None:
    read = from_query("?caf=95&territoire=95001", ensemble, JOUR)
    assert (read.vue.caf, read.vue.territoire, read.avis) == ("95", "95001", ())
    assert to_query(read.vue, ensemble, JOUR) == "?caf=95&territoire=95001"
    elsewhere = from_query("?caf=95&territoire=96001", ensemble, JOUR)
    assert elsewhere.vue.territoire == ""
    assert "territoire=96001" in elsewhere.avis[0]
    assert "caf=62" in from_query("?caf=62", ensemble, JOUR).avis[0]
    alone = from_query("?caf=96", frames_demo, JOUR)
    assert (alone.vue.caf, alone.avis) == ("", ())


def test_a_caf_is_made_once_and_is_the_same_for_everyone(ensemble: Frames) -> None:
    assert within(ensemble, "95") is within(ensemble, "95")
    assert within(within(ensemble, "95"), "95") is within(ensemble, "95")
    assert within(ensemble, "") is ensemble
    assert CAF_GARDEES >= 2


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("01", "Caf de l'Ain"),
        ("2A", "Caf de Corse-du-Sud"),
        ("37", "Caf d'Indre-et-Loire"),
        ("40", "Caf des Landes"),
        ("59", "Caf du Nord"),
        ("75", "Caf de Paris"),
        ("80", "Caf de la Somme"),
        ("974", "Caf de La Réunion"),
        ("976", "Caf de Mayotte"),
        ("987", "Caf du département 987"),
    ],
)
def test_a_caf_has_the_name_of_its_departement(code: str, name: str) -> None:
    assert departements.caf(code) == name
