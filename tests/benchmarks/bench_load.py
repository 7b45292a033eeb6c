"""A hundred people exploring at once: response times, errors, memory. `bench_load.py 600` lasts ten minutes.

Each person opens the page, then clicks every one to three seconds: the drawing, then what is read beside the map.
The processor is shared out between the server, these hundred people, and whatever else the machine does meanwhile.
"""

import http.client
import json
import random
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field

import psutil
from live import atlas, dataset, free_port, served

PERSONNES, DUREE_S, PORT = 100, 60, free_port()
PENSER_S = (1.0, 3.0)
DELAI_S = 30
CHAMPS = ("tous", "petite_enfance", "enfance", "jeunesse", "parentalite", "handicap", "logement", "insertion")
JSON = ("application/json",)
TYPES = {"ouverture": (*JSON, "text/html; charset=utf-8"), "dessin": JSON, "lecture": JSON}
COUCHES = (
    "couverture_ctg",
    "couverture_ctg,densite_services",
    "points_acces",
    "couverture_ctg,territoires_prioritaires",
)


@dataclass
class Releve:
    """What was seen: milliseconds by kind of request, and the errors."""

    temps: dict[str, list[float]] = field(default_factory=lambda: {"dessin": [], "lecture": []})
    erreurs: list[str] = field(default_factory=list)
    octets: int = 0


def view(hasard: random.Random, communes: list[str]) -> str:
    """A view as somebody would come to it, one control at a time, now and then another day or a territory."""
    parts = {"maille": hasard.choices(["", "epci", "departement"], [6, 3, 1])[0], "champ": hasard.choice(CHAMPS)}
    parts["echelon"] = hasard.choices(["", "local", "intercommunal", "departemental"], [6, 2, 1, 1])[0]
    parts["couches"] = hasard.choices(COUCHES, [5, 3, 1, 1])[0]
    if hasard.random() < 0.3:
        parts["date"] = f"{hasard.randint(2019, 2027)}-{hasard.randint(1, 12):02d}-01"
    if hasard.random() < 0.25:
        parts["territoire"] = hasard.choice(communes)
    return "?" + "&".join(f"{k}={v}" for k, v in parts.items() if v)


class Personne(threading.Thread):
    """One person with a browser that keeps its connection."""

    def __init__(self, rang: int, fin: float, releve: Releve, communes: list[str]) -> None:
        super().__init__(daemon=True)
        self.hasard, self.fin, self.releve, self.communes = random.Random(rang), fin, releve, communes
        self.ligne = http.client.HTTPConnection("127.0.0.1", PORT, timeout=DELAI_S)

    def ask(self, kind: str, path: str) -> None:
        """Ask for an address and note how long it took."""
        start = time.perf_counter()
        self.ligne.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = self.ligne.getresponse()
        content = answer.read()
        self.releve.temps.setdefault(kind, []).append(1000 * (time.perf_counter() - start))
        self.releve.octets += len(content)
        if answer.status != 200 or answer.headers["Content-Type"] not in TYPES[kind]:
            self.releve.erreurs.append(f"{answer.status} {path}")

    def run(self) -> None:
        time.sleep(self.hasard.uniform(0, PENSER_S[1]))
        try:
            for path in ("/", "/_dash-layout", "/_dash-dependencies"):
                self.ask("ouverture", path)
            while time.monotonic() < self.fin:
                self.click()
                time.sleep(self.hasard.uniform(*PENSER_S))
        except Exception as error:
            self.releve.erreurs.append(repr(error))

    def click(self) -> None:
        """Ask for one view: its drawing, then what is read beside it."""
        asked = view(self.hasard, self.communes)
        self.ask("dessin", f"/dessin{asked}")
        self.ask("lecture", f"/lecture{asked}")


def spent(process: psutil.Process) -> float:
    """Return the seconds of processor that a process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


def machine() -> float:
    """Return the seconds of processor that the whole machine has used."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - times.iowait - getattr(times, "guest", 0) - getattr(times, "guest_nice", 0))


def main() -> None:
    """Print the response times, the errors, the memory minute by minute, and who took the processor."""
    duree = int(sys.argv[1]) if len(sys.argv) > 1 else DUREE_S
    outlines = json.loads((dataset() / "communes.geojson").read_text(encoding="utf-8"))
    communes = [f["properties"]["code"] for f in outlines["features"]]
    with served(atlas(PORT), f"http://127.0.0.1:{PORT}/sante") as (server, _):
        watched, releve = (psutil.Process(server.pid), psutil.Process()), Releve()
        print(f"{PERSONNES} personnes, {duree} s, charge {psutil.getloadavg()[0]:.1f}", flush=True)
        before = [*map(spent, watched), machine()]
        memory, fin = [watched[0].memory_info().rss / 1e6], time.monotonic() + duree
        people = [Personne(rang, fin, releve, communes) for rang in range(PERSONNES)]
        for person in people:
            person.start()
        while (rest := fin - time.monotonic()) > 0:
            time.sleep(min(60.0 if duree > 60 else 10.0, rest))
            memory.append(watched[0].memory_info().rss / 1e6)
        for person in people:
            person.join(DELAI_S)
        used = [after - one for after, one in zip([*map(spent, watched), machine()], before, strict=True)]
        tell(releve, duree, memory)
        share(releve, duree, used)


def share(releve: Releve, duree: int, used: list[float]) -> None:
    """Print who took the processor: the server, these people, the rest of the machine."""
    server, people, whole = (100 * one / duree / (psutil.cpu_count() or 1) for one in used)
    clicks = len(releve.temps["dessin"])
    told = f"serveur {server:.0f} %, ces {PERSONNES} personnes {people:.0f} %, le reste {whole - server - people:.0f} %"
    print(f"processeur ({psutil.cpu_count()} cœurs) : {told} ; charge {psutil.getloadavg()[0]:.1f}")
    print(f"processeur du serveur par clic : {1000 * used[0] / clicks:.1f} ms, {clicks} clics")


def tell(releve: Releve, duree: int, memory: list[float]) -> None:
    """Print what was seen."""
    for kind, times in (*releve.temps.items(), ("ensemble", [t for v in releve.temps.values() for t in v])):
        if len(times) < 2:
            continue
        cuts = statistics.quantiles(times, n=100)
        told = f"p50 {cuts[49]:6.0f} ms   p95 {cuts[94]:6.0f} ms   p99 {cuts[98]:6.0f} ms   max {max(times):6.0f} ms"
        print(f"{kind:10} {len(times):7} demandes  {len(times) / duree:6.1f}/s   {told}")
    print(f"erreurs {len(releve.erreurs)} {releve.erreurs[:3]}")
    print(f"octets par clic {releve.octets / max(len(releve.temps['dessin']), 1):.0f}")
    print("mémoire du serveur (Mo) : " + " ".join(f"{m:.0f}" for m in memory))


if __name__ == "__main__":
    main()
