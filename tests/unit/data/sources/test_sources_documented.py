"""Layouts of which no real file could be had: read here as they are documented, unproven on a live file."""

from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
import shapely

from data.sources.reading import Genre, Reading
from data.sources.registry import SOURCES
from data.sources.sample import take


def read(path: Path, format_id: str) -> dict[Genre, Reading]:
    sample = take(path)
    trouves = [f for f in SOURCES if f.recognise(sample)]
    assert [f.id for f in trouves] == [format_id]
    return {r.genre: r for r in trouves[0].read(sample)}


@pytest.fixture
def ecrit(tmp_path: Path):
    def write(texte: str, nom: str = "fichier.csv", encodage: str = "utf-8") -> Path:
        chemin = tmp_path / nom
        chemin.write_bytes(texte.encode(encodage))
        return chemin

    return write


def indicators(reading: Reading) -> dict[tuple[str, str, int], tuple[float | None, str]]:
    t = reading.table
    return {
        (c, i, int(a)): (None if v != v else v, s)
        for c, i, a, v, s in zip(
            t["code_territoire"], t["indicateur"], t["annee"], t["valeur"], t["statut"], strict=True
        )
    }


def test_cog_2018_tab_latin1_com_on_three_digits(ecrit):
    # Unproven: the column order of comsimp2018.txt; the layout is that of Insee's notice.
    chemin = ecrit(
        "CDC\tCHEFLIEU\tREG\tDEP\tCOM\tAR\tCT\tTNCC\tARTMAJ\tNCC\tARTMIN\tNCCENR\n"
        "0\t0\t84\t01\t001\t2\t08\t5\t(L')\tABERGEMENT-CLEMENCIAT\t(L')\tAbergement-Clémenciat\n"
        "0\t0\t76\t31\t107\t3\t11\t0\t\tCASTELMAUROU\t\tCastelmaurou\n"
        "0\t0\t01\t971\t01\t2\t99\t0\t\tLES ABYMES\t(Les)\tAbymes\n"
        "0\t0\t76\t31\t555\t3\t99\t0\t\tTOULOUSE\t\tÉtoile\n",
        encodage="latin-1",
    )
    table = read(chemin, "insee_cog_communes")[Genre.COMMUNES].table
    assert list(table["code"]) == ["01001", "31107", "97101", "31555"]
    assert list(table["nom"]) == ["L'Abergement-Clémenciat", "Castelmaurou", "Les Abymes", "Étoile"]


def test_cog_2019_lower_case_headers(ecrit):
    chemin = ecrit(
        "typecom,com,reg,dep,arr,tncc,ncc,nccenr,libelle,can,comparent\n"
        "COM,01001,84,01,012,5,ABERGEMENT CLEMENCIAT,Abergement-Clémenciat,L'Abergement-Clémenciat,0108,\n"
        "COMD,01015,84,01,,1,ARBIGNIEU,Arbignieu,Arbignieu,,01015\n"
    )
    lu = read(chemin, "insee_cog_communes")[Genre.COMMUNES]
    assert list(lu.table["code"]) == ["01001"]
    assert (lu.lues, lu.ecarts[0].lignes) == (2, 1)


def test_insee_epci_header_on_row_six_and_zzz(tmp_path: Path):
    # Unproven: the sheet names and title rows of EPCI_au_01-01-2025.xlsx.
    classeur = openpyxl.Workbook()
    epci, composition = classeur.active, classeur.create_sheet("Composition_communale")
    epci.title = "EPCI"
    for feuille in (epci, composition):
        feuille.append(["Établissements publics de coopération intercommunale au 1er janvier 2025"])
        for _ in range(4):
            feuille.append(["Source : Insee"])
    epci.append(["EPCI", "LIBEPCI", "NATURE_EPCI", "NB_COM"])
    epci.append(["200018083", "CC de Desvres-Samer", "CC", 31])
    composition.append(["CODGEO", "LIBGEO", "EPCI", "LIBEPCI", "DEP", "REG"])
    composition.append(["62268", "Desvres", "200018083", "CC de Desvres-Samer", "62", "32"])
    composition.append(["29155", "Ouessant", "ZZZZZZZZZ", "Sans objet", "29", "53"])
    chemin = tmp_path / "quelconque.xlsx"
    classeur.save(chemin)
    lu = read(chemin, "insee_epci")[Genre.EPCI]
    assert lu.table.to_dict("records") == [
        {"code_commune": "62268", "code_epci": "200018083", "nom": "CC de Desvres-Samer", "nature": "CC"},
        {"code_commune": "29155", "code_epci": "", "nom": "", "nature": ""},
    ]
    assert (lu.annee, lu.cog) == (2025, 2025)


def test_admin_express_4_geopackage(tmp_path: Path):
    # Unproven: ADMIN EXPRESS COG 4.0 on a live file; columns as the documentation gives them.
    carre = shapely.box(2.0, 50.0, 2.1, 50.1)
    communes = gpd.GeoDataFrame(
        {
            "code_insee": ["62001", "92075"],
            "nom_officiel": ["Ablain-Saint-Nazaire", "Vanves"],
            "codes_siren_des_epci": ["246200364", "200054781/200057974"],
            "population": [1994, 27000],
        },
        geometry=gpd.GeoSeries([carre, shapely.box(2.2, 48.8, 2.3, 48.9)], crs=4326).to_crs(2154),
        crs=2154,
    ).rename_geometry("geometrie")
    chemin = tmp_path / "adminexpress.gpkg"
    gpd.GeoDataFrame({"code_insee": ["62"], "nom_officiel": ["Pas-de-Calais"]}, geometry=[carre], crs=4326).to_file(
        chemin, layer="departement"
    )
    communes.to_file(chemin, layer="commune")
    lus = read(chemin, "ign_admin_express_4")
    contours = lus[Genre.CONTOURS].table
    assert list(contours["code"]) == ["62001", "92075"]
    assert contours.geometry.iloc[0].centroid.x == pytest.approx(2.05, abs=1e-6)
    assert list(lus[Genre.EPCI].table["code_epci"]) == ["246200364", "200054781"]


def test_admin_express_3_shapefile(tmp_path: Path):
    communes = gpd.GeoDataFrame(
        {"INSEE_COM": ["62001"], "NOM": ["Ablain"], "STATUT": ["Commune"], "SIREN_EPCI": ["246200364"]},
        geometry=[shapely.box(2.0, 50.0, 2.1, 50.1)],
        crs=4326,
    )
    communes.to_file(tmp_path / "COMMUNE.shp")
    assert list(read(tmp_path / "COMMUNE.shp", "ign_admin_express_3")[Genre.CONTOURS].table["code"]) == ["62001"]


def test_geo_api_with_geometry_first(ecrit):
    chemin = ecrit(
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":'
        "[[[2.0,50.0],[2.1,50.0],[2.1,50.1],[2.0,50.0]]]},"
        '"properties":{"nom":"Ablain","code":"62001","codeEpci":"246200364","population":1994}}]}',
        "communes.json",
    )
    assert list(read(chemin, "geo_api_communes")[Genre.CONTOURS].table["population"]) == ["1994"]


def test_outlines_of_departements_are_not_communes(ecrit):
    chemin = ecrit(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"62","nom":"Pas-de-Calais"},'
        '"geometry":{"type":"Polygon","coordinates":[[[2,50],[3,50],[3,51],[2,50]]]}}]}',
        "departements.geojson",
    )
    assert not [f.id for f in SOURCES if f.recognise(take(chemin))]


def test_pop1b_sums_ages_and_keeps_secret(ecrit):
    # Unproven: file and column names of the census by age.
    chemin = ecrit(
        "NIVGEO;CODGEO;LIBGEO;SEXE;AGED100;NB\n"
        "COM;62001;Ablain;1;000;5\nCOM;62001;Ablain;2;002;4,5\nCOM;62001;Ablain;1;003;7\nCOM;62001;Ablain;1;017;2\n"
        "COM;62001;Ablain;1;040;99\nCOM;62002;Ablainzevelle;1;000;s\nCOM;62002;Ablainzevelle;2;001;3\n"
        "DEP;62;Pas-de-Calais;1;000;9000\n"
    )
    lu = read(chemin, "insee_pop1b")[Genre.INDICATEURS]
    valeurs = indicators(lu)
    assert valeurs["62001", "enfants_0_2", 0] == (9.5, "")
    assert valeurs["62001", "enfants_3_5", 0] == (7.0, "")
    assert valeurs["62001", "enfants_6_17", 0] == (2.0, "")
    assert valeurs["62002", "enfants_0_2", 0] == (None, "secret"), "a sum with a secret part is not a number"
    assert (lu.lues, lu.ecarts[0].lignes, lu.decalage_annee) == (8, 1, -3)


def test_historic_populations_on_the_map_of_the_last_census(ecrit):
    chemin = ecrit("CODGEO;REG;DEP;LIBGEO;PMUN2023;PMUN2022;PSDC1999\n62001;32;62;Ablain;1994;1966;1800\n")
    lu = read(chemin, "insee_populations_historiques")[Genre.INDICATEURS]
    assert indicators(lu) == {
        ("62001", "population_municipale", 2023): (1994.0, ""),
        ("62001", "population_municipale", 2022): (1966.0, ""),
    }
    assert lu.cog == 2025


def test_bpe_points_with_badly_escaped_quotes(ecrit):
    # Unproven: BPE23.csv itself; the columns are those of Insee's notice, the bad quote is reported for BPE24.
    chemin = ecrit(
        "AN;NOMRS;DEPCOM;DEP;TYPEQU;CAPACITE;TYPE;LONGITUDE;LATITUDE\n"
        '2023;CRECHE "LES LUTINS;62041;62;D502;24;LF;2.777;50.291\n'
        "2023;_U;62041;62;D502;_U;ANT;2.778;50.292\n"
        "2023;BUS;62041;62;D504;_Z;MO;;\n"
        "2023;BOULANGERIE;62041;62;B203;_Z;LF;2.7;50.2\n"
    )
    lu = read(chemin, "insee_bpe")[Genre.SERVICES]
    assert list(lu.table["type_service"]) == ["eaje", "eaje", "relais_petite_enfance"]
    assert list(lu.table["nom"]) == ['CRECHE "LES LUTINS', "", "BUS"]
    assert list(lu.table["mode"]) == ["fixe", "antenne", "itinerant"]
    assert lu.table["id"].is_unique
    assert (lu.annee, lu.lues, lu.ecarts[0].lignes) == (2023, 4, 1)
    assert lu.table["capacite"].iloc[0] == 24


def test_bpe_counts_of_the_data_catalogue(ecrit):
    # Unproven: DS_BPE_data.csv on a live file.
    chemin = ecrit(
        "GEO;GEO_OBJECT;FACILITY_DOM;FACILITY_SDOM;FACILITY_TYPE;BPE_MEASURE;TIME_PERIOD;OBS_VALUE\n"
        "62041;COM;D;D5;D502;FACILITIES;2024;2\n62041;COM;D;D5;D502;FACILITIES;2023;9\n"
        "62041;COM;_T;_T;_T;FACILITIES;2024;50\n62041;COM;B;B2;B203;FACILITIES;2024;3\n62;DEP;D;D5;D502;FACILITIES;2024;80\n"
    )
    lu = read(chemin, "insee_bpe_comptes")[Genre.SERVICES]
    assert list(lu.table["id"]) == ["BPE24-62041-eaje-1", "BPE24-62041-eaje-2"]
    assert (lu.lues, lu.ecarts[0].total) == (5, 3.0)


def test_frr_date_is_in_the_header(ecrit):
    chemin = ecrit(
        "\ufeffCode_insee;Departement;Commune;Classement FRR et FRR+ au 10 juillet 2025;\r\n"
        "62003;62;Achicourt;Non classée;\r\n62004;62;Achiet;FRR socle;\r\n1001;01;Abergement;FRR+;\r\n"
    )
    lu = read(chemin, "frr")[Genre.PRIORITES]
    assert list(zip(lu.table["definition"], lu.table["code_territoire"], lu.table["criteres"], strict=True)) == [
        ("frr_2025", "62004", "FRR socle"),
        ("frr_2025", "01001", "FRR+"),
    ]
    assert (lu.lues, lu.ecarts[0].lignes, lu.annee) == (3, 1, 2025)


@pytest.mark.parametrize(
    "texte",
    [
        "annee;numcom;nomcom;txcouv_com;txcouv_eaje_com\n"
        "2023;62041;Arras;61,5;20\n2023;XXXXX;Autres;999;0\n2022;62041;Arras;;\n",
        "Année;Numéro commune;Nom commune;Taux de couv global\n"
        "2023;62041;Arras;61.5\n2023;XXXXX;Autres;999\n2022;62041;Arras;\n",
    ],
)
def test_childcare_rate_of_today_with_names_or_labels(ecrit, texte):
    # Unproven: column names of data.caf.fr on the live portal.
    lu = read(ecrit(texte), "caf_taux_couverture")[Genre.INDICATEURS]
    assert indicators(lu) == {
        ("62041", "taux_couverture_petite_enfance", 2023): (61.5, ""),
        ("62041", "taux_couverture_petite_enfance", 2022): (None, "non_publie"),
    }
    assert (lu.lues, lu.ecarts[0].lignes) == (3, 1)


def test_childcare_rate_of_epci(ecrit):
    lu = read(ecrit("annee;numepci;nomepci;txcouv_epci\n2023;200018083;CC;101,2\n"), "caf_taux_couverture")
    table = lu[Genre.INDICATEURS].table
    assert list(table["maille"]) == ["epci"]
    assert list(table["valeur"]) == [101.2]


def test_allocataires_stand_on_the_map_of_the_next_january(ecrit):
    # Unproven: s_ben_com_f on a live file.
    chemin = ecrit(
        "dtreffre;numcomdo;nomcom;indfoy_ndur;indnbp_ndur\n2022-12;62041;Arras;10005;20000\n"
        "2022-12;;Non localisés;15;30\n2023-12;62041;Arras;nd;20010\n"
    )
    formats = [f for f in SOURCES if f.recognise(take(chemin))]
    assert [f.id for f in formats] == ["caf_allocataires"]
    lus = {r.annee: r for r in formats[0].read(take(chemin))}
    assert (lus[2022].cog, lus[2023].cog) == (2023, 2024)
    assert indicators(lus[2022])["62041", "foyers_allocataires", 2022] == (10_005.0, "")
    assert indicators(lus[2023])["62041", "foyers_allocataires", 2023] == (None, "manquant")
    assert [(e.motif, e.lignes) for e in lus[2022].ecarts] == [("foyers non localisés (sans commune)", 1)]


def test_sites_of_a_caf(ecrit):
    # Unproven: « organisation des sites » on a live file.
    chemin = ecrit(
        "NUMCOMSI;LIBSITE;STRACCUE;TYPOUVSI;TOPPRBIW\n62041;Siège Arras;Siège;hebdo > 4 j;1\n"
        "62119;Permanence;Permanence;mensuel;0\n62004;Relais;Relais;4 j;0\n"
    )
    points = read(chemin, "caf_sites")[Genre.POINTS].table
    assert list(points["type"]) == ["agence", "permanence", "point_relais"]
    assert list(points["jours_par_semaine"]) == ["5", "", "4"]
    assert list(points["etat"]) == ["ouvert"] * 3


def test_filosofi_long_layout(ecrit):
    chemin = ecrit(
        "GEO;GEO_OBJECT;FILOSOFI_MEASURE;UNIT_MEASURE;UNIT_MULT;CONF_STATUS;OBS_STATUS;TIME_PERIOD;OBS_VALUE\n"
        "62041;COM;MED_SL;EUR_YR;0;F;A;2021;20500\n62001;COM;PR_MD60;PT;0;C;A;2021;\n"
        "62041;COM;D1_SL;EUR_YR;0;F;A;2021;9000\n200018083;EPCI;MED_SL;EUR_YR;0;F;A;2021;21000\n"
    )
    lu = read(chemin, "insee_filosofi_melodi")[Genre.INDICATEURS]
    assert indicators(lu) == {
        ("62041", "revenu_median", 2021): (20_500.0, ""),
        ("62001", "taux_pauvrete", 2021): (None, "secret"),
        ("200018083", "revenu_median", 2021): (21_000.0, ""),
    }
    assert list(lu.table["maille"]) == ["commune", "commune", "epci"]


def test_national_places_of_mediation_and_those_of_the_caf(ecrit):
    # Unproven: the national file 1.0.2 itself.
    chemin = ecrit(
        "id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,date_maj,itinerance,"
        "dispositif_programmes_nationaux\n"
        "a-1,123,Médiathèque,Arras,62000,62041,1 rue X,50.29,2.77,2024-01-01,,\n"
        "a-2,124,Caf d'Arras,Arras,62000,62041,2 rue Y,50.29,2.78,2024-01-01,Itinérant,"
        "Point d'accès numérique CAF|France Services\n"
    )
    lus = read(chemin, "mednum")
    assert list(lus[Genre.SERVICES].table["mode"]) == ["fixe", "itinerant"]
    assert lus[Genre.POINTS].table[["id", "type", "nom"]].to_dict("records") == [
        {"id": "PA-MN-a-2", "type": "point_numerique", "nom": "Caf d'Arras"}
    ]


def test_generic_export_keeps_the_four_blanks(ecrit):
    chemin = ecrit(
        "Commune;Indicateur;Année;Valeur\n62041;Places Petite Enfance;2024;120\n62001;places petite enfance;2024;0\n"
        "62002;places petite enfance;2024;s\n62003;places petite enfance;2024;np\n62004;places petite enfance;2024;nd\n"
        "total;places petite enfance;2024;999\n"
    )
    lu = read(chemin, "indicateurs_communes")[Genre.INDICATEURS]
    assert {c: v for (c, _, _), v in indicators(lu).items()} == {
        "62041": (120.0, ""),
        "62001": (0.0, ""),
        "62002": (None, "secret"),
        "62003": (None, "non_publie"),
        "62004": (None, "manquant"),
    }
    assert (lu.lues, lu.ecarts[0].exemples) == (6, ("total",))


def test_qpv_polygons_name_the_quarters_and_their_communes(ecrit):
    chemin = ecrit(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"fid":1,"code_qp":"QN01301M",'
        '"lib_qp":"Nord","insee_com":"13055, 13070","lib_com":"Marseille, La Penne"},"geometry":{"type":"Polygon",'
        '"coordinates":[[[5.3,43.3],[5.4,43.3],[5.4,43.4],[5.3,43.3]]]}}]}',
        "qp.geojson",
    )
    lus = read(chemin, "anct_qpv")
    assert list(lus[Genre.QPV].table["codes_communes"]) == ["13055|13070"]
    assert list(lus[Genre.PRIORITES].table["code_territoire"]) == ["13055", "13070"]
    assert set(lus[Genre.PRIORITES].table["definition"]) == {"qpv_2024"}
