"""From a recognised file to a table of text: the only place where official files are opened."""

import csv
import json
from collections.abc import Mapping
from typing import Literal

import geopandas as gpd
import pandas as pd
import pyogrio

from data.errors import SourceError
from data.sources.sample import Entete, Forme, Sample, cell_text, sheets

Citation = Literal[0, 3]
"""`csv.QUOTE_MINIMAL` or `csv.QUOTE_NONE`."""


def load(
    sample: Sample, entete: Entete, champs: Mapping[str, str], citation: Citation = csv.QUOTE_MINIMAL
) -> pd.DataFrame:
    """Read the columns asked, as stripped text under their canonical names; `champs`: canonical → as written.

    A column written "" is absent from the file and gives empty cells; `citation` is a constant of `csv`, for texts
    whose quotes are no quotes. Raises SourceError when unreadable.
    """
    presents = {c: w for c, w in champs.items() if w}
    try:
        if sample.forme is Forme.TABLE:
            table = _load_text(sample, entete, presents, citation)
        else:
            table = _READERS[sample.forme](sample, entete, presents)
    except (OSError, ValueError, csv.Error, pyogrio.errors.DataSourceError) as erreur:
        raise SourceError(f"Le fichier {sample.nom} ne peut pas être lu\u202f: {erreur}.", sample.nom) from erreur
    for colonne in champs:
        table[colonne] = table[colonne].str.strip() if colonne in table else ""
    return table[list(champs)]


def _load_text(sample: Sample, entete: Entete, champs: Mapping[str, str], citation: Citation) -> pd.DataFrame:
    rangs = {entete.colonnes.index(w): c for c, w in champs.items()}
    for encodage in dict.fromkeys((sample.encodage, "cp1252")):
        try:
            table = pd.read_csv(
                sample.path,
                sep=sample.separateur,
                encoding=encodage,
                dtype=str,
                header=None,
                skiprows=entete.ligne + 1,
                usecols=sorted(rangs),
                names=[str(n) for n in range(len(entete.colonnes))],
                keep_default_na=False,
                index_col=False,
                quoting=citation,
            )
        except UnicodeDecodeError:
            continue
        except pd.errors.EmptyDataError:
            return pd.DataFrame({c: pd.Series([], dtype="str") for c in champs})
        return table.rename(columns={str(r): c for r, c in rangs.items()})
    raise SourceError(f"Le fichier {sample.nom} n'est ni en UTF-8 ni en cp1252.", sample.nom)


def _load_workbook(sample: Sample, entete: Entete, champs: Mapping[str, str]) -> pd.DataFrame:
    lignes = sheets(sample.path)[entete.feuille][entete.ligne + 1 :]
    rangs = {c: entete.colonnes.index(w) for c, w in champs.items()}
    table = pd.DataFrame(
        {
            c: pd.Series([v if type(v := x[r]) is str else cell_text(v) for x in lignes], dtype="str")
            for c, r in rangs.items()
        }
    )
    vides = (table == "").all(axis=1)
    return table[~vides].reset_index(drop=True)


def _load_json(sample: Sample, _: Entete, champs: Mapping[str, str]) -> pd.DataFrame:
    objets = json.loads(sample.path.read_text(encoding="utf-8-sig"))
    return pd.DataFrame({c: pd.Series([cell_text(o.get(w)) for o in objets], dtype="str") for c, w in champs.items()})


def _load_geojson(sample: Sample, _: Entete, champs: Mapping[str, str]) -> pd.DataFrame:
    """Read the properties alone, as they are typed: a code may be an integer in one feature and text in the next."""
    contenu = json.loads(sample.path.read_text(encoding="utf-8-sig"))
    objets = [f.get("properties") or {} for f in contenu["features"]]
    return pd.DataFrame({c: pd.Series([cell_text(o.get(w)) for o in objets], dtype="str") for c, w in champs.items()})


def _load_vector(sample: Sample, entete: Entete, champs: Mapping[str, str]) -> pd.DataFrame:
    brut = pyogrio.read_dataframe(
        sample.path, layer=entete.feuille or None, columns=list(champs.values()), read_geometry=False
    )
    return pd.DataFrame({c: _as_text(brut[w]) for c, w in champs.items()})


_READERS = {
    Forme.CLASSEUR: _load_workbook,
    Forme.JSON: _load_json,
    Forme.GEOJSON: _load_geojson,
    Forme.VECTEUR: _load_vector,
}


def _as_text(colonne: pd.Series) -> pd.Series:
    texte = colonne if isinstance(colonne.dtype, pd.StringDtype) else colonne.map(cell_text, na_action="ignore")
    return texte.fillna("").astype("str").str.strip()


def load_geo(sample: Sample, entete: Entete, champs: Mapping[str, str]) -> gpd.GeoDataFrame:
    """Read the columns asked and the geometry, brought to EPSG:4326. Raises SourceError when unreadable."""
    presents = {c: w for c, w in champs.items() if w}
    try:
        brut = pyogrio.read_dataframe(
            sample.path, layer=entete.feuille or None, columns=list(presents.values()), use_arrow=True
        )
    except (OSError, ValueError, pyogrio.errors.DataSourceError) as erreur:
        raise SourceError(f"Le fichier {sample.nom} ne peut pas être lu\u202f: {erreur}.", sample.nom) from erreur
    brut = brut.set_crs(4326) if brut.crs is None else brut.to_crs(4326)
    colonnes = {c: _as_text(brut[presents[c]]) if c in presents else "" for c in champs}
    return gpd.GeoDataFrame(colonnes, geometry=brut.geometry.array, crs=4326, index=brut.index)
