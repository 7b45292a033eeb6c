"""The comparison page: maps in step, one address, by mouse and by keyboard."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, expect

pytestmark = pytest.mark.browser
PEINT = "() => !!document.querySelector('#carte[data-peint]') && 'cadre' in document.documentElement.dataset"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    yield page
    context.close()
    assert errors == []


def frames_of(page: Page, combien: int) -> list[Frame]:
    """Wait until this many maps are painted, and return their frames."""
    page.wait_for_function(
        "(n) => [...document.querySelectorAll('iframe')].filter((f) => f.dataset.vue).length === n", arg=combien
    )
    frames = [f for f in page.frames if f.name.startswith("atlas-cadre-")][:combien]
    for frame in frames:
        frame.wait_for_function(PEINT)
    page.wait_for_timeout(600)
    return frames


def centre(frame: Frame) -> list[float]:
    return list(frame.evaluate("() => { const c = atlas.etat.carte.getCenter(); return [c.lat, c.lng] }"))


def test_two_days_move_together_and_choose_the_same_territory(page: Page, site: str) -> None:
    page.goto(f"{site}comparer/?valeurs=2020-11-01,2026-11-01")
    left, right = frames_of(page, 2)
    assert page.inner_text("section[data-rang='0'] h2") == "Au 1er\u00a0novembre\u00a02020"
    assert not left.is_visible("#filtres")
    assert left.evaluate("() => atlas.etat.dessin.vue") != right.evaluate("() => atlas.etat.dessin.vue")
    left.evaluate("() => { atlas.etat.carte.setZoom(atlas.etat.carte.getZoom() + 1, {animate: false}) }")
    left.evaluate("() => { atlas.etat.carte.panBy([60, 40], {animate: false}) }")
    page.wait_for_timeout(400)
    assert centre(right) == pytest.approx(centre(left), abs=1e-6)
    code = left.evaluate("() => atlas.etat.courant.codes[10]")
    left.evaluate("(code) => atlas.choisir(code)", code)
    page.wait_for_url(f"**territoire={code}**")
    for frame in (left, right):
        frame.wait_for_function("(code) => atlas.etat.dessin.territoire === code", arg=code)


def test_a_page_just_opened_asks_once_and_shows_its_layer(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "comparer/_dash-update" in r.url else None)
    page.goto(f"{site}comparer/")
    frames_of(page, 2)
    expect(page.locator("section[data-rang='0'] .comparer-legende")).to_contain_text("En vigueur")
    assert "couches=" not in page.url
    assert len(asked) == 1


def test_controls_write_the_address_and_back_undoes_them(page: Page, site: str) -> None:
    page.goto(f"{site}comparer/?valeurs=2020-11-01,2026-11-01")
    frames_of(page, 2)
    page.get_by_role("radiogroup", name="Ce qui change").get_by_text("Le champ").click()
    page.wait_for_url("**sur=champ**")
    frames_of(page, 2)
    page.get_by_role("radiogroup", name="Cartes").get_by_text("4").click()
    frames_of(page, 4)
    assert page.locator(".comparer-volet:visible").count() == 4
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('.comparer--2').length === 1")
    page.go_back()
    page.wait_for_url("**sur=date**")


def test_the_sweep_is_driven_by_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}comparer/?valeurs=2020-11-01,2026-11-01&mode=volet")
    frames_of(page, 2)
    page.focus("#comparer-curseur")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.getElementById('comparer').style.getPropertyValue('--volet') === '55%'")
    shown = page.evaluate("() => getComputedStyle(document.querySelector(\"[name='atlas-cadre-0']\")).clipPath")
    assert "45%" in shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, site: str, scheme: str) -> None:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{site}comparer/?valeurs=2020-11-01,2026-11-01&couches=densite_services&maille=epci")
    frames_of(page, 2)
    violations = Axe().run(page).response["violations"]
    context.close()
    assert [(v["id"], v["nodes"][0]["html"][:160]) for v in violations] == []


def test_maps_stack_on_a_telephone(chromium: Browser, site: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{site}comparer/")
    frames_of(page, 2)
    widths = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    tops = page.evaluate("() => [...document.querySelectorAll('.comparer-volet')].slice(0, 2).map((v) => v.offsetTop)")
    context.close()
    assert widths[0] <= widths[1]
    assert tops[1] > tops[0]
