"""Priority territories: lists apart, unknown codes named, links to a territory."""

from collections.abc import Callable

import pytest

from data.frames import Frames
from data.measures import priority
from data.model import Maille

EPCI = "200000001"


@pytest.fixture
def frames(make_frames: Callable[..., Frames]) -> Frames:
    lignes = [
        {"definition": "zrr_2022", "maille": "commune", "code_territoire": "62001", "source": "ANCT", "annee": 2022},
        {"definition": "zrr_2022", "maille": "commune", "code_territoire": "62999", "source": "ANCT", "annee": 2022},
        {
            "definition": "liste_caf",
            "maille": "epci",
            "code_territoire": EPCI,
            "criteres": "pauvreté| emploi ",
            "rang": 2,
        },
        {"definition": "qpv_2024", "maille": "qpv", "code_territoire": "QN1"},
    ]
    communes = [{"code": "62001", "code_epci": EPCI}, {"code": "62002", "code_epci": EPCI}, {"code": "62003"}]
    qpv = [{"code_qpv": "QN1", "nom": "Le Quartier", "codes_communes": "62002|62003"}]
    return make_frames(communes, {"territoires_prioritaires": lignes}, qpv=qpv)


def test_definitions_count_known_territories_and_name_the_others(frames: Frames) -> None:
    trouvees = {d.id: (d.maille, d.nombre, d.inconnus, d.annee, d.source) for d in priority.definitions(frames)}
    assert trouvees == {
        "zrr_2022": (Maille.COMMUNE, 1, ("62999",), 2022, "ANCT"),
        "liste_caf": (Maille.EPCI, 1, (), None, ""),
        "qpv_2024": (Maille.QPV, 1, (), None, ""),
    }


def test_territories_of_a_definition(frames: Frames) -> None:
    (seul,) = priority.of_definition(frames, "liste_caf")
    assert (seul.code, seul.rang, seul.criteres) == (EPCI, 2, ("pauvreté", "emploi"))
    assert [p.code for p in priority.of_definition(frames, "zrr_2022")] == ["62001"]
    assert priority.of_definition(frames, "autre") == ()


@pytest.mark.parametrize(
    ("code", "attendu"),
    [
        ("62001", ["zrr_2022", "liste_caf"]),
        ("62002", ["liste_caf", "qpv_2024"]),
        ("62003", ["qpv_2024"]),
        (EPCI, ["liste_caf"]),
        ("62", []),
    ],
)
def test_a_commune_is_also_reached_through_its_epci_and_its_qpv(frames: Frames, code: str, attendu: list[str]) -> None:
    assert [p.definition for p in priority.of_territory(frames, code)] == attendu


@pytest.mark.parametrize(
    ("definition", "libelle"),
    [
        ("zrr_2022", "Zones de revitalisation rurale (ZRR 2022)"),
        ("qpv", "Quartiers prioritaires (QPV)"),
        ("fonds_de_reequilibrage", "Fonds de reequilibrage"),
    ],
)
def test_labels(definition: str, libelle: str) -> None:
    assert priority.label(definition) == libelle
