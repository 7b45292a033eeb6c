"""What the section « Mettre à jour » does: keep a file, keep how it is read, install what it makes."""

import base64
import binascii
from typing import Any
from urllib.parse import urlencode

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, html, no_update
from dash.exceptions import PreventUpdate

from dashboard.deps import Deps
from dashboard.registre import frame, reprise
from data.errors import AtlasError, RepriseError
from layers.kit.texts import typeset

DEPOT = "depot"
ONGLET = "mise_a_jour"


def ident(nom: str) -> dict[str, str]:
    """Return the id of a control of the section."""
    return {"type": "maj", "nom": nom}


ALLER, FAIT = ident("aller"), ident("fait")
_SIGNAL = Output(frame.SIGNAL, "data", allow_duplicate=True)
_COLONNES, _MOTS = {"type": "maj-colonne", "cible": ALL}, {"type": "maj-mot", "cible": ALL, "mot": ALL}


def register(app: Dash, deps: Deps) -> None:
    """Bind the section; the address says which deposit is meant."""
    app.clientside_callback(ClientsideFunction("registre", "suivre"), Input(ALLER, "data"), prevent_initial_call=True)
    _depositing(app, deps)
    _matching(app, deps)
    _accepting(app, deps)


def _depositing(app: Dash, deps: Deps) -> None:
    @app.callback(
        output={"aller": Output(ALLER, "data"), "fait": Output(FAIT, "children")},
        inputs={"contenu": Input(ident("fichier"), "contents")},
        state={"nom": State(ident("fichier"), "filename")},
        prevent_initial_call=True,
    )
    def deposer(contenu: str | None, nom: str | None) -> dict[str, Any]:
        if not contenu:
            raise PreventUpdate
        return _told(lambda: {"aller": _address(deposit(deps, nom or "", contenu)), "fait": no_update}, ("aller",))


def deposit(deps: Deps, nom: str, contenu: str) -> str:
    """Keep a file as a browser sends it (`data:…;base64,…`) and return the id of its deposit. Raises: RepriseError."""
    try:
        octets = base64.b64decode(contenu.partition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        raise RepriseError("Le fichier n'est pas arrivé entier : le déposer de nouveau.") from None
    return reprise.depots(deps).put(nom, octets)


def _matching(app: Dash, deps: Deps) -> None:
    @app.callback(
        output={"signal": _SIGNAL},
        inputs={
            "colonnes": Input(_COLONNES, "value"),
            "mots": Input(_MOTS, "value"),
            "feuille": Input(ident("feuille"), "value"),
            "entier": Input(ident("entier"), "checked"),
        },
        state={
            "ids": {"colonnes": State(_COLONNES, "id"), "mots": State(_MOTS, "id")},
            "adresse": State(frame.ADRESSE, "data"),
        },
        prevent_initial_call=True,
    )
    def choisir(
        colonnes: list[Any], mots: list[Any], feuille: str, entier: bool, ids: Any, adresse: str
    ) -> dict[str, Any]:
        said = {i["cible"]: v or "" for i, v in zip(ids["colonnes"], colonnes, strict=True)}
        meant: dict[str, dict[str, str]] = {}
        for i, v in zip(ids["mots"], mots, strict=True):
            meant.setdefault(i["cible"], {})[i["mot"]] = v or ""
        return {"signal": keep(deps, _deposit_of(adresse), (said, meant, feuille, bool(entier)))}


Said = tuple[dict[str, str], dict[str, dict[str, str]], str, bool]


def keep(deps: Deps, depot: str, said: Said) -> Any:
    """Keep how a deposit is read now; return what tells the page to be built again, nothing where it is read so."""
    colonnes, mots, feuille, entier = said
    try:
        apercu = reprise.preview(deps, depot)
    except RepriseError:
        return no_update
    if feuille != apercu.feuille.nom:
        reprise.set_sheet(deps, depot, feuille)
    elif entier != apercu.lecture.entier:
        reprise.set_whole(deps, depot, entier)
    elif (kept := {c: e for c, e in colonnes.items() if e}) != dict(apercu.choix.colonnes) or _moved(apercu, mots):
        reprise.match(deps, depot, kept, mots)
    else:
        return no_update
    return {"maj": [feuille, entier, colonnes, mots]}


def _moved(apercu: reprise.Apercu, mots: dict[str, dict[str, str]]) -> bool:
    """Tell whether a word now means something else than it was read to mean."""
    return any(
        sens != apercu.choix.mots.get(cible, {}).get(mot, "") and (sens or mot in apercu.choix.mots.get(cible, {}))
        for cible, tous in mots.items()
        for mot, sens in tous.items()
    )


def _accepting(app: Dash, deps: Deps) -> None:
    @app.callback(
        output={
            "aller": Output(ALLER, "data", allow_duplicate=True),
            "fait": Output(FAIT, "children", allow_duplicate=True),
        },
        inputs={
            "installer": Input(ident("installer"), "n_clicks"),
            "abandonner": Input(ident("abandonner"), "n_clicks"),
        },
        state={
            "fonction": State(ident("fonction"), "value"),
            "note": State(ident("note"), "value"),
            "adresse": State(frame.ADRESSE, "data"),
        },
        prevent_initial_call=True,
    )
    def accepter(installer: int, abandonner: int, fonction: str, note: str, adresse: str) -> dict[str, Any]:
        if not installer and not abandonner:
            raise PreventUpdate
        return _told(lambda: finish(deps, _deposit_of(adresse), fonction or "", note or ""), ("aller",))


def finish(deps: Deps, depot: str, fonction: str, note: str) -> dict[str, Any]:
    """Install a deposit or give it up, as the button pressed says. Raises: AtlasError."""
    if ctx.triggered_id["nom"] == "abandonner":
        reprise.depots(deps).drop(depot)
        return {"aller": _address(""), "fait": no_update}
    return {"aller": _address("", reprise.install(deps, depot, fonction, note)), "fait": no_update}


def _told(act: Any, kept: tuple[str, ...]) -> dict[str, Any]:
    """Do something; say in its place what stands in the way."""
    try:
        return dict(act())
    except AtlasError as error:
        return dict.fromkeys(kept, no_update) | {"fait": html.P(typeset(str(error)), className="note")}


def _address(depot: str, dit: str = "") -> dict[str, str]:
    options = {"onglet": ONGLET} | ({DEPOT: depot} if depot else {})
    return {"adresse": f"?{urlencode(options)}", "dit": dit}


def _deposit_of(adresse: str | None) -> str:
    from urllib.parse import parse_qs

    return parse_qs((adresse or "").lstrip("?")).get(DEPOT, [""])[0]
