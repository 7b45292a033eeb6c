"""« Collectivités à solliciter »: where a financing convention runs and no Ctg covers (S48 of the letter)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import coverage, effectifs, register, scope, territories
from data.measures.scope import Portee, day_of
from data.model import Maille, StatutCtg


@dataclass(frozen=True, slots=True)
class ConventionFinanciere:
    """One financing convention; `type` as the file writes it."""

    id: str
    type: str
    champs: tuple[str, ...]
    date_debut: date | None
    date_fin: date | None


@dataclass(frozen=True, slots=True)
class Prospect:
    """A territory with conventions in force and communes that no Ctg covers, out of its `total` in the dataset.

    `population` counts the inhabitants of those communes, None where none is known; `demarches` are the agreements in
    preparation or to come that hold one of them.
    """

    code: str
    collectivite: str
    communes: tuple[str, ...]
    total: int
    population: float | None
    conventions: tuple[ConventionFinanciere, ...]
    demarches: tuple[str, ...]


def prospects(frames: Frames, portee: Portee) -> tuple[Prospect, ...]:
    """Return them in order of code; conventions of a whole département are nobody's local approach."""
    couverture = coverage.compute(frames, portee.jour, portee.echelon, portee.champ)
    sans = set(territories.codes(frames)[couverture.classe > 1])
    table = frames["conventions"]
    garde = scope.periods(frames, "conventions").holds(portee.instant) & scope.rows(frames, "conventions", portee)
    garde = garde & table["maille"].isin([Maille.COMMUNE.value, Maille.EPCI.value]).to_numpy(dtype=bool)
    par_code: dict[str, list[int]] = defaultdict(list)
    for rang in np.flatnonzero(garde):
        par_code[str(table["code_territoire"].iat[int(rang)])].append(int(rang))
    trouves = (_prospect(frames, portee, code, rangs, sans) for code, rangs in sorted(par_code.items()))
    return tuple(p for p in trouves if p is not None)


def _prospect(frames: Frames, portee: Portee, code: str, rangs: list[int], sans: set[str]) -> Prospect | None:
    emprise = scope.footprint(frames, code)
    communes = tuple(sorted(emprise & sans))
    if not communes:
        return None
    population = effectifs.population(frames, portee.jour.year)[
        territories.positions(frames, pd.Series(communes, dtype="str"))
    ]
    collectivites = [str(frames["conventions"]["collectivite"].iat[r]) for r in rangs]
    return Prospect(
        code=code,
        collectivite=next((c for c in collectivites if c), frames.noms.get(code, code)),
        communes=communes,
        total=len(emprise),
        population=float(np.nansum(population)) if (~np.isnan(population)).any() else None,
        conventions=tuple(convention_at(frames, r) for r in rangs),
        demarches=_steps(frames, portee, communes),
    )


def convention_at(frames: Frames, rang: int) -> ConventionFinanciere:
    """Return the convention at a rank of the table."""
    ligne = frames["conventions"].iloc[rang]
    champs = scope.fields_of(frames, "conventions")[rang]
    bornes = day_of(ligne["date_debut"]), day_of(ligne["date_fin"])
    return ConventionFinanciere(str(ligne["id"]), str(ligne["type"]), champs, *bornes)


def _steps(frames: Frames, portee: Portee, communes: tuple[str, ...]) -> tuple[str, ...]:
    demande = Portee(portee.jour, portee.echelon, portee.champ, communes=communes)
    engagees = (StatutCtg.EN_PREPARATION, StatutCtg.A_VENIR)
    couvrants = portee.echelon.couvrants
    return tuple(e.id_ctg for e in register.entries(frames, demande) if e.statut in engagees and e.echelon in couvrants)
