"""Time and size of every export of the Pas-de-Calais with its four layers, warm; run it by hand."""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
REEL = RACINE.parent / "shared" / "reel" / "jeu-62"
TOURS = 5
CIBLES = {"pdf": 0.6, "png": 0.6, "html": 0.8, "pptx": 1.0}


def main() -> None:
    """Print, for each format, the first run, the best of the next ones, the processor's share, the size, the target."""
    sys.path.insert(0, str(RACINE))
    from dashboard.exports import SUFFIXES, export
    from data import jeu
    from layers.kit.view import View
    from layers.registry import LAYERS

    frames = jeu.load(REEL)
    view = View(date=date(2026, 11, 1), couches=tuple(layer.id for layer in LAYERS), champ="petite_enfance")
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


if __name__ == "__main__":
    main()
