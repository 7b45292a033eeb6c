"""`servir`: the atlas on this machine."""

import argparse
import gc
import socket
import sys
from pathlib import Path
from threading import Thread
from typing import Any

from data.errors import AtlasError
from data.store import Store
from layers.kit.texts import typeset

# A browser keeps six connections open: the library's limit of 100 would hang the seventeenth person.
SERVICE: dict[str, Any] = {
    "threads": 8,
    "connection_limit": 2000,
    "channel_timeout": 60,
    "asyncore_use_poll": True,
    "ident": None,
}


def register(verbs: Any) -> None:
    """Add the command."""
    verb = verbs.add_parser("servir", help="sert l'atlas dans un navigateur")
    verb.add_argument(
        "--jeu", type=Path, metavar="DOSSIER", help="jeu de données ; sinon le jeu installé, sinon la démonstration"
    )
    verb.add_argument("--magasin", type=Path, metavar="DIR", help="dossier des versions installées")
    verb.add_argument("--hote", default="127.0.0.1", metavar="HOTE", help="adresse d'écoute (127.0.0.1)")
    verb.add_argument("--port", type=int, default=8050, metavar="PORT", help="port d'écoute (8050)")
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read the dataset, then serve it until interrupted."""
    _require_free(arguments.hote, arguments.port)
    from dashboard.app import create_app
    from dashboard.carnet.database import Carnet
    from dashboard.commands.which import locator, served_store
    from dashboard.datasets import DatasetInService

    carnet = Carnet.default(Store(arguments.magasin) if arguments.magasin else None)
    magasin = served_store(arguments.jeu, arguments.magasin)
    service = DatasetInService(locator(arguments.jeu, arguments.magasin), magasin)
    app = create_app(service, carnet)
    if told := carnet.check():
        print(typeset(f"atlas-ctg : {told}"), file=sys.stderr)
    from waitress import serve

    gc.freeze()  # what was read stays: looking at it again and again would stop everybody for a fifth of a second
    Thread(target=lambda: app.server.test_client().get("/dessin"), daemon=True).start()  # the first map does not wait
    print(
        f"Atlas Ctg — {service.frames().jeu.nom} : http://{arguments.hote}:{arguments.port} (Ctrl+C pour arrêter)",
        flush=True,
    )
    serve(app.server, host=arguments.hote, port=arguments.port, **SERVICE)
    return 0


def _require_free(hote: str, port: int) -> None:
    if not 0 < port < 65536:
        raise AtlasError(f"Le port {port} n'existe pas : choisir un nombre de 1 à 65535.")
    try:
        family, kind, proto, _, where = socket.getaddrinfo(hote, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise AtlasError(f"L'adresse d'écoute « {hote} » n'est pas connue de cette machine.") from None
    with socket.socket(family, kind, proto) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where)
        except OSError:
            other = port + 1 if port < 65535 else 8050
            raise AtlasError(
                f"Le port {port} de {hote} est pris ou interdit : arrêter l'autre programme ou choisir --port {other}."
            ) from None
