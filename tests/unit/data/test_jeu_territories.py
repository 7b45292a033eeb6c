import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from data.findings import Gravite
from data.jeu import examine


def frame(atelier) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame.from_features(list(atelier.communes), crs="EPSG:4326")


def write_vector(cadre: gpd.GeoDataFrame, chemin: Path) -> None:
    if chemin.suffix == ".parquet":
        cadre.to_parquet(chemin)
    else:
        cadre.to_file(chemin)


@pytest.mark.parametrize("nom", ["communes.geojson", "communes.gpkg", "communes.parquet", "communes.shp"])
@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:2154", "EPSG:3857"])
def test_every_format_in_any_declared_crs(atelier, nom, crs):
    dossier = atelier.write({"communes.geojson": None})
    write_vector(frame(atelier).to_crs(crs), dossier / nom)
    lecture = examine(dossier)
    assert [c for c in lecture.constats if "source" not in c.message] == []
    communes = lecture.frames.communes
    assert communes.crs == "EPSG:4326"
    assert communes["code"].tolist() == ["62001", "62002", "62003"]
    assert communes.geometry.iloc[0].centroid.distance(shapely.Point(2.05, 50.05)) < 1e-4
    assert communes["population"].tolist() == [100.0, 100.0, 100.0]


def test_the_crs_member_of_old_geojson_is_heard(atelier):
    cadre = frame(atelier).to_crs(2154)
    contenu = json.loads(cadre.to_json())
    contenu["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    lu = atelier.read({"communes.geojson": json.dumps(contenu)})
    assert lu.at("communes.geojson") == []
    assert lu.frames.communes.geometry.iloc[0].centroid.distance(shapely.Point(2.05, 50.05)) < 1e-4


def test_metres_without_declared_crs_are_an_error_and_not_a_map(atelier):
    contenu = json.loads(frame(atelier).to_crs(2154).to_json())
    contenu.pop("crs", None)
    lu = atelier.read({"communes.geojson": json.dumps(contenu)})
    erreur = next(c for c in lu.at("communes.geojson") if c.gravite is Gravite.ERREUR)
    assert "EPSG:2154" in erreur.remede
    assert lu.frames is None


def test_cp1252_outlines_are_read_with_their_accents_and_reported(atelier):
    texte = json.dumps({"type": "FeatureCollection", "features": list(atelier.communes)}, ensure_ascii=False)
    lu = atelier.read({"communes.geojson": texte.replace("Commune 62002", "Hénin-à-l'œuvre").encode("cp1252")})
    assert lu.frames.communes["nom"].tolist()[1] == "Hénin-à-l'œuvre"
    assert "UTF-8" in lu.one("communes.geojson").remede


@pytest.mark.parametrize("encodage", ["utf-8", "cp1252"])
def test_a_shapefile_that_does_not_say_its_encoding_keeps_its_accents(atelier, encodage):
    dossier = atelier.write({"communes.geojson": None})
    frame(atelier).assign(nom="Hénin-à-l'œuvre").to_file(dossier / "communes.shp", encoding=encodage)
    (dossier / "communes.cpg").unlink(missing_ok=True)
    assert examine(dossier).frames.communes["nom"].tolist()[0] == "Hénin-à-l'œuvre"


def test_without_communes_the_tables_are_checked_all_the_same(atelier):
    lu = atelier.read({"communes.geojson": None, "services.csv": "id;code_commune;capacite\nS1;;3\nS2;62001;-3\n"})
    assert lu.frames is None
    assert [(c.ligne, c.colonne) for c in lu.erreurs if c.fichier == "services.csv"] == [
        (2, "code_commune"),
        (3, "capacite"),
    ]


def test_degrees_without_declared_crs_are_read_and_reported(atelier):
    dossier = atelier.write({"communes.geojson": None})
    frame(atelier).to_file(dossier / "communes.shp")
    (dossier / "communes.prj").unlink()
    lecture = examine(dossier)
    assert any("EPSG:4326" in c.message for c in lecture.constats)
    assert lecture.frames.communes.crs == "EPSG:4326"


@pytest.mark.parametrize("manquant", [".shx", ".dbf"])
def test_a_shapefile_without_its_companions_is_unreadable_or_refused(atelier, manquant):
    dossier = atelier.write({"communes.geojson": None})
    frame(atelier).to_file(dossier / "communes.shp")
    (dossier / f"communes{manquant}").unlink()
    lecture = examine(dossier)
    assert lecture.code_sortie == 2
    assert any(c.fichier == "communes.shp" and c.gravite is Gravite.ERREUR for c in lecture.constats)


def test_the_version_changes_with_any_companion_of_a_shapefile(atelier):
    dossier = atelier.write({"communes.geojson": None})
    frame(atelier).to_file(dossier / "communes.shp")
    avant = examine(dossier).frames.jeu.version
    octets = (dossier / "communes.dbf").read_bytes()
    (dossier / "communes.dbf").write_bytes(octets.replace(b"Commune 62001", b"Commune 62009"))
    assert examine(dossier).frames.jeu.version != avant


@pytest.mark.parametrize(
    "contenu",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"type": "FeatureCollection", "features": []}',
        '{"type": "FeatureCollection", "features": 3}',
        "version https://git-lfs.github.com/spec/v1\noid sha256:e88b\nsize 58507\n",
        "code;nom\n62001;Arras\n",
    ],
)
def test_outlines_that_cannot_be_read_are_said_and_unreadable(atelier, contenu):
    lu = atelier.read({"communes.geojson": contenu})
    assert lu.frames is None
    assert any(c.fichier == "communes.geojson" and c.gravite is Gravite.ERREUR for c in lu.constats)


def test_no_communes_at_all(atelier):
    lu = atelier.read({"communes.geojson": None})
    assert lu.frames is None
    assert "Aucune commune" in lu.one("communes.geojson").message


def test_invalid_outlines_are_mended_and_named_by_rank(atelier):
    papillon = [[2.1, 50.0], [2.2, 50.1], [2.2, 50.0], [2.1, 50.1], [2.1, 50.0]]
    features = [atelier.communes[0], atelier.feature("62002", "", papillon), atelier.communes[2]]
    lu = atelier.read({"communes.geojson": atelier.collection(features)})
    constat = lu.one("communes.geojson")
    assert (constat.ligne, constat.colonne, constat.valeur) == (2, "geometry", "62002")
    assert constat.gravite is Gravite.AVERTISSEMENT
    mende = lu.frames.communes.set_index("code").geometry["62002"]
    assert mende.is_valid
    assert mende.geom_type == "MultiPolygon"
    assert mende.area == pytest.approx(0.005)


def test_a_commune_without_outline_stays_in_the_lists(atelier):
    lu = atelier.read({"communes.geojson": atelier.collection([*atelier.communes, atelier.feature("62004")])})
    constat = lu.one("communes.geojson")
    assert (constat.ligne, constat.gravite) == (4, Gravite.AVERTISSEMENT)
    assert lu.frames.communes["code"].tolist()[-1] == "62004"
    assert lu.frames.communes.geometry.iloc[-1].is_empty


@pytest.mark.parametrize(
    "geometrie",
    [
        {"type": "Point", "coordinates": [2.35, 50.05]},
        {"type": "LineString", "coordinates": [[2.35, 50.05], [2.36, 50.05]]},
        {"type": "Polygon", "coordinates": [[[2.35, 50.05], [2.36, 50.05], [2.35, 50.05]]]},
        {"type": "Polygon", "coordinates": [[[2.35, 50.05], [2.36, 50.05]]]},
        {"type": "Polygon", "coordinates": [[[2.35, 50.05]] * 4]},
    ],
)
def test_a_flat_outline_is_thickened_where_it_lies(atelier, geometrie):
    plate = atelier.feature("62004") | {"geometry": geometrie}
    lu = atelier.read({"communes.geojson": atelier.collection([*atelier.communes, plate])})
    constat = lu.one("communes.geojson")
    assert (constat.ligne, constat.valeur, constat.gravite) == (4, "62004", Gravite.AVERTISSEMENT)
    contour = lu.frames.communes.geometry.iloc[-1]
    assert contour.is_valid
    assert 0 < contour.area < 1e-5
    assert contour.distance(shapely.Point(2.35, 50.05)) < 1e-6


def test_codes_as_integers_are_mended_and_duplicates_refused(atelier):
    features = [
        atelier.feature(1001, "", atelier.square(2.0, 50.0)),
        atelier.feature("62001", "Première", atelier.square(2.1, 50.0)),
        atelier.feature("62001", "Seconde", atelier.square(2.2, 50.0)),
        atelier.feature("", "Sans code", atelier.square(2.3, 50.0)),
    ]
    lu = atelier.read({"communes.geojson": atelier.collection(features)})
    communes = lu.frames.communes.set_index("code")
    assert communes["nom"].to_dict() == {"01001": "Commune 1001", "62001": "Première"}
    assert [(c.ligne, c.gravite.value) for c in lu.at("communes.geojson", colonne="code") if c.ligne] == [
        (1, "avertissement"),
        (3, "erreur"),
        (4, "erreur"),
    ]


def test_a_code_that_is_no_commune_code_is_an_error(atelier):
    features = [*atelier.communes, atelier.feature("Arras", "", atelier.square(2.3, 50.0))]
    lu = atelier.read({"communes.geojson": atelier.collection(features)})
    assert [(c.ligne, c.colonne) for c in lu.erreurs] == [(4, "code")]
    assert len(lu.frames.communes) == 3


def test_extra_and_personal_properties_are_kept_out(atelier):
    features = [f | {"properties": f["properties"] | {"dep": "62", "mail_mairie": "x@y.z"}} for f in atelier.communes]
    lu = atelier.read({"communes.geojson": atelier.collection(features)})
    assert {c.colonne for c in lu.at("communes.geojson")} == {"dep", "mail_mairie"}
    assert "x@y.z" not in str(lu.constats)
    assert "mail_mairie" not in lu.frames.communes


def test_properties_match_like_headers(atelier):
    features = [
        f | {"properties": {"CODE": f["properties"]["code"], "Nom": "N", "Code EPCI": "246200001"}}
        for f in atelier.communes
    ]
    lu = atelier.read({"communes.geojson": atelier.collection(features)})
    assert lu.constats == ()
    assert lu.frames.communes["code_epci"].unique().tolist() == ["246200001"]
    assert lu.frames.communes["population"].isna().all()


@pytest.mark.parametrize(
    ("ecrit", "lu_comme", "constats"),
    [
        (None, "", 0),
        ("", "", 0),
        ("NR", "", 0),
        ("ZZZZZZZZZ", "", 0),
        ("200 034 023", "200034023", 1),
        (200034023, "200034023", 0),
        ("200054781/200057974", "200054781", 1),
        ("x", "", 1),
    ],
)
def test_the_epci_of_a_commune_may_be_missing_or_odd(atelier, ecrit, lu_comme, constats):
    features = [*atelier.communes, atelier.feature("62004", "", atelier.square(2.3, 50.0), code_epci=ecrit)]
    lu = atelier.read({"communes.geojson": atelier.collection(features), "epci.csv": None})
    assert lu.frames.communes["code_epci"].tolist()[-1] == lu_comme
    assert len(lu.at("communes.geojson", 4)) == constats


def test_a_negative_population_is_an_error(atelier):
    features = [*atelier.communes, atelier.feature("62004", "", atelier.square(2.3, 50.0), population=-5)]
    lu = atelier.read({"communes.geojson": atelier.collection(features)})
    assert [(c.ligne, c.colonne) for c in lu.erreurs] == [(4, "population")]


def test_a_third_dimension_is_forgotten(atelier):
    cadre = frame(atelier)
    cadre.geometry = shapely.force_3d(cadre.geometry.values, 12.0)
    dossier = atelier.write({"communes.geojson": None})
    cadre.to_file(dossier / "communes.gpkg")
    assert not examine(dossier).frames.communes.has_z.any()


def test_two_files_of_communes_read_the_first_and_say_so(atelier):
    dossier = atelier.write()
    frame(atelier).to_file(dossier / "communes.gpkg")
    constat = next(c for c in examine(dossier).constats if c.fichier == "communes.gpkg")
    assert constat.valeur == "communes.geojson"


def qpv(code, codes_communes, anneau):
    proprietes = {"code_qpv": code, "nom": f"Quartier {code}", "codes_communes": codes_communes}
    return {"type": "Feature", "properties": proprietes, "geometry": {"type": "Polygon", "coordinates": [anneau]}}


def test_qpv_are_read_with_their_communes(atelier):
    anneau = atelier.square(2.05, 50.02, 0.02)
    features = [
        qpv("QN1", "62001|62002", anneau),
        qpv("QN2", "62001, 62999", anneau),
        qpv("QN3", ["62002", "62003"], anneau),
    ]
    lu = atelier.read({"qpv.geojson": atelier.collection(features)})
    assert lu.frames.qpv["codes_communes"].tolist() == ["62001|62002", "62001|62999", "62002|62003"]
    assert lu.frames.qpv.crs == "EPSG:4326"
    constat = lu.one("qpv.geojson")
    assert (constat.ligne, constat.valeur) == (2, "62999")
    assert lu.frames.has("qpv")


def test_an_unreadable_qpv_file_is_an_error_and_leaves_the_communes(atelier):
    lu = atelier.read({"qpv.geojson": "{"})
    assert [c.fichier for c in lu.erreurs] == ["qpv.geojson"]
    assert lu.frames.qpv.empty
    assert list(lu.frames.qpv.columns) == ["code_qpv", "nom", "codes_communes", "geometry"]


def test_a_quarter_of_an_arrondissement_is_in_its_city(atelier):
    paris = atelier.collection([atelier.feature("75056", "Paris", atelier.square(2.0, 50.0))])
    features = [qpv("QN1", "75118|75119", atelier.square(2.05, 50.02, 0.02))]
    lu = atelier.read({"communes.geojson": paris, "qpv.geojson": atelier.collection(features)})
    assert lu.frames.qpv["codes_communes"].tolist() == ["75056"]
    assert lu.at("qpv.geojson") == []
