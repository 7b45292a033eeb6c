"""What the search box finds beside communes and Epci, each with its kind and where it is."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.callbacks.recherche import found
from data.frames import Frames


def test_quarters_access_points_and_lists_are_found_with_their_kind(frames_demo: Frames) -> None:
    lieux = found(frames_demo, date(2026, 11, 1))
    quartier = next(lieu for lieu in lieux if "QN09601F" in str(lieu["genre"]))
    assert quartier["genre"] == "Quartier prioritaire QN09601F"
    assert quartier["commune"] in set(frames_demo.communes["code"])
    ouest, sud, est, nord = quartier["ou"]
    assert ouest < est
    assert sud < nord
    points = [lieu for lieu in lieux if "ou" in lieu and "Quartier" not in str(lieu["genre"])]
    assert len(points) == len(frames_demo["points_acces"])
    ligne = frames_demo["points_acces"].iloc[0]
    assert points[0]["nom"] == ligne["nom"]
    assert points[0]["ou"] == pytest.approx([ligne["longitude"], ligne["latitude"]], abs=1e-5)
    assert {"Borne visio", "Borne visio (en projet)"} <= {str(p["genre"]) for p in points}
    listes = [lieu for lieu in lieux if "definition" in lieu]
    assert [lieu["definition"] for lieu in listes] == list(
        dict.fromkeys(frames_demo["territoires_prioritaires"]["definition"])
    )


def test_a_place_without_position_or_name_is_still_found(frames_demo: Frames) -> None:
    table = frames_demo["points_acces"].head(1).assign(longitude=float("nan"), nom="", adresse="")
    frames = replace(frames_demo, tables={**frames_demo.tables, "points_acces": table}, qpv=frames_demo.qpv.head(0))
    (point,) = [lieu for lieu in found(frames, date(2026, 11, 1)) if lieu.get("ou") == []]
    assert point["nom"] == point["genre"]
