"""The dataset that a register makes: the installed one, with its agreements added, changed and, if asked, removed."""

import csv
import shutil
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from pathlib import Path

import pandas as pd

from data import jeu
from data.durable import flush_folder
from data.findings import Constat, Gravite
from data.frames import Frames
from data.jeu import Reading
from data.reading.folder import explore, files_of
from data.reading.ledger import Ledger
from data.reprise.cibles import PAR_ID
from data.reprise.conversion import Ligne
from data.tables import PAR_NOM

_CTG, _COMMUNES, _CHAMPS, _SIGNATAIRES = "ctg", "ctg_communes", "ctg_champs", "ctg_signataires"
_LIEES = (_CTG, _COMMUNES, _CHAMPS, _SIGNATAIRES, "ctg_evaluations", "objectifs", "actions")
"""Tables whose rows belong to one agreement, and leave with it."""


def candidate(base: Path, frames: Frames, lignes: Sequence[Ligne], sortie: Path, *, entier: bool) -> Reading:
    """Write in the empty folder `sortie` the dataset of the folder `base` with these agreements, and read it back.

    What the register leaves empty keeps its installed value; with `entier`, agreements that it does not name are
    removed. Nothing of `base` is touched.
    """
    for fichier in files_of(base):
        shutil.copyfile(fichier, sortie / fichier.name)
    presents = explore(sortie, Ledger()).tables
    for nom, table in _tables(frames, lignes, entier=entier).items():
        ecrit = presents.get(nom, sortie / f"{nom.replace('_', '-')}.csv")
        ecrit.unlink(missing_ok=True)
        table.to_csv(sortie / f"{nom.replace('_', '-')}.csv", sep=";", index=False, encoding="utf-8-sig", decimal=",")
    flush_folder(sortie, contents=True)
    return jeu.examine(sortie)


def _tables(frames: Frames, lignes: Sequence[Ligne], *, entier: bool) -> dict[str, pd.DataFrame]:
    """Return, as text, every table that the register changes."""
    nommees = {ligne.id_ctg for ligne in lignes}
    garde = {nom: _as_text(frames[nom], nom) for nom in _LIEES if frames.has(nom) or nom in (_CTG, _COMMUNES)}
    if entier:
        garde = {nom: t[t["id_ctg"].isin(nommees)] for nom, t in garde.items()}
    garde[_CTG] = _facts(garde[_CTG], lignes)
    for nom, brought in ((_COMMUNES, _perimeters), (_CHAMPS, _fields), (_SIGNATAIRES, _parties)):
        avant = garde.get(nom, pd.DataFrame(columns=list(PAR_NOM[nom].noms), dtype="str"))
        rows, ids = brought(avant, lignes)
        if ids or nom in garde:
            autres = avant[~avant["id_ctg"].isin(ids)]
            garde[nom] = pd.concat([autres, pd.DataFrame(rows, columns=autres.columns, dtype="str")])
    return garde


def _as_text(table: pd.DataFrame, nom: str) -> pd.DataFrame:
    """Return a table of Frames as FORMATS writes it: days AAAA-MM-JJ, whole numbers as such, "" for nothing."""
    colonnes = {c: _column_text(table[c]) for c in PAR_NOM[nom].noms}
    return pd.DataFrame(colonnes, dtype="str").reset_index(drop=True)


def _column_text(colonne: pd.Series) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(colonne):
        return ["" if pd.isna(v) else v.strftime("%Y-%m-%d") for v in colonne]
    if pd.api.types.is_float_dtype(colonne):
        return ["" if pd.isna(v) else f"{v:.15g}".replace(".", ",") for v in colonne]
    return [str(v) for v in colonne]


def _facts(ctg: pd.DataFrame, lignes: Sequence[Ligne]) -> pd.DataFrame:
    avant = {str(row["id_ctg"]): row for row in ctg.to_dict("records")}
    for ligne in lignes:
        dits = {c: v for c, v in ligne.faits.items() if v}
        avant[ligne.id_ctg] = {c: "" for c in ctg.columns} | avant.get(ligne.id_ctg, {}) | dits
    return pd.DataFrame(list(avant.values()), columns=ctg.columns, dtype="str")


def told(sortie: Path, constats: Iterable[Constat], neuves: Set[str]) -> tuple[Constat, ...]:
    """Keep what refuses the dataset and what is said of the agreements in `neuves`, by the name of the agreement.

    The lines of a file that nobody wrote mean nothing to the person who brought another one.
    """
    with (sortie / "ctg.csv").open(encoding="utf-8-sig", newline="") as fichier:
        lecteur = csv.DictReader(fichier, delimiter=";")
        rows = [(lecteur.line_num, row) for row in lecteur]
    lignes = {numero: (row["id_ctg"], row["nom"] or row["id_ctg"]) for numero, row in rows}
    dits = []
    for c in constats:
        ident, nom = lignes.get(c.ligne or 0, ("", "")) if c.fichier == "ctg.csv" else ("", "")
        if c.gravite is not Gravite.ERREUR and ident not in neuves:
            continue
        libelle = PAR_ID[c.colonne].libelle if c.colonne in PAR_ID else c.colonne
        dits.append(replace(c, fichier=f"Ctg «\u00a0{nom}\u00a0»", ligne=None, colonne=libelle) if ident else c)
    return tuple(dits)


Rows = list[dict[str, str]]


def _perimeters(avant: pd.DataFrame, lignes: Sequence[Ligne]) -> tuple[Rows, set[str]]:
    """Return the perimeters brought; a commune that was already there keeps its role."""
    roles = {(r["id_ctg"], r["code_commune"]): r["role"] for r in avant.to_dict("records")}
    rows: Rows = [
        {"id_ctg": x.id_ctg, "code_commune": c, "role": roles.get((x.id_ctg, c), "couverte")}
        for x in lignes
        for c in x.communes or ()
    ]
    return rows, {x.id_ctg for x in lignes if x.communes is not None}


def _fields(avant: pd.DataFrame, lignes: Sequence[Ligne]) -> tuple[Rows, set[str]]:
    """Return the fields brought; one that was already there keeps its priority and its objectives."""
    rows: Rows = []
    for x in lignes:
        for champ in x.champs or ():
            connus = avant[(avant["id_ctg"] == x.id_ctg) & (avant["champ"] == champ)].to_dict("records")
            neuf = {"id_ctg": x.id_ctg, "champ": champ, "priorite": "", "objectif": ""}
            rows += [{str(c): v for c, v in r.items()} for r in connus] or [neuf]
    return rows, {x.id_ctg for x in lignes if x.champs is not None}


def _parties(avant: pd.DataFrame, lignes: Sequence[Ligne]) -> tuple[Rows, set[str]]:
    """Return the parties brought; one that was already there keeps the day of its deliberation."""
    rows: Rows = []
    for x in lignes:
        for genre, code, nom in x.signataires or ():
            connus = avant[(avant["id_ctg"] == x.id_ctg) & (avant["nom"] == nom)].to_dict("records")
            neuf = {"id_ctg": x.id_ctg, "type": genre, "code": code, "nom": nom, "date_deliberation": ""}
            rows += [{str(c): v for c, v in r.items()} for r in connus] or [neuf]
    return rows, {x.id_ctg for x in lignes if x.signataires is not None}
