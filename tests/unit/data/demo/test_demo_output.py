"""The committed demonstration: what the generator writes, clean, with something to show on every screen."""

import csv
from collections import Counter, defaultdict
from datetime import date

import pytest

from data import jeu
from data.demo import definitions
from data.demo.tables import typography
from data.demo.writing import make
from data.measures import agreements, anomalies, coverage
from data.measures.scope import Portee
from data.model import CHAMPS, TOUS_CHAMPS, FiltreEchelon
from data.tables import PAR_NOM, TABLES

JOUR = date(2026, 11, 1)


@pytest.fixture(scope="module")
def tables(jeu_demo):
    lues = {}
    for table in TABLES:
        chemin = jeu_demo / f"{table.nom.replace('_', '-')}.csv"
        if chemin.exists():
            with chemin.open(encoding="utf-8-sig", newline="") as fichier:
                lues[table.nom] = list(csv.DictReader(fichier, delimiter=";"))
    return lues


def test_the_generator_writes_the_committed_bytes(jeu_demo, tmp_path):
    make(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in jeu_demo.iterdir())
    differents = [p.name for p in sorted(tmp_path.iterdir()) if p.read_bytes() != (jeu_demo / p.name).read_bytes()]
    assert differents == []


def test_it_stays_small(jeu_demo):
    tailles = {p.name: p.stat().st_size for p in jeu_demo.iterdir()}
    assert tailles["communes.geojson"] <= 600_000
    assert sum(tailles.values()) <= 2_000_000


def test_the_reader_tells_the_one_diagnosis_that_is_missing(jeu_demo):
    frames, constats = jeu.read(jeu_demo)
    ((fichier, ligne, colonne),) = [(c.fichier, c.ligne, c.colonne) for c in constats]
    assert (fichier, colonne) == ("ctg.csv", "date_diagnostic")
    assert (jeu_demo / fichier).read_text("utf-8-sig").splitlines()[ligne - 1].startswith("CTG-96-C96067-1;")
    assert frames.jeu.fictif
    assert frames.jeu.date_reference == JOUR


def test_every_table_of_the_formats_is_there(tables):
    assert set(tables) == set(PAR_NOM) - {"champs"}
    assert [nom for nom, lignes in tables.items() if tuple(lignes[0]) != PAR_NOM[nom].noms] == []


def test_every_known_word_of_a_column_occurs(tables):
    absents = {}
    for nom, lignes in tables.items():
        for colonne in PAR_NOM[nom].colonnes:
            if colonne.valeurs:
                vus = {v for ligne in lignes for v in ligne[colonne.nom].split("|")}
                absents[nom, colonne.nom] = set(map(str, colonne.valeurs)) - vus
    assert {cle: mots for cle, mots in absents.items() if mots} == {
        ("ctg_signataires", "type"): {"ept"},  # exists around Paris only
        ("interventions", "type_acteur"): {"ept", "syndicat"},
        ("actions", "maille"): {"qpv"},
        ("interventions", "maille"): {"qpv"},
        ("conventions", "maille"): {"departement", "qpv"},
        ("schemas", "maille"): {"commune", "qpv"},
        ("territoires_prioritaires", "maille"): {"departement"},
    }


def test_every_status_occurs_on_the_reference_day(frames_demo):
    statuts = Counter(agreements.status(frames_demo, JOUR)["statut"])
    assert set(statuts) == {"en_vigueur", "a_renouveler", "a_venir", "en_preparation", "echue", "non_engagee"}
    carte = coverage.compute(frames_demo, JOUR, FiltreEchelon.LOCAL, TOUS_CHAMPS).statuts.value_counts()
    assert set(carte.index) == {"en_vigueur", "a_renouveler", "en_preparation", "echue", "non_engagee"}
    assert carte.min() >= 10


def test_coverage_grows_over_twelve_years_and_is_not_complete(frames_demo):
    def taux(annee):
        couverture = coverage.compute(frames_demo, date(annee, 11, 1), FiltreEchelon.LOCAL, TOUS_CHAMPS)
        return couverture.population.taux_pct

    courbe = [taux(annee) for annee in (2014, 2016, 2018, 2020, 2022, 2024, 2026)]
    assert courbe[0] == 0
    assert courbe[:6] == sorted(courbe[:6])
    assert 75 < courbe[-1] < 90


def test_every_field_covers_someone_and_has_services(frames_demo, tables):
    for champ in CHAMPS:
        couverture = coverage.compute(frames_demo, JOUR, FiltreEchelon.LOCAL, champ.id)
        assert couverture.population.numerateur > 0, champ.id
    services = Counter(c for ligne in tables["services"] for c in ligne["champ"].split("|"))
    assert set(services) == {champ.id for champ in CHAMPS}
    assert min(services.values()) >= 15


def test_agreements_overlap_and_renew(tables):
    chaines = {c["id_ctg"]: c["id_ctg_precedente"] for c in tables["ctg"]}
    assert any(chaines.get(precedente) for precedente in chaines.values() if precedente), "three in a row"
    assert sum(c["echelon"] == "departemental" for c in tables["ctg"]) == 2
    locales = {c["id_ctg"] for c in tables["ctg"] if c["echelon"] != "departemental"}
    par_commune = Counter(c["code_commune"] for c in tables["ctg_communes"] if c["id_ctg"] in locales)
    assert max(par_commune.values()) >= 5
    annees = {c["date_signature"][:4] for c in tables["ctg"] if c["date_signature"]}
    assert (min(annees), max(annees)) == ("2014", "2026")


def test_no_two_agreements_of_one_echelon_overlap_on_a_commune(frames_demo):
    statuts = agreements.status(frames_demo, JOUR).query("signee").set_index("id_ctg")
    periodes = defaultdict(list)
    for ligne in frames_demo["ctg_communes"].itertuples():
        if ligne.id_ctg in statuts.index:
            c = statuts.loc[ligne.id_ctg]
            periodes[ligne.code_commune, c.echelon].append((c.date_debut, c.date_fin))
    for cle, dates in periodes.items():
        dates.sort()
        assert all(fin < debut for (_, fin), (debut, _) in zip(dates, dates[1:], strict=False)), cle


def test_dates_follow_one_another(tables):
    for c in tables["ctg"]:
        suite = [c[d] for d in ("date_diagnostic", "date_signature") if c[d]]
        assert suite == sorted(suite), c["id_ctg"]
    sans = {c["id_ctg"] for c in tables["ctg"] if c["date_signature"] and not c["date_diagnostic"]}
    assert sans == {"CTG-96-C96067-1"}, "signed without diagnosis"
    for s in tables["ctg_signataires"]:
        assert s["date_deliberation"] < next(c["date_signature"] for c in tables["ctg"] if c["id_ctg"] == s["id_ctg"])
    for nom in ("actions", "conventions", "interventions", "schemas"):
        assert all(ligne["date_debut"] <= (ligne["date_fin"] or "9999") for ligne in tables[nom]), nom


def test_each_alert_of_the_letter_has_one_case_to_lead_from(frames_demo):
    trouvees = anomalies.of_entries(frames_demo, Portee(JOUR, FiltreEchelon.TOUS))
    assert [(a.nature.value, a.id_ctg, a.autre) for a in trouvees] == [
        ("renouvelee_sans_evaluation", "CTG-96-E079-2", "CTG-96-E079-1"),
        ("signee_sans_diagnostic", "CTG-96-C96067-1", ""),
    ]


def test_every_known_indicator_and_every_blank(tables):
    attendus = {d[0] for d in definitions.DEFINITIONS}
    assert len(attendus) == 20
    annees = defaultdict(set)
    for ligne in tables["indicateurs"]:
        annees[ligne["indicateur"]].add(ligne["annee"])
    assert set(annees) == attendus
    assert min(map(len, annees.values())) >= 3
    assert {ligne["maille"] for ligne in tables["indicateurs"]} == {"commune", "epci", "departement", "qpv"}
    blancs = Counter(ligne["statut"] for ligne in tables["indicateurs"])
    assert set(blancs) == {"", "secret", "non_publie", "manquant"}
    assert all((ligne["valeur"] == "") == (ligne["statut"] != "") for ligne in tables["indicateurs"])
    assert any(ligne["valeur"] == "0" for ligne in tables["indicateurs"] if ligne["indicateur"] == "enfants_0_2")


def test_rates_tell_the_same_as_their_counts(tables):
    valeurs = {
        (ligne["code_territoire"], ligne["indicateur"]): float(ligne["valeur"].replace(",", "."))
        for ligne in tables["indicateurs"]
        if ligne["annee"] == "2023" and ligne["valeur"]
    }
    taux = [(code, v) for (code, i), v in valeurs.items() if i == "taux_couverture_petite_enfance" and len(code) == 5]
    assert len(taux) >= 4
    for code, v in taux:
        assert v == pytest.approx(100 * valeurs[code, "places_petite_enfance"] / valeurs[code, "enfants_0_2"], abs=0.06)


def test_priorities_agree_with_the_indicators(tables):
    seuils = {
        "taux_couverture_petite_enfance": 54,
        "potentiel_financier_hab": 978,
        "revenu_net_moyen_foyer_fiscal": 21_197,
    }
    publies = {
        (ligne["code_territoire"], ligne["indicateur"]): float(ligne["valeur"].replace(",", "."))
        for ligne in tables["indicateurs"]
        if ligne["maille"] == "epci" and ligne["annee"] == "2019"
    }
    rangs = set()
    for ligne in tables["territoires_prioritaires"]:
        if ligne["definition"] == "fonds_reequilibrage":
            remplis = [i for i, seuil in seuils.items() if publies[ligne["code_territoire"], i] < seuil]
            assert ligne["criteres"].split("|") == remplis
            assert int(ligne["rang"]) == len(remplis)
            rangs.add(len(remplis))
    assert rangs == {1, 2, 3}
    assert len({ligne["definition"] for ligne in tables["territoires_prioritaires"]}) == 5


def test_places_and_services_have_a_life(tables):
    etats = defaultdict(set)
    for ligne in tables["points_acces"]:
        etats[ligne["type"]].add(ligne["etat"])
    assert etats["borne_visio"] == {"ouvert", "projet", "candidat", "ferme"}
    points = {ligne["id"] for ligne in tables["points_acces"]}
    assert {ligne["id_point"] for ligne in tables["frequentation"]} <= points
    assert any(ligne["visites"] == "0" for ligne in tables["frequentation"])
    fermetures = [ligne["date_fermeture"] for ligne in tables["services"] if ligne["date_fermeture"]]
    assert min(fermetures) < str(JOUR) < max(fermetures)
    assert any(ligne["date_ouverture"] > str(JOUR) for ligne in tables["services"])
    assert any(ligne["capacite"] for ligne in tables["services"])


def test_some_means_overlap(tables):
    portails = [ligne for ligne in tables["interventions"] if ligne["service"] == "portail_information_familles"]
    assert len({ligne["acteur"] for ligne in portails}) >= 4
    coordinations = defaultdict(list)
    for ligne in tables["conventions"]:
        if ligne["fonction"] == "coordination":
            coordinations[ligne["code_territoire"]].append((ligne["date_debut"], ligne["date_fin"]))
    assert any(
        debut <= fin_avant for dates in coordinations.values()
        for (_, fin_avant), (debut, _) in zip(sorted(dates), sorted(dates)[1:], strict=False)
    )  # fmt: skip


def test_the_trajectory_is_the_documented_one(tables):
    cibles = {ligne["annee"]: ligne["cible_population_pct"] for ligne in tables["trajectoire"]}
    assert cibles == {"2018": "20", "2019": "35", "2020": "55", "2021": "75", "2022": "85"}


def test_typography():
    assert typography("1 000 ménages ; 60 %") == "1\u202f000 ménages\u202f; 60\u202f%"
    assert typography("6 rue des 9 Moulins") == "6 rue des 9 Moulins"
