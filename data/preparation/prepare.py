"""From a folder of official files to a dataset: scan, read, place, choose, write, and tell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from data.cog import CommuneHistory
from data.errors import SourceError
from data.preparation.dataset import Matiere, tell, write_dataset
from data.preparation.membership import belong
from data.preparation.outline_files import is_outline, read_outlines
from data.preparation.outlines import outline
from data.preparation.passage import Passages
from data.preparation.perimeter import draw
from data.preparation.quarters import assemble_quarters, quarter_rows
from data.preparation.report import Preparation
from data.preparation.scan import Fichier, Progress, scan
from data.preparation.tables import Assemblage, assemble_indicators, assemble_places, assemble_priorities, select
from data.preparation.vintage import Lecture, Locator, build_history, only_useful_list
from data.preparation.write import building
from data.sources.reading import Genre

ETAPES = ("Reconnaissance", "Lecture", "Contours", "Tables", "Écriture")
"""Steps named by `progress`, in order."""


def silent(_etape: str, _fait: int, _total: int) -> None:
    """Show no progress."""


def prepare(
    departements: Sequence[str],
    cog: int,
    sources: Path,
    sortie: Path,
    cog_de: Mapping[str, int] | None = None,
    progress: Progress = silent,
) -> Preparation:
    """Build a dataset in `sortie` from the official files of `sources`, on the commune map of 1 January `cog`.

    No département is the whole of France. `cog_de` imposes the commune map of a file by its name. `progress` is
    called with a step of `ETAPES`, what is done and what there is to do. Nothing is left half-written when this is
    stopped. Raises SourceError, one French sentence.
    """
    with TemporaryDirectory(prefix="atlas-archives-") as archives, building(sortie) as chantier:
        fichiers = scan(sources, Path(archives), lambda fait, total: progress(ETAPES[0], fait, total))
        matiere = _gather(departements, cog, (fichiers, cog_de or {}), progress)
        preparation = tell(sortie, matiere)
        progress(ETAPES[4], 0, 1)
        write_dataset(chantier, matiere, preparation)
    progress(ETAPES[4], 1, 1)
    return preparation


def _gather(
    departements: Sequence[str],
    cog: int,
    dit: tuple[tuple[Fichier, ...], Mapping[str, int]],
    progress: Progress,
) -> Matiere:
    fichiers, cog_de = dit
    history = build_history(fichiers)
    perimetre = draw(history, departements, _known(history, cog))
    locator = Locator(history, perimetre, _checked(cog_de, fichiers))
    fichiers, lectures = _read_all(only_useful_list(fichiers, cog), locator, progress)
    progress(ETAPES[2], 0, 1)
    contours = outline(select(lectures, Genre.CONTOURS), history, perimetre)
    if contours.communes.empty:
        raise SourceError("Aucun fichier du dossier ne donne les contours des communes demandées.")
    progress(ETAPES[3], 0, 1)
    passages = Passages(history, perimetre, contours.communes)
    membres = belong(lectures, passages)
    passages = replace(passages, perimetre=replace(perimetre, epci=frozenset(membres.epci["code_epci"])))
    return Matiere(perimetre, fichiers, lectures, contours, membres, _assemble(lectures, passages))


def _known(history: CommuneHistory, cog: int) -> int:
    if cog not in history.annees:
        raise SourceError(
            f"La carte des communes de {cog} n'est pas connue des fichiers du dossier, qui vont de "
            f"{history.annees[0]} à {history.annees[-1]}."
        )
    return cog


def _checked(cog_de: Mapping[str, int], fichiers: Sequence[Fichier]) -> Mapping[str, int]:
    noms = {n for f in fichiers if f.format for n in (f.nom, f.nom.rsplit("/", 1)[-1])}
    for nom in cog_de:
        if nom not in noms:
            raise SourceError(
                f"--cog-de\u202f: aucun fichier pris dans le dossier ne s'appelle «\u00a0{nom}\u00a0».", nom
            )
    return cog_de


def _read_all(
    fichiers: Sequence[Fichier], locator: Locator, progress: Progress
) -> tuple[tuple[Fichier, ...], tuple[Lecture, ...]]:
    """Read every file; outlines are spared only where another file says to which Epci the communes belong."""
    autres = [f for f in fichiers if not is_outline(f)]
    lus: list[tuple[Fichier, list[Lecture]]] = []
    for rang, (fichier, siennes) in enumerate(map(_read_one, autres), 1):
        lus.append((fichier, [locator.locate(le) for le in siennes]))
        progress(ETAPES[1], rang, len(fichiers))
    cartes = [f for f in fichiers if is_outline(f)]
    if any(le.reading.genre is Genre.EPCI for _, siennes in lus for le in siennes):
        lus += read_outlines(cartes, _read_one, locator.locate, (locator.history, locator.perimetre))
    else:
        lus += [(lu, [locator.locate(le) for le in siennes]) for lu, siennes in map(_read_one, cartes)]
    lus.sort(key=lambda f: f[0].nom)
    return tuple(f for f, _ in lus), tuple(le for _, siennes in lus for le in siennes)


def _read_one(fichier: Fichier) -> tuple[Fichier, list[Lecture]]:
    if fichier.format is None or fichier.sample is None or fichier.motif:
        return fichier, []
    try:
        return fichier, [Lecture(fichier, reading) for reading in fichier.format.read(fichier.sample)]
    except SourceError as erreur:
        return replace(fichier, format=None, motif=str(erreur)), []


def _assemble(lectures: Sequence[Lecture], passages: Passages) -> tuple[Assemblage, ...]:
    quartiers = assemble_quarters(select(lectures, Genre.QPV), passages)
    priorites = assemble_priorities(select(lectures, Genre.PRIORITES), passages)
    if not quartiers.table.empty:
        toutes = pd.concat([priorites.table, quarter_rows(quartiers)], ignore_index=True)
        priorites = replace(priorites, table=toutes)
    return (
        assemble_indicators(select(lectures, Genre.INDICATEURS), passages),
        assemble_places("services.csv", select(lectures, Genre.SERVICES), passages),
        assemble_places("points-acces.csv", select(lectures, Genre.POINTS), passages),
        priorites,
        quartiers,
    )
