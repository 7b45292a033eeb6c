"""From the rows of the Caf's register to agreements: facts in the words of the atlas, and what could not be read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from data.findings import Constat
from data.frames import Frames
from data.measures import territories
from data.model import Echelon, Maille, StatutStocke
from data.reading.ledger import Ledger, Lieu, Probleme, avertissement
from data.reading.names import bare, slug
from data.reprise.cibles import CHAMPS, CIBLES, COMMUNES, ECHELON, EPCI, IDENTIFIANT, NOM, PAR_ID, SIGNATAIRES, STATUT
from data.reprise.feuilles import Feuille
from data.reprise.mots import ECARTE, choices, match
from data.reprise.valeurs import LECTEURS

_SEPARATEURS = re.compile(r"[|;\n\r]+|,(?!\d)")

_DEUX = avertissement(
    "Deux valeurs pour la même Ctg\u202f: la première est gardée, pas «\u00a0{valeur}\u00a0».",
    "Corrigez l'une d'elles.",
)
_SANS_NOM = avertissement(
    "La ligne n'a ni identifiant ni nom de Ctg\u202f: elle est mise de côté.", "Donnez-lui un nom."
)
_TERRITOIRE = avertissement(
    "«\u00a0{valeur}\u00a0» n'est pas une commune ni un Epci de ce jeu de données, ou en désigne plusieurs.",
    "Écrivez son code.",
)
_MOT = avertissement(
    "Le mot «\u00a0{valeur}\u00a0» n'a pas de correspondance\u202f: il est laissé de côté.", "Choisissez-en une."
)
_ECHELON = avertissement(
    "L'échelon n'est pas donné\u202f: «\u00a0{valeur}\u00a0» est déduit du périmètre.", "Vérifiez-le."
)
_STATUT = avertissement(
    "L'état n'est pas donné\u202f: «\u00a0{valeur}\u00a0» est déduit de la date de signature.", "Vérifiez-le."
)


@dataclass(frozen=True, slots=True)
class Choix:
    """How a sheet is read: the heading of each fact, and what each of its words means (`ECARTE` to leave it out)."""

    colonnes: Mapping[str, str] = field(default_factory=dict)
    mots: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ligne:
    """One agreement of the register: its facts as text by column of `ctg`, and its lists; None where not brought.

    `signataires` are (type, code, nom).
    """

    id_ctg: str
    faits: Mapping[str, str]
    communes: tuple[str, ...] | None
    champs: tuple[str, ...] | None
    signataires: tuple[tuple[str, str, str], ...] | None


def convert(feuille: Feuille, choix: Choix, frames: Frames) -> tuple[tuple[Ligne, ...], tuple[Constat, ...]]:
    """Read a sheet: one agreement per row, or several rows of one where they repeat its name or leave it empty."""
    ledger = Ledger()
    lecteur = _Lecteur(feuille, choix, frames, ledger)
    ids = _Identifiants(frames)
    lignes = tuple(lecteur.agreement(ids, rangs) for rangs in lecteur.groups())
    return lignes, tuple(ledger.constats)


def words(feuille: Feuille, colonnes: Mapping[str, str], cible: str) -> tuple[str, ...]:
    """List the different words of a column, in the order of the sheet."""
    rang = _rank(feuille, colonnes, cible)
    if rang is None:
        return ()
    mots = (m for ligne in feuille.lignes for m in (_parts(ligne[rang]) if cible == CHAMPS else [ligne[rang]]))
    return tuple(dict.fromkeys(m for m in mots if m))


def _rank(feuille: Feuille, colonnes: Mapping[str, str], cible: str) -> int | None:
    entete = colonnes.get(cible, "")
    return feuille.entetes.index(entete) if entete in feuille.entetes and entete else None


def _parts(cellule: str) -> list[str]:
    return [p.strip() for p in _SEPARATEURS.split(cellule) if p.strip()]


class _Identifiants:
    """Ids of the agreements: as given, else that of the agreement of this name, else one made of the name."""

    def __init__(self, frames: Frames) -> None:
        connues = frames["ctg"]
        self._par_nom = {bare(n): i for n, i in zip(connues["nom"], connues["id_ctg"], strict=True) if n}

    def of(self, donne: str, nom: str) -> str:
        return donne or self._par_nom.get(bare(nom)) or "ctg_" + slug(nom).removeprefix("ctg_")


class _Lecteur:
    """Reads the rows of one sheet, noting what it cannot."""

    def __init__(self, feuille: Feuille, choix: Choix, frames: Frames, ledger: Ledger) -> None:
        self._feuille, self._frames, self._ledger = feuille, frames, ledger
        rangs = {c.id: _rank(feuille, choix.colonnes, c.id) for c in CIBLES}
        self._rangs = {cible: rang for cible, rang in rangs.items() if rang is not None}
        self._mots = {
            c.id: match(frames, c.id, words(feuille, choix.colonnes, c.id)) | dict(choix.mots.get(c.id, {}))
            for c in CIBLES
            if c.mots
        }
        self._lieux = _places(frames)
        self._ids, self._noms = {*frames["ctg"]["id_ctg"]}, {bare(n) for n in frames["ctg"]["nom"] if n}

    def groups(self) -> Iterator[tuple[int, ...]]:
        """Yield the rows of each agreement, in the order in which they begin."""
        suites: dict[tuple[str, str], list[int]] = {}
        courante: tuple[str, str] | None = None
        for rang in range(len(self._feuille.lignes)):
            identite = (self._cell(rang, IDENTIFIANT), bare(self._cell(rang, NOM)))
            cle = (identite[0], "") if identite[0] else identite
            courante = cle if any(cle) else courante
            if courante is None:
                self._note(_SANS_NOM, rang, NOM)
            else:
                suites.setdefault(courante, []).append(rang)
        yield from map(tuple, suites.values())

    def agreement(self, ids: _Identifiants, rangs: tuple[int, ...]) -> Ligne:
        """Read one agreement from its rows."""
        faits = {c.colonne: v for c in CIBLES if c.colonne and (v := self._fact(c.id, rangs))}
        communes = self._perimeter(rangs)
        faits |= self._deduced(faits, communes, rangs[0])
        id_ctg = ids.of(faits.get(IDENTIFIANT, ""), faits.get(NOM, ""))
        return Ligne(id_ctg, faits | {IDENTIFIANT: id_ctg}, communes, self._fields(rangs), self._parties(rangs))

    def _cell(self, rang: int, cible: str) -> str:
        colonne = self._rangs.get(cible)
        return "" if colonne is None else self._feuille.lignes[rang][colonne]

    def _note(self, probleme: Probleme, rang: int, cible: str, valeur: str = "") -> None:
        colonne = self._rangs.get(cible)
        entete = PAR_ID[cible].libelle if colonne is None else self._feuille.entetes[colonne]
        self._ledger.note(probleme, Lieu(self._feuille.nom, entete), self._feuille.numeros[rang], valeur)

    def _fact(self, cible: str, rangs: tuple[int, ...]) -> str:
        retenue = ""
        for rang in rangs:
            valeur = self._value(cible, rang, self._cell(rang, cible))
            if valeur and retenue and valeur != retenue:
                self._note(_DEUX, rang, cible, self._cell(rang, cible))
            retenue = retenue or valeur
        return retenue

    def _value(self, cible: str, rang: int, cellule: str) -> str:
        """Read a cell in the words of the atlas; what cannot be read is told, and leaves what is installed."""
        if cible in self._mots:
            return self._word(cible, rang, cellule)
        if not cellule or cible not in LECTEURS:
            return cellule
        valeur, probleme = LECTEURS[cible](cellule)
        if probleme is not None:
            self._note(probleme, rang, cible, cellule)
        return valeur

    def _word(self, cible: str, rang: int, mot: str) -> str:
        sens = self._mots[cible].get(mot, "") if mot else ""
        if mot and not sens:
            self._note(_MOT, rang, cible, mot)
        return "" if sens == ECARTE else sens

    def _deduced(self, faits: Mapping[str, str], communes: tuple[str, ...] | None, rang: int) -> dict[str, str]:
        """Return what a new agreement needs and the register does not say; a known one keeps what it had."""
        deduits: dict[str, str] = {}
        connue = faits.get(IDENTIFIANT, "") in self._ids or bare(faits.get(NOM, "")) in self._noms
        if not faits.get(ECHELON) and not connue:
            deduits[ECHELON] = Echelon.COMMUNAL if len(communes or ()) == 1 else Echelon.INTERCOMMUNAL
            self._note(_ECHELON, rang, ECHELON, choices(self._frames, ECHELON)[deduits[ECHELON]])
        if not faits.get(STATUT) and not connue:
            deduits[STATUT] = StatutStocke.SIGNEE if faits.get("date_signature") else StatutStocke.A_L_ETUDE
            self._note(_STATUT, rang, STATUT, choices(self._frames, STATUT)[deduits[STATUT]])
        return deduits

    def _perimeter(self, rangs: tuple[int, ...]) -> tuple[str, ...] | None:
        if not {COMMUNES, EPCI} & set(self._rangs):
            return None
        codes: set[str] = set()
        for rang in rangs:
            # Where communes are listed, the name of their Epci says where they are, not that all of it is covered.
            listees = _parts(self._cell(rang, COMMUNES))
            cible = COMMUNES if listees else EPCI
            for part in listees or _parts(self._cell(rang, EPCI)):
                membres = self._lieux.get(bare(part))
                if membres is None:
                    self._note(_TERRITOIRE, rang, cible, part)
                codes.update(membres or ())
        return tuple(sorted(codes)) if codes else None

    def _fields(self, rangs: tuple[int, ...]) -> tuple[str, ...] | None:
        if CHAMPS not in self._rangs:
            return None
        lus = (self._word(CHAMPS, r, part) for r in rangs for part in _parts(self._cell(r, CHAMPS)))
        return tuple(dict.fromkeys(c for c in lus if c)) or None

    def _parties(self, rangs: tuple[int, ...]) -> tuple[tuple[str, str, str], ...] | None:
        noms = dict.fromkeys(part for r in rangs for part in _parts(self._cell(r, SIGNATAIRES)))
        return tuple((*self._party(nom), nom) for nom in noms) or None

    def _party(self, nom: str) -> tuple[str, str]:
        """Return the kind and the code of a party, known by its name."""
        codes = {m for m in self._lieux.get(bare(nom), ())}
        if len(codes) == 1:
            return "commune", codes.pop()
        epci = self._frames["epci"]
        siren = next((c for c, n in zip(epci["code_epci"], epci["nom"], strict=True) if bare(n) == bare(nom)), "")
        if siren:
            return "epci", siren
        plat = bare(nom)
        return next((genre for mot, genre in _PARTIES if mot in plat), "autre"), ""


_PARTIES = (
    ("caisseprimaire", "cpam"),
    ("cpam", "cpam"),
    ("allocationsfamiliales", "caf"),
    ("caf", "caf"),
    ("msa", "msa"),
    ("departement", "departement"),
    ("prefecture", "etat"),
    ("etat", "etat"),
    ("syndicat", "syndicat"),
)


def _places(frames: Frames) -> dict[str, tuple[str, ...]]:
    """Return the communes that a name or a code stands for; a name that several share stands for none."""
    lieux: dict[str, tuple[str, ...] | None] = {}
    for maille in (Maille.EPCI, Maille.COMMUNE):
        for code in territories.groups(frames, maille).codes:
            membres = territories.communes_of(frames, code)
            lieux[bare(code)] = membres
            nom = bare(frames.noms.get(code, code))
            lieux[nom] = membres if nom not in lieux or lieux[nom] == membres else None
    return {nom: membres for nom, membres in lieux.items() if membres}
