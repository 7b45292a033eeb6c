"""The indicator and its classes, chosen by a person in the page."""

import pytest
from playwright.sync_api import expect

from data.frames import Frames
from data.measures.indicators import values
from data.measures.sums import Lecture
from data.model import Maille

pytestmark = [pytest.mark.browser]


def test_an_indicator_is_chosen_by_its_name_and_back_undoes_it(atlas, frames_demo: Frames) -> None:
    atlas.open("?couches=").settle()
    bare = atlas.canvas()
    assert not atlas.page.locator("#filtre-indicateur").is_visible()
    atlas.page.locator("#filtre-couches").get_by_text("Indicateur", exact=True).click()
    atlas.settle()
    discs = atlas.canvas()
    assert discs != bare
    assert "Population municipale" in atlas.text("h1")
    atlas.page.locator("#filtre-indicateur").fill("revenu disp")
    atlas.page.get_by_role("treeitem", name="Revenu disponible médian").click()
    atlas.settle()
    assert "indicateur=revenu_median" in atlas.page.url
    assert "Revenu disponible médian" in atlas.text("h1")
    assert atlas.canvas() != discs
    table = values(frames_demo, "revenu_median", Maille.COMMUNE, Lecture(frames_demo.jeu.date_reference.year))
    secret = int((table["statut"] == "secret").sum())
    entry = atlas.page.locator("#legende li", has_text="secret statistique")
    expect(entry.locator(".legende-nombre")).to_have_text(str(secret))
    expect(atlas.page.locator("#legende .repartition")).to_contain_text("Médiane des communes")
    atlas.page.go_back()
    atlas.settle()
    assert "revenu_median" not in atlas.page.url
    assert atlas.canvas() == discs
    assert atlas.page.locator("#filtre-indicateur").input_value() == ""


def test_classes_are_chosen_and_typed_and_judged(atlas) -> None:
    atlas.open("?couches=indicateur&indicateur=potentiel_financier_hab").settle()
    before = atlas.canvas()
    atlas.page.locator(".filtre-classes summary").click()
    atlas.page.locator(".filtre-classes").get_by_text("7", exact=True).click()
    atlas.settle()
    assert "nb=7" in atlas.page.url
    assert atlas.canvas() != before
    expect(atlas.page.locator("#legende .histogramme > div")).to_have_count(7)
    atlas.page.locator("#filtre-classes").click()
    atlas.page.get_by_role("option", name="Quantiles").click()
    atlas.settle()
    assert "classes=quantiles" in atlas.page.url
    expect(atlas.page.locator("#legende")).to_contain_text("quantiles")
    box = atlas.page.locator("#filtre-bornes")
    box.fill("700 ; 812,5 ; 900")
    box.press("Tab")
    expect(atlas.page.locator("#legende")).to_contain_text("De 700 à moins de 812,5")
    assert "bornes=700,812.5,900" in atlas.page.url
    assert "classes=manuel" in atlas.page.url
    expect(atlas.page.locator("#filtre-classes")).to_have_value("Bornes choisies")
    before = atlas.page.evaluate("history.length")
    box.fill("9 ; 3")
    box.press("Tab")
    expect(atlas.page.locator("#avis-adresse")).to_contain_text("nombres croissants")
    expect(box).to_have_value("")
    atlas.settle()
    expect(atlas.page.locator("#avis-adresse")).to_contain_text("nombres croissants")  # what it set is not typed
    assert atlas.page.evaluate("history.length") == before + 1


def test_the_histogram_shows_the_class_under_the_pointer(atlas) -> None:
    atlas.open("?couches=densite_services&maille=epci").settle()
    code = atlas.page.evaluate("() => atlas.etat.courant.codes[3]")
    x, y = atlas.page.evaluate(
        """(code) => { const {carte, courant} = atlas.etat, o = carte.getContainer().getBoundingClientRect();
           const p = carte.latLngToContainerPoint(courant.centres[courant.rang.get(code)]);
           return [p.x + o.left, p.y + o.top] }""",
        code,
    )
    atlas.page.mouse.move(x, y)
    expect(atlas.page.locator("#legende .histogramme > .survol")).to_have_count(1)
    rank = atlas.page.evaluate(
        "(c) => { const m = atlas.etat.dessin.couches[0].marques[0]; return m.rangs[atlas.etat.courant.rang.get(c)] }",
        code,
    )
    assert atlas.page.locator("#legende .histogramme > .survol").get_attribute("data-rang") == rank
    atlas.page.mouse.move(5, 5)
    expect(atlas.page.locator("#legende .histogramme > .survol")).to_have_count(0)
