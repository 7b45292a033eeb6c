"""From a folder of FORMATS.md §1 to checked, read-only Frames and the findings made on the way."""

from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd

from data.errors import JeuIllisibleError, JeuRefuseError
from data.findings import Constat, count_errors
from data.frames import Frames
from data.model import CHAMPS, Champ, Jeu
from data.reading.assembly import Context, assemble
from data.reading.encoding import decode
from data.reading.folder import CLASSEUR, Folder, explore, version_of
from data.reading.gate import pass_gate
from data.reading.headers import RawTable, name_columns
from data.reading.ledger import Ledger, Lieu, avertissement, erreur
from data.reading.names import bare
from data.reading.perimeter import compare_departements, perimeter_of
from data.reading.rows import Rows, read_rows
from data.reading.settings import check_sources, read_settings
from data.reading.territories import no_qpv, read_communes, read_qpv
from data.reading.typed import type_table
from data.reading.workbook import read_sheets
from data.tables import PAR_NOM, TABLES

_SANS_COMMUNES = erreur(
    "Aucune commune n'est lue\u202f: sans elles il n'y a pas de carte.",
    "Ajoutez communes.geojson (ou .gpkg, .parquet, .shp) avec les propriétés code, nom, code_epci.",
)
_FEUILLE = avertissement(
    "Aucune table de l'atlas ne porte ce nom\u202f: la feuille n'est pas lue.", "Corrigez son nom, ou retirez-la."
)
_EN_DOUBLE = avertissement(
    "La table est aussi dans {valeur}, qui est lu à sa place.", "Gardez la table à un seul endroit."
)
_GRIS = "#7a7a7a"
_DEFINITIONS = frozenset({"indicateurs_def", "champs"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the frames where there is something to show, and every finding."""

    frames: Frames | None
    constats: tuple[Constat, ...]


def examine(dossier: Path) -> Reading:
    """Read whatever can be read of a dataset; `frames` is None where jeu.toml or the communes cannot.

    Raises: JeuIllisibleError when there is no such folder.
    """
    if not dossier.is_dir():
        raise JeuIllisibleError(f"Le dossier «\u00a0{dossier}\u00a0» n'existe pas ou n'est pas un dossier.")
    ledger = Ledger()
    contenu = explore(dossier, ledger)
    jeu = read_settings(contenu.reglages.read_bytes() if contenu.reglages else None, ledger)
    identite = replace(jeu or Jeu("", (), 0), version=version_of(contenu.fichiers))
    brutes = _raw_tables(contenu, ledger)
    territoires = _territories(contenu, identite, ledger)
    frames = _frames(identite, territoires, brutes, ledger) if territoires is not None else None
    if jeu is not None:
        montrees = [brute.fichier for nom, brute in brutes.items() if nom not in _DEFINITIONS]
        montrees += [chemin.name for chemin in (contenu.communes, contenu.qpv) if chemin]
        check_sources(jeu, montrees, ledger)
    return Reading(frames if jeu is not None else None, _sorted(ledger.constats))


def _territories(contenu: Folder, jeu: Jeu, ledger: Ledger) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame | None] | None:
    communes = read_communes(contenu.communes, ledger) if contenu.communes else None
    if contenu.communes is None or communes is None or communes.empty:
        ledger.note(_SANS_COMMUNES, Lieu("communes.geojson"))
        return None
    compare_departements(jeu, communes, contenu.communes.name, ledger)
    return communes, read_qpv(contenu.qpv, frozenset(communes["code"]), ledger) if contenu.qpv else None


def _sorted(constats: list[Constat]) -> tuple[Constat, ...]:
    return tuple(sorted(constats, key=lambda c: (c.fichier, c.ligne or 0, c.colonne)))


def read(dossier: Path) -> tuple[Frames, tuple[Constat, ...]]:
    """Return the frames of a dataset and every finding, errors included.

    Raises: JeuIllisibleError when jeu.toml or the communes cannot be read; it carries the findings.
    """
    lecture = examine(dossier)
    if lecture.frames is None:
        raison = next(c.message for c in lecture.constats if c.gravite.value == "erreur")
        raise JeuIllisibleError(
            f"Le jeu de données «\u00a0{dossier}\u00a0» ne peut pas être lu\u202f: {raison}", lecture.constats
        )
    return lecture.frames, lecture.constats


def load(dossier: Path) -> Frames:
    """Return the frames of a dataset without error.

    Raises: JeuIllisibleError, or JeuRefuseError when an error refuses it.
    """
    frames, constats = read(dossier)
    if erreurs := count_errors(constats):
        premiere = next(c for c in constats if c.gravite.value == "erreur")
        raise JeuRefuseError(
            f"Le jeu de données «\u00a0{dossier}\u00a0» est refusé ({erreurs} erreur{'s' if erreurs > 1 else ''}). "
            f"{premiere.phrase} La commande «\u00a0atlas-ctg verifier\u00a0» les liste toutes.",
            erreurs,
        )
    return frames


def _raw_tables(contenu: Folder, ledger: Ledger) -> dict[str, RawTable]:
    lues: dict[str, RawTable] = {}
    feuilles = read_sheets(contenu.classeur, ledger) if contenu.classeur else {}
    for nom, chemin in contenu.tables.items():
        texte = decode(chemin.read_bytes(), chemin.name, ledger)
        rows = read_rows(texte, chemin.name, PAR_NOM[nom].noms, ledger) if texte is not None else None
        if rows is not None:
            lues[nom] = name_columns(rows, PAR_NOM[nom], chemin.name, ledger)
    connues = {bare(nom): nom for nom in PAR_NOM}
    for feuille, rows in feuilles.items():
        _add_sheet(lues, (feuille, rows), connues.get(bare(feuille)), ledger)
    return {table.nom: lues[table.nom] for table in TABLES if table.nom in lues}


def _add_sheet(lues: dict[str, RawTable], feuille: tuple[str, Rows], nom: str | None, ledger: Ledger) -> None:
    fichier = f"{CLASSEUR}#{feuille[0]}"
    if nom is None:
        ledger.note(_FEUILLE, Lieu(fichier))
    elif nom in lues:
        ledger.note(_EN_DOUBLE, Lieu(fichier), None, lues[nom].fichier)
    else:
        lues[nom] = name_columns(feuille[1], PAR_NOM[nom], fichier, ledger)


def _frames(
    jeu: Jeu,
    territoires: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame | None],
    brutes: dict[str, RawTable],
    ledger: Ledger,
) -> Frames:
    communes, qpv = territoires
    champs = _champs_of(brutes.get("champs"))
    perimetre = perimeter_of(jeu, communes, qpv)
    tables = assemble(brutes, Context(communes, perimetre, champs), ledger)
    return Frames(
        jeu=jeu,
        communes=communes,
        qpv=no_qpv() if qpv is None else qpv,
        tables={t.nom: tables[t.nom].reset_index(drop=True) if t.nom in tables else t.empty() for t in TABLES},
        presentes=frozenset(tables) | {"communes"} | ({"qpv"} if qpv is not None else set()),
        champs=champs,
    )


def _champs_of(brute: RawTable | None) -> tuple[Champ, ...]:
    """Return the fields of the atlas and those that the dataset adds; what is wrong with them is said elsewhere."""
    if brute is None:
        return CHAMPS
    lus = pass_gate(brute, type_table(brute, (), Ledger()), Ledger())
    connus = {champ.id for champ in CHAMPS}
    return CHAMPS + tuple(
        Champ(id_champ, libelle or id_champ, "", False, _GRIS)
        for id_champ, libelle in zip(lus["champ"], lus["libelle"], strict=True)
        if id_champ not in connus
    )
