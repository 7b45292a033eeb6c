"""Codes and figures as producers write them, made plain without losing a blank."""

from collections.abc import Iterable

import pandas as pd

from data.model import Blanc
from data.reading.codes import parse_commune
from data.reading.numbers import blank_word, parse_number
from data.sources.reading import Ecart

COMMUNE = r"^(?:\d{5}|2[AB]\d{3})$"
_LONGUEUR, _CORSE = 5, ["2A", "2B"]
SIREN = r"^\d{9}$"


def commune_codes(codes: pd.Series) -> tuple[pd.Series, int]:
    """Repair commune codes (lost zero, `1001.0`, lower case) and count those repaired; others are left as they are."""
    brut = codes.astype("str")
    # Quicker than a pattern on the whole column: nearly every code is right.
    juste = (brut.str.len() == _LONGUEUR) & (brut.str.isdecimal() | brut.str[:2].isin(_CORSE))
    if juste.all():
        return brut, 0
    faux = brut[~juste]
    brut = brut.copy()
    propre = faux.map({c: parse_commune(c) or c for c in faux.unique()}).astype("str")
    brut.loc[faux.index] = propre
    return brut, int((propre != faux.str.strip()).sum())


def repaired(nombre: int) -> tuple[str, ...]:
    """Say how many codes were repaired, if any."""
    return (f"{nombre} codes de commune réparés",) if nombre else ()


def join_code(departement: pd.Series, commune: pd.Series) -> pd.Series:
    """Join a département and the code inside it: overseas both hold the third digit (`971` + `101` is `97101`)."""
    complet = [d + c.zfill(3)[len(d) - 2 :] for d, c in zip(departement.tolist(), commune.tolist(), strict=True)]
    return pd.Series(complet, index=commune.index, dtype="str")


def numbers(texte: pd.Series, vide: str = Blanc.MANQUANT.value) -> tuple[pd.Series, pd.Series]:
    """Split text into (valeur float64, statut): the four blanks stay apart; an empty cell has the status `vide`.

    With `vide="zero"` an empty cell counts 0. Text that is no number is `manquant`.
    """
    valeur = pd.to_numeric(texte, errors="coerce").astype("float64")
    reste = texte[valeur.isna()].astype("str")
    statut = pd.Series("", index=texte.index, dtype="str")
    if reste.empty:
        return valeur, statut
    # A column repeats few texts: each is worked out once.
    connus = {t: _figure(t, vide) for t in reste.unique()}
    valeur.loc[reste.index] = reste.map({t: v for t, (v, _) in connus.items()}).astype("float64")
    statut.loc[reste.index] = reste.map({t: s for t, (_, s) in connus.items()}).astype("str")
    return valeur, statut


def _figure(texte: str, vide: str) -> tuple[float, str]:
    if not texte.strip():
        return (0.0, "") if vide == "zero" else (float("nan"), vide)
    valeur = parse_number(texte)
    if valeur is None:
        return float("nan"), blank_word(texte) or Blanc.MANQUANT.value
    return valeur, ""


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
    if bool(keep.all()):
        return table, ()
    dehors = table[~keep]
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
