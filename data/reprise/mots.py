"""The words of a register: what it calls an échelon, a stage, a field, and what the atlas calls them."""

from collections.abc import Iterable, Mapping

from data.frames import Frames
from data.model import Echelon, StatutStocke
from data.reading.names import bare
from data.reprise.cibles import CHAMPS, ECHELON, STATUT

ECARTE = "-"
"""What a word is matched with when it is to be left out."""

_ECHELONS: Mapping[str, str] = {
    Echelon.DEPARTEMENTAL: "départemental|départementale|département|conseil départemental",
    Echelon.INTERCOMMUNAL: "intercommunal|intercommunale|epci|communauté de communes|communauté d'agglomération|cc|ca",
    Echelon.COMMUNAL: "communal|communale|commune|ville|ville seule",
}
_STATUTS: Mapping[str, str] = {
    StatutStocke.A_L_ETUDE: "à l'étude|étude|contact|prospect|projet|en projet|en réflexion|à engager|prévue",
    StatutStocke.DIAGNOSTIC: "diagnostic|diagnostic en cours|diagnostic partagé|en diagnostic",
    StatutStocke.REDACTION: "rédaction|en rédaction|plan d'actions en rédaction|en cours de rédaction|négociation",
    StatutStocke.SIGNEE: "signée|signé|en vigueur|active|en cours|conclue|validée|échue|terminée|à renouveler",
    StatutStocke.EVALUATION: "évaluation|en évaluation|évaluation en cours",
    StatutStocke.RENOUVELEE: "renouvelée|renouvelé|reconduite",
    StatutStocke.NON_ENGAGEE: "pas de démarche|non engagée|aucune|sans démarche|néant|refus",
}


def choices(frames: Frames, cible: str) -> dict[str, str]:
    """Return the words of the atlas for a fact, each with its French label."""
    match cible:
        case "echelon":
            return {
                e.value: mots.split("|")[0].capitalize() for e, mots in zip(Echelon, _ECHELONS.values(), strict=True)
            }
        case "statut":
            return {s: mots.split("|")[0].capitalize() for s, mots in _STATUTS.items()}
        case "champs":
            return {c.id: c.libelle for c in frames.champs}
        case _:
            return {}


def match(frames: Frames, cible: str, mots: Iterable[str]) -> dict[str, str]:
    """Propose what each word of a register means, "" where nothing is near enough to be proposed."""
    connus = _known(frames, cible)
    return {mot: connus.get(bare(mot), "") for mot in dict.fromkeys(mots) if mot}


def _known(frames: Frames, cible: str) -> dict[str, str]:
    table = {ECHELON: _ECHELONS, STATUT: _STATUTS}.get(cible)
    if table is not None:
        return {bare(m): str(mot) for mot, tous in table.items() for m in (mot, *tous.split("|"))}
    if cible == CHAMPS:
        return {bare(m): c.id for c in frames.champs for m in (c.id, c.libelle, c.libelle_lettre)}
    return {}
