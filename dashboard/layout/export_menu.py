"""The export menu, and the dialog of its options: paper, picture, edition, atlas of the territories."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids
from dashboard.exports.options import DPI_ECHELLE, ECHELLE_MAX, ECHELLE_MIN, STATUT, TEXTE_MAX, Orientation, Papier
from dashboard.layout.shell import icon
from data.model import Maille, Profil
from layers.kit.texts import INSECABLE, typeset

LIBELLES_MEDIA = {
    "html": "Page autonome (HTML)",
    "png": "Image (PNG)",
    "svg": "Dessin (SVG)",
    "csv": "Tableau (CSV)",
    "xlsx": "Classeur (XLSX)",
    "geojson": "Géographie (GeoJSON)",
    "gpkg": "Géographie (GeoPackage)",
    "pdf": "Document (PDF)",
    "pptx": "Diapositive (PPTX)",
}
DIALOGUE, OUVRIR = "export-dialogue", "export-ouvrir"
CHOIX = "choix"
PAPIER, ORIENTATION, ECHELLE, FOND = "export-papier", "export-orientation", "export-echelle", "export-fond"
STATUT_DIT, INSTANCE, PUBLIC, EDITION = "export-statut", "export-instance", "export-public", "export-edition"
MEDIA = "export-media"
ATLAS_MAILLE, ATLAS_CONTENU, ATLAS = "atlas-maille", "atlas-contenu", "atlas-composer"
TRAVAIL, SUIVI, HORLOGE, ANNULER = "atlas-travail", "atlas-suivi", "atlas-horloge", "atlas-annuler"
CONTENUS = {
    "document": "Un document (PDF)",
    "pdf": "Un PDF par territoire (ZIP)",
    "png": "Une image par territoire (ZIP)",
    "pptx": "Une diapositive par territoire (ZIP)",
}
CADRAGE = "Pour cadrer l'export sur ce que montre l'écran, activer « Carte visible » au-dessus de la carte."
SECONDE = 1_000
AU_DESSUS = {"zIndex": 3000}  # a list opens over the dialog that holds it


def export_menu(media: tuple[str, ...]) -> html.Div:
    """Build the menu; a native disclosure, since dmc.MenuTarget puts its aria attributes on a plain div."""
    items = [html.Button(LIBELLES_MEDIA.get(m, m.upper()), id={"type": "export", "media": m}) for m in media]
    summary = html.Summary([icon("telecharger"), "Exporter"], id=ids.EXPORTER)
    more = html.Button("Options, édition et atlas…", id=OUVRIR, className="menu-options")
    return html.Div(
        [
            html.Details([summary, html.Div([*items, more])], className="menu"),
            dcc.Download(id="telechargement"),
            dcc.Store(id=TRAVAIL),
            dcc.Interval(id=HORLOGE, interval=SECONDE, disabled=True),
            _dialogue(media),
        ]
    )


def _dialogue(media: tuple[str, ...]) -> dmc.Modal:
    return dmc.Modal(
        zIndex=2500,
        id=DIALOGUE,
        title="Options d'export",
        size="lg",
        closeButtonProps={"aria-label": "Fermer les options d'export"},
        children=html.Div([_edition(), _page(), _picture(), _view(media), _atlas()], className="export-dialogue"),
    )


def _edition() -> html.Fieldset:
    return _group(
        "Édition",
        _choice(EDITION, "Destinataire", {p.value: f"Édition {p.value}" for p in Profil}, Profil.INTERNE.value),
        _text(STATUT_DIT, "Statut", STATUT),
        _text(INSTANCE, "Instance", "", "conseil d'administration du 12/11/2026"),
        _text(PUBLIC, "Public", "", "élus, partenaires"),
    )


def _page() -> html.Fieldset:
    return _group(
        "Papier (PDF, PNG, SVG)",
        _choice(PAPIER, "Format", {p.value: p.value for p in Papier}, Papier.A4.value),
        _choice(ORIENTATION, "Sens", {"paysage": "Paysage", "portrait": "Portrait"}, Orientation.PAYSAGE.value),
    )


def _picture() -> html.Fieldset:
    scales = {
        str(e): f"{e}{INSECABLE}× ({e * DPI_ECHELLE} points par pouce)" for e in range(ECHELLE_MIN, ECHELLE_MAX + 1)
    }
    return _group(
        "Image (PNG)",
        _choice(ECHELLE, "Finesse", scales, "3"),
        _choice(FOND, "Fond", {"blanc": "Blanc", "transparent": "Transparent"}, "blanc"),
    )


def _view(media: tuple[str, ...]) -> html.Fieldset:
    return _group(
        "Cette vue",
        _choice(MEDIA, "Fichier", {m: LIBELLES_MEDIA.get(m, m.upper()) for m in media}, media[0]),
        html.Button("Exporter la vue", id={"type": "export", "media": CHOIX}, className="bouton"),
        html.P(typeset(CADRAGE), className="volet-note"),
    )


def _atlas() -> html.Fieldset:
    mailles = {Maille.EPCI.value: "Par Epci", Maille.DEPARTEMENT.value: "Par département"}
    return _group(
        "Atlas des territoires",
        _choice(ATLAS_MAILLE, "Pages", mailles, Maille.EPCI.value),
        _choice(ATLAS_CONTENU, "Fichiers", CONTENUS, "document"),
        html.Button("Composer l'atlas", id=ATLAS, className="bouton"),
        html.Button("Annuler", id=ANNULER, className="bouton-discret", disabled=True),
        html.Div(id=SUIVI, className="export-suivi", role="status"),
    )


def _group(titre: str, *children: Any) -> html.Fieldset:
    return html.Fieldset([html.Legend(titre), html.Div([*children], className="export-champs")])


def _choice(ident: str, label: str, choices: dict[str, str], value: str) -> dmc.Select:
    data = [{"value": v, "label": said} for v, said in choices.items()]
    return dmc.Select(id=ident, label=label, data=data, value=value, allowDeselect=False, comboboxProps=AU_DESSUS)


def _text(ident: str, label: str, value: str, example: str = "") -> dmc.TextInput:
    limit = {"input": {"maxLength": TEXTE_MAX}}
    return dmc.TextInput(id=ident, label=label, value=value, placeholder=example, attributes=limit)
