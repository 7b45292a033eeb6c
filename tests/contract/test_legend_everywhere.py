"""One view, every medium: the same classes, the same colours, the same numbers of territories."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pyogrio
import pytest
from lxml import etree
from lxml import html as lxml_html
from pptx import Presentation
from python_calamine import CalamineWorkbook

from dashboard.exports.registry import writer
from dashboard.exports.snapshot import Instantane, snapshot_of
from data.frames import Frames
from data.model import Maille, Profil
from layers.kit.marks import Classe, Fill, legend_of
from layers.kit.texts import number
from layers.kit.view import View
from layers.registry import LAYERS

JOUR = date(2026, 11, 23)
TOUTES = View(date=date(2026, 11, 1), couches=tuple(layer.id for layer in LAYERS), champ="petite_enfance")
VUES = {
    "toutes": TOUTES,
    "couverture": replace(TOUTES, couches=("couverture_ctg",), maille=Maille.EPCI),
    "densite": replace(TOUTES, couches=("densite_services",), profil=Profil.PARTENAIRE),
    "effectif": replace(TOUTES, couches=("indicateur", "points_acces"), indicateur="enfants_0_2", maille=Maille.EPCI),
    "deux_taux": replace(TOUTES, couches=("indicateur",), indicateur="taux_pauvrete", indicateur2="revenu_median"),
}


@pytest.fixture(scope="module", params=list(VUES))
def vue(request: pytest.FixtureRequest, frames_demo: Frames) -> Instantane:
    return snapshot_of(VUES[request.param], frames_demo, JOUR)


def entries(vue: Instantane) -> list[tuple[str, int, str]]:
    """Label, number and colour of every entry of the legend that is no matrix."""
    return [
        (e.libelle, e.nombre, e.symbole.couleur.lower())
        for d in vue.drawings
        for m in d.marques
        for e in legend_of(m)
        if hasattr(e.symbole, "couleur")
    ]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u202f", " ").replace("\xa0", " ")).strip()


def test_the_page_has_it(vue: Instantane) -> None:
    page = lxml_html.fromstring(writer("html")(vue).decode())
    found = []
    for item in page.xpath("//section[@id='legende']//li[not(contains(@class, 'croisement'))]"):
        label, nombre = (plain(s.text_content()) for s in item.xpath("./span"))
        found.append((label, nombre, unquote(item.xpath("./img/@src")[0]).lower()))
    wanted = entries(vue)
    assert len(found) == len(wanted)
    for (label, nombre, picture), (said, count, colour) in zip(found, wanted, strict=True):
        assert label.startswith(plain(said))
        assert nombre == plain(number(count))
        hatched = any(isinstance(m, Fill) and not m.plein for d in vue.drawings for m in d.marques)
        assert colour in picture or hatched, (said, colour)


def test_the_slide_has_it(vue: Instantane) -> None:
    (slide,) = Presentation(io.BytesIO(writer("pptx")(vue))).slides
    written = plain(" ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame))
    drawn = Counter(
        colour.lower()
        for s in slide.shapes
        for colour in re.findall(r'srgbClr val="(\w{6})"', etree.tostring(s._element).decode())
    )
    for label, count, colour in entries(vue):
        assert re.search(
            re.escape(plain(label)) + r"[^()]*(\([^()]*\))? ?\(" + re.escape(plain(number(count))) + r"\)", written
        ), label
        assert drawn[colour.lstrip("#")] or colour == "#ffffff" or _hatched(vue, label), (label, colour)


def _hatched(vue: Instantane, label: str) -> bool:
    return any(
        isinstance(m, Fill) and not m.plein and label in {c.libelle for c in m.classes}
        for d in vue.drawings
        for m in d.marques
    )


def test_the_drawing_has_it(vue: Instantane) -> None:
    tree = etree.fromstring(writer("svg")(vue))
    written = plain(" ".join("".join(t.itertext()) for t in tree.iter("{*}text")))
    for drawing in vue.drawings:
        for mark in drawing.marques:
            for entry in legend_of(mark):
                assert plain(number(entry.nombre)) in written
                if isinstance(entry.symbole, Classe) and isinstance(mark, Fill) and mark.plein and mark.grille is None:
                    swatches = tree.xpath(f"//*[@id='legende-{entry.symbole.id}']")
                    style = " ".join(etree.tostring(s).decode() for s in swatches).lower()
                    if hatches := re.findall(r"fill: url\(#(\w+)\)", style):
                        style = etree.tostring(tree.xpath(f"//*[@id='{hatches[0]}']")[0]).decode().lower()
                    assert entry.symbole.couleur.lower() in style, entry.libelle


def csv_labels(vue: Instantane, column: str) -> list[str]:
    rank = [c.id for c in vue.territoires.columns].index(column)
    rows = list(csv.reader(io.StringIO(writer("csv")(vue).decode("utf-8-sig")), delimiter=";"))
    return [row[rank] for row in rows[1:]]


def xlsx_labels(vue: Instantane, column: str) -> list[str]:
    rank = [c.id for c in vue.territoires.columns].index(column)
    book = CalamineWorkbook.from_filelike(io.BytesIO(writer("xlsx")(vue)))
    return [row[rank] for row in book.get_sheet_by_name("Territoires").to_python()[1:]]


def geojson_labels(vue: Instantane, column: str) -> list[str]:
    features = json.loads(writer("geojson")(vue))["features"]
    return [f["properties"][column] for f in features if f["properties"]["objet"] == "territoire"]


def gpkg_labels(vue: Instantane, column: str) -> list[str]:
    frame = pyogrio.read_dataframe(io.BytesIO(writer("gpkg")(vue)), layer="territoires", read_geometry=False)
    return frame[column].tolist()


@pytest.mark.parametrize("labels", [csv_labels, xlsx_labels, geojson_labels, gpkg_labels])
def test_the_data_have_it(vue: Instantane, labels: Callable[[Instantane, str], list[str]]) -> None:
    """Each class of an area has as many rows as its legend says."""
    for drawing in vue.drawings:
        fills = [m for m in drawing.marques if isinstance(m, Fill) and m.maille is vue.vue.maille and m.grille is None]
        for mark in fills[:1]:
            found = Counter(labels(vue, drawing.couche))
            for classe, rank in zip(mark.classes, range(len(mark.classes)), strict=True):
                assert found[classe.libelle] == mark.classe.count(rank), classe.libelle
