"""Click on a field → map painted, bytes, first map, start of the server, memory; beside the usual callback."""

import statistics
import sys
from pathlib import Path

import psutil
from live import CHROMIUM, OPTIONS, atlas, count_bytes, dataset, served
from playwright.sync_api import Page, sync_playwright

CLICS = 24
CHAMPS = ["Petite enfance", "Handicap", "Soutien à la parentalité", "Jeunesse", "Tous les champs", "Insertion"]
COUCHES = "?couches=couverture_ctg,densite_services"

ARMER_ATLAS = """() => { window.__t = new Promise(ok => {
  let debut = 0;
  document.addEventListener('pointerdown', e => { debut = e.timeStamp }, {once: true, capture: true});
  document.addEventListener('atlas:peint', () => ok(performance.now() - debut), {once: true});
}) }"""
ARMER_PX = """() => { window.__t = new Promise(ok => {
  let debut = 0; const g = document.querySelector('.js-plotly-plot');
  document.addEventListener('pointerdown', e => { debut = e.timeStamp }, {once: true, capture: true});
  const fini = () => { g.removeListener('plotly_afterplot', fini);
    requestAnimationFrame(() => requestAnimationFrame(() => ok(performance.now() - debut))) };
  g.on('plotly_afterplot', fini);
}) }"""


def clicks(page: Page, arm: str, labels: list[str], scope: str) -> list[float]:
    times = []
    for i in range(CLICS + 2):
        page.evaluate(arm)
        page.locator(scope).get_by_text(labels[i % len(labels)], exact=True).click()
        times.append(page.evaluate("() => window.__t"))
        page.wait_for_timeout(350)
    return times[2:]


def first_map(page: Page, url: str) -> float:
    page.goto(url)
    page.wait_for_selector("#carte[data-peint]")
    return float(page.evaluate("() => Number(document.getElementById('carte').dataset.peint)"))


def report(name: str, times: list[float], octets: float) -> None:
    told = f"médiane {statistics.median(times):6.0f} ms   max {max(times):6.0f} ms"
    print(f"{name:34} {told}   {octets / 1000:7.1f} ko par clic")


def main() -> None:
    print(f"Jeu : {dataset().name} ; {psutil.cpu_count()} cœurs ; Chromium sans GPU")
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        with served(atlas(8071), "http://127.0.0.1:8071/sante") as (server, start):
            print(f"servir → /sante                    {start:6.2f} s")
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            page = context.new_page()
            print(f"première carte, cache vide         {first_map(page, 'http://127.0.0.1:8071/'):6.0f} ms")
            print(f"première carte, cache chaud        {first_map(page, 'http://127.0.0.1:8071/'):6.0f} ms")
            for name, query in (
                ("couverture", ""),
                ("couverture + densité", COUCHES),
                ("les quatre couches", COUCHES + ",points_acces,territoires_prioritaires"),
            ):
                first_map(page, f"http://127.0.0.1:8071/{query}")
                page.wait_for_timeout(600)
                seen = count_bytes(page)
                times = clicks(page, ARMER_ATLAS, CHAMPS, "#filtre-champ")
                report(f"atlas, {name}", times, seen["octets"] / (CLICS + 2))
            memory = psutil.Process(server.pid).memory_info().rss / 1e6
            print(f"mémoire du serveur                 {memory:6.0f} Mo")
        rival = [sys.executable, str(Path(__file__).with_name("rival_px.py")), str(dataset()), "8072"]
        with served(rival, "http://127.0.0.1:8072/"):
            page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
            page.goto("http://127.0.0.1:8072/")
            page.wait_for_selector(".js-plotly-plot .main-svg")
            page.wait_for_timeout(4000)
            seen = count_bytes(page)
            times = clicks(page, ARMER_PX, list("BCDEFGHA"), "#champ")
            report("px.choropleth_map, rappel usuel", times, seen["octets"] / (CLICS + 2))
        browser.close()


if __name__ == "__main__":
    main()
