"""The map's twin in words (DOMAINE §5.7): one row per territory, one per place, from the drawings alone.

Figures come from the marks, never from the dataset: what secrecy hid on the map stays hidden here.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, assert_never

from data.frames import Frames
from data.measures import territories
from data.model import Maille
from layers.kit.contract import Drawing
from layers.kit.marks import Fill, Labels, Mark, Outline, Points, Symbols
from layers.kit.texts import count
from layers.kit.view import View

Cellule = str | float | None
_ARTICLES = ("le ", "la ", "les ", "l'", "l\u2019", "aux ", "las ", "los ")


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column: `id` for programs, `libelle` for people, `nombre` when its cells are numbers in `unite`."""

    id: str
    libelle: str
    nombre: bool = False
    unite: str = ""


class Tableau(NamedTuple):
    """Columns, and rows of as many cells; a number that is absent is None."""

    columns: tuple[Colonne, ...]
    rows: tuple[tuple[Cellule, ...], ...]


@dataclass(frozen=True, slots=True)
class _Contenu:
    colonne: Colonne
    cellules: Mapping[str, Cellule]


def table_of(drawings: Sequence[Drawing], frames: Frames, view: View) -> Tableau:
    """Set out what the drawings say of each territory of the view's maille, in alphabetical order without articles."""
    codes = sorted(territories.groups(frames, view.maille).codes, key=lambda c: (sort_key(frames.noms.get(c, c)), c))
    fixed = _identity(codes, frames, view.maille)
    said = [c for d in drawings for m in d.marques for c in _contents(d, m, frames, view.maille)]
    columns = tuple(c.colonne for c in (*fixed, *said))
    rows = tuple(
        tuple(c.cellules.get(code, None if c.colonne.nombre else "") for c in (*fixed, *said)) for code in codes
    )
    return Tableau(columns, rows)


def places_of(drawings: Sequence[Drawing], frames: Frames) -> Tableau:
    """Set out the places of the drawings, by commune then by name; positions in degrees (EPSG:4326)."""
    columns = (
        Colonne("id", "Identifiant"),
        Colonne("nom", "Lieu"),
        Colonne("categorie", "Type et état"),
        Colonne("code_commune", "Code commune"),
        Colonne("commune", "Commune"),
        Colonne("detail", "Détail"),
        Colonne("longitude", "Longitude", nombre=True),
        Colonne("latitude", "Latitude", nombre=True),
    )
    rows = [row for d in drawings for m in d.marques if isinstance(m, Points) for row in _places(m, frames)]
    return Tableau(columns, tuple(sorted(rows, key=lambda r: (sort_key(str(r[4])), sort_key(str(r[1])), str(r[0])))))


def sort_key(nom: str) -> str:
    """Return what a French list sorts by: no article, no accent, no case."""
    plain = "".join(c for c in unicodedata.normalize("NFD", nom.casefold()) if not unicodedata.combining(c))
    article = next((a for a in _ARTICLES if plain.startswith(a)), "")
    return plain[len(article) :].replace("-", " ")


def _identity(codes: Iterable[str], frames: Frames, maille: Maille) -> list[_Contenu]:
    listed = list(codes)
    fixed = [
        _Contenu(Colonne("code", "Code"), {c: c for c in listed}),
        _Contenu(Colonne("nom", maille.libelle), {c: frames.noms.get(c, c) for c in listed}),
    ]
    if maille is Maille.COMMUNE:
        epci = _parents(frames, Maille.EPCI)
        fixed.append(_Contenu(Colonne("epci", "Epci"), {c: frames.noms.get(e, e) for c, e in epci.items()}))
    return fixed


def _parents(frames: Frames, maille: Maille) -> dict[str, str]:
    members = territories.members(frames, maille)
    return dict(zip(members.index, members, strict=True))


def _contents(drawing: Drawing, mark: Mark, frames: Frames, maille: Maille) -> list[_Contenu]:
    match mark:
        case Fill():
            return _fill(drawing, mark) if mark.maille is maille else []
        case Outline():
            return [_outline(drawing, mark, frames, maille)]
        case Symbols():
            grounded = any(isinstance(m, Fill) and m.fond for m in drawing.marques)
            return _symbols(drawing, mark) if mark.maille is maille and not grounded else []
        case Points():
            return [_counts(drawing, mark, frames, maille)]
        case Labels():
            return []
        case _:
            assert_never(mark)


def _fill(drawing: Drawing, mark: Fill) -> list[_Contenu]:
    titre, unite = mark.titre or drawing.titre, mark.unite or drawing.unite
    rank = next(i for i, m in enumerate(drawing.marques) if m is mark)
    ident = f"{drawing.couche}_{rank + 1}" if rank else drawing.couche
    labels = {c: mark.classes[k].libelle for c, k in zip(mark.codes, mark.classe, strict=True)}
    contents = [_Contenu(Colonne(ident, titre), labels)]
    if mark.valeurs:
        value = Colonne(f"{ident}_valeur", unite or "Valeur", nombre=True, unite=unite)
        contents.append(_Contenu(value, dict(zip(mark.codes, mark.valeurs, strict=True))))
    for i, axe in enumerate((mark.grille.ordonnee, mark.grille.abscisse) if mark.grille else (), 1):
        value = Colonne(f"{ident}_valeur{i}", f"{axe.libelle} ({axe.unite})", nombre=True, unite=axe.unite)
        contents.append(_Contenu(value, dict(zip(mark.codes, axe.valeurs, strict=True))))
    detail = Colonne(f"{ident}_detail", f"{titre} (détail)")
    return [*contents, _Contenu(detail, dict(zip(mark.codes, mark.details, strict=False)))]


def _symbols(drawing: Drawing, mark: Symbols) -> list[_Contenu]:
    value = Colonne(f"{drawing.couche}_nombre", mark.libelle, nombre=True, unite=mark.unite)
    return [
        _Contenu(value, dict(zip(mark.codes, mark.valeurs, strict=True))),
        _details(drawing, mark.codes, mark.details),
    ]


def _details(drawing: Drawing, codes: Sequence[str], details: Sequence[str]) -> _Contenu:
    colonne = Colonne(f"{drawing.couche}_detail", f"{drawing.titre} (détail)")
    return _Contenu(colonne, dict(zip(codes, details, strict=False)))


def _outline(drawing: Drawing, mark: Outline, frames: Frames, maille: Maille) -> _Contenu:
    colonne = Colonne(f"{drawing.couche}_{mark.trait.id}", mark.trait.libelle)
    if mark.maille is maille:
        details = mark.details or ("",) * len(mark.codes)
        return _Contenu(colonne, {c: d or "oui" for c, d in zip(mark.codes, details, strict=True)})
    parents = _parents(frames, maille)
    inside = Counter(parents[c] for c in {c for code in mark.codes for c in territories.communes_of(frames, code)})
    if maille is Maille.COMMUNE:
        return _Contenu(colonne, dict.fromkeys(inside, "en partie" if mark.maille is Maille.QPV else "oui"))
    return _Contenu(colonne, {c: count(n, "commune", "communes") for c, n in inside.items() if c})


def _counts(drawing: Drawing, mark: Points, frames: Frames, maille: Maille) -> _Contenu:
    parents = _parents(frames, maille)
    kinds: dict[str, Counter[int]] = {}
    for commune, kind in zip(mark.codes, mark.categorie, strict=True):
        if parent := parents.get(commune, ""):
            kinds.setdefault(parent, Counter())[kind] += 1
    texts = {
        parent: " ; ".join(f"{mark.categories[k].libelle}\u202f: {n}" for k, n in sorted(found.items()))
        for parent, found in kinds.items()
    }
    return _Contenu(Colonne(drawing.couche, drawing.titre), texts)


def _places(mark: Points, frames: Frames) -> list[tuple[Cellule, ...]]:
    return [
        (
            mark.ids[i],
            mark.noms[i],
            mark.categories[mark.categorie[i]].libelle,
            mark.codes[i],
            frames.noms.get(mark.codes[i], mark.codes[i]),
            mark.details[i],
            mark.longitude[i],
            mark.latitude[i],
        )
        for i in range(len(mark.ids))
    ]
