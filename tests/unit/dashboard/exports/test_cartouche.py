"""The words of a snapshot: all that DOMAINE §5.6 asks for, and nothing that is not so."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.exports.cartouche import cartouche_of, credit
from dashboard.exports.headlines import CHIFFRES_MAX, headline, key_figures
from dashboard.permalink import to_query
from dashboard.scene import drawings_of
from data.frames import Frames
from data.measures import coverage
from data.model import Maille, Profil, Source
from layers.kit.texts import number, percent
from layers.kit.view import View
from layers.registry import LAYERS

JOUR = date(2026, 11, 23)
TOUTES = tuple(layer.id for layer in LAYERS)


def words(frames: Frames, **rest: object):
    view = View(**({"date": date(2026, 11, 1), "couches": TOUTES} | rest))
    return view, cartouche_of(view, frames, drawings_of(view, frames), JOUR)


def small_print(cartouche) -> str:
    return " ".join(p for note in cartouche.notes for p in note.paragraphes)


def test_title_says_what_where_and_when(frames_demo: Frames):
    _, found = words(frames_demo, couches=("couverture_ctg",))
    assert found.titre == f"Couverture par les Ctg \u2013 {frames_demo.jeu.nom} (96), au 1er\u00a0novembre\u00a02026"


def test_filters_are_said_in_words(frames_demo: Frames):
    commune = frames_demo.communes["code"].iloc[0]
    _, found = words(frames_demo, maille=Maille.EPCI, champ="petite_enfance", territoire=commune)
    assert "Maille\u202f: Epci" in found.filtres
    assert "Champ\u202f: petite enfance" in found.filtres
    assert frames_demo.noms[commune] in found.filtres


def test_small_print_holds_all_that_a_snapshot_must_carry(frames_demo: Frames):
    view, found = words(frames_demo)
    text = small_print(found)
    assert f"COG {frames_demo.jeu.cog}" in text
    assert "Lambert-93" in text
    assert "édité le 23\u00a0novembre\u00a02026" in text
    assert "Document de travail" in text
    assert frames_demo.jeu.version[:12] in text
    assert to_query(view, frames_demo, JOUR) in text
    assert "1 à 4 masqués" in text
    for drawing in drawings_of(view, frames_demo):
        assert drawing.unite in text
        for source in drawing.sources:
            assert source.producteur in text
            assert source.licence in text


def test_the_partner_edition_states_its_own_threshold(frames_demo: Frames):
    _, found = words(frames_demo, profil=Profil.PARTENAIRE)
    assert f"1 à {frames_demo.jeu.parametres.secret_seuil_partenaire - 1} masqués" in small_print(found)


def test_key_figures_are_those_of_the_measures(frames_demo: Frames):
    view, found = words(frames_demo, couches=("couverture_ctg",))
    couverture = coverage.compute(frames_demo, view.date, view.echelon, view.champ, view.profil)
    assert found.chiffres[0].valeur == percent(couverture.population.taux_pct)
    assert number(couverture.population.numerateur) in found.chiffres[0].libelle
    assert number(couverture.population.denominateur) in found.chiffres[0].libelle
    assert found.chiffres[0].valeur in found.phrase
    assert len(found.chiffres) == CHIFFRES_MAX


def test_a_rate_without_denominator_is_not_said():
    nothing = {"numerateur": None, "denominateur": None, "taux_pct": None}
    none = {"couvertes": 0, "total": 0}
    found = {
        "couverture": {"population": nothing, "communes": none, "epci": {"entieres": 0, "partielles": 0, "nulles": 0}},
        "points_acces": {},
    }
    view = View(date=JOUR)
    assert headline(("couverture_ctg", "points_acces"), found, view) == ""
    assert key_figures(("couverture_ctg",), found) == ()


def test_services_are_added_only_when_none_is_hidden():
    rows = [{"services": 2, "statut": ""}, {"services": 3, "statut": "petit_denominateur"}]
    assert [c.valeur for c in key_figures(("densite_services",), {"densite": rows})] == ["5"]
    assert key_figures(("densite_services",), {"densite": [*rows, {"services": 1, "statut": "secret"}]}) == ()
    assert key_figures(("densite_services",), {"densite": [*rows, {"services": None, "statut": "secret"}]}) == ()


def test_real_data_bear_no_mark(frames_demo: Frames):
    real = replace(frames_demo, jeu=replace(frames_demo.jeu, fictif=False))
    assert words(frames_demo)[1].mention == "Données fictives"
    assert words(real)[1].mention == ""


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            Source("services.csv", "Insee", "BPE", "2024", "Licence Ouverte 2.0", "", date(2025, 6, 30)),
            "Insee, BPE, 2024 (mis à jour le 30/06/2025), Licence Ouverte 2.0.",
        ),
        (Source("communes.geojson", "IGN", "Admin Express"), "© IGN, Admin Express."),
    ],
)
def test_sources_are_cited(source: Source, said: str):
    assert credit(source) == said
