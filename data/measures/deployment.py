"""How far the approach has spread: coverage by year and Cog period, who was never covered, what ends by itself.

Every share is a ratio of sums over the communes that the filters keep, each commune once (FORMATS §3).
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from data.frames import Frames
from data.measures import agreements, coverage, effectifs, territories
from data.measures.agreements import Jours
from data.measures.coverage import Part
from data.measures.scope import Portee, inside
from data.measures.territories import Booleens
from data.model import Maille

PERIODES_COG = ((2013, 2017), (2018, 2022), (2023, 2027))
"""Years of the conventions d'objectifs et de gestion between the State and the Cnaf since the letter."""

REFERENCE_NATIONALE = {2018: 20.0, 2019: 35.0, 2020: 55.0, 2021: 75.0, 2022: 85.0}
"""Share of the French population (%) aimed at by year; a national reference, never a Caf's own objective."""
SOURCE_NATIONALE = "Cog 2018-2022, rapport d'activité 2022 de la Caf de la Loire"
_PREVISION_MAX_MOIS = 240


@dataclass(frozen=True, slots=True)
class Point:
    """Coverage at a day: agreements in force, shares of population, children under 3 and communes, Epci by state."""

    jour: date
    ctg: int
    population: Part
    enfants: Part
    communes: Part
    epci_entiers: int
    epci_partiels: int
    epci_nuls: int

    @property
    def epci(self) -> Part:
        """Share of the Epci that are wholly covered."""
        return Part(self.epci_entiers, self.epci_entiers + self.epci_partiels + self.epci_nuls)


def at(frames: Frames, portee: Portee) -> Point:
    """Return coverage at a day within the territory asked; an Epci counts its communes that stand in it."""
    couverture = coverage.compute(frames, portee.jour, portee.echelon, portee.champ, portee.profil)
    parts = couverture.population, couverture.enfants, couverture.communes
    dedans = inside(frames, portee)
    if not dedans.all():
        parts = coverage.over(frames, dedans, couverture, portee.jour.year, portee.profil)
    couvertes = (couverture.classe <= 1) & dedans
    groupes = territories.groups(frames, Maille.EPCI)
    tenues, presentes = groupes.sums(couvertes), groupes.sums(dedans)
    entiers, nuls = (tenues == presentes) & (presentes > 0), (tenues == 0) & (presentes > 0)
    return Point(
        portee.jour,
        _in_force(frames, portee, dedans),
        *parts,
        epci_entiers=int(entiers.sum()),
        epci_partiels=int(((presentes > 0) & ~entiers & ~nuls).sum()),
        epci_nuls=int(nuls.sum()),
    )


def _kept(frames: Frames, portee: Portee) -> Booleens:
    """Tell which agreements the filters let count, in the order of `ctg`."""
    return agreements.of_echelons(frames, portee.echelon.couvrants) & agreements.of_field(frames, portee.champ)


def _signed(frames: Frames, portee: Portee) -> Booleens:
    """Tell which of them are signed by the day."""
    return _kept(frames, portee) & (agreements.effective_dates(frames).signature <= portee.instant)


def _in_force(frames: Frames, portee: Portee, dedans: Booleens) -> int:
    dates, liens = agreements.effective_dates(frames), coverage.links(frames)
    actives = _signed(frames, portee) & (dates.debut <= portee.instant) & (portee.instant <= dates.fin)
    return len(np.unique(liens.ctg[dedans[liens.commune] & actives[liens.ctg]]))


def by_year(frames: Frames, portee: Portee) -> tuple[Point, ...]:
    """Return coverage at each 31 December from the first signature on, the last year at the day itself."""
    signatures = frames["ctg"]["date_signature"].dropna()
    premiere = min([portee.jour.year, *signatures.dt.year.astype(int)])
    jours = [min(date(annee, 12, 31), portee.jour) for annee in range(premiere, portee.jour.year + 1)]
    return tuple(at(frames, replace(portee, jour=jour)) for jour in jours)


@dataclass(frozen=True, slots=True)
class PeriodeCog:
    """One Cog period: what was signed in it, the communes that it covered for the first time, coverage at its end.

    `point` stands at its last day, or at the day asked while it runs; None where it has not begun.
    """

    debut: int
    fin: int
    en_cours: bool
    signees: int
    nouvelles: int
    point: Point | None


def by_cog_period(frames: Frames, portee: Portee) -> tuple[PeriodeCog, ...]:
    """Return the figures of each Cog period, as known at the day."""
    premiers, dedans = first_days(frames, portee), inside(frames, portee)
    liens, signature = coverage.links(frames), agreements.effective_dates(frames).signature
    ici = np.zeros(len(frames["ctg"]), dtype=bool)
    ici[liens.ctg[dedans[liens.commune]]] = True
    periodes = []
    for debut, fin in PERIODES_COG:
        bornes = np.datetime64(date(debut, 1, 1), "D"), np.datetime64(date(fin, 12, 31), "D")
        jour = min(date(fin, 12, 31), portee.jour)
        periodes.append(
            PeriodeCog(
                debut,
                fin,
                debut <= portee.jour.year <= fin,
                int((_signed(frames, portee) & ici & (bornes[0] <= signature) & (signature <= bornes[1])).sum()),
                int(((bornes[0] <= premiers) & (premiers <= bornes[1]) & dedans).sum()),
                at(frames, replace(portee, jour=jour)) if portee.jour.year >= debut else None,
            )
        )
    return tuple(periodes)


def first_days(frames: Frames, portee: Portee) -> Jours:
    """Return the first day on which each commune was covered, up to the day asked; NaT for never."""
    dates, liens = agreements.effective_dates(frames), coverage.links(frames)
    debut = np.maximum(dates.signature, dates.debut)
    compte = _signed(frames, portee) & (debut <= portee.instant) & (debut <= dates.fin)
    tenus = compte[liens.ctg]
    infini = np.datetime64("9999-12-31", "D")
    premiers = np.full(len(frames.communes), infini, dtype="datetime64[D]")
    np.minimum.at(premiers, liens.commune[tenus], debut[liens.ctg[tenus]])
    return np.where(premiers == infini, np.datetime64("NaT"), premiers)


@dataclass(frozen=True, slots=True)
class Manquant:
    """The communes of one territory that share a state, out of its `total` in the dataset; their inhabitants.

    `code` is an Epci, or the commune itself where it has none; `population` None where none is known.
    """

    code: str
    maille: Maille
    communes: tuple[str, ...]
    total: int
    population: float | None


def never_covered(frames: Frames, portee: Portee) -> tuple[Manquant, ...]:
    """Return the communes that no agreement ever covered up to the day, by Epci, in order of code."""
    return _by_epci(frames, portee, np.isnat(first_days(frames, portee)) & inside(frames, portee))


def _by_epci(frames: Frames, portee: Portee, lesquelles: Booleens) -> tuple[Manquant, ...]:
    groupes, codes = territories.groups(frames, Maille.EPCI), territories.codes(frames)
    population = effectifs.population(frames, portee.jour.year)
    parts = []
    for rang, code in enumerate(groupes.codes):
        ici = lesquelles & (groupes.rang == rang)
        if ici.any():
            membres, taille = tuple(codes[ici]), int(groupes.tailles[rang])
            parts.append(Manquant(code, Maille.EPCI, membres, taille, _sum(population[ici])))
    for position in np.flatnonzero(lesquelles & (groupes.rang < 0)):
        code = codes[int(position)]
        parts.append(Manquant(code, Maille.COMMUNE, (code,), 1, _sum(population[[position]])))
    return tuple(parts)


def _sum(valeurs: territories.Nombres) -> float | None:
    return float(np.nansum(valeurs)) if (~np.isnan(valeurs)).any() else None


@dataclass(frozen=True, slots=True)
class Prevision:
    """Coverage at a day to come if nothing is signed any more; `fins` are the agreements ended since the point before.

    Inhabitants are those of the day asked, so that only agreements make the curve move.
    """

    jour: date
    population: Part
    communes: Part
    fins: tuple[str, ...]


def forecast(frames: Frames, portee: Portee) -> tuple[Prevision, ...]:
    """Return coverage at the day, then on the 1st of each month until no agreement signed by the day is left."""
    dates = agreements.effective_dates(frames)
    ids, signees = frames["ctg"]["id_ctg"].to_numpy(dtype=object), _signed(frames, portee)
    fins = dates.fin[signees & ~np.isnat(dates.fin)]
    dernier = fins.max() if len(fins) else portee.instant
    dedans, population = inside(frames, portee), effectifs.population(frames, portee.jour.year)
    points: list[Prevision] = []
    avant = portee.instant
    for jour in _months(portee.jour, dernier):
        instant = np.datetime64(jour, "D")
        couvertes = covered(frames, signees, instant) & dedans
        finies = signees & (avant <= dates.fin) & (dates.fin < instant)
        points.append(
            Prevision(
                jour,
                Part(float(np.nansum(population[couvertes])), float(np.nansum(population[dedans]))),
                Part(int(couvertes.sum()), int(dedans.sum())),
                tuple(ids[finies & _holding(frames, dedans)]),
            )
        )
        avant = instant
    return tuple(points)


def covered(frames: Frames, lesquelles: Booleens, instant: np.datetime64) -> Booleens:
    """Tell which communes some of these agreements cover at a day, both ends of a period inside it."""
    dates, liens = agreements.effective_dates(frames), coverage.links(frames)
    actives = lesquelles & (dates.debut <= instant) & (instant <= dates.fin)
    couvertes = np.zeros(len(frames.communes), dtype=bool)
    couvertes[liens.commune[actives[liens.ctg]]] = True
    return couvertes


def _holding(frames: Frames, dedans: Booleens) -> Booleens:
    liens = coverage.links(frames)
    tenues = np.zeros(len(frames["ctg"]), dtype=bool)
    tenues[liens.ctg[dedans[liens.commune]]] = True
    return tenues


def _months(jour: date, dernier: np.datetime64) -> list[date]:
    """Return the day, then every 1st of the month up to the first one after `dernier`."""
    jours, rang = [jour], jour.year * 12 + jour.month
    while np.datetime64(jours[-1], "D") <= dernier and len(jours) <= _PREVISION_MAX_MOIS:
        jours.append(date(rang // 12, rang % 12 + 1, 1))
        rang += 1
    return jours


@dataclass(frozen=True, slots=True)
class Objectif:
    """One point of a trajectory: share of the population (%) at the end of a year, and who says so."""

    annee: int
    cible_pct: float
    source: str
    nationale: bool


def trajectory(frames: Frames) -> tuple[Objectif, ...]:
    """Return the trajectory that the dataset brings, and the national reference where it does not bring it."""
    lignes = frames["trajectoire"].dropna(subset=["annee", "cible_population_pct"]).sort_values("annee")
    points = [
        Objectif(int(annee), float(cible), str(source), "national" in str(source).lower())
        for annee, cible, source in zip(lignes["annee"], lignes["cible_population_pct"], lignes["source"], strict=True)
    ]
    if not any(p.nationale for p in points):
        points += [Objectif(annee, cible, SOURCE_NATIONALE, True) for annee, cible in REFERENCE_NATIONALE.items()]
    return tuple(points)
