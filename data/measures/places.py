"""Access points at a day: where they are and whether they are open."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.frames import Frames
from data.measures import agreements, territories
from data.measures.cache import per_frames
from data.measures.territories import Booleens, Rangs
from data.model import Maille

TYPES = ("agence", "permanence", "borne_visio", "point_relais", "point_numerique", "france_services", "autre")


class EtatPoint(StrEnum):
    """State of an access point at a day."""

    OUVERT = "ouvert"
    PROJET = "projet"
    CANDIDAT = "candidat"
    FERME = "ferme"

    @property
    def libelle(self) -> str:
        """French label."""
        return {"ouvert": "ouvert", "projet": "en projet", "candidat": "candidat", "ferme": "fermé"}[self]


@dataclass(frozen=True, eq=False)
class _Points:
    """Access points in the order of `points_acces`: stored state, days, ranks of the commune and of the type."""

    etat: NDArray[np.object_]
    ouverture: agreements.Jours
    fermeture: agreements.Jours
    commune: Rangs
    type: Rangs


@per_frames
def _arrays(frames: Frames) -> _Points:
    table = frames["points_acces"]
    return _Points(
        table["etat"].to_numpy(dtype=object),
        agreements.days(table["date_ouverture"]),
        agreements.days(table["date_fermeture"]),
        territories.positions(frames, table["code_commune"]),
        np.asarray(pd.Index(known_types(frames)).get_indexer(pd.Index(table["type"])), dtype=np.intp),
    )


def states(frames: Frames, jour: date) -> NDArray[np.object_]:
    """Return the state of every access point at a day, in the order of `points_acces`.

    Dates speak where they are given, the stored state where they are silent: a point stored as closed was open
    before `date_fermeture`; a project is open from its `date_ouverture` on, never without one.
    """
    points, instant = _arrays(frames), np.array(jour, dtype="datetime64[D]")
    futur = np.isin(points.etat, [EtatPoint.PROJET.value, EtatPoint.CANDIDAT.value])
    return np.select(
        [
            (points.fermeture <= instant) | ((points.etat == EtatPoint.FERME.value) & np.isnat(points.fermeture)),
            futur & ~(points.ouverture <= instant),
            points.ouverture > instant,
        ],
        [EtatPoint.FERME.value, points.etat, EtatPoint.PROJET.value],
        default=EtatPoint.OUVERT.value,
    ).astype(object)


@per_frames
def inner_points(frames: Frames) -> pd.DataFrame:
    """Return a point inside each commune: columns longitude, latitude (degrees, EPSG:4326), by code."""
    interieurs = frames.communes.geometry.representative_point()
    positions = {"longitude": interieurs.x.to_numpy(), "latitude": interieurs.y.to_numpy()}
    return pd.DataFrame(positions, index=territories.codes(frames))


def points(frames: Frames, jour: date) -> pd.DataFrame:
    """Return the access points with their state at a day (`etat`, `EtatPoint` value), the stored one as `etat_stocke`.

    Columns of `points-acces`, `etat_stocke`, and `position_approchee`: true where the file gives no position and the
    point stands inside its commune instead. `longitude`, `latitude` in degrees, EPSG:4326.
    """
    return _located(frames).assign(etat=states(frames, jour))


@per_frames
def _located(frames: Frames) -> pd.DataFrame:
    """Return what `points` says whatever the day."""
    table = frames["points_acces"]
    sans = table["latitude"].isna() | table["longitude"].isna()
    interieurs = inner_points(frames).reindex(table["code_commune"]).set_axis(table.index)
    return table.assign(
        etat_stocke=table["etat"],
        latitude=table["latitude"].where(~sans, interieurs["latitude"]),
        longitude=table["longitude"].where(~sans, interieurs["longitude"]),
        position_approchee=sans,
    )


@per_frames
def by_commune(frames: Frames) -> dict[int, tuple[tuple[int, dict[Hashable, Any]], ...]]:
    """Return the access points of each commune by its rank: rank in `points_acces` and row, by type, then by name."""
    lignes = frames["points_acces"].sort_values(["type", "nom"], kind="stable")
    trouves: dict[int, list[tuple[int, dict[Hashable, Any]]]] = {}
    positions = territories.positions(frames, lignes["code_commune"]).tolist()
    for rang, commune, ligne in zip(lignes.index.tolist(), positions, lignes.to_dict("records"), strict=True):
        trouves.setdefault(commune, []).append((rang, ligne))
    return {commune: tuple(points) for commune, points in trouves.items()}


def count(frames: Frames, jour: date, maille: Maille, etat: EtatPoint = EtatPoint.OUVERT) -> pd.DataFrame:
    """Count the access points of one state: a row per territory of the maille by code, a column per type."""
    points, groupes, types = _arrays(frames), territories.groups(frames, maille), known_types(frames)
    rang = np.append(groupes.rang, -1)[points.commune]
    garde = (states(frames, jour) == etat.value) & (rang >= 0) & (points.type >= 0)
    nombres = np.zeros((len(groupes.codes), len(types)), dtype=np.int64)
    np.add.at(nombres, (rang[garde], points.type[garde]), 1)
    return pd.DataFrame(nombres, index=pd.Index(groupes.codes, name="code"), columns=list(types))


def totals(
    frames: Frames, jour: date, etat: EtatPoint = EtatPoint.OUVERT, dedans: Booleens | None = None
) -> dict[str, int]:
    """Count the access points of one state by type, in the whole dataset or in the communes that are `dedans`."""
    garde = states(frames, jour) == etat.value
    if dedans is not None:
        garde &= np.append(dedans, False)[_arrays(frames).commune]
    types = _arrays(frames).type[garde]
    return {t: int((types == rang).sum()) for rang, t in enumerate(known_types(frames))}


@per_frames
def known_types(frames: Frames) -> tuple[str, ...]:
    """Return the types of FORMATS.md, then those that only this dataset knows."""
    propres = sorted(set(frames["points_acces"]["type"]) - set(TYPES) - {""})
    return (*TYPES, *propres)
