"""The communes of an agreement as territories: cut by Epci, and named where they are exactly one."""

from dataclasses import dataclass

from data.frames import Frames
from data.measures import territories
from data.measures.cache import per_frames
from data.model import Maille


@dataclass(frozen=True, slots=True)
class PartDeTerritoire:
    """What an agreement holds of one Epci ("" for communes without one): `communes` of its `total` in the dataset."""

    code: str
    communes: tuple[str, ...]
    total: int


def by_epci(frames: Frames, communes: tuple[str, ...]) -> tuple[PartDeTerritoire, ...]:
    """Cut a perimeter by Epci, the largest part first, the communes without Epci last."""
    parents, tailles = _parents(frames), _sizes(frames)
    parts: dict[str, list[str]] = {}
    for commune in communes:
        parts.setdefault(parents[commune], []).append(commune)
    ordre = sorted(parts, key=lambda c: (c == "", -len(parts[c]), c))
    return tuple(PartDeTerritoire(c, tuple(parts[c]), tailles.get(c, len(parts[c]))) for c in ordre)


@per_frames
def _parents(frames: Frames) -> dict[str, str]:
    membres = territories.members(frames, Maille.EPCI)
    return dict(zip(membres.index, membres.astype(str), strict=True))


@per_frames
def _sizes(frames: Frames) -> dict[str, int]:
    groupes = territories.groups(frames, Maille.EPCI)
    return dict(zip(groupes.codes, groupes.tailles.tolist(), strict=True))


@per_frames
def _whole(frames: Frames) -> dict[tuple[str, ...], str]:
    """Return the Epci or the département that each exact set of communes is."""
    mailles = (Maille.DEPARTEMENT, Maille.EPCI)
    return {territories.communes_of(frames, c): c for m in mailles for c in territories.groups(frames, m).codes}


def place_of(frames: Frames, communes: tuple[str, ...]) -> tuple[str, bool]:
    """Return the territory where a perimeter stands on the map, and whether it is exactly that one.

    Failing an exact one, the Epci of most of its communes, else its first commune; "" for an empty perimeter.
    """
    if not communes:
        return "", False
    if exact := communes[0] if len(communes) == 1 else _whole(frames).get(communes, ""):
        return exact, True
    return by_epci(frames, communes)[0].code or communes[0], False
