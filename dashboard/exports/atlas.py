"""The atlas of a territory: a document with a page per Epci, or one file for each, in the same frozen classes."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from dashboard.exports import sheet
from dashboard.exports.atlas_page import head_scale, legend_scale, page_sizes, text_scale
from dashboard.exports.cartouche import address, titled
from dashboard.exports.near import restricted
from dashboard.exports.options import Options
from dashboard.exports.press import print_pdf
from dashboard.exports.registry import writer
from dashboard.exports.sceau.cle import Cle
from dashboard.exports.sceau.identite import identity_of
from dashboard.exports.sceau.poser import seal
from dashboard.exports.snapshot import Instantane, snapshot_of
from dashboard.exports.territory_words import headline, key_figures, territory_data
from dashboard.permalink import to_query
from data.errors import ExportError
from data.frames import Frames
from data.measures import territories
from data.measures.sheet import Fiche, of_territory
from data.model import MAILLES_CARTE, Maille
from layers.kit.cartouche import Note
from layers.kit.table import sort_key
from layers.kit.texts import count, long_date, typeset
from layers.kit.view import View
from layers.renderers.maps import map_svg

PAGES_MAX = 200
GLOSSAIRE = Path(__file__).resolve().parents[1] / "help" / "glossaire.md"
_ENTREE = re.compile(r"^\*\*(.+?)\*\* — (.+?)(?=\n\n|\Z)", re.S | re.M)
_TITRES = {Maille.EPCI: "Atlas des Epci", Maille.DEPARTEMENT: "Atlas des départements", Maille.COMMUNE: "Atlas"}
_NOM_FICHIER = re.compile(r"[^\w-]+")

Avance = Callable[[str, int, int], None]
"""What is told of the progress: the step, how much is done, how much there is to do."""


class Contenu(StrEnum):
    """What an archive holds for each territory."""

    PDF = "pdf"
    PNG = "png"
    PPTX = "pptx"


@dataclass(frozen=True, eq=False)
class Demande:
    """An atlas to be made: a view, the maille of its pages, and the territories chosen (all of them where empty)."""

    vue: View
    frames: Frames
    maille: Maille
    jour: date
    options: Options
    codes: tuple[str, ...] = ()


def codes_of(demande: Demande) -> tuple[str, ...]:
    """List the territories of an atlas in alphabetical order.

    Raises: ExportError for a maille without pages, an unknown territory, none, or too many of them.
    """
    frames, maille = demande.frames, demande.maille
    if maille not in MAILLES_CARTE:
        raise ExportError("Un atlas se fait par Epci, par département ou par commune.")
    known = set(territories.groups(frames, maille).codes)
    chosen = demande.codes or (demande.vue.communes if maille is Maille.COMMUNE else ()) or tuple(known)
    unknown = [c for c in chosen if c not in known]
    if unknown:
        raise ExportError(typeset(f"Ce jeu de données n'a pas de territoire « {unknown[0]} » à cette maille."))
    if not chosen:
        raise ExportError("Ce jeu de données n'a aucun territoire à cette maille.")
    if len(chosen) > PAGES_MAX:
        phrase = f"Un atlas a {PAGES_MAX} pages au plus, celui-ci en aurait {len(chosen)} : choisir des territoires."
        raise ExportError(typeset(phrase))
    return tuple(sorted(set(chosen), key=lambda c: (sort_key(frames.noms.get(c, c)), c)))


def document(demande: Demande, avance: Avance) -> bytes:
    """Print an atlas: cover, summary, a page per territory, annexes. Raises: ExportError."""
    codes = codes_of(demande)
    view = snapshot_of(demande.vue, demande.frames, demande.jour, demande.options)
    pages = list(_pages(demande, view, codes, avance))
    avance("Mise en page", len(codes), len(codes) + 1)
    return print_pdf("atlas", _cover(demande, view, len(codes)) | {"pages": pages}, demande.jour)


def archive(demande: Demande, contenu: Contenu, avance: Avance, cle: Cle | None = None) -> bytes:
    """Make a zip of one sealed file per territory. Raises: ExportError."""
    codes = codes_of(demande)
    view = snapshot_of(demande.vue, demande.frames, demande.jour, demande.options)
    out = io.BytesIO()
    stamp = (demande.jour.year, demande.jour.month, demande.jour.day, 0, 0, 0)
    with zipfile.ZipFile(out, "w") as packed:
        for done, code in enumerate(codes):
            avance(demande.frames.noms.get(code, code), done, len(codes))
            entry = zipfile.ZipInfo(f"{_file_name(demande.frames, code)}.{contenu.value}", stamp)
            entry.compress_type = zipfile.ZIP_STORED if contenu is Contenu.PNG else zipfile.ZIP_DEFLATED
            shown = near(view, _sheet(demande, code))
            content = _file(demande, view, shown, contenu)
            packed.writestr(entry, seal(content, identity_of(shown, contenu.value, demande.jour), cle))
    return out.getvalue()


def _file(demande: Demande, view: Instantane, shown: Instantane, contenu: Contenu) -> bytes:
    if contenu is not Contenu.PDF:
        return writer(contenu.value)(shown)
    (page,) = _pages(demande, view, (shown.vue.territoire,), lambda *_: None)
    alone = {"titre": shown.cartouche.titre, "seul": True, "pages": [page]}
    return print_pdf("atlas", _cover(demande, view, 1) | alone, demande.jour)


def _file_name(frames: Frames, code: str) -> str:
    """Name a file by its code, then by its territory in letters that any disk takes."""
    return f"{code}_{_NOM_FICHIER.sub('-', sort_key(frames.noms.get(code, code))).strip('-')[:60]}".rstrip("_")


def _sheet(demande: Demande, code: str) -> Fiche:
    fiche = of_territory(demande.frames, code, demande.vue.date, demande.vue.profil)
    assert fiche is not None, code
    return fiche


def near(view: Instantane, fiche: Fiche) -> Instantane:
    """Bring a view near a territory: its marks, its words, its figures, its own address."""
    communes = frozenset(territories.communes_of(view.frames, fiche.code))
    drawings = restricted(view.drawings, view.frames, communes)
    cartouche = view.cartouche
    vue = replace(view.vue, territoire=fiche.code)
    own = address(view.options, to_query(vue, view.frames, date.min))
    edition = cartouche.notes[-1]
    words = replace(
        cartouche,
        vue=vue,
        titre=titled(view.drawings, fiche.nom, view.vue.date),
        phrase=headline(fiche, view.frames),
        chiffres=key_figures(fiche, view.frames),
        avis=(),
        notes=(
            *cartouche.notes[:-1],
            Note(edition.titre, (*edition.paragraphes[:-1], f"Adresse de la vue\u202f: {own}")),
        ),
        adresse=own,
    )
    return replace(view, vue=vue, drawings=drawings, cartouche=words, communes=communes)


def _pages(demande: Demande, view: Instantane, codes: Sequence[str], avance: Avance) -> Iterator[dict[str, Any]]:
    """Yield the data of each page, with the département that its figures stand against."""
    references: dict[str, Fiche | None] = {}
    sizes = page_sizes(sheet.paper(demande.options))
    for done, code in enumerate(codes):
        avance(demande.frames.noms.get(code, code), done, len(codes) + 1)
        fiche = _sheet(demande, code)
        departement = fiche.departements[0] if fiche.departements and demande.maille is not Maille.DEPARTEMENT else ""
        if departement not in references:
            known = departement and departement in territories.groups(demande.frames, Maille.DEPARTEMENT).codes
            references[departement] = _sheet(demande, departement) if known else None
        shown = near(view, fiche)
        said = sheet.words(shown.cartouche) | {"legende": sheet.legend(shown.drawings)}
        carte = {"svg": map_svg(shown.planche, *sizes["carte"].values()), "dit": sheet.alternative(said, "")}
        page = territory_data(fiche, references[departement], demande.frames)
        scales = {"tete": head_scale(page, said["phrase"], sizes)}
        scales |= {"legende": legend_scale(shown.drawings, sizes), "texte": text_scale(page, sizes)}
        own = {"phrase": said["phrase"], "legende": said["legende"], "qr": said["qr"]}
        yield page | own | {"carte": carte, "essais": scales}


def _cover(demande: Demande, view: Instantane, number: int) -> dict[str, Any]:
    """Return the words of the cover and of the annexes, and the sizes of the parts of a page."""
    paper = sheet.paper(demande.options)
    nom = f"{_TITRES[demande.maille]} \u2013 {demande.frames.jeu.nom}"
    return sheet.words(view.cartouche) | {
        "titre": typeset(f"{nom}, au {long_date(demande.vue.date)}"),
        "sujet": view.cartouche.titre,
        "nombre": count(number, "territoire", "territoires"),
        "seul": False,
        "papier": paper,
        "tailles": page_sizes(paper),
        "glossaire": glossary(),
        "jour": {"annee": demande.jour.year, "mois": demande.jour.month, "jour": demande.jour.day},
    }


def glossary() -> list[dict[str, str]]:
    """Read the words of the domain and what they mean, as the help of the page gives them."""
    found = _ENTREE.findall(GLOSSAIRE.read_text(encoding="utf-8"))
    return [{"mot": word, "sens": typeset(" ".join(sense.split()))} for word, sense in found]
