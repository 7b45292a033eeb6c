"""The demonstration as made and as committed."""

from pathlib import Path

import pytest

from data.demo.quarters import Qpv
from data.demo.quarters import build as build_quarters
from data.demo.territory import Commune, build


@pytest.fixture(scope="session")
def jeu_demo() -> Path:
    return Path(__file__).resolve().parents[4] / "data" / "demo" / "jeu"


@pytest.fixture(scope="session")
def communes_demo() -> tuple[Commune, ...]:
    return build()


@pytest.fixture(scope="session")
def qpv_demo(communes_demo: tuple[Commune, ...]) -> tuple[Qpv, ...]:
    return build_quarters(communes_demo)
