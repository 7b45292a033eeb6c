"""The Caf's own register: its headings, its words, what it makes of the dataset, and every change told."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import jeu
from data.errors import RepriseError
from data.frames import Frames
from data.measures import territories
from data.model import Maille
from data.reprise import cibles, conversion, difference, feuilles, fusion, mots
from data.reprise.conversion import Choix, Ligne
from data.reprise.difference import Effet, Nature
from data.reprise.feuilles import Feuille

DEMO = Path(__file__).resolve().parents[4] / "data" / "demo" / "jeu"
JOUR = date(2026, 11, 1)
ENTETES = [
    "N° CTG",
    "Intitulé",
    "Niveau",
    "Stade",
    "Signée le",
    "Échéance",
    "Intercommunalité",
    "Communes",
    "Thématiques",
]


def sheet(*lignes: list[str], entetes: list[str] | None = None) -> Feuille:
    large = entetes or ENTETES
    pleines = tuple(tuple([*ligne, *[""] * (len(large) - len(ligne))]) for ligne in lignes)
    return Feuille("Suivi", tuple(large), pleines, tuple(range(2, 2 + len(pleines))))


def read(feuille: Feuille, frames: Frames, sens: dict[str, dict[str, str]] | None = None) -> tuple[Ligne, ...]:
    return conversion.convert(feuille, Choix(cibles.propose(feuille.entetes), sens or {}), frames)[0]


def test_usual_headings_are_recognised_and_each_is_used_once() -> None:
    found = cibles.propose(ENTETES)
    assert found == {
        "id_ctg": "N° CTG",
        "nom": "Intitulé",
        "echelon": "Niveau",
        "statut": "Stade",
        "date_signature": "Signée le",
        "date_fin": "Échéance",
        "epci": "Intercommunalité",
        "communes": "Communes",
        "champs": "Thématiques",
    }
    assert cibles.propose(["Contact", "Mail", ""]) == {}


def test_a_workbook_is_read_whatever_stands_above_its_headings(tmp_path: Path) -> None:
    classeur = openpyxl.Workbook()
    classeur.active.title = "Notes"
    classeur.active.append(["à faire"])
    suivi = classeur.create_sheet("Suivi")
    for ligne in (["Suivi des Ctg", "au 1er novembre"], [], ENTETES, ["", "Ctg A", "Epci", "Signée", date(2026, 1, 2)]):
        suivi.append(ligne)
    classeur.save(tmp_path / "suivi.xlsx")
    premiere, *_ = feuilles.read(tmp_path / "suivi.xlsx")
    assert (premiere.nom, premiere.entetes, premiere.numeros) == ("Suivi", tuple(ENTETES), (4,))
    assert premiere.lignes[0][4] == "2026-01-02"


def test_a_csv_of_an_old_spreadsheet_is_read(tmp_path: Path) -> None:
    (tmp_path / "suivi.csv").write_bytes("Intitulé;Échéance\nCtg été;31/12/2027\n".encode("cp1252"))
    assert feuilles.read(tmp_path / "suivi.csv")[0].lignes == (("Ctg été", "31/12/2027"),)


@pytest.mark.parametrize(
    ("nom", "contenu"), [("a.pdf", b"%PDF"), ("a.xlsx", b"PK"), ("a.csv", b""), ("b.csv", b"a;b\n")]
)
def test_a_file_that_holds_no_register_is_refused_in_one_sentence(tmp_path: Path, nom: str, contenu: bytes) -> None:
    (tmp_path / nom).write_bytes(contenu)
    with pytest.raises(RepriseError):
        feuilles.read(tmp_path / nom)


def test_words_are_matched_or_asked_for(frames_demo: Frames) -> None:
    assert mots.match(frames_demo, "statut", ["En vigueur", "DIAGNOSTIC", "Ficelée"]) == {
        "En vigueur": "signee",
        "DIAGNOSTIC": "diagnostic",
        "Ficelée": "",
    }
    assert mots.match(frames_demo, "champs", ["Petite enfance", "parentalite", "Sport"]) == {
        "Petite enfance": "petite_enfance",
        "parentalite": "parentalite",
        "Sport": "",
    }


def test_a_new_agreement_takes_the_communes_of_its_epci_and_what_it_does_not_say_is_deduced(
    frames_demo: Frames,
) -> None:
    code = territories.groups(frames_demo, Maille.EPCI).codes[2]
    nom = frames_demo.noms[code]
    feuille = sheet(["", f"Ctg {nom}", "", "", "2026-01-01", "", nom])
    lignes, constats = conversion.convert(feuille, Choix(cibles.propose(ENTETES)), frames_demo)
    assert lignes[0].communes == territories.communes_of(frames_demo, code)
    assert (lignes[0].faits["echelon"], lignes[0].faits["statut"]) == ("intercommunal", "signee")
    assert ["déduit" in c.message for c in constats] == [True, True]


def test_several_rows_of_one_agreement_make_one(frames_demo: Frames) -> None:
    noms = list(frames_demo.communes["nom"][:3])
    feuille = sheet(
        ["X1", "Ctg X", "Communal", "Signée", "", "", "", noms[0]],
        ["", "", "", "", "", "", "", noms[1]],
        ["X1", *[""] * 6, noms[2]],
    )
    (ligne,) = read(feuille, frames_demo)
    assert ligne.communes == tuple(sorted(frames_demo.communes["code"][:3]))


def test_what_cannot_be_read_is_told_with_its_line(frames_demo: Frames) -> None:
    feuille = sheet(["X1", "Ctg X", "Cantonal", "Signée", "", "", "", "Nulle-Part", "Sport"])
    _, constats = conversion.convert(feuille, Choix(cibles.propose(ENTETES)), frames_demo)
    assert {(c.ligne, c.colonne, c.valeur) for c in constats if c.valeur in {"Cantonal", "Nulle-Part", "Sport"}} == {
        (2, "Niveau", "Cantonal"),
        (2, "Communes", "Nulle-Part"),
        (2, "Thématiques", "Sport"),
    }


def test_the_installed_register_brought_again_changes_nothing(frames_demo: Frames, tmp_path: Path) -> None:
    ctg = frames_demo["ctg"]
    lignes = tuple(
        Ligne(i, {"id_ctg": i, "nom": n}, None, None, None) for i, n in zip(ctg["id_ctg"], ctg["nom"], strict=True)
    )
    ecrit = fusion.candidate(DEMO, frames_demo, lignes, tmp_path, entier=True)
    assert ecrit.frames is not None
    assert ecrit.erreurs == 0
    change = difference.compare(frames_demo, ecrit.frames, JOUR)
    assert (change.changements, dict(change.effets)) == ((), {})
    assert change.avant == change.apres


def test_each_kind_of_change_is_told(frames_demo: Frames, tmp_path: Path) -> None:
    apres, change = merged(frames_demo, tmp_path)
    natures = {c.id_ctg: c.nature for c in change.changements}
    en_vigueur = active(frames_demo)
    assert natures == {en_vigueur: Nature.TERMINEE, "X1": Nature.AJOUTEE}
    fin = next(d for c in change.changements if c.id_ctg == en_vigueur for d in c.details)
    assert (fin.quoi, fin.apres) == ("Date de fin", "31/12/2025")
    covered = {n: set(f["ctg_communes"]["code_commune"]) for n, f in (("avant", frames_demo), ("apres", apres))}
    assert covered["avant"] <= covered["apres"]
    assert {c for c, e in change.effets.items() if e is Effet.SORT}
    assert (change.apres.numerateur or 0) < (change.avant.numerateur or 0)


def active(frames: Frames) -> str:
    from data.measures import agreements

    status = agreements.status(frames, JOUR)
    return str(status[(status["statut"] == "en_vigueur") & (status["echelon"] == "intercommunal")]["id_ctg"].iloc[0])


def merged(frames: Frames, folder: Path) -> tuple[Frames, difference.Difference]:
    commune = frames.communes["nom"].iloc[9]
    feuille = sheet(
        [active(frames), "", "", "", "", "31/12/2025"], ["X1", "Ctg X", "Communal", "À l'étude", *[""] * 3, commune]
    )
    ecrit = fusion.candidate(DEMO, frames, read(feuille, frames), folder, entier=False)
    assert ecrit.frames is not None
    return ecrit.frames, difference.compare(frames, ecrit.frames, JOUR)


def test_agreements_that_a_whole_register_leaves_out_are_removed_with_all_that_is_theirs(
    frames_demo: Frames, tmp_path: Path
) -> None:
    gardees = list(frames_demo["ctg"]["id_ctg"][1:])
    lignes = tuple(Ligne(i, {"id_ctg": i}, None, None, None) for i in gardees)
    ecrit = fusion.candidate(DEMO, frames_demo, lignes, tmp_path, entier=True)
    assert ecrit.frames is not None
    change = difference.compare(frames_demo, ecrit.frames, JOUR)
    assert [(c.id_ctg, c.nature) for c in change.changements] == [(frames_demo["ctg"]["id_ctg"][0], Nature.RETIREE)]
    assert set(ecrit.frames["actions"]["id_ctg"]) <= {*gardees, ""}


@settings(max_examples=60, deadline=None)
@given(cellules=st.lists(st.lists(st.text(max_size=12), min_size=9, max_size=9), min_size=1, max_size=6))
def test_no_cell_stops_the_reading(cellules: list[list[str]]) -> None:
    frames = _demo()
    lignes, _ = conversion.convert(sheet(*cellules), Choix(cibles.propose(ENTETES)), frames)
    assert all(ligne.id_ctg for ligne in lignes)


def _demo(seen: list[Frames] = []) -> Frames:  # noqa: B006 - read once for all the examples
    if not seen:
        seen.append(jeu.load(DEMO))
    return seen[0]
