import csv
import json
import zipfile
from pathlib import Path

import pytest

from data import jeu
from data.errors import SourceError
from data.preparation import Preparation, prepare
from data.preparation.account import Compte


def table(made: Preparation, fichier: str) -> list[dict[str, str]]:
    with (made.sortie / fichier).open(encoding="utf-8", newline="") as flux:
        return list(csv.DictReader(flux, delimiter=";"))


def communes(made: Preparation) -> dict[str, dict[str, object]]:
    contenu = json.loads((made.sortie / "communes.geojson").read_text(encoding="utf-8"))
    return {f["properties"]["code"]: f["properties"] | {"trace": f["geometry"]} for f in contenu["features"]}


def values(made: Preparation, indicateur: str) -> dict[str, tuple[str, str]]:
    return {
        r["code_territoire"]: (r["valeur"], r["statut"])
        for r in table(made, "indicateurs.csv")
        if r["indicateur"] == indicateur
    }


def account(made: Preparation, fichier: str, mesure: str) -> Compte:
    return next(c for c in made.comptes if c.fichier == fichier and c.mesure == mesure)


def test_a_departement_stands_on_the_map_of_the_year_asked(build):
    made = build("62")
    lues = communes(made)
    assert set(lues) == {"62001", "62002", "62010", "62020"}
    assert lues["62002"]["nom"] == "Bailleul-Neuve"
    assert lues["62002"]["population"] == 101 + 102, "the two parts of the merged commune add up"
    xs = [x for ring in lues["62002"]["trace"]["coordinates"] for x, _ in ring]
    assert (min(xs), max(xs)) == (2.1, 2.3), "the outline is that of both parts"
    frames, constats = jeu.read(made.sortie)
    assert [c for c in constats if c.gravite.value == "erreur"] == []
    assert (frames.jeu.cog, frames.jeu.departements) == (2026, ("62",))


def test_the_population_account_balances_to_the_inhabitant(build):
    compte = account(build("62"), "donnees_communes.csv", "population_municipale 2021")
    assert (compte.lu, compte.place) == (sum(range(100, 109)), 100 + 101 + 102 + 103 + 104)
    assert [(e.motif, e.lignes, e.total) for e in compte.ecarts] == [
        ("hors du territoire demandé", 4, 105.0 + 106 + 107 + 108)
    ]


def test_an_epci_across_two_departements_an_island_and_grand_paris(build):
    made = build("62", "29", "92")
    lues = communes(made)
    assert len(lues) == 6, "every commune once"
    assert lues["62010"]["code_epci"] == "200000003"
    assert lues["29155"]["code_epci"] == ""
    assert lues["92075"]["code_epci"] == "200054781"
    assert any("1 Epci débordent" in c and "200000003" in c for c in made.choix)
    assert any("communes sans Epci (29155)" in c for c in made.choix)
    assert [r["code_epci"] for r in table(made, "epci.csv")] == ["200000001", "200000003", "200054781"]


def test_a_merger_across_epci_keeps_that_of_the_chef_lieu_and_says_so(build):
    made = build("62")
    assert communes(made)["62002"]["code_epci"] == "200000001"
    compte = account(made, "appartenance.csv", "composition des Epci")
    assert {e.motif: e.lignes for e in compte.ecarts} == {
        "hors du territoire demandé": 4,
        "rattachée à une commune dont l'Epci l'emporte (fusion ou arrondissement)": 1,
    }


def test_the_whole_of_france(build):
    made = build()
    assert (made.nom, made.communes, len(communes(made))) == ("France entière", 8, 8)


def test_a_sum_with_a_secret_part_is_not_a_number(build, sources: Path):
    (sources / "imaje.csv").write_text(
        "commune;indicateur;annee;valeur\n"
        "62001;foyers_allocataires;2023;0\n62002;foyers_allocataires;2023;12\n62003;foyers_allocataires;2023;s\n"
        "62010;foyers_allocataires;2023;np\n62020;foyers_allocataires;2023;nd\n"
    )
    made = build("62", cog_de={"imaje.csv": 2023})
    assert values(made, "foyers_allocataires") == {
        "62001": ("0", ""),
        "62002": ("", "secret"),
        "62010": ("", "non_publie"),
        "62020": ("", "manquant"),
    }
    compte = account(made, "imaje.csv", "foyers_allocataires 2023")
    assert (compte.lu, compte.place, compte.ecarts[0].total) == (12.0, 0.0, 12.0)
    assert "secrète" in compte.ecarts[0].motif


def test_a_rate_of_merged_communes_is_dropped_and_said(build, sources: Path):
    (sources / "taux.csv").write_text(
        "commune;indicateur;annee;valeur\n"
        + "".join(f"{c};taux_pauvrete;2021;{v}\n" for c, v in (("62001", 10), ("62002", 20), ("62003", 30)))
    )
    made = build("62", cog_de={"taux.csv": 2021})
    assert values(made, "taux_pauvrete") == {"62001": ("10", ""), "62002": ("", "non_publie")}
    assert "non agrégeable" in account(made, "taux.csv", "taux_pauvrete 2021").ecarts[0].motif


def test_two_vintages_of_one_thing_are_kept_as_years_and_the_choice_is_said(build, sources: Path):
    lignes = "".join(f"32;R;62;1;1;{c[2:]};{c};N;{n};1;1\n" for c, n in (("62001", 500), ("62002", 900), ("62010", 7)))
    (sources / "plus_recent_2025.csv").write_text(
        "REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT\n" + lignes
    )
    made = build("62", cog_de={"plus_recent_2025.csv": 2025})
    annees = sorted(
        (r["annee"], r["valeur"]) for r in table(made, "indicateurs.csv") if r["code_territoire"] == "62001"
    )
    assert annees == [("2021", "100"), ("2023", "500")]
    assert communes(made)["62001"]["population"] == 500
    assert any(c.startswith("population_municipale\u202f: 2 années gardées") for c in made.choix)


def test_an_extract_of_a_file_takes_nothing_from_the_whole(build, sources: Path):
    entier = (sources / "donnees_communes.csv").read_text().splitlines()
    (sources / "a_extrait.csv").write_text("\n".join(entier[:3]) + "\n")
    made = build("62", cog_de={"a_extrait.csv": 2023})
    compte = account(made, "a_extrait.csv", "population_municipale 2021")
    assert (compte.lu, compte.place) == (201.0, 0.0)
    assert {e.motif: e.total for e in compte.ecarts} == {
        "déjà donné par donnees_communes.csv": 100.0,
        "une des communes fusionnées manque au tableau": 101.0,
    }


def test_places_without_a_code_stand_where_they_are(build, sources: Path):
    (sources / "points.csv").write_text(
        "TYPEQU,LONGITUDE,LATITUDE\nD502,2.05,50.05\nD502,2.25,50.05\nD502,2.55,50.05\nD502,9,9\nB203,2.05,50.05\nleisure,2,50\n"
    )
    made = build("62")
    assert [(r["type_service"], r["code_commune"]) for r in table(made, "services.csv")] == [
        ("eaje", "62001"),
        ("eaje", "62002"),
    ]
    compte = account(made, "points.csv", "services")
    assert (compte.lu, compte.place, compte.unite) == (6.0, 2.0, "équipements")
    assert {e.motif: e.lignes for e in compte.ecarts} == {
        "équipement hors des champs thématiques": 1,
        "type qui n'est pas de la BPE": 1,
        "position hors des contours du territoire demandé": 2,
    }


FS = '"id_fs","lib_fs","adresse","insee_com","latitude","longitude","type_fs","format_fs","labellisation_fs","mail"\n'


def test_france_services_of_the_bpe_are_the_same_places_as_the_list(build, sources: Path):
    (sources / "fs.csv").write_text(
        FS + '"7","FS Arras","1 rue","62003",50.05,2.25,"Principal","Fixe","Espace labellisé 01/01/2024","x@y.fr"\n'
    )
    (sources / "bpe.csv").write_text("AN;DEPCOM;TYPEQU;TYPE\n2024;62001;A128;LF\n2024;62001;D502;LF\n")
    made = build("62")
    assert [(r["id"], r["code_commune"]) for r in table(made, "services.csv")] == [
        ("FS-7", "62002"),
        ("BPE24-62001-D502-1", "62001"),
    ]
    assert [r["id"] for r in table(made, "points-acces.csv")] == ["PA-FS-7"]
    assert account(made, "bpe.csv", "services").ecarts[0].motif.startswith("même lieu que la liste France services")
    assert "x@y.fr" not in "".join(p.read_text(encoding="utf-8") for p in made.sortie.iterdir())


def test_the_newest_of_two_lists_of_places_is_taken(build, sources: Path):
    for an in (2023, 2024):
        (sources / f"bpe-{an}.csv").write_text(
            "AN;DEPCOM;TYPEQU;TYPE\n"
            + f"{an};62001;D502;LF\n{an};62001;D504;LF\n"
            + f"{an};62010;D502;LF\n" * (an - 2022)
        )
    made = build("62")
    assert {r["source"] for r in table(made, "services.csv")} == {"Insee, BPE 2024"}
    assert "Services\u202f: bpe-2024.csv (2024, plus récent que 2023) plutôt que bpe-2023.csv" in made.choix
    assert account(made, "bpe-2023.csv", "services").place == 0


def test_the_map_of_a_file_is_guessed_said_with_its_rivals_and_overridden(build):
    lu = next(le for le in build("62").lectures if le.nom == "donnees_communes.csv")
    assert lu.cog is not None
    assert lu.cog < 2024, "62003 is in it"
    assert lu.origine.startswith("déduite des codes")
    assert lu.rivaux
    impose = build("62", sortie="autre", cog_de={"donnees_communes.csv": 2021})
    lu = next(le for le in impose.lectures if le.nom == "donnees_communes.csv")
    assert (lu.cog, lu.annee, lu.origine) == (2021, 2019, "imposée par --cog-de")


def test_archives_are_looked_into(build, sources: Path):
    with zipfile.ZipFile(sources / "ensemble.zip", "w") as archive:
        archive.write(sources / "donnees_communes.csv", "dossier/donnees_communes.csv")
        archive.writestr("../../echappe.txt", "rien")
    (sources / "donnees_communes.csv").unlink()
    (sources / "abimee.zip").write_bytes(b"PK\x03\x04abime")
    made = build("62")
    assert communes(made)["62001"]["population"] == 100
    assert any(f.nom == "ensemble.zip/dossier/donnees_communes.csv" and f.format for f in made.fichiers)
    assert not list(sources.parent.rglob("echappe.txt"))


def test_a_dataset_in_the_folder_is_left_aside(build, sources: Path):
    (sources / "jeu-ancien").mkdir()
    (sources / "jeu-ancien" / "jeu.toml").write_text("[jeu]\n")
    (sources / "jeu-ancien" / "communes.geojson").write_text("{}")
    made = build("62")
    assert {f.motif for f in made.fichiers if f.nom.startswith("jeu-ancien")} == {
        "jeu de données déjà préparé (jeu.toml)\u202f: laissé de côté"
    }


def test_sources_years_licences_and_hashes_are_kept(build):
    made = build("62")
    journal = json.loads((made.sortie / "preparation.json").read_text(encoding="utf-8"))
    populations = next(f for f in journal["fichiers"] if f["fichier"] == "donnees_communes.csv")
    assert populations["licence"] == "Licence Ouverte 2.0"
    assert len(populations["sha256"]) == 64
    assert populations["lectures"][0]["annee"] == 2021
    assert journal["equilibre"] is True
    frames, _ = jeu.read(made.sortie)
    assert {s.fichier for s in frames.jeu.sources} == {"communes.geojson", "epci.csv", "indicateurs.csv"}
    assert not frames.has("ctg")
    assert any("Aucune donnée publique ne liste les Ctg" in m for m in made.manques)


def test_the_account_is_french_text(build):
    texte = "\n".join(build("62").phrases())
    assert "Comptes (lu = placé + non placé)" in texte
    assert "donnees_communes.csv, population_municipale 2021 (unités)\u202f: 936 = 510 + 426" in texte
    assert "ÉCART" not in texte


@pytest.mark.parametrize(
    ("enlever", "phrase"),
    [("v_mvt_commune_2026.csv", "fichier des mouvements"), ("v_commune_2026.csv", "liste des communes")],
)
def test_a_missing_file_is_one_sentence(sources: Path, tmp_path: Path, enlever, phrase):
    (sources / enlever).unlink()
    with pytest.raises(SourceError, match=phrase):
        prepare(["62"], 2026, sources, tmp_path / "jeu")
    assert not (tmp_path / "jeu").exists()


@pytest.mark.parametrize(
    ("departement", "cog", "phrase"), [("99", 2026, "aucune commune"), ("62", 2031, "qui vont de 1990 à 2026")]
)
def test_an_impossible_request_is_one_sentence(sources: Path, tmp_path: Path, departement, cog, phrase):
    with pytest.raises(SourceError, match=phrase):
        prepare([departement], cog, sources, tmp_path / "jeu")


def test_an_unknown_file_in_cog_de_is_said(sources: Path, tmp_path: Path):
    with pytest.raises(SourceError, match="ne s'appelle"):
        prepare(["62"], 2026, sources, tmp_path / "jeu", {"absent.csv": 2020})


def test_a_folder_that_is_not_a_preparation_is_never_touched(sources: Path, tmp_path: Path):
    (tmp_path / "jeu").mkdir()
    (tmp_path / "jeu" / "these.txt").write_text("trois ans de travail")
    with pytest.raises(SourceError, match="choisissez une autre sortie"):
        prepare(["62"], 2026, sources, tmp_path / "jeu")
    assert (tmp_path / "jeu" / "these.txt").read_text() == "trois ans de travail"


def test_preparing_again_keeps_the_tables_of_the_caf(build):
    made = build("62")
    (made.sortie / "ctg.csv").write_text("id_ctg;nom;echelon;statut\n")
    again = build("62", "80")
    assert (again.sortie / "ctg.csv").read_text() == "id_ctg;nom;echelon;statut\n"
    assert len(communes(again)) == 6
    (again.sortie / "epci.csv").write_text("code_epci;nom;nature\n")
    with pytest.raises(SourceError, match="modifiés depuis"):
        build("62")


@pytest.mark.parametrize("etape", ["Reconnaissance", "Lecture", "Contours", "Tables", "Écriture"])
def test_stopping_leaves_nothing_half_written(build, tmp_path: Path, etape):
    def stop(nom: str, _fait: int, _total: int) -> None:
        if nom == etape:
            raise KeyboardInterrupt

    build("62")
    avant = {p.name: p.read_bytes() for p in (tmp_path / "jeu").iterdir()}
    with pytest.raises(KeyboardInterrupt):
        build("62", "80", progress=stop, sortie="neuf")
    assert not (tmp_path / "neuf").exists()
    with pytest.raises(KeyboardInterrupt):
        build("62", "80", progress=lambda *a: stop(*a) if a[1] != a[2] or a[0] != "Écriture" else None)
    assert {p.name: p.read_bytes() for p in (tmp_path / "jeu").iterdir()} == avant
    assert sorted(p.name for p in tmp_path.iterdir()) == ["jeu", "sources"]


def test_two_runs_give_the_same_bytes(build):
    un, deux = build("62", sortie="un"), build("62", sortie="deux")
    for chemin in un.sortie.iterdir():
        assert chemin.read_bytes() == (deux.sortie / chemin.name).read_bytes(), chemin.name


def test_without_any_population_that_of_the_outlines_serves_but_not_for_a_merged_commune(build, sources: Path):
    (sources / "donnees_communes.csv").unlink()
    contours = json.loads((sources / "contours.geojson").read_text())
    for n, feature in enumerate(contours["features"]):
        feature["properties"]["population"] = 50 + n
    (sources / "contours.geojson").write_text(json.dumps(contours))
    lues = communes(build("62"))
    assert {c: p["population"] for c, p in lues.items()} == {"62001": 50, "62002": None, "62010": 53, "62020": 54}


def test_a_typology_is_read_and_its_absence_from_the_dataset_is_said(build, sources: Path):
    (sources / "ruralite.csv").write_text("insee_com,lib_com,niveau_ruralite\n62001,A,Les ruralités touristiques\n")
    compte = account(build("62"), "ruralite.csv", "typologie des communes")
    assert (compte.lu, compte.place, compte.ecarts[0].motif) == (
        1.0, 0.0, "noms de catégories\u202f: aucune table du jeu ne les reçoit"
    )  # fmt: skip


def test_the_most_detailed_outlines_are_taken_and_the_others_are_not_even_read(build, trace, sources: Path):
    (sources / "fins.geojson").write_text(trace(["62001", "62002", "62003", "62010", "62020"], fin=True))
    (sources / "ailleurs.geojson").write_text(trace(["80001", "80002"]))
    made = build("62")
    assert account(made, "fins.geojson", "contours").place == 5
    grossiers, ailleurs = account(made, "contours.geojson", "contours"), account(made, "ailleurs.geojson", "contours")
    assert (grossiers.lu, grossiers.ecarts[0].motif.split("\u202f")[0]) == (9, "non lus")
    assert (ailleurs.lu, ailleurs.ecarts[0].motif) == (2, "hors du territoire demandé")
    assert len(communes(made)["62001"]["trace"]["coordinates"][0]) > 30


def test_detailed_outlines_of_a_part_of_a_departement_make_no_patchwork(build, trace, sources: Path):
    (sources / "fins.geojson").write_text(trace(["62001", "62002", "62003", "62010"], fin=True))
    made = build("62")
    assert account(made, "fins.geojson", "contours").place == 0
    assert account(made, "contours.geojson", "contours").place == 5
    assert len(communes(made)["62001"]["trace"]["coordinates"][0]) == 5


def test_a_commune_that_no_file_outlines_is_in_the_tables_all_the_same(build, trace, sources: Path):
    (sources / "contours.geojson").write_text(trace(["62001", "62002", "62003", "62010"]))
    made = build("62")
    assert communes(made)["62020"]["trace"] is None
    assert any(m.startswith("1 communes sans contour") for m in made.manques)
    _, constats = jeu.read(made.sortie)
    assert [c.gravite.value for c in constats] == ["avertissement"]
