"""Indicators of the dataset: rates and medians coloured by class, counts and amounts as discs (DOMAINE §5.1)."""

from dataclasses import replace

import numpy as np
import pandas as pd

from data.frames import Frames
from data.measures import indicators
from data.measures.cache import per_frames
from data.measures.definitions import Definition, definition
from data.measures.sums import Lecture
from data.model import MAILLES_CARTE, Maille, Profil
from layers.kit import indicators as words
from layers.kit.choropleth import choropleth, fill_of, landmarks
from layers.kit.contract import Champs, Drawing
from layers.kit.marks import Fill, Mark, Symbols
from layers.kit.notices import lacking, missing, without_epci
from layers.kit.palettes import AVEC_DISQUE, DISQUES, ZERO
from layers.kit.scales import Scale, scale_of, wording
from layers.kit.sources import sources_of
from layers.kit.texts import PAR_MAILLE, lower_first
from layers.kit.view import Decoupe, View

_DISQUES = "Surface des disques proportionnelle à la valeur, à la même échelle pour toutes les années."
_REFERENCE = "{} sur toutes les années du jeu et gardées de l'une à l'autre"


class Indicateur:
    """The chosen indicator, drawn as its nature asks: a count is never a colour."""

    id = "indicateur"
    libelle = "Indicateur"
    mailles = frozenset(MAILLES_CARTE)
    champs = Champs(filtrable=False)

    def needs(self, view: View) -> tuple[str, ...]:  # noqa: ARG002
        """Name the table of indicators."""
        return ("indicateurs",)

    def describe(self, frames: Frames, view: View) -> Drawing:
        """Describe the indicator for the latest year up to the day of the view, failing that the earliest one."""
        choisi = view.indicateur or indicators.first(frames, view.maille)
        drawing = Drawing(self.id, self.libelle, view)
        if (manque := missing(frames, "indicateurs")) or not choisi:
            return drawing.saying(lacking(manque or ("indicateurs.csv",), "aucun indicateur n'est montré"))
        definie = definition(frames, choisi)
        mailles = indicators.mailles(frames, choisi)
        if view.maille not in mailles:
            return replace(drawing, titre=words.title(definie)).saying(words.absent(definie, view.maille, mailles))
        table = indicators.values(frames, choisi, view.maille, Lecture(view.date.year, view.profil))
        table["dit"] = words.details(table, definie)
        titre = words.title(definie, table["annee"])
        marques, methode = _marks(frames, definie, view, table)
        return replace(
            drawing,
            titre=titre,
            phrase=lower_first(titre),
            marques=marques,
            unite=definie.unite,
            definition=words.definition_said(frames, definie),
            methode=methode,
            sources=sources_of(frames, "indicateurs"),
            notice=(
                *(() if view.indicateur else words.default_said(definie)),
                *words.without_disc(marques),
                *without_epci(frames, view.maille),
            ),
        )


def _marks(frames: Frames, definie: Definition, view: View, table: pd.DataFrame) -> tuple[tuple[Mark, ...], str]:
    """Choose marks by nature, and say how they are scaled."""
    if definie.additive:
        maximum = _maximum(frames, definie.id, view.maille, view.profil)
        return (_ground(view.maille, table), *_discs(definie, view.maille, table, maximum)), _DISQUES
    echelle, zero = _scale(frames, definie.id, view.maille, view.profil, view.decoupe)
    reperes = landmarks(view.maille, table["valeur"].to_numpy(dtype=np.float64), _whole(frames, definie.id, view))
    fill = replace(choropleth(view.maille, table, echelle, table["dit"].tolist(), zero), reperes=reperes)
    return (fill,), wording(view.decoupe, echelle, _REFERENCE.format(PAR_MAILLE[view.maille]))


def _ground(maille: Maille, table: pd.DataFrame) -> Fill:
    """Say why territories have no disc."""
    zeros = table["valeur"].to_numpy(dtype=np.float64) == 0
    classes = (AVEC_DISQUE, ZERO) if zeros.any() else (AVEC_DISQUE,)
    return replace(fill_of(maille, table, zeros.astype(np.intp), classes, table["dit"].tolist()), fond=True)


def _discs(definie: Definition, maille: Maille, table: pd.DataFrame, maximum: float) -> tuple[Symbols, ...]:
    vues = table[table["valeur"] > 0]
    codes, valeurs, dits = (tuple(vues[c].tolist()) for c in ("code", "valeur", "dit"))
    disques = Symbols(maille, codes, valeurs, dits, definie.libelle, definie.unite, DISQUES, maximum)
    return (disques,) if codes else ()


@per_frames
def _maximum(frames: Frames, indicateur: str, maille: Maille, profil: Profil) -> float:
    return float(indicators.every_year(frames, indicateur, maille, profil).max(initial=0))


@per_frames
def _scale(frames: Frames, indicateur: str, maille: Maille, profil: Profil, decoupe: Decoupe) -> tuple[Scale, bool]:
    """Return the classes of all years, and whether one of these values is zero."""
    valeurs = indicators.every_year(frames, indicateur, maille, profil)
    return scale_of(valeurs, *decoupe), bool((valeurs == 0).any())


def _whole(frames: Frames, indicateur: str, view: View) -> float | None:
    """Return the value of the département; None where there are several of them, or where it has none."""
    lecture = Lecture(view.date.year, view.profil)
    valeurs = indicators.values(frames, indicateur, Maille.DEPARTEMENT, lecture)["valeur"]
    return float(valeurs.iloc[0]) if len(valeurs) == 1 and valeurs.notna().all() else None
