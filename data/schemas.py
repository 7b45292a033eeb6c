"""The columns of every table of FORMATS.md §1, and the pandera schema made from them."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import pandas as pd
import pandera.pandas as pa

from data.model import Echelon, Maille, StatutStocke


class Genre(StrEnum):
    """What a column holds, hence how its cells are read."""

    TEXTE = "texte"
    IDENTIFIANT = "identifiant"
    COMMUNE = "commune"
    COMMUNES = "communes"
    EPCI = "epci"
    TERRITOIRE = "territoire"
    DATE = "date"
    NOMBRE = "nombre"
    ANNEE = "annee"
    LISTE_FERMEE = "liste_fermee"
    LISTE_OUVERTE = "liste_ouverte"
    CHAMP = "champ"
    CHAMPS = "champs"
    PLUSIEURS = "plusieurs"
    MOT = "mot"


NUMERIQUES = frozenset({Genre.NOMBRE, Genre.ANNEE})


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: `valeurs` are the known words of a list, `positif` forbids numbers below zero."""

    nom: str
    genre: Genre = Genre.TEXTE
    obligatoire: bool = False
    valeurs: tuple[str, ...] = ()
    positif: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `cle` is the column that names a row, `unicite` the columns that no two rows share."""

    nom: str
    colonnes: tuple[Colonne, ...]
    cle: str = ""
    unicite: tuple[str, ...] = ()

    @property
    def noms(self) -> tuple[str, ...]:
        """Names of the columns, in the order of FORMATS."""
        return tuple(c.nom for c in self.colonnes)

    def colonne(self, nom: str) -> Colonne:
        """Return a column by its name."""
        return next(c for c in self.colonnes if c.nom == nom)

    @property
    def fichier(self) -> str:
        """Name of its CSV file."""
        return f"{self.nom.replace('_', '-')}.csv"


def _textes(*noms: str) -> tuple[Colonne, ...]:
    return tuple(Colonne(nom) for nom in noms)


def _dates(*noms: str) -> tuple[Colonne, ...]:
    return tuple(Colonne(nom, Genre.DATE) for nom in noms)


def _cle(nom: str) -> Colonne:
    return Colonne(nom, Genre.IDENTIFIANT, obligatoire=True)


def _liste(nom: str, *valeurs: str, obligatoire: bool = False) -> Colonne:
    return Colonne(nom, Genre.LISTE_OUVERTE, obligatoire, valeurs)


def _nombre(nom: str, *, positif: bool = True) -> Colonne:
    return Colonne(nom, Genre.NOMBRE, positif=positif)


_ID_CTG = Colonne("id_ctg", Genre.IDENTIFIANT, obligatoire=True)
_ID_CTG_LIBRE = Colonne("id_ctg", Genre.IDENTIFIANT)
_CHAMP = Colonne("champ", Genre.CHAMP)
_CHAMPS = Colonne("champ", Genre.CHAMPS)
_COMMUNE = Colonne("code_commune", Genre.COMMUNE, obligatoire=True)
_ANNEE = Colonne("annee", Genre.ANNEE)
_MONTANT = _nombre("montant_eur")
_PERIODE = _dates("date_debut", "date_fin")
_OUVERTURE = _dates("date_ouverture", "date_fermeture")
_POSITION = (_nombre("latitude", positif=False), _nombre("longitude", positif=False))


def _maille(*, obligatoire: bool = False) -> tuple[Colonne, ...]:
    return (Colonne("maille", Genre.LISTE_FERMEE, obligatoire, tuple(Maille)),)


def _territoire(*, obligatoire: bool = False) -> tuple[Colonne, ...]:
    return (Colonne("code_territoire", Genre.TERRITOIRE, obligatoire),)


_ACTEURS = ("caf", "commune", "epci", "ept", "syndicat", "departement", "msa", "etat", "cpam", "autre")
_NATURES = ("effectif", "rapport", "taux", "montant", "mediane")

TABLES: tuple[Table, ...] = (
    Table("epci", (Colonne("code_epci", Genre.EPCI, obligatoire=True), *_textes("nom", "nature")), "code_epci"),
    Table("champs", (Colonne("champ", Genre.MOT, obligatoire=True), Colonne("libelle")), "champ"),
    Table(
        "indicateurs_def",
        (
            _cle("indicateur"),
            *_textes("libelle", "unite"),
            _liste("nature", *_NATURES),
            *_textes("numerateur", "denominateur"),
            _nombre("facteur"),
            _CHAMP,
            *_textes("source", "definition"),
        ),
        "indicateur",
    ),
    Table(
        "indicateurs",
        (
            *_territoire(obligatoire=True),
            *_maille(obligatoire=True),
            Colonne("indicateur", Genre.IDENTIFIANT, obligatoire=True),
            Colonne("annee", Genre.ANNEE, obligatoire=True),
            _nombre("valeur", positif=False),
            Colonne("statut", Genre.LISTE_FERMEE, valeurs=("secret", "non_publie", "manquant")),
        ),
        unicite=("code_territoire", "maille", "indicateur", "annee"),
    ),
    Table(
        "ctg",
        (
            _cle("id_ctg"),
            Colonne("nom"),
            Colonne("echelon", Genre.LISTE_FERMEE, True, tuple(Echelon)),
            Colonne("statut", Genre.LISTE_FERMEE, True, tuple(StatutStocke)),
            *_dates("date_diagnostic", "date_signature"),
            *_PERIODE,
            _nombre("duree_annees"),
            Colonne("id_ctg_precedente", Genre.IDENTIFIANT),
            _liste("habitants_associes", "oui", "non"),
            *_textes("service_referent", "source"),
            *_dates("date_maj"),
        ),
        "id_ctg",
    ),
    Table(
        "ctg_communes",
        (_ID_CTG, _COMMUNE, _liste("role", "signataire", "couverte")),
        unicite=("id_ctg", "code_commune", "role"),
    ),
    Table(
        "ctg_signataires",
        (_ID_CTG, _liste("type", *_ACTEURS), *_textes("code", "nom"), *_dates("date_deliberation")),
    ),
    Table(
        "ctg_champs",
        (_ID_CTG, _CHAMP, _liste("priorite", "1", "2", "3"), Colonne("objectif")),
    ),
    Table(
        "ctg_evaluations",
        (
            _ID_CTG,
            *_dates("date"),
            _liste("type", "intermediaire", "finale"),
            _liste("etat", "prevue", "en_cours", "faite"),
            _liste("suites", "poursuivre", "reorienter", "arreter"),
            Colonne("exigences"),
        ),
    ),
    Table(
        "objectifs",
        (
            _cle("id_objectif"),
            _ID_CTG_LIBRE,
            _CHAMP,
            *_textes("libelle", "indicateur"),
            _nombre("valeur_reference", positif=False),
            Colonne("annee_reference", Genre.ANNEE),
            _nombre("cible", positif=False),
            Colonne("annee_cible", Genre.ANNEE),
            _nombre("valeur_actuelle", positif=False),
            Colonne("annee_actuelle", Genre.ANNEE),
            _liste("sens", "hausse", "baisse"),
        ),
        "id_objectif",
    ),
    Table(
        "actions",
        (
            _cle("id_action"),
            _ID_CTG_LIBRE,
            _CHAMP,
            *_textes("libelle", "pilote"),
            _liste("etat", "prevue", "engagee", "realisee", "abandonnee"),
            Colonne("priorite"),
            *_PERIODE,
            Colonne("indicateur"),
        ),
        "id_action",
    ),
    Table("trajectoire", (_ANNEE, _nombre("cible_population_pct"), Colonne("source"))),
    Table(
        "schemas",
        (
            _cle("id_schema"),
            *_textes("type", "libelle"),
            *_PERIODE,
            *_maille(),
            *_territoire(),
            _CHAMPS,
            Colonne("objectif"),
        ),
        "id_schema",
    ),
    Table(
        "services",
        (
            _cle("id"),
            Colonne("type_service"),
            _CHAMPS,
            *_textes("nom", "adresse"),
            _COMMUNE,
            *_POSITION,
            _nombre("capacite"),
            _liste("mode", "fixe", "itinerant", "antenne"),
            *_OUVERTURE,
            Colonne("source"),
        ),
        "id",
    ),
    Table(
        "points_acces",
        (
            _cle("id"),
            _liste(
                "type",
                "borne_visio",
                "point_relais",
                "point_numerique",
                "permanence",
                "agence",
                "france_services",
                "autre",
                obligatoire=True,
            ),
            _liste(
                "lieu_hote",
                "mairie",
                "centre_social",
                "maison_enfance",
                "mediatheque",
                "france_services",
                "autre",
            ),
            *_textes("nom", "adresse"),
            Colonne("code_commune", Genre.COMMUNE),
            *_POSITION,
            _nombre("jours_par_semaine"),
            _liste("personnel_forme", "oui", "non"),
            _liste("etat", "ouvert", "projet", "candidat", "ferme"),
            *_OUVERTURE,
        ),
        "id",
    ),
    Table(
        "frequentation",
        (
            Colonne("id_point", Genre.IDENTIFIANT, obligatoire=True),
            _ANNEE,
            _nombre("visites"),
            *_textes("unite", "source"),
        ),
    ),
    Table(
        "territoires_prioritaires",
        (
            Colonne("definition"),
            *_maille(),
            *_territoire(),
            _nombre("rang", positif=False),
            Colonne("criteres", Genre.PLUSIEURS),
            Colonne("source"),
            _ANNEE,
            Colonne("justification"),
        ),
    ),
    Table(
        "interventions",
        (
            _cle("id"),
            Colonne("acteur"),
            _liste("type_acteur", *_ACTEURS),
            _CHAMPS,
            Colonne("service"),
            _liste("etat", "existante", "potentielle"),
            *_maille(),
            *_territoire(),
            _liste(
                "niveau",
                "information",
                "orientation",
                "service",
                "financement",
                "coordination",
                "ingenierie",
            ),
            *_PERIODE,
            _nombre("etp"),
            _MONTANT,
        ),
        "id",
    ),
    Table(
        "conventions",
        (
            _cle("id"),
            _liste("type", "cej", "ps", "psu", "bonus_territoire", "schema_avs", "autre"),
            *_maille(),
            *_territoire(),
            Colonne("collectivite"),
            _CHAMPS,
            _liste(
                "fonction",
                "service",
                "ingenierie",
                "diagnostic",
                "coordination",
                "evaluation",
                "copilotage",
                "information",
            ),
            *_PERIODE,
            _MONTANT,
            _ID_CTG_LIBRE,
        ),
        "id",
    ),
)

COMMUNES = Table(
    "communes",
    (
        Colonne("code", Genre.COMMUNE, obligatoire=True),
        Colonne("nom"),
        Colonne("code_epci", Genre.EPCI),
        _nombre("population"),
    ),
    "code",
)
QPV = Table("qpv", (_cle("code_qpv"), Colonne("nom"), Colonne("codes_communes", Genre.COMMUNES)), "code_qpv")

PAR_NOM = {table.nom: table for table in TABLES}

OBLIGATOIRE, INCONNU, NEGATIF, DOUBLE = "obligatoire", "inconnu", "negatif", "double"


def _checks(colonne: Colonne, *, cle: bool) -> list[pa.Check]:
    checks: list[pa.Check] = []
    if colonne.obligatoire and colonne.genre in NUMERIQUES:
        checks.append(pa.Check(lambda s: s.notna(), name=OBLIGATOIRE, ignore_na=False))
    elif colonne.obligatoire:
        checks.append(pa.Check(lambda s: s != "", name=OBLIGATOIRE))
    if colonne.genre is Genre.LISTE_FERMEE:
        checks.append(pa.Check.isin(["", *colonne.valeurs], name=INCONNU))
    if colonne.positif:
        checks.append(pa.Check.ge(0, name=NEGATIF))
    if cle:
        checks.append(pa.Check(lambda s: ~s.duplicated() | (s == ""), name=DOUBLE))
    return checks


def _dtype(genre: Genre) -> str:
    if genre in NUMERIQUES:
        return "float64"
    return "datetime64[us]" if genre is Genre.DATE else "str"


@cache
def schema_of(table: Table) -> pa.DataFrameSchema:
    """Make the schema of a typed table; its checks bear the names above, the index holds the lines."""
    return pa.DataFrameSchema(
        {c.nom: pa.Column(_dtype(c.genre), _checks(c, cle=c.nom == table.cle), nullable=True) for c in table.colonnes},
        strict=True,
    )


def empty_table(table: Table) -> pd.DataFrame:
    """Return a table that the dataset does not bring: its columns, no row."""
    return pd.DataFrame({c.nom: pd.Series([], dtype=_dtype(c.genre)) for c in table.colonnes})
