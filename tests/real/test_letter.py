"""The letter of 2013 row by row: where each is answered, by which test, or the reason why it is not.

`letter.csv`: `ligne` (S01…S101 of the domain's reference), `demande`, `ou` (places, `|` between them), `test` (pytest
nodes, likewise), `motif` (why it is not built, wholly or in part). A place is `kind:name`, and for a section `#` then
words that it really shows on the demonstration.
"""

import ast
import csv
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import fields as dataclass_fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from dash.development.base_component import Component

from data.frames import Frames
from data.measures.definitions import CONNUES
from data.model import Jeu, Parametres
from data.tables import PAR_NOM

RACINE = Path(__file__).resolve().parents[2]
DOMAINE = RACINE.parent / "shared" / "DOMAINE.md"
JOUR = date(2026, 11, 1)


@cache
def letter() -> tuple[dict[str, str], ...]:
    with (Path(__file__).with_name("letter.csv")).open(encoding="utf-8", newline="") as fichier:
        return tuple(csv.DictReader(fichier, delimiter=";"))


def parts(cell: str) -> list[str]:
    return [p for p in cell.split("|") if p]


def test_every_row_once_in_order() -> None:
    assert [row["ligne"] for row in letter()] == [f"S{n:02d}" for n in range(1, 102)]


def test_the_rows_are_those_of_the_reference() -> None:
    if not DOMAINE.is_file():
        pytest.skip(f"la référence du domaine n'est pas là : {DOMAINE}")
    lignes = re.findall(r"^\| (S\d+) \|", DOMAINE.read_text(encoding="utf-8"), re.M)
    assert sorted(lignes) == sorted(row["ligne"] for row in letter())


def test_no_row_is_empty() -> None:
    for row in letter():
        built = parts(row["ou"]) and parts(row["test"])
        assert built or (row["motif"] and not row["ou"] and not row["test"]), row["ligne"]
        assert len(row["demande"]) > 3, row["ligne"]
        assert not row["motif"] or len(row["motif"]) > 40, row["ligne"]


def test_a_row_is_left_out_for_want_of_a_public_text_only() -> None:
    """What is not built at all: no list, no table to say it from. Anything else shows somewhere."""
    assert {row["ligne"] for row in letter() if not row["ou"]} == {"S58"}


@cache
def nodes_of(fichier: str) -> frozenset[str]:
    tree = ast.parse((RACINE / fichier).read_text(encoding="utf-8"))
    return frozenset(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name.startswith("test_"))


@pytest.mark.parametrize("row", letter(), ids=lambda row: row["ligne"])
def test_every_named_test_exists(row: dict[str, str]) -> None:
    for node in parts(row["test"]):
        fichier, _, nom = node.partition("::")
        assert nom in nodes_of(fichier), node


def test_every_named_place_exists(frames_demo: Frames) -> None:
    missing = [
        f"{row['ligne']} {place}"
        for row in letter()
        for place in parts(row["ou"])
        if not _exists(*place.split(":", 1), frames_demo)
    ]
    assert missing == []


@pytest.mark.parametrize(
    "place", ["section:aucune", "section:champs#Mots absents", "table:ctg.rien", "carte:rien", "couche:x", "page:x",
              "commande:x", "export:x", "indicateur:x", "source:x", "parametre:x", "reglage:x", "fichier:x"]
)  # fmt: skip
def test_a_place_that_does_not_exist_is_seen(frames_demo: Frames, place: str) -> None:
    assert not _exists(*place.split(":", 1), frames_demo)


def _exists(kind: str, name: str, frames: Frames) -> bool:
    if kind == "section":
        return _shows(name, frames)
    if kind == "table":
        return _column(*name.partition(".")[::2], frames)
    if kind == "fichier":
        return (RACINE / name).is_file()
    return name in NAMES[kind]()


def _column(table: str, colonne: str, frames: Frames) -> bool:
    if table == "communes":
        return colonne in frames.communes.columns
    return table in PAR_NOM and colonne in PAR_NOM[table].noms


def _pages() -> set[str]:
    from dashboard.pages.registry import PAGES

    return {p.chemin for p in PAGES}


def _layers() -> set[str]:
    from layers.registry import LAYERS

    return {c.id for c in LAYERS}


def _exports() -> set[str]:
    from dashboard.exports import SUFFIXES

    return set(SUFFIXES)


def _commands() -> set[str]:
    from dashboard.__main__ import build_parser

    return set(next(a for a in build_parser()._actions if a.dest == "commande").choices or ())


def _modules() -> set[str]:
    return {p.stem for p in (RACINE / "data" / "sources").glob("*.py")} - {"__init__", "registry"}


NAMES: dict[str, Callable[[], Collection[str]]] = {
    "page": _pages,
    "couche": _layers,
    "export": _exports,
    "commande": _commands,
    "source": _modules,
    "carte": lambda: _ids_of_the_map(),
    "indicateur": lambda: CONNUES,
    "parametre": lambda: [f.name for f in dataclass_fields(Parametres)],
    "reglage": lambda: [f.name for f in dataclass_fields(Jeu)],
}


def _shows(name: str, frames: Frames) -> bool:
    from dashboard.registre.sections import SECTIONS

    where, _, words = name.partition("#")
    where, _, options = where.partition("?")
    ident, _, page = where.partition("/")
    section = next((s for s in SECTIONS if s.id == ident), None)
    if section is None or (page and page != "ctg"):
        return False
    if not words:
        return True
    given = dict(o.split("=") for o in options.split("&") if o)
    return plain(words) in _words(ident, page, tuple(given.items()), frames)


@cache
def _words(ident: str, page: str, options: tuple[tuple[str, str], ...], frames: Frames) -> str:
    from dashboard.registre.contract import Contexte
    from dashboard.registre.sections import SECTIONS
    from layers.kit.view import View

    section = next(s for s in SECTIONS if s.id == ident)
    agreements = list(frames["ctg"]["id_ctg"]) if page else [""]
    said = []
    for ctg in agreements:
        given = dict(options) | ({"ctg": ctg} if ctg else {})
        feuille = section.build(Contexte(frames, View(date=JOUR), JOUR, ident, given))
        said += [feuille.titre, *_strings(feuille.corps)]
    return plain(" ".join(said))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u2019", "'")).lower()


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Component):
        yield from _strings(node.to_plotly_json()["props"])
    elif isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _strings(value)


@cache
def _ids_of_the_map() -> frozenset[str]:
    from dashboard.app import create_app
    from dashboard.datasets import DatasetInService

    app = create_app(DatasetInService(lambda: RACINE / "data" / "demo" / "jeu"))
    return frozenset(_ids(app.layout()))


def _ids(node: Any) -> Iterator[str]:
    if isinstance(node, Component):
        props = node.to_plotly_json()["props"]
        if isinstance(props.get("id"), str):
            yield props["id"]
        yield from _ids(list(props.values()))
    elif isinstance(node, dict):
        yield from _ids(list(node.values()))
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _ids(value)
