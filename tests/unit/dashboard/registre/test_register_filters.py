"""Each filter of the map in each section of the register: what it changes, what is said of it, where lines lead."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from dash.development.base_component import Component
from dash_ag_grid import AgGrid

from dashboard.registre.address import map_href, read
from dashboard.registre.contract import Contexte, Section
from dashboard.registre.in_force import FILTRES, in_force
from dashboard.registre.sections import SECTIONS
from data import departements, jeu
from data.frames import Frames
from data.measures import territories
from data.model import FiltreEchelon, Maille
from layers.kit.view import View

JOUR = date(2026, 11, 1)
EPCI = "960000046"


def vues(frames: Frames, s: Section) -> tuple[View, dict[str, View]]:
    """Return a view, and the one that each filter makes of it."""
    nue = View(date=JOUR, territoire=EPCI if s.id == "situation" else "")
    deux = territories.communes_of(frames, EPCI)[:2]
    return nue, {
        "echelon": replace(nue, echelon=FiltreEchelon.DEPARTEMENTAL),
        "champ": replace(nue, champ="logement"),
        "date": replace(nue, date=date(2020, 1, 1)),
        "territoire": replace(nue, territoire="960000012"),
        "communes": replace(nue, communes=deux, nom="Deux"),
    }


ADRESSES = ("href", "lien", "page", "carte", "src")


def strings(node: Any, adresses: bool = False) -> Iterator[str]:
    """Return every text of a page, or every address in it."""
    if isinstance(node, Component):
        node = node.to_plotly_json()["props"]
    if isinstance(node, dict):
        for nom, value in node.items():
            if nom in ADRESSES and isinstance(value, str):
                yield from [value] if adresses else []
            else:
                yield from strings(value, adresses)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from strings(value, adresses)
    elif not adresses:
        yield str(node)


def plain(texte: str) -> str:
    """Return a text with ordinary spaces."""
    return texte.replace("\u00a0", " ").replace("\u202f", "")


def grids(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, AgGrid):
        yield node.to_plotly_json()["props"]
    elif isinstance(node, Component):
        yield from grids(node.to_plotly_json()["props"].get("children"))
    elif isinstance(node, list | tuple):
        for value in node:
            yield from grids(value)


def shown(frames: Frames, s: Section, vue: View) -> str:
    """Return what a section says."""
    feuille = s.build(Contexte(frames, vue, JOUR, s.id))
    return " ".join([feuille.titre, *strings(feuille.corps)])


@pytest.mark.parametrize("s", SECTIONS, ids=lambda s: s.id)
def test_a_filter_changes_a_section_unless_it_says_why_not(frames_demo: Frames, s: Section) -> None:
    nue, filtrees = vues(frames_demo, s)
    sans = shown(frames_demo, s, nue)
    muets = {f for f, vue in filtrees.items() if shown(frames_demo, s, vue) == sans}
    assert muets == set(s.sans_effet) | ({"date"} if s.id == "mise_a_jour" else set())


@pytest.mark.parametrize("s", SECTIONS, ids=lambda s: s.id)
def test_filters_in_force_are_said_and_why_some_change_nothing(frames_demo: Frames, s: Section) -> None:
    deux = ",".join(territories.communes_of(frames_demo, EPCI)[:2])
    query = f"onglet={s.id}&echelon=communal&champ=logement&date=2024-02-01&communes={deux}&nom=Deux&maille=epci"
    lecture = read(query, frames_demo, JOUR, SECTIONS)
    dit = plain(" ".join(strings(in_force(lecture.contexte, lecture.section))))
    for mot in ("Au 1er février 2024", "échelon communal", "« Logement et cadre de vie »", "« Deux » (2 communes)"):
        assert mot in dit
    for raison in s.sans_effet.values():
        assert raison in dit
    assert "La maille de la carte ne change rien ici" in dit
    assert "Retirer les filtres" in dit
    assert "Retirer" not in " ".join(strings(in_force(replace(lecture.contexte, vue=View(date=JOUR)), s)))
    assert set(s.sans_effet) <= set(FILTRES)


@pytest.mark.parametrize("s", SECTIONS, ids=lambda s: s.id)
def test_every_line_leads_to_its_own_place_under_the_filters(frames_demo: Frames, s: Section) -> None:
    nue = View(date=date(2024, 2, 1), echelon=FiltreEchelon.LOCAL, communes=territories.communes_of(frames_demo, EPCI))
    feuille = s.build(Contexte(frames_demo, nue, JOUR, s.id))
    liens = [parse_qs(urlsplit(lien).query) for lien in strings(feuille.corps, adresses=True) if lien.startswith("/?")]
    assert liens or s.id in ("mise_a_jour", "situation")
    for lien in liens:
        assert not ("territoire" in lien and "communes" in lien), lien
        assert lien["echelon"] == ["local"], lien
    for grille in grids(feuille.corps):
        assert {c["field"] for c in grille["columnDefs"]} & {"carte_libelle"}, grille["id"]


def test_a_place_takes_that_of_the_territory_made(frames_demo: Frames) -> None:
    vue = View(date=JOUR, communes=("96001", "96002"), nom="Deux", emprise=(0.0, 1.0, 2.0, 3.0))
    contexte = Contexte(frames_demo, vue, JOUR, "champs")
    assert map_href(contexte, EPCI, maille=Maille.EPCI) == f"/?maille=epci&territoire={EPCI}"
    assert "communes=96001,96002" in map_href(contexte)


@pytest.fixture(scope="module")
def national(deux_caf: Path) -> Frames:
    return jeu.load(deux_caf)


@cache
def _ids(frames: Frames, query: str) -> frozenset[str]:
    contexte = read(query, frames, JOUR, SECTIONS).contexte
    return frozenset(contexte.frames["ctg"]["id_ctg"])


def test_a_national_dataset_is_read_by_its_caf(national: Frames) -> None:
    tous, une, autre = (_ids(national, q) for q in ("", "caf=95", "caf=96"))
    assert (une & autre, une | autre) == (frozenset(), tous)
    assert len(une) == len(autre)
    lecture = read("caf=95&onglet=deploiement", national, JOUR, SECTIONS)
    feuille = lecture.section.build(lecture.contexte)
    dit = " ".join([*strings(feuille.corps), *strings(in_force(lecture.contexte, lecture.section))])
    assert departements.caf("95") in dit
    liens = [lien for lien in strings(feuille.corps, adresses=True) if lien.startswith("/?")]
    assert liens
    assert [lien for lien in liens if "caf=95" not in lien or "territoire=96" in lien] == []
