"""What a page of an atlas says of its territory: figures, agreements, services against the département, places."""

from collections.abc import Iterable
from typing import Any

from dashboard.exports.near import holders
from data.frames import Frames
from data.measures import priority, territories
from data.measures.indicators import Mesure
from data.measures.sheet import Accord, Fiche, PointAcces, ServicesChamp
from data.model import TOUS_CHAMPS, Blanc, Echelon, Maille
from layers.kit.cartouche import ChiffreCle
from layers.kit.texts import count, enumerate_fr, lower_first, noun, number, percent, short_date, typeset, upper_first

ACCORDS_MAX, POINTS_MAX, INDICATEURS_MAX, NOMS_MAX = 5, 10, 12, 8
BLANCS = {Blanc.SECRET: "s.", Blanc.NON_PUBLIE: "non publié", Blanc.PETIT_DENOMINATEUR: "trop petit"}
ECHELONS = {
    Echelon.COMMUNAL: "communale",
    Echelon.INTERCOMMUNAL: "intercommunale",
    Echelon.DEPARTEMENTAL: "départementale",
}


def territory_data(fiche: Fiche, reference: Fiche | None, frames: Frames) -> dict[str, Any]:
    """Return the words and tables of a page; `reference` is the sheet of the département, None for none."""
    return {
        "code": fiche.code,
        "nom": fiche.nom,
        "nature": nature(fiche, frames),
        "chiffres": [{"valeur": c.valeur, "libelle": c.libelle} for c in key_figures(fiche, frames)],
        "accords": _agreements(fiche, frames),
        "services": _services(fiche, reference, frames),
        "points": _places(fiche, frames),
        "priorites": _priorities(fiche, frames),
        "indicateurs": _indicators(fiche, reference),
    }


def nature(fiche: Fiche, frames: Frames) -> str:
    """Say what kind of territory this is, and where: « Epci 200033579, 22 communes, Pas-de-Calais »."""
    kind = fiche.maille.libelle if fiche.maille else "Territoire"
    parts = [f"{kind} {fiche.code}".strip()]
    if fiche.maille is Maille.COMMUNE:
        parts.append(frames.noms.get(fiche.epci, fiche.epci) if fiche.epci else "sans Epci")
    else:
        parts.append(count(fiche.total, "commune"))
    if len(fiche.departements) > 1:
        parts.append(f"départements {enumerate_fr(fiche.departements)}")
    return typeset(", ".join(parts))


def key_figures(fiche: Fiche, frames: Frames) -> tuple[ChiffreCle, ...]:
    """Choose at most three figures of a territory: people, coverage, services."""
    chosen = []
    if fiche.population is not None:
        chosen.append(ChiffreCle(number(fiche.population), noun(fiche.population, "habitant")))
    if frames.has("ctg"):
        rate = percent(fiche.part_population.taux_pct)
        covered = noun(fiche.couvertes, "commune couverte", "communes couvertes")
        said = f"{covered} par une Ctg locale ({rate} de la population)"
        chosen.append(ChiffreCle(f"{number(fiche.couvertes)} sur {number(fiche.total)}", typeset(said)))
    total = next((s for s in fiche.services if s.champ == TOUS_CHAMPS), None)
    if total and frames.has("services"):
        chosen.append(ChiffreCle(number(total.services), noun(total.services, "service ouvert", "services ouverts")))
    return tuple(chosen)


def headline(fiche: Fiche, frames: Frames) -> str:
    """Say in one sentence how a territory stands."""
    if not frames.has("ctg"):
        return ""
    if not fiche.locaux:
        return "Pas de démarche engagée à l'échelon local."
    states: dict[str, int] = {}
    for accord in fiche.locaux:
        states[accord.statut.libelle] = states.get(accord.statut.libelle, 0) + 1
    said = enumerate_fr(f"{number(n)} {lower_first(label)}" for label, n in states.items())
    return typeset(f"{count(len(fiche.locaux), 'accord local', 'accords locaux')} : {said}.")


def _agreements(fiche: Fiche, frames: Frames) -> dict[str, Any]:
    if not frames.has("ctg"):
        return {"lignes": [], "note": "La table ctg.csv manque dans ce jeu de données."}
    every = (*fiche.locaux, *fiche.departementaux)
    note = "" if fiche.locaux else "Pas de démarche engagée à l'échelon local."
    return {"lignes": [_agreement(a, fiche) for a in every[:ACCORDS_MAX]], "note": _more(note, len(every), ACCORDS_MAX)}


def _agreement(accord: Accord, fiche: Fiche) -> dict[str, str]:
    facts = [f"Ctg {ECHELONS[accord.echelon]}" if accord.echelon else "", _period(accord)]
    if fiche.total > 1 and accord.communes < accord.total:
        facts.append(f"{count(accord.communes, 'commune')} sur {number(accord.total)}")
    champs = enumerate_fr(lower_first(c.libelle) for c in accord.champs)
    return {
        "nom": accord.nom,
        "statut": accord.statut.libelle,
        "faits": typeset(upper_first(", ".join(f for f in facts if f)) + "."),
        "champs": typeset(f"Champs : {champs}.") if champs else "",
    }


def _period(accord: Accord) -> str:
    if accord.date_debut is None or accord.date_fin is None:
        return "non signée"
    calculee = " (calculée)" if accord.fin_calculee else ""
    signature = f"signée le {short_date(accord.date_signature)}, " if accord.date_signature else ""
    return f"{signature}du {short_date(accord.date_debut)} au {short_date(accord.date_fin)}{calculee}"


def _services(fiche: Fiche, reference: Fiche | None, frames: Frames) -> dict[str, Any]:
    """Return a row per field: services, their density, and the same of the département."""
    if not frames.has("services"):
        return {"lignes": [], "note": "La table services.csv manque dans ce jeu de données."}
    others = {s.champ: s for s in reference.services} if reference else {}
    rows = [
        [s.libelle, number(s.services), _density(s), _density(others.get(s.champ)), f"pour {_per(s)}"]
        for s in fiche.services
    ]
    name = reference.nom if reference else "Département"
    return {"entetes": ["Champ", "Services", "Densité", name, "Unité"], "lignes": rows, "note": ""}


def _per(service: ServicesChamp) -> str:
    return f"{number(service.facteur)} {service.denominateur_libelle}"


def _density(service: ServicesChamp | None) -> str:
    if service is None:
        return ""
    return _blank(service.statut) if service.valeur is None else number(service.valeur, 1)


def _places(fiche: Fiche, frames: Frames) -> dict[str, Any]:
    if not frames.has("points_acces"):
        return {"lignes": [], "note": "La table points-acces.csv manque dans ce jeu de données."}
    rows = [_place(p) for p in fiche.points_acces[:POINTS_MAX]]
    note = "" if fiche.points_acces else "Aucun point d'accès recensé."
    return {"lignes": rows, "note": _more(note, len(fiche.points_acces), POINTS_MAX)}


def _place(point: PointAcces) -> str:
    kind = upper_first(point.type.replace("_", " "))
    return typeset(f"{point.nom or point.id} : {', '.join(p for p in (kind, point.etat, point.commune) if p)}")


def _priorities(fiche: Fiche, frames: Frames) -> dict[str, Any]:
    """Name, for each definition, what it lists in the territory: the territory itself, its communes, its quarters."""
    communes = frozenset(territories.communes_of(frames, fiche.code))
    inside = communes | {fiche.code} | holders(frames, Maille.QPV, communes)
    lines = []
    for definition in dict.fromkeys(d.id for d in priority.definitions(frames)):
        listed = [p for p in priority.of_definition(frames, definition) if p.code in inside]
        if listed:
            names = list(dict.fromkeys(p.nom for p in listed))
            more = f" et {number(len(names) - NOMS_MAX)} de plus" if len(names) > NOMS_MAX else ""
            lines.append(typeset(f"{listed[0].libelle} : {', '.join(names[:NOMS_MAX])}{more}."))
    return {"lignes": lines, "note": "" if lines else "Aucune liste ne nomme ce territoire ni ses communes."}


def _blank(statut: str) -> str:
    """Return the short sign of a blank; the annexes say what each means."""
    return BLANCS.get(Blanc(statut), "nd") if statut in list(Blanc) else "nd"


def _indicators(fiche: Fiche, reference: Fiche | None) -> dict[str, Any]:
    others = {m.definition.id: m for m in reference.indicateurs} if reference else {}
    rows = [
        [m.definition.libelle, _value(m), _value(others.get(m.definition.id)), _origin(m)]
        for m in fiche.indicateurs[:INDICATEURS_MAX]
    ]
    name = reference.nom if reference else "Département"
    note = "" if rows else "Aucun indicateur à cette maille."
    more = _more(note, len(fiche.indicateurs), INDICATEURS_MAX)
    return {"entetes": ["Besoin ou ressource", "Valeur", name, "Unité, année"], "lignes": rows, "note": more}


def _value(mesure: Mesure | None) -> str:
    if mesure is None:
        return ""
    return _blank(mesure.statut) if mesure.valeur is None else number(mesure.valeur)


def _origin(mesure: Mesure) -> str:
    return ", ".join(str(x) for x in (mesure.definition.unite, mesure.annee) if x)


def _more(note: str, every: int, shown: int) -> str:
    rest = every - shown
    parts: Iterable[str] = (note, f"Et {number(rest)} de plus, dans l'atlas en ligne." if rest > 0 else "")
    return typeset(" ".join(p for p in parts if p))
