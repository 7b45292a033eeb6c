from datetime import date

import pytest

from data.frames import Frames
from data.measures import territories
from data.model import Blanc, Maille
from layers.kit.contract import Drawing
from layers.kit.marks import Categorie, Classe, Fill, Forme, Labels, Mark, Outline, Points, Symbols, Trait
from layers.kit.table import places_of, sort_key, table_of
from layers.kit.view import View

CLASSES = (Classe("c1", "Moins de 2", "#eee"), Classe("secret", "s.", "#fff", blanc=Blanc.SECRET))


def table(frames: Frames, maille: Maille, *marks: Mark):
    view = View(date=date(2026, 1, 1), maille=maille)
    return table_of((Drawing("couche", "Titre", view, marks, unite="pour 100"),), frames, view)


def by_code(found) -> dict[str, dict[str, object]]:
    return {row[0]: {c.id: v for c, v in zip(found.columns, row, strict=True)} for row in found.rows}


def test_one_row_per_territory_in_alphabetical_order(frames_demo: Frames):
    found = table(frames_demo, Maille.COMMUNE)
    assert len(found.rows) == len(frames_demo.communes)
    assert [r[1] for r in found.rows] == sorted((r[1] for r in found.rows), key=sort_key)
    assert [c.id for c in found.columns] == ["code", "nom", "epci"]


def test_a_list_is_sorted_without_articles_accents_nor_case():
    assert sorted(["Zuydcoote", "Le Touquet", "Étaples", "L'Écluse", "arras"], key=sort_key) == [
        "arras", "L'Écluse", "Étaples", "Le Touquet", "Zuydcoote",
    ]  # fmt: skip


def test_a_fill_gives_class_value_and_detail(frames_demo: Frames):
    a, b, *_ = territories.groups(frames_demo, Maille.EPCI).codes
    mark = Fill(Maille.EPCI, (a, b), (0, 1), CLASSES, ("un service", "secret"), (1.5, None), ordonne=True)
    rows = by_code(table(frames_demo, Maille.EPCI, mark))
    assert rows[a] | {"code": a} == rows[a]
    assert (rows[a]["couche"], rows[a]["couche_valeur"], rows[a]["couche_detail"]) == ("Moins de 2", 1.5, "un service")
    assert (rows[b]["couche"], rows[b]["couche_valeur"]) == ("s.", None)


def test_a_categorical_fill_has_no_column_of_values(frames_demo: Frames):
    a = territories.groups(frames_demo, Maille.EPCI).codes[0]
    found = table(frames_demo, Maille.EPCI, Fill(Maille.EPCI, (a,), (0,), CLASSES, ("x",)))
    assert [c.id for c in found.columns] == ["code", "nom", "couche", "couche_detail"]


def test_an_outline_of_communes_is_counted_by_epci(frames_demo: Frames):
    epci = territories.groups(frames_demo, Maille.EPCI).codes[0]
    communes = territories.communes_of(frames_demo, epci)[:2]
    mark = Outline(Maille.COMMUNE, communes, Trait("zrr", "ZRR", "#000"))
    assert by_code(table(frames_demo, Maille.EPCI, mark))[epci]["couche_zrr"] == "2 communes"
    rows = by_code(table(frames_demo, Maille.COMMUNE, mark))
    assert [rows[c]["couche_zrr"] for c in communes] == ["oui", "oui"]
    assert sum(r["couche_zrr"] == "oui" for r in rows.values()) == 2


def test_places_are_counted_by_territory_and_listed(frames_demo: Frames):
    epci = territories.groups(frames_demo, Maille.EPCI).codes[0]
    a, b = territories.communes_of(frames_demo, epci)[:2]
    kinds = (Categorie("borne", "Borne visio", "#000", Forme.ROND), Categorie("agence", "Agence", "#000", Forme.CARRE))
    mark = Points(
        ("p1", "p2", "p3"), (a, b, a), ("Un", "Deux", "Trois"), (1.0, 2.0, 3.0), (48.0, 49.0, 50.0), (0, 0, 1), kinds,
        ("d1", "d2", "d3"),
    )  # fmt: skip
    assert by_code(table(frames_demo, Maille.EPCI, mark))[epci]["couche"] == "Borne visio\u202f: 2 ; Agence\u202f: 1"
    listed = places_of((Drawing("c", "T", View(date=date(2026, 1, 1)), (mark,)),), frames_demo)
    assert {r[0]: (r[1], r[2], r[4], r[6]) for r in listed.rows}["p3"] == ("Trois", "Agence", frames_demo.noms[a], 3.0)


def test_discs_give_their_value(frames_demo: Frames):
    a = territories.groups(frames_demo, Maille.EPCI).codes[0]
    mark = Symbols(Maille.EPCI, (a,), (12.0,), ("douze",), "Places", "places", "#000", 12.0)
    assert by_code(table(frames_demo, Maille.EPCI, mark))[a]["couche_nombre"] == 12.0


@pytest.mark.parametrize("maille", [Maille.COMMUNE, Maille.EPCI, Maille.DEPARTEMENT])
def test_labels_add_nothing(frames_demo: Frames, maille: Maille):
    codes = territories.groups(frames_demo, maille).codes
    assert table(frames_demo, maille, Labels(maille, codes, codes)).columns == table(frames_demo, maille).columns
