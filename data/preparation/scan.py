"""What lies in a folder of official files, each recognised by its content."""

import hashlib
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from data.errors import SourceError
from data.preparation.abreast import abreast
from data.preparation.archives import is_archive, unpack
from data.sources.reading import Format
from data.sources.registry import SOURCES
from data.sources.sample import Forme, Sample, take

Progress = Callable[[str, int, int], None]
"""Called with a French step, what is done and what there is to do."""

_MOTIFS = {
    Forme.POINTEUR: "pointeur Git LFS\u202f: le fichier lui-même n'est pas là",
    Forme.ANNEXE: "fichier joint à un fichier de formes (.shp), lu avec lui",
}
_INCONNU = "aucun format connu ne correspond à son contenu"
_SEPT_Z = "archive 7z\u202f: décompressez-la dans le dossier"
_JEU = "jeu de données déjà préparé (jeu.toml)\u202f: laissé de côté"


@dataclass(frozen=True, slots=True)
class Fichier:
    """One file of the folder: `format` is None where it is not taken, and `motif` says why."""

    nom: str
    taille: int
    sha256: str
    sample: Sample | None = None
    format: Format | None = None
    motif: str = ""


def scan(dossier: Path, archives: Path, avance: Callable[[int, int], None]) -> tuple[Fichier, ...]:
    """Look at every file of a folder, at any depth, sorted by name; archives are unpacked into `archives`.

    Raises SourceError when there is no such folder or no file in it.
    """
    if not dossier.is_dir():
        raise SourceError(f"Le dossier «\u00a0{dossier}\u00a0» n'existe pas ou n'est pas un dossier.", str(dossier))
    chemins = sorted(p for p in dossier.rglob("*") if p.is_file() and not p.name.startswith("."))
    if not chemins:
        raise SourceError(f"Le dossier «\u00a0{dossier}\u00a0» ne contient aucun fichier.", str(dossier))
    jeux = {p.parent for p in dossier.rglob("jeu.toml")}

    def look(rang: int) -> list[Fichier]:
        chemin = chemins[rang]
        nom = chemin.relative_to(dossier).as_posix()
        if jeux & set(chemin.parents):
            return [Fichier(nom, chemin.stat().st_size, "", motif=_JEU)]
        return _members(chemin, nom, archives / str(rang)) if is_archive(chemin) else [_look(chemin, nom)]

    fichiers: list[Fichier] = []
    for rang, trouves in enumerate(abreast(look, range(len(chemins))), 1):
        fichiers += trouves
        avance(rang, len(chemins))
    return tuple(fichiers)


def _members(chemin: Path, nom: str, vers: Path) -> list[Fichier]:
    membres: list[Fichier] = []
    try:
        # Every member is unpacked before any is read: a shapefile is several of them.
        for interieur, fichier in list(unpack(chemin, vers)):
            membres.append(_look(fichier, f"{nom}/{interieur}"))
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
        return [
            Fichier(nom, chemin.stat().st_size, "", motif="archive abîmée ou protégée\u202f: décompressez-la à la main")
        ]
    return membres or [Fichier(nom, chemin.stat().st_size, "", motif="archive vide ou trop grande")]


def _look(chemin: Path, nom: str) -> Fichier:
    taille = chemin.stat().st_size
    sample = take(chemin, nom)
    trouve = next((f for f in SOURCES if f.recognise(sample)), None) if sample.feuilles else None
    if trouve is None:
        motif = _SEPT_Z if chemin.suffix.lower() == ".7z" else _MOTIFS.get(sample.forme, _INCONNU)
        return Fichier(nom, taille, "", sample, motif=motif)
    with chemin.open("rb") as flux:
        empreinte = hashlib.file_digest(flux, "sha256").hexdigest()
    return Fichier(nom, taille, empreinte, sample, trouve)
