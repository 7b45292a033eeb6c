"""argparse, in French."""

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from layers.kit.texts import typeset

_PHRASES = (
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"argument (.*): expected one argument", r"l'option \1 attend une valeur"),
    (r"argument (.*): expected at least one argument", r"l'option \1 attend au moins une valeur"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\2 n'est pas un choix possible (choix : \3)"),
    (r"argument (.*): invalid int value: (.*)", r"\1 attend un nombre entier, pas \2"),
    (r"argument (.*): invalid \w+ value: (.*)", r"\1 : valeur non reconnue \2"),
    (r"unrecognized arguments: (.*)", r"arguments non reconnus : \1"),
    (r"ambiguous option: (.*) could match (.*)", r"option ambiguë : \1 (\2)"),
    (r"argument (.*): (not allowed with argument) (.*)", r"\1 ne va pas avec \3"),
)


class _FrenchHelp(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        """Say "usage" with the French space before its colon."""
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)


class FrenchParser(argparse.ArgumentParser):
    """A parser whose help and errors are French sentences."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _FrenchHelp)
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--aide", "--help", action="help", help="montre cette aide")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one sentence and leave with code 2."""
        message = re.sub(r"'([^' ]*)'", r"\1", message)
        for english, french in _PHRASES:
            message = re.sub(f"^{english}$", french, message)
        self.exit(2, typeset(f"{self.prog} : {message}. Voir « {self.prog} --aide ».\n"))
