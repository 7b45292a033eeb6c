"""What a register may say of an agreement, and by which headings the Caf's own workbooks usually call it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.reading.names import bare


@dataclass(frozen=True, slots=True)
class Cible:
    """One fact of an agreement; `colonne` is its column in `ctg` ("" for a list, which has a table of its own).

    `mots` is true where cells must hold one of a few words, which can be matched one by one.
    """

    id: str
    libelle: str
    synonymes: tuple[str, ...]
    colonne: str = ""
    mots: bool = False


def _fact(id_cible: str, libelle: str, synonymes: str, *, mots: bool = False) -> Cible:
    return Cible(id_cible, libelle, tuple(synonymes.split("|")), id_cible, mots)


IDENTIFIANT, NOM, ECHELON, STATUT, CHAMPS = "id_ctg", "nom", "echelon", "statut", "champs"
COMMUNES, EPCI, SIGNATAIRES = "communes", "epci", "signataires"

CIBLES: tuple[Cible, ...] = (
    _fact(
        IDENTIFIANT,
        "Identifiant de la Ctg",
        "id ctg|identifiant|n° ctg|numéro ctg|n° convention|référence|réf|réf.|numéro|code ctg",
    ),
    _fact(NOM, "Nom de la Ctg", "nom|nom de la ctg|intitulé|libellé|convention|ctg|nom de la convention"),
    _fact(ECHELON, "Échelon de signature", "échelon|niveau|type de ctg|type|niveau de signature", mots=True),
    _fact(STATUT, "État de la démarche", "statut|état|étape|avancement|stade|situation", mots=True),
    _fact("date_diagnostic", "Date du diagnostic", "date diagnostic|diagnostic|diagnostic partagé|date du diagnostic"),
    _fact("date_signature", "Date de signature", "date signature|signature|signée le|date de signature|signé le"),
    _fact("date_debut", "Date de début", "date début|début|prise d'effet|date d'effet|du|date de début|date effet"),
    _fact("date_fin", "Date de fin", "date fin|fin|échéance|terme|au|date de fin|date d'échéance|date échéance"),
    _fact("duree_annees", "Durée (années)", "durée|durée en années|durée années|nombre d'années"),
    _fact("id_ctg_precedente", "Ctg qu'elle renouvelle", "précédente|ctg précédente|renouvelle|renouvellement de"),
    _fact("habitants_associes", "Habitants associés", "habitants associés|participation des habitants|habitants"),
    _fact("service_referent", "Service référent", "service|service référent|pôle|service instructeur|territoire caf"),
    Cible(
        COMMUNES,
        "Communes couvertes",
        ("communes", "communes couvertes", "commune", "périmètre", "code insee", "codes insee", "communes membres"),
    ),
    Cible(
        EPCI,
        "Epci entier",
        ("epci", "intercommunalité", "siren", "code epci", "siren epci", "communauté", "collectivité"),
    ),
    Cible(
        CHAMPS,
        "Champs thématiques",
        ("champs", "thématiques", "champs thématiques", "axes", "thèmes", "domaines", "politiques"),
        mots=True,
    ),
    Cible(SIGNATAIRES, "Signataires", ("signataires", "parties", "partenaires signataires", "cosignataires")),
)
PAR_ID: Mapping[str, Cible] = {c.id: c for c in CIBLES}


def propose(entetes: Iterable[str]) -> dict[str, str]:
    """Propose the heading of each fact: those written the same first, then those that hold its words; each once."""
    libres = [e for e in dict.fromkeys(entetes) if e]
    choix: dict[str, str] = {}
    for same in (_equal, _holds):
        for cible in CIBLES:
            if cible.id in choix:
                continue
            found = next((e for s in (cible.id, *cible.synonymes) for e in libres if same(s, e)), None)
            if found is not None:
                choix[cible.id] = found
                libres.remove(found)
    return choix


def _equal(synonyme: str, entete: str) -> bool:
    return bare(synonyme) == bare(entete)


def _holds(synonyme: str, entete: str) -> bool:
    """Tell whether a heading holds a synonym of several letters: « Date de signature (délibération) »."""
    mot = bare(synonyme)
    return len(mot) > 5 and mot in bare(entete)
