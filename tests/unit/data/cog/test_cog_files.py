from pathlib import Path

import pytest

from data.cog import CommuneHistory, locate
from data.cog.files import annee_of, read_communes, read_mouvements
from data.errors import SourceError


def test_files_are_found_by_their_headers_at_any_depth(dossier: Path, pays: CommuneHistory):
    found = locate(dossier)
    assert (found.mouvements.name, found.communes.name) == ("v_mvt_commune_2026.csv", "v_commune_2026.csv")
    assert CommuneHistory.of_folder(dossier).codes(2018) == pays.codes(2018)


def test_the_latest_list_that_the_movements_reach_is_taken(dossier: Path, tmp_path: Path):
    for source in (dossier / "insee" / "cog").iterdir():
        text = source.read_text(encoding="utf-8")
        (tmp_path / source.name.replace("2026", "2025")).write_text(text, encoding="utf-8")
        if source.name.startswith("v_commune"):
            (tmp_path / "v_commune_2024.csv").write_text(text, encoding="utf-8")
            (tmp_path / "v_commune_2026.csv").write_text(text, encoding="utf-8")
    assert locate(tmp_path).communes.name == "v_commune_2025.csv"
    with pytest.raises(SourceError, match="plus récente que les mouvements"):
        CommuneHistory.load(tmp_path / "v_mvt_commune_2025.csv", tmp_path / "v_commune_2026.csv")


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ([], "Aucun fichier des mouvements"),
        (["v_commune_2026.csv"], "Aucun fichier des mouvements"),
        (["v_mvt_commune_2026.csv"], "Aucune liste des communes"),
    ],
)
def test_a_missing_file_is_named(dossier: Path, tmp_path: Path, names, message):
    for name in names:
        (tmp_path / name).write_bytes((dossier / "insee" / "cog" / name).read_bytes())
    with pytest.raises(SourceError, match=message):
        locate(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(SourceError, match="n’existe pas"):
        locate(tmp_path / "rien")


def test_headers_separators_and_encodings_of_other_years(tmp_path: Path):
    old = tmp_path / "communes-01012019.csv"
    old.write_bytes(
        "\ufefftypecom,com,reg,libelle,comparent\r\nCOM,01001,84,Été,\r\nCOMD,01002,84,x,01001\r\n".encode()
    )
    assert read_communes(old) == {"01001"}
    latin = tmp_path / "mvt.txt"
    latin.write_bytes(
        "MOD\tDATE_EFF\tTYPECOM_AV\tCOM_AV\tLIBELLE_AV\tTYPECOM_AP\tCOM_AP\n"
        "50\t2020-01-01\tCOM\t01001\tÉté\tCOM\t01002\n30\t1999-01-01\tCOM\t01003\t\t\t\n".encode("cp1252")
    )
    table = read_mouvements(latin)
    assert table["date_eff"].tolist() == ["1999-01-01", "2020-01-01"], "oldest first"
    assert table["com_ap"].tolist() == ["", "01002"]


@pytest.mark.parametrize(
    "content", [b"", b"a;b;c\n1;2;3\n", b"TYPECOM,COM\nCOMD,01002\n", b"version https://git-lfs\n"]
)
def test_a_file_that_is_not_one_is_refused(tmp_path: Path, content):
    path = tmp_path / "v_commune_2026.csv"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"v_commune_2026\.csv"):
        read_communes(path)


def test_year_of_a_name():
    names = ["v_commune_2026.csv", "communes-01012019.csv", "mvtcommune2022.csv", "liste.csv", "v2_1999_2024.csv"]
    assert [annee_of(Path(name)) for name in names] == [2026, 2019, 2022, None, 2024]
