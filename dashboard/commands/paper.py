"""Options of `exporter` that are not in the address: paper, picture, and the words of the edition."""

import argparse
from pathlib import Path

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
from data.errors import ExportError
from data.frames import Frames
from layers.kit.texts import typeset


def register(verb: argparse.ArgumentParser) -> None:
    """Add the options."""
    verb.add_argument(
        "--format", choices=list(Papier), default=DEFAUT.papier, type=_paper, help="papier (PDF, PNG, SVG)"
    )
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
    verb.add_argument(
        "--gabarit", type=Path, metavar="FICHIER", help="présentation .pptx de la Caf, pour la diapositive"
    )
    verb.add_argument("--logo", type=Path, metavar="FICHIER", help="logo de la Caf (PNG ou JPEG)")


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
        gabarit=_file(arguments.gabarit, "gabarit"),
        logo=_file(arguments.logo, "logo"),
    )


def _file(path: Path | None, nom: str) -> bytes | None:
    """Read a file of the reader's own. Raises: ExportError where it cannot be read."""
    try:
        return path.read_bytes() if path else None
    except OSError as error:
        raise ExportError(typeset(f"Le {nom} « {path} » ne peut pas être lu.")) from error
