"""The extent that a reader looked at and the territory that a reader made, as every medium shows them."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree, html
from pptx import Presentation

from dashboard.exports.atlas import Demande
from dashboard.exports.atlas_file import export_atlas
from dashboard.exports.options import DEFAUT
from dashboard.exports.registry import writer
from dashboard.exports.sceau.poser import identity_in
from dashboard.exports.snapshot import Instantane, snapshot_of
from dashboard.figures import figures
from data.frames import Frames
from data.measures import places
from data.model import Maille
from layers.kit.texts import number, percent
from layers.kit.view import View
from layers.renderers.maps import map_svg
from layers.renderers.projection import Zone

JOUR, NOM = date(2026, 11, 23), "Bassin <b>du</b> test"


def around(frames: Frames, code: str, degrees: float = 0.05) -> tuple[float, ...]:
    x, y = places.inner_points(frames).loc[code, ["longitude", "latitude"]]
    return round(x - degrees, 4), round(y - degrees, 4), round(x + degrees, 4), round(y + degrees, 4)


@pytest.fixture(scope="module")
def shown(frames_demo: Frames) -> Instantane:
    """A view near the smallest commune, over a territory made of it and its neighbours."""
    code = frames_demo.communes.sort_values("population")["code"].iloc[0]
    own = frames_demo.communes.set_index("code").at[code, "code_epci"]
    made = tuple(sorted(frames_demo.communes.loc[frames_demo.communes["code_epci"] == own, "code"]))[:4]
    couches = ("couverture_ctg", "points_acces")
    view = View(date=JOUR, couches=couches, communes=made, nom=NOM, emprise=around(frames_demo, code))
    return snapshot_of(view, frames_demo, JOUR)


def texts_of(svg: str) -> set[str]:
    return {"".join(t.itertext()) for t in etree.fromstring(svg.encode()).iter("{http://www.w3.org/2000/svg}text")}


def test_the_printed_map_shows_the_extent_and_names_what_is_in_it(shown: Instantane) -> None:
    near, whole = (map_svg(p, 400, 300) for p in (shown.planche, replace(shown.planche, emprise=())))
    west, _, east, _ = shown.vue.emprise
    points = places.inner_points(shown.frames)
    reach = 0.12  # the paper is wider than the extent
    far = points[(points["longitude"] < west - reach) | (points["longitude"] > east + reach)].index
    named = {shown.frames.noms[c] for c in far}
    assert named & texts_of(whole)
    assert not named & texts_of(near)
    assert 'id="etendue"' in near
    assert 'id="etendue"' not in whole
    assert bar(near) < bar(whole) / 2


def bar(svg: str) -> float:
    return max(float(t.split()[0].replace(",", ".")) for t in texts_of(svg) if re.fullmatch(r"[\d,]+[\s\xa0]km", t))


def test_an_extent_without_the_dataset_prints_an_empty_map_and_says_so(frames_demo: Frames) -> None:
    view = View(date=JOUR, maille=Maille.EPCI, emprise=(-4.0, 43.0, -3.5, 43.5))
    shown = snapshot_of(view, frames_demo, JOUR)
    assert "Étendue montrée\u202f: aucune commune" in shown.cartouche.filtres
    assert shown.cartouche.chiffres == ()
    assert shown.cartouche.phrase == ""
    assert "<svg" in map_svg(shown.planche, 300, 200)


def test_an_extent_over_several_zones_shows_them_all() -> None:
    world = (-180.0, -90.0, 180.0, 90.0)
    assert Zone.REUNION.part_of(world) == Zone.REUNION.value[2]
    assert Zone.REUNION.part_of((2.0, 48.0, 3.0, 49.0)) == ()
    assert Zone.METROPOLE.part_of((-20.0, 48.0, 3.0, 49.0)) == (-10.0, 48.0, 3.0, 49.0)


def test_key_figures_are_those_of_the_extent_and_say_so(shown: Instantane) -> None:
    found = figures(shown.frames, shown.vue, "")["emprise"]
    assert shown.cartouche.chiffres[0].valeur == percent(found["population"]["taux_pct"])
    assert "de l'étendue montrée" in shown.cartouche.chiffres[0].libelle
    inside = number(found["communes"]["total"])
    assert f"sur l'étendue montrée ({inside} communes)" in shown.cartouche.phrase
    assert "légende et tableaux de tout le territoire" in shown.cartouche.filtres


READ: dict[str, Callable[[bytes], str]] = {
    "svg": lambda content: " ".join(etree.fromstring(content).itertext()),
    "html": lambda content: html.fromstring(content.decode()).text_content(),
    "pptx": lambda content: " ".join(
        s.text_frame.text for s in Presentation(io.BytesIO(content)).slides[0].shapes if s.has_text_frame
    ),
}


@pytest.mark.parametrize("media", ["svg", "html", "pptx", "pdf"])
def test_every_medium_names_the_territory_made_and_gives_its_figures(
    shown: Instantane, media: str, page_texts: Callable[[bytes], list[str]]
) -> None:
    content = writer(media)(shown)
    read = READ.get(media, lambda c: page_texts(c)[0])
    said = re.sub(r"\s+", "", read(content))
    found = figures(shown.frames, shown.vue, "")["territoire_compose"]
    expected = (NOM, "Étenduemontrée", f"population couverte : {percent(found['population']['taux_pct'])}")
    for text in expected:
        assert re.sub(r"\s+", "", text) in said, text
    assert "etterritoirecomposé" not in said.partition("tableau")[0], "the territory made is no subject of the map"


def test_the_page_without_network_opens_on_the_extent(shown: Instantane) -> None:
    page = html.fromstring(writer("html")(shown).decode())
    data = json.loads(page.get_element_by_id("atlas-donnees").text)
    assert tuple(data["emprise"]) == shown.vue.emprise


def test_an_atlas_has_the_extent_of_each_of_its_pages(shown: Instantane, tmp_path: Path) -> None:
    path, code = tmp_path / "a.pdf", shown.frames.communes["code"].iloc[0]
    demande = Demande(shown.vue, shown.frames, Maille.COMMUNE, JOUR, DEFAUT, (code,))
    export_atlas(demande, path, "pdf", lambda *_: None)
    identite, _ = identity_in(path.read_bytes(), "pdf")
    assert identite is not None
    assert "emprise" not in identite.adresse
