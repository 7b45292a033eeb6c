import pytest

from data.findings import Gravite
from data.reading.headers import is_personal


def test_headers_match_without_case_accents_spaces_and_signs(atelier):
    texte = "ID CTG;Nom;Échelon;STATUT;Date-Diagnostic;date signature;Durée_années\n"
    lu = atelier.read({"ctg.csv": texte + "CTG-1;Essai;Intercommunal;Signée;01/02/2022;05/12/2022;4\n"})
    assert lu.constats == ()
    assert lu.frames["ctg"].loc[0, ["id_ctg", "echelon", "statut", "duree_annees"]].tolist() == [
        "CTG-1",
        "intercommunal",
        "signee",
        4.0,
    ]


def test_unknown_column_is_kept_out_and_reported_once(atelier):
    lu = atelier.read({"epci.csv": "code_epci;nom;nature;couleur\n246200001;CC;CC;rouge\n"})
    constat = lu.one("epci.csv")
    assert (constat.ligne, constat.colonne, constat.gravite) == (1, "couleur", Gravite.AVERTISSEMENT)
    assert "couleur" not in lu.frames["epci"]


def test_a_misspelt_column_is_recognised_in_the_remedy(atelier):
    lu = atelier.read({"epci.csv": "code_epci;nom;natures\n246200001;CC;CC\n"})
    assert "nature" in lu.one("epci.csv", colonne="natures").remede


PERSONNELLES = [
    "courriel_contact",
    "Courriel",
    "mail",
    "e-mail",
    "email",
    "tel",
    "Téléphone",
    "telephone_referent",
    "portable",
    "prenom",
    "Prénom",
    "nom_contact",
    "contact",
    "nom_personne",
    "référent",
    "interlocuteur",
    "nom-agent",
    "nom_famille",
    "adresse_mail",
    "mobile",
    "num_tel",
]


@pytest.mark.parametrize("entete", PERSONNELLES)
def test_personal_columns_are_recognised(entete):
    assert is_personal(entete)


@pytest.mark.parametrize("entete", ["nom_commune", "superficie", "date_contact", "hotel", "nb_allocataires", "mailles"])
def test_other_unknown_columns_are_not_called_personal(entete):
    assert not is_personal(entete)


@pytest.mark.parametrize("entete", ["courriel_contact", "telephone", "nom_contact"])
def test_no_value_of_a_personal_column_appears_anywhere(atelier, entete):
    texte = f"id_ctg;type;code;nom;date_deliberation;{entete}\nCTG-1;caf;;Caf;2022-01-01;SECRETJEAN\n"
    lu = atelier.read({"ctg-signataires.csv": texte + "CTG-1;etat;;;31/02/2022;SECRETJEAN;en trop\n"})
    constat = lu.one("ctg-signataires.csv", 1)
    assert (constat.colonne, constat.valeur) == (entete, entete)
    assert "SECRETJEAN" not in str(lu.constats)
    assert "SECRETJEAN" not in lu.frames["ctg_signataires"].to_csv()


def test_known_columns_are_never_personal(atelier):
    texte = (
        atelier.tables["ctg.csv"].replace("duree_annees", "duree_annees;service_referent").replace(";5\n", ";5;PMI\n")
    )
    lu = atelier.read({"ctg.csv": texte})
    assert lu.constats == ()
    assert lu.frames["ctg"]["service_referent"].tolist() == ["PMI"]


def test_a_header_given_twice_is_reported_and_the_first_is_read(atelier):
    lu = atelier.read({"epci.csv": "code_epci;nom;Nom;nature\n246200001;un;deux;CC\n"})
    assert lu.frames["epci"]["nom"].tolist() == ["un"]
    assert lu.one("epci.csv").colonne == "Nom"


def test_a_column_without_name_is_reported(atelier):
    lu = atelier.read({"epci.csv": ";code_epci;nom;nature\n1;246200001;un;CC\n"})
    assert lu.one("epci.csv").ligne == 1
    assert lu.frames["epci"]["nom"].tolist() == ["un"]


def test_a_missing_required_column_is_one_error(atelier):
    lu = atelier.read({"services.csv": "id;nom\nS1;un\nS2;deux\n"})
    constat = lu.one("services.csv")
    assert (constat.ligne, constat.colonne, constat.gravite) == (1, "code_commune", Gravite.ERREUR)
    assert lu.frames["services"].empty


def test_missing_optional_columns_are_no_problem(atelier):
    lu = atelier.read({"services.csv": "id;code_commune\nS1;62001\n"})
    assert lu.constats == ()
    assert lu.frames["services"].loc[0, "champ"] == ""


def test_an_unknown_table_is_reported_and_other_files_are_not(atelier):
    lu = atelier.read({"servces.csv": "id\n1\n", "LISEZMOI.md": "texte", ".cache.csv": "x", "~$jeu.xlsx": "x"})
    assert [c.fichier for c in lu.constats if "source" not in c.message] == ["servces.csv"]


def test_file_names_match_like_headers(atelier):
    lu = atelier.read({"points-acces.csv": None, "Points_Accès.CSV": atelier.tables["points-acces.csv"]})
    assert lu.frames["points_acces"]["id"].tolist() == ["P1"]
    assert lu.erreurs == []


def test_the_same_table_twice_is_reported(atelier):
    lu = atelier.read({"ctg_communes.csv": atelier.tables["ctg-communes.csv"]})
    assert [c.fichier for c in lu.constats if "table" in c.message] == ["ctg_communes.csv"]
