"""The address: equal to the view and back, whatever the view; wrong parts replaced with a notice."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.permalink import default_view, from_query, to_query
from data.frames import Frames
from data.measures import lookup, priority
from data.measures.territories import communes_of, groups
from data.model import MAILLES_CARTE, FiltreEchelon, Maille
from layers.kit.view import Fond, Methode, View
from layers.registry import LAYERS

JOUR = date(2026, 11, 1)
IDS = [layer.id for layer in LAYERS]
FAUX = [
    "maille=canton",
    "maille=qpv",
    "maille=%3Cscript%3E",
    "echelon=regional",
    "champ=sport",
    "couches=relief",
    "date=2026-13-01",
    "date=1/2/2026",
    "date=2026-W01-1",
    "date=0001-01-01",
    "date=",
    "territoire=99999",
    "classes=magie",
    "nb=2",
    "nb=8",
    "nb=x",
    "nb=%C2%B2",
    "nb=",
    "indicateur=inconnu",
    "definitions=inconnue",
    "bornes=30,20",
    "bornes=1,1",
    "bornes=a",
    "bornes=1,",
    "bornes=nan,1",
    "bornes=1,2,3,4,5,6,7",
    "indicateur2=inconnu",
    "communes=99999",
    "nom=" + "a" * 81,
    "nom=%00",
    "emprise=1,2,3",
    "emprise=3,50,1,51",
    "emprise=nan,1,2,3",
    "emprise=1,2,3,91",
    "communes=QN09601F",
    "communes=96,-99999",
    "fond=ign",
    "fond=osm",
]


@st.composite
def views(draw: st.DrawFn, frames: Frames) -> View:
    definitions = [d.id for d in priority.definitions(frames)]
    return View(
        date=draw(st.dates(date(1990, 1, 1), date(2100, 12, 31))),
        maille=draw(st.sampled_from(MAILLES_CARTE)),
        echelon=draw(st.sampled_from(list(FiltreEchelon))),
        champ=draw(st.sampled_from(["tous", *(c.id for c in frames.champs)])),
        couches=tuple(draw(st.lists(st.sampled_from(IDS), unique=True))),
        definitions=tuple(draw(st.lists(st.sampled_from(definitions), unique=True))),
        indicateur=draw(st.sampled_from(["", "revenu_median", "part_personnes_couvertes"])),
        territoire=draw(st.sampled_from(["", *sorted(lookup.known_codes(frames))[:50]])),
        classes=draw(st.sampled_from(list(Methode))),
        nb=draw(st.integers(3, 7)),
        bornes=tuple(sorted(draw(st.sets(st.floats(-1e9, 1e9).map(lambda v: v + 0.0), max_size=6)))),
        indicateur2=draw(st.sampled_from(["", "revenu_median"])),
        communes=draw(made(frames)),
        nom=draw(st.text(max_size=80).filter(str.isprintable).map(str.strip)),
        emprise=draw(st.one_of(st.just(()), extents())),
    )


@st.composite
def made(draw: st.DrawFn, frames: Frames) -> tuple[str, ...]:
    """Communes one by one, and Epci whole or nearly so."""
    tous = list(frames.communes["code"])
    found = draw(st.sets(st.sampled_from(tous), max_size=20))
    for epci in draw(st.sets(st.sampled_from(groups(frames, Maille.EPCI).codes), max_size=4)):
        found |= set(communes_of(frames, epci))
    return tuple(sorted(found - draw(st.sets(st.sampled_from(tous), max_size=4))))


def extents() -> st.SearchStrategy[tuple[float, ...]]:
    tenths = st.tuples(st.integers(-1800, 1799), st.integers(-900, 899), st.integers(1, 9), st.integers(1, 9))
    return tenths.map(lambda t: (t[0] / 10, t[1] / 10, min(t[0] + t[2], 1800) / 10, min(t[1] + t[3], 900) / 10))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_view_is_its_address(data: st.DataObject, frames_demo: Frames) -> None:
    view = data.draw(views(frames_demo))
    query = to_query(view, frames_demo, JOUR)
    read = from_query(query, frames_demo, JOUR)
    assert read.vue == view
    assert read.avis == ()
    assert to_query(read.vue, frames_demo, JOUR) == query


def test_the_default_view_has_an_empty_address(frames_demo: Frames) -> None:
    assert to_query(default_view(frames_demo, JOUR), frames_demo, JOUR) == "?"
    assert default_view(frames_demo, date(2030, 1, 1)).date == frames_demo.jeu.date_reference


@pytest.mark.parametrize(
    "part",
    FAUX,
)
def test_a_wrong_parameter_gives_its_default_and_says_so(part: str, frames_demo: Frames) -> None:
    read = from_query(f"?{part}", frames_demo, JOUR)
    assert len(read.avis) == 1
    assert part.split("=")[0] in read.avis[0]
    expected = default_view(frames_demo, JOUR)
    assert getattr(read.vue, part.split("=")[0]) == getattr(expected, part.split("=")[0])


@pytest.mark.parametrize("query", ["", "?", "?inconnu=1", "?utm_source=x&maille=commune", "?&&=&"])
def test_unknown_parameters_are_ignored(query: str, frames_demo: Frames) -> None:
    assert from_query(query, frames_demo, JOUR) == from_query("", frames_demo, JOUR)


def test_no_layer_at_all_is_a_view(frames_demo: Frames) -> None:
    assert from_query("?couches=", frames_demo, JOUR).vue.couches == ()


def test_the_online_background_needs_the_leave_of_the_dataset(frames_demo: Frames) -> None:
    allowed = replace(
        frames_demo, jeu=replace(frames_demo.jeu, parametres=replace(frames_demo.jeu.parametres, fond_ign=True))
    )
    assert from_query("?fond=ign", allowed, JOUR).vue.fond is Fond.IGN
    assert to_query(View(date=JOUR, fond=Fond.IGN), allowed, JOUR) == "?fond=ign"
    assert from_query("?fond=ign", frames_demo, JOUR).vue.fond is Fond.AUCUN


def test_a_whole_epci_is_one_code_in_the_address(frames_demo: Frames) -> None:
    epci = groups(frames_demo, Maille.EPCI).codes[0]
    view = View(date=JOUR, communes=communes_of(frames_demo, epci), nom="Littoral")
    assert to_query(view, frames_demo, JOUR) == f"?communes={epci}&nom=Littoral"
