"""Snapshots as CSV, for programs and spreadsheets."""

import csv as standard_csv
import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dashboard.exports.sceau.identite import MARQUE
from layers.kit.table import Cellule, Colonne

if TYPE_CHECKING:  # the register writes CSV too, without what draws
    from dashboard.exports.snapshot import Instantane

FORMULE = ("=", "+", "-", "@", "\t", "\r")
_ILLISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def csv(instantane: "Instantane") -> bytes:
    """Write the territories as CSV: `;`, decimal comma, UTF-8 with BOM, codes as text, one line per territory.

    The last columns repeat what the file must carry wherever it goes: date, mention, sources, edition; the very last
    one holds, on the first line only, the identity by which `verifier-instantane` knows the file.
    """
    out = io.StringIO(newline="")
    writer = standard_csv.writer(out, delimiter=";", lineterminator="\r\n")
    columns, rows = instantane.territoires
    constants = _constants(instantane)
    writer.writerow([*headers(columns), *constants, "Identité"])
    for rank, row in enumerate(rows):
        writer.writerow([*map(as_text, row), *map(as_text, constants.values()), "" if rank else MARQUE])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def headers(columns: Iterable[Colonne]) -> list[str]:
    """Return the headers of a table, none of which a spreadsheet would run."""
    return [as_text(c.libelle) for c in columns]


def _constants(instantane: "Instantane") -> dict[str, str]:
    cartouche = instantane.cartouche
    mention = {"Mention": cartouche.mention} if cartouche.mention else {}
    credits = dict.fromkeys(f"{s.producteur} {s.millesime}".strip() for d in instantane.drawings for s in d.sources)
    edition = " ".join(cartouche.notes[-1].paragraphes) if cartouche.notes else ""
    return {
        "Situation au": instantane.vue.date.isoformat(),
        **mention,
        "Sources": " ; ".join(credits),
        "Édition": edition,
    }


def as_text(cell: Cellule) -> str:
    """Write a cell; a text that a spreadsheet would run as a formula is kept a text by a leading apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return f"{cell:.10g}".replace(".", ",")
    plain = _ILLISIBLE.sub(" ", cell)
    return f"'{plain}" if plain.startswith(FORMULE) else plain
