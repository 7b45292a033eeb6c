"""Key figures of one set of communes: an extent of the map, or a territory that a reader made."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from data.frames import Frames
from data.measures import agreements, coverage, density, effectifs, places, territories
from data.measures.coverage import Couverture, Part
from data.measures.territories import Booleens
from data.model import FiltreEchelon, Maille, Profil


@dataclass(frozen=True, slots=True)
class Demande:
    """What is asked of a set: the day, the two filters, and who reads."""

    jour: date
    echelon: FiltreEchelon
    champ: str
    profil: Profil = Profil.INTERNE


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Figures of a set of communes, each share with its two terms.

    `habitants` None where no population is known, `sans_population` counts the communes without one. `epci` are those
    with a commune in the set, `epci_entiers` those wholly in it. `ctg` counts the agreements with a commune in the
    set by status, `services` the services open of the field asked, `densite` None where `densite_statut` says why.
    """

    communes: Part
    population: Part
    enfants: Part
    habitants: float | None
    sans_population: int
    epci: int
    epci_entiers: int
    ctg: dict[str, int]
    services: int
    densite: float | None
    densite_statut: str
    points_acces: dict[str, int]


def compute(frames: Frames, dedans: Booleens, demande: Demande) -> Ensemble:
    """Compute the figures of the communes that are `dedans`, as sums and ratios of sums, secrecy included."""
    couverture: Couverture = coverage.compute(frames, demande.jour, demande.echelon, demande.champ, demande.profil)
    population, enfants, communes = coverage.over(frames, dedans, couverture, demande.jour.year, demande.profil)
    habitants = effectifs.population(frames, demande.jour.year)[dedans]
    epci = territories.groups(frames, Maille.EPCI)
    presents = epci.sums(dedans)
    densite = density.over(frames, demande.jour, demande.champ, dedans, demande.profil)
    return Ensemble(
        communes=communes,
        population=population,
        enfants=enfants,
        habitants=float(np.nansum(habitants)) if (~np.isnan(habitants)).any() else None,
        sans_population=int(np.isnan(habitants).sum()),
        epci=int((presents > 0).sum()),
        epci_entiers=int(((presents == epci.tailles) & (presents > 0)).sum()),
        ctg=agreements.counts(frames, demande.jour, demande.echelon, _agreements(frames, dedans)),
        services=int(densite["services"]),
        densite=None if np.isnan(densite["valeur"]) else float(densite["valeur"]),
        densite_statut=str(densite["statut"]),
        points_acces=places.totals(frames, demande.jour, dedans=dedans),
    )


def _agreements(frames: Frames, dedans: Booleens) -> Booleens:
    """Tell which agreements hold a commune of the set."""
    liens = coverage.links(frames)
    tenues = np.zeros(len(frames["ctg"]), dtype=bool)
    tenues[liens.ctg[dedans[liens.commune]]] = True
    return tenues
