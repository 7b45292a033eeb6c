import json

from data.findings import Constat, Gravite, count_errors, report, text


def constat(ligne, gravite=Gravite.AVERTISSEMENT, valeur="9275", fichier="services.csv"):
    return Constat(fichier, ligne, "code_commune", valeur, gravite, f"Le code {valeur} est abîmé.", "Écrivez 09275.")


def test_the_report_is_the_json_of_the_contract():
    constats = (constat(12), constat(None, Gravite.ERREUR))
    dit = json.loads(json.dumps(report("Caf", constats)))
    assert dit == {
        "jeu": "Caf",
        "erreurs": 1,
        "avertissements": 1,
        "constats": [
            {
                "fichier": "services.csv",
                "ligne": ligne,
                "colonne": "code_commune",
                "valeur": "9275",
                "gravite": gravite,
                "message": "Le code 9275 est abîmé.",
                "remede": "Écrivez 09275.",
            }
            for ligne, gravite in ((12, "avertissement"), (None, "erreur"))
        ],
    }
    assert count_errors(constats) == 1


def test_the_text_says_the_verdict_then_every_place():
    lignes = text("Caf", (constat(12), constat(3, Gravite.ERREUR))).splitlines()
    assert lignes[0] == "Caf\u202f: 1 erreur, 1 avertissement. Le jeu est refusé."
    assert "ligne 3, colonne code_commune" in lignes[1]
    assert lignes[1].startswith("ERREUR")
    assert "ligne 12" in lignes[2]
    assert lignes[2].endswith("Le code 9275 est abîmé. Écrivez 09275.")


def test_a_clean_dataset_is_said_in_one_line():
    assert text("Caf", ()) == "Caf\u202f: aucun problème."
    assert "aucune erreur, 2 avertissements. Le jeu est accepté." in text("Caf", (constat(1), constat(2)))


def test_beyond_twenty_of_one_kind_only_the_lines_are_named():
    constats = tuple(constat(ligne, valeur=str(1000 + ligne)) for ligne in [*range(2, 30), 41])
    lignes = text("Caf", constats).splitlines()
    assert len(lignes) == 1 + 20 + 1
    assert lignes[-1].strip() == "De même 9 fois encore, lignes 22-29, 41."
