"""The objectives: baseline, now, target, and the years of the indicator behind each (DOMAINE S45)."""

from typing import Any

from dash import html

from dashboard.registre.address import href
from dashboard.registre.contract import Contexte
from dashboard.registre.parts import colonne, colonne_carte, colonne_lien, colonne_nombre, grid, note
from dashboard.registre.phrases import map_of_agreement, names
from dashboard.registre.pieces import cards, download
from dashboard.registre.wording import field_label, scope_of
from data.measures import indicators, register, results, suivi
from data.measures.results import Resultat, Tendance
from data.measures.suivi import Suite
from layers.kit.texts import FINE, number, percent, typeset

_REPLIE = {"suppressAutoSize": True, "suppressSizeToFit": True, "wrapText": True, "autoHeight": True}
_LU = {"cellStyle": {"lineHeight": "1.35", "paddingTop": "0.35rem", "paddingBottom": "0.35rem"}}
ANNEES_DITES = 4
SANS_INDICATEUR = "pas d'indicateur suivi"
SANS_SERIE = "pas de série pour ce périmètre"


def objectives(contexte: Contexte) -> list[Any]:
    """Show the objectives that the filters keep, and how they stand."""
    if not contexte.frames.has("objectifs"):
        return []
    liste = results.objectives(contexte.frames, scope_of(contexte), contexte.ctg)
    titre = html.H2("Objectifs : départ, aujourd'hui, objectif")
    if not liste:
        return [titre, note("Aucun objectif chiffré sous ces filtres.")]
    colonnes = [
        colonne_lien("ctg", "Convention", "lien", width=165, **_REPLIE, **_LU),
        colonne_carte(),
        colonne("libelle", "Indicateur", width=165, **_REPLIE, **_LU),
        colonne("depart", "Départ", minWidth=100),
        colonne("actuel", "Dernière valeur", width=112, **_REPLIE, **_LU),
        colonne("cible", "Objectif", minWidth=100),
        colonne("tendance", "Tendance", width=140, **_REPLIE, **_LU),
        colonne_nombre("avancement", "Avancement (%)", width=152, suppressAutoSize=True),
        colonne("suite", "Année par année", cellRenderer="AtlasSerie", width=250, **_REPLIE, **_LU),
        colonne("champ", "Champ"),
        colonne("sens", "Sens voulu"),
    ]
    table = grid("objectifs", colonnes, [_row(contexte, r) for r in liste], "Objectifs")
    return [titre, _balance(liste), *_rules(contexte), table, download(contexte, "objectifs.csv")]


def _rules(contexte: Contexte) -> list[Any]:
    seuil = contexte.frames.jeu.parametres.evolution_stable_pct
    return [
        note(
            "Avancement = (dernière valeur − départ) ÷ (objectif − départ) ; il peut dépasser 100 % ou être négatif, "
            "et n'est pas donné quand un terme manque ou quand l'objectif est égal au départ. Une évolution n'est pas "
            "un effet : rien ici ne dit que la convention en est la cause."
        ),
        note(
            "« Année par année » : l'indicateur du jeu de données que l'objectif nomme, sur le périmètre de la "
            "convention, jusqu'à l'année du jour choisi. La source en est publique, la dernière valeur est celle "
            f"qu'écrit la convention : elles peuvent différer. Une variation de moins de {number(seuil)} % entre la "
            "première et la dernière année est dite stable (réglage « evolution_stable_pct » de jeu.toml)."
        ),
    ]


def _balance(liste: tuple[Resultat, ...]) -> Any:
    faits = [(number(len(liste)), "objectifs chiffrés")]
    faits += [(number(sum(r.tendance is t for r in liste)), f"{t.signe} {t.libelle}") for t in Tendance]
    faits.append((number(sum(r.atteint is True for r in liste)), "objectifs atteints ou dépassés"))
    return cards(faits)


def _row(contexte: Contexte, r: Resultat) -> dict[str, Any]:
    suite = _suite(contexte, r)
    return {
        "id": r.id,
        "ctg": names(contexte.frames, contexte.vue.date).get(r.id_ctg, r.id_ctg),
        "lien": href(contexte, "registre", {"ctg": r.id_ctg}),
        "champ": field_label(contexte, r.champ),
        "libelle": r.libelle + (" (sens et objectif se contredisent dans le fichier)" if r.contraire else ""),
        "depart": point(r.depart.valeur, r.depart.annee),
        "actuel": "postérieure au jour choisi" if r.a_venir else point(r.actuel.valeur, r.actuel.annee),
        "cible": point(r.cible.valeur, r.cible.annee),
        "sens": {"hausse": "↗ hausse", "baisse": "↘ baisse"}.get(r.sens, "non précisé"),
        "tendance": f"{r.tendance.signe} {r.tendance.libelle}",
        "avancement": None if r.avancement is None else round(100 * r.avancement, 1),
        "suite": told(r.indicateur, suite),
        "serie": [list(p) for p in suite.points] if suite else [],
        "carte": map_of_agreement(contexte, r.id_ctg, champ=r.champ, **_indicator(contexte, r.indicateur)),
        "carte_libelle": "Voir sur la carte",
    }


def _suite(contexte: Contexte, r: Resultat) -> Suite | None:
    entry = register.entry(contexte.frames, r.id_ctg, contexte.vue.date)
    if entry is None or not r.indicateur:
        return None
    return suivi.of_perimeter(contexte.frames, entry.communes, r.indicateur, contexte.vue.date, contexte.vue.profil)


def told(indicateur: str, suite: Suite | None) -> str:
    """Write a series: « ↗ hausse : 43,4 (2019), 44,6 (2021), 45,7 (2023) », or why there is none."""
    if suite is None:
        return SANS_SERIE if indicateur else SANS_INDICATEUR
    points = suite.points
    if len(points) > ANNEES_DITES:
        points = (points[0], *points[1 - ANNEES_DITES :])
    dits = ", ".join(point(valeur, annee).replace(" (", "\u00a0(") for annee, valeur in points)
    return typeset(f"{suite.evolution.libelle} : {dits}" if dits else suite.evolution.libelle)


def point(valeur: float | None, annee: int | None) -> str:
    """Write a value and its year: « 53,3 (2019) »."""
    if valeur is None:
        return "nd"
    return number(valeur) + (f" ({annee})" if annee else "")


def _indicator(contexte: Contexte, indicateur: str) -> dict[str, Any]:
    """Return what the map must show beside coverage: the indicator of an objective, where the dataset holds it."""
    if indicateur not in indicators.listed(contexte.frames):
        return {}
    return {"couches": ("couverture_ctg", "indicateur"), "indicateur": indicateur}


def rows(contexte: Contexte) -> list[dict[str, Any]]:
    """Return the objectives as rows of a file."""
    noms = names(contexte.frames, contexte.vue.date)
    return [
        {
            "id_objectif": r.id,
            "id_ctg": r.id_ctg,
            "convention": noms.get(r.id_ctg, r.id_ctg),
            "champ": field_label(contexte, r.champ),
            "indicateur": r.libelle,
            "depart": r.depart.valeur,
            "annee_depart": r.depart.annee,
            "derniere_valeur": r.actuel.valeur,
            "annee": r.actuel.annee,
            "objectif": r.cible.valeur,
            "annee_objectif": r.cible.annee,
            "sens": r.sens,
            "tendance": r.tendance.libelle,
            "avancement": "" if r.avancement is None else percent(100 * r.avancement).replace(FINE, ""),
            "annee_par_annee": told(r.indicateur, _suite(contexte, r)),
        }
        for r in results.objectives(contexte.frames, scope_of(contexte), contexte.ctg)
    ]
