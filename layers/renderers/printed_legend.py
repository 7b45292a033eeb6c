"""The legend of a printed map: swatches drawn by the very styles of the map, set in a column of text."""

from collections.abc import Callable, Sequence
from typing import assert_never

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle
from matplotlib.path import Path

from layers.kit.contract import Drawing
from layers.kit.marks import Axe, Case, Categorie, Classe, EntreeLegende, Fill, Matrice, Symbols, Trait, legend_of
from layers.kit.palettes import ink_on
from layers.kit.scales import disc_values
from layers.kit.texts import lower_first, number, typeset
from layers.renderers.static import (
    EPAISSEUR_HACHURE,
    HALO,
    RAYON_MAX,
    draw_shape,
    hatch_of,
    line_style,
    radius,
    style_of,
)
from layers.renderers.typesetting import Paragraphe, Style, width, write

Pastille = Callable[[Axes, float, float, float], None]

TITRE = Style(8.4, gras=True, apres=1.2)
UNITE = Style(6.8, couleur="#4a5561", apres=2.0)
ENTREE = Style(7.2, apres=1.6)
NOTICE = Style(6.5, couleur="#6b4a17", apres=1.5)
METHODE = Style(6.2, couleur="#4a5561", apres=1.5)
RETRAIT = 27.0
_LARGEUR, _HAUTEUR = 20.0, 9.0
CASE = (30.0, 15.0)


def legend_blocks(drawings: Sequence[Drawing]) -> list[list[Paragraphe]]:
    """Set the legend, a block per drawing: title, unit, entries with their numbers, method and notices."""
    return [[*block, Paragraphe("", Style(3.0))] for d in drawings if (block := _block(d))]


def _block(drawing: Drawing) -> list[Paragraphe]:
    if not drawing.legende and not drawing.notice:
        return []
    entries = [p for m in drawing.marques for e in legend_of(m) for p in _entry(e, not isinstance(m, Fill) or m.plein)]
    return [
        Paragraphe(drawing.titre, TITRE, lie=True),
        *([Paragraphe(drawing.unite, UNITE, lie=True)] if drawing.unite and drawing.legende else []),
        *entries,
        *([Paragraphe(drawing.lecture, METHODE)] if drawing.lecture else []),
        *(Paragraphe(notice, NOTICE) for notice in drawing.notice),
    ]


def _entry(entree: EntreeLegende, plein: bool) -> list[Paragraphe]:
    symbole = entree.symbole
    suite = number(entree.nombre)
    match symbole:
        case Classe():
            pastille = _area(symbole, plein)
        case Trait():
            pastille = _line(symbole)
        case Categorie():
            pastille = _point(symbole)
        case Symbols():
            return _discs(symbole, suite)
        case Matrice():
            return _matrix(symbole, suite)
        case _:
            assert_never(symbole)
    return [Paragraphe(entree.libelle, ENTREE, RETRAIT, pastille, suite, 11.0)]


def _area(classe: Classe, plein: bool) -> Pastille:
    def draw(page: Axes, x: float, y: float, reduction: float) -> None:
        style = style_of(classe, plein)
        box = Rectangle((x, y - _HAUTEUR * reduction / 2), _LARGEUR * reduction, _HAUTEUR * reduction)
        box.set(facecolor=style["facecolor"], edgecolor="#5d6772", linewidth=0.5, linestyle=style["linestyle"])
        if style["hatch"]:
            box.set_hatch(style["hatch"])
            box.set_hatchcolor(style["hatchcolor"])
            box.set_hatch_linewidth(EPAISSEUR_HACHURE)
        box.set_gid(f"legende-{classe.id}")
        page.add_patch(box)

    return draw


def _line(trait: Trait) -> Pastille:
    def draw(page: Axes, x: float, y: float, reduction: float) -> None:
        corner = np.array([x + 1, y - _HAUTEUR * reduction / 2])
        shape = Path.unit_rectangle().vertices * np.array([(_LARGEUR - 2) * reduction, _HAUTEUR * reduction]) + corner
        box = PathCollection([Path(shape, closed=True)], facecolors="none")
        box.set(**line_style(trait))
        if hatch := hatch_of(trait.motif):
            box.set_hatch(hatch)
            box.set_hatchcolor(trait.couleur)
            box.set_hatch_linewidth(EPAISSEUR_HACHURE)
        box.set_gid(f"legende-{trait.id}")
        page.add_collection(box, autolim=False)

    return draw


def _point(categorie: Categorie) -> Pastille:
    def draw(page: Axes, x: float, y: float, reduction: float) -> None:
        draw_shape(page, np.array([[x + _LARGEUR * reduction / 2, y]]), categorie, 5.8 * max(reduction, 0.75), zorder=5)

    return draw


def _matrix(matrice: Matrice, suite: str) -> list[Paragraphe]:
    """Set the cells with their counts, rows from high to low, between the names and levels of both measures."""

    def draw(page: Axes, x: float, y: float, reduction: float) -> None:
        haut, large = CASE[1] * reduction, CASE[0] * reduction
        for i, ligne in enumerate(matrice.lignes):
            for j, case in enumerate(ligne):
                _cell(page, case, (x + (10 + j * CASE[0]) * reduction, y - (i + 1) * haut), reduction)
        sommet, droite = y, x + 10 * reduction + len(matrice.abscisse.niveaux) * large
        fond = y - len(matrice.lignes) * haut
        gauche, dessous = x + 5 * reduction, fond - 5 * reduction
        for xs, ys, pointe in (([gauche] * 2, [fond, sommet], "^"), ([x + 10 * reduction, droite], [dessous] * 2, ">")):
            axe = Line2D(xs, ys, color=METHODE.couleur, linewidth=0.7, marker=pointe, markevery=[1], markersize=3)
            page.add_line(axe)

    tall = CASE[1] * len(matrice.lignes) + 11

    def middle(page: Axes, x: float, y: float, reduction: float) -> None:
        draw(page, x, y + (tall / 2 - 1) * reduction, reduction)

    dessin = Paragraphe("", Style(6.4, apres=2.0), 0.0, middle, "", tall, lie=True)
    return [
        Paragraphe(f"Vers le haut : {_axis(matrice.ordonnee)}", METHODE, 0.0, None, suite, lie=True),
        dessin,
        Paragraphe(f"Vers la droite : {_axis(matrice.abscisse)}", METHODE, lie=True),
    ]


def _axis(axe: Axe) -> str:
    unite = f" ({axe.unite})" if axe.unite else ""
    return typeset(f"{axe.libelle}{unite} : {' ; '.join(lower_first(n) for n in axe.niveaux)}")


def _cell(page: Axes, case: Case, corner: tuple[float, float], reduction: float) -> None:
    box = Rectangle(corner, CASE[0] * reduction, CASE[1] * reduction, facecolor=case.classe.couleur)
    box.set(edgecolor=HALO, linewidth=0.8, gid=f"legende-{case.classe.id}")
    page.add_patch(box)
    style = Style(6.4, couleur=ink_on(case.classe.couleur))
    texte = number(case.nombre)
    left = corner[0] + (CASE[0] * reduction - width(texte, style, reduction)) / 2
    write(page, left, corner[1] + CASE[1] * reduction / 2 - 2.2 * reduction, texte, style, reduction)


def _discs(mark: Symbols, suite: str) -> list[Paragraphe]:
    """Nest three discs, the largest of the map and round fractions of it, each with its value."""
    values = disc_values(mark)

    def draw(page: Axes, x: float, y: float, reduction: float) -> None:
        base, centre = y - RAYON_MAX * 2 * reduction + 5 * reduction, x + RAYON_MAX * reduction
        style = Style(6.4)
        for value in values:
            r = radius(value, mark.maximum) * reduction
            disc = Circle((centre, base + r), r, facecolor=mark.couleur, alpha=0.62, edgecolor=HALO, linewidth=0.8)
            page.add_patch(disc)
            top, left = base + 2 * r, x + (RAYON_MAX * 2 + 8) * reduction
            page.add_line(Line2D([centre, left - 2], [top, top], color="#5d6772", linewidth=0.4))
            text = f"{number(value)} {mark.unite}".strip()
            write(page, left, top - 2.2 * reduction, text, style, reduction)

    tall = RAYON_MAX * 2 + 12
    return [
        Paragraphe(mark.libelle, ENTREE, 0.0, None, suite, 11.0, lie=True),
        Paragraphe("", Style(6.4, apres=2.0), 0.0, _lowered(draw, tall), "", tall),
    ]


def _lowered(draw: Pastille, tall: float) -> Pastille:
    return lambda page, x, y, reduction: draw(page, x, y + (tall - 18) / 2 * reduction, reduction)
