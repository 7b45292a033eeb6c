"""One stand-alone page: map, legend, figures and tables in a file that opens without any network."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from dashboard.exports.snapshot import Instantane
from layers.kit.contract import Drawing
from layers.kit.marks import EntreeLegende, Fill, Matrice, Symbols, legend_of
from layers.kit.palettes import ink_on
from layers.kit.table import Cellule, Colonne, Tableau
from layers.kit.texts import count, number
from layers.renderers import folium

_ICI = Path(__file__).resolve().parent
_ASSETS = _ICI.parents[1] / "assets"
_SCRIPTS_PARTAGES = ("motifs.js", "maillage.js", "etiquettes.js")
DECIMALES_POSITION = 5
MOT_LONG, LONG = 40, ' class="long"'


@dataclass(frozen=True, slots=True)
class _Entree:
    image: str
    libelle: str
    nombre: str
    matrice: Matrice | None = None


@dataclass(frozen=True, slots=True)
class _Bloc:
    titre: str
    unite: str
    entrees: tuple[_Entree, ...]
    methode: str
    avis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Jumeau:
    id: str
    titre: str
    legende: str
    compte: str
    colonnes: tuple[Colonne, ...]
    corps: Markup


def html(instantane: Instantane) -> bytes:
    """Write the page in UTF-8; every text of the dataset is escaped on its way in."""
    drawings, cartouche = instantane.drawings, instantane.cartouche
    carte = folium.render(drawings, instantane.dessinable, instantane.vue, _shared_scripts())
    twins = [_twin("territoires", "Tableau des territoires", instantane.territoires, cartouche.titre)]
    if instantane.lieux.rows:
        twins.append(_twin("lieux", "Tableau des lieux", instantane.lieux, cartouche.titre))
    page = _template().render(
        cartouche=cartouche,
        carte=carte,
        legende=[_block(d) for d in drawings if d.legende or d.notice],
        tableaux=twins,
        styles=carte.styles + _text("page.css"),
        page_js=_text("page.js"),
    )
    return page.encode("utf-8", "replace")


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(_ICI), autoescape=True, undefined=StrictUndefined)
    environment.filters |= {"nombre": number, "encre": ink_on}
    return environment.get_template("page.html")


@lru_cache(maxsize=4)
def _text(name: str) -> str:
    return (_ICI / name).read_text("utf-8")


@lru_cache(maxsize=1)
def _shared_scripts() -> tuple[str, ...]:
    """Read the scripts of the live map that draw hatches and shapes, so that both maps look the same."""
    return tuple((_ASSETS / name).read_text("utf-8") for name in _SCRIPTS_PARTAGES)


def _block(drawing: Drawing) -> _Bloc:
    entries = tuple(_entry(e, isinstance(m, Fill) and not m.plein) for m in drawing.marques for e in legend_of(m))
    return _Bloc(drawing.titre, drawing.unite if entries else "", entries, drawing.lecture, drawing.notice)


def _entry(entree: EntreeLegende, hatched_only: bool) -> _Entree:
    from dashboard.layout.swatches import swatch  # Dash is slow to import and the printed formats do without it

    label, symbole = entree.libelle, entree.symbole
    if isinstance(symbole, Symbols):
        label = f"{label} (le plus grand\u202f: {number(symbole.maximum)} {symbole.unite})"
    image = swatch(symbole, hatched_only).src
    return _Entree(image, label, number(entree.nombre), symbole if isinstance(symbole, Matrice) else None)


def _twin(id_tableau: str, titre: str, tableau: Tableau, sujet: str) -> _Jumeau:
    rows = Markup("\n").join(_row(row, tableau.columns, id_tableau) for row in tableau.rows)
    return _Jumeau(id_tableau, titre, sujet, count(len(tableau.rows), "ligne"), tableau.columns, rows)


def _row(row: Sequence[Cellule], columns: Sequence[Colonne], id_tableau: str) -> Markup:
    """Write a row by hand: a template would take ten times as long for the thousand rows of a département."""
    code = escape(row[0] or "")
    cells = []
    for cell, column in zip(row, columns, strict=True):
        if column.id == "nom":
            name = escape(cell or "")
            button = f'<button data-territoire="{code}">{name}</button>' if id_tableau == "territoires" else name
            cells.append(f'<th scope="row">{button}</th>')
        elif column.nombre:
            cells.append(_number(cell, column))
        else:
            cells.append(f"<td{LONG if len(str(cell)) > MOT_LONG else ''}>{escape(cell or '')}</td>")
    return Markup(f'<tr data-code="{code}">{"".join(cells)}</tr>')  # noqa: S704 - every part is escaped above


def _number(cell: Cellule, column: Colonne) -> str:
    if not isinstance(cell, int | float):
        return '<td class="nombre" data-valeur=""></td>'
    decimals = DECIMALES_POSITION if column.id in ("longitude", "latitude") else None
    return f'<td class="nombre" data-valeur="{cell}">{number(cell, decimals)}</td>'
