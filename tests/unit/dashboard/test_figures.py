"""The JSON of `chiffres`: its shape, its blanks, its notices."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from dashboard.figures import figures
from data.frames import Frames
from data.measures import composition
from data.model import FiltreEchelon, Maille, Profil
from layers.kit.view import View

EPCI = "200000001"
JOUR = date(2022, 6, 1)


@pytest.fixture
def frames(make_frames: Callable[..., Frames]) -> Frames:
    return make_frames(
        [
            {"code": "62001", "code_epci": EPCI, "population": 1000},
            {"code": "62002", "population": 3000.5},
            {"code": "62003"},
        ],
        {
            "ctg": [{"id_ctg": "A", "echelon": "communal", "statut": "signee", "date_signature": date(2020, 1, 1)}],
            "ctg_communes": [{"id_ctg": "A", "code_commune": "62001", "role": "couverte"}],
            "services": [{"id": "S", "code_commune": "62001", "champ": "logement", "mode": "antenne"}],
            "points_acces": [{"id": "P", "type": "borne_visio", "code_commune": "62001", "etat": "ouvert"}],
            "indicateurs": [
                {"code_territoire": "62001", "maille": "commune", "indicateur": "enfants_0_2"}
                | {"annee": 2020, "valeur": 3}
            ],
        },
    )  # fmt: skip


def test_the_whole_answer(frames: Frames) -> None:
    obtenu = figures(frames, View(date=JOUR, maille=Maille.EPCI, champ="logement", echelon=FiltreEchelon.LOCAL), "?x=1")
    avis = obtenu.pop("avis")
    assert obtenu == {
        "vue": "?x=1",
        "jeu": "Caf d'essai",
        "date": "2022-06-01",
        "couverture": {
            "population": {"numerateur": 0, "denominateur": 4000.5, "taux_pct": 0.0},
            "enfants_0_2": {"numerateur": 0, "denominateur": 3, "taux_pct": 0.0},
            "communes": {"couvertes": 0, "total": 3},
            "epci": {"entieres": 0, "partielles": 0, "nulles": 1},
            "sans_population": ["62003"],
            "sans_enfants_0_2": ["62002", "62003"],
        },
        "ctg": {"en_vigueur": 1, "a_renouveler": 0, "echue": 0, "a_venir": 0, "en_preparation": 0},
        "densite": [
            {
                "code": EPCI,
                "services": 1,
                "modes": {"fixe": 0, "itinerant": 0, "antenne": 1},
                "denominateur": 1000,
                "valeur": 10.0,
                "statut": "",
            }
        ],
        "points_acces": {
            "agence": 0, "permanence": 0, "borne_visio": 1, "point_relais": 0, "point_numerique": 0,
            "france_services": 0, "autre": 0,
        },
    }  # fmt: skip
    assert avis[0] == "La table ctg-champs manque\u202f: aucune Ctg n'est rattachée à un champ thématique."
    assert "Population inconnue, hors de la couverture\u202f: 1 commune (Commune 62003 62003)." in avis
    assert any(a.startswith("Sans Epci") and "62002" in a for a in avis)


def test_the_rate_is_not_rounded(frames: Frames) -> None:
    part = figures(frames, View(date=JOUR), "")["couverture"]["population"]
    assert part == {"numerateur": 1000, "denominateur": 4000.5, "taux_pct": 100 * 1000 / 4000.5}


@pytest.mark.parametrize("maille", ["commune", "epci", "departement"])
@pytest.mark.parametrize("profil", list(Profil))
def test_no_hidden_count_stands_in_the_density_and_json_accepts_it(frames: Frames, maille: str, profil: Profil) -> None:
    obtenu = figures(frames, View(date=JOUR, maille=Maille(maille), champ="petite_enfance", profil=profil), "")
    assert {(d["statut"], d["denominateur"], d["valeur"]) for d in obtenu["densite"]} <= {
        ("secret", None, None), ("manquant", None, None),
    }  # fmt: skip
    assert json.loads(json.dumps(obtenu, allow_nan=False)) == obtenu


def test_the_partner_edition_hides_the_children_covered(frames: Frames) -> None:
    obtenu = figures(frames, View(date=JOUR, profil=Profil.PARTENAIRE), "")
    assert obtenu["couverture"]["enfants_0_2"] == {"numerateur": None, "denominateur": None, "taux_pct": None}
    assert "Enfants couverts non donnés\u202f: le total livrerait un nombre secret par soustraction." in obtenu["avis"]


def test_a_bare_dataset_says_what_it_lacks(make_frames: Callable[..., Frames]) -> None:
    obtenu = figures(make_frames([{"code": "62001"}]), View(date=JOUR), "")
    assert obtenu["couverture"]["population"] == {"numerateur": 0, "denominateur": 0, "taux_pct": None}
    assert [a.split(" manque")[0] for a in obtenu["avis"][:5]] == [
        "La table ctg", "La table ctg-communes", "La table services", "La table points-acces", "La table indicateurs",
    ]  # fmt: skip
    assert obtenu["densite"][0]["statut"] == "manquant"


def test_the_extent_and_the_territory_made_have_their_own_figures(frames_demo: Frames) -> None:
    """The figures of the whole stay where they were; those of a set stand beside them."""
    jour, emprise = date(2026, 11, 1), (-6.4, 46.3, -6.0, 46.6)
    seul = figures(frames_demo, View(date=jour), "")
    obtenu = figures(frames_demo, View(date=jour, emprise=emprise, communes=("96001", "96002"), nom="Essai"), "")
    etendue, compose = obtenu.pop("emprise"), obtenu.pop("territoire_compose")
    assert obtenu == seul
    assert etendue["degres"] == list(emprise)
    assert etendue["communes"]["total"] == int(composition.of_extent(frames_demo, emprise).sum())
    assert (compose["nom"], compose["communes"]["total"]) == ("Essai", 2)
    json.dumps(obtenu | {"emprise": etendue, "territoire_compose": compose}, allow_nan=False)
