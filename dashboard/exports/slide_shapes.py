"""Texts and legend swatches of a slide as shapes of its own, which whoever receives it can edit."""

from collections.abc import Sequence
from typing import Any, assert_never

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from data.model import Blanc
from layers.kit.marks import Categorie, Classe, Etat, Forme, Matrice, Motif, Symbols, Trait
from layers.kit.palettes import ink_on
from layers.renderers.typesetting import Boite, Paragraphe, clean

_MOTIFS = {
    Motif.DIAGONALES: MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    Motif.CONTRE_DIAGONALES: MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL,
    Motif.HORIZONTALES: MSO_PATTERN.HORIZONTAL,
    Motif.VERTICALES: MSO_PATTERN.VERTICAL,
    Motif.CROISILLONS: MSO_PATTERN.LARGE_GRID,
    Motif.POINTS: MSO_PATTERN.DOTTED_GRID,
}
_FORMES = {
    Forme.ROND: MSO_SHAPE.OVAL,
    Forme.CARRE: MSO_SHAPE.RECTANGLE,
    Forme.LOSANGE: MSO_SHAPE.DIAMOND,
    Forme.TRIANGLE: MSO_SHAPE.ISOSCELES_TRIANGLE,
    Forme.TRIANGLE_BAS: MSO_SHAPE.FLOWCHART_MERGE,
    Forme.ETOILE: MSO_SHAPE.STAR_5_POINT,
    Forme.CROIX: MSO_SHAPE.CROSS,
    Forme.HEXAGONE: MSO_SHAPE.HEXAGON,
}
_HACHURE, _HACHURE_BLANC, _BORD, _BLANC = "#2b3440", "#b4bac1", "#5b6470", "#ffffff"
_LARGE, _HAUT, _COTE = 20.0, 10.0, 11.0
_OPACITE = 0.62


def rgb(couleur: str) -> RGBColor:
    """Read « #rrggbb »."""
    return RGBColor(*bytes.fromhex(couleur.lstrip("#")[:6]))  # type: ignore[no-untyped-call]


def text(shapes: Any, box: Boite, paragraphs: Sequence[Paragraphe], reduction: float = 1.0, *, name: str = "") -> Any:
    """Write paragraphs in a text box without margins; `box` is measured in points from the top left of the slide."""
    shape = shapes.add_textbox(Pt(box.x), Pt(box.y), Pt(box.largeur), Pt(box.hauteur))
    if name:
        shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for rank, paragraph in enumerate(paragraphs):
        line = frame.paragraphs[0] if rank == 0 else frame.add_paragraph()
        line.space_after = Pt(paragraph.style.apres * reduction)
        run = line.add_run()
        run.text = clean(f"{paragraph.texte}  {paragraph.suite}".rstrip())
        run.font.size = Pt(round(paragraph.style.corps * reduction, 1))
        run.font.bold = paragraph.style.gras
        run.font.color.rgb = rgb(paragraph.style.couleur)
    return shape


def swatch(shapes: Any, symbole: Classe | Trait | Categorie | Symbols | Matrice, box: Boite, *, plein: bool) -> None:
    """Draw the swatch of a legend entry in a box whose top left is given; a matrix takes the whole of it."""
    reduction = box.hauteur
    match symbole:
        case Classe():
            _area(shapes, symbole, Boite(box.x, box.y, _LARGE * reduction, _HAUT * reduction), plein=plein)
        case Trait():
            _line(shapes, symbole, Boite(box.x, box.y, _LARGE * reduction, _HAUT * reduction))
        case Categorie():
            _point(shapes, symbole, box, _COTE * reduction)
        case Symbols():
            disc = _shape(shapes, MSO_SHAPE.OVAL, Boite(box.x + 4, box.y, _COTE * reduction, _COTE * reduction))
            _solid(disc, symbole.couleur, _OPACITE)
            _named(disc, symbole.libelle)
        case Matrice():
            _matrix(shapes, symbole, box)
        case _:
            assert_never(symbole)


def _area(shapes: Any, classe: Classe, box: Boite, *, plein: bool) -> None:
    shape = _shape(shapes, MSO_SHAPE.RECTANGLE, box)
    ground = classe.couleur if plein else _BLANC
    if classe.motif is Motif.AUCUN:
        _solid(shape, ground)
    else:
        _pattern(shape, classe.motif, _HACHURE_BLANC if classe.blanc else _HACHURE, ground)
    _edge(shape, _BORD, 0.75, MSO_LINE.DASH if classe.blanc is Blanc.MANQUANT else None)
    _named(shape, classe.libelle)


def _line(shapes: Any, trait: Trait, box: Boite) -> None:
    shape = _shape(shapes, MSO_SHAPE.RECTANGLE, box)
    if trait.motif is Motif.AUCUN:
        shape.fill.background()
    else:
        _pattern(shape, trait.motif, trait.couleur, _BLANC)
    _edge(shape, trait.couleur, min(trait.epaisseur, 3.0), MSO_LINE.DASH if trait.tirets else None)
    _named(shape, trait.libelle)


def _point(shapes: Any, categorie: Categorie, box: Boite, side: float) -> None:
    hollow = categorie.etat in (Etat.CREUX, Etat.POINTILLE)
    shape = _shape(shapes, _FORMES[categorie.forme], Boite(box.x + 4, box.y, side, side))
    _solid(shape, _BLANC if hollow else categorie.couleur)
    _edge(
        shape,
        categorie.couleur if hollow else _BLANC,
        1.25,
        MSO_LINE.SQUARE_DOT if categorie.etat is Etat.POINTILLE else None,
    )
    _named(shape, categorie.libelle)
    if categorie.etat is Etat.BARRE:
        bar = shapes.add_connector(1, Pt(box.x + 4), Pt(box.y + side), Pt(box.x + 4 + side), Pt(box.y))
        bar.line.color.rgb, bar.line.width = rgb(_HACHURE), Pt(1.5)


def _matrix(shapes: Any, matrice: Matrice, box: Boite) -> None:
    """Draw the cells of two crossed measures, each with its number of territories."""
    side = 22.0
    for i, ligne in enumerate(matrice.lignes):
        for j, case in enumerate(ligne):
            shape = _shape(shapes, MSO_SHAPE.RECTANGLE, Boite(box.x + j * side, box.y + i * side, side, side))
            _solid(shape, case.classe.couleur)
            _edge(shape, _BLANC, 0.5, None)
            _named(shape, case.classe.libelle)
            frame = shape.text_frame
            frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
            frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            frame.text = str(case.nombre)
            frame.paragraphs[0].runs[0].font.size = Pt(7)
            frame.paragraphs[0].runs[0].font.color.rgb = rgb(ink_on(case.classe.couleur))


def _shape(shapes: Any, form: MSO_SHAPE, box: Boite) -> Any:
    shape = shapes.add_shape(form, Pt(box.x), Pt(box.y), Pt(box.largeur), Pt(box.hauteur))
    shape.shadow.inherit = False
    return shape


def _solid(shape: Any, couleur: str, opacity: float = 1.0) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(couleur)
    shape.line.fill.background()
    if opacity < 1:
        colour = shape.fill._xPr.find(".//{*}srgbClr")
        colour.append(colour.makeelement(colour.tag.replace("srgbClr", "alpha"), {"val": str(round(opacity * 1e5))}))


def _pattern(shape: Any, motif: Motif, ink: str, ground: str) -> None:
    shape.fill.patterned()
    shape.fill.pattern = _MOTIFS[motif]
    shape.fill.fore_color.rgb, shape.fill.back_color.rgb = rgb(ink), rgb(ground)


def _edge(shape: Any, couleur: str, thickness: float, dash: MSO_LINE | None) -> None:
    shape.line.color.rgb, shape.line.width = rgb(couleur), Pt(thickness)
    if dash is not None:
        shape.line.dash_style = dash


def _named(shape: Any, libelle: str) -> None:
    describe(shape, f"Légende\u202f: {libelle}")


def describe(shape: Any, texte: str) -> None:
    """Give a shape or a picture its alternative text."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", clean(texte))
