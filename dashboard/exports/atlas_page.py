"""Where the parts of a page of an atlas stand: the same on every page, so that pages can be compared."""

from collections.abc import Sequence
from typing import Any

from layers.kit.contract import Drawing
from layers.renderers.printed_legend import legend_blocks
from layers.renderers.typesetting import INTERLIGNE, Paragraphe, Style, height, reduction_for, wrap

MARGE, PIED_DE_PAGE, GOUTTIERE = 24.0, 9.0, 12.0
TETE = 66.0
PART_CARTE = 0.46  # of the width of a sheet held sideways, left to the map and its legend
HAUTEUR_CARTE = 0.56  # of the height of what stands under the head
CARTE_DEBOUT = 0.44  # of the height of a sheet held upright
LARGEUR_DEBOUT = 0.62
COTE_QR = 50.0
COLONNES_LEGENDE = {True: 1, False: 2}  # of a sheet held upright, or sideways
CORPS, INTERTITRE = Style(7.2, apres=2.5), Style(8.6, gras=True, apres=9.0)
PARTS_SERVICES, PARTS_INDICATEURS = (1.7, 0.7, 1.0, 1.0, 1.7), (2.2, 1.0, 1.0, 1.6)
NOM, NATURE, CHIFFRE = Style(16.0, gras=True, apres=2.5), Style(8.0, apres=3.0), Style(13.0, gras=True)
PLACE_MENTION = 118.0
INTERTITRES = 5
ECHELLES = tuple(e / 50 for e in range(55, 15, -1))  # from 1,1 down to 0,32
MARGE_CELLULE = 0.5 * CORPS.corps
PERTE, PRUDENCE = 0.92, 0.92  # what the cuts between columns leave of their height; what a guess leaves


def page_sizes(papier: dict[str, Any]) -> dict[str, Any]:
    """Return the sizes of the parts of a page, in points of the unit of its paper."""
    width, height = papier["largeur"] - 2 * MARGE, papier["hauteur"] - 2 * MARGE - PIED_DE_PAGE
    body = height - TETE - GOUTTIERE
    if papier["largeur"] > papier["hauteur"]:
        left = PART_CARTE * width
        tall = HAUTEUR_CARTE * body
        carte, legende = (left, tall), (left, body - tall - GOUTTIERE)
        texte = (width - left - 2 * GOUTTIERE, body)
    else:
        tall = CARTE_DEBOUT * height
        carte, legende = (LARGEUR_DEBOUT * width, tall), (width * (1 - LARGEUR_DEBOUT) - GOUTTIERE, tall)
        texte = (width, body - tall - GOUTTIERE)
    return {
        "tete": {"largeur": width, "hauteur": TETE},
        "carte": _size(carte),
        "legende": _size(legende),
        "texte": _size(texte),
        "qr": COTE_QR,
        "gouttiere": GOUTTIERE,
        "portrait": papier["hauteur"] > papier["largeur"],
    }


def head_scale(page: dict[str, Any], phrase: str, tailles: dict[str, Any]) -> float:
    """Guess the largest scale at which the head of a page fits its box."""
    size = tailles["tete"]
    texts = [Paragraphe(page["nom"], NOM), Paragraphe(f"{page['nature']} · {phrase}", NATURE), Paragraphe("0", CHIFFRE)]
    return reduction_for(texts, size["largeur"] - COTE_QR - PLACE_MENTION - 2 * GOUTTIERE, size["hauteur"] * PRUDENCE)


def legend_scale(drawings: Sequence[Drawing], tailles: dict[str, Any]) -> float:
    """Guess the largest scale at which a legend fits its box."""
    size, number = tailles["legende"], COLONNES_LEGENDE[tailles["portrait"]]
    each = (size["largeur"] - GOUTTIERE * (number - 1)) / number
    texts = [p for block in legend_blocks(drawings) for p in block]
    return reduction_for(texts, each, size["hauteur"] * number * (PERTE if number > 1 else 1.0) * PRUDENCE)


def text_scale(page: dict[str, Any], tailles: dict[str, Any]) -> float:
    """Guess the largest scale at which the text of a page fits its box."""
    size, number = tailles["texte"], 2 if tailles["portrait"] else 1
    each = (size["largeur"] - GOUTTIERE * (number - 1)) / number
    room = size["hauteur"] * number * (PERTE if number > 1 else 1.0) * PRUDENCE
    return next((r for r in ECHELLES if _text_height(page, each / r) * r <= room), ECHELLES[-1])


def _text_height(page: dict[str, Any], width: float) -> float:
    """Return the height of the text of a page at scale 1 in a column of this width."""
    lines = [Paragraphe("Titre", INTERTITRE)] * INTERTITRES
    for accord in page["accords"]["lignes"]:
        lines += [Paragraphe(f"{accord['nom']} · {accord['statut']}", CORPS)]
        lines += [Paragraphe(f"{accord['faits']} {accord['champs']}", CORPS)]
    lines += [Paragraphe(texte, CORPS) for part in ("points", "priorites") for texte in page[part]["lignes"]]
    parts = ("accords", "services", "points", "priorites", "indicateurs")
    lines += [Paragraphe(page[p]["note"], CORPS) for p in parts if page[p]["note"]]
    tables = ((page["services"], PARTS_SERVICES), (page["indicateurs"], PARTS_INDICATEURS))
    return height(lines, width) + sum(_table_height(t, shares, width) for t, shares in tables if t["lignes"])


def _table_height(table: dict[str, Any], shares: Sequence[float], width: float) -> float:
    widths = [width * share / sum(shares) - 2 * MARGE_CELLULE for share in shares]
    rows = [table["entetes"], *table["lignes"]]
    deep = [max(len(wrap(c, CORPS, w)) for c, w in zip(row, widths, strict=True)) for row in rows]
    return sum(CORPS.corps * (n * INTERLIGNE - 0.28 + 0.44) for n in deep)


def _size(size: tuple[float, float]) -> dict[str, float]:
    return {"largeur": size[0], "hauteur": size[1]}
