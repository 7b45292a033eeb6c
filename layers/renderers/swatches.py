"""Legend swatches as small SVG pictures, the same hatches and shapes as on the map, for pages and paper alike."""

from typing import assert_never

from data.model import Blanc
from layers.kit.contrast import hatch_ink
from layers.kit.marks import Categorie, Classe, Etat, Forme, Matrice, Motif, Symbols, Trait

HACHURE, HACHURE_BLANC = "#2b3440", "#b4bac1"  # a blank is hatched lightly, lest it outweigh the figures
TERRE = "#fbfcfa"
_HATCH = {
    Motif.DIAGONALES: "M-2 8 8-2M4 14 14 4M-2 14 14-2",
    Motif.CONTRE_DIAGONALES: "M-2 4 8 14M4-2 14 8M-2-2 14 14",
    Motif.HORIZONTALES: "M0 3H14M0 9H14",
    Motif.VERTICALES: "M3 0V14M9 0V14",
    Motif.CROISILLONS: "M0 6H12M6 0V12",
}
FORMES = {
    Forme.ROND: '<circle cx="8" cy="8" r="5.6"/>',
    Forme.CARRE: '<rect x="3" y="3" width="10" height="10"/>',
    Forme.LOSANGE: '<path d="M8 1.6 14.4 8 8 14.4 1.6 8Z"/>',
    Forme.TRIANGLE: '<path d="M8 2 14.2 13.4H1.8Z"/>',
    Forme.TRIANGLE_BAS: '<path d="M8 14 1.8 2.6H14.2Z"/>',
    Forme.ETOILE: '<path d="M8 1.2 9.9 5.8 14.9 6.2 11.1 9.4 12.3 14.3 8 11.6 3.7 14.3 4.9 9.4 1.1 6.2 6.1 5.8Z"/>',
    Forme.CROIX: '<path d="M6 2H10V6H14V10H10V14H6V10H2V6H6Z"/>',
    Forme.HEXAGONE: '<path d="M8 1.6 13.6 4.8V11.2L8 14.4 2.4 11.2V4.8Z"/>',
}


def swatch_svg(symbole: Classe | Trait | Categorie | Symbols | Matrice, hatched_only: bool = False) -> str:
    """Draw the swatch of a legend entry as SVG; its label stands beside it, so the picture itself is decorative."""
    match symbole:
        case Classe():
            return _area(symbole, hatched_only)
        case Trait():
            return _line(symbole)
        case Categorie():
            return _point(symbole)
        case Symbols():
            return _disc(symbole.couleur)
        case Matrice():
            return _matrix(symbole)
        case _:
            assert_never(symbole)


def _disc(couleur: str) -> str:
    return frame(f'<circle cx="8" cy="8" r="6" fill="{couleur}" fill-opacity=".55" stroke="#fff"/>', 16, 16)


def frame(content: str, width: int, height: int) -> str:
    """Wrap SVG elements in a picture of this size in pixels."""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>'


def _area(classe: Classe, hatched_only: bool) -> str:
    ground = "#ffffff" if hatched_only else classe.couleur
    dash = ' stroke-dasharray="3 2"' if classe.blanc is Blanc.MANQUANT else ""
    border = f'<rect x=".5" y=".5" width="25" height="15" fill="none" stroke="#5b6470"{dash}/>'
    hatch = _hatch(classe.motif, HACHURE_BLANC if classe.blanc else hatch_ink(ground, HACHURE))
    return frame(f'<rect width="26" height="16" fill="{ground}"/>{hatch}{border}', 26, 16)


def _hatch(motif: Motif, colour: str) -> str:
    if motif is Motif.AUCUN:
        return ""
    if motif is Motif.POINTS:
        body = f'<circle cx="3" cy="3" r="1.3" fill="{colour}"/><circle cx="9" cy="9" r="1.3" fill="{colour}"/>'
    else:
        body = f'<path d="{_HATCH[motif]}" stroke="{colour}" stroke-width="1.3" fill="none"/>'
    tile = 'width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="scale(.66)"'
    return f'<defs><pattern id="m" {tile}>{body}</pattern></defs><rect width="26" height="16" fill="url(#m)"/>'


def _line(trait: Trait) -> str:
    dash = f' stroke-dasharray="{" ".join(str(t) for t in trait.tirets)}"' if trait.tirets else ""
    hatch = _hatch(trait.motif, trait.couleur)
    edge = f'<rect x="1.5" y="1.5" width="23" height="13" fill="none" stroke="{trait.couleur}"'
    ground = f'<rect width="26" height="16" rx="1" fill="{TERRE}"/>'  # a dark line is read on a dark page too
    return frame(f'{ground}{hatch}{edge} stroke-width="{min(trait.epaisseur, 3)}"{dash}/>', 26, 16)


def _matrix(matrice: Matrice) -> str:
    cells = "".join(
        f'<rect x="{8 * j}" y="{5 * i}" width="8" height="5" fill="{case.classe.couleur}"/>'
        for i, ligne in enumerate(matrice.lignes)
        for j, case in enumerate(ligne)
    )
    return frame(cells, 26, 16)


def _point(categorie: Categorie) -> str:
    hollow = categorie.etat in (Etat.CREUX, Etat.POINTILLE)
    fill = "#ffffff" if hollow else categorie.couleur
    dash = ' stroke-dasharray="2.4 1.8"' if categorie.etat is Etat.POINTILLE else ""
    edge, width = (categorie.couleur, 1.8) if hollow else ("#ffffff", 1)
    shape = f'<g fill="{fill}" stroke="{edge}" stroke-width="{width}"{dash}>{FORMES[categorie.forme]}</g>'
    return frame(shape + (_bar(categorie.couleur) if categorie.etat is Etat.BARRE else ""), 16, 16)


def _bar(colour: str) -> str:
    strokes = (("#ffffff", 3.4), (colour, 1.7))
    return "".join(f'<path d="M2 14 14 2" stroke="{c}" stroke-width="{w}"/>' for c, w in strokes)
