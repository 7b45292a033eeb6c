"""The timeline of agreements: one lane per territory, today's line, times without an agreement and overlaps hatched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dashboard.registre.contract import Contexte
from dashboard.registre.parts import note, table, twin
from dashboard.registre.phrases import ECHELONS, SANS_EPCI, period, statut
from data.measures import perimeters
from data.measures.deadlines import Ecart, NatureEcart
from data.measures.register import Inscription
from data.model import Echelon
from layers.kit.table import sort_key
from layers.kit.texts import count, long_date, number, short_date, typeset, upper_first

VOIES_MAX = 120
HAUTEUR_VOIE, HAUTEUR_BASE = 26, 110
NOM_MAX = 27
CLAIR, FONCE = "#ffffff", "#16202b"
STYLES = {
    "En vigueur": ("#1b456d", "", CLAIR),
    "À renouveler": ("#d39c39", "-", FONCE),
    "À venir": ("#a8cfc9", ".", FONCE),
    "En préparation": ("#dfe9e7", ".", FONCE),
    "Renouvelée": ("#b3aab8", "", FONCE),
    "Échue": ("#5f5166", "\\", CLAIR),
}
ECARTS = {NatureEcart.SANS_CTG: ("#c9ced4", "x", FONCE), NatureEcart.CHEVAUCHEMENT: ("#ffffff", "+", FONCE)}
_MARGE = timedelta(days=200)
_MILLISECONDES = 86_400_000
_TICKS = [{"dtickrange": [None, "M11"], "value": "%m/%Y"}, {"dtickrange": ["M12", None], "value": "%Y"}]


@dataclass(frozen=True, slots=True)
class Voie:
    """One lane: its group (an Epci, or the département), the commune of a communal agreement, its rank if shared."""

    ordre: tuple[int, str]
    groupe: str
    commune: str = ""
    rang: int = 0

    @property
    def cle(self) -> tuple[Any, ...]:
        """What lanes sort by: the département first, then by Epci, its own agreements before its communes'."""
        return self.ordre, sort_key(self.commune), self.commune, self.rang

    @property
    def libelle(self) -> str:
        """What stands beside it."""
        nom = f"· {self.commune}" if self.commune else self.groupe
        return nom if len(nom) <= NOM_MAX else nom[: NOM_MAX - 1] + "…"


def lanes(contexte: Contexte, entrees: Sequence[Inscription]) -> dict[str, Voie]:
    """Give a lane to each agreement with dates; two that run together over one territory stand one above the other."""
    voies: dict[str, Voie] = {}
    fins: dict[Voie, date] = {}
    dates = [(e.date_debut, e.date_fin, e) for e in entrees if e.date_debut and e.date_fin]
    for debut, fin, e in sorted(dates, key=lambda d: (d[0], d[2].id_ctg)):
        voie = _lane(contexte, e)
        while fins.get(voie, date.min) >= debut:
            voie = Voie(voie.ordre, voie.groupe, voie.commune, voie.rang + 1)
        voies[e.id_ctg], fins[voie] = voie, fin
    return voies


def _lane(contexte: Contexte, e: Inscription) -> Voie:
    if e.echelon is Echelon.DEPARTEMENTAL:
        return Voie((0, ""), "Échelon départemental")
    parts = perimeters.by_epci(contexte.frames, e.communes)
    code = parts[0].code if parts else ""
    groupe = contexte.frames.noms.get(code, code) if code else upper_first(SANS_EPCI)
    commune = e.communes[0] if e.echelon is Echelon.COMMUNAL and e.communes else ""
    return Voie((1 if code else 2, sort_key(groupe)), groupe, contexte.frames.noms.get(commune, commune))


def timeline(contexte: Contexte, entrees: Sequence[Inscription], ecarts: Sequence[Ecart]) -> list[Any]:
    """Draw the agreements and their gaps, and fold their table under them."""
    toutes = lanes(contexte, entrees)
    ordre = sorted({*toutes.values(), *(Voie(v.ordre, v.groupe) for v in toutes.values())}, key=lambda v: v.cle)
    montrees = {voie: rang for rang, voie in enumerate(ordre[:VOIES_MAX])}
    voies = {ident: voie for ident, voie in toutes.items() if voie in montrees}
    if not voies:
        return [html.P("Aucune convention datée ne répond à ces filtres.", className="note")]
    rangs = {ident: montrees[voie] for ident, voie in voies.items()}
    graphe = dcc.Graph(
        id={"type": "registre-graphe", "nom": "chronologie"},
        figure=_figure(contexte, [e for e in entrees if e.id_ctg in voies], ecarts, rangs, list(montrees)),
        config={"displayModeBar": False, "responsive": True},
        style={"height": f"{HAUTEUR_BASE + HAUTEUR_VOIE * len(montrees)}px"},
    )
    label = f"Chronologie de {count(len(voies), 'convention')} ; le tableau qui suit dit la même chose"
    style = {"minHeight": f"{HAUTEUR_BASE + HAUTEUR_VOIE * len(montrees)}px"}
    image = html.Div(graphe, className="graphe", role="img", style=style, **{"aria-label": label})
    reste = len(ordre) - len(montrees)
    dit = [html.P(f"{number(reste)} lignes de plus : choisir un territoire.", className="note")] if reste > 0 else []
    regle = f"Trait pointillé : le {long_date(contexte.vue.date)}. Barres fines : périodes sans Ctg et chevauchements."
    return [note(regle), image, *dit, twin("Le tableau de la chronologie", _twin(entrees, toutes))]


def _figure(
    contexte: Contexte,
    entrees: Sequence[Inscription],
    ecarts: Sequence[Ecart],
    rangs: dict[str, int],
    voies: Sequence[Voie],
) -> go.Figure:
    jour = contexte.vue.date
    figure = go.Figure()
    for libelle, style in STYLES.items():
        siennes = [e for e in entrees if statut(e) == libelle]
        if siennes:
            bars = [(rangs[e.id_ctg], e.date_debut, e.date_fin, _hover(e), _inside(e)) for e in siennes]
            figure.add_trace(_bars(libelle, bars, style, 0.72))
    for nature, style in ECARTS.items():
        siens = [x for x in ecarts if x.nature is nature and (x.apres or x.avant) in rangs]
        if siens:
            bars = [(rangs[x.apres or x.avant], x.debut, x.fin or jour, _hover_gap(contexte, x), "") for x in siens]
            figure.add_trace(_bars(nature.libelle, bars, style, 0.34))
    bornes = [d for e in entrees for d in (e.date_debut, e.date_fin) if d] + [jour]
    debut, fin = min(bornes) - _MARGE, max(bornes) + _MARGE
    figure.add_vline(x=jour.isoformat(), line={"width": 2, "dash": "dot"})
    figure.update_layout(
        barmode="overlay",
        margin={"l": 8, "r": 8, "t": 24, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hoverlabel={"align": "left"},
        legend={"orientation": "h", "y": 0, "yanchor": "top", "yref": "container", "x": 0},
        xaxis={
            "type": "date",
            "range": [debut.isoformat(), fin.isoformat()],
            "tickformatstops": _TICKS,
            "tickangle": 0,
            "nticks": 8,
            "side": "top",
            "fixedrange": True,
        },
        yaxis={
            "range": [len(voies) - 0.5, -0.5],
            "tickvals": list(range(len(voies))),
            "ticktext": [v.libelle if v.rang == 0 else "" for v in voies],
            "automargin": True,
            "fixedrange": True,
        },
        uniformtext={"minsize": 10, "mode": "hide"},
    )
    figure.update_layout(legend={"y": -0.02, "yref": "paper"}, margin={"b": 60, "t": 36})
    return figure


def _bars(nom: str, bars: Sequence[tuple[Any, ...]], style: tuple[str, str, str], largeur: float) -> go.Bar:
    couleur, motif, encre = style
    return go.Bar(
        name=nom,
        orientation="h",
        y=[b[0] for b in bars],
        base=[b[1].isoformat() for b in bars],
        x=[((b[2] - b[1]).days + 1) * _MILLISECONDES for b in bars],
        width=largeur,
        text=[b[4] for b in bars],
        textposition="inside",
        insidetextanchor="start",
        insidetextfont={"color": encre, "size": 11},
        hovertext=[b[3] for b in bars],
        hoverinfo="text",
        marker={
            "color": couleur,
            "pattern": {
                "shape": motif,
                "fgcolor": encre,
                "fgopacity": 0.3,
                "bgcolor": couleur,
                "size": 8,
                "solidity": 0.18,
            },
            "line": {"width": 1, "color": "#5b6670"},
        },
    )


def _inside(e: Inscription) -> str:
    return f"fin {e.date_fin:%m/%Y}" if e.date_fin else ""


def _hover(e: Inscription) -> str:
    facts = [e.nom, f"{ECHELONS[e.echelon]}, {statut(e).lower()}" if e.echelon else statut(e), period(e)]
    return typeset("<br>".join([*facts, count(len(e.communes), "commune")]))


def _hover_gap(contexte: Contexte, ecart: Ecart) -> str:
    fin = f"au {short_date(ecart.fin)}" if ecart.fin else f"au {short_date(contexte.vue.date)}, toujours ouverte"
    facts = [ecart.nature.libelle, f"du {short_date(ecart.debut)} {fin}", count(len(ecart.communes), "commune")]
    return typeset("<br>".join(facts))


def _twin(entrees: Sequence[Inscription], voies: dict[str, Voie]) -> html.Div:
    dates = sorted((e for e in entrees if e.id_ctg in voies), key=lambda e: (voies[e.id_ctg].cle, str(e.date_debut)))
    rows = [
        (
            voies[e.id_ctg].commune or voies[e.id_ctg].groupe,
            e.nom,
            statut(e),
            short_date(e.date_debut) if e.date_debut else "",
            f"{short_date(e.date_fin) if e.date_fin else ''}{' (calculée)' if e.fin_calculee else ''}",
        )
        for e in dates
    ]
    return table("Chronologie des conventions", ("Territoire", "Convention", "Statut", "Début", "Fin"), rows)
