"""A hundred people exploring at once: response times, errors, memory. `bench_load.py 600` lasts ten minutes.

Each person opens the page, then clicks every one to three seconds: the drawing, and what is read beside the map.
"""

import http.client
import json
import random
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import psutil
from live import atlas, dataset, free_port, served

PERSONNES, DUREE_S, PORT = 100, 60, free_port()
PENSER_S = (1.0, 3.0)
DELAI_S = 30
CHAMPS = ("tous", "petite_enfance", "enfance", "jeunesse", "parentalite", "handicap", "logement", "insertion")
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


def beside(dependencies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The callbacks that follow a painted map, as the page sends them."""
    found = []
    for one in dependencies:
        if [i["id"] for i in one["inputs"]] != ["vue-peinte"] or one.get("clientside_function"):
            continue
        names = one["output"].strip(".").split("...")
        outputs = [dict(zip(("id", "property"), n.rsplit(".", 1), strict=True)) for n in names]
        several = one["output"].startswith("..")
        found.append({"output": one["output"], "outputs": outputs if several else outputs[0], "state": one["state"]})
    return found


class Personne(threading.Thread):
    """One person with a browser that keeps its connection."""

    def __init__(self, rang: int, fin: float, releve: Releve, communes: list[str]) -> None:
        super().__init__(daemon=True)
        self.hasard, self.fin, self.releve, self.communes = random.Random(rang), fin, releve, communes
        self.ligne = http.client.HTTPConnection("127.0.0.1", PORT, timeout=DELAI_S)

    def ask(self, kind: str, path: str, body: dict[str, Any] | None = None) -> bytes:
        """Ask for an address and note how long it took."""
        start = time.perf_counter()
        headers = {"Accept-Encoding": "gzip", "Content-Type": "application/json"}
        self.ligne.request("POST" if body else "GET", path, json.dumps(body) if body else None, headers)
        answer = self.ligne.getresponse()
        content = answer.read()
        self.releve.temps.setdefault(kind, []).append(1000 * (time.perf_counter() - start))
        self.releve.octets += len(content)
        if answer.status not in (200, 204):
            self.releve.erreurs.append(f"{answer.status} {path}")
        return content

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
        for one in BESIDE:
            told = [{"id": "vue-peinte", "property": "data", "value": asked}]
            state = [{**s, "value": None} for s in one["state"]]
            body = {**one, "inputs": told, "state": state, "changedPropIds": ["vue-peinte.data"]}
            self.ask("lecture", "/_dash-update-component", body)


BESIDE: list[dict[str, Any]] = []


def main() -> None:
    """Print the response times, the errors and the memory."""
    duree = int(sys.argv[1]) if len(sys.argv) > 1 else DUREE_S
    outlines = json.loads((dataset() / "communes.geojson").read_text(encoding="utf-8"))
    communes = [f["properties"]["code"] for f in outlines["features"]]
    with served(atlas(PORT), f"http://127.0.0.1:{PORT}/sante") as (server, _):
        line = http.client.HTTPConnection("127.0.0.1", PORT)
        line.request("GET", "/_dash-dependencies")
        BESIDE.extend(beside(json.loads(line.getresponse().read())))
        process, releve = psutil.Process(server.pid), Releve()
        print(f"{PERSONNES} personnes, {duree} s, {len(BESIDE)} lectures par clic, charge {psutil.getloadavg()[0]:.1f}")
        fin = time.monotonic() + duree
        people = [Personne(rang, fin, releve, communes) for rang in range(PERSONNES)]
        for person in people:
            person.start()
        memory = []
        while time.monotonic() < fin:
            time.sleep(max(duree / 10, 1))
            memory.append(process.memory_info().rss / 1e6)
        for person in people:
            person.join(DELAI_S)
        busy = sum(process.cpu_times()[:2])
        tell(releve, duree, memory)
        print(f"processeur du serveur {busy:.0f} s sur {duree} s")


def tell(releve: Releve, duree: int, memory: list[float]) -> None:
    """Print what was seen."""
    for kind, times in (*releve.temps.items(), ("ensemble", [t for v in releve.temps.values() for t in v])):
        if len(times) < 2:
            continue
        cuts = statistics.quantiles(times, n=100)
        told = f"p50 {cuts[49]:6.0f} ms   p95 {cuts[94]:6.0f} ms   p99 {cuts[98]:6.0f} ms   max {max(times):6.0f} ms"
        print(f"{kind:10} {len(times):7} demandes  {len(times) / duree:6.1f}/s   {told}")
    print(f"erreurs {len(releve.erreurs)} {releve.erreurs[:3]}")
    print("mémoire du serveur (Mo) : " + " ".join(f"{m:.0f}" for m in memory))


if __name__ == "__main__":
    main()
