"""Every layer in every medium: the legend says the same words, the same counts, in the same colours."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from urllib.parse import unquote

import pikepdf
import pypdfium2
import pytest
from lxml import etree, html

from dashboard.exports.registry import writer
from dashboard.exports.snapshot import Instantane, snapshot_of
from data.frames import Frames
from data.model import Maille
from layers.kit.marks import Categorie, Classe, EntreeLegende, Fill, Matrice, Symbols, Trait, legend_of
from layers.kit.texts import number
from layers.kit.view import View
from layers.registry import LAYERS

CASES = [(layer.id, maille) for layer in LAYERS for maille in (Maille.COMMUNE, Maille.EPCI) if maille in layer.mailles]
_TEXTE, _FORMES = "{http://www.w3.org/2000/svg}text", ("fill", "stroke")


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f\u200b\ufffe]+", "", text)


def said_by_svg(content: bytes) -> tuple[str, str]:
    root = etree.fromstring(content)
    return " ".join("".join(t.itertext()) for t in root.iter(_TEXTE)), content.decode()


def said_by_html(content: bytes) -> tuple[str, str]:
    page = html.fromstring(content.decode())
    return page.text_content(), " ".join(unquote(src) for src in page.xpath("//img/@src"))


def said_by_pdf(content: bytes) -> tuple[str, str]:
    text = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_bounded()
    with pikepdf.open(io.BytesIO(content)) as document:
        streams = [s.read_bytes().decode("latin-1") for s in document.objects if isinstance(s, pikepdf.Stream)]
    return text, " ".join(_hexadecimal(s) for s in streams if " sc" in s or " rg" in s or " SC" in s or " scn" in s)


def _hexadecimal(stream: str) -> str:
    """Write the colours that a content stream paints with as #rrggbb."""
    found = re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) (?:scn?|SCN?|rg|RG)\b", stream)
    found += [(grey,) * 3 for grey in re.findall(r"(?:cs|CS) ([\d.]+) (?:scn?|SCN?)\b", stream)]
    return " ".join("#" + "".join(f"{round(float(v) * 255):02x}" for v in colour) for colour in set(found))


def said_by_pptx(content: bytes) -> tuple[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        slide = packed.read("ppt/slides/slide1.xml").decode()
    root = etree.fromstring(slide.encode())
    return " ".join(root.itertext()), "#" + " #".join(re.findall(r'srgbClr val="(\w{6})"', slide)).lower()


MEDIA: dict[str, Callable[[bytes], tuple[str, str]]] = {
    "svg": said_by_svg,
    "html": said_by_html,
    "pdf": said_by_pdf,
    "pptx": said_by_pptx,
}


def entries(shown: Instantane) -> list[tuple[EntreeLegende, bool]]:
    """Legend entries, with whether only their hatch is drawn."""
    return [(e, isinstance(m, Fill) and not m.plein) for d in shown.drawings for m in d.marques for e in legend_of(m)]


def colours(entree: EntreeLegende) -> set[str]:
    match entree.symbole:
        case Classe() | Trait() | Categorie() | Symbols():
            return {entree.symbole.couleur.lower()}
        case Matrice():
            return {case.classe.couleur.lower() for ligne in entree.symbole.lignes for case in ligne}


@pytest.mark.parametrize(("couche", "maille"), CASES)
def test_legends_say_the_same_in_every_medium(frames_demo: Frames, couche: str, maille: Maille) -> None:
    shown = snapshot_of(View(date=date(2026, 11, 1), maille=maille, couches=(couche,)), frames_demo, date(2026, 11, 23))
    assert entries(shown)
    for media, read in MEDIA.items():
        text, painted = read(writer(media)(shown))
        plain = squeezed(text)
        for entree, hatched in entries(shown):
            assert squeezed(entree.libelle) in plain, (media, entree.libelle)
            assert squeezed(number(entree.nombre)) in plain, (media, entree.libelle)
            if not hatched:
                assert all(c in painted.lower() for c in colours(entree)), (media, entree.libelle, colours(entree))
