"""A département: click on a field → map painted, bytes, first map, frames, memory; beside the floor and the peers."""

import importlib.util
import sys
import time
from pathlib import Path
from typing import Any

import psutil
from live import (
    CHROMIUM,
    DEUX,
    ECRAN,
    OPTIONS,
    PEINT,
    QUATRE,
    atlas,
    clicks,
    count_bytes,
    dataset,
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
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import sync_playwright

CLICS, CLICS_LENTS = 24, 6
VUES = (("couverture", "/"), ("couverture + densité", f"/{DEUX}"), ("les quatre couches", f"/{QUATRE}"))
ARMER_PX = f"""() => {{ window.__t = new Promise(ok => {{
  let debut = 0; const g = document.querySelector('.js-plotly-plot');
  document.addEventListener('pointerdown', e => {{ debut = e.timeStamp }}, {{once: true, capture: true}});
  const fini = () => {{ g.removeListener('plotly_afterplot', fini); ({PEINT})(() => ok(performance.now() - debut)) }};
  g.on('plotly_afterplot', fini);
}}) }}"""
TEINTES_FOLIUM = "() => [...document.querySelectorAll('path')].slice(0, 60).map(p => p.getAttribute('fill')).join()"


def main() -> None:
    """Print the figures of the atlas, of the bare canvas and of the two peers."""
    print(f"Jeu : {dataset().name} ; {psutil.cpu_count()} cœurs ; charge {psutil.getloadavg()[0]:.1f} ; sans GPU")
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_context(viewport=ECRAN).new_page()
        floor(page, dataset(), CLICS)
        ours(browser)
        px(browser)
        streamlit(browser)
        browser.close()


def ours(browser: Any) -> None:
    """Measure the atlas."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with served(atlas(port), f"{url}/sante") as (server, start):
        print(f"servir → /sante                        {start:6.2f} s")
        page = browser.new_context(viewport=ECRAN).new_page()
        seen = count_bytes(page)
        print(f"première carte, cache vide             {first_map(page, url):6.0f} ms")
        page.wait_for_timeout(2500)
        print(f"envoyé une fois                        {seen['octets'] / 1e6:6.2f} Mo")
        print(f"première carte, cache chaud            {first_map(page, url):6.0f} ms")
        recolouring(page, url, VUES, CLICS)
        frames(page, "atlas, glisser, quatre couches", drag)
        frames(page, "atlas, zoomer, quatre couches", zoom)
        print(f"mémoire du serveur                     {psutil.Process(server.pid).memory_info().rss / 1e6:6.0f} Mo")


def px(browser: Any) -> None:
    """Measure the usual callback that returns a figure."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    rival = [sys.executable, str(Path(__file__).with_name("rival_px.py")), str(dataset()), str(port)]
    with served(rival, url):
        page = browser.new_context(viewport=ECRAN).new_page()
        page.goto(url)
        page.wait_for_selector(".js-plotly-plot .main-svg")
        page.wait_for_timeout(4000)
        seen = count_bytes(page)
        times = clicks(page, ARMER_PX, list("BCDEFGHA"), "#champ", CLICS_LENTS)
        report("px.choropleth_map, rappel usuel", times, seen["octets"] / (CLICS_LENTS + 2))


def streamlit(browser: Any) -> None:
    """Measure Streamlit with folium, to 20 ms: its map lives in a frame of its own."""
    if not all(importlib.util.find_spec(m) for m in ("streamlit", "streamlit_folium")):
        print("Streamlit + folium : non mesuré, l'extra « bench » n'est pas installé (pip install -e '.[bench]')")
        return
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    script = str(Path(__file__).with_name("rival_streamlit.py"))
    options = ["--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    with served([sys.executable, "-m", "streamlit", "run", script, *options, "--", str(dataset())], url):
        page = browser.new_context(viewport=ECRAN).new_page()
        page.goto(url)
        try:
            page.frame_locator("iframe").locator("path").first.wait_for(state="attached", timeout=60_000)
        except PlaywrightTimeout:
            print(
                "Streamlit + folium : non mesuré, sa carte n'est pas apparue en 60 s (ses scripts viennent d'internet)"
            )
            return
        page.wait_for_timeout(3000)
        seen = count_bytes(page)
        times = [_choice(page, label) for label in "BCDEFG"]
        report("Streamlit + folium", times, seen["octets"] / len(times))


def _choice(page: Any, label: str) -> float:
    frame = next(f for f in page.frames if f.parent_frame)
    before, start = frame.evaluate(TEINTES_FOLIUM), time.perf_counter()
    page.get_by_text(label, exact=True).click()
    while time.perf_counter() - start < 60:
        now = frame.evaluate(TEINTES_FOLIUM)
        if now and now != before:
            break
        page.wait_for_timeout(20)
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
