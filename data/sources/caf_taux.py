"""data.caf.fr: childcare coverage rate and places, by commune, Epci and département; current and older layouts.

The current layout (`numcom`, `annee`, `txcouv_com`…) is documented and unproven; the older one is proven.
"""

import re

import pandas as pd

from data.sources.reading import Ecart, Format, Genre, Reading
from data.sources.sample import Entete, Sample
from data.sources.tabular import load
from data.sources.values import COMMUNE, SIREN, commune_codes, numbers, set_aside

_PAGE = "https://data.caf.fr/explore/?q=taux+de+couverture"
_LICENCE = "Licence Ouverte 2.0"
_TAUX = "taux_couverture_petite_enfance"
_PLACES = "places_petite_enfance"
_ANNEE = re.compile(r"(20\d\d)")
_NIVEAUX = {
    "commune": (("numcom", "numerocommune"), ("com",), COMMUNE),
    "epci": (("numepci", "numeroepci"), ("epci",), SIREN),
    "departement": (("numdep", "numerodepartement"), ("dep",), r"^(?:\d{2,3}|2[AB])$"),
}


_LIBELLE = "tauxdecouvglobal"
"""With labels instead of names, a file has one level only and its columns do not name it."""


def _columns(entete: Entete, suffixes: tuple[str, ...]) -> dict[str, str]:
    """Find the columns of values of one level: indicator → column as written."""
    trouves: dict[str, str] = {}
    for colonne, cle in zip(entete.colonnes, entete.cles, strict=True):
        nue = _ANNEE.sub("", cle)
        for suffixe in suffixes:
            if nue in {f"txcouvpe{suffixe}", f"txcouv{suffixe}", f"txcouvglo{suffixe}", f"tauxcouv{suffixe}"}:
                trouves.setdefault(_TAUX, colonne)
            if nue == _LIBELLE and _level_of(entete) == suffixes[0]:
                trouves.setdefault(_TAUX, colonne)
            if nue in {f"totoffre{suffixe}", f"nbplape{suffixe}", f"nbpla{suffixe}"}:
                trouves.setdefault(_PLACES, colonne)
    return trouves


def _level_of(entete: Entete) -> str:
    """Finest level that a file has a key for."""
    return next((s[0] for cles, s, _ in _NIVEAUX.values() if entete.column(*cles)), "")


def _entete(sample: Sample) -> Entete | None:
    for cle in (c for cles, _, _ in _NIVEAUX.values() for c in cles):
        entete = sample.find(cle)
        if entete and any(_columns(entete, suffixes) for _, suffixes, _ in _NIVEAUX.values()):
            return entete
    return None


def _recognise(sample: Sample) -> bool:
    return _entete(sample) is not None


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = _entete(sample)
    assert entete is not None
    parts: list[pd.DataFrame] = []
    ecarts: tuple[Ecart, ...] = ()
    lues = 0
    for maille, (cles, suffixes, forme) in _NIVEAUX.items():
        cle, valeurs = entete.column(*cles), _columns(entete, suffixes)
        if cle and valeurs:
            lues, part, dehors = _level(sample, entete, (maille, cle, forme), valeurs)
            ecarts = ecarts if parts else dehors
            parts.append(part)
    longue = pd.concat(parts, ignore_index=True)
    annees = longue["annee"].unique()
    return (Reading(Genre.INDICATEURS, longue, lues, int(annees[0]) if len(annees) == 1 else None, ecarts=ecarts),)


def _level(
    sample: Sample, entete: Entete, niveau: tuple[str, str, str], valeurs: dict[str, str]
) -> tuple[int, pd.DataFrame, tuple[Ecart, ...]]:
    maille, cle, forme = niveau
    table = load(sample, entete, {"code": cle, "an": entete.column("annee", "dtreffre", "datereference"), **valeurs})
    lues = len(table)
    if maille == "departement":
        table["code"] = table["code"].where(table["code"].str.len() != 1, "0" + table["code"])
    else:
        table["code"], _ = commune_codes(table["code"])
    valeur_dite = next((m.group(1) for m in map(_ANNEE.search, valeurs.values()) if m), "0")
    table["annee"] = table["an"].str.extract(r"(20\d\d)")[0].fillna(valeur_dite).astype(int)
    table, mauvais = set_aside(
        table, table["code"].str.fullmatch(forme), f"ligne sans code de {maille} (total ou non localisé)", "code"
    )
    cles = ["code", "annee", *valeurs]
    if maille != "commune":
        table = table.drop_duplicates(cles)
        doubles: tuple[Ecart, ...] = ()
    else:
        table, doubles = set_aside(table, ~table.duplicated(cles), "ligne répétée à l'identique", "code")
    parts = []
    for indicateur in valeurs:
        valeur, statut = numbers(table[indicateur], vide="non_publie")
        lignes = pd.DataFrame({"code_territoire": table["code"], "maille": maille, "indicateur": indicateur})
        parts.append(lignes.assign(annee=table["annee"], valeur=valeur, statut=statut))
    return lues, pd.concat(parts, ignore_index=True), mauvais + doubles


TAUX = Format(
    "caf_taux_couverture", "Taux de couverture et places d'accueil du jeune enfant", "Cnaf", _LICENCE, _PAGE,
    _recognise, _read,
)  # fmt: skip


def _recognise_ept(sample: Sample) -> bool:
    return sample.has("epciept") and bool(_rate_column(sample))


def _rate_column(sample: Sample) -> str:
    entete = sample.find("epciept")
    return entete.starting("tauxcouvertureglobal") if entete else ""


def _read_ept(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("epciept")
    colonne = _rate_column(sample)
    assert entete is not None
    trouve = _ANNEE.search(colonne)
    annee = int(trouve.group(1)) if trouve else 0
    table = load(sample, entete, {"code": entete.column("epciept"), "valeur": colonne})
    lues = len(table)
    table, ecarts = set_aside(table, table["code"].str.fullmatch(SIREN), "code qui n'est pas celui d'un Epci", "code")
    valeur, statut = numbers(table["valeur"])
    longue = pd.DataFrame({"code_territoire": table["code"], "maille": "epci", "indicateur": _TAUX, "annee": annee})
    longue = longue.assign(valeur=valeur, statut=statut)
    notes = ("au-dessus de 100, le taux est gardé\u202f: des places pour 100 enfants, non un pourcentage",)
    return (Reading(Genre.INDICATEURS, longue, lues, annee, ecarts=ecarts, notes=notes),)


TAUX_EPCI = Format(
    "caf_taux_couverture_epci", "Taux de couverture global petite enfance par Epci (SOFIE)", "Cnaf, ANCT",
    "non dite par le producteur", _PAGE, _recognise_ept, _read_ept,
)  # fmt: skip
