"""Coverage by agreements: who is covered at the chosen day, at which stage, by which Ctg (FORMATS §3, S28-S38)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from data.frames import Frames
from data.measures import agreements, coverage, effectifs, territories
from data.measures.coverage import Couverture
from data.model import MAILLES_CARTE, TOUS_CHAMPS, FiltreEchelon, Maille, StatutCtg
from layers.kit import agreements as wording
from layers.kit.contract import Champs, Drawing
from layers.kit.marks import Classe, Fill, Mark, Motif
from layers.kit.notices import lacking, missing, without_epci
from layers.kit.sources import sources_of
from layers.kit.texts import typeset
from layers.kit.view import View

VIGUEUR = Classe("en_vigueur", StatutCtg.EN_VIGUEUR.libelle, "#1b456d", motif_seul=Motif.DIAGONALES)
RENOUVELER = Classe("a_renouveler", StatutCtg.A_RENOUVELER.libelle, "#d39c39", Motif.HORIZONTALES)
PARTIE = Classe("partielle", "Couvert en partie", "#548bb2", Motif.VERTICALES)
PREPARATION = Classe("en_preparation", StatutCtg.EN_PREPARATION.libelle, "#a8cfc9", Motif.POINTS)
ECHUE = Classe("echue", StatutCtg.ECHUE.libelle, "#75657b", Motif.CONTRE_DIAGONALES)
SANS = Classe("non_engagee", StatutCtg.NON_ENGAGEE.libelle, "#f2f0ea")
SANS_DEPARTEMENTAL = Classe("non_engagee", "Sans accord départemental", "#f2f0ea")

_COMMUNE = "Une commune est couverte si au moins une Ctg {echelon}, signée et en cours à cette date, la nomme{champ}."
_GROUPE = " Un territoire est couvert si toutes ses communes du jeu le sont, « à renouveler » dès que l'une l'est."
_LOCAL_SEUL = "Cette Caf conduit ses Ctg au seul échelon local. Choisir un échelon local pour voir la couverture."


class CouvertureCtg:
    """Five classes of agreements, the local ones as areas, the departmental one as an outline and a banner."""

    id = "couverture_ctg"
    libelle = "Couverture par les Ctg"
    mailles = frozenset(MAILLES_CARTE)
    champs = Champs()

    def needs(self, view: View) -> tuple[str, ...]:
        """Name the tables of agreements; that of their fields only where a field is chosen."""
        return ("ctg", "ctg_communes", *(("ctg_champs",) if view.champ != TOUS_CHAMPS else ()))

    def describe(self, frames: Frames, view: View) -> Drawing:
        """Describe the coverage at the day, échelon, field and maille of the view."""
        drawing = Drawing(self.id, self.libelle, view)
        if manque := missing(frames, *self.needs(view)):
            return drawing.saying(lacking(manque, "la couverture n'est pas dessinée"))
        sans_etage = frames.jeu.demarche != wording.DEUX_ECHELONS
        if (
            view.echelon is FiltreEchelon.DEPARTEMENTAL
            and sans_etage
            and not wording.departmental_ranks(frames, view.champ)
        ):
            return drawing.saying(_LOCAL_SEUL)
        accords = wording.at(frames, view.date)
        fill = _fill(frames, view, wording.phrases(frames, view.date))
        contour, bandeau = wording.departmental(frames, view, accords)
        marques: tuple[Mark, ...] = (fill, contour) if contour else (fill,)
        adjectif, par_champ = wording.adjective(view.echelon), view.champ != TOUS_CHAMPS
        regle = _COMMUNE.format(echelon=adjectif, champ=" et porte ce champ" if par_champ else "")
        groupe = "" if view.maille is Maille.COMMUNE else typeset(_GROUPE)
        return replace(
            drawing,
            marques=marques,
            definition=regle + groupe,
            sources=sources_of(frames, *self.needs(view)),
            notice=without_epci(frames, view.maille),
            bandeau=bandeau,
            phrase=f"couverture par les Ctg {adjectif}s",
        )


def _fill(frames: Frames, view: View, dits: Sequence[str]) -> Fill:
    couverture = coverage.compute(frames, view.date, view.echelon, view.champ)
    sans = SANS_DEPARTEMENTAL if view.echelon is FiltreEchelon.DEPARTEMENTAL else SANS
    if view.maille is not Maille.COMMUNE:
        return _territories(frames, view, couverture, sans)
    classes = (VIGUEUR, RENOUVELER, PREPARATION, ECHUE, sans)  # the order of `coverage.CLASSES`
    vide = "Pas de démarche engagée" if sans is SANS else sans.libelle
    details = _lists(frames, view, dits, vide)
    return Fill(view.maille, tuple(couverture.codes), tuple(couverture.classe.tolist()), classes, details)


def _lists(frames: Frames, view: View, dits: Sequence[str], vide: str) -> tuple[str, ...]:
    """List, for each commune, every agreement that the filters keep, the active ones first."""
    liens = coverage.links(frames)
    retenues = agreements.of_echelons(frames, view.echelon.couvrants) & agreements.of_field(frames, view.champ)
    ordre = np.lexsort((agreements.status_codes(frames, view.date)[liens.ctg], liens.commune))
    garde = ordre[retenues[liens.ctg[ordre]]]
    listes: list[tuple[int, ...]] = [()] * len(frames.communes)
    for commune, ctg in zip(liens.commune[garde].tolist(), liens.ctg[garde].tolist(), strict=True):
        listes[commune] = (*listes[commune], ctg)
    textes = {liste: typeset(" ; ".join(dits[c] for c in liste if dits[c])) or vide for liste in set(listes)}
    return tuple(textes[liste] for liste in listes)


def _territories(frames: Frames, view: View, couverture: Couverture, sans: Classe) -> Fill:
    """Give each Epci or département its class; "covered" asks for all of its communes."""
    classes = (VIGUEUR, RENOUVELER, PARTIE, PREPARATION, ECHUE, sans)
    groupes = territories.groups(frames, view.maille)
    vigueur, renouveler, preparation, echue, _ = (
        groupes.sums(couverture.classe == rang).astype(int) for rang in range(len(coverage.CLASSES))
    )
    couvertes, total = vigueur + renouveler, groupes.tailles
    entiere = couvertes == total
    rang = np.select(
        [entiere & (renouveler == 0), entiere, couvertes > 0, preparation > 0, echue > 0], range(5), default=5
    )
    population = effectifs.population(frames, view.date.year)
    habitants = groupes.sums(population)
    taux = 100 * groupes.sums(population * (couverture.classe <= 1)) / np.where(habitants > 0, habitants, np.nan)
    nombres = zip(couvertes, total, taux.tolist(), renouveler, preparation, echue, strict=True)
    return Fill(view.maille, groupes.codes, tuple(rang.tolist()), classes, tuple(wording.share(*n) for n in nombres))
