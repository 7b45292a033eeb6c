"""What the evaluation page is made of, whatever the medium."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words: headings (all empty where the first column names the rows), which columns are numbers.

    `parts` are the shares of the width of each column.
    """

    entetes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    nombres: tuple[bool, ...]
    parts: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bloc:
    """One part of the page: a title, sentences, a table or none."""

    titre: str
    phrases: tuple[str, ...] = ()
    table: Table | None = None
