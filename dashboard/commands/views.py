"""`chiffres`, `exporter`, `couches`: views without a browser."""

import argparse
import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.commands import atlas, paper
from dashboard.commands.which import locator
from data import jeu as jeux
from data.errors import VueError
from data.frames import Frames
from data.model import Profil
from layers.kit.texts import typeset
from layers.kit.view import View


def register(verbs: Any) -> None:
    """Add the commands."""
    verb = verbs.add_parser("chiffres", help="donne les chiffres d'une vue")
    _dataset_option(verb)
    verb.add_argument("--vue", default="", metavar='"?…"', help="adresse de la vue")
    verb.add_argument("--json", action="store_true", help="écrit les chiffres en JSON")
    verb.set_defaults(run=figures_of)
    verb = verbs.add_parser("exporter", help="écrit un instantané d'une vue")
    _dataset_option(verb)
    verb.add_argument("vue", metavar='"?…"', help="adresse de la vue")
    verb.add_argument("fichier", type=Path, metavar="FICHIER", help="son suffixe dit le format")
    paper.register(verb)
    atlas.register(verb)
    verb.add_argument(
        "--edition", choices=list(Profil), default=Profil.INTERNE, help="partenaire : le secret le plus strict"
    )
    verb.add_argument("--par", default="", metavar="FONCTION", help="qui exporte, pour le journal (jamais un nom)")
    verb.set_defaults(run=export_view)
    verb = verbs.add_parser("couches", help="liste les couches")
    verb.add_argument("--json", action="store_true", help="écrit la liste en JSON")
    verb.set_defaults(run=list_layers)


def _dataset_option(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--jeu", type=Path, metavar="DOSSIER", help="jeu de données ; sinon le jeu installé, sinon la démonstration"
    )


def _read(arguments: argparse.Namespace) -> tuple[Frames, View, tuple[str, ...]]:
    from dashboard.permalink import from_query
    from data.caf import within

    frames = jeux.load(locator(arguments.jeu)())
    if arguments.vue and not arguments.vue.startswith("?"):
        raise VueError(f"La vue « {arguments.vue} » doit commencer par « ? », comme dans l'adresse de la page.")
    lecture = from_query(arguments.vue, frames, date.today())
    return within(frames, lecture.vue.caf), lecture.vue, lecture.avis


def figures_of(arguments: argparse.Namespace) -> int:
    """Print the figures of a view."""
    from dashboard.commands.figures_text import figures_text
    from dashboard.figures import figures

    frames, view, avis = _read(arguments)
    found = figures(frames, view, arguments.vue)
    found["avis"] = [*avis, *found["avis"]]
    print(json.dumps(found, ensure_ascii=False, indent=1) if arguments.json else figures_text(found, frames, view))
    return 0


def export_view(arguments: argparse.Namespace) -> int:
    """Write a snapshot of a view."""
    from dashboard.exports import export, media_of
    from dashboard.exports.trace import Trace

    check = atlas.check if arguments.atlas else media_of
    check(arguments.fichier)
    frames, view, avis = _read(arguments)
    for phrase in avis:
        print(phrase)
    view = replace(view, profil=Profil(arguments.edition))
    options = paper.options_of(arguments, frames)
    trace = Trace.of_command(arguments.par)
    if arguments.atlas:
        demande = atlas.asked(arguments, view, frames, options)
        reste = atlas.write(demande, arguments, trace)
    else:
        reste = export(view, frames, arguments.fichier, options=options, trace=trace)
    print(typeset(f"Instantané écrit : {arguments.fichier} (édition {view.profil.value})"))
    if reste:
        print(reste, file=sys.stderr)
    return 0


def list_layers(arguments: argparse.Namespace) -> int:
    """Print the layers: id, label, mailles, fields, tables needed."""
    from layers.registry import LAYERS

    view = View(date=date.today())
    layers = [
        {
            "id": layer.id,
            "libelle": layer.libelle,
            "mailles": sorted(layer.mailles),
            "champs": sorted(layer.champs.ids) or (["tous"] if layer.champs.filtrable else []),
            "donnees": list(layer.needs(view)),
        }
        for layer in LAYERS
    ]
    if arguments.json:
        print(json.dumps(layers, ensure_ascii=False, indent=1))
    else:
        for layer in layers:
            mailles, donnees = ", ".join(layer["mailles"]), ", ".join(layer["donnees"])
            print(typeset(f"{layer['id']:26} {layer['libelle']} — mailles : {mailles} ; données : {donnees}"))
    return 0
