"""The history of the communes, and the commune map on which each file was made."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from data.cog import CommuneHistory
from data.cog.files import annee_of
from data.cog.vintage import Millesime, guess
from data.errors import SourceError
from data.preparation.perimeter import Perimetre, among
from data.preparation.scan import Fichier
from data.sources.reading import Genre, Reading

_COLONNES_DE_CODE = {
    Genre.COMMUNES: "code",
    Genre.CONTOURS: "code",
    Genre.EPCI: "code_commune",
    Genre.INDICATEURS: "code_territoire",
    Genre.SERVICES: "code_commune",
    Genre.POINTS: "code_commune",
    Genre.PRIORITES: "code_territoire",
    Genre.QPV: "codes_communes",
}
_AUTRE_LISTE = "liste des communes d'une autre année\u202f: inutile, l'histoire des communes la rebâtit"
_POPULATIONS_LEGALES = -2
_RIVAUX = 2
LOIN = "sans objet\u202f: aucun code du territoire demandé"


@dataclass(frozen=True, eq=False)
class Lecture:
    """One thing that one file gives, with the commune map of its codes (`cog`, None where it has no code).

    `origine` says how that map is known, `rivaux` the other maps that would do; `depuis` and `jusqua`
    are the first and last maps that its codes cannot tell apart.
    """

    fichier: Fichier
    reading: Reading
    cog: int | None = None
    depuis: int | None = None
    jusqua: int | None = None
    origine: str = ""
    rivaux: tuple[str, ...] = ()

    @property
    def nom(self) -> str:
        """Name of the file, as the user knows it."""
        return self.fichier.nom

    @property
    def annees_possibles(self) -> tuple[int, int] | None:
        """First and last years that the figures may be of, where the map gives the year and leaves a doubt."""
        decalage = self.reading.decalage_annee
        if not decalage or self.reading.annee is not None or not self.depuis or not self.jusqua:
            return None
        return (self.depuis + decalage, self.jusqua + decalage) if self.jusqua > self.depuis else None

    @property
    def annee(self) -> int:
        """Year of the figures, 0 where it is not known."""
        if self.reading.annee is not None:
            return self.reading.annee
        return self.cog + self.reading.decalage_annee if self.cog and self.reading.decalage_annee else 0


def build_history(fichiers: tuple[Fichier, ...]) -> CommuneHistory:
    """Build the history from the latest movements and list of communes found in the folder.

    Raises SourceError when one is missing.
    """
    mouvements = _latest(fichiers, "insee_cog_mouvements")
    if mouvements is None or mouvements.sample is None:
        raise SourceError(
            "Il manque le fichier des mouvements de communes de l'Insee (v_mvt_commune_AAAA.csv)\u202f: prenez-le sur "
            "https://www.insee.fr/fr/information/2560452 et posez-le dans le dossier des sources."
        )
    derniere = annee_of(mouvements.sample.path) or 9999
    listes = tuple(f for f in fichiers if f.sample and (annee_of(f.sample.path) or 0) <= derniere)
    communes = _latest(listes, "insee_cog_communes")
    if communes is None or communes.sample is None:
        raise SourceError(
            "Il manque la liste des communes de l'Insee (v_commune_AAAA.csv)\u202f: prenez-la sur "
            "https://www.insee.fr/fr/information/2560452 et posez-la dans le dossier des sources."
        )
    return CommuneHistory.load(mouvements.sample.path, communes.sample.path)


def only_useful_list(fichiers: tuple[Fichier, ...], cible: int) -> tuple[Fichier, ...]:
    """Set aside the lists of communes of other years where that of the target year is there: only names are read."""

    def year(fichier: Fichier) -> int | None:
        est_liste = fichier.format is not None and fichier.format.id == "insee_cog_communes"
        return annee_of(fichier.sample.path) if est_liste and fichier.sample else None

    if cible not in {year(f) for f in fichiers}:
        return fichiers
    return tuple(replace(f, motif=_AUTRE_LISTE) if year(f) not in (None, cible) else f for f in fichiers)


def _latest(fichiers: tuple[Fichier, ...], format_id: str) -> Fichier | None:
    candidats = [f for f in fichiers if f.format is not None and f.format.id == format_id and f.sample]
    return max(candidats, key=lambda f: (annee_of(f.sample.path) or 0 if f.sample else 0, f.nom), default=None)


@dataclass(frozen=True, eq=False)
class Locator:
    """Tells the commune map of each reading: imposed by the user, stated by the file, or guessed from its codes.

    The readings of one file often have the same codes: each set of codes is guessed once. A file without a code of
    the perimeter needs no map.
    """

    history: CommuneHistory
    perimetre: Perimetre
    imposes: Mapping[str, int]
    _devines: dict[tuple[str, int], tuple[Millesime, ...]] = field(default_factory=dict, repr=False)

    def locate(self, lecture: Lecture) -> Lecture:
        """Give the reading its commune map."""
        nom = lecture.fichier.nom
        impose = self.imposes.get(nom) or self.imposes.get(nom.rsplit("/", 1)[-1])
        if impose:
            return replace(lecture, cog=impose, depuis=impose, jusqua=impose, origine="imposée par --cog-de")
        if lecture.reading.cog is not None:
            dite = min(lecture.reading.cog, self.history.annees[-1])
            return replace(lecture, cog=dite, depuis=dite, jusqua=dite, origine="dite par le fichier")
        codes = _codes(lecture.reading)
        if codes.empty:
            return lecture
        if lecture.reading.genre is Genre.COMMUNES and (ecrite := self._written(lecture, codes)):
            return replace(lecture, cog=ecrite, depuis=ecrite, jusqua=ecrite, origine="celle de son nom, vérifiée")
        if self.perimetre.departements and not among(codes, self.perimetre.index_anciens).any():
            return replace(lecture, origine=LOIN)
        rangs = self._guess(nom, codes)
        meilleur, rivaux = rangs[0], tuple(_say(m) for m in rangs[1 : 1 + _RIVAUX])
        origine = f"déduite des codes ({_say(meilleur)})"
        annee = meilleur.nearest(_hint(lecture, self._last(lecture)))
        fin = max(meilleur.debut, min(meilleur.fin, self._last(lecture)))
        return replace(lecture, cog=annee, depuis=meilleur.debut, jusqua=fin, origine=origine, rivaux=rivaux)

    def _last(self, lecture: Lecture) -> int:
        """Latest map that a file may be on: legal populations on the map of N are published at the very end of N."""
        return self.perimetre.cog - (lecture.reading.decalage_annee == _POPULATIONS_LEGALES)

    def _written(self, lecture: Lecture, codes: "pd.Series[str]") -> int | None:
        """Year in the name of an official list, where its communes are exactly those of that year."""
        annee = annee_of(lecture.fichier.sample.path) if lecture.fichier.sample else None
        if annee is None or annee not in self.history.annees:
            return None
        return annee if self.history.codes(annee) == frozenset(codes.tolist()) else None

    def _guess(self, nom: str, codes: "pd.Series[str]") -> tuple[Millesime, ...]:
        liste = codes.tolist()
        cle = (nom, hash(frozenset(liste)))
        if cle not in self._devines:
            self._devines[cle] = guess(self.history, liste)
        return self._devines[cle]


def _hint(lecture: Lecture, derniere: int) -> int:
    """Year to prefer among maps that the codes cannot tell apart; a name only ever decides here."""
    if lecture.reading.annee is not None:
        return min(lecture.reading.annee, derniere)
    ecrite = annee_of(lecture.fichier.sample.path) if lecture.fichier.sample else None
    return ecrite or derniere


def _codes(reading: Reading) -> "pd.Series[str]":
    colonne = _COLONNES_DE_CODE.get(reading.genre)
    if colonne is None or colonne not in reading.table:
        return pd.Series([], dtype="str")
    if reading.codes is not None:
        return reading.codes[reading.codes != ""].drop_duplicates()
    table = reading.table
    if "maille" in table:
        table = table[table["maille"] == "commune"]
    codes = table[colonne]
    if reading.genre is Genre.QPV:
        codes = codes.str.split("|").explode()
    return codes[codes != ""].drop_duplicates()


def _say(millesime: Millesime) -> str:
    part = f"{100 * millesime.valides:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{millesime.libelle}\u202f: {part}\u202f% des codes, {len(millesime.absents)} absents"
