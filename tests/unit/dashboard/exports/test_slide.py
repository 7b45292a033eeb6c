"""The slide, reopened: what can be edited is text and shapes, on the Caf's own template where there is one."""

import io
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches, Pt

from dashboard.__main__ import main
from dashboard.exports.options import Options
from dashboard.exports.slide import pptx
from dashboard.exports.snapshot import snapshot_of
from data import jeu
from data.errors import ExportError
from data.frames import Frames
from layers.kit.marks import Fill, legend_of
from layers.kit.view import View

JOUR = date(2026, 11, 23)
QUATRE = ("couverture_ctg", "densite_services", "points_acces", "territoires_prioritaires")
DEMO = Path(__file__).resolve().parents[4] / "data" / "demo" / "jeu"


def slide_of(frames: Frames, options: Options | None = None, couches: tuple[str, ...] = QUATRE):  # noqa: ANN201
    view = View(date=date(2026, 11, 1), couches=couches, champ="petite_enfance")
    made = snapshot_of(view, frames, JOUR, options or Options())
    presentation = Presentation(io.BytesIO(pptx(made)))
    (slide,) = presentation.slides
    return presentation, slide, made


def texts(slide) -> str:  # noqa: ANN001
    return "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)


def test_title_figures_and_legend_are_text(frames_demo: Frames) -> None:
    presentation, slide, made = slide_of(frames_demo)
    assert (presentation.slide_width, presentation.slide_height) == (Pt(960), Pt(540))
    assert slide.shapes.title.text_frame.text == made.cartouche.titre
    written = texts(slide)
    for figure in made.cartouche.chiffres:
        assert figure.valeur in written
        assert figure.libelle in written
    for drawing in made.drawings:
        for entry in drawing.legende:
            assert f"{entry.libelle}" in written
    assert "DONNÉES FICTIVES" in written


def test_the_legend_has_the_colours_and_counts_of_the_marks(frames_demo: Frames) -> None:
    _, slide, made = slide_of(frames_demo, couches=("densite_services",))
    swatches = {
        s._element.xpath(".//p:cNvPr")[0].get("descr"): s
        for s in slide.shapes
        if s.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE
    }
    (mark,) = (m for d in made.drawings for m in d.marques if isinstance(m, Fill))
    for entry in legend_of(mark):
        fill = swatches[f"Légende\u202f: {entry.libelle}"].fill
        colour = fill.back_color if entry.symbole.motif != "aucun" else fill.fore_color
        assert str(colour.rgb).lower() == entry.symbole.couleur.lstrip("#").lower()
        assert f"{entry.libelle}  ({entry.nombre})" in texts(slide)


def test_the_map_is_described_and_the_notes_say_the_rest(frames_demo: Frames) -> None:
    _, slide, made = slide_of(frames_demo)
    (picture,) = (s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE)
    said = picture._element.xpath(".//p:cNvPr")[0].get("descr")
    assert said.startswith(f"Carte. {made.cartouche.titre}")
    assert "En vigueur (" in said
    notes = slide.notes_slide.notes_text_frame.text
    for note in made.cartouche.notes:
        assert note.titre in notes
        assert all(p in notes for p in note.paragraphes)


def test_nothing_leaves_the_slide(frames_demo: Frames) -> None:
    names = ["Saint-" + "Très-Long-" * 50] * len(frames_demo.communes)
    communes = frames_demo.communes.assign(nom=names)
    endless = replace(frames_demo, communes=communes, jeu=replace(frames_demo.jeu, nom="Caf " + "bis " * 120))
    for frames in (frames_demo, endless):
        presentation, slide, _ = slide_of(frames)
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height + Pt(1)


def template() -> bytes:
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(10), Inches(7.5)
    presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "À effacer"
    presentation.core_properties.subject = "Gabarit de la Caf"
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def picture(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 100), colour).save(out, "PNG")
    return out.getvalue()


def test_the_caf_s_template_and_logo_are_taken(frames_demo: Frames) -> None:
    presentation, slide, _ = slide_of(frames_demo, Options(gabarit=template(), logo=picture()))
    assert presentation.slide_width == Inches(10)
    assert presentation.core_properties.subject == "Gabarit de la Caf"
    assert "À effacer" not in texts(slide)
    logos = [s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE and s.image.size == (300, 100)]
    assert len(logos) == 1


@pytest.mark.parametrize(
    ("options", "phrase"),
    [
        ({"gabarit": b"rien"}, "Le gabarit n'est pas une présentation"),
        ({"gabarit": picture()}, "Le gabarit n'est pas une présentation"),
        ({"gabarit": template()[:900]}, "Le gabarit n'est pas une présentation"),
        ({"logo": b"rien"}, "Le logo ne se lit pas"),
        ({"logo": picture()[:60]}, "Le logo ne se lit pas"),
    ],
)
def test_a_damaged_template_or_logo_is_one_sentence(frames_demo: Frames, options: dict, phrase: str) -> None:
    with pytest.raises(ExportError, match=phrase):
        slide_of(frames_demo, Options(**options))


@pytest.fixture
def dataset(tmp_path: Path) -> Callable[[str], Path]:
    def made(lines: str) -> Path:
        folder = tmp_path / "jeu"
        shutil.copytree(DEMO, folder)
        settings = (folder / "jeu.toml").read_text("utf-8")
        settings = re.sub(r"^(gabarit_pptx|logo) =.*\n", "", settings, flags=re.M)
        (folder / "jeu.toml").write_text(settings.replace("[parametres]\n", f"[parametres]\n{lines}\n"), "utf-8")
        return folder

    return made


def test_a_dataset_brings_its_template(dataset: Callable[[str], Path], tmp_path: Path) -> None:
    folder = dataset('gabarit_pptx = "gabarit.pptx"\nlogo = "logo.png"')
    (folder / "gabarit.pptx").write_bytes(template())
    (folder / "logo.png").write_bytes(picture())
    assert set(jeu.load(folder).pieces) == {"gabarit_pptx", "logo"}
    assert main(["exporter", "--jeu", str(folder), "?", str(tmp_path / "vue.pptx")]) == 0
    assert Presentation(tmp_path / "vue.pptx").slide_width == Inches(10)


def test_a_template_that_is_named_and_missing_is_refused(
    dataset: Callable[[str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = dataset('gabarit_pptx = "absent.pptx"')
    constats = [c.message for c in jeu.read(folder)[1]]
    assert any("absent.pptx" in c for c in constats)
    assert main(["exporter", "--jeu", str(folder), "?", str(tmp_path / "vue.pptx")]) == 1
    assert "absent.pptx" in capsys.readouterr().err
    assert main(["exporter", "?", str(tmp_path / "vue.pptx"), "--gabarit", str(tmp_path / "nulle-part.pptx")]) == 1
    assert "ne peut pas être lu" in capsys.readouterr().err
    assert not (tmp_path / "vue.pptx").exists()
