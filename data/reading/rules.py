"""Rules that look at several cells or several tables at once."""

from collections.abc import Mapping

import pandas as pd

from data.model import StatutStocke
from data.reading.headers import RawTable
from data.reading.ledger import Ledger, Lieu, Probleme, avertissement, erreur

PERIODES = (("date_debut", "date_fin"), ("date_ouverture", "date_fermeture"))
_SIGNEES = [StatutStocke.SIGNEE.value, StatutStocke.EVALUATION.value, StatutStocke.RENOUVELEE.value]

_FIN_AVANT_DEBUT = erreur("La fin ({valeur}) précède le début ({debut}).", "Corrigez l'une des deux dates.")
_SANS_DIAGNOSTIC = avertissement(
    "La Ctg est signée sans date de diagnostic.", "Indiquez la date du diagnostic partagé dans date_diagnostic."
)
_SANS_SIGNATURE = avertissement(
    "Le statut dit la Ctg signée, mais date_signature est vide\u202f: elle est comptée «\u00a0en préparation\u00a0».",
    "Indiquez la date de signature, ou corrigez le statut.",
)
_PAS_ENCORE = avertissement(
    "La Ctg porte une date de signature et le statut «\u00a0{valeur}\u00a0»\u202f: c'est la date qui compte.",
    "Mettez le statut à jour, ou retirez la date.",
)
_APRES_LA_FIN = avertissement(
    "La Ctg est signée ({valeur}) après sa date de fin.", "Corrigez date_signature ou date_fin."
)
_DUREE = avertissement(
    "Une durée de {valeur} an n'est pas possible\u202f: la durée par défaut est prise.", "Indiquez la durée en années."
)
_SANS_COMMUNE = avertissement(
    "La Ctg «\u00a0{valeur}\u00a0» ne couvre aucune commune du jeu\u202f: elle n'apparaît pas sur la carte.",
    "Ajoutez ses communes dans ctg-communes.csv.",
)
_RENVOI = avertissement(
    "«\u00a0{valeur}\u00a0» n'existe pas dans {cible}\u202f: la ligne est gardée sans ce lien.",
    "Corrigez l'identifiant, ou ajoutez la ligne qui manque.",
)
_REPETITION = avertissement(
    "La ligne répète {valeur}, déjà donné plus haut\u202f: seule la première est gardée.",
    "Retirez l'une des deux lignes.",
)
_EPCI_SANS_NOM = avertissement("L'Epci {valeur} des communes n'est pas nommé ici.", "Ajoutez sa ligne.")

_CTG = ("ctg_communes", "ctg_signataires", "ctg_champs", "ctg_evaluations", "objectifs", "actions", "conventions")
_RENVOIS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("ctg", "id_ctg_precedente", ("ctg",)),
    *((table, "id_ctg", ("ctg",)) for table in _CTG),
    ("frequentation", "id_point", ("points_acces", "services")),
)
"""Table, column, and the tables whose key it must be."""


def check_periods(brute: RawTable, typee: pd.DataFrame, ledger: Ledger) -> None:
    """Note every period that ends before it starts; a missing start of a Ctg is its signature."""
    for debut, fin in PERIODES:
        if fin not in typee:
            continue
        debuts = typee[debut]
        if brute.table.nom == "ctg":
            debuts = debuts.fillna(typee["date_signature"])
        for ligne in typee.index[typee[fin] < debuts]:
            jour = f"{debuts[ligne]:%d/%m/%Y}"
            probleme = Probleme(
                _FIN_AVANT_DEBUT.gravite, _FIN_AVANT_DEBUT.message.replace("{debut}", jour), _FIN_AVANT_DEBUT.remede
            )
            ledger.note(probleme, Lieu(brute.fichier, fin), ligne, str(brute.texte.at[ligne, fin]))


def check_agreements(brute: RawTable, ctg: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Note what contradicts itself in an agreement; a duration of zero is emptied."""
    signees = ctg["date_signature"].notna()
    dites = ctg["statut"].isin(_SIGNEES)
    nulles = ctg["duree_annees"] == 0
    apres = (ctg["date_signature"] > ctg["date_fin"]) & (ctg["date_fin"] >= ctg["date_debut"])
    cas = (
        ("date_diagnostic", _SANS_DIAGNOSTIC, (signees | dites) & ctg["date_diagnostic"].isna()),
        ("date_signature", _SANS_SIGNATURE, dites & ~signees),
        ("date_signature", _APRES_LA_FIN, apres),
        ("statut", _PAS_ENCORE, signees & ~dites),
        ("duree_annees", _DUREE, nulles),
    )
    for colonne, probleme, lignes in cas:
        rangs = ctg.index[lignes]
        ledger.note_lines(probleme, Lieu(brute.fichier, colonne), rangs, brute.texte.loc[rangs, colonne])
    return ctg.assign(duree_annees=ctg["duree_annees"].mask(nulles))


def check_links(brutes: Mapping[str, RawTable], ledger: Ledger) -> None:
    """Note every reference to a row that no file holds; a row that was set aside is still a row."""
    for nom, colonne, cibles in _RENVOIS:
        presentes = [brutes[cible] for cible in cibles if cible in brutes]
        if nom not in brutes or not presentes:
            continue
        connus = {ident for cible in presentes for ident in cible.texte[cible.table.cle]}
        cites = brutes[nom].texte[colonne]
        perdus = cites[~cites.isin([*connus, ""])]
        fichiers = " ni ".join(cible.fichier for cible in presentes)
        probleme = Probleme(_RENVOI.gravite, _RENVOI.message.replace("{cible}", fichiers), _RENVOI.remede)
        ledger.note_lines(probleme, Lieu(brutes[nom].fichier, colonne), perdus.index, perdus)


def check_reach(brute: RawTable, ctg: pd.DataFrame, couvertes: pd.Series, ledger: Ledger) -> None:
    """Note the signed agreements of which no commune of the dataset is listed in `couvertes`."""
    perdues = ctg.loc[ctg["date_signature"].notna() & ~ctg["id_ctg"].isin(list(couvertes)), "id_ctg"]
    ledger.note_lines(_SANS_COMMUNE, Lieu(brute.fichier, "id_ctg"), perdues.index, perdues)


def without_repeats(brute: RawTable, typee: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Set aside the rows that say again what no two rows may say."""
    cle = list(brute.table.unicite)
    repetees = typee.duplicated(cle) if cle else pd.Series(False, index=typee.index)
    if not repetees.any():
        return typee
    ecrits = brute.texte.loc[typee.index[repetees], cle]
    ledger.note_lines(_REPETITION, Lieu(brute.fichier, cle[0]), ecrits.index, ecrits.agg(" · ".join, axis=1))
    return typee[~repetees]


def check_names(brute: RawTable, epci: pd.DataFrame, cites: frozenset[str], ledger: Ledger) -> None:
    """Note the Epci of the communes that `epci.csv` does not name."""
    for code in sorted(cites - set(epci["code_epci"])):
        ledger.note(_EPCI_SANS_NOM, Lieu(brute.fichier, "code_epci"), None, code)
