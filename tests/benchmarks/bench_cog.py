"""Figures of the commune vintages on the real national files: milliseconds, best of five."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from data.cog import Colonnes, CommuneHistory, convert, dissolve, guess
from data.model import Nature

REEL = Path(__file__).resolve().parents[2].parent / "shared" / "reel"


def best_ms(work: Callable[[], object], times: int = 5) -> float:
    """Shortest of several runs, in milliseconds."""
    spans = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spans.append(time.perf_counter() - start)
    return 1000 * min(spans)


def main() -> None:
    """Print one line per figure."""
    if not REEL.is_dir():
        print(f"les données réelles ne sont pas là : {REEL}")
        return
    history = CommuneHistory.of_folder(REEL)
    codes = sorted(history.codes(2018))
    draw = np.random.default_rng(0)
    table = pd.DataFrame({"code": codes, "n": draw.integers(0, 999, len(codes)), "taux": draw.random(len(codes))})
    colonnes = Colonnes("code", {"n": Nature.EFFECTIF, "taux": Nature.TAUX})
    years = pd.concat([table.assign(annee=annee) for annee in range(2012, 2022)], ignore_index=True)
    long = Colonnes("code", {"n": Nature.EFFECTIF}, cles=("annee",))
    outlines = gpd.read_file(REEL / "contours" / "communes-2018-62.geojson")
    for name, work in (
        ("chargement des mouvements et de la liste", lambda: CommuneHistory.of_folder(REEL)),
        (f"table de passage 1990 → {history.annees[-1]}", lambda: history.links(1990, history.annees[-1])),
        (
            f"passage d'un tableau de {len(table)} lignes, 2 colonnes",
            lambda: convert(history, table, colonnes, 2018, 2026),
        ),
        (f"passage d'un tableau de {len(years)} lignes, 1 colonne", lambda: convert(history, years, long, 2018, 2026)),
        (f"millésime d'un tableau de {len(codes)} codes", lambda: guess(history, codes)),
        (f"contours 2018 du 62 ({len(outlines)}) → 2024", lambda: dissolve(history, outlines, "code", 2018, 2024)),
        ("un code, 2018 → 2026", lambda: history.passage("49069", 2018, 2026)),
    ):
        print(f"{name:<60} {best_ms(work):8.1f} ms")


if __name__ == "__main__":
    main()
