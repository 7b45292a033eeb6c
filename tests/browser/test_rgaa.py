"""RGAA 4.1.2 on every page: what one test can check of all of them, and the checklist that names the other checks.

`rgaa.csv`: `critere`, `demande`, `test` (pytest nodes, `|` between them), `verification` (what is checked by hand,
where no test can tell). Every registered page is walked; a page that needs an object of its own is named in `AILLEURS`.
"""

import ast
import csv
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dashboard.pages.registry import PAGES
from dashboard.registre.sections import SECTIONS

pytestmark = pytest.mark.browser
RACINE = Path(__file__).resolve().parents[2]
AILLEURS = {"projection", "pupitre", "evaluation"}
ADRESSES = (
    "",
    *(f"{p.chemin}/" for p in PAGES if p.chemin not in AILLEURS | {"registre"}),
    *(f"registre/?onglet={s.id}" for s in SECTIONS),
)
LARGEUR_320, ZOOM_200 = 320, 683
"""Widths in CSS pixels: the reflow of 10.11, and a window of 1366 at twice its text (10.4)."""

FACTS = """() => ({
  lang: document.documentElement.lang,
  title: document.title,
  h1: [...document.querySelectorAll("h1")].filter((h) => h.offsetParent).map((h) => h.textContent.trim()),
  levels: [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")]
    .filter((h) => h.offsetParent).map((h) => Number(h.tagName[1])),
  main: document.querySelectorAll("main").length,
  tables: [...document.querySelectorAll("main table")].filter((t) => !t.querySelector("th[scope]")).length,
})"""


@pytest.mark.parametrize("adresse", ADRESSES)
def test_every_page_is_named_ordered_skipped_and_reflows(chromium: Browser, site: str, adresse: str) -> None:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    try:
        page = context.new_page()
        page.goto(site + adresse)
        page.wait_for_selector("h1:not(:empty)")
        page.wait_for_timeout(1_500)  # the empty frames of a comparison keep « networkidle » from ever coming
        _named(page)
        _skipped(page)
        for width in (ZOOM_200, LARGEUR_320):
            page.set_viewport_size({"width": width, "height": 700})
            page.wait_for_function(f"() => document.documentElement.scrollWidth <= {width}")
    finally:
        context.close()


def _named(page: Page) -> None:
    """One language, title, first heading and main part, no level of heading jumped over (8.3, 8.5, 9.1, 9.2)."""
    facts = page.evaluate(FACTS)
    assert facts["lang"] == "fr"
    assert facts["title"]
    assert (len(facts["h1"]), facts["main"]) == (1, 1)
    jumps = [b for a, b in zip(facts["levels"], facts["levels"][1:], strict=False) if b > a + 1]
    assert jumps == [], facts["levels"]
    assert facts["tables"] == 0


def _skipped(page: Page) -> None:
    """The first stop of the keyboard is a link that is seen and goes past the head (12.7, 10.7)."""
    page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0) }")
    page.keyboard.press("Tab")
    seen = page.evaluate(
        """() => { const a = document.activeElement, r = a.getBoundingClientRect();
           return [a.className, r.left >= 0 && r.top >= 0 && r.width > 0, getComputedStyle(a).outlineStyle,
                   !!document.getElementById(a.hash.slice(1))] }"""
    )
    assert seen[0] == "saut"
    assert seen[1:] == [True, "solid", True]


@cache
def checklist() -> tuple[dict[str, str], ...]:
    with Path(__file__).with_name("rgaa.csv").open(encoding="utf-8", newline="") as fichier:
        return tuple(csv.DictReader(fichier, delimiter=";"))


def test_every_criterion_is_once_in_the_list_with_a_test_or_a_manual_check() -> None:
    criteres = [ligne["critere"] for ligne in checklist()]
    assert len(criteres) == len(set(criteres))
    assert {"1.1", "1.6", "3.1", "3.2", "3.3", "7.1", "7.3", "10.7", "10.11", "11.1", "12.7", "13.3"} <= set(criteres)
    for ligne in checklist():
        assert ligne["test"] or len(ligne["verification"]) > 40, ligne["critere"]


@pytest.mark.parametrize("noeud", sorted({n for x in checklist() for n in x["test"].split("|") if n}))
def test_every_test_of_the_list_exists(noeud: str) -> None:
    fichier, nom = noeud.split("::")
    tree = ast.parse((RACINE / fichier).read_text(encoding="utf-8"))
    assert nom in {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
