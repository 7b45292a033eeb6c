from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.findings import Gravite
from data.model import CHAMPS
from data.reading import readers
from data.reading.codes import departement_of, parse_commune, parse_departement, parse_epci
from data.reading.dates import parse_date
from data.reading.names import bare, slug
from data.reading.numbers import blank_word, parse_number

ESPACES = " \u00a0\u202f\u2009\u2007"


def grouped(nombre: int, espace: str) -> str:
    return f"{nombre:,}".replace(",", espace)


@given(st.integers(-(10**12), 10**12), st.sampled_from(ESPACES))
def test_whole_numbers_come_back_whatever_the_space(nombre, espace):
    assert parse_number(grouped(nombre, espace)) == nombre
    assert parse_number(str(nombre)) == nombre


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(ESPACES), st.sampled_from(",."))
def test_decimals_come_back_whatever_the_separators(nombre, espace, virgule):
    ecrit = f"{nombre:,f}".replace(",", espace).replace(".", virgule)
    assert parse_number(ecrit) == float(nombre)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_what_python_writes_is_read(nombre):
    assert parse_number(repr(nombre)) == nombre


@given(st.text(max_size=12))
def test_numbers_dates_and_codes_never_raise(texte):
    assert parse_number(texte) is None or np.isfinite(parse_number(texte))
    assert parse_date(texte) is None or isinstance(parse_date(texte), date)
    assert parse_commune(texte) is None or len(parse_commune(texte)) == 5
    assert parse_epci(texte) is None or len(parse_epci(texte)) == 9
    assert blank_word(texte) in (None, "secret", "manquant", "non_publie")


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("12 500,50", 12500.5),
        ("43,56330", 43.5633),
        ("1\u202f234\u202f567", 1234567),
        (",5", 0.5),
        ("5.", 5.0),
        ("-12", -12),
        ("\u221212", -12),
        ("+3", 3),
        ("1e3", 1000),
        ("106", 106),
    ],
)
def test_numbers_as_people_write_them(texte, lu):
    assert parse_number(texte) == lu


@pytest.mark.parametrize(
    "texte",
    ["", " ", "12 5", "1 2345", "1,234,567", "1.234.567", "nan", "inf", "-", ",", "e5", "12 €", "1_000", "٣", "1e999"],
)
def test_what_is_no_number_is_not_guessed(texte):
    assert parse_number(texte) is None


@pytest.mark.parametrize(
    ("mot", "sens"),
    [
        ("s", "secret"),
        ("S", "secret"),
        ("s.", "secret"),
        ("ns", "secret"),
        ("nd", "manquant"),
        ("n.d.", "manquant"),
        ("ND", "manquant"),
        ("np", "non_publie"),
        ("non publié", "non_publie"),
        ("secret", "secret"),
        ("0", None),
        ("", None),
        ("x", None),
    ],
)
def test_words_that_stand_for_no_figure(mot, sens):
    assert blank_word(mot) == sens


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_both_ways_of_writing_a_date_agree(jour):
    assert parse_date(jour.isoformat()) == jour
    assert parse_date(f"{jour:%d/%m/%Y}") == jour
    assert parse_date(f"{jour.isoformat()} 00:00:00") == jour


@pytest.mark.parametrize(
    "texte",
    [
        "31/02/2024",
        "2024-13-01",
        "2024/01/01",
        "01-02-2024",
        "1/2/24",
        "45292",
        "2024",
        "0001-01-01",
        "9999-12-31",
        "mars 2024",
    ],
)
def test_what_is_no_date_is_not_guessed(texte):
    assert parse_date(texte) is None


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("62001", "62001"),
        ("9275", "09275"),
        ("9275.0", "09275"),
        ("62001.0", "62001"),
        ("62001,00", "62001"),
        ("2a004", "2A004"),
        ("2B033", "2B033"),
        (" 62 001 ", "62001"),
        ("97101", "97101"),
        ("275", None),
        ("620011", None),
        ("6200A", None),
        ("2C001", None),
        ("", None),
        ("Arras", None),
        ("-9275", None),
        ("٦٢٠٠١", None),
    ],
)
def test_commune_codes(texte, code):
    assert parse_commune(texte) == code


def test_other_codes():
    assert parse_epci("200 034 023") == parse_epci("200034023.0") == "200034023"
    assert parse_epci("20003402") is None
    assert [parse_departement(c) for c in ("62", "1", "2a", "971", "62.0", "620", "")] == [
        "62",
        "01",
        "2A",
        "971",
        "62",
        None,
        None,
    ]
    assert [departement_of(c) for c in ("62001", "2A004", "97101")] == ["62", "2A", "971"]


def test_names_reduced():
    assert (
        bare("Code_Commune") == bare("code-commune") == bare("CODE  COMMUNE") == bare("Codé commune") == "codecommune"
    )
    assert slug("À l'étude") == "a_l_etude"
    assert slug("Œuvre d’art") == "oeuvre_d_art"


def test_fields_are_known_by_id_and_label():
    read = readers.read_champs(CHAMPS)
    assert read("petite_enfance|parentalite")[0] == "petite_enfance|parentalite"
    assert read("Petite enfance, Soutien à la parentalité")[0] == "petite_enfance|parentalite"
    assert read("enfance;jeunesse")[0] == "enfance|jeunesse"
    assert read("enfance|enfance")[0] == "enfance"
    lu, probleme = read("enfance|transports")
    assert lu == "enfance|transports"
    assert "transports" in probleme.message
    assert probleme.gravite is Gravite.AVERTISSEMENT


@pytest.mark.parametrize(
    ("cellule", "lu"),
    [
        ("QN06258M|QN06262M", "QN06258M|QN06262M"),
        ("a ; b", "a|b"),
        ("taux_couverture, potentiel_financier", "taux_couverture|potentiel_financier"),
        ("revenu ≤ 21 197,50", "revenu ≤ 21 197,50"),
        ("classée, en partie seulement", "classée, en partie seulement"),
        ("", ""),
    ],
)
def test_several_free_values(cellule, lu):
    assert readers.read_several(cellule)[0] == lu


def test_unreadable_cells_are_emptied_and_reported_with_their_place(atelier):
    ctg = (
        "id_ctg;nom;echelon;statut;date_diagnostic;date_signature;duree_annees;habitants_associes\n"
        "CTG-1;Essai;communal;signee;01/02/2022;31/02/2022;cinq;Peut-être\n"
    )
    lu = atelier.read({"ctg.csv": ctg})
    assert [(c.colonne, c.valeur) for c in lu.at("ctg.csv", 2)] == [
        ("date_signature", "31/02/2022"),
        ("date_signature", "31/02/2022"),
        ("duree_annees", "cinq"),
        ("habitants_associes", "Peut-être"),
    ]
    ligne = lu.frames["ctg"].loc[0]
    assert pd.isna(ligne["date_signature"])
    assert np.isnan(ligne["duree_annees"])
    assert ligne["date_diagnostic"] == pd.Timestamp("2022-02-01")
    assert ligne["habitants_associes"] == "Peut-être"
    assert lu.erreurs == []


def test_blank_words_in_any_number_are_no_finding(atelier):
    lu = atelier.read({"services.csv": "id;code_commune;capacite\nS1;62001;nd\nS2;62001;s\nS3;62001;np\n"})
    assert lu.constats == ()
    assert lu.frames["services"]["capacite"].isna().all()


@pytest.mark.parametrize("ecrit", ["2022", "2022.0", "2022,0", " 2022 "])
def test_years_as_spreadsheets_write_them(atelier, ecrit):
    texte = f"code_territoire;maille;indicateur;annee;valeur\n62001;commune;population_municipale;{ecrit};5\n"
    lu = atelier.read({"indicateurs.csv": texte})
    assert lu.constats == ()
    assert lu.frames["indicateurs"]["annee"].tolist() == [2022.0]


@pytest.mark.parametrize("ecrit", ["22", "2022-2023", "20222", "2022.5", "an 2022"])
def test_a_required_year_that_is_none_is_an_error(atelier, ecrit):
    texte = f"code_territoire;maille;indicateur;annee;valeur\n62001;commune;population_municipale;{ecrit};5\n"
    lu = atelier.read({"indicateurs.csv": texte})
    assert [c.colonne for c in lu.erreurs] == ["annee"]
    assert lu.frames["indicateurs"].empty


@pytest.mark.parametrize(
    ("colonne", "texte"),
    [
        ("echelon", "CTG-1;cantonal;signee"),
        ("statut", "CTG-1;communal;en cours"),
        ("echelon", "CTG-1;;signee"),
        ("statut", "CTG-1;communal;"),
        ("id_ctg", ";communal;signee"),
    ],
)
def test_closed_lists_and_required_cells_refuse(atelier, colonne, texte):
    lu = atelier.read({"ctg.csv": f"id_ctg;echelon;statut\n{texte}\n", "ctg-communes.csv": None})
    assert [(c.colonne, c.ligne) for c in lu.erreurs] == [(colonne, 2)]
    assert lu.frames["ctg"].empty


def test_an_unknown_maille_refuses(atelier):
    texte = "code_territoire;maille;indicateur;annee;valeur\n62001;canton;population_municipale;2022;5\n"
    constat = atelier.read({"indicateurs.csv": texte}).one("indicateurs.csv")
    assert (constat.colonne, constat.gravite) == ("maille", Gravite.ERREUR)
    assert "commune, epci, departement, qpv" in constat.remede


def test_an_unknown_word_of_an_open_list_is_kept(atelier):
    lu = atelier.read({"points-acces.csv": "id;type;code_commune\nP1;Borne visio;62001\nP2;bus;62001\n"})
    assert lu.frames["points_acces"]["type"].tolist() == ["borne_visio", "bus"]
    assert [(c.ligne, c.colonne, c.gravite) for c in lu.constats] == [(3, "type", Gravite.AVERTISSEMENT)]
