"""The whole of France at communes: first map, bytes, recolouring, frames, a Caf opened; beside the bare canvas."""

from typing import Any

import psutil
from france import france
from live import (
    ARMER_ATLAS,
    CHROMIUM,
    DEUX,
    ECRAN,
    OPTIONS,
    QUATRE,
    atlas,
    count_bytes,
    drag,
    first_map,
    floor,
    frames,
    free_port,
    recolouring,
    report,
    served,
    zoom,
)
from playwright.sync_api import sync_playwright

CLICS = 12
VUES = (("couverture", "/"), ("couverture + densité", f"/{DEUX}"), ("les quatre couches", f"/{QUATRE}"))
PORT = free_port()
URL = f"http://127.0.0.1:{PORT}"


def main() -> None:
    """Print the figures."""
    jeu = france()
    if jeu is None:
        print("France entière : non mesurée, les fichiers ouverts de ../shared/reel ne sont pas là")
        return
    print(f"Jeu : France entière ; {psutil.cpu_count()} cœurs ; charge {psutil.getloadavg()[0]:.1f} ; sans GPU")
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        floor(browser.new_context(viewport=ECRAN).new_page(), jeu, CLICS)
        with served(atlas(PORT, jeu), f"{URL}/sante") as (server, start):
            print(f"servir → /sante                        {start:6.2f} s")
            page = browser.new_context(viewport=ECRAN).new_page()
            first_map(page, URL)
            page.context.close()
            page = browser.new_context(viewport=ECRAN).new_page()
            seen = count_bytes(page)
            print(f"première carte, cache vide             {first_map(page, URL):6.0f} ms")
            print(f"envoyé une fois                        {seen['octets'] / 1e6:6.2f} Mo")
            print(f"   dont la carte                       {_ground(page):6.2f} Mo")
            page.wait_for_timeout(4000)
            print(f"première carte, cache chaud            {first_map(page, URL):6.0f} ms")
            recolouring(page, URL, VUES, CLICS)
            first_map(page, URL)
            page.wait_for_timeout(5000)
            frames(page, "atlas, glisser", drag)
            frames(page, "atlas, zoomer", zoom)
            report("ouvrir une Caf depuis la France", [_caf(page, c) for c in ("Nord", "Ain", "Landes", "Paris")])
            print(
                f"mémoire du serveur                     {psutil.Process(server.pid).memory_info().rss / 1e6:6.0f} Mo"
            )
        browser.close()


def _ground(page: Any) -> float:
    sizes = (
        "() => performance.getEntriesByType('resource').filter(r => /fichiers/.test(r.name)).map(r => r.transferSize)"
    )
    return sum(page.evaluate(sizes)) / 1e6


def _caf(page: Any, nom: str) -> float:
    page.evaluate(ARMER_ATLAS)
    choice = page.get_by_role("textbox", name="Choisir une Caf")
    choice.fill(f"Caf du {nom}" if nom == "Nord" else nom)
    page.get_by_role("option").first.click()
    return float(page.evaluate("() => window.__t"))


if __name__ == "__main__":
    main()
