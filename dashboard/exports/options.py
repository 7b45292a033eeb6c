"""What a reader chooses of a snapshot besides the view: paper, scale, and the words of its edition."""

from dataclasses import dataclass
from enum import StrEnum

from data.errors import ExportError
from layers.kit.texts import typeset

ECHELLE_MIN, ECHELLE_MAX = 1, 4
DPI_ECHELLE = 96
"""Dots per inch of a picture at 1×, those of a screen; 3× is fit for print."""
TEXTE_MAX = 160
STATUT = "Document de travail"


class Papier(StrEnum):
    """Sheet of paper."""

    A4 = "A4"
    A3 = "A3"

    @property
    def millimetres(self) -> tuple[float, float]:
        """Short and long side."""
        return {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}[self]


class Orientation(StrEnum):
    """How the sheet is held."""

    PAYSAGE = "paysage"
    PORTRAIT = "portrait"


class Fond(StrEnum):
    """Ground of a picture."""

    BLANC = "blanc"
    TRANSPARENT = "transparent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Choices of an edition; `adresse` is the public address of the atlas, "" where there is none.

    `echelle` multiplies 96 dots per inch. `statut`, `instance` and `public` are printed as given.
    `gabarit` (a presentation) and `logo` (a picture) are the reader's own, before those of the dataset.
    Raises: ExportError for a scale out of bounds or a text too long to be printed.
    """

    papier: Papier = Papier.A4
    orientation: Orientation = Orientation.PAYSAGE
    echelle: int = 3
    fond: Fond = Fond.BLANC
    statut: str = STATUT
    instance: str = ""
    public: str = ""
    adresse: str = ""
    gabarit: bytes | None = None
    logo: bytes | None = None

    def __post_init__(self) -> None:
        if not ECHELLE_MIN <= self.echelle <= ECHELLE_MAX:
            raise ExportError(f"L'échelle d'une image va de {ECHELLE_MIN} à {ECHELLE_MAX}.")
        for nom in ("statut", "instance", "public"):
            if len(getattr(self, nom)) > TEXTE_MAX:
                raise ExportError(typeset(f"« {nom} » compte plus de {TEXTE_MAX} caractères."))

    @property
    def dpi(self) -> int:
        """Dots per inch of a picture."""
        return DPI_ECHELLE * self.echelle

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of the sheet as held, in millimetres."""
        short, long = self.papier.millimetres
        return (long, short) if self.orientation is Orientation.PAYSAGE else (short, long)


DEFAUT = Options()
