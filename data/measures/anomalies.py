"""What the register holds that calls for a look (DOMAINE §2.1): facts, never a verdict."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from data.frames import Frames
from data.measures import register
from data.measures.register import Inscription
from data.measures.scope import Portee


class NatureAnomalie(StrEnum):
    """Kinds of anomaly, in the order in which they are shown."""

    RENOUVELEE_SANS_EVALUATION = "renouvelee_sans_evaluation"
    SIGNEE_SANS_DIAGNOSTIC = "signee_sans_diagnostic"
    DIAGNOSTIC_APRES_SIGNATURE = "diagnostic_apres_signature"
    FIN_AVANT_DEBUT = "fin_avant_debut"
    COMMUNE_DEUX_FOIS = "commune_deux_fois"
    SANS_COMMUNE = "sans_commune"
    PRECEDENTE_INCONNUE = "precedente_inconnue"

    @property
    def libelle(self) -> str:
        """French label."""
        return {
            "renouvelee_sans_evaluation": "Renouvellement sans évaluation finale",
            "signee_sans_diagnostic": "Signature sans date de diagnostic",
            "diagnostic_apres_signature": "Diagnostic daté après la signature",
            "fin_avant_debut": "Fin écrite avant le début",
            "commune_deux_fois": "Commune dans deux Ctg de même échelon",
            "sans_commune": "Aucune commune écrite",
            "precedente_inconnue": "Ctg précédente absente du registre",
        }[self]

    @property
    def bloquante(self) -> bool:
        """Whether the letter makes it a condition: « l'évaluation est un préalable à tout renouvellement »."""
        return self is NatureAnomalie.RENOUVELEE_SANS_EVALUATION


@dataclass(frozen=True, slots=True)
class Anomalie:
    """One thing to look at on an agreement: `autre` is the other agreement or id it is about, `communes` those."""

    nature: NatureAnomalie
    id_ctg: str
    autre: str = ""
    communes: tuple[str, ...] = ()


def of_entries(frames: Frames, portee: Portee) -> tuple[Anomalie, ...]:
    """Return the anomalies of the agreements that the filters keep, at the day, by kind then in the order of `ctg`.

    What a missing table would tell is not looked for: without `ctg-evaluations.csv` no renewal lacks its evaluation.
    """
    tous = {e.id_ctg: e for e in register.all_entries(frames, portee.jour)}
    gardes = [tous[e.id_ctg] for e in register.entries(frames, portee)]
    trouvees = [a for e in gardes for a in _of_entry(frames, e, tous)]
    gardees = {e.id_ctg for e in gardes}
    trouvees += [a for a in _twice(tous) if a.id_ctg in gardees or a.autre in gardees]
    ordre = list(NatureAnomalie)
    return tuple(sorted(trouvees, key=lambda a: ordre.index(a.nature)))


def _of_entry(frames: Frames, e: Inscription, tous: dict[str, Inscription]) -> list[Anomalie]:
    natures = []
    if e.signee and e.date_diagnostic is None:
        natures.append(NatureAnomalie.SIGNEE_SANS_DIAGNOSTIC)
    if e.signee and e.date_diagnostic and e.date_signature and e.date_diagnostic > e.date_signature:
        natures.append(NatureAnomalie.DIAGNOSTIC_APRES_SIGNATURE)
    if e.date_debut and e.date_fin and e.date_fin < e.date_debut:
        natures.append(NatureAnomalie.FIN_AVANT_DEBUT)
    if not e.communes:
        natures.append(NatureAnomalie.SANS_COMMUNE)
    found = [Anomalie(n, e.id_ctg) for n in natures]
    if e.precedente and e.precedente not in tous:
        found.append(Anomalie(NatureAnomalie.PRECEDENTE_INCONNUE, e.id_ctg, e.precedente))
    avant = tous.get(e.precedente)
    if e.signee and avant and frames.has("ctg_evaluations") and not _evaluated(avant, e):
        found.append(Anomalie(NatureAnomalie.RENOUVELEE_SANS_EVALUATION, e.id_ctg, avant.id_ctg))
    return found


def _evaluated(avant: Inscription, suite: Inscription) -> bool:
    """Tell whether a final evaluation of the former agreement was done by the day its renewal was signed."""
    signature = suite.date_signature
    return any(e.faite and e.finale and (not e.date or not signature or e.date <= signature) for e in avant.evaluations)


def _twice(tous: dict[str, Inscription]) -> list[Anomalie]:
    """Return the pairs of agreements of one local échelon in force together over the same communes."""
    portees: dict[tuple[str, str], list[str]] = defaultdict(list)
    for e in tous.values():
        if e.active and e.echelon is not None and e.echelon.value != "departemental":
            for commune in e.communes:
                portees[e.echelon.value, commune].append(e.id_ctg)
    paires: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (_, commune), ids in portees.items():
        for paire in combinations(ids, 2):
            paires[paire].append(commune)
    nature = NatureAnomalie.COMMUNE_DEUX_FOIS
    return [Anomalie(nature, a, b, tuple(sorted(communes))) for (a, b), communes in paires.items()]
