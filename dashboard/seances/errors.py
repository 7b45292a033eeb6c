"""What can stand in the way of writing down; each is one French sentence."""

from collections.abc import Mapping

from data.errors import AtlasError


class SeanceInconnueError(AtlasError):
    """No séance, scene or decision has this id."""


class SaisieError(AtlasError):
    """A text cannot be kept as it was given; `champ` names it."""

    def __init__(self, message: str, champ: str = "") -> None:
        super().__init__(message)
        self.champ = champ


class ConflitError(AtlasError):
    """Someone else changed the same texts meanwhile; `enregistres` are theirs, at `version`. Nothing was written."""

    def __init__(self, enregistres: Mapping[str, str], version: int) -> None:
        super().__init__(
            "Quelqu'un d'autre a modifié ce texte entre-temps : rien n'est perdu, choisir celui des deux à garder."
        )
        self.enregistres = dict(enregistres)
        self.version = version
