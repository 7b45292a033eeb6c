"""Options of `exporter` that are not in the address: paper, picture, and the words of the edition."""

import argparse

from dashboard.exports.options import (
    DEFAUT,
    ECHELLE_MAX,
    ECHELLE_MIN,
    STATUT,
    Fond,
    Options,
    Orientation,
    Papier,
)
from data.frames import Frames


def register(verb: argparse.ArgumentParser) -> None:
    """Add the options."""
    verb.add_argument("--format", choices=list(Papier), default=DEFAUT.papier, type=_paper, help="papier du PDF")
    verb.add_argument("--orientation", choices=list(Orientation), default=DEFAUT.orientation, help="sens du papier")
    verb.add_argument(
        "--echelle", type=int, default=DEFAUT.echelle, metavar=f"{ECHELLE_MIN}..{ECHELLE_MAX}", help="finesse du PNG"
    )
    verb.add_argument("--fond", choices=list(Fond), default=DEFAUT.fond, help="fond du PNG")
    verb.add_argument("--statut", default="", metavar="TEXTE", help=f"par défaut « {STATUT.lower()} »")
    verb.add_argument("--instance", default="", metavar="TEXTE", help="instance à qui l'instantané est présenté")
    verb.add_argument("--public", default="", metavar="TEXTE", help="destinataires de l'instantané")
    verb.add_argument(
        "--adresse", default="", metavar="URL", help="adresse publique de l'atlas, pour le code QR (sinon, jeu.toml)"
    )


def _paper(text: str) -> str:
    return text.upper()


def options_of(arguments: argparse.Namespace, frames: Frames) -> Options:
    """Read the options of a command; the dataset gives the public address where the command does not."""
    return Options(
        papier=Papier(arguments.format),
        orientation=Orientation(arguments.orientation),
        echelle=arguments.echelle,
        fond=Fond(arguments.fond),
        statut=arguments.statut or STATUT,
        instance=arguments.instance,
        public=arguments.public,
        adresse=arguments.adresse or frames.jeu.parametres.adresse_publique,
    )
