"""What the board's page says: coverage and its curve, the next months, what calls for a look; all of it links on."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import html

from dashboard.ca.maps import Carte
from dashboard.layout.legend import legend
from dashboard.permalink import to_query
from dashboard.registre.address import href, map_href
from dashboard.registre.contract import Contexte
from dashboard.registre.curve import Allure, Serie, figure, graph
from dashboard.registre.deployment import rate, references, terms
from dashboard.registre.phrases import names
from dashboard.registre.wording import scope_of
from data.measures import anomalies, deadlines, deployment, register
from data.measures.anomalies import Anomalie, NatureAnomalie
from data.measures.deadlines import Echeance
from data.model import FiltreEchelon
from layers.kit.texts import count, long_date, noun, number, percent, short_date, typeset

IMPRIMER = "ca-imprimer"
MOIS = 12
FINS_MAX = 5


def board(contexte: Contexte, cartes: tuple[Carte, ...]) -> list[Any]:
    """Build the page for the day and the filters of an address."""
    return [
        html.Div(
            [
                html.H1(typeset("Conseil d'administration : où en est la couverture ?")),
                html.P(_sentence(contexte), className="ca-phrase"),
                html.Button("Imprimer cette page", id=IMPRIMER, className="bouton ca-imprimer"),
            ],
            className="ca-tete",
        ),
        html.Div([_now(contexte), _curve(contexte)], className="ca-haut"),
        html.Div([_ahead(contexte), _look(contexte)], className="ca-milieu"),
        html.Div([_map(carte) for carte in cartes], className="ca-cartes"),
        html.P(_sources(contexte), className="ca-pied"),
    ]


def _sentence(contexte: Contexte) -> str:
    point = deployment.at(contexte.frames, scope_of(contexte))
    if not contexte.frames.has("ctg"):
        return typeset("Le registre des Ctg (ctg.csv) manque dans ce jeu de données : la couverture n'est pas connue.")
    champ = contexte.frames.champ(contexte.vue.champ)
    which = f", champ {champ.libelle.lower()}" if champ else ""
    covered = f"{rate(point.population)} de la population ({terms(point.population, 'habitant')})"
    return typeset(
        f"Au {long_date(contexte.vue.date)}{which}, {covered} vit dans une commune couverte par une Ctg locale ; "
        f"{count(point.ctg, 'Ctg locale', 'Ctg locales')} en vigueur."
    )


def _now(contexte: Contexte) -> html.Section:
    point = deployment.at(contexte.frames, scope_of(contexte))
    epci = f"Epci entiers, {number(point.epci_partiels)} en partie"
    facts = (
        (rate(point.communes), "des communes", terms(point.communes, "commune")),
        (number(point.epci_entiers), epci, f"{number(point.epci_nuls)} sans commune couverte"),
        (rate(point.enfants), "des moins de 3 ans", terms(point.enfants, "enfant")),
    )
    lines = [html.Li([html.Strong(v), f" {said} ", html.Small(typeset(of))]) for v, said, of in facts]
    return html.Section(
        [
            html.H2("Aujourd'hui"),
            html.P(rate(point.population), className="ca-grand"),
            html.P(typeset(f"de la population : {terms(point.population, 'habitant')}")),
            html.Ul(lines),
            html.A("Voir sur la carte", href=f"/{_query(contexte)}"),
        ],
        className="ca-bloc",
    )


def _curve(contexte: Contexte) -> html.Section:
    frames, portee = contexte.frames, scope_of(contexte)
    points = deployment.by_year(frames, portee) if frames.has("ctg") else ()
    serie = Serie("Population couverte", tuple((p.jour, p.population.taux_pct) for p in points))
    marks = references(deployment.trajectory(frames))
    drawn = figure((serie,), marks, Allure(jour=contexte.vue.date))
    told = " ; ".join(f"{p.jour.year} : {percent(p.population.taux_pct, 0)}" for p in points)
    note = "Les croix sont une référence nationale, pas un objectif de la Caf. " if marks else ""
    return html.Section(
        [
            html.H2("Année par année"),
            graph("ca", drawn, typeset(f"Population couverte au 31 décembre : {told}"), 230),
            html.P([typeset(note), html.A("Tout le déploiement", href=href(contexte, "deploiement"))]),
        ],
        className="ca-bloc",
    )


def _ahead(contexte: Contexte) -> html.Section:
    frames, portee = contexte.frames, scope_of(contexte)
    ends = deadlines.within(deadlines.of_entries(frames, portee), MOIS)
    noms = names(frames, contexte.vue.date)
    items = [html.Li(_end(contexte, e, noms)) for e in ends[:FINS_MAX]]
    more = [html.Li(f"et {count(len(ends) - FINS_MAX, 'autre')}.")] if len(ends) > FINS_MAX else []
    said = f"{count(len(ends), 'convention')} {noun(len(ends), 'arrive', 'arrivent')} à terme."
    return html.Section(
        [
            html.H2(f"Dans les {MOIS} prochains mois"),
            html.P(typeset(f"{said} {_forecast(contexte)}")),
            html.Ul([*items, *more]),
            html.P([html.A("Toutes les échéances", href=href(contexte, "echeances")), " ", _in_a_year(contexte)]),
        ],
        className="ca-bloc",
    )


def _end(contexte: Contexte, echeance: Echeance, noms: dict[str, str]) -> list[Any]:
    e = echeance.inscription
    link = html.A(noms.get(e.id_ctg, e.nom), href=href(contexte, "registre", {"ctg": e.id_ctg}))
    return [f"{short_date(echeance.fin)} – ", link, typeset(f" : {echeance.suite.libelle.lower()}")]


def _forecast(contexte: Contexte) -> str:
    """Say what coverage becomes by then if nothing more is signed."""
    borne = deadlines.months_after(contexte.vue.date, MOIS)
    points = [p for p in deployment.forecast(contexte.frames, scope_of(contexte)) if p.jour <= borne]
    if len(points) < 2:
        return ""
    before, after = points[0].population, points[-1].population
    if before == after:
        return "Si rien n'est signé d'ici là, la couverture ne change pas."
    return f"Si rien n'est signé d'ici là, la couverture passe de {rate(before)} à {rate(after)} de la population."


def _in_a_year(contexte: Contexte) -> html.A:
    """Link to the map of coverage by then, were nothing more signed."""
    then = deadlines.months_after(contexte.vue.date, MOIS)
    coverage = replace(contexte.vue, date=then, couches=("couverture_ctg",))
    return html.A(
        f"La carte dans {MOIS} mois",
        href="/" + to_query(coverage, contexte.frames, contexte.aujourdhui),
        className="ca-suite",
    )


def _look(contexte: Contexte) -> html.Section:
    frames, portee = contexte.frames, scope_of(contexte)
    found = anomalies.of_entries(frames, portee)
    natures = dict.fromkeys(a.nature for a in found)
    items = [_alert(contexte, n, [a for a in found if a.nature is n]) for n in natures]
    gaps = deployment.never_covered(frames, portee) if frames.has("ctg") else ()
    never = tuple(sorted(code for m in gaps for code in m.communes))
    said = f"Communes jamais couvertes : {number(len(never))}"
    covered = [html.Li(_on_map(contexte, said, "Communes jamais couvertes", never))] if never else []
    nothing = [] if items or covered else [html.Li("Rien à signaler.")]
    return html.Section(
        [
            html.H2("À regarder"),
            html.Ul([*items, *covered, *nothing, *_departmental(contexte)]),
            html.A("Le détail, Ctg par Ctg", href=href(contexte, "echeances")),
        ],
        className="ca-bloc",
    )


def _alert(contexte: Contexte, nature: NatureAnomalie, found: Sequence[Anomalie]) -> html.Li:
    """Count what calls for a look and show on the map where it is."""
    held = {e.id_ctg: e.communes for e in register.entries(contexte.frames, scope_of(contexte))}
    codes = {code for a in found for code in a.communes or held.get(a.id_ctg, ())}
    said = f"{nature.libelle} : {number(len(found))}"
    return html.Li([_on_map(contexte, said, nature.libelle, tuple(sorted(codes))), _blocking(nature.bloquante)])


def _on_map(contexte: Contexte, said: str, nom: str, communes: tuple[str, ...]) -> Any:
    """Link words to the communes that they speak of, shown as one territory; the words alone where there is none."""
    if not communes:
        return html.A(typeset(said), href=href(contexte, "echeances"))
    address = map_href(contexte, communes=communes, nom=nom, emprise=(), couches=("couverture_ctg",))
    return html.A(typeset(said), href=address)


def _blocking(bloquante: bool) -> str:
    return ", à lever avant tout renouvellement" if bloquante else ""


def _departmental(contexte: Contexte) -> list[Any]:
    """Tell the departmental agreement as a fact, whichever it is."""
    if contexte.frames.jeu.demarche != "deux_echelons" or not contexte.frames.has("ctg"):
        return []
    portee = replace(scope_of(contexte), echelon=FiltreEchelon.DEPARTEMENTAL)
    live = deadlines.of_entries(contexte.frames, portee)
    if not live:
        return [html.Li(typeset("Échelon départemental : pas d'accord en vigueur à ce jour"))]
    said = typeset(f"Échelon départemental : en vigueur jusqu'au {short_date(live[-1].fin)}")
    return [html.Li(html.A(said, href=href(contexte, "registre", {"ctg": live[-1].inscription.id_ctg})))]


def _map(carte: Carte) -> html.Section:
    alt = typeset(f"Carte : {carte.question} {carte.constat}")
    return html.Section(
        [
            html.H2(typeset(carte.question)),
            html.A(
                html.Img(src=f"/ca/carte.svg{carte.adresse}", alt=alt, className="ca-carte"),
                href=f"/{carte.adresse}",
                title="Ouvrir cette carte",
            ),
            html.P(carte.constat, className="ca-constat"),
            html.Div(
                legend(carte.dessins),
                className="ca-legende",
            ),
        ],
        className="ca-bloc",
    )


def _sources(contexte: Contexte) -> str:
    jeu = contexte.frames.jeu
    producers = dict.fromkeys(s.producteur for s in jeu.sources if s.producteur)
    fictif = "Données fictives. " if jeu.fictif else ""
    version = jeu.version[:12] or "sans version"
    return typeset(
        f"{fictif}{jeu.nom}. Sources : {', '.join(producers) or 'non renseignées'}. "
        f"Carte des communes : COG {jeu.cog}. Édité le {long_date(contexte.aujourdhui)}, jeu de données {version}."
    )


def _query(contexte: Contexte) -> str:
    return to_query(contexte.vue, contexte.frames, contexte.aujourdhui)
