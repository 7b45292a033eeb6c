"""Every planted trap of the Haute-Garonne, one test per row of the list."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from data.findings import Gravite
from data.jeu import Reading, examine
from data.reading.numbers import parse_number

REEL = Path(__file__).resolve().parents[2].parent / "shared" / "reel"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not (REEL / "pieges-31.csv").is_file(), reason="les données réelles ne sont pas là"),
]
ERREURS = {"fin_avant_debut", "identifiant_double", "nombre_negatif", "cellule_obligatoire_vide"}
TETE_GEOJSON = 3
"""The list gives the physical line of the GeoJSON, three lines more than the rank of the feature."""


@cache
def lecture() -> Reading:
    return examine(REEL / "jeu-31-pieges")


def traps() -> list[dict[str, str]]:
    if not (REEL / "pieges-31.csv").is_file():
        return []
    with (REEL / "pieges-31.csv").open(encoding="utf-8-sig", newline="") as flux:
        return list(csv.DictReader(flux, delimiter=";"))


def findings(piege: dict[str, str]) -> list:
    ligne = int(piege["ligne"])
    if piege["fichier"].endswith(".geojson"):
        ligne -= TETE_GEOJSON
    return [c for c in lecture().constats if (c.fichier, c.ligne) == (piege["fichier"], ligne)]


def name(piege: dict[str, str]) -> str:
    return f"{piege['genre']}-{piege['fichier']}-{piege['ligne']}"


SIGNALES = [p for p in traps() if "signalé" in p["attendu"]]
JUSTES = [p for p in traps() if "signalé" not in p["attendu"]]


@pytest.mark.parametrize("piege", SIGNALES, ids=name)
def test_a_trap_is_told_at_its_place(piege):
    constats = findings(piege)
    memes = [c for c in constats if c.colonne in (piege["colonne"], "")]
    assert memes
    attendue = Gravite.ERREUR if piege["genre"] in ERREURS else Gravite.AVERTISSEMENT
    assert {c.gravite for c in memes} == {attendue}
    assert all(c.message and c.remede for c in memes)
    if "signalé aussi" in piege["attendu"]:
        assert [c.valeur for c in memes] == [piege["valeur"], piege["valeur"].zfill(5)]
    elif piege["colonne"] != "nom":
        assert piege["valeur"] in {c.valeur for c in memes}
    if "dans 31371" in piege["attendu"]:
        assert "31371" in memes[0].message
    if "échangées" in piege["attendu"]:
        assert "échangées" in memes[0].message


@pytest.mark.parametrize("piege", JUSTES, ids=name)
def test_what_is_right_is_no_finding(piege):
    assert findings(piege) == []


def row(piege: dict[str, str]) -> dict[str, object]:
    """The row of the frames that a line of the file became, found by its other cells."""
    chemin = REEL / "jeu-31-pieges" / piege["fichier"]
    with chemin.open(encoding="utf-8", newline="") as flux:
        cellules = list(csv.DictReader(flux, delimiter=";"))[int(piege["ligne"]) - 2]
    table = lecture().frames[chemin.stem.replace("-", "_")]
    cle = "id" if "id" in cellules else "code_territoire"
    trouvees = table[table[cle] == cellules[cle]]
    if cle == "code_territoire":
        trouvees = trouvees[
            (trouvees["indicateur"] == cellules["indicateur"]) & (trouvees["annee"] == float(cellules["annee"]))
        ]
    (seule,) = trouvees.to_dict("records")
    return seule


@pytest.mark.parametrize("piege", JUSTES, ids=name)
def test_what_is_right_has_its_value(piege):
    lue = row(piege)
    if "secret" in piege["attendu"] or "manquant" in piege["attendu"]:
        assert lue["statut"] == piege["attendu"].removeprefix("lu comme ")
        assert np.isnan(lue[piege["colonne"]])
    else:
        assert lue[piege["colonne"]] == parse_number(piege["valeur"])


def test_no_value_of_a_personal_column_appears_anywhere():
    frames = lecture().frames
    tout = "".join(table.to_csv() for table in frames.tables.values()) + str(lecture().constats)
    assert "@exemple" not in tout
    assert "01 99 00" not in tout


def test_nothing_else_is_an_error():
    prevues = {(p["fichier"], int(p["ligne"])) for p in traps() if p["genre"] in ERREURS}
    lues = {(c.fichier, c.ligne) for c in lecture().constats if c.gravite is Gravite.ERREUR}
    assert lues == prevues


def test_other_warnings_are_the_missing_diagnostics():
    prevues = {(p["fichier"], int(p["ligne"])) for p in SIGNALES} | {("communes.geojson", 308)}
    autres = [c for c in lecture().constats if (c.fichier, c.ligne) not in prevues]
    assert {(c.fichier, c.colonne) for c in autres} == {("ctg.csv", "date_diagnostic")}
    with (REEL / "jeu-31-pieges" / "ctg.csv").open(encoding="utf-8", newline="") as flux:
        lignes = list(csv.DictReader(flux, delimiter=";"))
    assert all(not lignes[c.ligne - 2]["date_diagnostic"] and lignes[c.ligne - 2]["date_signature"] for c in autres)


def test_accents_of_cp1252_are_right():
    noms = set(lecture().frames["epci"]["nom"])
    assert {"CC Pyrénées Haut Garonnaises", "Toulouse Métropole", "CC Val'Aïgo"} <= noms


def test_mended_outline_is_valid_and_swapped_point_is_in_its_commune():
    frames = lecture().frames
    assert frames.communes.is_valid.all()
    assert not frames.communes.is_empty.any()
    points = frames["points_acces"]
    table = REEL / "jeu-31-pieges" / "points-acces.csv"
    ident = table.read_text(encoding="utf-8").splitlines()[38].split(";")[0]
    remis = points[points["id"] == ident].iloc[0]
    assert 43 < remis["latitude"] < 44
    assert 1 < remis["longitude"] < 2


def test_the_first_of_two_rows_with_one_id_is_kept():
    frames = lecture().frames
    assert frames["ctg"]["id_ctg"].is_unique
    assert frames["services"]["id"].is_unique
    assert (frames["ctg"]["id_ctg"] == "CTG-31-00815-1").sum() == 1
