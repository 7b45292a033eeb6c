"""Fetching, against a local server that is slow, cuts, lies, fails or is not there."""

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from data.addresses import ADRESSES, Adresse
from data.errors import SourceError
from data.fetching import JOURNAL, fetch

CONTENU = bytes(range(256)) * 2_000
REEL = Path(__file__).resolve().parents[3].parent / "shared" / "reel"


class Serveur(ThreadingHTTPServer):
    """What each path answers, and what was asked."""

    daemon_threads = True
    contenus: dict[str, bytes]
    pannes: Counter[str]
    demandes: list[tuple[str, str]]


class Guichet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Serveur

    def log_message(self, *_args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.demandes.append((self.path, self.headers.get("Range", "")))
        chemin = self.path.split("?")[0]
        if chemin.startswith("/erreur500") or self.server.pannes[f"500 {chemin}"] > 0:
            self.server.pannes[f"500 {chemin}"] -= 1
            self.send_response(500)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        contenu = self.server.contenus.get(chemin)
        if contenu is None:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._send(chemin, contenu)

    def _send(self, chemin: str, contenu: bytes) -> None:
        debut = 0
        plage = self.headers.get("Range")
        if plage and self.headers.get("If-Range") == '"v1"':
            debut = int(plage.removeprefix("bytes=").rstrip("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {debut}-{len(contenu) - 1}/{len(contenu)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(contenu) - debut))
        self.send_header("ETag", '"v1"')
        self.end_headers()
        reste = contenu[debut:]
        if self.server.pannes[f"coupe {chemin}"] > 0:
            self.server.pannes[f"coupe {chemin}"] -= 1
            self.wfile.write(reste[: len(reste) // 2])
            self.wfile.flush()
            self.close_connection = True
            return
        for place in range(0, len(reste), 65_536):
            self.wfile.write(reste[place : place + 65_536])
            if chemin.startswith("/lent"):
                time.sleep(0.02)


@pytest.fixture
def serveur() -> Iterator[Serveur]:
    serveur = Serveur(("127.0.0.1", 0), Guichet)
    serveur.contenus = {"/fichier.csv": CONTENU, "/lent.csv": CONTENU}
    serveur.pannes = Counter()
    serveur.demandes = []
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield serveur
    serveur.shutdown()
    serveur.server_close()


def adresse(chemin: str = "/fichier.csv", sha256: str = "") -> Adresse:
    return Adresse(
        "essai", "Essai", "Insee", "Licence Ouverte 2.0", "https://page.example", f"https://ailleurs.example{chemin}",
        chemin.rsplit("/", 1)[-1], sha256,
    )  # fmt: skip


def get(serveur: Serveur, vers: Path, *adresses: Adresse, **options):
    base = f"http://127.0.0.1:{serveur.server_port}"
    return fetch(["62"], vers, base, adresses=adresses, pause_s=0.0, **options)


def resumed_at(plage: str) -> int:
    return int(plage.removeprefix("bytes=").rstrip("-") or 0)


def test_a_file_is_fetched_with_its_licence_and_its_hash(serveur, tmp_path: Path):
    recolte = get(serveur, tmp_path, adresse())
    assert (tmp_path / "fichier.csv").read_bytes() == CONTENU
    assert recolte.phrases() == ["fichier.csv\u202f: Essai, Insee, Licence Ouverte 2.0"]
    journal = json.loads((tmp_path / JOURNAL).read_text(encoding="utf-8"))
    assert journal["fichier.csv"]["sha256"] == hashlib.sha256(CONTENU).hexdigest()
    assert journal["fichier.csv"]["licence"] == "Licence Ouverte 2.0"


def test_an_intact_file_is_not_fetched_again_and_a_damaged_one_is(serveur, tmp_path: Path):
    get(serveur, tmp_path, adresse())
    assert get(serveur, tmp_path, adresse()).prises[0].deja
    assert len(serveur.demandes) == 1
    (tmp_path / "fichier.csv").write_bytes(b"abime")
    assert not get(serveur, tmp_path, adresse()).prises[0].deja
    assert (tmp_path / "fichier.csv").read_bytes() == CONTENU


def test_a_cut_file_goes_on_from_where_it_stopped(serveur, tmp_path: Path):
    serveur.pannes["coupe /fichier.csv"] = 2
    get(serveur, tmp_path, adresse())
    assert (tmp_path / "fichier.csv").read_bytes() == CONTENU
    reprises = [resumed_at(plage) for _, plage in serveur.demandes]
    assert reprises[0] == 0 < reprises[1] < reprises[2] < len(CONTENU)


def test_a_file_cut_for_good_is_resumed_by_the_next_run(serveur, tmp_path: Path):
    serveur.pannes["coupe /fichier.csv"] = 3
    recolte = get(serveur, tmp_path, adresse())
    assert not (tmp_path / "fichier.csv").exists()
    assert "coupée" in recolte.echecs[0][1]
    get(serveur, tmp_path, adresse())
    assert (tmp_path / "fichier.csv").read_bytes() == CONTENU
    assert resumed_at(serveur.demandes[-1][1]) > len(CONTENU) // 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["fichier.csv", JOURNAL]


def test_a_server_that_recovers_from_500(serveur, tmp_path: Path):
    serveur.pannes["500 /fichier.csv"] = 2
    assert len(get(serveur, tmp_path, adresse()).prises) == 1


def test_a_server_that_stays_at_500_is_said_with_the_page(serveur, tmp_path: Path):
    recolte = get(serveur, tmp_path, adresse("/erreur500.csv"), adresse())
    assert [p.chemin.name for p in recolte.prises] == ["fichier.csv"]
    assert (
        "Non reçu\u202f: Essai\u202f: le serveur a répondu 500. À prendre sur https://page.example" in recolte.phrases()
    )
    assert len([d for d in serveur.demandes if d[0] == "/erreur500.csv"]) == 3
    assert not (tmp_path / "erreur500.csv").exists()


def test_a_missing_file_is_not_asked_again(serveur, tmp_path: Path):
    recolte = get(serveur, tmp_path, adresse("/absent.csv"), adresse())
    assert recolte.echecs[0][1] == "le serveur a répondu 404"
    assert len([d for d in serveur.demandes if d[0] == "/absent.csv"]) == 1


def test_a_wrong_hash_leaves_no_file(serveur, tmp_path: Path):
    recolte = get(serveur, tmp_path, adresse(sha256="0" * 64))
    assert "empreinte différente" in recolte.echecs[0][1]
    assert list(tmp_path.iterdir()) == []


def test_a_web_page_in_place_of_the_file_is_refused(serveur, tmp_path: Path):
    serveur.contenus["/fichier.csv"] = b"<!DOCTYPE html><html>Connectez-vous au portail</html>"
    assert "page web" in get(serveur, tmp_path, adresse()).echecs[0][1]
    assert list(tmp_path.iterdir()) == []


def test_progress_is_shown_on_a_slow_server(serveur, tmp_path: Path):
    vus: list[tuple[str, int, int]] = []
    get(serveur, tmp_path, adresse("/lent.csv"), progress=lambda *a: vus.append(a))
    assert vus[-1] == ("lent.csv", len(CONTENU), len(CONTENU))
    assert [v[1] for v in vus] == sorted(v[1] for v in vus)
    assert len(vus) > 3


def test_stopping_keeps_what_was_received_for_later(serveur, tmp_path: Path):
    def stop(_nom: str, recus: int, _total: int) -> None:
        if recus > 200_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        get(serveur, tmp_path, adresse("/lent.csv"), progress=stop)
    assert not (tmp_path / "lent.csv").exists()
    get(serveur, tmp_path, adresse("/lent.csv"))
    assert (tmp_path / "lent.csv").read_bytes() == CONTENU
    assert serveur.demandes[-1][1].startswith("bytes=")


def test_without_internet_one_sentence_names_the_files_and_their_pages(tmp_path: Path):
    with pytest.raises(SourceError) as erreur:
        fetch(["62"], tmp_path, "http://127.0.0.1:9", pause_s=0.0)
    phrase = str(erreur.value)
    assert phrase.startswith("Aucun serveur n'est joignable\u202f: posez à la main")
    assert all(a.page in phrase for a in ADRESSES)
    assert "\n" not in phrase


def test_one_file_of_outlines_per_departement_and_the_national_one_for_france(serveur, tmp_path: Path):
    base = f"http://127.0.0.1:{serveur.server_port}"
    for demandes, attendu in ((["62", "59"], {"/departements/62/communes", "/departements/59/communes"}), ([], set())):
        serveur.demandes.clear()
        fetch(demandes, tmp_path, base, pause_s=0.0)
        chemins = {d[0].split("?")[0] for d in serveur.demandes}
        assert {c for c in chemins if c.startswith("/departements/")} == attendu
        assert any("contours-administratifs" in c for c in chemins) is (not demandes)


def test_every_address_says_whose_it_is():
    assert len({a.id for a in ADRESSES}) == len(ADRESSES)
    for a in ADRESSES:
        assert a.page.startswith("https://"), a.id
        assert a.licence, a.id
        assert a.url == "" or a.url.startswith("https://"), a.id


@pytest.mark.real
@pytest.mark.skipif(not REEL.is_dir(), reason="les données réelles ne sont pas là")
def test_real_files_travel_whole(serveur, tmp_path: Path):
    for nom in ("cog/mouvements-2026.csv", "epci/epcicom-2025.xlsx", "contours/communes-2018-62.geojson"):
        serveur.contenus[f"/{nom}"] = (REEL / nom).read_bytes()
        serveur.pannes[f"coupe /{nom}"] = 1
        recolte = get(serveur, tmp_path, adresse(f"/{nom}", hashlib.sha256((REEL / nom).read_bytes()).hexdigest()))
        assert recolte.prises[0].octets == (REEL / nom).stat().st_size
