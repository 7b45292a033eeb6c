"""Access points of every type, host and state, and how many people come."""

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
# type, how many, hosts with their weight, states with their weight
_LOTS: tuple[tuple[str, int, dict[str, int], tuple[int, int, int, int]], ...] = (
    ("agence", 3, {"autre": 1}, (1, 0, 0, 0)),
    ("france_services", 22, {"france_services": 1}, (20, 2, 0, 1)),
    ("borne_visio", 26, {"mairie": 8, "centre_social": 6, "maison_enfance": 6, "france_services": 2}, (5, 3, 4, 1)),
    ("point_relais", 30, {"mairie": 8, "mediatheque": 5, "centre_social": 5, "autre": 2}, (7, 2, 2, 1)),
    ("point_numerique", 22, {"mediatheque": 6, "centre_social": 4, "mairie": 4, "france_services": 2}, (7, 2, 1, 1)),
    ("permanence", 18, {"mairie": 5, "centre_social": 5, "france_services": 3}, (6, 1, 0, 4)),
    ("autre", 6, {"autre": 2, "maison_enfance": 1}, (4, 1, 1, 0)),
)
_ANNEES = (2021, 2022, 2023, 2024, 2025)
_VISITES = {"agence": 21_000, "france_services": 3_100, "borne_visio": 420, "point_relais": 950,
            "point_numerique": 780, "permanence": 610, "autre": 340}  # fmt: skip


def rows(communes: tuple[Commune, ...]) -> Lignes:
    """Return the rows of points-acces.csv: agencies in the largest towns, the rest where people live, islands included."""
    lignes: Lignes = []
    grandes = sorted(communes, key=lambda c: (-c.population, c.code))
    for type_, nombre, hotes, etats in _LOTS:
        rng = stream(f"points-{type_}")
        possibles = list(grandes if type_ == "agence" else grandes[:150])
        for rang in range(nombre):
            if type_ == "agence":
                commune = possibles[rang]
            else:
                commune = pick(rng, possibles, [min(c.population, 9_000) ** 0.5 for c in possibles])
                if commune.genre != "ville":
                    possibles.remove(commune)
            hote, etat = pick(rng, list(hotes), list(hotes.values())), pick(rng, ETATS, etats)
            if not lignes_has(lignes, type_, etat) and rang >= nombre - 1 and etat != "ferme":
                etat = "ferme" if type_ not in ("agence", "autre") else etat
            lignes.append(_row(f"PA-{len(lignes) + 1:03d}", type_, hote, etat, commune))
    return lignes


def lignes_has(lignes: Lignes, type_: str, etat: str) -> bool:
    """Tell whether a type already shows a state."""
    return any(ligne["type"] == type_ and ligne["etat"] == etat for ligne in lignes)


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
        "nom": f"{TYPES[type_]} · {HOTES[hote]} de {commune.nom}",
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


def visit_rows(points: Lignes) -> Lignes:
    """Return the rows of frequentation.csv: the years a place was open, some without a count, one counting nobody."""
    lignes: Lignes = []
    for point in points:
        if point["etat"] not in ("ouvert", "ferme"):
            continue
        rng = stream(f"visites-{point['id']}")
        base = _VISITES[str(point["type"])] * between(rng, 0.4, 1.7)
        for annee in _ANNEES:
            pente = 0.86 + 0.07 * (annee - _ANNEES[0])
            visites = round(base * pente * between(rng, 0.9, 1.1))
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
    lignes[-1]["visites"] = 0
    return lignes
