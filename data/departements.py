"""Names of the départements (Insee, COG) and of their Caf: a public list, for datasets do not bring them."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_suffix(".csv")


@cache
def _table() -> Mapping[str, dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return {line["code"]: line for line in csv.DictReader(lines, delimiter=";")}


def nom(code: str) -> str:
    """Return the name of a département, « Département 987 » where it has none here."""
    return _table()[code]["nom"] if code in _table() else f"Département {code}"


def caf(code: str) -> str:
    """Name the Caf of a département: « Caf de l'Ain », « Caf du Nord », « Caf des Landes »."""
    return f"Caf {_table()[code]['complement']}" if code in _table() else f"Caf du département {code}"
