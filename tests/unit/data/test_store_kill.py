"""An import killed at any instant leaves a version in service, whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data import jeu
from data.store import Store

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL n'existe pas ici")
RACINE = Path(__file__).resolve().parents[3]

EACH_CHECKPOINT = """
import os, shutil, signal, sys
from pathlib import Path
from data import jeu
from data.store import Store

magasin, dossier = Path(sys.argv[1]), Path(sys.argv[2])
jeu.examine(dossier)  # every module is loaded before the first fork
ecritures = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.copyfile", "tempfile.mkdtemp")

def die_at(instant):
    compte = 0
    def watch(evenement, arguments):
        nonlocal compte
        if evenement in ecritures and any(str(magasin) in str(a) for a in arguments):
            compte += 1
            if compte == instant:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)

instant, fini = 0, False
while not fini:
    instant += 1
    enfant = os.fork()
    if not enfant:
        die_at(instant)
        Store(magasin).install(dossier)
        os._exit(0)
    _, etat = os.waitpid(enfant, 0)
    fini = os.WIFEXITED(etat)
    assert fini or os.WTERMSIG(etat) == signal.SIGKILL
    service = Store(magasin).current()
    nom = jeu.load(service).jeu.nom
    assert nom in ("Ancienne", "Nouvelle"), nom
    assert len(list(service.iterdir())) == len(list(dossier.iterdir())), service
    for version in Store(magasin).versions():
        assert jeu.load(version.chemin).jeu.nom in ("Ancienne", "Nouvelle")
    if not fini:
        Store(magasin).revert(sys.argv[3])
        for version in Store(magasin).versions():
            if version.nom != sys.argv[3]:
                shutil.rmtree(version.chemin)
print(instant, nom)
"""


def small(atelier, nom: str) -> Path:
    """The least dataset, so that many imports stay quick."""
    toml = atelier.toml.replace("Caf d'essai", nom)
    return atelier.write({"jeu.toml": toml, **dict.fromkeys(atelier.tables)})


def test_killed_at_every_write_the_store_serves_a_whole_version(tmp_path, atelier):
    magasin = Store(tmp_path / "magasin")
    ancienne = magasin.install(small(atelier, "Ancienne"))
    dossier = small(atelier, "Nouvelle")
    commande = [sys.executable, "-c", EACH_CHECKPOINT, str(magasin.racine), str(dossier), ancienne.nom]
    suivi = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=False, timeout=240)
    assert suivi.returncode == 0, suivi.stderr
    instants, nom = suivi.stdout.split()
    assert int(instants) > 15
    assert nom == "Nouvelle"
    assert not list(magasin.racine.rglob(".import-*"))


ENDLESS = """
import sys
from pathlib import Path
from data.store import Store
dossiers = [Path(d) for d in sys.argv[2:]]
print("pret", flush=True)
while True:
    for dossier in dossiers:
        Store(Path(sys.argv[1])).install(dossier)
"""


def test_killed_from_outside_at_many_instants(tmp_path, atelier, monkeypatch):
    dossiers = []
    for nom in ("Une", "Deux"):
        monkeypatch.setattr(atelier, "dossier", tmp_path / nom)
        dossiers.append(str(small(atelier, nom)))
    magasin = Store(tmp_path / "magasin")
    magasin.install(Path(dossiers[0]))
    for essai in range(8):
        enfant = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, str(magasin.racine), *dossiers],
            cwd=RACINE,
            stdout=subprocess.PIPE,
            text=True,
        )
        enfant.stdout.readline()
        time.sleep(0.05 + essai * 0.037)
        enfant.send_signal(signal.SIGKILL)
        enfant.wait()
        enfant.stdout.close()
        assert jeu.load(magasin.current()).jeu.nom in ("Une", "Deux")
        assert all(jeu.load(v.chemin).jeu.nom in ("Une", "Deux") for v in magasin.versions())
    # The lock of the dead does not hold up the living.
    assert magasin.install(Path(dossiers[1])).en_service
    assert not list(magasin.racine.rglob(".import-*"))
