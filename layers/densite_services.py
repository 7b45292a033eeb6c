"""Density of services: open services of a field over the people they serve (DOMAINE §3.3, S80-S82)."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import density
from data.measures.cache import per_frames
from data.measures.notices import of_density
from data.model import CHAMPS, MAILLES_CARTE, TOUS_CHAMPS, Blanc, Champ, Maille, Profil
from layers.kit.contract import Champs, Drawing
from layers.kit.marks import Classe, Fill
from layers.kit.notices import lacking, missing, without_epci
from layers.kit.palettes import BLANCS, ZERO, sequence
from layers.kit.reference import reference_day
from layers.kit.scales import Scale, scale_of
from layers.kit.services import ratio, wording
from layers.kit.sources import sources_of
from layers.kit.texts import PAR_MAILLE, long_date, lower_first, number, typeset
from layers.kit.view import Methode, View

_AUCUN = "Le jeu ne connaît aucun service de ce champ, ouvert ou fermé : les zéros disent l'absence de données."
_DEFINITION = (
    "Services ouverts à cette date ÷ {base} × {facteur} ; formule de l'atlas. "
    "Fixes, itinérants et antennes comptent chacun pour un ; leur détail est donné par territoire."
)
_METHODE = "Classes : {}, bornes calculées {} sur tout le jeu au {} et gardées à toute autre date."


class DensiteServices:
    """A sequence of classes, zero in its own one, and the four blanks apart."""

    id = "densite_services"
    libelle = "Densité de services"
    mailles = frozenset(MAILLES_CARTE)
    champs = Champs()

    def needs(self, view: View) -> tuple[str, ...]:
        """Name the table of services, and that of indicators where inhabitants do not serve as denominator."""
        habitants = all(c.denominateur == ("population_municipale",) for c in CHAMPS if c.id == view.champ)
        return ("services",) if habitants else ("services", "indicateurs")

    def describe(self, frames: Frames, view: View) -> Drawing:
        """Describe the density of the chosen field at the day and maille of the view."""
        champ = density.field(frames, view.champ)
        titre = self.libelle if view.champ == TOUS_CHAMPS else f"{self.libelle} : {lower_first(champ.libelle)}"
        drawing = Drawing(self.id, typeset(titre), view, phrase=lower_first(self.libelle))
        if manque := missing(frames, *self.needs(view)):
            return drawing.saying(lacking(manque, "la densité n'est pas calculée"))
        table = density.compute(frames, view.date, view.champ, view.maille, view.profil)
        jour = reference_day(frames, view.date)
        echelle = _scale(frames, jour, (view.champ, view.maille, view.profil), (view.classes, view.nb))
        facteur = number(champ.facteur)
        aucun = () if density.of_field(frames, view.champ).any() else (typeset(_AUCUN),)
        return replace(
            drawing,
            marques=(_fill(table, view.maille, echelle, champ),),
            unite=f"services pour {facteur} {champ.denominateur_libelle}",
            definition=typeset(_DEFINITION.format(base=champ.denominateur_libelle, facteur=facteur)),
            methode=typeset(_METHODE.format(view.classes.libelle, PAR_MAILLE[view.maille], long_date(jour))),
            sources=sources_of(frames, "services", "indicateurs"),
            notice=(*of_density(frames, table, view.champ, view.date), *aucun, *without_epci(frames, view.maille)),
        )


@per_frames
def _scale(frames: Frames, jour: date, mesure: tuple[str, Maille, Profil], coupe: tuple[Methode, int]) -> Scale:
    champ, maille, profil = mesure
    valeurs = density.compute(frames, jour, champ, maille, profil)["valeur"]
    return scale_of(valeurs.to_numpy(dtype=np.float64), *coupe)


def _fill(table: pd.DataFrame, maille: Maille, echelle: Scale, champ: Champ) -> Fill:
    """Class 0 is zero, then the sequence, then the blanks in the order of `Blanc`."""
    suite = zip(echelle.libelles, sequence(echelle.nb), strict=True)
    pleines = (ZERO, *(Classe(f"d{i}", libelle, couleur) for i, (libelle, couleur) in enumerate(suite, 1)))
    valeurs = table["valeur"].to_numpy(dtype=np.float64)
    rangs = np.where(valeurs > 0, 1 + echelle.ranks(valeurs), 0)
    statuts = table["statut"].to_numpy(dtype=object)
    for rang, blanc in enumerate(Blanc, len(pleines)):
        rangs[statuts == blanc.value] = rang
    modes = zip(*(table[m].tolist() for m in density.MODES), strict=True)
    figures = zip(*(table[c].tolist() for c in ("denominateur", "valeur", "statut")), strict=True)
    lignes = zip(table["services"].tolist(), modes, figures, strict=True)
    details = tuple(wording(n, par_mode) + ratio(champ, *chiffres) for n, par_mode, chiffres in lignes)
    return Fill(
        maille,
        tuple(table["code"]),
        tuple(rangs.tolist()),
        (*pleines, *(BLANCS[b] for b in Blanc)),
        details,
        tuple(None if v != v else v for v in valeurs.tolist()),
        ordonne=True,
    )
