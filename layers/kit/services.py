"""How the services of a territory are worded."""

from data.model import Blanc, Champ
from layers.kit.texts import FINE, count, noun, number

_MODES = (("fixe", "fixes"), ("itinérant", "itinérants"), ("antenne", "antennes"))


def wording(services: int, modes: tuple[int, int, int]) -> str:
    """Write « 3 services (2 fixes, 1 itinérant) », modes being fixed, itinerant and antenna; all fixed goes unsaid."""
    total = count(services, "service") if services else "Aucun service"
    if modes[0] == services:
        return total
    return f"{total} ({', '.join(count(n, *mots) for n, mots in zip(modes, _MODES, strict=True) if n)})"


def ratio(champ: Champ, denominateur: float, valeur: float, statut: str) -> str:
    """Write « pour 1 234 enfants de moins de 3 ans : 2,4 pour 1 000 », or why there is no figure."""
    base = champ.denominateur_libelle
    if denominateur != denominateur:
        return f"{FINE}; {base}{FINE}: {Blanc(statut).libelle}"
    premier, _, suite = base.partition(" ")
    singulier = f"{premier.removesuffix('s')} {suite}".strip()
    pour = f" pour {number(denominateur)} {noun(denominateur, singulier, base)}{FINE}: "
    if statut:
        return pour + Blanc(statut).libelle
    return pour + f"{density(valeur)} pour {number(champ.facteur)}"


def density(valeur: float) -> str:
    """Write a density with no more digits than it deserves: one decimal, two below 1."""
    return number(valeur, 1) if valeur >= 1 else number(valeur, 2) if valeur >= 0.1 else number(valeur)
