"""Section « Déploiement »: coverage now, by year and by Cog period, who was never covered, prospects, forecast."""

from datetime import date
from typing import Any

from dash import html

from dashboard.registre.address import file_href, map_at
from dashboard.registre.contract import Contexte, Feuille, Section
from dashboard.registre.curve import Allure, Reperes, Serie, figure, graph
from dashboard.registre.parts import (
    missing,
    note,
    table,
    twin,
)
from dashboard.registre.phrases import names, page_of
from dashboard.registre.pieces import cards, csv_of
from dashboard.registre.uncovered import never, never_rows, solicit_rows, to_solicit
from dashboard.registre.wording import scope_of
from data.measures import deployment
from data.measures.coverage import Part
from data.measures.deployment import Objectif, PeriodeCog, Point, Prevision
from data.model import Blanc, Jeu
from layers.kit.texts import count, long_date, noun, number, percent, short_date, typeset

TITRE = "Déploiement"
SECRET = Blanc.SECRET.libelle


def build(contexte: Contexte) -> Feuille:
    """Build the section."""
    frames, portee = contexte.frames, scope_of(contexte)
    if not frames.has("ctg"):
        return Feuille(TITRE, [missing("ctg.csv", "sans elle, ni couverture ni courbe")])
    return Feuille(
        TITRE,
        [
            *_now(contexte, deployment.at(frames, portee)),
            html.H2("Année par année"),
            *_curve(contexte, deployment.by_year(frames, portee)),
            html.H2("Par période de Cog"),
            *_periods(contexte, deployment.by_cog_period(frames, portee)),
            html.H2("Si rien n'est renouvelé"),
            *_forecast(contexte, deployment.forecast(frames, portee)),
            html.H2("Territoires jamais couverts"),
            *never(contexte),
            html.H2("Collectivités à solliciter"),
            *to_solicit(contexte),
        ],
    )


def rate(part: Part) -> str:
    """Write a share in %: « s. » where a term is secret, « nd » where there is nothing to divide by."""
    return "s." if part.numerateur is None or part.denominateur is None else percent(part.taux_pct)


def terms(part: Part, mot: str, mots: str = "") -> str:
    """Write a share with its two terms: « 454 474 habitants sur 546 806 »."""
    if part.numerateur is None or part.denominateur is None:
        return SECRET
    if not part.denominateur:
        return f"{noun(2, mot, mots)} : nd"
    return f"{count(part.numerateur, mot, mots)} sur {number(part.denominateur)}"


def _now(contexte: Contexte, point: Point) -> list[Any]:
    epci = f"{count(point.epci_entiers, 'Epci entier', 'Epci entiers')}, {number(point.epci_partiels)} en partie, "
    faits = [
        (rate(point.population), f"de la population : {terms(point.population, 'habitant')}"),
        (rate(point.communes), f"des communes : {terms(point.communes, 'commune')}"),
        (rate(point.epci), f"des Epci : {epci}{number(point.epci_nuls)} sans commune couverte"),
        (rate(point.enfants), f"des enfants de moins de 3 ans : {terms(point.enfants, 'enfant')}"),
    ]
    regle = (
        f"Au {long_date(contexte.vue.date)}, {count(point.ctg, 'convention')} en vigueur. Chaque commune compte une "
        "fois ; un accord départemental ne couvre que sous le filtre « Départemental »."
    )
    pairs = [(valeur, typeset(libelle)) for valeur, libelle in faits]
    return [cards(pairs), note(regle), *(note(dit) for dit in _pioneers(contexte.frames.jeu))]


def _pioneers(jeu: Jeu) -> list[str]:
    """Say what the Caf says of itself: no public list tells it (DOMAINE S03, S96)."""
    dits = (
        (jeu.caf_experimentatrice, "cette Caf est l'une des seize qui ont expérimenté la Ctg de 2009 à 2011"),
        (jeu.schema_prefigurateur, "ce département a préfiguré le schéma des services aux familles"),
    )
    return [f"Selon le jeu de données, {dit}." for vrai, dit in dits if vrai]


def _curve(contexte: Contexte, points: tuple[Point, ...]) -> list[Any]:
    series = (
        Serie(
            "Population couverte",
            tuple((p.jour, p.population.taux_pct) for p in points),
            tuple(terms(p.population, "habitant") for p in points),
        ),
        Serie(
            "Communes couvertes",
            tuple((p.jour, p.communes.taux_pct) for p in points),
            tuple(terms(p.communes, "commune") for p in points),
        ),
    )
    trajectoire = deployment.trajectory(contexte.frames)
    dessin = figure(series, references(trajectoire), Allure(jour=contexte.vue.date))
    lignes = [_year(contexte, p, trajectoire) for p in reversed(points)]
    tetes = ("Au", "Population", "Communes", "Epci entiers", "Enfants de moins de 3 ans", "Conventions", "Trajectoire")
    label = "Courbe de la couverture par les Ctg, année par année ; le tableau qui suit dit la même chose"
    links = html.P(html.A("Enregistrer la courbe (CSV)", href=file_href(contexte, "deploiement.csv")))
    return [
        graph("deploiement", dessin, label),
        _trajectory_note(trajectoire),
        twin("Le tableau de la courbe", table("Couverture année par année", tetes, lignes)),
        links,
    ]


def references(trajectoire: tuple[Objectif, ...]) -> list[Reperes]:
    """Return one set of points per source of a trajectory; the national one is named a reference."""
    sources = dict.fromkeys((o.source, o.nationale) for o in trajectoire)
    return [
        Reperes(
            "Référence nationale" if nationale else source or "Trajectoire écrite dans le jeu",
            tuple((date(o.annee, 12, 31), o.cible_pct) for o in trajectoire if o.source == source),
        )
        for source, nationale in sources
    ]


def _trajectory_note(trajectoire: tuple[Objectif, ...]) -> html.P:
    sources = dict.fromkeys(o.source for o in trajectoire if o.nationale)
    return note(
        f"Les croix sont une référence nationale ({' ; '.join(sources)}), pas l'objectif de la Caf. "
        "Chaque point est au 31 décembre, le dernier au jour choisi."
    )


def _day(contexte: Contexte, jour: date) -> html.A:
    """Name a day, and lead to the map at that day."""
    dit = short_date(jour)
    return html.A(dit, href=map_at(contexte, jour), title=typeset(f"Voir la carte au {dit}"))


def _year(contexte: Contexte, point: Point, trajectoire: tuple[Objectif, ...]) -> tuple[Any, ...]:
    cibles = [o.cible_pct for o in trajectoire if o.annee == point.jour.year]
    return (
        _day(contexte, point.jour),
        _share(point.population),
        _share(point.communes),
        _share(point.epci),
        _share(point.enfants),
        number(point.ctg),
        " ; ".join(percent(c, 0) for c in cibles),
    )


def _share(part: Part) -> str:
    if part.numerateur is None or part.denominateur is None:
        return SECRET
    return typeset(f"{percent(part.taux_pct)} ({number(part.numerateur)} sur {number(part.denominateur)})")


def _periods(contexte: Contexte, periodes: tuple[PeriodeCog, ...]) -> list[Any]:
    rows = [
        (
            [f"{p.debut}-{p.fin}{' (en cours)' if p.en_cours else ''}", *_end_of(contexte, p)],
            number(p.signees),
            number(p.nouvelles),
            _share(p.point.population) if p.point else "pas commencée",
            _share(p.point.communes) if p.point else "",
            _share(p.point.enfants) if p.point else "",
        )
        for p in periodes
    ]
    tetes = (
        "Cog",
        "Conventions signées",
        "Communes couvertes pour la première fois",
        "Population à la fin",
        "Communes à la fin",
        "Enfants de moins de 3 ans à la fin",
    )
    regle = note("À la fin de la période ; au jour choisi pour celle qui est en cours.")
    return [regle, table("Déploiement par période de Cog", tetes, rows)]


def _end_of(contexte: Contexte, periode: PeriodeCog) -> list[Any]:
    return [typeset(" : au "), _day(contexte, periode.point.jour)] if periode.point else []


def _forecast(contexte: Contexte, points: tuple[Prevision, ...]) -> list[Any]:
    serie = Serie(
        "Population encore couverte",
        tuple((p.jour, p.population.taux_pct) for p in points),
        tuple(terms(p.population, "habitant") for p in points),
    )
    noms = names(contexte.frames, contexte.vue.date)
    moves = [
        (
            _day(contexte, p.jour),
            _share(p.population),
            _share(p.communes),
            html.Span(_ends(contexte, p, noms)) if p.fins else "",
        )
        for avant, p in zip((None, *points), points, strict=False)
        if avant is None or p.fins or p.population != avant.population
    ]
    regle = note(
        "Ce que deviendrait la couverture si aucune convention n'était plus signée : seules comptent celles qui le "
        "sont au jour choisi, avec leur date de fin. Les habitants sont ceux du jour choisi. Ce n'est pas une "
        "prévision de ce qui sera signé."
    )
    label = "Courbe de la population encore couverte si rien n'est renouvelé ; le tableau qui suit dit la même chose"
    tetes = ("À partir du", "Population", "Communes", "Conventions terminées")
    return [
        regle,
        graph("prevision", figure((serie,), (), Allure(marches=True)), label, 320),
        twin("Le tableau des changements", table("Couverture si rien n'est renouvelé", tetes, moves)),
    ]


def _ends(contexte: Contexte, prevision: Prevision, noms: dict[str, str]) -> list[Any]:
    links = [html.A(noms.get(i, i), href=page_of(contexte, i)) for i in prevision.fins]
    return [part for link in links for part in (link, " ; ")][:-1]


def csv_rows(contexte: Contexte) -> list[dict[str, Any]]:
    """Return the curve as rows, each share with its two terms; a secret one says « s. », one without base « nd »."""
    return [
        {
            "Jour": p.jour.isoformat(),
            "Conventions en vigueur": p.ctg,
            **_cells("Habitants", p.population),
            **_cells("Communes", p.communes),
            **_cells("Enfants de moins de 3 ans", p.enfants),
            "Epci entiers": p.epci_entiers,
            "Epci en partie": p.epci_partiels,
            "Epci sans commune couverte": p.epci_nuls,
        }
        for p in deployment.by_year(contexte.frames, scope_of(contexte))
    ]


def _cells(mot: str, part: Part) -> dict[str, Any]:
    secret = part.numerateur is None or part.denominateur is None
    taux = "s." if secret else "nd" if part.taux_pct is None else part.taux_pct
    return {
        f"{mot} : couverts": "s." if part.numerateur is None else part.numerateur,
        f"{mot} : total": "s." if part.denominateur is None else part.denominateur,
        f"{mot} : taux (%)": taux,
    }


SECTION = Section(
    "deploiement",
    TITRE,
    build,
    fichiers={
        "deploiement.csv": csv_of(csv_rows),
        "jamais-couverts.csv": csv_of(never_rows),
        "a-solliciter.csv": csv_of(solicit_rows),
    },
)
