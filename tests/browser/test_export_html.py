"""The stand-alone page opened as from a mail attachment: no network, no server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dashboard.exports import export
from data.frames import Frames
from data.model import Maille
from layers.kit.view import View
from layers.registry import LAYERS

pytestmark = pytest.mark.browser
TOUTES = tuple(layer.id for layer in LAYERS)
JOUR = date(2026, 11, 23)


class Snapshot:
    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder = page, folder
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda r: self.requests.append(r.url))
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("dialog", lambda d: (self.errors.append(f"dialogue {d.message}"), d.dismiss()))

    def open(self, frames: Frames, couches: tuple[str, ...] = TOUTES, **rest: object) -> Page:
        path = self.folder / "vue.html"
        export(View(date=frames.jeu.date_reference or JOUR, couches=couches, **rest), frames, path, JOUR)
        self.requests.clear()
        self.page.goto(path.as_uri())
        self.page.wait_for_selector(".folium-map[data-pret=oui]")
        return self.page

    def colours(self, pane: str) -> int:
        """Count the distinct opaque colours painted on a pane of the map."""
        return self.page.evaluate(
            """(pane) => { const c = document.querySelector(`.leaflet-${pane}-pane canvas`);
            if (!c || !c.width) return 0;
            const d = new Uint32Array(c.getContext("2d").getImageData(0, 0, c.width, c.height).data.buffer);
            const seen = new Map();
            for (const p of d) if (p >>> 24 === 255) seen.set(p, (seen.get(p) || 0) + 1);
            return [...seen.values()].filter((n) => n > 60).length; }""",
            pane,
        )


@pytest.fixture
def snapshot(chromium: Browser, tmp_path: Path) -> Iterator[Snapshot]:
    context = chromium.new_context(offline=True, viewport={"width": 1366, "height": 900}, locale="fr-FR")
    yield Snapshot(context.new_page(), tmp_path)
    context.close()


@pytest.mark.parametrize("maille", [Maille.COMMUNE, Maille.EPCI, Maille.DEPARTEMENT])
def test_opens_without_network_nor_error(snapshot: Snapshot, frames_demo: Frames, maille: Maille):
    page = snapshot.open(frames_demo, maille=maille)
    assert snapshot.errors == []
    assert [u for u in snapshot.requests if not u.startswith(("file:", "data:"))] == []
    assert len([u for u in snapshot.requests if u.startswith("file:")]) == 1
    assert snapshot.colours("aplats") >= (1 if maille is Maille.DEPARTEMENT else 3)
    assert page.evaluate("document.documentElement.lang") == "fr"


def test_layers_are_switched_one_by_one(snapshot: Snapshot, frames_demo: Frames):
    page = snapshot.open(frames_demo)
    boxes = page.locator(".leaflet-control-layers-overlays input")
    assert boxes.count() == len(TOUTES)
    before = snapshot.colours("aplats")
    for i in range(boxes.count()):
        boxes.nth(i).uncheck()
    page.wait_for_timeout(150)
    assert before >= 3
    assert snapshot.colours("aplats") == 0
    assert snapshot.colours("hachures") == 0
    boxes.nth(1).check()
    page.wait_for_timeout(150)
    assert snapshot.colours("aplats") + snapshot.colours("hachures") > 0
    assert snapshot.errors == []


def test_hover_reads_the_layers_in_sight(snapshot: Snapshot, frames_demo: Frames):
    page = snapshot.open(frames_demo, ("couverture_ctg",), maille=Maille.EPCI)
    x, y = page.evaluate(
        """() => { const c = atlas.etat.courant, b = atlas.etat.carte.getContainer().getBoundingClientRect();
        const p = atlas.etat.carte.latLngToContainerPoint(c.centres[0]); return [b.x + p.x, b.y + p.y]; }"""
    )
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    tip = page.locator(".leaflet-tooltip.bulle")
    tip.wait_for()
    assert page.evaluate("atlas.etat.courant.noms[0]") in tip.inner_text()
    assert "Couverture par les Ctg" in tip.inner_text()


def test_table_is_searched_sorted_and_shows_its_territory(snapshot: Snapshot, frames_demo: Frames):
    page = snapshot.open(frames_demo, ("couverture_ctg",))
    name, code = frames_demo.communes["nom"].iloc[3], frames_demo.communes["code"].iloc[3]
    page.fill("#chercher-territoires", name)
    assert page.locator("#territoires tbody tr:visible").count() >= 1
    before = page.evaluate("atlas.etat.carte.getZoom()")
    page.locator(f"button[data-territoire='{code}']").click()
    assert page.evaluate("atlas.etat.carte.getZoom()") > before
    assert page.locator("tr.choisie").get_attribute("data-code") == code
    page.fill("#chercher-territoires", "")
    page.locator("#territoires thead button").first.click()
    codes = page.locator("#territoires tbody tr").evaluate_all("rows => rows.map(r => r.dataset.code)")
    assert codes == sorted(codes)


def test_hostile_names_stay_text(snapshot: Snapshot, frames_demo: Frames):
    communes = frames_demo.communes.copy()
    communes["nom"] = ["<img src=x onerror=alert(1)>"] * len(communes)
    evil = replace(frames_demo, communes=communes, jeu=replace(frames_demo.jeu, nom="<script>alert(2)</script>"))
    page = snapshot.open(evil, ("couverture_ctg",))
    box = page.locator(".folium-map").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.wait_for_timeout(200)
    assert snapshot.errors == []
    assert page.locator("img[src=x]").count() == 0
    assert "<script>alert(2)</script>" in page.locator("h1").inner_text()


def test_the_interface_is_french(snapshot: Snapshot, frames_demo: Frames):
    page = snapshot.open(frames_demo)
    titles = page.locator(".leaflet-control-zoom a").evaluate_all("a => a.map(x => x.title)")
    assert titles == ["Agrandir", "Réduire"]
    assert "mi" not in page.locator(".leaflet-control-scale").inner_text().split()
    assert "Layers" not in page.content().split("<script")[0]


def test_a_narrow_screen_does_not_scroll_sideways(snapshot: Snapshot, frames_demo: Frames):
    page = snapshot.open(frames_demo)
    page.set_viewport_size({"width": 320, "height": 640})
    page.wait_for_timeout(150)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
