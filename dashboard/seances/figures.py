"""The key figures that a scene may show: those beside the map, and those of its territory, each with its terms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures import figures
from data.frames import Frames
from data.measures import priority
from data.measures.coverage import Part
from data.measures.sheet import Fiche, of_territory
from data.model import TOUS_CHAMPS, Maille
from layers.kit.texts import count, noun, number, percent, typeset
from layers.kit.view import View

_CTG = {
    "en_vigueur": "Ctg en vigueur",
    "a_renouveler": "Ctg à renouveler",
    "a_venir": "Ctg à venir",
    "en_preparation": "Ctg en préparation",
    "echue": "Ctg échues",
}
_PLURIEL = {Maille.COMMUNE: "commune", Maille.EPCI: "Epci", Maille.QPV: "quartier"}


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One key figure as it is shown: « Population couverte », « 63,2 % », « 12 345 habitants sur 19 532 »."""

    id: str
    libelle: str
    valeur: str
    precision: str = ""


def available(frames: Frames, view: View) -> tuple[Chiffre, ...]:
    """Return the figures that this view has, those of its territory first; one without a value is not offered."""
    found = figures(frames, view, "")
    fiche = of_territory(frames, view.territoire, view.date, view.profil) if view.territoire else None
    return (
        *(_of_sheet(fiche, frames) if fiche else ()),
        *(_of_made(found["territoire_compose"]) if "territoire_compose" in found and frames.has("ctg") else ()),
        *(_of_agreements(found) if frames.has("ctg") else ()),
        *(_of_places(found["points_acces"]) if frames.has("points_acces") else ()),
        *_of_priorities(frames),
    )


def chosen(frames: Frames, view: View, ids: Sequence[str]) -> tuple[Chiffre, ...]:
    """Return the figures of a scene in the order chosen; one that the dataset no longer has is « nd »."""
    known = {c.id: c for c in available(frames, view)}
    return tuple(known.get(i, Chiffre(i, i.replace("_", " ").capitalize(), "nd")) for i in ids)


def _of_agreements(found: Mapping[str, Any]) -> Iterator[Chiffre]:
    yield from _of_coverage(found["couverture"], "", "")
    epci = found["couverture"]["epci"]
    total = f"sur {number(sum(epci.values()))}, {number(epci['partielles'])} en partie"
    yield Chiffre("epci_entiers", "Epci entièrement couverts", number(epci["entieres"]), total)
    for statut, libelle in _CTG.items():
        yield Chiffre(f"ctg_{statut}", libelle, number(found["ctg"][statut]))


def _of_made(found: Mapping[str, Any]) -> Iterator[Chiffre]:
    yield from _of_coverage(found, "compose_", f" — {found['nom'] or 'territoire composé'}")


def _of_coverage(found: Mapping[str, Any], head: str, tail: str) -> Iterator[Chiffre]:
    for name, libelle, unit in (
        ("population", "Population couverte", "habitants"),
        ("enfants_0_2", "Moins de 3 ans couverts", "enfants"),
    ):
        part = found[name]
        if part["taux_pct"] is not None:
            terms = f"{number(part['numerateur'])} {unit} sur {number(part['denominateur'])}"
            yield Chiffre(f"{head}{name}", libelle + tail, percent(part["taux_pct"]), terms)
    communes = found["communes"]
    if communes["couvertes"] is not None:
        yield Chiffre(
            f"{head}communes",
            f"Communes couvertes{tail}",
            number(communes["couvertes"]),
            f"sur {number(communes['total'])}",
        )


def _of_places(points: Mapping[str, int]) -> Iterator[Chiffre]:
    kiosks = points.get("borne_visio", 0)
    yield Chiffre("bornes_visio", "Bornes visio ouvertes", number(kiosks))
    yield Chiffre("autres_points", "Autres points d'accès ouverts", number(sum(points.values()) - kiosks))


def _of_priorities(frames: Frames) -> Iterator[Chiffre]:
    for d in priority.definitions(frames):
        word = _PLURIEL.get(d.maille, "territoire")
        unit = word if word == "Epci" else noun(d.nombre, word)
        told = ", ".join(str(p) for p in (d.source, d.annee) if p and str(p) not in d.libelle)
        yield Chiffre(f"prioritaire_{d.id}_{d.maille.value}", d.libelle, f"{number(d.nombre)} {unit}", told)


def _of_sheet(fiche: Fiche, frames: Frames) -> Iterator[Chiffre]:
    tail = f" — {fiche.nom}"
    if fiche.population is not None:
        yield Chiffre("territoire_population", f"Population{tail}", number(fiche.population), "habitants")
    if frames.has("ctg") and fiche.part_population.taux_pct is not None:
        yield Chiffre(
            "territoire_couverture",
            f"Population couverte{tail}",
            percent(fiche.part_population.taux_pct),
            f"{_terms(fiche.part_population)}, {count(fiche.couvertes, 'commune')} sur {number(fiche.total)}",
        )
    if frames.has("services"):
        total = next(s.services for s in fiche.services if s.champ == TOUS_CHAMPS)
        yield Chiffre("territoire_services", f"Services{tail}", number(total))
    if frames.has("points_acces"):
        open_ones = sum(p.etat == "ouvert" for p in fiche.points_acces)
        yield Chiffre("territoire_points", f"Points d'accès ouverts{tail}", number(open_ones))


def _terms(part: Part) -> str:
    return typeset(f"{count(part.numerateur or 0, 'habitant')} sur {number(part.denominateur or 0)}")
