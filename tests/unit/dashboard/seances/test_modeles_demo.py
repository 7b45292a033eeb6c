"""Every built-in model gives scenes that stand: addresses without a notice, figures that exist, maps that draw."""

from datetime import date

import pytest

from dashboard.permalink import from_query
from dashboard.seances import accords, modeles
from dashboard.seances.figures import available
from dashboard.seances.model import CHIFFRES_MAX
from dashboard.seances.modeles import MODELES, Cadre
from dashboard.seances.scenes import pin, read_scene
from data.frames import Frames
from layers.kit.marks import Fill

JOUR = date(2026, 11, 23)


def made(frames: Frames, id_modele: str) -> tuple:
    model = modeles.modele(id_modele)
    jour = frames.jeu.date_reference or JOUR
    known = accords.signed(frames, jour) if frames.has("ctg") else ()
    return model.scenes(Cadre(frames, JOUR, next(iter(known), None)))


def check(frames: Frames, id_modele: str) -> int:
    scenes = made(frames, id_modele)
    for scene in scenes:
        read = read_scene(scene, frames, JOUR)
        assert read.avis == (), scene
        assert scene.titre, scene
        assert scene.question.endswith("\u202f?"), scene
        assert any(d.marques for d in read.dessins), scene
        assert scene.lecture.endswith("."), scene
        for mark in (
            m for d in read.dessins if "indicateur=" in scene.adresse for m in d.marques if isinstance(m, Fill)
        ):
            held = [mark.classes[rank].blanc is None for rank in mark.classe]
            assert sum(held) > len(held) / 2, scene  # no map that is grey nearly everywhere
        assert len(scene.chiffres) <= CHIFFRES_MAX
        assert [c for c in read.chiffres if c.valeur == "nd"] == [], scene
        assert "date=" in scene.adresse
        assert pin(f"https://ailleurs/{scene.adresse}", frames, JOUR) == scene.adresse
    return len(scenes)


@pytest.mark.parametrize("model", [m.id for m in MODELES])
def test_every_model_on_the_demonstration(frames_demo: Frames, model: str) -> None:
    assert check(frames_demo, model) >= 5


@pytest.mark.real
@pytest.mark.parametrize("model", [m.id for m in MODELES])
def test_every_model_on_the_real_pas_de_calais(frames_62: Frames, model: str) -> None:
    assert check(frames_62, model) >= 5


@pytest.mark.parametrize("model", [m.id for m in MODELES])
def test_a_dataset_of_communes_alone_says_what_is_missing(make_frames, model: str) -> None:
    bare = make_frames([{"code": "62001", "code_epci": "200000001"}, {"code": "62002"}])
    assert made(bare, model) == ()
    assert modeles.modele(model).lacking(bare)


def test_access_points_alone_give_the_scenes_that_they_can(make_frames) -> None:
    frames = make_frames(
        [{"code": "62001", "nom": "Un", "code_epci": "200000001", "population": 900}],
        {"points_acces": [{"id": "p", "type": "borne_visio", "code_commune": "62001", "etat": "ouvert"}]},
    )
    assert check(frames, "bornes") == 2
    assert made(frames, "couverture") == ()


def test_every_agreement_of_the_demonstration_has_its_assessment(frames_demo: Frames) -> None:
    bilan = modeles.modele("bilan")
    for accord in accords.signed(frames_demo, frames_demo.jeu.date_reference):
        scenes = bilan.scenes(Cadre(frames_demo, JOUR, accord))
        assert scenes
        for scene in scenes:
            assert from_query(scene.adresse, frames_demo, JOUR).avis == ()


def test_readings_are_made_of_the_figures_of_the_day(frames_demo: Frames) -> None:
    first, before = made(frames_demo, "couverture")[:2]
    figures = {c.id: c.valeur for c in read_scene(first, frames_demo, JOUR).chiffres}
    assert figures["population"] in first.lecture
    assert f"({figures['communes']} communes sur 252)" in first.lecture
    earlier = {c.id: c.valeur for c in read_scene(before, frames_demo, JOUR).chiffres}
    assert earlier["population"] in before.lecture
    assert earlier["population"] != figures["population"]


def test_figures_of_a_territory_come_first_and_agree_with_its_sheet(frames_demo: Frames) -> None:
    from data.measures.sheet import of_territory

    epci = frames_demo["epci"]["code_epci"].iloc[0]
    view = from_query(f"?territoire={epci}", frames_demo, JOUR).vue
    figures = available(frames_demo, view)
    fiche = of_territory(frames_demo, epci, view.date)
    assert figures[0].id == "territoire_population"
    assert figures[0].valeur.replace("\u202f", "") == str(int(fiche.population))
