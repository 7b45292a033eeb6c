from dataclasses import replace

import pytest

from data.model import Blanc, Maille
from layers.kit.marks import Axe, Classe, Fill, Grille, Repere
from layers.kit.palettes import BLANCS, ZERO
from layers.kit.position import said, situation

FILL = Fill(
    Maille.COMMUNE,
    ("a", "b", "c", "d", "e"),
    (0, 1, 2, 2, 3),
    (ZERO, Classe("d1", "Moins de 10", "#aaaaaa"), Classe("d2", "10 et plus", "#111111"), BLANCS[Blanc.SECRET]),
    ("0 place", "8,1 places", "12,3 places", "8,1 places", "s. (secret statistique)"),
    (0.0, 8.1, 12.3, 8.1000001, None),
    ordonne=True,
    bornes=(10.0,),
    reperes=(Repere("Médiane des communes", 8.1, "la médiane des communes"), Repere("Département", 9.0)),
)


@pytest.mark.parametrize(
    ("code", "phrase"),
    [
        ("a", "Arras\u202f: 0 place, au-dessous de la médiane des communes (8,1)."),
        ("b", "Arras\u202f: 8,1 places, classe 1 sur 2, comme la médiane des communes (8,1)."),
        ("c", "Arras\u202f: 12,3 places, classe 2 sur 2, au-dessus de la médiane des communes (8,1)."),
        ("d", "Arras\u202f: 8,1 places, classe 2 sur 2, comme la médiane des communes (8,1)."),
        ("e", "Arras\u202f: s. (secret statistique)."),
        ("inconnu", ""),
    ],
)
def test_a_sentence_says_figure_class_and_median(code: str, phrase: str) -> None:
    assert said(FILL, code, "Arras") == phrase


def test_without_a_median_nothing_is_compared() -> None:
    assert said(replace(FILL, reperes=FILL.reperes[1:]), "c", "Arras") == "Arras\u202f: 12,3 places, classe 2 sur 2."
    assert situation(replace(FILL, reperes=())).comparaisons == ()


def test_a_national_value_is_compared_with_after_the_median_and_a_centre_alone() -> None:
    nationale = Repere("Référence nationale (2023)", 20.0, "la référence nationale")
    medianes = "au-dessus de la médiane des communes (8,1)"
    assert said(replace(FILL, reperes=(*FILL.reperes, nationale)), "c", "Arras") == (
        f"Arras\u202f: 12,3 places, classe 2 sur 2, {medianes}, au-dessous de la référence nationale (20)."
    )
    centre = Repere("Département (2023)", 9.0, "le département")
    assert said(replace(FILL, reperes=(centre,)), "c", "Arras").endswith(", au-dessus du département (9).")


def test_categories_have_no_rank() -> None:
    assert set(situation(replace(FILL, ordonne=False)).classes) == {""}
    assert said(replace(FILL, ordonne=False, details=("En vigueur",) * 5), "c", "Arras") == "Arras\u202f: En vigueur."


def test_a_crossing_says_both_levels() -> None:
    axe = Axe("Taux", "%", ("Moins de 5", "5 et plus"), (None,) * 5)
    classes = tuple(Classe(f"c{i}", f"c{i}", "#000000") for i in range(4)) + (BLANCS[Blanc.SECRET],)
    croise = replace(FILL, classe=(0, 1, 2, 3, 4), classes=classes, valeurs=(), grille=Grille(axe, axe))
    assert said(croise, "c", "Arras") == "Arras\u202f: 12,3 places, classes haute et basse."
    assert situation(croise).classes[-1] == ""
