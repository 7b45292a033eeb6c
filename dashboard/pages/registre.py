"""The page of the register: agreements, deadlines, deployment, fields, conventions, means, results."""

from typing import Any

from flask import Flask

from dashboard.deps import Deps
from dashboard.layout.shell import shell
from dashboard.pages.contract import Page
from dashboard.pages.mounting import dash_app


def mount(server: Flask, deps: Deps) -> None:
    """Add the register to the server."""
    from dashboard.registre import callbacks, files
    from dashboard.registre.frame import frame
    from dashboard.registre.sections import SECTIONS

    app = dash_app(server, PAGE.chemin, PAGE.libelle)
    app.layout = lambda: _page(deps, frame(deps.frames(), deps.today()))
    callbacks.register(app, deps, SECTIONS)
    files.mount(server, deps, SECTIONS)


def _page(deps: Deps, children: list[Any]) -> Any:
    from dashboard.pages.registry import PAGES

    return shell(deps.frames(), PAGE.chemin, children, PAGES)


PAGE = Page("registre", "Registre", mount)
