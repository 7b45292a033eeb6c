"""The command `atlas-ctg`: one sub-command per verb of FORMATS.md §4."""

import os
import sys
from collections.abc import Sequence

from dashboard.commands import carnet, datasets, deadlines, evaluation, official, seances, serve, traces, views
from dashboard.commands.parser import FrenchParser
from data.errors import AtlasError
from layers.kit.texts import typeset

GROUPS = (serve, datasets, views, deadlines, evaluation, traces, official, seances, carnet)
INTERROMPU = 130


def build_parser() -> FrenchParser:
    """Build the parser of every command."""
    parser = FrenchParser(prog="atlas-ctg", description="Atlas des conventions territoriales globales d'une Caf.")
    verbs = parser.add_subparsers(title="commandes", dest="commande", required=True, metavar="COMMANDE")
    for group in GROUPS:
        group.register(verbs)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what a user can mend is one French sentence on stderr."""
    arguments = build_parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except AtlasError as error:
        print(typeset(f"atlas-ctg : {error}"), file=sys.stderr)
        return error.code_sortie
    except KeyboardInterrupt:
        print(typeset("atlas-ctg : interrompu, rien n'a été écrit à moitié."), file=sys.stderr)
        return INTERROMPU
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
