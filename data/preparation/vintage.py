"""The history of the communes, and the commune map on which each file was made."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from data.cog import CommuneHistory
from data.cog.files import annee_of
from data.cog.vintage import Millesime, guess
from data.errors import SourceError
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
_RIVAUX = 2


@dataclass(frozen=True, eq=False)
class Lecture:
    """One thing that one file gives, with the commune map of its codes (`cog`, None where it has no code).

    `origine` says how that map is known, `rivaux` the other maps that would do.
    """

    fichier: Fichier
    reading: Reading
    cog: int | None = None
    origine: str = ""
    rivaux: tuple[str, ...] = ()

    @property
    def nom(self) -> str:
        """Name of the file, as the user knows it."""
        return self.fichier.nom

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


def _latest(fichiers: tuple[Fichier, ...], format_id: str) -> Fichier | None:
    candidats = [f for f in fichiers if f.format is not None and f.format.id == format_id and f.sample]
    return max(candidats, key=lambda f: (annee_of(f.sample.path) or 0 if f.sample else 0, f.nom), default=None)


def locate(lecture: Lecture, history: CommuneHistory, cible: int, imposes: Mapping[str, int]) -> Lecture:
    """Tell the commune map of a reading: imposed by the user, stated by the file, or guessed from its codes."""
    nom = lecture.fichier.nom
    impose = imposes.get(nom) or imposes.get(nom.rsplit("/", 1)[-1])
    if impose:
        return replace(lecture, cog=impose, origine="imposée par --cog-de")
    codes = _codes(lecture.reading)
    if codes.empty:
        return lecture
    rangs = guess(history, codes)
    rivaux = tuple(_say(m) for m in rangs[1 : 1 + _RIVAUX])
    dite = lecture.reading.cog
    if dite is not None:
        return replace(lecture, cog=min(dite, history.annees[-1]), origine="dite par le fichier", rivaux=rivaux)
    repere = _hint(lecture, cible)
    meilleur = rangs[0]
    origine = f"déduite des codes ({_say(meilleur)})"
    return replace(lecture, cog=meilleur.nearest(repere), origine=origine, rivaux=rivaux)


def _hint(lecture: Lecture, cible: int) -> int:
    """Year to prefer among maps that the codes cannot tell apart; a name only ever decides here."""
    reading = lecture.reading
    if reading.annee is not None:
        return min(reading.annee, cible)
    ecrite = annee_of(lecture.fichier.sample.path) if lecture.fichier.sample else None
    return ecrite or (0 if reading.decalage_annee else cible)


def _codes(reading: Reading) -> "pd.Series[str]":
    colonne = _COLONNES_DE_CODE.get(reading.genre)
    if colonne is None or colonne not in reading.table:
        return pd.Series([], dtype="str")
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
