"""Rows of one file brought to the communes of the target map; what cannot be is listed with its reason."""

from dataclasses import dataclass

import pandas as pd

from data.cog.columns import Colonnes, Raison
from data.cog.conversion import ADDITIVE, convert
from data.model import Nature
from data.preparation.account import EXEMPLES, Compte, gather, rows_of
from data.preparation.definitions import nature_of
from data.preparation.passage import SCISSION, VIDE, Passages
from data.preparation.perimeter import among
from data.preparation.positions import LOIN, locate_points
from data.preparation.vintage import Lecture
from data.sources.reading import INDICATEUR, Ecart

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
    proches = passages.near(reading.table[colonne])
    table = reading.table[proches]
    arrivee, motif = passages.place(table[colonne], lecture.cog)
    motif = motif.mask((motif == "") & ~among(arrivee, passages.perimetre.index), DEHORS)
    sans = motif.isin([VIDE, SCISSION])
    situes = sans & table["latitude"].notna() if "latitude" in table else sans & False
    if situes.any():
        commune = locate_points(table[situes], passages.contours)
        arrivee = arrivee.mask(situes, commune.reindex(table.index, fill_value=""))
        motif = motif.mask(situes & (arrivee != ""), "").mask(situes & (arrivee == ""), LOIN)
    place = table.assign(**{colonne: arrivee})[motif == ""]
    loin = pd.Series(DEHORS, index=reading.table.index[~proches], dtype="str")
    noms = reading.table[[c for c in (colonne, "nom") if c in reading.table]]
    ecarts = rows_of(reading.ecarts) + gather(pd.concat([motif, loin]).reindex(noms.index), noms)
    lus = float(len(reading.table) + sum(e.lignes for e in reading.ecarts))
    compte = Compte(lecture.nom, reading.genre.libelle, reading.unite, lus, float(len(place)), ecarts)
    return Place(lecture, place, (compte,))


def place_indicators(lecture: Lecture, passages: Passages) -> Place:
    """Place long indicators: of communes, counts add on mergers, rates do not, blanks stay blanks."""
    table = lecture.reading.table
    table = table.assign(annee=table["annee"].where(table["annee"] != 0, lecture.annee or lecture.depuis or 0))
    parts, comptes = [table.iloc[:0]], list(_rows_account(lecture))
    natures = {i: _nature(i) for i in table["indicateur"].unique()}
    for maille, lignes in table.groupby("maille"):
        for nature, lot in lignes.groupby(lignes["indicateur"].map(natures)):
            arrive, perdus, loin = lot, _NUL, lot.iloc[:0]
            if maille == "commune":
                proches = passages.near(lot["code_territoire"])
                loin, arrive = lot[~proches], lot.iloc[:0]
                if proches.any():
                    arrive, perdus = _move(lecture, lot[proches], Nature(nature), passages)
            dedans = passages.perimetre.holds(arrive["code_territoire"], str(maille))
            parts.append(arrive[dedans].assign(maille=maille))
            dehors = pd.concat([arrive[~dedans], loin])
            comptes += _count(lecture, Nature(nature), lot, (dehors, arrive[dedans], perdus))
    return Place(lecture, pd.concat(parts, ignore_index=True)[_LONGUE], tuple(comptes))


_NUL = pd.DataFrame({"code_de": [], "indicateur": [], "annee": [], "valeur": [], "raison": []})


def _nature(indicateur: str) -> str:
    """Nature of an indicator as a move sees it: what adds up, and what does not."""
    nature = Nature(nature_of(indicateur))
    return (nature if nature in ADDITIVE else Nature.TAUX).value


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
    dehors, dedans, perdus = tables
    maille = str(lues["maille"].iloc[0])
    motif = DEHORS if maille != "epci" else _EPCI_DEHORS
    total, places = _weigh(lues, additive), _weigh(dedans, additive)
    loin = _outside(dehors[dehors["valeur"].notna()], motif, additive)
    par_perte = {cle: g for cle, g in perdus.groupby(_CLES)} if len(perdus) else {}
    comptes = []
    for (indicateur, annee), lu in total.items():
        ecarts: tuple[Ecart, ...] = ()
        if (perte := par_perte.get((indicateur, annee))) is not None:
            poids = perte["valeur"].astype(float) if additive else None
            ecarts = gather(perte["raison"].map(lambda r: Raison(r).libelle), perte["code_de"], poids)
        ecarts += loin.get((indicateur, annee), ())
        nom, unite = measure(indicateur, annee, maille), "unités" if additive else "valeurs"
        comptes.append(Compte(lecture.nom, nom, unite, lu, places.get((indicateur, annee), 0.0), ecarts))
    return comptes


def _weigh(table: pd.DataFrame, additive: bool) -> dict[tuple[str, int], float]:
    """Weigh the values of each indicator and year: their sum, or how many there are."""
    valeurs = table.groupby(_CLES)["valeur"]
    poids = valeurs.sum() if additive else valeurs.count()
    return {(str(i), int(a)): float(v) for (i, a), v in zip(poids.index, poids, strict=True)}


def _outside(dehors: pd.DataFrame, motif: str, additive: bool) -> dict[tuple[str, int], tuple[Ecart, ...]]:
    poids = _weigh(dehors, additive)
    groupes = dehors.groupby(_CLES)
    lignes, premiers = groupes.size().to_dict(), groupes.head(EXEMPLES).groupby(_CLES)["code_territoire"].agg(tuple)
    return {
        cle: (Ecart(motif, int(lignes[cle]), total, tuple(dict.fromkeys(premiers[cle]))),)
        for cle, total in poids.items()
    }


def measure(indicateur: str, annee: int, maille: str) -> str:
    """Name one account of indicators."""
    return f"{indicateur} {annee or _SANS_ANNEE}" + ("" if maille == "commune" else f" ({maille})")
