"""Rural revitalisation: FRR (`Classement FRR et FRR+ au …`, the date is in the header) and the older ZRR."""

import re

import pandas as pd

from data.sources.reading import PRIORITE, Format, Genre, Reading
from data.sources.sample import Entete, Sample, key
from data.sources.tabular import load
from data.sources.values import commune_codes, repaired, set_aside

_ZRR = {"c": "classée", "pc": "partiellement classée"}


def _recognise_frr(sample: Sample) -> bool:
    entete = sample.find("codeinsee")
    return entete is not None and bool(entete.starting("classementfrr"))


def _read_frr(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("codeinsee")
    assert entete is not None
    colonne = entete.starting("classementfrr")
    trouve = re.search(r"20\d\d", colonne)
    annee = trouve.group() if trouve else ""
    return (_reading(sample, entete, colonne, ("frr", annee, f"DGCL, France ruralités revitalisation {annee}")),)


def _recognise_zrr(sample: Sample) -> bool:
    return sample.has("codeinsee", "classement") or sample.has("codgeo", "zrrsimp")


def _read_zrr(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("codeinsee", "classement") or sample.find("codgeo", "zrrsimp")
    assert entete is not None
    trouve = re.search(r"20\d\d", sample.path.stem)
    annee = trouve.group() if trouve else ""
    dit = ("zrr", annee, f"ANCT, zones de revitalisation rurale {annee}".strip())
    reading = _reading(sample, entete, entete.column("classement", "zrrsimp"), dit)
    return (reading,)


def _reading(sample: Sample, entete: Entete, colonne: str, dit: tuple[str, str, str]) -> Reading:
    nom, annee, source = dit
    table = load(sample, entete, {"code": entete.column("codeinsee", "codgeo"), "classement": colonne})
    lues = len(table)
    table["code"], repares = commune_codes(table["code"])
    codes, cle = table["code"], table["classement"].map(key)
    table["classement"] = [
        _ZRR.get(c.split("classee")[0] or c, brut)
        for c, brut in zip(cle.tolist(), table["classement"].tolist(), strict=True)
    ]
    non = cle.str.startswith("non") | cle.isin(["nc", ""])
    table, ecarts = set_aside(table, ~non, "commune non classée", "code")
    priorites = pd.DataFrame({c: "" for c in PRIORITE}, index=table.index)
    priorites = priorites.assign(
        definition=f"{nom}_{annee}" if annee else nom, maille="commune", code_territoire=table["code"],
        criteres=table["classement"], source=source, annee=annee,
    )  # fmt: skip
    notes = repaired(repares)
    notes += ("année lue dans le nom du fichier, que son contenu ne dit pas",) if nom == "zrr" and annee else ()
    return Reading(
        Genre.PRIORITES, priorites, lues, int(annee) if annee else None, ecarts=ecarts, notes=notes, codes=codes
    )


FRR = Format(
    "frr", "Communes classées France ruralités revitalisation", "DGCL", "Licence Ouverte 2.0",
    "https://www.collectivites-locales.gouv.fr/zonage-france-ruralites-revitalisation", _recognise_frr, _read_frr,
)  # fmt: skip
ZRR = Format(
    "zrr", "Zones de revitalisation rurale", "ANCT, DGCL", "Licence Ouverte 2.0",
    "https://www.data.gouv.fr/fr/datasets/zones-de-revitalisation-rurale-zrr/", _recognise_zrr, _read_zrr,
)  # fmt: skip
