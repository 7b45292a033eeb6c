"""Outlines of communes: geo.api.gouv.fr, ADMIN EXPRESS ≤ 3.2 and 4.0, CARTElette, any GeoJSON with `code` and `nom`.

ADMIN EXPRESS 4.0 follows its documented layout; no real file could be had.
"""

from collections.abc import Callable, Mapping

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from data.sources.reading import Ecart, Format, Genre, Reading
from data.sources.sample import Entete, Forme, Sample
from data.sources.tabular import load_geo
from data.sources.values import COMMUNE, commune_codes, first_siren, repaired, set_aside

_IGN = "https://geoservices.ign.fr/adminexpress"
_GEO = (Forme.GEOJSON, Forme.VECTEUR)
_PLACES: dict[str, tuple[float, float, float, float]] = {
    "971": (-63.3, 15.7, -60.9, 18.3),
    "972": (-61.4, 14.2, -60.6, 15.1),
    "973": (-54.9, 1.9, -51.4, 6.1),
    "974": (55.0, -21.6, 56.0, -20.7),
    "976": (44.8, -13.2, 45.5, -12.4),
}
"""Where the overseas départements are, degrees: outlines moved beside the mainland for display lie elsewhere."""
_METROPOLE = (-5.6, 41.1, 10.0, 51.4)


def _read(sample: Sample, entete: Entete, champs: dict[str, str], population: str = "") -> tuple[Reading, ...]:
    brut = load_geo(sample, entete, champs | {"population": population})
    lues = len(brut)
    brut["code"], repares = commune_codes(brut["code"])
    brut, codes = set_aside(brut, brut["code"].str.fullmatch(COMMUNE), "code qui n'est pas celui d'une commune", "code")
    brut, vides = set_aside(brut, ~(brut.geometry.isna() | brut.geometry.is_empty), "contour vide", "code")
    brut, ailleurs = set_aside(
        brut, _in_place(brut), "contour hors de sa place (département d'outre-mer déplacé pour l'affichage)", "code"
    )
    brut, doubles = set_aside(brut, ~brut["code"].duplicated(), "commune déjà lue plus haut", "code")
    contours, repare = _repair(gpd.GeoDataFrame(brut, geometry="geometry", crs=4326))
    contours, plats = set_aside(
        contours, shapely.get_dimensions(contours.geometry.values) == 2, "contour sans surface", "code"
    )
    notes = repaired(repares)
    notes += (f"{repare} contours invalides réparés",) if repare else ()
    contours["code_epci"], notes_epci = first_siren(contours["code_epci"])
    ecarts: tuple[Ecart, ...] = codes + vides + ailleurs + doubles + plats
    lectures = [Reading(Genre.CONTOURS, contours.reset_index(drop=True), lues, ecarts=ecarts, notes=notes)]
    if champs["code_epci"]:
        epci = contours[["code", "code_epci"]].rename(columns={"code": "code_commune"}).assign(nom="", nature="")
        membres = pd.DataFrame(epci)
        lectures.append(Reading(Genre.EPCI, membres, lues, ecarts=ecarts, notes=notes_epci))
    return tuple(lectures)


def _in_place(contours: gpd.GeoDataFrame) -> "pd.Series[bool]":
    ouest, sud, est, nord = shapely.bounds(contours.geometry.values).T
    x, y = (ouest + est) / 2, (sud + nord) / 2
    departement = contours["code"].str[:3]
    dedans = _within(x, y, _METROPOLE)
    for code, boite in _PLACES.items():
        ici = (departement == code).to_numpy()
        dedans[ici] = _within(x[ici], y[ici], boite)
    return pd.Series(dedans, index=contours.index)


def _within(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], boite: tuple[float, float, float, float]
) -> npt.NDArray[np.bool_]:
    ouest, sud, est, nord = boite
    return (x >= ouest) & (x <= est) & (y >= sud) & (y <= nord)


def _repair(contours: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, int]:
    faux = ~contours.geometry.is_valid
    if not faux.any():
        return contours, 0
    surfaces = [_surfaces(forme) for forme in shapely.make_valid(contours.geometry[faux].values)]
    contours.loc[faux, "geometry"] = gpd.GeoSeries(surfaces, index=contours.index[faux], crs=4326)
    return contours, int((shapely.get_dimensions(surfaces) == 2).sum())


def _surfaces(forme: shapely.Geometry) -> shapely.Geometry:
    parts = [p for p in shapely.get_parts(forme) if shapely.get_dimensions(p) == 2]
    return shapely.union_all(parts) if parts else forme


def _reader(
    required: tuple[str, ...], champs: Mapping[str, tuple[str, ...]], population: str = ""
) -> Callable[[Sample], tuple[Reading, ...]]:
    def read(sample: Sample) -> tuple[Reading, ...]:
        entete = sample.find(*required)
        assert entete is not None
        return _read(sample, entete, {c: entete.column(*cles) for c, cles in champs.items()}, entete.column(population))

    return read


def _recognise_32(sample: Sample) -> bool:
    return sample.forme in _GEO and sample.has("inseecom", "nom", "sirenepci")


def _recognise_40(sample: Sample) -> bool:
    return sample.forme in _GEO and sample.has("codeinsee", "nomofficiel", "codessirendesepci")


def _recognise_api(sample: Sample) -> bool:
    return sample.forme in _GEO and sample.has("code", "nom", "codeepci") and _communes(sample)


def _recognise_etalab(sample: Sample) -> bool:
    return sample.forme in _GEO and sample.has("code", "nom", "departement", "region", "epci") and _communes(sample)


def _recognise_cartelette(sample: Sample) -> bool:
    return sample.forme in _GEO and sample.has("code", "nom", "dep", "reg", "epci") and _communes(sample)


def _recognise_autre(sample: Sample) -> bool:
    connu = _recognise_api(sample) or _recognise_etalab(sample) or _recognise_cartelette(sample)
    return sample.forme in _GEO and sample.has("code", "nom") and not connu and _communes(sample)


def _communes(sample: Sample) -> bool:
    entete = sample.find("code", "nom")
    if entete is None or not entete.exemples:
        return entete is not None
    rang = entete.cles.index("code")
    codes = pd.Series([e[rang] for e in entete.exemples], dtype="str")
    return bool(commune_codes(codes)[0].str.fullmatch(COMMUNE).all())


ADMIN_EXPRESS_3 = Format(
    "ign_admin_express_3", "ADMIN EXPRESS COG (3.2 et avant)", "IGN", "Licence Ouverte 2.0", _IGN, _recognise_32,
    _reader(("inseecom", "nom", "sirenepci"), {"code": ("inseecom",), "nom": ("nom",), "code_epci": ("sirenepci",)},
            "population"),
)  # fmt: skip
ADMIN_EXPRESS_4 = Format(
    "ign_admin_express_4", "ADMIN EXPRESS COG (4.0)", "IGN", "Licence Ouverte 2.0", _IGN, _recognise_40,
    _reader(
        ("codeinsee", "nomofficiel", "codessirendesepci"),
        {"code": ("codeinsee",), "nom": ("nomofficiel",), "code_epci": ("codessirendesepci",)},
        "population",
    ),
)  # fmt: skip
GEO_API = Format(
    "geo_api_communes", "Contours des communes, API Découpage administratif", "Etalab", "Licence Ouverte 2.0",
    "https://geo.api.gouv.fr/decoupage-administratif/communes", _recognise_api,
    _reader(
        ("code", "nom", "codeepci"), {"code": ("code",), "nom": ("nom",), "code_epci": ("codeepci",)}, "population"
    ),
)  # fmt: skip
_ETALAB = {"code": ("code",), "nom": ("nom",), "code_epci": ("epci",)}
ETALAB = Format(
    "etalab_contours",
    "Contours administratifs",
    "Etalab, d'après IGN",
    "Licence Ouverte 2.0",
    "https://www.data.gouv.fr/fr/datasets/contours-administratifs/",
    _recognise_etalab,
    _reader(("code", "nom", "departement"), _ETALAB, "population"),
)
CARTELETTE = Format(
    "cartelette_communes",
    "ADMIN EXPRESS COG simplifié, projet CARTElette",
    "IGN, CARTElette",
    "ODbL",
    "https://github.com/antuki/CARTElette",
    _recognise_cartelette,
    _reader(("code", "nom", "dep"), _ETALAB, "population"),
)
GENERIQUE = Format(
    "contours_communes", "Contours de communes", "producteur non dit par le fichier", "non dite par le fichier",
    "https://geo.api.gouv.fr/decoupage-administratif/communes", _recognise_autre,
    _reader(("code", "nom"), {"code": ("code",), "nom": ("nom",), "code_epci": ("epci", "sirenepci")}, "population"),
)  # fmt: skip

FORMATS = (ADMIN_EXPRESS_3, ADMIN_EXPRESS_4, GEO_API, ETALAB, CARTELETTE, GENERIQUE)
"""Every format of outlines of communes."""
