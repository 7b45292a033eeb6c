"""Who no agreement ever covered, and which collectivités hold a convention without a Ctg."""

from typing import Any

from dash import html

from dashboard.registre.address import file_href, map_href
from dashboard.registre.contract import Contexte
from dashboard.registre.parts import colonne, colonne_carte, colonne_lien, colonne_nombre, grid, missing, note
from dashboard.registre.phrases import names, page_of
from dashboard.registre.wording import TYPES_CONVENTION, said, scope_of
from data.measures import deployment
from data.measures.deployment import Manquant
from data.measures.prospects import Prospect, prospects
from data.model import Maille
from layers.kit.table import sort_key
from layers.kit.texts import count, enumerate_fr, long_date, number, typeset


def never(contexte: Contexte) -> list[Any]:
    """List the communes that no agreement ever covered up to the day, by Epci."""
    rows = _never(contexte)
    if not rows:
        return [note(f"Aucun : chaque commune a été couverte au moins un jour jusqu'au {_day(contexte)}.")]
    colonnes = [
        colonne("nom", "Territoire", minWidth=200),
        colonne_carte(),
        colonne("part", "Part"),
        colonne_nombre("communes", "Communes"),
        colonne_nombre("population", "Habitants"),
        colonne("liste", "Lesquelles", minWidth=300, maxWidth=900),
    ]
    total = sum(row["communes"] for row in rows)
    lead = f"{count(total, 'commune')} qu'aucune convention n'a couvertes jusqu'au {_day(contexte)}."
    table = grid("jamais", colonnes, rows, "Territoires jamais couverts")
    return [html.P(typeset(lead)), table, _save(contexte, "jamais-couverts.csv")]


def _never(contexte: Contexte) -> list[dict[str, Any]]:
    noms = contexte.frames.noms
    manquants = deployment.never_covered(contexte.frames, scope_of(contexte))
    return [
        {
            "id": m.code,
            "nom": noms.get(m.code, m.code),
            "part": _part(m),
            "communes": len(m.communes),
            "population": m.population,
            "liste": enumerate_fr(sorted((noms.get(c, c) for c in m.communes), key=sort_key)),
            "carte": map_href(contexte, m.code, communes=(), nom=""),
            "carte_libelle": "Voir sur la carte",
        }
        for m in sorted(manquants, key=lambda m: sort_key(noms.get(m.code, m.code)))
    ]


def _day(contexte: Contexte) -> str:
    return long_date(contexte.vue.date)


def _part(m: Manquant) -> str:
    if m.maille is Maille.COMMUNE:
        return "Commune sans Epci"
    return "Epci entier" if len(m.communes) == m.total else f"{number(len(m.communes))} sur {number(m.total)}"


def _save(contexte: Contexte, nom: str) -> html.P:
    return html.P(html.A("Enregistrer le tableau (CSV)", href=file_href(contexte, nom)))


def to_solicit(contexte: Contexte) -> list[Any]:
    """List the collectivités that hold a financing convention and lack a Ctg, in whole or in part."""
    if not contexte.frames.has("conventions"):
        return [missing("conventions.csv", "elle dirait quelles collectivités ont déjà une convention sans Ctg")]
    regle = note(
        "Une convention de financement y est en vigueur, et une partie au moins de leurs communes n'est couverte par "
        "aucune Ctg : la lettre de 2013 invite à les solliciter « afin de franchir un cap supplémentaire dans la "
        "programmation politique »."
    )
    rows = _solicit(contexte)
    if not rows:
        return [regle, note("Aucune sous ces filtres.")]
    colonnes = [
        colonne("nom", "Collectivité", minWidth=200),
        colonne_carte(),
        colonne("part", "Communes sans Ctg"),
        colonne_nombre("population", "Habitants concernés"),
        colonne("conventions", "Conventions en vigueur", minWidth=260),
        colonne_lien("demarche", "Démarche engagée", "page", minWidth=200),
    ]
    return [regle, grid("prospects", colonnes, rows, "Collectivités à solliciter"), _save(contexte, "a-solliciter.csv")]


def _solicit(contexte: Contexte) -> list[dict[str, Any]]:
    found = prospects(contexte.frames, scope_of(contexte))
    noms = names(contexte.frames, contexte.vue.date)
    return [_prospect(contexte, p, noms) for p in sorted(found, key=lambda p: sort_key(p.collectivite))]


def _prospect(contexte: Contexte, p: Prospect, noms: dict[str, str]) -> dict[str, Any]:
    types = [said(TYPES_CONVENTION, c.type) for c in p.conventions]
    grouped = enumerate_fr(f"{t}{f' ({types.count(t)})' if types.count(t) > 1 else ''}" for t in dict.fromkeys(types))
    return {
        "id": p.code,
        "nom": p.collectivite,
        "part": f"{number(len(p.communes))} sur {number(p.total)}",
        "population": p.population,
        "conventions": grouped,
        "demarche": enumerate_fr(noms.get(i, i) for i in p.demarches),
        "page": page_of(contexte, p.demarches[0]) if p.demarches else "",
        "carte": map_href(contexte, p.code, communes=(), nom=""),
        "carte_libelle": "Voir sur la carte",
    }


_EN_TETES = {
    "id": "Code",
    "nom": "Territoire",
    "part": "Communes sans Ctg",
    "communes": "Communes",
    "population": "Habitants",
    "liste": "Lesquelles",
    "conventions": "Conventions en vigueur",
    "demarche": "Démarche engagée",
}


def never_rows(contexte: Contexte) -> list[dict[str, Any]]:
    """Return the territories never covered, as rows of a file."""
    return _file(contexte, _never(contexte))


def solicit_rows(contexte: Contexte) -> list[dict[str, Any]]:
    """Return the collectivités to solicit, as rows of a file."""
    return _file(contexte, _solicit(contexte))


def _file(contexte: Contexte, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    jour = {"Situation au": contexte.vue.date.isoformat()}
    return [{_EN_TETES[c]: v for c, v in row.items() if c in _EN_TETES} | jour for row in rows]
