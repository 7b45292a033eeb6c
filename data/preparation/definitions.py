"""What the indicators that preparation writes are, as `indicateurs-def.csv` has them."""

from data.measures.definitions import CONNUES, Definition
from data.model import Nature

_PROPRES = (
    Definition("niveau_densite", "Niveau de densité de la commune", "niveau de 1 à 7", Nature.TAUX),
    Definition("niveau_centralite", "Niveau de centralité de la commune", "niveau de 0 à 4", Nature.TAUX),
    Definition("population_0_14", "Population de 0 à 14 ans", "enfants", Nature.EFFECTIF, champ="petite_enfance"),
)
_TEXTES = {
    "population_municipale": "Population municipale légale du recensement de l'année",
    "population_0_14": "Habitants de 0 à 14 ans, estimés par la somme des Iris de la commune",
    "niveau_densite": (
        "Grille communale de densité, du plus dense (1, grands centres urbains) au moins dense (7, rural à habitat "
        "très dispersé)\u202f; de 5 à 7, communes rurales"
    ),
    "niveau_centralite": (
        "Centre d'équipements et de services\u202f: 0, aucun\u202f; 1, local\u202f; 2, intermédiaire\u202f; "
        "3, structurant\u202f; 4, majeur"
    ),
    "enfants_0_2": "Enfants de 0 à 2 ans révolus",
    "enfants_3_5": "Enfants de 3 à 5 ans révolus",
    "enfants_6_17": "Enfants de 6 à 17 ans révolus",
    "familles_monoparentales": "Ménages dont la famille principale est monoparentale",
    "revenu_median": "Niveau de vie médian par unité de consommation\u202f; n'existe qu'où il est publié",
    "taux_pauvrete": "Part des personnes sous 60\u202f% du niveau de vie médian\u202f; n'existe qu'où il est publié",
    "taux_couverture_petite_enfance": "Places théoriques pour 100 enfants de moins de 3 ans\u202f; peut dépasser 100",
    "foyers_allocataires": "Foyers recevant au moins une prestation de la Caf en décembre, arrondis à 5",
    "personnes_couvertes": "Toutes les personnes des foyers allocataires, arrondies à 5",
    "places_petite_enfance": "Places théoriques offertes simultanément",
}
ESTIMATIONS = {
    "population_0_14": {
        "enfants_0_2": "ESTIMATION\u202f: population de 0 à 14 ans × 3/15",
        "enfants_3_5": "ESTIMATION\u202f: population de 0 à 14 ans × 3/15",
        "familles_monoparentales": "ESTIMATION\u202f: somme des Iris de la commune",
    }
}
"""What a format adds to the definition of an indicator that it only estimates."""
_CHAMPS = {
    "enfants_0_2": "petite_enfance", "enfants_3_5": "enfance", "enfants_6_17": "jeunesse",
    "taux_couverture_petite_enfance": "petite_enfance", "places_petite_enfance": "petite_enfance",
}  # fmt: skip
_TOUTES = {**CONNUES, **{d.id: d for d in _PROPRES}}


def nature_of(indicateur: str) -> str:
    """Nature of an indicator; one that is not known is never summed."""
    connue = _TOUTES.get(indicateur)
    return (connue.nature if connue else Nature.TAUX).value


def define(indicateur: str, formats: frozenset[str]) -> dict[str, str]:
    """Give the row of `indicateurs-def.csv` of an indicator met in files of these formats, without its source."""
    connue = _TOUTES.get(indicateur)
    textes = [_TEXTES.get(indicateur, "" if connue else "Indicateur importé tel quel\u202f; jamais sommé")]
    textes += [ESTIMATIONS[f][indicateur] for f in sorted(formats) if indicateur in ESTIMATIONS.get(f, {})]
    return {
        "indicateur": indicateur,
        "libelle": connue.libelle if connue else indicateur.replace("_", " ").capitalize(),
        "unite": connue.unite if connue else "",
        "nature": nature_of(indicateur),
        "numerateur": "",
        "denominateur": "",
        "facteur": "",
        "champ": _CHAMPS.get(indicateur, connue.champ if connue else ""),
        "definition": ". ".join(t for t in textes if t),
    }
