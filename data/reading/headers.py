"""Which column of a file is which column of FORMATS, and which must not come in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from data.reading.ledger import Ledger, Lieu, avertissement, erreur
from data.reading.names import bare, strip_accents
from data.reading.rows import Rows
from data.schemas import Table

_CONTACT = frozenset(
    [
        "courriel",
        "courriels",
        "mail",
        "mails",
        "email",
        "emails",
        "mel",
        "telephone",
        "telephones",
        "tel",
        "portable",
        "mobile",
        "fax",
        "prenom",
        "prenoms",
        "nir",
        "matricule",
        "civilite",
        "patronyme",
    ]
)
_PERSONNE = frozenset(
    [
        "contact",
        "contacts",
        "referent",
        "referente",
        "interlocuteur",
        "interlocutrice",
        "responsable",
        "agent",
        "elu",
        "elue",
        "maire",
        "president",
        "presidente",
        "directeur",
        "directrice",
        "allocataire",
        "personne",
    ]
)
_MESURES = frozenset(["nb", "nombre", "taux", "part", "date", "type", "code", "id", "etat", "effectif", "annee"])
_SEPARATEURS = re.compile(r"[^a-z0-9]+")

_PERSONNELLE = avertissement(
    "La colonne peut porter les coordonnées d'une personne\u202f: elle est écartée, aucune de ses valeurs n'est lue.",
    "Retirez cette colonne du fichier.",
)
_SANS_NOM = avertissement(
    "Une colonne n'a pas de nom\u202f: elle est laissée de côté.", "Donnez-lui un nom de colonne, ou retirez-la."
)
_REPETEE = avertissement(
    "Le nom de colonne se répète dans l'en-tête\u202f: seule la première colonne est lue.",
    "Renommez ou retirez la colonne en double.",
)
_MANQUANTE = erreur(
    "La colonne obligatoire «\u00a0{valeur}\u00a0» manque.", "Ajoutez la colonne «\u00a0{valeur}\u00a0»."
)


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as text: the columns of its schema, indexed by physical line; absent columns are empty."""

    table: Table
    fichier: str
    ligne_entete: int | None
    texte: pd.DataFrame
    presentes: frozenset[str]


def is_personal(entete: str) -> bool:
    """Tell whether an unknown column's name announces a person's name, mail or telephone."""
    mots = frozenset(_SEPARATEURS.split(strip_accents(entete).casefold()))
    if mots & _CONTACT or any(racine in bare(entete) for racine in ("courriel", "email", "telephone", "prenom")):
        return True
    return bool(mots & _PERSONNE) and not mots & _MESURES or {"nom", "famille"} <= mots


def match_columns(
    entetes: Iterable[tuple[int, str]], table: Table, lieu: Lieu, ligne: int | None, ledger: Ledger
) -> dict[str, int]:
    """Return the rank in the file of every column found; strangers and missing ones are reported once each.

    `entetes` are the ranks and names of the columns that hold something.
    """
    connues = {bare(nom): nom for nom in table.noms}
    rangs: dict[str, int] = {}
    for rang, entete in entetes:
        nom = connues.get(bare(entete))
        if nom is None:
            _note_stranger(entete, table.noms, Lieu(lieu.fichier, entete), ligne, ledger)
        elif nom in rangs:
            ledger.note(_REPETEE, Lieu(lieu.fichier, entete), ligne, entete)
        else:
            rangs[nom] = rang
    for colonne in table.colonnes:
        if colonne.obligatoire and colonne.nom not in rangs:
            ledger.note(_MANQUANTE, Lieu(lieu.fichier, colonne.nom), ligne, colonne.nom)
    return rangs


def _note_stranger(entete: str, attendues: tuple[str, ...], lieu: Lieu, ligne: int | None, ledger: Ledger) -> None:
    if not entete:
        ledger.note(_SANS_NOM, lieu, ligne)
    elif is_personal(entete):
        ledger.note(_PERSONNELLE, lieu, ligne, entete)
    else:
        proches = get_close_matches(bare(entete), [bare(nom) for nom in attendues], n=1, cutoff=0.8)
        voisin = next((nom for nom in attendues if proches and bare(nom) == proches[0]), "")
        remede = (
            f"Si c'est «\u00a0{voisin}\u00a0», corrigez son nom."
            if voisin
            else "Retirez-la du fichier si elle ne sert pas."
        )
        probleme = avertissement("La colonne n'est pas connue de l'atlas\u202f: elle est laissée de côté.", remede)
        ledger.note(probleme, lieu, ligne, entete)


def name_columns(rows: Rows, table: Table, fichier: str, ledger: Ledger) -> RawTable:
    """Give the rows the columns of their table, every cell trimmed."""
    colonnes = list(zip(*rows.cellules, strict=True)) if rows.cellules else [()] * len(rows.entetes)
    # Spreadsheets leave separators behind columns that were cleared: neither name nor content.
    pleines = [(rang, nom) for rang, nom in enumerate(rows.entetes) if nom or any(map(str.strip, colonnes[rang]))]
    rangs = match_columns(pleines, table, Lieu(fichier), rows.ligne_entete, ledger)
    index = pd.Index(rows.lignes, dtype="int64", name="ligne")
    vide = pd.Series("", index=index, dtype="str")
    textes = {
        nom: pd.Series([cellule.strip() for cellule in colonnes[rangs[nom]]], index=index, dtype="str")
        if nom in rangs
        else vide
        for nom in table.noms
    }
    return RawTable(table, fichier, rows.ligne_entete, pd.DataFrame(textes, index=index), frozenset(rangs))
