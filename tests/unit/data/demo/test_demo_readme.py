"""The README that a Caf copies from: every file, every column, examples that are really in the files."""

import re
import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from data.measures import agreements
from data.model import Parametres, StatutCtg
from data.tables import TABLES

README = Path(__file__).resolve().parents[4] / "data" / "demo" / "README.md"
SECTIONS = dict(re.findall(r"^### `([\w.-]+)`.*?\n(.*?)(?=^### |\Z)", README.read_text(encoding="utf-8"), re.S | re.M))


def described(section):
    """Columns of the table of a section, with what it says of their need."""
    return re.findall(r"^\| `([\w.]+)` \|.*\| *(oui)? *\|$", section, re.M)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.nom)
def test_every_column_is_told_and_its_need(table):
    section = SECTIONS[f"{table.nom.replace('_', '-')}.csv"]
    assert described(section) == [(c.nom, "oui" if c.obligatoire else "") for c in table.colonnes]
    for colonne in table.colonnes:
        ligne = next(x for x in section.splitlines() if x.startswith(f"| `{colonne.nom}` |"))
        if "Comme dans" not in ligne and colonne.nom not in ("maille", "champ") and len(colonne.valeurs) > 1:
            assert [mot for mot in colonne.valeurs if f"`{mot}`" not in ligne] == [], colonne.nom


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.nom)
def test_examples_come_from_the_files(table, jeu_demo):
    fichier = f"{table.nom.replace('_', '-')}.csv"
    exemple = re.search(r"```\n(.*?)\n```", SECTIONS[fichier], re.S).group(1).splitlines()
    assert exemple[0] == ";".join(table.noms)
    assert len(exemple) > 1
    if (jeu_demo / fichier).exists():
        lignes = (jeu_demo / fichier).read_text(encoding="utf-8-sig").splitlines()
        assert [ligne for ligne in exemple if ligne not in lignes] == []


def test_geometries_and_settings_are_told(jeu_demo):
    assert [c for c, _ in described(SECTIONS["communes.geojson"])] == ["code", "nom", "code_epci", "population"]
    assert [c for c, _ in described(SECTIONS["qpv.geojson"])] == ["code_qpv", "nom", "codes_communes"]
    reglages = tomllib.loads((jeu_demo / "jeu.toml").read_text(encoding="utf-8"))
    dites = {c for c, _ in described(SECTIONS["jeu.toml"])}
    assert dites == (
        {f"jeu.{c}" for c in reglages["jeu"]}
        | {f"parametres.{c}" for c in reglages["parametres"]}
        | {f"sources.{c}" for s in reglages["sources"] for c in s}
    )
    assert set(reglages["parametres"]) == {f.name for f in fields(Parametres)}


def test_the_cases_are_as_told(frames_demo):
    cas = re.findall(r"^\| .* \| `(CTG-[\w-]+)` \| (.*) \|$", README.read_text(encoding="utf-8"), re.M)
    statuts = agreements.status(frames_demo, date(2026, 11, 1)).set_index("id_ctg")["statut"]
    assert {ident: StatutCtg(statuts[ident]).libelle for ident, _ in cas} == dict(cas)
    assert {libelle for _, libelle in cas} == {statut.libelle for statut in StatutCtg}


def test_every_file_has_a_section_and_a_source(jeu_demo):
    fichiers = {p.name for p in jeu_demo.iterdir()}
    assert fichiers | {"champs.csv", "contexte-routes.geojson"} == set(SECTIONS)
    reglages = tomllib.loads((jeu_demo / "jeu.toml").read_text(encoding="utf-8"))
    assert {s["fichier"] for s in reglages["sources"]} == fichiers - {"jeu.toml"}


def test_the_sections_are_all_read():
    assert len(SECTIONS) == len(TABLES) + 6
