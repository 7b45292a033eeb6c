"""The territory sheet: agreements, services, access points, priorities, indicators, each with its date and source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from dash import html

from dashboard.layout.blanks import blank_label
from data.frames import Frames
from data.measures.indicators import Mesure
from data.measures.sheet import Accord, Fiche, PointAcces, ServicesChamp
from data.model import TOUS_CHAMPS, Echelon, Maille
from layers.kit import indicators as words
from layers.kit.texts import (
    FINE,
    count,
    enumerate_fr,
    lower_first,
    number,
    percent,
    short,
    short_date,
    typeset,
    upper_first,
)

LIEUX_MONTRES = 12


@dataclass(frozen=True, slots=True)
class Composition:
    """The territory that the reader makes: its sheet, None while empty; whether all the territory opened is in it."""

    fiche: Fiche | None
    dedans: bool


ECHELONS = {
    Echelon.COMMUNAL: "communale",
    Echelon.INTERCOMMUNAL: "intercommunale",
    Echelon.DEPARTEMENTAL: "départementale",
}


def sheet_panel(fiche: Fiche | None, frames: Frames, compose: Composition | None = None) -> list[Any]:
    """Build the sheet of a territory, then that of the territory that the reader made; nothing where neither is."""
    parts: list[Any] = []
    if fiche is not None:
        parts += [_head(fiche, frames, compose), *_body(fiche, frames)]
    if compose is not None and compose.fiche is not None:
        head = html.Summary([html.H2(compose.fiche.nom), html.P(_people(compose.fiche, frames))])
        body = [html.P(_kind(compose.fiche, frames), className="fiche-note"), _actions(), *_body(compose.fiche, frames)]
        parts.append(html.Details([head, *body], open=fiche is None, id="fiche-composee", className="fiche-composee"))
    return parts


def _body(fiche: Fiche, frames: Frames) -> list[Any]:
    return [
        *(_agreements(fiche) if frames.has("ctg") else _missing("Conventions territoriales globales", "ctg.csv")),
        *(_services(fiche) if frames.has("services") else _missing("Services", "services.csv")),
        *_places(fiche),
        *_priorities(fiche),
        *_indicators(fiche),
    ]


def _actions() -> html.Div:
    """Offer to change the territory made, or to give it up."""
    actions = [("Modifier", "modifier"), ("Tout effacer", "vider")]
    return html.Div([html.Button(t, className="geste", **{"data-action": a}) for t, a in actions], className="actions")


def _kind(fiche: Fiche, frames: Frames) -> str:
    if fiche.maille is None:
        kind = [f"Territoire composé de {count(fiche.total, 'commune')}"]
    else:
        kind = [f"{fiche.maille.libelle} {fiche.code}"]
    if fiche.epci:
        kind.append(frames.noms.get(fiche.epci, fiche.epci))
    elif fiche.maille is Maille.COMMUNE:
        kind.append("sans Epci")
    if len(fiche.departements) > 1:
        kind.append(f"communes des départements {enumerate_fr(fiche.departements)}")
    return " — ".join(kind)


def _head(fiche: Fiche, frames: Frames, compose: Composition | None) -> html.Div:
    close = html.Button(
        html.Span(className="icone icone-fermer", **{"aria-hidden": "true"}),
        id="fiche-fermer",
        className="icone-bouton",
        **{"aria-label": "Fermer la fiche"},
    )
    lines = [html.H2(fiche.nom), html.P(_kind(fiche, frames)), html.P(_people(fiche, frames))]
    if compose is not None:
        action = (
            ("Retirer du territoire composé", "retirer")
            if compose.dedans
            else ("Ajouter au territoire composé", "joindre")
        )
        data = {"data-action": action[1], "data-code": fiche.code}
        lines.append(html.Div(html.Button(action[0], className="geste", **data), className="actions"))
    return html.Div([html.Div(lines), close], className="fiche-tete")


def _people(fiche: Fiche, frames: Frames) -> str:
    habitants = "population non connue" if fiche.population is None else count(fiche.population, "habitant")
    if not frames.has("ctg"):
        return habitants
    if fiche.maille is Maille.COMMUNE:
        return f"{habitants}, {'couverte' if fiche.couvertes else 'non couverte'} par une Ctg locale"
    rate = percent(fiche.part_population.taux_pct)
    return (
        f"{habitants}, {number(fiche.couvertes)} communes couvertes sur {number(fiche.total)} ({rate} de la population)"
    )


def _missing(title: str, fichier: str) -> list[Any]:
    return [html.H3(title), html.P(f"La table {fichier} manque dans ce jeu de données.", className="fiche-note")]


def _agreements(fiche: Fiche) -> list[Any]:
    local = [_agreement(a, fiche) for a in fiche.locaux] or [html.Li("Pas de démarche engagée à l'échelon local.")]
    blocks = [html.H3("Conventions territoriales globales"), html.Ul(local)]
    if fiche.departementaux:
        blocks += [html.H3("Échelon départemental"), html.Ul([_agreement(a, fiche) for a in fiche.departementaux])]
    return blocks


def _agreement(accord: Accord, fiche: Fiche) -> html.Li:
    facts = [f"Ctg {ECHELONS[accord.echelon]}" if accord.echelon else "", _period(accord)]
    if accord.role == "signataire":
        facts.append("commune signataire")
    if fiche.total > 1 and accord.communes < accord.total:
        facts.append(f"{count(accord.communes, 'commune')} sur {number(accord.total)}")
    page = html.A(accord.nom, href=f"/registre/?ctg={quote(accord.id_ctg)}", className="vers-registre")
    lines = [html.Span(accord.statut.libelle, className="statut"), " ", html.Strong(page)]
    lines.append(html.P(upper_first(", ".join(f for f in facts if f))))
    if accord.signataires:
        parties = enumerate_fr(_party(s.nom or s.type, s.date_deliberation) for s in accord.signataires)
        lines.append(html.P(typeset(f"Signataires : {parties}")))
    if accord.champs:
        lines.append(html.P(typeset(f"Champs : {enumerate_fr(lower_first(c.libelle) for c in accord.champs)}")))
    return html.Li(lines)


def _party(nom: str, jour: date | None) -> str:
    return f"{nom} (délibération du {short_date(jour)})" if jour else nom


def _period(accord: Accord) -> str:
    if accord.date_debut is None or accord.date_fin is None:
        return "non signée"
    calculee = " (calculée)" if accord.fin_calculee else ""
    signature = f"signée le {short_date(accord.date_signature)}, " if accord.date_signature else ""
    return f"{signature}du {short_date(accord.date_debut)} au {short_date(accord.date_fin)}{calculee}"


def _services(fiche: Fiche) -> list[Any]:
    rows = [s for s in fiche.services if s.champ != TOUS_CHAMPS and (s.services or s.valeur is not None)]
    total = next(s for s in fiche.services if s.champ == TOUS_CHAMPS)
    if not total.services:
        return [html.H3("Services"), html.P("Aucun service recensé à cette date.", className="fiche-note")]
    return [html.H3(typeset(f"Services : {number(total.services)}")), _pairs((s.libelle, _service(s)) for s in rows)]


def _service(service: ServicesChamp) -> Any:
    apart = [
        count(n, word, words)
        for n, word, words in ((service.itinerant, "itinérant", "itinérants"), (service.antenne, "antenne", "antennes"))
        if n
    ]
    rate = (
        blank_label(service.statut)
        if service.valeur is None
        else f"{number(service.valeur, 1)} pour {number(service.facteur)}"
    )
    told = " — ".join(
        [f"dont {' et '.join(apart)}"] * bool(apart)
        + [f"{rate} {service.denominateur_libelle}" if service.valeur is not None else rate]
    )
    return [number(service.services), html.Small(f"{FINE} · {told}")]


def _places(fiche: Fiche) -> list[Any]:
    if not fiche.points_acces:
        return []
    shown = [html.Li([html.Strong(p.nom or p.id), html.P(_place(p))]) for p in fiche.points_acces[:LIEUX_MONTRES]]
    rest = len(fiche.points_acces) - LIEUX_MONTRES
    more = (
        [html.P(f"et {number(rest)} de plus, dans le tableau des points d'accès.", className="fiche-note")]
        if rest > 0
        else []
    )
    return [html.H3(typeset(f"Points d'accès : {number(len(fiche.points_acces))}")), html.Ul(shown), *more]


def _place(point: PointAcces) -> str:
    days = "" if point.jours_par_semaine is None else f"{number(point.jours_par_semaine)} j par semaine"
    host = point.lieu_hote.replace("_", " ")
    return ", ".join(p for p in (upper_first(point.type.replace("_", " ")), point.etat, host, days, point.commune) if p)


def _priorities(fiche: Fiche) -> list[Any]:
    if not fiche.priorites:
        return []
    rows = [
        html.Li([html.Strong(p.libelle), html.P(", ".join(str(x) for x in (p.source, p.annee, p.justification) if x))])
        for p in fiche.priorites
    ]
    return [html.H3("Territoires prioritaires"), html.Ul(rows)]


def _indicators(fiche: Fiche) -> list[Any]:
    if not fiche.indicateurs:
        return []
    return [html.H3("Indicateurs"), _pairs((m.definition.libelle, _measure(m)) for m in fiche.indicateurs)]


def _measure(mesure: Mesure) -> Any:
    said = blank_label(mesure.statut) if mesure.valeur is None else number(mesure.valeur)
    unit = f" {mesure.definition.unite}" if mesure.valeur is not None and mesure.definition.unite else ""
    origin = ", ".join(str(x) for x in (mesure.annee, mesure.definition.source) if x)
    if national := words.national(mesure.definition):
        origin = typeset(f"{origin} ; {lower_first(national.libelle)} : {short(national.valeur)}")
    return [said, html.Small(f"{unit} ({origin})" if origin else unit)]


def _pairs(rows: Iterable[tuple[str, Any]]) -> html.Dl:
    return html.Dl([part for term, value in rows for part in (html.Dt(term), html.Dd(value))], className="paires")
