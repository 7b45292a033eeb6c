from datetime import date

import pytest

from data.errors import JeuIllisibleError
from data.findings import Gravite
from data.jeu import examine, read


def test_every_key_is_read(atelier):
    toml = (
        '[jeu]\nnom = "Caf"\ndepartements = ["62", "2a"]\ncog = 2026\ndemarche = "local_seul"\nfictif = true\n'
        "date_reference = 2026-11-01\ncaf_experimentatrice = true\n"
        "[parametres]\nduree_ctg_annees = 4\nalerte_renouvellement_mois = 6\n"
        "secret_seuil = 10\nsecret_seuil_partenaire = 20\ndetour_route = 1.4\nacces_km = [10, 5.5]\n"
        "echeances_mois = [18, 6]\n"
        "evolution_stable_pct = 2.5\n"
        'denominateur_min_enfants = 30\ndenominateur_min_habitants = 300\n[[sources]]\nfichier = "ctg.csv"\n'
        'producteur = "Caf"\ntitre = "Ctg"\nmillesime = "2026"\nlicence = "LO"\nurl = ""\ndate_maj = 2026-01-02\n'
    )
    jeu = atelier.read({"jeu.toml": toml}).frames.jeu
    assert (jeu.nom, jeu.departements, jeu.cog, jeu.demarche, jeu.fictif) == (
        "Caf",
        ("62", "2A"),
        2026,
        "local_seul",
        True,
    )
    assert jeu.date_reference == date(2026, 11, 1)
    assert (jeu.caf_experimentatrice, jeu.schema_prefigurateur) == (True, False)
    p = jeu.parametres
    assert (p.duree_ctg_annees, p.alerte_renouvellement_mois, p.secret_seuil, p.secret_seuil_partenaire) == (
        4,
        6,
        10,
        20,
    )
    assert (p.detour_route, p.acces_km) == (1.4, (5.5, 10.0))
    assert p.echeances_mois == (6, 18)
    assert p.evolution_stable_pct == 2.5
    assert (p.denominateur_min_enfants, p.denominateur_min_habitants) == (30, 300)
    assert jeu.sources[0].millesime == "2026"
    assert jeu.sources[0].date_maj == date(2026, 1, 2)


def test_a_national_set_has_no_departement(atelier):
    toml = atelier.toml.replace('["62"]', "[]")
    lu = atelier.read({"jeu.toml": toml})
    assert lu.frames.jeu.departements == ()
    assert lu.at("jeu.toml") == []


@pytest.mark.parametrize(
    ("avant", "apres", "colonne", "ligne"),
    [
        ("cog = 2024", 'cog = "vingt"', "cog", 4),
        ("fictif = true", 'fictif = "oui"', "fictif", 6),
        ('departements = ["62"]', 'departements = "62"', "departements", 3),
        ('departements = ["62"]', 'departements = ["Pas-de-Calais"]', "departements", 3),
        ('demarche = "deux_echelons"', 'demarche = "trois"', "demarche", 5),
        ("date_reference = 2026-11-01", "date_reference = 12", "date_reference", 7),
        ("duree_ctg_annees = 5", 'duree_ctg_annees = "cinq"', "duree_ctg_annees", 10),
        ("duree_ctg_annees = 5", "duree_ctg_annees = 0", "duree_ctg_annees", 10),
        ("duree_ctg_annees = 5", "acces_km = []", "acces_km", 10),
        ("duree_ctg_annees = 5", "echeances_mois = [0, 6]", "echeances_mois", 10),
        ("duree_ctg_annees = 5", "acces_km = 5", "acces_km", 10),
        ("duree_ctg_annees = 5", "detour_route = nan", "detour_route", 10),
        ("duree_ctg_annees = 5", "secret_seuil = true", "secret_seuil", 10),
    ],
)
def test_a_wrong_value_is_an_error_with_its_line(atelier, avant, apres, colonne, ligne):
    lu = atelier.read({"jeu.toml": atelier.toml.replace(avant, apres)}, sources=False)
    constat = lu.one("jeu.toml")
    assert (constat.colonne, constat.ligne, constat.gravite) == (colonne, ligne, Gravite.ERREUR)
    assert constat.remede


@pytest.mark.parametrize("cle", ["nom", "departements", "cog"])
def test_a_missing_key_is_an_error(atelier, cle):
    toml = "\n".join(ligne for ligne in atelier.toml.splitlines() if not ligne.startswith(f"{cle} ="))
    constat = atelier.read({"jeu.toml": toml}).one("jeu.toml")
    assert (constat.colonne, constat.gravite) == (cle, Gravite.ERREUR)


def test_an_unknown_key_is_a_warning(atelier):
    lu = atelier.read({"jeu.toml": atelier.toml + "couleur = 3\n"})
    constat = lu.one("jeu.toml")
    assert (constat.colonne, constat.gravite) == ("couleur", Gravite.AVERTISSEMENT)


@pytest.mark.parametrize(
    "toml", ["[jeu\nnom=", "nom = Caf", "jeu = 3\nparametres = [1]\nsources = 4\n", "", "sources = [1, 2]"]
)
def test_a_malformed_file_never_crashes(atelier, toml):
    lecture = examine(atelier.write({"jeu.toml": toml}))
    assert any(c.fichier == "jeu.toml" and c.gravite is Gravite.ERREUR for c in lecture.constats)


def test_a_syntax_error_names_its_line(atelier):
    lecture = examine(atelier.write({"jeu.toml": '[jeu]\nnom = "Caf"\ncog = 20 24\n'}))
    constat = next(c for c in lecture.constats if c.fichier == "jeu.toml")
    assert constat.ligne == 3
    assert lecture.code_sortie == 2


def test_cp1252_settings_are_read(atelier):
    toml = atelier.toml.replace("Caf d'essai", "Caf de l'Hérault")
    lu = atelier.read({"jeu.toml": toml.encode("cp1252")})
    assert lu.frames.jeu.nom == "Caf de l'Hérault"


def test_without_settings_the_rest_is_checked_all_the_same(atelier):
    dossier = atelier.write({"jeu.toml": None, "services.csv": "id;code_commune\nS1;\n"})
    lecture = examine(dossier)
    assert lecture.frames is None
    assert lecture.code_sortie == 2
    assert {c.fichier for c in lecture.constats if c.gravite is Gravite.ERREUR} == {"jeu.toml", "services.csv"}
    with pytest.raises(JeuIllisibleError, match="jeu.toml manque") as faute:
        read(dossier)
    assert faute.value.constats == lecture.constats
    assert faute.value.code_sortie == 2


def test_a_shown_file_without_source_is_a_warning(atelier):
    lu = atelier.read(sources=False)
    assert {c.fichier for c in lu.constats} == {"communes.geojson", *atelier.tables}
    assert {c.gravite for c in lu.constats} == {Gravite.AVERTISSEMENT}


def test_a_source_without_its_producer_is_a_warning(atelier):
    lu = atelier.read({"jeu.toml": atelier.toml + '[[sources]]\nfichier = "ctg.csv"\ntitre = "t"\n'})
    assert [c.colonne for c in lu.at("jeu.toml")] == ["producteur"]
    assert lu.frames.jeu.sources[0].titre == "t"


@pytest.mark.parametrize("dossier", ["absent", "fichier"])
def test_no_folder_is_unreadable(tmp_path, dossier):
    (tmp_path / "fichier").write_text("x")
    lecture = examine(tmp_path / dossier)
    assert lecture.code_sortie == 2
    assert lecture.constats[0].message.startswith("Le dossier n'existe pas")


def test_an_empty_folder_is_unreadable_and_says_both_things(tmp_path):
    lecture = examine(tmp_path)
    assert lecture.code_sortie == 2
    assert {c.fichier for c in lecture.constats} == {"jeu.toml", "communes.geojson"}
