"""A séance as one file, opened without network: the keys of the projection lead through it."""

from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from dashboard.seances.dossier import page as hors_ligne
from dashboard.seances.dossier.contents import dossier_of
from dashboard.seances.model import Scene, Seance
from data.frames import Frames

pytestmark = pytest.mark.browser
SCENES = tuple(
    Scene("?couches=couverture_ctg&maille=epci&date=2026-11-01", t, question="Et <b>ensuite</b> ?", id=t) for t in "ABC"
)
SEEN = "() => [document.querySelector('.scene.ici h1').textContent, document.getElementById('noir').hidden]"


def test_keys_lead_through_the_page_without_network(chromium: Browser, frames_demo: Frames, tmp_path: Path) -> None:
    file = tmp_path / "seance.html"
    file.write_bytes(hors_ligne.html(dossier_of(Seance("s", "CA", "", None, 1, False, SCENES), frames_demo, date.max)))
    context = chromium.new_context(offline=True, viewport={"width": 1366, "height": 768})
    try:
        page = context.new_page()
        asked, errors = [], []
        page.on("request", lambda r: asked.append(r.url))
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.goto(file.as_uri())
        page.wait_for_function("document.querySelector('.scene.ici .carte img').naturalWidth > 0")
        steps = [("", "A")]
        steps += [("PageDown", "B"), (" ", "C"), ("ArrowLeft", "B"), ("PageUp", "A"), ("ArrowRight", "B")]
        for key, title in [*steps, ("End", "Décisions"), ("ArrowDown", "Décisions")]:
            if key:
                page.keyboard.press(key)
            assert page.evaluate(SEEN) == [title, True], key
        page.keyboard.type("2")
        page.keyboard.press("Enter")
        page.keyboard.press("b")
        assert page.evaluate(SEEN) == ["B", False]
        page.keyboard.press("b")
        assert page.evaluate(SEEN) == ["B", True]
        transform = "() => document.querySelector('.scene.ici .carte img').style.transform"
        page.keyboard.press("+")
        assert "scale(1.4)" in page.evaluate(transform)
        page.keyboard.press("Home")
        assert page.evaluate(transform) == ""
        page.keyboard.press("?")
        assert page.locator("#aide").is_visible()
        page.keyboard.press("Escape")
        aside = page.locator(".scene.ici aside")
        assert aside.evaluate("a => a.scrollHeight <= a.clientHeight + 1")
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []
        assert errors == []
        assert all(url.startswith(("file:", "blob:", "data:")) for url in asked)
    finally:
        context.close()
