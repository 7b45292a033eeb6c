"""Which files of outlines are worth reading: those of the territory, from the most detailed, until it is covered.

Parsing a national file costs more than all the rest of one département; counting its features and points does not.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from data.cog import CommuneHistory
from data.preparation.outlines import outline
from data.preparation.perimeter import Perimetre
from data.preparation.placing import DEHORS
from data.preparation.scan import Fichier
from data.preparation.tables import select
from data.preparation.vintage import Lecture
from data.sources.contours import FORMATS
from data.sources.reading import Ecart, Genre, Reading
from data.sources.sample import Forme

_MOINS_FIN = 0.7
"""A file with less than this share of the points per commune of one that covers the territory adds nothing to it."""
_INUTILE = "non lus\u202f: des contours plus détaillés couvrent déjà tout le territoire"
_ENTITE = re.compile(rb'"type"\s*:\s*"Feature"')
_IDS = frozenset(f.id for f in FORMATS)

Read = Callable[[Fichier], tuple[Fichier, list[Lecture]]]


@dataclass(frozen=True, slots=True)
class Apercu:
    """What the bytes of a GeoJSON tell: features, points by feature, and whether a code of the territory is there."""

    entites: int
    points: float
    proche: bool


def is_outline(fichier: Fichier) -> bool:
    """Tell whether a file is a GeoJSON of outlines, whose reading may be spared."""
    geojson = fichier.sample is not None and fichier.sample.forme is Forme.GEOJSON
    return geojson and not fichier.motif and fichier.format is not None and fichier.format.id in _IDS


def glance(fichier: Fichier, perimetre: Perimetre) -> Apercu:
    """Look at a GeoJSON without parsing it."""
    assert fichier.sample is not None
    octets = fichier.sample.path.read_bytes()
    entites = len(_ENTITE.findall(octets))
    prefixes = "|".join(sorted({code[:2] for code in perimetre.anciens}))
    # A code that lost its leading zero, or was written as a number, is of the territory all the same.
    proche = re.search(rf'[":\s](?:{prefixes}|{prefixes.replace("0", "")})\w{{3}}\b'.encode(), octets)
    return Apercu(entites, octets.count(b"[") / max(entites, 1), proche is not None)


def read_outlines(
    fichiers: Sequence[Fichier],
    read: Read,
    locate: Callable[[Lecture], Lecture],
    carte: tuple[CommuneHistory, Perimetre],
) -> list[tuple[Fichier, list[Lecture]]]:
    """Read the files of outlines that serve, sorted by name; the others are accounted for by their features."""
    history, perimetre = carte
    if not perimetre.departements or len(fichiers) < 2:
        return [(lu, [locate(le) for le in lectures]) for lu, lectures in map(read, fichiers)]
    apercus = {f.nom: glance(f, perimetre) for f in fichiers}
    lus: list[tuple[Fichier, list[Lecture]]] = []
    fins = 0.0
    for fichier in sorted(fichiers, key=lambda f: (-apercus[f.nom].points, f.nom)):
        apercu = apercus[fichier.nom]
        if not apercu.proche:
            lus.append((fichier, [_spared(fichier, apercu, DEHORS)]))
        elif apercu.points < _MOINS_FIN * fins:
            lus.append((fichier, [_spared(fichier, apercu, _INUTILE)]))
        else:
            lu, lectures = read(fichier)
            lus.append((lu, [locate(le) for le in lectures]))
            contours = select([le for _, siennes in lus for le in siennes], Genre.CONTOURS)
            couvert = set(outline(contours, history, perimetre).communes["code"])
            fins = fins or (apercu.points if couvert >= perimetre.codes else 0.0)
    return sorted(lus, key=lambda f: f[0].nom)


def _spared(fichier: Fichier, apercu: Apercu, motif: str) -> Lecture:
    vide = pd.DataFrame({c: pd.Series([], dtype="str") for c in ("code", "nom", "code_epci", "geometry")})
    ecart = Ecart(motif, apercu.entites, float(apercu.entites))
    return Lecture(fichier, Reading(Genre.CONTOURS, vide, apercu.entites, ecarts=(ecart,)))
