"""Where the parts of a printed page stand: measured before they are set, so that the map is drawn at its very size."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from layers.kit.cartouche import Cartouche
from layers.renderers.maps import Planche
from layers.renderers.plate import (
    COLONNES_DEBOUT,
    FILTRES,
    NOTE,
    NOTE_TITRE,
    ORGANISME,
    PHRASE,
    PLACE,
    TITRE,
    column_upright,
    columns,
    shared_upright,
    side_blocks,
    upright,
)
from layers.renderers.typesetting import REDUCTIONS, Paragraphe, height

MARGE, PIED_DE_PAGE = 24.0, 9.0
GOUTTIERE, INTERCOLONNE = 11.0, 12.0
TETE_MAX, PIED_MAX = 100.0, 92.0
COTE_QR = 68.0
TITRE_COTE = 11.0  # the heading that paper has above the figures


@dataclass(frozen=True, slots=True)
class Cote:
    """Columns of figures and legend: how many, how wide, how tall, and the largest reduction to try.

    `entiers`: no block of the legend needs to be cut between two columns.
    """

    colonnes: int
    largeur: float
    hauteur: float
    essai: float
    entiers: bool


@dataclass(frozen=True, slots=True)
class Boites:
    """Sizes of the parts of the page, in points of its unit."""

    tete: float
    pied: float
    carte: tuple[float, float]
    cote: Cote
    upright: bool

    def data(self) -> dict[str, Any]:
        """Return the sizes as plain data for a template."""
        return {
            "marge": MARGE,
            "tete": self.tete,
            "pied": self.pied,
            "carte": {"largeur": self.carte[0], "hauteur": self.carte[1]},
            "intercolonne": INTERCOLONNE,
            "gouttiere": GOUTTIERE,
            "cote": asdict(self.cote),
            "qr": COTE_QR,
            "portrait": self.upright,
        }


def compose(planche: Planche, largeur: float, hauteur: float) -> Boites:
    """Share a sheet (in points of its unit) between its head, map, legend and foot."""
    room = largeur - 2 * MARGE
    cartouche = planche.cartouche
    head = min(PLACE * height(_head(cartouche), room - 130 * bool(cartouche.mention)), TETE_MAX)
    foot = min(max(PLACE * _foot(cartouche, room), COTE_QR if cartouche.adresse else 0), PIED_MAX)
    body = hauteur - 2 * MARGE - PIED_DE_PAGE - head - foot - 2 * GOUTTIERE
    blocks = side_blocks(planche)
    if hauteur > largeur:
        return _upright(blocks, (room, body, hauteur), head, foot)
    shared = columns(blocks, body / PLACE)
    number, each = len(shared.textes), shared.largeur
    side = number * (each + INTERCOLONNE) - INTERCOLONNE
    carte = (room - side - GOUTTIERE, body)
    return Boites(head, foot, carte, Cote(number, each, body, shared.reduction, shared.entiers), upright=False)


def _upright(blocks: Sequence[list[Paragraphe]], room: tuple[float, float, float], head: float, foot: float) -> Boites:
    """Put the map above its legend, as tall as the legend allows."""
    width, body, tall = room
    carte, each = upright(blocks, width, body, tall), column_upright(width)
    side = body - GOUTTIERE - carte
    shared = shared_upright(blocks, each, side / PLACE - TITRE_COTE)
    cote = Cote(COLONNES_DEBOUT, each, side, shared.reduction, shared.entiers)
    return Boites(head, foot, (width, carte), cote, upright=True)


def _head(cartouche: Cartouche) -> list[Paragraphe]:
    return [
        Paragraphe(cartouche.organisme, ORGANISME),
        Paragraphe(cartouche.titre, TITRE),
        *([Paragraphe(cartouche.phrase, PHRASE)] if cartouche.phrase else []),
        Paragraphe(cartouche.filtres, FILTRES),
    ]


def _foot(cartouche: Cartouche, room: float) -> float:
    """Return the height of the taller of the two notes of the foot, at the largest reduction that is legible."""
    each = (room - GOUTTIERE * 2 - COTE_QR) / 2
    notes = cartouche.notes[1:]
    columns_of_notes = [[Paragraphe(n.titre, NOTE_TITRE), *(Paragraphe(p, NOTE) for p in n.paragraphes)] for n in notes]
    return max((height(c, each, REDUCTIONS[0]) for c in columns_of_notes), default=0.0)
