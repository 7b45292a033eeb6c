"""Cells of a register that must be a day, a duration or a yes: read as people write them, else left as installed."""

import re
from collections.abc import Callable, Mapping

from data.reading.ledger import Probleme, avertissement
from data.reading.names import bare
from data.reprise import jours

JOUR_ILLISIBLE = avertissement(
    "«\u00a0{valeur}\u00a0» n'est pas un jour lisible\u202f: la date installée est gardée.",
    "Écrivez la date JJ/MM/AAAA.",
)
DUREE_ILLISIBLE = avertissement(
    "«\u00a0{valeur}\u00a0» n'est pas un nombre d'années\u202f: la durée installée est gardée.", "Écrivez un nombre."
)
OUI_ILLISIBLE = avertissement(
    "«\u00a0{valeur}\u00a0» n'est ni oui ni non\u202f: la valeur installée est gardée.", "Écrivez oui ou non."
)
_DUREE = re.compile(r"(\d{1,2})(?:[.,]0+)?\s*(?:ans?|années?|annees?)?$", re.I)
_OUI_NON = {"oui": "oui", "o": "oui", "x": "oui", "vrai": "oui", "1": "oui", "non": "non", "n": "non", "faux": "non"}

Lu = tuple[str, Probleme | None]
"""What a cell says in the words of the atlas ("" where it cannot be read), and what a person must know of it."""


def _day(texte: str) -> Lu:
    lu = jours.read(texte)
    if lu is None:
        return "", JOUR_ILLISIBLE
    dit = f"{lu.jour:%d/%m/%Y}"
    if lu.devine:
        return dit, avertissement(f"«\u00a0{{valeur}}\u00a0» est lu comme le {dit}.", "Vérifiez-le.")
    return dit, None


def _duration(texte: str) -> Lu:
    trouve = _DUREE.match(texte.strip())
    return (trouve[1], None) if trouve and int(trouve[1]) else ("", DUREE_ILLISIBLE)


def _yes(texte: str) -> Lu:
    dit = _OUI_NON.get(bare(texte), "")
    return dit, None if dit else OUI_ILLISIBLE


LECTEURS: Mapping[str, Callable[[str], Lu]] = {
    **dict.fromkeys(("date_diagnostic", "date_signature", "date_debut", "date_fin"), _day),
    "duree_annees": _duration,
    "habitants_associes": _yes,
}
"""How the cells of each fact are read; the others are kept as written."""
