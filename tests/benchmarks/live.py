"""What the live benchmarks share: servers started as a user would, a Chromium without GPU, one yardstick for all.

A map is « painted » in the first task after the frame that shows it, for the atlas, its peers and the bare canvas.
"""

import json
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = "/usr/bin/chromium"
OPTIONS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]
ECRAN = {"width": 1366, "height": 768}
RACINE = Path(__file__).resolve().parents[2]
CHAMPS = ["Petite enfance", "Handicap", "Soutien à la parentalité", "Jeunesse", "Tous les champs", "Insertion"]
DEUX = "?couches=couverture_ctg,densite_services"
QUATRE = f"{DEUX},points_acces,territoires_prioritaires"

PEINT = """(fini) => requestAnimationFrame(() => { const c = new MessageChannel();
  c.port1.onmessage = fini; c.port2.postMessage(null) })"""
ARMER_ATLAS = """() => { window.__t = new Promise(ok => {
  let debut = 0;
  document.addEventListener('pointerdown', e => { debut = e.timeStamp }, {once: true, capture: true});
  document.addEventListener('atlas:peint', () => ok(performance.now() - debut), {once: true});
}) }"""
SOBRE = "() => { atlas.sobre = true }"  # nothing asked for in advance, no drawing kept: every click goes to the server
ETAPES = ("clic", "demande", "reponse", "lecture", "peinture", "image")
ARMER_ETAPES = """() => { const m = {}, note = (nom) => { m[nom] ??= performance.now() - m.debut };
  const { demander, peindre } = atlas; let lire = null;
  window.__t = new Promise(ok => {
    document.addEventListener('pointerdown', e => { m.debut = e.timeStamp }, {once: true, capture: true});
    window.addEventListener('click', () => note('clic'), {once: true, capture: true});
    atlas.demander = (vue) => { note('demande'); return demander(vue) };
    atlas.peindre = async (d) => { note('lecture'); await peindre(d); note('peinture') };
    document.addEventListener('atlas:peint', () => {
      note('image');
      const r = performance.getEntriesByType('resource').findLast((x) => x.name.includes('/dessin'));
      m.reponse = r.responseEnd - m.debut;
      Object.assign(atlas, { demander, peindre });
      ok(m);
    }, {once: true});
  }) }"""
TRAMES = """async () => {  // the gaps between frames while the reader drags, in milliseconds
  const ecarts = []; let avant = performance.now(), suite = true;
  const trame = (t) => { ecarts.push(t - avant); avant = t; if (suite) requestAnimationFrame(trame) };
  requestAnimationFrame((t) => { avant = t; requestAnimationFrame(trame) });
  window.__fin = () => { suite = false; return ecarts };
}"""


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def dataset() -> Path:
    """The real Pas-de-Calais where it stands beside the checkout, else the demonstration."""
    reel = RACINE.parent / "shared" / "reel" / "jeu-62"
    return reel if reel.is_dir() else RACINE / "data" / "demo" / "jeu"


@contextmanager
def served(command: list[str], url: str, limit_s: float = 180) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """Start a server, yield it with the seconds it took to answer `url`, and stop it."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=RACINE)
    try:
        while True:
            try:
                urllib.request.urlopen(url, timeout=10).read()
                if process.poll() is not None:
                    raise RuntimeError(f"un autre serveur répond à {url}")
                break
            except OSError:
                if process.poll() is not None or time.perf_counter() - start > limit_s:
                    raise RuntimeError(f"{command} n'a pas répondu") from None
                time.sleep(0.02)
        yield process, time.perf_counter() - start
    finally:
        process.terminate()
        process.wait(10)


def atlas(port: int, jeu: Path | None = None) -> list[str]:
    """Command of the atlas on a dataset, that of the benchmarks where None."""
    return [sys.executable, "-m", "dashboard", "servir", "--jeu", str(jeu or dataset()), "--port", str(port)]


def count_bytes(page: Any) -> dict[str, int]:
    """Count the bytes that come over the wire to a page, in the returned dictionary."""
    seen = {"octets": 0, "requetes": 0}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def finished(event: dict[str, Any]) -> None:
        seen["octets"] += int(event["encodedDataLength"])
        seen["requetes"] += 1

    session.on("Network.loadingFinished", finished)
    return seen


def first_map(page: Any, url: str) -> float:
    """Open an address and return when its map was painted, in milliseconds from the navigation."""
    page.goto(url)
    page.wait_for_selector("#carte[data-peint]", timeout=120_000)
    return float(page.evaluate("() => Number(document.getElementById('carte').dataset.peint)"))


def clicks(page: Any, arm: str, labels: Sequence[str], scope: str, combien: int, repos: int = 0) -> list[Any]:
    """Click on labels in turn and return the milliseconds of each from the finger to the painted map.

    The pointer rests on the label for `repos` milliseconds before.
    """
    times = []
    for i in range(combien + 2):
        page.evaluate(arm)
        label = page.locator(scope).get_by_text(labels[i % len(labels)], exact=True)
        if repos:
            label.hover()
            page.wait_for_timeout(repos)
        label.click()
        times.append(page.evaluate("() => window.__t"))
        page.wait_for_timeout(350)
    return times[2:]


def report(name: str, times: Sequence[float], octets: float | None = None) -> None:
    """Print the median and the worst of some times, and the bytes of one interaction."""
    told = f"médiane {statistics.median(times):6.0f} ms   max {max(times):6.0f} ms"
    print(f"{name:38} {told}" + ("" if octets is None else f"   {octets / 1000:7.1f} ko par clic"), flush=True)


def recolouring(page: Any, url: str, views: Sequence[tuple[str, str]], combien: int) -> None:
    """Measure the change of thematic field under several sets of layers: plain, then as the atlas anticipates it."""
    for name, query in views:
        first_map(page, f"{url}{query}")
        page.wait_for_timeout(2500)
        page.evaluate(SOBRE)
        seen = count_bytes(page)
        times = clicks(page, ARMER_ATLAS, CHAMPS, "#filtre-champ", combien)
        report(f"atlas, {name}", times, seen["octets"] / (combien + 2))
        breakdown(clicks(page, ARMER_ETAPES, CHAMPS, "#filtre-champ", combien))
        first_map(page, f"{url}{query}")
        page.wait_for_timeout(2500)
        report(
            "   pointeur posé 300 ms avant", clicks(page, ARMER_ATLAS, CHAMPS, "#filtre-champ", len(CHAMPS) - 2, 300)
        )
        report("   dessin déjà vu", clicks(page, ARMER_ATLAS, CHAMPS, "#filtre-champ", combien))


def breakdown(clicked: Sequence[dict[str, float]]) -> None:
    """Print when each step of a click ended, in milliseconds from the finger (medians)."""
    ends = (f"{step} {statistics.median(click[step] for click in clicked):.0f}" for step in ETAPES)
    print(f"   fin de chaque étape (ms)            {' → '.join(ends)}", flush=True)


def frames(page: Any, name: str, gesture: Callable[[Any], None]) -> None:
    """Print how many frames a second the map gives while a gesture lasts, and the longest of them."""
    page.evaluate(TRAMES)
    gesture(page)
    gaps = page.evaluate("() => window.__fin()")
    worst = max(gaps)
    print(f"{name:38} {1000 * len(gaps) / sum(gaps):6.0f} trames/s   la plus longue {worst:5.0f} ms", flush=True)


def drag(page: Any) -> None:
    """Drag the map for two seconds, there and back."""
    box = page.locator("#carte").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(120):
        away = 2.2 * (step if step < 60 else 120 - step)
        page.mouse.move(x + away, y + away / 2)
        page.wait_for_timeout(16)
    page.mouse.up()
    page.wait_for_timeout(300)


def zoom(page: Any) -> None:
    """Zoom with the wheel, in and out."""
    box = page.locator("#carte").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for way in (-1, -1, -1, 1, 1, 1):
        page.mouse.wheel(0, 120 * way)
        page.wait_for_timeout(450)


def floor(page: Any, jeu: Path, combien: int) -> None:
    """Measure the raw canvas: a bare page that fills the same polygons one by one, nothing else."""
    features = json.loads((jeu / "communes.geojson").read_text(encoding="utf-8"))["features"]
    rings = [
        ring
        for f in features
        if f["geometry"] and -6 < _first(f["geometry"]["coordinates"])[0] < 10
        for part in (
            f["geometry"]["coordinates"] if f["geometry"]["type"] == "MultiPolygon" else [f["geometry"]["coordinates"]]
        )
        for ring in part[:1]
    ]
    page.set_content("<button id=b>b</button><canvas id=c width=800 height=600></canvas>")
    page.evaluate(FOND_NU, [[round(v, 4) for p in ring for v in p[:2]] for ring in rings])
    times = []
    for _ in range(combien + 2):
        page.evaluate(
            "() => { window.__t = new Promise(ok => { document.getElementById('b').onclick = e =>"
            f" {{ window.__dessiner(); ({PEINT})(() => ok(performance.now() - e.timeStamp)) }} }}) }}"
        )
        page.click("#b")
        times.append(page.evaluate("() => window.__t"))
        page.wait_for_timeout(200)
    report(f"toile nue, {len(rings)} polygones", times[2:])


def _first(coordinates: Any) -> Any:
    while isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    return coordinates


FOND_NU = """(anneaux) => {
  const xs = anneaux.flatMap(a => a.filter((_, i) => i % 2 === 0));
  const ys = anneaux.flatMap(a => a.filter((_, i) => i % 2));
  const min = (v) => v.reduce((a, b) => Math.min(a, b)), max = (v) => v.reduce((a, b) => Math.max(a, b));
  const [o, e, b, h] = [min(xs), max(xs), min(ys), max(ys)], s = Math.min(800 / (e - o), 600 / (h - b));
  const traces = anneaux.map(a => { const p = new Path2D();
    for (let i = 0; i < a.length; i += 2) p[i ? 'lineTo' : 'moveTo']((a[i] - o) * s, (h - a[i + 1]) * s); return p });
  const ctx = document.getElementById('c').getContext('2d'), teintes = ['#eee', '#bcd', '#89b', '#569', '#247'];
  let tour = 0;
  window.__dessiner = () => {
    tour++;
    traces.forEach((p, i) => { ctx.fillStyle = teintes[(i * 7 + tour) % 5]; ctx.fill(p) });
  };
}"""
