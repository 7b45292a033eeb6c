"""View: everything that decides what is shown, frozen, equal to its address and back."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.model import TOUS_CHAMPS, FiltreEchelon, Maille, Profil


class Methode(StrEnum):
    """How a sequence of values is cut into classes."""

    AUTO = "auto"
    NATUREL = "naturel"
    QUANTILES = "quantiles"
    Q6 = "q6"
    EGAL = "egal"
    ECART_TYPE = "ecart_type"
    SEUILS_RONDS = "seuils_ronds"
    MANUEL = "manuel"
    ECART_DEPARTEMENT = "ecart_departement"
    ECART_NATIONAL = "ecart_national"

    @property
    def libelle(self) -> str:
        """French label, as the legend says it."""
        return {
            "auto": "seuils naturels",
            "naturel": "seuils naturels",
            "quantiles": "quantiles",
            "q6": "Q6 (un vingtième des valeurs à chaque bout)",
            "egal": "amplitudes égales",
            "ecart_type": "moyenne et écarts types",
            "seuils_ronds": "seuils ronds",
            "manuel": "bornes choisies",
            "ecart_departement": "écart au département",
            "ecart_national": "écart à la référence nationale",
        }[self]


class Fond(StrEnum):
    """What lies under the map, beside what the dataset brings; on the screen only."""

    AUCUN = "aucun"
    IGN = "ign"


Decoupe = tuple[Methode, int, tuple[float, ...]]


NB_CLASSES_MIN, NB_CLASSES_MAX = 3, 7
COUCHES_DEFAUT = ("couverture_ctg",)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One state of the atlas; `date` is always set, the address may leave it out.

    `caf` is the département of the Caf that a national dataset is seen by, "" for all of them.
    `territoire` is a commune, Epci, département or QPV code, "" for none; `definitions` are the priority definitions
    shown, empty for all of them; `bornes` serve the manual classes only, in increasing order; `profil` is never in the
    address: whoever serves decides it. `indicateur2` is the second rate of a bivariate map, "" for none. `communes` is
    the territory that the reader made, as commune codes in increasing order, and `nom` its name; `emprise` the extent
    looked at (degrees, EPSG:4326: west, south, east, north), empty for the whole dataset. `fond` is the online
    background, none unless the dataset allows it and the reader asks.
    """

    date: date
    caf: str = ""
    maille: Maille = Maille.COMMUNE
    echelon: FiltreEchelon = FiltreEchelon.TOUS
    champ: str = TOUS_CHAMPS
    couches: tuple[str, ...] = COUCHES_DEFAUT
    definitions: tuple[str, ...] = ()
    indicateur: str = ""
    indicateur2: str = ""
    territoire: str = ""
    classes: Methode = Methode.AUTO
    nb: int = 5
    bornes: tuple[float, ...] = ()
    communes: tuple[str, ...] = ()
    nom: str = ""
    emprise: tuple[float, ...] = ()
    fond: Fond = Fond.AUCUN
    profil: Profil = Profil.INTERNE

    @property
    def decoupe(self) -> Decoupe:
        """How sequences are cut: method, number of classes asked, bounds of the manual method."""
        return self.classes, self.nb, self.bornes
