"""What lies in a folder of official files, each recognised by its content."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from data.errors import SourceError
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


def scan(dossier: Path, avance: Callable[[int, int], None]) -> tuple[Fichier, ...]:
    """Look at every file of a folder, at any depth, sorted by name.

    Raises SourceError when there is no such folder or no file in it.
    """
    if not dossier.is_dir():
        raise SourceError(f"Le dossier «\u00a0{dossier}\u00a0» n'existe pas ou n'est pas un dossier.", str(dossier))
    chemins = sorted(_walk(dossier))
    if not chemins:
        raise SourceError(f"Le dossier «\u00a0{dossier}\u00a0» ne contient aucun fichier.", str(dossier))
    jeux = {p.parent for p in dossier.rglob("jeu.toml")}
    fichiers = []
    for rang, chemin in enumerate(chemins, 1):
        fichiers.append(_look(chemin, dossier, jeux))
        avance(rang, len(chemins))
    return tuple(fichiers)


def _walk(dossier: Path) -> Iterator[Path]:
    return (p for p in dossier.rglob("*") if p.is_file() and not p.name.startswith("."))


def _look(chemin: Path, dossier: Path, jeux: set[Path]) -> Fichier:
    nom = chemin.relative_to(dossier).as_posix()
    taille = chemin.stat().st_size
    if jeux & set(chemin.parents):
        return Fichier(nom, taille, "", motif=_JEU)
    sample = take(chemin, nom)
    trouve = next((f for f in SOURCES if f.recognise(sample)), None) if sample.feuilles else None
    if trouve is None:
        return Fichier(nom, taille, "", sample, motif=_MOTIFS.get(sample.forme, _INCONNU))
    with chemin.open("rb") as flux:
        empreinte = hashlib.file_digest(flux, "sha256").hexdigest()
    return Fichier(nom, taille, empreinte, sample, trouve)
