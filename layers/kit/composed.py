"""The outline of the territory that a reader made, drawn over whatever the map shows."""

from data.model import Maille
from layers.kit.contract import Drawing
from layers.kit.marks import Outline, Trait
from layers.kit.view import View

COUCHE = "territoire_compose"
NOM = "Territoire composé"
COULEUR = "#7b1fa2"


def name_of(view: View) -> str:
    """Return the name of the territory that the reader made."""
    return view.nom or NOM


def outline(view: View) -> Drawing | None:
    """Describe the outline of the territory that the reader made; None where there is none."""
    if not view.communes:
        return None
    trait = Trait(COUCHE, name_of(view), COULEUR, epaisseur=2.6, tirets=(7.0, 3.0))
    return Drawing(
        COUCHE,
        NOM,
        view,
        (Outline(Maille.COMMUNE, view.communes, trait),),
        definition="Communes choisies par le lecteur.",
    )
