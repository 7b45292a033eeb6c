"""Time and size of every export of the Pas-de-Calais with its four layers, warm; run it by hand.

`atlas` adds the atlas of its Epci; `atlas 50` makes one of fifty communes instead.
"""

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
REEL = RACINE.parent / "shared" / "reel" / "jeu-62"
TOURS = 5
COUCHES = ("couverture_ctg", "densite_services", "points_acces", "territoires_prioritaires")
CIBLES = {"pdf": 0.6, "png": 0.6, "html": 0.8, "pptx": 1.0}


def main() -> None:
    """Print, for each format, the first run, the best of the next ones, the processor's share, the size, the target."""
    sys.path.insert(0, str(RACINE))
    from dashboard.exports import SUFFIXES, export
    from data import jeu
    from layers.kit.view import View

    frames = jeu.load(REEL)
    view = View(date=date(2026, 11, 1), couches=COUCHES, champ="petite_enfance")
    with tempfile.TemporaryDirectory() as folder:
        for suffixe in SUFFIXES:
            path, runs = Path(folder) / f"vue.{suffixe}", []
            for _ in range(1 + TOURS):
                start, cpu = time.perf_counter(), time.process_time()
                export(view, frames, path)
                runs.append((time.perf_counter() - start, time.process_time() - cpu))
            target = f"  (cible {CIBLES[suffixe]} s)" if suffixe in CIBLES else ""
            size = path.stat().st_size / 1e6
            best, cpu = (min(column) for column in zip(*runs[1:], strict=True))
            times = f"première {runs[0][0]:.2f} s  ensuite {best:.2f} s (processeur {cpu:.2f} s)"
            print(f"{suffixe:8} {times}  {size:.2f} Mo{target}")


def atlas(nombre: int) -> None:
    """Print the time, the size and the memory of an atlas: the Epci, or this number of communes."""
    sys.path.insert(0, str(RACINE))
    from dashboard.exports.atlas import Demande, document
    from dashboard.exports.options import DEFAUT
    from data import jeu
    from data.model import Maille
    from layers.kit.view import View

    frames = jeu.load(REEL)
    view = View(date=date(2026, 11, 1), couches=COUCHES, champ="petite_enfance")
    codes = tuple(frames.communes["code"][:nombre])
    demande = Demande(view, frames, Maille.COMMUNE if nombre else Maille.EPCI, date(2026, 11, 23), DEFAUT, codes)
    start, cpu = time.perf_counter(), time.process_time()
    content = document(demande, lambda *_: None)
    passed, cpu = time.perf_counter() - start, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    what = f"{nombre} communes (cible 30 s, 600 Mo)" if nombre else "Epci (cible 12 s)"
    times = f"{passed:.1f} s (processeur {cpu:.1f} s)"
    print(f"atlas    {times}  {len(content) / 1e6:.2f} Mo  mémoire {memory:.0f} Mo  {what}")


if __name__ == "__main__":
    if "atlas" in sys.argv:
        atlas(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    else:
        main()
