"""Indicators over territories: sums where they add up, ratios of sums, else what the producer publishes."""

from dataclasses import dataclass
from math import isnan

import numpy as np
import pandas as pd

from data import secrecy
from data.frames import Frames
from data.measures import effectifs, sums, territories
from data.measures.definitions import Definition, definition, definitions
from data.measures.effectifs import BLANCS, CONNU, MANQUANT, NON_PUBLIE, SECRET, Blancs, Valeurs
from data.measures.sums import Lecture, Totaux
from data.measures.territories import Booleens, Nombres, Rangs
from data.model import MAILLES_CARTE, Maille, Nature, Profil

BASES = {"taux_couverture_petite_enfance": ("places_petite_enfance", "enfants_0_2")}
"""Terms of the known rates that a dataset publishes without declaring them."""


@dataclass(frozen=True, slots=True)
class Mesure:
    """One figure of one territory: `valeur` None where `statut` (`Blanc` value) says why.

    `annee` is that of its row, of the dataset for a sum; `publie` tells a producer's own figure from a sum;
    `sans_valeur` counts the communes of the territory that stand outside a sum.
    """

    definition: Definition
    valeur: float | None
    statut: str
    annee: int | None
    publie: bool
    sans_valeur: int


@dataclass(frozen=True, eq=False)
class _Lues:
    """What `values` says, as arrays: `blancs` are ranks in `effectifs.BLANCS`."""

    valeurs: Nombres
    blancs: Blancs
    annees: Nombres
    publies: Booleens
    sans: Rangs


def values(frames: Frames, indicateur: str, maille: Maille, lecture: Lecture) -> pd.DataFrame:
    """Return the indicator over every territory of a maille of the map, in the order of their codes.

    Columns: code, valeur (NaN where blank), statut ("" or `Blanc` value), annee, publie,
    sans_valeur (communes outside the sum).
    """
    lues = _arrays(frames, indicateur, maille, lecture)
    return pd.DataFrame(
        {
            "code": territories.groups(frames, maille).codes,
            "valeur": lues.valeurs,
            "statut": np.array(BLANCS, dtype=object)[lues.blancs],
            "annee": lues.annees,
            "publie": lues.publies,
            "sans_valeur": lues.sans,
        }
    )


def _arrays(frames: Frames, indicateur: str, maille: Maille, lecture: Lecture) -> _Lues:
    definie = definition(frames, indicateur)
    if definie.nature is Nature.RAPPORT and definie.numerateur and definie.denominateur:
        valeurs, blancs, publies, sans = _ratio(frames, definie, maille, lecture)
    elif definie.additive:
        total = sums.totals(frames, (indicateur,), maille, lecture)
        valeurs, blancs, publies, sans = total.valeurs, total.blancs, total.publies, _outside(frames, maille, total)
    else:
        publiees = _published(frames, indicateur, maille, lecture)
        valeurs, blancs = publiees.valeurs, publiees.blancs
        publies, sans = blancs == CONNU, np.zeros(len(valeurs), dtype=np.intp)
    if lecture.profil is Profil.PARTENAIRE:
        blancs = np.where(
            _gives_back(frames, definie, maille, lecture, np.where(publies, valeurs, np.nan)), SECRET, blancs
        )
    annees = _published(frames, indicateur, maille, lecture).annees
    ensemble = _year(frames, definie, lecture)
    return _Lues(
        np.where(blancs == CONNU, valeurs, np.nan),
        blancs,
        np.where(np.isnan(annees), np.nan if ensemble is None else ensemble, annees),
        publies,
        sans,
    )


def _gives_back(frames: Frames, definie: Definition, maille: Maille, lecture: Lecture, publiees: Nombres) -> Booleens:
    """Tell where a published rate gives a hidden count back: by one of its two terms, the other being shown.

    A share of the population, in %, whose terms nobody declares, must not stand for a few persons.
    """
    termes = BASES.get(definie.id) or tuple(i for i in (definie.numerateur, definie.denominateur) if i)
    livre = np.zeros(len(publiees), dtype=bool)
    if definie.additive:
        return livre
    for terme in termes:
        livre |= sums.totals(frames, (terme,), maille, lecture).blancs == SECRET
    if not termes and definie.unite == "%":
        personnes = publiees / 100 * sums.totals(frames, (effectifs.POPULATION,), maille, lecture).valeurs
        livre |= (personnes > 0) & (personnes < secrecy.threshold(frames.jeu.parametres, lecture.profil))
    return livre & ~np.isnan(publiees)


def listed(frames: Frames) -> tuple[str, ...]:
    """List the indicators of the dataset in the order in which it defines them."""
    ordre = {i: r for r, i in enumerate(frames["indicateurs_def"]["indicateur"])}
    return tuple(sorted(definitions(frames), key=lambda i: ordre.get(i, len(ordre))))


def mailles(frames: Frames, indicateur: str) -> tuple[Maille, ...]:
    """Return the mailles of the map at which an indicator can have a value: published, or made of sums of communes."""
    definie = definition(frames, indicateur)
    parts = (definie.numerateur, definie.denominateur) if definie.nature is Nature.RAPPORT else ()
    trouvees = set(effectifs.mailles(frames, indicateur))
    if all(parts) and parts:
        trouvees |= _summed(frames, parts[0]) & _summed(frames, parts[1])
    if definie.additive:
        trouvees |= _summed(frames, indicateur)
    return tuple(m for m in MAILLES_CARTE if m in trouvees)


def _summed(frames: Frames, indicateur: str) -> frozenset[Maille]:
    publiees = effectifs.mailles(frames, indicateur)
    return frozenset(MAILLES_CARTE) if Maille.COMMUNE in publiees else publiees


def first(frames: Frames, maille: Maille) -> str:
    """Return the indicator shown when none is chosen: the first one of the dataset at this maille, "" for none."""
    connus = listed(frames)
    return next((i for i in connus if maille in mailles(frames, i)), connus[0] if connus else "")


def every_year(frames: Frames, indicateur: str, maille: Maille, profil: Profil) -> Nombres:
    """Return all values that a reader may see at this maille, whatever the day: what bounds are frozen on."""
    definie = definition(frames, indicateur)
    annees = {a for i in (definie.id, definie.numerateur, definie.denominateur) for a in effectifs.years(frames, i)}
    vues = [values(frames, indicateur, maille, Lecture(a, profil))["valeur"].to_numpy() for a in sorted(annees)]
    tout: Nombres = np.concatenate([v[np.isfinite(v)] for v in vues]) if vues else np.empty(0)
    return tout


def last_year(frames: Frames, indicateur: str) -> int | None:
    """Return the last year of an indicator in the dataset, None where it holds none."""
    return max(_years(frames, definition(frames, indicateur)), default=None)


def of_territory(frames: Frames, maille: Maille, code: str, lecture: Lecture) -> tuple[Mesure, ...]:
    """Return every indicator of the dataset for one territory, in the order in which the dataset defines them."""
    if code not in territories.ranks(frames, maille):
        return ()
    rang = territories.ranks(frames, maille)[code]
    return tuple(_mesure(frames, i, _arrays(frames, i, maille, lecture), rang) for i in listed(frames))


def of_communes(frames: Frames, dedans: Booleens, lecture: Lecture) -> tuple[Mesure, ...]:
    """Return every indicator over one set of communes: sums and ratios of sums, blank where it has neither."""
    return tuple(_over(frames, definition(frames, i), dedans, lecture) for i in listed(frames))


def series(frames: Frames, indicateur: str, maille: Maille, code: str, lecture: Lecture) -> tuple[Mesure, ...]:
    """Return one indicator of one territory for each year of the dataset, that year and no other."""
    rang = territories.ranks(frames, maille)[code]
    annees = _years(frames, definition(frames, indicateur))
    lectures = [Lecture(annee, lecture.profil, exacte=True) for annee in annees]
    return tuple(_mesure(frames, indicateur, _arrays(frames, indicateur, maille, d), rang) for d in lectures)


def _over(frames: Frames, definie: Definition, dedans: Booleens, lecture: Lecture) -> Mesure:
    haut = bas = None
    if definie.nature is Nature.RAPPORT and definie.numerateur and definie.denominateur:
        haut = sums.totals_over(frames, (definie.numerateur,), dedans, lecture, (definie.denominateur,))
        bas = sums.totals_over(frames, (definie.denominateur,), dedans, lecture, (definie.numerateur,))
    elif definie.additive:
        haut = sums.totals_over(frames, (definie.id,), dedans, lecture)
    if haut is None:
        return Mesure(definie, None, BLANCS[NON_PUBLIE if effectifs.mailles(frames, definie.id) else MANQUANT],
                      None, publie=False, sans_valeur=0)  # fmt: skip
    blanc = int(max(haut.blancs[0], bas.blancs[0] if bas else CONNU))
    if blanc == CONNU and bas is not None and bas.valeurs[0] == 0:
        blanc = MANQUANT
    valeur = definie.facteur * haut.valeurs[0] / bas.valeurs[0] if bas and blanc == CONNU else haut.valeurs[0]
    sans = int((dedans & ~haut.dedans).sum())
    annee = _year(frames, definie, lecture)
    return Mesure(definie, float(valeur) if blanc == CONNU else None, BLANCS[blanc], annee, False, sans)


def _mesure(frames: Frames, indicateur: str, lues: _Lues, rang: int) -> Mesure:
    valeur, annee = float(lues.valeurs[rang]), float(lues.annees[rang])
    return Mesure(
        definition(frames, indicateur),
        None if isnan(valeur) else valeur,
        BLANCS[lues.blancs[rang]],
        None if isnan(annee) else int(annee),
        bool(lues.publies[rang]),
        int(lues.sans[rang]),
    )


def _ratio(
    frames: Frames, definie: Definition, maille: Maille, lecture: Lecture
) -> tuple[Nombres, Blancs, Booleens, Rangs]:
    """Divide sum by sum over the communes that have both; the published ratio where that cannot be."""
    haut = sums.totals(frames, (definie.numerateur,), maille, lecture, (definie.denominateur,))
    bas = sums.totals(frames, (definie.denominateur,), maille, lecture, (definie.numerateur,))
    blancs = np.maximum(haut.blancs, bas.blancs)
    blancs[(blancs == CONNU) & ((bas.valeurs == 0) | (haut.publies != bas.publies))] = MANQUANT
    quotient = np.full(len(blancs), np.nan)
    np.divide(definie.facteur * haut.valeurs, bas.valeurs, out=quotient, where=blancs == CONNU)
    publiees = _published(frames, definie.id, maille, lecture)
    publies = (blancs != CONNU) & (blancs != SECRET) & (publiees.blancs == CONNU)
    quotient = np.where(publies, publiees.valeurs, quotient)
    return quotient, np.where(publies, CONNU, blancs), publies | haut.publies, _outside(frames, maille, haut)


def _published(frames: Frames, indicateur: str, maille: Maille, lecture: Lecture) -> Valeurs:
    """Return what the producer publishes at this maille; "non publié" where it publishes elsewhere only."""
    annee = lecture.annee if lecture.exacte else effectifs.reference_year(frames, (indicateur,), lecture.annee)
    trouvees = effectifs.published(frames, indicateur, maille, annee, exacte=lecture.exacte)
    mailles = effectifs.mailles(frames, indicateur)
    if mailles and maille not in mailles:
        return Valeurs(trouvees.valeurs, np.full_like(trouvees.blancs, NON_PUBLIE), trouvees.annees)
    return trouvees


def _outside(frames: Frames, maille: Maille, total: Totaux) -> Rangs:
    """Count the communes of each territory that stand outside its sum; none where the producer gives it."""
    return np.where(total.publies, 0, territories.groups(frames, maille).sums(~total.dedans)).astype(np.intp)


def _years(frames: Frames, definie: Definition) -> tuple[int, ...]:
    """Return the years of an indicator, those of its numerator where it is made of sums."""
    propres = effectifs.years(frames, definie.id)
    return tuple(sorted({*propres, *effectifs.years(frames, definie.numerateur)})) if definie.numerateur else propres


def _year(frames: Frames, definie: Definition, lecture: Lecture) -> int | None:
    """Return the year of the dataset that answers, None where it holds none."""
    annees = _years(frames, definie)
    if lecture.exacte or not annees:
        return lecture.annee if lecture.annee in annees else None
    return next((a for a in reversed(annees) if a <= lecture.annee), annees[0])
