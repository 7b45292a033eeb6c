"""`sauvegarder`, `restaurer`: what people wrote down, as one file and back."""

import argparse
from pathlib import Path
from typing import Any

from data.store import Store
from layers.kit.texts import count, typeset


def register(verbs: Any) -> None:
    """Add the commands."""
    verb = verbs.add_parser("sauvegarder", help="écrit le carnet (séances, décisions…) dans un fichier")
    verb.add_argument("fichier", type=Path, metavar="FICHIER", help="sauvegarde à écrire, par exemple carnet.zip")
    _store_option(verb).set_defaults(run=save)
    verb = verbs.add_parser("restaurer", help="remet un carnet sauvegardé à la place du carnet actuel")
    verb.add_argument("fichier", type=Path, metavar="FICHIER", help="sauvegarde à relire")
    _store_option(verb).set_defaults(run=restore)


def _store_option(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("--magasin", type=Path, metavar="DIR", help="dossier des versions installées et du carnet")
    return verb


def save(arguments: argparse.Namespace) -> int:
    """Write the backup and say what it holds."""
    from dashboard.carnet import backup
    from dashboard.carnet.database import Carnet

    carnet = Carnet.default(Store(arguments.magasin) if arguments.magasin else None)
    found = backup.save(carnet, arguments.fichier)
    print(typeset(f"Carnet sauvegardé : {found.fichier} ({count(found.total, 'ligne')})."))
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Put the backup back, and say where what was there before is kept."""
    from dashboard.carnet import backup
    from dashboard.carnet.database import Carnet

    carnet = Carnet.default(Store(arguments.magasin) if arguments.magasin else None)
    found, kept = backup.restore(carnet, arguments.fichier)
    print(typeset(f"Carnet restauré depuis {found.fichier} ({count(found.total, 'ligne')})."))
    if kept:
        print(typeset(f"Ce qu'il remplace est gardé : {kept}"))
    return 0
