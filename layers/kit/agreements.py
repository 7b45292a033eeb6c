"""How every layer words an agreement and the departmental échelon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import agreements, coverage, territories
from data.measures.cache import lately_per_frames
from data.model import TOUS_CHAMPS, Echelon, FiltreEchelon, Maille, StatutCtg
from layers.kit.marks import Outline, Trait
from layers.kit.texts import count, long_date, number, percent, sentence_of, typeset
from layers.kit.view import View

_ACTIFS = frozenset({StatutCtg.EN_VIGUEUR, StatutCtg.A_RENOUVELER})
_VIVANTS = _ACTIFS | {StatutCtg.A_VENIR, StatutCtg.EN_PREPARATION}
DEUX_ECHELONS = "deux_echelons"

_TRAIT = Trait("ctg_departementale", "Accord départemental en vigueur", "#14181c", 2.6)
_ADJECTIF = {
    Echelon.DEPARTEMENTAL: "départementale",
    Echelon.INTERCOMMUNAL: "intercommunale",
    Echelon.COMMUNAL: "communale",
}


def adjective(echelon: Echelon | FiltreEchelon) -> str:
    """Return the feminine adjective of an échelon, as in « Ctg intercommunale »."""
    return _ADJECTIF.get(Echelon(echelon.value), "") if echelon.value in list(Echelon) else "locale"


@dataclass(frozen=True, slots=True)
class Accord:
    """One agreement at a day; `debut` and `fin` are the dates that count, None where unknown."""

    nom: str
    echelon: Echelon
    statut: StatutCtg
    debut: date | None
    fin: date | None
    fin_calculee: bool
    renouvelee: bool

    @property
    def etape(self) -> str:
        """Its stage in words: « en vigueur jusqu'au 31 décembre 2027 (fin calculée) »."""
        calcul = " (fin calculée)" if self.fin_calculee else ""
        match self.statut:
            case StatutCtg.EN_VIGUEUR if self.fin:
                return f"en vigueur jusqu'au {long_date(self.fin)}{calcul}"
            case StatutCtg.A_RENOUVELER if self.fin:
                return f"à renouveler avant le {long_date(self.fin)}{calcul}"
            case StatutCtg.ECHUE if self.fin:
                return f"échue le {long_date(self.fin)}{calcul}"
            case StatutCtg.A_VENIR if self.debut:
                return f"signée, en vigueur à partir du {long_date(self.debut)}"
            case statut:
                return statut.libelle.lower()

    @property
    def phrase(self) -> str:
        """What a commune's list says of it: « Ctg de Calais (communale) : en vigueur jusqu'au … ».

        "" for "pas de démarche", and for an expired agreement that another one follows.
        """
        if self.statut is StatutCtg.NON_ENGAGEE or (self.statut is StatutCtg.ECHUE and self.renouvelee):
            return ""
        return f"{self.nom} ({adjective(self.echelon)}) : {self.etape}"


@lately_per_frames(agreements.JOURS_RETENUS)
def at(frames: Frames, jour: date) -> tuple[Accord, ...]:
    """Return every agreement at a day, in the order of `ctg`."""
    table = agreements.status(frames, jour)
    colonnes = ("id_ctg", "nom", "echelon", "statut", "date_debut", "date_fin", "fin_calculee", "renouvelee_par")
    return tuple(
        Accord(nom or ident, Echelon(echelon), StatutCtg(statut), _day(debut), _day(fin), calculee, bool(suite))
        for ident, nom, echelon, statut, debut, fin, calculee, suite in zip(
            *(table[c].tolist() for c in colonnes), strict=True
        )
    )


@lately_per_frames(agreements.JOURS_RETENUS)
def phrases(frames: Frames, jour: date) -> tuple[str, ...]:
    """Return what lists say of every agreement at a day, in the order of `ctg`."""
    return tuple(a.phrase for a in at(frames, jour))


def _day(instant: pd.Timestamp) -> date | None:
    return None if pd.isna(instant) else instant.date()


def share(couvertes: int, total: int, taux_pct: float, *autres: int) -> str:
    """Word the coverage of a territory: « 12 communes couvertes sur 15 (82,4 % de la population) ; 2 en préparation ».

    `taux_pct` is the share of its inhabitants, NaN where unknown; `autres` are the communes to be renewed, in
    preparation, expired.
    """
    tete = f"{count(couvertes, 'commune couverte', 'communes couvertes')} sur {number(total)}"
    part = f" ({percent(taux_pct)} de la population)" if 0 < couvertes < total and taux_pct == taux_pct else ""
    suites = zip(autres, ("à renouveler", "en préparation", "avec une Ctg échue"), strict=True)
    return typeset(" ; ".join([tete + part, *(f"{number(n)} {libelle}" for n, libelle in suites if n)]))


def departmental(frames: Frames, view: View, accords: Sequence[Accord]) -> tuple[Outline | None, tuple[str, ...]]:
    """Return the outline and the banner that go beside the local agreements, for the field of the view.

    The outline stands only beside the local ones (`tous`): under the departmental filter areas say it already.
    """
    if view.echelon not in (FiltreEchelon.TOUS, FiltreEchelon.DEPARTEMENTAL):
        return None, ()
    gardes = set(departmental_ranks(frames, view.champ))
    bandeau = _banner(frames, [a for rang, a in enumerate(accords) if rang in gardes], view.champ != TOUS_CHAMPS)
    actifs = [rang for rang in sorted(gardes) if accords[rang].statut in _ACTIFS]
    detail = typeset(" ; ".join(accords[rang].nom for rang in actifs))
    return _outline(frames, actifs, detail) if view.echelon is FiltreEchelon.TOUS else None, bandeau


def departmental_ranks(frames: Frames, champ: str) -> tuple[int, ...]:
    """Return the ranks in `ctg` of the departmental agreements that carry a field."""
    gardes = agreements.of_echelons(frames, FiltreEchelon.DEPARTEMENTAL.couvrants) & agreements.of_field(frames, champ)
    return tuple(np.flatnonzero(gardes).tolist())


def _outline(frames: Frames, actifs: Sequence[int], detail: str) -> Outline | None:
    """Outline what these agreements cover; by whole départements where they do."""
    liens = coverage.links(frames)
    couvertes = np.zeros(len(frames.communes), dtype=bool)
    couvertes[liens.commune[np.isin(liens.ctg, actifs)]] = True
    if not couvertes.any():
        return None
    departements = territories.groups(frames, Maille.DEPARTEMENT)
    part = departements.sums(couvertes) / departements.tailles
    if np.isin(part, (0, 1)).all():
        maille, codes = Maille.DEPARTEMENT, tuple(compress(departements.codes, part == 1))
    else:
        maille, codes = Maille.COMMUNE, tuple(territories.codes(frames)[couvertes])
    return Outline(maille, codes, _TRAIT, (detail,) * len(codes))


def _banner(frames: Frames, accords: Sequence[Accord], sur_champ: bool) -> tuple[str, ...]:
    """Say in a neutral way where the departmental échelon stands; nothing where the Caf works at the local one only."""
    portee = " sur ce champ" if sur_champ else ""
    vivants = [a for a in accords if a.statut in _VIVANTS]
    if vivants:
        return tuple(
            sentence_of((f"accord départemental {a.etape.replace('signée', 'signé')}{portee} : {a.nom}",))
            for a in vivants
        )
    if frames.jeu.demarche != DEUX_ECHELONS:
        return ()
    return (f"Sans accord départemental{portee} à cette date.",)
