"""From a folder of FORMATS.md §1 to checked, read-only Frames and the findings made on the way."""

from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd

from data.errors import JeuIllisibleError, JeuRefuseError
from data.findings import Constat, Gravite, count_errors
from data.frames import Frames
from data.model import CHAMPS, Champ, Jeu
from data.reading.assembly import Context, assemble
from data.reading.context import read_context
from data.reading.encoding import decode
from data.reading.folder import CLASSEUR, PIECES, Folder, explore, read_bytes, version_of
from data.reading.gate import pass_gate
from data.reading.headers import RawTable, name_columns
from data.reading.ledger import Ledger, Lieu, avertissement, erreur
from data.reading.names import bare
from data.reading.perimeter import compare_departements, perimeter_of
from data.reading.rows import Rows, read_rows
from data.reading.settings import FICHIER, check_sources, read_settings
from data.reading.territories import no_qpv, read_communes, read_qpv
from data.reading.typed import type_table
from data.reading.workbook import read_sheets
from data.tables import PAR_NOM, TABLES

_SANS_COMMUNES = erreur(
    "Aucune commune n'est lue\u202f: sans elles il n'y a pas de carte.",
    "Ajoutez communes.geojson (ou .gpkg, .parquet, .shp) avec les propriétés code, nom, code_epci.",
)
_SANS_DOSSIER = erreur("Le dossier n'existe pas, ou n'est pas un dossier.", "Vérifiez son chemin.")
_FEUILLE = avertissement(
    "Aucune table de l'atlas ne porte ce nom\u202f: la feuille n'est pas lue.", "Corrigez son nom, ou retirez-la."
)
_EN_DOUBLE = avertissement(
    "La table est aussi dans {valeur}, qui est lu à sa place.", "Gardez la table à un seul endroit."
)
_PIECE = avertissement(
    "Le fichier «\u00a0{valeur}\u00a0» n'est pas dans le dossier du jeu\u202f: les diapositives seront refusées.",
    "Ajoutez-le à côté de jeu.toml, ou corrigez son nom.",
)
_GRIS = "#7a7a7a"
_DEFINITIONS = frozenset({"indicateurs_def", "champs"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a folder: every finding, and the frames unless jeu.toml or the communes cannot be read.

    `nom` is the name of the dataset, its folder where it has none.
    """

    nom: str
    frames: Frames | None
    constats: tuple[Constat, ...]

    @property
    def erreurs(self) -> int:
        """Number of findings that refuse the dataset."""
        return count_errors(self.constats)

    @property
    def code_sortie(self) -> int:
        """Exit code of `verifier`: 0 clean or warnings only, 1 errors, 2 unreadable."""
        return 2 if self.frames is None else min(self.erreurs, 1)


def examine(dossier: Path) -> Reading:
    """Read whatever can be read of a folder and say all that is wrong with it; never raises on bad content."""
    ledger = Ledger()
    if not dossier.is_dir():
        ledger.note(_SANS_DOSSIER, Lieu(str(dossier)))
        return Reading(str(dossier), None, tuple(ledger.constats))
    contenu = explore(dossier, ledger)
    jeu = read_settings(read_bytes(contenu.reglages, ledger), ledger)
    identite = replace(jeu or Jeu("", (), 0), version=version_of(contenu.fichiers))
    brutes = _raw_tables(contenu, ledger)
    frames = _frames(identite, _territories(contenu, identite, ledger), brutes, ledger)
    if frames is not None:
        contexte = read_context(contenu.contexte, ledger)
        frames = replace(frames, pieces=_pieces(identite, contenu, ledger), contexte=contexte)
    if jeu is not None:
        montrees = [brute.fichier for nom, brute in brutes.items() if nom not in _DEFINITIONS]
        montrees += [c.name for c in (contenu.communes, contenu.qpv, *contenu.contexte.values()) if c]
        check_sources(jeu, montrees, ledger)
    return Reading(identite.nom or str(dossier), frames if jeu else None, _sorted(ledger.constats))


def _pieces(jeu: Jeu, contenu: Folder, ledger: Ledger) -> dict[str, bytes]:
    """Read the files that the settings name; one that is not there is noted."""
    lues = {cle: read_bytes(chemin, ledger) for cle, chemin in contenu.pieces.items()}
    for cle in PIECES:
        if (nom := getattr(jeu.parametres, cle)) and cle not in lues:
            ledger.note(_PIECE, Lieu(FICHIER, cle), None, nom)
    return {cle: octets for cle, octets in lues.items() if octets is not None}


def read(dossier: Path) -> tuple[Frames, tuple[Constat, ...]]:
    """Return the frames of a dataset and every finding, errors included.

    Raises: JeuIllisibleError when jeu.toml or the communes cannot be read; it carries the findings.
    """
    lecture = examine(dossier)
    return _readable(lecture, dossier), lecture.constats


def load(dossier: Path) -> Frames:
    """Return the frames of a dataset without error.

    Raises: JeuIllisibleError, or JeuRefuseError when an error refuses it.
    """
    return accept(examine(dossier), dossier)


def accept(lecture: Reading, dossier: Path) -> Frames:
    """Return the frames of a reading without error; `dossier` is the name that the user knows the dataset by.

    Raises: JeuIllisibleError, or JeuRefuseError when an error refuses it; both carry the findings.
    """
    frames = _readable(lecture, dossier)
    if erreurs := lecture.erreurs:
        combien = f"est refusé ({erreurs} erreur{'s' if erreurs > 1 else ''})"
        raise JeuRefuseError(f"{_sentence(dossier, combien)} {_first(lecture).phrase}", erreurs, lecture.constats)
    return frames


def _readable(lecture: Reading, dossier: Path) -> Frames:
    if lecture.frames is None:
        raise JeuIllisibleError(f"{_sentence(dossier, 'est illisible')} {_first(lecture).phrase}", lecture.constats)
    return lecture.frames


def _sentence(dossier: Path, verdict: str) -> str:
    return f"Le jeu de données «\u00a0{dossier}\u00a0» {verdict}."


def _first(lecture: Reading) -> Constat:
    return next(constat for constat in lecture.constats if constat.gravite is Gravite.ERREUR)


def _territories(contenu: Folder, jeu: Jeu, ledger: Ledger) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame | None] | None:
    communes = read_communes(contenu.communes, ledger) if contenu.communes else None
    if contenu.communes is None or communes is None or communes.empty:
        ledger.note(_SANS_COMMUNES, Lieu("communes.geojson"))
        return None
    compare_departements(jeu, communes, contenu.communes.name, ledger)
    return communes, read_qpv(contenu.qpv, frozenset(communes["code"]), ledger) if contenu.qpv else None


def _sorted(constats: list[Constat]) -> tuple[Constat, ...]:
    return tuple(sorted(constats, key=lambda c: (c.fichier, c.ligne or 0, c.colonne)))


def _raw_tables(contenu: Folder, ledger: Ledger) -> dict[str, RawTable]:
    lues: dict[str, RawTable] = {}
    feuilles = read_sheets(contenu.classeur, ledger) if contenu.classeur else {}
    for nom, chemin in contenu.tables.items():
        octets = read_bytes(chemin, ledger)
        texte = decode(octets, chemin.name, ledger) if octets is not None else None
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
    territoires: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame | None] | None,
    brutes: dict[str, RawTable],
    ledger: Ledger,
) -> Frames | None:
    """Check the tables, against the territories where there are any: without them there are no frames."""
    champs = _champs_of(brutes.get("champs"))
    if territoires is None:
        assemble(brutes, Context(champs), ledger)
        return None
    communes, qpv = territoires
    tables = assemble(brutes, Context(champs, communes, perimeter_of(jeu, communes, qpv)), ledger)
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
