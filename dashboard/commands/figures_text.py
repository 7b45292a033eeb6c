"""The figures of a view as a page of text, for those who read a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from data.frames import Frames
from data.model import Blanc
from layers.kit.texts import count, long_date, noun, number, percent, typeset
from layers.kit.view import View

TERRITOIRES_MONTRES = 20
STATUTS = {
    "en_vigueur": "en vigueur",
    "a_renouveler": "à renouveler",
    "a_venir": "à venir",
    "en_preparation": "en préparation",
    "echue": "échues",
}


def figures_text(found: Mapping[str, Any], frames: Frames, view: View) -> str:
    """Write the figures of `dashboard.figures.figures` in French, one fact a line."""
    return typeset(
        "\n".join(
            [f"{found['jeu']}, au {long_date(view.date)}", *_coverage(found["couverture"]), *_rest(found, frames)]
        )
    )


def _coverage(couverture: Mapping[str, Any]) -> Iterator[str]:
    for key, label in (("population", "Population couverte"), ("enfants_0_2", "Enfants de moins de 3 ans")):
        part = couverture[key]
        yield f"{label} : {percent(part['taux_pct'])} ({_or_nd(part['numerateur'])} sur {_or_nd(part['denominateur'])})"
    communes, epci = couverture["communes"], couverture["epci"]
    yield f"Communes couvertes : {number(communes['couvertes'])} sur {number(communes['total'])}"
    entieres, partielles, nulles = (number(epci[k]) for k in ("entieres", "partielles", "nulles"))
    yield f"Epci : {entieres} entiers, {partielles} en partie, {nulles} sans"


def _rest(found: Mapping[str, Any], frames: Frames) -> Iterator[str]:
    yield "Conventions : " + ", ".join(f"{number(found['ctg'][s])} {label}" for s, label in STATUTS.items())
    places = [f"{number(n)} {kind.replace('_', ' ')}" for kind, n in found["points_acces"].items() if n]
    yield "Points d'accès ouverts : " + (", ".join(places) or "aucun")
    rows = found["densite"]
    yield f"Densité de services ({number(len(rows))} {noun(len(rows), 'territoire')}) :"
    for row in rows[:TERRITOIRES_MONTRES]:
        value = number(row["valeur"]) if row["valeur"] is not None else Blanc(row["statut"] or "manquant").libelle
        name = f"{row['code']} {frames.noms.get(row['code'], '')}"
        yield f"  {name} : {value} ({count(row['services'], 'service')})"
    if len(rows) > TERRITOIRES_MONTRES:
        yield f"  … et {number(len(rows) - TERRITOIRES_MONTRES)} autres : les demander avec --json."
    yield from (f"Avis : {avis}" for avis in found["avis"])


def _or_nd(value: float | None) -> str:
    return "nd" if value is None else number(value)
