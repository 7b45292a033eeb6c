"""The closed set of marks: what a layer may ask of a medium, in codes and classes, never in pixels."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from data.model import Blanc, Maille
from layers.kit.texts import lower_first


class Motif(StrEnum):
    """Hatch of a class: the second channel beside colour, and the only one when a fill lies over another."""

    AUCUN = "aucun"
    DIAGONALES = "diagonales"  # ///
    CONTRE_DIAGONALES = "contre_diagonales"  # \\\
    HORIZONTALES = "horizontales"  # ---
    VERTICALES = "verticales"  # |||
    CROISILLONS = "croisillons"  # xxx
    POINTS = "points"  # ...


class Forme(StrEnum):
    """Shape of a point category, so that colour never speaks alone."""

    ROND = "rond"
    CARRE = "carre"
    LOSANGE = "losange"
    TRIANGLE = "triangle"
    TRIANGLE_BAS = "triangle_bas"
    ETOILE = "etoile"
    CROIX = "croix"
    HEXAGONE = "hexagone"


class Etat(StrEnum):
    """How a point is filled: open full, projected hollow, candidate dashed, closed crossed out."""

    PLEIN = "plein"
    CREUX = "creux"
    POINTILLE = "pointille"
    BARRE = "barre"


@dataclass(frozen=True, slots=True)
class Classe:
    """One entry of a legend; `blanc` is set on the classes that stand for an absent figure.

    `motif_seul` is the hatch it takes when another fill keeps the colours (`motif` where None).
    """

    id: str
    libelle: str
    couleur: str
    motif: Motif = Motif.AUCUN
    blanc: Blanc | None = None
    motif_seul: Motif | None = None


@dataclass(frozen=True, slots=True)
class Repere:
    """A value that a reader compares others with, in the unit of the drawing: a median, the whole département.

    `dit` names it inside a sentence (« la médiane des communes »), "" where no sentence compares with it.
    """

    libelle: str
    valeur: float
    dit: str = ""


@dataclass(frozen=True, slots=True)
class Axe:
    """One of two crossed measures: its levels from low to high, with their bounds, and its figures.

    `valeurs[i]` is the figure of the i-th territory of the fill, None where blank.
    """

    libelle: str
    unite: str
    niveaux: tuple[str, ...]
    valeurs: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Grille:
    """Two measures crossed in one fill, whose first classes go by level of `ordonnee`, then of `abscisse`."""

    ordonnee: Axe
    abscisse: Axe


@dataclass(frozen=True, slots=True)
class Fill:
    """Areas in classes: `classe[i]` is the index in `classes` of territory `codes[i]`.

    `valeurs[i]` is the figure behind the class (None where blank or categorical), `details[i]` one French
    sentence or phrase for the tooltip and the table. `ordonne` is true for a sequence of values (its colours
    are then the message), false for categories (its hatches can carry it). `plein` false: hatches only,
    because another fill keeps the colours (see `layers.kit.contract.superpose`). `fond` is true under discs: it says
    why some territories have none, gives way to any other fill, and keeps its words.
    `bornes` are those between the classes of values, `reperes` what to compare them with. `titre` and `unite` are its
    own where the drawing holds several measures, "" for those of the drawing. `grille` is set where colours cross two
    measures: the legend is then a matrix.
    """

    maille: Maille
    codes: tuple[str, ...]
    classe: tuple[int, ...]
    classes: tuple[Classe, ...]
    details: tuple[str, ...]
    valeurs: tuple[float | None, ...] = ()
    ordonne: bool = False
    plein: bool = True
    fond: bool = False
    bornes: tuple[float, ...] = ()
    reperes: tuple[Repere, ...] = ()
    titre: str = ""
    unite: str = ""
    grille: Grille | None = None


@dataclass(frozen=True, slots=True)
class Trait:
    """A line style with its meaning; `epaisseur` in points; `tirets` in points, empty for a full line."""

    id: str
    libelle: str
    couleur: str
    epaisseur: float = 2.0
    tirets: tuple[float, ...] = ()
    motif: Motif = Motif.AUCUN


@dataclass(frozen=True, slots=True)
class Outline:
    """Borders of the union of some territories (`codes` of one maille, QPV included) in one style.

    `motif` of the style, where set, hatches the inside without hiding what lies below.
    `details[i]` is the phrase for the tooltip and the table.
    """

    maille: Maille
    codes: tuple[str, ...]
    trait: Trait
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Symbols:
    """One disc per territory, its area proportional to `valeurs[i]`; `maximum` is the value of the largest disc."""

    maille: Maille
    codes: tuple[str, ...]
    valeurs: tuple[float, ...]
    details: tuple[str, ...]
    libelle: str
    unite: str
    couleur: str
    maximum: float


@dataclass(frozen=True, slots=True)
class Categorie:
    """One kind of point; the first categories stand first in the legend and are drawn last, on top."""

    id: str
    libelle: str
    couleur: str
    forme: Forme
    etat: Etat = Etat.PLEIN


@dataclass(frozen=True, slots=True)
class Points:
    """Places: longitude and latitude in degrees (EPSG:4326); `categorie[i]` indexes `categories`.

    `codes[i]` is the commune of the place, `ids[i]` its own id, `noms[i]` its name.
    """

    ids: tuple[str, ...]
    codes: tuple[str, ...]
    noms: tuple[str, ...]
    longitude: tuple[float, ...]
    latitude: tuple[float, ...]
    categorie: tuple[int, ...]
    categories: tuple[Categorie, ...]
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """Texts at the inner point of territories."""

    maille: Maille
    codes: tuple[str, ...]
    textes: tuple[str, ...]


Mark = Fill | Outline | Symbols | Points | Labels


@dataclass(frozen=True, slots=True)
class Case:
    """One cell of a matrix: its class, its rank among those of the fill, how many territories it holds."""

    classe: Classe
    rang: int
    nombre: int


@dataclass(frozen=True, slots=True)
class Matrice:
    """The legend of two crossed measures: rows from the highest level of `ordonnee` down, cells from low to high."""

    ordonnee: Axe
    abscisse: Axe
    lignes: tuple[tuple[Case, ...], ...]


@dataclass(frozen=True, slots=True)
class EntreeLegende:
    """One line of a legend: a swatch of exactly one kind, its label, and how many territories or places it holds."""

    libelle: str
    nombre: int
    symbole: Classe | Trait | Categorie | Symbols | Matrice


def legend_of(mark: Mark) -> tuple[EntreeLegende, ...]:
    """Compute the legend of a mark: every class of a fill, even empty ones; blanks only where they occur.

    A ground that another fill hides has none; crossed measures have one entry, a matrix, then their blanks.
    """
    match mark:
        case Fill(fond=True, plein=False):
            return ()
        case Fill():
            nombres = [0] * len(mark.classes)
            for rang in mark.classe:
                nombres[rang] += 1
            pleines = () if mark.grille is None else (_matrix(mark, mark.grille, nombres),)
            return pleines + tuple(
                EntreeLegende(c.libelle, n, c)
                for c, n in zip(mark.classes, nombres, strict=True)
                if (n and c.blanc is not None) or (c.blanc is None and mark.grille is None)
            )
        case Outline():
            return (EntreeLegende(mark.trait.libelle, len(mark.codes), mark.trait),)
        case Symbols():
            return (EntreeLegende(mark.libelle, len(mark.codes), mark),)
        case Points():
            nombres = [mark.categorie.count(rang) for rang in range(len(mark.categories))]
            return tuple(EntreeLegende(c.libelle, n, c) for c, n in zip(mark.categories, nombres, strict=True) if n)
        case Labels():
            return ()
        case _:
            assert_never(mark)


def _matrix(mark: Fill, grille: Grille, nombres: list[int]) -> EntreeLegende:
    large, haut = len(grille.abscisse.niveaux), len(grille.ordonnee.niveaux)
    cases = [Case(mark.classes[rang], rang, nombres[rang]) for rang in range(haut * large)]
    lignes = tuple(tuple(cases[i * large : (i + 1) * large]) for i in reversed(range(haut)))
    libelle = f"{grille.ordonnee.libelle} (lignes) et {lower_first(grille.abscisse.libelle)} (colonnes)"
    return EntreeLegende(libelle, sum(c.nombre for c in cases), Matrice(grille.ordonnee, grille.abscisse, lignes))
