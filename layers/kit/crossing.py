"""Two rates in one map: three levels of each, nine colours, and the four corners in words (DOMAINE §5.1)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.measures.effectifs import BLANCS
from data.model import Maille
from layers.kit.breaks import Rangs
from layers.kit.choropleth import fill_of
from layers.kit.marks import Axe, Classe, Fill, Grille, Matrice, legend_of
from layers.kit.palettes import crossing
from layers.kit.scales import ECARTS, NB_NIVEAUX, Scale
from layers.kit.texts import FINE, NOMS, count, lower_first, number, sentence_of, typeset
from layers.kit.view import Methode

HAUTEURS = {1: ("unique",), 2: ("basse", "haute"), NB_NIVEAUX: ("basse", "moyenne", "haute")}
_GRAVITE = pd.Index(BLANCS, dtype=object)
_SANS_OBJET = (Methode.Q6, Methode.MANUEL, *ECARTS)


def method_of(methode: Methode) -> Methode:
    """Return the method that cuts each of two measures: equal counts where none is chosen or where it cannot serve."""
    return Methode.QUANTILES if methode in (Methode.AUTO, *_SANS_OBJET) else methode


def axis(libelle: str, unite: str, echelle: Scale, valeurs: Sequence[float]) -> Axe:
    """Describe one of the two measures; NaN where blank."""
    niveaux = echelle.libelles if echelle.bornes else ("Toute valeur",)
    return Axe(libelle, unite, niveaux, tuple(None if v != v else v for v in valeurs))


def cross(
    maille: Maille, tables: tuple[pd.DataFrame, pd.DataFrame], grille: Grille, rangs: tuple[Rangs, Rangs]
) -> Fill:
    """Fill territories by the levels of two measures (`tables`: code, valeur, statut, dit; `rangs`: their levels).

    A territory is blank as soon as one of its two figures is; the blank that must never be guessed from another wins.
    """
    haute, large = tables
    rangs_blancs = [_GRAVITE.get_indexer(pd.Index(t["statut"])) for t in tables]  # the greatest hides most
    pires = _GRAVITE.to_numpy()[np.maximum(*rangs_blancs)]
    table = pd.DataFrame({"code": haute["code"], "valeur": np.nan, "statut": pires})
    axes = (grille.ordonnee, grille.abscisse)
    seconde = lower_first(axes[1].libelle)
    details = [  # a class names both measures; a blank does not, and must not be taken for the other's
        f"{axes[0].libelle}{FINE}: {a}{FINE}; {seconde}{FINE}: {b}" if pire else f"{a}{FINE}; {b}"
        for a, b, pire in zip(haute["dit"].tolist(), large["dit"].tolist(), pires.tolist(), strict=True)
    ]
    fill = fill_of(maille, table, rangs[0] * len(axes[1].niveaux) + rangs[1], _classes(*axes), details)
    return Fill(maille, fill.codes, fill.classe, fill.classes, fill.details, ordonne=True, grille=grille)


def _classes(ordonnee: Axe, abscisse: Axe) -> list[Classe]:
    hautes, larges = HAUTEURS[len(ordonnee.niveaux)], HAUTEURS[len(abscisse.niveaux)]
    couleurs, droite = crossing(len(hautes), len(larges)), lower_first(abscisse.libelle)
    return [
        Classe(f"c{i}{j}", typeset(f"{ordonnee.libelle} : classe {h} ; {droite} : classe {b}"), couleurs[i][j])
        for i, h in enumerate(hautes)
        for j, b in enumerate(larges)
    ]


def corners(fill: Fill) -> str:
    """Count the four corners: « Taux en classe haute et revenu en classe basse : 34 communes ; l'inverse : 41… »."""
    grille = fill.grille
    if grille is None or min(len(grille.ordonnee.niveaux), len(grille.abscisse.niveaux)) < 2:
        return ""
    matrice = legend_of(fill)[0].symbole
    assert isinstance(matrice, Matrice)
    haut, bas = matrice.lignes[0], matrice.lignes[-1]
    contraste = f"{grille.ordonnee.libelle} en classe haute et {lower_first(grille.abscisse.libelle)} en classe basse"
    return sentence_of(
        (
            f"{contraste} : {count(haut[0].nombre, *NOMS[fill.maille])}",
            f"l'inverse : {number(bas[-1].nombre)}",
            f"les deux en classe haute : {number(haut[-1].nombre)}",
            f"les deux en classe basse : {number(bas[0].nombre)}",
        ),
        " ; ",
    )


def method_said(methode: Methode, reference: str) -> str:
    """Say how the levels of two measures were cut, and what a blank means."""
    choix = "terciles" if method_of(methode) is Methode.QUANTILES else methode.libelle
    choix += "" if methode is Methode.NATUREL else " (seuils naturels où trop de valeurs sont égales)"
    dit = f" (« {methode.libelle} » ne sert pas à un croisement)" if methode in _SANS_OBJET else ""
    blanc = "Un territoire reste blanc dès que l'une des deux valeurs n'est pas connue."
    return typeset(f"Trois classes par mesure : {choix}{dit}, bornes calculées {reference}. {blanc}")
