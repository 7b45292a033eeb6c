"""Access points of every type, host and state, and how many people come."""

from collections import Counter

from data.demo import names
from data.demo.hazard import between, pick, stream
from data.demo.services import spot
from data.demo.tables import Lignes
from data.demo.territory import Commune

HOTES = {
    "mairie": "Mairie",
    "centre_social": "Centre social",
    "maison_enfance": "Maison de l'enfance",
    "mediatheque": "Médiathèque",
    "france_services": "France services",
    "autre": "Maison des associations",
}
TYPES = {
    "borne_visio": "Borne visio",
    "point_relais": "Point relais Caf",
    "point_numerique": "Point numérique Caf",
    "permanence": "Permanence Caf",
    "agence": "Agence Caf",
    "france_services": "France services",
    "autre": "Lieu d'accueil",
}
ETATS = ("ouvert", "projet", "candidat", "ferme")
# type, hosts with their weight, how many in each state
_LOTS: tuple[tuple[str, dict[str, int], tuple[int, int, int, int]], ...] = (
    ("agence", {"autre": 1}, (3, 0, 0, 0)),
    ("france_services", {"france_services": 1}, (19, 2, 0, 1)),
    ("borne_visio", {"mairie": 8, "centre_social": 6, "maison_enfance": 6}, (11, 6, 9, 2)),
    ("point_relais", {"mairie": 8, "mediatheque": 5, "centre_social": 5, "autre": 2}, (19, 5, 4, 2)),
    ("point_numerique", {"mediatheque": 6, "centre_social": 4, "mairie": 4, "france_services": 2}, (14, 3, 3, 2)),
    ("permanence", {"mairie": 5, "centre_social": 5, "france_services": 3}, (10, 1, 2, 6)),
    ("autre", {"autre": 2, "maison_enfance": 1}, (4, 1, 1, 0)),
)
_ANNEES = (2021, 2022, 2023, 2024, 2025)
MAX_VILLE = 3
DESERT = "PA-126"  # an open place where nobody came: a true zero, not a blank
_VISITES = {"agence": 21_000, "france_services": 3_100, "borne_visio": 420, "point_relais": 950,
            "point_numerique": 780, "permanence": 610, "autre": 340}  # fmt: skip


def rows(communes: tuple[Commune, ...]) -> Lignes:
    """Return the rows of points-acces.csv: agencies in the largest towns, the rest where people live."""
    lignes: Lignes = []
    grandes = sorted(communes, key=lambda c: (c.genre != "ile", -c.population, c.code))
    villes = sorted(communes, key=lambda c: (-c.population, c.code))
    for type_, hotes, etats in _LOTS:
        rng = stream(f"points-{type_}")
        possibles = (villes if type_ == "agence" else grandes)[:150]
        combien: Counter[str] = Counter()
        for etat in (e for e, nombre in zip(ETATS, etats, strict=True) for _ in range(nombre)):
            commune = possibles[0] if type_ == "agence" else pick(rng, possibles, [_weight(c) for c in possibles])
            combien[commune.code] += 1
            if combien[commune.code] == (MAX_VILLE if commune.genre == "ville" and type_ != "agence" else 1):
                possibles.remove(commune)
            hote = pick(rng, list(hotes), list(hotes.values()))
            lignes.append(_row(f"PA-{len(lignes) + 1:03d}", type_, hote, etat, commune))
    return lignes


def _weight(commune: Commune) -> float:
    """Weigh a commune by what an access point would serve there; islands count more, they have no neighbour."""
    return float(commune.population**0.55) * (2.5 if commune.genre == "ile" else 1)


def _row(ident: str, type_: str, hote: str, etat: str, commune: Commune) -> dict[str, str | int | float | None]:
    rng = stream(f"point-{ident}")
    longitude, latitude = spot(commune, f"{type_}-{hote}")
    annee = 2015 + int(rng.integers(9))
    ouverture = f"{annee}-{pick(rng, ('02-01', '05-15', '10-01'))}"
    jours = between(rng, 0.5, 5.4)
    return {
        "id": ident,
        "type": type_,
        "lieu_hote": hote,
        "nom": _name(type_, hote, commune),
        "adresse": "place de la Mairie" if hote == "mairie" else f"{int(between(rng, 1, 40))} rue des Écoles",
        "code_commune": commune.code,
        "latitude": latitude,
        "longitude": longitude,
        "jours_par_semaine": 5 if type_ == "agence" else round(jours * 2) / 2,
        "personnel_forme": "oui" if rng.random() < 0.6 else "non",
        "etat": etat,
        "date_ouverture": {"ouvert": ouverture, "ferme": ouverture, "projet": "2027-01-04"}.get(etat, ""),
        "date_fermeture": f"{min(annee + 3, 2025)}-12-31" if etat == "ferme" else "",
    }


def _name(type_: str, hote: str, commune: Commune) -> str:
    """Name a place after what it is and, unless that says it already, who hosts it."""
    lieu = "" if hote in (type_, "autre") else f", {HOTES[hote].lower().replace('france', 'France')}"
    return f"{TYPES[type_]} {names.of(commune.nom)}{lieu}"


def visit_rows(points: Lignes) -> Lignes:
    """Return the rows of frequentation.csv: the years a place was open; some were never counted."""
    lignes: Lignes = []
    for point in points:
        if point["etat"] not in ("ouvert", "ferme"):
            continue
        rng = stream(f"visites-{point['id']}")
        base = _VISITES[str(point["type"])] * between(rng, 0.4, 1.7)
        for annee in _ANNEES:
            pente = 0.86 + 0.07 * (annee - _ANNEES[0])
            visites = 0 if point["id"] == DESERT else round(base * pente * between(rng, 0.9, 1.1))
            ferme = str(point["date_fermeture"])[:4]
            if annee <= int(str(point["date_ouverture"])[:4]) or (ferme and annee > int(ferme)) or rng.random() < 0.06:
                continue
            lignes.append(
                {
                    "id_point": point["id"],
                    "annee": annee,
                    "visites": visites,
                    "unite": "visites par an",
                    "source": "Comptage fictif",
                }
            )
    return lignes
