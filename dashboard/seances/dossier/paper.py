"""The dossier of a séance: cover, scenes, a page per scene, decisions as a record, annex, as a tagged PDF/UA-1."""

import base64
from typing import Any

from dashboard.exports import sheet
from dashboard.exports.press import print_pdf
from dashboard.seances.dossier.contents import (
    ENTETES_DECISIONS,
    PROPOSITION,
    SANS_DECISION,
    STYLO,
    VIDE,
    Avance,
    Dossier,
    ScenePrete,
    silent,
)
from layers.renderers.maps import Planche, map_svg
from layers.renderers.picture import map_png
from layers.renderers.typesetting import Paragraphe, Style, height

MARGE, PIED_DE_PAGE, GOUTTIERE = 24.0, 9.0, 12.0
COTE, PIED = 248.0, 44.0
TETE_MIN, TETE_MAX = 40.0, 118.0
PIED_DE_PAGE_MAX = 110
TITRE, LECTURE, DISCRET = Style(17.0, gras=True, apres=4.0), Style(10.5, apres=3.0), Style(7.4)
PLACE_MENTION, PRUDENCE = 130.0, 1.08
TRACEES_MAX, DPI = 30, 150
"""Beyond so many scenes maps are pictures at this resolution: outlines would fill the memory of a small server."""


def pdf(dossier: Dossier, avance: Avance = silent) -> bytes:
    """Print a dossier."""
    return print_pdf("seance", printed(dossier, avance), dossier.jour)


def printed(dossier: Dossier, avance: Avance = silent) -> dict[str, Any]:
    """Return everything that the template of a séance shows."""
    papier, tracee = sheet.paper(dossier.options), len(dossier.scenes) <= TRACEES_MAX
    return {
        "papier": papier,
        "titre": dossier.titre,
        "organisme": dossier.organisme,
        "phrase": dossier.faits,
        "faits": dossier.faits,
        "nombre": dossier.nombre,
        "mention": dossier.mention,
        "statut": dossier.statut,
        "edition": dossier.edition,
        "pied": _short(f"{dossier.titre} · {dossier.statut}"),
        "vide": "" if dossier.scenes else VIDE,
        "scenes": [_scene(s, papier, tracee) for s in dossier.drawn_one_by_one(avance)],
        "decisions": {
            "entetes": list(ENTETES_DECISIONS),
            "lignes": [list(row) for row in dossier.decisions],
            "note": PROPOSITION if dossier.decisions else SANS_DECISION,
        },
        "annexes": [
            {"titre": "Données et sources", "paragraphes": list(dossier.sources)},
            {"titre": "Définitions et méthode", "paragraphes": list(dossier.definitions)},
        ]
        if dossier.scenes
        else [],
        "jour": {"annee": dossier.jour.year, "mois": dossier.jour.month, "jour": dossier.jour.day},
    }


def _scene(scene: ScenePrete, papier: dict[str, Any], tracee: bool) -> dict[str, Any]:
    shown, cartouche = scene.instantane, scene.instantane.cartouche
    room = papier["largeur"] - 2 * MARGE
    head = _head(scene, room)
    body = papier["hauteur"] - 2 * MARGE - PIED_DE_PAGE - head - PIED - 2 * GOUTTIERE
    carte = (room - COTE - GOUTTIERE, body)
    said = sheet.words(cartouche) | {"legende": sheet.legend(shown.drawings)}
    dit = sheet.alternative(said, STYLO if shown.traces else "")
    return {
        "nom": f"{scene.rang}. {scene.titre}",
        "lecture": cartouche.phrase,
        "filtres": cartouche.filtres,
        "question": scene.question,
        "chiffres": said["chiffres"],
        "bandeau": said["bandeau"],
        "legende": said["legende"],
        "avis": list(scene.avis),
        "reserves": said["avis"],
        "notes": [line for line in scene.notes.split("\n") if line.strip()],
        "sources": f"Sources\u202f: {' '.join(scene.sources)}",
        "carte": {"svg": (map_svg if tracee else _picture)(shown.planche, *carte), "dit": dit},
        "tailles": {"tete": head, "corps": body, "carte": carte[0], "cote": COTE, "pied": PIED},
    }


def _picture(planche: Planche, largeur: float, hauteur: float) -> str:
    """Draw a map as an SVG that holds one picture."""
    size = f'width="{largeur}" height="{hauteur}"'
    data = base64.b64encode(map_png(planche, largeur, hauteur, DPI)).decode()
    picture = f'<image {size} href="data:image/png;base64,{data}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {largeur} {hauteur}" {size}>{picture}</svg>'


def _head(scene: ScenePrete, room: float) -> float:
    """Return the height that title and reading need, within what a page can give."""
    cartouche = scene.instantane.cartouche
    lines = [Paragraphe(f"{scene.rang}. {scene.titre}", TITRE), Paragraphe(cartouche.filtres, DISCRET)]
    lines += [Paragraphe(cartouche.phrase, LECTURE)] if cartouche.phrase else []
    needed = PRUDENCE * height(lines, room - PLACE_MENTION * bool(cartouche.mention))
    return min(max(needed, TETE_MIN), TETE_MAX)


def _short(texte: str) -> str:
    return texte if len(texte) <= PIED_DE_PAGE_MAX else f"{texte[: PIED_DE_PAGE_MAX - 1]}…"
