from datetime import date

import pytest

from dashboard.layout.histogram import histogram, place
from dashboard.layout.legend import legend
from data.frames import Frames
from data.model import Blanc, Maille
from layers.indicateur import Indicateur
from layers.kit.marks import Classe, Fill, Repere
from layers.kit.palettes import BLANCS, ZERO
from layers.kit.view import View

FILL = Fill(
    Maille.COMMUNE,
    ("a", "b", "c", "d", "e", "f"),
    (0, 1, 1, 1, 2, 3),
    (ZERO, Classe("d1", "Moins de 10", "#aaaaaa"), Classe("d2", "10 et plus", "#111111"), BLANCS[Blanc.SECRET]),
    ("x",) * 6,
    (0.0, 2.0, 4.0, 6.0, 20.0, None),
    ordonne=True,
    bornes=(10.0,),
    reperes=(Repere("Médiane des communes", 4.0),),
)


def test_a_mark_stands_in_the_bar_of_its_class() -> None:
    assert place(FILL, 0.0) == pytest.approx(100 / 6)
    assert place(FILL, 2.0) == pytest.approx(100 / 3)
    assert place(FILL, 6.0) == pytest.approx(100 / 3 * 1.5)
    assert place(FILL, 20.0) == pytest.approx(100)
    assert place(FILL, 50.0) == pytest.approx(100)


def test_bars_count_the_classes_and_say_so() -> None:
    figure = histogram(FILL, "indicateur", "b")
    drawn, caption = figure.children
    heights = [bar.style["height"] for bar in drawn.children if "height" in (getattr(bar, "style", None) or {})]
    assert heights == ["33%", "100%", "33%"]
    label = drawn.to_plotly_json()["props"]["aria-label"]
    assert "0, 1\u202f; Moins de 10, 3\u202f; 10 et plus, 1." in label
    assert [s.children[2].children for s in caption.children] == ["4", "2"]


def test_a_chosen_territory_without_a_value_has_no_mark() -> None:
    assert len(histogram(FILL, "indicateur", "f").children[1].children) == 1


def test_categories_have_no_histogram_and_discs_show_their_sizes(frames_demo: Frames) -> None:
    drawing = Indicateur().describe(frames_demo, View(date=date(2026, 11, 1), indicateur="familles_biactives"))
    assert all(histogram(m, "x", "") is None for m in drawing.marques if isinstance(m, Fill))
    block = str(legend([drawing])[0])
    assert block.count("data:image/svg") == 3 + len([e for e in drawing.legende if e.symbole.__class__ is Classe])
