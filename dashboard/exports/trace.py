"""What an export leaves behind it: a signature in the file, a line in the log."""

import getpass
import hashlib
from dataclasses import dataclass

from dashboard.carnet import journal
from dashboard.carnet.database import Carnet
from dashboard.carnet.tables import now
from dashboard.exports.sceau.cle import Cle, key_of
from dashboard.exports.sceau.identite import Identite
from data.errors import CarnetError
from data.store import Store
from layers.kit.texts import typeset


@dataclass(frozen=True)
class Trace:
    """Who exports, where exports are logged, and whose key signs them.

    `qui` is a system account, a function given by whoever exports, or `journal.PAGE`; never a person's name.
    """

    qui: str
    carnet: Carnet
    store: Store

    @classmethod
    def of_command(cls, fonction: str = "") -> "Trace":
        """Return the trace of a command: the system account unless a function is given."""
        store = Store.default()
        return cls(fonction.strip() or _account(), Carnet.default(store), store)

    @classmethod
    def of_page(cls, carnet: Carnet) -> "Trace":
        """Return the trace of the page."""
        return cls(journal.PAGE, carnet, Store.default())

    def key(self) -> Cle | None:
        """Return the key that signs, made at the first export; None where the store cannot be written."""
        return key_of(self.store, make=True)

    def record(self, identite: Identite, content: bytes) -> str:
        """Write the export down; where that cannot be done the file stands all the same, and a sentence says so."""
        line = journal.Export(
            instant=now(),
            qui=self.qui,
            media=identite.media,
            adresse=identite.adresse,
            edition=identite.edition,
            jeu=identite.jeu,
            version=identite.version,
            programme=identite.programme,
            empreinte=hashlib.sha256(content).hexdigest(),
            octets=len(content),
        )
        try:
            journal.record(self.carnet, line)
        except CarnetError as error:
            return typeset(f"Le fichier est fait, mais le journal des exports ne l'a pas noté. {error}")
        return ""


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "compte inconnu"
