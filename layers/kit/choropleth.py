"""Areas coloured by a sequence of values: zero in its own class, the classes, then the four blanks apart."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from data.model import Blanc, Maille
from layers.kit.breaks import Nombres, Rangs
from layers.kit.marks import Classe, Fill, Repere
from layers.kit.palettes import BLANCS, ZERO
from layers.kit.scales import Scale
from layers.kit.texts import NOMS, upper_first

_MEDIANE_DES = 3


def choropleth(maille: Maille, table: pd.DataFrame, echelle: Scale, details: Sequence[str], zero: bool = True) -> Fill:
    """Fill the territories of `table` (code, valeur, statut); `zero` when the reference of the scale holds a zero."""
    valeurs = table["valeur"].to_numpy(dtype=np.float64)
    suite = zip(echelle.libelles, echelle.couleurs, strict=True)
    classes = [Classe(f"d{i}", libelle, couleur) for i, (libelle, couleur) in enumerate(suite, 1)]
    pleines = [ZERO, *classes] if zero or (valeurs == 0).any() else classes
    rangs = len(pleines) - len(classes) + echelle.ranks(valeurs)
    fill = fill_of(maille, table, np.where(valeurs == 0, 0, rangs), pleines, details)
    return replace(fill, ordonne=True, bornes=echelle.bornes)


def fill_of(
    maille: Maille, table: pd.DataFrame, rangs: Rangs, pleines: Sequence[Classe], details: Sequence[str]
) -> Fill:
    """Fill the territories of `table` by the rank of their class in `pleines`, the blank ones by their `statut`."""
    valeurs, statuts = table["valeur"].to_numpy(dtype=np.float64), table["statut"].to_numpy(dtype=object)
    for rang, blanc in enumerate(Blanc, len(pleines)):
        rangs = np.where(statuts == blanc.value, rang, rangs)
    return Fill(
        maille,
        tuple(table["code"].tolist()),
        tuple(rangs.astype(int).tolist()),
        (*pleines, *(BLANCS[b] for b in Blanc)),
        tuple(details),
        tuple(None if v != v else v for v in valeurs.tolist()),
    )


def landmarks(
    maille: Maille, valeurs: Nombres, departement: float | None, echelle: Scale, nationale: Repere | None = None
) -> tuple[Repere, ...]:
    """Return what to compare a territory with: the median of its peers, the whole département, the national value.

    The centre of a scale speaks alone: sentences compare with nothing else.
    """
    connues = valeurs[np.isfinite(valeurs)]
    reperes = []
    if len(connues) >= _MEDIANE_DES:
        mediane = f"médiane des {NOMS[maille][1]}"
        reperes.append(Repere(upper_first(mediane), float(np.median(connues)), f"la {mediane}"))
    if departement is not None and maille is not Maille.DEPARTEMENT:
        reperes.append(Repere("Département", departement))
    if nationale is not None:
        reperes.append(nationale)
    if echelle.centre is None:
        return tuple(reperes)
    nom = echelle.centre.libelle.partition(" (")[0]
    autres = (replace(r, dit="") for r in reperes if (r.valeur, r.libelle[: len(nom)]) != (echelle.centre.valeur, nom))
    return (*autres, echelle.centre)


def of_departement(valeur: float | None, quand: object) -> Repere | None:
    """Name the value of the whole département as the centre of a scale; None where it is not known."""
    return None if valeur is None else Repere(f"Département ({quand})", valeur, "le département")
