from dashboard.layout.indicators import DESSINS, classes_control, themes
from data.frames import Frames
from data.measures import indicators
from data.measures.definitions import definition
from layers.kit.view import Methode


def test_every_indicator_is_a_leaf_under_its_field_and_what_the_map_makes_of_it(frames_demo: Frames) -> None:
    leaves = [
        (field["libelle"], kind["libelle"], leaf)
        for field in themes(frames_demo)
        for kind in field["enfants"]
        for leaf in kind["enfants"]
    ]
    assert sorted(leaf["valeur"] for *_, leaf in leaves) == sorted(indicators.listed(frames_demo))
    for field, kind, leaf in leaves:
        definie = definition(frames_demo, leaf["valeur"])
        champ = frames_demo.champ(definie.champ)
        assert field == (champ.libelle if champ else "Tous champs")
        assert kind == DESSINS[definie.additive]
        partout = len(indicators.mailles(frames_demo, leaf["valeur"])) == 3
        assert ("(" in leaf["libelle"].removeprefix(definie.libelle)) == (not partout)


def test_every_method_can_be_chosen_by_its_name() -> None:
    choices = classes_control().children[1].data
    assert [c["value"] for c in choices] == [m.value for m in Methode]
    assert len({c["label"] for c in choices}) == len(choices)
