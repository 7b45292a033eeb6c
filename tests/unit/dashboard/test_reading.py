"""What is read beside the map, as the browser asks for it: one answer, the same as the figures of the view."""

import gzip
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.beside.trees import written
from dashboard.callbacks.reading import PARTIES
from dashboard.carnet.database import Carnet
from dashboard.datasets import DatasetInService
from dashboard.figures import figures, read_beside
from dashboard.permalink import from_query
from dashboard.seances import reading, writing
from dashboard.seances.model import Brouillon
from data.frames import Frames
from layers.kit.texts import number

DEMO = Path(__file__).resolve().parents[3] / "data" / "demo" / "jeu"


@pytest.fixture(scope="module")
def carnet(tmp_path_factory: pytest.TempPathFactory) -> Carnet:
    return Carnet.of_file(tmp_path_factory.mktemp("lecture") / "carnet.db")


@pytest.fixture(scope="module")
def client(carnet: Carnet) -> FlaskClient:
    return create_app(DatasetInService(lambda: DEMO), carnet).server.test_client()


def parts(client: FlaskClient, adresse: str) -> dict[str, Any]:
    answer = client.get(f"/lecture{adresse}", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    return dict(zip(PARTIES, json.loads(gzip.decompress(answer.data)), strict=True))


def told(tree: Any) -> str:
    """All the words of a tree of components."""
    if isinstance(tree, list):
        return " ".join(map(told, tree))
    return told(tree["props"].get("children") or "") if isinstance(tree, dict) else str(tree)


def test_the_answer_says_the_figures_of_the_view(client: FlaskClient, frames_demo: Frames) -> None:
    for adresse in ("?", "?champ=petite_enfance&date=2025-03-01", "?emprise=-6.4,46.3,-5.8,46.8&echelon=local"):
        view = from_query(adresse, frames_demo, date.today()).vue
        expected = figures(frames_demo, view, adresse)
        beside = read_beside(frames_demo, view)
        assert beside.items() <= expected.items()
        said = told(parts(client, adresse)["chiffres-cles"])
        shown = beside.get("emprise", beside["couverture"])
        assert number(shown["population"]["numerateur"]) in said
        assert number(shown["communes"]["couvertes"]) in said
        assert shown["communes"]["couvertes"] > 0


def test_the_sheet_and_the_legend_follow_the_territory_and_nothing_else_does(client: FlaskClient) -> None:
    whole = parts(client, "?couches=couverture_ctg,densite_services")
    epci = re.findall(r"^(\d{9});", (DEMO / "epci.csv").read_text(encoding="utf-8-sig"), re.M)[0]
    chosen = parts(client, f"?couches=couverture_ctg,densite_services&territoire={epci}&maille=epci")
    alone = parts(client, "?couches=couverture_ctg,densite_services&maille=epci")
    assert whole["fiche"] == []
    assert epci in told(chosen["fiche"])
    assert chosen["legende"] != alone["legende"]
    assert {k for k in PARTIES if chosen[k] != alone[k]} == {"fiche", "legende"}


def test_the_same_answer_is_not_sent_twice(client: FlaskClient) -> None:
    first = client.get("/lecture?maille=epci")
    again = client.get("/lecture?maille=epci", headers={"If-None-Match": first.headers["ETag"]})
    other = client.get("/lecture?maille=departement", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, other.status_code) == (304, b"", 200)
    assert "no-cache" in first.headers["Cache-Control"]


def test_a_decision_taken_meanwhile_is_read_at_once(client: FlaskClient, carnet: Carnet) -> None:
    commune = json.loads((DEMO / "communes.geojson").read_text(encoding="utf-8"))["features"][0]["properties"]["code"]
    adresse = f"?territoire={commune}"
    assert "Décisions" not in told(parts(client, adresse)["fiche"])
    seance = reading.seance(carnet, writing.create(carnet, {"titre": "CA"}, [Brouillon(adresse, "Une scène")]))
    writing.add_decision(carnet, seance.scenes[0].id, {"texte": "Ouvrir un relais"})
    assert "Ouvrir un relais" in told(parts(client, adresse)["fiche"])


def test_a_wrong_address_is_answered_as_its_nearest_view(client: FlaskClient) -> None:
    assert parts(client, "?maille=canton&champ=sport&nb=99") == parts(client, "?")


def test_only_components_are_written() -> None:
    with pytest.raises(TypeError, match="date"):
        written([date(2026, 1, 1)])
