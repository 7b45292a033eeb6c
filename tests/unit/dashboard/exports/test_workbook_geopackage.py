"""The workbook and the GeoPackage, opened by another library than the one that wrote them."""

import io
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import geopandas as gpd
import pyogrio
import pytest
from python_calamine import CalamineWorkbook

from dashboard.exports.geopackage import gpkg
from dashboard.exports.snapshot import Instantane, snapshot_of
from dashboard.exports.tables import csv
from dashboard.exports.workbook import xlsx
from data.errors import ExportError
from data.frames import Frames
from data.model import Maille, Profil
from layers.kit.view import View

JOUR = date(2026, 11, 23)
QUATRE = ("couverture_ctg", "densite_services", "points_acces", "territoires_prioritaires")


@pytest.fixture(scope="module")
def partner(frames_demo: Frames) -> Instantane:
    view = View(date=date(2026, 11, 1), couches=QUATRE, champ="petite_enfance", profil=Profil.PARTENAIRE)
    return snapshot_of(view, frames_demo, JOUR)


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_workbook_has_a_sheet_for_each_question(partner: Instantane) -> None:
    found = sheets(xlsx(partner))
    assert list(found) == ["Lecture", "Territoires", "Lieux", "Définitions", "Sources", "Blancs"]
    assert len(found["Territoires"]) == 1 + len(partner.frames.communes)
    assert all(isinstance(row[0], str) for row in found["Territoires"])
    assert [row[0] for row in found["Définitions"][1:]] == found["Territoires"][0]
    assert {row[0] for row in found["Sources"][1:]} >= {"ctg.csv", "services.csv", "communes.geojson"}
    assert all(row[1] for row in found["Sources"]), "every source has its producer"


def test_the_blanks_are_told_and_counted(partner: Instantane) -> None:
    blanks = sheets(xlsx(partner))["Blancs"]
    assert [row[0] for row in blanks[1:]] == ["0", "s.", "non publié", "nd", "–"]
    secret = next(row for row in blanks if row[0] == "s.")
    territories = sheets(xlsx(partner))["Territoires"]
    column = next(i for i, h in enumerate(territories[0]) if h.startswith("Densité") and "détail" not in h)
    assert secret[3] == sum(str(row[column]).startswith("s.") for row in territories) > 40


def hostile(frames: Frames, names: tuple[str, ...]) -> Frames:
    communes = frames.communes.copy()
    communes["nom"] = [names[i % len(names)] for i in range(len(communes))]
    sources = tuple(replace(s, titre=names[0], producteur=names[1]) for s in frames.jeu.sources)
    return replace(frames, communes=communes, jeu=replace(frames.jeu, nom=names[0], sources=sources))


@pytest.mark.parametrize("write", [csv, xlsx])
def test_no_text_becomes_a_formula(frames_demo: Frames, write: Callable[[Instantane], bytes]) -> None:
    """Whether in a name, a header, a source or a title."""
    names = ("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-2+3", "\t=1", "\r=1", "<script>{{7*7}}</script>")
    evil = hostile(frames_demo, names)
    definitions = evil["indicateurs_def"].copy()
    definitions.loc[definitions["indicateur"] == "expulsions", ["libelle", "unite"]] = ["=1+1", "=2+2"]
    evil = replace(evil, tables={**evil.tables, "indicateurs_def": definitions})
    view = View(date=date(2026, 11, 1), couches=("indicateur",), indicateur="expulsions")
    content = write(snapshot_of(view, evil, JOUR))
    if write is csv:
        cells = [c for line in content.decode("utf-8-sig").split("\r\n") for c in line.split(";")]
    else:
        assert b"<f>" not in b"".join(_parts(content)), "no formula at all"
        cells = [str(c) for rows in sheets(content).values() for row in rows for c in row]
    assert any(c.strip('"').startswith("'=cmd") for c in cells)
    assert not [c for c in cells if c.strip('"')[:1] in ("=", "+", "@", "\t") or c.strip('"').startswith("-2")]


def _parts(content: bytes) -> list[bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [package.read(n) for n in package.namelist() if "sheet" in n]


def test_a_geopackage_is_read_back(partner: Instantane) -> None:
    content = gpkg(partner)
    areas = pyogrio.read_dataframe(io.BytesIO(content), layer="territoires")
    places = pyogrio.read_dataframe(io.BytesIO(content), layer="lieux")
    words = pyogrio.read_dataframe(io.BytesIO(content), layer="atlas_ctg")
    assert areas.crs == "EPSG:4326"
    assert areas["code"].tolist() == [row[0] for row in partner.territoires.rows]
    assert areas.geometry.area.sum() == pytest.approx(partner.frames.communes.geometry.area.sum(), rel=1e-6)
    assert len(places) == len(partner.lieux.rows)
    secret = areas[areas["densite_services"].str.startswith("s.")]
    assert len(secret) > 40
    assert secret["densite_services_valeur"].isna().all()
    told = dict(zip(words["cle"], words["valeur"], strict=False))
    assert told["titre"] == partner.cartouche.titre
    assert {"Données et sources", "Édition", "identite", "colonne densite_services"} <= set(words["cle"])


def test_a_geopackage_without_place_nor_layer_is_one(frames_demo: Frames) -> None:
    empty = snapshot_of(View(date=date(2026, 11, 1), couches=(), maille=Maille.EPCI), frames_demo, JOUR)
    areas = pyogrio.read_dataframe(io.BytesIO(gpkg(empty)), layer="territoires")
    assert areas.columns.tolist() == ["code", "nom", "geometry"]


def test_a_full_temporary_folder_is_one_sentence(partner: Instantane, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise pyogrio.errors.DataSourceError("sqlite3_step() failed: database or disk is full (13)")

    monkeypatch.setattr(gpd.GeoDataFrame, "to_file", full)
    with pytest.raises(ExportError, match="dossier temporaire est plein"):
        gpkg(partner)


def test_a_workbook_needs_no_temporary_folder(partner: Instantane, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nulle/part")
    assert "Lecture" in sheets(xlsx(partner))
