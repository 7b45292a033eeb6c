"""A server of the demonstration and a real Chromium."""

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright

from data.store import Store

RACINE = Path(__file__).resolve().parents[2]
DEMO = RACINE / "data" / "demo" / "jeu"
expect.set_options(timeout=30_000)  # a condition is waited for, however slow the machine
OPTIONS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def serving(where: Path | Callable[[], Path]) -> Iterator[str]:
    """Serve a dataset in a thread of this process and give its address."""
    from dashboard.app import create_app
    from dashboard.datasets import DatasetInService

    with listening(create_app(DatasetInService(where if callable(where) else lambda: where)).server) as address:
        yield address


@contextmanager
def listening(application: Flask) -> Iterator[str]:
    """Serve an application in a thread of this process and give its address."""
    from waitress.server import create_server

    from dashboard.commands.serve import SERVICE

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = create_server(application, host="127.0.0.1", port=port, **SERVICE)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{port}/"
    server.close()


@pytest.fixture(scope="session")
def serve() -> Callable[[Path | Callable[[], Path]], AbstractContextManager[str]]:
    """Serve any dataset: `with serve(folder) as address`."""
    return serving


@pytest.fixture(scope="session")
def serve_store() -> Callable[[Store], AbstractContextManager[str]]:
    """Serve the current version of a store, its carnet beside it: `with serve_store(store) as address`."""

    def serving_store(store: Store) -> AbstractContextManager[str]:
        from dashboard.app import create_app
        from dashboard.carnet.database import Carnet
        from dashboard.datasets import DatasetInService

        service = DatasetInService(lambda: store.current() or DEMO, store)
        return listening(create_app(service, Carnet.of_file(store.racine / "carnet.db")).server)

    return serving_store


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Address of an atlas serving the demonstration."""
    with serving(DEMO) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium without GPU; skips where it is not installed."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium n'est pas installé (paquet Debian « chromium »)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


TOILES = "() => [...document.querySelectorAll('#carte canvas')].map(c => c.toDataURL()).join()"

# Whether the map shows the address, then all that changes while the page works.


@pytest.fixture(autouse=True)
def _closed(chromium: Browser) -> Iterator[None]:
    """Close what a state opened: a page left behind goes on painting under the next ones."""
    before = set(chromium.contexts)
    yield
    for context in set(chromium.contexts) - before:
        context.close()


STATE = """() => { const c = document.getElementById('carte'), a = new URLSearchParams(location.search);
  const b = new URLSearchParams(c.dataset.vue || '');
  const shown = c.dataset.vue !== undefined && [...b].every(([k, v]) => a.get(k) === v);
  const texts = ['legende', 'fiche', 'chiffres-cles'].map(id => document.getElementById(id).innerText.length);
  return [shown, location.search, c.dataset.vue, c.dataset.peint, ...texts] }"""


class Atlas:
    """The page as a person drives it."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda r: self.requests.append(r.url))
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)

    def open(self, query: str = "") -> "Atlas":
        self.page.goto(self.site + query)
        self.page.wait_for_selector("#carte[data-peint]")
        self.page.wait_for_timeout(350)
        return self

    def settle(self) -> "Atlas":
        """Wait until the map shows what the address says and the page has been at rest for a while."""
        before, quiet = None, 0
        for _ in range(100):
            self.page.wait_for_timeout(150)
            state = self.page.evaluate(STATE)
            quiet = quiet + 1 if state == before and state[0] else 0
            if quiet == 3:
                return self
            before = state
        raise AssertionError(f"la page ne se pose pas : {before}")

    def pixel(self, code: str) -> tuple[int, ...]:
        """Colour of the map's canvas just beside the inner point of a territory of the current maille."""
        return tuple(
            self.page.evaluate(
                """(code) => { const {carte, courant} = atlas.etat, c = carte.getContainer().querySelector('canvas');
                   const p = carte.latLngToContainerPoint(courant.centres[courant.rang.get(code)]);
                   const r = c.getBoundingClientRect(), o = carte.getContainer().getBoundingClientRect();
                   const k = c.width / r.width, x = (p.x + o.left - r.left) * k, y = (p.y + o.top - r.top) * k;
                   return [...c.getContext('2d').getImageData(x, y, 1, 1).data]}""",
                code,
            )
        )

    def canvas(self, page: Page | None = None) -> str:
        """The whole map of this page or another, grounds, lines and places, as data addresses."""
        return str((page or self.page).evaluate(TOILES))

    def text(self, selector: str) -> str:
        return self.page.inner_text(selector)

    def click_territory(self, code: str) -> None:
        x, y = self.page.evaluate(
            """(code) => { const {carte, courant} = atlas.etat, o = carte.getContainer().getBoundingClientRect();
               const p = carte.latLngToContainerPoint(courant.centres[courant.rang.get(code)]);
               return [p.x + o.left, p.y + o.top] }""",
            code,
        )
        self.page.mouse.click(x, y)


@pytest.fixture
def atlas(chromium: Browser, site: str) -> Iterator[Atlas]:
    """A fresh page of 1366 × 768 on the demonstration; the page must stay without error."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    journey = Atlas(context.new_page(), site)
    yield journey
    context.close()
    assert journey.errors == []
