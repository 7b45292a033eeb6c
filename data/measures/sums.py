"""Sums of indicators over territories: whole or not at all, and never more than the profile may know."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data import secrecy
from data.frames import Frames
from data.measures import effectifs, territories
from data.measures.cache import per_frames
from data.measures.definitions import definition
from data.measures.effectifs import CONNU, MANQUANT, NON_PUBLIE, SECRET, Blancs, Valeurs
from data.measures.territories import Booleens, Nombres, Rangs
from data.model import Maille, Nature, Profil

_MAILLES_PUBLIEES = frozenset({Maille.EPCI, Maille.DEPARTEMENT})
BENEFICIAIRES = "foyers_allocataires"


@dataclass(frozen=True, slots=True)
class Lecture:
    """How figures are read: for which year (that one only if `exacte`) and by whom."""

    annee: int
    profil: Profil = Profil.INTERNE
    exacte: bool = False


@dataclass(frozen=True, eq=False)
class Totaux:
    """One sum per territory of a maille: NaN where `blancs` (rank in `effectifs.BLANCS`) says why.

    `dedans` are the communes that enter the sums; `publies` the territories whose figure is the producer's own,
    for it could not be summed.
    """

    valeurs: Nombres
    blancs: Blancs
    dedans: Booleens
    publies: Booleens


def totals(
    frames: Frames, indicateurs: tuple[str, ...], maille: Maille, lecture: Lecture, parmi: tuple[str, ...] = ()
) -> Totaux:
    """Sum `indicateurs` together over each territory, one value per commune, ratio of sums in view.

    A commune where one of them (or of `parmi`) is missing stands outside; a sum with a secret or unpublished part is
    not a number, and the producer's own figure takes its place where there is one.
    """
    tous = tuple(dict.fromkeys((*indicateurs, *parmi)))
    annee = lecture.annee if lecture.exacte else effectifs.reference_year(frames, tous, lecture.annee)
    return _totals(frames, indicateurs, maille, Lecture(annee, lecture.profil, lecture.exacte), tous)


def totals_over(
    frames: Frames, indicateurs: tuple[str, ...], dedans: Booleens, lecture: Lecture, parmi: tuple[str, ...] = ()
) -> Totaux:
    """Sum `indicateurs` together over one set of communes (arrays of one), under the same secrecy as any total.

    No producer's figure stands for a territory that a reader makes: what cannot be summed stays blank.
    """
    tous = tuple(dict.fromkeys((*indicateurs, *parmi)))
    annee = lecture.annee if lecture.exacte else effectifs.reference_year(frames, tous, lecture.annee)
    parts = {i: masked(frames, i, Lecture(annee, lecture.profil, lecture.exacte)) for i in tous}
    groupes = territories.only(dedans)
    somme = _added(parts, indicateurs, groupes)
    entrent = np.where(somme.dedans, groupes.rang, -1)
    blancs = somme.blancs
    blancs[~_shown(parts, entrent, 1)] = SECRET
    ailleurs = [m for m in (effectifs.mailles(frames, i) for i in tous) if m and Maille.COMMUNE not in m]
    if ailleurs:
        blancs[blancs == MANQUANT] = NON_PUBLIE
    return Totaux(np.where(blancs == CONNU, somme.valeurs, np.nan), blancs, somme.dedans, somme.publies)


@per_frames
def masked(frames: Frames, indicateur: str, lecture: Lecture) -> tuple[Valeurs, secrecy.Masque]:
    """Return the values of the communes and what the profile may see of them.

    In the partner edition a value is masked by the blocks of its own year, whatever the year asked: one that stands
    for a later year too is hidden in both or in neither, and a block that is not wholly there is summed nowhere.
    """
    valeurs = effectifs.communal(frames, indicateur, lecture.annee, exacte=lecture.exacte)
    gardien = _guard(frames, indicateur, lecture.profil)
    if not gardien:
        return valeurs, secrecy.open_mask(len(valeurs.valeurs))
    if lecture.profil is Profil.INTERNE:
        return valeurs, _mask(frames, indicateur, valeurs, lecture.profil)
    bloc, surs = np.full(len(valeurs.valeurs), -1, dtype=np.intp), list[bool]()
    for annee in np.unique(valeurs.annees[~np.isnan(valeurs.annees)]):
        ici, masque = valeurs.annees == annee, _mask_of_year(frames, gardien, int(annee))
        bloc = np.where(ici & masque.cachee, masque.bloc + len(surs), bloc)
        absents = np.unique(masque.bloc[masque.cachee & ~ici])
        surs += [bool(sur) and rang not in absents for rang, sur in enumerate(masque.surs)]
    return valeurs, secrecy.Masque(bloc, np.array(surs, dtype=bool))


def _guard(frames: Frames, indicateur: str, profil: Profil) -> str:
    """Name the count whose secrecy an indicator follows, "" where it is no secret.

    A count of persons follows its own; for a partner, an amount follows the households that receive it.
    """
    nature = definition(frames, indicateur).nature
    if secrecy.is_protected(indicateur, nature):
        return indicateur
    suit = profil is Profil.PARTENAIRE and nature is Nature.MONTANT
    return BENEFICIAIRES if suit and Maille.COMMUNE in effectifs.mailles(frames, BENEFICIAIRES) else ""


@per_frames
def _mask_of_year(frames: Frames, indicateur: str, annee: int) -> secrecy.Masque:
    """Tie the counts of one year that a partner may not see."""
    reference = effectifs.reference_year(frames, (indicateur,), annee)
    valeurs = effectifs.communal(frames, indicateur, reference, exacte=True)
    return _mask(frames, indicateur, valeurs, Profil.PARTENAIRE)


def _mask(frames: Frames, indicateur: str, valeurs: Valeurs, profil: Profil) -> secrecy.Masque:
    epci, departement = (territories.groups(frames, m).rang for m in (Maille.EPCI, Maille.DEPARTEMENT))
    partenaire, inconnues = profil is Profil.PARTENAIRE, np.isnan(valeurs.valeurs)
    publie = bool(effectifs.mailles(frames, indicateur) & _MAILLES_PUBLIEES)
    return secrecy.protect(
        valeurs.valeurs,
        (departement * (epci.max(initial=0) + 2) + epci, departement),
        secrecy.threshold(frames.jeu.parametres, profil),
        inconnues & (partenaire | (valeurs.blancs == SECRET)) if publie else None,
        forte=partenaire,
    )


@per_frames
def _totals(
    frames: Frames, indicateurs: tuple[str, ...], maille: Maille, lecture: Lecture, tous: tuple[str, ...]
) -> Totaux:
    groupes = territories.groups(frames, maille)
    parts = {i: masked(frames, i, lecture) for i in tous}
    somme = _added(parts, indicateurs, groupes)
    valeurs, blancs, dedans = somme.valeurs, somme.blancs, somme.dedans
    publiees = _published(frames, indicateurs, maille, lecture)
    publies = (blancs != CONNU) & ~np.isnan(publiees)
    entrent: Rangs = np.where(dedans | np.append(publies, False)[groupes.rang], groupes.rang, -1)
    montrables = _shown(parts, entrent, len(groupes.codes))
    if lecture.profil is Profil.PARTENAIRE and any(_guard(frames, i, lecture.profil) for i in tous):
        seuil = secrecy.threshold(frames.jeu.parametres, lecture.profil)
        montrables &= ~(publies & secrecy.leaves_too_little(publiees - valeurs, groupes.sums(~dedans), seuil))
    valeurs = np.where(publies, publiees, valeurs)
    blancs[publies] = CONNU
    blancs[~montrables] = SECRET
    ailleurs = any(effectifs.mailles(frames, i) - {maille, Maille.COMMUNE} for i in indicateurs)
    if ailleurs and not any(effectifs.mailles(frames, i) & {maille, Maille.COMMUNE} for i in indicateurs):
        blancs[blancs == MANQUANT] = NON_PUBLIE
    return Totaux(np.where(blancs == CONNU, valeurs, np.nan), blancs, dedans, publies)


def _added(
    parts: Mapping[str, tuple[Valeurs, secrecy.Masque]], indicateurs: tuple[str, ...], groupes: territories.Groupes
) -> Totaux:
    """Sum the communes where every part is known; where one is secret or unpublished there is no sum."""
    blanc = np.max([v.blancs for v, _ in parts.values()], axis=0)
    dedans: Booleens = blanc == CONNU
    valeurs = groupes.sums(np.where(dedans, np.sum([parts[i][0].valeurs for i in indicateurs], axis=0), 0.0))
    blancs = np.where(groupes.sums(dedans) > 0, CONNU, MANQUANT).astype(np.int8)
    for pire in (NON_PUBLIE, SECRET):
        blancs[groupes.sums(blanc == pire) > 0] = pire
    return Totaux(valeurs, blancs, dedans, np.zeros(len(groupes.codes), dtype=bool))


def _shown(parts: Mapping[str, tuple[Valeurs, secrecy.Masque]], entrent: Rangs, nombre: int) -> Booleens:
    """Tell which of `nombre` sums every part lets out; `entrent[i]` is the sum that commune i enters, -1 for none."""
    montrables: Booleens = np.all([m.shows(entrent, nombre) for _, m in parts.values()], axis=0)
    return montrables


def _published(frames: Frames, indicateurs: tuple[str, ...], maille: Maille, lecture: Lecture) -> Nombres:
    """Return the sum of the figures that the producer gives for the territories themselves, NaN where one lacks."""
    if maille not in _MAILLES_PUBLIEES:
        return np.full(len(territories.groups(frames, maille).codes), np.nan)
    parts = [effectifs.published(frames, i, maille, lecture.annee, exacte=lecture.exacte) for i in indicateurs]
    somme: Nombres = np.sum([p.valeurs for p in parts], axis=0)
    return somme
