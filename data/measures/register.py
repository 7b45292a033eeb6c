"""The register of agreements: what the dataset writes of each, and where it stands at a day."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np

from data.frames import Frames
from data.measures import agreements, coverage, effectifs, parties, territories
from data.measures.cache import per_frames
from data.measures.parties import ChampCtg, Signataire
from data.measures.scope import Portee, day_of, inside
from data.model import Echelon, StatutCtg

_JOURS_GARDES = 16


class EtatEvaluation(StrEnum):
    """How far the evaluation of an agreement is at a day; the furthest step speaks."""

    FINALE_FAITE = "finale_faite"
    EN_COURS = "en_cours"
    INTERMEDIAIRE_FAITE = "intermediaire_faite"
    PREVUE = "prevue"
    AUCUNE = "aucune"

    @property
    def libelle(self) -> str:
        """French label."""
        return {
            "finale_faite": "Évaluation finale faite",
            "en_cours": "Évaluation en cours",
            "intermediaire_faite": "Évaluation intermédiaire faite",
            "prevue": "Évaluation prévue",
            "aucune": "Aucune évaluation écrite",
        }[self]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation; `etat` as it stands at the day asked: one written as done but dated later is still planned."""

    date: date | None
    type: str
    etat: str
    suites: str
    exigences: str

    @property
    def faite(self) -> bool:
        """Whether it is done."""
        return self.etat == "faite"

    @property
    def finale(self) -> bool:
        """Whether it closes the agreement; one whose type is not written does."""
        return self.type != "intermediaire"


@dataclass(frozen=True, slots=True)
class Inscription:
    """One agreement of the register at a day.

    Dates are the effective ones (FORMATS §3), None where unknown; `population` sums the communes whose inhabitants are
    known, None where none is; `generation` counts from 1 along the chain of renewals; `suivantes` are the agreements
    that name it as the former one, signed or not; `renouvelee_par` the first of them signed by the day, "" for none.
    """

    id_ctg: str
    nom: str
    echelon: Echelon | None
    statut: StatutCtg
    date_diagnostic: date | None
    date_signature: date | None
    date_debut: date | None
    date_fin: date | None
    fin_calculee: bool
    precedente: str
    suivantes: tuple[str, ...]
    renouvelee_par: str
    generation: int
    communes: tuple[str, ...]
    population: float | None
    signataires: tuple[Signataire, ...]
    champs: tuple[ChampCtg, ...]
    evaluations: tuple[Evaluation, ...]
    habitants_associes: str
    service_referent: str
    source: str
    date_maj: date | None

    @property
    def signee(self) -> bool:
        """Whether it is signed at the day."""
        return self.statut not in (StatutCtg.EN_PREPARATION, StatutCtg.NON_ENGAGEE)

    @property
    def active(self) -> bool:
        """Whether it is in force at the day."""
        return self.statut in (StatutCtg.EN_VIGUEUR, StatutCtg.A_RENOUVELER)

    @property
    def evaluation(self) -> EtatEvaluation:
        """How far its evaluation is."""
        faites = [e for e in self.evaluations if e.faite]
        if any(e.finale for e in faites):
            return EtatEvaluation.FINALE_FAITE
        if any(e.etat == "en_cours" for e in self.evaluations):
            return EtatEvaluation.EN_COURS
        if faites:
            return EtatEvaluation.INTERMEDIAIRE_FAITE
        return EtatEvaluation.PREVUE if self.evaluations else EtatEvaluation.AUCUNE


@lru_cache(maxsize=_JOURS_GARDES)
def all_entries(frames: Frames, jour: date) -> tuple[Inscription, ...]:
    """Return every agreement of the dataset at a day, in the order of `ctg`; the last days asked are kept."""
    population = effectifs.population(frames, jour.year)
    lignes = agreements.status(frames, jour).to_dict("records")
    ecrits = frames["ctg"].to_dict("records")
    membres, tenues = members(frames), _positions(frames)
    return tuple(
        _entry(frames, calcule, ecrit, jour, (membres[rang], _inhabitants(population[tenues[rang]])))
        for rang, (calcule, ecrit) in enumerate(zip(lignes, ecrits, strict=True))
    )


def entries(frames: Frames, portee: Portee) -> tuple[Inscription, ...]:
    """Return the agreements that the filters keep: those of the échelon, that name the field and hold a commune."""
    garde = agreements.of_echelons(frames, portee.echelon.comptes) & agreements.of_field(frames, portee.champ)
    if portee.territoire or portee.communes:
        garde = garde & _touching(frames, portee)
    return tuple(e for e, ici in zip(all_entries(frames, portee.jour), garde, strict=True) if ici)


def entry(frames: Frames, id_ctg: str, jour: date) -> Inscription | None:
    """Return one agreement at a day, None where the dataset does not know it."""
    return next((e for e in all_entries(frames, jour) if e.id_ctg == id_ctg), None)


@per_frames
def members(frames: Frames) -> tuple[tuple[str, ...], ...]:
    """Return the communes of the dataset in each agreement, by code, in the order of `ctg`."""
    codes = territories.codes(frames)
    return tuple(tuple(sorted(codes[rangs])) for rangs in _positions(frames))


@per_frames
def _positions(frames: Frames) -> tuple[territories.Rangs, ...]:
    liens = coverage.links(frames)
    ordre = np.argsort(liens.ctg, kind="stable")
    bornes = np.searchsorted(liens.ctg[ordre], np.arange(len(frames["ctg"]) + 1))
    return tuple(liens.commune[ordre[a:b]] for a, b in zip(bornes[:-1], bornes[1:], strict=True))


def _inhabitants(valeurs: territories.Nombres) -> float | None:
    return float(np.nansum(valeurs)) if (~np.isnan(valeurs)).any() else None


def _touching(frames: Frames, portee: Portee) -> territories.Booleens:
    liens, dedans = coverage.links(frames), inside(frames, portee)
    touche = np.zeros(len(frames["ctg"]), dtype=bool)
    touche[liens.ctg[dedans[liens.commune]]] = True
    return touche


@per_frames
def _successors(frames: Frames) -> dict[str, tuple[str, ...]]:
    suites: dict[str, tuple[str, ...]] = {}
    for ident, avant in zip(frames["ctg"]["id_ctg"], frames["ctg"]["id_ctg_precedente"], strict=True):
        if avant and avant != ident:
            suites[avant] = (*suites.get(avant, ()), ident)
    return suites


@per_frames
def _former(frames: Frames) -> dict[str, str]:
    """Return the agreement that each one renews, where the dataset holds it."""
    connus = set(frames["ctg"]["id_ctg"])
    paires = zip(frames["ctg"]["id_ctg"], frames["ctg"]["id_ctg_precedente"], strict=True)
    return {ident: avant for ident, avant in paires if avant in connus and avant != ident}


def ancestry(frames: Frames, id_ctg: str) -> tuple[str, ...]:
    """Return the agreements that led to one, the oldest first and itself last; a loop is cut where it closes."""
    suite, avant = [id_ctg], _former(frames)
    while (precedente := avant.get(suite[-1], "")) and precedente not in suite:
        suite.append(precedente)
    return tuple(reversed(suite))


def chain(frames: Frames, id_ctg: str) -> tuple[str, ...]:
    """Return the whole chain of renewals of an agreement, each one after the one that it renews."""
    suite, reste = list(ancestry(frames, id_ctg)), [id_ctg]
    while reste:
        for suivante in _successors(frames).get(reste.pop(0), ()):
            if suivante not in suite:
                suite.append(suivante)
                reste.append(suivante)
    return tuple(suite)


@per_frames
def _written_evaluations(frames: Frames) -> dict[str, tuple[Evaluation, ...]]:
    table = frames["ctg_evaluations"].sort_values("date", kind="stable")
    ecrites: dict[str, tuple[Evaluation, ...]] = {}
    for e in table.to_dict("records"):
        lue = Evaluation(day_of(e["date"]), str(e["type"]), str(e["etat"]), str(e["suites"]), str(e["exigences"]))
        ecrites[str(e["id_ctg"])] = (*ecrites.get(str(e["id_ctg"]), ()), lue)
    return ecrites


def evaluations(frames: Frames, id_ctg: str, jour: date) -> tuple[Evaluation, ...]:
    """Return the evaluations of an agreement as they stand at a day, by date."""
    return tuple(
        Evaluation(e.date, e.type, "prevue", "", "") if e.faite and e.date and e.date > jour else e
        for e in _written_evaluations(frames).get(id_ctg, ())
    )


def _entry(
    frames: Frames,
    calcule: Mapping[Hashable, object],
    ecrit: Mapping[Hashable, object],
    jour: date,
    perimetre: tuple[tuple[str, ...], float | None],
) -> Inscription:
    id_ctg, echelon = str(ecrit["id_ctg"]), str(ecrit["echelon"])
    return Inscription(
        id_ctg=id_ctg,
        nom=str(ecrit["nom"]) or id_ctg,
        echelon=Echelon(echelon) if echelon in list(Echelon) else None,
        statut=StatutCtg(str(calcule["statut"])),
        date_diagnostic=day_of(ecrit["date_diagnostic"]),
        date_signature=day_of(calcule["date_signature"]),
        date_debut=day_of(calcule["date_debut"]),
        date_fin=day_of(calcule["date_fin"]),
        fin_calculee=bool(calcule["fin_calculee"]),
        precedente=str(ecrit["id_ctg_precedente"]),
        suivantes=_successors(frames).get(id_ctg, ()),
        renouvelee_par=str(calcule["renouvelee_par"]),
        generation=len(ancestry(frames, id_ctg)),
        communes=perimetre[0],
        population=perimetre[1],
        signataires=parties.parties(frames).get(id_ctg, ()),
        champs=parties.fields_named(frames).get(id_ctg, ()),
        evaluations=evaluations(frames, id_ctg, jour),
        habitants_associes=str(ecrit["habitants_associes"]),
        service_referent=str(ecrit["service_referent"]),
        source=str(ecrit["source"]),
        date_maj=day_of(ecrit["date_maj"]),
    )
