"""Names of places that do not exist: French by sound, unique, none taken from the Code officiel géographique."""

import unicodedata

from data.demo.hazard import pick, stream

FLEUVE_NOM, AFFLUENT_NOM = "Sernaie", "Ouvrette"
DEPARTEMENT_NOM = "Sernaie-Maritime"

_DEBUTS = (
    "Arv",
    "Aubr",
    "Balz",
    "Berz",
    "Bouvr",
    "Brév",
    "Candr",
    "Charv",
    "Coulz",
    "Crév",
    "Dauv",
    "Échall",
    "Esquél",
    "Fauch",
    "Ferl",
    "Galv",
    "Gerl",
    "Grimm",
    "Hauv",
    "Issar",
    "Jardin",
    "Kerv",
    "Lauz",
    "Lomm",
    "Marv",
    "Mérign",
    "Morl",
    "Nauv",
    "Nouz",
    "Orbr",
    "Orm",
    "Pell",
    "Plerm",
    "Quévr",
    "Rémér",
    "Rouvr",
    "Sarz",
    "Selv",
    "Tauv",
    "Thorv",
    "Trév",
    "Urv",
    "Vaucr",
    "Velz",
    "Vergn",
    "Vouz",
    "Yv",
    "Zell",
)
_FINS = (
    "ac",
    "ais",
    "an",
    "anges",
    "ardière",
    "ay",
    "é",
    "eau",
    "ec",
    "elle",
    "ière",
    "igné",
    "illac",
    "ogne",
    "ondes",
    "onnay",
    "ouët",
    "ueil",
    "euil",
    "ine",
    "oix",
    "ance",
    "ury",
    "émont",
    "escourt",
    "eville",
    "olles",
    "euse",
)
_SAINTS = (
    "Saint-Orvel",
    "Saint-Guérinec",
    "Saint-Taurien",
    "Saint-Amblais",
    "Saint-Elvance",
    "Saint-Brévin-l'Ermite",
    "Saint-Corvan",
    "Saint-Ursal",
    "Saint-Mélidon",
    "Saint-Foulque",
    "Saint-Aubierge",
    "Saint-Théobin",
    "Sainte-Amerine",
    "Sainte-Ouvrine",
    "Sainte-Elvide",
    "Sainte-Corance",
    "Sainte-Hermelle",
    "Sainte-Talvie",
)
_ARTICLES = (
    "La Brûlardière",
    "La Chapelle-Ormière",
    "La Ferrandais",
    "La Gravelière-Neuve",
    "La Haie-Corbelle",
    "La Roussardière",
    "La Tremblaye-aux-Oies",
    "Le Bois-Guérault",
    "Le Breuil-Tauvin",
    "Le Coudrier-Blanc",
    "Le Gué-aux-Hérons",
    "Le Mesnardeau",
    "Le Plessis-Orvault",
    "Le Tertre-Gallion",
    "Le Vieux-Saulnier",
    "Les Aubraies-Hautes",
    "Les Essarvilles",
    "Les Fontenolles",
    "Les Landes-Cormières",
    "Les Quatre-Moulins-du-Bocage",
    "Les Salines-d'Ouvrault",
    "Les Trois-Ormes",
    "L'Aiguillette",
    "L'Échassière",
    "L'Épinaie-Gauvelle",
    "L'Orméliaude",
)
_SUITES = (
    "-en-Bocage",
    "-le-Vieux",
    "-la-Forêt",
    "-aux-Ormes",
    "-des-Landes",
    "-le-Petit",
    "-la-Grande",
    "-sous-Bois",
    "-d'Argentière",
    "-l'Abbaye",
    "-les-Étangs",
    "-de-la-Lande-aux-Moines",
    "-et-Corvilliers",
    "-du-Désert",
    "-lès-Ormelance",
    "-entre-les-Eaux",
)
VILLES_NOMS = (
    "Ormelance",
    "Brévaude-sur-Sernaie",
    "Port-Tauvert",
    "Guérinec",
    "La Roche-Fauchère",
    "Saint-Orvel-des-Marches",
)
ILES_NOMS = ("Île-d'Ulvaine", "L'Île-aux-Sternes", "Île-de-Gorvec", "L'Île-Brumaire")


def draw(marques: list[str]) -> list[str]:
    """Name communes one by one; a mark is `mer`, `fleuve`, `affluent` or "" and gives the name its colour."""
    rng = stream("noms")
    saints = list(_SAINTS)
    articles = list(_ARTICLES)
    seen = {fold(nom) for nom in (*VILLES_NOMS, *ILES_NOMS)}
    noms = []
    while len(noms) < len(marques):
        genre = pick(rng, ("simple", "saint", "article", "suite"), (56, 15, 10, 19))
        nom = pick(rng, _DEBUTS) + pick(rng, _FINS)
        if genre == "saint":
            nom = pick(rng, saints) + (pick(rng, _SUITES) if rng.random() < 0.45 else "")
        elif genre == "article" and articles:
            nom = articles.pop(int(rng.integers(len(articles))))
        elif genre == "suite":
            nom += pick(rng, _SUITES)
        if genre != "article" and rng.random() < 0.55:
            nom = _coloured(nom, marques[len(noms)])
        if fold(nom) not in seen:
            seen.add(fold(nom))
            noms.append(nom)
    return noms


def _coloured(nom: str, marque: str) -> str:
    suite = {"mer": "-sur-Mer", "fleuve": f"-sur-{FLEUVE_NOM}", "affluent": f"-sur-{AFFLUENT_NOM}"}.get(marque, "")
    return nom.split("-en-")[0] + suite if suite and nom.count("-") < 2 else nom


def fold(nom: str) -> str:
    """Return a name without accents, case nor punctuation, to compare and to sort."""
    plain = unicodedata.normalize("NFKD", nom.replace("'", " ").replace("-", " "))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()
