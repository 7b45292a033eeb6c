"""The map in words, for who does not see it: a disclosure at the foot of the legend."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard import ids


def description() -> html.Details:
    """Build the disclosure, closed; the map refers to its text, which a screen reader reads closed or not."""
    return html.Details(
        [html.Summary("Description de la carte"), html.Div(id=ids.DESCRIPTION)], className="description"
    )


def paragraphs(sentences: Sequence[str]) -> list[Any]:
    """Set the sentences of a description."""
    return [html.P(s) for s in sentences]
