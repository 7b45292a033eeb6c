"""Sections on fields, interventions, overlaps, conventions, means and results: on any dataset, under any filter."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import plotly.io
import pytest
from dash._utils import to_json

from dashboard.registre import conventions, fields, interventions, means, overlaps, results
from dashboard.registre.contract import Contexte, Section
from data.frames import Frames
from data.model import FiltreEchelon
from layers.kit.view import View

MIENNES = (fields, interventions, overlaps, conventions, means, results)
JOUR = date(2026, 11, 1)
VERDICTS = re.compile(r"gaspillage|mauvais|en retard|à fermer|à supprimer|performance|montant de la Ctg", re.I)


def section(module: Any) -> Section:
    found: Section = module.SECTION
    return found


def context(frames: Frames, onglet: str, options: dict[str, str] | None = None, **vue: Any) -> Contexte:
    return Contexte(frames, View(date=vue.pop("jour", JOUR), **vue), JOUR, onglet, options or {})


def words(feuille: Any) -> str:
    return feuille.titre + to_json(feuille.corps)


@pytest.fixture
def nue(make_frames: Callable[..., Frames]) -> Frames:
    return make_frames([{"code": "62001", "nom": "Arras", "population": 10}, {"code": "62002", "nom": "Lens"}])


@pytest.mark.parametrize("module", MIENNES, ids=lambda m: m.SECTION.id)
def test_a_dataset_of_communes_alone_says_what_it_lacks(nue: Frames, module: Any) -> None:
    s = section(module)
    said = words(s.build(context(nue, s.id)))
    assert "manque" in said or "ne porte ni" in said
    for nom, make in s.fichiers.items():
        assert make(context(nue, s.id)).startswith(b"\xef\xbb\xbf"), nom


FILTRES: tuple[dict[str, Any], ...] = (
    {},
    {"champ": "logement"},
    {"echelon": FiltreEchelon.DEPARTEMENTAL},
    {"echelon": FiltreEchelon.COMMUNAL, "champ": "petite_enfance"},
    {"jour": date(1995, 1, 1)},
    {"jour": date(2019, 12, 31), "territoire": "{epci}"},
    {"territoire": "{commune}"},
    {"communes": "{deux}", "nom": "Deux communes"},
)


@pytest.mark.parametrize("filtres", FILTRES, ids=str)
@pytest.mark.parametrize("module", MIENNES, ids=lambda m: m.SECTION.id)
def test_any_filter_on_the_demonstration(frames_demo: Frames, module: Any, filtres: dict[str, Any]) -> None:
    _any_filter(frames_demo, section(module), dict(filtres))


@pytest.mark.real
@pytest.mark.parametrize("module", MIENNES, ids=lambda m: m.SECTION.id)
def test_any_filter_on_the_pas_de_calais(frames_62: Frames, module: Any) -> None:
    for filtres in FILTRES:
        _any_filter(frames_62, section(module), dict(filtres))


def _any_filter(frames: Frames, s: Section, filtres: dict[str, Any]) -> None:
    communes = frames.communes[frames.communes["code_epci"] != ""]
    if filtres.get("territoire") == "{epci}":
        filtres["territoire"] = communes["code_epci"].iloc[0]
    if filtres.get("territoire") == "{commune}":
        filtres["territoire"] = communes["code"].iloc[0]
    if filtres.get("communes") == "{deux}":
        filtres["communes"] = tuple(communes["code"].iloc[:2])
    contexte = context(frames, s.id, **filtres)
    said = words(s.build(contexte))
    assert len(said) > 120
    assert not VERDICTS.search(said.replace("ne sont pas le montant d'une Ctg", ""))
    for nom, make in s.fichiers.items():
        lignes = list(csv.reader(io.StringIO(make(contexte).decode("utf-8-sig")), delimiter=";"))
        assert len({len(ligne) for ligne in lignes}) == 1, nom


def test_the_list_of_overlaps_gives_a_reason_for_each(frames_demo: Frames) -> None:
    rows = overlaps.SECTION.fichiers["doublons.csv"](context(frames_demo, "doublons"))
    lignes = list(csv.DictReader(io.StringIO(rows.decode("utf-8-sig")), delimiter=";"))
    assert len(lignes) > 20
    for ligne in lignes:
        assert "même champ" in ligne["raison"].lower()
        assert "même service" in ligne["raison"]
        assert re.search(r"\d acteurs", ligne["raison"])
        assert ligne["etat"] == overlaps.A_EXAMINER


def test_the_letters_own_example_points_at_the_national_portal(frames_demo: Frames) -> None:
    cas = [c for c in overlaps.find_all(context(frames_demo, "doublons")) if "portail" in c.service]
    assert cas
    for c in cas:
        page = words(overlaps.build(context(frames_demo, "doublons", {"doublon": c.cle})))
        assert "monenfant.fr" in page
    autre = next(c for c in overlaps.find_all(context(frames_demo, "doublons")) if "portail" not in c.service)
    assert "monenfant.fr" not in words(overlaps.build(context(frames_demo, "doublons", {"doublon": autre.cle})))


def test_amounts_are_never_called_those_of_a_ctg(frames_demo: Frames) -> None:
    page = words(means.build(context(frames_demo, "moyens")))
    assert "Moyens mobilisés sur le territoire" in page
    assert "ne sont pas les siens" in page.replace("\u2019", "'")
    assert "Total" not in page


def test_the_timeline_has_a_bar_for_each_convention_of_a_territory(frames_demo: Frames) -> None:
    code = frames_demo["conventions"]["code_territoire"].iloc[0]
    contexte = context(frames_demo, "conventions", territoire=code)
    page = json.loads(to_json(conventions.build(contexte).corps))
    graphes = _graphs(page)
    assert len(graphes) == 1
    figure = plotly.io.from_json(json.dumps(graphes[0]))
    lues = conventions.SECTION.fichiers["conventions.csv"](contexte).decode("utf-8-sig").strip().splitlines()
    assert len(figure.data[0].x) == len(lues) - 1


def _graphs(node: Any) -> list[Any]:
    if isinstance(node, list):
        return [g for n in node for g in _graphs(n)]
    if not isinstance(node, dict):
        return []
    if node.get("type") == "Graph":
        return [node["props"]["figure"]]
    return [g for n in node.values() for g in _graphs(n)]
