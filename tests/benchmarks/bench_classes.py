"""How long it takes to cut values into classes, by method, and how far natural classes are from the optimum.

    python tests/benchmarks/bench_classes.py

Values are drawn like incomes, densities (very skewed, many equal) and shares; 35 000 is every commune of France,
350 000 what ten years of them make: what the frozen bounds of a national dataset are computed on, once.
"""

import sys
from pathlib import Path
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from layers.kit.scales import levels_of, scale_of
from layers.kit.view import Methode

TIRAGE = np.random.default_rng(62)
SERIES = {
    "revenus": lambda n: TIRAGE.normal(22_000, 2_500, n).round(-1),
    "densités": lambda n: (TIRAGE.poisson(1.2, n) * 10_000 / TIRAGE.lognormal(6.5, 1.2, n)).round(2),
    "parts": lambda n: TIRAGE.beta(2, 5, n) * 100,
}


def main() -> None:
    """Print one line per series, size and method: milliseconds, number of classes."""
    for nom, tirer in SERIES.items():
        for taille in (891, 35_000, 350_000):
            valeurs = tirer(taille)
            print(f"{nom}, {taille} valeurs dont {len(np.unique(valeurs))} différentes")
            for methode in Methode:
                bornes = (10.0, 20.0) if methode is Methode.MANUEL else ()
                debut = perf_counter()
                nb = scale_of(valeurs, methode, 7, bornes).nb
                print(f"  {methode.value:13} {1000 * (perf_counter() - debut):7.1f} ms  {nb} classes")
            debut = perf_counter()
            levels_of(valeurs, Methode.QUANTILES)
            print(f"  {'croisement':13} {1000 * (perf_counter() - debut):7.1f} ms")


if __name__ == "__main__":
    main()
