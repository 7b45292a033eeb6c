"""Errors that a user can mend: a French sentence, facts as attributes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.findings import Constat


class AtlasError(Exception):
    """Base of every error shown to a user; `str(error)` is one French sentence.

    `code_sortie` is the exit code of the command that meets it.
    """

    code_sortie: int = 1


class JeuIllisibleError(AtlasError):
    """The dataset cannot be read at all: no folder, no jeu.toml, no communes; `constats` says all that is wrong."""

    code_sortie = 2

    def __init__(self, message: str, constats: "tuple[Constat, ...]" = ()) -> None:
        super().__init__(message)
        self.constats = constats


class JeuRefuseError(AtlasError):
    """The dataset was read and holds errors; `erreurs` counts them, `constats` says all that is wrong."""

    def __init__(self, message: str, erreurs: int, constats: "tuple[Constat, ...]" = ()) -> None:
        super().__init__(message)
        self.erreurs = erreurs
        self.constats = constats


class MagasinError(AtlasError):
    """The store of installed datasets cannot be written."""


class CarnetError(AtlasError):
    """What people write down cannot be read or kept."""


class VersionInconnueError(AtlasError):
    """No installed version bears this name."""


class VueError(AtlasError):
    """A view cannot be made: wrong address given to a command."""


class ExportError(AtlasError):
    """A snapshot cannot be written."""


class SourceError(AtlasError):
    """An official file cannot be read or fetched; `fichier` names it."""

    def __init__(self, message: str, fichier: str = "") -> None:
        super().__init__(message)
        self.fichier = fichier


class RepriseError(AtlasError):
    """A register brought by the Caf cannot be taken: its file, its columns, or what it would make of the dataset."""
