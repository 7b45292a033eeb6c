"""Rows of one file brought to the communes of the target map; what cannot be is listed with its reason."""

from dataclasses import dataclass

import pandas as pd

from data.cog import CommuneHistory
from data.cog.columns import Colonnes, Raison
from data.cog.conversion import ADDITIVE, convert
from data.preparation.account import Compte, gather
from data.preparation.definitions import NATURES
from data.preparation.perimeter import Perimetre, departement_of
from data.preparation.vintage import Lecture
from data.model import Nature

DEHORS = "hors du territoire demandé"
_INCONNU = "code qui n'est pas une commune de l'année du fichier"
_VIDE = "sans code de commune"
_SCISSION = "commune partagée depuis entre plusieurs"
_CLES = ("indicateur", "annee")


@dataclass(frozen=True, eq=False)
class Place:
    """`table` holds the rows placed in the perimeter, `ecarts_lignes` a reason per row of `lignes` left out."""

    lecture: Lecture
    table: pd.DataFrame
    comptes: tuple[Compte, ...]


def place_codes(codes: pd.Series, cog: int | None, history: CommuneHistory, cible: int) -> tuple[pd.Series, pd.Series]:
    """Bring commune codes to the target map: (code there or "", reason or "")."""
    passage = history.table(cog or cible, cible)
    seuls = passage[~passage["code_de"].duplicated(keep=False) & (passage["code_vers"] != "")]
    arrivee = codes.map(dict(zip(seuls["code_de"], seuls["code_vers"], strict=True))).fillna("")
    motif = pd.Series("", index=codes.index, dtype="str")
    motif[arrivee == ""] = _INCONNU
    motif[codes.isin(passage.loc[passage["code_de"].duplicated(), "code_de"])] = _SCISSION
    motif[codes == ""] = _VIDE
    deja = (arrivee == "") & codes.isin(history.codes(cible))
    return arrivee.mask(deja, codes).astype("str"), motif.mask(deja, "")


def place_rows(lecture: Lecture, colonne: str, history: CommuneHistory, perimetre: Perimetre) -> Place:
    """Place a table of which each row is one thing (a place, a tag) by its commune code."""
    table = lecture.reading.table
    arrivee, motif = place_codes(table[colonne], lecture.cog, history, perimetre.cog)
    motif = motif.mask((motif == "") & ~arrivee.isin(perimetre.codes), DEHORS)
    dehors = gather(motif, _label(table, colonne), pd.Series(1.0, index=table.index))
    reading = lecture.reading
    ecartes = tuple(e.__class__(e.motif, e.lignes, float(e.lignes), e.exemples) for e in reading.ecarts)
    lus = float(len(table) + sum(e.lignes for e in reading.ecarts))
    place = table.assign(**{colonne: arrivee})[motif == ""]
    compte = Compte(
        lecture.nom, reading.genre.libelle, "lignes", lus, float(len(place)), ecartes + dehors
    )
    return Place(lecture, place, (compte,))


def _label(table: pd.DataFrame, colonne: str) -> pd.Series:
    nom = table["nom"] if "nom" in table else pd.Series("", index=table.index)
    return (table[colonne].astype("str") + " " + nom.astype("str")).str.strip()


def place_indicators(lecture: Lecture, history: CommuneHistory, perimetre: Perimetre) -> Place:
    """Place long indicators of communes: counts add on mergers, rates do not, blanks stay blanks."""
    table = lecture.reading.table
    table = table.assign(annee=table["annee"].where(table["annee"] != 0, lecture.annee))
    communes = table[table["maille"] == "commune"]
    parts, comptes = [], []
    for nature, lignes in communes.groupby(communes["indicateur"].map(NATURES)):
        colonnes = Colonnes("code_territoire", {"valeur": Nature(nature)}, {"valeur": "statut"}, _CLES)
        converti = convert(history, lignes, colonnes, lecture.cog or perimetre.cog, perimetre.cog)
        arrive = converti.table
        dedans = arrive["code_territoire"].isin(perimetre.codes)
        parts.append(arrive[dedans])
        comptes += _count(lecture, Nature(nature), lignes, (arrive[~dedans], arrive[dedans], converti.unplaced))
    autres = table[table["maille"] != "commune"]
    place = pd.concat([*(p.assign(maille="commune") for p in parts), autres], ignore_index=True)
    return Place(lecture, place[["code_territoire", "maille", "indicateur", "annee", "valeur", "statut"]], tuple(comptes))


def _count(
    lecture: Lecture, nature: Nature, lues: pd.DataFrame, tables: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
) -> list[Compte]:
    """One account per indicator and year: sums of counts, numbers of values for rates and medians."""
    additive = nature in ADDITIVE
    weigh = (lambda v: v) if additive else (lambda v: v.notna().astype(float))
    dehors, dedans, perdus = tables
    comptes = []
    for (indicateur, annee), lignes in lues.groupby(list(_CLES)):
        def same(t: pd.DataFrame) -> pd.DataFrame:
            return t[(t["indicateur"] == indicateur) & (t["annee"] == annee)]

        loin, ici, perdu = same(dehors), same(dedans), same(perdus)
        motif = perdu["raison"].map(lambda r: Raison(r).libelle)
        ecarts = gather(motif, perdu["code_de"], weigh(perdu["valeur"]))
        connus = loin[loin["valeur"].notna()]
        ecarts += gather(
            pd.Series(DEHORS, index=connus.index), connus["code_territoire"], weigh(connus["valeur"])
        )
        comptes.append(
            Compte(
                lecture.nom, f"{indicateur} {annee}", "unités" if additive else "valeurs",
                float(weigh(lignes["valeur"]).sum()), float(weigh(ici["valeur"]).sum()), ecarts,
            )
        )  # fmt: skip
    return comptes
