"""The identity of a snapshot: where it comes from, in one line of text that any format can carry."""

import base64
import binascii
import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.exports.cartouche import program_version
from dashboard.permalink import to_query
from layers.kit.table import Tableau

if TYPE_CHECKING:
    from dashboard.exports.snapshot import Instantane  # brings what draws on paper, which the page does without

MARQUE = "atlas-ctg:1:"
"""What an identity begins with; a later form of it would say 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identite:
    """Where a snapshot comes from: medium, address, edition, dataset and its version, program, day of the edition.

    `chiffres` is a digest of the figures that it shows, the same in every medium, "" where it is no single view.
    `empreinte` is the SHA-256 of the file without this identity; `cle` names the key of `signature`, both "" where
    the installation had none.
    """

    media: str
    adresse: str
    edition: str
    jeu: str
    version: str
    programme: str
    jour: str
    chiffres: str = ""
    empreinte: str = ""
    cle: str = ""
    signature: str = ""

    @property
    def signable(self) -> bytes:
        """What the signature is made over: everything but itself."""
        return json.dumps(asdict(self) | {"signature": ""}, sort_keys=True).encode()


def identity_of(instantane: "Instantane", media: str, jour: date) -> Identite:
    """Return the identity of a snapshot about to be written; its address means the same view on any later day."""
    jeu, vue = instantane.frames.jeu, instantane.vue
    return Identite(
        media=media,
        adresse=_dated(to_query(vue, instantane.frames, date.min), vue.date),
        edition=vue.profil.value,
        jeu=jeu.nom,
        version=jeu.version,
        programme=program_version(),
        jour=jour.isoformat(),
        chiffres=digest_of_figures(instantane),
    )


def _dated(adresse: str, jour: date) -> str:
    """Say the day of the view even where it is the one that the dataset means by today."""
    if "date=" in adresse:
        return adresse
    return f"{adresse}{'&' if len(adresse) > 1 else ''}date={jour.isoformat()}"


def digest_of_figures(instantane: "Instantane") -> str:
    """Return a digest of what a snapshot counts: classes and numbers of each territory, places, legend, key figures."""
    legend = [[d.couche, [[e.libelle, e.nombre] for e in d.legende]] for d in instantane.drawings]
    key = [[c.valeur, c.libelle] for c in instantane.cartouche.chiffres]
    content = [_figures(instantane.territoires), _figures(instantane.lieux), legend, key]
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _figures(table: Tableau) -> list[list[Any]]:
    kept = [rank for rank, column in enumerate(table.columns) if not column.id.endswith("detail")]
    return [[row[rank] for rank in kept] for row in table.rows]


def write(identite: Identite) -> str:
    """Write an identity as one word of ASCII, without a character that any format would have to escape."""
    content = json.dumps(asdict(identite), separators=(",", ":"), sort_keys=True)
    return MARQUE + base64.b64encode(content.encode()).decode()


def read(word: str) -> Identite | None:
    """Read the word of an identity; None where it is none, or is damaged."""
    try:
        content = json.loads(base64.b64decode(word.removeprefix(MARQUE), validate=True))
        return Identite(**{f.name: str(content[f.name]) for f in fields(Identite)})
    except (binascii.Error, ValueError, KeyError, TypeError):
        return None
