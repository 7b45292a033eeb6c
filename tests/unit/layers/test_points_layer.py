from collections.abc import Callable
from datetime import date, datetime

import pytest

from data.frames import Frames
from data.model import Maille
from layers.kit.marks import Etat, Forme, Points, Symbols
from layers.kit.view import View
from layers.points_acces import PointsAcces

JOUR = date(2026, 11, 1)
COUCHE = PointsAcces()
COMMUNES = [{"code": "62001", "code_epci": "200000001"}, {"code": "62002", "code_epci": "200000002"}, {"code": "62003"}]


def point(ident: str, type_point: str, commune: str = "62001", **autres: object) -> dict[str, object]:
    base = {"id": ident, "type": type_point, "nom": f"Lieu {ident}", "code_commune": commune, "etat": "ouvert"}
    return base | {"latitude": 50.5, "longitude": 2.5} | autres


LIEUX = [
    point("F1", "france_services"),
    point("A1", "agence", jours_par_semaine=5.0, personnel_forme="oui", adresse="1 rue Haute"),
    point("B1", "borne_visio", lieu_hote="mairie", jours_par_semaine=0.5, personnel_forme="non",
          date_ouverture=datetime(2024, 12, 1)),
    point("B2", "borne_visio", "62002", etat="candidat", lieu_hote="maison_enfance"),
    point("B3", "borne_visio", "62002", etat="projet"),
    point("N1", "point_numerique", "62003", etat="ferme", date_ouverture=datetime(2020, 1, 15),
          date_fermeture=datetime(2026, 8, 15)),
    point("X1", "camion_bleu", "62003"),
]  # fmt: skip


@pytest.fixture
def frames(make_frames: Callable[..., Frames]) -> Frames:
    return make_frames(COMMUNES, {"points_acces": LIEUX})


def places_of(frames: Frames, jour: date = JOUR) -> Points:
    (mark,) = COUCHE.describe(frames, View(date=jour)).marques
    assert isinstance(mark, Points)
    return mark


def test_kiosks_come_first_then_the_other_types(frames: Frames) -> None:
    mark = places_of(frames)
    assert [c.libelle for c in mark.categories] == [
        "Borne visio",
        "Borne visio (en projet)",
        "Borne visio (lieu candidat)",
        "Agence",
        "Point numérique (point fermé)",
        "France services",
        "Camion bleu",
    ]
    assert mark.ids == ("B1", "B3", "B2", "A1", "N1", "F1", "X1")
    assert mark.codes[-1] == "62003"
    assert list(mark.categorie) == sorted(mark.categorie)


def test_the_state_changes_the_filling_not_the_shape(frames: Frames) -> None:
    ouverte, projet, candidate, *_ = places_of(frames).categories
    assert {ouverte.forme, projet.forme, candidate.forme} == {Forme.ETOILE}
    assert [c.etat for c in places_of(frames).categories[:5]] == [
        Etat.PLEIN, Etat.CREUX, Etat.POINTILLE, Etat.PLEIN, Etat.BARRE,
    ]  # fmt: skip


def test_details_say_host_address_days_staff_and_dates(frames: Frames) -> None:
    mark = places_of(frames)
    dits = dict(zip(mark.ids, mark.details, strict=True))
    assert dits["B1"] == (
        "Mairie, 0,5 jour par semaine, personnel non formé\u202f; depuis le 1er\u00a0décembre\u00a02024"
    )
    assert dits["A1"] == "1 rue Haute, 5 jours par semaine, personnel formé"
    assert dits["B2"] == "Maison de l'enfance"
    assert dits["N1"] == "ouvert le 15\u00a0janvier\u00a02020, fermé depuis le 15\u00a0août\u00a02026"


def test_the_day_decides_of_the_state(frames: Frames) -> None:
    avant = places_of(frames, date(2024, 11, 30))
    libelles = {i: avant.categories[c].libelle for i, c in zip(avant.ids, avant.categorie, strict=True)}
    assert libelles["B1"] == "Borne visio (en projet)"
    assert libelles["N1"] == "Point numérique"


def test_other_mailles_count_open_points_with_kiosks_apart(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, View(date=JOUR, maille=Maille.EPCI))
    tous, bornes = drawing.marques
    assert isinstance(tous, Symbols)
    assert isinstance(bornes, Symbols)
    assert (tous.codes, tous.valeurs, tous.maximum) == (("200000001",), (3.0,), 3.0)
    assert (bornes.codes, bornes.valeurs, bornes.maximum) == (("200000001",), (1.0,), 3.0)
    assert tous.details == ("3 points d'accès ouverts\u202f: 1 borne visio, 1 agence et 1 France services",)
    assert drawing.notice == ("1 commune sans Epci hors de cette carte.",)


def test_a_point_without_position_stands_in_its_commune_and_it_is_said(make_frames: Callable[..., Frames]) -> None:
    frames = make_frames(COMMUNES, {"points_acces": [point("B1", "borne_visio", latitude=float("nan"))]})
    drawing = COUCHE.describe(frames, View(date=JOUR))
    (mark,) = drawing.marques
    assert isinstance(mark, Points)
    assert 2.0 < mark.longitude[0] < 2.1
    assert drawing.notice == ("1 point sans coordonnées, placé à l'intérieur de la commune.",)


def test_a_point_that_cannot_be_placed_is_counted_aside(make_frames: Callable[..., Frames]) -> None:
    """The key figures count it: a reader who counts the symbols must know why one is missing."""
    sans = {"latitude": float("nan"), "longitude": float("nan")}
    perdus = [point(i, "borne_visio", "", **sans) for i in ("B1", "B2")]
    frames = make_frames(COMMUNES, {"points_acces": [*perdus, point("B3", "borne_visio", **sans)]})
    assert COUCHE.describe(frames, View(date=JOUR)).notice == (
        "1 point sans coordonnées, placé à l'intérieur de la commune.",
        "2 points sans position connue, hors de cette carte.",
    )
    assert COUCHE.describe(frames, View(date=JOUR, maille=Maille.DEPARTEMENT)).notice == (
        "2 points ouverts sans commune, hors de cette carte.",
    )


def test_an_empty_table_and_a_missing_one_are_two_things(make_frames: Callable[..., Frames]) -> None:
    vide = COUCHE.describe(make_frames(COMMUNES, {"points_acces": []}), View(date=JOUR))
    assert vide.notice == ()
    assert len(vide.marques) == 1
    absente = COUCHE.describe(make_frames(COMMUNES), View(date=JOUR))
    assert absente.marques == ()
    assert absente.notice[0].startswith("La table points-acces.csv manque\u202f:")
