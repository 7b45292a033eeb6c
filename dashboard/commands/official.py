"""`preparer`, `telecharger`, `passage`: official sources and commune vintages."""

import argparse
import json
from pathlib import Path
from typing import Any

from dashboard.commands.progress import progress_bar
from data.errors import SourceError


def register(verbs: Any) -> None:
    """Add the commands."""
    verb = verbs.add_parser("preparer", help="construit un jeu de données depuis des fichiers officiels")
    verb.add_argument(
        "--departement", action="append", default=[], metavar="CODE", help="à répéter ; aucun : la France entière"
    )
    verb.add_argument(
        "--cog", type=int, required=True, metavar="ANNEE", help="carte des communes voulue, au 1er janvier"
    )
    verb.add_argument("--sources", type=Path, required=True, metavar="DOSSIER", help="dossier des fichiers officiels")
    verb.add_argument("--sortie", type=Path, required=True, metavar="DOSSIER", help="jeu de données à écrire")
    verb.add_argument(
        "--cog-de",
        action="append",
        default=[],
        metavar="FICHIER=ANNEE",
        help="impose la carte des communes d'un fichier",
    )
    verb.add_argument("--detail", action="store_true", help="liste aussi chaque fichier laissé de côté")
    verb.set_defaults(run=prepare_dataset)
    verb = verbs.add_parser(
        "telecharger", help="prend les fichiers officiels à licence ouverte à leur adresse publique"
    )
    verb.add_argument(
        "--departement", action="append", default=[], metavar="CODE", help="à répéter ; aucun : la France entière"
    )
    verb.add_argument("--vers", type=Path, required=True, metavar="DOSSIER", help="dossier où les ranger")
    verb.add_argument("--depuis", default="", metavar="ADRESSE", help="miroir qui remplace le début de chaque adresse")
    verb.set_defaults(run=fetch_files)
    verb = verbs.add_parser("passage", help="dit ce que des codes de commune sont devenus")
    verb.add_argument("codes", nargs="+", metavar="CODE")
    verb.add_argument("--de", type=int, required=True, metavar="ANNEE")
    verb.add_argument("--vers", type=int, required=True, metavar="ANNEE")
    verb.add_argument(
        "--sources", type=Path, required=True, metavar="DOSSIER", help="dossier des listes et mouvements de l'Insee"
    )
    verb.add_argument("--json", action="store_true", help="écrit le résultat en JSON")
    verb.set_defaults(run=follow_codes)


def prepare_dataset(arguments: argparse.Namespace) -> int:
    """Build a dataset and print the account of what was taken, converted, and left unplaced."""
    from data.preparation import prepare

    with progress_bar() as progress:
        made = prepare(
            arguments.departement,
            arguments.cog,
            arguments.sources,
            arguments.sortie,
            _vintages(arguments.cog_de),
            progress,
        )
    print("\n".join(made.phrases(arguments.detail)))
    return 0


def _vintages(given: list[str]) -> dict[str, int]:
    found = {}
    for text in given:
        name, _, year = text.rpartition("=")
        if not name or not year.isdecimal():
            raise SourceError(f"« --cog-de {text} » s'écrit FICHIER=ANNEE, par exemple services.csv=2021.")
        found[name] = int(year)
    return found


def fetch_files(arguments: argparse.Namespace) -> int:
    """Fetch the official files, say their licences, and what to bring by hand; 1 where some could not be had."""
    from data.fetching import fetch

    with progress_bar() as progress:
        harvest = fetch(arguments.departement, arguments.vers, arguments.depuis, progress)
    print("\n".join(harvest.phrases()))
    return 1 if harvest.echecs else 0


def follow_codes(arguments: argparse.Namespace) -> int:
    """Print what each code became between two years."""
    from data.cog import CommuneHistory, NaturePassage

    rows = CommuneHistory.of_folder(arguments.sources).describe(arguments.codes, arguments.de, arguments.vers)
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        became = ", ".join(row["codes"]) or "aucune commune"  # type: ignore[arg-type]
        print(f"{row['code']} ({row['de']}) → {became} ({row['vers']}) : {NaturePassage(str(row['nature'])).libelle}")
    return 0
