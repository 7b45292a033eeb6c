import numpy as np
import pytest

from data.findings import Gravite

ENTETE = "code_territoire;maille;indicateur;annee;valeur;statut\n"
DEFINITIONS = "indicateur;libelle;unite;nature;numerateur;denominateur;facteur;champ;source;definition\n"


def read(atelier, *lignes, **autres):
    return atelier.read({"indicateurs.csv": ENTETE + "".join(f"{ligne}\n" for ligne in lignes)} | autres)


def population(valeur, statut="", code="62001"):
    return f"{code};commune;population_municipale;2022;{valeur};{statut}"


@pytest.mark.parametrize(
    ("valeur", "statut", "lue", "lu"),
    [
        ("40 916", "", 40916.0, ""),
        ("40\u202f916", "", 40916.0, ""),
        ("0", "", 0.0, ""),
        ("106", "", 106.0, ""),
        ("s", "", np.nan, "secret"),
        ("ns", "", np.nan, "secret"),
        ("nd", "", np.nan, "manquant"),
        ("np", "", np.nan, "non_publie"),
        ("", "", np.nan, "manquant"),
        ("", "secret", np.nan, "secret"),
        ("", "Non publié", np.nan, "non_publie"),
        ("s", "secret", np.nan, "secret"),
    ],
)
def test_a_figure_or_the_reason_of_its_absence(atelier, valeur, statut, lue, lu):
    resultat = read(atelier, population(valeur, statut))
    ligne = resultat.frames["indicateurs"].iloc[0]
    assert resultat.constats == ()
    np.testing.assert_equal(ligne["valeur"], lue)
    assert ligne["statut"] == lu


def test_a_status_wins_over_a_figure_which_is_not_repeated(atelier):
    lu = read(atelier, population("1234", "secret"))
    assert np.isnan(lu.frames["indicateurs"].loc[0, "valeur"])
    constat = lu.one("indicateurs.csv")
    assert constat.gravite is Gravite.AVERTISSEMENT
    assert "1234" not in str(constat)


def test_text_is_no_figure(atelier):
    lu = read(atelier, population("environ 12"))
    assert lu.frames["indicateurs"].loc[0, "statut"] == "manquant"
    assert lu.one("indicateurs.csv").valeur == "environ 12"


def test_an_unknown_status_is_an_error(atelier):
    constat = read(atelier, population("12", "provisoire")).one("indicateurs.csv")
    assert (constat.colonne, constat.gravite) == ("statut", Gravite.ERREUR)


@pytest.mark.parametrize(
    ("indicateur", "gravites"),
    [
        ("population_municipale", ["erreur"]),
        ("action_sociale_eur", ["erreur"]),
        ("taux_pauvrete", ["avertissement"]),
        ("evolution", []),
        ("solde", ["erreur"]),
    ],
)
def test_only_counts_and_amounts_cannot_be_negative(atelier, indicateur, gravites):
    definitions = DEFINITIONS + "evolution;Évolution;%;taux;;;;;;\nsolde;Solde;enfants;effectif;;;;;;\n"
    lu = read(atelier, f"62001;commune;{indicateur};2022;-4;", **{"indicateurs-def.csv": definitions})
    assert [c.gravite.value for c in lu.at("indicateurs.csv")] == gravites
    vide = bool(np.isnan(lu.frames["indicateurs"].loc[0, "valeur"]))
    assert vide is (gravites == ["erreur"])


def test_a_coverage_rate_above_100_is_right(atelier):
    lu = read(atelier, "246200001;epci;taux_couverture_petite_enfance;2018;106;")
    assert lu.constats == ()
    assert lu.frames["indicateurs"].loc[0, "valeur"] == 106


def test_an_unknown_indicator_is_said_once(atelier):
    lu = read(atelier, "62001;commune;bonheur;2022;1;", "62002;commune;bonheur;2022;2;")
    assert [(c.ligne, c.valeur) for c in lu.constats] == [(2, "bonheur")]
    assert len(lu.frames["indicateurs"]) == 2


def test_a_figure_given_twice_keeps_the_first(atelier):
    lu = read(atelier, population("10"), population("11"), population("12", code="62002"))
    assert lu.frames["indicateurs"]["valeur"].tolist() == [10, 12]
    assert [c.ligne for c in lu.constats] == [3]


def test_definitions_of_a_nature_that_is_unknown_are_kept_with_a_warning(atelier):
    lu = read(atelier, **{"indicateurs-def.csv": DEFINITIONS + "x;X;u;moyenne;;;1,5;petite enfance;;\n"})
    assert [(c.colonne, c.gravite) for c in lu.constats] == [("nature", Gravite.AVERTISSEMENT)]
    definition = lu.frames["indicateurs_def"].iloc[0]
    assert (definition["facteur"], definition["champ"]) == (1.5, "petite_enfance")


@pytest.fixture
def paris(atelier):
    return {
        "jeu.toml": atelier.toml.replace('["62"]', '["75"]'),
        "communes.geojson": atelier.collection([atelier.feature("75056", "Paris", atelier.square(2.0, 50.0))]),
        **dict.fromkeys(("ctg-communes.csv", "services.csv", "points-acces.csv")),
    }


def test_counts_of_arrondissements_are_summed_into_their_city(atelier, paris):
    lignes = [population("10", code="75101"), population("5", code="75102"), population("s", code="75103")]
    lu = read(atelier, *lignes[:2], **paris)
    table = lu.frames["indicateurs"]
    assert table[["code_territoire", "valeur", "statut"]].to_numpy().tolist() == [["75056", 15.0, ""]]
    table = read(atelier, *lignes, **paris).frames["indicateurs"]
    assert table["code_territoire"].tolist() == ["75056"]
    assert table["statut"].tolist() == ["secret"]


def test_a_city_with_its_arrondissements_is_not_counted_twice(atelier, paris):
    lu = read(atelier, population("10", code="75101"), population("100", code="75056"), **paris)
    assert lu.frames["indicateurs"]["valeur"].tolist() == [100.0]
    assert lu.one("indicateurs.csv", 2).valeur == "75101"


def test_medians_of_arrondissements_are_set_aside(atelier, paris):
    lu = read(atelier, "75101;commune;revenu_median;2021;30000;", **paris)
    assert lu.frames["indicateurs"].empty
    assert lu.one("indicateurs.csv", 2).valeur == "revenu_median"
