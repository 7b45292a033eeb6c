"""Carriers of an identity in files of text and bytes, where it is put in one place and cut out exactly."""

import re
import struct
import zlib
from dataclasses import dataclass

from dashboard.exports.sceau.identite import MARQUE

_MOT = re.escape(MARQUE).encode() + rb"[A-Za-z0-9+/=]*"
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Insertion:
    """A carrier that puts a word between `avant` and `apres`, just before the last `ancre` (b"" for the very end)."""

    ancre: bytes
    avant: bytes
    apres: bytes

    def put(self, content: bytes, word: str) -> bytes:
        """Return the file with the word in it; a file without the anchor is left as it is."""
        place = content.rfind(self.ancre) if self.ancre else len(content)
        if place < 0:
            return content
        return content[:place] + self.avant + word.encode() + self.apres + content[place:]

    def take(self, content: bytes) -> tuple[str, bytes]:
        """Return the last word of the file ("" for none) and the file without it."""
        found = list(re.finditer(re.escape(self.avant) + b"(" + _MOT + b")" + re.escape(self.apres), content))
        if not found:
            return "", content
        last = found[-1]
        return last[1].decode(), content[: last.start()] + content[last.end() :]


class Case:
    """A carrier for tables: the writer leaves an empty mark in a cell, which the word takes the place of."""

    def put(self, content: bytes, word: str) -> bytes:
        """Return the file with the word in the cell; a table without a row has none."""
        return content.replace(MARQUE.encode(), word.encode(), 1)

    def take(self, content: bytes) -> tuple[str, bytes]:
        """Return the word and the file as it was before."""
        found = re.search(_MOT, content)
        if not found:
            return "", content
        return found[0].decode(), content[: found.start()] + MARQUE.encode() + content[found.end() :]


class Morceau:
    """A carrier for PNG: a text chunk of its own before the end."""

    _FIN = struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))

    def put(self, content: bytes, word: str) -> bytes:
        """Return the picture with the chunk."""
        body = b"tEXtatlas-ctg\0" + word.encode()
        chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
        place = content.rfind(self._FIN)
        return content if place < 0 else content[:place] + chunk + content[place:]

    def take(self, content: bytes) -> tuple[str, bytes]:
        """Return the word of the chunk and the picture without it."""
        place = len(_PNG)
        while content.startswith(_PNG) and place + 12 <= len(content):
            length = struct.unpack(">I", content[place : place + 4])[0]
            body = content[place + 4 : place + 8 + length]
            if body.startswith(b"tEXtatlas-ctg\0"):
                return body[14:].decode("ascii", "replace"), content[:place] + content[place + 12 + length :]
            place += 12 + length
        return "", content
