"""The register in a browser: from an alert to the map, to the export and back; accessible, and narrow."""

import csv
import io
import re
from collections.abc import Iterator

import icalendar
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ONGLETS = {
    "registre": "",
    "fiche": "?ctg=CTG-96-E046-2",
    "echeances": "?onglet=echeances",
    "deploiement": "?onglet=deploiement",
}


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="fr-FR")
    page = context.new_page()
    page.erreurs = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda e: page.erreurs.append(str(e)))  # type: ignore[attr-defined]
    yield page
    assert page.erreurs == []  # type: ignore[attr-defined]
    context.close()


def ouvrir(page: Page, site: str, suite: str) -> None:
    page.goto(f"{site}registre/{suite}")
    expect(page.locator("#registre-titre")).not_to_be_empty()


def test_from_an_alert_to_the_map_to_the_export_and_back(page: Page, site: str) -> None:
    ouvrir(page, site, "?onglet=echeances&champ=parentalite")
    expect(page.get_by_role("heading", name="Échéances", level=1)).to_be_visible()
    alerte = page.locator(".a-examiner li", has_text="Renouvellement sans évaluation finale (bloquant)")
    alerte.get_by_role("link", name="Voir sur la carte").click()
    page.wait_for_url(re.compile(r"/\?champ=parentalite&territoire=960000079"))
    fiche = page.locator("#fiche")
    expect(fiche).to_contain_text("CC de la Côte des Brumes")
    page.wait_for_selector("#carte[data-peint]")
    page.locator("#exporter").click()
    with page.expect_download() as attendu:
        page.get_by_role("button", name=re.compile("CSV")).first.click()
    texte = open(attendu.value.path(), encoding="utf-8-sig").read()  # noqa: SIM115 - read at once
    assert "Couverture" in texte.splitlines()[0]
    page.keyboard.press("Escape")
    fiche.get_by_role("link", name="Ctg CC de la Côte des Brumes 2025").click()
    expect(page.locator("#registre-titre")).to_have_text("Ctg CC de la Côte des Brumes 2025")
    assert "ctg=CTG-96-E079-2" in page.url
    assert "champ=parentalite" in page.url
    expect(page.locator("#registre-portee")).to_contain_text("Soutien à la parentalité")
    page.get_by_role("link", name="Ctg CC de la Côte des Brumes 2020").click()
    expect(page.locator("#registre-titre")).to_have_text("Ctg CC de la Côte des Brumes 2020")
    expect(page.locator("#registre-titre")).to_be_focused()
    page.go_back()
    expect(page.locator("#registre-titre")).to_have_text("Ctg CC de la Côte des Brumes 2025")


def test_filters_are_those_of_the_map_and_stay_from_one_section_to_the_next(page: Page, site: str) -> None:
    ouvrir(page, site, "?date=2024-01-01&echelon=communal")
    expect(page.locator("#registre-date")).to_have_value("01/01/2024")
    avant = page.locator("#registre-corps p").first.inner_text()
    page.locator("#registre-champ").click()
    page.get_by_role("option", name="Logement et cadre de vie").click()
    expect(page.locator("#registre-corps p").first).not_to_have_text(avant)
    assert "champ=logement" in page.url
    page.locator("#registre-navigation").get_by_role("link", name="Déploiement").click()
    expect(page.locator("#registre-titre")).to_have_text("Déploiement")
    assert "champ=logement" in page.url
    expect(page.locator("#registre-navigation [aria-current]")).to_be_focused()
    page.locator(".pages").get_by_role("link", name="Carte").click()
    page.wait_for_selector("#carte[data-peint]")
    assert "champ=logement" in page.url
    assert "echelon=communal" in page.url
    page.locator(".pages").get_by_role("link", name="Registre").click()
    page.wait_for_url(re.compile("/registre/"))
    assert "champ=logement" in page.url
    expect(page.locator("#registre-champ")).to_have_value("Logement et cadre de vie")


def test_a_territory_is_searched_and_text_is_searched_in_the_table(page: Page, site: str, frames_demo) -> None:
    ouvrir(page, site, "?echelon=intercommunal")
    page.locator("#registre-territoire").fill("guerinec")
    page.get_by_role("option", name="CC du Pays de Guérinec").click()
    expect(page.locator("#registre-corps")).to_contain_text("2 conventions")
    assert "territoire=960000046" in page.url
    page.get_by_label("Chercher dans le registre").fill("2018")
    expect(page.locator(".ag-center-cols-container .ag-row")).to_have_count(1)
    page.get_by_label("Retirer le territoire").click()
    expect(page.locator("#registre-corps")).to_contain_text(
        f"{(frames_demo['ctg']['echelon'] == 'intercommunal').sum()} conventions"
    )


def test_the_files_are_saved_under_the_filters(page: Page, site: str) -> None:
    ouvrir(page, site, "?onglet=echeances&echelon=communal")
    with page.expect_download() as attendu:
        page.get_by_role("link", name="Calendrier des échéances (.ics)").click()
    with open(attendu.value.path(), "rb") as flux:
        agenda = icalendar.Calendar.from_ical(flux.read())
    with page.expect_download() as attendu:
        page.get_by_role("link", name="Suivi des échéances (CSV)").click()
    with open(attendu.value.path(), encoding="utf-8-sig") as flux:
        lignes = list(csv.DictReader(io.StringIO(flux.read()), delimiter=";"))
    assert len(list(agenda.walk("VEVENT"))) == len(lignes) > 3
    assert {ligne["Échelon"] for ligne in lignes} == {"Communal"}


@pytest.mark.parametrize("onglet", ONGLETS)
def test_no_violation_in_both_themes_and_no_sideways_scroll(chromium: Browser, site: str, onglet: str) -> None:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, color_scheme="light")
    page = context.new_page()
    ouvrir(page, site, ONGLETS[onglet])
    page.wait_for_timeout(1000)
    for jumeau in page.locator(".jumeau summary").all():
        jumeau.click()
    for theme in ("light", "dark"):
        expect(page.locator(f'html[data-theme="{theme}"]')).to_be_attached()
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found] == [], theme
        page.locator("#bouton-contraste").click()
        page.wait_for_timeout(300)
    for largeur in (390, 320):
        page.set_viewport_size({"width": largeur, "height": 844})
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= largeur
    context.close()
