"""The sections on fields, overlaps, conventions, means and results, as a coordinator uses them."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ONGLETS = ("champs", "interventions", "doublons", "conventions", "moyens", "resultats", "acces")


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    page.wait_for_selector("#registre-titre:not(:empty)")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)
    return page


@pytest.fixture
def page(chromium: Browser):
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    page, errors = context.new_page(), []
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    yield page
    context.close()
    assert errors == []


@pytest.mark.parametrize(("scheme", "onglets"), [("light", ONGLETS), ("dark", ("champs", "conventions", "cas"))])
def test_no_violation_and_no_page_wider_than_its_screen(
    chromium: Browser, site: str, scheme: str, onglets: tuple[str, ...]
) -> None:
    context = chromium.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    for onglet in onglets:
        page.set_viewport_size({"width": 1366, "height": 768})
        opened(page, f"{site}registre/?onglet={'doublons' if onglet == 'cas' else onglet}")
        if onglet == "cas":
            page.locator(".ag-cell a[href*='doublon=']").first.click()
            page.wait_for_selector(".examen")
        found = Axe().run(page).response["violations"]
        assert [(onglet, v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            page.wait_for_function(f"document.documentElement.scrollWidth <= {width}")
    context.close()


def test_an_overlap_marked_as_examined_stays_so(page: Page, site: str) -> None:
    opened(page, f"{site}registre/?onglet=doublons")
    page.locator(".ag-cell a[href*='doublon=']").first.click()
    page.wait_for_selector(".examen")
    adresse = page.url
    bouton = page.get_by_role("button", name="Enregistrer")
    bouton.click()
    page.get_by_text("Indiquer la fonction").wait_for()
    page.get_by_label("Fonction (pas de nom)").first.click()
    page.get_by_role("option", name="Coordination Ctg").click()
    page.get_by_label("Ce qui a été convenu").fill("Deux publics distincts, les deux restent.")
    bouton.click()
    page.get_by_text("Noté : ce cas est examiné").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Enregistrer", "the focus stays"
    opened(page, adresse)
    assert "(Coordination Ctg)" in page.inner_text(".examen")
    assert "Deux publics distincts, les deux restent." in page.inner_text(".examen")
    assert "Examiné le 01/11/2026" in page.inner_text(".examen")
    opened(page, f"{site}registre/?onglet=doublons")
    assert page.locator(".ag-cell", has_text="✓ Examiné").count() == 1
    assert page.locator(".cartons dd").all_inner_texts()[-1] == "1"


def test_from_a_cell_of_the_matrix_to_the_map_and_back(page: Page, site: str) -> None:
    opened(page, f"{site}registre/?onglet=champs&date=2024-01-01")
    cell = page.locator("a.case[href*='champ=parentalite'][href*='maille=epci']").first
    dit = cell.get_attribute("title") or ""
    cell.click()
    page.wait_for_selector("#carte[data-peint]")
    page.wait_for_selector("#fiche h2")
    code = re.search(r"territoire=(\d{9})", page.url)
    assert code
    assert "champ=parentalite" in page.url
    assert "date=2024-01-01" in page.url
    assert page.inner_text("#fiche h2") in dit
    page.go_back()
    page.wait_for_selector("a.case")
    assert "onglet=champs" in page.url
    assert "date=2024-01-01" in page.url


def test_the_field_filter_holds_in_every_section(page: Page, site: str) -> None:
    opened(page, f"{site}registre/?onglet=champs&champ=logement")
    assert page.locator(".croise-champs thead th").all_inner_texts()[1:] == ["Logement et cadre de vie"]
    page.locator("#registre-navigation a", has_text="Interventions").click()
    page.wait_for_selector("text=Qui fait quoi, et où")
    assert "champ=logement" in page.url
    page.wait_for_selector(".ag-cell")
    champs = page.locator('.ag-cell[col-id="champ"]').all_inner_texts()
    assert champs
    assert all("Logement" in c for c in champs)


def test_the_evaluation_of_an_agreement_in_two_clicks(page: Page, site: str) -> None:
    opened(page, f"{site}registre/?onglet=resultats")
    lien = page.locator("a[href^='/evaluation/'][href*='.html']").first
    lien.click()
    page.wait_for_selector("h1")
    assert page.inner_text("h1").startswith("Évaluation")
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    reponse = page.request.get(page.url.replace(".html", ".pdf"))
    assert reponse.headers["content-type"] == "application/pdf"
    assert reponse.body().startswith(b"%PDF-")
    assert page.request.get(f"{site}evaluation/INCONNUE.pdf").status == 404
