"""Section « Situer un territoire »: beside its peers, its Epci, its département and chosen others; never a rank."""

from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, html

from dashboard.deps import Deps
from dashboard.registre.address import href
from dashboard.registre.contract import Contexte, Feuille, Section
from dashboard.registre.parts import note
from dashboard.registre.territory_search import label, suggest
from data.measures import lookup, peers, territories
from data.measures.peers import Angle, Chiffre, Groupe, Situation
from data.model import Blanc, Maille
from layers.kit.palettes import BLANCS
from layers.kit.texts import count, number, short, typeset

AVEC = "avec"
AUTRES_MAX = 4
BOITE = {"type": "registre-situation", "nom": AVEC}
SANS_OBJET = "sans objet"
TITRE = "Situer un territoire"


def build(contexte: Contexte) -> Feuille:
    """Set the chosen territory beside its peers; without one, propose some."""
    code, frames = contexte.vue.territoire, contexte.frames
    if not code or territories.maille_of(frames, code) not in (Maille.COMMUNE, Maille.EPCI, Maille.DEPARTEMENT):
        return Feuille(TITRE, _choice(contexte))
    angle = Angle(contexte.vue.date, contexte.vue.echelon, contexte.vue.profil)
    groupe = peers.peers(frames, code, angle.jour.year)
    shown = peers.situate(frames, code, others(contexte), angle)
    return Feuille(
        typeset(f"{TITRE} : {frames.noms.get(code, code)}"), [*_head(contexte, groupe), *_table(contexte, shown)]
    )


def others(contexte: Contexte) -> tuple[str, ...]:
    """Return the territories of the address to set beside the chosen one: known, once each, four at most."""
    known, asked = lookup.known_codes(contexte.frames), contexte.options.get(AVEC, "").split(",")
    kept = dict.fromkeys(c for c in asked if c in known and c != contexte.vue.territoire)
    return tuple(kept)[:AUTRES_MAX]


def _choice(contexte: Contexte) -> list[Any]:
    codes = territories.groups(contexte.frames, Maille.EPCI).codes
    noms = sorted((contexte.frames.noms.get(c, c), c) for c in codes)
    links = [html.Li(html.A(n, href=href(contexte, territoire=c))) for n, c in noms]
    return [note("Choisir un territoire dans les filtres : une commune, un Epci ou un département."), html.Ul(links)]


def _head(contexte: Contexte, groupe: Groupe) -> list[Any]:
    pairs = (
        f"Pairs : {groupe.regle} ({number(len(groupe.codes))} dans ce jeu de données). "
        if groupe.codes
        else "Aucun pair dans ce jeu de données. "
    )
    said = (
        f"{pairs}Le trait marque la médiane des pairs, la bande la moitié d'entre eux. "
        "Un écart se lit avec le contexte du territoire : ce n'est ni un rang ni une performance."
    )
    asked = others(contexte)
    box = dmc.MultiSelect(
        id=BOITE,
        label=typeset(f"Mettre aussi à côté ({AUTRES_MAX} au plus)"),
        data=[{"value": c, "label": label(contexte.frames, c)} for c in asked],
        value=list(asked),
        searchable=True,
        clearable=True,
        maxValues=AUTRES_MAX,
        placeholder="Chercher une commune, un Epci…",
        nothingFoundMessage="Aucun territoire de ce nom.",
        filter={"function": "atlasTout"},
        clearButtonProps={"aria-label": "Retirer ces territoires"},
        size="sm",
        className="situation-avec",
    )
    return [note(said), box]


def _table(contexte: Contexte, shown: tuple[Situation, ...]) -> list[Any]:
    if not shown:
        return [note("Aucune mesure de ce jeu de données ne se compare pour ce territoire.")]
    frames, code = contexte.frames, contexte.vue.territoire
    asked = others(contexte)
    heads = [frames.noms.get(code, code), *(frames.noms.get(c, c) for c in asked)]
    above = [n for n, has in (("Son Epci", shown[0].epci), ("Département", shown[0].departement)) if has]
    titles = ["Mesure", heads[0], "Médiane des pairs", "Place parmi les pairs", *above, *heads[1:]]
    rows = [html.Tr(_row(s)) for s in shown]
    table = html.Table(
        [html.Thead(html.Tr([html.Th(t, scope="col") for t in titles])), html.Tbody(rows)], className="situation"
    )
    return [html.Div(table, className="situation-cadre", tabIndex=0, role="region", **{"aria-label": TITRE})]


def _row(situation: Situation) -> list[Any]:
    annee = f", {situation.annee}" if situation.annee else ""
    name = html.Th(
        [situation.libelle, html.Span(typeset(f"{situation.unite}{annee}"), className="situation-unite")], scope="row"
    )
    quartiles = situation.quartiles
    above = [html.Td(_said(c)) for c in (situation.epci, situation.departement) if c]
    return [
        name,
        html.Td(_said(situation.territoire), className="situation-ici"),
        html.Td(short(quartiles[1]) if quartiles else "–"),
        html.Td(_strip(situation)),
        *above,
        *(html.Td(_said(c)) for c in situation.autres),
    ]


def _said(chiffre: Chiffre) -> str:
    if chiffre.valeur is not None:
        return short(chiffre.valeur)
    return BLANCS[Blanc(chiffre.statut)].libelle if chiffre.statut else SANS_OBJET


def _strip(situation: Situation) -> Any:
    """Draw the peers on a line, their middle half as a band, their median and the territory; say it in words too."""
    if not len(situation.pairs):
        return html.Span("–", title="Aucun pair n'a cette mesure")
    if situation.quartiles is None:
        return html.Span(typeset(f"{count(len(situation.pairs), 'pair connu', 'pairs connus')} : trop peu"))
    bas, milieu, haut = situation.quartiles
    ici = situation.territoire.valeur
    ends = [*situation.pairs[[0, -1]].tolist(), *([] if ici is None else [ici])]
    start, width = min(ends), (max(ends) - min(ends)) or 1.0

    def at(value: float) -> str:
        return f"{100 * (value - start) / width:.2f}%"

    marks = [html.Span(className="bande-pair", style={"left": at(v)}) for v in sorted(set(situation.pairs.tolist()))]
    band = html.Span(className="bande-moitie", style={"left": at(bas), "width": f"{100 * (haut - bas) / width:.2f}%"})
    here = [] if ici is None else [html.Span(className="bande-ici", style={"left": at(ici)})]
    median = html.Span(className="bande-mediane", style={"left": at(milieu)})
    words = typeset(f"{_place(ici, bas, haut)} ; moitié des pairs entre {short(bas)} et {short(haut)}")
    return html.Span([band, *marks, median, *here], className="bande", role="img", title=words, **{"aria-label": words})


def _place(ici: float | None, bas: float, haut: float) -> str:
    if ici is None:
        return "Sans valeur"
    if ici < bas:
        return "En dessous de la moitié centrale des pairs"
    return "Au-dessus de la moitié centrale des pairs" if ici > haut else "Dans la moitié centrale des pairs"


def register(app: Dash, deps: Deps) -> None:
    """Fill the box of the other territories as one types, and write them in the address."""

    @app.callback(
        output={"choix": Output(BOITE, "data")},
        inputs={"texte": Input(BOITE, "searchValue")},
        state={"choisis": State(BOITE, "value")},
        prevent_initial_call=True,
    )
    def proposer(texte: str | None, choisis: list[str] | None) -> dict[str, Any]:
        frames, kept = deps.frames(), choisis or []
        found = [o for o in suggest(frames, texte or "") if o["value"] not in kept]
        return {"choix": [*({"value": c, "label": label(frames, c)} for c in kept), *found]}

    app.clientside_callback(
        ClientsideFunction("registre", "mettreACote"), Input(BOITE, "value"), prevent_initial_call=True
    )


SECTION = Section(
    "situation",
    "Situer",
    build,
    (AVEC,),
    register=register,
    sans_effet={
        "champ": "les mesures comparées sont celles de tous les champs",
        "communes": "un territoire composé n'a pas de pairs",
    },
)
