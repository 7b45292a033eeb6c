"""The contract between a page and the application that serves it."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from dashboard.deps import Deps


@dataclass(frozen=True, slots=True)
class Page:
    """One page beside the map, at `/<chemin>/`.

    `libelle` names it in the head of every page, "" to leave it out of there; `mount` adds it to the server.
    """

    chemin: str
    libelle: str
    mount: Callable[[Flask, Deps], None]
