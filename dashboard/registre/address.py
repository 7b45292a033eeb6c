"""Register ⇄ address: the parameters of the map, read by the map's reader, and those of the sections."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from dashboard.deps import Deps
from dashboard.permalink import from_query, to_query
from dashboard.registre.contract import Contexte, Section
from data.caf import within
from data.frames import Frames
from data.model import Profil
from layers.kit.texts import typeset

CHEMIN = "/registre/"
ONGLET = "onglet"
CTG = "ctg"
OPTION_MAX = 200


@dataclass(frozen=True, slots=True)
class LectureRegistre:
    """A context read from an address, its section, and one French notice per parameter that had to be replaced."""

    section: Section
    contexte: Contexte
    avis: tuple[str, ...]


def read(
    query: str, frames: Frames, aujourdhui: date, sections: tuple[Section, ...], deps: Deps | None = None
) -> LectureRegistre:
    """Read an address of the register; a section or an agreement that is not known gives a notice."""
    lecture = from_query(query, frames, aujourdhui)
    frames = within(frames, lecture.vue.caf)
    given = dict(parse_qsl(query.lstrip("?"), keep_blank_values=True))
    avis = list(lecture.avis)
    section = next((s for s in sections if s.id == given.get(ONGLET, "")), sections[0])
    if given.get(ONGLET, section.id) != section.id:
        avis.append(typeset("Adresse : cet onglet n'existe pas ; le registre est affiché."))
    options = {n: given[n][:OPTION_MAX] for n in (CTG, *section.parametres) if given.get(n)}
    if CTG in options and options[CTG] not in set(frames["ctg"]["id_ctg"]):
        avis.append(typeset(f"Adresse : la Ctg « {options.pop(CTG)} » n'est pas dans ce jeu de données."))
    return LectureRegistre(section, Contexte(frames, lecture.vue, aujourdhui, section.id, options, deps), tuple(avis))


def href(contexte: Contexte, onglet: str | None = None, options: Mapping[str, str] | None = None, **vue: Any) -> str:
    """Write the address of a page of the register that keeps the filters: `href(contexte, "registre", {"ctg": "C1"})`.

    Without `onglet` the section stays; its options go unless they are given again; `vue` replaces fields of the view.
    """
    return CHEMIN + _query(contexte, contexte.onglet if onglet is None else onglet, options, vue)


def file_href(contexte: Contexte, nom: str, options: Mapping[str, str] | None = None) -> str:
    """Write the address of a file that the section in the context offers, under the filters of the page."""
    kept = contexte.options if options is None else options
    return f"{CHEMIN}fichiers/{contexte.onglet}/{nom}{_query(contexte, '', kept, {})}"


def map_href(contexte: Contexte, territoire: str = "", **vue: Any) -> str:
    """Write the address of a territory on the map, with the day and the filters of the page.

    A territory named takes the place of the one that the reader made, and of the frame that the map was left at.
    """
    place = {"territoire": territoire} | ({"communes": (), "nom": "", "emprise": ()} if territoire else {})
    return "/" + to_query(replace(contexte.vue, **(place | vue)), contexte.frames, contexte.aujourdhui).removesuffix(
        "?"
    )


def evaluation_href(contexte: Contexte, id_ctg: str, media: str, profil: Profil = Profil.INTERNE) -> str:
    """Write the address of the evaluation of an agreement on one page, at the day of the page and for its Caf."""
    caf = f"&caf={contexte.vue.caf}" if contexte.vue.caf else ""
    edition = f"&edition={profil}" if profil is not Profil.INTERNE else ""
    return f"/evaluation/{id_ctg}.{media}?date={contexte.vue.date.isoformat()}{caf}{edition}"


def map_at(contexte: Contexte, jour: date) -> str:
    """Write the address of the map under all the filters of the page, at another day."""
    return "/" + to_query(replace(contexte.vue, date=jour), contexte.frames, contexte.aujourdhui).removesuffix("?")


def _query(contexte: Contexte, onglet: str, options: Mapping[str, str] | None, vue: Mapping[str, Any]) -> str:
    own = {n: v for n, v in ({ONGLET: onglet} | dict(options or {})).items() if v and (n, v) != (ONGLET, "registre")}
    view = to_query(replace(contexte.vue, **vue), contexte.frames, contexte.aujourdhui).lstrip("?")
    text = "&".join(part for part in (urlencode(own, quote_via=quote), view) if part)
    return f"?{text}" if text else ""
