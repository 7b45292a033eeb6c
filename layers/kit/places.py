"""How access points are named, shaped, coloured and worded, kiosks first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.measures.places import EtatPoint
from layers.kit.marks import Categorie, Etat, Forme
from layers.kit.texts import count, enumerate_fr, long_date, noun, number, typeset, upper_first

BORNE = "borne_visio"


@dataclass(frozen=True, slots=True)
class Genre:
    """Looks and names of a type of access point."""

    singulier: str
    pluriel: str
    couleur: str
    forme: Forme


_GENRES: dict[str, Genre] = {  # in the order of the legend, the first drawn on top
    BORNE: Genre("borne visio", "bornes visio", "#c8450b", Forme.ETOILE),
    "agence": Genre("agence", "agences", "#12263a", Forme.CARRE),
    "permanence": Genre("permanence", "permanences", "#6a3d9a", Forme.HEXAGONE),
    "point_relais": Genre("point relais", "points relais", "#0b6e4f", Forme.ROND),
    "point_numerique": Genre("point numérique", "points numériques", "#0072b2", Forme.LOSANGE),
    "france_services": Genre("France services", "France services", "#5a5f66", Forme.TRIANGLE),
    "autre": Genre("autre point d'accès", "autres points d'accès", "#8c6d1f", Forme.CROIX),
}
_ETATS: dict[EtatPoint, tuple[Etat, str]] = {
    EtatPoint.OUVERT: (Etat.PLEIN, ""),
    EtatPoint.PROJET: (Etat.CREUX, " (en projet)"),
    EtatPoint.CANDIDAT: (Etat.POINTILLE, " (lieu candidat)"),
    EtatPoint.FERME: (Etat.BARRE, " (point fermé)"),
}
_LIEUX = {
    "mairie": "mairie",
    "centre_social": "centre social",
    "maison_enfance": "maison de l'enfance",
    "mediatheque": "médiathèque",
    "france_services": "France services",
    "autre": "",
}
_FORMATION = {"oui": "personnel formé", "non": "personnel non formé"}


def genre(type_point: str) -> Genre:
    """Return the looks and names of a type; one that only this dataset knows is named as written."""
    nom = type_point.replace("_", " ")
    return _GENRES.get(type_point) or Genre(nom, nom, "#8c6d1f", Forme.TRIANGLE_BAS)


def order(type_point: str, etat: str = EtatPoint.OUVERT.value) -> tuple[int, str, int]:
    """Return the key that sorts types and their states as the legend shows them."""
    rang = list(_GENRES).index(type_point) if type_point in _GENRES else len(_GENRES)
    return rang, type_point, list(_ETATS).index(EtatPoint(etat))


def category(type_point: str, etat: str) -> Categorie:
    """Return the category of a type in one state: shape and colour say the type, the filling says the state."""
    regard = genre(type_point)
    remplissage, suffixe = _ETATS[EtatPoint(etat)]
    libelle = upper_first(regard.singulier) + suffixe
    return Categorie(f"{type_point}-{etat}", libelle, regard.couleur, regard.forme, remplissage)


def tally(nombres: Mapping[str, int]) -> str:
    """Write « 4 points d'accès ouverts : 1 borne visio et 3 France services », from open points by type."""
    types = sorted((t for t, n in nombres.items() if n), key=order)
    parts = [f"{number(nombres[t])} {noun(nombres[t], genre(t).singulier, genre(t).pluriel)}" for t in types]
    total = count(sum(nombres.values()), "point d'accès ouvert", "points d'accès ouverts")
    return typeset(f"{total} : {enumerate_fr(parts)}")


def place(lieu: str, adresse: str, jours: float, formation: str) -> str:
    """Word a place: host, address, opening days a week (NaN unknown), trained staff."""
    ouverture = f"{number(jours)} {noun(jours, 'jour')} par semaine" if jours == jours else ""
    parties = (upper_first(_LIEUX.get(lieu, lieu.replace("_", " "))), adresse, ouverture, _FORMATION.get(formation, ""))
    return ", ".join(p for p in parties if p)


def period(ouverture: date | None, fermeture: date | None, jour: date) -> str:
    """Word the dates of a place as seen from a day: « depuis le … », « à partir du … », « fermé depuis le … »."""
    debut = f"{'depuis le' if ouverture <= jour else 'à partir du'} {long_date(ouverture)}" if ouverture else ""
    fin = f"{'fermé depuis le' if fermeture <= jour else 'fermeture le'} {long_date(fermeture)}" if fermeture else ""
    if fermeture and fermeture <= jour and ouverture:
        debut = f"ouvert le {long_date(ouverture)}"
    return ", ".join(p for p in (debut, fin) if p)
