"""A small map of a perimeter: its communes, the Epci around them, from the outlines of printed maps."""

from functools import lru_cache

import numpy as np
import shapely

from data.frames import Frames
from data.model import Maille
from layers.renderers.projection import extent, formes, zones

LARGEUR, HAUTEUR = 480, 320
MARGE = 0.12
FINESSE = 500  # a perimeter across this many steps looks as sharp as it needs
DEDANS, TERRE, LIMITE, BORD = "#1b456d", "#eceae4", "#8d959d", "#33414f"


def vignette(frames: Frames, communes: tuple[str, ...]) -> str:
    """Draw the communes of a perimeter among the others as an SVG of 480 × 320, "" where none has an outline."""
    return coloured(frames, tuple((code, DEDANS) for code in communes))


@lru_cache(maxsize=64)
def coloured(frames: Frames, fonds: tuple[tuple[str, str], ...], defs: str = "") -> str:
    """Draw communes, each with its own fill (a colour, or one of the patterns in `defs`), among the others."""
    couleurs = dict(fonds)
    voulues = frozenset(couleurs)
    zone = next((z for z in zones(frames) if voulues & set(formes(frames, Maille.COMMUNE, z).codes)), None)
    if zone is None:
        return ""
    ouest, sud, est, nord = _frame(extent(frames, zone, voulues & set(formes(frames, Maille.COMMUNE, zone).codes)))
    cadre = shapely.box(ouest, sud, est, nord)
    pas = (est - ouest) / FINESSE
    dessin = _Dessin(ouest, nord, LARGEUR / (est - ouest))
    toutes = formes(frames, Maille.COMMUNE, zone)
    proches = shapely.intersects(toutes.polygones, cadre)
    parts = [
        (p, couleurs.get(code, TERRE), "#ffffff" if code in voulues else LIMITE)
        for code, p in zip(np.array(toutes.codes)[proches], toutes.polygones[proches], strict=True)
    ]
    chemins = [
        f'<path d="{dessin.path(p.simplify(pas))}" fill="{fond}" stroke="{trait}" stroke-width="0.5"/>'
        for p, fond, trait in parts
    ]
    epci = formes(frames, Maille.EPCI, zone).polygones
    for p in epci[shapely.intersects(epci, cadre)]:
        chemins.append(f'<path d="{dessin.path(p.simplify(pas))}" fill="none" stroke="{BORD}" stroke-width="1.4"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LARGEUR} {HAUTEUR}" width="{LARGEUR}" '
        f'height="{HAUTEUR}">{defs}<rect width="100%" height="100%" fill="#ffffff"/>{"".join(chemins)}</svg>'
    )


def _frame(boite: np.ndarray) -> tuple[float, float, float, float]:
    """Widen a box (metres) to the shape of the picture, with a margin that shows the neighbours."""
    ouest, sud, est, nord = boite
    largeur, hauteur = (est - ouest) * (1 + 2 * MARGE), (nord - sud) * (1 + 2 * MARGE)
    largeur = max(largeur, hauteur * LARGEUR / HAUTEUR)
    hauteur = largeur * HAUTEUR / LARGEUR
    x, y = (ouest + est) / 2, (sud + nord) / 2
    return x - largeur / 2, y - hauteur / 2, x + largeur / 2, y + hauteur / 2


class _Dessin:
    """From metres to the picture."""

    def __init__(self, ouest: float, nord: float, echelle: float) -> None:
        self.ouest, self.nord, self.echelle = ouest, nord, echelle

    def path(self, polygone: shapely.Geometry) -> str:
        anneaux = [shapely.get_coordinates(r) for r in shapely.get_rings(shapely.get_parts(polygone))]
        return "".join(self._ring(a) for a in anneaux)

    def _ring(self, points: np.ndarray) -> str:
        x = (points[:, 0] - self.ouest) * self.echelle
        y = (self.nord - points[:, 1]) * self.echelle
        return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True)) + "Z"
