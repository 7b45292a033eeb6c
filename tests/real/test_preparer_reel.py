"""Datasets prepared from the real files: figures checked by reading the producers' files apart."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from data import jeu
from data.preparation import Preparation, prepare

pytestmark = pytest.mark.real


def rows(chemin: Path, separateur: str = ",") -> list[dict[str, str]]:
    with chemin.open(encoding="utf-8-sig", newline="") as flux:
        return list(csv.DictReader(flux, delimiter=separateur))


def written(made: Preparation, fichier: str) -> list[dict[str, str]]:
    return rows(made.sortie / fichier, ";")


def total(lignes: Iterable[dict[str, str]], indicateur: str, annee: int) -> float:
    return sum(
        float(r["valeur"])
        for r in lignes
        if r["indicateur"] == indicateur and r["annee"] == str(annee) and r["maille"] == "commune" and r["valeur"]
    )


@pytest.fixture(scope="module")
def made_62(reel: Path, tmp_path_factory: pytest.TempPathFactory) -> Preparation:
    return prepare(["62"], 2026, reel, tmp_path_factory.mktemp("prep") / "mon-62")


def test_every_account_balances(made_62: Preparation):
    assert [c.mesure for c in made_62.comptes if not c.equilibre] == []
    assert len(made_62.comptes) > 50


def test_the_dataset_is_read_without_a_finding(made_62: Preparation):
    frames, constats = jeu.read(made_62.sortie)
    assert constats == ()
    assert frames.jeu.nom == "Caf du Pas-de-Calais"
    assert {s.fichier for s in frames.jeu.sources} >= {"communes.geojson", "services.csv", "indicateurs.csv"}
    assert all(s.producteur and s.licence and s.date_maj for s in frames.jeu.sources)


def test_every_commune_of_2026_is_there_once_under_its_official_name(made_62: Preparation, reel: Path):
    officielles = {
        r["COM"]: r["LIBELLE"]
        for r in rows(reel / "cog" / "communes-2026.csv")
        if r["TYPECOM"] == "COM" and r["DEP"] == "62"
    }
    communes = gpd.read_file(made_62.sortie / "communes.geojson")
    assert dict(zip(communes["code"], communes["nom"], strict=True)) == officielles
    assert communes.geometry.is_valid.all()


def test_the_inhabitants_are_those_of_the_producers(made_62: Preparation, reel: Path):
    lignes = written(made_62, "indicateurs.csv")
    populations = rows(reel / "populations" / "donnees_communes-2025.csv", ";")
    assert total(lignes, "population_municipale", 2023) == sum(int(r["PMUN"]) for r in populations if r["DEP"] == "62")
    anciennes = rows(reel / "populations" / "donnees_communes-2023.csv", ";")
    assert total(lignes, "population_municipale", 2020) == sum(int(r["PMUN"]) for r in anciennes if r["CODDEP"] == "62")
    enfants = rows(reel / "populations" / "population-0-14-rp2022-communes.csv")
    attendus = sum(float(r["pop_0_14_est"]) for r in enfants if r["dep"] == "62")
    assert total(lignes, "population_0_14", 2022) == pytest.approx(attendus)
    assert total(lignes, "enfants_0_2", 2022) == pytest.approx(attendus * 3 / 15)


def test_the_services_are_those_of_the_dataset_made_by_hand(made_62: Preparation, reel: Path):
    ours = pd.Series([r["type_service"] for r in written(made_62, "services.csv")]).value_counts()
    theirs = pd.Series([r["type_service"] for r in rows(reel / "jeu-62" / "services.csv", ";")]).value_counts()
    for genre in (
        "accueil_petite_enfance",
        "ecole_maternelle",
        "ecole_elementaire",
        "college",
        "chrs",
        "france_services",
    ):
        assert ours[genre] == theirs[genre], genre


def test_secret_figures_stay_secret(made_62: Preparation, reel: Path):
    filosofi = {r["CODGEO"]: r for r in rows(reel / "filosofi" / "cc_filosofi_2021_COM.csv", ";")}
    ecrits = {
        r["code_territoire"]: (r["valeur"], r["statut"])
        for r in written(made_62, "indicateurs.csv")
        if r["indicateur"] == "taux_pauvrete"
    }
    secrets = [c for c, r in filosofi.items() if c.startswith("62") and r["TP6021"] == "s" and c in ecrits]
    assert len(secrets) > 700
    assert {ecrits[c] for c in secrets} <= {("", "secret"), ("", "non_publie")}


def test_priority_territories_are_those_of_the_lists(made_62: Preparation, reel: Path):
    definitions = pd.Series([r["definition"] for r in written(made_62, "territoires-prioritaires.csv")]).value_counts()
    qpv = json.loads((reel / "qpv" / "qpv2024-communes.geojson").read_text(encoding="utf-8"))["features"]
    assert definitions["qpv_2024"] == sum(f["properties"]["insee_com"].startswith("62") for f in qpv)
    ngeo = [r for r in rows(reel / "zonages" / "ngeo-anct-cog2023.csv") if r["insee_com"].startswith("62")]
    assert definitions["pvd"] == sum(bool(r["id_pvd"]) for r in ngeo)
    assert definitions["acv"] == sum(bool(r["id_acv"]) for r in ngeo)
    assert definitions["zrr_2022"] > 200


def test_an_epci_across_two_departements_keeps_its_communes(made_62: Preparation):
    frames, _ = jeu.read(made_62.sortie)
    ternois = frames.communes[frames.communes["code_epci"] == "200069672"]
    assert len(ternois) > 90
    assert any("débordent du territoire" in c and "Ternois" in c for c in made_62.choix)


def test_islands_and_grand_paris_each_commune_once(reel: Path, tmp_path: Path):
    choisis = tmp_path / "sources"
    choisis.mkdir()
    for nom in ("cog/mouvements-2026.csv", "cog/communes-2026.csv", "contours/communes-cog2024-france.geojson",
                "epci/epcicom-2025.xlsx", "caf/caf_organismes.csv"):  # fmt: skip
        (choisis / Path(nom).name).symlink_to(reel / nom)
    made = prepare(["29", "93", "85"], 2026, choisis, tmp_path / "jeu")
    frames, constats = jeu.read(made.sortie)
    assert [c for c in constats if c.gravite.value == "erreur"] == []
    communes = frames.communes.set_index("code")
    assert communes.index.is_unique
    assert [communes.loc[c, "code_epci"] for c in ("29083", "29155", "85113")] == ["", "", ""]
    assert set(communes.loc[communes["code_departement"] == "93", "code_epci"]) == {"200054781"}
    assert "93059" not in communes.index, "Pierrefitte est dans Saint-Denis depuis 2025"
    assert made.equilibre


def test_places_known_by_their_position_only(reel: Path, tmp_path: Path):
    choisis = tmp_path / "sources"
    choisis.mkdir()
    for nom in ("cog/mouvements-2026.csv", "cog/communes-2026.csv", "contours/communes-cog2024-france.geojson",
                "bpe/bpe-gironde.csv", "mediation/gironde.json", "bpe/bpe2013-enfance-communes.csv"):  # fmt: skip
        (choisis / Path(nom).name).symlink_to(reel / nom)
    made = prepare(["33"], 2026, choisis, tmp_path / "jeu")
    assert made.equilibre
    services = written(made, "services.csv")
    crèches = [r for r in services if r["type_service"] == "eaje"]
    lus = sum(r["TYPEQU"] == "D502" for r in rows(reel / "bpe" / "bpe-gironde.csv"))
    assert 0.97 * lus <= len(crèches) <= lus
    assert not [r for r in services if r["source"] == "Insee, BPE 2013"], "la liste récente l'emporte"
    bordeaux = [r for r in services if r["nom"] == "Abracodabra"]
    assert [r["code_commune"] for r in bordeaux] == ["33063"]


def test_the_populations_as_insee_publishes_them_in_an_archive(reel: Path, tmp_path: Path):
    choisis = tmp_path / "sources"
    choisis.mkdir()
    for nom in ("cog/mouvements-2026.csv", "cog/communes-2026.csv", "contours/communes-2018-62.geojson"):
        (choisis / Path(nom).name).symlink_to(reel / nom)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as contenu:
        contenu.write(reel / "populations" / "donnees_communes-2025.csv", "donnees_communes.csv")
    (choisis / "ensemble.zip").write_bytes(archive.getvalue())
    made = prepare(["62"], 2026, choisis, tmp_path / "jeu")
    lu = next(le for le in made.lectures if le.nom.startswith("ensemble.zip"))
    assert (lu.cog, lu.annee, lu.annees_possibles) == (2025, 2023, None)


@pytest.mark.slow
def test_the_whole_of_france(reel: Path, tmp_path: Path):
    made = prepare([], 2026, reel, tmp_path / "france")
    assert made.equilibre
    assert made.communes == 34_875
    frames, constats = jeu.read(made.sortie)
    assert [c for c in constats if c.gravite.value == "erreur"] == []
    assert len(frames.communes) == 34_875
    lignes = written(made, "indicateurs.csv")
    attendus = sum(int(r["PMUN"]) for r in rows(reel / "populations" / "donnees_communes-2025.csv", ";"))
    assert total(lignes, "population_municipale", 2023) == attendus
