"""Services of the eleven fields, fixed, itinerant or antennas, some opened or closed along the years."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from data.demo import names
from data.demo.arcs import KM_PAR_DEGRE, to_degrees
from data.demo.hazard import between, pick, stream
from data.demo.tables import Lignes
from data.demo.territory import Commune


@dataclass(frozen=True, slots=True)
class Type:
    """One kind of service: its fields, the population that earns one, a chance factor, capacity bounds."""

    id: str
    champ: str
    nom: str
    habitants: float
    maximum: int
    capacite: tuple[int, int] | None = None
    seuil: int = 0
    mobile: float = 0.0


TYPES = (
    Type("eaje", "petite_enfance", "Crèche", 3_900, 24, (10, 45), 1_100),
    Type("accueil_petite_enfance", "petite_enfance", "Maison d'assistantes maternelles", 4_300, 12, (8, 16), 600),
    Type("relais_petite_enfance", "petite_enfance|parentalite", "Relais petite enfance", 8_500, 5, None, 1_300, 0.5),
    Type("alsh", "enfance|jeunesse", "Accueil de loisirs", 3_300, 16, (24, 120), 800, 0.03),
    Type("ecole_maternelle", "enfance", "École maternelle", 2_400, 30, (40, 150), 650),
    Type("ecole_elementaire", "enfance", "École élémentaire", 1_900, 34, (50, 260), 300),
    Type("college", "jeunesse", "Collège", 7_800, 9, (280, 640), 2_300),
    Type("fjt", "jeunesse|logement|insertion", "Foyer de jeunes travailleurs", 34_000, 3, (30, 96), 6_500),
    Type("laep", "parentalite", "Lieu d'accueil enfants-parents", 9_000, 5, None, 1_500, 0.35),
    Type("mediation_familiale", "parentalite", "Médiation familiale", 40_000, 2, None, 4_000, 0.5),
    Type("centre_social", "animation_vie_sociale|parentalite", "Centre social", 12_500, 7, None, 2_400, 0.08),
    Type("evs", "animation_vie_sociale", "Espace de vie sociale", 9_500, 4, None, 900, 0.2),
    Type("chrs", "logement|insertion", "Centre d'hébergement et de réinsertion sociale", 19_000, 5, (16, 60), 4_200),
    Type("service_enfants_handicapes", "handicap", "Service pour enfants handicapés", 26_000, 5, (15, 60), 3_500),
    Type("hebergement_enfants_handicapes", "handicap", "Institut pour enfants handicapés", 36_000, 4, (20, 80), 3_000),
    Type("aide_a_domicile", "aide_a_domicile", "Aide à domicile aux familles", 11_000, 6, None, 1_600, 0.3),
    Type("france_services", "acces_aux_droits|inclusion_numerique", "France services", 13_000, 4, None, 1_400, 0.12),
    Type("mediation_numerique", "inclusion_numerique", "Espace numérique", 8_000, 7, None, 1_100, 0.3),
)
_RUES = ("place de la Mairie", "rue des Écoles", "rue du Vieux-Port", "allée des Tilleuls", "rue de la Forge",
         "avenue des Marais", "place du Champ-de-Foire", "rue de l'Estuaire", "impasse du Lavoir")  # fmt: skip
_NOMS = ("les Goélands", "la Farandole", "les Petits Sabots", "le Tilleul", "l'Escale", "la Clairière", "les Embruns",
         "le Moulin", "la Ruche", "les Mirabelles", "le Phare", "la Passerelle", "les Coquelicots")  # fmt: skip


def rows(communes: tuple[Commune, ...]) -> Lignes:
    """Return the rows of services.csv."""
    lignes: Lignes = []
    for t in TYPES:
        for c in communes:
            for rang in _ranks(t, c):
                lignes.append(_row(f"SRV-{len(lignes) + 1:04d}", t, c, rang))
    return lignes


def _ranks(t: Type, c: Commune) -> Iterator[int]:
    """Say how many services of a type a commune has: by its population, by chance near the threshold."""
    rng = stream(f"service-{t.id}-{c.nom}")
    if c.population < t.seuil:
        return iter(())
    attendu = min(c.population / t.habitants * between(rng, 0.55, 1.35), t.maximum)
    return iter(range(int(attendu) + (rng.random() < attendu % 1)))


def _row(ident: str, t: Type, c: Commune, rang: int) -> dict[str, str | int | float | None]:
    rng = stream(f"service-{t.id}-{c.nom}-{rang}")
    longitude, latitude = spot(c, f"{t.id}-{rang}")
    mode = pick(rng, ("itinerant", "antenne"), (2, 1)) if rng.random() < t.mobile else "fixe"
    ouverture, fermeture = _life(f"vie-{t.id}-{c.nom}-{rang}")
    nom = f"{t.nom} {pick(rng, _NOMS)}" if t.capacite else f"{t.nom} {names.of(c.nom)}"
    return {
        "id": ident,
        "type_service": t.id,
        "champ": t.champ,
        "nom": nom + {"itinerant": " (itinérant)", "antenne": " (antenne)"}.get(mode, ""),
        "adresse": f"{int(between(rng, 1, 60))} {pick(rng, _RUES)}",
        "code_commune": c.code,
        "latitude": latitude,
        "longitude": longitude,
        "capacite": int(between(rng, *t.capacite)) if t.capacite and mode == "fixe" else None,
        "mode": mode,
        "date_ouverture": ouverture,
        "date_fermeture": fermeture,
        "source": "Données fictives",
    }


def _life(subject: str) -> tuple[str, str]:
    """Draw opening and closing days: often unknown because old, sometimes in the twelve years, a few to come."""
    rng = stream(subject)
    tirage = rng.random()
    if tirage < 0.55:
        return "", ("" if rng.random() < 0.95 else f"{2017 + int(rng.integers(11))}-07-31")
    annee = 2014 + int(rng.integers(13)) if tirage < 0.98 else 2027
    fermeture = f"{annee + 3}-08-31" if rng.random() < 0.04 and annee < 2023 else ""
    return f"{annee}-{pick(rng, ('01-01', '04-01', '09-01'))}", fermeture


def spot(c: Commune, subject: str) -> tuple[float, float]:
    """Draw a place around the bourg, inside the commune; longitude and latitude in degrees."""
    rng = stream(f"place-{c.nom}-{subject}")
    portee = {"ville": 2.3, "banlieue": 0.7}.get(c.genre, 0.45)
    for _ in range(60):
        rayon, angle = portee * rng.random(), 2 * np.pi * rng.random()
        longitude, latitude = to_degrees(np.array([[c.x + rayon * np.cos(angle), c.y + rayon * np.sin(angle)]]))[0]
        if c.forme.contains(shapely.Point(longitude, latitude).buffer(0.05 / KM_PAR_DEGRE)):
            return float(longitude), float(latitude)
    return c.longitude, c.latitude
