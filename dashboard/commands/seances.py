"""`seances`, `seance`: the list of séances, and one of them as a file to take out of the room."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.commands import progress
from dashboard.commands.which import locator
from data import jeu as jeux
from data.model import Profil
from data.store import Store
from layers.kit.texts import count, long_date, typeset


def register(verbs: Any) -> None:
    """Add the commands."""
    verb = verbs.add_parser("seances", help="liste les séances du carnet")
    verb.add_argument("--json", action="store_true", help="écrit la liste en JSON")
    _store_option(verb).set_defaults(run=list_seances)
    verb = verbs.add_parser("seance", help="écrit une séance : dossier, diapositives ou page hors ligne")
    verb.add_argument("id", metavar="ID", help="identifiant de la séance (voir « seances »)")
    verb.add_argument("fichier", type=Path, metavar="FICHIER", help="son suffixe dit le format : .pdf, .pptx ou .html")
    verb.add_argument(
        "--jeu", type=Path, metavar="DOSSIER", help="jeu de données ; sinon le jeu installé, sinon la démonstration"
    )
    verb.add_argument(
        "--edition", choices=list(Profil), default=Profil.INTERNE, help="partenaire : le secret le plus strict"
    )
    verb.add_argument(
        "--avec-notes",
        action="store_true",
        help="joint les notes de la personne qui présente (elles sont toujours dans le .pptx interne)",
    )
    verb.add_argument("--par", default="", metavar="FONCTION", help="qui exporte, pour le journal (jamais un nom)")
    progress.register(verb)
    _store_option(verb).set_defaults(run=write_seance)


def _store_option(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("--magasin", type=Path, metavar="DIR", help="dossier des versions installées et du carnet")
    return verb


def list_seances(arguments: argparse.Namespace) -> int:
    """Print the séances of the carnet."""
    from dashboard.carnet.database import Carnet
    from dashboard.seances.payload import of_summary
    from dashboard.seances.reading import summaries

    found = summaries(Carnet.default(Store(arguments.magasin) if arguments.magasin else None))
    if arguments.json:
        print(json.dumps([of_summary(s) for s in found], ensure_ascii=False, indent=1))
        return 0
    for s in found:
        facts = (
            s.instance,
            f"le {long_date(s.jour)}" if s.jour else "",
            count(s.scenes, "scène"),
            "archivée" * s.archivee,
        )
        print(typeset(f"{s.id}  {s.titre} — {', '.join(f for f in facts if f)}"))
    if not found:
        print("Aucune séance n'a encore été préparée.")
    return 0


def write_seance(arguments: argparse.Namespace) -> int:
    """Write the file."""
    from dashboard.carnet.database import Carnet
    from dashboard.exports.trace import Trace
    from dashboard.seances.dossier.contents import dossier_of
    from dashboard.seances.dossier.files import RELIRE, media_of, with_notes, write
    from dashboard.seances.reading import seance

    media = media_of(arguments.fichier)
    trace = Trace.of_command(arguments.par)
    if arguments.magasin:
        store = Store(arguments.magasin)
        trace = Trace(trace.qui, Carnet.default(store), store)
    found = seance(trace.carnet, arguments.id)
    profil = Profil(arguments.edition)
    notes = with_notes(media, profil, arguments.avec_notes)
    with progress.followed(arguments.suivi) as move:
        frames = jeux.load(locator(arguments.jeu, arguments.magasin)())
        dossier = dossier_of(found, frames, date.today(), profil, avec_notes=notes)
        reste = write(dossier, arguments.fichier, trace, move)
    if reste:
        print(reste, file=sys.stderr)
    for scene in dossier.scenes:
        for phrase in scene.avis:
            print(typeset(f"Scène {scene.rang} : {phrase}"))
    if profil is Profil.PARTENAIRE:
        print(typeset(RELIRE))
    print(typeset(f"Séance écrite : {arguments.fichier} ({dossier.nombre}, édition {profil.value})"))
    return 0
