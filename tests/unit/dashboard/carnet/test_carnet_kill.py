"""A server killed during a save loses nothing that it confirmed, and leaves a carnet that opens."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from dashboard.carnet.database import Carnet
from dashboard.seances import reading, writing
from dashboard.seances.model import Brouillon

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL n'existe pas ici")
RACINE = Path(__file__).resolve().parents[4]

ENDLESS = """
import sys
from dashboard.carnet.database import Carnet
from dashboard.seances import reading, writing
from dashboard.seances.model import Modification
from dashboard.seances.tables import SCENE
carnet, seance = Carnet.at(sys.argv[1]), sys.argv[2]
scene = reading.seance(carnet, seance).scenes[0]
text, version, rank = scene.notes, scene.version, int(scene.notes or 0)
while True:
    rank += 1
    version = writing.edit(carnet, SCENE, scene.id, Modification(version, {"notes": text}, {"notes": str(rank)}))
    text = str(rank)
    writing.add_decision(carnet, scene.id, {"texte": text})
    print(rank, flush=True)
"""


def test_killed_from_outside_at_many_instants(carnet: Carnet) -> None:
    seance = writing.create(carnet, {"titre": "Séance"}, [Brouillon("?")])
    address = carnet.url.render_as_string(hide_password=False)
    sure: set[int] = set()  # every rank that a child said it had written, note and decision
    for trial in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, address, seance], cwd=RACINE, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        first = int(child.stdout.readline())
        time.sleep(0.04 + trial * 0.033)
        child.send_signal(signal.SIGKILL)
        confirmed = [first, *(int(line) for line in child.stdout.read().splitlines() if line)]
        child.wait()
        child.stdout.close()
        found = reading.seance(Carnet(carnet.url), seance)
        assert int(found.scenes[0].notes) in (confirmed[-1], confirmed[-1] + 1)
        sure |= set(confirmed)
        taken = [int(d.texte) for d in found.decisions]
        assert taken == sorted(set(taken))
        assert sure <= set(taken)
    assert writing.create(carnet, {"titre": "Après"})


@pytest.mark.slow
def test_a_served_atlas_killed_while_people_write(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    jeu = RACINE / "data" / "demo" / "jeu"
    command = [sys.executable, "-m", "dashboard", "servir", "--jeu", str(jeu), "--port", str(port)]
    command += ["--magasin", str(tmp_path)]

    def ask(method: str, path: str, content: dict | None = None) -> dict:
        body = json.dumps(content).encode() if content is not None else None
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{port}/carnet/{path}", body, headers, method=method)
        return json.load(urllib.request.urlopen(request, timeout=20))

    server = subprocess.Popen(command, cwd=RACINE, stdout=subprocess.DEVNULL)
    for _ in range(600):
        try:
            ask("GET", "seances")
            break
        except OSError:
            time.sleep(0.1)
    seance = ask("POST", "seances", {"titre": "Séance"})["id"]
    ask("POST", f"seances/{seance}/scenes", {"adresse": "?"})
    scene = ask("GET", f"seances/{seance}")["scenes"][0]
    killer = subprocess.Popen(["sh", "-c", f"sleep 1; kill -9 {server.pid}"])
    text, version, rank = "", scene["version"], 0
    while server.poll() is None:
        change = {"version": version, "avant": {"notes": text}, "apres": {"notes": f"note {rank}"}}
        try:
            version = ask("PATCH", f"scenes/{scene['id']}", change)["version"]
        except (OSError, ValueError):
            break
        text, rank = f"note {rank}", rank + 1
    killer.wait()
    server.wait()
    assert rank > 3
    found = reading.seance(Carnet.of_file(tmp_path / "carnet.db"), seance).scenes[0]
    assert found.notes in (text, f"note {rank}")
