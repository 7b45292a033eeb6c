"""How a cell of each kind is read, and what is said when it cannot be."""

import math
import re
from collections.abc import Iterable
from dataclasses import replace

from data.model import Champ
from data.reading.cells import CellReading, Reader
from data.reading.codes import parse_commune, parse_departement, parse_epci
from data.reading.dates import ANNEE_MAX, ANNEE_MIN, parse_date
from data.reading.ledger import Probleme, avertissement
from data.reading.names import slug
from data.reading.numbers import blank_word, parse_number

_DATE = avertissement(
    "«\u00a0{valeur}\u00a0» n'est pas une date lisible\u202f: la cellule est lue comme vide.",
    "Écrivez la date AAAA-MM-JJ ou JJ/MM/AAAA.",
)
_NOMBRE = avertissement(
    "«\u00a0{valeur}\u00a0» n'est pas un nombre\u202f: la cellule est lue comme vide.",
    "Écrivez un nombre, ou s, ns, nd, np là où il n'y en a pas.",
)
_ANNEE = avertissement(
    "«\u00a0{valeur}\u00a0» n'est pas une année\u202f: la cellule est lue comme vide.",
    "Écrivez l'année sur quatre chiffres.",
)
_CODE_REPARE = avertissement(
    "Le code «\u00a0{valeur}\u00a0» a été abîmé par un tableur\u202f: il est lu {lu}.",
    "Écrivez {lu}, et mettez la colonne au format Texte avant d'enregistrer.",
)
_CODE_ILLISIBLE = avertissement("«\u00a0{valeur}\u00a0» n'est pas un code {genre}.", "Écrivez {attendu}.")
_CHAMP = avertissement(
    "Champ thématique inconnu\u202f: {lu}. La ligne est gardée, mais ce champ ne filtre rien.",
    "Prenez un champ de la liste de l'atlas, ou déclarez celui-ci dans champs.csv.",
)
_HORS_LISTE = avertissement(
    "«\u00a0{valeur}\u00a0» n'est pas une valeur connue\u202f: elle est gardée telle quelle.",
    "Valeurs connues\u202f: {lu}.",
)
_EPCI_ILLISIBLE = avertissement(
    "«\u00a0{valeur}\u00a0» n'est pas un code d'Epci\u202f: la commune est lue comme sans Epci.",
    "Écrivez les neuf chiffres du numéro Siren de l'Epci, ou laissez vide.",
)
_DEUX_EPCI = avertissement(
    "Deux Epci sont donnés ({valeur})\u202f: {lu} est retenu.", "Donnez un seul Epci par commune."
)
_SANS_EPCI = frozenset({"", "nr", "nc", "zzzzzzzzz", "000000000", "sans_epci", "sans_objet"})
_SEPARATEURS = re.compile(r"[|;,]")
_LISTE_DE_MOTS = re.compile(r"\s*[\w-]*[^\W\d][\w-]*\s*(?:,\s*[\w-]*[^\W\d][\w-]*\s*)+")
_OUI_NON = {"o": "oui", "vrai": "oui", "true": "oui", "1": "oui", "n": "non", "faux": "non", "false": "non", "0": "non"}


def _fill(probleme: Probleme, lu: str) -> Probleme:
    return replace(probleme, message=probleme.message.replace("{lu}", lu), remede=probleme.remede.replace("{lu}", lu))


def read_slug(cellule: str) -> CellReading:
    """Return the text as an identifier: lower case, no accent, `_` between words."""
    return slug(cellule), None


def read_date(cellule: str) -> CellReading:
    """Read a date; None where empty."""
    jour = parse_date(cellule) if cellule else None
    return jour, _DATE if cellule and jour is None else None


def read_number(cellule: str) -> CellReading:
    """Read a number; NaN where empty or where a word stands for its absence."""
    if not cellule or blank_word(cellule):
        return math.nan, None
    nombre = parse_number(cellule)
    return (math.nan, _NOMBRE) if nombre is None else (nombre, None)


def read_year(cellule: str) -> CellReading:
    """Read a year, `2022.0` included."""
    if not cellule or blank_word(cellule):
        return math.nan, None
    annee = parse_number(cellule)
    if annee is None or not annee.is_integer() or not ANNEE_MIN <= annee <= ANNEE_MAX:
        return math.nan, _ANNEE
    return annee, None


def _mended(cellule: str, code: str | None, illisible: Probleme | None = None) -> CellReading:
    if not cellule or code is None:
        return cellule, illisible if cellule else None
    return code, None if code == cellule else _fill(_CODE_REPARE, code)


def read_commune(cellule: str) -> CellReading:
    """Read a commune code; one that cannot be read stays as written, the perimeter will know it as unknown."""
    return _mended(cellule, parse_commune(cellule))


def read_epci(cellule: str) -> CellReading:
    """Read the SIREN of an Epci; one that cannot be read stays as written."""
    return _mended(cellule, parse_epci(cellule), _wrong("d'Epci", "les neuf chiffres de son numéro Siren"))


def read_epci_or_none(cellule: str) -> CellReading:
    """Read the Epci of a commune; `NR`, `ZZZZZZZZZ` and the like say that it has none.

    In Greater Paris `SIREN/SIREN` holds the métropole, which is kept, and the établissement public territorial.
    """
    if slug(cellule) in _SANS_EPCI:
        return "", None
    premier, barre, _ = cellule.partition("/")
    code = parse_epci(premier)
    if code is None:
        return "", _EPCI_ILLISIBLE
    return code, None if code == cellule else _fill(_DEUX_EPCI if barre else _CODE_REPARE, code)


def read_departement(cellule: str) -> CellReading:
    """Read a département code; one that cannot be read stays as written."""
    return _mended(cellule, parse_departement(cellule), _wrong("de département", "son code, par exemple 62 ou 2A"))


def _wrong(genre: str, attendu: str) -> Probleme:
    return replace(
        _CODE_ILLISIBLE,
        message=_CODE_ILLISIBLE.message.replace("{genre}", genre),
        remede=_CODE_ILLISIBLE.remede.replace("{attendu}", attendu),
    )


def read_word(valeurs: Iterable[str], *, ouverte: bool) -> Reader:
    """Return the reader of a list of words, matched without case nor accents; only an open list complains here."""
    connues = {slug(valeur): str(valeur) for valeur in valeurs}
    if set(connues) == {"oui", "non"}:
        connues |= _OUI_NON
    hors_liste = _fill(_HORS_LISTE, ", ".join(dict.fromkeys(connues.values()))) if ouverte else None

    def read(cellule: str) -> CellReading:
        if not cellule:
            return "", None
        mot = connues.get(slug(cellule.removesuffix(".0")))
        return (cellule, hors_liste) if mot is None else (mot, None)

    return read


def _names_of(champs: Iterable[Champ]) -> dict[str, str]:
    noms = {slug(nom): champ.id for champ in champs for nom in (champ.libelle_lettre, champ.libelle, champ.id) if nom}
    return noms


def read_champ(champs: tuple[Champ, ...]) -> Reader:
    """Return the reader of one thematic field, by id or label; an unknown one is kept as written."""
    noms = _names_of(champs)

    def read(cellule: str) -> CellReading:
        connu = noms.get(slug(cellule))
        if not cellule or connu:
            return connu or "", None
        return cellule, _fill(_CHAMP, cellule)

    return read


def read_champs(champs: tuple[Champ, ...]) -> Reader:
    """Return the reader of several thematic fields, given back with `|` between them."""
    noms = _names_of(champs)

    def read(cellule: str) -> CellReading:
        if not cellule:
            return "", None
        if seul := noms.get(slug(cellule)):
            return seul, None
        parts = [part.strip() for part in _SEPARATEURS.split(cellule) if part.strip()]
        inconnus = [part for part in parts if slug(part) not in noms]
        lus = "|".join(dict.fromkeys(noms.get(slug(part), part) for part in parts))
        return lus, _fill(_CHAMP, ", ".join(inconnus)) if inconnus else None

    return read


def read_several(cellule: str) -> CellReading:
    """Read several values of free text, given back with `|` between them.

    A comma separates words, never a sentence nor the decimals of a number.
    """
    virgule = _LISTE_DE_MOTS.fullmatch(cellule) is not None
    parts = (part.strip() for part in re.split(r"[|;,]" if virgule else r"[|;]", cellule))
    return "|".join(dict.fromkeys(part for part in parts if part)), None


def read_communes(cellule: str) -> CellReading:
    """Read several commune codes, given back with `|` between them."""
    parts = [part.strip(" \"'[]") for part in _SEPARATEURS.split(cellule)]
    codes = [(part, parse_commune(part)) for part in parts if part]
    reparees = [code for part, code in codes if code and code != part]
    lus = "|".join(dict.fromkeys(code or part for part, code in codes))
    return lus, _fill(_CODE_REPARE, ", ".join(reparees)) if reparees else None
