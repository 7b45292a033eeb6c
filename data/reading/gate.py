"""The gate: every typed table goes through its pandera schema, all at once, and each failure becomes a finding."""

from dataclasses import replace

import pandas as pd
import pandera.pandas as pa

from data.reading.headers import RawTable
from data.reading.ledger import Ledger, Lieu, Probleme, erreur
from data.schemas import DOUBLE, INCONNU, NEGATIF, OBLIGATOIRE, schema_of

NEGATIF_REFUSE = erreur(
    "Le nombre {valeur} est négatif\u202f: la cellule est lue comme vide.", "Écrivez un nombre positif ou nul."
)
_PROBLEMES = {
    OBLIGATOIRE: erreur(
        "Une cellule obligatoire est vide\u202f: la ligne est mise de côté.",
        "Remplissez la cellule, ou retirez la ligne.",
    ),
    INCONNU: erreur(
        "«\u00a0{valeur}\u00a0» n'est pas une valeur permise\u202f: la ligne est mise de côté.",
        "Prenez l'une de celles-ci\u202f: {liste}.",
    ),
    NEGATIF: NEGATIF_REFUSE,
    DOUBLE: erreur(
        "L'identifiant «\u00a0{valeur}\u00a0» est déjà pris\u202f: seule sa première ligne est gardée.",
        "Donnez à chaque ligne son propre identifiant, ou retirez la ligne en double.",
    ),
}


def pass_gate(brute: RawTable, typee: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Return the rows that may enter; what is refused goes to the ledger with its line.

    A row without a required cell, with a word outside a closed list or with an id already taken is set aside;
    a negative count is emptied.
    """
    try:
        schema_of(brute.table).validate(typee, lazy=True)
    except pa.errors.SchemaErrors as fautes:
        return _without(brute, typee, _failures(fautes), ledger)
    return typee


Failure = tuple[str, str, list[int]]
"""Column, check, and the lines that fail it."""


def _failures(fautes: pa.errors.SchemaErrors) -> list[Failure]:
    cas: pd.DataFrame = fautes.failure_cases
    if not cas["check"].isin(list(_PROBLEMES)).all():
        raise fautes  # A column without its type is a bug of the reader, not of the file.
    groupes = cas.groupby(["column", "check"], sort=False)["index"]
    return [(str(colonne), str(check), sorted({int(n) for n in lignes})) for (colonne, check), lignes in groupes]


def _without(brute: RawTable, typee: pd.DataFrame, echecs: list[Failure], ledger: Ledger) -> pd.DataFrame:
    garde = typee.copy()
    ecartees: set[int] = set()
    for colonne, check, lignes in echecs:
        # A column that is missing altogether was said once, at the header.
        if check != OBLIGATOIRE or colonne in brute.presentes:
            ecrits = brute.texte[colonne].loc[lignes]
            ledger.note_lines(_problem(brute, colonne, check), Lieu(brute.fichier, colonne), lignes, ecrits)
        if check == NEGATIF:
            garde.loc[lignes, colonne] = float("nan")
        else:
            ecartees.update(lignes)
    return garde.drop(index=sorted(ecartees))


def _problem(brute: RawTable, colonne: str, check: str) -> Probleme:
    probleme = _PROBLEMES[check]
    return replace(probleme, remede=probleme.remede.replace("{liste}", ", ".join(brute.table.colonne(colonne).valeurs)))
