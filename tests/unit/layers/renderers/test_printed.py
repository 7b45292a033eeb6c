"""The page: what DOMAINE §5.6 asks of it, sizes, sameness."""

import io
import re
from datetime import date

import numpy as np
import pytest
from lxml import etree
from PIL import Image

from dashboard.exports.options import Options, Orientation, Papier
from dashboard.exports.sheet import paper
from data.frames import Frames
from data.model import Maille
from layers.kit.cartouche import Cartouche, ChiffreCle, Note
from layers.kit.scales import round_below
from layers.kit.view import View
from layers.renderers.furniture import NOM_MAX, folded, under
from layers.renderers.plate import Feuille, Format, Planche, render
from layers.renderers.static import radius

SVG = "{http://www.w3.org/2000/svg}"


def plate(frames: Frames, **words: object) -> Planche:
    view = View(date=date(2026, 11, 1), maille=Maille.EPCI, couches=())
    notes = (Note("Sources", ("Insee, 2024.",)), Note("Édition", ("Document de travail.",)))
    texts = {"organisme": "Caf", "titre": "Titre", "phrase": "Phrase.", "filtres": "Maille", "notes": notes} | words
    return Planche((), frames, Cartouche(vue=view, **texts))


@pytest.mark.parametrize("papier", Papier)
@pytest.mark.parametrize("orientation", Orientation)
def test_a_page_has_the_size_of_its_paper_and_stays_on_it(
    frames_demo: Frames, papier: Papier, orientation: Orientation
) -> None:
    options = Options(papier=papier, orientation=orientation)
    sheet = Feuille(**paper(options))
    figures = tuple(ChiffreCle(f"{i}0,0\u202f%", "habitants couverts " * 6) for i in range(3))
    page = plate(frames_demo, chiffres=figures, avis=tuple(f"Avis {i}. " * 12 for i in range(14)), mention="Fictif")
    picture = Image.open(io.BytesIO(render(page, Format.PNG, 60, feuille=sheet)))
    wide, tall = options.page
    assert picture.size == (pytest.approx(wide / 25.4 * 60, abs=1), pytest.approx(tall / 25.4 * 60, abs=1))
    root = etree.fromstring(render(page, Format.SVG, feuille=sheet))
    assert float(root.get("width").removesuffix("pt")) == pytest.approx(wide / 25.4 * 72, abs=0.01)
    assert float(root.get("height").removesuffix("pt")) == pytest.approx(tall / 25.4 * 72, abs=0.01)
    placed = [re.search(r"translate\(([\d.-]+) ([\d.-]+)\)", t.get("transform", "")) for t in root.iter(f"{SVG}text")]
    assert len(placed) > 40
    for found in filter(None, placed):
        assert 0 < float(found[1]) < sheet.largeur
        assert 0 < float(found[2]) < sheet.hauteur


def test_the_same_view_gives_the_same_bytes(frames_demo: Frames):
    for form in Format:
        assert render(plate(frames_demo), form, 72) == render(plate(frames_demo), form, 72)


def test_the_map_never_goes_under_the_side_column(frames_demo: Frames):
    """Columns of pixels between map and legend stay white, however much the legend holds."""
    figures = tuple(ChiffreCle("100,0\u202f%", f"chiffre {i}") for i in range(3))
    picture = Image.open(io.BytesIO(render(plate(frames_demo, chiffres=figures), Format.PNG, 100)))
    pixels = np.asarray(picture.convert("L"))
    body = pixels[int(0.28 * len(pixels)) : int(0.8 * len(pixels))]
    edge = int(picture.width - (204 + 24) / 72 * 100)
    assert (body[:, edge - 12 : edge - 4] == 255).all()


def test_every_word_of_the_title_block_is_on_the_page(frames_demo: Frames):
    words = plate(frames_demo, mention="Données fictives", titre="T" * 500, phrase="Un $prix$ de 3 à 5 % _ici_")
    svg = render(words, Format.SVG).decode()
    for text in ("Données fictives", "Un $prix$ de 3 à 5 % _ici_", "Insee, 2024.", "Document de travail.", "km"):
        assert text in svg
    assert svg.count("T") >= 500


def test_markup_in_a_name_stays_text(frames_demo: Frames):
    svg = render(plate(frames_demo, titre="<script>alert(1)</script> & \x07"), Format.SVG).decode()
    assert "<script>" not in svg
    assert "&lt;script&gt;" in svg
    assert "\x07" not in svg


def test_long_names_are_folded_or_abridged_on_the_map():
    assert folded("Béthune") == "Béthune"
    assert folded("CA de Béthune-Bruay, Artois-Lys Romane") == "CA de Béthune-Bruay,\nArtois-Lys Romane"
    assert len(folded("N" * 500)) == NOM_MAX


def test_areas_of_discs_are_in_proportion():
    assert radius(25, 100) == pytest.approx(radius(100, 100) / 2)
    assert radius(0, 0) == 0


@pytest.mark.parametrize(("value", "below"), [(65, 50), (5, 5), (4.9, 2), (0.3, 0.2), (0, 0), (1, 1)])
def test_legend_discs_have_round_values(value: float, below: float):
    assert round_below(value) == pytest.approx(below)


def test_a_name_stands_below_the_disc_of_its_territory() -> None:
    centre = np.array([10.0, 50.0])
    assert under(centre, "Arras", 0.0).tolist() == [10.0, 50.0]
    for name in ("Arras", "CA du Grand\nOrmelance"):
        x, y = under(centre, name, 8.0)
        assert x == 10.0
        assert y + 3 * (name.count("\n") + 1) < 50.0 - 8.0, "the letters keep off the disc"
