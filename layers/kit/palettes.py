"""Colours and hatches that stay apart in greyscale and for the colour-blind (`tests/unit/layers/kit/test_palettes.py`).

Red is nowhere: no colour here judges a territory.
"""

from collections.abc import Sequence

from data.model import Blanc
from layers.kit.marks import Classe, Motif, Trait

ZERO = Classe("zero", "0", "#f8f5ee")
AVEC_DISQUE = Classe("disque", "Valeur donnée par un disque", "#fbfcfa")
DISQUES = "#5b3f8f"

BLANCS: dict[Blanc, Classe] = {
    b: Classe(b.value, b.libelle, couleur, motif, b)
    for b, couleur, motif in (
        (Blanc.SECRET, "#f4f4f4", Motif.CROISILLONS),
        (Blanc.NON_PUBLIE, "#e4e4e4", Motif.AUCUN),
        (Blanc.MANQUANT, "#ffffff", Motif.AUCUN),
        (Blanc.PETIT_DENOMINATEUR, "#efe9df", Motif.VERTICALES),
    )
}

# Even steps of lightness (CIE L* 82 to 25), hue from green to blue: light is little, dark is much.
_SEQUENCES: dict[int, tuple[str, ...]] = {
    1: ("#277e73",),
    2: ("#abd6b5", "#114245"),
    3: ("#abd6b5", "#258f7c", "#114245"),
    4: ("#abd6b5", "#44a98a", "#2d736c", "#114245"),
    5: ("#abd6b5", "#5cb691", "#258f7c", "#356461", "#114245"),
    6: ("#abd6b5", "#6bbd97", "#349f84", "#277e73", "#315d5b", "#114245"),
    7: ("#abd6b5", "#76c19b", "#44a98a", "#258f7c", "#2d736c", "#2c5858", "#114245"),
}


def sequence(nb: int) -> tuple[str, ...]:
    """Return `nb` colours, light to dark (1 to 7)."""
    return _SEQUENCES[nb]


# Two sides of a named value: blue below, ochre above, a grey mauve about it. From one side to the other lightness steps
# aside by half a class, so that no two of the seven are the same grey.
_ECARTS: dict[int, tuple[str, ...]] = {
    2: ("#03557f", "#f5b877"),
    3: ("#07527a", "#c5bfcb", "#b37834"),
    4: ("#03557f", "#61a1d5", "#f5b877", "#a16821"),
    5: ("#07527a", "#488bbd", "#c5bfcb", "#d39654", "#945c12"),
    6: ("#03557f", "#3d82b3", "#73b1e6", "#f5b877", "#c38743", "#91590d"),
    7: ("#07527a", "#3078a8", "#5f9ed2", "#c5bfcb", "#dda05f", "#b37834", "#8a5303"),
}


def diverging(cotes: Sequence[int], autour: bool) -> tuple[str, ...]:
    """Return a colour per class by its rank from the centre: -1, -2 below, 1, 2 above, 0 about it.

    `autour` says that classes were cut with one about the centre, whether or not it holds a territory.
    """
    rayon = max((abs(c) for c in cotes), default=0) or 1
    couleurs = _ECARTS[2 * rayon + autour]
    return tuple(couleurs[rayon + c - (c > 0 and not autour)] for c in cotes)


# Two measures crossed: the first goes down the rows towards ochre, the second along them towards blue. A step down is
# worth two of lightness, a step along three, so that no two of the nine are the same grey.
_CROISEMENT = (
    ("#d6c3b4", "#909dad", "#3878a5"),
    ("#d1a077", "#937b72", "#53586c"),
    ("#c57d3c", "#8b5a3b", "#543937"),
)
_NIVEAUX: dict[int, tuple[int, ...]] = {1: (1,), 2: (0, 2), 3: (0, 1, 2)}


def crossing(lignes: int, colonnes: int) -> tuple[tuple[str, ...], ...]:
    """Return the colours of a crossing of 1 to 3 levels by 1 to 3, from low to high."""
    return tuple(tuple(_CROISEMENT[i][j] for j in _NIVEAUX[colonnes]) for i in _NIVEAUX[lignes])


def lighten(couleur: str) -> str:
    """Mix a colour with three tenths of white, so that a dark hatch is read over it."""
    return "#" + "".join(f"{round(v + (255 - v) * 0.3):02x}" for v in bytes.fromhex(couleur.removeprefix("#")))


def ink_on(couleur: str) -> str:
    """Return the ink, black or white, that is read best over a colour (relative luminance of WCAG)."""
    rouge, vert, bleu = (v / 255 for v in bytes.fromhex(couleur.removeprefix("#")))
    lineaire = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (rouge, vert, bleu)]
    luminance = 0.2126 * lineaire[0] + 0.7152 * lineaire[1] + 0.0722 * lineaire[2]
    return "#ffffff" if luminance < 0.179 else "#000000"


# Line styles by rank: colour, dash and hatch all change, so that two definitions never look alike in grey.
_TRAITS: tuple[tuple[str, float, tuple[float, ...], Motif], ...] = (
    ("#7a1fa2", 2.6, (), Motif.CONTRE_DIAGONALES),
    ("#8a4b08", 2.2, (7.0, 3.0), Motif.POINTS),
    ("#0b2e4f", 2.2, (2.0, 2.5), Motif.HORIZONTALES),
    ("#b3005e", 2.2, (9.0, 3.0, 2.0, 3.0), Motif.DIAGONALES),
    ("#4a4a4a", 2.2, (14.0, 4.0), Motif.VERTICALES),
    ("#5b4a00", 2.2, (5.0, 2.0, 1.5, 2.0, 1.5, 2.0), Motif.CROISILLONS),
)


def trait(rang: int, id_trait: str, libelle: str) -> Trait:
    """Return the line style of the `rang`-th definition; beyond six, the same colours come back, thinner."""
    couleur, epaisseur, tirets, motif = _TRAITS[rang % len(_TRAITS)]
    return Trait(id_trait, libelle, couleur, max(1.0, epaisseur - 0.8 * (rang // len(_TRAITS))), tirets, motif)
