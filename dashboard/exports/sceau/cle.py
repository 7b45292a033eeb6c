"""The secret key of an installation, kept beside its datasets: what it signed, it can recognise."""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from data.store import Store

FICHIER = "cle-instantanes"


class Cle:
    """A key and its name; the name is public and says which installation could have signed."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self.nom = hashlib.sha256(b"atlas-ctg" + secret).hexdigest()[:12]

    def sign(self, content: bytes) -> str:
        """Return the signature of a content (HMAC-SHA256, hexadecimal)."""
        return hmac.new(self._secret, content, hashlib.sha256).hexdigest()

    def recognises(self, content: bytes, signature: str) -> bool:
        """Tell whether this key signed a content."""
        return hmac.compare_digest(self.sign(content), signature)


def key_of(store: Store, *, make: bool = False) -> Cle | None:
    """Return the key of a store, made at the first need where asked for; None where there is none or no right to it."""
    path = store.racine / FICHIER
    with suppress(OSError, ValueError):
        if make and not path.exists():
            _make(path)
        secret = bytes.fromhex(path.read_text("ascii").strip())
        return Cle(secret) if len(secret) >= 16 else None
    return None


def _make(path: Path) -> None:
    """Write a new key that only its owner may read; whoever comes second takes the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as flux:
        flux.write(secrets.token_hex(32))
    with suppress(FileExistsError):
        os.link(temporary, path)
    temporary.unlink()
