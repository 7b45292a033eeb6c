"""The store: installed datasets, each a version that is complete or does not exist."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from data import jeu
from data.durable import exclusive, flush_folder, replace_text
from data.errors import MagasinError, VersionInconnueError
from data.findings import Constat
from data.reading.folder import files_of, version_of
from data.reading.privacy import forget_personal_columns

_VERSIONS, _POINTEUR, _VERROU = "versions", "courante", ".verrou"
_EN_COURS = ".import-"
_NOM = re.compile(r"\d{4}-\d{2}-\d{2}_\d{6}_[0-9a-f]{12}")
VARIABLE = "ATLAS_MAGASIN"


@dataclass(frozen=True, slots=True)
class Version:
    """One installed dataset; `constats` are the warnings of its import, where it was just made."""

    nom: str
    chemin: Path
    importee: datetime
    en_service: bool
    constats: tuple[Constat, ...] = field(default=(), compare=False)


class Store:
    """Versions under `racine/versions`, and the name of the one in service in `racine/courante`.

    A version is made aside, checked where it will be served from, then renamed; the pointer is replaced in one
    step. Whoever is killed leaves either the old version in service or the new one, never a half.
    """

    def __init__(self, racine: Path) -> None:
        """Name the folder; nothing is created before the first import."""
        self.racine = racine.expanduser()

    @classmethod
    def default(cls) -> "Store":
        """Return the store of this machine: `$ATLAS_MAGASIN`, else the user's data folder."""
        donnees = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
        return cls(Path(os.environ.get(VARIABLE) or f"{donnees}/atlas-ctg"))

    def current(self) -> Path | None:
        """Return the folder in service, None where nothing is installed."""
        nom = self._pointed()
        chemin = self._versions / nom if nom else None
        return chemin if chemin is not None and chemin.is_dir() else None

    def versions(self) -> tuple[Version, ...]:
        """Return every installed version, the latest first."""
        presentes = self._versions.iterdir() if self._versions.is_dir() else ()
        noms = sorted((p.name for p in presentes if _NOM.fullmatch(p.name)), reverse=True)
        return tuple(self._version(nom) for nom in noms)

    def install(self, dossier: Path) -> Version:
        """Check a dataset and put it in service; the same content is not installed twice.

        Raises: JeuIllisibleError, JeuRefuseError (the old version stays), MagasinError when nothing can be written.
        """
        source = files_of(dossier)
        with _writing(self.racine):
            self._versions.mkdir(parents=True, exist_ok=True)
            with exclusive(self.racine / _VERROU):
                self._clean()
                chantier = Path(tempfile.mkdtemp(prefix=_EN_COURS, dir=self._versions))
                try:
                    return self._install(source, dossier, chantier)
                finally:
                    shutil.rmtree(chantier, ignore_errors=True)

    def revert(self, nom: str) -> Version:
        """Put an installed version back in service; the beginning or the end of its name is enough.

        Raises: VersionInconnueError where none or several match, MagasinError when nothing can be written.
        """
        noms = [version.nom for version in self.versions()]
        trouves = [n for n in noms if n == nom] or [n for n in noms if nom and (n.startswith(nom) or n.endswith(nom))]
        if len(trouves) != 1:
            connues = ", ".join(noms) or "aucune"
            combien = "Plusieurs versions répondent" if trouves else "Aucune version ne répond"
            raise VersionInconnueError(f"{combien} au nom «\u00a0{nom}\u00a0». Versions installées\u202f: {connues}.")
        with _writing(self.racine), exclusive(self.racine / _VERROU):
            self._point_at(trouves[0])
        return self._version(trouves[0])

    @property
    def _versions(self) -> Path:
        return self.racine / _VERSIONS

    def _pointed(self) -> str:
        try:
            return (self.racine / _POINTEUR).read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def _version(self, nom: str, constats: tuple[Constat, ...] = ()) -> Version:
        jour = datetime.strptime(nom[:17], "%Y-%m-%d_%H%M%S")
        return Version(nom, self._versions / nom, jour, nom == self._pointed(), constats)

    def _install(self, source: tuple[Path, ...], dossier: Path, chantier: Path) -> Version:
        for fichier in source:
            shutil.copyfile(fichier, chantier / fichier.name)
        lecture = jeu.examine(chantier)
        jeu.accept(lecture, dossier)
        forget_personal_columns(chantier)
        flush_folder(chantier, contents=True)
        nom = self._name(version_of(files_of(chantier)))
        if not (self._versions / nom).exists():
            chantier.rename(self._versions / nom)
            flush_folder(self._versions)
        self._point_at(nom)
        return self._version(nom, lecture.constats)

    def _name(self, empreinte: str) -> str:
        deja = next((v.nom for v in self.versions() if v.nom.endswith(empreinte)), None)
        return deja or f"{datetime.now():%Y-%m-%d_%H%M%S}_{empreinte}"

    def _point_at(self, nom: str) -> None:
        replace_text(self.racine / _POINTEUR, nom + "\n", _EN_COURS)

    def _clean(self) -> None:
        """Remove what a killed import left; the lock says that no import is at work."""
        for dossier in (self.racine, self._versions):
            for reste in dossier.glob(f"{_EN_COURS}*"):
                shutil.rmtree(reste, ignore_errors=True) if reste.is_dir() else reste.unlink(missing_ok=True)


@contextmanager
def _writing(racine: Path) -> Iterator[None]:
    """Say in one sentence that the store cannot be written."""
    try:
        yield
    except OSError as faute:
        raise MagasinError(
            f"Le magasin «\u00a0{racine}\u00a0» n'a pas pu être écrit\u202f: {faute.strerror or faute}. "
            "Vérifiez la place libre et les droits du dossier."
        ) from faute
