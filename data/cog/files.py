"""The official movements and commune lists of Insee, read whatever their year and the case of their headers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.errors import SourceError

MOUVEMENTS = ("mod", "date_eff", "typecom_av", "com_av", "typecom_ap", "com_ap")
COMMUNES = ("typecom", "com")
_EXTENSIONS = {".csv", ".txt"}
_ANNEE = re.compile(r"(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class CogFiles:
    """The two official files that a history is made of."""

    mouvements: Path
    communes: Path


def annee_of(path: Path) -> int | None:
    """Year written in the name of a file (the last one), None where there is none."""
    found = _ANNEE.findall(path.stem)
    return int(found[-1]) if found else None


def read_mouvements(path: Path) -> pd.DataFrame:
    """Read the movements file: columns of `MOUVEMENTS`, all text, dates `AAAA-MM-JJ`, oldest first.

    Raises SourceError when the file is not one.
    """
    return _read(path, MOUVEMENTS).sort_values("date_eff", kind="stable", ignore_index=True)


def read_communes(path: Path) -> frozenset[str]:
    """Read the codes of the live communes (TYPECOM = COM) of an official list.

    Raises SourceError when the file is not one or lists no commune.
    """
    table = _read(path, COMMUNES)
    codes = frozenset(table.loc[table["typecom"] == "COM", "com"])
    if not codes:
        raise SourceError(f"Le fichier {path.name} ne contient aucune commune.", path.name)
    return codes


def locate(dossier: Path) -> CogFiles:
    """Find in a folder, at any depth, the latest movements file and the list of communes that goes with it.

    Files are known by their headers, whatever their names. Raises SourceError when one is missing.
    """
    if not dossier.is_dir():
        raise SourceError(f"Le dossier {dossier} n’existe pas.", str(dossier))
    headers = {path: _header(path) for path in _candidates(dossier)}
    mouvements = _latest([p for p, h in headers.items() if set(MOUVEMENTS) <= h])
    if mouvements is None:
        raise SourceError(
            f"Aucun fichier des mouvements de communes de l’Insee (v_mvt_commune) dans {dossier}.", str(dossier)
        )
    lists = [p for p, h in headers.items() if {*COMMUNES, "comparent"} <= h and not set(MOUVEMENTS) <= h]
    limit = annee_of(mouvements) or 9999
    communes = _latest([p for p in lists if (annee_of(p) or 0) <= limit])
    if communes is None:
        raise SourceError(
            f"Aucune liste des communes de l’Insee (v_commune) de {limit} ou avant dans {dossier}.", str(dossier)
        )
    return CogFiles(mouvements, communes)


def _candidates(dossier: Path) -> Iterator[Path]:
    return (p for p in sorted(dossier.rglob("*")) if p.suffix.lower() in _EXTENSIONS and p.is_file())


def _latest(paths: list[Path]) -> Path | None:
    return max(paths, key=lambda p: (annee_of(p) or 0, p.name), default=None)


def _first_line(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return stream.readline(4096).decode("utf-8-sig", errors="replace").strip()
    except OSError:
        return ""


def _separator(line: str) -> str:
    return max(",;\t", key=line.count)


def _header(path: Path) -> frozenset[str]:
    line = _first_line(path)
    return frozenset(name.strip().strip('"').lower() for name in line.split(_separator(line)))


def _read(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    if not set(columns) <= _header(path):
        raise SourceError(
            f"Le fichier {path.name} n’a pas les colonnes du code officiel géographique\u202f: {', '.join(columns)}.",
            path.name,
        )
    separator = _separator(_first_line(path))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            table = pd.read_csv(
                path,
                sep=separator,
                dtype=str,
                keep_default_na=False,
                encoding=encoding,
                usecols=lambda name: name.strip().lower() in columns,
            )
        except UnicodeDecodeError:
            continue
        except (OSError, ValueError) as error:
            raise SourceError(f"Le fichier {path.name} ne peut pas être lu.", path.name) from error
        table.columns = table.columns.str.strip().str.lower()
        return table[list(columns)]
    raise SourceError(f"Le fichier {path.name} n’est ni en UTF-8 ni en cp1252.", path.name)
