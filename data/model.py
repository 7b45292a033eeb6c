"""The words of the domain as frozen types: no I/O, no frame."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Maille(StrEnum):
    """Mesh in which values are held; the map shows the first three."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    QPV = "qpv"

    @property
    def libelle(self) -> str:
        """French label, singular."""
        return {"commune": "Commune", "epci": "Epci", "departement": "Département", "qpv": "Quartier prioritaire"}[self]


MAILLES_CARTE = (Maille.COMMUNE, Maille.EPCI, Maille.DEPARTEMENT)


class Echelon(StrEnum):
    """Level at which one agreement is signed."""

    DEPARTEMENTAL = "departemental"
    INTERCOMMUNAL = "intercommunal"
    COMMUNAL = "communal"


class FiltreEchelon(StrEnum):
    """What the échelon filter lets through; `tous` covers what `local` covers."""

    TOUS = "tous"
    LOCAL = "local"
    INTERCOMMUNAL = "intercommunal"
    COMMUNAL = "communal"
    DEPARTEMENTAL = "departemental"

    @property
    def libelle(self) -> str:
        """French label, as the filter shows it."""
        return {
            "tous": "Tous les échelons",
            "local": "Local",
            "intercommunal": "Intercommunal",
            "communal": "Communal",
            "departemental": "Départemental",
        }[self]

    @property
    def couvrants(self) -> frozenset[Echelon]:
        """Échelons whose agreements cover a commune under this filter (FORMATS §3)."""
        local = frozenset({Echelon.INTERCOMMUNAL, Echelon.COMMUNAL})
        if self in (FiltreEchelon.TOUS, FiltreEchelon.LOCAL):
            return local
        return frozenset({Echelon(self.value)})

    @property
    def comptes(self) -> frozenset[Echelon]:
        """Échelons whose agreements are counted and listed under this filter."""
        return frozenset(Echelon) if self is FiltreEchelon.TOUS else self.couvrants


class StatutStocke(StrEnum):
    """Value of `ctg.statut` in a file; it plays no part in coverage."""

    A_L_ETUDE = "a_l_etude"
    DIAGNOSTIC = "diagnostic"
    REDACTION = "redaction"
    SIGNEE = "signee"
    EVALUATION = "evaluation"
    RENOUVELEE = "renouvelee"
    NON_ENGAGEE = "non_engagee"


class StatutCtg(StrEnum):
    """Status of an agreement computed at a day, never stored (FORMATS §3)."""

    EN_VIGUEUR = "en_vigueur"
    A_RENOUVELER = "a_renouveler"
    A_VENIR = "a_venir"
    EN_PREPARATION = "en_preparation"
    ECHUE = "echue"
    NON_ENGAGEE = "non_engagee"

    @property
    def libelle(self) -> str:
        """French label."""
        return {
            "en_vigueur": "En vigueur",
            "a_renouveler": "À renouveler",
            "a_venir": "À venir",
            "en_preparation": "En préparation",
            "echue": "Échue",
            "non_engagee": "Pas de démarche",
        }[self]


class Blanc(StrEnum):
    """Why a figure is absent; zero is a figure, not a blank."""

    SECRET = "secret"
    NON_PUBLIE = "non_publie"
    MANQUANT = "manquant"
    PETIT_DENOMINATEUR = "petit_denominateur"

    @property
    def libelle(self) -> str:
        """French label, as legends and tables show it."""
        return {
            "secret": "s. (secret statistique)",
            "non_publie": "non publié à cette maille",
            "manquant": "nd (donnée manquante)",
            "petit_denominateur": "dénominateur trop petit",
        }[self]


class Nature(StrEnum):
    """What an indicator is, hence whether it adds up and how it is drawn."""

    EFFECTIF = "effectif"
    RAPPORT = "rapport"
    TAUX = "taux"
    MONTANT = "montant"
    MEDIANE = "mediane"


class Profil(StrEnum):
    """Secrecy profile of whoever receives the figures."""

    INTERNE = "interne"
    PARTENAIRE = "partenaire"


TOUS_CHAMPS = "tous"


@dataclass(frozen=True, slots=True)
class Champ:
    """A thematic field (DOMAINE §2.5) and how its density is measured (§3.3).

    `denominateur` lists the effectifs that are summed; `facteur` multiplies the ratio.
    """

    id: str
    libelle: str
    libelle_lettre: str
    competence_partagee: bool
    couleur: str
    denominateur: tuple[str, ...] = ("population_municipale",)
    denominateur_libelle: str = "habitants"
    facteur: int = 10_000
    services: tuple[str, ...] = ()


_MOINS_DE_18 = ("enfants_0_2", "enfants_3_5", "enfants_6_17")

CHAMPS: tuple[Champ, ...] = (
    Champ(
        "petite_enfance",
        "Petite enfance",
        "petite enfance",
        True,
        "#c2571a",
        ("enfants_0_2",),
        "enfants de moins de 3 ans",
        1_000,
        ("eaje", "accueil_petite_enfance", "relais_petite_enfance"),
    ),
    Champ(
        "enfance",
        "Enfance",
        "enfance",
        False,
        "#b8860b",
        ("enfants_3_5", "enfants_6_17"),
        "enfants de 3 à 17 ans",
        1_000,
        ("alsh", "ecole_maternelle", "ecole_elementaire"),
    ),
    Champ(
        "jeunesse",
        "Jeunesse",
        "jeunesse",
        False,
        "#5f7a1f",
        ("enfants_6_17",),
        "enfants de 6 à 17 ans",
        1_000,
        ("alsh", "fjt", "college"),
    ),
    Champ(
        "parentalite",
        "Soutien à la parentalité",
        "soutien à la parentalité",
        True,
        "#9c4668",
        _MOINS_DE_18,
        "enfants de moins de 18 ans",
        1_000,
        ("laep", "mediation_familiale"),
    ),
    Champ(
        "animation_vie_sociale",
        "Animation de la vie sociale",
        "animation de la vie sociale",
        False,
        "#2c7a7b",
        services=("centre_social", "evs"),
    ),
    Champ(
        "logement",
        "Logement et cadre de vie",
        "logement et l'amélioration du cadre de vie",
        False,
        "#6b5b95",
        services=("chrs",),
    ),
    Champ("insertion", "Insertion", "insertion", False, "#7a5230", services=("chrs",)),
    Champ(
        "handicap",
        "Handicap",
        "handicap",
        False,
        "#39688f",
        services=("service_enfants_handicapes", "hebergement_enfants_handicapes"),
    ),
    Champ("aide_a_domicile", "Aide à domicile", "aide à domicile", False, "#8a6d3b", services=("aide_a_domicile",)),
    Champ(
        "acces_aux_droits",
        "Accès aux droits et aux services",
        "accès aux droits et aux services",
        False,
        "#1f5fa8",
        services=("france_services",),
    ),
    Champ(
        "inclusion_numerique",
        "Inclusion numérique",
        "",
        False,
        "#4a5a9a",
        services=("mediation_numerique",),
    ),
)


@dataclass(frozen=True, slots=True)
class Parametres:
    """Every threshold of a dataset, shown to the user (FORMATS §1); `gabarit_pptx`, `logo`: files of its folder."""

    duree_ctg_annees: int = 5
    alerte_renouvellement_mois: int = 12
    echeances_mois: tuple[int, ...] = (3, 6, 12)
    evolution_stable_pct: float = 1.0
    secret_seuil: int = 5
    secret_seuil_partenaire: int = 11
    detour_route: float = 1.3
    acces_km: tuple[float, ...] = (5.0, 10.0, 20.0)
    denominateur_min_enfants: int = 20
    denominateur_min_habitants: int = 200
    fond_ign: bool = False
    adresse_publique: str = ""  # where a snapshot says that the atlas is
    gabarit_pptx: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Producer and vintage of one file of the dataset."""

    fichier: str
    producteur: str
    titre: str
    millesime: str = ""
    licence: str = ""
    url: str = ""
    date_maj: date | None = None


@dataclass(frozen=True, slots=True)
class Jeu:
    """What `jeu.toml` says, the Caf of itself included; `version` is a hash of the content of the dataset."""

    nom: str
    departements: tuple[str, ...]
    cog: int
    demarche: str = "deux_echelons"
    fictif: bool = False
    date_reference: date | None = None
    caf_experimentatrice: bool = False
    schema_prefigurateur: bool = False
    parametres: Parametres = field(default_factory=Parametres)
    sources: tuple[Source, ...] = ()
    version: str = ""
