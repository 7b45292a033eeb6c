"""Everything that the figures of a real département show, put together: no hidden count comes out of it."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dashboard.figures import figures
from data import jeu
from data.frames import Frames
from data.measures import coverage
from data.model import FiltreEchelon, Maille, Profil
from layers.kit.view import View

pytestmark = pytest.mark.real

JOURS = [date(annee, mois, 1) for annee in range(2016, 2028) for mois in (1, 7)]


@pytest.fixture(scope="module", params=["jeu-62", "jeu-31-pieges"])
def frames(request: pytest.FixtureRequest, reel: Path) -> Frames:
    return jeu.read(reel / str(request.param))[0]


def denominators(frames: Frames, maille: Maille, profil: Profil) -> dict[str, float | None]:
    vue = View(date=date(2026, 11, 1), maille=maille, champ="petite_enfance", profil=profil)
    return {ligne["code"]: ligne["denominateur"] for ligne in figures(frames, vue, "")["densite"]}


def known_totals(frames: Frames, profil: Profil, connues: np.ndarray) -> list[np.ndarray]:
    """Sets of communes whose children are shown together: Epci, département, covered at many days."""
    communes = frames.communes
    ensembles = [
        (communes["code_epci"] == code).to_numpy()
        for code, total in denominators(frames, Maille.EPCI, profil).items()
        if total is not None
    ]
    if all(total is not None for total in denominators(frames, Maille.DEPARTEMENT, profil).values()):
        ensembles.append(np.ones(len(communes), dtype=bool))
    if profil is Profil.PARTENAIRE:
        for jour in JOURS:
            for echelon in FiltreEchelon:
                for champ in ("tous", "petite_enfance", "logement"):
                    vue = coverage.compute(frames, jour, echelon, champ, profil)
                    if vue.enfants.numerateur is not None:
                        ensembles.append(vue.couvertes.to_numpy(dtype=bool))
    return [ensemble & connues for ensemble in ensembles]


@pytest.mark.parametrize("profil", list(Profil))
def test_no_hidden_count_is_a_combination_of_what_is_shown(frames: Frames, profil: Profil) -> None:
    montres = denominators(frames, Maille.COMMUNE, profil)
    valeurs = frames["indicateurs"].query("indicateur == 'enfants_0_2' and valeur == valeur")
    vraies = dict(zip(valeurs["code_territoire"], valeurs["valeur"], strict=True))
    codes = frames.communes["code"]
    connues = codes.isin(list(vraies)).to_numpy()
    cachees = connues & np.array([montres[c] is None for c in codes])
    seuil = 5 if profil is Profil.INTERNE else 11
    petites = {c for c, v in vraies.items() if 0 < v < seuil}
    assert petites <= set(codes[cachees])
    assert len(set(codes[cachees]) - petites) <= 20, "few counts are hidden for others"
    totaux = known_totals(frames, profil, connues)
    assert len(totaux) > 15
    lignes = np.unique(np.array(totaux)[:, cachees].astype(float), axis=0)
    rang = np.linalg.matrix_rank(lignes)
    for cible in np.eye(int(cachees.sum())):
        assert np.linalg.matrix_rank(np.vstack([lignes, cible])) == rang + 1


@pytest.mark.parametrize("profil", list(Profil))
def test_secrecy_costs_little(frames: Frames, profil: Profil) -> None:
    """Nearly every Epci keeps its figure, and the département too."""
    par_epci = denominators(frames, Maille.EPCI, profil)
    assert sum(total is None for total in par_epci.values()) <= 2
    assert None not in denominators(frames, Maille.DEPARTEMENT, profil).values()
