"""How an indicator is worded: its years, its values, where it exists and why it is not drawn."""

from collections.abc import Sequence

import pandas as pd

from data.frames import Frames
from data.measures import indicators
from data.measures.definitions import Definition, definition
from data.model import Blanc, Maille, Nature
from layers.kit.marks import Fill, Mark, Repere
from layers.kit.texts import PAR_MAILLE, count, enumerate_fr, lower_first, noun, number, sentence_of, short, typeset

_QUANTITE = {Nature.EFFECTIF: "un effectif", Nature.MONTANT: "un montant"}
_SANS_SOMME = {
    Nature.TAUX: "Un taux n'existe que là où il est publié.",
    Nature.MEDIANE: "Une médiane n'existe que là où elle est publiée.",
}


def title(definie: Definition, annees: pd.Series | None = None) -> str:
    """Write « Taux de pauvreté (2021) », « (2019 à 2021) » where territories differ."""
    connues = [] if annees is None else sorted(annees.dropna().astype(int).unique())
    dite = f" ({' à '.join(str(a) for a in (connues if len(connues) < 2 else (connues[0], connues[-1])))})"
    return typeset(definie.libelle + (dite if connues else ""))


def details(table: pd.DataFrame, definie: Definition) -> list[str]:
    """Write each value with its unit, its year where years differ, and the communes that its sum leaves out."""
    plusieurs = table["annee"].nunique() > 1
    colonnes = (table[c].tolist() for c in ("valeur", "statut", "annee", "sans_valeur"))
    return [
        typeset(
            said(valeur, statut, definie) + ("" if statut else _year(annee if plusieurs else None) + _outside(sans))
        )
        for valeur, statut, annee, sans in zip(*colonnes, strict=True)
    ]


def said(valeur: float, statut: str, definie: Definition) -> str:
    """Write « 1 234 habitants », « 14,2 % », or why there is no figure."""
    if statut:
        return Blanc(statut).libelle
    mot = definie.unite.partition(" ")[0]
    seul = mot == definie.unite and mot.endswith("s") and definie.additive
    unite = noun(valeur, mot.removesuffix("s"), mot) if seul else definie.unite
    return f"{short(valeur)} {unite}".strip()


def _year(annee: float | None) -> str:
    return "" if annee is None or annee != annee else f" ({int(annee)})"


def _outside(communes: int) -> str:
    return f" ; {count(communes, 'commune sans valeur', 'communes sans valeur')}, hors du total" if communes else ""


def absent(definie: Definition, maille: Maille, mailles: Sequence[Maille]) -> str:
    """Say why there is nothing at a maille, and where the indicator exists."""
    if not mailles:
        return typeset(f"« {definie.libelle} » n'a aucune valeur dans ce jeu de données.")
    pourquoi = "non agrégeable, " if Maille.COMMUNE in mailles else ""
    ailleurs = enumerate_fr(PAR_MAILLE[m] for m in mailles)
    return typeset(f"« {definie.libelle} » : {pourquoi}non publié {PAR_MAILLE[maille]}. Il existe {ailleurs}.")


def national(definie: Definition) -> Repere | None:
    """Name the national value of a rate or a median; None where the dataset gives none, or for a count."""
    if definie.reference is None or definie.additive:
        return None
    annee = f" ({definie.annee_reference})" if definie.annee_reference else ""
    return Repere(f"Référence nationale{annee}", definie.reference, "la référence nationale")


def default_said(definie: Definition) -> str:
    """Say that nobody chose this indicator."""
    return typeset(f"Aucun indicateur choisi : « {definie.libelle} » est montré.")


def titles(titres: Sequence[str]) -> str:
    """Join the titles of two indicators: « Taux de pauvreté (2021) et revenu médian (2021) »."""
    return enumerate_fr((titres[0], *(lower_first(t) for t in titres[1:])))


def count_uncoloured(definie: Definition) -> str:
    """Say why a count has no classes, where some were asked for."""
    return typeset(
        f"Les classes choisies ne s'appliquent pas : « {definie.libelle} » est {_QUANTITE[definie.nature]}, montré par "
        "des disques. En couleurs, un grand territoire paraîtrait peser plus que sa valeur ; choisir un taux."
    )


def together(frames: Frames, ids: tuple[str, str], maille: Maille) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keep the indicators, one or two, that can be shown at a maille and with one another; say why for the others."""
    choisis = tuple(i for i in ids if i)
    gardes, avis = [], []
    for definie in (definition(frames, i) for i in dict.fromkeys(choisis)):
        existe = indicators.mailles(frames, definie.id)
        if maille in existe:
            gardes.append(definie)
        else:
            avis.append(absent(definie, maille, existe))
    if len(set(choisis)) < len(choisis):
        avis.append("Le même indicateur est choisi deux fois : il est montré seul.")
    if len(gardes) == 2 and all(d.additive for d in gardes):
        avis.append(
            f"« {gardes[1].libelle} » n'est pas ajouté : deux séries de disques se couvriraient. "
            "Avec un effectif ou un montant, choisir un taux, un rapport ou une médiane."
        )
        gardes = gardes[:1]
    return tuple(d.id for d in gardes), tuple(typeset(a) for a in avis)


def definition_said(frames: Frames, definie: Definition) -> str:
    """Say what is counted, how it is put together at larger mailles, and who says so."""
    parts = [definie.definition or definie.libelle]
    if definie.nature is Nature.RAPPORT and definie.numerateur and definie.denominateur:
        haut, bas = (lower_first(definition(frames, i).libelle) for i in (definie.numerateur, definie.denominateur))
        fois = f" × {number(definie.facteur)}" if definie.facteur != 1 else ""
        parts.append(f"Rapport de sommes à chaque maille : {haut} ÷ {bas}{fois}")
    parts += [_SANS_SOMME[definie.nature]] if definie.nature in _SANS_SOMME else []
    parts += [f"Source : {definie.source}"] if definie.source else []
    return " ".join(sentence_of((p,)) for p in parts)


def without_disc(marques: Sequence[Mark]) -> tuple[str, ...]:
    """Count the territories that a ground shows without a disc: « Sans disque : 3 à 0, 2 nd (donnée manquante) »."""
    dits = [
        f"{number(n)} {'à 0' if c.id == 'zero' else c.libelle}"
        for m in marques
        if isinstance(m, Fill) and m.fond
        for rang, c in enumerate(m.classes)
        if (c.blanc or c.id == "zero") and (n := m.classe.count(rang))
    ]
    return (sentence_of((f"Sans disque : {', '.join(dits)}",)),) if dits else ()
