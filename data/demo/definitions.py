"""Definitions of the indicators of the demonstration: every one known to FORMATS.md, and two ratios."""

from data.demo.tables import Lignes

ANNEES = (2015, 2018, 2021, 2023)
_COURT = (2019, 2021, 2023)
_SOURCE = "Valeurs fictives, ordre de grandeur "

# id, label, unit, nature, field, producer imitated, years, definition
DEFINITIONS: tuple[tuple[str, str, str, str, str, str, tuple[int, ...], str], ...] = (
    ("population_municipale", "Population municipale", "habitants", "effectif", "", "Insee", ANNEES,
     "Habitants ayant leur résidence habituelle dans la commune"),
    ("enfants_0_2", "Enfants de moins de 3 ans", "enfants", "effectif", "petite_enfance", "Insee", _COURT,
     "Enfants de 0 à 2 ans révolus"),
    ("enfants_3_5", "Enfants de 3 à 5 ans", "enfants", "effectif", "enfance", "Insee", _COURT,
     "Enfants de 3 à 5 ans révolus"),
    ("enfants_6_17", "Enfants de 6 à 17 ans", "enfants", "effectif", "jeunesse", "Insee", _COURT,
     "Enfants de 6 à 17 ans révolus"),
    ("foyers_allocataires", "Foyers allocataires", "foyers", "effectif", "", "Cnaf", _COURT,
     "Foyers recevant au moins une prestation de la Caf en décembre"),
    ("personnes_couvertes", "Personnes couvertes", "personnes", "effectif", "", "Cnaf", _COURT,
     "Toutes les personnes des foyers allocataires ; ni les foyers, ni les habitants"),
    ("places_petite_enfance", "Places d'accueil du jeune enfant", "places", "effectif", "petite_enfance", "Cnaf",
     _COURT, "Places théoriques offertes simultanément, accueil collectif et individuel"),
    ("taux_couverture_petite_enfance", "Taux de couverture petite enfance", "places pour 100 enfants de moins de 3 ans",
     "taux", "petite_enfance", "Cnaf", _COURT,
     "Places théoriques pour 100 enfants de moins de 3 ans ; peut dépasser 100 ; publié pour les communes "
     "de plus de 10 000 habitants, les Epci et le département"),
    ("revenu_median", "Revenu disponible médian", "€ par an et unité de consommation", "mediane", "", "Insee", _COURT,
     "Niveau de vie médian ; ne s'additionne pas ; secret dans les petites communes"),
    ("taux_pauvrete", "Taux de pauvreté", "%", "taux", "insertion", "Insee", _COURT,
     "Part des personnes sous 60 % du niveau de vie médian ; publié à partir de 1 000 ménages"),
    ("familles_monoparentales", "Familles monoparentales", "familles", "effectif", "insertion", "Insee", _COURT,
     "Familles d'un seul parent avec enfants de moins de 25 ans"),
    ("familles_biactives", "Familles biactives", "familles", "effectif", "petite_enfance", "Insee", _COURT,
     "Couples avec enfants dont les deux parents travaillent"),
    ("menages_sans_voiture", "Ménages sans voiture", "ménages", "effectif", "acces_aux_droits", "Insee", _COURT,
     "Ménages ne disposant d'aucune voiture"),
    ("logements_indecents", "Logements indécents", "logements", "effectif", "logement", "Caf", _COURT,
     "Logements d'allocataires signalés indécents dans l'année"),
    ("expulsions", "Expulsions locatives", "décisions", "effectif", "logement", "Préfecture", _COURT,
     "Décisions d'expulsion prononcées dans l'année"),
    ("prestations_legales_eur", "Prestations légales versées", "€", "montant", "", "Caf", _COURT,
     "Prestations familiales, logement et solidarité versées dans l'année"),
    ("aides_logement_eur", "Aides au logement", "€", "montant", "logement", "Caf", _COURT,
     "Part des prestations légales qui aide à se loger, versée dans l'année"),
    ("action_sociale_eur", "Action sociale", "€", "montant", "", "Caf", _COURT,
     "Aides d'action sociale de la Caf aux familles et aux équipements dans l'année"),
    ("potentiel_financier_hab", "Potentiel financier par habitant", "€ par habitant", "rapport", "", "Dgcl", _COURT,
     "Richesse fiscale et dotations d'une collectivité par habitant, telle que publiée"),
    ("revenu_net_moyen_foyer_fiscal", "Revenu net moyen par foyer fiscal", "€ par an", "rapport", "", "Dgfip", _COURT,
     "Revenu net imposable moyen par foyer fiscal, tel que publié"),
)  # fmt: skip
_RATIOS = (
    ("part_personnes_couvertes", "Part des habitants couverts par la Caf", "pour 100 habitants",
     "personnes_couvertes", "population_municipale", 100, "",
     "Personnes couvertes pour 100 habitants, rapport des sommes à chaque maille"),
    ("part_logements_indecents", "Logements indécents rapportés aux allocataires", "pour 1 000 foyers allocataires",
     "logements_indecents", "foyers_allocataires", 1_000, "logement",
     "Logements signalés indécents pour 1 000 foyers allocataires, rapport des sommes à chaque maille"),
)  # fmt: skip

# National values, invented as all the rest: what a Caf would copy from the producer of the indicator.
_NATIONALES = {
    "taux_couverture_petite_enfance": 56.2,
    "revenu_median": 22_300,
    "taux_pauvrete": 13.8,
    "potentiel_financier_hab": 1_040,
    "revenu_net_moyen_foyer_fiscal": 25_400,
    "part_personnes_couvertes": 46.5,
}
_ANNEE_NATIONALE = 2023


def rows() -> Lignes:
    """Return the rows of indicateurs-def.csv."""
    lignes: Lignes = _measured() + _ratios()
    for ligne in lignes:
        nationale = _NATIONALES.get(str(ligne["indicateur"]))
        ligne |= {"reference_nationale": nationale, "annee_reference": _ANNEE_NATIONALE if nationale else None}
    return lignes


def _measured() -> Lignes:
    return [
        {
            "indicateur": ident,
            "libelle": libelle,
            "unite": unite,
            "nature": nature,
            "champ": champ,
            "source": _SOURCE + producteur,
            "definition": definition,
        }
        for ident, libelle, unite, nature, champ, producteur, _, definition in DEFINITIONS
    ]


def _ratios() -> Lignes:
    return [
        {
            "indicateur": ident,
            "libelle": libelle,
            "unite": unite,
            "nature": "rapport",
            "numerateur": haut,
            "denominateur": bas,
            "facteur": facteur,
            "champ": champ,
            "source": "Calcul",
            "definition": definition,
        }
        for ident, libelle, unite, haut, bas, facteur, champ, definition in _RATIOS
    ]
