from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from data.frames import Frames
from data.measures import indicators
from data.measures.definitions import definition
from data.model import Maille, Nature, Profil
from layers.couverture_ctg import CouvertureCtg
from layers.densite_services import DensiteServices
from layers.indicateur import Indicateur
from layers.kit.contract import Drawing, superpose
from layers.kit.marks import Fill, Motif, Symbols, legend_of
from layers.kit.view import Methode, View

JOUR = date(2026, 11, 1)
COUCHE = Indicateur()
CODES = [f"6200{i}" for i in range(1, 9)]
COMMUNES = [{"code": c, "code_epci": "200000001" if c < "62005" else "200000002"} for c in CODES]
DEFINITIONS = [
    {"indicateur": "familles", "libelle": "Familles", "unite": "familles", "nature": "effectif"},
    {"indicateur": "taux", "libelle": "Taux d'essai", "unite": "%", "nature": "taux", "definition": "Part publiée"},
    {"indicateur": "part", "libelle": "Part d'essai", "unite": "pour 100 habitants", "nature": "rapport",
     "numerateur": "familles", "denominateur": "habitants", "facteur": 100.0, "reference_nationale": 8.5,
     "annee_reference": 2020},
    {"indicateur": "habitants", "libelle": "Habitants", "unite": "habitants", "nature": "effectif"},
    {"indicateur": "solde", "libelle": "Évolution", "unite": "% par an", "nature": "taux"},
]  # fmt: skip


def row(code: str, indicateur: str, valeur: float | None, annee: float = 2021, **autres: str) -> dict[str, Any]:
    vide = {"valeur": float("nan"), "statut": "manquant"} if valeur is None else {"valeur": float(valeur)}
    return {"code_territoire": code, "maille": "commune", "indicateur": indicateur, "annee": annee} | vide | autres


FAMILLES = [120, 0, None, 40, 60, 80, 10, 400]
LIGNES = [
    *(row(c, "familles", v) for c, v in zip(CODES, FAMILLES, strict=True)),
    row("62008", "familles", 900, 2019),
    *(row(c, "habitants", 1000) for c in CODES),
    *(row(c, "taux", v) for c, v in zip(CODES, [10, 12, 14, 30, 31, 32, None, None], strict=True)),
    row("62008", "taux", float("nan"), statut="secret"),
    *(row(c, "taux", 10 * v, 2018) for c, v in zip(CODES, range(1, 9), strict=True)),
    row("200000001", "medianes", 21_000, maille="epci"),
    row("200000002", "medianes", 24_000, maille="epci"),
    *(row(c, "solde", v) for c, v in zip(CODES, [-3, -2.9, -1, 0, 1, 1.1, 4, 4.2], strict=True)),
]


@pytest.fixture
def frames(make_frames: Callable[..., Frames]) -> Frames:
    return make_frames(COMMUNES, {"indicateurs": LIGNES, "indicateurs_def": DEFINITIONS})


def view(indicateur: str, **autres: Any) -> View:
    return View(date=JOUR, couches=("indicateur",), indicateur=indicateur, **autres)


def read(fill: Fill) -> dict[str, tuple[str, str]]:
    return {c: (fill.classes[r].id, d) for c, r, d in zip(fill.codes, fill.classe, fill.details, strict=True)}


def test_a_count_is_discs_never_colours(frames: Frames) -> None:
    fond, disques = COUCHE.describe(frames, view("familles")).marques
    assert isinstance(fond, Fill)
    assert isinstance(disques, Symbols)
    assert fond.fond
    assert not fond.ordonne
    assert dict(zip(disques.codes, disques.valeurs, strict=True)) == {
        "62001": 120, "62004": 40, "62005": 60, "62006": 80, "62007": 10, "62008": 400,
    }  # fmt: skip
    dits = read(fond)
    assert dits["62001"] == ("disque", "120 familles")
    assert dits["62002"] == ("zero", "0 famille")
    assert dits["62003"] == ("manquant", "nd (donnée manquante)")


def test_discs_keep_their_scale_from_one_year_to_the_next(frames: Frames) -> None:
    dessins = [COUCHE.describe(frames, replace(view("familles"), date=jour)) for jour in (date(2019, 1, 1), JOUR)]
    maxima = {m.maximum for d in dessins for m in d.marques if isinstance(m, Symbols)}
    assert maxima == {900.0}


def test_territories_without_a_disc_are_counted(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, view("familles"))
    assert "Sans disque\u202f: 1 à 0, 1 nd (donnée manquante)." in drawing.notice


def test_a_rate_is_colours_with_its_year_and_its_blanks_apart(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, view("taux"))
    (fill,) = drawing.marques
    assert isinstance(fill, Fill)
    assert fill.ordonne
    assert drawing.titre == "Taux d'essai (2018 à 2021)"
    dits = read(fill)
    assert dits["62001"][1] == "10\u202f% (2021)"
    assert dits["62007"][1] == "70\u202f% (2018)"
    assert dits["62008"][0] == "secret"
    assert "zero" not in {c.id for c in fill.classes}
    assert "Un taux n'existe que là où il est publié." in drawing.definition


def test_classes_are_frozen_on_all_years(frames: Frames) -> None:
    now, then = (COUCHE.describe(frames, replace(view("taux"), date=d)).marques[0] for d in (JOUR, date(2018, 6, 1)))
    assert isinstance(now, Fill)
    assert isinstance(then, Fill)
    assert now.classes == then.classes
    assert now.valeurs != then.valeurs


def test_an_earlier_day_takes_the_earliest_year(frames: Frames) -> None:
    assert COUCHE.describe(frames, replace(view("taux"), date=date(1999, 1, 1))).titre == "Taux d'essai (2018)"


def test_a_ratio_is_of_sums_at_every_maille_and_compares_with_the_departement(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, view("part", maille=Maille.EPCI))
    (fill,) = drawing.marques
    assert isinstance(fill, Fill)
    assert fill.valeurs == (pytest.approx(160 / 3000 * 100), pytest.approx(550 / 4000 * 100))
    assert fill.details[0].endswith("1 commune sans valeur, hors du total")
    repere, nationale = fill.reperes
    assert (repere.libelle, repere.valeur) == ("Département", pytest.approx(710 / 7000 * 100))
    assert (nationale.libelle, nationale.valeur) == ("Référence nationale (2020)", 8.5)
    assert "département\u202f: 10,1\u202f; référence nationale (2020)\u202f: 8,5." in drawing.lecture.lower()
    assert "familles ÷ habitants × 100" in drawing.definition


@pytest.mark.parametrize(("methode", "centre", "dit"), [
    (Methode.ECART_DEPARTEMENT, 710 / 7000 * 100, "Département (2021)"),
    (Methode.ECART_NATIONAL, 8.5, "Référence nationale (2020)"),
])  # fmt: skip
def test_colours_part_from_a_named_value_in_every_year(
    frames: Frames, methode: Methode, centre: float, dit: str
) -> None:
    drawing = COUCHE.describe(frames, view("part", classes=methode, nb=4))
    (fill,) = drawing.marques
    assert isinstance(fill, Fill)
    assert fill.reperes[-1].libelle == dit
    assert [r.dit for r in fill.reperes[:-1]] == [""] * (len(fill.reperes) - 1)
    assert fill.reperes[-1].valeur == pytest.approx(centre)
    assert any(b == pytest.approx(centre) for b in fill.bornes)
    assert any("sous l" in c.libelle for c in fill.classes)
    assert f"{dit} : ".replace(" :", "\u202f:") in drawing.lecture
    avant = COUCHE.describe(frames, replace(view("part", classes=methode, nb=4), date=date(1999, 1, 1))).marques[0]
    assert isinstance(avant, Fill)
    assert avant.classes == fill.classes


def test_what_does_not_add_up_says_where_it_exists(frames: Frames) -> None:
    par_epci = COUCHE.describe(frames, view("taux", maille=Maille.EPCI))
    assert par_epci.marques == ()
    assert par_epci.notice == (
        "«\u00a0Taux d'essai\u00a0»\u202f: non agrégeable, non publié par Epci. Il existe par commune.",
    )
    par_commune = COUCHE.describe(frames, view("medianes"))
    assert par_commune.notice == ("«\u00a0medianes\u00a0»\u202f: non publié par commune. Il existe par Epci.",)


def test_without_a_choice_the_first_one_of_the_maille_is_shown_and_said(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, view(""))
    assert drawing.titre == "Familles (2021)"
    assert drawing.notice[0] == "Aucun indicateur choisi\u202f: «\u00a0Familles\u00a0» est montré."
    assert not any("Aucun indicateur" in n for n in COUCHE.describe(frames, view("familles")).notice)


def test_negative_values_are_classed_and_zero_stays_apart(frames: Frames) -> None:
    (fill,) = COUCHE.describe(frames, view("solde", nb=3)).marques
    assert isinstance(fill, Fill)
    assert read(fill)["62004"] == ("zero", "0 % par an".replace(" %", "\u202f%"))
    assert fill.classe[0] < fill.classe[4] <= fill.classe[7]
    assert fill.bornes[0] == 0 < fill.bornes[-1]


def test_a_count_over_a_rate_is_discs_over_colours_whichever_comes_first(frames: Frames) -> None:
    dessins = [COUCHE.describe(frames, view(a, indicateur2=b)) for a, b in (("part", "familles"), ("familles", "part"))]
    for drawing in dessins:
        taux, fond, disques = drawing.marques
        assert isinstance(taux, Fill)
        assert isinstance(fond, Fill)
        assert isinstance(disques, Symbols)
        assert (taux.ordonne, taux.plein, fond.fond, fond.plein) == (True, True, True, False)
        assert (taux.titre, fond.titre, fond.unite) == ("Part d'essai (2021)", "Familles (2021)", "familles")
        assert drawing.unite == "pour 100 habitants"
        assert disques.maximum == 900
        assert "Surface des disques" in drawing.methode
        assert "seuils naturels" in drawing.methode
        assert "Sans disque\u202f: 1 à 0, 1 nd (donnée manquante)." in drawing.notice
        assert "Part d'essai" not in drawing.definition or drawing.definition.count("Rapport de sommes") == 1
    assert dessins[0].titre == "Part d'essai (2021) et familles (2021)"
    assert dessins[1].titre == "Familles (2021) et part d'essai (2021)"


def test_two_rates_are_crossed_and_their_corners_said(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, view("taux", indicateur2="solde"))
    (fill,) = drawing.marques
    assert isinstance(fill, Fill)
    assert fill.grille is not None
    assert (len(fill.grille.ordonnee.niveaux), len(fill.grille.abscisse.niveaux)) == (3, 3)
    assert fill.valeurs == ()
    assert fill.grille.ordonnee.valeurs[0] == 10
    dits = read(fill)
    assert dits["62008"] == (
        "secret",
        "Taux d'essai\u202f: s. (secret statistique)\u202f; évolution\u202f: 4,2\u202f% par an",
    )
    assert dits["62001"][1] == "10\u202f% (2021)\u202f; \u22123\u202f% par an"
    assert drawing.constat.startswith("Taux d'essai en classe haute et évolution en classe basse\u202f: ")
    assert "terciles" in drawing.methode
    assert "reste blanc dès que l'une des deux valeurs n'est pas connue" in drawing.methode
    naturels = COUCHE.describe(frames, view("taux", indicateur2="solde", classes=Methode.NATUREL))
    assert "Trois classes par mesure\u202f: seuils naturels, bornes" in naturels.methode
    six = COUCHE.describe(frames, view("taux", indicateur2="solde", classes=Methode.Q6))
    assert "ne sert pas à un croisement" in six.methode
    assert [m for m in six.marques if isinstance(m, Fill)][0].classes == fill.classes


def test_two_counts_are_refused_with_the_reason(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, view("familles", indicateur2="habitants"))
    assert drawing.titre == "Familles (2021)"
    assert any("deux séries de disques se couvriraient" in n for n in drawing.notice)
    seul = COUCHE.describe(frames, view("familles"))
    assert drawing.marques == seul.marques


def test_the_same_indicator_twice_is_shown_once_and_said(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, view("taux", indicateur2="taux"))
    assert drawing.marques == COUCHE.describe(frames, view("taux")).marques
    assert "Le même indicateur est choisi deux fois\u202f: il est montré seul." in drawing.notice


def test_one_of_two_that_does_not_exist_at_the_maille_leaves_the_other(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, view("taux", indicateur2="part", maille=Maille.EPCI))
    assert drawing.titre == "Part d'essai (2021)"
    assert len(drawing.marques) == 1
    assert any("Taux d'essai" in n and "Il existe par commune" in n for n in drawing.notice)


@pytest.mark.parametrize("choix", [{"classes": Methode.QUANTILES}, {"nb": 7}, {"bornes": (3.0,)}])
def test_classes_asked_of_a_count_are_refused_with_the_reason(frames: Frames, choix: dict[str, Any]) -> None:
    drawing = COUCHE.describe(frames, view("familles", **choix))
    assert drawing.marques == COUCHE.describe(frames, view("familles")).marques
    assert any("est un effectif, montré par des disques" in n for n in drawing.notice)
    assert not any("disques." in n for n in COUCHE.describe(frames, view("taux", **choix)).notice)


def test_the_ground_gives_way_to_another_fill_and_keeps_its_words(frames_demo: Frames) -> None:
    vue = View(date=JOUR, couches=("indicateur", "couverture_ctg"), indicateur="familles_monoparentales")
    discs, coverage = superpose((COUCHE.describe(frames_demo, vue), CouvertureCtg().describe(frames_demo, vue)))
    fond = discs.marques[0]
    assert isinstance(fond, Fill)
    assert not fond.plein
    assert {c.motif for c in fond.classes} == {Motif.AUCUN}
    assert legend_of(fond) == ()
    assert all(fond.details)
    assert next(m for m in coverage.marques if isinstance(m, Fill)).plein


def test_a_rate_over_a_density_is_left_out_and_said(frames_demo: Frames) -> None:
    vue = View(date=JOUR, couches=("densite_services", "indicateur"), indicateur="part_personnes_couvertes")
    densite, taux = superpose((DensiteServices().describe(frames_demo, vue), COUCHE.describe(frames_demo, vue)))
    assert [isinstance(m, Fill) for m in densite.marques] == [True]
    assert taux.marques == ()
    assert any("n'est pas dessinée" in n for n in taux.notice)


@pytest.mark.parametrize("methode", list(Methode))
@pytest.mark.parametrize("profil", list(Profil))
def test_every_territory_is_in_one_class_or_one_blank_whatever_the_method(
    frames_demo: Frames, methode: Methode, profil: Profil
) -> None:
    rates = [i for i in indicators.listed(frames_demo) if not definition(frames_demo, i).additive]
    assert {definition(frames_demo, i).nature for i in rates} == {Nature.RAPPORT, Nature.TAUX, Nature.MEDIANE}
    for indicateur, nb in zip(rates, (3, 4, 5, 6, 7, 3), strict=False):
        vue = view(indicateur, maille=Maille.COMMUNE, classes=methode, nb=nb, bornes=(10.0, 20.0), profil=profil)
        drawing = COUCHE.describe(frames_demo, vue)
        fill = drawing.marques[0]
        assert isinstance(fill, Fill)
        assert list(fill.bornes) == sorted(set(fill.bornes))
        assert sum(e.nombre for e in legend_of(fill)) == len(frames_demo.communes)
        pleines = [c for c in fill.classes if c.blanc is None and c.id != "zero"]
        premier = fill.classes.index(pleines[0])
        for valeur, rang in zip(fill.valeurs, fill.classe, strict=True):
            if valeur is None:
                assert fill.classes[rang].blanc
            elif valeur != 0:
                assert rang == premier + np.searchsorted(fill.bornes, valeur, side="right")
        secret = {c for c, s in blanks(fill).items() if s == "secret"}
        assert not secret & {c for c, v in zip(fill.codes, fill.valeurs, strict=True) if v is not None}
        assert methode.libelle in drawing.methode


def blanks(fill: Fill) -> dict[str, str]:
    return {c: fill.classes[r].id for c, r in zip(fill.codes, fill.classe, strict=True) if fill.classes[r].blanc}


def test_missing_table(make_frames: Callable[..., Frames]) -> None:
    drawing: Drawing = COUCHE.describe(make_frames(COMMUNES), view(""))
    assert drawing.marques == ()
    assert "indicateurs.csv manque" in drawing.notice[0]
