"""How far a command is: a bar on stderr, so that what it prints stays clean, or lines for the page that started it."""

import argparse
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

PRIORITE_BASSE = 10
Avance = Callable[[str, int, int], None]


def register(verb: argparse.ArgumentParser) -> None:
    """Add the option by which a page follows a command."""
    verb.add_argument("--suivi", action="store_true", help=argparse.SUPPRESS)


@contextmanager
def followed(suivi: bool) -> Iterator[Avance]:
    """Yield a function (step, done, total) that tells the progress to the page that asks for it, else to a bar."""
    with _told() if suivi else progress_bar() as move:
        yield move


@contextmanager
def progress_bar() -> Iterator[Avance]:
    """Yield a function (step, done, total) that moves the bar; silent where stderr is not a terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Préparation", total=None)

        def move(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total)

        yield move


@contextmanager
def _told() -> Iterator[Avance]:
    """Yield a function that writes the progress on a line of JSON; whoever reads it serves others meanwhile."""
    if hasattr(os, "nice"):
        os.nice(PRIORITE_BASSE)
    yield lambda step, done, total: print(json.dumps({"etape": step, "fait": done, "total": total}), flush=True)
