"""What a profile may see of the figures that people write in their own tables: objectives, visits.

Nobody adds these up, so that each is weighed alone: a count of persons from 1 to threshold - 1 is hidden, and so is a
figure of an indicator whose total over the same communes the atlas itself would hide. A partner is told no small whole
number of which the dataset does not say what it counts.
"""

from data import secrecy
from data.frames import Frames
from data.measures import scope, sums
from data.measures.definitions import Definition, definition, definitions
from data.measures.effectifs import SECRET
from data.measures.scope import Portee
from data.measures.sums import Lecture
from data.model import Nature, Profil


def is_small(frames: Frames, nombre: float, profil: Profil) -> bool:
    """Tell whether a count of persons is too small for a profile."""
    return 0 < nombre < secrecy.threshold(frames.jeu.parametres, profil)


def hides(frames: Frames, portee: Portee, indicateur: str, point: tuple[float | None, int | None]) -> bool:
    """Tell whether a profile may not see a value of a year, written of the communes that a question is about.

    `indicateur` is what the writer says it measures, "" for nothing.
    """
    valeur, annee = point
    if valeur is None:
        return False
    if indicateur not in definitions(frames):
        return portee.profil is Profil.PARTENAIRE and valeur.is_integer() and is_small(frames, valeur, portee.profil)
    definie = definition(frames, indicateur)
    if secrecy.is_protected(indicateur, definie.nature) and is_small(frames, valeur, portee.profil):
        return True
    return _total_is_hidden(frames, portee, definie, annee or portee.jour.year)


def _total_is_hidden(frames: Frames, portee: Portee, definie: Definition, annee: int) -> bool:
    """Tell whether the atlas hides a term of this indicator over the communes asked about."""
    termes = (definie.numerateur, definie.denominateur) if definie.nature is Nature.RAPPORT else (definie.id,)
    if not definie.additive and definie.nature is not Nature.RAPPORT:
        return False
    dedans, lecture = scope.inside(frames, portee), Lecture(annee, portee.profil, exacte=True)
    return any(t and int(sums.totals_over(frames, (t,), dedans, lecture).blancs[0]) == SECRET for t in termes)
