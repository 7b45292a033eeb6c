from collections.abc import Callable
from datetime import date

import pytest

from data.frames import Frames
from data.model import Maille
from layers.kit.marks import Outline
from layers.kit.view import View
from layers.territoires_prioritaires import TerritoiresPrioritaires

JOUR = date(2026, 11, 1)
COUCHE = TerritoiresPrioritaires()
COMMUNES = [{"code": "62001", "code_epci": "200000001"}, {"code": "62002", "code_epci": "200000002"}]
QPV = [{"code_qpv": "QN06201M", "nom": "Le Haut", "codes_communes": "62001"}]


def ligne(definition: str, maille: str, code: str, **autres: object) -> dict[str, object]:
    base = {"definition": definition, "maille": maille, "code_territoire": code, "source": "Producteur"}
    return base | {"annee": 2023.0} | autres


LIGNES = [
    ligne("qpv_2024", "commune", "62001", criteres="QN06201M", justification="Un quartier", annee=2024.0),
    ligne("zrr_2022", "commune", "62002", annee=2022.0),
    ligne("pvd", "commune", "62001"),
    ligne("fonds_reequilibrage", "epci", "200000002", rang=2.0, criteres="potentiel_financier_hab|enclavement"),
    ligne("liste_du_conseil", "commune", "62001"),
    ligne("liste_du_conseil", "commune", "69999"),
]


@pytest.fixture
def frames(make_frames: Callable[..., Frames]) -> Frames:
    return make_frames(COMMUNES, {"territoires_prioritaires": LIGNES})


def outlines(frames: Frames, **vue: object) -> tuple[Outline, ...]:
    marks = COUCHE.describe(frames, View(date=JOUR, **vue)).marques  # type: ignore[arg-type]
    assert all(isinstance(m, Outline) for m in marks)
    return marks  # type: ignore[return-value]


def test_definitions_are_never_merged(frames: Frames) -> None:
    contours = outlines(frames)
    assert [c.trait.libelle for c in contours] == [
        "Communes avec un quartier prioritaire (QPV 2024)",
        "Zones de revitalisation rurale (ZRR 2022)",
        "Petites villes de demain (2023)",
        "Critères du fonds de rééquilibrage (2023)",
        "Liste du conseil (2023)",
    ]
    assert [c.codes for c in contours] == [("62001",), ("62002",), ("62001",), ("200000002",), ("62001",)]
    assert len({(c.trait.couleur, c.trait.tirets, c.trait.motif) for c in contours}) == 5


def test_a_chosen_definition_keeps_its_own_look(frames: Frames) -> None:
    (seul,) = outlines(frames, definitions=("pvd",))
    assert seul.trait == outlines(frames)[2].trait


def test_details_give_reason_rank_criteria_source_and_year(frames: Frames) -> None:
    contours = outlines(frames)
    assert contours[0].details == ("Un quartier\u202f; QN06201M\u202f; Producteur, 2024",)
    assert contours[3].details == (
        "rang 2\u202f; potentiel financier par habitant, enclavement\u202f; Producteur, 2023",
    )


def test_quarters_have_their_own_shapes_where_the_dataset_has_them(make_frames: Callable[..., Frames]) -> None:
    frames = make_frames(COMMUNES, {"territoires_prioritaires": LIGNES[:1]}, qpv=QPV)
    communes, quartiers = outlines(frames)
    assert (quartiers.maille, quartiers.codes, quartiers.details) == (Maille.QPV, ("QN06201M",), ("Le Haut",))
    assert quartiers.trait.couleur == communes.trait.couleur
    assert quartiers.trait.tirets == ()


def test_a_definition_of_quarters_keeps_those_that_have_a_shape(make_frames: Callable[..., Frames]) -> None:
    lignes = [ligne("qpv_2024", "qpv", "QN06201M"), ligne("qpv_2024", "qpv", "QN06299M")]
    frames = make_frames(COMMUNES, {"territoires_prioritaires": lignes}, qpv=QPV)
    drawing = COUCHE.describe(frames, View(date=JOUR))
    assert [m.codes for m in drawing.marques if isinstance(m, Outline)] == [("QN06201M",)]
    assert (
        "Quartiers prioritaires (QPV 2024)\u202f: 1 territoire sans contour. "
        "Les contours des quartiers se lisent dans qpv.geojson."
    ) in drawing.notice


def test_unknown_territories_and_definitions_are_said(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, View(date=JOUR, definitions=("liste_du_conseil", "inventee")))
    assert "Définition inconnue de ce jeu\u202f: inventee." in drawing.notice
    assert "Liste du conseil\u202f: 1 territoire sans contour." in drawing.notice


def test_another_maille_keeps_the_outlines_and_says_so(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, View(date=JOUR, maille=Maille.EPCI, definitions=("pvd",)))
    assert [m.maille for m in drawing.marques if isinstance(m, Outline)] == [Maille.COMMUNE]
    assert drawing.notice == (
        "Contours gardés à la maille de leur définition\u202f: Petites villes de demain, par commune.",
    )


def test_a_missing_table_is_named(make_frames: Callable[..., Frames]) -> None:
    drawing = COUCHE.describe(make_frames(COMMUNES), View(date=JOUR))
    assert drawing.notice[0].startswith("La table territoires-prioritaires.csv manque\u202f:")


def test_a_definition_at_two_mailles_makes_two_outlines(make_frames: Callable[..., Frames]) -> None:
    lignes = [ligne("acv", "commune", "62001"), ligne("acv", "epci", "200000002")]
    frames = make_frames(COMMUNES, {"territoires_prioritaires": lignes})
    communes, epci = outlines(frames)
    assert (communes.maille, communes.codes) == (Maille.COMMUNE, ("62001",))
    assert (epci.maille, epci.codes) == (Maille.EPCI, ("200000002",))
    assert communes.trait.couleur == epci.trait.couleur
    assert communes.trait.id != epci.trait.id
