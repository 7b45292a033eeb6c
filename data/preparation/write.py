"""Writing a dataset in one step: built beside its place, then renamed; nothing half-written."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.errors import SourceError

JOURNAL = "preparation.json"


def check_target(sortie: Path) -> tuple[Path, ...]:
    """List the files of an earlier preparation that are the user's own and must be kept.

    Raises SourceError when the folder is not a preparation, or a prepared file was changed since.
    """
    if not sortie.exists():
        return ()
    presents = [p for p in sorted(sortie.rglob("*")) if p.is_file()] if sortie.is_dir() else [sortie]
    if not presents:
        return ()
    journal = sortie / JOURNAL
    if not journal.is_file():
        raise SourceError(
            f"«\u00a0{sortie}\u00a0» existe déjà et n'a pas été fait par la commande preparer\u202f: "
            "choisissez une autre sortie."
        )
    ecrits: dict[str, str] = json.loads(journal.read_text(encoding="utf-8")).get("ecrits", {})
    changes = [n for n, h in ecrits.items() if (sortie / n).is_file() and digest(sortie / n) != h]
    if changes:
        raise SourceError(
            f"Des fichiers de «\u00a0{sortie}\u00a0» ont été modifiés depuis leur préparation "
            f"({', '.join(changes)})\u202f: choisissez une autre sortie, ou déplacez-les."
        )
    return tuple(p for p in presents if p != journal and p.relative_to(sortie).as_posix() not in ecrits)


def digest(chemin: Path) -> str:
    """Give the SHA-256 of a file."""
    with chemin.open("rb") as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()


@contextmanager
def building(sortie: Path) -> Iterator[Path]:
    """Give a folder to build in; it takes the place of `sortie` at the end, or vanishes if anything stops it."""
    sortie = sortie.resolve()
    gardes = check_target(sortie)
    sortie.parent.mkdir(parents=True, exist_ok=True)
    _sweep(sortie)
    chantier = Path(tempfile.mkdtemp(prefix=f".{sortie.name}.{os.getpid()}.", suffix=".en-cours", dir=sortie.parent))
    try:
        yield chantier
        for garde in gardes:
            place = chantier / garde.relative_to(sortie)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(garde, place)
        chantier.chmod(0o755)
        _swap(chantier, sortie)
    finally:
        shutil.rmtree(chantier, ignore_errors=True)


def _sweep(sortie: Path) -> None:
    """Remove what a preparation of the same folder left when it was killed outright."""
    for reste in sortie.parent.glob(f".{sortie.name}.*.en-cours"):
        pid = reste.name.removeprefix(f".{sortie.name}.").split(".")[0]
        if pid.isdigit() and not _alive(int(pid)):
            shutil.rmtree(reste, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _swap(chantier: Path, sortie: Path) -> None:
    if not sortie.exists():
        chantier.rename(sortie)
        return
    ancien = chantier.with_suffix(".ancien")
    sortie.rename(ancien)
    try:
        chantier.rename(sortie)
    except OSError:
        ancien.rename(sortie)
        raise
    shutil.rmtree(ancien, ignore_errors=True)


def write_table(chemin: Path, table: pd.DataFrame) -> None:
    """Write one table of FORMATS: `;`, UTF-8, whole numbers without a decimal part, blanks empty."""
    texte = table.copy(deep=False)
    for colonne in table.columns:
        if pd.api.types.is_float_dtype(table[colonne].dtype):
            texte[colonne] = [_number(v) for v in table[colonne]]
    texte.to_csv(chemin, sep=";", index=False, encoding="utf-8", lineterminator="\n")


def _number(valeur: float) -> str:
    if valeur != valeur:
        return ""
    return str(int(valeur)) if float(valeur).is_integer() else repr(round(float(valeur), 8))


def write_outlines(chemin: Path, contours: gpd.GeoDataFrame) -> None:
    """Write a GeoJSON in EPSG:4326 with six decimals (about ten centimetres)."""
    contours.to_file(chemin, driver="GeoJSON", engine="pyogrio", COORDINATE_PRECISION=6, ID_GENERATE="NO")


def write_settings(chemin: Path, jeu: Mapping[str, object], sources: list[dict[str, object]]) -> None:
    """Write `jeu.toml`."""
    lignes = ["[jeu]", *(f"{cle} = {toml(valeur)}" for cle, valeur in jeu.items())]
    for source in sources:
        lignes += ["", "[[sources]]", *(f"{cle} = {toml(valeur)}" for cle, valeur in source.items())]
    chemin.write_text("\n".join(lignes) + "\n", encoding="utf-8")


def toml(valeur: object) -> str:
    """Write one value in TOML: JSON's strings, numbers and lists are TOML's."""
    return valeur.isoformat() if hasattr(valeur, "isoformat") else json.dumps(valeur, ensure_ascii=False)
