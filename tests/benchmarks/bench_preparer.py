"""Time and memory of `preparer` on the real files: one département, then the whole of France.

Run it alone: `python tests/benchmarks/bench_preparer.py`. Each run is a process of its own, with its own memory.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
REEL = RACINE.parent / "shared" / "reel"
CIBLES = {"62": (6, 2000), "": (60, 2000)}
"""Seconds and megabytes asked, by département ("" is the whole of France)."""


def measure(departement: str) -> tuple[float, float, int]:
    """Prepare once: seconds on the wall, seconds of processor, megabytes at most."""
    with tempfile.TemporaryDirectory() as dossier:
        debut = time.perf_counter()
        subprocess.run(
            [sys.executable, __file__, "un", departement, str(Path(dossier) / "jeu")], check=True, cwd=RACINE
        )
        mur = time.perf_counter() - debut
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return mur, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def main() -> None:
    """Print the figures beside what is asked."""
    avant = 0.0
    print(f"{'':12} {'s':>6} {'s proc.':>8} {'Mo':>6}   demandé")
    for departement, (secondes, megaoctets) in CIBLES.items():
        mur, processeur, memoire = measure(departement)
        nom = departement or "France"
        print(f"{nom:12} {mur:6.1f} {processeur - avant:8.1f} {memoire:6}   ≤ {secondes} s, ≤ {megaoctets} Mo")
        avant = processeur
    print(f"charge de la machine : {os.getloadavg()[0]:.1f} sur {os.cpu_count()} cœurs")


if __name__ == "__main__":
    if sys.argv[1:2] == ["un"]:
        sys.path.insert(0, str(RACINE))
        from data.preparation import prepare

        prepare([d for d in sys.argv[2:3] if d], 2026, REEL, Path(sys.argv[3]))
    else:
        main()
