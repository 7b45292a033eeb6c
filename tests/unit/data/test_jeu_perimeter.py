import pytest

from data.findings import Gravite


def services(*codes):
    return "id;code_commune;capacite\n" + "".join(
        f"S{rang};{code};{rang}\n" for rang, code in enumerate(codes, start=1)
    )


def test_a_lost_zero_is_mended_and_both_facts_are_said(atelier):
    lu = atelier.read({"services.csv": services("9275", "62001")})
    assert [(c.ligne, c.valeur) for c in lu.at("services.csv")] == [(2, "9275"), (2, "09275")]
    assert "lu 09275" in lu.at("services.csv")[0].message
    assert "pas dans le périmètre" in lu.at("services.csv")[1].message
    assert lu.erreurs == []


def test_codes_of_the_perimeter_are_mended_and_counted(atelier):
    communes = [atelier.feature("01001", "", atelier.square(2.0, 50.0))]
    lu = atelier.read({"communes.geojson": atelier.collection(communes), "services.csv": services("1001", "1001.0")})
    assert lu.frames["services"]["code_commune"].tolist() == ["01001", "01001"]
    assert [c.valeur for c in lu.at("services.csv")] == ["1001", "1001.0"]


@pytest.mark.parametrize(
    ("code", "dit"),
    [("62999", "n'est pas dans le jeu"), ("59001", "autre département"), ("Arras", "n'est pas un code")],
)
def test_a_stranger_is_set_aside_with_a_warning(atelier, code, dit):
    lu = atelier.read({"services.csv": services("62001", code)})
    constat = lu.one("services.csv", 3)
    assert dit in constat.message
    assert constat.gravite is Gravite.AVERTISSEMENT
    assert lu.frames["services"]["id"].tolist() == ["S1"]


def test_an_agreement_keeps_its_communes_of_another_departement(atelier):
    lu = atelier.read({"ctg-communes.csv": "id_ctg;code_commune\nCTG-1;62001\nCTG-1;59001\nCTG-1;62999\n"})
    assert lu.frames["ctg_communes"]["code_commune"].tolist() == ["62001", "59001"]
    assert [c.ligne for c in lu.at("ctg-communes.csv")] == [3, 4]


def test_a_national_set_knows_no_other_departement(atelier):
    lu = atelier.read({"jeu.toml": atelier.toml.replace('["62"]', "[]"), "services.csv": services("59001")})
    assert "n'est pas dans le jeu" in lu.one("services.csv", 2).message


def test_an_announced_departement_without_commune_is_reported(atelier):
    lu = atelier.read({"jeu.toml": atelier.toml.replace('["62"]', '["59", "62"]')})
    assert [(c.valeur, c.gravite) for c in lu.at("jeu.toml")] == [("59", Gravite.AVERTISSEMENT)]


def test_communes_of_a_departement_that_is_not_announced_are_reported_once(atelier):
    voisines = [atelier.feature(f"8000{n}", "", atelier.square(2.3 + n / 10, 50.0)) for n in (1, 2)]
    lu = atelier.read({"communes.geojson": atelier.collection([*atelier.communes, *voisines])})
    assert lu.one("communes.geojson").valeur == "80"
    assert len(lu.frames.communes) == 5


def test_communes_of_an_unannounced_departement_are_in_the_perimeter(atelier):
    communes = [*atelier.communes, atelier.feature("80001", "", atelier.square(2.3, 50.0))]
    lu = atelier.read({"communes.geojson": atelier.collection(communes), "services.csv": services("80001")})
    assert lu.frames["services"]["code_commune"].tolist() == ["80001"]
    assert lu.at("services.csv") == []


TERRITOIRES = "definition;maille;code_territoire;annee\n"


def test_territories_of_every_maille_are_looked_at(atelier):
    texte = TERRITOIRES + "".join(
        f"zone;{maille};{code};2024\n"
        for maille, code in [
            ("commune", "62001"),
            ("commune", "62999"),
            ("epci", "246200001"),
            ("epci", "246209999"),
            ("epci", "24620"),
            ("departement", "62"),
            ("departement", "59"),
            ("Département", "62.0"),
            ("qpv", "QN06201M"),
        ]
    )
    lu = atelier.read({"territoires-prioritaires.csv": texte})
    dits = [(c.ligne, c.valeur) for c in lu.at("territoires-prioritaires.csv", colonne="code_territoire")]
    assert dits == [(3, "62999"), (5, "246209999"), (6, "24620"), (8, "59"), (9, "62.0")]
    assert lu.frames["territoires_prioritaires"]["code_territoire"].tolist() == [
        "62001",
        "246200001",
        "246209999",
        "24620",
        "62",
        "59",
        "QN06201M",
    ]


PARIS = "75056"


@pytest.fixture
def paris(atelier):
    communes = [atelier.feature(PARIS, "Paris", atelier.square(2.0, 50.0))]
    return {
        "jeu.toml": atelier.toml.replace('["62"]', '["75"]'),
        "communes.geojson": atelier.collection(communes),
        "ctg-communes.csv": None,
        "services.csv": None,
        "points-acces.csv": None,
        "indicateurs.csv": None,
    }


def test_arrondissements_are_folded_to_their_city(atelier, paris):
    paris |= {
        "services.csv": services("75101", "75120"),
        "ctg-communes.csv": "id_ctg;code_commune;role\nCTG-1;75101;couverte\nCTG-1;75102;couverte\n",
    }
    lu = atelier.read(paris)
    assert lu.frames["services"]["code_commune"].tolist() == [PARIS, PARIS]
    assert lu.frames["ctg_communes"]["code_commune"].tolist() == [PARIS]
    assert lu.erreurs == []


def test_arrondissements_that_are_the_communes_stay(atelier, paris):
    communes = [atelier.feature(f"7510{n}", "", atelier.square(2.0 + n / 10, 50.0)) for n in range(1, 4)]
    paris |= {"communes.geojson": atelier.collection(communes), "services.csv": services("75101", PARIS)}
    lu = atelier.read(paris)
    assert lu.frames["services"]["code_commune"].tolist() == ["75101"]
    assert lu.one("services.csv", 3).valeur == PARIS


def test_a_city_with_its_arrondissements_is_not_counted_twice(atelier, paris):
    communes = [
        atelier.feature(PARIS, "", atelier.square(2.0, 50.0)),
        atelier.feature("75101", "", atelier.square(2.0, 50.0, 0.05)),
    ]
    lu = atelier.read(paris | {"communes.geojson": atelier.collection(communes)})
    assert lu.frames.communes["code"].tolist() == [PARIS]
    assert lu.one("communes.geojson", 2).valeur == "75101"
