"""From a folder of official files to a dataset of FORMATS.md, with an account that balances."""

from data.preparation.prepare import prepare
from data.preparation.report import Preparation

__all__ = ["Preparation", "prepare"]
