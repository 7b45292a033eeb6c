"""Insee BPE as counts by commune: the 2013 spreadsheet with a column per type, and today's `DS_BPE_data`.

`DS_BPE_data` follows its documented layout, unproven.
"""

import numpy as np
import pandas as pd

from data.sources.bpe import FAMILLE, PAGE
from data.sources.bpe_types import PAR_CODE, PAR_LIBELLE, TypeBpe
from data.sources.reading import SERVICE, Ecart, Format, Genre, Reading
from data.sources.sample import Sample, key
from data.sources.tabular import load
from data.sources.values import commune_codes, numbers

_ANNEE_DES_LIBELLES = 2013
_REPERES = tuple(
    key(libelle) for libelle in ("École maternelle", "École élémentaire", "Garde d'enfant d'âge préscolaire")
)


def _recognise(sample: Sample) -> bool:
    return sample.has("depcom", *_REPERES)


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("depcom", *_REPERES)
    assert entete is not None
    table = load(sample, entete, {"code": entete.column("depcom"), **{c: c for c in entete.colonnes[1:]}})
    table["code"], _ = commune_codes(table["code"])
    # Most cells are empty: each column is emptied of them before it is made long.
    pleines = [table.loc[table[c] != "", ["code", c]].rename(columns={c: "texte"}) for c in entete.colonnes[1:]]
    longue = pd.concat([p.assign(libelle=c) for p, c in zip(pleines, entete.colonnes[1:], strict=True)])
    longue = longue.reset_index(drop=True)
    longue["nombre"], _ = numbers(longue["texte"], vide="zero")
    longue = longue[longue["nombre"] > 0]
    types = {c: PAR_LIBELLE[c] for c in entete.colonnes if c in PAR_LIBELLE}
    notes = ("une case vide y vaut zéro", "comptes par commune\u202f: sans nom ni position")
    return (_spread(longue, types, "libelle", (_ANNEE_DES_LIBELLES, notes)),)


def _spread(longue: pd.DataFrame, types: dict[str, TypeBpe], colonne: str, dit: tuple[int, tuple[str, ...]]) -> Reading:
    """Turn counts into one row per facility."""
    annee, notes = dit
    lues = int(longue["nombre"].sum())
    utile = longue[colonne].isin(types)
    dehors = longue[~utile].groupby(colonne)["nombre"].sum()
    ecarts: tuple[Ecart, ...] = ()
    if len(dehors):
        total = int(dehors.sum())
        exemples = tuple(dehors.sort_values(ascending=False).index[:5])
        ecarts = (Ecart("équipement hors des champs thématiques", total, float(total), exemples),)
    comptes = longue[utile]
    comptes = comptes.assign(
        type_service=comptes[colonne].map({c: t.type_service for c, t in types.items()}),
        champ=comptes[colonne].map({c: t.champ for c, t in types.items()}),
    )
    comptes = comptes.sort_values(["code", "type_service", colonne], kind="stable")
    un = comptes.loc[np.repeat(comptes.index, comptes["nombre"].astype(int))].reset_index(drop=True)
    rang = un.groupby(["code", "type_service"]).cumcount() + 1
    services = pd.DataFrame(
        {
            "id": f"BPE{annee % 100:02d}-" + un["code"] + "-" + un["type_service"] + "-" + rang.astype(str),
            "type_service": un["type_service"],
            "champ": un["champ"],
            "code_commune": un["code"],
            "latitude": np.nan,
            "longitude": np.nan,
            "capacite": np.nan,
            "mode": "fixe",
            "source": f"Insee, BPE {annee}",
        }
    )
    services = services.assign(nom="", adresse="", date_ouverture="", date_fermeture="")[list(SERVICE)]
    return Reading(Genre.SERVICES, services, lues, annee, ecarts=ecarts, notes=notes, unite="équipements")


COMPTES_2013 = Format(
    "insee_bpe_2013", "Base permanente des équipements 2013, comptes par commune", "Insee", "Licence Ouverte 2.0", PAGE,
    _recognise, _read, famille=FAMILLE,
)  # fmt: skip


def _recognise_ds(sample: Sample) -> bool:
    return sample.has("geo", "geoobject", "facilitytype", "timeperiod", "obsvalue")


def _read_ds(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("geo", "geoobject", "facilitytype", "timeperiod", "obsvalue")
    assert entete is not None
    champs = {
        "code": "geo", "objet": "geoobject", "type": "facilitytype", "an": "timeperiod", "texte": "obsvalue",
        "mesure": "bpemeasure",
    }  # fmt: skip
    table = load(sample, entete, {c: entete.column(k) for c, k in champs.items()})
    derniere = table["an"].max()
    table = table[
        table["objet"].isin(["COM", "ARM"])
        & (table["an"] == derniere)
        & ~table["type"].str.startswith("_")
        & table["mesure"].isin(["", "FACILITIES"])
    ]
    table = table.assign(nombre=numbers(table["texte"], vide="zero")[0].fillna(0.0))
    table["code"], _ = commune_codes(table["code"])
    notes = (
        f"année {derniere}\u202f: les totaux, les autres mailles et les autres années ne sont pas comptés",
        "comptes par commune\u202f: sans nom ni position",
    )
    return (_spread(table[table["nombre"] > 0], dict(PAR_CODE), "type", (int(str(derniere)[:4]), notes)),)


COMPTES = Format(
    "insee_bpe_comptes", "Base permanente des équipements, comptes (DS_BPE_data)", "Insee", "Licence Ouverte 2.0", PAGE,
    _recognise_ds, _read_ds, famille=FAMILLE,
)  # fmt: skip
