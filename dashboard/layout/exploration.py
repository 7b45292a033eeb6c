"""Above and beside the map: the way down the territories, the tools, the panels that they open.

What they do is in `assets/exploration.js`, `composer.js`, `lasso.js`, `mesure.js` and `fond.js`.
"""

from typing import Any

from dash import dcc, html

from dashboard import ids
from dashboard.layout.shell import icon
from data.frames import Frames
from layers.kit.texts import typeset

NORD = "Nord en haut"
NOM_MAX = 80  # as the address takes it


def strip(frames: Frames) -> html.Div:
    """Build the line above the map: the breadcrumb, filled by the browser, and the tools."""
    drawn = not frames.communes.geometry.is_empty.all()
    tools = [
        _tool("composer", "Composer", "Composer un territoire : liste, tableau ou lasso", panel=ids.VOLET_COMPOSER),
        _tool("mesurer", "Mesurer", "Mesurer une distance à vol d'oiseau", panel=ids.VOLET_MESURER, shown=drawn),
        _tool(
            "etendue", "Carte visible", "Chiffres de la carte visible : les chiffres clés suivent la carte", shown=drawn
        ),
    ]
    if drawn and frames.jeu.parametres.fond_ign:
        tools.append(_tool("fond", "Plan IGN", "Fond de carte en ligne : Plan IGN"))
    tools.append(_tool("plein-ecran", "Plein écran", "Carte et légende en plein écran"))
    return html.Div(
        [
            html.Nav(html.Ol(id=ids.FIL), className="fil", **{"aria-label": "Fil des territoires"}),
            html.Div(tools, className="outils", role="toolbar", **{"aria-label": "Outils de la carte"}),
        ],
        className="exploration",
        **({"data-contexte": frames.jeu.version} if frames.contexte else {}),
    )


def _tool(name: str, label: str, title: str, panel: str = "", *, shown: bool = True) -> html.Button:
    """Build a tool: one that opens a panel says whether it is open, any other whether it is on.

    One that is not `shown` is there, hidden: a dataset without outlines has nothing to measure.
    """
    state = {"aria-expanded": "false", "aria-controls": panel} if panel else {"aria-pressed": "false"}
    content = [icon(name), html.Span(label)]
    return html.Button(content, id=f"outil-{name}", className="outil", title=typeset(title), hidden=not shown, **state)


def panels() -> list[Any]:
    """Build the panels, closed: composing a territory, measuring a distance."""
    return [_composer(), _measure()]


def _panel(id_volet: str, title: str, children: list[Any]) -> html.Section:
    close = html.Button(
        icon("fermer"), className="icone-bouton", **{"aria-label": "Fermer ce volet", "data-fermer": id_volet}
    )
    head = html.Div([html.H2(title, id=f"{id_volet}-titre"), close], className="volet-tete")
    return html.Section(
        [head, *children], id=id_volet, className="volet", hidden=True, **{"aria-labelledby": f"{id_volet}-titre"}
    )


def _composer() -> html.Section:
    return _panel(
        ids.VOLET_COMPOSER,
        "Territoire composé",
        [
            _field("composer-nom", "Nom"),
            html.Label("Ajouter des communes, des Epci : noms ou codes", htmlFor="composer-texte"),
            html.Textarea(
                id="composer-texte", rows=2, className="saisie", placeholder="62041, Lens, CA du Boulonnais…"
            ),
            html.Div(
                [
                    _button("Ajouter", "ajouter"),
                    _button("Lasso : ajouter", "lasso"),
                    _button("Lasso : retirer", "gomme"),
                ],
                className="volet-actions",
            ),
            html.P(id="composer-avis", className="volet-avis", role="status"),
            html.Div(
                [html.H3(id="composer-compte", tabIndex=-1), _button("Tout effacer", "vider")], className="volet-compte"
            ),
            html.Ul(id="composer-liste", className="volet-liste"),
            html.P(
                typeset(
                    "La colonne « Composé » du tableau ajoute et retire aussi. "
                    "Une commune est dans le lasso quand son point intérieur y est."
                ),
                className="volet-note",
            ),
        ],
    )


def _measure() -> html.Section:
    return _panel(
        ids.VOLET_MESURER,
        "Mesurer une distance",
        [
            html.P("Cliquer des points sur la carte ; double-cliquer termine, Échap efface.", className="volet-note"),
            html.P(id="mesure-resultat", className="mesure-resultat", role="status"),
            html.H3("Entre deux territoires"),
            _field("mesure-de", "De", choices="mesure-choix"),
            _field("mesure-a", "À", choices="mesure-choix"),
            html.Datalist(id="mesure-choix"),
            html.Div([_button("Mesurer", "mesurer"), _button("Effacer", "effacer-mesure")], className="volet-actions"),
            html.P("À vol d'oiseau, entre leurs points intérieurs.", className="volet-note"),
        ],
    )


def _field(id_champ: str, label: str, choices: str | None = None) -> html.Div:
    """Name a text box; `choices` is the id of the list of what it suggests."""
    box = dcc.Input(id=id_champ, type="text", maxLength=NOM_MAX, list=choices, className="saisie", autoComplete="off")
    return html.Div([html.Label(label, htmlFor=id_champ), box], className="volet-champ")


def _button(label: str, action: str) -> html.Button:
    return html.Button(typeset(label), className="geste", **{"data-action": action})
