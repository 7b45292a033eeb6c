"""The slides of a séance: a cover, one slide per scene that whoever receives it can edit, the decisions as tables."""

from collections.abc import Iterator, Sequence
from typing import Any

from pptx.util import Pt

from dashboard.exports.slide import ENCRE, GRIS, MARGE, lay, packed, title_size, write_title
from dashboard.exports.slide_shapes import rgb, text
from dashboard.exports.slide_template import Support, after, support_of
from dashboard.seances.dossier.contents import (
    ENTETES_DECISIONS,
    PROPOSITION,
    SANS_DECISION,
    VIDE,
    Avance,
    Dossier,
    ScenePrete,
    silent,
)
from layers.renderers.typesetting import Boite, Paragraphe, Style, clean, height

FAITS, NOMBRE = Style(20.0, apres=8.0), Style(13.0, couleur=GRIS, apres=6.0)
MENTION, PETIT = Style(13.0, gras=True, couleur="#8a3b00", apres=6.0), Style(10.0, couleur=GRIS, apres=2.0)
QUESTION, AVIS = Style(13.0, gras=True, couleur=ENCRE), Style(9.0, couleur="#6b4a17")
CELLULE = Style(11.0)
PARTS = (1.5, 3.4, 1.3, 0.85, 0.85)
MARGE_CELLULE, PLACE_MAX, TETE_TABLEAU = 5.0, 92.0, 26.0
TEXTE_MAX = 1_100
"""Characters of a decision in a cell; the rest goes on in a row below."""


def pptx(dossier: Dossier, avance: Avance = silent) -> bytes:
    """Write the presentation. Raises: ExportError for a template or a logo that is missing or damaged."""
    support = support_of(dossier.options, dossier.frames)
    _cover(support, dossier)
    for scene in dossier.drawn_one_by_one(avance):
        _scene(after(support), scene)
    _decisions(support, dossier)
    return packed(support, dossier.titre, dossier.jour)


def _cover(support: Support, dossier: Dossier) -> None:
    room = support.largeur - 4 * MARGE
    size = title_size(dossier.titre, room / 1.4) * 1.4
    tall = height([Paragraphe(dossier.titre, Style(size, gras=True))], room)
    top = support.hauteur * 0.3
    write_title(support, dossier.titre, Boite(2 * MARGE, top, room, tall + 6), size)
    lines = [Paragraphe(dossier.faits, FAITS)] if dossier.faits else []
    lines.append(Paragraphe(dossier.nombre if dossier.scenes else VIDE, NOMBRE))
    lines += [Paragraphe(dossier.mention.upper(), MENTION)] if dossier.mention else []
    text(support.slide.shapes, Boite(2 * MARGE, top + tall + 14, room, height(lines, room)), lines, name="Séance")
    foot = [Paragraphe(x, PETIT) for x in (dossier.organisme, dossier.statut, dossier.edition)]
    tall = height(foot, room)
    text(support.slide.shapes, Boite(2 * MARGE, support.hauteur - MARGE - tall, room, tall), foot, name="Édition")


def _scene(support: Support, scene: ScenePrete) -> None:
    """Lay a scene: its snapshot, then its question and what of its address no longer holds, above the sources."""
    lines = [Paragraphe(a, AVIS) for a in scene.avis]
    lines += [Paragraphe(f"Question au conseil\u202f: {scene.question}", QUESTION)] if scene.question else []
    room = support.largeur - 2 * MARGE
    needed = height(lines, room) + 8 if lines else 0.0
    place = min(needed, PLACE_MAX)
    notes = [scene.notes, ""] if scene.notes else []
    band = lay(support, scene.instantane, place, notes)
    if lines:
        box = Boite(band.x, band.y + 6, band.largeur, band.hauteur - 6)
        text(support.slide.shapes, box, lines, min(1.0, place / needed), name="Question au conseil")


def _decisions(support: Support, dossier: Dossier) -> None:
    """Write the decisions as tables, as many slides as they need."""
    room = support.largeur - 2 * MARGE
    top = MARGE + 44
    pages = list(_shared(dossier.decisions, room, support.hauteur - top - 2 * MARGE - TETE_TABLEAU))
    for rank, rows in enumerate(pages or [[]], 1):
        page = after(support)
        suite = f" ({rank} sur {len(pages)})" if len(pages) > 1 else ""
        write_title(page, f"Décisions{suite}", Boite(MARGE, MARGE - 10, room, 30), 24)
        note = PROPOSITION if rows else SANS_DECISION
        text(page.slide.shapes, Boite(MARGE, MARGE + 22, room, 16), [Paragraphe(note, PETIT)], name="Note")
        if rows:
            _table(page, rows, Boite(MARGE, top, room, 0.0))


def _shared(rows: Sequence[Sequence[str]], room: float, tall: float) -> Iterator[list[Sequence[str]]]:
    """Share rows between slides by their height."""
    page, left = list[Sequence[str]](), tall
    for row in (part for whole in rows for part in _parts(whole)):
        needed = _row_height(row, room)
        if page and needed > left:
            yield page
            page, left = [], tall
        page.append(row)
        left -= needed
    if page:
        yield page


def _parts(row: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut a row whose decision is longer than a slide, its other cells coming back with « (suite) »."""
    scene, texte, *others = row
    for start in range(0, max(len(texte), 1), TEXTE_MAX):
        part = texte[start : start + TEXTE_MAX]
        yield (_short(scene), f"(suite) {part}" if start else part, *others)


def _short(titre: str) -> str:
    return titre if len(titre) <= 160 else f"{titre[:159]}…"


def _row_height(row: Sequence[str], room: float) -> float:
    widths = [room * p / sum(PARTS) - 2 * MARGE_CELLULE for p in PARTS]
    return max(height([Paragraphe(c, CELLULE)], w) for c, w in zip(row, widths, strict=True)) * 1.05 + 2 * MARGE_CELLULE


def _table(support: Support, rows: Sequence[Sequence[str]], box: Boite) -> None:
    """Write a native table, its first row known as its header."""
    shape = support.slide.shapes.add_table(
        len(rows) + 1, len(PARTS), Pt(box.x), Pt(box.y), Pt(box.largeur), Pt(TETE_TABLEAU)
    )
    shape.name = "Décisions"
    table = shape.table
    table.first_row = True
    for column, part in zip(table.columns, PARTS, strict=True):
        column.width = Pt(box.largeur * part / sum(PARTS))
    for row, cells in zip(table.rows, (ENTETES_DECISIONS, *rows), strict=True):
        row.height = Pt(TETE_TABLEAU if cells is ENTETES_DECISIONS else _row_height(cells, box.largeur))
        for cell, said in zip(row.cells, cells, strict=True):
            _cell(cell, said, header=cells is ENTETES_DECISIONS)


def _cell(cell: Any, said: str, *, header: bool) -> None:
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = Pt(MARGE_CELLULE)
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(ENCRE if header else "#ffffff")
    run = cell.text_frame.paragraphs[0].add_run()
    run.text = clean(said)
    run.font.size, run.font.bold = Pt(CELLULE.corps), header
    run.font.color.rgb = rgb("#ffffff" if header else "#1b222b")
