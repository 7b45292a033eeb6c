"""The projector profile: grounds without pale tones, kept apart from one another and from the white lines between them.

Relative luminance and contrast are those of WCAG 2. Five fills in a row can never be 3 to 1 each from the next (four
steps of 3 make 81, white on black is 21): neighbours are told apart by the line between them, which is 3 to 1 from
both, and the fills themselves are spread as evenly as they can be.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import log

from data.model import Blanc
from layers.kit.contract import Drawing
from layers.kit.contrast import BLANC, linear, luminance
from layers.kit.marks import Classe, Fill, Mark, Outline, Points, Symbols

CLAIR, SOMBRE = 0.25, 0.006
"""Luminances between which the grounds are spread: the lightest is 3.5 to 1 from white."""

TRAIT_MIN, TEXTE_MIN = 3.0, 4.5
GRIS_NON_PUBLIE = "#8f8f8f"
_PRESQUE_BLANC = 0.8


def at_luminance(couleur: str, cible: float) -> str:
    """Return the same hue at another luminance: darkened towards black, lightened towards white."""
    light = [linear(v / 255) for v in bytes.fromhex(couleur.removeprefix("#"))]
    now = luminance(couleur)
    if now >= cible:
        moved = [v * cible / now for v in light] if now else light
    else:
        part = (cible - now) / (1 - now)
        moved = [v + (1 - v) * part for v in light]
    return "#" + "".join(f"{round(255 * _gamma(v)):02x}" for v in moved)


def projected(drawings: Sequence[Drawing]) -> tuple[Drawing, ...]:
    """Return drawings for a projector: the same marks and hatches, in colours that a lit room leaves apart."""
    return tuple(replace(d, marques=tuple(_mark(m) for m in d.marques)) for d in drawings)


def grounds(classes: Sequence[Classe]) -> tuple[Classe, ...]:
    """Spread the grounds of a fill evenly, in their order of lightness; what holds nothing is white."""
    spread = sorted((c.couleur for c in classes if not _empty(c)), key=luminance, reverse=True)
    order = list(dict.fromkeys(spread))
    steps = max(len(order) - 1, 1)
    targets = {
        c: (CLAIR + 0.05) * ((SOMBRE + 0.05) / (CLAIR + 0.05)) ** (i / steps) - 0.05 for i, c in enumerate(order)
    }
    return tuple(replace(c, couleur=_ground(c, targets)) for c in classes)


def _mark(mark: Mark) -> Mark:
    match mark:
        case Fill(grille=None):
            return replace(mark, classes=grounds(mark.classes))
        case Fill():
            return replace(mark, classes=tuple(replace(c, couleur=_crossed(c)) for c in mark.classes))
        case Outline():
            trait = replace(mark.trait, couleur=_readable(mark.trait.couleur), epaisseur=mark.trait.epaisseur * 1.3)
            return replace(mark, trait=trait)
        case Symbols():
            return replace(mark, couleur=_readable(mark.couleur))
        case Points():
            return replace(mark, categories=tuple(replace(c, couleur=_readable(c.couleur)) for c in mark.categories))
        case _:
            return mark


def _empty(classe: Classe) -> bool:
    return classe.blanc is not None or luminance(classe.couleur) >= _PRESQUE_BLANC


def _ground(classe: Classe, targets: dict[str, float]) -> str:
    if classe.blanc is Blanc.NON_PUBLIE:
        return GRIS_NON_PUBLIE
    return BLANC if _empty(classe) else at_luminance(classe.couleur, targets[classe.couleur])


def _crossed(classe: Classe) -> str:
    """Deepen a colour that crosses two measures by itself: spreading them all would undo the two directions."""
    if classe.blanc is not None:
        return _ground(classe, {})
    part = log((luminance(classe.couleur) + 0.05) / 0.05) / log(1.05 / 0.05)
    return at_luminance(classe.couleur, (SOMBRE + 0.05) * ((CLAIR + 0.05) / (SOMBRE + 0.05)) ** part - 0.05)


def _readable(couleur: str) -> str:
    """Darken a stroke or a sign until it is read on its white edge as text is."""
    return at_luminance(couleur, min(luminance(couleur), 1.05 / TEXTE_MIN - 0.05 - 0.005))


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
