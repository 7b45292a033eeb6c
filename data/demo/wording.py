"""What agreements say of each field: objectives, indicators, actions; plain French, invented."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Propos:
    """One field: its objective, the measure that follows it with plausible bounds and direction, its actions."""

    objectif: str
    mesure: str
    indicateur: str
    bas: float
    haut: float
    sens: str
    actions: tuple[str, ...]


PROPOS: dict[str, Propos] = {
    "petite_enfance": Propos(
        "Rapprocher l'offre d'accueil des familles qui n'en trouvent pas",
        "Places pour 100 enfants de moins de 3 ans",
        "taux_couverture_petite_enfance",
        44,
        68,
        "hausse",
        ("Ouvrir une micro-crèche", "Étendre les horaires d'une crèche", "Créer un relais petite enfance itinérant"),
    ),
    "enfance": Propos(
        "Offrir un accueil de loisirs toute l'année",
        "Journées-enfants d'accueil de loisirs",
        "",
        2400,
        5200,
        "hausse",
        ("Harmoniser les tarifs des accueils de loisirs", "Ouvrir le mercredi toute l'année"),
    ),
    "jeunesse": Propos(
        "Aller vers les jeunes éloignés des structures",
        "Jeunes accompagnés dans un projet",
        "",
        60,
        190,
        "hausse",
        (
            "Créer une équipe de promeneurs du Net",
            "Ouvrir un accueil de jeunes",
            "Soutenir un foyer de jeunes travailleurs",
        ),
    ),
    "parentalite": Propos(
        "Proposer une action de soutien à la parentalité dans chaque bassin de vie",
        "Familles venues en lieu d'accueil enfants-parents",
        "",
        80,
        260,
        "hausse",
        ("Ouvrir un lieu d'accueil enfants-parents", "Tenir un calendrier commun des actions de parentalité"),
    ),
    "animation_vie_sociale": Propos(
        "Mailler le territoire d'espaces de vie sociale",
        "Centres sociaux et espaces de vie sociale agréés",
        "",
        1,
        6,
        "hausse",
        ("Préfigurer un espace de vie sociale", "Renouveler le projet du centre social"),
    ),
    "logement": Propos(
        "Repérer et traiter les logements indécents",
        "Logements signalés indécents",
        "",
        95,
        40,
        "baisse",
        ("Former les élus au signalement", "Ouvrir une permanence sur les impayés de loyer"),
    ),
    "insertion": Propos(
        "Lever les freins à l'emploi des familles monoparentales",
        "Parents accompagnés vers l'emploi",
        "",
        25,
        110,
        "hausse",
        ("Réserver des places de crèche à vocation d'insertion", "Accompagner les départs en formation"),
    ),
    "handicap": Propos(
        "Accueillir tous les enfants dans les lieux ordinaires",
        "Enfants en situation de handicap accueillis",
        "",
        12,
        58,
        "hausse",
        ("Créer un pôle ressources handicap", "Former les équipes à l'accueil inclusif"),
    ),
    "aide_a_domicile": Propos(
        "Soutenir les familles au moment des naissances et des ruptures",
        "Familles aidées à domicile",
        "",
        40,
        120,
        "hausse",
        ("Faire connaître l'aide à domicile en maternité", "Mobiliser plus tôt l'aide lors des séparations"),
    ),
    "acces_aux_droits": Propos(
        "Donner à chacun un accueil à moins de vingt minutes",
        "Rendez-vous des droits honorés",
        "",
        180,
        640,
        "hausse",
        ("Installer une borne visio", "Former les agents d'accueil des mairies", "Tenir une permanence en mairie"),
    ),
    "inclusion_numerique": Propos(
        "Accompagner les démarches en ligne",
        "Personnes accompagnées au numérique",
        "",
        110,
        480,
        "hausse",
        ("Ouvrir un point numérique", "Organiser des ateliers numériques itinérants"),
    ),
}
