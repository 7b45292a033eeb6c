"""Statistical secrecy: the one door through which counts of persons leave.

The rule, in four sentences. A count from 1 to threshold - 1 is hidden. Hidden counts are tied into blocks, first
within an Epci (with the smallest shown count beside them when they are too few), then within a département. A total
is shown only if each block lies wholly inside it or wholly outside. No count above five thresholds is hidden to
protect another: the total is, for such a commune is worth showing.

Why it holds, for any number of totals over any overlapping territories, fields, dates or agreements: every figure
shown is then a sum of whole blocks and shown counts, and so is whatever can be subtracted from them; no combination
can cut a block. What a block itself may tell is bounded by `_is_safe`.

The partner edition asks more of a block (`forte`): whoever knows its sum, the rule, and even which of its counts are
the small ones, still finds each small count anywhere from 1 to threshold - 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.model import Nature, Parametres, Profil

Nombres = NDArray[np.float64]
Rangs = NDArray[np.intp]
Booleens = NDArray[np.bool_]

NON_PERSONNELS = frozenset({"population_municipale", "places_petite_enfance"})
"""Effectifs that are no secret: a legal published figure, and what a service offers."""

VOISINE_MAX = 5
"""Largest count, in thresholds, that may be hidden beside a small one."""


def threshold(parametres: Parametres, profil: Profil) -> int:
    """Return the smallest count that this profile may see; a partner never sees more than the Caf itself."""
    if profil is Profil.PARTENAIRE:
        return max(parametres.secret_seuil_partenaire, parametres.secret_seuil)
    return parametres.secret_seuil


def is_protected(indicateur: str, nature: Nature) -> bool:
    """Tell whether an indicator counts persons or households."""
    return nature is Nature.EFFECTIF and indicateur not in NON_PERSONNELS


@dataclass(frozen=True, eq=False)
class Masque:
    """What one count per commune lets out: `bloc[i]` is -1 where commune i is shown, else the block that hides it.

    `surs[b]` tells whether the sum of block b may be known.
    """

    bloc: Rangs
    surs: Booleens

    @property
    def cachee(self) -> Booleens:
        """Communes whose own count is hidden."""
        return self.bloc >= 0

    def shows(self, groupe: Rangs, nombre: int) -> Booleens:
        """Tell which of `nombre` totals may be shown; `groupe[i]` is the total that commune i enters, -1 for none."""
        visibles = np.ones(nombre + 1, dtype=bool)
        cachees = np.flatnonzero(self.bloc >= 0)
        if len(cachees):
            bloc, ou = self.bloc[cachees], groupe[cachees]
            premier, dernier = (
                np.full(len(self.surs), nombre, dtype=np.intp),
                np.full(len(self.surs), -1, dtype=np.intp),
            )
            np.minimum.at(premier, bloc, ou)
            np.maximum.at(dernier, bloc, ou)
            coupe = (premier != dernier) | ~self.surs
            visibles[ou[coupe[bloc]]] = False
        return visibles[:nombre]

    def shows_sum(self, dedans: Booleens) -> bool:
        """Tell whether the total over one set of communes may be shown."""
        return bool(self.shows(np.where(dedans, 0, -1).astype(np.intp), 1)[0])


def open_mask(nombre: int) -> Masque:
    """Return the mask that hides nothing."""
    return Masque(np.full(nombre, -1, dtype=np.intp), np.zeros(0, dtype=bool))


def protect(
    valeurs: Nombres,
    niveaux: Sequence[Rangs],
    seuil: int,
    inconnues: Booleens | None = None,
    *,
    forte: bool = False,
) -> Masque:
    """Hide the counts 1..seuil-1 and tie them into blocks, from the finest of `niveaux` to the coarsest.

    `niveaux` are partitions of the communes, each coarser than the one before; the last tie is the whole dataset.
    `inconnues` are communes that the producer already hides (value unknown), to be protected from published totals.
    `forte` asks of each block that its small counts may each be anything from 1 to seuil - 1.
    """
    attente = (valeurs > 0) & (valeurs < seuil)
    if inconnues is not None:
        attente = attente | inconnues
    bloc, surs = np.full(len(valeurs), -1, dtype=np.intp), list[bool]()
    for niveau in (*niveaux, np.zeros(len(valeurs), dtype=np.intp)):
        for membres in _by_group(niveau, attente & (bloc < 0)):
            voisines = (bloc < 0) & ~attente & (valeurs >= seuil) & (valeurs <= VOISINE_MAX * seuil)
            voisines &= niveau == niveau[membres[0]]
            cellules = _completed(membres, voisines, valeurs, (seuil, forte))
            if _is_safe(valeurs[cellules], seuil, forte):
                bloc[cellules] = len(surs)
                surs.append(True)
    restantes = attente & (bloc < 0)
    if restantes.any():
        bloc[restantes] = len(surs)
        surs.append(False)
    return Masque(bloc, np.array(surs, dtype=bool))


def _by_group(niveau: Rangs, choisies: Booleens) -> Iterator[Rangs]:
    """Split the chosen communes by territory."""
    rangs = np.flatnonzero(choisies)
    rangs = rangs[np.argsort(niveau[rangs], kind="stable")]
    coupures = np.flatnonzero(np.diff(niveau[rangs])) + 1
    yield from (groupe for groupe in np.split(rangs, coupures) if len(groupe))


def _completed(membres: Rangs, voisines: Booleens, valeurs: Nombres, regle: tuple[int, bool]) -> Rangs:
    """Add the smallest shown count of the territory that will do, where the hidden ones alone would not.

    Those alone are returned where no single one will do.
    """
    if _is_safe(valeurs[membres], *regle):
        return membres
    rangs = np.flatnonzero(voisines)
    for rang in rangs[np.argsort(valeurs[rangs], kind="stable")]:
        cellules = np.append(membres, rang)
        if _is_safe(valeurs[cellules], *regle):
            return cellules
    return membres


def _is_safe(valeurs: Nombres, seuil: int, forte: bool = False) -> bool:
    """Tell whether the sum of a block says nothing of its parts (each at least 1, NaN unknown).

    It must hold two parts or more and be no small count itself; and be neither their least possible sum nor, when
    all are small, their greatest: either would give every part. `forte`: the sum leaves every small part free from 1
    to seuil - 1 whatever the others are, small ones within these bounds, shown-sized ones from seuil to VOISINE_MAX
    seuils.
    """
    if len(valeurs) < 2:
        return False
    if np.isnan(valeurs).any():
        return True
    somme, petites = float(valeurs.sum()), int((valeurs < seuil).sum())
    grandes = len(valeurs) - petites
    if forte:
        least = (seuil - 1) + (petites - 1) + grandes * seuil
        return least <= somme <= 1 + (petites - 1) * (seuil - 1) + grandes * VOISINE_MAX * seuil
    plafond = np.inf if grandes else len(valeurs) * (seuil - 1)
    return max(seuil, len(valeurs) + 1) <= somme < plafond


def leaves_too_little(reste: Nombres, absentes: Nombres, seuil: int) -> Booleens:
    """Tell where a published total less its known parts leaves too little for the `absentes` parts that are not known.

    What is left must allow one of them any small value, the others being 1 at least.
    """
    return (absentes > 0) & (reste < seuil + absentes - 2)
