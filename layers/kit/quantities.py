"""One indicator as the marks that its nature asks for; classes and discs are frozen on all years of the dataset."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import indicators
from data.measures.cache import per_frames
from data.measures.definitions import Definition, definition
from data.measures.sums import Lecture
from data.model import Maille, Profil
from layers.kit import crossing
from layers.kit import indicators as words
from layers.kit.choropleth import choropleth, fill_of, landmarks, of_departement
from layers.kit.marks import Fill, Grille, Repere, Symbols
from layers.kit.palettes import AVEC_DISQUE, DISQUES, ZERO
from layers.kit.scales import Scale, levels_of, scale_of, wording
from layers.kit.texts import PAR_MAILLE
from layers.kit.view import Decoupe, Methode, View

SURFACE = "Surface des disques proportionnelle à la valeur, à la même échelle pour toutes les années."
_REFERENCE = "{} sur toutes les années du jeu et gardées de l'une à l'autre"


@dataclass(frozen=True, eq=False, slots=True)
class Quantite:
    """An indicator at the maille and year of a view: columns of `data.measures.indicators.values`, and `dit`."""

    definition: Definition
    titre: str
    table: pd.DataFrame

    @property
    def valeurs(self) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """Figures by territory, NaN where blank."""
        return self.table["valeur"].to_numpy(dtype=np.float64)


def quantity(frames: Frames, indicateur: str, view: View) -> Quantite:
    """Read an indicator for the latest year up to the day of the view, failing that the earliest one."""
    definie = definition(frames, indicateur)
    table = indicators.values(frames, indicateur, view.maille, Lecture(view.date.year, view.profil))
    table["dit"] = words.details(table, definie)
    return Quantite(definie, words.title(definie, table["annee"]), table)


def coloured(frames: Frames, mesure: Quantite, view: View) -> tuple[Fill, str]:
    """Colour a rate by class, and say how classes were made."""
    echelle, zero = _scale(frames, mesure.definition.id, view.maille, view.profil, view.decoupe)
    lecture = Lecture(view.date.year, view.profil)
    departement = _whole(frames, mesure.definition.id, lecture)
    reperes = landmarks(view.maille, mesure.valeurs, departement, echelle, words.national(mesure.definition))
    fill = choropleth(view.maille, mesure.table, echelle, mesure.table["dit"].tolist(), zero)
    return replace(fill, reperes=reperes), wording(view.decoupe, echelle, _reference(view))


def discs(frames: Frames, mesure: Quantite, view: View) -> tuple[Fill, *tuple[Symbols, ...]]:
    """Draw a count as discs, over a ground that says why territories have none."""
    table, definie = mesure.table, mesure.definition
    zeros = mesure.valeurs == 0
    classes = (AVEC_DISQUE, ZERO) if zeros.any() else (AVEC_DISQUE,)
    fond = replace(fill_of(view.maille, table, zeros.astype(np.intp), classes, table["dit"].tolist()), fond=True)
    vues = table[table["valeur"] > 0]
    if vues.empty:
        return (fond,)
    codes, valeurs, dits = (tuple(vues[c].tolist()) for c in ("code", "valeur", "dit"))
    maximum = _maximum(frames, definie.id, view.maille, view.profil)
    return fond, Symbols(view.maille, codes, valeurs, dits, definie.libelle, definie.unite, DISQUES, maximum)


def crossed(frames: Frames, mesures: tuple[Quantite, Quantite], view: View) -> tuple[Fill, str]:
    """Cross two rates, the first by rows and the second by columns, and say how their levels were cut."""
    methode = crossing.method_of(view.classes)
    echelles = [_levels(frames, m.definition.id, view.maille, view.profil, methode) for m in mesures]
    haute, large = (
        crossing.axis(m.definition.libelle, m.definition.unite, e, m.valeurs.tolist())
        for m, e in zip(mesures, echelles, strict=True)
    )
    rangs = (echelles[0].ranks(mesures[0].valeurs), echelles[1].ranks(mesures[1].valeurs))
    fill = crossing.cross(view.maille, (mesures[0].table, mesures[1].table), Grille(haute, large), rangs)
    return fill, crossing.method_said(view.classes, _reference(view))


def _reference(view: View) -> str:
    return _REFERENCE.format(PAR_MAILLE[view.maille])


@per_frames
def _maximum(frames: Frames, indicateur: str, maille: Maille, profil: Profil) -> float:
    return float(indicators.every_year(frames, indicateur, maille, profil).max(initial=0))


@per_frames
def _scale(frames: Frames, indicateur: str, maille: Maille, profil: Profil, decoupe: Decoupe) -> tuple[Scale, bool]:
    """Return the classes of all years, and whether one of these values is zero."""
    valeurs = indicators.every_year(frames, indicateur, maille, profil)
    return scale_of(valeurs, *decoupe, _centre(frames, indicateur, profil, decoupe[0])), bool((valeurs == 0).any())


def _centre(frames: Frames, indicateur: str, profil: Profil, methode: Methode) -> Repere | None:
    """Return what colours part from: the national value, or that of the département in the last year of the dataset."""
    if methode is Methode.ECART_NATIONAL:
        return words.national(definition(frames, indicateur))
    annee = indicators.last_year(frames, indicateur)
    if methode is not Methode.ECART_DEPARTEMENT or annee is None:
        return None
    return of_departement(_whole(frames, indicateur, Lecture(annee, profil)), annee)


@per_frames
def _levels(frames: Frames, indicateur: str, maille: Maille, profil: Profil, methode: Methode) -> Scale:
    return levels_of(indicators.every_year(frames, indicateur, maille, profil), methode)


def _whole(frames: Frames, indicateur: str, lecture: Lecture) -> float | None:
    """Return the value of the département; None where there are several of them, or where it has none."""
    valeurs = indicators.values(frames, indicateur, Maille.DEPARTEMENT, lecture)["valeur"]
    return float(valeurs.iloc[0]) if len(valeurs) == 1 and valeurs.notna().all() else None
