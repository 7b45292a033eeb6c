"""The Epci of every commune of the perimeter, each commune once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from data.preparation.account import Compte
from data.preparation.choosing import choose, drop
from data.preparation.passage import Passages
from data.preparation.perimeter import Perimetre, departements_of
from data.preparation.placing import Place, place_rows
from data.preparation.vintage import Lecture
from data.sources.reading import Genre


@dataclass(frozen=True, eq=False)
class Appartenance:
    """`epci_de`: code of each commune that has one; `epci`: the rows of `epci.csv`."""

    epci_de: dict[str, str]
    epci: pd.DataFrame
    places: tuple[Place, ...]
    choix: tuple[str, ...]

    @property
    def comptes(self) -> tuple[Compte, ...]:
        """Accounts of every file of memberships."""
        return tuple(c for p in self.places for c in p.comptes)


def belong(lectures: Sequence[Lecture], passages: Passages) -> Appartenance:
    """Read the memberships of the best file of each département."""
    membres = [le for le in lectures if le.reading.genre is Genre.EPCI]
    places = [_once(place_rows(_with_origin(le), "code_commune", passages)) for le in membres]
    choisis, choix = choose(places, "code_commune", passages.cible)
    retenus = pd.concat([_EMPTY, *(p.table for p in choisis)], ignore_index=True)
    retenus = retenus[retenus["code_epci"] != ""]
    epci_de = dict(zip(retenus["code_commune"].tolist(), retenus["code_epci"].tolist(), strict=True))
    return Appartenance(
        epci_de, _names(retenus, lectures), choisis, choix + _straddling(retenus, choisis, passages.perimetre)
    )


_EMPTY = pd.DataFrame(
    {c: pd.Series([], dtype="str") for c in ("code_commune", "code_epci", "nom", "nature", "origine")}
)


def _with_origin(lecture: Lecture) -> Lecture:
    table = lecture.reading.table
    return replace(lecture, reading=replace(lecture.reading, table=table.assign(origine=table["code_commune"])))


def _once(place: Place) -> Place:
    """Keep one row per commune: that of the commune which gave its code to the merged one."""
    table = place.table.assign(_tete=place.table["origine"] != place.table["code_commune"])
    table = table.sort_values("_tete", kind="stable").drop(columns="_tete")
    tete = table.groupby("code_commune")["code_epci"].transform("first")
    place = Place(place.lecture, table, place.comptes)
    place = drop(
        place, table["code_epci"] == tete,
        pd.Series("rattachée à une commune dont l'Epci l'emporte (fusion ou arrondissement)", index=table.index),
    )  # fmt: skip
    return place


def _names(retenus: pd.DataFrame, lectures: Sequence[Lecture]) -> pd.DataFrame:
    codes = sorted(retenus["code_epci"].unique())
    sources = [retenus]
    for lecture in lectures:
        if lecture.reading.genre is Genre.EPCI:
            sources.append(lecture.reading.table)
        elif lecture.reading.genre is Genre.NOMS:
            sources.append(lecture.reading.table.rename(columns={"code": "code_epci"}).assign(nature=""))
    connus = pd.concat(sources, ignore_index=True)
    connus = connus[connus["code_epci"].isin(codes)]
    noms = connus[connus["nom"] != ""].drop_duplicates("code_epci").set_index("code_epci")["nom"]
    natures = connus[connus["nature"] != ""].drop_duplicates("code_epci").set_index("code_epci")["nature"]
    table = pd.DataFrame({"code_epci": pd.Series(codes, dtype="str")})
    table["nom"] = table["code_epci"].map(noms).fillna("").astype("str")
    table["nature"] = table["code_epci"].map(natures).fillna("").astype("str")
    return table


def _straddling(retenus: pd.DataFrame, places: Sequence[Place], perimetre: Perimetre) -> tuple[str, ...]:
    phrases = []
    if perimetre.departements:
        ailleurs = _outside(retenus, places, perimetre)
        if ailleurs:
            phrases.append(
                f"{len(ailleurs)} Epci débordent du territoire\u202f: seules leurs communes du territoire comptent "
                f"({', '.join(ailleurs[:4])})"
            )
    seules = sorted(perimetre.codes - set(retenus["code_commune"]))
    if seules:
        phrases.append(f"{len(seules)} communes sans Epci ({', '.join(seules[:6])})")
    return tuple(phrases)


def _outside(retenus: pd.DataFrame, places: Sequence[Place], perimetre: Perimetre) -> list[str]:
    codes = set(retenus["code_epci"])
    dehors: set[str] = set()
    for table in (p.lecture.reading.table for p in places if len(p.table)):
        loin = ~departements_of(table["code_commune"]).isin(perimetre.departements)
        dehors |= codes & set(table.loc[loin, "code_epci"].tolist())
    noms = retenus.drop_duplicates("code_epci").set_index("code_epci")["nom"]
    return sorted(noms.get(c, c) or c for c in dehors)
