"""Means mobilised on a territory, each kind apart and never one total (DOMAINE S65-S67).

Three sources of euros that do not add up: prestations légales and action sociale are what a Caf paid in a year, as
indicators tell; what is written on interventions and conventions runs over their own periods. A ratio is a ratio of
sums over the communes that have both terms.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.frames import Frames
from data.measures import conventions, effectifs, interventions, scope, sums, territories
from data.measures.conventions import EtatConvention
from data.measures.definitions import definition
from data.measures.effectifs import BLANCS, CONNU, MANQUANT, NON_PUBLIE, SECRET, Valeurs
from data.measures.interventions import COLLECTIVITES, EtatIntervention, Intervention
from data.measures.scope import Portee
from data.measures.sums import Lecture
from data.measures.territories import Booleens, Nombres
from data.model import Maille
from data.secrecy import Masque

PRESTATIONS, ACTION_SOCIALE, LOGEMENT = "prestations_legales_eur", "action_sociale_eur", "aides_logement_eur"
MONTANTS = (PRESTATIONS, LOGEMENT, ACTION_SOCIALE)
"""Amounts that are told apart; aides au logement are part of the prestations légales, and never added to them."""
HABITANTS, ALLOCATAIRES = "population_municipale", "foyers_allocataires"
_GROUPES = (("collectivites", COLLECTIVITES), ("caf", frozenset({"caf"})))
AUTRES = "autres"


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A figure, or why there is none: `valeur` None where `statut` is a `Blanc` value; `sans_valeur` communes outside.

    `annee` is that of the figure; for a ratio, that of its numerator, `annee_denominateur` that of the other term.
    """

    valeur: float | None
    statut: str = ""
    annee: int | None = None
    annee_denominateur: int | None = None
    sans_valeur: int = 0


@dataclass(frozen=True, slots=True)
class Montant:
    """One amount of one year, in euros, and over inhabitants and over foyers allocataires, in euros for each."""

    indicateur: str
    total: Chiffre
    par_habitant: Chiffre
    par_allocataire: Chiffre


@dataclass(frozen=True, slots=True)
class Inscrits:
    """What is written on interventions or conventions in force: `nombre`, sum in euros, how many write nothing.

    `etp` sums full-time equivalents, `sans_etp` counts those that write none.
    """

    groupe: str
    nombre: int
    montant_eur: float
    sans_montant: int
    etp: float
    sans_etp: int


@dataclass(frozen=True, slots=True)
class Partenariat:
    """Partners of a territory at a day."""

    organisations: int
    signataires: int
    accords: int
    conventions: int


@dataclass(frozen=True, slots=True)
class Moyens:
    """Everything of one territory: amounts of the year, what is written on papers, full-time equivalents, partners."""

    montants: tuple[Montant, ...]
    interventions: tuple[Inscrits, ...]
    potentielles: Inscrits
    conventions: Inscrits
    partenariat: Partenariat


def years(frames: Frames) -> tuple[int, ...]:
    """Return the years for which the dataset has one of the amounts."""
    return tuple(sorted({a for i in MONTANTS for a in effectifs.years(frames, i)}))


def year_of(frames: Frames, annee: int) -> int | None:
    """Return the year that answers for another: the latest at most that one, failing that the earliest."""
    connues = years(frames)
    return next((a for a in reversed(connues) if a <= annee), connues[0] if connues else None)


def of_scope(frames: Frames, portee: Portee, annee: int | None = None) -> Moyens:
    """Gather the means of the territory that a question names, amounts for a year (default: that of its day)."""
    voulue = year_of(frames, portee.jour.year) if annee is None else annee
    vivantes = interventions.listed(frames, portee)
    actives = [i for i in vivantes if i.etat is EtatIntervention.EXISTANTE]
    futures = [i for i in vivantes if i.etat in (EtatIntervention.POTENTIELLE, EtatIntervention.A_VENIR)]
    return Moyens(
        tuple(amount(frames, portee, i, voulue) for i in MONTANTS if voulue is not None and effectifs.years(frames, i)),
        tuple(_written(groupe, liste) for groupe, liste in _grouped(actives)),
        _written(EtatIntervention.POTENTIELLE.value, futures),
        _conventions(frames, portee),
        _partners(frames, portee),
    )


def by_year(frames: Frames, portee: Portee, indicateur: str) -> tuple[tuple[int, Montant], ...]:
    """Return one amount for each year that the dataset holds."""
    return tuple((a, amount(frames, portee, indicateur, a)) for a in effectifs.years(frames, indicateur))


def amount(frames: Frames, portee: Portee, indicateur: str, annee: int) -> Montant:
    """Return one amount of one year over the communes that a question is about."""
    dedans = scope.inside(frames, portee)
    lecture = Lecture(annee, portee.profil)
    return Montant(
        indicateur,
        total(frames, indicateur, dedans, annee),
        ratio(frames, (indicateur, HABITANTS), dedans, lecture),
        ratio(frames, (indicateur, ALLOCATAIRES), dedans, lecture),
    )


def total(frames: Frames, indicateur: str, dedans: Booleens, annee: int) -> Chiffre:
    """Sum an amount over some communes; failing communes, over the Epci or départements that they fill."""
    for _, valeurs, ici in _meshes(frames, indicateur, dedans, annee):
        chiffre = _sum(valeurs, ici, annee)
        if chiffre.statut != BLANCS[MANQUANT]:
            return chiffre
    ailleurs = effectifs.mailles(frames, indicateur)
    return Chiffre(None, BLANCS[NON_PUBLIE if ailleurs and Maille.COMMUNE not in ailleurs else MANQUANT])


def ratio(frames: Frames, termes: tuple[str, str], dedans: Booleens, lecture: Lecture) -> Chiffre:
    """Divide sum by sum over the territories that have both; secrecy of the denominator holds for the ratio.

    The amount is of that very year; the denominator of its latest year at most that one, failing that its earliest.
    """
    haut, bas = termes
    for maille, valeurs, ici in _meshes(frames, haut, dedans, lecture.annee):
        chiffre = _quotient(frames, (maille, bas), valeurs, ici, lecture)
        if chiffre.statut != BLANCS[MANQUANT]:
            return chiffre
    return Chiffre(None, BLANCS[MANQUANT])


def _quotient(frames: Frames, bas: tuple[Maille, str], valeurs: Valeurs, ici: Booleens, lecture: Lecture) -> Chiffre:
    maille, indicateur = bas
    repere = effectifs.reference_year(frames, (indicateur,), lecture.annee)
    comptes, connus, masque = _denominator(frames, maille, indicateur, Lecture(repere, lecture.profil))
    ensemble = ici & (valeurs.blancs == CONNU) & connus
    if masque is not None and not masque.shows_sum(ensemble):
        return Chiffre(None, BLANCS[SECRET])
    denominateur = float(comptes[ensemble].sum())
    if not denominateur:
        return Chiffre(None, BLANCS[MANQUANT])
    numerateur = float(valeurs.valeurs[ensemble].sum())
    return Chiffre(numerateur / denominateur, "", lecture.annee, repere, int((ici & ~ensemble).sum()))


def _denominator(
    frames: Frames, maille: Maille, indicateur: str, lecture: Lecture
) -> tuple[Nombres, Booleens, Masque | None]:
    """Return counts, which are known, and what hides single ones among communes; wider sums hide themselves."""
    if maille is Maille.COMMUNE:
        comptes, masque = sums.masked(frames, indicateur, lecture)
        return comptes.valeurs, comptes.blancs == CONNU, masque
    totaux = sums.totals(frames, (indicateur,), maille, lecture)
    return totaux.valeurs, totaux.blancs == CONNU, None


def _meshes(
    frames: Frames, indicateur: str, dedans: Booleens, annee: int
) -> Iterator[tuple[Maille, Valeurs, Booleens]]:
    """Give the values of a year at each maille that brings some, with the territories wholly asked about."""
    for maille in (Maille.COMMUNE, Maille.EPCI, Maille.DEPARTEMENT):
        if maille in effectifs.mailles(frames, indicateur):
            groupes = territories.groups(frames, maille)
            ici: Booleens = groupes.sums(dedans) == groupes.tailles
            yield maille, effectifs.published(frames, indicateur, maille, annee, exacte=True), ici


def _sum(valeurs: Valeurs, ici: Booleens, annee: int) -> Chiffre:
    """Sum what is known; a hidden or unpublished part makes the sum one too."""
    connues = ici & (valeurs.blancs == CONNU)
    for pire in (SECRET, NON_PUBLIE):
        if (ici & (valeurs.blancs == pire)).any():
            return Chiffre(None, BLANCS[pire], annee)
    if not connues.any():
        return Chiffre(None, BLANCS[MANQUANT], annee)
    return Chiffre(float(valeurs.valeurs[connues].sum()), "", annee, None, int((ici & ~connues).sum()))


def _grouped(liste: Sequence[Intervention]) -> list[tuple[str, list[Intervention]]]:
    """Split interventions: collectivités, Caf, other partners; nothing adds them up."""
    groupes = [(nom, [i for i in liste if i.type_acteur in types]) for nom, types in _GROUPES]
    nommes = frozenset().union(*(types for _, types in _GROUPES))
    return [*groupes, (AUTRES, [i for i in liste if i.type_acteur not in nommes])]


def _written(groupe: str, liste: Sequence[Intervention]) -> Inscrits:
    montants = [i.montant_eur for i in liste if i.montant_eur is not None]
    etp = [i.etp for i in liste if i.etp is not None]
    return Inscrits(
        groupe, len(liste), float(sum(montants)), len(liste) - len(montants), float(sum(etp)), len(liste) - len(etp)
    )


def _conventions(frames: Frames, portee: Portee) -> Inscrits:
    actives = [c for c in conventions.listed(frames, portee) if c.etat is EtatConvention.EN_COURS]
    montants = [c.montant_eur for c in actives if c.montant_eur is not None]
    return Inscrits("conventions", len(actives), float(sum(montants)), len(actives) - len(montants), 0.0, len(actives))


def _partners(frames: Frames, portee: Portee) -> Partenariat:
    acteurs = interventions.directory(frames, portee)
    return Partenariat(
        organisations=len(acteurs),
        signataires=sum(bool(a.signataire) for a in acteurs),
        accords=len(scope.active_agreements(frames, portee)),
        conventions=sum(a.conventions for a in acteurs),
    )


def has_amounts(frames: Frames) -> tuple[str, ...]:
    """Return the amounts that the dataset brings, in the order in which they are told."""
    return tuple(i for i in MONTANTS if effectifs.years(frames, i))


def label(frames: Frames, indicateur: str) -> str:
    """Return the French label of an amount."""
    return definition(frames, indicateur).libelle
