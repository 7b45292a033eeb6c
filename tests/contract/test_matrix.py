"""The matrix of two crossed rates is the legend of every medium, with the colours and counts of the drawing."""

import re
from datetime import date
from pathlib import Path

import pytest
from lxml import etree, html

from dashboard import scene
from dashboard.exports import export
from dashboard.layout.legend import legend
from data.frames import Frames
from data.model import Maille
from layers.kit.contract import Drawing
from layers.kit.marks import Case, Fill, Matrice
from layers.kit.palettes import lighten
from layers.kit.table import table_of
from layers.kit.texts import number
from layers.kit.view import View

VUE = View(
    date=date(2026, 11, 1),
    couches=("indicateur",),
    indicateur="revenu_net_moyen_foyer_fiscal",
    indicateur2="part_personnes_couvertes",
    territoire="96003",
)


@pytest.fixture(scope="module")
def drawing(frames_demo: Frames) -> Drawing:
    (seul,) = scene.drawings_of(VUE, frames_demo)
    return seul


def cells(drawing: Drawing) -> list[Case]:
    matrice = drawing.legende[0].symbole
    assert isinstance(matrice, Matrice)
    return [case for ligne in matrice.lignes for case in ligne]


def test_the_matrix_counts_the_territories_of_the_map(drawing: Drawing) -> None:
    (fill,) = drawing.marques
    assert isinstance(fill, Fill)
    assert [c.rang for c in cells(drawing)] == [6, 7, 8, 3, 4, 5, 0, 1, 2]
    assert all(c.nombre == fill.classe.count(c.rang) for c in cells(drawing))
    assert sum(e.nombre for e in drawing.legende) == len(fill.codes)
    assert {e.symbole.blanc.value for e in drawing.legende[1:]} <= {"secret", "manquant", "non_publie"}  # type: ignore[union-attr]
    haut = cells(drawing)[0]
    assert f"en classe basse\u202f: {haut.nombre} commune" in drawing.constat


def test_the_page_has_a_table_and_marks_the_chosen_territory(drawing: Drawing, frames_demo: Frames) -> None:
    block = legend([drawing], frames_demo.noms)[0].to_plotly_json()
    text = str(block)
    assert text.count("Td(children=") == 9
    assert all(f"'backgroundColor': '{c.classe.couleur}'" in text for c in cells(drawing))
    assert all(f"Td(children='{number(c.nombre)}'" in text for c in cells(drawing))
    assert text.count("className='choisi'") == 1
    assert text.count("Th(children=") == 6
    assert "className='histogramme'" not in text
    assert drawing.constat.partition("\u202f")[0] in text


def test_the_stand_alone_page_has_the_same_table(drawing: Drawing, frames_demo: Frames, tmp_path: Path) -> None:
    export(VUE, frames_demo, tmp_path / "vue.html")
    page = html.fromstring((tmp_path / "vue.html").read_text("utf-8"))
    (table,) = page.xpath("//table[@class='matrice']")
    shown = [(td.get("style").partition(";")[0], td.text_content()) for td in table.xpath(".//tbody//td")]
    assert shown == [(f"background:{c.classe.couleur}", number(c.nombre)) for c in cells(drawing)]
    assert len(table.xpath(".//th[@scope='row']")) == len(table.xpath(".//th[@scope='col']")) == 3


def test_the_printed_page_draws_the_same_cells(drawing: Drawing, frames_demo: Frames, tmp_path: Path) -> None:
    export(VUE, frames_demo, tmp_path / "vue.svg")
    page = etree.parse(tmp_path / "vue.svg")
    for case in cells(drawing):
        (box,) = page.xpath("//*[@id=$gid]", gid=f"legende-{case.classe.id}")
        assert case.classe.couleur in etree.tostring(box).decode()
    text = re.sub(r"\s+", " ", "".join(page.getroot().itertext()))
    assert "Vers le haut" in text
    assert "Vers la droite" in text


def test_the_twin_table_holds_both_figures_as_numbers(drawing: Drawing, frames_demo: Frames) -> None:
    table = table_of([drawing], frames_demo, VUE)
    numbers = [c for c in table.columns if c.nombre]
    assert [c.unite for c in numbers] == ["€ par an", "pour 100 habitants"]
    assert len({c.id for c in table.columns}) == len(table.columns)


def test_a_count_over_a_rate_has_columns_of_its_own(frames_demo: Frames) -> None:
    vue = View(date=VUE.date, maille=Maille.EPCI, couches=("indicateur",), indicateur="familles_monoparentales",
               indicateur2="taux_pauvrete")  # fmt: skip
    table = table_of(scene.drawings_of(vue, frames_demo), frames_demo, vue)
    assert [c.unite for c in table.columns if c.nombre] == ["%", "familles"]
    assert len({c.id for c in table.columns}) == len(table.columns)
    assert all(None not in row for row in table.rows)


def test_agreements_over_a_crossing_are_hatched_and_its_matrix_lightens_with_it(frames_demo: Frames) -> None:
    vue = View(date=VUE.date, couches=("couverture_ctg", "indicateur"), indicateur=VUE.indicateur,
               indicateur2=VUE.indicateur2)  # fmt: skip
    couverture, croisement = scene.drawings_of(vue, frames_demo)
    hatched, fill = (next(m for m in d.marques if isinstance(m, Fill)) for d in (couverture, croisement))
    assert (hatched.plein, fill.plein) == (False, True)
    (seul,) = scene.drawings_of(VUE, frames_demo)
    assert [c.classe.couleur for c in cells(croisement)] == [lighten(c.classe.couleur) for c in cells(seul)]
