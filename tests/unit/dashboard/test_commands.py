"""The commands of FORMATS.md §4, as a user types them: codes, streams, JSON, French sentences."""

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from dashboard.__main__ import main

RACINE = Path(__file__).resolve().parents[3]
DEMO = RACINE / "data" / "demo" / "jeu"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEMO, tmp_path / "jeu"))


def plain(text: str) -> str:
    """Put plain spaces where French typography has no-break ones."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return code, plain(out), plain(err)


def test_figures_of_a_view_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(
        capsys, "chiffres", "--jeu", DEMO, "--vue", "?maille=epci&champ=petite_enfance&date=2024-01-01", "--json"
    )
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found["date"] == "2024-01-01"
    assert set(found) >= {"vue", "jeu", "date", "couverture", "ctg", "densite", "points_acces", "avis"}
    assert len(found["densite"]) == 12
    population = found["couverture"]["population"]
    assert population["taux_pct"] == pytest.approx(100 * population["numerateur"] / population["denominateur"])


def test_figures_as_text_name_their_parts(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "chiffres", "--jeu", DEMO)
    assert code == 0
    assert "Population couverte : 83,1 % (" in out


def test_a_wrong_view_is_said_and_the_default_given(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "chiffres", "--jeu", DEMO, "--vue", "?maille=canton", "--json")
    assert code == 0
    assert "maille=canton" in json.loads(out)["avis"][0]
    code, out, err = run(capsys, "chiffres", "--jeu", DEMO, "--vue", "maille=epci")
    assert (code, out) == (1, "")
    assert "doit commencer par « ? »" in err


def test_layers_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "couches", "--json")
    ids = [layer["id"] for layer in json.loads(out)]
    assert code == 0
    assert ids[:4] == ["couverture_ctg", "densite_services", "points_acces", "territoires_prioritaires"]


def test_check_gives_the_exit_code_of_what_it_finds(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    assert run(capsys, "verifier", copy)[0] == 0
    with (copy / "ctg.csv").open("a", encoding="utf-8") as table:
        table.write("CTG-X;Mauvaise;regional;signee\n")
    code, out, _ = run(capsys, "verifier", copy, "--json")
    report = json.loads(out)
    assert code == 1
    assert report["erreurs"] == len([c for c in report["constats"] if c["gravite"] == "erreur"]) > 0
    assert set(report["constats"][0]) == {"fichier", "ligne", "colonne", "valeur", "gravite", "message", "remede"}
    (copy / "jeu.toml").unlink()
    assert run(capsys, "verifier", copy)[0] == 2
    assert run(capsys, "verifier", copy / "nulle-part")[0] == 2


def test_install_list_revert(capsys: pytest.CaptureFixture[str], copy: Path, tmp_path: Path) -> None:
    store = ("--magasin", tmp_path / "magasin")
    assert run(capsys, "importer", copy, *store)[0] == 0
    first = run(capsys, "versions", *store)[1].split()[1]
    settings = (copy / "jeu.toml").read_text(encoding="utf-8")
    (copy / "jeu.toml").write_text(settings.replace("[jeu]", "[jeu]\n# édition", 1), encoding="utf-8")
    assert run(capsys, "importer", copy, *store)[0] == 0
    listed = run(capsys, "versions", *store)[1]
    assert len(listed.strip().splitlines()) == 2
    assert f"* {first}" not in listed
    assert run(capsys, "revenir", first, *store)[0] == 0
    assert f"* {first}" in run(capsys, "versions", *store)[1]
    code, _, err = run(capsys, "revenir", "1999-01-01", *store)
    assert code != 0
    assert "1999-01-01" in err
    (copy / "communes.geojson").write_text("{", encoding="utf-8")
    assert run(capsys, "importer", copy, *store)[0] != 0
    assert f"* {first}" in run(capsys, "versions", *store)[1]


def test_an_unknown_suffix_is_refused_in_one_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "exporter", "--jeu", DEMO, "?", tmp_path / "vue.doc")
    assert code == 1
    assert err.startswith("atlas-ctg : « .doc » n'est pas un format d'export")
    assert not (tmp_path / "vue.doc").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "il manque : COMMANDE"),
        (["chiffre"], "n'est pas un choix possible"),
        (["verifier"], "il manque : DOSSIER"),
        (["servir", "--port", "abc"], "attend un nombre entier"),
        (["servir", "--inconnu"], "arguments non reconnus : --inconnu"),
        (["passage", "62001"], "il manque : --de"),
    ],
)
def test_a_command_badly_written_is_explained_in_french(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert said in plain(capsys.readouterr().err)


def servir(jeu: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "dashboard", "servir", "--jeu", str(jeu), "--port", str(port)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_serve_answers_health_and_a_second_one_says_that_the_port_is_taken() -> None:
    port = free_port()
    server = subprocess.Popen(servir(DEMO, port), cwd=RACINE)
    try:
        health = wait_for(f"http://127.0.0.1:{port}/sante")
        assert health["jeu"] == "Caf fictive de la Sernaie-Maritime"
        assert health["version"]
        assert health["version_jeu"]
        busy = subprocess.run(servir(DEMO, port), cwd=RACINE, capture_output=True, text=True)
        assert busy.returncode == 1
        assert f"Le port {port}" in busy.stderr
        assert len(busy.stderr.strip().splitlines()) == 1
    finally:
        server.terminate()
        server.wait(10)


def wait_for(url: str) -> dict[str, str]:
    limit = time.monotonic() + 60
    while True:
        try:
            return dict(json.loads(urllib.request.urlopen(url, timeout=2).read()))
        except OSError:
            assert time.monotonic() < limit
            time.sleep(0.05)


def test_serve_refuses_a_corrupt_dataset_in_one_sentence(copy: Path) -> None:
    (copy / "communes.geojson").write_text("{", encoding="utf-8")
    refused = subprocess.run(servir(copy, free_port()), cwd=RACINE, capture_output=True, text=True)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
