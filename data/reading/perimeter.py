"""The perimeter: which codes of the tables are territories of the dataset, and what becomes of the others."""

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import pandas as pd

from data.model import Jeu, Maille
from data.plm import COMMUNE_DE, VILLES, vers_commune
from data.reading.codes import departement_of, parse_commune, parse_departement, parse_epci
from data.reading.headers import RawTable
from data.reading.ledger import Ledger, Lieu, Probleme, avertissement
from data.reading.settings import FICHIER
from data.schemas import Genre

_ILLISIBLE = avertissement(
    "«\u00a0{valeur}\u00a0» n'est pas un code de commune\u202f: la ligne est mise de côté.",
    "Écrivez le code Insee de la commune, sur cinq caractères.",
)
_INCONNUE = avertissement(
    "La commune {valeur} n'est pas dans le jeu\u202f: la ligne est mise de côté.",
    "Vérifiez le code\u202f; s'il vient d'une autre année, «\u00a0atlas-ctg passage\u00a0» dit ce qu'il est devenu.",
)
_DEHORS = avertissement(
    "La commune {valeur} est d'un autre département, pas dans le périmètre\u202f: la ligne ne compte pas.",
    "Rien à faire si c'est voulu\u202f; sinon corrigez le code.",
)
_PLIE = avertissement(
    "{valeur} est un arrondissement\u202f: la ligne est rattachée à sa commune.", "Rien à faire si c'est voulu."
)
_EPCI = avertissement(
    "L'Epci {valeur} n'a aucune commune dans le jeu\u202f: la ligne est gardée, rien n'est dessiné pour elle.",
    "Vérifiez son numéro Siren, ou le code_epci des communes.",
)
_DEPARTEMENT = avertissement(
    "Le département {valeur} n'est pas dans le périmètre\u202f: la ligne est gardée, rien n'est dessiné pour elle.",
    "Vérifiez le code.",
)
_QPV = avertissement(
    "Le quartier {valeur} n'est pas dans qpv.geojson\u202f: la ligne est gardée, rien n'est dessiné pour elle.",
    "Vérifiez le code, ou ajoutez son contour.",
)
_EN_TROP = avertissement(
    "Des communes du département {valeur} sont dans le jeu sans que jeu.toml l'annonce\u202f: elles sont gardées.",
    "Ajoutez-le à «\u00a0departements\u00a0», ou retirez ces communes.",
)
_EN_MOINS = avertissement(
    "jeu.toml annonce le département {valeur}, dont aucune commune n'est dans le jeu.",
    "Corrigez «\u00a0departements\u00a0».",
)
_DOUBLE_COMPTE = avertissement(
    "{valeur} est un arrondissement d'une ville déjà dans le fichier\u202f: l'entité est mise de côté.",
    "Gardez la ville ou ses arrondissements, pas les deux.",
)


@dataclass(frozen=True)
class Perimeter:
    """Every territory that a row may name, by maille."""

    communes: frozenset[str]
    departements: frozenset[str]
    epci: frozenset[str]
    qpv: frozenset[str] | None

    @cached_property
    def folded(self) -> dict[str, str]:
        """Arrondissements that stand for a commune of the dataset."""
        return {a: v for a, v in COMMUNE_DE.items() if a not in self.communes and v in self.communes}

    def fold(self, codes: pd.Series) -> pd.Series:
        """Return the codes, arrondissements turned into their commune unless the dataset holds them as communes."""
        return vers_commune(codes) if self.folded and codes.isin(list(self.folded)).any() else codes

    def stranger(self, code: str) -> Probleme | None:
        """Return what is wrong with a commune code, None where the dataset holds it."""
        if code in self.communes:
            return None
        if parse_commune(code) is None:
            return _ILLISIBLE
        connu = not self.departements or departement_of(code) in self.departements
        return _INCONNUE if connu else _DEHORS


def perimeter_of(jeu: Jeu, communes: gpd.GeoDataFrame, qpv: gpd.GeoDataFrame | None) -> Perimeter:
    """Return the perimeter: every commune of the dataset; `departements` only says what lies outside."""
    return Perimeter(
        frozenset(communes["code"]),
        frozenset(jeu.departements),
        frozenset(communes["code_epci"]) - {""},
        None if qpv is None else frozenset(qpv["code_qpv"]),
    )


def compare_departements(jeu: Jeu, communes: gpd.GeoDataFrame, fichier: str, ledger: Ledger) -> None:
    """Note the difference between the départements announced and those of the communes."""
    presents, annonces = set(communes["code_departement"]), set(jeu.departements)
    for code in sorted(presents - annonces) if annonces else ():
        ledger.note(_EN_TROP, Lieu(fichier, "code"), None, code)
    for code in sorted(annonces - presents):
        ledger.note(_EN_MOINS, Lieu(FICHIER, "departements"), None, code)


def without_doubles(communes: gpd.GeoDataFrame, lieu: Lieu, ledger: Ledger) -> gpd.GeoDataFrame:
    """Set aside the arrondissements of a city that the file also holds whole; the index is the feature's rank."""
    villes = set(communes["code"]) & VILLES.keys()
    doubles = communes["code"].map(COMMUNE_DE).isin(list(villes))
    ledger.note_lines(_DOUBLE_COMPTE, lieu, communes.index[doubles], communes["code"][doubles])
    return communes[~doubles]


def place(brute: RawTable, typee: pd.DataFrame, perimetre: Perimeter, ledger: Ledger) -> pd.DataFrame:
    """Fold arrondissements and set aside the rows whose commune is not in the perimeter.

    In `ctg_communes` a commune of another département stays: the agreement really covers it, and whoever
    counts only counts the perimeter.
    """
    placee = typee
    for colonne in brute.table.colonnes:
        if colonne.genre is Genre.COMMUNE:
            tout = pd.Series(True, index=placee.index)
            placee = _place_communes(brute, placee, (colonne.nom, tout), perimetre, ledger)
        elif colonne.genre is Genre.TERRITOIRE:
            placee = _place_communes(
                brute, placee, (colonne.nom, placee["maille"] == Maille.COMMUNE), perimetre, ledger
            )
            _note_territories(brute, placee, perimetre, ledger)
    return placee


def _place_communes(
    brute: RawTable,
    typee: pd.DataFrame,
    cible: tuple[str, pd.Series],
    perimetre: Perimeter,
    ledger: Ledger,
) -> pd.DataFrame:
    """Look at the column and the lines of `cible`."""
    colonne, lignes = cible
    lieu = Lieu(brute.fichier, colonne)
    ecrits = typee.loc[lignes, colonne]
    codes = perimetre.fold(ecrits)
    plies = codes != ecrits
    ledger.note_lines(_PLIE, lieu, ecrits.index[plies], ecrits[plies])
    fautes = {code: faute for code in codes.unique() if code and (faute := perimetre.stranger(code))}
    etrangers = codes[codes.isin(list(fautes))]
    for ligne, code in zip(etrangers.index, etrangers, strict=True):
        ledger.note(fautes[code], lieu, ligne, code)
    dehors = brute.table.nom == "ctg_communes"
    retires = etrangers[[not (dehors and fautes[code] is _DEHORS) for code in etrangers]].index
    placee = typee.assign(**{colonne: codes.reindex(typee.index).fillna(typee[colonne])}) if plies.any() else typee
    return placee.drop(index=retires)


def _note_territories(brute: RawTable, typee: pd.DataFrame, perimetre: Perimeter, ledger: Ledger) -> None:
    lieu = Lieu(brute.fichier, "code_territoire")
    departements = perimetre.departements or frozenset(departement_of(code) for code in perimetre.communes)
    connus = (
        (Maille.EPCI, perimetre.epci, parse_epci, _EPCI),
        (Maille.DEPARTEMENT, departements, parse_departement, _DEPARTEMENT),
        (Maille.QPV, perimetre.qpv, str, _QPV),
    )
    for maille, codes, parse, probleme in connus:
        if codes is None:
            continue
        cites = typee.loc[(typee["maille"] == maille) & (typee["code_territoire"] != ""), "code_territoire"]
        # A code that cannot be read was reported by its reader.
        inconnus = cites[[code not in codes and parse(code) is not None for code in cites]]
        ledger.note_lines(probleme, lieu, inconnus.index, inconnus)
