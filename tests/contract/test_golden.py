"""Golden drawings: what each layer says of chosen views of the demonstration, in classes, colours, labels and counts.

A change of these files is a change of what readers see. To write them anew, then read the difference:

    ATLAS_GOLDEN=ecrire python -m pytest tests/contract/test_golden.py
"""

import json
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, assert_never
from zlib import crc32

import pytest

from dashboard import scene
from data.frames import Frames
from data.model import FiltreEchelon, Maille, Profil
from layers.kit.contract import Drawing
from layers.kit.marks import Classe, Fill, Labels, Mark, Outline, Points, Symbols
from layers.kit.view import Methode, View

DOSSIER = Path(__file__).parent / "golden"
JOUR = date(2026, 11, 1)
INDICATEUR = ("indicateur",)
LISTE = re.compile(r"\[\s+([^\[\]{}]*?)\s+\]")
VUES: dict[str, list[View]] = {
    "couverture_ctg": [
        *(View(date=JOUR, maille=m) for m in (Maille.COMMUNE, Maille.EPCI, Maille.DEPARTEMENT)),
        View(date=JOUR, echelon=FiltreEchelon.DEPARTEMENTAL),
        View(date=date(2021, 6, 30), echelon=FiltreEchelon.COMMUNAL),
        View(date=JOUR, champ="petite_enfance"),
    ],
    "densite_services": [
        *(View(date=JOUR, maille=m, couches=("densite_services",)) for m in (Maille.COMMUNE, Maille.EPCI)),
        View(date=date(2019, 1, 1), champ="petite_enfance", couches=("densite_services",)),
        View(date=JOUR, champ="petite_enfance", couches=("densite_services",), classes=Methode.QUANTILES, nb=4),
    ],
    "points_acces": [View(date=d, couches=("points_acces",)) for d in (JOUR, date(2020, 1, 1))],
    "territoires_prioritaires": [
        View(date=JOUR, maille=m, couches=("territoires_prioritaires",)) for m in (Maille.COMMUNE, Maille.EPCI)
    ],
    "indicateur": [
        View(date=JOUR, couches=INDICATEUR, indicateur="familles_monoparentales"),
        View(date=JOUR, couches=INDICATEUR, indicateur="taux_pauvrete"),
        View(date=JOUR, couches=INDICATEUR, indicateur="revenu_median", profil=Profil.PARTENAIRE),
        View(date=date(2020, 1, 1), couches=INDICATEUR, indicateur="part_personnes_couvertes", maille=Maille.EPCI),
        View(date=JOUR, couches=INDICATEUR, indicateur="revenu_median", maille=Maille.DEPARTEMENT),
    ],
    "plans_actions": [
        *(View(date=JOUR, maille=m, couches=("plans_actions",)) for m in (Maille.COMMUNE, Maille.EPCI)),
        View(date=date(2020, 6, 30), maille=Maille.EPCI, champ="logement", couches=("couverture_ctg", "plans_actions")),
    ],
    "classes": [
        *(
            View(date=JOUR, couches=INDICATEUR, indicateur="revenu_net_moyen_foyer_fiscal", classes=m, nb=n)
            for m, n in zip(Methode, (5, 3, 4, 5, 6, 7, 5, 5, 5, 6), strict=True)
            if m is not Methode.MANUEL
        ),
        View(
            date=JOUR,
            couches=INDICATEUR,
            indicateur="revenu_net_moyen_foyer_fiscal",
            classes=Methode.MANUEL,
            bornes=(25_000.0, 30_000.0),
        ),
        View(date=JOUR, couches=INDICATEUR, indicateur="familles_monoparentales", nb=7),
    ],
    "deux_indicateurs": [
        View(date=JOUR, couches=INDICATEUR, indicateur=a, indicateur2=b, maille=m)
        for a, b, m in (
            ("taux_pauvrete", "revenu_median", Maille.COMMUNE),
            ("part_personnes_couvertes", "part_logements_indecents", Maille.COMMUNE),
            ("revenu_net_moyen_foyer_fiscal", "familles_monoparentales", Maille.EPCI),
            ("familles_monoparentales", "taux_pauvrete", Maille.COMMUNE),
            ("familles_monoparentales", "familles_biactives", Maille.COMMUNE),
            ("taux_pauvrete", "taux_pauvrete", Maille.EPCI),
        )
    ],
    "superposition": [
        View(date=JOUR, couches=("couverture_ctg", "densite_services", "points_acces", "territoires_prioritaires")),
        View(
            date=JOUR,
            couches=("couverture_ctg", "indicateur"),
            indicateur="part_personnes_couvertes",
            indicateur2="part_logements_indecents",
        ),
        View(date=JOUR, couches=("densite_services", "indicateur"), indicateur="taux_pauvrete", maille=Maille.EPCI),
    ],
}


def summary(drawing: Drawing) -> dict[str, Any]:
    """Say what a drawing says, short enough to be read in a difference."""
    said = {
        "couche": drawing.couche,
        "titre": drawing.titre,
        "unite": drawing.unite,
        "methode": drawing.methode,
        "constat": drawing.constat,
        "notice": list(drawing.notice),
        "bandeau": list(drawing.bandeau),
        "marques": [mark(m) for m in drawing.marques],
        "legende": [[e.libelle, e.nombre] for e in drawing.legende],
    }
    return {k: v for k, v in said.items() if v}


def mark(m: Mark) -> dict[str, Any]:
    match m:
        case Fill():
            counts = Counter(m.classe)
            said = {"aplat": [[*looks(c), counts[r]] for r, c in enumerate(m.classes)]}
            if m.reperes:
                said["reperes"] = [[r.libelle, round(r.valeur, 4)] for r in m.reperes]
            if m.grille:
                said["niveaux"] = [m.grille.ordonnee.niveaux, m.grille.abscisse.niveaux]
            return said | {"dit": m.details[0], "empreinte": fingerprint(m.codes, m.classe, m.details)}
        case Outline():
            trait = [m.trait.libelle, m.trait.couleur, m.trait.motif.value, list(m.trait.tirets)]
            return {"contour": trait, "maille": m.maille.value, "empreinte": fingerprint(m.codes, m.details)}
        case Symbols():
            said = {"symboles": [m.libelle, m.unite, m.couleur, m.maximum]}
            return said | {"nombre": len(m.codes), "empreinte": fingerprint(m.codes, m.valeurs)}
        case Points():
            counts = Counter(m.categorie)
            kinds = [[c.libelle, c.couleur, c.forme.value, c.etat.value, counts[r]] for r, c in enumerate(m.categories)]
            return {"points": kinds, "empreinte": fingerprint(m.ids, m.categorie, m.details)}
        case Labels():
            return {"textes": fingerprint(m.codes, m.textes)}
        case _:
            assert_never(m)


def looks(c: Classe) -> list[str]:
    return [c.libelle, c.couleur, *([] if c.motif.value == "aucun" else [c.motif.value])]


def fingerprint(*columns: object) -> str:
    """Tell apart two drawings whose counts are equal and whose territories are not."""
    return f"{crc32(repr(columns).encode()):08x}"


def written(drawings: list[dict[str, Any]]) -> str:
    """Write JSON with a class to a line, for differences to be read."""
    text = json.dumps(drawings, ensure_ascii=False, indent=1)
    return LISTE.sub(lambda m: "[" + re.sub(r"\s*\n\s*", " ", m[1]) + "]", text) + "\n"


@pytest.mark.parametrize("nom", VUES)
def test_drawings_are_the_golden_ones(nom: str, frames_demo: Frames) -> None:
    text = written([summary(d) for v in VUES[nom] for d in scene.drawings_of(v, frames_demo)])
    path = DOSSIER / f"{nom}.json"
    if os.environ.get("ATLAS_GOLDEN") == "ecrire":
        path.write_text(text, encoding="utf-8")
    assert text.splitlines() == path.read_text("utf-8").splitlines()
