"""Every format over every kind of view: right files, or one French sentence."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pikepdf
import pyogrio
import pytest
from lxml import etree, html
from PIL import Image
from pptx import Presentation
from shapely import Polygon

from dashboard.exports import SUFFIXES, export
from data.errors import ExportError
from data.frames import Frames
from data.model import MAILLES_CARTE, Maille, Profil
from layers.kit.view import View
from layers.registry import LAYERS

JOUR = date(2026, 11, 23)
TOUTES = tuple(layer.id for layer in LAYERS)
PIEGE = "<script>alert(1)</script>\"'&$x^2$ _a_ =1+1 q{{7*7}}q {%raw%} #let </script> \x07"
LONG = "Très long nom " * 36
_NOMS = (("epci", "nom"), ("ctg", "nom"), ("points_acces", "nom"), ("indicateurs_def", "libelle"))


def vue(frames: Frames, couches: tuple[str, ...] = TOUTES, **rest: object) -> View:
    return View(date=frames.jeu.date_reference or JOUR, couches=couches, **rest)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., bytes]:
    def made(view: View, frames: Frames, suffixe: str) -> bytes:
        path = tmp_path / f"vue.{suffixe}"
        export(view, frames, path, JOUR)
        return path.read_bytes()

    return made


def hostile(frames: Frames) -> Frames:
    """The same dataset with names that try to be markup, formulas, mathematics, or too long."""
    communes, tables = frames.communes.copy(), dict(frames.tables)
    names = communes["nom"].tolist()
    names[0], names[1] = PIEGE, LONG
    communes["nom"] = names
    for table, column in _NOMS:
        changed = tables[table].copy()
        changed[column] = [PIEGE if i % 2 else LONG for i in range(len(changed))]
        tables[table] = changed
    sources = tuple(replace(s, titre=PIEGE + LONG) for s in frames.jeu.sources)
    return replace(frames, communes=communes, tables=tables, jeu=replace(frames.jeu, nom=PIEGE, sources=sources))


def emptied(frames: Frames) -> Frames:
    tables = {name: table.iloc[:0] for name, table in frames.tables.items()}
    return replace(frames, tables=tables, presentes=frozenset({"communes"}))


def check(suffixe: str, content: bytes) -> None:
    """Open the file with a reader of its format."""
    match suffixe:
        case "png":
            Image.open(io.BytesIO(content)).verify()
        case "svg":
            etree.fromstring(content)
        case "pdf":
            with pikepdf.open(io.BytesIO(content)) as document:
                assert document.Root.MarkInfo.Marked
                assert len(document.pages) >= 2
        case "html":
            html.fromstring(content.decode("utf-8"))
        case "csv":
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
            assert len({len(r) for r in rows}) == 1
        case "xlsx":
            assert "Lecture" in openpyxl.load_workbook(io.BytesIO(content)).sheetnames
        case "geojson":
            assert json.loads(content)["type"] == "FeatureCollection"
        case "gpkg":
            layers = dict(pyogrio.list_layers(io.BytesIO(content)).tolist())
            assert layers == {"territoires": "MultiPolygon", "lieux": "Point", "atlas_ctg": None}
        case "pptx":
            (slide,) = Presentation(io.BytesIO(content)).slides
            assert slide.shapes.title.text_frame.text
            assert slide.has_notes_slide
        case _:
            pytest.fail(f"format sans contrôle : {suffixe}")


@pytest.mark.parametrize("suffixe", SUFFIXES)
@pytest.mark.parametrize("maille", MAILLES_CARTE)
def test_every_format_opens_at_every_maille(write, frames_demo: Frames, suffixe: str, maille: Maille):
    check(suffixe, write(vue(frames_demo, maille=maille), frames_demo, suffixe))


@pytest.mark.parametrize("suffixe", SUFFIXES)
def test_a_view_without_layer_is_still_a_map(write, frames_demo: Frames, suffixe: str):
    check(suffixe, write(vue(frames_demo, ()), frames_demo, suffixe))


@pytest.mark.parametrize("suffixe", SUFFIXES)
def test_a_dataset_of_bare_communes_is_exported(write, frames_demo: Frames, suffixe: str):
    check(suffixe, write(vue(frames_demo), emptied(frames_demo), suffixe))


@pytest.mark.parametrize("suffixe", SUFFIXES)
def test_communes_that_all_lack_an_outline_are_exported(write, frames_demo: Frames, suffixe: str):
    nowhere = frames_demo.communes.set_geometry([Polygon()] * len(frames_demo.communes), crs=4326)
    check(suffixe, write(vue(frames_demo), replace(frames_demo, communes=nowhere), suffixe))


@pytest.mark.parametrize("suffixe", SUFFIXES)
def test_hostile_and_endless_names_do_no_harm(write, frames_demo: Frames, suffixe: str):
    check(suffixe, write(vue(frames_demo), hostile(frames_demo), suffixe))


def test_an_unknown_suffix_is_refused_with_those_that_exist(tmp_path: Path, frames_demo: Frames):
    with pytest.raises(ExportError, match=r"«\u00a0\.bmp\u00a0».*\.html.*\.png"):
        export(vue(frames_demo), frames_demo, tmp_path / "vue.bmp")
    with pytest.raises(ExportError, match="n'a pas de suffixe"):
        export(vue(frames_demo), frames_demo, tmp_path / "vue")
    assert not list(tmp_path.iterdir())


def test_the_suffix_may_be_in_capitals(tmp_path: Path, frames_demo: Frames):
    export(vue(frames_demo), frames_demo, tmp_path / "VUE.CSV", JOUR)
    assert (tmp_path / "VUE.CSV").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("place", ["absent/vue.csv", "dossier.csv", "fichier/vue.csv"])
def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path, frames_demo: Frames, place: str):
    (tmp_path / "dossier.csv").mkdir()
    (tmp_path / "fichier").write_text("")
    with pytest.raises(ExportError, match="ne peut pas être écrit"):
        export(vue(frames_demo), frames_demo, tmp_path / place, JOUR)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dossier.csv", "fichier"]


@pytest.mark.parametrize("suffixe", [s for s in SUFFIXES if s != "pdf"])
def test_the_same_view_on_the_same_day_gives_the_same_bytes(write, frames_demo: Frames, suffixe: str):
    assert write(vue(frames_demo), frames_demo, suffixe) == write(vue(frames_demo), frames_demo, suffixe)


@pytest.mark.parametrize("suffixe", ["html", "svg", "csv", "xlsx", "geojson"])
def test_fictitious_data_bear_their_mark_and_real_data_do_not(write, frames_demo: Frames, suffixe: str):
    real = replace(frames_demo, jeu=replace(frames_demo.jeu, fictif=False, sources=()))
    found = [_texts(suffixe, write(vue(frames_demo), f, suffixe)) for f in (frames_demo, real)]
    assert "Données fictives" in found[0]
    assert "Données fictives" not in found[1]


def _texts(suffixe: str, content: bytes) -> str:
    if suffixe != "xlsx":
        return content.decode("utf-8")
    book = openpyxl.load_workbook(io.BytesIO(content))
    return " ".join(str(c) for row in book["Lecture"].iter_rows(values_only=True) for c in row)


def test_the_page_asks_nothing_of_the_network(write, frames_demo: Frames):
    text = write(vue(frames_demo), hostile(frames_demo), "html").decode()
    page = html.fromstring(text)
    links = [
        v for e in page.iter() if isinstance(e.tag, str) for k, v in e.items() if k in ("src", "href", "srcset", "data")
    ]
    assert {v.split(":")[0].split(",")[0] for v in links} <= {"data", "#territoires"}
    assert not page.xpath("//link | //iframe | //object | //embed | //base")
    assert not re.findall(r"url\((?!['\"]?data:)", "".join(page.xpath("//style/text()")))
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""", text)
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_the_page_escapes_names_everywhere(write, frames_demo: Frames):
    """A name is written as it is: never markup, nor a command of the templates that the page goes through."""
    evil = hostile(frames_demo)
    crossed = evil["indicateurs_def"]["indicateur"].iloc[1]
    text = write(vue(frames_demo, indicateur=crossed), evil, "html").decode()
    assert "q49q" not in text
    assert "q\\u0026#123;\\u0026#123;7*7" in text, "the layer is in the control of the map"
    assert "<script>alert" not in text
    assert text.count("<script") == text.count("</script") == 4
    page = html.fromstring(text)
    assert PIEGE.split("\x07")[0].strip() in page.xpath("//h1")[0].text_content()
    data = json.loads(page.xpath("//script[@id='atlas-donnees']/text()")[0])
    assert data["maillages"]["commune"]["noms"][0] == PIEGE


def test_the_table_of_the_page_says_what_the_csv_says(write, frames_demo: Frames):
    view = vue(frames_demo, ("couverture_ctg",))
    page = html.fromstring(write(view, frames_demo, "html").decode())
    cells = [[c.text_content() for c in row] for row in page.xpath("//section[@id='territoires']//tbody/tr")]
    rows = list(csv.reader(io.StringIO(write(view, frames_demo, "csv").decode("utf-8-sig")), delimiter=";"))
    assert len(cells) == len(frames_demo.communes)
    assert [r[:4] for r in cells] == [r[:4] for r in rows[1:]]


def test_csv_is_french_and_keeps_codes(write, frames_demo: Frames):
    content = write(vue(frames_demo, ("densite_services",), maille=Maille.EPCI), hostile(frames_demo), "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert all(re.fullmatch(r"\d{9}", r["Code"]) for r in rows)
    assert any(re.search(r"\d,\d", str(v)) for r in rows for v in r.values())


def test_a_cell_that_looks_like_a_formula_stays_text(write, frames_demo: Frames):
    communes = frames_demo.communes.copy()
    communes["nom"] = [f"=1+{i}" for i in range(len(communes))]
    formulas = replace(frames_demo, communes=communes)
    rows = list(csv.DictReader(io.StringIO(write(vue(formulas), formulas, "csv").decode("utf-8-sig")), delimiter=";"))
    assert all(r["Commune"].startswith("'=") for r in rows)
    sheet = openpyxl.load_workbook(io.BytesIO(write(vue(formulas), formulas, "xlsx")))["Territoires"]
    assert sheet["B2"].data_type == "s"


def test_geojson_has_a_feature_per_territory_and_place(write, frames_demo: Frames):
    content = json.loads(write(vue(frames_demo, ("couverture_ctg", "points_acces")), frames_demo, "geojson"))
    kinds = [f["properties"]["objet"] for f in content["features"]]
    assert kinds.count("territoire") == len(frames_demo.communes)
    assert 0 < kinds.count("lieu") <= len(frames_demo["points_acces"])
    west, south, east, north = frames_demo.communes.total_bounds
    for feature in content["features"][:5]:
        x, y = feature["geometry"]["coordinates"][0][0][:2]
        if isinstance(x, list):
            x, y = x
        assert west - 0.01 <= x <= east + 0.01
        assert south - 0.01 <= y <= north + 0.01


def test_secret_figures_are_in_no_export(write, frames_demo: Frames):
    """A density that secrecy hides leaves no number in the row of its territory."""
    view = vue(frames_demo, ("densite_services",), champ="petite_enfance", profil=Profil.PARTENAIRE)
    rows = list(csv.DictReader(io.StringIO(write(view, frames_demo, "csv").decode("utf-8-sig")), delimiter=";"))
    (title,) = [k for k in rows[0] if k.startswith("Densité") and not k.endswith("(détail)")]
    hidden = [r for r in rows if r[title].startswith("s.")]
    assert hidden
    value = list(rows[0])[list(rows[0]).index(title) + 1]
    assert {r[value] for r in hidden} == {""}
