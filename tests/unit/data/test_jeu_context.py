"""The context of the map: read where it can be, said and left out where it cannot; never an error."""

import json

import pytest

from data.findings import Gravite
from layers.renderers.context import context_content


def features(*geometries):
    entites = [{"type": "Feature", "properties": {}, "geometry": g} for g in geometries]
    return json.dumps({"type": "FeatureCollection", "features": entites})


ZONE = {"type": "Polygon", "coordinates": [[[2.3, 50], [2.4, 50], [2.4, 50.1], [2.3, 50.1], [2.3, 50]]]}
LIGNE = {"type": "LineString", "coordinates": [[2, 50], [2.1, 50.05], [2.2, 50.0]]}
POINT = {"type": "Point", "coordinates": [2, 50]}


def test_areas_and_lines_are_kept_and_points_are_not(atelier):
    lu = atelier.read({"contexte-eau.geojson": features(ZONE, LIGNE, POINT)})
    assert [forme.geom_type for forme in lu.frames.contexte["eau"]] == ["Polygon", "LineString"]
    contenu = context_content(lu.frames)["eau"]
    assert contenu["lignes"] == [[200000, 5000000, 10000, 5000, 10000, -5000]]
    assert len(contenu["zones"]) == 1
    assert set(contenu) == {"zones", "lignes"}


def test_without_context_there_is_none_and_nothing_is_said(atelier):
    lu = atelier.read({})
    assert dict(lu.frames.contexte) == {}
    assert context_content(lu.frames) == {}
    assert lu.constats == ()


@pytest.mark.parametrize("contenu", ["", "pas du json", features(), features(POINT), '{"type":"Feature"}'])
def test_what_cannot_be_read_is_a_warning_and_the_dataset_stays(atelier, contenu):
    lu = atelier.read({"contexte-routes.geojson": contenu})
    assert lu.frames is not None
    assert "routes" not in lu.frames.contexte
    fautes = [c for c in lu.constats if c.fichier == "contexte-routes.geojson"]
    assert {c.gravite for c in fautes} == {Gravite.AVERTISSEMENT}
    assert any("la carte s'en passe" in c.message for c in fautes)


def test_another_projection_is_turned_and_a_crossed_area_mended(atelier):
    lambert = json.loads(features({"type": "LineString", "coordinates": [[650000, 7000000], [660000, 7000000]]}))
    lambert["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    croisee = {"type": "Polygon", "coordinates": [[[2, 50], [2.1, 50.1], [2.1, 50], [2, 50.1], [2, 50]]]}
    lu = atelier.read(
        {"contexte-routes.geojson": json.dumps(lambert), "contexte-departements.geojson": features(croisee)}
    )
    assert lu.frames.contexte["routes"].total_bounds.tolist() == pytest.approx([2.3, 50.1, 2.45, 50.1], abs=0.05)
    assert lu.frames.contexte["departements"].is_valid.all()


def test_a_context_without_a_source_is_said(atelier):
    lu = atelier.read({"contexte-eau.geojson": features(LIGNE)}, sources=False)
    assert "sans source" in lu.one("contexte-eau.geojson").message
    assert atelier.read({"contexte-eau.geojson": features(LIGNE)}).at("contexte-eau.geojson") == []
