from dashboard import ids
from dashboard.layout.indicators import classes_control, indicator_select
from data.frames import Frames
from data.measures import indicators
from data.measures.definitions import definition
from layers.kit.view import Methode


def themes(frames: Frames) -> list[dict[str, object]]:
    first, second = indicator_select(frames).children
    assert (first.id, second.id) == (ids.FILTRE_INDICATEUR, ids.FILTRE_INDICATEUR2)
    assert first.data == second.data
    return list(first.data)


def test_every_indicator_is_listed_once_under_its_field_and_what_the_map_makes_of_it(frames_demo: Frames) -> None:
    listed = [(t["group"], item["value"]) for t in themes(frames_demo) for item in t["items"]]  # type: ignore[attr-defined]
    assert sorted(v for _, v in listed) == sorted(indicators.listed(frames_demo))
    for theme, value in listed:
        definie = definition(frames_demo, value)
        champ = frames_demo.champ(definie.champ)
        assert str(theme).startswith(champ.libelle if champ else "Tous champs")
        assert str(theme).endswith("effectifs et montants" if definie.additive else "taux et médianes")


def test_an_indicator_that_is_not_everywhere_says_where_it_is(frames_demo: Frames) -> None:
    labels = {item["value"]: item["label"] for t in themes(frames_demo) for item in t["items"]}  # type: ignore[attr-defined]
    for value, label in labels.items():
        partout = len(indicators.mailles(frames_demo, value)) == 3
        assert ("(" in label.removeprefix(definition(frames_demo, value).libelle)) == (not partout)


def test_every_method_can_be_chosen_by_its_name() -> None:
    choices = classes_control().children[1].data
    assert [c["value"] for c in choices] == [m.value for m in Methode]
    assert len({c["label"] for c in choices}) == len(choices)
