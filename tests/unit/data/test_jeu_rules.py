import pandas as pd
import pytest

from data.findings import Gravite

CTG = "id_ctg;nom;echelon;statut;date_diagnostic;date_signature;date_debut;date_fin;duree_annees;id_ctg_precedente\n"


def read_ctg(atelier, *lignes):
    return atelier.read({"ctg.csv": CTG + "".join(f"{ligne}\n" for ligne in lignes)})


@pytest.mark.parametrize(
    ("debut", "fin", "juste"),
    [
        ("2023-01-01", "2022-12-31", False),
        ("2023-01-01", "2023-01-01", True),
        ("", "2022-06-30", False),
        ("", "2027-12-31", True),
        ("2023-01-01", "", True),
    ],
)
def test_an_agreement_does_not_end_before_it_starts(atelier, debut, fin, juste):
    lu = read_ctg(atelier, f"CTG-1;;communal;signee;2022-01-01;2022-12-05;{debut};{fin};;")
    assert [(c.colonne, c.valeur) for c in lu.erreurs] == ([] if juste else [("date_fin", fin)])
    assert len(lu.frames["ctg"]) == 1


@pytest.mark.parametrize(
    ("table", "entete", "ligne", "fin"),
    [
        (
            "services.csv",
            "id;code_commune;date_ouverture;date_fermeture",
            "S1;62001;2020-01-02;2020-01-01",
            "date_fermeture",
        ),
        (
            "points-acces.csv",
            "id;type;date_ouverture;date_fermeture",
            "P1;autre;2020-01-02;2020-01-01",
            "date_fermeture",
        ),
        ("actions.csv", "id_action;date_debut;date_fin", "A1;2020-01-02;2020-01-01", "date_fin"),
        ("schemas.csv", "id_schema;date_debut;date_fin", "A1;2020-01-02;2020-01-01", "date_fin"),
        ("conventions.csv", "id;date_debut;date_fin", "C1;02/01/2020;01/01/2020", "date_fin"),
        ("interventions.csv", "id;date_debut;date_fin", "I1;2020-01-02;2020-01-01", "date_fin"),
    ],
)
def test_every_period_is_looked_at(atelier, table, entete, ligne, fin):
    constat = atelier.read({table: f"{entete}\n{ligne}\n"}).one(table)
    assert (constat.ligne, constat.colonne, constat.gravite) == (2, fin, Gravite.ERREUR)


@pytest.mark.parametrize(
    ("ligne", "colonnes"),
    [
        ("CTG-1;;communal;signee;;2022-12-05;;;5;", ["date_diagnostic"]),
        ("CTG-1;;communal;renouvelee;;2022-12-05;;;5;", ["date_diagnostic"]),
        ("CTG-1;;communal;signee;2022-01-01;;;;5;", ["date_signature"]),
        ("CTG-1;;communal;redaction;2022-01-01;2022-12-05;;;5;", ["statut"]),
        ("CTG-1;;communal;signee;2022-01-01;2028-12-05;2023-01-01;2027-12-31;5;", ["date_signature"]),
        ("CTG-1;;communal;signee;2022-01-01;2022-12-05;;;0;", ["duree_annees"]),
        ("CTG-1;;communal;signee;2022-01-01;2022-12-05;;;5;CTG-0", ["id_ctg_precedente"]),
        ("CTG-1;;communal;a_l_etude;;;;;;", []),
        ("CTG-1;;communal;non_engagee;;;;;;", []),
    ],
)
def test_what_contradicts_itself_is_a_warning(atelier, ligne, colonnes):
    lu = read_ctg(atelier, ligne)
    assert [c.colonne for c in lu.at("ctg.csv")] == colonnes
    assert lu.erreurs == []
    assert len(lu.frames["ctg"]) == 1


def test_a_duration_of_zero_is_emptied(atelier):
    lu = read_ctg(atelier, "CTG-1;;communal;signee;2022-01-01;2022-12-05;;;0;")
    assert pd.isna(lu.frames["ctg"].loc[0, "duree_annees"])


def test_a_signed_agreement_without_commune_is_a_warning(atelier):
    lu = read_ctg(
        atelier,
        "CTG-1;;communal;signee;2022-01-01;2022-12-05;;;5;",
        "CTG-2;;communal;signee;2022-01-01;2022-12-05;;;5;",
        "CTG-3;;communal;a_l_etude;;;;;;",
    )
    assert [(c.ligne, c.valeur) for c in lu.constats] == [(3, "CTG-2")]


@pytest.mark.parametrize(
    ("table", "entete", "ligne", "colonne"),
    [
        ("ctg-communes.csv", "id_ctg;code_commune", "CTG-9;62001", "id_ctg"),
        ("ctg-champs.csv", "id_ctg;champ", "CTG-9;enfance", "id_ctg"),
        ("ctg-signataires.csv", "id_ctg;type", "CTG-9;caf", "id_ctg"),
        ("ctg-evaluations.csv", "id_ctg;type", "CTG-9;finale", "id_ctg"),
        ("objectifs.csv", "id_objectif;id_ctg", "O1;CTG-9", "id_ctg"),
        ("actions.csv", "id_action;id_ctg", "A1;CTG-9", "id_ctg"),
        ("conventions.csv", "id;id_ctg", "C1;CTG-9", "id_ctg"),
        ("frequentation.csv", "id_point;annee;visites", "P9;2024;3", "id_point"),
    ],
)
def test_a_link_to_nothing_is_a_warning_and_the_row_stays(atelier, table, entete, ligne, colonne):
    lu = atelier.read({table: f"{entete}\n{ligne}\n"})
    constat = lu.one(table)
    assert (constat.ligne, constat.colonne, constat.gravite) == (2, colonne, Gravite.AVERTISSEMENT)
    assert len(lu.frames[table[:-4].replace("-", "_")]) == 1


def test_a_link_to_a_row_set_aside_is_not_reproached(atelier):
    lu = read_ctg(atelier, "CTG-1;;;signee;2022-01-01;2022-12-05;;;5;")
    assert {c.fichier for c in lu.constats} == {"ctg.csv"}


def test_footfall_may_be_of_a_service(atelier):
    lu = atelier.read({"frequentation.csv": "id_point;annee;visites\nS1;2024;3\nP1;2024;4\n"})
    assert lu.constats == ()


@pytest.mark.parametrize(
    ("table", "entete", "ligne", "colonne"),
    [
        ("services.csv", "id;code_commune;capacite", "S1;62001;-1", "capacite"),
        ("frequentation.csv", "id_point;annee;visites", "P1;2024;-1", "visites"),
        ("conventions.csv", "id;montant_eur", "C1;-1 500,5", "montant_eur"),
        ("interventions.csv", "id;etp", "I1;-0,5", "etp"),
        ("interventions.csv", "id;montant_eur", "I1;-1", "montant_eur"),
        ("trajectoire.csv", "annee;cible_population_pct", "2024;-1", "cible_population_pct"),
        ("points-acces.csv", "id;type;jours_par_semaine", "P1;autre;-1", "jours_par_semaine"),
        ("ctg.csv", "id_ctg;echelon;statut;duree_annees", "CTG-1;communal;a_l_etude;-1", "duree_annees"),
    ],
)
def test_counts_cannot_be_negative(atelier, table, entete, ligne, colonne):
    lu = atelier.read({table: f"{entete}\n{ligne}\n"})
    assert [(c.fichier, c.ligne, c.colonne) for c in lu.erreurs] == [(table, 2, colonne)]
    assert pd.isna(lu.frames[table[:-4].replace("-", "_")].loc[0, colonne])


def test_measures_may_be_negative(atelier):
    entete = "id_objectif;id_ctg;valeur_reference;cible;valeur_actuelle"
    lu = atelier.read({"objectifs.csv": f"{entete}\nO1;CTG-1;-2;-1;-1,5\n"})
    assert lu.constats == ()
    assert lu.frames["objectifs"].loc[0, ["valeur_reference", "cible", "valeur_actuelle"]].tolist() == [-2, -1, -1.5]


@pytest.mark.parametrize(
    ("table", "cle", "reste"),
    [
        ("ctg", "id_ctg", ";communal;a_l_etude"),
        ("services", "id", ";62001"),
        ("points-acces", "id", ";autre"),
        ("interventions", "id", ""),
        ("conventions", "id", ""),
        ("objectifs", "id_objectif", ""),
        ("actions", "id_action", ""),
        ("schemas", "id_schema", ""),
        ("indicateurs-def", "indicateur", ""),
        ("epci", "code_epci", ""),
    ],
)
def test_an_id_taken_twice_is_an_error_and_the_first_row_stays(atelier, table, cle, reste):
    autres = {"ctg": ";echelon;statut", "services": ";code_commune", "points-acces": ";type"}.get(table, "")
    ident = "246200001" if table == "epci" else "X1"
    texte = f"{cle}{autres}\n{ident}{reste}\n{ident}{reste}\n;{reste[1:]}\n" if reste else f"{cle}\n{ident}\n{ident}\n"
    lu = atelier.read({f"{table}.csv": texte, "ctg-communes.csv": None})
    doubles = [c for c in lu.erreurs if c.valeur == ident]
    assert [(c.ligne, c.colonne) for c in doubles] == [(3, cle)]
    assert len(lu.frames[table.replace("-", "_")]) == 1


def test_a_repeated_commune_of_an_agreement_is_counted_once(atelier):
    texte = "id_ctg;code_commune;role\nCTG-1;62001;couverte\nCTG-1;62001;couverte\nCTG-1;62001;signataire\n"
    lu = atelier.read({"ctg-communes.csv": texte})
    assert [c.ligne for c in lu.constats] == [3]
    assert lu.frames["ctg_communes"]["role"].tolist() == ["couverte", "signataire"]


def test_an_epci_that_no_row_names_is_reported(atelier):
    lu = atelier.read({"epci.csv": "code_epci;nom;nature\n200000001;Autre;CC\n"})
    assert lu.one("epci.csv").valeur == "246200001"


def test_a_field_is_added_by_the_dataset(atelier):
    lu = atelier.read(
        {
            "champs.csv": "champ;libelle\nmobilites;Mobilités\nenfance;Enfance\n",
            "ctg-champs.csv": "id_ctg;champ\nCTG-1;mobilites\nCTG-1;Mobilités\nCTG-1;transports\n",
        }
    )
    assert [(c.ligne, c.valeur) for c in lu.at("ctg-champs.csv", colonne="champ")] == [(4, "transports")]
    assert lu.frames.champ("mobilites").libelle == "Mobilités"
    assert len([c for c in lu.frames.champs if c.id == "enfance"]) == 1
    assert lu.erreurs == []
