"""Laws of any figures and any view: one class or one blank each, counts that add up, drawings that repeat."""

from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import scene
from data.frames import Frames
from data.measures import indicators
from data.measures.definitions import definition
from data.model import MAILLES_CARTE, TOUS_CHAMPS, Blanc, FiltreEchelon, Maille, Profil
from layers.kit.choropleth import choropleth
from layers.kit.contract import Drawing
from layers.kit.crossing import axis, cross
from layers.kit.marks import Fill, Grille, Matrice, Points, Repere, Symbols, legend_of
from layers.kit.scales import levels_of, scale_of
from layers.kit.view import NB_CLASSES_MAX, NB_CLASSES_MIN, Methode, View
from layers.registry import LAYERS

JOUR = date(2026, 11, 1)
FIGURES = st.one_of(
    st.sampled_from([*Blanc]),
    st.just(0.0),
    st.integers(-5, 5).map(float),
    st.floats(-1e6, 1e6, allow_subnormal=False).filter(lambda v: v == 0 or abs(v) > 1e-6),
)
TABLES = st.lists(FIGURES, min_size=1, max_size=60)


def table(figures: list[Any]) -> pd.DataFrame:
    blancs = [f.value if isinstance(f, Blanc) else "" for f in figures]
    valeurs = [np.nan if isinstance(f, Blanc) else f for f in figures]
    codes = [f"{62_000 + i}" for i in range(len(figures))]
    return pd.DataFrame(
        {"code": codes, "valeur": np.array(valeurs, dtype=float), "statut": blancs, "dit": [f"d{c}" for c in codes]}
    )


def check_places(fill: Fill, statuts: list[str]) -> None:
    """Every territory is in one class or one blank, the right one; the legend counts each of them once."""
    assert len(fill.classe) == len(fill.codes) == len(statuts)
    for rang, statut in zip(fill.classe, statuts, strict=True):
        blanc = fill.classes[rang].blanc
        assert (blanc.value if blanc else "") == statut
    entrees = legend_of(fill)
    assert sum(e.nombre for e in entrees) == len(fill.codes)
    matrices = [e.symbole for e in entrees if isinstance(e.symbole, Matrice)]
    cases = {c.rang: c.nombre for m in matrices for ligne in m.lignes for c in ligne}
    assert cases == ({r: fill.classe.count(r) for r in cases} if fill.grille else {})


@given(TABLES, st.sampled_from(list(Methode)), st.integers(NB_CLASSES_MIN, NB_CLASSES_MAX), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_figure_has_its_class_and_every_blank_its_own(
    figures: list[Any], methode: Methode, nb: int, zero: bool
) -> None:
    donnees = table(figures)
    valeurs = donnees["valeur"].to_numpy(dtype=float)
    echelle = scale_of(valeurs, methode, nb, (1.0, 2.0), Repere("Centre", 1.5, "le centre"))
    fill = choropleth(Maille.COMMUNE, donnees, echelle, donnees["dit"].tolist(), zero)
    check_places(fill, donnees["statut"].tolist())
    ordre = [(v, r) for v, r in zip(valeurs.tolist(), fill.classe, strict=True) if v == v and v != 0]
    assert all(r1 <= r2 for (_, r1), (_, r2) in zip(sorted(ordre), sorted(ordre)[1:], strict=False))
    assert all((fill.classes[r].id == "zero") == (v == 0) for v, r in zip(valeurs, fill.classe, strict=True) if v == v)


@given(TABLES, TABLES, st.sampled_from([Methode.QUANTILES, Methode.NATUREL, Methode.EGAL, Methode.ECART_TYPE]))
@settings(max_examples=120, deadline=None)
def test_two_figures_meet_in_one_cell_or_in_the_blank_that_hides_most(
    premiers: list[Any], seconds: list[Any], methode: Methode
) -> None:
    nombre = min(len(premiers), len(seconds))
    haute, large = table(premiers[:nombre]), table(seconds[:nombre])
    valeurs = [t["valeur"].to_numpy(dtype=float) for t in (haute, large)]
    echelles = [levels_of(v, methode) for v in valeurs]
    grille = Grille(*(axis(n, "", e, v.tolist()) for n, e, v in zip("AB", echelles, valeurs, strict=True)))
    rangs = (echelles[0].ranks(valeurs[0]), echelles[1].ranks(valeurs[1]))
    fill = cross(Maille.COMMUNE, (haute, large), grille, rangs)
    gravite = ["", "petit_denominateur", "manquant", "non_publie", "secret"]
    pires = [max(d, key=gravite.index) for d in zip(haute["statut"], large["statut"], strict=True)]
    check_places(fill, pires)
    for i, rang in enumerate(fill.classe):
        if not pires[i]:
            assert divmod(rang, len(grille.abscisse.niveaux)) == (rangs[0][i], rangs[1][i])
    assert len({c.libelle for c in fill.classes}) == len(fill.classes)


@st.composite
def views(draw: st.DrawFn) -> dict[str, Any]:
    couches = draw(st.lists(st.sampled_from([c.id for c in LAYERS]), min_size=1, max_size=3, unique=True))
    return {
        "date": draw(st.dates(date(2012, 1, 1), date(2032, 12, 31))),
        "maille": draw(st.sampled_from(MAILLES_CARTE)),
        "echelon": draw(st.sampled_from(list(FiltreEchelon))),
        "champ": draw(st.sampled_from([TOUS_CHAMPS, "petite_enfance", "parentalite", "acces_aux_droits"])),
        "couches": tuple(couches),
        "classes": draw(st.sampled_from(list(Methode))),
        "nb": draw(st.integers(NB_CLASSES_MIN, NB_CLASSES_MAX)),
        "bornes": draw(st.sampled_from([(), (10.0,), (5.0, 20.0, 1_000.0)])),
        "profil": draw(st.sampled_from(list(Profil))),
    }


@given(view=views(), rangs=st.tuples(st.integers(0, 25), st.integers(0, 25)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_view_draws_every_territory_once_and_twice_alike(
    frames_demo: Frames, view: dict[str, Any], rangs: tuple[int, int]
) -> None:
    ids = ("", *indicators.listed(frames_demo))
    vue = View(**view, indicateur=ids[rangs[0] % len(ids)], indicateur2=ids[rangs[1] % len(ids)])
    drawings = scene.drawings_of(vue, frames_demo)
    assert drawings == scene.drawings_of(vue, frames_demo)
    assert [d.couche for d in drawings] == list(vue.couches)
    for drawing in drawings:
        assert drawing.marques or drawing.notice
        check_counts(drawing)
    visibles = [m for d in drawings for m in d.marques if isinstance(m, Fill) and m.plein]
    assert len(visibles) <= 1


def check_counts(drawing: Drawing) -> None:
    for mark in drawing.marques:
        entrees = legend_of(mark)
        if isinstance(mark, Fill):
            assert len(set(mark.codes)) == len(mark.codes) == len(mark.classe) == len(mark.details)
            assert sum(e.nombre for e in entrees) == (0 if mark.fond and not mark.plein else len(mark.codes))
        elif entrees:
            assert sum(e.nombre for e in entrees) == len(mark.ids if isinstance(mark, Points) else mark.codes)


NATURES = {"taux_pauvrete": "taux", "part_personnes_couvertes": "rapport", "revenu_median": "mediane",
           "familles_monoparentales": "effectif", "prestations_legales_eur": "montant"}  # fmt: skip


@pytest.mark.parametrize("profil", list(Profil))
def test_nature_decides_how_two_indicators_meet(frames_demo: Frames, profil: Profil) -> None:
    for (a, b), maille in product(product(NATURES, NATURES), MAILLES_CARTE):
        vue = View(date=JOUR, maille=maille, couches=("indicateur",), indicateur=a, indicateur2=b, profil=profil)
        (drawing,) = scene.drawings_of(vue, frames_demo)
        la = [i for i in dict.fromkeys((a, b)) if maille in indicators.mailles(frames_demo, i)]
        taux = [i for i in la if not definition(frames_demo, i).additive]
        fills = [m for m in drawing.marques if isinstance(m, Fill)]
        discs = [m for m in drawing.marques if isinstance(m, Symbols)]
        for i in {a, b} - set(la):
            assert any(definition(frames_demo, i).libelle in n for n in drawing.notice)
        if len(taux) == 2:
            assert [m.grille is not None for m in fills] == [True]
            assert not discs
        elif len(la) == 2 and taux:
            assert [(m.ordonne, m.fond, m.plein) for m in fills] == [(True, False, True), (False, True, False)]
            assert len(discs) == 1
        elif len(la) == 2:
            assert [m.fond for m in fills] == [True]
            assert any("deux séries de disques" in n for n in drawing.notice)
        else:
            assert len(fills) == len(la)


def test_levels_are_frozen_on_all_years(frames_demo: Frames) -> None:
    cells = []
    for jour in (JOUR, date(2019, 6, 1)):
        vue = View(date=jour, couches=("indicateur",), indicateur="revenu_median",
                   indicateur2="part_personnes_couvertes")  # fmt: skip
        (fill,) = scene.drawings_of(vue, frames_demo)[0].marques
        assert isinstance(fill, Fill)
        assert fill.grille is not None
        cells.append((fill.grille.ordonnee.niveaux, fill.grille.abscisse.niveaux, fill.classes))
        assert fill.grille.ordonnee.valeurs != ()
    assert cells[0] == cells[1]
