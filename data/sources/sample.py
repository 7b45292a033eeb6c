"""The first kilobytes of a file: enough to recognise a format by its content, never by its name."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

import pyogrio
from python_calamine import CalamineError, CalamineWorkbook

TAILLE_ECHANTILLON = 65_536
_LIGNES = 24
_GEOMETRIE_MAX = 4_000_000
"""A GeoJSON may write its first geometry before its first properties: how far to look for them."""


class Forme(StrEnum):
    """Physical form of a file."""

    TABLE = "table"
    CLASSEUR = "classeur"
    GEOJSON = "geojson"
    JSON = "json"
    VECTEUR = "vecteur"
    POINTEUR = "pointeur"
    ANNEXE = "annexe"
    INCONNUE = "inconnue"


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """Reduce a header to lower-case ASCII letters and digits, so that case, accents and signs do not count."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())


@dataclass(frozen=True)
class Feuille:
    """First rows of a sheet (the only one, unnamed, of a text file), as text."""

    nom: str
    lignes: tuple[tuple[str, ...], ...]

    @cached_property
    def cles(self) -> tuple[frozenset[str], ...]:
        """Cells of each row reduced by `key`: any row may be the header."""
        return tuple(frozenset(map(key, ligne)) for ligne in self.lignes)


@dataclass(frozen=True, slots=True)
class Entete:
    """A header found in a sheet: its 0-based row and the columns as written."""

    feuille: str
    ligne: int
    colonnes: tuple[str, ...]
    exemples: tuple[tuple[str, ...], ...]

    @property
    def cles(self) -> tuple[str, ...]:
        """Columns reduced by `key`."""
        return tuple(key(c) for c in self.colonnes)

    def column(self, *names: str) -> str:
        """Return the first column, as written, whose key is one of `names` (keys), or ""."""
        cles = self.cles
        return next((self.colonnes[cles.index(n)] for n in names if n in cles), "")

    def starting(self, prefix: str) -> str:
        """Return the first column, as written, whose key starts with `prefix`, or ""."""
        return next((c for c, k in zip(self.colonnes, self.cles, strict=True) if k.startswith(prefix)), "")


@dataclass(frozen=True, slots=True)
class Sample:
    """A file and its beginning. `encodage` and `separateur` hold for a text table only."""

    path: Path
    nom: str
    forme: Forme
    feuilles: tuple[Feuille, ...] = ()
    encodage: str = ""
    separateur: str = ""

    def find(self, *required: str) -> Entete | None:
        """Return the first header that holds every required key; repeated headers count as the last one."""
        for feuille in self.feuilles:
            for rang, (ligne, cles) in enumerate(zip(feuille.lignes, feuille.cles, strict=True)):
                if cles.issuperset(required):
                    suite = rang
                    while suite + 1 < len(feuille.lignes) and feuille.lignes[suite + 1] == ligne:
                        suite += 1
                    return Entete(feuille.nom, suite, ligne, feuille.lignes[suite + 1 :])
        return None

    def has(self, *required: str) -> bool:
        """Tell whether a header holds every required key."""
        return self.find(*required) is not None


def take(path: Path, nom: str = "") -> Sample:
    """Sample a file; `nom` is how the user knows it. Never raises on odd content: the form is then unknown."""
    nom = nom or path.name
    suffixe = path.suffix.lower()
    if suffixe in {".shx", ".dbf", ".prj", ".cpg", ".qmd", ".sbn", ".sbx"}:
        return Sample(path, nom, Forme.ANNEXE)
    if suffixe in {".gpkg", ".shp", ".parquet"}:
        return _vector(path, nom)
    with path.open("rb") as flux:
        tete = flux.read(TAILLE_ECHANTILLON)
    if tete.startswith(b"version https://git-lfs"):
        return Sample(path, nom, Forme.POINTEUR)
    if tete.startswith(b"PK\x03\x04") or tete.startswith(b"\xd0\xcf\x11\xe0"):
        return _workbook(path, nom)
    if b"\x00" in tete or not tete.strip():
        return Sample(path, nom, Forme.INCONNUE)
    texte, encodage = _decode(tete)
    if texte.lstrip()[:1] in "{[":
        return _json(path, nom, texte, encodage)
    return _text(path, nom, texte, encodage)


def _decode(tete: bytes) -> tuple[str, str]:
    if len(tete) == TAILLE_ECHANTILLON and b"\n" in tete:
        tete = tete[: tete.rindex(b"\n")]
    try:
        return tete.decode("utf-8-sig"), "utf-8-sig"
    except UnicodeDecodeError as erreur:
        if erreur.start >= len(tete) - 4:
            return tete[: erreur.start].decode("utf-8-sig"), "utf-8-sig"
        return tete.decode("cp1252", "replace"), "cp1252"


def _text(path: Path, nom: str, texte: str, encodage: str) -> Sample:
    debut = "\n".join(texte.splitlines()[:_LIGNES])
    separateur = max(";,\t|", key=debut.count)
    lignes: list[tuple[str, ...]] = []
    try:
        for ligne in csv.reader(io.StringIO(texte), delimiter=separateur):
            lignes.append(tuple(ligne))
            if len(lignes) >= _LIGNES:
                break
    except csv.Error:
        return Sample(path, nom, Forme.INCONNUE)
    return Sample(path, nom, Forme.TABLE, (Feuille("", tuple(lignes)),), encodage, separateur)


@lru_cache(maxsize=6)
def sheets(path: Path) -> Mapping[str, Sequence[Sequence[object]]]:
    """Read every sheet of a workbook, rows from the first line on; kept for the reader that follows."""
    classeur = CalamineWorkbook.from_path(str(path))
    return {n: list(classeur.get_sheet_by_name(n).to_python(skip_empty_area=False)) for n in classeur.sheet_names}


def cell_text(valeur: object) -> str:
    """Write a workbook cell as text: whole numbers without a decimal part, empty cells as ""."""
    if isinstance(valeur, str):
        return valeur
    if isinstance(valeur, float) and valeur.is_integer():
        return str(int(valeur))
    return "" if valeur is None else str(valeur)


def _workbook(path: Path, nom: str) -> Sample:
    try:
        pages = sheets(path)
    except (CalamineError, OSError, ValueError):
        return Sample(path, nom, Forme.INCONNUE)
    feuilles = tuple(
        Feuille(page, tuple(tuple(cell_text(c) for c in ligne) for ligne in lignes[:_LIGNES]))
        for page, lignes in pages.items()
    )
    return Sample(path, nom, Forme.CLASSEUR, feuilles)


def _vector(path: Path, nom: str) -> Sample:
    try:
        couches = [str(c) for c, _ in pyogrio.list_layers(path)]
        feuilles = []
        for couche in couches:
            champs = tuple(str(c) for c in pyogrio.read_info(path, layer=couche)["fields"])
            feuilles.append(Feuille(couche, (champs,)))
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError):
        return Sample(path, nom, Forme.INCONNUE)
    return Sample(path, nom, Forme.VECTEUR, tuple(feuilles))


def _json(path: Path, nom: str, texte: str, encodage: str) -> Sample:
    if re.search(r'"FeatureCollection"', texte[:2000]):
        objets = _objects(texte, r'"properties"\s*:\s*(?=\{)', '"Feature"')
        if not objets:
            with path.open("rb") as flux:
                texte = flux.read(_GEOMETRIE_MAX).decode(encodage, "replace")
            objets = _objects(texte, r'"properties"\s*:\s*(?=\{)', '"Feature"')
        return _sheet_of(path, nom, Forme.GEOJSON, objets)
    debut = re.match(r"\s*\[\s*(?=\{)", texte)
    if debut is None:
        return Sample(path, nom, Forme.INCONNUE, encodage=encodage)
    return _sheet_of(path, nom, Forme.JSON, _objects(texte, r"(?:^\s*\[|,)\s*(?=\{)", ""))


def _objects(texte: str, motif: str, apres: str) -> list[dict[str, object]]:
    decodeur = json.JSONDecoder()
    objets: list[dict[str, object]] = []
    place = max(texte.find(apres), 0)
    for _ in range(5):
        trouve = re.compile(motif, re.MULTILINE).search(texte, place)
        if trouve is None:
            break
        try:
            objet, place = decodeur.raw_decode(texte, trouve.end())
        except json.JSONDecodeError:
            break
        objets.append(objet)
    return objets


def _sheet_of(path: Path, nom: str, forme: Forme, objets: list[dict[str, object]]) -> Sample:
    colonnes = tuple(dict.fromkeys(c for objet in objets for c in objet))
    lignes = tuple(tuple(cell_text(objet.get(c)) for c in colonnes) for objet in objets)
    return Sample(path, nom, forme, (Feuille("", (colonnes, *lignes)),), "utf-8")
