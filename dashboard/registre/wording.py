"""The closed words of interventions and conventions, as people read them; an unknown word is shown as written."""

from dashboard.registre.contract import Contexte
from data.measures.scope import Portee
from layers.kit.texts import upper_first

NIVEAUX = {
    "information": "information",
    "orientation": "orientation",
    "service": "service rendu",
    "financement": "financement",
    "coordination": "coordination",
    "ingenierie": "ingénierie",
}
TYPES_ACTEUR = {
    "caf": "Caf",
    "commune": "commune",
    "epci": "Epci",
    "ept": "établissement public territorial",
    "syndicat": "syndicat",
    "departement": "conseil départemental",
    "msa": "Msa",
    "etat": "État",
    "cpam": "Cpam",
    "gestionnaire": "gestionnaire d'équipement",
    "autre": "autre organisme",
}
ETIQUETTES = {
    "politique_de_la_ville": "politique de la ville",
    "egalite_femmes_hommes": "égalité entre les femmes et les hommes",
    "familles_vulnerables": "familles vulnérables",
    "temps_libre": "temps libre",
}
TYPES_CONVENTION = {
    "cej": "Contrat enfance jeunesse (Cej)",
    "ps": "Prestation de service (Ps)",
    "psu": "Prestation de service unique (Psu)",
    "bonus_territoire": "Bonus territoire",
    "schema_avs": "Schéma de l'animation de la vie sociale",
    "autre": "Autre convention",
}
FONCTIONS = {
    "service": "fonctionnement des structures",
    "ingenierie": "ingénierie",
    "diagnostic": "diagnostic",
    "coordination": "coordination",
    "evaluation": "évaluation",
    "copilotage": "copilotage",
    "information": "information des familles et des partenaires",
}
ETATS_ACTION = {"prevue": "prévues", "engagee": "engagées", "realisee": "réalisées", "abandonnee": "abandonnées"}
SUITES = {"poursuivre": "poursuivre", "reorienter": "réorienter", "arreter": "arrêter"}
ETATS_EVALUATION = {"prevue": "prévue", "en_cours": "en cours", "faite": "faite"}
TYPES_EVALUATION = {"intermediaire": "intermédiaire", "finale": "finale"}
_ACCENTUES = {
    "petite_enfance": "petite enfance",
    "mediation_familiale": "médiation familiale",
    "pole_ressources_handicap": "pôle ressources handicap",
    "atelier_numerique": "atelier numérique",
    "lieu_accueil_enfants_parents": "lieu d'accueil enfants-parents",
    "point_d_accueil": "point d'accueil",
    "portail_information_familles": "portail d'information des familles",
}


def said(mots: dict[str, str], mot: str) -> str:
    """Return the French of a closed word; one that is unknown as it is written, without its underscores."""
    return mots.get(mot, mot.replace("_", " "))


def service_label(service: str) -> str:
    """Return a type of service as people write it: « Pôle ressources handicap »."""
    return upper_first(_ACCENTUES.get(service, service.replace("_", " ")))


def field_labels(contexte: Contexte, champs: tuple[str, ...]) -> str:
    """Return the labels of some fields, joined."""
    return ", ".join(field_label(contexte, c) for c in champs)


def field_label(contexte: Contexte, champ: str) -> str:
    """Return the label of a field, its id written as words where the dataset does not know it."""
    connu = contexte.frames.champ(champ)
    return connu.libelle if connu else champ.replace("_", " ")


def place(contexte: Contexte, code: str) -> str:
    """Return the name of a territory, its code where it has none."""
    return contexte.frames.noms.get(code, code) or "territoire non précisé"


def scope_of(contexte: Contexte) -> Portee:
    """Return the question that the filters of the page ask."""
    vue = contexte.vue
    return Portee(vue.date, vue.echelon, vue.champ, vue.territoire, vue.communes, vue.profil)
