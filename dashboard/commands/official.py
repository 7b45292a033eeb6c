"""`preparer`, `telecharger`, `passage`: official sources and commune vintages."""

from typing import Any


def register(verbs: Any) -> None:
    """Add the commands."""
    del verbs
