"""What a reader of official files gives back, and what a format is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from data.sources.sample import Sample


class Genre(StrEnum):
    """Kind of thing that a file gives; each kind has its canonical columns (`COLONNES`)."""

    COMMUNES = "communes"
    MOUVEMENTS = "mouvements"
    PASSAGE = "passage"
    NOMS = "noms"
    CAF = "caf"
    EPCI = "epci"
    CONTOURS = "contours"
    INDICATEURS = "indicateurs"
    SERVICES = "services"
    POINTS = "points"
    PRIORITES = "priorites"
    QPV = "qpv"
    ETIQUETTES = "etiquettes"

    @property
    def libelle(self) -> str:
        """French label, as the account prints it."""
        return _LIBELLES[self]


_LIBELLES = {
    Genre.COMMUNES: "liste des communes",
    Genre.MOUVEMENTS: "mouvements de communes",
    Genre.PASSAGE: "table de passage",
    Genre.NOMS: "noms de territoires",
    Genre.CAF: "liste des Caf",
    Genre.EPCI: "composition des Epci",
    Genre.CONTOURS: "contours",
    Genre.INDICATEURS: "indicateurs",
    Genre.SERVICES: "services",
    Genre.POINTS: "points d'accès",
    Genre.PRIORITES: "territoires prioritaires",
    Genre.QPV: "quartiers prioritaires",
    Genre.ETIQUETTES: "typologie des communes",
}

INDICATEUR = ("code_territoire", "maille", "indicateur", "annee", "valeur", "statut")
SERVICE = (
    "id", "type_service", "champ", "nom", "adresse", "code_commune", "latitude", "longitude",
    "capacite", "mode", "date_ouverture", "date_fermeture", "source",
)  # fmt: skip
POINT = (
    "id", "type", "lieu_hote", "nom", "adresse", "code_commune", "latitude", "longitude",
    "jours_par_semaine", "personnel_forme", "etat", "date_ouverture", "date_fermeture",
)  # fmt: skip
PRIORITE = ("definition", "maille", "code_territoire", "rang", "criteres", "source", "annee", "justification")

COLONNES: dict[Genre, tuple[str, ...]] = {
    Genre.COMMUNES: ("code", "nom", "type", "parent"),
    Genre.MOUVEMENTS: (),
    Genre.PASSAGE: (),
    Genre.NOMS: ("code", "nom"),
    Genre.CAF: ("departement", "nom"),
    Genre.EPCI: ("code_commune", "code_epci", "nom", "nature"),
    Genre.CONTOURS: ("code", "nom", "code_epci", "geometry"),
    Genre.INDICATEURS: INDICATEUR,
    Genre.SERVICES: SERVICE,
    Genre.POINTS: POINT,
    Genre.PRIORITES: PRIORITE,
    Genre.QPV: ("code_qpv", "nom", "codes_communes", "geometry"),
    Genre.ETIQUETTES: ("code_commune", "typologie", "libelle"),
}


@dataclass(frozen=True, slots=True)
class Ecart:
    """Rows that are not placed, and why; `total` is what they weigh in the measure, `exemples` names some."""

    motif: str
    lignes: int
    total: float = 0.0
    exemples: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Reading:
    """One thing that one file gives, in canonical columns.

    `lues` counts the data rows of the file; `table` holds those kept (text as `str`, blanks ""; numbers
    float64); `ecarts` the rows that the reader set aside (`lues` = rows kept + rows set aside, where a row
    gives one row). `annee` is the year of the figures and `cog` the commune map, where the content states
    them; otherwise the map is guessed from the codes and the year is that map plus `decalage_annee`. `unite` names
    what a row of a list is, in the plural. `codes` are all the commune codes of the file, where the rows kept are
    only some of them: the map is better guessed from all.
    """

    genre: Genre
    table: pd.DataFrame
    lues: int
    annee: int | None = None
    cog: int | None = None
    decalage_annee: int = 0
    ecarts: tuple[Ecart, ...] = ()
    notes: tuple[str, ...] = ()
    unite: str = "lignes"
    codes: pd.Series | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """One official format: how it is recognised by its content, how it is read, and whose it is.

    Files of one `famille` tell of the same things (all vintages of the BPE): one of them is taken for each
    département, unless they `additionne` (local lists, each of its own places).
    """

    id: str
    titre: str
    producteur: str
    licence: str
    page: str
    recognise: Callable[[Sample], bool]
    read: Callable[[Sample], tuple[Reading, ...]]
    famille: str = ""
    additionne: bool = False
