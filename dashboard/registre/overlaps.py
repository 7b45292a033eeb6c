"""Section « Doublons à examiner »: a list to discuss, why each case stands in it, and what was said of it."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.carnet import examens
from dashboard.carnet.examens import Examen
from dashboard.registre import examination
from dashboard.registre.address import href
from dashboard.registre.contract import Contexte, Feuille, Section
from dashboard.registre.interventions import place_on_map
from dashboard.registre.parts import colonne, colonne_carte, colonne_date, colonne_lien, grid, missing, note
from dashboard.registre.pieces import cards, csv_of, download
from dashboard.registre.wording import NIVEAUX, field_label, place, said, scope_of, service_label
from data.errors import CarnetError
from data.measures import overlaps
from data.measures.interventions import EtatIntervention
from data.measures.overlaps import Doublon
from layers.kit.texts import enumerate_fr, lower_first, number, sentence_of, short_date

DOUBLON = "doublon"
PORTAIL = "portail"
MON_ENFANT = "https://monenfant.fr"
_PHRASE = {
    "wrapText": True,
    "autoHeight": True,
    "minWidth": 520,
    "suppressAutoSize": True,
    "cellStyle": {"lineHeight": "1.4", "paddingTop": "0.4rem", "paddingBottom": "0.4rem"},
}
A_EXAMINER, EXAMINE = "À examiner", "✓ Examiné"


def build(contexte: Contexte) -> Feuille:
    """Build the list, or the one case that the address asks for."""
    if not contexte.frames.has("interventions"):
        return Feuille("Doublons à examiner", [missing("interventions.csv", "les doublons ne peuvent être cherchés")])
    cas = find_all(contexte)
    dits, panne = said_of(contexte, cas)
    choisi = next((c for c in cas if c.cle == contexte.options.get(DOUBLON)), None)
    if choisi is not None:
        return Feuille(title(contexte, choisi), [*panne, *_case(contexte, choisi, dits.get(choisi.cle, ()))])
    perdu = [note("Ce cas n'existe plus sous ces filtres : ses interventions ont changé.")]
    return Feuille(
        "Doublons à examiner",
        [*panne, *(perdu if contexte.options.get(DOUBLON) else []), *_list(contexte, cas, dits)],
    )


def find_all(contexte: Contexte) -> tuple[Doublon, ...]:
    """Return the cases that the filters of the page keep."""
    return overlaps.find(contexte.frames, scope_of(contexte))


def said_of(contexte: Contexte, cas: tuple[Doublon, ...]) -> tuple[Mapping[str, tuple[Examen, ...]], list[Any]]:
    """Return what was written of the cases, and what is wrong with the carnet where it cannot be read."""
    if contexte.deps is None:
        return {}, []
    try:
        return examens.of_cases(contexte.deps.carnet, [c.cle for c in cas]), []
    except CarnetError as error:
        return {}, [note(str(error))]


def title(contexte: Contexte, cas: Doublon) -> str:
    """Name a case: « Relais petite enfance : CC du Pays de Guérinec »."""
    return f"{service_label(cas.service)} : {place(contexte, cas.code)}"


def reason(contexte: Contexte, cas: Doublon, *, en_entier: bool = True) -> str:
    """Say in one sentence why a case stands in the list; field and service are named only `en_entier`."""
    territoires = sorted({place(contexte, i.code) for i in cas.membres})
    ou = "même territoire" if len(territoires) == 1 else f"territoires qui se recouvrent ({enumerate_fr(territoires)})"
    return sentence_of(
        [
            f"même champ ({lower_first(field_label(contexte, cas.champ))})" if en_entier else "même champ",
            f"même service ({lower_first(service_label(cas.service))})" if en_entier else "même service",
            ou,
            f"{number(len(cas.acteurs))} acteurs ({enumerate_fr(cas.acteurs)})",
            _when(cas),
            _levels(cas),
        ],
        " ; ",
    )


def _when(cas: Doublon) -> str:
    depuis = f"depuis le {short_date(cas.depuis)}" if cas.depuis else ""
    fin = f"jusqu'au {short_date(cas.jusqu_a)}" if cas.jusqu_a else ""
    dates = " ".join(t for t in (depuis, fin) if t) or "sans date écrite"
    potentielle = any(i.etat is not EtatIntervention.EXISTANTE for i in cas.membres)
    return f"périodes communes {dates}" + (", une intervention au moins reste potentielle ou à venir" * potentielle)


def same_level(cas: Doublon) -> bool:
    """Tell whether all the interventions of a case stand at one level: the others may complete one another."""
    return len({i.niveau for i in cas.membres}) == 1


def _levels(cas: Doublon) -> str:
    niveaux = list(dict.fromkeys(said(NIVEAUX, i.niveau) for i in cas.membres if i.niveau))
    if len(niveaux) == 1:
        return f"même niveau ({niveaux[0]})"
    return f"niveaux différents ({enumerate_fr(niveaux)}), peut-être complémentaires" if niveaux else ""


def _list(contexte: Contexte, cas: tuple[Doublon, ...], dits: Mapping[str, tuple[Examen, ...]]) -> list[Any]:
    regle = note(
        "Deux interventions sont rapprochées quand elles ont le même champ et le même service, des territoires qui ont "
        "une commune en commun, des périodes communes qui ne sont pas finies, et deux acteurs. C'est une question à "
        "poser ensemble, jamais une conclusion : un service peut être rendu à deux endroits pour de bonnes raisons."
    )
    if not cas:
        return [regle, html.P("Aucun cas sous ces filtres.")]
    restent = [c for c in cas if c.cle not in dits]
    faits = [
        (number(len(restent)), "à examiner"),
        (number(sum(map(same_level, restent))), "dont au même niveau d'intervention"),
        (number(len(dits)), "examinés"),
    ]
    colonnes = [
        colonne("etat", "État", minWidth=110),
        colonne_lien("cas", "Cas", "lien", minWidth=280),
        colonne("raison", "Pourquoi il est ici", **_PHRASE),
        colonne("niveaux", "Niveaux"),
        colonne("champ", "Champ"),
        colonne_date("jour", "Examiné le"),
        colonne_carte(),
    ]
    rows = [_row(contexte, c, dits.get(c.cle, ())) for c in cas]
    return [
        cards(faits),
        regle,
        grid("doublons", colonnes, rows, "Doublons à examiner"),
        download(contexte, "doublons.csv"),
    ]


def _row(contexte: Contexte, cas: Doublon, dits: tuple[Examen, ...]) -> dict[str, Any]:
    return {
        "id": cas.cle,
        "etat": EXAMINE if dits else A_EXAMINER,
        "cas": title(contexte, cas),
        "lien": href(contexte, None, {DOUBLON: cas.cle}),
        "champ": field_label(contexte, cas.champ),
        "acteurs": ", ".join(cas.acteurs),
        "raison": reason(contexte, cas, en_entier=False),
        "niveaux": "même niveau" if same_level(cas) else "niveaux différents",
        "jour": dits[0].jour.isoformat() if dits else "",
        "carte": place_on_map(contexte, cas.code, cas.champ),
        "carte_libelle": "Voir sur la carte",
    }


def _case(contexte: Contexte, cas: Doublon, dits: tuple[Examen, ...]) -> list[Any]:
    retour = html.A("Tous les doublons à examiner", href=href(contexte, None, {}))
    carte = place_on_map(contexte, cas.code, cas.champ)
    liens = [retour, *([" · ", html.A("Voir sur la carte", href=carte)] if carte else [])]
    return [
        html.P(liens),
        html.H2("Pourquoi ce cas est dans la liste"),
        html.P(reason(contexte, cas)),
        *_portal(cas),
        html.H2("Interventions"),
        html.Ul([_member(contexte, cas, i.id) for i in cas.membres], className="liste"),
        html.H2("Ce qui en a été dit"),
        examination.form(cas.cle, contexte.vue.date, dits),
    ]


def _portal(cas: Doublon) -> list[Any]:
    """Point at the letter's own example, where a case is one (DOMAINE S60)."""
    if PORTAIL not in cas.service:
        return []
    lien = html.A("monenfant.fr", href=MON_ENFANT, target="_blank", rel="noreferrer")
    return [html.P(["La branche Famille tient un portail national d'information des familles : ", lien, "."])]


def _member(contexte: Contexte, cas: Doublon, ident: str) -> html.Li:
    i = next(m for m in cas.membres if m.id == ident)
    dates = " ".join(
        t
        for t in (
            f"depuis le {short_date(i.date_debut)}" if i.date_debut else "",
            f"jusqu'au {short_date(i.date_fin)}" if i.date_fin else "",
        )
        if t
    )
    faits = [place(contexte, i.code), f"niveau : {said(NIVEAUX, i.niveau)}" if i.niveau else "", i.etat.libelle, dates]
    return html.Li([html.Strong(i.nom_acteur), " – ", sentence_of(faits), html.Span(f" {i.id}", className="discret")])


def _rows(contexte: Contexte) -> list[dict[str, Any]]:
    cas = find_all(contexte)
    dits, _ = said_of(contexte, cas)
    return [
        {k: v for k, v in _row(contexte, c, dits.get(c.cle, ())).items() if k not in ("lien", "carte", "carte_libelle")}
        | {"interventions": "|".join(i.id for i in c.membres)}
        | {"dit": " / ".join(f"{short_date(e.jour)} {e.fonction} {e.note}".strip() for e in dits.get(c.cle, ()))}
        for c in cas
    ]


SECTION = Section(
    "doublons",
    "Doublons",
    build,
    parametres=(DOUBLON,),
    fichiers={"doublons.csv": csv_of(_rows)},
    register=examination.register,
    sans_effet={"echelon": "une intervention n'a pas d'échelon de signature"},
)
