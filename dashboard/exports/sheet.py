"""What is on a sheet of paper, as plain data for a template: words, legend, table, and where everything stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.exports.options import Options, Papier
from layers.kit.cartouche import Cartouche
from layers.kit.contract import Drawing
from layers.kit.marks import EntreeLegende, Fill, Matrice, Symbols, legend_of
from layers.kit.palettes import ink_on
from layers.kit.scales import disc_values
from layers.kit.texts import number
from layers.renderers.qr import code_svg
from layers.renderers.static import radius
from layers.renderers.swatches import frame, swatch_svg

UNITES = {Papier.A4: 1.0, Papier.A3: 1.25}
"""How much larger than on A4 everything is set."""


def words(cartouche: Cartouche) -> dict[str, Any]:
    """Return the words of a title block, its notes by rank, and the QR code of its address."""
    return {
        "organisme": cartouche.organisme,
        "titre": cartouche.titre,
        "phrase": cartouche.phrase,
        "filtres": cartouche.filtres,
        "mention": cartouche.mention,
        "chiffres": [{"valeur": c.valeur, "libelle": c.libelle} for c in cartouche.chiffres],
        "bandeau": list(cartouche.bandeau),
        "avis": list(cartouche.avis),
        "notes": [{"titre": n.titre, "paragraphes": list(n.paragraphes)} for n in cartouche.notes],
        "statut": cartouche.statut,
        "qr": {"svg": code_svg(cartouche)},
    }


def legend(drawings: Sequence[Drawing]) -> list[dict[str, Any]]:
    """Return a block per drawing: title, unit, entries with their swatch and number, method and notices."""
    return [_block(d) for d in drawings if d.legende or d.notice]


def _block(drawing: Drawing) -> dict[str, Any]:
    entries = [_entry(e, isinstance(m, Fill) and not m.plein) for m in drawing.marques for e in legend_of(m)]
    return {
        "titre": drawing.titre,
        "unite": drawing.unite if entries else "",
        "entrees": entries,
        "methode": drawing.lecture,
        "avis": list(dict.fromkeys(drawing.notice)),
    }


def _entry(entree: EntreeLegende, hatched_only: bool) -> dict[str, Any]:
    symbole, said = entree.symbole, {"libelle": entree.libelle, "nombre": number(entree.nombre)}
    if isinstance(symbole, Symbols):
        return said | {"disques": [_disc(symbole, value) for value in disc_values(symbole)]}
    if isinstance(symbole, Matrice):
        return said | {"matrice": _matrix(symbole)}
    return said | {"svg": swatch_svg(symbole, hatched_only)}


def _disc(mark: Symbols, value: float) -> dict[str, Any]:
    """Draw a disc of the legend at the very size that it has on the map, in points."""
    r = max(radius(value, mark.maximum), 0.5)
    circle = f'<circle cx="{r}" cy="{r}" r="{r}" fill="{mark.couleur}" fill-opacity=".62"/>'
    svg = frame(circle, 1, 1).replace('"0 0 1 1"', f'"0 0 {2 * r} {2 * r}"')
    return {"svg": svg, "diametre": 2 * r, "libelle": f"{number(value)} {mark.unite}".strip()}


def _matrix(matrice: Matrice) -> dict[str, Any]:
    """Return the cells of two crossed measures, rows from high to low, with the names of their levels."""
    niveaux = matrice.ordonnee.niveaux[::-1]
    return {
        "ordonnee": matrice.ordonnee.libelle,
        "abscisse": matrice.abscisse.libelle,
        "colonnes": list(matrice.abscisse.niveaux),
        "lignes": [
            {
                "niveau": niveau,
                "cases": [
                    {"couleur": c.classe.couleur, "encre": ink_on(c.classe.couleur), "nombre": number(c.nombre)}
                    for c in ligne
                ],
            }
            for niveau, ligne in zip(niveaux, matrice.lignes, strict=True)
        ],
    }


FINS = (".", "?", "!", "…")
TABLEAU_SUIT = "Les valeurs sont dans le tableau qui suit."


def alternative(dit: Mapping[str, Any], suite: str = TABLEAU_SUIT) -> str:
    """Say in words what the picture of the map shows: its title, its sentence, then each layer's classes."""
    titre = dit["titre"]
    parts = [f"Carte. {titre}{'' if titre.endswith(FINS) else '.'}", dit["phrase"]]
    for block in dit["legende"]:
        entries = ", ".join(f"{e['libelle']}\u202f: {e['nombre']}" for e in block["entrees"])
        if entries:
            parts.append(f"{block['titre']}\u202f: {entries}.")
    return " ".join(p for p in (*parts, suite) if p)


def paper(options: Options) -> dict[str, Any]:
    """Return the sheet in points, and the unit in which everything on it is measured."""
    unit = UNITES[options.papier]
    width, height = (mm / 25.4 * 72 for mm in options.page)
    return {"largeur": width / unit, "hauteur": height / unit, "unite": unit}
