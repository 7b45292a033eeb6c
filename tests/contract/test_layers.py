"""Every layer of the registry keeps the contract, whatever the maille, the field and the échelon."""

import hashlib
import re
from datetime import date
from itertools import product
from typing import assert_never

import pandas as pd
import pytest

from dashboard import scene
from data.frames import Frames
from data.measures import indicators, territories
from data.measures.definitions import definition
from data.model import MAILLES_CARTE, TOUS_CHAMPS, FiltreEchelon, Maille, Profil
from layers.kit.contract import Drawing, Layer
from layers.kit.marks import Fill, Labels, Mark, Outline, Points, Symbols
from layers.kit.view import View
from layers.registry import LAYERS, layer

JOUR = date(2026, 11, 1)
IDS = ("couverture_ctg", "densite_services", "points_acces", "territoires_prioritaires")
MAL_ESPACE = re.compile(r"[ \u00a0][;:!?%]|« |[^\u00a0\u202f ]»|\bnan\b|\bNaT\b|\bNone\b|  ")

JEUX = ("frames_demo", pytest.param("frames_62", marks=pytest.mark.real))


@pytest.fixture(params=JEUX)
def frames(request: pytest.FixtureRequest) -> Frames:
    jeu: Frames = request.getfixturevalue(request.param)
    return jeu


def vues(couche: Layer, frames: Frames) -> list[View]:
    """Return every maille × échelon, every maille × field, and two other days."""
    mailles = [m for m in MAILLES_CARTE if m in couche.mailles]
    champs = [TOUS_CHAMPS, *(c.id for c in frames.champs if couche.champs.accepts(c.id))]
    base = {"couches": (couche.id,)}
    return [
        *(View(date=JOUR, maille=m, echelon=e, **base) for m, e in product(mailles, FiltreEchelon)),  # type: ignore[arg-type]
        *(View(date=JOUR, maille=m, champ=c, **base) for m, c in product(mailles, champs)),  # type: ignore[arg-type]
        *(View(date=date(a, 1, 1), maille=mailles[0], **base) for a in (1990, 2021, 2050)),  # type: ignore[arg-type]
    ]


def known(frames: Frames, maille: Maille) -> list[str]:
    if maille is Maille.QPV:
        return list(frames.qpv["code_qpv"])
    return list(territories.groups(frames, maille).codes)


def check_mark(mark: Mark, frames: Frames, view: View) -> None:
    match mark:
        case Fill():
            assert mark.maille is view.maille
            assert list(mark.codes) == known(frames, view.maille)
            assert len(mark.codes) == len(mark.classe) == len(mark.details)
            assert min(mark.classe) >= 0
            assert max(mark.classe) < len(mark.classes)
            assert mark.valeurs == () or len(mark.valeurs) == len(mark.codes)
            for valeur, rang in zip(mark.valeurs, mark.classe, strict=False):
                assert (valeur is None) == (mark.classes[rang].blanc is not None)
                assert not mark.ordonne or (valeur == 0) == (mark.classes[rang].id == "zero")
            assert len({c.id for c in mark.classes}) == len({c.libelle for c in mark.classes}) == len(mark.classes)
            assert all(mark.details)
        case Outline():
            assert set(mark.codes) <= set(known(frames, mark.maille))
            assert len(set(mark.codes)) == len(mark.codes) == len(mark.details) > 0
        case Symbols():
            assert set(mark.codes) <= set(known(frames, view.maille))
            assert len(mark.codes) == len(mark.valeurs) == len(mark.details)
            assert all(0 < v <= mark.maximum for v in mark.valeurs)
        case Points():
            assert view.maille is Maille.COMMUNE
            assert set(mark.codes) <= set(known(frames, Maille.COMMUNE))
            columns = (mark.codes, mark.noms, mark.longitude, mark.latitude, mark.categorie, mark.details)
            assert {len(c) for c in columns} == {len(mark.ids)}
            assert len(set(mark.ids)) == len(mark.ids)
            assert set(mark.categorie) == set(range(len(mark.categories)))
        case Labels():
            assert len(mark.codes) == len(mark.textes)
        case _:
            assert_never(mark)


def check_words(drawing: Drawing) -> None:
    said = [drawing.titre, drawing.unite, drawing.definition, drawing.methode, *drawing.notice, *drawing.bandeau]
    for mark in drawing.marques:
        said += [] if isinstance(mark, Labels) else list(mark.details)
    said += [e.libelle for e in drawing.legende]
    fautes = {t for t in said if MAL_ESPACE.search(t)}
    assert not fautes


def fingerprint(frames: Frames) -> str:
    somme = hashlib.sha256()
    for table in (frames.communes.drop(columns="geometry"), *frames.tables.values()):
        somme.update(pd.util.hash_pandas_object(table, index=True).to_numpy().tobytes())
        somme.update("|".join(table.columns).encode())
    somme.update(b"".join(frames.communes.geometry.to_wkb()))
    return somme.hexdigest()


def test_the_registry_holds_the_four_first_layers_in_menu_order() -> None:
    assert tuple(c.id for c in LAYERS)[:4] == IDS
    assert len({c.id for c in LAYERS}) == len(LAYERS)
    assert all(layer(c.id) is c for c in LAYERS)
    assert layer("inventee") is None


@pytest.mark.parametrize("couche", LAYERS, ids=lambda c: c.id)
def test_every_view_of_a_layer_is_complete(couche: Layer, frames: Frames) -> None:
    for view in vues(couche, frames):
        drawing = couche.describe(frames, view)
        assert (drawing.couche, drawing.vue) == (couche.id, view)
        assert drawing.titre
        if not drawing.marques:
            assert drawing.notice, view
            continue
        assert drawing.definition.endswith(".")
        assert drawing.sources
        assert all(s.producteur and s.millesime for s in drawing.sources)
        assert set(s.fichier for s in drawing.sources) <= {s.fichier for s in frames.jeu.sources}
        for mark in drawing.marques:
            check_mark(mark, frames, view)
        check_words(drawing)


@pytest.mark.parametrize("couche", LAYERS, ids=lambda c: c.id)
def test_a_legend_counts_every_territory_once(couche: Layer, frames: Frames) -> None:
    for maille in couche.mailles & set(MAILLES_CARTE):
        for mark in couche.describe(frames, View(date=JOUR, maille=maille)).marques:
            seule = Drawing("x", "x", View(date=JOUR), (mark,)).legende
            attendu = len(mark.ids) if isinstance(mark, Points) else len(mark.codes)
            assert sum(e.nombre for e in seule) == attendu


@pytest.mark.parametrize("couche", LAYERS, ids=lambda c: c.id)
def test_describing_is_pure(couche: Layer, frames: Frames) -> None:
    avant = fingerprint(frames)
    for maille in couche.mailles & set(MAILLES_CARTE):
        view = View(date=JOUR, maille=maille, champ="petite_enfance")
        assert couche.describe(frames, view) == couche.describe(frames, view)
    assert fingerprint(frames) == avant


def test_every_indicator_is_drawn_as_its_nature_asks_or_says_where_it_exists(frames: Frames) -> None:
    couche = layer("indicateur")
    assert couche is not None
    for indicateur, maille, profil in product(indicators.listed(frames), MAILLES_CARTE, Profil):
        view = View(date=JOUR, maille=maille, couches=("indicateur",), indicateur=indicateur, profil=profil)
        drawing = couche.describe(frames, view)
        definie = definition(frames, indicateur)
        check_words(drawing)
        if maille not in indicators.mailles(frames, indicateur):
            assert drawing.marques == ()
            assert definie.libelle in drawing.notice[0]
            continue
        for mark in drawing.marques:
            check_mark(mark, frames, view)
        fill = drawing.marques[0]
        assert isinstance(fill, Fill)
        assert (fill.fond, fill.ordonne) == (definie.additive, not definie.additive)
        assert any(isinstance(m, Symbols) for m in drawing.marques) <= definie.additive
        assert sum(e.nombre for e in Drawing("x", "x", view, (fill,)).legende) == len(fill.codes)


def test_every_layer_is_declared_at_the_mailles_of_the_map() -> None:
    for couche in LAYERS:
        assert couche.mailles
        assert couche.mailles <= set(MAILLES_CARTE)
        assert couche.libelle


@pytest.mark.parametrize("couche", LAYERS, ids=lambda c: c.id)
def test_a_layer_says_what_it_misses(couche: Layer, frames_demo: Frames) -> None:
    view = View(date=JOUR, couches=(couche.id,), champ="petite_enfance")
    besoins = couche.needs(view)
    assert besoins
    assert set(besoins) <= set(frames_demo.tables)
    for table in besoins:
        sans = Frames(
            frames_demo.jeu, frames_demo.communes, frames_demo.qpv,
            {**frames_demo.tables, table: frames_demo[table].iloc[:0]}, frames_demo.presentes - {table},
        )  # fmt: skip
        drawing = couche.describe(sans, view)
        assert drawing.marques == ()
        assert any(f"{table.replace('_', '-')}.csv" in n for n in drawing.notice)


def test_all_layers_together_lose_no_territory_and_share_no_hatch(frames: Frames) -> None:
    for maille in MAILLES_CARTE:
        view = View(date=JOUR, maille=maille, couches=IDS)
        drawings = scene.drawings_of(view, frames)
        assert [d.couche for d in drawings] == list(IDS)
        assert all(d.marques for d in drawings)
        remplis = [m for d in drawings for m in d.marques if isinstance(m, Fill)]
        assert [m.plein for m in remplis] == [False, True]
        assert all(list(m.codes) == known(frames, maille) for m in remplis)
        assert scene.sentence(view, frames, drawings).endswith(".")
