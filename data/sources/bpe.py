"""Insee BPE, one row per facility: the national file (`DEPCOM, TYPEQU`) or a list of points without a commune.

The national file follows its documented layout; the list of points is proven.
"""

import csv

import pandas as pd

from data.sources.bpe_types import ANNEE_RECENTE, CODES_RECENTS, PAR_CODE
from data.sources.reading import SERVICE, Ecart, Format, Genre, Reading
from data.sources.sample import Sample
from data.sources.tabular import Citation, load
from data.sources.values import commune_codes, numbers

FAMILLE = "bpe"
PAGE = "https://www.insee.fr/fr/statistiques/8217525"
_MODES = {"ANT": "antenne", "MO": "itinerant"}
_CHAMPS = {
    "type": "typequ", "code_commune": "depcom", "an": "an", "nom": "nomrs", "capacite": "capacite",
    "forme": "type", "latitude": "latitude", "longitude": "longitude",
}  # fmt: skip


def _recognise(sample: Sample) -> bool:
    return sample.has("typequ", "depcom") or sample.has("typequ", "latitude", "longitude")


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("typequ", "depcom") or sample.find("typequ", "latitude", "longitude")
    assert entete is not None
    # Recent vintages escape quotes badly; the plain lists of points quote their labels as they should.
    citation: Citation = csv.QUOTE_NONE if entete.column("depcom") else csv.QUOTE_MINIMAL
    table = load(sample, entete, {c: entete.column(k) for c, k in _CHAMPS.items()}, citation)
    table = table.apply(lambda c: c.str.strip('"'))
    lues = len(table)
    annee, notes = _date(table)
    utile = table["type"].isin(PAR_CODE)
    ecarts = _outside(table.loc[~utile, "type"])
    table = table[utile].reset_index(drop=True)
    return (
        Reading(Genre.SERVICES, _services(table, annee), lues, annee, ecarts=ecarts, notes=notes, unite="équipements"),
    )


def _date(table: pd.DataFrame) -> tuple[int | None, tuple[str, ...]]:
    annees = pd.to_numeric(table["an"], errors="coerce").dropna()
    if len(annees):
        return int(annees.max()), ()
    if table["type"].isin(CODES_RECENTS).any():
        return ANNEE_RECENTE, (f"année non dite\u202f: nomenclature de {ANNEE_RECENTE} ou après",)
    return None, ("année non dite",)


def _outside(types: pd.Series) -> tuple[Ecart, ...]:
    bpe = types.str.fullmatch(r"[A-G]\d{3}")
    ecarts = []
    for motif, lot in (
        ("équipement hors des champs thématiques", types[bpe]),
        ("type qui n'est pas de la BPE", types[~bpe]),
    ):
        if len(lot):
            ecarts.append(Ecart(motif, len(lot), float(len(lot)), tuple(lot.drop_duplicates().head(5))))
    return tuple(ecarts)


def _services(table: pd.DataFrame, annee: int | None) -> pd.DataFrame:
    services = pd.DataFrame(index=table.index)
    an = f"{annee % 100:02d}" if annee else ""
    rang = table.groupby(["code_commune", "type"]).cumcount() + 1
    services["id"] = "BPE" + an + "-" + table["code_commune"] + "-" + table["type"] + "-" + rang.astype(str)
    services["type_service"] = table["type"].map({c: t.type_service for c, t in PAR_CODE.items()})
    services["champ"] = table["type"].map({c: t.champ for c, t in PAR_CODE.items()})
    services["nom"] = table["nom"].where(~table["nom"].isin(["_U", "_Z"]), "")
    services["code_commune"], _ = commune_codes(table["code_commune"])
    for axe in ("latitude", "longitude"):
        services[axe], _ = numbers(table[axe])
    capacite, _ = numbers(table["capacite"])
    services["capacite"] = capacite
    services["mode"] = table["forme"].map(_MODES).fillna("fixe")
    services["source"] = f"Insee, BPE {annee or ''}".strip()
    return services.assign(adresse="", date_ouverture="", date_fermeture="")[list(SERVICE)]


BPE = Format(
    "insee_bpe", "Base permanente des équipements, équipements un à un", "Insee", "Licence Ouverte 2.0", PAGE,
    _recognise, _read, famille=FAMILLE,
)  # fmt: skip
