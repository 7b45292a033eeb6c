"""View ⇄ address: the only place that reads and writes the query string (FORMATS.md §5)."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from math import inf, isfinite
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, urlencode

from data.caf import offered, within
from data.frames import Frames
from data.measures import composition, indicators, lookup, priority
from data.measures.cache import lately_per_frames
from data.model import MAILLES_CARTE, TOUS_CHAMPS, FiltreEchelon
from layers.kit.texts import typeset
from layers.kit.view import NB_CLASSES_MAX, NB_CLASSES_MIN, Fond, Methode, View
from layers.registry import LAYERS

E = TypeVar("E", bound=StrEnum)
ANNEE_MIN, ANNEE_MAX = 1990, 2100
NOM_MAX = 80
DECIMALES_EMPRISE = 4  # about ten metres
ADRESSES_RETENUES, ADRESSE_RETENUE_MAX = 2000, 2000
"""How many addresses are remembered once read, and up to how many characters."""


@dataclass(frozen=True, slots=True)
class Lecture:
    """A view read from an address, and one French notice per parameter that had to be replaced."""

    vue: View
    avis: tuple[str, ...]


def default_view(frames: Frames, aujourdhui: date) -> View:
    """Return the view of an empty address: at the dataset's reference day, failing that today."""
    return View(date=frames.jeu.date_reference or aujourdhui)


def from_query(query: str, frames: Frames, aujourdhui: date) -> Lecture:
    """Read an address; unknown parameters are ignored, wrong ones replaced by their default with a notice."""
    return (_read if len(query) > ADRESSE_RETENUE_MAX else _read_lately)(frames, query, aujourdhui)


def _read(frames: Frames, query: str, aujourdhui: date) -> Lecture:
    given = dict(parse_qsl(query.lstrip("?"), keep_blank_values=True))
    whole, frames = frames, within(frames, given.get("caf", ""))
    default = default_view(frames, aujourdhui)
    values: dict[str, Any] = {}
    avis: list[str] = []
    for name, read in _READERS.items():
        if name not in given:
            continue
        try:
            values[name] = read(given[name].strip(), whole if name == "caf" else frames)
        except ValueError as error:
            avis.append(_notice(name, given[name], str(error)))
    return Lecture(View(**({"date": default.date} | values)), tuple(avis))


_read_lately = lately_per_frames(ADRESSES_RETENUES)(_read)


def to_query(vue: View, frames: Frames, aujourdhui: date) -> str:
    """Write the shortest address of a view: `?…`, without the parameters that have their default value."""
    return (_write if vue.communes else _write_lately)(frames, vue, aujourdhui)


def _write(frames: Frames, vue: View, aujourdhui: date) -> str:
    frames = within(frames, vue.caf)
    default = default_view(frames, aujourdhui)
    parts = {
        f.name: _text(_WRITERS.get(f.name, _as_it_is)(frames, getattr(vue, f.name)))
        for f in fields(View)
        if f.name in _READERS and getattr(vue, f.name) != getattr(default, f.name)
    }
    return f"?{urlencode({name: parts[name] for name in _READERS if name in parts}, safe=',', quote_via=quote)}"


_write_lately = lately_per_frames(ADRESSES_RETENUES)(_write)


def defaults(frames: Frames, aujourdhui: date) -> dict[str, str]:
    """Return every parameter in the order of addresses with the text of its default value, for the browser."""
    default = default_view(frames, aujourdhui)
    return {name: _text(getattr(default, name)) for name in _READERS}


def _as_it_is(frames: Frames, value: object) -> object:  # noqa: ARG001 - one signature for every parameter
    return value


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(_text, value))
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _notice(name: str, value: str, reason: str) -> str:
    shown = value if len(value) <= 60 else value[:57] + "…"
    return typeset(f"Adresse : « {name}={shown} » n'est pas reconnu ({reason}) ; la valeur par défaut est appliquée.")


def _choice(choices: tuple[E, ...]) -> Callable[[str, Frames], E]:
    def read(text: str, frames: Frames) -> E:  # noqa: ARG001 - one signature for every parameter
        found = next((c for c in choices if c.value == text), None)
        if found is None:
            raise ValueError("valeurs possibles : " + ", ".join(choices))
        return found

    return read


def _caf(text: str, frames: Frames) -> str:
    if text and text not in offered(frames) and (text,) != frames.jeu.departements:
        raise ValueError("ce jeu de données n'a pas cette Caf")
    return text if offered(frames) else ""


def _champ(text: str, frames: Frames) -> str:
    if text != TOUS_CHAMPS and frames.champ(text) is None:
        raise ValueError("champ thématique inconnu")
    return text


def _couches(text: str, frames: Frames) -> tuple[str, ...]:  # noqa: ARG001
    ids = tuple(dict.fromkeys(part for part in text.split(",") if part))
    unknown = set(ids) - {layer.id for layer in LAYERS}
    if unknown:
        raise ValueError("couche inconnue : " + ", ".join(sorted(unknown)))
    return ids


def _definitions(text: str, frames: Frames) -> tuple[str, ...]:
    ids = tuple(dict.fromkeys(part for part in text.split(",") if part))
    if set(ids) - {d.id for d in priority.definitions(frames)}:
        raise ValueError("définition de territoire prioritaire inconnue")
    return ids


def _indicateur(text: str, frames: Frames) -> str:
    if text and text not in indicators.listed(frames):
        raise ValueError("indicateur inconnu")
    return text


def _date(text: str, frames: Frames) -> date:  # noqa: ARG001
    try:
        jour = date.fromisoformat(text)
    except ValueError:
        jour = None
    # Python also reads 20240101 and 2024-W01-1, which nobody means by an address.
    if jour is None or jour.isoformat() != text or not ANNEE_MIN <= jour.year <= ANNEE_MAX:
        raise ValueError("une date s'écrit AAAA-MM-JJ")
    return jour


def _territoire(text: str, frames: Frames) -> str:
    if text and text not in lookup.known_codes(frames):
        raise ValueError("code de territoire inconnu dans ce jeu de données")
    return text


def _nb(text: str, frames: Frames) -> int:  # noqa: ARG001
    if not (text.isdecimal() and NB_CLASSES_MIN <= int(text) <= NB_CLASSES_MAX):
        raise ValueError(f"un nombre de {NB_CLASSES_MIN} à {NB_CLASSES_MAX}")
    return int(text)


def _bornes(text: str, frames: Frames) -> tuple[float, ...]:  # noqa: ARG001
    try:
        bornes = tuple(float(part) + 0.0 for part in text.split(",")) if text else ()
    except ValueError:
        bornes = (inf,)
    if not all(map(isfinite, bornes)) or list(bornes) != sorted(set(bornes)) or len(bornes) >= NB_CLASSES_MAX:
        raise ValueError(f"au plus {NB_CLASSES_MAX - 1} nombres croissants, comme 10,20,30")
    return bornes


def _communes(text: str, frames: Frames) -> tuple[str, ...]:
    return composition.read(frames, (part for part in text.split(",") if part))


def _nom(text: str, frames: Frames) -> str:  # noqa: ARG001
    if len(text) > NOM_MAX or not text.isprintable():
        raise ValueError(f"un nom de {NOM_MAX} caractères au plus")
    return text


def _emprise(text: str, frames: Frames) -> tuple[float, ...]:  # noqa: ARG001
    try:
        degrees = tuple(round(float(part), DECIMALES_EMPRISE) + 0.0 for part in text.split(",")) if text else ()
    except ValueError:
        degrees = (inf,)
    if degrees and not _is_extent(degrees):
        raise ValueError("ouest,sud,est,nord en degrés, comme 1.5,50,3.2,51")
    return degrees


def _fond(text: str, frames: Frames) -> Fond:
    fond = _choice(tuple(Fond))(text, frames)
    if fond is Fond.IGN and not frames.jeu.parametres.fond_ign:
        raise ValueError("ce jeu de données n'autorise pas de fond en ligne")
    return fond


def _is_extent(degrees: tuple[float, ...]) -> bool:
    if len(degrees) != 4:
        return False
    west, south, east, north = degrees
    return -180 <= west < east <= 180 and -90 <= south < north <= 90


_READERS: dict[str, Callable[[str, Frames], Any]] = {
    "caf": _caf,
    "maille": _choice(MAILLES_CARTE),
    "echelon": _choice(tuple(FiltreEchelon)),
    "champ": _champ,
    "couches": _couches,
    "definitions": _definitions,
    "indicateur": _indicateur,
    "indicateur2": _indicateur,
    "date": _date,
    "territoire": _territoire,
    "classes": _choice(tuple(Methode)),
    "nb": _nb,
    "bornes": _bornes,
    "communes": _communes,
    "nom": _nom,
    "emprise": _emprise,
    "fond": _fond,
}

_WRITERS: dict[str, Callable[[Frames, Any], object]] = {"communes": composition.write}
