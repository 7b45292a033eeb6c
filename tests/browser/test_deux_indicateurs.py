"""Two indicators in one map, chosen by a person: two rates crossed, then a count over a rate."""

import pytest
from playwright.sync_api import expect

from layers.kit.palettes import crossing

pytestmark = [pytest.mark.browser]

POINT = """(code) => { const {carte, courant} = atlas.etat, o = carte.getContainer().getBoundingClientRect();
  const p = carte.latLngToContainerPoint(courant.centres[courant.rang.get(code)]);
  return [p.x + o.left, p.y + o.top] }"""
APLAT = "atlas.etat.dessin.couches[0].marques[0]"
RANG = f"(c) => {APLAT}.rangs[atlas.etat.courant.rang.get(c)]"
PREMIER = f"() => atlas.etat.courant.codes.find((c, i) => '012345678'.includes({APLAT}.rangs[i]))"


def rgb(couleur: str) -> str:
    return f"rgb({', '.join(str(v) for v in bytes.fromhex(couleur[1:]))})"


def test_two_rates_are_crossed_and_the_legend_follows_the_pointer(atlas) -> None:
    atlas.open("?couches=indicateur&indicateur=revenu_net_moyen_foyer_fiscal").settle()
    page = atlas.page
    alone = atlas.canvas()
    page.locator("#filtre-indicateur2").fill("PART HABITANTS couverts")
    page.get_by_role("treeitem", name="Part des habitants couverts par la Caf").click()
    atlas.settle()
    assert "indicateur2=part_personnes_couvertes" in page.url
    assert "et part des habitants couverts" in atlas.text("h1")
    assert atlas.canvas() != alone
    cells = page.locator("#legende .matrice tbody td")
    expect(cells).to_have_count(9)
    assert sum(int(t) for t in cells.all_inner_texts()) <= 252
    code = page.evaluate(PREMIER)
    rank = int(page.evaluate(RANG, code))
    colour = crossing(3, 3)[rank // 3][rank % 3]
    cell = page.locator(f"#legende .matrice [data-rang='{rank}']")
    expect(cell).to_have_css("background-color", rgb(colour))
    page.mouse.move(*page.evaluate(POINT, code))
    expect(cell).to_have_class("survol")
    name = page.evaluate("(c) => atlas.etat.courant.noms[atlas.etat.courant.rang.get(c)]", code)
    expect(page.locator("#legende .legende-phrase")).to_contain_text(f"{name}\u202f: ")
    expect(page.locator("#legende .legende-phrase")).to_contain_text(", classes ")
    hovered = page.inner_text("#legende .legende-phrase")
    page.mouse.move(5, 5)
    expect(page.locator("#legende .matrice .survol")).to_have_count(0)
    atlas.click_territory(code)
    atlas.settle()
    page.mouse.move(5, 5)
    expect(page.locator("#legende .legende-phrase")).to_have_text(hovered)
    expect(page.locator("#legende .matrice .choisi")).to_have_attribute("data-rang", str(rank))


def test_a_count_stands_over_a_rate_and_the_sentence_gives_the_median(atlas) -> None:
    atlas.open("?couches=indicateur&maille=epci&indicateur=familles_monoparentales&indicateur2=taux_pauvrete").settle()
    page = atlas.page
    expect(page.locator("#legende .legende-disques")).to_contain_text("Familles monoparentales")
    expect(page.locator("#legende .histogramme > div")).to_have_count(5)
    sentence = page.locator("#legende .legende-phrase")
    x, y = page.evaluate(POINT, page.evaluate("() => atlas.etat.courant.codes[4]"))
    for step in range(0, 90, 6):  # on the disc or beside it, until the legend speaks
        page.mouse.move(x + step, y)
        if "la médiane des" in sentence.inner_text():
            break
    expect(sentence).to_contain_text("la médiane des Epci (")
    expect(sentence).to_contain_text(" sur 5")
    expect(page.locator("#legende .repere-3")).to_be_visible()
    page.locator("#filtre-indicateur2").fill("familles biact")
    page.get_by_role("treeitem", name="Familles biactives").click()
    atlas.settle()
    expect(page.locator("#legende")).to_contain_text("deux séries de disques se couvriraient")


def test_the_tree_is_searched_by_theme_forgives_accents_and_keeps_the_path_of_each_hit(atlas) -> None:
    atlas.open("?couches=indicateur").settle()
    box = atlas.page.locator("#filtre-indicateur")
    rows = atlas.page.locator("#filtre-indicateur-arbre .arbre-ligne > span:first-child:visible")
    box.fill("LOGEMENT indecents rapportes")
    expect(rows).to_have_text(
        ["Logement et cadre de vie", "Taux et médianes", "Logements indécents rapportés aux allocataires"]
    )
    box.fill("petite enfance")
    expect(rows.filter(has_text="Places d'accueil du jeune enfant")).to_be_visible()
    box.fill("introuvable")
    expect(rows).to_have_count(0)
    expect(atlas.page.get_by_text("Aucun indicateur ni thème de ce nom")).to_be_visible()


def test_the_tree_is_walked_by_the_keyboard_alone(atlas) -> None:
    atlas.open("?couches=indicateur").settle()
    box = atlas.page.locator("#filtre-indicateur")
    active = "() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
    name = f"() => document.getElementById(({active})().getAttribute('aria-labelledby')).innerText"
    box.focus()
    for key, wanted in (("ArrowDown", None), ("ArrowDown", "Tous champs"), ("ArrowRight", "Tous champs"),
                        ("ArrowRight", "Taux et médianes"), ("ArrowRight", "Taux et médianes"),
                        ("ArrowRight", "Revenu disponible médian"), ("ArrowLeft", "Taux et médianes"),
                        ("ArrowLeft", "Taux et médianes"), ("ArrowDown", "Effectifs et montants"),
                        ("End", "Accès aux droits et aux services"), ("Home", "Tous champs")):  # fmt: skip
        box.press(key)
        assert wanted is None or atlas.page.evaluate(name) == wanted, key
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "Enter"):
        box.press(key)
    atlas.settle()
    assert "indicateur=revenu_median" in atlas.page.url
    expect(box).to_be_focused()
    expect(box).to_have_value("Revenu disponible médian")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("ArrowDown")
    expect(atlas.page.locator("#filtre-indicateur-arbre [aria-selected=true]")).to_be_visible()
    box.press("Escape")
    expect(atlas.page.locator("#filtre-indicateur-arbre")).to_be_hidden()
    atlas.page.get_by_role("button", name="Revenir au premier indicateur").click()
    atlas.settle()
    assert "indicateur=" not in atlas.page.url.replace("couches=indicateur", "")
