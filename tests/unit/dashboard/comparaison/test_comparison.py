"""A comparison is its address; its maps differ by one thing, in the same classes where the unit is the same."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard.comparaison.address import CARTES_MAX, Comparaison, Critere, Mode, read, views_of, write
from dashboard.comparaison.sides import in_common, sides
from dashboard.scene import drawings_of
from data import jeu
from data.frames import Frames
from data.model import FiltreEchelon, Maille
from layers.kit.marks import Fill
from layers.kit.view import View

JOUR = date(2026, 11, 1)
BASE = View(date=date(2024, 2, 29), maille=Maille.EPCI, couches=("densite_services",))


@pytest.mark.parametrize(
    "comparaison",
    [
        Comparaison(BASE, Critere.DATE, ("2020-02-29", "2024-02-29")),
        Comparaison(BASE, Critere.CHAMP, ("petite_enfance", "jeunesse", "tous"), Mode.VOLET),
        Comparaison(BASE, Critere.ECHELON, ("local", "communal", "intercommunal", "tous")),
        Comparaison(BASE, Critere.INDICATEUR, ("revenu_median", "taux_pauvrete")),
    ],
)
def test_a_comparison_is_its_address(comparaison: Comparaison, frames_demo: Frames) -> None:
    lue = read(write(comparaison, frames_demo, JOUR), frames_demo, JOUR)
    assert lue.comparaison == comparaison
    assert lue.avis == ()


def test_an_empty_address_compares_today_with_three_years_before(frames_demo: Frames) -> None:
    lue = read("", frames_demo, JOUR)
    days = [v.date for v in views_of(lue.comparaison, frames_demo, JOUR)]
    today = lue.comparaison.base.date
    assert days == [today.replace(year=today.year - 3), today]


@pytest.mark.parametrize("critere", list(Critere))
def test_whatever_differs_two_maps_at_least_are_proposed(critere: Critere, frames_demo: Frames) -> None:
    views = views_of(read(f"?sur={critere}", frames_demo, JOUR).comparaison, frames_demo, JOUR)
    assert len(set(views)) == 2
    others = [replace(v, **{critere.value: getattr(views[0], critere.value)}) for v in views]
    assert len(set(others)) == 1


def test_wrong_parts_are_told_and_replaced(frames_demo: Frames) -> None:
    lue = read("?sur=couleur&mode=double&valeurs=2020-01-01,demain", frames_demo, JOUR)
    assert lue.comparaison.sur is Critere.DATE
    assert lue.comparaison.mode is Mode.COTE
    assert lue.comparaison.valeurs[0] == "2020-01-01"
    assert len(lue.comparaison.valeurs) == 2
    assert len(lue.avis) == 3


def test_a_comparison_has_four_maps_at_most(frames_demo: Frames) -> None:
    days = ",".join(f"{2019 + n}-01-01" for n in range(6))
    assert len(read(f"?valeurs={days}", frames_demo, JOUR).comparaison.valeurs) == CARTES_MAX


def test_maps_in_one_unit_share_their_bounds(frames_demo: Frames) -> None:
    views = tuple(replace(BASE, champ=c, date=JOUR) for c in ("logement", "handicap"))
    fills = [_fill(v, frames_demo) for v in views]
    assert len({f.bornes for f in fills}) == 2
    shared = [_fill(v, frames_demo) for v in in_common(views, frames_demo)]
    assert len({f.bornes for f in shared}) == 1
    assert [c.couleur for c in shared[0].classes] == [c.couleur for c in shared[1].classes]
    assert [f.valeurs for f in shared] == [f.valeurs for f in fills]


def test_maps_in_other_units_keep_their_own_bounds(frames_demo: Frames) -> None:
    views = tuple(replace(BASE, champ=c, date=JOUR) for c in ("petite_enfance", "handicap"))
    assert in_common(views, frames_demo) == views


def test_maps_of_categories_are_left_as_they_are(frames_demo: Frames) -> None:
    views = (replace(BASE, couches=("couverture_ctg",)), replace(BASE, couches=("couverture_ctg",), date=JOUR))
    assert in_common(views, frames_demo) == views


def test_comparing_indicators_shows_them(frames_demo: Frames) -> None:
    base = replace(BASE, couches=("couverture_ctg", "points_acces"), echelon=FiltreEchelon.LOCAL)
    views = views_of(Comparaison(base, Critere.INDICATEUR, ("revenu_median", "taux_pauvrete")), frames_demo, JOUR)
    assert [v.indicateur for v in views] == ["revenu_median", "taux_pauvrete"]
    assert {v.couches for v in views} == {("points_acces", "indicateur")}


def _fill(view: View, frames: Frames) -> Fill:
    return next(m for d in drawings_of(view, frames) for m in d.marques if isinstance(m, Fill))


def test_maps_of_one_caf_speak_of_it_alone(deux_caf: Path, frames_demo: Frames) -> None:
    frames = jeu.read(deux_caf)[0]
    deps = SimpleNamespace(frames=lambda: frames, today=lambda: JOUR, product=lambda *a: a[2]())
    lue = read("?caf=95&sur=date&valeurs=2020-01-01,2026-11-01&maille=commune", frames, JOUR)
    assert (lue.comparaison.base.caf, lue.avis) == ("95", ())
    shown = sides(lue.comparaison, deps)  # type: ignore[arg-type]
    assert all("caf=95" in cote.adresse for cote in shown)
    fills = [m for cote in shown for d in cote.dessins for m in d.marques if isinstance(m, Fill)]
    assert {len(m.codes) for m in fills} == {len(frames_demo.communes)}
    assert {code[:2] for m in fills for code in m.codes} == {"95"}
    assert all(cote.titre.endswith("(95)") or "Caf" in cote.titre for cote in shown)
