"""The printed page, read by two other libraries: tags, fonts, words, sizes, faults."""

import errno
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from dashboard.exports import evaluation, export
from dashboard.exports.options import Fond, Options, Orientation, Papier
from dashboard.exports.pdf import pdf
from dashboard.exports.snapshot import Instantane, snapshot_of
from data.errors import ExportError
from data.frames import Frames
from data.model import Maille, Profil
from layers.kit.texts import number
from layers.kit.view import View
from layers.registry import LAYERS
from layers.renderers import printing

JOUR = date(2026, 11, 23)
TOUTES = tuple(layer.id for layer in LAYERS)
ADRESSE = "https://atlas.caf.example"
OPTIONS = Options(adresse=ADRESSE, instance="CA du 12/11/2026", public="élus")
HOSTILE = '<script>alert(1)</script> & $x^2$ _a_ #import "x": * {{ }} \\textbf{a} =1+1 `e` // @f'


def shot(frames: Frames, options: Options = OPTIONS, **rest: object) -> Instantane:
    view = View(**({"date": date(2026, 11, 1), "couches": TOUTES, "maille": Maille.EPCI} | rest))
    return snapshot_of(view, frames, JOUR, options)


@pytest.fixture(scope="module")
def instantane(frames_demo: Frames) -> Instantane:
    return shot(frames_demo)


@pytest.fixture(scope="module")
def content(instantane: Instantane) -> bytes:
    return pdf(instantane)


def squeezed(text: str) -> str:
    """A text without any space: where a line breaks does not matter."""
    return "".join(text.replace("\u200b", "").replace("\ufffe", "").split())


def elements(content: bytes) -> list[tuple[str, str]]:
    """The structure elements of a document in reading order: role, alternative text."""

    def walk(node: object) -> Iterator[tuple[str, str]]:
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield str(node.S), str(node.get("/Alt", ""))
            yield from walk(node.get("/K"))

    with pikepdf.open(io.BytesIO(content)) as document:
        return list(walk(document.Root.StructTreeRoot.K))


def test_it_is_a_tagged_pdf_ua_in_french_with_its_title(content: bytes, instantane: Instantane) -> None:
    with pikepdf.open(io.BytesIO(content)) as document, document.open_metadata() as metadata:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "fr-FR"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert metadata["dc:title"] == instantane.cartouche.titre
        assert metadata["dc:creator"] == [instantane.cartouche.organisme]


def test_headings_lists_table_headers_and_pictures_are_tagged(content: bytes, instantane: Instantane) -> None:
    found = elements(content)
    roles = Counter(role for role, _ in found)
    assert roles["/Title"] == 1
    assert roles["/H1"] >= 6
    assert roles["/H2"] == len([d for d in instantane.drawings if d.legende or d.notice])
    assert roles["/Table"] == roles["/THead"] == 1
    assert roles["/TH"] == len(pdf_headers(instantane))
    assert roles["/L"] >= 4
    alternatives = [alt for role, alt in found if role == "/Figure"]
    assert len(alternatives) == 2
    assert instantane.cartouche.phrase in alternatives[0]
    assert "Code QR" in alternatives[1]


def test_the_evaluation_is_tagged_as_paragraphs_and_tables_with_headers(frames_demo: Frames) -> None:
    found = evaluation.pdf(evaluation.evaluation_of(frames_demo, "CTG-96-D-2", JOUR, Profil.PARTENAIRE))
    roles = Counter(role for role, _ in elements(found))
    assert roles["/Table"] == roles["/THead"] == 4
    assert roles["/P"] >= 8, "sentences are paragraphs"
    with pikepdf.open(io.BytesIO(found)) as document:
        assert str(document.Root.Lang) == "fr-FR"
        assert all(page.obj.Tabs == "/S" for page in document.pages)


def test_a_long_word_of_a_title_is_whole_in_the_title_of_the_document(frames_demo: Frames) -> None:
    long = replace(frames_demo, jeu=replace(frames_demo.jeu, nom="N" * 90))
    with pikepdf.open(io.BytesIO(pdf(shot(long)))) as document, document.open_metadata() as metadata:
        assert "N" * 90 in metadata["dc:title"]


def pdf_headers(instantane: Instantane) -> list[str]:
    from dashboard.exports.paper_table import territories_table

    return territories_table(instantane.territoires, "")["entetes"]


def test_every_font_is_embedded(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as document:
        fonts = [
            font.DescendantFonts[0].FontDescriptor
            for page in document.pages
            for font in (page.obj.get("/Resources", {}).get("/Font") or {}).values()
        ]
        assert fonts
        assert all("/FontFile2" in f or "/FontFile3" in f for f in fonts)


def test_the_first_page_holds_map_legend_sources_and_edition(
    content: bytes, instantane: Instantane, page_texts
) -> None:
    page = squeezed(page_texts(content)[0])
    cartouche = instantane.cartouche
    for text in (cartouche.titre, cartouche.phrase, cartouche.filtres, cartouche.statut, ADRESSE):
        assert squeezed(text) in page, text
    for drawing in instantane.drawings:
        for entree in drawing.legende:
            assert squeezed(entree.libelle) in page, entree.libelle
        for source in drawing.sources:
            assert squeezed(source.producteur) in page
    assert "Donnéesfictives" in page
    assert "km" in page
    assert squeezed("instance\u202f: CA du 12/11/2026, public\u202f: élus") in page


def test_the_table_says_each_territory_and_its_header_comes_back(frames_demo: Frames, page_texts) -> None:
    shown = shot(frames_demo, maille=Maille.COMMUNE, couches=("couverture_ctg",))
    pages = page_texts(pdf(shown))
    tables = [p for p in pages[1:] if "Page" in p and "(96" in p]
    assert len(tables) > 3
    assert all("Couverture par les Ctg" in p for p in tables)
    text = squeezed(" ".join(tables))
    assert all(squeezed(f"{row[1]} ({row[0]})") in text for row in shown.territoires.rows)


@pytest.mark.parametrize("papier", Papier)
@pytest.mark.parametrize("orientation", Orientation)
def test_the_map_page_is_one_page_of_the_paper_asked(frames_demo: Frames, papier: Papier, orientation: Orientation):
    options = replace(OPTIONS, papier=papier, orientation=orientation)
    with pdfplumber.open(io.BytesIO(pdf(shot(frames_demo, options, couches=())))) as document:
        first, second = document.pages[0], document.pages[1].extract_text()
        millimetres = (round(first.width / 72 * 25.4), round(first.height / 72 * 25.4))
        text, bottom = first.extract_text(), max(w["bottom"] for w in first.extract_words())
    assert millimetres == options.page
    assert "Édition" in text
    assert bottom < first.height - 8
    assert second.startswith("Les Epci")


def test_without_a_public_address_there_is_no_code_but_the_address(frames_demo: Frames, page_texts) -> None:
    content = pdf(shot(frames_demo, Options(), couches=()))
    assert [role for role, _ in elements(content)].count("/Figure") == 1
    assert "?maille=epci&couches=" in squeezed(page_texts(content)[0])


def test_the_same_view_gives_the_same_document(instantane: Instantane, content: bytes) -> None:
    assert pdf(instantane) == content


def test_names_are_never_read_as_markup(frames_demo: Frames, page_texts) -> None:
    table = frames_demo["epci"].copy()
    table["nom"] = [f"{HOSTILE} {i} 漢字\x07" for i in range(len(table))]
    frames = replace(
        frames_demo, tables={**frames_demo.tables, "epci": table}, jeu=replace(frames_demo.jeu, nom=HOSTILE)
    )
    text = squeezed("".join(page_texts(pdf(shot(frames, couches=("couverture_ctg",))))))
    assert text.count(squeezed(HOSTILE)) >= len(table)
    assert "漢" not in text
    assert "\u25a1" in text


def test_a_name_without_end_is_broken_not_lost(frames_demo: Frames) -> None:
    table = frames_demo["epci"].copy()
    table["nom"] = ["N" * 500, *table["nom"].iloc[1:]]
    frames = replace(frames_demo, tables={**frames_demo.tables, "epci": table})
    with pdfplumber.open(io.BytesIO(pdf(shot(frames, couches=("couverture_ctg",))))) as document:
        page = document.pages[1]
        right = max(w["x1"] for w in page.extract_words())
        assert squeezed(page.extract_text()).count("N") >= 500
    assert right < page.width


@pytest.mark.parametrize("suffixe", ["pdf", "png", "svg", "pptx"])
def test_a_vanished_font_is_one_sentence_and_no_file(
    frames_demo: Frames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffixe: str
) -> None:
    (tmp_path / "fonts" / "ttf").mkdir(parents=True)
    monkeypatch.setattr(printing.mpl, "get_data_path", lambda: str(tmp_path))
    target = tmp_path / f"vue.{suffixe}"
    with pytest.raises(ExportError, match=r"DejaVuSans\.ttf manque"):
        export(View(date=JOUR, maille=Maille.EPCI), frames_demo, target, JOUR)
    assert not target.exists()


def test_a_full_disk_leaves_the_former_file(frames_demo: Frames, tmp_path: Path, monkeypatch) -> None:
    target = tmp_path / "vue.pdf"
    target.write_bytes(b"avant")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as stream:
            stream.write(content[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ExportError, match="ne peut pas être écrit"):
        export(View(date=JOUR, maille=Maille.EPCI), frames_demo, target, JOUR)
    assert target.read_bytes() == b"avant"
    assert [p.name for p in tmp_path.iterdir()] == ["vue.pdf"]


@pytest.mark.parametrize("wrong", [{"echelle": 0}, {"echelle": 5}, {"statut": "x" * 161}])
def test_options_out_of_bounds_are_one_sentence(wrong: dict[str, object]) -> None:
    with pytest.raises(ExportError):
        Options(**wrong)


@pytest.mark.parametrize(("echelle", "width"), [(1, 1122), (2, 2245)])
def test_a_picture_has_the_scale_and_ground_asked(frames_demo: Frames, echelle: int, width: int) -> None:
    from PIL import Image

    from dashboard.exports.image import png

    options = Options(echelle=echelle, fond=Fond.TRANSPARENT if echelle == 1 else Fond.BLANC)
    picture = Image.open(io.BytesIO(png(shot(frames_demo, options, couches=()))))
    assert picture.width == width
    corner = picture.convert("RGBA").getpixel((2, 2))
    assert corner == ((255, 255, 255, 0) if echelle == 1 else (255, 255, 255, 255))


def test_counts_of_the_legend_are_those_of_the_drawings(content: bytes, instantane: Instantane, page_texts) -> None:
    coverage = next(d for d in instantane.drawings if d.couche == "couverture_ctg")
    page = squeezed(page_texts(content)[0])
    for entree in coverage.legende:
        assert squeezed(f"{entree.libelle}{number(entree.nombre)}") in page
