"""Long exports, each made by a process of its own at low priority: the map keeps its speed for everybody else."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import BoundedSemaphore, Lock, Thread

from dashboard.carnet.database import VARIABLE, Carnet
from data.errors import ExportError
from layers.kit.texts import typeset

EN_ATTENTE_MAX = 8
GARDES = 24


@dataclass(frozen=True, slots=True)
class Etat:
    """How far a piece of work is: `etape` in words, `fait` of `total`; then `fichier` or `erreur`."""

    etape: str = "En attente"
    fait: int = 0
    total: int = 0
    fichier: Path | None = None
    erreur: str = ""

    @property
    def fini(self) -> bool:
        """Whether nothing more will happen."""
        return self.fichier is not None or bool(self.erreur)


@dataclass(eq=False)
class _Travail:
    etat: Etat = field(default_factory=Etat)
    process: "subprocess.Popen[str] | None" = None
    annule: bool = False


class Travaux:
    """The long exports of a server, one at a time, in the order in which they were asked for."""

    def __init__(self, carnet: Carnet) -> None:
        self._carnet = carnet
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._known: OrderedDict[str, _Travail] = OrderedDict()
        self._lock, self._turn = Lock(), BoundedSemaphore(1)

    def start(self, arguments: Sequence[str], nom: str, verbe: str = "exporter") -> str:
        """Queue a command (`atlas-ctg exporter`) with these arguments and a file of this name; return its id.

        Raises: ExportError where too many are waiting already.
        """
        with self._lock:
            if sum(not t.etat.fini for t in self._known.values()) >= EN_ATTENTE_MAX:
                raise ExportError("Trop de fichiers sont en attente : réessayer dans quelques minutes.")
            self._folder = self._folder or tempfile.TemporaryDirectory(prefix="atlas-ctg-")
            ident, work = secrets.token_urlsafe(16), _Travail()
            self._known[ident] = work
            path = Path(self._folder.name) / ident / nom
            self._forget()
        Thread(target=self._run, args=(work, [verbe, "--suivi", *arguments], path), daemon=True).start()
        return ident

    def state(self, ident: str) -> Etat | None:
        """Return the state of a work, None where there is none of this id any more."""
        work = self._known.get(ident)
        return work.etat if work else None

    def cancel(self, ident: str) -> None:
        """Stop a work; its file, if it was being written, is never seen."""
        work = self._known.get(ident)
        if work and not work.etat.fini:
            work.annule = True
            if work.process:
                work.process.terminate()

    def _forget(self) -> None:
        """Drop the oldest works that are over, with their files."""
        over = [ident for ident, t in self._known.items() if t.etat.fini]
        for ident in over[: max(0, len(self._known) - GARDES)]:
            if path := self._known.pop(ident).etat.fichier:
                path.unlink(missing_ok=True)

    def _run(self, work: _Travail, arguments: list[str], path: Path) -> None:
        with self._turn:
            if work.annule:
                work.etat = replace(work.etat, erreur="Annulé.")
                return
            path.parent.mkdir(parents=True)
            command = [sys.executable, "-m", "dashboard", *arguments, str(path)]
            kept = os.environ | {VARIABLE: self._carnet.adresse}  # what is written down is where this server writes
            with subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=kept
            ) as process:
                work.process = process
                work.etat = replace(work.etat, etape="Préparation")
                _follow(work, process)
            if process.returncode == 0 and path.is_file():
                work.etat = replace(work.etat, fichier=path)


def _follow(work: _Travail, process: "subprocess.Popen[str]") -> None:
    """Read the progress of a process until it ends."""
    assert process.stdout is not None
    assert process.stderr is not None
    for line in process.stdout:
        if line.startswith("{"):
            work.etat = replace(work.etat, **json.loads(line))
    said = process.stderr.read().strip().splitlines()
    if process.wait() != 0:
        known = said[-1].removeprefix("atlas-ctg : ") if said and said[-1].startswith("atlas-ctg") else ""
        reason = "Annulé." if work.annule else known or "Le fichier n'a pas pu être fait : une erreur inattendue."
        work.etat = replace(work.etat, erreur=typeset(reason))
