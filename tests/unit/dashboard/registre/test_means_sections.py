"""Sections on fields, interventions, overlaps, conventions, means and results: on any dataset, under any filter."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import plotly.io
import pytest
from dash._utils import to_json

from dashboard.__main__ import main
from dashboard.exports.evaluation import evaluation_of, html, pdf
from dashboard.registre import access, conventions, fields, interventions, means, overlaps, results
from dashboard.registre.contract import Contexte, Section
from data.errors import VueError
from data.frames import Frames
from data.model import FiltreEchelon
from layers.kit.view import View

MIENNES = (access, fields, interventions, overlaps, conventions, means, results)
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


def test_actions_say_what_the_letter_asks_of_them(frames_demo: Frames) -> None:
    """Orientation, local priority, inhabitants, what was adapted, tags and place; first priorities first."""
    fichier = results.SECTION.fichiers["actions.csv"](context(frames_demo, "resultats")).decode("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(fichier), delimiter=";"))
    assert len(lignes) == len(frames_demo["actions"])
    for colonne in ("orientation", "locale", "habitants", "adaptation", "etiquettes", "territoire"):
        assert any(ligne[colonne] for ligne in lignes), colonne
    assert {m for ligne in lignes for m in ligne["etiquettes"].split(", ")} >= {
        "politique de la ville", "égalité entre les femmes et les hommes", "familles vulnérables",
    }  # fmt: skip
    priorites = [ligne["priorite"] for ligne in lignes]
    assert priorites == sorted(priorites)
    assert any("à examiner" in ligne["etat"] for ligne in lignes)


def test_the_evaluation_of_every_agreement_is_one_page(frames_demo: Frames) -> None:
    """What was decided is on it; baseline, result and target too; means are not the amount of the agreement."""
    evaluations = frames_demo["ctg_evaluations"]
    reorientee = evaluations.loc[evaluations["suites"] == "reorienter"].iloc[0]
    page = html(evaluation_of(frames_demo, reorientee["id_ctg"], JOUR)).decode()
    assert "réorienter" in page
    assert reorientee["exigences"] in page
    assert "Résultats observés" in page
    assert "Moyens mis en œuvre" in page
    for ident in frames_demo["ctg"]["id_ctg"]:
        assert html(evaluation_of(frames_demo, ident, JOUR)).startswith(b"<!doctype html>")
    for ident in ("CTG-96-D-2", reorientee["id_ctg"]):
        with pikepdf.open(io.BytesIO(pdf(evaluation_of(frames_demo, ident, JOUR)))) as document:
            assert len(document.pages) == 1
            assert document.Root.MarkInfo.Marked
    with pytest.raises(VueError, match="n'est pas dans ce jeu"):
        evaluation_of(frames_demo, "INCONNUE", JOUR)


def test_the_command_writes_it_and_refuses_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo = Path(__file__).resolve().parents[4] / "data" / "demo" / "jeu"
    fichier = tmp_path / "bilan.html"
    assert main(["evaluation", "CTG-96-D-2", str(fichier), "--jeu", str(demo), "--date", "2020-01-01"]) == 0
    assert "Au 1er\u00a0janvier\u00a02020" in fichier.read_text(encoding="utf-8")
    for suite in (["CTG-96-D-2", "x.doc"], ["RIEN", "x.pdf"], ["CTG-96-D-2", "x.pdf", "--date", "hier"]):
        assert main(["evaluation", suite[0], str(tmp_path / suite[1]), "--jeu", str(demo), *suite[2:]]) != 0
        assert capsys.readouterr().err.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["bilan.html"]
