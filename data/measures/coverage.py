"""Coverage by agreements at a day (FORMATS §3): each commune once, numerator and denominator always together."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import agreements, effectifs, sums, territories
from data.measures.cache import per_frames
from data.measures.territories import Booleens, Nombres, Rangs
from data.model import TOUS_CHAMPS, FiltreEchelon, Maille, Profil, StatutCtg

CLASSES = (
    StatutCtg.EN_VIGUEUR,
    StatutCtg.A_RENOUVELER,
    StatutCtg.EN_PREPARATION,
    StatutCtg.ECHUE,
    StatutCtg.NON_ENGAGEE,
)
"""Classes of the map, the best first: a commune takes the best of its agreements."""

_CLASSE_DU_STATUT = np.array(
    [CLASSES.index(StatutCtg.EN_PREPARATION if s is StatutCtg.A_VENIR else s) for s in agreements.STATUTS]
)
_VALEURS = np.array([c.value for c in CLASSES], dtype=object)
_ENFANTS = "enfants_0_2"


@dataclass(frozen=True, slots=True)
class Part:
    """A share with its two terms; None for a term that the profile may not see."""

    numerateur: float | None
    denominateur: float | None

    @property
    def taux_pct(self) -> float | None:
        """The share in %, not rounded; None where the denominator is 0 or a term is hidden."""
        if self.numerateur is None or not self.denominateur:
            return None
        return 100 * self.numerateur / self.denominateur


@dataclass(frozen=True, eq=False)
class Liens:
    """Which commune stands in which agreement: one link per pair, ranks in `communes` and in `ctg`."""

    commune: Rangs
    ctg: Rangs
    role: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Couverture:
    """Coverage at a day under an échelon and a field; `classe` is the rank in `CLASSES` of each commune.

    `population`, `enfants` (under 3) and `communes` are shares of the perimeter; `sans_population` and
    `sans_enfants` list the communes without a value, outside both terms.
    """

    codes: pd.Index
    classe: Rangs
    population: Part
    enfants: Part
    communes: Part
    sans_population: tuple[str, ...]
    sans_enfants: tuple[str, ...]
    _frames: Frames
    _jour: date
    _liens: Liens

    @cached_property
    def statuts(self) -> pd.Series:
        """Class of each commune (`StatutCtg` value) by its code."""
        return pd.Series(_VALEURS[self.classe], index=self.codes, name="statut")

    @cached_property
    def couvertes(self) -> pd.Series:
        """Whether each commune is covered, by its code."""
        return pd.Series(self.classe <= 1, index=self.codes, name="couverte")

    @cached_property
    def epci(self) -> pd.DataFrame:
        """Coverage of each Epci: code_epci, couvertes, total (communes of the dataset), etat."""
        groupes = territories.groups(self._frames, Maille.EPCI)
        couvertes, total = groupes.sums(self.classe <= 1).astype(np.int64), groupes.tailles
        etat = np.select([couvertes == total, couvertes == 0], ["entiere", "nulle"], "partielle")
        return pd.DataFrame({"code_epci": groupes.codes, "couvertes": couvertes, "total": total, "etat": etat})

    @property
    def epci_par_etat(self) -> tuple[int, int, int]:
        """How many Epci are wholly covered, partly, not at all."""
        groupes = territories.groups(self._frames, Maille.EPCI)
        couvertes = groupes.sums(self.classe <= 1)
        entieres, nulles = int((couvertes == groupes.tailles).sum()), int((couvertes == 0).sum())
        return entieres, len(groupes.codes) - entieres - nulles, nulles

    @cached_property
    def ctg_par_commune(self) -> pd.DataFrame:
        """Every agreement that the filters keep, by commune, the best first.

        Columns: code_commune, role, then those of `agreements.status`; a commune may have several rows.
        """
        liens, ctg = self._liens, agreements.status(self._frames, self._jour)
        classe = _CLASSE_DU_STATUT[agreements.status_codes(self._frames, self._jour)]
        ordre = np.lexsort((agreements.id_ranks(self._frames)[liens.ctg], classe[liens.ctg], liens.commune))
        lignes = ctg.take(liens.ctg[ordre]).reset_index(drop=True)
        lignes.insert(0, "code_commune", self.codes.take(liens.commune[ordre]))
        lignes.insert(1, "role", np.array(liens.role, dtype=object)[ordre])
        return lignes


@per_frames
def links(frames: Frames) -> Liens:
    """Return the links between communes and agreements, several roles of one pair joined by `|`."""
    table = frames["ctg_communes"]
    commune = territories.positions(frames, table["code_commune"])
    ctg = pd.Index(frames["ctg"]["id_ctg"]).get_indexer(pd.Index(table["id_ctg"]))
    paires = pd.DataFrame({"commune": commune, "ctg": ctg, "role": table["role"].to_numpy()})
    paires = paires[(commune >= 0) & (ctg >= 0)].drop_duplicates()
    roles: dict[tuple[int, int], str] = {}
    for lien in zip(paires["commune"], paires["ctg"], paires["role"], strict=True):
        roles[lien[:2]] = f"{roles[lien[:2]]}|{lien[2]}" if lien[:2] in roles else lien[2]
    rangs = np.array(list(roles), dtype=np.intp).reshape(-1, 2)
    return Liens(rangs[:, 0], rangs[:, 1], tuple(roles.values()))


def compute(
    frames: Frames,
    jour: date,
    echelon: FiltreEchelon = FiltreEchelon.TOUS,
    champ: str = TOUS_CHAMPS,
    profil: Profil = Profil.INTERNE,
) -> Couverture:
    """Compute coverage at a day; with `profil` partner, the children covered obey secrecy."""
    liens = _kept_links(frames, echelon, champ)
    classe_ctg = _CLASSE_DU_STATUT[agreements.status_codes(frames, jour)]
    classe = np.full(len(frames.communes), len(CLASSES) - 1, dtype=np.intp)
    np.minimum.at(classe, liens.commune, classe_ctg[liens.ctg])
    couvertes = classe <= 1
    population = effectifs.population(frames, jour.year)
    enfants, sans_enfants = _children(frames, jour.year, couvertes, profil)
    return Couverture(
        codes=territories.codes(frames),
        classe=classe,
        population=_share(population, couvertes),
        enfants=enfants,
        communes=Part(int(couvertes.sum()), len(couvertes)),
        sans_population=tuple(territories.codes(frames)[np.isnan(population)]),
        sans_enfants=sans_enfants,
        _frames=frames,
        _jour=jour,
        _liens=liens,
    )


@per_frames
def _kept_links(frames: Frames, echelon: FiltreEchelon, champ: str) -> Liens:
    """Keep the links of the agreements that the two filters let through."""
    liens = links(frames)
    retenue = agreements.of_echelons(frames, echelon.couvrants) & agreements.of_field(frames, champ)
    garde = np.flatnonzero(retenue[liens.ctg])
    return Liens(liens.commune[garde], liens.ctg[garde], tuple(liens.role[i] for i in garde))


def _share(valeurs: Nombres, couvertes: Booleens) -> Part:
    return Part(float(np.nansum(valeurs[couvertes])), float(np.nansum(valeurs)))


def _children(frames: Frames, annee: int, couvertes: Booleens, profil: Profil) -> tuple[Part, tuple[str, ...]]:
    """Return the share of children under 3 covered, and the communes whose count is not known."""
    repere = effectifs.reference_year(frames, (_ENFANTS,), annee)
    valeurs, masque = sums.masked(frames, _ENFANTS, sums.Lecture(repere, profil))
    part, connues = _share(valeurs.valeurs, couvertes), ~np.isnan(valeurs.valeurs)
    sans = tuple(territories.codes(frames)[~connues])
    if profil is Profil.INTERNE:
        return part, sans
    numerateur = part.numerateur if masque.shows_sum(connues & couvertes) else None
    return Part(numerateur, part.denominateur if masque.shows_sum(connues) else None), sans


def over(
    frames: Frames, dedans: Booleens, couverture: Couverture, annee: int, profil: Profil = Profil.INTERNE
) -> tuple[Part, Part, Part]:
    """Return the shares of population, children under 3 and communes covered within one set of communes.

    A number of children is given only where secrecy lets it out, whoever reads.
    """
    couvertes = couverture.classe <= 1
    population = effectifs.population(frames, annee)
    repere = effectifs.reference_year(frames, (_ENFANTS,), annee)
    enfants, masque = sums.masked(frames, _ENFANTS, sums.Lecture(repere, profil))
    dits = [
        float(np.nansum(enfants.valeurs[ou])) if masque.shows_sum(ou & ~np.isnan(enfants.valeurs)) else None
        for ou in (dedans & couvertes, dedans)
    ]
    return (
        Part(float(np.nansum(population[dedans & couvertes])), float(np.nansum(population[dedans]))),
        Part(dits[0], dits[1]),
        Part(int((dedans & couvertes).sum()), int(dedans.sum())),
    )


def by_year(
    frames: Frames, dernier: date, echelon: FiltreEchelon = FiltreEchelon.TOUS, champ: str = TOUS_CHAMPS
) -> pd.DataFrame:
    """Return the deployment curve at each 31 December from the first signature on, the last year at `dernier`.

    Columns: annee, jour, ctg (in force), communes, epci (wholly covered), population, denominateur, taux_pct.
    """
    signatures = frames["ctg"]["date_signature"].dropna()
    premiere = min([dernier.year, *signatures.dt.year.astype(int)])
    jours = [min(date(annee, 12, 31), dernier) for annee in range(premiere, dernier.year + 1)]
    return pd.DataFrame([_point(frames, jour, echelon, champ) for jour in jours], columns=list(_COURBE))


_COURBE = ("annee", "jour", "ctg", "communes", "epci", "population", "denominateur", "taux_pct")


def _point(frames: Frames, jour: date, echelon: FiltreEchelon, champ: str) -> tuple[Any, ...]:
    couverture = compute(frames, jour, echelon, champ)
    retenues = agreements.of_echelons(frames, echelon.couvrants) & agreements.of_field(frames, champ)
    actives = retenues & (_CLASSE_DU_STATUT[agreements.status_codes(frames, jour)] <= 1)
    part = couverture.population
    return (
        jour.year,
        jour,
        int(actives.sum()),
        couverture.communes.numerateur,
        int((couverture.epci["etat"] == "entiere").sum()),
        part.numerateur,
        part.denominateur,
        part.taux_pct,
    )
