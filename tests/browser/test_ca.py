"""The board's page: true figures, three maps, links into the atlas, and one sheet of A4."""

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from data.frames import Frames
from data.measures import coverage
from layers.kit.texts import percent

pytestmark = pytest.mark.browser
LOADED = "() => [...document.querySelectorAll('.ca-carte')].filter((image) => image.naturalWidth).length === 3"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    yield page
    context.close()
    assert errors == []


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_function(LOADED, timeout=60_000)
    page.wait_for_selector(".ca .js-plotly-plot")
    page.wait_for_timeout(500)
    return page


def pages_of(page: Page) -> int:
    with pikepdf.open(io.BytesIO(page.pdf(format="A4", print_background=True))) as document:
        return len(document.pages)


def test_the_figures_are_those_of_coverage_and_everything_links_into_the_atlas(
    page: Page, site: str, frames_demo: Frames
) -> None:
    opened(page, f"{site}ca/")
    found = coverage.compute(frames_demo, frames_demo.jeu.date_reference)
    assert page.inner_text(".ca-grand") == percent(found.population.taux_pct)
    links = page.eval_on_selector_all(
        ".ca a", "(all) => all.map((a) => new URL(a.href).pathname + new URL(a.href).search)"
    )
    assert {x.split("?")[0] for x in links} == {"/", "/registre/"}
    assert "/registre/?onglet=deploiement" in links
    assert any("couches=points_acces" in x for x in links)
    assert (
        page.locator(".ca-milieu .ca-bloc:last-child li:not(:has(a))").all_inner_texts() == []
    )  # each thing to look at is somewhere
    assert any("nom=Communes" in x and "communes=" in x for x in links)
    first = page.locator(".ca-milieu li a").first.inner_text()
    page.locator(".ca-milieu li a").first.click()
    page.wait_for_selector("#registre-titre")
    page.wait_for_function(
        "(nom) => document.getElementById('registre-titre').textContent.includes(nom)", arg=first[:20]
    )


def test_the_filters_of_the_address_apply(page: Page, site: str) -> None:
    opened(page, f"{site}ca/?date=2019-06-30&champ=parentalite")
    assert "30 juin 2019".replace(" ", "\u00a0") in page.inner_text(".ca-phrase")
    assert "parentalité" in page.inner_text(".ca-cartes")


def test_it_prints_on_one_white_sheet_in_dark_mode_too(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="dark")
    opened(page, f"{site}ca/")
    assert pages_of(page) == 1
    page.emulate_media(color_scheme="dark", media="print")
    style = "getComputedStyle(document.querySelector('.ca-bloc'))"
    assert page.evaluate(f"[{style}.backgroundColor, {style}.color]") == ["rgb(255, 255, 255)", "rgb(22, 32, 43)"]


@pytest.mark.real
def test_a_real_departement_prints_on_one_sheet(page: Page, serve, reel: Path) -> None:
    with serve(reel / "jeu-62") as site:
        assert pages_of(opened(page, f"{site}ca/")) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, site: str, scheme: str) -> None:
    context = chromium.new_context(
        viewport={"width": 1366, "height": 768}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = opened(context.new_page(), f"{site}ca/")
    violations = Axe().run(page).response["violations"]
    page.set_viewport_size({"width": 320, "height": 700})
    page.wait_for_timeout(300)
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    context.close()
    assert [(v["id"], v["nodes"][0]["html"][:160]) for v in violations] == []
    assert wide <= 320
