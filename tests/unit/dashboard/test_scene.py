from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from dashboard import scene
from data.frames import Frames
from data.model import FiltreEchelon, Maille
from layers import registry
from layers.kit.contract import Champs, Drawing
from layers.kit.marks import Classe, Fill, Labels, Motif, Outline
from layers.kit.palettes import lighten, trait
from layers.kit.view import View

JOUR = date(2026, 11, 1)
COMMUNES = [{"code": "62001", "code_epci": "200000001", "population": 1_000.0}]
TABLES = {
    "ctg": [],
    "ctg_communes": [],
    "ctg_champs": [],
    "services": [{"id": "S", "type_service": "x", "champ": "insertion", "code_commune": "62001"}],
    "points_acces": [{"id": "P", "type": "agence", "code_commune": "62001"}],
    "territoires_prioritaires": [{"definition": "pvd", "maille": "commune", "code_territoire": "62001"}],
}
TOUTES = ("couverture_ctg", "densite_services", "points_acces", "territoires_prioritaires")


class CoucheJouet:
    """A whole layer: what a new one costs."""

    id = "jouet"
    libelle = "Noms des Epci"
    mailles = frozenset({Maille.EPCI})
    champs = Champs(filtrable=False)

    def needs(self, view: View) -> tuple[str, ...]:  # noqa: ARG002
        return ("epci",)

    def describe(self, frames: Frames, view: View) -> Drawing:
        codes = tuple(sorted(set(frames.communes["code_epci"]) - {""}))
        return Drawing(
            self.id, self.libelle, view, (Labels(view.maille, codes, tuple(frames.noms.get(c, c) for c in codes)),)
        )


@pytest.fixture
def frames(make_frames: Callable[..., Frames]) -> Frames:
    return make_frames(COMMUNES, TABLES)


def test_layers_come_in_the_order_of_the_view_and_unknown_ones_are_skipped(frames: Frames) -> None:
    view = View(date=JOUR, couches=("points_acces", "inventee", "couverture_ctg"))
    assert [d.couche for d in scene.drawings_of(view, frames)] == ["points_acces", "couverture_ctg"]


def test_a_new_layer_is_one_file_and_one_line(frames: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "LAYERS", (*registry.LAYERS, CoucheJouet()))
    view = View(date=JOUR, maille=Maille.EPCI, couches=("jouet",))
    (drawing,) = scene.drawings_of(view, frames)
    assert isinstance(drawing.marques[0], Labels)
    assert scene.sentence(view, frames) == "Noms des Epci, au 1er\u00a0novembre\u00a02026, par Epci."


def test_a_maille_that_a_layer_has_not_is_said(frames: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "LAYERS", (CoucheJouet(),))
    (drawing,) = scene.drawings_of(View(date=JOUR, couches=("jouet",)), frames)
    assert drawing.marques == ()
    assert drawing.notice == ("«\u00a0Noms des Epci\u00a0» n'existe pas à cette maille. Choisir la maille epci.",)


@pytest.mark.parametrize(
    ("vue", "phrase"),
    [
        ({}, "Couverture par les Ctg locales, au 1er novembre 2026, par commune."),
        (
            {"echelon": FiltreEchelon.INTERCOMMUNAL, "champ": "parentalite", "maille": Maille.EPCI},
            "Couverture par les Ctg intercommunales, champ soutien à la parentalité, au 1er novembre 2026, par Epci.",
        ),
        (
            {"couches": TOUTES, "champ": "insertion", "maille": Maille.DEPARTEMENT},
            "Couverture par les Ctg locales, densité de services, points d'accès et territoires prioritaires, "
            "champ insertion, au 1er novembre 2026, par département.",
        ),
        (
            {"couches": ("points_acces",), "champ": "insertion"},
            "Points d'accès, au 1er novembre 2026, par commune.",
        ),
        ({"couches": ()}, "Carte sans couche, au 1er novembre 2026, par commune."),
    ],
)
def test_one_sentence_says_what_is_shown(frames: Frames, vue: dict[str, object], phrase: str) -> None:
    view = View(date=JOUR, **vue)  # type: ignore[arg-type]
    assert scene.sentence(view, frames).replace("\u00a0", " ") == phrase
    assert scene.sentence(view, frames, scene.drawings_of(view, frames)) == scene.sentence(view, frames)


def test_a_layer_that_shows_nothing_is_not_in_the_sentence(make_frames: Callable[..., Frames]) -> None:
    frames = make_frames(COMMUNES, {"points_acces": TABLES["points_acces"]})
    view = View(date=JOUR, couches=("couverture_ctg", "points_acces"))
    assert scene.sentence(view, frames).startswith("Points d'accès, au")


def fills(drawings: tuple[Drawing, ...]) -> dict[str, Fill]:
    return {d.couche: m for d in drawings for m in d.marques if isinstance(m, Fill)}


def test_density_keeps_its_colours_and_coverage_becomes_hatches(frames: Frames) -> None:
    remplis = fills(scene.drawings_of(View(date=JOUR, couches=TOUTES), frames))
    assert remplis["densite_services"].plein
    seule = fills(scene.drawings_of(View(date=JOUR, couches=("densite_services",)), frames))["densite_services"]
    assert [c.libelle for c in remplis["densite_services"].classes] == [c.libelle for c in seule.classes]
    assert (
        remplis["densite_services"].classes[1].couleur == lighten(seule.classes[1].couleur) != seule.classes[1].couleur
    )
    couverture = remplis["couverture_ctg"]
    assert not couverture.plein
    motifs = [c.motif for c in couverture.classes]
    assert len(set(motifs)) == len(motifs)
    assert couverture.classes[0].motif is Motif.DIAGONALES


def test_coverage_alone_keeps_its_colours(frames: Frames) -> None:
    couverture = fills(scene.drawings_of(View(date=JOUR), frames))["couverture_ctg"]
    assert couverture.plein
    assert couverture.classes[0].motif is Motif.AUCUN


def test_a_density_without_any_value_leaves_the_colours_to_coverage(frames: Frames) -> None:
    vides = replace(frames, presentes=frames.presentes | {"indicateurs"})
    view = View(date=JOUR, couches=("densite_services", "couverture_ctg"), champ="petite_enfance")
    drawings = scene.drawings_of(view, vides)
    seule = scene.drawings_of(View(date=JOUR, couches=("couverture_ctg",), champ="petite_enfance"), vides)
    assert fills(drawings) == fills(seule)
    assert drawings[0].marques == ()
    assert not any("deux suites" in n for n in drawings[0].notice)


def test_outlines_lose_their_hatch_only_where_another_layer_is_hatched(frames: Frames) -> None:
    def motif(*couches: str) -> Motif:
        (contour,) = [
            m for d in scene.drawings_of(View(date=JOUR, couches=couches), frames)
            for m in d.marques if isinstance(m, Outline)
        ]  # fmt: skip
        return contour.trait.motif

    assert motif("territoires_prioritaires", "densite_services") is trait(0, "", "").motif
    assert motif("territoires_prioritaires", "couverture_ctg") is Motif.AUCUN


def test_two_sequences_of_values_are_not_drawn_over_one_another(
    frames: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    class AutreSuite(CoucheJouet):
        id = "autre"
        libelle = "Autre suite"
        mailles = frozenset({Maille.COMMUNE})

        def describe(self, frames: Frames, view: View) -> Drawing:  # noqa: ARG002
            mark = Fill(view.maille, ("62001",), (0,), (Classe("a", "a", "#000000"),), ("",), (1.0,), ordonne=True)
            return Drawing(self.id, self.libelle, view, (mark,))

    monkeypatch.setattr(registry, "LAYERS", (*registry.LAYERS, AutreSuite()))
    premiere, seconde = scene.drawings_of(View(date=JOUR, couches=("densite_services", "autre")), frames)
    assert premiere.marques
    assert seconde.marques == ()
    assert seconde.notice == (
        "«\u00a0Autre suite\u00a0» n'est pas dessinée\u202f: "
        "deux suites de valeurs ne se lisent pas l'une sur l'autre.",
    )
