import io

import numpy as np
import pytest
from PIL import Image

from layers.renderers.png import encode


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (13, 1), (40, 31)])
def test_pixels_come_back_as_they_were(shape: tuple[int, int]):
    pixels = np.random.default_rng(7).integers(0, 256, (*shape, 3), dtype=np.uint8)
    picture = Image.open(io.BytesIO(encode(pixels, 300, "Été à l'Épci\u202f: <b>")))
    assert picture.mode == "RGB"
    assert np.array_equal(np.asarray(picture), pixels)
    assert picture.info["dpi"][0] == pytest.approx(300, abs=0.1)
    assert picture.info["Title"] == "Été à l'Épci\u202f: <b>"
