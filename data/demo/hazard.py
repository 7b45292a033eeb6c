"""Reproducible chance: one independent stream per subject, so that changing one never moves the others."""

import zlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

GRAINE = 20131218  # date of the letter that founded the Ctg

T = TypeVar("T")


def stream(subject: str) -> np.random.Generator:
    """Return the generator of one subject; the same subject always gives the same draws."""
    return np.random.default_rng([GRAINE, zlib.crc32(subject.encode())])


def pick(rng: np.random.Generator, options: Sequence[T], weights: Sequence[float] | None = None) -> T:
    """Draw one option, by weight where weights are given."""
    if weights is None:
        return options[int(rng.integers(len(options)))]
    cumulated = np.cumsum(weights)
    return options[int(np.searchsorted(cumulated, rng.random() * cumulated[-1], side="right"))]


def between(rng: np.random.Generator, low: float, high: float) -> float:
    """Draw a number in [low, high)."""
    return float(low + (high - low) * rng.random())
