"""Codes and figures as producers write them, made plain without losing a blank."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from data.model import Blanc
from data.sources.reading import Ecart

COMMUNE = r"^(?:\d{5}|2[AB]\d{3})$"
SIREN = r"^\d{9}$"
_SECRET = {"s", "ns", "s.", "secret"}
_MANQUANT = {"nd", "n.d.", "n/d", "na", "n/a", "nan", "..", "-", "null", "none"}
_NON_PUBLIE = {"np", "n.p.", "non publie", "non publié"}
_ESPACES = r"[\s\u00a0\u202f\u2009']"


def commune_codes(codes: pd.Series) -> tuple[pd.Series, int]:
    """Repair commune codes (lost zero, `1001.0`, lower case) and count those repaired; others are left as they are."""
    brut = codes.astype("str").str.strip()
    propre = brut.str.replace(r"\.0+$", "", regex=True).str.upper()
    propre = propre.where(~propre.str.fullmatch(r"\d{4}"), propre.str.zfill(5))
    return propre, int((propre != brut).sum())


def join_code(departement: pd.Series, commune: pd.Series) -> pd.Series:
    """Join a département and the code inside it: overseas both hold the third digit (`971` + `101` is `97101`)."""
    complet = [d + c.zfill(3)[len(d) - 2 :] for d, c in zip(departement, commune, strict=True)]
    return pd.Series(complet, index=commune.index, dtype="str")


def numbers(texte: pd.Series, vide: str = Blanc.MANQUANT.value) -> tuple[pd.Series, pd.Series]:
    """Split text into (valeur float64, statut): the four blanks stay apart; an empty cell has the status `vide`.

    With `vide="zero"` an empty cell counts 0. Text that is no number is `manquant`.
    """
    propre = texte.astype("str").str.replace(_ESPACES, "", regex=True).str.replace(",", ".", regex=False).str.lower()
    valeur = pd.to_numeric(propre, errors="coerce").astype("float64")
    absent = valeur.isna()
    statut = pd.Series(np.where(absent, Blanc.MANQUANT.value, ""), index=texte.index, dtype="str")
    statut[propre.isin(_SECRET)] = Blanc.SECRET.value
    statut[propre.isin(_NON_PUBLIE)] = Blanc.NON_PUBLIE.value
    if vide == "zero":
        valeur, statut = valeur.mask(propre == "", 0.0), statut.mask(propre == "", "")
    else:
        statut = statut.mask(propre == "", vide)
    return valeur, statut


def dates(texte: pd.Series) -> pd.Series:
    """Write dates as `AAAA-MM-JJ` from `JJ/MM/AAAA` found anywhere in the text or ISO; "" where none."""
    francais = texte.str.extract(r"(\d{2})/(\d{2})/(\d{4})")
    iso = texte.str.extract(r"(\d{4}-\d{2}-\d{2})")[0]
    ecrit = francais[2] + "-" + francais[1] + "-" + francais[0]
    return iso.fillna(ecrit).fillna("").astype("str")


def indicators(table: pd.DataFrame, columns: Iterable[str], maille: str, annee: int) -> pd.DataFrame:
    """Turn text columns (`code` and one column per indicator) into long rows of the canonical indicators."""
    parts = []
    for colonne in columns:
        valeur, statut = numbers(table[colonne])
        parts.append(
            pd.DataFrame(
                {
                    "code_territoire": table["code"],
                    "maille": maille,
                    "indicateur": colonne,
                    "annee": annee,
                    "valeur": valeur,
                    "statut": statut,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def set_aside(table: pd.DataFrame, keep: pd.Series, motif: str, label: str) -> tuple[pd.DataFrame, tuple[Ecart, ...]]:
    """Keep some rows; the others become one Ecart with examples read in the column `label`."""
    dehors = table[~keep]
    if dehors.empty:
        return table, ()
    exemples = tuple(dehors[label].astype(str).drop_duplicates().head(5))
    return table[keep], (Ecart(motif, len(dehors), 0.0, exemples),)


def first_siren(codes: pd.Series) -> tuple[pd.Series, tuple[str, ...]]:
    """Keep the Epci à fiscalité propre of `SIREN/SIREN` (Grand Paris: métropole/EPT); `NR` and others give ""."""
    premier = codes.astype("str").str.split("/").str[0].str.strip().str.replace(r"\.0$", "", regex=True)
    valide = premier.str.fullmatch(SIREN)
    doubles = int(codes.astype("str").str.contains("/", regex=False).sum())
    sans = int((~valide).sum())
    notes = []
    if doubles:
        notes.append(
            f"{doubles} communes du Grand Paris\u202f: la métropole est retenue, l'EPT (second code) ne l'est pas"
        )
    if sans:
        notes.append(f"{sans} communes sans Epci")
    return premier.where(valide, ""), tuple(notes)
