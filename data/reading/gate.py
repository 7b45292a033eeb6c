"""The gate: every typed table goes through its pandera schema, all at once, and each failure becomes a finding."""

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


def _failures(fautes: pa.errors.SchemaErrors) -> pd.DataFrame:
    cas = fautes.failure_cases
    etrangers = cas[~cas["check"].isin(list(_PROBLEMES))]
    if len(etrangers):
        raise fautes
    return cas.drop_duplicates(["column", "check", "index"])


def _without(brute: RawTable, typee: pd.DataFrame, cas: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    for (colonne, check), lignes in cas.groupby(["column", "check"], sort=False)["index"]:
        if check == OBLIGATOIRE and colonne not in brute.presentes:
            continue  # Said once, at the header.
        probleme = _problem(brute, colonne, check)
        numeros = sorted(int(ligne) for ligne in lignes)
        ledger.note_lines(probleme, Lieu(brute.fichier, colonne), numeros, brute.texte.loc[numeros, colonne])
    garde = typee.copy()
    for colonne, lignes in cas[cas["check"] == NEGATIF].groupby("column")["index"]:
        garde.loc[lignes.astype("int64"), colonne] = float("nan")
    return garde.drop(index=cas.loc[cas["check"] != NEGATIF, "index"].astype("int64").unique())


def _problem(brute: RawTable, colonne: str, check: str) -> Probleme:
    probleme = _PROBLEMES[check]
    liste = ", ".join(str(valeur) for valeur in brute.table.colonne(colonne).valeurs)
    return Probleme(probleme.gravite, probleme.message, probleme.remede.replace("{liste}", liste))
