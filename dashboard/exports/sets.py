"""The extent that a reader looked at and the territory that a reader made, in the words and figures of a snapshot."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from dashboard.exports.near import holders
from data.frames import Frames
from data.measures import composition, ensemble, territories
from data.measures.ensemble import Demande, Ensemble
from data.model import TOUS_CHAMPS, Blanc
from layers.kit import composed
from layers.kit.contract import Drawing
from layers.kit.texts import count, lower_first, number, percent, typeset
from layers.kit.view import View

Figures = Mapping[str, Any]
ETENDUE = "emprise"


def of_what_is_seen(found: Figures, frames: Frames, view: View) -> Figures:
    """Return the figures of a view as those of its extent, which the page shows beside such a map; else themselves."""
    if ETENDUE not in found:
        return found
    extent, shown = found[ETENDUE], found.get("indicateur")
    if shown:
        inside = np.asarray(territories.codes(frames))[composition.of_extent(frames, view.emprise)]
        kept = holders(frames, view.maille, frozenset(inside))
        shown = shown | {"valeurs": [v for v in shown["valeurs"] if v["code"] in kept]}
    parts = {"couverture": {k: extent[k] for k in ("population", "communes", "epci")}}
    return {**found, **parts, "points_acces": extent["points_acces"], "indicateur": shown}


def services(found: Figures) -> int | None:
    """Return the open services of the extent, else of every territory; None where secrecy hides a term, or for none."""
    if ETENDUE in found:
        hidden = found[ETENDUE]["densite"]["statut"] == Blanc.SECRET.value
        return None if hidden or not found[ETENDUE]["communes"]["total"] else int(found[ETENDUE]["services"])
    rows = found["densite"]
    if not rows or any(r["services"] is None or r["statut"] == Blanc.SECRET.value for r in rows):
        return None
    return int(sum(r["services"] for r in rows))


def extent_said(found: Figures) -> str:
    """Say what the map shows and what its words count; "" for a view of everything."""
    if ETENDUE not in found:
        return ""
    inside = found[ETENDUE]["communes"]["total"]
    shown = f"Étendue montrée : {count(inside, 'commune')}" if inside else "Étendue montrée : aucune commune"
    counted = "chiffres clés de cette étendue, légende et tableaux de tout le territoire"
    return typeset(f"{shown} ({counted})" if inside else f"{shown} (légende et tableaux de tout le territoire)")


def place_of(view: View, lieu: str) -> str:
    """Say where: the territory that the reader made before the one that holds it."""
    return f"{composed.name_of(view)}, {lieu}" if view.communes else lieu


def with_figures(drawings: Sequence[Drawing], frames: Frames) -> tuple[Drawing, ...]:
    """Give the outline of the territory that the reader made its figures, which stand under it in the legend."""
    return tuple(
        replace(d, methode=_figures_said(frames, d.vue)) if d.couche == composed.COUCHE else d for d in drawings
    )


def _figures_said(frames: Frames, view: View) -> str:
    inside = composition.of_codes(frames, view.communes)
    found = ensemble.compute(frames, inside, Demande(view.date, view.echelon, view.champ, view.profil))
    told = [f"{count(len(view.communes), 'commune')} de {count(found.epci, 'Epci', 'Epci')}"]
    if frames.has("ctg"):
        told += _coverage(found)
    if frames.has("services") and found.densite_statut != Blanc.SECRET.value:
        champ = frames.champ(view.champ) if view.champ != TOUS_CHAMPS else None
        told.append(
            count(found.services, "service ouvert", "services ouverts")
            + (f" ({lower_first(champ.libelle)})" if champ else "")
        )
    if frames.has("points_acces"):
        told.append(count(sum(found.points_acces.values()), "point d'accès ouvert", "points d'accès ouverts"))
    return typeset(f"{' ; '.join(told)}.")


def _coverage(found: Ensemble) -> list[str]:
    """Tell the communes and the population covered, each share with its two terms, and the agreements."""
    told = [
        f"{who} {covered} : {percent(part.taux_pct)} ({number(part.numerateur or 0)} sur {number(part.denominateur)})"
        for part, who, covered in (
            (found.communes, "communes", "couvertes"),
            (found.population, "population", "couverte"),
        )
        if part.taux_pct is not None and part.denominateur
    ]
    in_force = found.ctg["en_vigueur"] + found.ctg["a_renouveler"]
    return [*told, f"{number(in_force)} Ctg en cours, {number(found.ctg['en_preparation'])} en préparation"]
