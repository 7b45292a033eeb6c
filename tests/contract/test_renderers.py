"""Every mark in every file renderer: shapes, colours and legend are those of the drawing."""

import json
import re
from datetime import date
from typing import Any, get_args

import pytest
from lxml import etree

from data.frames import Frames
from data.measures import territories
from data.model import MAILLES_CARTE, Blanc, Maille
from layers.kit.cartouche import Cartouche
from layers.kit.contract import Drawing
from layers.kit.marks import (
    Categorie,
    Classe,
    Etat,
    Fill,
    Forme,
    Labels,
    Mark,
    Motif,
    Outline,
    Points,
    Symbols,
    Trait,
)
from layers.kit.view import View
from layers.renderers import folium
from layers.renderers.plate import Format, Planche, render

SVG = {"s": "http://www.w3.org/2000/svg"}
CLASSES = (
    Classe("zero", "0", "#fafafa"),
    Classe("un", "De 1 à 2", "#12ab34", Motif.DIAGONALES),
    Classe("deux", "2 et plus", "#ab1234"),
    Classe("secret", "s. (secret)", "#f4f4f4", Motif.CROISILLONS, Blanc.SECRET),
    Classe("non_publie", "non publié", "#e4e4e4", Motif.AUCUN, Blanc.NON_PUBLIE),
    Classe("manquant", "nd", "#fefefe", Motif.AUCUN, Blanc.MANQUANT),
)
CATEGORIES = tuple(
    Categorie(f"{forme.value}-{etat.value}", f"Lieu {forme.value} {etat.value}", f"#{100000 + 7 * i:06d}", forme, etat)
    for i, (forme, etat) in enumerate((f, e) for f in Forme for e in Etat)
)


def marks_of(frames: Frames, maille: Maille) -> dict[type, Mark]:
    codes = territories.groups(frames, maille).codes
    details = tuple(f"détail {c}" for c in codes)
    points = frames.communes.geometry.representative_point()
    n = len(CATEGORIES)
    xs, ys = (list(v)[:n] * n for v in (points.x, points.y))
    return {
        Fill: Fill(maille, codes, tuple(i % len(CLASSES) for i in range(len(codes))), CLASSES, details),
        Outline: Outline(
            maille, codes[: max(1, len(codes) // 2)], Trait("qpv", "Trait d'essai", "#7700aa", 2.0, (4.0, 2.0))
        ),
        Symbols: Symbols(
            maille,
            codes,
            tuple(float(i + 1) for i in range(len(codes))),
            details,
            "Places",
            "places",
            "#336699",
            float(len(codes)),
        ),
        Points: Points(
            tuple(f"p{i}" for i in range(n)),
            tuple(frames.communes["code"].iloc[[i % len(frames.communes) for i in range(n)]]),
            tuple(f"Lieu {i}" for i in range(n)),
            tuple(xs[:n]),
            tuple(ys[:n]),
            tuple(range(n)),
            CATEGORIES,
            ("ouvert",) * n,
        ),
        Labels: Labels(maille, codes[:3], tuple(f"Texte {c}" for c in codes[:3])),
    }


def drawing(mark: Mark, maille: Maille) -> Drawing:
    return Drawing("essai", "Couche d'essai", View(date=date(2026, 1, 1), maille=maille), (mark,), unite="pour 100")


def svg_of(mark: Mark, frames: Frames, maille: Maille) -> etree._Element:
    dessin = drawing(mark, maille)
    cartouche = Cartouche(dessin.vue, "Organisme", "Titre", "Phrase", "Filtres", "Données fictives")
    return etree.fromstring(render(Planche((dessin,), frames, cartouche), Format.SVG))


def group(svg: etree._Element, gid: str) -> list[etree._Element]:
    return svg.xpath(f"//s:g[@id='{gid}']", namespaces=SVG)


def texts(svg: etree._Element) -> set[str]:
    return {"".join(t.itertext()).strip() for t in svg.iter("{http://www.w3.org/2000/svg}text")}


def colours(element: etree._Element) -> set[str]:
    return set(re.findall(r"(?:fill|stroke)(?:: |=\")(#[0-9a-f]{6})", etree.tostring(element).decode()))


def page_data(mark: Mark, frames: Frames, maille: Maille) -> dict[str, Any]:
    dessin = drawing(mark, maille)
    parts = folium.render((dessin,), frames, dessin.vue, ())
    return json.loads(parts.donnees)["couches"][0]["marques"][0]


def test_samples_cover_every_mark(frames_demo: Frames):
    assert set(marks_of(frames_demo, Maille.EPCI)) == set(get_args(Mark))


@pytest.mark.parametrize("maille", MAILLES_CARTE)
@pytest.mark.parametrize("kind", get_args(Mark), ids=lambda k: k.__name__)
def test_both_renderers_take_every_mark_at_every_maille(frames_demo: Frames, kind: type, maille: Maille):
    mark = marks_of(frames_demo, maille)[kind]
    svg = svg_of(mark, frames_demo, maille)
    data = page_data(mark, frames_demo, maille)
    assert "Couche d'essai" in texts(svg) or kind is Labels
    assert data["type"] in {"aplat", "contour", "symboles", "points", "textes"}


def test_svg_fill_has_one_shape_per_territory_in_its_colour(frames_demo: Frames):
    mark = marks_of(frames_demo, Maille.EPCI)[Fill]
    svg = svg_of(mark, frames_demo, Maille.EPCI)
    for rang, classe in enumerate(mark.classes):
        (areas,) = group(svg, f"aplat-{classe.id}")
        shapes = areas.findall(".//s:use", SVG) or areas.findall(".//s:path", SVG)
        assert len(shapes) == mark.classe.count(rang)
        assert classe.couleur in colours(areas)


def test_svg_legend_says_what_the_drawing_says(frames_demo: Frames):
    mark = marks_of(frames_demo, Maille.EPCI)[Fill]
    svg = svg_of(mark, frames_demo, Maille.EPCI)
    dessin = drawing(mark, Maille.EPCI)
    said = texts(svg)
    for entree in dessin.legende:
        assert entree.libelle in said
        (swatch,) = group(svg, f"legende-{entree.symbole.id}")
        pattern = re.search(r"fill: url\(#(\w+)\)", etree.tostring(swatch).decode())
        ground = svg.xpath(f"//s:pattern[@id='{pattern[1]}']", namespaces=SVG)[0] if pattern else swatch
        assert entree.symbole.couleur in colours(ground)
    assert {"0", "De 1 à 2", "pour 100", "DONNÉES FICTIVES".capitalize()} <= said


def test_svg_hatches_only_when_another_fill_keeps_the_colours(frames_demo: Frames):
    full = marks_of(frames_demo, Maille.EPCI)[Fill]
    hatched = Fill(full.maille, full.codes, full.classe, full.classes, full.details, plein=False)
    svg = svg_of(hatched, frames_demo, Maille.EPCI)
    assert not group(svg, "aplat-un")
    assert len(group(svg, "hachure-un")) == 1
    assert not group(svg, "hachure-zero")
    assert "#12ab34" not in etree.tostring(svg).decode()


def test_svg_blanks_are_drawn_apart(frames_demo: Frames):
    svg = svg_of(marks_of(frames_demo, Maille.EPCI)[Fill], frames_demo, Maille.EPCI)
    dashed = {c.id: "stroke-dasharray" in etree.tostring(group(svg, f"aplat-{c.id}")[0]).decode() for c in CLASSES}
    assert [k for k, v in dashed.items() if v] == ["manquant"]
    assert group(svg, "hachure-secret")
    assert not group(svg, "hachure-non_publie")


def test_svg_outline_is_the_border_of_the_union(frames_demo: Frames):
    codes = territories.groups(frames_demo, Maille.COMMUNE).codes
    every = Outline(Maille.COMMUNE, codes, Trait("tout", "Tout", "#7700aa"))
    svg = svg_of(every, frames_demo, Maille.COMMUNE)
    (line,) = group(svg, "contour-tout")
    paths = line.findall(".//s:path", SVG)
    assert len(paths) == 1
    whole = frames_demo.communes.geometry.union_all()
    parts = [p for p in getattr(whole, "geoms", [whole])]
    rings = sum(1 + len(p.interiors) for p in parts)
    assert paths[0].get("d").count("M") == rings
    assert colours(line) == {"#7700aa"}


def test_svg_discs_have_areas_in_proportion(frames_demo: Frames):
    mark = marks_of(frames_demo, Maille.EPCI)[Symbols]
    (discs,) = group(svg_of(mark, frames_demo, Maille.EPCI), "symboles")
    heights = []
    for path in discs.findall(".//s:path", SVG):
        ys = [float(y) for y in re.findall(r"-?[\d.]+ (-?[\d.]+)(?= |$|\n)", path.get("d"))]
        heights.append(max(ys) - min(ys))
    assert len(discs.findall(".//s:use", SVG) or heights) == len(mark.codes)
    widest, narrowest = max(heights), min(heights)
    assert (widest / narrowest) ** 2 == pytest.approx(len(mark.codes), rel=0.03)


def test_svg_points_have_one_shape_per_place(frames_demo: Frames):
    mark = marks_of(frames_demo, Maille.COMMUNE)[Points]
    svg = svg_of(mark, frames_demo, Maille.COMMUNE)
    for categorie in CATEGORIES:
        map_shape, legend_shape = group(svg, f"point-{categorie.id}")
        assert len(map_shape.xpath(".//s:use | .//s:path[not(ancestor::s:defs)]", namespaces=SVG)) == 1
        assert categorie.couleur in colours(map_shape) & colours(legend_shape)
        assert categorie.libelle in texts(svg)


def test_svg_labels_are_texts(frames_demo: Frames):
    mark = marks_of(frames_demo, Maille.EPCI)[Labels]
    assert set(mark.textes) <= texts(svg_of(mark, frames_demo, Maille.EPCI))


def test_page_fill_gives_each_territory_its_class(frames_demo: Frames):
    mark = marks_of(frames_demo, Maille.EPCI)[Fill]
    data = page_data(mark, frames_demo, Maille.EPCI)
    assert data["rangs"] == list(mark.classe)
    assert [c["couleur"] for c in data["classes"]] == [c.couleur for c in mark.classes]
    assert [c["motif"] for c in data["classes"]] == [c.motif.value for c in mark.classes]
    assert [data["details"]["textes"][r] for r in data["details"]["rangs"]] == list(mark.details)


def test_page_territory_without_class_has_none(frames_demo: Frames):
    mark = marks_of(frames_demo, Maille.EPCI)[Fill]
    partial = Fill(mark.maille, mark.codes[1:], mark.classe[1:], mark.classes, mark.details[1:])
    assert page_data(partial, frames_demo, Maille.EPCI)["rangs"][0] == folium.SANS_CLASSE


def test_page_points_keep_their_places(frames_demo: Frames):
    mark = marks_of(frames_demo, Maille.COMMUNE)[Points]
    data = page_data(mark, frames_demo, Maille.COMMUNE)
    assert data["longitude"] == list(mark.longitude)
    assert {(c["forme"], c["etat"]) for c in data["categories"]} == {(f.value, e.value) for f in Forme for e in Etat}


def test_every_hatch_shape_and_state_is_known_to_the_browser():
    from dashboard.exports.html import _shared_scripts

    motifs = _shared_scripts()[0]
    for motif in set(Motif) - {Motif.AUCUN}:
        assert re.search(rf"\b{motif.value}\b", motifs), motif
    for forme in set(Forme) - {Forme.ROND}:
        assert re.search(rf"\b{forme.value}\b", motifs), forme
    for etat in set(Etat) - {Etat.PLEIN}:
        assert f'"{etat.value}"' in motifs, etat
