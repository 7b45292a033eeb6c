"""The territory that a reader makes of communes, and the communes of an extent: which they are, how they are written.

Whole départements and whole Epci are written by their own code, so that a long list stays a short text.
"""

from collections.abc import Iterable

import numpy as np

from data.frames import Frames
from data.measures import places, territories
from data.measures.cache import per_frames
from data.measures.territories import Booleens
from data.model import Maille

SAUF = "-"


def read(frames: Frames, parts: Iterable[str]) -> tuple[str, ...]:
    """Return the communes of a list of communes, Epci and départements, in increasing order; `-code` takes one away.

    Raises: ValueError with the codes that the dataset does not know.
    """
    dedans: set[str] = set()
    sauf: set[str] = set()
    inconnus: list[str] = []
    for part in parts:
        code = part.removeprefix(SAUF)
        membres = _members(frames).get(code)
        if membres is None:
            inconnus.append(code)
        else:
            (sauf if part.startswith(SAUF) else dedans).update(membres)
    if inconnus:
        raise ValueError("territoire inconnu dans ce jeu de données : " + ", ".join(sorted(inconnus)[:3]))
    return tuple(sorted(dedans - sauf))


def write(frames: Frames, communes: Iterable[str]) -> tuple[str, ...]:
    """Write communes in the shortest way that `read` understands: the same set always gives the same parts."""
    dedans = set(communes)
    restent, parts = set(dedans), list[str]()
    for code in territories.groups(frames, Maille.DEPARTEMENT).codes:
        membres = set(_members(frames)[code])
        if membres <= restent and len(membres) > 1:
            parts.append(code)
            restent -= membres
    for code in territories.groups(frames, Maille.EPCI).codes:
        membres = set(_members(frames)[code])
        sauf = sorted(membres - dedans)
        if len(sauf) * 7 + 10 < len(membres & restent) * 6:
            parts += [code, *(SAUF + c for c in sauf)]
            restent -= membres
    return (*parts, *sorted(restent))


def of_codes(frames: Frames, communes: Iterable[str]) -> Booleens:
    """Tell which communes of the dataset are in a list."""
    return np.asarray(territories.codes(frames).isin(list(communes)), dtype=bool)


def of_extent(frames: Frames, emprise: tuple[float, ...]) -> Booleens:
    """Tell which communes have their inner point in an extent: west, south, east, north in degrees (EPSG:4326)."""
    ouest, sud, est, nord = emprise
    points = places.inner_points(frames)
    x, y = points["longitude"].to_numpy(), points["latitude"].to_numpy()
    dans: Booleens = (x >= ouest) & (x <= est) & (y >= sud) & (y <= nord)
    return dans


@per_frames
def _members(frames: Frames) -> dict[str, tuple[str, ...]]:
    """Return the communes of every commune, Epci and département by its code."""
    membres: dict[str, tuple[str, ...]] = {code: (code,) for code in territories.codes(frames)}
    for maille in (Maille.EPCI, Maille.DEPARTEMENT):
        groupes = territories.groups(frames, maille)
        ordre = np.argsort(groupes.rang, kind="stable")
        codes = territories.codes(frames).to_numpy(dtype=object)[ordre]
        bornes = np.searchsorted(groupes.rang[ordre], np.arange(len(groupes.codes) + 1))
        for rang, code in enumerate(groupes.codes):
            membres[code] = tuple(codes[bornes[rang] : bornes[rang + 1]])
    return membres
