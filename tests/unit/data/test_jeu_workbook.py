from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest

from data.findings import Gravite
from data.jeu import examine


@pytest.fixture
def classeur(atelier):
    """Write the tables as sheets instead of files."""

    def write(feuilles):
        dossier = atelier.write(dict.fromkeys(atelier.tables))
        livre = openpyxl.Workbook()
        livre.remove(livre.active)
        for nom, lignes in feuilles.items():
            feuille = livre.create_sheet(nom)
            for ligne in lignes:
                feuille.append(ligne)
        livre.save(dossier / "jeu.xlsx")
        return examine(dossier)

    return write


ENTETE = ["id_ctg", "nom", "echelon", "statut", "date_diagnostic", "date_signature", "duree_annees"]


def without_sources(lecture):
    return [c for c in lecture.constats if "source" not in c.message]


def test_sheets_are_tables_with_their_types(classeur):
    lecture = classeur(
        {
            "Ctg": [ENTETE, ["CTG-1", "Essai", "communal", "signee", date(2022, 1, 2), datetime(2022, 12, 5), 5]],
            "ctg-communes": [["id_ctg", "code_commune"], ["CTG-1", 62001], ["CTG-1", "62002"]],
            "indicateurs": [
                ["code_territoire", "maille", "indicateur", "annee", "valeur", "statut"],
                [62001, "commune", "population_municipale", 2022, 1234.5, None],
                [62002, "commune", "population_municipale", 2022, "s", None],
            ],
        }
    )
    assert without_sources(lecture) == []
    frames = lecture.frames
    assert frames["ctg"].loc[0, "date_signature"] == pd.Timestamp("2022-12-05")
    assert frames["ctg"].loc[0, "duree_annees"] == 5
    assert frames["ctg_communes"]["code_commune"].tolist() == ["62001", "62002"]
    assert frames["indicateurs"]["valeur"].tolist()[0] == 1234.5
    assert frames["indicateurs"]["statut"].tolist() == ["", "secret"]
    assert frames.presentes == {"communes", "ctg", "ctg_communes", "indicateurs"}


def test_lines_are_those_of_the_sheet_even_after_empty_ones(classeur):
    lecture = classeur({"ctg-communes": [[], ["id_ctg", "code_commune"], [], ["CTG-1", 9275], ["CTG-1", "Arras"]]})
    assert [(c.fichier, c.ligne, c.valeur) for c in without_sources(lecture)] == [
        ("jeu.xlsx#ctg-communes", 4, "9275"),
        ("jeu.xlsx#ctg-communes", 4, "09275"),
        ("jeu.xlsx#ctg-communes", 5, "Arras"),
    ]


def test_a_sheet_of_another_name_is_reported(classeur):
    lecture = classeur({"Feuil1": [["x"], [1]], "Vide": []})
    assert [c.fichier for c in without_sources(lecture)] == ["jeu.xlsx#Feuil1"]


def test_a_file_wins_over_a_sheet_of_the_same_table(classeur, atelier):
    classeur({"epci": [["code_epci", "nom"], ["246200001", "Feuille"]]})
    lecture = examine(atelier.write())
    assert lecture.frames["epci"]["nom"].tolist() == ["CC d'Essai"]
    assert [c.valeur for c in lecture.constats if c.fichier == "jeu.xlsx#epci"] == ["epci.csv"]


def test_the_workbook_may_be_the_declared_source(classeur, atelier):
    classeur({"epci": [["code_epci", "nom"], ["246200001", "Feuille"]]})
    source = '[[sources]]\nfichier = "{}"\nproducteur = "Caf"\ntitre = "t"\n'
    toml = atelier.toml + source.format("jeu.xlsx") + source.format("communes.geojson")
    lecture = examine(atelier.write({"jeu.toml": toml, **dict.fromkeys(atelier.tables)}))
    assert lecture.frames is not None
    assert [c for c in lecture.constats if c.fichier.startswith("jeu.xlsx")] == []


def test_a_workbook_that_does_not_open_is_an_error(atelier):
    lu = atelier.read({"jeu.xlsx": b"PK\x03\x04 not a workbook"})
    assert [(c.fichier, c.gravite) for c in lu.erreurs] == [("jeu.xlsx", Gravite.ERREUR)]


def test_personal_columns_of_a_sheet_are_dropped(classeur):
    lecture = classeur({"ctg-signataires": [["id_ctg", "type", "Courriel"], ["CTG-1", "caf", "a@b.c"]]})
    assert "a@b.c" not in str(lecture.constats)
    assert "Courriel" in [c.colonne for c in lecture.constats]


@pytest.mark.parametrize("loin", ["A1048576", "XFD9", "XFD1048576"])
def test_a_stray_cell_far_away_does_not_fill_the_memory(atelier, loin):
    dossier = atelier.write(dict.fromkeys(atelier.tables))
    livre = openpyxl.Workbook()
    livre.active.title = "epci"
    livre.active.append(["code_epci", "nom"])
    livre.active.append(["246200001", "Essai"])
    livre.active[loin] = "égaré"
    livre.save(dossier / "jeu.xlsx")
    assert examine(dossier).frames["epci"]["nom"].tolist()[:1] == ["Essai"]


def test_a_table_declared_as_a_file_is_declared_as_a_sheet_too(classeur, atelier):
    """A Caf that gathers its files into a workbook need not write its sources again."""
    classeur({"Epci": [["code_epci", "nom"], ["246200001", "Feuille"]]})
    source = '[[sources]]\nfichier = "{}"\nproducteur = "Caf"\ntitre = "t"\n'
    toml = atelier.toml + source.format("epci.csv") + source.format("communes.gpkg")
    lecture = examine(atelier.write({"jeu.toml": toml, **dict.fromkeys(atelier.tables)}))
    assert [c.phrase for c in lecture.constats] == []
