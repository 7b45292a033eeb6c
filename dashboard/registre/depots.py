"""Registers brought by a browser, kept aside until they are accepted, given up, or a day old."""

import json
import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from data.errors import RepriseError
from data.reprise.conversion import Choix
from data.reprise.feuilles import OCTETS_MAX, SUFFIXES

DUREE_S = 24 * 3600
_ID = re.compile(r"[0-9a-f]{32}")
_CHOIX, _FICHIER = "choix.json", "registre"


@dataclass(frozen=True, slots=True)
class Lecture:
    """How a deposited file is read: its sheet ("" for the first), and `entier` when it is the whole register.

    `choix` None until someone has matched a column or a word.
    """

    feuille: str = ""
    choix: Choix | None = None
    entier: bool = False


@dataclass(frozen=True)
class Depots:
    """Deposits, one folder each; they may hold more than the atlas reads, hence only this machine's user sees them."""

    racine: Path
    duree_s: int = field(default=DUREE_S)

    def put(self, nom: str, contenu: bytes) -> str:
        """Keep a file and return the id of its deposit; older ones leave.

        Raises: RepriseError for a kind of file that is not read, one too heavy, or a full disk.
        """
        suffixe = Path(nom).suffix.lower()
        if suffixe not in SUFFIXES:
            raise RepriseError(f"« {Path(nom).name[:80]} » n'est ni un classeur (.xlsx, .ods) ni un fichier .csv.")
        if len(contenu) > OCTETS_MAX:
            raise RepriseError(
                f"Le fichier dépasse {OCTETS_MAX // 1_000_000} Mo : ne garder que la feuille du registre."
            )
        self._clean()
        ident = uuid4().hex
        dossier = self.racine / ident
        try:
            dossier.mkdir(parents=True, mode=0o700)
            (dossier / f"{_FICHIER}{suffixe}").write_bytes(contenu)
        except OSError as faute:
            shutil.rmtree(dossier, ignore_errors=True)
            raise RepriseError(
                "Le fichier n'a pas pu être gardé : vérifier la place et les droits du magasin."
            ) from faute
        return ident

    def file(self, ident: str) -> Path:
        """Return the file of a deposit.

        Raises: RepriseError when it is no longer there.
        """
        dossier = self.racine / ident
        found = next(iter(dossier.glob(f"{_FICHIER}.*")), None) if _ID.fullmatch(ident) else None
        if found is None:
            raise RepriseError("Ce dépôt n'existe plus : il a été installé, abandonné, ou date de plus d'un jour.")
        return found

    def reading(self, ident: str) -> Lecture:
        """Return how a deposit is read."""
        try:
            said: Mapping[str, Any] = json.loads((self.file(ident).parent / _CHOIX).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Lecture()
        choix = Choix(said["colonnes"], said["mots"]) if said["colonnes"] is not None else None
        return Lecture(said["feuille"], choix, said["entier"])

    def read_as(self, ident: str, lecture: Lecture) -> None:
        """Keep how a deposit is read."""
        colonnes = None if lecture.choix is None else dict(lecture.choix.colonnes)
        mots = {} if lecture.choix is None else {c: dict(m) for c, m in lecture.choix.mots.items()}
        said = {"feuille": lecture.feuille, "entier": lecture.entier, "colonnes": colonnes, "mots": mots}
        temporary = self.file(ident).parent / f".{uuid4().hex}"
        temporary.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        temporary.replace(self.file(ident).parent / _CHOIX)

    def drop(self, ident: str) -> None:
        """Forget a deposit."""
        if _ID.fullmatch(ident):
            shutil.rmtree(self.racine / ident, ignore_errors=True)

    def _clean(self) -> None:
        old = time.time() - self.duree_s
        for dossier in self.racine.glob("*") if self.racine.is_dir() else ():
            if _ID.fullmatch(dossier.name) and dossier.stat().st_mtime < old:
                shutil.rmtree(dossier, ignore_errors=True)
