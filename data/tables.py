"""The tables of FORMATS.md §1: their columns, what must be filled, which words are known."""

from data.model import Echelon, Maille, Nature, StatutStocke
from data.schemas import Colonne, Genre, Table


def _textes(*noms: str) -> tuple[Colonne, ...]:
    return tuple(Colonne(nom) for nom in noms)


def _dates(*noms: str) -> tuple[Colonne, ...]:
    return tuple(Colonne(nom, Genre.DATE) for nom in noms)


def _annees(*noms: str) -> tuple[Colonne, ...]:
    return tuple(Colonne(nom, Genre.ANNEE) for nom in noms)


def _comptes(*noms: str) -> tuple[Colonne, ...]:
    """Numbers that cannot be negative."""
    return tuple(Colonne(nom, Genre.NOMBRE, positif=True) for nom in noms)


def _mesures(*noms: str) -> tuple[Colonne, ...]:
    """Numbers that may be negative."""
    return tuple(Colonne(nom, Genre.NOMBRE) for nom in noms)


def _cle(nom: str, genre: Genre = Genre.IDENTIFIANT) -> Colonne:
    return Colonne(nom, genre, obligatoire=True)


def _liste(nom: str, mots: str, *, obligatoire: bool = False) -> Colonne:
    """List of words that a dataset may go beyond."""
    return Colonne(nom, Genre.LISTE_OUVERTE, obligatoire, tuple(mots.split()))


def _fermee(nom: str, *mots: str, obligatoire: bool = False) -> Colonne:
    """List of words outside which the row is refused."""
    return Colonne(nom, Genre.LISTE_FERMEE, obligatoire, tuple(str(mot) for mot in mots))


_CHAMP = Colonne("champ", Genre.CHAMP)
_CHAMPS = Colonne("champ", Genre.CHAMPS)
_COMMUNE = Colonne("code_commune", Genre.COMMUNE)
_ID_CTG = Colonne("id_ctg", Genre.IDENTIFIANT)
_PERIODE = _dates("date_debut", "date_fin")
_OUVERTURE = _dates("date_ouverture", "date_fermeture")
_POSITION = _mesures("latitude", "longitude")
_TERRITOIRE = (_fermee("maille", *Maille), Colonne("code_territoire", Genre.TERRITOIRE))
_ACTEURS = "caf commune epci ept syndicat departement msa etat cpam autre"
_OUI_NON = "oui non"

_TERRITOIRES = (
    Table("epci", (_cle("code_epci", Genre.EPCI), *_textes("nom", "nature")), "code_epci"),
    Table("champs", (_cle("champ", Genre.MOT), Colonne("libelle")), "champ"),
)

_INDICATEURS = (
    Table(
        "indicateurs",
        (
            _cle("code_territoire", Genre.TERRITOIRE),
            _fermee("maille", *Maille, obligatoire=True),
            _cle("indicateur"),
            _cle("annee", Genre.ANNEE),
            *_mesures("valeur"),
            _fermee("statut", "secret", "non_publie", "manquant"),
        ),
        unicite=("code_territoire", "maille", "indicateur", "annee"),
    ),
    Table(
        "indicateurs_def",
        (
            _cle("indicateur"),
            *_textes("libelle", "unite"),
            _liste("nature", " ".join(Nature)),
            *_textes("numerateur", "denominateur"),
            *_mesures("facteur"),
            _CHAMP,
            *_textes("source", "definition"),
            *_mesures("reference_nationale"),
            *_annees("annee_reference"),
        ),
        "indicateur",
    ),
)

_CTG = (
    Table(
        "ctg",
        (
            _cle("id_ctg"),
            Colonne("nom"),
            _fermee("echelon", *Echelon, obligatoire=True),
            _fermee("statut", *StatutStocke, obligatoire=True),
            *_dates("date_diagnostic", "date_signature"),
            *_PERIODE,
            *_comptes("duree_annees"),
            Colonne("id_ctg_precedente", Genre.IDENTIFIANT),
            _liste("habitants_associes", _OUI_NON),
            *_textes("service_referent", "source"),
            *_dates("date_maj"),
        ),
        "id_ctg",
    ),
    Table(
        "ctg_communes",
        (_cle("id_ctg"), _cle("code_commune", Genre.COMMUNE), _liste("role", "signataire couverte")),
        unicite=("id_ctg", "code_commune", "role"),
    ),
    Table(
        "ctg_signataires",
        (
            _cle("id_ctg"),
            _liste("type", _ACTEURS),
            Colonne("code", Genre.SIGNATAIRE),
            Colonne("nom"),
            *_dates("date_deliberation"),
        ),
    ),
    Table(
        "ctg_champs",
        (_cle("id_ctg"), _CHAMP, _liste("priorite", "1 2 3"), Colonne("objectif")),
        unicite=("id_ctg", "champ", "objectif"),
    ),
    Table(
        "ctg_evaluations",
        (
            _cle("id_ctg"),
            *_dates("date"),
            _liste("type", "intermediaire finale"),
            _liste("etat", "prevue en_cours faite"),
            _liste("suites", "poursuivre reorienter arreter"),
            Colonne("exigences"),
        ),
    ),
    Table(
        "objectifs",
        (
            _cle("id_objectif"),
            _ID_CTG,
            _CHAMP,
            *_textes("libelle", "indicateur"),
            *_mesures("valeur_reference"),
            *_annees("annee_reference"),
            *_mesures("cible"),
            *_annees("annee_cible"),
            *_mesures("valeur_actuelle"),
            *_annees("annee_actuelle"),
            _liste("sens", "hausse baisse"),
        ),
        "id_objectif",
    ),
    Table(
        "actions",
        (
            _cle("id_action"),
            _ID_CTG,
            _CHAMP,
            *_textes("libelle", "pilote"),
            _liste("etat", "prevue engagee realisee abandonnee"),
            Colonne("priorite"),
            *_PERIODE,
            *_textes("indicateur", "orientation_nationale", "priorite_locale"),
            _liste("habitants_associes", _OUI_NON),
            Colonne("adaptation"),
            Colonne("etiquettes", Genre.PLUSIEURS),
            *_TERRITOIRE,
        ),
        "id_action",
    ),
    Table("trajectoire", (*_annees("annee"), *_comptes("cible_population_pct"), Colonne("source")), unicite=("annee",)),
    Table(
        "schemas",
        (_cle("id_schema"), *_textes("type", "libelle"), *_PERIODE, *_TERRITOIRE, _CHAMPS, Colonne("objectif")),
        "id_schema",
    ),
)

_LIEUX = "mairie centre_social maison_enfance mediatheque france_services autre"
_POINTS = "borne_visio point_relais point_numerique permanence agence france_services autre"

_OFFRE = (
    Table(
        "services",
        (
            _cle("id"),
            Colonne("type_service"),
            _CHAMPS,
            *_textes("nom", "adresse"),
            _cle("code_commune", Genre.COMMUNE),
            *_POSITION,
            *_comptes("capacite"),
            _liste("mode", "fixe itinerant antenne"),
            *_OUVERTURE,
            Colonne("source"),
        ),
        "id",
    ),
    Table(
        "points_acces",
        (
            _cle("id"),
            _liste("type", _POINTS, obligatoire=True),
            _liste("lieu_hote", _LIEUX),
            *_textes("nom", "adresse"),
            _COMMUNE,
            *_POSITION,
            *_comptes("jours_par_semaine"),
            _liste("personnel_forme", _OUI_NON),
            _liste("etat", "ouvert projet candidat ferme"),
            *_OUVERTURE,
        ),
        "id",
    ),
    Table(
        "frequentation",
        (_cle("id_point"), *_annees("annee"), *_comptes("visites"), *_textes("unite", "source")),
        unicite=("id_point", "annee", "unite"),
    ),
    Table(
        "territoires_prioritaires",
        (
            Colonne("definition"),
            *_TERRITOIRE,
            *_mesures("rang"),
            Colonne("criteres", Genre.PLUSIEURS),
            Colonne("source"),
            *_annees("annee"),
            Colonne("justification"),
        ),
        unicite=("definition", "maille", "code_territoire", "annee"),
    ),
    Table(
        "interventions",
        (
            _cle("id"),
            Colonne("acteur"),
            _liste("type_acteur", f"{_ACTEURS} gestionnaire"),
            _CHAMPS,
            Colonne("service"),
            _liste("etat", "existante potentielle"),
            *_TERRITOIRE,
            _liste("niveau", "information orientation service financement coordination ingenierie"),
            *_PERIODE,
            *_comptes("etp", "montant_eur"),
        ),
        "id",
    ),
    Table(
        "conventions",
        (
            _cle("id"),
            _liste("type", "cej ps psu bonus_territoire schema_avs autre"),
            *_TERRITOIRE,
            Colonne("collectivite"),
            _CHAMPS,
            _liste("fonction", "service ingenierie diagnostic coordination evaluation copilotage information"),
            *_PERIODE,
            *_comptes("montant_eur"),
            _ID_CTG,
            *_comptes("etp"),
        ),
        "id",
    ),
)

TABLES: tuple[Table, ...] = (*_TERRITOIRES, *_INDICATEURS, *_CTG, *_OFFRE)
"""Every table that is a CSV or a sheet, in the order of FORMATS."""

PAR_NOM = {table.nom: table for table in TABLES}

COMMUNES = Table(
    "communes",
    (_cle("code", Genre.COMMUNE), Colonne("nom"), Colonne("code_epci", Genre.EPCI_OU_RIEN), *_comptes("population")),
    "code",
)
QPV = Table("qpv", (_cle("code_qpv"), Colonne("nom"), Colonne("codes_communes", Genre.COMMUNES)), "code_qpv")
