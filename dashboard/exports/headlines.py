"""The sentence « Ce que montre la carte » and the three figures at most that go with it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.exports.sets import ETENDUE, services
from data.model import FiltreEchelon
from layers.kit.cartouche import ChiffreCle
from layers.kit.texts import PAR_MAILLE, count, long_date, lower_first, noun, number, percent, short, typeset
from layers.kit.view import View

CHIFFRES_MAX = 3
Figures = Mapping[str, Any]


def headline(couches: Sequence[str], found: Figures, view: View) -> str:
    """Say in one sentence what the map shows, from the figures of the view; "" when they say nothing of it."""
    parts = [sentence for c in couches if (say := _SENTENCES.get(c)) and (sentence := say(found, view))]
    where = f", sur l'étendue montrée ({_communes(found)})" if ETENDUE in found else ""
    return typeset(f"Au {long_date(view.date)}{where}, {' ; '.join(parts)}.") if parts else ""


def _communes(found: Figures) -> str:
    return count(found[ETENDUE]["communes"]["total"], "commune")


def key_figures(couches: Sequence[str], found: Figures) -> tuple[ChiffreCle, ...]:
    """Choose at most three figures: the first of each layer shown, then their others."""
    lists = [_FIGURES[c](found) for c in couches if c in _FIGURES]
    deepest = max((len(figures) for figures in lists), default=0)
    chosen = [figures[rank] for rank in range(deepest) for figures in lists if rank < len(figures)]
    return tuple(ChiffreCle(f.valeur, typeset(f.libelle)) for f in chosen[:CHIFFRES_MAX])


def _coverage_sentence(found: Figures, view: View) -> str:
    population, communes = found["couverture"]["population"], found["couverture"]["communes"]
    if population["taux_pct"] is None:
        return ""
    by = {
        FiltreEchelon.DEPARTEMENTAL: "un accord départemental",
        FiltreEchelon.COMMUNAL: "une Ctg communale",
        FiltreEchelon.INTERCOMMUNAL: "une Ctg intercommunale",
    }.get(view.echelon, "une Ctg locale")
    covered = (
        f"{number(communes['couvertes'])} {noun(communes['couvertes'], 'commune')} sur {number(communes['total'])}"
    )
    return f"{percent(population['taux_pct'])} de la population vit dans une commune couverte par {by} ({covered})"


def _services_sentence(found: Figures, view: View) -> str:  # noqa: ARG001 - one signature for every layer
    total = services(found)
    return "" if total is None else count(total, "service ouvert", "services ouverts")


def _services_figures(found: Figures) -> list[ChiffreCle]:
    total = services(found)
    if total is None:
        return []
    return [ChiffreCle(number(total), noun(total, "service ouvert", "services ouverts") + _where(found))]


def _places_sentence(found: Figures, view: View) -> str:  # noqa: ARG001 - one signature for every layer
    places = found["points_acces"]
    bornes, others = places.get("borne_visio", 0), sum(places.values()) - places.get("borne_visio", 0)
    if not bornes and not others:
        return ""
    opened = count(others, "autre point d'accès ouvert", "autres points d'accès ouverts")
    return f"{count(bornes, 'borne visio ouverte', 'bornes visio ouvertes')} et {opened}"


def _indicator_sentence(found: Figures, view: View) -> str:
    """Say the range of the indicator over the territories that have a value."""
    shown = found["indicateur"]
    known = [v["valeur"] for v in shown["valeurs"] if v["valeur"] is not None] if shown else []
    if not known:
        return ""
    years = sorted({v["annee"] for v in shown["valeurs"] if v["annee"] is not None and v["valeur"] is not None})
    when = f" ({' à '.join(str(y) for y in dict.fromkeys((years[0], years[-1])))})" if years else ""
    told = f"{count(len(known), 'territoire connu', 'territoires connus')} sur {number(len(shown['valeurs']))}"
    bounds = short(float(min(known))), short(float(max(known)))
    values = f"de {bounds[0]} à {bounds[1]}" if bounds[0] != bounds[1] else bounds[0]
    return f"{lower_first(shown['libelle'])}{when} {PAR_MAILLE[view.maille]} : {values} {shown['unite']} ({told})"


def _coverage_figures(found: Figures) -> list[ChiffreCle]:
    population, communes, epci = (found["couverture"][k] for k in ("population", "communes", "epci"))
    chosen = []
    if population["taux_pct"] is not None:
        terms = f"{number(population['numerateur'])} habitants sur {number(population['denominateur'])}"
        who = "de la population de l'étendue montrée, couverte" if ETENDUE in found else "de la population couverte"
        chosen.append(ChiffreCle(percent(population["taux_pct"]), f"{who} ({terms})"))
    if communes["total"]:
        label = noun(communes["couvertes"], "commune couverte", "communes couvertes") + _where(found)
        chosen.append(ChiffreCle(f"{number(communes['couvertes'])} sur {number(communes['total'])}", label))
    if epci.get("touches"):
        label = f"Epci touchés par l'étendue montrée, dont {count(epci['entiers'], 'entier')}"
        chosen.append(ChiffreCle(number(epci["touches"]), label))
    elif "touches" not in epci and (total := sum(epci.values())):
        label = noun(epci["entieres"], "Epci entier couvert", "Epci entiers couverts")
        label += f", {number(epci['partielles'])} en partie"
        chosen.append(ChiffreCle(f"{number(epci['entieres'])} sur {number(total)}", label))
    return chosen


def _where(found: Figures) -> str:
    return " dans l'étendue montrée" if ETENDUE in found else ""


def _places_figures(found: Figures) -> list[ChiffreCle]:
    places = found["points_acces"]
    bornes, others = places.get("borne_visio", 0), sum(places.values()) - places.get("borne_visio", 0)
    return [
        ChiffreCle(number(bornes), noun(bornes, "borne visio ouverte", "bornes visio ouvertes") + _where(found)),
        ChiffreCle(
            number(others), noun(others, "autre point d'accès ouvert", "autres points d'accès ouverts") + _where(found)
        ),
    ]


_SENTENCES: dict[str, Callable[[Figures, View], str]] = {
    "couverture_ctg": _coverage_sentence,
    "densite_services": _services_sentence,
    "points_acces": _places_sentence,
    "indicateur": _indicator_sentence,
}
_FIGURES: dict[str, Callable[[Figures], list[ChiffreCle]]] = {
    "couverture_ctg": _coverage_figures,
    "densite_services": _services_figures,
    "points_acces": _places_figures,
}
