"""What a preparation did, for a reader of French and for `preparation.json`."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from data.preparation.account import Compte
from data.preparation.scan import Fichier
from data.preparation.vintage import Lecture

NBSP = "\u202f"


@dataclass(frozen=True, eq=False)
class Preparation:
    """One dataset prepared: what was taken, from where, of which year, what became of every count.

    `choix` are sentences on files that give the same thing, `manques` what the dataset lacks.
    """

    sortie: Path
    nom: str
    departements: tuple[str, ...]
    cog: int
    communes: int
    tables: tuple[tuple[str, int], ...]
    fichiers: tuple[Fichier, ...]
    lectures: tuple[Lecture, ...]
    comptes: tuple[Compte, ...]
    choix: tuple[str, ...]
    manques: tuple[str, ...]

    @property
    def equilibre(self) -> bool:
        """Tell whether every count balances."""
        return all(c.equilibre for c in self.comptes)

    def phrases(self, detail: bool = False) -> list[str]:
        """Give the account as lines of French; with `detail` every file left aside is listed."""
        lignes = [f"{self.nom}{NBSP}: {amount(self.communes)} communes, carte du 1er janvier {self.cog}.", ""]
        lignes += ["Fichiers pris", *self._taken(), "", "Comptes (lu = placé + non placé)"]
        lignes += [ligne for compte in self.comptes for ligne in _lines(compte)]
        if self.choix:
            lignes += ["", "Choix", *(f"  {c}." for c in self.choix)]
        lignes += ["", "Fichiers laissés de côté", *self._left(detail)]
        if self.manques:
            lignes += ["", "Ce qui manque", *(f"  {m}." for m in self.manques)]
        lignes += ["", "Tables écrites", *(f"  {n}{NBSP}: {amount(t)} lignes" for n, t in self.tables)]
        return lignes

    def _taken(self) -> list[str]:
        lignes = []
        for nom, lectures in _by_file(self.lectures):
            format_ = lectures[0].fichier.format
            titre = f"{format_.producteur}, {format_.titre}, {format_.licence}" if format_ else ""
            lignes.append(f"  {nom}{NBSP}: {titre}")
            for lecture in lectures:
                lignes.append("    " + describe(lecture))
                lignes += [f"      {note}" for note in lecture.reading.notes]
        return lignes

    def _left(self, detail: bool) -> list[str]:
        laisses = [f for f in self.fichiers if f.motif]
        if detail:
            return [f"  {f.nom}{NBSP}: {f.motif}" for f in laisses]
        motifs: dict[str, list[str]] = {}
        for fichier in laisses:
            motifs.setdefault(fichier.motif, []).append(fichier.nom)
        return [
            f"  {motif} ({len(noms)}){NBSP}: {', '.join(noms[:6])}{'…' if len(noms) > 6 else ''}"
            for motif, noms in motifs.items()
        ]

    def to_json(self) -> dict[str, object]:
        """Return the content of `preparation.json`."""
        return {
            "nom": self.nom,
            "departements": list(self.departements),
            "cog": self.cog,
            "communes": self.communes,
            "equilibre": self.equilibre,
            "fichiers": [_file_json(f, self.lectures) for f in self.fichiers],
            "comptes": [c.to_json() for c in self.comptes],
            "choix": list(self.choix),
            "manques": list(self.manques),
            "tables": dict(self.tables),
        }


def describe(lecture: Lecture) -> str:
    """Say what one file gives, of which year and on which map."""
    annee = f" {lecture.annee}" if lecture.annee else ""
    if lecture.annees_possibles:
        debut, fin = lecture.annees_possibles
        annee += f" (année incertaine, {debut} à {fin}, à imposer par --cog-de)"
    carte = f", carte des communes de {lecture.cog} {lecture.origine}" if lecture.cog else ""
    carte = carte or (f", carte des communes {lecture.origine}" if lecture.origine else "")
    rivaux = f" ; autres cartes possibles{NBSP}: {' | '.join(lecture.rivaux)}" if lecture.rivaux else ""
    return f"{lecture.reading.genre.libelle}{annee}{NBSP}: {amount(lecture.reading.lues)} lignes lues{carte}{rivaux}"


def amount(valeur: float) -> str:
    """Write a number the French way: thin spaces between thousands, decimal comma."""
    arrondi = round(float(valeur), 1)
    texte = f"{arrondi:,.0f}" if arrondi.is_integer() else f"{arrondi:,.1f}"
    return texte.replace(",", NBSP).replace(".", ",")


def _lines(compte: Compte) -> list[str]:
    signe = "" if compte.equilibre else "  ÉCART"
    tete = (
        f"  {compte.fichier}, {compte.mesure} ({compte.unite}){NBSP}: {amount(compte.lu)} = "
        f"{amount(compte.place)} + {amount(compte.non_place)}{signe}"
    )
    return [
        tete,
        *(
            f"      {amount(e.total)} ({amount(e.lignes)} lignes){NBSP}: {e.motif}{_some(e.exemples)}"
            for e in compte.ecarts
        ),
    ]


def _some(exemples: tuple[str, ...]) -> str:
    return f", ex. {', '.join(exemples)}" if exemples else ""


def _by_file(lectures: Iterable[Lecture]) -> list[tuple[str, list[Lecture]]]:
    groupes: dict[str, list[Lecture]] = {}
    for lecture in lectures:
        groupes.setdefault(lecture.nom, []).append(lecture)
    return list(groupes.items())


def _file_json(fichier: Fichier, lectures: tuple[Lecture, ...]) -> dict[str, object]:
    format_ = fichier.format
    contenu: dict[str, object] = {"fichier": fichier.nom, "taille": fichier.taille}
    if fichier.motif or format_ is None:
        return contenu | {"pris": False, "motif": fichier.motif}
    return contenu | {
        "pris": True,
        "sha256": fichier.sha256,
        "format": format_.id,
        "producteur": format_.producteur,
        "titre": format_.titre,
        "licence": format_.licence,
        "page": format_.page,
        "lectures": [
            {
                "genre": le.reading.genre.value,
                "lignes": le.reading.lues,
                "annee": le.annee or None,
                "cog": le.cog,
                "origine_cog": le.origine,
                "rivaux": list(le.rivaux),
                "notes": list(le.reading.notes),
            }
            for le in lectures
            if le.nom == fichier.nom
        ],
    }
