"""`verifier`, `importer`, `versions`, `revenir`: datasets and their installed versions."""

import argparse
import json
from pathlib import Path
from typing import Any

from data import findings
from data import jeu as jeux
from data.errors import JeuIllisibleError, JeuRefuseError
from data.store import Store


def register(verbs: Any) -> None:
    """Add the commands."""
    verb = verbs.add_parser("verifier", help="lit et contrôle un jeu de données")
    verb.add_argument("dossier", type=Path, metavar="DOSSIER")
    verb.add_argument("--json", action="store_true", help="écrit le rapport en JSON")
    verb.set_defaults(run=check)
    verb = verbs.add_parser("importer", help="contrôle puis installe un jeu comme nouvelle version")
    verb.add_argument("dossier", type=Path, metavar="DOSSIER")
    _store_option(verb).set_defaults(run=install)
    verb = verbs.add_parser("versions", help="liste les versions installées")
    _store_option(verb).set_defaults(run=list_versions)
    verb = verbs.add_parser("revenir", help="revient à une version installée")
    verb.add_argument("version", metavar="VERSION")
    _store_option(verb).set_defaults(run=revert)


def _store_option(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("--magasin", type=Path, metavar="DIR", help="dossier des versions installées")
    return verb


def _store(arguments: argparse.Namespace) -> Store:
    return Store(arguments.magasin) if arguments.magasin else Store.default()


def check(arguments: argparse.Namespace) -> int:
    """Print every finding; 0 clean or warnings only, 1 errors, 2 unreadable."""
    reading = jeux.examine(arguments.dossier)
    write = findings.report if arguments.json else findings.text
    report = write(reading.nom, reading.constats)
    print(json.dumps(report, ensure_ascii=False, indent=1) if arguments.json else report)
    return reading.code_sortie


def install(arguments: argparse.Namespace) -> int:
    """Check a dataset and install it in one atomic step."""
    try:
        version = _store(arguments).install(arguments.dossier)
    except (JeuIllisibleError, JeuRefuseError) as error:
        print(findings.text(str(arguments.dossier), error.constats))
        raise
    if version.constats:
        print(findings.text(str(arguments.dossier), version.constats))
    print(f"Version {version.nom} installée et en service.")
    return 0


def list_versions(arguments: argparse.Namespace) -> int:
    """Print the installed versions, the one in service marked."""
    versions = _store(arguments).versions()
    for version in versions:
        print(f"{'*' if version.en_service else ' '} {version.nom}")
    if not versions:
        print("Aucune version installée : la démonstration est servie.")
    return 0


def revert(arguments: argparse.Namespace) -> int:
    """Put an installed version back in service."""
    version = _store(arguments).revert(arguments.version)
    print(f"Version {version.nom} remise en service.")
    return 0
