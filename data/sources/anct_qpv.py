"""ANCT: quartiers prioritaires, as polygons or as one point per commune with several codes in a cell."""

import geopandas as gpd
import pandas as pd
import shapely

from data.sources.reading import PRIORITE, Format, Genre, Reading
from data.sources.sample import Forme, Sample
from data.sources.tabular import load_geo
from data.sources.values import commune_codes

_SEPARATEURS = r"\s*[,;|]\s*"
_JUSTIFICATION = "Commune comptant au moins un quartier prioritaire"


def _recognise(sample: Sample) -> bool:
    geo = sample.forme in (Forme.GEOJSON, Forme.VECTEUR)
    return geo and (sample.has("codeqp", "inseecom") or sample.has("codeqp", "codecommune"))


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("codeqp")
    assert entete is not None
    champs = {
        "code_qpv": entete.column("codeqp"),
        "nom": entete.column("libqp", "nomqp"),
        "communes": entete.column("inseecom", "codecommune"),
    }
    table = load_geo(sample, entete, champs)
    lues = len(table)
    annee = 2024 if table["code_qpv"].str.startswith("QN").any() else 2015
    priorites = _by_commune(table, annee)
    lectures = [Reading(Genre.PRIORITES, priorites, len(priorites), annee, unite="couples commune-quartiers")]
    surfaces = table[shapely.get_dimensions(table.geometry.values) == 2]
    if len(surfaces):
        quartiers, notes = _polygons(surfaces)
        lectures.append(Reading(Genre.QPV, quartiers, lues, annee, notes=notes, unite="quartiers"))
    return tuple(lectures)


def _by_commune(table: gpd.GeoDataFrame, annee: int) -> pd.DataFrame:
    paires = pd.DataFrame(
        {
            "code": table["code_qpv"].str.split(_SEPARATEURS, regex=True),
            "commune": table["communes"].str.split(_SEPARATEURS, regex=True),
        }
    )
    paires = paires.explode("code").explode("commune")
    paires["commune"], _ = commune_codes(paires["commune"])
    criteres = paires.groupby("commune")["code"].agg(lambda c: "|".join(sorted(set(c))))
    priorites = pd.DataFrame({c: "" for c in PRIORITE}, index=range(len(criteres)))
    priorites["code_territoire"] = criteres.index.astype("str")
    priorites["criteres"] = criteres.to_numpy()
    return priorites.assign(
        definition=f"qpv_{annee}", maille="commune", annee=str(annee), justification=_JUSTIFICATION,
        source=f"ANCT, quartiers prioritaires {annee}",
    )  # fmt: skip


def _polygons(surfaces: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    faux = ~surfaces.geometry.is_valid
    geometry = surfaces.geometry.copy()
    geometry[faux] = surfaces.geometry[faux].make_valid()
    communes, _ = commune_codes(surfaces["communes"].str.split(_SEPARATEURS, regex=True).explode())
    quartiers = gpd.GeoDataFrame(
        {
            "code_qpv": surfaces["code_qpv"],
            "nom": surfaces["nom"],
            "codes_communes": communes.groupby(level=0).agg("|".join),
        },
        geometry=geometry,
        crs=4326,
    )
    notes = (f"{int(faux.sum())} polygones invalides réparés",) if faux.any() else ()
    return quartiers.reset_index(drop=True), notes


QPV = Format(
    "anct_qpv",
    "Quartiers prioritaires de la politique de la ville",
    "ANCT",
    "Licence Ouverte 2.0",
    "https://www.data.gouv.fr/fr/datasets/quartiers-prioritaires-de-la-politique-de-la-ville-qpv/",
    _recognise,
    _read,
)
