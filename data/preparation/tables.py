"""The tables of a dataset, assembled from what was placed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from data.cog import CommuneHistory
from data.preparation.account import Compte
from data.preparation.choosing import choose, merge_indicators
from data.preparation.definitions import DEFINITIONS
from data.preparation.perimeter import Perimetre
from data.preparation.placing import Place, place_indicators, place_rows
from data.preparation.vintage import Lecture
from data.sources.reading import INDICATEUR, Genre


@dataclass(frozen=True, eq=False)
class Assemblage:
    """One table of the dataset, the readings that fed it, its accounts and the choices made."""

    fichier: str
    table: pd.DataFrame
    lectures: tuple[Lecture, ...] = ()
    comptes: tuple[Compte, ...] = ()
    choix: tuple[str, ...] = field(default=())


def assemble_rows(
    fichier: str, lectures: Sequence[Lecture], colonne: str, history: CommuneHistory, perimetre: Perimetre
) -> Assemblage:
    """Assemble a table of things (places, tags), keeping the best file of each département."""
    places = [place_rows(lecture, colonne, history, perimetre) for lecture in lectures]
    choisis, choix = choose(places, colonne, perimetre.cog)
    return _gather(fichier, choisis, choix)


def _gather(fichier: str, places: Sequence[Place], choix: tuple[str, ...]) -> Assemblage:
    nourris = [p for p in places if len(p.table)]
    table = pd.concat([p.table for p in nourris], ignore_index=True) if nourris else pd.DataFrame()
    comptes = tuple(c for p in places for c in p.comptes)
    return Assemblage(fichier, table, tuple(p.lecture for p in nourris), comptes, choix)


def assemble_indicators(lectures: Sequence[Lecture], history: CommuneHistory, perimetre: Perimetre) -> Assemblage:
    """Assemble `indicateurs.csv`: every year of every indicator, one value each."""
    places = [place_indicators(lecture, history, perimetre) for lecture in lectures]
    if not places:
        return Assemblage("indicateurs.csv", pd.DataFrame(columns=list(INDICATEUR)))
    table, nets = merge_indicators(places)
    nourris = tuple(lectures[r] for r in sorted(table["_rang"].unique()))
    comptes = tuple(c for p in nets for c in p.comptes)
    return Assemblage("indicateurs.csv", table[list(INDICATEUR)], nourris, comptes, ())


def definitions(indicateurs: pd.DataFrame, lectures: Sequence[Lecture]) -> pd.DataFrame:
    """Give the rows of `indicateurs-def.csv` for the indicators met, with their producers."""
    rows = []
    for d in DEFINITIONS:
        if not (indicateurs["indicateur"] == d.indicateur).any():
            continue
        sources = sorted(
            {
                f"{le.fichier.format.producteur}, {le.fichier.format.titre}"
                for le in lectures
                if le.fichier.format and (le.reading.table["indicateur"] == d.indicateur).any()
            }
        )
        rows.append(
            {
                "indicateur": d.indicateur, "libelle": d.libelle, "unite": d.unite, "nature": d.nature.value,
                "numerateur": "", "denominateur": "", "facteur": "", "champ": d.champ,
                "source": " | ".join(sources), "definition": d.definition,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def outline_table(
    contours: gpd.GeoDataFrame, noms: dict[str, str], epci_de: dict[str, str], indicateurs: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Give `communes.geojson`: `code`, `nom`, `code_epci`, `population` of the latest year."""
    population = indicateurs[
        (indicateurs["indicateur"] == "population_municipale") & (indicateurs["maille"] == "commune")
    ]
    derniere = population.dropna(subset=["valeur"]).sort_values("annee").drop_duplicates("code_territoire", keep="last")
    codes = contours["code"]
    valeurs = codes.map(dict(zip(derniere["code_territoire"], derniere["valeur"], strict=True)))
    return gpd.GeoDataFrame(
        {
            "code": codes,
            "nom": codes.map(noms).fillna(codes),
            "code_epci": codes.map(epci_de).fillna(""),
            "population": valeurs.astype("Int64") if len(valeurs) else valeurs,
        },
        geometry=contours.geometry.array,
        crs=4326,
    )


def select(lectures: Sequence[Lecture], genre: Genre) -> list[Lecture]:
    """Readings of one kind."""
    return [le for le in lectures if le.reading.genre is genre]
