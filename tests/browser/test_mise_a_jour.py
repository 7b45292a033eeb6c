"""The coordinator's register: brought by the browser, matched, compared, accepted, and found on the map."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from data.store import Store

pytestmark = pytest.mark.browser
DEMO = Path(__file__).resolve().parents[2] / "data" / "demo" / "jeu"
REGISTRE = (
    "Intitulé;Niveau;Stade;Signée le;Début;Intercommunalité\nCtg de l'essai;Epci;Ficelée;02/01/2026;02/01/2026;{}\n"
)


@pytest.fixture
def magasin(tmp_path: Path) -> Store:
    store = Store(tmp_path / "magasin")
    store.install(DEMO)
    return store


@pytest.fixture
def page(chromium: Browser, serve_store, magasin: Store) -> Iterator[Page]:
    with serve_store(magasin) as site:
        context = chromium.new_context(viewport={"width": 1366, "height": 900})
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.goto(f"{site}registre/?onglet=mise_a_jour")
        yield page
        context.close()
        assert errors == []


def test_a_register_is_matched_compared_and_installed(page: Page, magasin: Store, tmp_path: Path, frames_demo) -> None:
    fichier = tmp_path / "suivi.csv"
    fichier.write_text(REGISTRE.format(frames_demo["epci"]["nom"].iloc[4]), encoding="utf-8")
    page.get_by_role("button", name="Choisir un fichier…").wait_for()
    page.set_input_files("input[type=file]", fichier)
    expect(page.locator(".maj-resume")).to_contain_text("1 ajoutée")
    mot = page.get_by_role("textbox", name="Ficelée")
    mot.click()
    page.get_by_role("option", name="Signée", exact=True).click()
    expect(page.get_by_text("n'a pas de correspondance")).to_have_count(0)
    assert page.get_by_alt_text("Carte des changements").count() == 1
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    page.get_by_role("button", name="Installer cette version").click()
    expect(page.locator(".maj-fait")).to_contain_text("Indiquer la fonction")
    page.get_by_role("textbox", name="Fonction (pas de nom)").click()
    page.get_by_role("option", name="Coordination Ctg").click()
    avant = magasin.current()
    page.get_by_role("button", name="Installer cette version").click()
    expect(page.locator(".maj-fait")).to_contain_text("installée et en service")
    assert magasin.current() != avant
    page.get_by_text("Coordination Ctg : 1 changement").click()
    expect(page.locator(".maj-changements")).to_contain_text("Ajoutée : Ctg de l'essai")
    assert not any((magasin.racine / "depots").iterdir())
    shutil.rmtree(magasin.racine / "depots")


def test_giving_up_forgets_the_file(page: Page, magasin: Store, tmp_path: Path) -> None:
    fichier = tmp_path / "suivi.csv"
    fichier.write_text("Intitulé;Stade\nCtg A;Signée\n", encoding="utf-8")
    page.get_by_role("button", name="Choisir un fichier…").wait_for()
    page.set_input_files("input[type=file]", fichier)
    page.get_by_role("button", name="Abandonner").click()
    expect(page.get_by_role("button", name="Choisir un fichier…")).to_be_visible()
    assert "depot=" not in page.url
    assert not any((magasin.racine / "depots").iterdir())
