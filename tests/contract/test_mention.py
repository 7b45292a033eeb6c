"""Fictitious data are said so where an eye looks: the words must be seen, not merely be there."""

from datetime import date
from pathlib import Path

import numpy as np
from PIL import Image

from dashboard.exports import export
from data.frames import Frames
from layers.kit.view import View


def test_the_words_of_the_mark_are_seen_on_the_picture(frames_demo: Frames, tmp_path: Path) -> None:
    path = tmp_path / "vue.png"
    export(View(date=date(2026, 11, 1)), frames_demo, path)
    pixels = np.asarray(Image.open(path).convert("RGB")).astype(int)
    corner = pixels[: pixels.shape[0] // 6, pixels.shape[1] * 3 // 4 :]
    brown = np.abs(corner - (0x8A, 0x3C, 0x00)).sum(axis=2) < 40
    assert brown.any()
    rows, columns = np.where(brown)
    mark = corner[rows.min() : rows.max(), columns.min() : columns.max()]
    white = (mark > 235).all(axis=2)
    middle = white[:, mark.shape[1] // 10 : -mark.shape[1] // 10]
    assert middle.mean() > 0.05
