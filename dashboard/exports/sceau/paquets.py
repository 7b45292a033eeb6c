"""Carriers of an identity in Office packages and GeoPackages: their content counts, not the bytes that hold it."""

import hashlib
import io
import re
import sqlite3
import zipfile

from dashboard.exports.sceau.identite import MARQUE

PROPRIETES = "docProps/custom.xml"
_TYPES, _LIENS = "[Content_Types].xml", "_rels/.rels"
_JOUR = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the same file twice has the same bytes
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPE = (
    f'<Override PartName="/{PROPRIETES}" '
    'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
)
_LIEN = f'<Relationship Id="rIdAtlas" Type="{_OFFICE}/relationships/custom-properties" Target="{PROPRIETES}"/>'
_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Atlas Ctg">'
    "<vt:lpwstr>%s</vt:lpwstr></property></Properties>"
)
TABLE = "atlas_ctg"


class Paquet:
    """A carrier for XLSX and PPTX: a custom property, which Office shows among those of the document."""

    def put(self, content: bytes, word: str) -> bytes:
        """Return the package with the property, its parts dated alike; former properties of its own give way."""
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            parts = {name: source.read(name) for name in source.namelist()}
        if PROPRIETES not in parts:
            parts[_TYPES] = _before(parts[_TYPES], "</Types>", _TYPE)
            parts[_LIENS] = _before(parts[_LIENS], "</Relationships>", _LIEN)
        parts[PROPRIETES] = (_XML % word).encode()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
            for name, part in parts.items():
                info = zipfile.ZipInfo(name, _JOUR)
                packed = name.endswith((".png", ".jpg", ".jpeg"))
                info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                target.writestr(info, part)
        return out.getvalue()

    def take(self, content: bytes) -> tuple[str, bytes]:
        """Return the word and a digest of every other part. Raises: zipfile.BadZipFile for a damaged package."""
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            names = source.namelist()
            held = source.read(PROPRIETES).decode("utf-8", "replace") if PROPRIETES in names else ""
            parts = "".join(
                f"{n}\0{hashlib.sha256(source.read(n)).hexdigest()}\n" for n in sorted(set(names) - {PROPRIETES})
            )
        found = re.search(re.escape(MARQUE) + r"[A-Za-z0-9+/=]*", held)
        return (found[0] if found else ""), parts.encode()


def _before(part: bytes, end: str, addition: str) -> bytes:
    return part.replace(end.encode(), (addition + end).encode(), 1)


class Archive:
    """A carrier for the archive of an atlas: its comment; each file inside has an identity of its own."""

    def put(self, content: bytes, word: str) -> bytes:
        """Return the archive with the word as its comment."""
        out = io.BytesIO(content)
        with zipfile.ZipFile(out, "a") as archive:
            archive.comment = word.encode()
        return out.getvalue()

    def take(self, content: bytes) -> tuple[str, bytes]:
        """Return the word and a digest of every file. Raises: zipfile.BadZipFile for a damaged archive."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            comment = archive.comment.decode("ascii", "replace")
            parts = [f"{n}\0{hashlib.sha256(archive.read(n)).hexdigest()}\n" for n in archive.namelist()]
        return (comment if comment.startswith(MARQUE) else ""), "".join(parts).encode()


class Base:
    """A carrier for GeoPackages: the row `identite` of the table `atlas_ctg`."""

    def put(self, content: bytes, word: str) -> bytes:
        """Return the database with the word in its row."""
        with _opened(content) as base:
            base.execute(f"UPDATE {TABLE} SET valeur = ? WHERE cle = 'identite'", (word,))
            base.commit()
            return base.serialize()

    def take(self, content: bytes) -> tuple[str, bytes]:
        """Return the word and a digest of every other row. Raises: sqlite3.Error for a damaged database."""
        with _opened(content) as base:
            names = [n for (n,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
            digest = hashlib.sha256()
            for name in names:
                rows = base.execute(f'SELECT * FROM "{name}"').fetchall()
                digest.update(repr((name, sorted(map(repr, (r for r in rows if "identite" not in r))))).encode())
            row = (
                base.execute(f"SELECT valeur FROM {TABLE} WHERE cle = 'identite'").fetchone()
                if TABLE in names
                else None
            )
        return str(row[0]) if row else "", digest.digest()


class _opened:
    """A database in memory, closed at the end."""

    def __init__(self, content: bytes) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.deserialize(content)

    def __enter__(self) -> sqlite3.Connection:
        return self._base

    def __exit__(self, *_: object) -> None:
        self._base.close()
