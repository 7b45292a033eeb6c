"""How every layer words an agreement and the departmental échelon."""

from datetime import date
from itertools import compress

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import coverage, territories
from data.model import TOUS_CHAMPS, Echelon, FiltreEchelon, Maille, StatutCtg
from layers.kit.marks import Outline, Trait
from layers.kit.texts import long_date, sentence_of, typeset
from layers.kit.view import View

ACTIFS = (StatutCtg.EN_VIGUEUR.value, StatutCtg.A_RENOUVELER.value)
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


def _day(valeur: object) -> date | None:
    return None if pd.isna(valeur) else pd.Timestamp(valeur).date()  # type: ignore[call-overload,arg-type]


def stage(statut: str, debut: object, fin: object, fin_calculee: bool) -> str:
    """Word the stage of an agreement: « en vigueur jusqu'au 31 décembre 2027 (fin calculée) »."""
    jour_debut, jour_fin = _day(debut), _day(fin)
    calcul = " (fin calculée)" if fin_calculee else ""
    match StatutCtg(statut):
        case StatutCtg.EN_VIGUEUR if jour_fin:
            return f"en vigueur jusqu'au {long_date(jour_fin)}{calcul}"
        case StatutCtg.A_RENOUVELER if jour_fin:
            return f"à renouveler avant le {long_date(jour_fin)}{calcul}"
        case StatutCtg.ECHUE if jour_fin:
            return f"échue le {long_date(jour_fin)}{calcul}"
        case StatutCtg.A_VENIR if jour_debut:
            return f"signée, en vigueur à partir du {long_date(jour_debut)}"
        case autre:
            return autre.libelle.lower()


def wordings(accords: pd.DataFrame) -> tuple[str, ...]:
    """Word each agreement once: « Ctg de Calais (communale) : en vigueur jusqu'au … ».

    "" stands where nothing is said: "pas de démarche", and an expired agreement that another one follows.
    """
    colonnes = ("id_ctg", "nom", "echelon", "statut", "date_debut", "date_fin", "fin_calculee", "renouvelee_par")
    return tuple(
        ""
        if statut == StatutCtg.NON_ENGAGEE.value or (statut == StatutCtg.ECHUE.value and suite)
        else f"{nom or id_ctg} ({adjective(Echelon(echelon))}) : {stage(statut, debut, fin, calculee)}"
        for id_ctg, nom, echelon, statut, debut, fin, calculee, suite in zip(
            *(accords[c].tolist() for c in colonnes), strict=True
        )
    )


def departmental(frames: Frames, view: View, accords: pd.DataFrame) -> tuple[Outline | None, tuple[str, ...]]:
    """Return the outline and the banner that go beside the local agreements.

    `accords` are the departmental ones, indexed by their rank in `ctg`. The outline stands only beside the local
    ones (`tous`): under the departmental filter areas say it already.
    """
    contour = departmental_outline(frames, accords) if view.echelon is FiltreEchelon.TOUS else None
    if view.echelon not in (FiltreEchelon.TOUS, FiltreEchelon.DEPARTEMENTAL):
        return None, ()
    return contour, departmental_banner(frames, accords, view.champ != TOUS_CHAMPS)


def departmental_outline(frames: Frames, accords: pd.DataFrame) -> Outline | None:
    """Outline what the departmental agreements in force cover; by whole départements where they do."""
    actifs = accords[accords["statut"].isin(ACTIFS)]
    liens = coverage.links(frames)
    couvertes = np.zeros(len(frames.communes), dtype=bool)
    couvertes[liens.commune[np.isin(liens.ctg, actifs.index)]] = True
    if not couvertes.any():
        return None
    departements = territories.groups(frames, Maille.DEPARTEMENT)
    part = departements.sums(couvertes) / departements.tailles
    if np.isin(part, (0, 1)).all():
        maille, codes = Maille.DEPARTEMENT, tuple(compress(departements.codes, part == 1))
    else:
        maille, codes = Maille.COMMUNE, tuple(territories.codes(frames)[couvertes])
    return Outline(maille, codes, _TRAIT, (typeset(" ; ".join(actifs["nom"])),) * len(codes))


def departmental_banner(frames: Frames, accords: pd.DataFrame, sur_champ: bool) -> tuple[str, ...]:
    """Say in a neutral way where the departmental échelon stands; nothing where the Caf works at the local one only.

    `accords` are the departmental ones; `sur_champ` tells that they were narrowed to one field.
    """
    portee = " sur ce champ" if sur_champ else ""
    vivants = accords[accords["statut"].isin((*ACTIFS, StatutCtg.A_VENIR.value, StatutCtg.EN_PREPARATION.value))]
    if len(vivants):
        colonnes = ("nom", "statut", "date_debut", "date_fin", "fin_calculee")
        return tuple(
            sentence_of((f"accord départemental {_masculine(stage(*reste))}{portee} : {nom}",))
            for nom, *reste in zip(*(vivants[c] for c in colonnes), strict=True)
        )
    if frames.jeu.demarche != DEUX_ECHELONS:
        return ()
    return (f"Sans accord départemental{portee} à cette date.",)


def _masculine(etape: str) -> str:
    return etape.replace("signée", "signé").replace("échue", "échu")
