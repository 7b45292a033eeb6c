"""Figures of every commune, Epci and quarter: plausible, tied to one another, with the four kinds of blanks."""

import math
from collections.abc import Iterable, Mapping

import numpy as np

from data.demo.definitions import DEFINITIONS
from data.demo.epci import EPCI
from data.demo.hazard import between, stream
from data.demo.quarters import Qpv
from data.demo.relief import Bruit
from data.demo.tables import Cellule, Lignes
from data.demo.territory import DEPARTEMENT, Commune

_ATOUTS = {"ville": 410, "banlieue": 160, "ile": 90}  # potential per inhabitant, in €, above the countryside's
Valeurs = dict[str, float]
DERNIERE = 2023
PUBLIES = ("taux_couverture_petite_enfance", "revenu_median", "taux_pauvrete", "potentiel_financier_hab",
           "revenu_net_moyen_foyer_fiscal")  # fmt: skip
_NATURE = {d[0]: d[3] for d in DEFINITIONS}
_PAYS = Bruit.of("revenu", 38, 3)  # neighbours look alike: income varies by district before it does by commune
_EVOLUTION = {"ville": 0.002, "banlieue": 0.011, "bourg": 0.003, "rural": -0.004, "ile": -0.008}
_PETITS = {"ville": 0.034, "banlieue": 0.037, "bourg": 0.029, "rural": 0.026, "ile": 0.014}
_ALLOCATAIRES = {"ville": 0.27, "banlieue": 0.2, "bourg": 0.19, "rural": 0.15, "ile": 0.11}
_REVENU = {"ville": 20_600, "banlieue": 24_300, "bourg": 21_300, "rural": 21_000, "ile": 22_700}


def figures(communes: Iterable[Commune], annee: int) -> dict[str, Valeurs]:
    """Return the true figures of each commune in a year, before anything is hidden."""
    return {c.code: _commune(c, annee) for c in communes}


def _commune(c: Commune, annee: int) -> Valeurs:
    rng = stream(f"indicateurs-{c.code}-{c.nom}")
    recul = DERNIERE - annee
    hab = round(c.population * (1 + _EVOLUTION[c.genre] + between(rng, -0.004, 0.004)) ** -recul)
    petits = _scattered(hab * _PETITS[c.genre] * (1 + 0.016 * recul), between(rng, -2.4, 2.4))
    pays = 1 + 0.07 * float(_PAYS.at(np.array([[c.x, c.y]]))[0])
    revenu = _REVENU[c.genre] * pays * between(rng, 0.95, 1.05) * (1 - 0.022 * recul)
    pauvrete = max(4.5, 12.5 + (21_500 - revenu / (1 - 0.022 * recul)) / 520 + (5 if c.genre == "ville" else 0))
    foyers = round(hab * _ALLOCATAIRES[c.genre] * between(rng, 0.85, 1.15))
    couvertes = min(round(foyers * between(rng, 2.15, 2.55)), round(hab * 0.82))
    familles = hab * between(rng, 0.1, 0.14)
    offre = between(rng, 0.25, 0.8) * _of_epci(c, "accueil", 0.85, 1.3) * (1 - 0.012 * recul)
    places = round(petits * offre) if hab > 260 else 0
    richesse = (760 + _ATOUTS.get(c.genre, 0)) * _of_epci(c, "richesse", 0.85, 1.6)
    return {
        "population_municipale": hab,
        "enfants_0_2": petits,
        "enfants_3_5": _scattered(petits * 1.1, between(rng, -1, 1)),
        "enfants_6_17": round(petits * between(rng, 4.1, 5.0)),
        "foyers_allocataires": foyers,
        "personnes_couvertes": couvertes,
        "places_petite_enfance": places,
        "taux_couverture_petite_enfance": round(100 * places / petits, 1) if petits else math.nan,
        "revenu_median": round(revenu, -1),
        "taux_pauvrete": round(pauvrete * between(rng, 0.9, 1.1), 1),
        "familles_monoparentales": round(familles * (0.27 if c.genre == "ville" else 0.17) * between(rng, 0.8, 1.2)),
        "familles_biactives": round(familles * (0.62 if c.genre == "banlieue" else 0.5) * between(rng, 0.8, 1.2)),
        "menages_sans_voiture": round(hab * (0.13 if c.genre == "ville" else 0.035) * between(rng, 0.6, 1.4)),
        "logements_indecents": int(foyers * 0.006 * between(rng, 0, 2)),
        "expulsions": int(hab * (0.0011 if c.genre == "ville" else 0.0005) * between(rng, 0, 2)),
        "prestations_legales_eur": (
            prestations := round(foyers * 5_450 * between(rng, 0.86, 1.14) * (1 - 0.02 * recul), -2)
        ),
        "aides_logement_eur": round(prestations * between(stream(f"aides-logement-{c.code}"), 0.22, 0.34), -2),
        "action_sociale_eur": round(foyers * 395 * between(rng, 0.3, 1.7) * (1 - 0.015 * recul), -2),
        "potentiel_financier_hab": round(richesse * between(rng, 0.85, 1.15) * (1 - 0.012 * recul)),
        "revenu_net_moyen_foyer_fiscal": round(revenu * between(rng, 1.08, 1.16) * _of_epci(c, "revenu", 0.94, 1.2)),
    }


def _scattered(attendu: float, hasard: float) -> int:
    """Spread a count around what is expected, as births do: small communes may well have none."""
    return max(0, round(attendu + hasard * math.sqrt(attendu)))


def _of_epci(c: Commune, sujet: str, low: float, high: float) -> float:
    """Draw a factor common to the communes of an Epci."""
    return between(stream(f"{sujet}-{c.code_epci}"), low, high)


def rows(communes: tuple[Commune, ...], qpv: tuple[Qpv, ...]) -> Lignes:
    """Return the rows of indicateurs.csv."""
    lignes: Lignes = []
    toutes = {annee: figures(communes, annee) for annee in sorted({a for d in DEFINITIONS for a in d[6]})}
    for ident, *_, annees, _ in DEFINITIONS:
        for annee in annees:
            valeurs = toutes[annee]
            lignes += [
                _row(c.code, "commune", ident, annee, *_shown(c, ident, annee, valeurs[c.code])) for c in communes
            ]
            if ident in PUBLIES:
                lignes += _aggregates(communes, ident, annee, valeurs)
    return lignes + _qpv_rows(qpv)


def _shown(c: Commune, ident: str, annee: int, valeurs: Mapping[str, float]) -> tuple[Cellule, str]:
    """Return what the producer publishes of a figure: the figure, or why there is none."""
    valeur = valeurs[ident]
    habitants = valeurs["population_municipale"]
    if ident == "taux_couverture_petite_enfance" and habitants <= 10_000:
        return None, "non_publie"
    if ident == "taux_pauvrete" and habitants < 2_200:
        return None, "non_publie"
    if ident == "revenu_median" and habitants < 210:
        return None, "secret"
    if ident == "logements_indecents" and 0 < valeur < 5:
        return None, "secret"
    lacune = stream(f"lacune-{ident}-{c.code}-{annee}").random()
    if ident in ("menages_sans_voiture", "potentiel_financier_hab", "expulsions") and lacune < 0.03:
        return None, "manquant"
    return (int(valeur) if float(valeur).is_integer() else valeur), ""


def epci_value(ident: str, valeurs: list[Valeurs]) -> float:
    """Return the published value of a group of communes: ratio of sums, or weighted where medians are imitated."""
    if ident == "taux_couverture_petite_enfance":
        haut = sum(v["places_petite_enfance"] for v in valeurs)
        return round(100 * haut / sum(v["enfants_0_2"] for v in valeurs), 1)
    poids = sum(v["population_municipale"] for v in valeurs)
    moyenne = sum(v[ident] * v["population_municipale"] for v in valeurs) / poids
    return round(moyenne, 1) if ident == "taux_pauvrete" else round(moyenne, -1 if ident == "revenu_median" else 0)


def _aggregates(communes: tuple[Commune, ...], ident: str, annee: int, valeurs: dict[str, Valeurs]) -> Lignes:
    lignes = []
    for e in EPCI:
        membres = [valeurs[c.code] for c in communes if c.code_epci == e.code]
        lignes.append(_row(e.code, "epci", ident, annee, epci_value(ident, membres), ""))
    lignes.append(_row(DEPARTEMENT, "departement", ident, annee, epci_value(ident, list(valeurs.values())), ""))
    return lignes


def _qpv_rows(qpv: tuple[Qpv, ...]) -> Lignes:
    lignes = []
    for q in qpv:
        rng = stream(f"indicateurs-{q.code}")
        foyers = round(q.habitants * between(rng, 0.36, 0.46))
        lot = {
            "population_municipale": q.habitants,
            "enfants_0_2": round(q.habitants * between(rng, 0.044, 0.058)),
            "foyers_allocataires": foyers,
            "personnes_couvertes": round(foyers * between(rng, 1.7, 2.0)),
            "revenu_median": round(between(rng, 11_800, 14_600), -1),
            "taux_pauvrete": round(between(rng, 38, 52), 1),
        }
        for ident, valeur in lot.items():
            petit = q.habitants < 2_000 and ident == "taux_pauvrete"
            lignes.append(_row(q.code, "qpv", ident, DERNIERE, None if petit else valeur, "secret" if petit else ""))
    return lignes


def _row(code: str, maille: str, ident: str, annee: int, valeur: Cellule, statut: str) -> dict[str, Cellule]:
    if isinstance(valeur, float) and valeur.is_integer():
        valeur = int(valeur)
    return {
        "code_territoire": code,
        "maille": maille,
        "indicateur": ident,
        "annee": annee,
        "valeur": valeur,
        "statut": statut,
    }
