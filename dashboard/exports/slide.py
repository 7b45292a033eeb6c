"""Snapshots as a slide: title, key figures and legend are shapes and texts, the map a picture that is described."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from dashboard.exports.slide_shapes import describe, rgb, swatch, text
from dashboard.exports.slide_template import Support, logo_of, support_of
from dashboard.exports.snapshot import Instantane
from layers.kit.contract import Drawing
from layers.kit.marks import EntreeLegende, Fill, Matrice, Symbols, legend_of
from layers.kit.texts import number, short
from layers.renderers.picture import map_png
from layers.renderers.typesetting import Boite, Paragraphe, Style, clean, flow, height, reduction_for

MARGE, GOUTTIERE, PIED = 28.0, 16.0, 44.0
DPI_CARTE = 160
GRIS, ALERTE, ENCRE = "#4a5561", "#8a3b00", "#163f66"
PHRASE, FILTRES = Style(13.0, apres=2.0), Style(10.0, couleur=GRIS)
CHIFFRE, LIBELLE = Style(24.0, gras=True, couleur=ENCRE), Style(9.5, couleur=GRIS, apres=5.0)
COUCHE, UNITE, ENTREE = Style(11.0, gras=True, apres=1.0), Style(8.5, couleur=GRIS, apres=2.0), Style(9.5, apres=3.0)
METHODE, AVIS = Style(8.0, couleur=GRIS, apres=2.0), Style(8.5, couleur="#6b4a17", apres=2.0)
NOTE = Style(7.5, couleur=GRIS)
RETRAIT = 27.0
COLONNES = ((1, 210.0, 0.85), (2, 170.0, 0.75), (3, 150.0, 0.0))  # number, width in points, least reduction
REDUCTIONS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5)
TITRE_MAX, TITRE_MIN = 24, 11


def pptx(instantane: Instantane) -> bytes:
    """Write a presentation of one slide, 16:9 unless the template says otherwise.

    Raises: ExportError for a template or a logo that is missing or damaged.
    """
    support = support_of(instantane.options, instantane.frames)
    lay(support, instantane)
    return packed(support, instantane.cartouche.titre, instantane.jour)


def lay(support: Support, instantane: Instantane, place: float = 0.0, notes: Sequence[str] = ()) -> Boite:
    """Lay a snapshot on an empty slide; return the band of height `place` left free between the map and the sources.

    `notes` stand before those of the snapshot.
    """
    top = _head(support, instantane)
    bottom = support.hauteur - MARGE - PIED - place
    side = _side(support, instantane, top, bottom)
    _map(support, instantane, Boite(MARGE, top, side - GOUTTIERE - MARGE, bottom - top))
    _foot(support, instantane, bottom + place + 6)
    support.slide.notes_slide.notes_text_frame.text = "\n".join(map(clean, [*notes, *_notes(instantane)]))
    return Boite(MARGE, bottom, support.largeur - 2 * MARGE, place)


def packed(support: Support, titre: str, jour: date) -> bytes:
    """Name and date a presentation, and return its file."""
    properties = support.presentation.core_properties
    properties.title, properties.author = clean(titre)[:255], "Atlas Ctg"
    properties.language, properties.last_modified_by = "fr-FR", "Atlas Ctg"
    properties.created = properties.modified = datetime.combine(jour, time())
    out = io.BytesIO()
    support.presentation.save(out)
    return out.getvalue()


def _head(support: Support, instantane: Instantane) -> float:
    """Write the title block and return the height at which the map begins, in points from the top."""
    cartouche, shapes = instantane.cartouche, support.slide.shapes
    logo = logo_of(instantane.options, instantane.frames)
    right = min(150.0, 34 * logo[1]) + GOUTTIERE if logo else 0.0
    if logo:
        picture = shapes.add_picture(io.BytesIO(logo[0]), 0, Pt(MARGE - 8), width=Pt(right - GOUTTIERE))
        picture.left = Pt(support.largeur - MARGE) - picture.width
        describe(picture, f"Logo\u202f: {instantane.frames.jeu.nom}")
    room = support.largeur - 2 * MARGE - right
    size = title_size(cartouche.titre, room)
    tall = height([Paragraphe(cartouche.titre, Style(size, gras=True))], room)
    write_title(support, cartouche.titre, Boite(MARGE, MARGE - 10, room, tall + 4), size)
    top = MARGE - 6 + tall
    lines = [Paragraphe(cartouche.phrase, PHRASE)] if cartouche.phrase else []
    lines.append(Paragraphe(f"{cartouche.organisme} · {cartouche.filtres}", FILTRES))
    if cartouche.mention:
        lines.insert(0, Paragraphe(cartouche.mention.upper(), Style(11.0, gras=True, couleur=ALERTE, apres=1.0)))
    least = reduction_for(lines, support.largeur - 2 * MARGE, 90)
    below = height(lines, support.largeur - 2 * MARGE, least)
    text(shapes, Boite(MARGE, top, support.largeur - 2 * MARGE, below), lines, least, name="Lecture")
    return top + below + 6


def title_size(titre: str, room: float) -> float:
    """Return the largest size at which a title holds in two lines, the smallest where it never does."""
    for size in range(TITRE_MAX, TITRE_MIN, -1):
        if height([Paragraphe(titre, Style(size, gras=True))], room) <= 2.6 * size:
            return float(size)
    return float(TITRE_MIN)


def write_title(support: Support, titre: str, box: Boite, size: float) -> None:
    """Write in the title of the template, with its own face and colour; in a box where the template has none."""
    if support.titre is None:
        text(support.slide.shapes, box, [Paragraphe(titre, Style(size, gras=True))], name="Titre")
        return
    shape = support.titre
    shape.left, shape.top, shape.width, shape.height = Pt(box.x), Pt(box.y), Pt(box.largeur), Pt(box.hauteur)
    frame = shape.text_frame
    frame.text, frame.word_wrap, frame.vertical_anchor = clean(titre), True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for paragraph in frame.paragraphs:
        paragraph.alignment = 1
        for run in paragraph.runs:
            run.font.size = Pt(size)
            if not support.propre:
                run.font.bold, run.font.color.rgb = True, rgb(ENCRE)


def _side(support: Support, instantane: Instantane, top: float, bottom: float) -> float:
    """Write key figures and legend in as few columns as stay legible; return the left edge of the first one."""
    cartouche = instantane.cartouche
    lines = [
        p for c in cartouche.chiffres for p in (Paragraphe(c.valeur, CHIFFRE, lie=True), Paragraphe(c.libelle, LIBELLE))
    ]
    lines += [Paragraphe(b, METHODE) for b in cartouche.bandeau]
    lines += legend_lines(instantane.drawings) or [Paragraphe("Aucune couche affichée.", FILTRES)]
    lines += [Paragraphe(a, AVIS) for a in cartouche.avis]
    columns, each, reduction = _columns(lines, bottom - top)
    left = support.largeur - MARGE - len(columns) * (each + GOUTTIERE) + GOUTTIERE
    for rank, column in enumerate(columns):
        _column(
            support.slide.shapes, column, Boite(left + rank * (each + GOUTTIERE), top, each, bottom - top), reduction
        )
    return left


def legend_lines(drawings: Sequence[Drawing]) -> list[Paragraphe]:
    """Set the legend: title, unit, entries with their numbers, method and notices of each drawing."""
    lines: list[Paragraphe] = []
    for drawing in drawings:
        if not drawing.legende and not drawing.notice:
            continue
        lines.append(Paragraphe(drawing.titre, COUCHE, lie=True))
        lines += [Paragraphe(drawing.unite, UNITE, lie=True)] if drawing.unite and drawing.legende else []
        for mark in drawing.marques:
            plein = not isinstance(mark, Fill) or mark.plein
            lines += [p for entree in legend_of(mark) for p in _entry(entree, plein)]
        lines += [Paragraphe(drawing.lecture, METHODE)] if drawing.lecture else []
        lines += [Paragraphe(n, AVIS) for n in drawing.notice]
    return lines


def _entry(entree: EntreeLegende, plein: bool) -> list[Paragraphe]:
    symbole, label = entree.symbole, entree.libelle
    if isinstance(symbole, Symbols):
        label = f"{label} (le plus grand\u202f: {short(symbole.maximum)} {symbole.unite})"
    if isinstance(symbole, Matrice):
        tall = 22.0 * len(symbole.lignes) + 6
        levels = (
            f"Colonnes, de gauche à droite\u202f: {' ; '.join(symbole.abscisse.niveaux)}",
            f"Lignes, de bas en haut\u202f: {' ; '.join(symbole.ordonnee.niveaux)}",
        )
        grid = Paragraphe("", METHODE, 0.0, (symbole, plein), "", tall)
        return [Paragraphe(label, ENTREE, lie=True), *(Paragraphe(x, METHODE, lie=True) for x in levels), grid]
    return [Paragraphe(label, ENTREE, RETRAIT, (symbole, plein), f"({number(entree.nombre)})", 11.0)]


def _columns(lines: Sequence[Paragraphe], tall: float) -> tuple[list[list[Paragraphe]], float, float]:
    for count, each, least in COLONNES:
        for reduction in (r for r in REDUCTIONS if r >= least):
            if (found := flow(lines, each, tall, count, reduction)) is not None:
                return found, each, reduction
    return [list(lines)], COLONNES[0][1], REDUCTIONS[-1]


def _column(shapes: Any, lines: Sequence[Paragraphe], box: Boite, reduction: float) -> None:
    """Write a column: runs of plain text in one box each, every legend entry as a swatch and its label."""
    y, plain = box.y, list[Paragraphe]()
    for line in lines:
        tall = height([line], box.largeur, reduction)
        if line.pastille is None:
            plain.append(line)
            y += tall
            continue
        y = _flush(shapes, plain, box, y, reduction)
        symbole, plein = line.pastille
        swatch(shapes, symbole, Boite(box.x, y + reduction, box.largeur, reduction), plein=plein)
        if line.texte:
            room = Boite(box.x + RETRAIT * reduction, y, box.largeur - RETRAIT * reduction, tall)
            text(shapes, room, [replace(line, style=replace(line.style, apres=0.0))], reduction, name="Légende")
        y += tall
    _flush(shapes, plain, box, y, reduction)


def _flush(shapes: Any, plain: list[Paragraphe], box: Boite, y: float, reduction: float) -> float:
    if plain:
        tall = height(plain, box.largeur, reduction)
        text(shapes, Boite(box.x, y - tall, box.largeur, tall), plain, reduction)
        plain.clear()
    return y


def _map(support: Support, instantane: Instantane, box: Boite) -> None:
    planche = instantane.planche
    picture = map_png(planche, box.largeur, box.hauteur, DPI_CARTE)
    shape = support.slide.shapes.add_picture(
        io.BytesIO(picture), Pt(box.x), Pt(box.y), Pt(box.largeur), Pt(box.hauteur)
    )
    shape.name = "Carte"
    describe(shape, description(instantane))


def description(instantane: Instantane) -> str:
    """Describe the map in words: what it shows, then how many territories each class of its legend holds."""
    cartouche = instantane.cartouche
    legend = [
        f"{d.titre}\u202f: " + ", ".join(f"{e.libelle} ({number(e.nombre)})" for e in d.legende)
        for d in instantane.drawings
        if d.legende
    ]
    return " ".join(p for p in (f"Carte. {cartouche.titre}.", cartouche.phrase, *(f"{x}." for x in legend)) if p)


def _foot(support: Support, instantane: Instantane, top: float) -> None:
    """Write sources, status and address below the map; what does not fit is in the notes, which hold all of it."""
    cartouche = instantane.cartouche
    credits = cartouche.notes[1].paragraphes if len(cartouche.notes) > 1 else ()
    lines = [
        Paragraphe(f"Sources\u202f: {' '.join(credits)}", NOTE),
        Paragraphe(f"{cartouche.statut} {cartouche.adresse}".strip(), NOTE),
    ]
    room = support.largeur - 2 * MARGE
    reduction = reduction_for(lines, room, PIED)
    if height(lines, room, reduction) > PIED:
        lines[0] = Paragraphe("Sources, définitions et secret\u202f: dans les notes de cette diapositive.", NOTE)
        reduction = reduction_for(lines, room, PIED)
    text(support.slide.shapes, Boite(MARGE, top, room, PIED), lines, reduction, name="Sources")


def _notes(instantane: Instantane) -> list[str]:
    cartouche = instantane.cartouche
    lines = [cartouche.titre, cartouche.mention, cartouche.phrase, cartouche.filtres, *cartouche.bandeau]
    lines += [n for d in instantane.drawings for n in d.notice] + list(cartouche.avis)
    for note in cartouche.notes:
        lines += ["", note.titre, *note.paragraphes]
    return [line for rank, line in enumerate(lines) if line or rank > 4]
