"""Séances are written whole, in order, and no text of one person takes the place of another's."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from dashboard.carnet.database import Carnet
from dashboard.seances import reading, writing
from dashboard.seances.errors import ConflitError, SaisieError, SeanceInconnueError
from dashboard.seances.model import Brouillon, Modification, Scene
from dashboard.seances.tables import DECISION, SCENE, SEANCE


@pytest.fixture
def seance(carnet: Carnet) -> str:
    scenes = [Brouillon(f"?nb={k}", t, chiffres=("population", "communes")) for k, t in ((3, "A"), (4, "B"), (5, "C"))]
    return writing.create(carnet, {"titre": "CA du 1er décembre", "instance": "CA", "jour": "2026-12-01"}, scenes)


def together(jobs: list) -> None:
    """Run all at once; an error of one is an error of the test."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        for job in [pool.submit(j) for j in jobs]:
            job.result()


def titles(carnet: Carnet, seance: str) -> str:
    return "".join(s.titre for s in reading.seance(carnet, seance).scenes)


def scene(carnet: Carnet, seance: str, rang: int = 0) -> Scene:
    return reading.seance(carnet, seance).scenes[rang]


def test_a_seance_is_read_as_it_was_written(carnet: Carnet, seance: str) -> None:
    found = reading.seance(carnet, seance)
    assert (found.titre, found.instance, str(found.jour)) == ("CA du 1er décembre", "CA", "2026-12-01")
    assert [s.adresse for s in found.scenes] == ["?nb=3", "?nb=4", "?nb=5"]
    assert found.scenes[0].chiffres == ("population", "communes")


def test_scenes_move_anywhere_and_come_back(carnet: Carnet, seance: str) -> None:
    first, second, third = (s.id for s in reading.seance(carnet, seance).scenes)
    writing.move_scene(carnet, third, first)
    assert titles(carnet, seance) == "CAB"
    writing.move_scene(carnet, third, "")
    assert titles(carnet, seance) == "ABC"
    writing.withdraw(carnet, SCENE, second, True)
    assert titles(carnet, seance) == "AC"
    assert [s.titre for s in reading.seance(carnet, seance).retirees] == ["B"]
    writing.withdraw(carnet, SCENE, second, False)
    assert titles(carnet, seance) == "ACB"
    writing.duplicate_scene(carnet, first)
    assert titles(carnet, seance) == "AACB"
    writing.add_scene(carnet, seance, Brouillon("?", "D"))
    assert titles(carnet, seance) == "AACBD"


def test_moves_and_edits_at_the_same_time_keep_every_scene_and_text(carnet: Carnet, seance: str) -> None:
    ids = [s.id for s in reading.seance(carnet, seance).scenes]

    def shuffle(who: int) -> None:
        for step in range(12):
            writing.move_scene(carnet, ids[(who + step) % 3], ids[(who + 2 * step) % 3])

    def annotate(who: int) -> None:
        for step in range(12):
            before = f"{who}-{step - 1}" if step else ""
            writing.edit(carnet, SCENE, ids[who], Modification(0, {"notes": before}, {"notes": f"{who}-{step}"}))

    together([*(partial(shuffle, k) for k in range(3)), *(partial(annotate, k) for k in range(2))])
    assert sorted(titles(carnet, seance)) == ["A", "B", "C"]
    assert {s.notes for s in reading.seance(carnet, seance).scenes} == {"0-11", "1-11", ""}


def test_a_copy_has_the_scenes_and_not_the_decisions(carnet: Carnet, seance: str) -> None:
    writing.add_decision(carnet, scene(carnet, seance).id, {"texte": "Solliciter"})
    writing.edit(carnet, SCENE, scene(carnet, seance).id, Modification(1, {"notes": ""}, {"notes": "à dire"}))
    copy = reading.seance(carnet, writing.duplicate(carnet, seance))
    assert copy.titre == "Copie de CA du 1er décembre"
    assert [(s.titre, s.notes) for s in copy.scenes] == [("A", "à dire"), ("B", ""), ("C", "")]
    assert copy.decisions == ()


def test_archived_then_restored(carnet: Carnet, seance: str) -> None:
    writing.archive(carnet, seance, True)
    assert [s.archivee for s in reading.summaries(carnet)] == [True]
    writing.archive(carnet, seance, False)
    assert [(s.archivee, s.scenes) for s in reading.summaries(carnet)] == [(False, 3)]


def test_the_same_text_changed_twice_is_a_conflict_that_shows_the_other(carnet: Carnet, seance: str) -> None:
    seen = scene(carnet, seance)
    mine = Modification(seen.version, {"question": ""}, {"question": "La mienne ?"})
    theirs = Modification(seen.version, {"question": ""}, {"question": "La leur ?"})
    writing.edit(carnet, SCENE, seen.id, theirs)
    with pytest.raises(ConflitError, match="Quelqu'un d'autre") as told:
        writing.edit(carnet, SCENE, seen.id, mine)
    assert told.value.enregistres == {"question": "La leur ?"}
    assert scene(carnet, seance).question == "La leur ?"
    again = Modification(told.value.version, {"question": "La leur ?"}, {"question": "La mienne ?"})
    writing.edit(carnet, SCENE, seen.id, again)
    assert scene(carnet, seance).question == "La mienne ?"


def test_two_texts_of_one_scene_changed_by_two_people_are_both_kept(carnet: Carnet, seance: str) -> None:
    seen = scene(carnet, seance)
    writing.edit(carnet, SCENE, seen.id, Modification(1, {"notes": ""}, {"notes": "Ma note"}))
    writing.edit(carnet, SCENE, seen.id, Modification(1, {"titre": "A"}, {"titre": "Mon titre"}))
    after = scene(carnet, seance)
    assert (after.notes, after.titre, after.version) == ("Ma note", "Mon titre", 3)


def test_a_save_said_twice_is_no_conflict(carnet: Carnet, seance: str) -> None:
    change = Modification(1, {"titre": "A"}, {"titre": "Deux fois"})
    for _ in range(2):
        writing.edit(carnet, SCENE, scene(carnet, seance).id, change)
    assert scene(carnet, seance).titre == "Deux fois"


def test_editors_at_the_same_time_each_know_who_won(carnet: Carnet, seance: str) -> None:
    seen, won, told = scene(carnet, seance), [], []

    def edit(who: int) -> None:
        try:
            writing.edit(carnet, SCENE, seen.id, Modification(1, {"notes": ""}, {"notes": f"texte {who}"}))
            won.append(f"texte {who}")
        except ConflitError as conflict:
            told.append(conflict.enregistres["notes"])

    together([partial(edit, k) for k in range(6)])
    assert len(won) == 1
    assert told == won * 5
    assert scene(carnet, seance).notes == won[0]


def test_decisions_are_kept_with_the_address_of_their_scene(carnet: Carnet, seance: str) -> None:
    seen = scene(carnet, seance)
    ident = writing.add_decision(
        carnet, seen.id, {"texte": "Écrire à l'Epci", "charge": "Direction", "echeance": "2027-03-31"}
    )
    writing.edit(carnet, SCENE, seen.id, Modification(1, {"adresse": "?nb=3"}, {"adresse": "?nb=6"}))
    found = reading.seance(carnet, seance).decisions_of(seen.id)[0]
    assert (found.adresse, found.charge, str(found.echeance)) == ("?nb=3", "Direction", "2027-03-31")
    writing.withdraw(carnet, DECISION, ident, True)
    assert reading.decisions(carnet) == ()
    writing.withdraw(carnet, DECISION, ident, False)
    assert [(d.texte, titre) for d, titre in reading.decisions(carnet)] == [("Écrire à l'Epci", "CA du 1er décembre")]


@pytest.mark.parametrize("name", ["M. Durand", "Mme Leroy", "Madame la directrice", "x@caf.fr", "06 12 34 56 78"])
def test_a_person_is_refused_where_a_function_is_asked(carnet: Carnet, seance: str, name: str) -> None:
    with pytest.raises(SaisieError, match="fonction"):
        writing.add_decision(carnet, scene(carnet, seance).id, {"texte": "T", "charge": name})


@pytest.mark.parametrize(
    "name", ["Direction", "Pôle 3 – Mmes et MM. les conseillers"[:6], "Mission 2027-2030", "Cadre de permanence"]
)
def test_a_function_is_accepted(carnet: Carnet, seance: str, name: str) -> None:
    writing.add_decision(carnet, scene(carnet, seance).id, {"texte": "T", "charge": name})


@pytest.mark.parametrize(
    ("table", "texts", "champ"),
    [
        (SEANCE, {"titre": "  "}, "titre"),
        (SEANCE, {"jour": "demain"}, "jour"),
        (SCENE, {"notes": "x" * 20_001}, "notes"),
        (SCENE, {"chiffres": "a,b,c,d"}, "chiffres"),
        (SCENE, {"traits": "{"}, "traits"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(carnet: Carnet, seance: str, table, texts, champ: str) -> None:
    ident = seance if table is SEANCE else scene(carnet, seance).id
    before = reading.seance(carnet, seance)
    with pytest.raises(SaisieError) as told:
        writing.edit(carnet, table, ident, Modification(1, {}, texts))
    assert told.value.champ == champ
    assert reading.seance(carnet, seance) == before


def test_what_no_database_keeps_is_dropped_from_texts(carnet: Carnet, seance: str) -> None:
    wild = "a\x00b\ud800c\x07d\r\ne\u202ff"
    writing.edit(carnet, SCENE, scene(carnet, seance).id, Modification(1, {"notes": ""}, {"notes": wild}))
    assert scene(carnet, seance).notes == "ab?cd\ne\u202ff"


def test_what_does_not_exist_is_said(carnet: Carnet) -> None:
    with pytest.raises(SeanceInconnueError):
        reading.seance(carnet, "rien")
    with pytest.raises(SeanceInconnueError):
        writing.add_scene(carnet, "rien", Brouillon("?"))
