"""The player goes through the years of the deployment, and Back undoes it in one step."""

import pytest

pytestmark = pytest.mark.browser


def test_the_years_are_played_up_to_today_and_back_undoes_them(atlas) -> None:
    page = atlas.open("?date=2024-06-30").page
    page.locator("#lecteur").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.annee-lue')?.textContent === '2024'")
    page.wait_for_function("() => atlas.etat.dessin.vue.includes('date=2024-12-31')")
    page.wait_for_function("() => document.querySelector('.annee-lue')?.textContent === '2025'")
    page.wait_for_function("() => !document.querySelector('.annee-lue')")
    assert page.inner_text("#lecteur") == "Lire les années"
    assert "date=" not in page.url
    page.go_back()
    page.wait_for_function("() => atlas.etat.dessin.vue.includes('date=2024-06-30')")


def test_escape_stops_the_player_where_it_stands(atlas) -> None:
    page = atlas.open("?date=2019-06-30").page
    page.locator("#lecteur").click()
    page.wait_for_function("() => atlas.etat.dessin.vue.includes('date=2019-12-31')")
    page.keyboard.press("Escape")
    atlas.settle()
    assert page.locator(".annee-lue").count() == 0
    assert "date=20" in page.url
