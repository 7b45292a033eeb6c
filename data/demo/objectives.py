"""Objectives of the agreements: baseline, target, last known value; the childcare rate is that of the indicators."""

from data.demo.agreements import REFERENCE, Ctg
from data.demo.hazard import between, stream
from data.demo.indicators import DERNIERE, epci_value, figures
from data.demo.plans import fields
from data.demo.tables import Cellule, Lignes
from data.demo.territory import Commune
from data.demo.wording import PROPOS, Propos

TAUX = "taux_couverture_petite_enfance"


def rows(ctgs: tuple[Ctg, ...], communes: tuple[Commune, ...]) -> Lignes:
    """Return the rows of objectifs.csv: one per field of first or second priority of a signed agreement."""
    lignes: Lignes = []
    for c in ctgs:
        if c.depart is None or c.terme is None:
            continue
        membres = tuple(commune for commune in communes if commune.code in c.communes)
        for champ, priorite in fields(c):
            if priorite > 2:
                continue
            p = PROPOS[champ]
            suivi = p.indicateur if _published(c, membres) else ""
            valeurs = _followed(c, membres) if suivi == TAUX else _invented(c, champ, p)
            lignes.append(
                {
                    "id_objectif": f"OBJ-{len(lignes) + 1:04d}", "id_ctg": c.id, "champ": champ, "libelle": p.mesure,
                    "indicateur": suivi, **valeurs, "annee_reference": c.depart.year - 1, "annee_cible": c.terme.year,
                    "sens": p.sens,
                }
            )  # fmt: skip
    return lignes


def _published(c: Ctg, membres: tuple[Commune, ...]) -> bool:
    """Tell whether the rate is published for just these communes: a whole Epci, the département, a large commune."""
    return c.id[-3] not in "AB" and (c.echelon != "communal" or membres[0].population > 10_000)


def _followed(c: Ctg, membres: tuple[Commune, ...]) -> dict[str, Cellule]:
    assert c.depart is not None
    assert c.terme is not None
    rng = stream(f"objectif-{c.id}-{TAUX}")
    depart = epci_value(TAUX, list(figures(membres, c.depart.year - 1).values()))
    annee = min(DERNIERE, c.terme.year)
    connue = annee >= c.depart.year
    return {
        "valeur_reference": depart, "cible": round(depart + between(rng, 3, 9)),
        "valeur_actuelle": epci_value(TAUX, list(figures(membres, annee).values())) if connue else None,
        "annee_actuelle": annee if connue else None,
    }  # fmt: skip


def _invented(c: Ctg, champ: str, p: Propos) -> dict[str, Cellule]:
    assert c.depart is not None
    assert c.terme is not None
    rng = stream(f"objectif-{c.id}-{champ}")
    ecart = p.haut - p.bas
    depart = round(p.bas + ecart * between(rng, 0, 0.4))
    cible = round(depart + ecart * between(rng, 0.25, 0.6))
    cible += (cible == depart) * (1 if p.sens == "hausse" else -1)
    annee = min(REFERENCE.year - 1, c.terme.year)
    connue = annee > c.depart.year and rng.random() < 0.85
    return {
        "valeur_reference": depart, "cible": cible,
        "valeur_actuelle": round(depart + (cible - depart) * between(rng, -0.1, 1.2)) if connue else None,
        "annee_actuelle": annee if connue else None,
    }  # fmt: skip
