"""Names of places that do not exist: French by sound, unique, none taken from the Code officiel géographique."""

import unicodedata
from collections import Counter

from data.demo.hazard import pick, stream

FLEUVE_NOM, AFFLUENT_NOM = "Sernaie", "Ouvrette"
DEPARTEMENT_NOM = "Sernaie-Maritime"
VILLES_NOMS = (
    "Ormelance", "Brévaude-sur-Sernaie", "Port-Tauvert", "Guérinec", "La Roche-Fauchère", "Saint-Orvel-des-Marches",
)  # fmt: skip
ILES_NOMS = ("Île-d'Ulvaine", "L'Île-aux-Sternes", "Île-de-Gorvec", "L'Île-Brumaire")

_DEBUTS = (
    "Arv", "Aubr", "Balz", "Berz", "Bouvr", "Brév", "Candr", "Charv", "Coulz", "Crév", "Dauv", "Échall", "Esquél",
    "Fauch", "Ferl", "Galv", "Gerl", "Grimm", "Hauv", "Issar", "Jardin", "Kerv", "Lauz", "Lomm", "Marv", "Mérign",
    "Morl", "Nauv", "Nouz", "Orbr", "Orm", "Pell", "Plerm", "Quévr", "Rémér", "Rouvr", "Sarz", "Selv", "Tauv",
    "Thorv", "Trév", "Urv", "Vaucr", "Velz", "Vergl", "Vouz", "Yv", "Zell",
)  # fmt: skip
_FINS = (
    "ac", "ais", "an", "anges", "ardière", "ay", "é", "eau", "ec", "elle", "ière", "igné", "illac", "ogne",
    "ondes", "onnay", "ouët", "ueil", "euil", "ine", "oix", "ance", "ury", "émont", "escourt", "eville", "olles",
    "euse",
)  # fmt: skip
_SAINTS = (
    "Saint-Orvel", "Saint-Guérinec", "Saint-Taurien", "Saint-Amblais", "Saint-Elvance", "Saint-Brandaire",
    "Saint-Corvan", "Saint-Ursal", "Saint-Mélidon", "Saint-Ferlin", "Saint-Aubierge", "Saint-Théobin",
    "Saint-Galvy", "Saint-Ombrain", "Saint-Yvrand", "Saint-Lauzin", "Sainte-Amerine", "Sainte-Ouvrine",
    "Sainte-Elvide", "Sainte-Corance", "Sainte-Hermelle", "Sainte-Talvie", "Sainte-Nauve",
)  # fmt: skip
_LIEUX = (
    "La Brûlardière", "La Chapelle-Ormière", "La Ferrandais", "La Gravelière-Neuve", "La Haie-Corbelle",
    "La Roussardière", "La Tremblaye-aux-Oies", "Le Bois-Guérault", "Le Breuil-Tauvin", "Le Coudrier-Blanc",
    "Le Gué-aux-Hérons", "Le Mesnardeau", "Le Plessis-Orvault", "Le Tertre-Gallion", "Le Vieux-Saulnier",
    "Les Aubraies-Hautes", "Les Essarvilles", "Les Fontenolles", "Les Landes-Cormières", "Les Quatre-Moulins-du-Bocage",
    "Les Salines-d'Ouvrault", "Les Trois-Ormes", "L'Aiguillette", "L'Échassière", "L'Épinaie-Gauvelle", "L'Orméliaude",
)  # fmt: skip
_SUITES = (
    "-en-Bocage", "-la-Forêt", "-aux-Ormes", "-des-Landes", "-sous-Bois", "-d'Argentière", "-l'Abbaye",
    "-les-Étangs", "-le-Château", "-et-Corvilliers", "-du-Désert", "-entre-les-Eaux", "-la-Montagne",
    "-les-Bruyères", "-de-la-Lande-aux-Moines",
)  # fmt: skip
_DE_LIEU = {
    "mer": ("-sur-Mer", "-sur-Mer", "-Plage", "-la-Côte", "-le-Port"),
    "fleuve": (f"-sur-{FLEUVE_NOM}",),
    "affluent": (f"-sur-{AFFLUENT_NOM}",),
    "ville": ("-lès-Ormelance",),
}
_MAX_PAR_RACINE, _MAX_PAR_SUITE = 4, 4


def draw(marques: list[str]) -> list[str]:
    """Name communes one by one; a mark (`mer`, `fleuve`, `affluent`, `ville`, "") tells what a name may allude to."""
    rng = stream("noms")
    lieux = list(_LIEUX)
    usage: Counter[str] = Counter()
    noms: dict[str, None] = {}
    while len(noms) < len(marques):
        racine = pick(rng, _SAINTS) if rng.random() < 0.16 else pick(rng, _DEBUTS) + pick(rng, _FINS)
        souche = racine if racine.startswith("Saint") else racine[:4]
        marque = marques[len(noms)]
        suites = _DE_LIEU.get(marque, ()) if rng.random() < (0.4 if marque == "mer" else 0.6) else ()
        suite = pick(rng, suites) if suites else pick(rng, _SUITES) if rng.random() < 0.24 else ""
        nom = lieux.pop(int(rng.integers(len(lieux)))) if lieux and rng.random() < 0.1 else racine + suite
        trop = usage[souche] >= _MAX_PAR_RACINE or (suite in _SUITES and usage[suite] >= _MAX_PAR_SUITE)
        if nom != racine + suite or not (trop or nom in noms or nom in VILLES_NOMS):
            usage.update((souche, suite))
            noms[nom] = None
    return list(noms)


def of(nom: str) -> str:
    """Return a name after « de », contracted as French wants: du Gué, des Essarts, de l'Île, d'Ormelance."""
    for article, contraction in (("Le ", "du "), ("Les ", "des "), ("La ", "de la "), ("L'", "de l'")):
        if nom.startswith(article):
            return contraction + nom.removeprefix(article)
    return ("d'" if fold(nom)[0] in "aeiouyh" else "de ") + nom


def fold(nom: str) -> str:
    """Return a name without accents, case nor punctuation, to compare and to sort."""
    plain = unicodedata.normalize("NFKD", nom.replace("'", " ").replace("-", " "))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()
