"""What `jeu.toml` says: the name, the thresholds, and the source of every file."""

from data.demo.agreements import CAF, REFERENCE
from data.demo.territory import DEPARTEMENT

COG = 2026
_SOURCES = (
    ("communes.geojson", "Contours dessinés par un tirage au sort"),
    ("contexte-departements.geojson", "Départements voisins inventés"),
    ("contexte-eau.geojson", "Cours d'eau inventés"),
    ("epci.csv", "Epci inventés"),
    ("qpv.geojson", "Quartiers inventés"),
    ("indicateurs.csv", "Indicateurs inventés, ordres de grandeur plausibles"),
    ("indicateurs-def.csv", "Définitions des indicateurs"),
    ("ctg.csv", "Conventions inventées"),
    ("ctg-communes.csv", "Communes des conventions"),
    ("ctg-signataires.csv", "Signataires des conventions"),
    ("ctg-champs.csv", "Champs des conventions"),
    ("ctg-evaluations.csv", "Évaluations des conventions"),
    ("objectifs.csv", "Objectifs des conventions"),
    ("actions.csv", "Plans d'actions"),
    ("schemas.csv", "Schémas et plans"),
    ("services.csv", "Services inventés"),
    ("points-acces.csv", "Points d'accès inventés"),
    ("frequentation.csv", "Fréquentation inventée"),
    ("territoires-prioritaires.csv", "Zonages inventés"),
    ("interventions.csv", "Interventions inventées"),
    ("conventions.csv", "Conventions de financement inventées"),
)


def toml() -> str:
    """Return the text of jeu.toml."""
    tete = f"""# Jeu de démonstration : un département qui n'existe pas. Écrit par « python -m data.demo ».
[jeu]
nom = "{CAF.replace("Caf ", "Caf fictive ")}"
departements = ["{DEPARTEMENT}"]
cog = {COG}
demarche = "deux_echelons"
fictif = true
date_reference = {REFERENCE.isoformat()}
caf_experimentatrice = false
schema_prefigurateur = false

[parametres]
duree_ctg_annees = 5
alerte_renouvellement_mois = 12
secret_seuil = 5
secret_seuil_partenaire = 11
detour_route = 1.3
acces_km = [5, 10, 20]
denominateur_min_enfants = 20
denominateur_min_habitants = 200
fond_ign = false
adresse_publique = ""
echeances_mois = [3, 6, 12]
evolution_stable_pct = 1
gabarit_pptx = ""
logo = ""
"""
    sources = [_source(fichier, "Générateur d'Atlas Ctg", titre, "2026", "MIT") for fichier, titre in _SOURCES]
    sources.append(
        _source("trajectoire.csv", "Cnaf", "Trajectoire de la Cog 2018-2022, rapport d'activité 2022 d'une Caf",
                "2018-2022", "Texte public")
    )  # fmt: skip
    return "\n".join([tete, *sources])


def _source(fichier: str, producteur: str, titre: str, millesime: str, licence: str) -> str:
    return (
        f'[[sources]]\nfichier = "{fichier}"\nproducteur = "{producteur}"\ntitre = "{titre}"\n'
        f'millesime = "{millesime}"\nlicence = "{licence}"\nurl = ""\ndate_maj = 2026-10-15\n'
    )
