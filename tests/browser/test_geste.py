"""A choice among the filters: its map first, Dash after, and its drawing asked for before the click."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
CHAMP = "#filtre-champ input[value={}]"

DEUX_CLICS = """([a, b, couche]) => {
  for (const v of [a, b]) document.querySelector(`#filtre-champ input[value=${v}]`).click();
  document.querySelector(`#filtre-couches input[value=${couche}]`).click();
  return location.search }"""

# Grounds filled as one for neighbours of a class, against territory by territory: pixels that stand apart.
ECARTS = """() => {
  const { sol, toile } = atlas.etat, { vue } = toile, g = sol.m.geometrie, n = g.niveau(vue.zoom);
  const encres = ['#ff0000', '#00ff00', '#0000ff'], groupe = Int32Array.from(sol.m.codes, (_, c) => c % 4 - 1);
  const peindre = (faire) => {
    const t = Object.assign(document.createElement('canvas'), { width: vue.largeur, height: vue.hauteur });
    const ctx = t.getContext('2d');
    faire(ctx);
    return ctx.getImageData(0, 0, t.width, t.height).data;
  };
  const un = peindre((ctx) => g.groupes(ctx, groupe, 3, n, vue, (k) => { ctx.fillStyle = encres[k]; ctx.fill() }));
  const deux = peindre((ctx) => encres.forEach((encre, k) => {
    ctx.beginPath();
    groupe.forEach((d, c) => d === k && g.territoire(ctx, c, n, vue));
    ctx.fillStyle = encre;
    ctx.fill();
  }));
  let pleins = 0, ecarts = 0;
  for (let i = 0; i < un.length; i += 4) {
    if (deux[i + 3] > 200) pleins++;
    if ([0, 1, 2, 3].some((k) => Math.abs(un[i + k] - deux[i + k]) > 100)) ecarts++;
  }
  return [pleins, ecarts];
}"""


def test_choices_made_faster_than_the_map_all_count(atlas) -> None:
    atlas.open()
    written = atlas.page.evaluate(DEUX_CLICS, ["jeunesse", "handicap", "points_acces"])
    assert "champ=handicap" in written
    assert "points_acces" in written
    atlas.settle()
    assert "champ=handicap" in atlas.page.url
    assert "points_acces" in atlas.page.url
    assert "jeunesse" not in atlas.page.url
    assert atlas.page.evaluate("() => atlas.etat.dessin.vue") == atlas.page.evaluate("() => location.search")
    expect(atlas.page.locator(CHAMP.format("handicap"))).to_be_checked()
    expect(atlas.page.locator("#legende")).to_contain_text("Points d'accès")
    atlas.page.go_back()
    atlas.page.go_back()
    atlas.settle()
    assert "champ=jeunesse" in atlas.page.url
    assert "points_acces" not in atlas.page.url
    expect(atlas.page.locator(CHAMP.format("jeunesse"))).to_be_checked()
    expect(atlas.page.locator("#filtre-couches input[value=points_acces]")).not_to_be_checked()


def test_a_choice_pointed_at_is_asked_for_once_and_shown_from_memory(atlas) -> None:
    atlas.open()
    label = atlas.page.locator("#filtre-champ").get_by_text("Handicap", exact=True)
    with atlas.page.expect_response(lambda r: "/dessin?" in r.url and "champ=handicap" in r.url):
        label.hover()
    assert "champ" not in atlas.page.url
    label.click()
    atlas.settle()
    assert "champ=handicap" in atlas.page.url
    asked = [u for u in atlas.requests if "/dessin?" in u and "champ=handicap" in u]
    assert len(asked) == 1


def test_the_keyboard_chooses_as_the_pointer_does(atlas) -> None:
    atlas.open()
    atlas.page.locator("#filtre-champ input:checked").focus()
    atlas.page.keyboard.press("ArrowDown")
    atlas.settle()
    value = atlas.page.locator("#filtre-champ input:checked").input_value()
    assert f"champ={value}" in atlas.page.url
    assert atlas.page.evaluate("() => document.activeElement.value") == value


def test_neighbours_of_a_class_are_filled_as_one_without_a_difference(atlas) -> None:
    filled, apart = atlas.open().page.evaluate(ECARTS)
    assert filled > 10_000
    assert apart < filled / 1000
