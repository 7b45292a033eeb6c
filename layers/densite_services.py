"""Density of services: open services of a field over the people they serve (DOMAINE §3.3, S80-S82)."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import density
from data.measures.cache import per_frames
from data.measures.notices import of_density
from data.model import CHAMPS, MAILLES_CARTE, TOUS_CHAMPS, Champ, Maille, Profil
from layers.kit.breaks import Nombres
from layers.kit.choropleth import choropleth, landmarks, of_departement
from layers.kit.contract import Champs, Drawing
from layers.kit.marks import Fill
from layers.kit.notices import lacking, missing, without_epci
from layers.kit.reference import days_said, reference_day, reference_days
from layers.kit.scales import Scale, scale_of
from layers.kit.scales import wording as method
from layers.kit.services import ratio, wording
from layers.kit.sources import sources_of
from layers.kit.texts import PAR_MAILLE, lower_first, number, short_date, typeset
from layers.kit.view import Decoupe, Methode, View

_AUCUN = "Le jeu ne connaît aucun service de ce champ, ouvert ou fermé : les zéros disent l'absence de données."
_DEFINITION = (
    "Services ouverts à cette date ÷ {base} × {facteur} ; formule de l'atlas. "
    "Fixes, itinérants et antennes comptent chacun pour un ; leur détail est donné par territoire."
)
_REFERENCE = "{} sur tout le jeu {}, et gardées à toute date"


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
        jours = reference_days(frames, reference_day(frames, view.date))
        echelle = _scale(frames, jours, (view.champ, view.maille, view.profil), view.decoupe)
        facteur, reference = number(champ.facteur), _REFERENCE.format(PAR_MAILLE[view.maille], days_said(jours))
        marque = _fill(table, echelle, champ, view.maille, _whole(frames, view.date, view.champ, view.profil))
        aucun = () if density.of_field(frames, view.champ).any() else (typeset(_AUCUN),)
        return replace(
            drawing,
            marques=(marque,),
            unite=f"services pour {facteur} {champ.denominateur_libelle}",
            definition=typeset(_DEFINITION.format(base=champ.denominateur_libelle, facteur=facteur)),
            methode=method(view.decoupe, echelle, reference),
            sources=sources_of(frames, "services", "indicateurs"),
            notice=(*of_density(frames, table, view.champ, view.date), *aucun, *without_epci(frames, view.maille)),
        )


@per_frames
def _scale(frames: Frames, jours: tuple[date, ...], mesure: tuple[str, Maille, Profil], decoupe: Decoupe) -> Scale:
    champ, _, profil = mesure
    centre = of_departement(_whole(frames, jours[-1], champ, profil), short_date(jours[-1]))
    return scale_of(
        _ever(frames, jours, *mesure), *decoupe, centre if decoupe[0] is Methode.ECART_DEPARTEMENT else None
    )


@per_frames
def _ever(frames: Frames, jours: tuple[date, ...], champ: str, maille: Maille, profil: Profil) -> Nombres:
    """Gather the densities of the whole deployment: every class that a day of the player may need."""
    tables = (density.compute(frames, jour, champ, maille, profil) for jour in jours)
    return np.concatenate([t["valeur"].to_numpy(dtype=np.float64) for t in tables])


def _whole(frames: Frames, jour: date, champ: str, profil: Profil) -> float | None:
    """Return the density of the département; None where there are several of them, or where it is not known."""
    valeurs = density.compute(frames, jour, champ, Maille.DEPARTEMENT, profil)["valeur"]
    return float(valeurs.iloc[0]) if len(valeurs) == 1 and valeurs.notna().all() else None


def _fill(table: pd.DataFrame, echelle: Scale, champ: Champ, maille: Maille, departement: float | None) -> Fill:
    modes = zip(*(table[m].tolist() for m in density.MODES), strict=True)
    figures = zip(*(table[c].tolist() for c in ("denominateur", "valeur", "statut")), strict=True)
    lignes = zip(table["services"].tolist(), modes, figures, strict=True)
    details = tuple(wording(n, par_mode) + ratio(champ, *chiffres) for n, par_mode, chiffres in lignes)
    reperes = landmarks(maille, table["valeur"].to_numpy(dtype=np.float64), departement, echelle)
    return replace(choropleth(maille, table, echelle, details), reperes=reperes)
