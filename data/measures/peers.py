"""A territory beside its peers, its Epci, its département and chosen others: values side by side, never a rank."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import coverage, density, effectifs, indicators, territories
from data.measures.definitions import definitions
from data.measures.sums import Lecture
from data.measures.territories import Nombres
from data.model import FiltreEchelon, Maille, Nature, Profil

DENSITE = "niveau_densite"
TRANCHES = (0, 200, 500, 1_000, 2_000, 3_500, 5_000, 10_000, 20_000, 50_000, 100_000)
"""Sizes of communes, in inhabitants: those of Insee's tables, with the thresholds of the law on childcare."""
_COMPARABLES = (Nature.RAPPORT, Nature.TAUX, Nature.MEDIANE)
_PAIRS_MIN = 5


@dataclass(frozen=True, slots=True)
class Groupe:
    """The peers of a territory, itself left out, and the rule that makes them: « communes de 500 à 999 habitants »."""

    regle: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One value, None where `statut` (`Blanc` value) says why; "" too where the measure has none at that maille."""

    valeur: float | None
    statut: str


@dataclass(frozen=True, eq=False)
class Situation:
    """One measure over a territory and those it is set beside; `pairs` are the known values of its peers, sorted.

    `autres` follow the order in which the others were asked for. `annee` None where the measure has no single year.
    """

    id: str
    libelle: str
    unite: str
    annee: int | None
    territoire: Chiffre
    epci: Chiffre | None
    departement: Chiffre | None
    autres: tuple[Chiffre, ...]
    pairs: Nombres

    @property
    def quartiles(self) -> tuple[float, float, float] | None:
        """First quartile, median and third quartile of the peers; None under five known values."""
        if len(self.pairs) < _PAIRS_MIN:
            return None
        bas, milieu, haut = (float(q) for q in np.quantile(self.pairs, (0.25, 0.5, 0.75)))
        return bas, milieu, haut


@dataclass(frozen=True, slots=True)
class Angle:
    """From where the measures are looked at: the day, the échelon of the agreements, and by whom."""

    jour: date
    echelon: FiltreEchelon = FiltreEchelon.TOUS
    profil: Profil = Profil.INTERNE


@dataclass(frozen=True, slots=True)
class _Mesure:
    id: str
    libelle: str
    unite: str
    tables: dict[Maille, pd.DataFrame]


def peers(frames: Frames, code: str, annee: int) -> Groupe:
    """Return the peers of a territory of the map: none for a QPV.

    Those of a commune have its density, failing that its size; those of an Epci its nature, or are all where too few.
    """
    maille = territories.maille_of(frames, code)
    if maille is Maille.EPCI:
        return _same_nature(frames, code)
    if maille is Maille.DEPARTEMENT:
        codes = territories.groups(frames, maille).codes
        return Groupe("départements du jeu de données", tuple(c for c in codes if c != code))
    if maille is not Maille.COMMUNE:
        return Groupe("", ())
    if DENSITE in definitions(frames) and Maille.COMMUNE in indicators.mailles(frames, DENSITE):
        niveaux = indicators.values(frames, DENSITE, Maille.COMMUNE, Lecture(annee)).set_index("code")["valeur"]
        if pd.notna(niveaux[code]):
            memes = niveaux.index[(niveaux == niveaux[code]) & (niveaux.index != code)]
            return Groupe(f"communes de même niveau de densité ({int(niveaux[code])} sur 7)", tuple(memes))
    return _same_size(frames, code, annee)


def _same_size(frames: Frames, code: str, annee: int) -> Groupe:
    population = pd.Series(effectifs.population(frames, annee), index=territories.codes(frames))
    if pd.isna(population[code]):
        return Groupe("", ())
    rangs = np.searchsorted(TRANCHES, population.fillna(-1).to_numpy(), side="right")
    ici = int(rangs[population.index.get_loc(code)])
    memes = population.index[(rangs == ici) & (population.index != code)]
    bas, haut = TRANCHES[ici - 1], TRANCHES[ici] if ici < len(TRANCHES) else None
    tranche = f"de {_spaced(bas)} à {_spaced(haut - 1)} habitants" if haut else f"de {_spaced(bas)} habitants et plus"
    return Groupe(f"communes {tranche}", tuple(memes))


def _spaced(nombre: int) -> str:
    return f"{nombre:,}".replace(",", "\u202f")


def _same_nature(frames: Frames, code: str) -> Groupe:
    natures = frames["epci"].set_index("code_epci")["nature"]
    nature = natures.get(code, "")
    codes = territories.groups(frames, Maille.EPCI).codes
    memes = tuple(c for c in codes if c != code and natures.get(c, "") == nature)
    if nature and len(memes) >= _PAIRS_MIN:
        return Groupe(f"Epci de même nature ({nature})", memes)
    return Groupe("Epci du jeu de données", tuple(c for c in codes if c != code))


def situate(frames: Frames, code: str, autres: tuple[str, ...], angle: Angle) -> tuple[Situation, ...]:
    """Set a territory beside its peers, its Epci, its département and others, for every measure that compares.

    Coverage and densities of services come first, then the ratios, rates and medians of the dataset; a count does not
    compare and is left out, as is a measure that none of these territories has.
    """
    groupe = peers(frames, code, angle.jour.year)
    situations = (_situation(frames, mesure, code, autres, groupe) for mesure in _measures(frames, angle))
    return tuple(s for s in situations if any(c and c.valeur is not None for c in _figures(s)))


def _figures(situation: Situation) -> tuple[Chiffre | None, ...]:
    return (situation.territoire, situation.epci, situation.departement, *situation.autres)


def _situation(frames: Frames, mesure: _Mesure, code: str, autres: tuple[str, ...], groupe: Groupe) -> Situation:
    maille = territories.maille_of(frames, code) or Maille.COMMUNE
    table = mesure.tables.get(maille)
    valeurs = np.empty(0) if table is None else table["valeur"].reindex(list(groupe.codes)).to_numpy(dtype=np.float64)
    ici = None if table is None or code not in table.index else table.loc[code]
    annee = None if ici is None or pd.isna(ici["annee"]) else int(ici["annee"])
    return Situation(
        mesure.id,
        mesure.libelle,
        mesure.unite,
        annee,
        _figure(frames, mesure, code),
        _over(frames, mesure, code, Maille.EPCI),
        _over(frames, mesure, code, Maille.DEPARTEMENT),
        tuple(_figure(frames, mesure, a) for a in autres),
        np.sort(valeurs[np.isfinite(valeurs)]),
    )


def _over(frames: Frames, mesure: _Mesure, code: str, maille: Maille) -> Chiffre | None:
    """Return the figure of the territory of this maille that holds another; None where there is none above it."""
    communes = territories.communes_of(frames, code)
    au_dessus = {str(c) for c in territories.members(frames, maille)[list(communes)]} - {""}
    if len(au_dessus) != 1 or code in au_dessus:
        return None
    return _figure(frames, mesure, au_dessus.pop())


def _figure(frames: Frames, mesure: _Mesure, code: str) -> Chiffre:
    maille = territories.maille_of(frames, code)
    table = mesure.tables.get(maille) if maille else None
    if table is None or code not in table.index:
        return Chiffre(None, "")
    ligne = table.loc[code]
    return Chiffre(None if pd.isna(ligne["valeur"]) else float(ligne["valeur"]), str(ligne["statut"]))


def _measures(frames: Frames, angle: Angle) -> Iterator[_Mesure]:
    mailles = (Maille.COMMUNE, Maille.EPCI, Maille.DEPARTEMENT)
    if frames.has("ctg"):
        yield _Mesure("couverture_ctg", "Population couverte par une Ctg", "%", _coverage(frames, angle))
    for champ in frames.champs:
        if density.of_field(frames, champ.id).any():
            tables = {m: _density(frames, angle, champ.id, m) for m in mailles}
            unite = f"services pour {_spaced(champ.facteur)} {champ.denominateur_libelle}"
            yield _Mesure(f"densite_{champ.id}", f"Services : {champ.libelle.lower()}", unite, tables)
    for indicateur in indicators.listed(frames):
        definie = definitions(frames)[indicateur]
        if definie.nature in _COMPARABLES and indicateur != DENSITE:
            lecture = Lecture(angle.jour.year, angle.profil)
            connues = indicators.mailles(frames, indicateur)
            lues = {m: indicators.values(frames, indicateur, m, lecture).set_index("code") for m in connues}
            yield _Mesure(indicateur, definie.libelle, definie.unite, lues)


def _density(frames: Frames, angle: Angle, champ: str, maille: Maille) -> pd.DataFrame:
    return density.compute(frames, angle.jour, champ, maille, angle.profil).set_index("code").assign(annee=np.nan)


def _coverage(frames: Frames, angle: Angle) -> dict[Maille, pd.DataFrame]:
    """Return the share of the population covered, in %: all or nothing for a commune, hence above communes only."""
    couvertes = coverage.compute(frames, angle.jour, angle.echelon).classe <= 1
    population = effectifs.population(frames, angle.jour.year)
    tables = {}
    for maille in (Maille.EPCI, Maille.DEPARTEMENT):
        groupes = territories.groups(frames, maille)
        dedans, total = groupes.sums(np.where(couvertes, population, 0.0)), groupes.sums(population)
        valeur = np.full(len(groupes.codes), np.nan)
        np.divide(100 * dedans, total, out=valeur, where=total > 0)
        statut = np.where(total > 0, "", "manquant")
        tables[maille] = pd.DataFrame({"valeur": valeur, "statut": statut, "annee": np.nan}, index=list(groupes.codes))
    return tables
