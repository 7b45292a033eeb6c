"""Next scene → painted, its neighbours prefetched; a séance of one hundred scenes: list, editor, first scene."""

import json
import statistics
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil
from live import CHROMIUM, OPTIONS, atlas, dataset, served
from playwright.sync_api import Page, sync_playwright

PORT = 8073
SITE = f"http://127.0.0.1:{PORT}/"


def ask(path: str, content: dict | None = None) -> dict:
    body = json.dumps(content).encode() if content is not None else None
    request = urllib.request.Request(f"{SITE}carnet/{path}", body, {"Content-Type": "application/json"})
    return dict(json.load(urllib.request.urlopen(request)))


def changes(page: Page, first: int, number: int) -> list[float]:
    """Milliseconds from the key to the frame that shows the next scene."""
    times = []
    for n in range(first + 1, first + number + 1):
        page.evaluate(
            """() => { window.__t = new Promise(ok => { let debut = 0;
              document.addEventListener('keydown', e => { debut = e.timeStamp }, {once: true, capture: true});
              document.addEventListener('atlas:scene', () => ok(performance.now() - debut), {once: true}) }) }"""
        )
        page.keyboard.press("PageDown")
        times.append(float(page.evaluate("() => window.__t")))
        page.wait_for_function("n => document.body.dataset.scene === String(n)", arg=n)
        page.wait_for_timeout(250)
    return times


def opened(page: Page, address: str, ready: str) -> float:
    start = time.perf_counter()
    page.goto(SITE + address)
    page.wait_for_selector(ready, state="attached")
    return 1000 * (time.perf_counter() - start)


def report(name: str, times: list[float]) -> None:
    print(f"{name:38} médiane {statistics.median(times):6.0f} ms   max {max(times):6.0f} ms")


def main() -> None:
    print(
        f"Jeu : {dataset().name} ; {psutil.cpu_count()} cœurs, charge {psutil.getloadavg()[0]:.1f} ; Chromium sans GPU"
    )
    with tempfile.TemporaryDirectory() as store, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        with served([*atlas(PORT), "--magasin", str(Path(store))], SITE + "sante"):
            page = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
            for model in ("couverture", "bornes", "bilan"):
                seance = ask("seances", {"modele": model, "titre": model})["id"]
                first = opened(page, f"projection/?seance={seance}&scene=1", "body[data-scene='1']")
                page.wait_for_function("document.body.dataset.precharge === 'fini'", timeout=60_000)
                report(f"{model} : scène suivante", changes(page, 1, 5))
                print(f"{model + ' : première scène':38} {first:14.0f} ms")
            seance = ask("seances", {"titre": "Cent scènes"})["id"]
            for k in range(100):
                scene = {"adresse": f"?date=20{10 + k % 16}-06-15&maille={'epci' if k % 2 else 'commune'}"}
                ask(f"seances/{seance}/scenes", scene | {"titre": f"Scène {k}", "chiffres": "population,communes"})
            print(f"{'cent scènes : liste':38} {opened(page, 'seances/', '#seances[data-pret]'):14.0f} ms")
            print(f"{'cent scènes : atelier':38} {opened(page, f'seances/?seance={seance}', '#scene-etat'):14.0f} ms")
            first = opened(page, f"projection/?seance={seance}&scene=40", "body[data-scene='40']")
            print(f"{'cent scènes : première scène':38} {first:14.0f} ms")
            page.wait_for_function("document.body.dataset.precharge === 'fini'", timeout=120_000)
            report("cent scènes : scène suivante", changes(page, 40, 20))
        browser.close()


if __name__ == "__main__":
    main()
