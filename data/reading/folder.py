"""Which file of a folder is which table, and the version that their bytes make."""

import hashlib
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from data.reading.context import NOMS as CONTEXTE
from data.reading.ledger import Ledger, Lieu, avertissement, erreur
from data.reading.names import bare
from data.reading.outlines import EXTENSIONS
from data.reading.settings import FICHIER
from data.tables import PAR_NOM

CLASSEUR = "jeu.xlsx"
PIECES = ("gabarit_pptx", "logo")
# A shapefile is several files; only the first is opened by name.
_COMPAGNONS = (".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx", ".shp.xml", ".qmd")

_ETRANGER = avertissement(
    "Aucune table de l'atlas ne porte ce nom\u202f: le fichier n'est pas lu.",
    "Corrigez son nom, ou retirez-le du dossier.",
)
_EN_DOUBLE = avertissement(
    "Deux fichiers donnent la même table\u202f: celui-ci n'est pas lu, {valeur} l'est.", "Gardez un seul des deux."
)


_FERME = erreur("Le fichier ne peut pas être ouvert ({valeur}).", "Vérifiez ses droits de lecture.")


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of one dataset, each under the name of what it holds; `pieces` are those that its settings name."""

    reglages: Path | None
    classeur: Path | None
    communes: Path | None
    qpv: Path | None
    tables: Mapping[str, Path]
    fichiers: tuple[Path, ...]
    pieces: Mapping[str, Path]
    contexte: Mapping[str, Path]


def explore(dossier: Path, ledger: Ledger) -> Folder:
    """Sort the files of a folder; strangers that look like data are noted, anything else is ignored."""
    visibles = sorted(p for p in dossier.iterdir() if p.is_file() and not p.name.startswith((".", "~$")))
    tables: dict[str, Path] = {}
    connues = {bare(nom): nom for nom in PAR_NOM}
    for chemin in visibles:
        if chemin.suffix.lower() != ".csv":
            continue
        nom = connues.get(bare(chemin.stem))
        if nom is None:
            ledger.note(_ETRANGER, Lieu(chemin.name))
        elif nom in tables:
            ledger.note(_EN_DOUBLE, Lieu(chemin.name), None, tables[nom].name)
        else:
            tables[nom] = chemin
    par_nom = {chemin.name.casefold(): chemin for chemin in visibles}
    communes, qpv = (_vector(visibles, nom, ledger) for nom in ("communes", "qpv"))
    reglages, classeur = par_nom.get(FICHIER), par_nom.get(CLASSEUR)
    pieces = {nom: p for p in visibles for nom, cite in _named(reglages).items() if p.name == cite}
    vecteurs = {nom: _vector(visibles, f"contexte{nom}", ledger) for nom in CONTEXTE}
    contexte = {nom: chemin for nom, chemin in vecteurs.items() if chemin}
    lus = [reglages, classeur, communes, qpv, *tables.values(), *pieces.values(), *contexte.values()]
    lus += [
        c
        for v in (communes, qpv, *contexte.values())
        if v
        for c in visibles
        if c.stem == v.stem and c.name.endswith(_COMPAGNONS)
    ]
    fichiers = tuple(sorted({p for p in lus if p is not None}))
    return Folder(reglages, classeur, communes, qpv, tables, fichiers, pieces, contexte)


def _named(reglages: Path | None) -> dict[str, str]:
    """Return the files that the settings name, by key; what is wrong with the settings is said when they are read."""
    with suppress(OSError, ValueError):
        parametres = tomllib.loads(reglages.read_text("utf-8-sig")).get("parametres") if reglages else None
        if isinstance(parametres, dict):
            return {cle: str(parametres[cle]).strip() for cle in PIECES if parametres.get(cle)}
    return {}


def _vector(visibles: list[Path], nom: str, ledger: Ledger) -> Path | None:
    candidats = [p for p in visibles if bare(p.stem) == nom and p.suffix.lower() in EXTENSIONS]
    candidats.sort(key=lambda p: EXTENSIONS.index(p.suffix.lower()))
    for double in candidats[1:]:
        ledger.note(_EN_DOUBLE, Lieu(double.name), None, candidats[0].name)
    return candidats[0] if candidats else None


def read_bytes(chemin: Path | None, ledger: Ledger) -> bytes | None:
    """Return the bytes of a file; None where there is none or it cannot be opened, which is noted."""
    if chemin is None:
        return None
    try:
        return chemin.read_bytes()
    except OSError as faute:
        ledger.note(_FERME, Lieu(chemin.name), None, faute.strerror or "")
        return None


def files_of(dossier: Path) -> tuple[Path, ...]:
    """Return the files that a reading of the folder opens; none where there is no such folder."""
    return explore(dossier, Ledger()).fichiers if dossier.is_dir() else ()


def version_of(fichiers: tuple[Path, ...]) -> str:
    """Return twelve hexadecimal digits that change with any byte of the files."""
    somme = hashlib.sha256()
    for chemin in fichiers:
        somme.update(chemin.name.encode() + b"\0")
        with suppress(OSError), chemin.open("rb") as flux:
            somme.update(hashlib.file_digest(flux, "sha256").digest())
    return somme.hexdigest()[:12]
