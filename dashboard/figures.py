"""The figures of a view as the JSON of the command `chiffres` (FORMATS §4)."""

from typing import Any

import pandas as pd

from data.caf import within
from data.frames import Frames
from data.measures import agreements, composition, coverage, density, ensemble, indicators, notices, places
from data.measures.coverage import Couverture, Part
from data.measures.definitions import definition
from data.measures.density import MODES
from data.measures.ensemble import Demande
from data.measures.sums import Lecture
from data.measures.territories import Booleens
from layers.kit.view import View

INDICATEUR = "indicateur"


def figures(frames: Frames, view: View, vue_text: str) -> dict[str, Any]:
    """Return the figures of a view; a figure that cannot be given is None, its reason in `statut` or `avis`."""
    frames = within(frames, view.caf)
    couverture = coverage.compute(frames, view.date, view.echelon, view.champ, view.profil)
    densite = density.compute(frames, view.date, view.champ, view.maille, view.profil)
    return {
        "vue": vue_text,
        "jeu": frames.jeu.nom,
        "date": view.date.isoformat(),
        "couverture": _coverage(couverture),
        "ctg": agreements.counts(frames, view.date, view.echelon),
        "densite": _density(densite),
        "points_acces": places.totals(frames, view.date),
        **({"indicateur": _indicator(frames, view)} if INDICATEUR in view.couches else {}),
        **_sets(frames, view),
        "avis": list(notices.of_figures(frames, couverture, densite, view.champ, view.date)),
    }


def read_beside(frames: Frames, view: View) -> dict[str, Any]:
    """Return the figures of `figures` that are read beside the map: whatever the layers, the maille and the classes."""
    frames = within(frames, view.caf)
    return {
        "couverture": _coverage(coverage.compute(frames, view.date, view.echelon, view.champ, view.profil)),
        "ctg": agreements.counts(frames, view.date, view.echelon),
        "points_acces": places.totals(frames, view.date),
        **_extent(frames, view),
    }


def _sets(frames: Frames, view: View) -> dict[str, Any]:
    """Return the figures of the extent and of the territory that the reader made, where the view has them."""
    found = _extent(frames, view)
    if view.communes:
        dedans = composition.of_codes(frames, view.communes)
        found["territoire_compose"] = {"nom": view.nom} | _of_set(frames, dedans, view)
    return found


def _extent(frames: Frames, view: View) -> dict[str, Any]:
    if not view.emprise:
        return {}
    dedans = composition.of_extent(frames, view.emprise)
    return {"emprise": {"degres": list(view.emprise)} | _of_set(frames, dedans, view)}


def _of_set(frames: Frames, dedans: Booleens, view: View) -> dict[str, Any]:
    trouve = ensemble.compute(frames, dedans, Demande(view.date, view.echelon, view.champ, view.profil))
    return {
        "population": _part(trouve.population),
        "enfants_0_2": _part(trouve.enfants),
        "communes": {
            "couvertes": _number(trouve.communes.numerateur),
            "total": _number(trouve.communes.denominateur),
        },
        "sans_population": trouve.sans_population,
        "epci": {"touches": trouve.epci, "entiers": trouve.epci_entiers},
        "ctg": trouve.ctg,
        "services": trouve.services,
        "densite": {"valeur": trouve.densite, "statut": trouve.densite_statut},
        "points_acces": trouve.points_acces,
    }


def _indicator(frames: Frames, view: View) -> dict[str, Any] | None:
    """Return the indicator of the view over the territories of its maille, None where the dataset has none."""
    choisi = view.indicateur or indicators.first(frames, view.maille)
    if not choisi:
        return None
    definie = definition(frames, choisi)
    table = indicators.values(frames, choisi, view.maille, Lecture(view.date.year, view.profil))
    return {
        "id": choisi,
        "libelle": definie.libelle,
        "unite": definie.unite,
        "nature": definie.nature.value,
        "maille": view.maille.value,
        "mailles": [m.value for m in indicators.mailles(frames, choisi)],
        "valeurs": [
            {
                "code": ligne["code"],
                "valeur": _number(ligne["valeur"]),
                "statut": ligne["statut"],
                "annee": _number(ligne["annee"]),
            }
            for ligne in table.to_dict("records")
        ],
    }


def _coverage(couverture: Couverture) -> dict[str, Any]:
    return {
        "population": _part(couverture.population),
        "enfants_0_2": _part(couverture.enfants),
        "communes": {
            "couvertes": _number(couverture.communes.numerateur),
            "total": _number(couverture.communes.denominateur),
        },
        "epci": dict(zip(("entieres", "partielles", "nulles"), couverture.epci_par_etat, strict=True)),
        "sans_population": list(couverture.sans_population),
        "sans_enfants_0_2": list(couverture.sans_enfants),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "numerateur": _number(part.numerateur),
        "denominateur": _number(part.denominateur),
        "taux_pct": part.taux_pct,
    }


def _density(densite: pd.DataFrame) -> list[dict[str, Any]]:
    modes = zip(*(densite[m].tolist() for m in MODES), strict=True)
    colonnes = (densite[c].tolist() for c in ("code", "services", "denominateur", "valeur", "statut"))
    return [
        {
            "code": code,
            "services": services,
            "modes": dict(zip(MODES, par_mode, strict=True)),
            "denominateur": _number(denominateur),
            "valeur": None if valeur != valeur else valeur,  # NaN is not itself
            "statut": statut,
        }
        for (code, services, denominateur, valeur, statut), par_mode in zip(
            zip(*colonnes, strict=True), modes, strict=True
        )
    ]


def _number(valeur: float | None) -> int | float | None:
    """Write a whole number without a decimal part, an absent one as None."""
    if valeur is None or valeur != valeur:
        return None
    return int(valeur) if float(valeur).is_integer() else float(valeur)
