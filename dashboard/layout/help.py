"""The help panel: how to read the atlas, its words, its settings and its sources."""

from pathlib import Path
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from data.frames import Frames
from data.model import Parametres, Source
from layers.kit.texts import number, short_date, typeset
from layers.registry import LAYERS

PANNEAU = "aide"
PAGES = Path(__file__).resolve().parents[1] / "help"
REGLAGES = (
    ("duree_ctg_annees", "Durée d'une Ctg sans date de fin", "ans"),
    ("alerte_renouvellement_mois", "« À renouveler » : mois restants, au plus", "mois"),
    ("echeances_mois", "Échéances suivies", "mois"),
    ("evolution_stable_pct", "Indicateur suivi dit stable : variation de moins de", "%"),
    ("secret_seuil", "Secret : effectifs masqués de 1 à", ""),
    ("secret_seuil_partenaire", "Secret, édition partenaire : de 1 à", ""),
    ("detour_route", "Détour : distance à vol d'oiseau ×", ""),
    ("acces_km", "Seuils d'accès", "km"),
    ("denominateur_min_enfants", "Densité : enfants, au moins", "enfants"),
    ("denominateur_min_habitants", "Densité : habitants, au moins", "habitants"),
    ("fond_ign", "Fond en ligne (Plan IGN) proposé", ""),
    ("adresse_publique", "Adresse écrite sur les instantanés", ""),
    ("gabarit_pptx", "Gabarit des diapositives", ""),
    ("logo", "Logo des instantanés", ""),
)


def help_panel(frames: Frames) -> dmc.Drawer:
    """Build the panel; closed until asked for."""
    tabs = [
        ("lire", "Lire l'atlas", _page("lire.md")),
        ("mots", "Glossaire", _page("glossaire.md")),
        ("reglages", "Réglages", html.Div([_layers(), _settings(frames.jeu.parametres)])),
        ("sources", "Sources", _sources(frames)),
        ("acces", "Accessibilité", _page("accessibilite.md")),
    ]
    return dmc.Drawer(
        id=PANNEAU,
        title="Aide",
        position="right",
        size="lg",
        closeButtonProps={"aria-label": "Fermer l'aide"},
        children=dmc.Tabs(
            [
                dmc.TabsList([dmc.TabsTab(label, value=value) for value, label, _ in tabs]),
                *(dmc.TabsPanel(html.Div(body, className="aide-page"), value=value) for value, _, body in tabs),
            ],
            value="lire",
        ),
    )


def _page(name: str) -> dcc.Markdown:
    return dcc.Markdown(typeset((PAGES / name).read_text(encoding="utf-8")))


def _layers() -> html.Div:
    return html.Div([html.H3("Couches"), html.Ul([html.Li(layer.libelle) for layer in LAYERS])])


def _settings(parametres: Parametres) -> html.Div:
    rows: list[Any] = [
        html.H3("Seuils de ce jeu de données"),
        html.P("Ils se changent dans jeu.toml, rubrique [parametres]."),
    ]
    return html.Div([*rows, html.Dl([p for r in REGLAGES for p in _setting(parametres, *r)], className="paires")])


def _setting(parametres: Parametres, name: str, label: str, unit: str) -> tuple[html.Dt, html.Dd]:
    value = getattr(parametres, name)
    if name.startswith("secret"):
        value -= 1
    return html.Dt(typeset(label)), html.Dd(f"{_said(value)} {unit}".strip())


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str):
        return value or "celle que le lecteur consulte"
    return ", ".join(number(v) for v in value) if isinstance(value, tuple) else number(value)


def _sources(frames: Frames) -> html.Ul:
    return html.Ul([_source(s) for s in frames.jeu.sources], className="aide-sources")


def _source(source: Source) -> html.Li:
    facts = [source.producteur, source.millesime, source.licence]
    if source.date_maj:
        facts.append(f"mis à jour le {short_date(source.date_maj)}")
    return html.Li([html.Strong(source.titre), html.P(", ".join(f for f in facts if f)), html.Code(source.fichier)])
