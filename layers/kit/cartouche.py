"""What a snapshot says around its map (DOMAINE §5.6): words only, the same in every medium."""

from dataclasses import dataclass

from layers.kit.view import View


@dataclass(frozen=True, slots=True)
class ChiffreCle:
    """One figure read from afar: « 72,3 % » and what it counts, with numerator and denominator."""

    valeur: str
    libelle: str


@dataclass(frozen=True, slots=True)
class Note:
    """A titled block of small print, one paragraph per item."""

    titre: str
    paragraphes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cartouche:
    """Title block of a snapshot.

    `titre` says what, where and when; `phrase` what the map shows; `filtres` the filters in words;
    `mention` is the mark of fictitious data, "" where data are real; `avis` is what could not be shown and why;
    `notes` hold definition, unit, dates, method, secrecy, sources, credit, edition, address and status.
    `statut` repeats the status, `adresse` the address, whole (http…) where it is known.
    """

    vue: View
    organisme: str
    titre: str
    phrase: str
    filtres: str
    mention: str = ""
    chiffres: tuple[ChiffreCle, ...] = ()
    bandeau: tuple[str, ...] = ()
    avis: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    statut: str = ""
    adresse: str = ""
