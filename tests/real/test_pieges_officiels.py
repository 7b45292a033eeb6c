"""One proof per trap of the official files: a file without a proof fails."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from data.preparation.perimeter import departements_of
from data.sources.reading import Format, Genre, Reading
from data.sources.registry import SOURCES
from data.sources.sample import Forme, Sample, take
from data.sources.tabular import load
from data.sources.values import commune_codes, numbers

REEL = Path(__file__).resolve().parents[2].parent / "shared" / "reel"
PIEGES = REEL / "pieges"
FICHIERS = sorted(PIEGES.iterdir()) if PIEGES.is_dir() else []
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FICHIERS, reason="les données réelles ne sont pas là"),
]

Preuve = Callable[[Sample], None]
PREUVES: dict[str, Preuve] = {}


def proof(stem: str) -> Callable[[Preuve], Preuve]:
    def register(function: Preuve) -> Preuve:
        PREUVES[stem] = function
        return function

    return register


def format_of(sample: Sample) -> Format:
    trouves = [f for f in SOURCES if f.recognise(sample)]
    assert [f.id for f in trouves] == [trouves[0].id], "un seul format doit se reconnaître"
    return trouves[0]


def readings(sample: Sample, format_id: str) -> dict[Genre, Reading]:
    format_ = format_of(sample)
    assert format_.id == format_id
    return {r.genre: r for r in format_.read(sample)}


def value(reading: Reading, code: str, indicateur: str) -> tuple[float, str]:
    table = reading.table
    ligne = table[(table["code_territoire"] == code) & (table["indicateur"] == indicateur)].iloc[0]
    return ligne["valeur"], ligne["statut"]


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda p: p.stem)
def test_piege(fichier: Path) -> None:
    assert fichier.stem in PREUVES, f"aucune preuve pour {fichier.name}"
    PREUVES[fichier.stem](take(fichier))


def test_every_proof_has_its_file() -> None:
    assert set(PREUVES) == {p.stem for p in FICHIERS}


@proof("bom-et-espace-en-tete-ruralite")
def _(sample: Sample) -> None:
    lu = readings(sample, "zonage_niveaux")[Genre.ETIQUETTES]
    premier = lu.table.iloc[0]
    assert (premier["code_commune"], premier["libelle"]) == ("01001", "Les ruralités résidentielles mixtes")
    assert lu.lues == len(lu.table) == 149


@proof("bom-et-undefined-centralite")
def _(sample: Sample) -> None:
    lu = readings(sample, "zonage_niveaux")[Genre.INDICATEURS]
    assert value(lu, "01001", "niveau_centralite") == (0.0, "")
    assert value(lu, "01004", "niveau_centralite") == (3.0, "")
    assert (lu.table["statut"] == "manquant").sum() == 129
    assert lu.table["valeur"].between(0, 4).sum() == 188 - 129


@proof("code-insee-dans-le-texte-pvd")
def _(sample: Sample) -> None:
    lu = readings(sample, "anct_programme_texte")[Genre.PRIORITES]
    assert len(lu.table) == 100
    premier = lu.table.iloc[0]
    assert (premier["definition"], premier["code_territoire"], premier["criteres"]) == ("pvd", "97106", "pvd-01-971-1")


@proof("code-postal-entier-et-mojibake-cnfs")
def _(sample: Sample) -> None:
    lu = readings(sample, "anct_cnfs")[Genre.SERVICES]
    premier = lu.table.iloc[0]
    assert (premier["code_commune"], premier["adresse"]) == ("01283", "57 Rue René Nicod 01100 Oyonnax")
    assert not lu.table["adresse"].str.contains("<", regex=False).any()
    assert lu.lues == 146
    assert [(e.motif, e.lignes) for e in lu.ecarts] == [("structure déjà lue (même identifiant)", 6)]


@proof("code-repete-une-ligne-par-periode")
def _(sample: Sample) -> None:
    assert not [f.id for f in SOURCES if f.recognise(sample)]
    entete = sample.find("codecominsee", "datefininsee")
    assert entete is not None
    table = load(sample, entete, {"code": "code_com_insee", "fin": "date_fin_insee"})
    codes, _ = commune_codes(table["code"])
    assert len(table) == 200
    assert (codes == "14475").sum() == 4
    assert set(departements_of(codes)) == {"14"}
    vivantes = codes[table["fin"] == ""]
    assert not vivantes.duplicated().any(), "une commune vit une fois"


@proof("codes-commune-perimes-france-services")
def _(sample: Sample) -> None:
    lu = readings(sample, "anct_france_services")[Genre.SERVICES]
    codes = lu.table["code_commune"]
    assert {"49069", "93059", "97801"} <= set(codes), "le lecteur garde le code écrit, la préparation le suit"
    assert len(lu.table) == lu.lues == 35


@proof("codes-flottants-corse-absente")
def _(sample: Sample) -> None:
    assert (sample.separateur, sample.encodage) == ("\t", "utf-8-sig")
    entete = sample.find("codeinsee")
    assert entete is not None
    codes, repares = commune_codes(load(sample, entete, {"code": "code_insee"})["code"])
    assert codes.iloc[0] == "01001"
    assert codes.str.fullmatch(r"\d{5}").all()
    assert repares == 200
    assert not codes.str.startswith(("2A", "2B", "20")).any()


@proof("com-est-le-nom-donnees-communes-2023")
def _(sample: Sample) -> None:
    lu = readings(sample, "insee_populations")[Genre.INDICATEURS]
    assert value(lu, "01001", "population_municipale") == (806.0, "")
    assert "COM y est le nom\u202f: code rebâti de CODDEP et CODCOM" in lu.notes
    entier = readings(take(REEL / "populations" / "donnees_communes-2023.csv"), "insee_populations")
    assert value(entier[Genre.INDICATEURS], "97101", "population_municipale") == (52_948.0, "")


@proof("cp1252-milliers-espace-perimetre-epci")
def _(sample: Sample) -> None:
    assert sample.encodage == "cp1252"
    lus = readings(sample, "dgcl_epci")
    assert value(lus[Genre.INDICATEURS], "01304", "population_municipale") == (2_862.0, "")
    membre = lus[Genre.EPCI].table.iloc[0]
    assert (membre["code_epci"], membre["nature"]) == ("200029999", "CC")
    assert "CC Dombes" in " ".join(lus[Genre.EPCI].table["nom"]) or "é" in "".join(lus[Genre.EPCI].table["nom"])


@proof("drom-deplaces-pour-affichage")
def _(sample: Sample) -> None:
    lu = readings(sample, "ign_admin_express_3")[Genre.CONTOURS]
    assert len(lu.table) == 0
    assert [e.lignes for e in lu.ecarts] == [129]
    vrais = take(REEL / "contours" / "communes-cog2024-france.geojson")
    gardes = readings(vrais, "cartelette_communes")[Genre.CONTOURS].table
    assert (departements_of(gardes["code"]) == "971").sum() == 32


@proof("epci-nr-et-mgp-ept")
def _(sample: Sample) -> None:
    lu = readings(sample, "epci_siren")[Genre.EPCI]
    epci = dict(zip(lu.table["code_commune"], lu.table["code_epci"], strict=True))
    assert (epci["92075"], epci["85113"]) == ("200054781", "")
    assert sum(e == "200054781" for e in epci.values()) == 130
    assert sorted(c for c, e in epci.items() if not e) == ["22016", "29083", "29155", "85113"]


@proof("geometries-invalides-communes-1000m")
def _(sample: Sample) -> None:
    lu = readings(sample, "etalab_contours")[Genre.CONTOURS]
    assert len(lu.table) == 17
    assert [(e.motif, e.lignes) for e in lu.ecarts] == [("contour sans surface", 2)]
    assert lu.table.geometry.is_valid.all()
    assert lu.table.geometry.geom_type.isin(["Polygon", "MultiPolygon"]).all()
    assert "17 contours invalides réparés" in lu.notes


@proof("lambert93-virgule-decimale-mediation")
def _(sample: Sample) -> None:
    lu = readings(sample, "mednum_lambert")[Genre.SERVICES]
    premier = lu.table.iloc[0]
    assert premier["nom"] == "Association Micro-informatique Allonnaise (AMIA)"
    assert premier["longitude"] == pytest.approx(0.0247, abs=0.001)
    assert premier["latitude"] == pytest.approx(47.295, abs=0.005)
    assert [(e.motif, e.lignes) for e in lu.ecarts] == [("ligne sans nom de structure", 1)]


@proof("lignes-dupliquees-epci-par-departement")
def _(sample: Sample) -> None:
    lu = readings(sample, "epci_noms")[Genre.NOMS]
    assert lu.table["code"].is_unique
    assert lu.lues == 192 == len(lu.table) + sum(e.lignes for e in lu.ecarts)


@proof("lignes-dupliquees-txcouvglo")
def _(sample: Sample) -> None:
    lu = readings(sample, "caf_taux_couverture")[Genre.INDICATEURS]
    communes = lu.table[lu.table["maille"] == "commune"]
    assert communes["code_territoire"].is_unique
    assert (lu.lues, len(communes)) == (71, 64)
    assert [(e.motif, e.lignes) for e in lu.ecarts] == [("ligne répétée à l'identique", 7)]


@proof("paris-lyon-marseille-comptes-deux-fois-filosofi")
def _(sample: Sample) -> None:
    lu = readings(sample, "insee_filosofi")[Genre.INDICATEURS]
    assert value(lu, "13055", "revenu_median") == (20_600.0, "")
    assert value(lu, "13201", "revenu_median") == (16_530.0, "")


@proof("plusieurs-ids-par-cellule-ngeo")
def _(sample: Sample) -> None:
    lu = readings(sample, "anct_programmes")[Genre.PRIORITES]
    assert not lu.table["criteres"].str.contains(";", regex=False).any()
    assert "id_crte" in " ".join(lu.notes), (
        "les cellules à plusieurs ids de l'extrait sont dans des colonnes sans usage"
    )
    assert "cite-042|cite-043|cite-044|cite-172|cite-207" in set(
        readings(take(REEL / "zonages" / "ngeo-anct-cog2023.csv"), "anct_programmes")[Genre.PRIORITES].table["criteres"]
    )


@proof("plusieurs-qpv-par-commune")
def _(sample: Sample) -> None:
    lu = readings(sample, "anct_qpv")[Genre.PRIORITES]
    criteres = dict(zip(lu.table["code_territoire"], lu.table["criteres"], strict=True))
    assert criteres["01053"] == "QN00101M|QN00102M"
    assert len(criteres) == 80


@proof("pointeur-lfs")
def _(sample: Sample) -> None:
    assert sample.forme is Forme.POINTEUR
    assert not [f.id for f in SOURCES if sample.feuilles and f.recognise(sample)]


@proof("saut-de-ligne-dans-cellule")
def _(sample: Sample) -> None:
    lu = readings(sample, "anct_france_services")[Genre.SERVICES]
    with sample.path.open(encoding="utf-8", newline="") as flux:
        lignes = list(csv.DictReader(flux))
    assert len(lu.table) == len(lignes) == 36
    assert list(lu.table["code_commune"]) == [ligne["insee_com"] for ligne in lignes]


@proof("saut-de-ligne-et-virgule-decimale-sofie")
def _(sample: Sample) -> None:
    assert not [f.id for f in SOURCES if f.recognise(sample)], "SOFIE n'est pas une source de l'atlas"
    entete = sample.find("epci2018", "valeur")
    assert entete is not None
    table = load(sample, entete, {"epci": "epci2018", "valeur": "valeur", "libelle": "Indicateur"})
    assert len(table) == 120
    assert numbers(table["valeur"])[0].iloc[0] == pytest.approx(10.852452448847)
    assert table["libelle"].str.contains("\n").any()


@proof("taux-superieur-a-100")
def _(sample: Sample) -> None:
    lu = readings(sample, "caf_taux_couverture_epci")[Genre.INDICATEURS]
    assert lu.table["valeur"].max() == 106.0
    assert (lu.table["valeur"] > 100).sum() == 3
    assert (lu.annee, set(lu.table["maille"])) == (2018, {"epci"})


@proof("txcouvglo-en-tete-en-troisieme-ligne")
def _(sample: Sample) -> None:
    lu = readings(sample, "caf_taux_couverture")[Genre.INDICATEURS]
    assert value(lu, "01001", "taux_couverture_petite_enfance") == (41.7, "")
    departements = lu.table[lu.table["maille"] == "departement"]
    assert list(departements["code_territoire"]) == ["01"], "NUMDEP avait perdu son zéro"
    assert (lu.annee, lu.lues) == (2014, 200)
    assert not lu.table["code_territoire"].str.contains("NUM").any()


@proof("types-mixtes-acv")
def _(sample: Sample) -> None:
    lu = readings(sample, "anct_programmes")[Genre.PRIORITES]
    codes = lu.table["code_territoire"]
    assert {"2A004", "01004", "80001"} <= set(codes)
    assert codes.str.fullmatch(r"\d{5}|2[AB]\d{3}").all()
    with sample.path.open(encoding="utf-8") as flux:
        assert len(codes) == len(json.load(flux)["features"]) == 84


@proof("virgule-decimale-s-nd-filosofi")
def _(sample: Sample) -> None:
    lu = readings(sample, "insee_filosofi")[Genre.INDICATEURS]
    assert value(lu, "01001", "taux_pauvrete")[1] == "secret"
    assert value(lu, "01004", "taux_pauvrete") == (17.0, "")
    assert {"", "secret", "manquant"} == set(lu.table["statut"])
    assert lu.table.loc[lu.table["statut"] != "", "valeur"].isna().all()


@proof("x-latitude-y-longitude-mediation")
def _(sample: Sample) -> None:
    lu = readings(sample, "mednum_gironde")[Genre.SERVICES]
    premier = lu.table.iloc[0]
    assert premier["latitude"] == pytest.approx(44.83957)
    assert premier["longitude"] == pytest.approx(-0.580238)
    assert lu.table["longitude"].between(-1.5, 0.5).all()
    assert lu.table["latitude"].between(44, 46).all()


@proof("xlsx-quatre-lignes-de-titre-densite")
def _(sample: Sample) -> None:
    format_ = format_of(sample)
    assert format_.id == "insee_densite"
    niveaux, population = format_.read(sample)
    assert value(population, "01001", "population_municipale") == (859.0, "")
    assert (population.annee, population.cog, niveaux.annee) == (2022, 2025, 2025)
    assert value(niveaux, "01001", "niveau_densite") == (6.0, "")
    assert value(niveaux, "01004", "niveau_densite") == (2.0, "")


@proof("zeros-perdus-codes-asp")
def _(sample: Sample) -> None:
    entete = sample.find("codecominsee")
    assert entete is not None
    codes, repares = commune_codes(load(sample, entete, {"code": "code_com_insee"})["code"])
    assert (codes.iloc[0], repares, len(codes)) == ("01001", 149, 149)


@proof("zeros-perdus-fusions")
def _(sample: Sample) -> None:
    entete = sample.find("comini", "comfin")
    assert entete is not None
    table = load(sample, entete, {"avant": "COM_INI", "apres": "COM_FIN"})
    avant, repares = commune_codes(table["avant"])
    assert (avant.iloc[1], repares > 0) == ("08294", True)
    assert avant.str.fullmatch(r"\d{5}|2[AB]\d{3}").all()
