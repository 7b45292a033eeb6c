"""axe-core finds nothing to say, in each state of the page, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ETATS = {
    "depart": "",
    "quatre couches": "?couches=couverture_ctg,densite_services,points_acces,territoires_prioritaires&champ=handicap",
    "epci et fiche": "?maille=epci&couches=couverture_ctg,points_acces&territoire={epci}",
    "departement, sans couche": "?maille=departement&couches=",
    "adresse fausse": "?maille=canton",
    "taux et fiche": "?couches=couverture_ctg,indicateur&indicateur=taux_pauvrete&maille=epci&territoire={epci}",
    "deux taux": "?couches=couverture_ctg,indicateur&indicateur=taux_pauvrete&indicateur2=revenu_median&maille=epci",
    "effectif": "?couches=indicateur&indicateur=familles_monoparentales",
    "territoire compose et etendue": "?communes={epci},96002&territoire={epci}&emprise=-6.5,46.3,-6,46.6",
}


@pytest.mark.parametrize("etat", ETATS)
def test_no_violation(chromium: Browser, site: str, frames_demo, etat: str) -> None:
    epci = frames_demo["epci"]["code_epci"].iloc[0]
    page = at_rest(chromium, site + ETATS[etat].format(epci=epci), "light")
    _no_violation(page)
    page.locator("#bouton-contraste").click()
    page.wait_for_selector('html[data-theme="dark"]', state="attached")
    page.wait_for_timeout(400)
    _no_violation(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_with_panels_open(chromium: Browser, site: str, scheme: str) -> None:
    page = at_rest(chromium, site, scheme)
    page.locator("#exporter").click()
    page.wait_for_timeout(400)
    _no_violation(page)
    page.keyboard.press("Escape")
    page.locator("#bouton-aide").click()
    page.wait_for_timeout(500)
    _no_violation(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_with_the_tools_of_the_map(chromium: Browser, site: str, scheme: str) -> None:
    page = at_rest(chromium, site + "?communes=96002,96003", scheme)
    page.locator(".description summary").click()
    page.locator("#outil-composer").click()
    page.wait_for_timeout(600)
    _no_violation(page)
    page.locator("#outil-mesurer").click()
    page.locator("#outil-plein-ecran").click()
    page.wait_for_timeout(400)
    _no_violation(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_while_choosing_indicator_and_classes(chromium: Browser, site: str, scheme: str) -> None:
    page = at_rest(chromium, site + "?couches=indicateur&indicateur=potentiel_financier_hab", scheme)
    page.locator(".filtre-classes summary").click()
    page.locator("#filtre-indicateur").fill("e")
    page.locator("#filtre-indicateur-arbre .actif").wait_for()
    _no_violation(page)
    for box, opened in (
        ("#recherche", "[role=listbox]"),
        ("#filtre-echelon", "[role=listbox]"),
        ("#filtre-date", "table"),
    ):
        page.locator(box).click()
        page.locator(f".mantine-Popover-dropdown:visible {opened}").first.wait_for()
        _no_violation(page)
        page.keyboard.press("Escape")


def test_no_violation_on_a_telephone(chromium: Browser, site: str) -> None:
    page = at_rest(chromium, site, "light", (390, 844))
    page.locator("#bouton-filtres").click()
    page.wait_for_timeout(400)
    _no_violation(page)


def at_rest(chromium: Browser, url: str, scheme: str, size: tuple[int, int] = (1366, 768)) -> Page:
    """Open a page and wait until it is painted, read and still; what fades in would be grey on grey for a while."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#carte[data-peint]")
    page.wait_for_selector("#legende > *")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)
    return page


def _no_violation(page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:4]) for v in found] == []
