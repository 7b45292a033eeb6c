"""axe-core finds nothing to say of the pages of the meeting, in every mode, light and dark; they fit narrow screens."""

import json
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MODES = {
    "liste": ("seances/", "#seances[data-pret]", ()),
    "atelier": ("seances/?seance={s}", "#scene-etat", ()),
    "projection": ("projection/?seance={s}", "body[data-scene]", ()),
    "aide": ("projection/?seance={s}", "body[data-scene]", ("?",)),
    "noir": ("projection/?seance={s}", "body[data-scene]", ("b",)),
    "projecteur": ("projection/?seance={s}", "body[data-scene]", ("t",)),
    "stylo": ("projection/?seance={s}", "body[data-scene]", ("d", "g", "Tab")),
    "pupitre": ("pupitre/?seance={s}", "#pupitre[data-pret]", ()),
}


SMALL = """() => {
  const found = [], k = Math.max(1, innerWidth / 960), stage = document.querySelector('#projection-cadre');
  const walk = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
    if (!text || !e.getClientRects().length || e.closest('.lu')) continue;
    const size = parseFloat(getComputedStyle(e).fontSize) * (e.closest('.leaflet-container') ? k : 1);
    if (size < innerWidth / 100) found.push([size, e.className, text]);
  }
  return found }"""


def ask(site: str, path: str, content: dict | None = None) -> dict:
    body = json.dumps(content).encode() if content is not None else None
    request = urllib.request.Request(f"{site}carnet/{path}", body, {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))


@pytest.fixture(scope="module")
def seance(site: str) -> str:
    found = ask(site, "seances", {"modele": "bornes", "titre": "Séance d'accessibilité"})["id"]
    scene = ask(site, f"seances/{found}")["scenes"][0]["id"]
    ask(
        site,
        f"scenes/{scene}/decisions",
        {"texte": "Étudier deux lieux", "charge": "Direction", "echeance": "2027-06-30"},
    )
    return found


def at_rest(page: Page, site: str, seance: str, mode: str) -> None:
    address, ready, keys = MODES[mode]
    page.goto(site + address.format(s=seance))
    page.wait_for_selector(ready, state="attached")
    page.wait_for_load_state("networkidle") if "projection" not in address and "pupitre" not in address else None
    page.wait_for_timeout(500)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(300)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_in_any_mode(chromium: Browser, site: str, seance: str, scheme: str) -> None:
    context = chromium.new_context(
        viewport={"width": 1366, "height": 768}, color_scheme=scheme, reduced_motion="reduce"
    )
    page, told = context.new_page(), {}
    for mode in MODES:
        at_rest(page, site, seance, mode)
        found = Axe().run(page).response["violations"]
        told[mode] = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]
    context.close()
    assert {mode: v for mode, v in told.items() if v} == {}


@pytest.mark.parametrize("width", [390, 320])
def test_pages_fit_a_narrow_screen(chromium: Browser, site: str, seance: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for mode in ("liste", "atelier", "pupitre", "projection"):
        at_rest(page, site, seance, mode)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, mode
    context.close()


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1024, 768)])
def test_everything_read_in_the_room_is_large_enough(chromium: Browser, site: str, seance: str, size) -> None:
    """On a picture two metres wide, a hundredth of its width is 20 mm: what is read at three metres."""
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}projection/?seance={seance}&scene=5")
    page.wait_for_selector("body[data-scene='5']", state="attached")
    page.wait_for_timeout(600)
    small = page.evaluate(SMALL)
    context.close()
    assert small == []
