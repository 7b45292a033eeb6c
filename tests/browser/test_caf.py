"""A dataset of several départements: one Caf opened in place, and the way back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def two(deux_caf: Path, serve):
    with serve(deux_caf) as address:
        yield address


def test_a_caf_is_opened_in_place_and_left(atlas, two: str, frames_demo) -> None:
    atlas.site = two
    atlas.open().settle()
    assert legend_total(atlas) == 2 * len(frames_demo.communes)
    first = atlas.canvas()
    choice = atlas.page.get_by_role("textbox", name="Choisir une Caf")
    choice.fill("96")
    atlas.page.get_by_role("option", name=re.compile("96")).click()
    atlas.page.wait_for_selector("#carte[data-vue='?caf=96']")
    atlas.settle()
    assert "caf=96" in atlas.page.url
    assert atlas.page.evaluate("() => atlas.etat.courant.codes.length") == len(frames_demo.communes)
    assert legend_total(atlas) == len(frames_demo.communes)
    assert atlas.page.evaluate(
        "() => atlas.etat.maillages.get('departement').bornes(0).contains(atlas.etat.carte.getCenter())"
    )
    figure = atlas.text(".chiffre-maitre")
    choice.fill("toutes")
    atlas.page.get_by_role("option", name=re.compile("toutes les Caf")).click()
    atlas.page.wait_for_selector("#carte[data-vue='?']")
    atlas.settle()
    assert "caf" not in atlas.page.url
    assert atlas.canvas() == first
    assert atlas.text(".chiffre-maitre") != figure
    atlas.page.go_back()
    atlas.settle()
    assert "caf=96" in atlas.page.url
    expect(choice).to_have_value(re.compile("96"))


def test_another_caf_forgets_the_territory_chosen(atlas, two: str) -> None:
    atlas.site = two
    atlas.open("?caf=96&territoire=96001&maille=epci").settle()
    choice = atlas.page.get_by_role("textbox", name="Choisir une Caf")
    choice.fill("95")
    atlas.page.get_by_role("option", name=re.compile("95")).click()
    atlas.page.wait_for_selector("#carte[data-vue*='caf=95']")
    atlas.settle()
    assert "caf=95" in atlas.page.url
    assert "maille=epci" in atlas.page.url
    assert "territoire" not in atlas.page.url
    assert atlas.text("#fiche") == ""


def test_a_dataset_of_one_caf_offers_no_choice(atlas, frames_demo) -> None:
    atlas.open()
    expect(atlas.page.get_by_role("textbox", name="Choisir une Caf")).to_be_hidden()
    assert frames_demo.jeu.nom in atlas.text(".entete")


def test_two_sessions_look_at_two_caf_without_touching(chromium: Browser, two: str) -> None:
    pages = []
    for caf in ("95", "96"):
        page = chromium.new_context(viewport={"width": 1366, "height": 768}).new_page()
        page.goto(f"{two}?caf={caf}")
        pages.append(page)
    for caf, page in zip(("95", "96"), pages, strict=True):
        page.wait_for_selector("#carte[data-peint]")
        assert page.evaluate("() => atlas.etat.maillages.get('departement').codes") == [caf]
        page.context.close()


def legend_total(atlas) -> int:
    rows = atlas.page.locator("#legende .legende-bloc").first.locator("li")
    numbers = [int(re.sub(r"\D", "", n)) for n in rows.locator(".legende-nombre").all_inner_texts()]
    labels = rows.locator("span:not(.legende-nombre)").all_inner_texts()
    return sum(n for n, label in zip(numbers, labels, strict=True) if "départemental" not in label)
