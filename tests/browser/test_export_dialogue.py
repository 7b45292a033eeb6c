"""The options of an export: accessible, reached by keyboard, and an atlas made while the map goes on."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def dialogue(chromium: Browser, site: str):
    context = chromium.new_context(viewport={"width": 1366, "height": 900}, locale="fr-FR", accept_downloads=True)
    page = context.new_page()
    page.goto(f"{site}?maille=epci&couches=couverture_ctg")
    page.wait_for_selector("#carte[data-peint]", timeout=60_000)
    page.locator("#exporter").focus()
    page.keyboard.press("Enter")
    page.locator("#export-ouvrir").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#atlas-composer", timeout=30_000)
    page.wait_for_timeout(500)
    yield page
    context.close()


def test_the_dialog_is_accessible_and_closes_with_escape(dialogue: Page) -> None:
    found = Axe().run(dialogue).response["violations"]
    assert [f"{v['id']} : {v['nodes'][0]['html'][:120]}" for v in found] == []
    dialogue.keyboard.press("Escape")
    dialogue.wait_for_selector("#atlas-composer", state="hidden")


def test_a_view_leaves_with_the_options_asked(dialogue: Page, tmp_path: Path) -> None:
    dialogue.fill("#export-instance", "CA du 12/11/2026")
    with dialogue.expect_download(timeout=120_000) as waited:
        dialogue.get_by_role("button", name="Exporter la vue").click()
    waited.value.save_as(tmp_path / "vue.pdf")
    import pypdfium2

    text = pypdfium2.PdfDocument(tmp_path / "vue.pdf")[0].get_textpage().get_text_bounded()
    assert "CA du 12/11/2026" in text


def test_an_atlas_can_be_cancelled_while_the_map_answers(dialogue: Page) -> None:
    dialogue.locator("#atlas-composer").click()
    dialogue.wait_for_function("!document.getElementById('atlas-annuler').disabled", timeout=60_000)
    assert dialogue.evaluate("fetch('/sante').then(r => r.status)") == 200
    dialogue.locator("#atlas-annuler").click()
    dialogue.wait_for_function("document.getElementById('atlas-suivi').innerText.includes('Annulé')", timeout=60_000)
