"""What the live benchmarks share: a server started as a user would, a Chromium without GPU, and the usual rival."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = "/usr/bin/chromium"
OPTIONS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]
RACINE = Path(__file__).resolve().parents[2]


def dataset() -> Path:
    """The real Pas-de-Calais where it stands beside the checkout, else the demonstration."""
    reel = RACINE.parent / "shared" / "reel" / "jeu-62"
    return reel if reel.is_dir() else RACINE / "data" / "demo" / "jeu"


@contextmanager
def served(command: list[str], url: str, limit_s: float = 60) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """Start a server, yield it with the seconds it took to answer `url`, and stop it."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=RACINE)
    try:
        while True:
            try:
                urllib.request.urlopen(url, timeout=1).read()
                break
            except OSError:
                if process.poll() is not None or time.perf_counter() - start > limit_s:
                    raise RuntimeError(f"{command} n'a pas répondu") from None
                time.sleep(0.02)
        yield process, time.perf_counter() - start
    finally:
        process.terminate()
        process.wait(10)


def atlas(port: int) -> list[str]:
    """Command of the atlas on the benchmark's dataset."""
    return [sys.executable, "-m", "dashboard", "servir", "--jeu", str(dataset()), "--port", str(port)]


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
