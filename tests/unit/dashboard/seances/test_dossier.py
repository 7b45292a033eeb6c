"""A séance leaves as a tagged document, as slides and as one page; whatever was written in it, each stays whole."""

import io
import json
import re
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pdfplumber
import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html as lxml_html
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard.__main__ import main
from dashboard.carnet import journal
from dashboard.carnet.database import Carnet
from dashboard.exports.sceau.poser import identity_in
from dashboard.seances import reading, writing
from dashboard.seances.dossier import page, paper, route, slides
from dashboard.seances.dossier.contents import SANS_DECISION, STYLO, VIDE, Dossier, dossier_of
from dashboard.seances.dossier.files import file_name
from dashboard.seances.model import Brouillon, Decision, Scene, Seance
from dashboard.seances.pen import read_strokes
from data.frames import Frames
from data.model import Profil
from data.store import Store

PICTURE = MSO_SHAPE_TYPE.PICTURE
JOUR = date(2026, 11, 23)
HOSTILE = "<script>alert(1)</script> #pagebreak() =cmd('x') $y$ \\ *g*"
NOTES = "Remercier les communes"
LONG = "Titre " * 83 + HOSTILE
TRAITS = "[[[46.4,-6.5],[46.6,-6.2],[46.5,-6.0]],[[46.3,-6.2]]]"
SCENES = (
    Scene(
        "?couches=couverture_ctg&maille=epci&date=2026-11-01",
        "Où en est la couverture ?",
        "Une phrase à lire.",
        "Que demander aux Epci ?",
        ("population", "communes"),
        NOTES,
        TRAITS,
        id="a",
    ),
    Scene("?couches=disparue&maille=epci&date=2026-11-01", LONG, HOSTILE, HOSTILE, ("perdu",), id="b"),
)
DECISIONS = (
    Decision("1", "s", "a", "?", "Rencontrer trois Epci.", "direction", date(2027, 6, 30), datetime(2026, 11, 20)),
    Decision("2", "s", "partie", "?", HOSTILE, "", None, datetime(2026, 11, 20)),
    Decision("3", "s", "b", "?", "Long. " * 600, "pôle petite enfance", None, datetime(2026, 11, 20)),
)
SEANCE = Seance("s", "CA d'hiver", "Conseil", date(2026, 12, 1), 1, False, SCENES, (), DECISIONS)
NUE = Seance("v", "=cmd() #x", "", None, 1, False)


@pytest.fixture(scope="module")
def dossier(frames_demo: Frames) -> Dossier:
    return dossier_of(SEANCE, frames_demo, JOUR)


@pytest.fixture(scope="module")
def imprime(dossier: Dossier) -> bytes:
    return paper.pdf(dossier)


@pytest.fixture(scope="module")
def pages(imprime: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(imprime)) as document:
        return [re.sub(r"\s+", " ", p.extract_text().replace("\u200b", "")) for p in document.pages]


@pytest.fixture(scope="module")
def ecran(dossier: Dossier) -> str:
    return page.html(dossier).decode()


def told(dossier: Dossier, make: Callable[[Dossier], bytes]) -> list[list[str]]:
    """Return the texts of each slide, those of tables too."""
    slides_of = Presentation(io.BytesIO(make(dossier))).slides
    return [
        [s.text_frame.text for s in slide.shapes if s.has_text_frame]
        + [c.text for s in slide.shapes if s.has_table for row in s.table.rows for c in row.cells]
        for slide in slides_of
    ]


def tags(node: pikepdf.Object) -> list[str]:
    """Return the names of the structure elements of a document, in reading order."""
    if isinstance(node, pikepdf.Array):
        return [t for child in node for t in tags(child)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    own = [str(node.S)] if "/S" in node else []
    return own + (tags(node.K) if "/K" in node else [])


def test_the_document_is_tagged_and_french(imprime: bytes) -> None:
    with pikepdf.open(io.BytesIO(imprime)) as document:
        root = document.Root
        assert str(root.Lang).lower().startswith("fr")
        assert bool(root.MarkInfo.Marked)
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "CA d'hiver"
        found = tags(root.StructTreeRoot)
    assert found.count("/Figure") == len(SCENES)
    assert found.count("/TH") == 5  # the record of decisions has real headers
    assert found.count("/Table") == 1


def test_each_scene_has_its_page_then_come_decisions_and_sources(pages: list[str]) -> None:
    assert "CA d'hiver" in pages[0]
    assert "Conseil, séance du 1er décembre 2026" in pages[0]
    assert "2 scènes, 3 décisions" in pages[0]
    assert "Document de travail, instance" in pages[0]
    assert re.search(r"1\. Où en est la couverture.*3", pages[1])
    scene = pages[2]
    for said in ("1. Où en est", "Une phrase à lire.", "Que demander aux Epci", "Population couverte", "À renouveler"):
        assert said in scene
    assert "« couches=disparue » n'est pas reconnu" in pages[3].replace("\u202f", " ").replace("\xa0", " ")
    assert re.search(r"\bnd\b.*\bPerdu\b", pages[3])
    assert "Titre Titre" in pages[3]
    rest = " ".join(pages[4:])
    assert "Rencontrer trois Epci. direction 30/06/2027 20/11/2026" in rest
    assert "(scène retirée)" in rest
    assert "non précisé" in rest
    assert rest.count("Long.") == 600
    assert rest.rindex("Sources et définitions") > rest.rindex("Long.")
    assert sum("Décision En charge" in p for p in pages) == sum("Long." in p for p in pages)  # headers come back


def test_what_is_written_stays_text_on_paper(pages: list[str]) -> None:
    assert "<script>alert(1)</script>" in pages[3]
    assert "#pagebreak() =cmd('x') $y$" in pages[3]


def test_notes_are_printed_only_when_asked(frames_demo: Frames, pages: list[str]) -> None:
    assert NOTES not in " ".join(pages)
    asked = dossier_of(Seance(*_bare(SEANCE), SCENES[:1]), frames_demo, JOUR, avec_notes=True)
    assert paper.printed(asked)["scenes"][0]["notes"] == [NOTES]
    with pdfplumber.open(io.BytesIO(paper.pdf(asked))) as document:
        assert NOTES in document.pages[3].extract_text()


def test_a_very_long_seance_is_printed_with_pictures(
    frames_demo: Frames, imprime: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "TRACEES_MAX", 0)
    content = paper.pdf(dossier_of(Seance(*_bare(SEANCE), SCENES[:1]), frames_demo, JOUR))

    def pictures(content: bytes) -> int:
        with pdfplumber.open(io.BytesIO(content)) as document:
            return sum(len(p.images) for p in document.pages)

    assert (pictures(content), pictures(imprime)) == (1, 0)


def test_slides_are_one_cover_one_per_scene_and_the_decisions(dossier: Dossier) -> None:
    presentation = Presentation(io.BytesIO(slides.pptx(dossier)))
    wide, tall = presentation.slide_width, presentation.slide_height
    cover, first, second, *last = presentation.slides
    assert cover.shapes.title.text_frame.text == "CA d'hiver"
    assert first.shapes.title.text_frame.text.startswith("Où en est la couverture")
    texts = " ".join(s.text_frame.text for s in first.shapes if s.has_text_frame)
    assert "Question au conseil\u202f: Que demander aux Epci" in texts
    assert "Une phrase à lire." in texts
    (carte,) = [s for s in first.shapes if s.name == "Carte"]
    assert "À renouveler" in carte._element.xpath(".//p:cNvPr")[0].get("descr")
    assert "Données et sources" in first.notes_slide.notes_text_frame.text
    assert NOTES not in first.notes_slide.notes_text_frame.text
    assert "disparue" in " ".join(s.text_frame.text for s in second.shapes if s.has_text_frame)
    tables = [s.table for slide in last for s in slide.shapes if s.has_table]
    assert len(tables) == len(last) > 1
    assert all(t.first_row and t.cell(0, 1).text == "Décision" for t in tables)
    said = [row.cells[1].text for t in tables for row in t.rows]
    assert HOSTILE in said
    assert sum(x.count("Long.") for x in said) >= 595  # a long decision goes on in rows below
    for slide in presentation.slides:
        for s in slide.shapes:
            assert s.left >= 0
            assert s.left + s.width <= wide + 10
            assert s.has_table or s.top + s.height <= tall + 10


def test_notes_go_with_the_slides_when_asked(frames_demo: Frames) -> None:
    asked = dossier_of(Seance(*_bare(SEANCE), SCENES[:1]), frames_demo, JOUR, avec_notes=True)
    _, first, _ = Presentation(io.BytesIO(slides.pptx(asked))).slides
    assert first.notes_slide.notes_text_frame.text.startswith(NOTES)


def test_the_page_holds_everything_and_asks_for_nothing(ecran: str) -> None:
    tree = lxml_html.fromstring(ecran)
    assert tree.get("lang") == "fr"
    assert [s.get("id") for s in tree.xpath("//section")] == ["scene-1", "scene-2", "decisions"]
    assert not [a for a in tree.xpath("//@src | //@href") if not a.startswith("data:image/svg+xml;base64,")]
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]
    maps = json.loads(tree.get_element_by_id("cartes").text)
    assert len(maps["cartes"]) == 2
    assert 'd="@' in maps["cartes"][0]
    assert len(set(maps["traces"])) == len(maps["traces"])
    assert not re.search(r"\.\d{3}", "".join(maps["traces"]))
    assert NOTES not in ecran


def test_hatches_are_read_on_the_dark_grounds_of_a_projector(ecran: str) -> None:
    first = json.loads(lxml_html.fromstring(ecran.encode()).get_element_by_id("cartes").text)["cartes"][0]
    hatches = re.findall(r"<pattern .*?</pattern>", first, re.S)
    assert any("#ffffff" in h for h in hatches)
    assert any("#1c2630" in h for h in hatches)


def test_strokes_of_the_pen_are_on_paper_on_slides_and_without_network(dossier: Dossier, ecran: str) -> None:
    with_pen, without = paper.printed(dossier)["scenes"]
    assert 'id="stylo-1"' in with_pen["carte"]["svg"]
    assert STYLO in with_pen["reserves"]
    assert with_pen["carte"]["dit"].endswith(STYLO)
    assert "stylo" not in without["carte"]["svg"]
    maps = json.loads(lxml_html.fromstring(ecran.encode()).get_element_by_id("cartes").text)["cartes"]
    assert [m.count('id="stylo-1"') for m in maps] == [1, 0]
    _, first, second, *_ = Presentation(io.BytesIO(slides.pptx(dossier))).slides
    inks = [pink(next(s.image.blob for s in slide.shapes if s.shape_type == PICTURE)) for slide in (first, second)]
    assert inks[0] > 300
    assert inks[1] == 0


def pink(content: bytes) -> int:
    """Count the pixels of a picture in the ink of the pen."""
    pixels = np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)
    return int((abs(pixels - np.array([194, 0, 91])).max(axis=2) < 8).sum())


@pytest.mark.parametrize(
    "traits", ["", "[]", "{", "[1]", "[[]]", "[[[45]]]", '[[["a",2]]]', "[[[1e999,2]]]", "[[[95,2]]]"]
)
def test_strokes_that_are_not_readable_are_no_stroke(traits: str) -> None:
    assert read_strokes(traits) == ()


def test_what_is_written_stays_text_on_screen(ecran: str) -> None:
    tree = lxml_html.fromstring(ecran)
    assert len(tree.xpath("//script")) == 2
    assert "<script>alert" not in ecran
    first, second = tree.xpath("//section/header/h1")[:2]
    assert first.text.startswith("Où en est la couverture")
    assert HOSTILE in second.text
    assert [c.text for c in tree.xpath("//section[@id='decisions']//thead//th")][1] == "Décision"
    assert HOSTILE in [c.text for c in tree.xpath("//section[@id='decisions']//td")]


def test_a_partner_edition_masks_more(frames_demo: Frames) -> None:
    found = dossier_of(Seance(*_bare(SEANCE), SCENES[:1]), frames_demo, JOUR, Profil.PARTENAIRE)
    assert found.scenes[0].instantane.vue.profil is Profil.PARTENAIRE
    assert "Édition partenaire" in found.edition
    assert any("Édition partenaire" in line for line in found.definitions)


def test_an_empty_seance_is_a_right_file(frames_demo: Frames) -> None:
    found = dossier_of(NUE, frames_demo, JOUR)
    with pdfplumber.open(io.BytesIO(paper.pdf(found))) as document:
        text = " ".join(p.extract_text() for p in document.pages)
    assert "=cmd() #x" in text
    assert VIDE in text
    assert SANS_DECISION in text
    cover, last = told(found, slides.pptx)
    assert cover[0] == "=cmd() #x"
    assert any(VIDE in t for t in cover)
    assert SANS_DECISION in last
    tree = lxml_html.fromstring(page.html(found).decode())
    assert VIDE in tree.text_content()


def _bare(seance: Seance) -> tuple:
    return (seance.id, seance.titre, seance.instance, seance.jour, seance.version, seance.archivee)


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Carnet, str, Path]:
    """A carnet beside a store of its own, with a séance of one scene."""
    store = tmp_path / "magasin"
    carnet = Carnet.default(Store(store))
    scene = Brouillon("?couches=&maille=epci&date=2026-11-01", "Seule scène", notes=NOTES)
    return carnet, writing.create(carnet, {"titre": "Été & <hiver>", "jour": "2026-12-01"}, [scene]), store


def test_the_command_writes_seals_and_logs(
    kept: tuple[Carnet, str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    carnet, ident, store = kept
    assert main(["seances", "--json", f"--magasin={store}"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == ident
    path = tmp_path / "s.html"
    demo = Path(__file__).resolve().parents[4] / "data" / "demo" / "jeu"
    command = ["seance", ident, str(path), f"--magasin={store}", f"--jeu={demo}", "--edition=partenaire"]
    assert main([*command, "--avec-notes"]) == 0
    out = capsys.readouterr().out
    assert "à relire avant l'envoi" in out
    assert NOTES in path.read_text("utf-8")
    identite, digest = identity_in(path.read_bytes(), "html")
    assert identite is not None
    assert (identite.empreinte, identite.edition) == (digest, "partenaire")
    (line,) = journal.listed(carnet, 0)
    assert (line.media, line.adresse) == ("html", f"seances/?seance={ident}")
    assert main(["seance", ident, str(tmp_path / "s.odt"), f"--magasin={store}"]) != 0
    assert main(["seance", "rien", str(path), f"--magasin={store}"]) != 0
    assert "n'existe pas" in capsys.readouterr().err


def test_the_page_offers_the_same_file(kept: tuple[Carnet, str, Path], frames_demo: Frames) -> None:
    carnet, ident, _ = kept
    server = Flask("essai")
    route.mount(server, SimpleNamespace(carnet=carnet, frames=lambda: frames_demo, today=lambda: JOUR))
    client = server.test_client()
    got = client.get(f"{route.ROUTE}/{ident}.html?edition=interne&notes=0")
    assert got.status_code == 200
    assert got.headers["Content-Disposition"] == 'attachment; filename="seance_2026-12-01_ete-hiver.html"'
    assert "Seule scène" in got.text
    assert NOTES not in got.text
    for query, told_too in (("", True), ("?edition=partenaire", False), ("?edition=partenaire&notes=1", True)):
        _, first, _ = Presentation(io.BytesIO(client.get(f"{route.ROUTE}/{ident}.pptx{query}").data)).slides
        assert (NOTES in first.notes_slide.notes_text_frame.text) is told_too, query
    assert client.get(f"{route.ROUTE}/{ident}.odt").status_code == 404
    assert client.get(f"{route.ROUTE}/rien.pdf").status_code == 404
    assert file_name(reading.seance(carnet, ident), "pdf") == "seance_2026-12-01_ete-hiver.pdf"


def test_a_long_seance_is_made_aside_while_its_progress_is_told(
    kept: tuple[Carnet, str, Path], frames_demo: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    carnet, ident, _ = kept
    monkeypatch.setattr(route, "SCENES_DIRECTES", 0)
    server = Flask("essai")
    demo = Path(__file__).resolve().parents[4] / "data" / "demo" / "jeu"
    datasets = SimpleNamespace(dossier=demo)
    route.mount(
        server, SimpleNamespace(carnet=carnet, frames=lambda: frames_demo, today=lambda: JOUR, datasets=datasets)
    )
    client = server.test_client()
    address = f"{route.ROUTE}/{ident}.html?edition=partenaire&notes=1"
    assert client.post(address).status_code == 415
    assert client.post(f"{route.ROUTE}/rien.html", json={}).status_code == 404
    works = [client.post(address, json={}).json["travail"] for _ in range(2)]
    assert client.delete(f"{route.TRAVAUX}/{works[1]}").status_code == 200
    states = [until_over(client, work) for work in works]
    assert [s["erreur"] for s in states] == ["", "Annulé."]
    assert (states[0]["etape"], states[0]["fait"], states[0]["total"]) == ("Mise en page", 1, 2)
    got = client.get(f"{route.TRAVAUX}/{works[0]}/fichier")
    assert "filename=seance_2026-12-01_ete-hiver.html" in got.headers["Content-Disposition"]
    assert NOTES in got.text
    (line,) = journal.listed(carnet, 0)
    assert (line.qui, line.edition) == (journal.PAGE, "partenaire")
    assert client.get(f"{route.TRAVAUX}/{works[1]}/fichier").status_code == 404
    assert client.get(f"{route.TRAVAUX}/rien").status_code == 404


def until_over(client: FlaskClient, work: str) -> dict[str, Any]:
    for _ in range(600):
        state: dict[str, Any] = client.get(f"{route.TRAVAUX}/{work}").json
        if state["fini"]:
            return state
        time.sleep(0.2)
    pytest.fail("le fichier n'est jamais fini")


def test_a_long_seance_is_never_made_while_others_wait(kept: tuple[Carnet, str, Path], frames_demo: Frames) -> None:
    carnet, _, _ = kept
    scenes = [Brouillon("?couches=", str(n)) for n in range(route.SCENES_DIRECTES + 1)]
    short, long = (writing.create(carnet, {"titre": "S"}, part) for part in (scenes[1:2], scenes))
    server = Flask("essai")
    route.mount(server, SimpleNamespace(carnet=carnet, frames=lambda: frames_demo, today=lambda: JOUR))
    client = server.test_client()
    assert client.post(f"{route.ROUTE}/{short}.html", json={}).json == {"travail": ""}
    refused = client.get(f"{route.ROUTE}/{long}.html")
    assert refused.status_code == 400
    assert "se prépare depuis sa page" in refused.text
