"""The three maps of the board's page: coverage, a density of services, the access points."""

from dataclasses import dataclass, replace

from dashboard.deps import Deps
from dashboard.exports.snapshot import snapshot_of
from dashboard.permalink import from_query, to_query
from data.frames import Frames
from data.model import TOUS_CHAMPS, Maille
from layers.kit.contract import Drawing
from layers.kit.view import View
from layers.renderers.maps import map_svg

LARGEUR_PT, HAUTEUR_PT = 360.0, 270.0
CHAMP = "petite_enfance"


@dataclass(frozen=True, slots=True)
class Carte:
    """One map: the question it answers, its address, and what it draws."""

    question: str
    adresse: str
    dessins: tuple[Drawing, ...]
    constat: str


def questions(vue: View, frames: Frames) -> tuple[tuple[str, View], ...]:
    """Return the question and the view of each map, on the day and under the filters of the page."""
    champ = vue.champ if vue.champ != TOUS_CHAMPS else CHAMP
    named = frames.champ(champ)
    services = named.libelle.lower() if named else champ
    plain = replace(vue, territoire="", communes=(), nom="", emprise=())
    return (
        ("Où sont les Ctg ?", replace(plain, maille=Maille.COMMUNE, couches=("couverture_ctg",))),
        (
            f"Où sont les services ({services}) ?",
            replace(plain, maille=Maille.EPCI, couches=("densite_services",), champ=champ),
        ),
        ("Où rencontrer la Caf ?", replace(plain, maille=Maille.COMMUNE, couches=("points_acces",))),
    )


def maps(vue: View, deps: Deps) -> tuple[Carte, ...]:
    """Describe the three maps."""
    frames, today = deps.frames(), deps.today()
    found = []
    for question, view in questions(vue, frames):
        adresse = to_query(view, frames, today)
        taken = deps.product("instantane-ca", adresse, lambda view=view: snapshot_of(view, frames, today))  # type: ignore[misc]
        found.append(Carte(question, adresse, taken.drawings, taken.cartouche.phrase))
    return tuple(found)


def picture(deps: Deps, adresse: str) -> str:
    """Draw the map of an address as SVG, the same as every printed map."""
    frames, today = deps.frames(), deps.today()

    def draw() -> str:
        view = from_query(adresse, frames, today).vue
        return map_svg(snapshot_of(view, frames, today).planche, LARGEUR_PT, HAUTEUR_PT)

    return deps.product("carte-ca", adresse, draw)
