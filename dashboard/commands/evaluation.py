"""`evaluation`: the evaluation of one agreement on one page."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.commands.which import day_of, locator
from data import jeu as jeux
from data.model import Profil


def register(verbs: Any) -> None:
    """Add the command."""
    verb = verbs.add_parser("evaluation", help="écrit l'évaluation d'une Ctg sur une page")
    verb.add_argument("id", metavar="ID", help="identifiant de la Ctg (id_ctg)")
    verb.add_argument("fichier", type=Path, metavar="FICHIER", help="son suffixe dit le format : .html ou .pdf")
    verb.add_argument(
        "--jeu", type=Path, metavar="DOSSIER", help="jeu de données ; sinon le jeu installé, sinon la démonstration"
    )
    verb.add_argument("--date", default="", metavar="AAAA-MM-JJ", help="jour de lecture ; sinon celui du jeu")
    verb.add_argument(
        "--edition", choices=list(Profil), default=Profil.INTERNE, help="partenaire : le secret le plus strict"
    )
    verb.add_argument("--par", default="", metavar="FONCTION", help="qui exporte, pour le journal (jamais un nom)")
    verb.set_defaults(run=write_evaluation)


def write_evaluation(arguments: argparse.Namespace) -> int:
    """Write the page."""
    from dashboard.exports.evaluation import evaluation_of
    from dashboard.exports.evaluation_files import write, writer
    from dashboard.exports.trace import Trace

    writer(arguments.fichier)
    frames = jeux.load(locator(arguments.jeu)())
    jour = day_of(frames, arguments.date)
    page = evaluation_of(frames, arguments.id, jour, Profil(arguments.edition), date.today())
    if reste := write(page, arguments.fichier, Trace.of_command(arguments.par)):
        print(reste)
    print(f"Évaluation écrite : {arguments.fichier}")
    return 0
