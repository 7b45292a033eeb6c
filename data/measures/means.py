"""Means mobilised on a territory, each kind apart and never one total (DOMAINE S65-S67).

Three sources of euros that do not add up: prestations légales and action sociale are what a Caf paid in a year, as
indicators tell; what is written on interventions and conventions runs over their own periods. A ratio is a ratio of
sums over the communes that have both terms.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from data.frames import Frames
from data.measures import conventions, effectifs, interventions, scope, sums, territories
from data.measures.conventions import EtatConvention
from data.measures.definitions import definition
from data.measures.effectifs import BLANCS, CONNU, MANQUANT, NON_PUBLIE
from data.measures.interventions import COLLECTIVITES, EtatIntervention, Intervention
from data.measures.scope import Portee
from data.measures.sums import Lecture
from data.measures.territories import Booleens
from data.model import MAILLES_CARTE, Maille

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
        total(frames, indicateur, dedans, lecture),
        ratio(frames, (indicateur, HABITANTS), dedans, lecture),
        ratio(frames, (indicateur, ALLOCATAIRES), dedans, lecture),
    )


def total(frames: Frames, indicateur: str, dedans: Booleens, lecture: Lecture) -> Chiffre:
    """Sum an amount of one year over some communes; failing communes, over the Epci or départements that they fill."""
    exacte = Lecture(lecture.annee, lecture.profil, exacte=True)
    for maille in _published_at(frames, indicateur):
        if maille is Maille.COMMUNE:
            somme = sums.totals_over(frames, (indicateur,), dedans, exacte)
            return _figure(somme.valeurs[0], somme.blancs[0], lecture.annee, int((dedans & ~somme.dedans).sum()))
        totaux = sums.totals(frames, (indicateur,), maille, exacte)
        ici = _filled(frames, maille, dedans)
        connus = ici & (totaux.blancs == CONNU)
        if connus.any():
            return _figure(totaux.valeurs[connus].sum(), CONNU, lecture.annee, int((ici & ~connus).sum()))
    return Chiffre(None, BLANCS[NON_PUBLIE if effectifs.mailles(frames, indicateur) else MANQUANT])


def ratio(frames: Frames, termes: tuple[str, str], dedans: Booleens, lecture: Lecture) -> Chiffre:
    """Divide sum by sum over the territories that have both; secrecy of either holds for the ratio.

    The amount is of that very year; the denominator of its latest year at most that one, failing that its earliest.
    """
    repere = effectifs.reference_year(frames, (termes[1],), lecture.annee)
    for maille in _published_at(frames, termes[0]):
        termes_de = _terms_of_communes if maille is Maille.COMMUNE else partial(_terms_of_wider, maille)
        haut, bas, blanc, sans = termes_de(frames, termes, dedans, lecture)
        if blanc == CONNU and bas:
            return replace(_figure(haut / bas, CONNU, lecture.annee, sans), annee_denominateur=repere)
        if blanc not in (CONNU, MANQUANT):
            return Chiffre(None, BLANCS[blanc])
    return Chiffre(None, BLANCS[MANQUANT])


def _terms_of_communes(
    frames: Frames, termes: tuple[str, str], dedans: Booleens, lecture: Lecture
) -> tuple[float, float, int, int]:
    """Return both sums over the communes that have both, their blank, and how many communes stand outside."""
    ecrites = effectifs.communal(frames, termes[0], lecture.annee, exacte=True).blancs != MANQUANT
    haut, bas = (sums.totals_over(frames, (i,), dedans & ecrites, lecture, (j,)) for i, j in (termes, termes[::-1]))
    blanc = max(int(haut.blancs[0]), int(bas.blancs[0]))
    return float(haut.valeurs[0]), float(bas.valeurs[0]), blanc, int((dedans & ~haut.dedans).sum())


def _terms_of_wider(
    maille: Maille, frames: Frames, termes: tuple[str, str], dedans: Booleens, lecture: Lecture
) -> tuple[float, float, int, int]:
    """Return both sums over the Epci or départements, wholly asked about, that have both."""
    haut, bas = (sums.totals(frames, (i,), maille, lecture) for i in termes)
    ici = _filled(frames, maille, dedans)
    les_deux = ici & (haut.blancs == CONNU) & (bas.blancs == CONNU)
    blanc = CONNU if les_deux.any() else MANQUANT
    return float(haut.valeurs[les_deux].sum()), float(bas.valeurs[les_deux].sum()), blanc, int((ici & ~les_deux).sum())


def _published_at(frames: Frames, indicateur: str) -> tuple[Maille, ...]:
    return tuple(m for m in MAILLES_CARTE if m in effectifs.mailles(frames, indicateur))


def _filled(frames: Frames, maille: Maille, dedans: Booleens) -> Booleens:
    """Tell which territories of a maille are wholly asked about."""
    groupes = territories.groups(frames, maille)
    pleins: Booleens = groupes.sums(dedans) == groupes.tailles
    return pleins


def _figure(valeur: float, blanc: int, annee: int, sans_valeur: int) -> Chiffre:
    if blanc != CONNU:
        return Chiffre(None, BLANCS[blanc], annee)
    return Chiffre(float(valeur), "", annee, None, sans_valeur)


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
    etp = [c.etp for c in actives if c.etp is not None]
    return Inscrits(
        "conventions",
        len(actives),
        float(sum(montants)),
        len(actives) - len(montants),
        float(sum(etp)),
        len(actives) - len(etp),
    )


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
