"""Comparison ⇄ address: the parameters of a view, then `sur`, `valeurs` and `mode`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl, quote, urlencode

from dashboard.permalink import from_query, to_query
from data.caf import within
from data.frames import Frames
from data.measures import indicators
from data.model import TOUS_CHAMPS, FiltreEchelon
from layers.kit.texts import typeset
from layers.kit.view import View

E = TypeVar("E", bound=StrEnum)
CARTES_MIN, CARTES_MAX = 2, 4
ANNEES_AVANT = 3
INDICATEUR, COUVERTURE = "indicateur", "couverture_ctg"


class Critere(StrEnum):
    """What differs from one map to the next; each value is a parameter of the address of a view."""

    DATE = "date"
    CHAMP = "champ"
    INDICATEUR = "indicateur"
    ECHELON = "echelon"

    @property
    def libelle(self) -> str:
        """French label."""
        return {"date": "Le jour", "champ": "Le champ", "indicateur": "L'indicateur", "echelon": "L'échelon"}[self]


class Mode(StrEnum):
    """How the maps stand: side by side, or the second one over the first, uncovered by a slider."""

    COTE = "cote"
    VOLET = "volet"

    @property
    def libelle(self) -> str:
        """French label."""
        return {"cote": "Côte à côte", "volet": "Balayage"}[self]


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Two to four views: `base` with each of `valeurs` as its parameter `sur`."""

    base: View
    sur: Critere
    valeurs: tuple[str, ...]
    mode: Mode = Mode.COTE


@dataclass(frozen=True, slots=True)
class Lue:
    """A comparison read from an address, and one French notice per part that had to be replaced."""

    comparaison: Comparaison
    avis: tuple[str, ...]


def read(query: str, frames: Frames, today: date) -> Lue:
    """Read an address; what it does not say is proposed, what is wrong is replaced with a notice."""
    given = dict(parse_qsl(query.lstrip("?"), keep_blank_values=True))
    lecture = from_query(query, frames, today)
    avis = list(lecture.avis)
    sur = _choice(Critere, given.get("sur", ""), Critere.DATE, avis)
    mode = _choice(Mode, given.get("mode", ""), Mode.COTE, avis)
    asked = [v for v in given.get("valeurs", "").split(",") if v][:CARTES_MAX]
    valeurs = [v for v in asked if not from_query(f"?{sur}={quote(v)}", frames, today).avis]
    if len(valeurs) < len(asked):
        avis.append(typeset("Adresse : une valeur à comparer n'est pas reconnue ; elle est laissée de côté."))
    proposed = proposals(sur, lecture.vue, within(frames, lecture.vue.caf))
    while len(valeurs) < CARTES_MIN:
        valeurs.append(next((p for p in proposed if p not in valeurs), proposed[-1]))
    return Lue(Comparaison(lecture.vue, sur, tuple(valeurs), mode), tuple(avis))


def _choice(kind: type[E], text: str, default: E, avis: list[str]) -> E:
    found = next((c for c in kind if c.value == text), None)
    if text and found is None:
        avis.append(typeset(f"Adresse : « {text[:40]} » n'est pas reconnu ; la valeur par défaut est appliquée."))
    return found or default


def write(comparaison: Comparaison, frames: Frames, today: date) -> str:
    """Write the address of a comparison, without what the base has by default."""
    parts = {"sur": comparaison.sur.value, "valeurs": ",".join(comparaison.valeurs)}
    if comparaison.mode is not Mode.COTE:
        parts["mode"] = comparaison.mode.value
    base = to_query(comparaison.base, frames, today)
    return f"{base}{'&' if len(base) > 1 else ''}{urlencode(parts, safe=',', quote_via=quote)}"


def views_of(comparaison: Comparaison, frames: Frames, today: date) -> tuple[View, ...]:
    """Return the view of each map; a comparison of indicators shows that layer."""
    base = comparaison.base
    if comparaison.sur is Critere.INDICATEUR and INDICATEUR not in base.couches:
        base = replace(base, couches=(*(c for c in base.couches if c != COUVERTURE), INDICATEUR))
    return tuple(_with(base, comparaison.sur, valeur, frames, today) for valeur in comparaison.valeurs)


def _with(base: View, sur: Critere, valeur: str, frames: Frames, today: date) -> View:
    read_value = from_query(f"?{sur}={quote(valeur)}", frames, today).vue
    return replace(base, **{sur.value: getattr(read_value, sur.value)})


def proposals(sur: Critere, base: View, frames: Frames) -> Sequence[str]:
    """Propose values to compare, the most likely first; at least two of them, maybe equal."""
    match sur:
        case Critere.DATE:
            return [_years_before(base.date, n).isoformat() for n in (ANNEES_AVANT, 0, 1, 2 * ANNEES_AVANT)]
        case Critere.CHAMP:
            return [c for c in dict.fromkeys((base.champ, *(c.id for c in frames.champs))) if c != TOUS_CHAMPS]
        case Critere.ECHELON:
            return [FiltreEchelon.INTERCOMMUNAL, FiltreEchelon.COMMUNAL, FiltreEchelon.LOCAL, FiltreEchelon.TOUS]
        case Critere.INDICATEUR:
            here = [i for i in indicators.listed(frames) if base.maille in indicators.mailles(frames, i)]
            return list(dict.fromkeys((*([base.indicateur] if base.indicateur else []), *here))) or ["", ""]


def _years_before(jour: date, annees: int) -> date:
    last = 28 if (jour.month, jour.day) == (2, 29) else jour.day
    return date(max(jour.year - annees, 1990), jour.month, last)
