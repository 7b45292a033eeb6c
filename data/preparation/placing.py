"""Rows of one file brought to the communes of the target map; what cannot be is listed with its reason."""

from dataclasses import dataclass

import pandas as pd

from data.cog.columns import Colonnes, Raison
from data.cog.conversion import ADDITIVE, convert
from data.model import Nature
from data.preparation.account import Compte, gather, rows_of
from data.preparation.definitions import nature_of
from data.preparation.passage import SCISSION, VIDE, Passages
from data.preparation.perimeter import among
from data.preparation.positions import LOIN, locate_points
from data.preparation.vintage import Lecture
from data.sources.reading import INDICATEUR

_SANS_ANNEE = "(année non cherchée)"
DEHORS = "hors du territoire demandé"
_EPCI_DEHORS = "Epci sans commune dans le territoire demandé, disparu, ou établissement public territorial"
_CLES = ["indicateur", "annee"]
_LONGUE = [*INDICATEUR]


@dataclass(frozen=True, eq=False)
class Place:
    """What one file gives to the perimeter: its rows placed, and the accounts of all its rows."""

    lecture: Lecture
    table: pd.DataFrame
    comptes: tuple[Compte, ...]


def place_rows(lecture: Lecture, colonne: str, passages: Passages) -> Place:
    """Place a table of which each row is one thing (a place, a tag) by its commune code, else by its position."""
    reading = lecture.reading
    table = reading.table
    arrivee = pd.Series("", index=table.index, dtype="str")
    motif = pd.Series(DEHORS, index=table.index, dtype="str")
    proches = passages.near(table[colonne])
    arrivee[proches], motif[proches] = passages.place(table.loc[proches, colonne], lecture.cog)
    motif = motif.mask((motif == "") & ~among(arrivee, passages.perimetre.index), DEHORS)
    sans = motif.isin([VIDE, SCISSION])
    situes = sans & table["latitude"].notna() if "latitude" in table else sans & False
    if situes.any():
        commune = locate_points(table[situes], passages.contours)
        arrivee = arrivee.mask(situes, commune.reindex(table.index, fill_value=""))
        motif = motif.mask(situes & (arrivee != ""), "").mask(situes & (arrivee == ""), LOIN)
    dehors = gather(motif, table[[c for c in (colonne, "nom") if c in table]])
    lus = float(len(table) + sum(e.lignes for e in reading.ecarts))
    place = table.assign(**{colonne: arrivee})[motif == ""]
    ecarts = rows_of(reading.ecarts) + dehors
    compte = Compte(lecture.nom, reading.genre.libelle, reading.unite, lus, float(len(place)), ecarts)
    return Place(lecture, place, (compte,))


def place_indicators(lecture: Lecture, passages: Passages) -> Place:
    """Place long indicators: of communes, counts add on mergers, rates do not, blanks stay blanks."""
    table = lecture.reading.table
    table = table.assign(annee=table["annee"].where(table["annee"] != 0, lecture.annee or lecture.depuis or 0))
    parts, comptes = [table.iloc[:0]], list(_rows_account(lecture))
    natures = {i: nature_of(i) for i in table["indicateur"].unique()}
    for maille, lignes in table.groupby("maille"):
        for nature, lot in lignes.groupby(lignes["indicateur"].map(natures)):
            arrive, perdus, loin = lot, _NUL, lot.iloc[:0]
            if maille == "commune":
                proches = passages.near(lot["code_territoire"])
                arrive, perdus = _move(lecture, lot[proches], Nature(nature), passages)
                loin = lot[~proches]
            dedans = passages.perimetre.holds(arrive["code_territoire"], str(maille))
            parts.append(arrive[dedans].assign(maille=maille))
            dehors = pd.concat([arrive[~dedans], loin])
            comptes += _count(lecture, Nature(nature), lot, (dehors, arrive[dedans], perdus))
    return Place(lecture, pd.concat(parts, ignore_index=True)[_LONGUE], tuple(comptes))


_NUL = pd.DataFrame({"code_de": [], "indicateur": [], "annee": [], "valeur": [], "raison": []})


def _move(lecture: Lecture, lot: pd.DataFrame, nature: Nature, passages: Passages) -> tuple[pd.DataFrame, pd.DataFrame]:
    colonnes = Colonnes("code_territoire", {"valeur": nature}, {"valeur": "statut"}, tuple(_CLES))
    converti = convert(passages.history, lot, colonnes, lecture.cog or passages.cible, passages.cible)
    return converti.table, converti.unplaced


def _rows_account(lecture: Lecture) -> tuple[Compte, ...]:
    """Account for the rows that the reader set aside before any figure was read."""
    reading = lecture.reading
    if not reading.ecarts:
        return ()
    ecarts = rows_of(reading.ecarts)
    return (
        Compte(
            lecture.nom,
            "lignes du fichier",
            "lignes",
            reading.lues,
            reading.lues - sum(e.total for e in ecarts),
            ecarts,
        ),
    )


def _count(
    lecture: Lecture, nature: Nature, lues: pd.DataFrame, tables: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
) -> list[Compte]:
    """One account per indicator and year: sums of counts, numbers of values for rates and medians."""
    additive = nature in ADDITIVE
    dehors, dedans, perdus = (_weighed(t, additive) for t in tables)
    total = _weighed(lues, additive).groupby(_CLES)["poids"].sum()
    places = dedans.groupby(_CLES)["poids"].sum()
    maille = str(lues["maille"].iloc[0])
    motif = DEHORS if maille != "epci" else _EPCI_DEHORS
    comptes = []
    for indicateur, annee in total.index:
        perdu = perdus[(perdus["indicateur"] == indicateur) & (perdus["annee"] == annee)]
        loin = dehors[(dehors["indicateur"] == indicateur) & (dehors["annee"] == annee) & dehors["valeur"].notna()]
        ecarts = gather(perdu["raison"].map(lambda r: Raison(r).libelle), perdu["code_de"], perdu["poids"])
        ecarts += gather(pd.Series(motif, index=loin.index), loin["code_territoire"], loin["poids"])
        comptes.append(
            Compte(
                lecture.nom,
                measure(str(indicateur), int(annee), maille),
                "unités" if additive else "valeurs",
                float(total[indicateur, annee]),
                float(places.get((indicateur, annee), 0.0)),
                ecarts,
            )
        )
    return comptes


def _weighed(table: pd.DataFrame, additive: bool) -> pd.DataFrame:
    valeur = table["valeur"].astype(float)
    return table.assign(poids=valeur.fillna(0.0) if additive else valeur.notna().astype(float))


def measure(indicateur: str, annee: int, maille: str) -> str:
    """Name one account of indicators."""
    return f"{indicateur} {annee or _SANS_ANNEE}" + ("" if maille == "commune" else f" ({maille})")
