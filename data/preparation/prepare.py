"""From a folder of official files to a dataset: scan, read, place, choose, write, and tell."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from data.cog import CommuneHistory
from data.errors import SourceError
from data.preparation import tables
from data.preparation.membership import Appartenance, belong
from data.preparation.outlines import Contours, outline
from data.preparation.passage import Passages
from data.preparation.perimeter import Perimetre, draw
from data.preparation.quarters import assemble_quarters, quarter_rows
from data.preparation.report import Preparation
from data.preparation.scan import Fichier, Progress, scan
from data.preparation.tables import Assemblage, select
from data.preparation.vintage import Lecture, build_history, locate
from data.preparation.write import JOURNAL, building, digest, write_outlines, write_settings, write_table
from data.sources.reading import Genre

_SANS_CTG = (
    "Aucune donnée publique ne liste les Ctg\u202f: ctg.csv, ctg-communes.csv et les tables qui en dépendent sont à "
    "ajouter par la Caf"
)


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

    No département is the whole of France. `cog_de` imposes the commune map of a file by its name. Nothing is left
    half-written when this is stopped. Raises SourceError, one French sentence.
    """
    with building(sortie) as chantier:
        fichiers = scan(sources, progress)
        history = build_history(fichiers)
        perimetre = draw(history, departements, _known(history, cog))
        fichiers, lectures = _read_all(fichiers, progress)
        lectures = tuple(locate(le, history, cog, cog_de or {}) for le in lectures)
        progress("Contours", 0, 1)
        contours = outline(select(lectures, Genre.CONTOURS), history, perimetre)
        if contours.communes.empty:
            raise SourceError("Aucun fichier du dossier ne donne les contours des communes demandées.")
        sans_contour = sorted(perimetre.codes - set(contours.communes["code"]))
        perimetre = replace(perimetre, codes=frozenset(contours.communes["code"]))
        progress("Tables", 0, 1)
        passages = Passages(history, perimetre, contours.communes)
        membres = belong(lectures, passages)
        passages = replace(passages, perimetre=replace(perimetre, epci=frozenset(membres.epci["code_epci"])))
        parts = _assemble(lectures, passages)
        preparation = _tell(sortie, perimetre, (fichiers, lectures), (contours, membres, parts), sans_contour)
        _write(chantier, preparation, (contours, membres, parts), _names(lectures, perimetre))
        return preparation


def _known(history: CommuneHistory, cog: int) -> int:
    if cog not in history.annees:
        raise SourceError(
            f"La carte des communes de {cog} n'est pas connue des fichiers du dossier, qui vont de "
            f"{history.annees[0]} à {history.annees[-1]}."
        )
    return cog


def _read_all(fichiers: tuple[Fichier, ...], progress: Progress) -> tuple[tuple[Fichier, ...], tuple[Lecture, ...]]:
    lus, lectures = [], []
    for rang, fichier in enumerate(fichiers):
        progress("Lecture des fichiers", rang, len(fichiers))
        if fichier.format is None or fichier.sample is None:
            lus.append(fichier)
            continue
        try:
            lectures += [Lecture(fichier, reading) for reading in fichier.format.read(fichier.sample)]
            lus.append(fichier)
        except SourceError as erreur:
            lus.append(replace(fichier, format=None, motif=str(erreur)))
    return tuple(lus), tuple(lectures)


def _assemble(lectures: Sequence[Lecture], passages: Passages) -> tuple[Assemblage, ...]:
    quartiers = assemble_quarters(select(lectures, Genre.QPV), passages)
    priorites = tables.assemble_priorities(select(lectures, Genre.PRIORITES), passages)
    if not quartiers.table.empty:
        toutes = pd.concat([priorites.table, quarter_rows(quartiers)], ignore_index=True)
        priorites = replace(priorites, table=toutes)
    return (
        tables.assemble_indicators(select(lectures, Genre.INDICATEURS), passages),
        tables.assemble_places("services.csv", select(lectures, Genre.SERVICES), passages),
        tables.assemble_places("points-acces.csv", select(lectures, Genre.POINTS), passages),
        priorites,
        quartiers,
    )


def _names(lectures: Sequence[Lecture], perimetre: Perimetre) -> dict[str, str]:
    noms: dict[str, str] = {}
    listes = select(lectures, Genre.COMMUNES)
    listes = sorted(listes, key=lambda le: (le.cog or 0) - 10_000 * ((le.cog or 0) > perimetre.cog))
    for lecture in (*select(lectures, Genre.CONTOURS), *listes):
        table = lecture.reading.table
        noms |= dict(zip(table["code"], table["nom"], strict=True))
    return noms


def _title(lectures: Sequence[Lecture], perimetre: Perimetre) -> str:
    if not perimetre.departements:
        return "France entière"
    caf: dict[str, str] = {}
    for lecture in select(lectures, Genre.CAF):
        caf |= dict(zip(lecture.reading.table["departement"], lecture.reading.table["nom"], strict=True))
    noms: dict[str, str] = {}
    for lecture in select(lectures, Genre.NOMS):
        noms |= dict(zip(lecture.reading.table["code"], lecture.reading.table["nom"], strict=True))
    titres = [caf.get(d) or f"Département {noms.get(d, d)}" for d in perimetre.departements]
    return ", ".join(dict.fromkeys(titres))


def _tell(
    sortie: Path,
    perimetre: Perimetre,
    lus: tuple[tuple[Fichier, ...], tuple[Lecture, ...]],
    faits: tuple[Contours, Appartenance, tuple[Assemblage, ...]],
    sans_contour: list[str],
) -> Preparation:
    contours, membres, parts = faits
    manques = [f"{p.fichier}\u202f: aucun fichier du dossier n'en donne" for p in parts if p.table.empty]
    if sans_contour:
        manques.insert(0, f"{len(sans_contour)} communes sans contour, hors du jeu ({', '.join(sans_contour[:6])})")
    ecrites = [("communes.geojson", len(contours.communes)), ("epci.csv", len(membres.epci))]
    ecrites += [(p.fichier, len(p.table)) for p in parts if not p.table.empty]
    return Preparation(
        sortie=sortie,
        nom=_title(lus[1], perimetre),
        departements=perimetre.departements,
        cog=perimetre.cog,
        communes=len(contours.communes),
        tables=tuple(ecrites),
        fichiers=lus[0],
        lectures=lus[1],
        comptes=contours.comptes + membres.comptes + tuple(c for p in parts for c in p.comptes),
        choix=contours.choix + membres.choix + tuple(c for p in parts for c in p.choix),
        manques=(*manques, _SANS_CTG),
    )


def _write(
    chantier: Path,
    preparation: Preparation,
    faits: tuple[Contours, Appartenance, tuple[Assemblage, ...]],
    noms: dict[str, str],
) -> None:
    contours, membres, parts = faits
    indicateurs = parts[0]
    communes = tables.outline_table(contours.communes, noms, membres.epci_de, indicateurs.table)
    write_outlines(chantier / "communes.geojson", communes)
    write_table(chantier / "epci.csv", membres.epci)
    for part in parts:
        if part.fichier.endswith(".geojson") and not part.table.empty:
            write_outlines(chantier / part.fichier, part.table)
        elif not part.table.empty:
            write_table(chantier / part.fichier, part.table)
    if not indicateurs.table.empty:
        definitions = tables.definitions(indicateurs.table, indicateurs.lectures)
        write_table(chantier / "indicateurs-def.csv", definitions)
    cartes = select(preparation.lectures, Genre.CONTOURS)
    usages = [("communes.geojson", [cartes[r] for r in contours.utilises])]
    usages += [("epci.csv", [p.lecture for p in membres.places if len(p.table)])]
    usages += [(p.fichier, list(p.lectures)) for p in parts]
    jeu: dict[str, object] = {
        "nom": preparation.nom, "departements": list(preparation.departements), "cog": preparation.cog,
        "demarche": "deux_echelons", "fictif": False,
    }  # fmt: skip
    write_settings(chantier / "jeu.toml", jeu, [_source(f, le) for f, lectures in usages for le in lectures])
    ecrits = {p.name: digest(p) for p in sorted(chantier.iterdir())}
    journal = preparation.to_json() | {"ecrits": ecrits}
    (chantier / JOURNAL).write_text(json.dumps(journal, ensure_ascii=False, indent=1), encoding="utf-8")


def _source(fichier: str, lecture: Lecture) -> dict[str, object]:
    format_ = lecture.fichier.format
    assert format_ is not None and lecture.fichier.sample is not None
    return {
        "fichier": fichier,
        "producteur": format_.producteur,
        "titre": f"{format_.titre} ({lecture.nom})",
        "millesime": str(lecture.annee or lecture.cog or ""),
        "licence": format_.licence,
        "url": format_.page,
        "date_maj": date.fromtimestamp(lecture.fichier.sample.path.stat().st_mtime),
    }
