"""The words and tables of the evaluation page."""

from datetime import date

from dashboard.exports.evaluation_table import Bloc, Table
from dashboard.registre import phrases, wording
from data.frames import Frames
from data.measures import means, results
from data.measures.means import Moyens
from data.measures.parties import field_label
from data.measures.register import Inscription
from data.measures.results import Action, Point, Resultat
from data.model import Blanc
from layers.kit.texts import FINE, count, enumerate_fr, long_date, number, percent, sentence_of, short_date, typeset

_BLANCS = {Blanc.SECRET.value: "s.", Blanc.NON_PUBLIE.value: "non publié"}


def sentence(entry: Inscription, objectifs: tuple[Resultat, ...], jour: date) -> str:
    """Say in one sentence where the agreement and its objectives stand."""
    mesures = [r for r in objectifs if r.actuel.valeur is not None]
    faits = [f"au {long_date(jour)}, {phrases.statut(entry).lower()}", phrases.period(entry)]
    if objectifs:
        atteints = sum(r.atteint is True for r in objectifs)
        faits.append(
            f"{count(len(mesures), 'objectif mesuré', 'objectifs mesurés')} sur {number(len(objectifs))}, "
            f"{count(atteints, 'atteint ou dépassé', 'atteints ou dépassés')}"
        )
    return sentence_of(faits)


def facts(frames: Frames, entry: Inscription) -> Table:
    """Set out who signed what, where and on which diagnosis."""
    parties = enumerate_fr(
        (s.nom or s.type) + (f" (délibération du {short_date(s.date_deliberation)})" if s.date_deliberation else "")
        for s in entry.signataires
    )
    champs = enumerate_fr(c.libelle + (f" (priorité {c.priorite})" if c.priorite else "") for c in entry.champs)
    diagnostic = f"diagnostic partagé du {short_date(entry.date_diagnostic)}" if entry.date_diagnostic else ""
    habitants = {"oui": "habitants associés", "non": "habitants non associés"}.get(entry.habitants_associes, "")
    lignes = (
        ("Échelon", phrases.echelon(entry)),
        ("Signataires", parties or "non écrits"),
        ("Périmètre", f"{phrases.perimeter(frames, entry.communes)} ({phrases.population(entry)})"),
        ("Champs", champs or "non écrits"),
        ("Diagnostic", sentence_of([diagnostic or "date non écrite", habitants])),
    )
    return Table(("Rubrique", "Ce qui est écrit"), tuple((a, typeset(b)) for a, b in lignes), (False, False), (1, 5))


def means_block(frames: Frames, actions: tuple[Action, ...], moyens: Moyens | None, id_ctg: str) -> Bloc:
    """Tell what was put to work: the plan by field, what stands on the perimeter, each kind of means apart."""
    avancee = results.progress(actions)
    etats = ", ".join(
        count(n, wording.ETATS_ACTION[e].removesuffix("s"), wording.ETATS_ACTION[e]) for e, n in avancee.etats
    )
    dits = [f"{count(avancee.total, 'action')} au plan : {etats}."] if actions else ["Aucune action écrite."]
    if avancee.depassees:
        dits.append(f"À examiner : {count(avancee.depassees, 'action')} dont l'échéance est passée.")
    dits += _means(frames, moyens) if moyens else []
    reprises = frames["conventions"][frames["conventions"]["id_ctg"] == id_ctg]
    if len(reprises):
        dits.append(
            f"{count(len(reprises), 'convention de financement reprise', 'conventions de financement reprises')}."
        )
    return Bloc("Moyens mis en œuvre", tuple(typeset(d) for d in dits), _plan(frames, actions))


def _means(frames: Frames, moyens: Moyens) -> list[str]:
    existantes = sum(b.nombre for b in moyens.interventions)
    etp = sum(b.etp for b in moyens.interventions)
    dits = []
    if existantes or moyens.potentielles.nombre:
        dits.append(
            f"Interventions sur ce périmètre : {count(existantes, 'existante')} ({number(etp, 1)} ETP écrits), "
            f"{count(moyens.potentielles.nombre, 'potentielle', 'potentielles')} ou à venir."
        )
    montants = [
        f"{means.label(frames, m.indicateur)} {number(m.par_habitant.valeur, 0)}{FINE}€ par habitant "
        f"({m.par_habitant.annee})"
        for m in moyens.montants
        if m.par_habitant.valeur is not None
    ]
    if montants:
        dits.append(f"Moyens mobilisés sur le territoire, tenus à part : {' ; '.join(montants)}.")
    return dits


def _plan(frames: Frames, actions: tuple[Action, ...]) -> Table | None:
    if not actions:
        return None
    champs = list(dict.fromkeys(a.champ for a in actions))
    lignes = []
    for champ in champs:
        ici = results.progress(tuple(a for a in actions if a.champ == champ))
        lignes.append((field_label(frames, champ), *(number(n) for _, n in ici.etats)))
    entetes = ("Actions du champ", *(e.capitalize() for e in wording.ETATS_ACTION.values()))
    return Table(entetes, tuple(lignes), (False, True, True, True, True), (3, 1, 1, 1, 1))


def results_block(frames: Frames, objectifs: tuple[Resultat, ...]) -> Bloc:
    """Set out objective by objective: baseline, last value, target, share of the way, direction."""
    if not objectifs:
        return Bloc("Résultats observés", ("Aucun objectif chiffré n'est écrit.",))
    entetes = ("Champ", "Indicateur", "Départ", "Dernière valeur", "Objectif", "Avancement", "Tendance")
    lignes = tuple(_result(frames, r) for r in objectifs)
    return Bloc(
        "Résultats observés",
        (),
        Table(entetes, lignes, (False, False, True, True, True, True, False), (1.8, 3, 1.3, 1.3, 1.3, 1.5, 2.1)),
    )


def _result(frames: Frames, r: Resultat) -> tuple[str, ...]:
    tendance = f"{r.tendance.signe} {r.tendance.libelle}"
    return (
        field_label(frames, r.champ),
        typeset(r.libelle),
        _point(r.depart),
        "postérieure" if r.a_venir else _point(r.actuel),
        _point(r.cible),
        "–" if r.avancement is None else percent(100 * r.avancement, 0),
        _BLANCS[Blanc.SECRET] if Blanc.SECRET in (r.depart.statut, r.actuel.statut) else tendance,
    )


def _point(point: Point) -> str:
    if point.valeur is None:
        return _BLANCS.get(point.statut, "nd")
    return number(point.valeur) + (f" ({point.annee})" if point.annee else "")


def evaluations_block(entry: Inscription) -> Bloc:
    """Set out the evaluations written and what they led to."""
    if not entry.evaluations:
        return Bloc("Évaluations et suites", ("Aucune évaluation n'est écrite ; elle précède tout renouvellement.",))
    lignes = tuple(
        (
            short_date(e.date) if e.date else "sans date",
            wording.said(wording.TYPES_EVALUATION, e.type),
            wording.said(wording.ETATS_EVALUATION, e.etat),
            wording.said(wording.SUITES, e.suites) or "–",
            typeset(e.exigences) or "–",
        )
        for e in entry.evaluations
    )
    entetes = ("Date", "Évaluation", "État", "Suites", "Exigences supplémentaires")
    return Bloc("Évaluations et suites", (), Table(entetes, lignes, (False,) * 5, (1.2, 1.4, 1, 1.2, 4)))
