import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.renderers.typesetting import (
    Paragraphe,
    Style,
    clean,
    flow,
    height,
    reduction_for,
    width,
    wrap,
)

CORPS = Style(10.0)


def test_breaks_at_plain_spaces_only():
    text = "48,0\u202f% de la population\u00a0: 12\u202f345 habitants"
    lines = wrap(text, CORPS, 90)
    assert " ".join(lines) == text
    assert any("12\u202f345" in line for line in lines)
    assert any("population\u00a0:" in line for line in lines)


@given(st.text(max_size=300), st.floats(30, 400))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, room: float):
    lines = wrap(text, CORPS, room)
    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")
    assert all(width(line, CORPS) <= room or len(line) == 1 for line in lines)


def test_the_thin_no_break_space_has_a_width():
    assert 0 < width("\u202f", CORPS) < width(" ", CORPS)


def test_control_characters_do_not_reach_the_page():
    assert clean("a\x00b\x07\ud800c") == "a b c"


def test_a_long_text_is_made_smaller_before_it_overflows():
    block = [Paragraphe("mot " * 200, CORPS)]
    reduction = reduction_for(block, 150, 300)
    assert reduction < 1
    assert height(block, 150, reduction) <= 300


def test_columns_are_filled_in_order_and_a_title_stays_with_its_text():
    block = [Paragraphe("corps", CORPS), Paragraphe("titre", CORPS, lie=True), Paragraphe("suite", CORPS)]
    room = height(block[:2], 100)
    columns = flow(block, 100, room, 2, 1.0)
    assert columns is not None
    assert [[p.texte for p in c] for c in columns] == [["corps"], ["titre", "suite"]]
    assert flow(block, 100, room, 1, 1.0) is None


@pytest.mark.parametrize("word", ["N" * 500, "é" * 80])
def test_an_endless_word_is_broken(word: str):
    lines = wrap(word, CORPS, 100)
    assert len(lines) > 1
    assert "".join(lines) == word
