"""Going about the map: down and up the territories, a territory made, an extent, a measure, the whole screen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pyproj import Geod

from data.frames import Frames
from data.measures import composition, ensemble, sheet, territories
from data.measures.ensemble import Demande
from data.model import FiltreEchelon, Maille

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo" / "jeu"
JOUR = date(2026, 11, 1)
TELEPHONE = {"width": 360, "height": 740}
pytestmark = [pytest.mark.browser]


def crumbs(page: Page) -> list[str]:
    return page.locator("#fil button:not(.geste)").all_inner_texts()


def parameter(page: Page, name: str) -> str:
    return parse_qs(urlsplit(page.url).query).get(name, [""])[0]


PLACE = """c => { const {carte, courant} = atlas.etat, o = carte.getContainer().getBoundingClientRect();
  const p = carte.latLngToContainerPoint(courant.centres[courant.rang.get(c)]); return [p.x + o.left, p.y + o.top] }"""
AUTOUR = """([x, y, dx, dy]) => { const {carte, maillages} = atlas.etat, m = maillages.get('commune');
  const o = carte.getContainer().getBoundingClientRect();
  return m.codes.filter((_, i) => { const p = carte.latLngToContainerPoint(m.centres[i]);
    return Math.abs(p.x + o.left - x) < dx && Math.abs(p.y + o.top - y) < dy; }) }"""
DEGRES = """([x, y]) => { const {carte} = atlas.etat, o = carte.getContainer().getBoundingClientRect();
  const l = carte.containerPointToLatLng([x - o.left, y - o.top]); return [l.lng, l.lat] }"""


def numbers(text: str) -> list[int]:
    return [int(re.sub(r"\D", "", n)) for n in re.findall(r"\d[\d\u202f]*", text)]


def shows(page: Page, code: str) -> float:
    """Part of the map's width that a territory takes, 0 where it is not wholly in view."""
    return page.evaluate(
        """c => { const {carte} = atlas.etat, m = atlas.mailleDe(c), b = m.bornes(m.rang.get(c));
        if (!carte.getBounds().contains(b)) return 0;
        const a = carte.latLngToContainerPoint(b.getNorthWest()), z = carte.latLngToContainerPoint(b.getSouthEast());
        return Math.max((z.x - a.x) / carte.getSize().x, (z.y - a.y) / carte.getSize().y) }""",
        code,
    )


@contextmanager
def telephone(chromium: Browser, url: str) -> Iterator[Page]:
    context = chromium.new_context(viewport=TELEPHONE, has_touch=True, reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.goto(url)
    page.wait_for_selector("#carte[data-peint]")
    page.wait_for_selector("#fil button")
    yield page
    assert page.evaluate("() => document.documentElement.scrollWidth") <= TELEPHONE["width"]
    context.close()
    assert errors == []


# ---- down and up ----


def test_a_double_click_goes_down_and_each_crumb_comes_back_up(atlas, frames_demo: Frames) -> None:
    epci = territories.groups(frames_demo, Maille.EPCI).codes[1]
    atlas.open("?maille=epci").settle()
    assert crumbs(atlas.page) == ["Département 96"]
    x, y = atlas.page.evaluate(PLACE, epci)
    atlas.page.mouse.dblclick(x, y)
    atlas.settle()
    assert (parameter(atlas.page, "territoire"), parameter(atlas.page, "maille")) == (epci, "")
    assert atlas.page.locator("#filtre-maille input:checked").input_value() == "commune"
    assert crumbs(atlas.page) == ["Département 96", frames_demo.noms[epci]]
    assert shows(atlas.page, epci) > 0.5
    commune = territories.communes_of(frames_demo, epci)[0]
    atlas.click_territory(commune)
    atlas.settle()
    assert crumbs(atlas.page) == ["Département 96", frames_demo.noms[epci], frames_demo.noms[commune]]
    atlas.page.locator("#fil button").nth(1).click()
    atlas.settle()
    assert (parameter(atlas.page, "territoire"), parameter(atlas.page, "maille")) == (epci, "")
    atlas.page.locator("#fil button").nth(0).click()
    atlas.settle()
    assert (parameter(atlas.page, "territoire"), parameter(atlas.page, "maille")) == ("96", "epci")
    atlas.page.go_back()
    atlas.settle()
    assert parameter(atlas.page, "territoire") == epci


def test_an_address_opens_on_its_territory(atlas, frames_demo: Frames) -> None:
    epci = territories.groups(frames_demo, Maille.EPCI).codes[2]
    atlas.open(f"?territoire={epci}").settle()
    assert shows(atlas.page, epci) > 0.5


def test_down_by_keyboard_alone_keeps_the_focus(atlas) -> None:
    atlas.open("?maille=epci&territoire=96").settle()
    atlas.page.locator("#fil button", has_text="Voir ses communes").focus()
    atlas.page.keyboard.press("Enter")
    atlas.settle()
    assert parameter(atlas.page, "maille") == ""
    assert atlas.page.evaluate("() => document.activeElement.dataset.pas") == "96"
    atlas.page.keyboard.press("Enter")
    atlas.settle()
    assert parameter(atlas.page, "maille") == "epci"
    assert atlas.page.evaluate("() => document.activeElement.dataset.pas") == "96"


# ---- search ----


def test_a_search_finds_what_was_meant_first(atlas) -> None:
    meant = {
        "ste ouvrine la montagne": "Sainte-Ouvrine-la-Montagne",
        "SAINT ORVEL DES MARCHES": "Saint-Orvel-des-Marches",
        "st-orvel des  marches": "Saint-Orvel-des-Marches",
        "guerinec": "Guérinec",
        "yvouetplage": "Yvouët-Plage",
        "CA Sernaie": "CA du Val de Sernaie",
        "ile d’ulvaine": "Île-d'Ulvaine",
        "96002": "Arveuse",
        "960000020": "CA du Val de Sernaie",
    }
    atlas.open().settle()
    found = {t: atlas.page.evaluate("t => atlas.proposer(t, 5)[0].label", t).rpartition(" (")[0] for t in meant}
    assert found == meant
    assert atlas.page.evaluate("() => atlas.proposer('???', 5)") == []


# ---- a territory made ----


def test_a_list_of_names_and_codes_makes_a_territory_with_its_sheet(atlas, frames_demo: Frames) -> None:
    epci = territories.groups(frames_demo, Maille.EPCI).codes[0]
    atlas.open().settle()
    atlas.page.locator("#outil-composer").click()
    atlas.page.locator("#composer-texte").fill(f"guerinec; 96002\n{epci}, Nulle-Part")
    atlas.page.get_by_role("button", name="Ajouter", exact=True).click()
    atlas.settle()
    expect(atlas.page.locator("#composer-avis")).to_contain_text("Nulle-Part")
    code = next(c for c, n in frames_demo.noms.items() if n == "Guérinec")
    membres = sorted({code, "96002", *territories.communes_of(frames_demo, epci)})
    assert composition.read(frames_demo, parameter(atlas.page, "communes").split(",")) == tuple(membres)
    atlas.page.locator("#composer-nom").fill("Côte & marais")
    atlas.page.keyboard.press("Tab")
    atlas.settle()
    assert parameter(atlas.page, "nom") == "Côte & marais"
    fiche = sheet.of_communes(frames_demo, tuple(membres), "", JOUR)
    assert atlas.text("#fiche h2") == "Côte & marais"
    assert {fiche.population, fiche.couvertes, fiche.total} <= set(numbers(atlas.text("#fiche summary")))
    assert "Côte & marais" in atlas.text("#legende")
    address = atlas.page.url
    atlas.page.get_by_role("button", name="Tout effacer").first.click()
    atlas.settle()
    assert (parameter(atlas.page, "communes"), parameter(atlas.page, "nom")) == ("", "")
    assert atlas.text("#fiche") == ""
    atlas.page.goto(address)
    atlas.page.wait_for_selector("#fiche h2")
    assert atlas.text("#fiche h2") == "Côte & marais"


def test_a_lasso_takes_the_communes_it_goes_round(atlas, frames_demo: Frames) -> None:
    atlas.open().settle()
    atlas.page.locator("#outil-composer").click()
    atlas.settle()
    atlas.page.get_by_role("button", name=re.compile("Lasso.*ajouter")).click()
    box = atlas.page.locator("#carte").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    corners = [(x - 60, y - 50), (x + 60, y - 50), (x + 60, y + 50), (x - 60, y + 50)]
    sure, possible = (set(atlas.page.evaluate(AUTOUR, [x, y, 60 + d, 50 + d])) for d in (-3, 3))
    atlas.page.mouse.move(*corners[0])
    atlas.page.mouse.down()
    for corner in [*corners[1:], corners[0]]:
        atlas.page.mouse.move(*corner, steps=6)
    atlas.page.mouse.up()
    atlas.settle()
    taken = set(composition.read(frames_demo, parameter(atlas.page, "communes").split(",")))
    assert len(sure) > 5
    assert sure <= taken <= possible
    assert "territoire" not in atlas.page.url, "le lasso ne choisit pas de territoire"
    atlas.page.get_by_role("button", name=re.compile("Lasso.*retirer")).click()
    atlas.page.keyboard.press("Escape")
    expect(atlas.page.locator("#composer-avis")).to_contain_text("abandonné")
    expect(atlas.page.locator(".voile")).to_have_count(0)


def test_the_table_and_the_sheet_add_and_take_by_keyboard(atlas, frames_demo: Frames) -> None:
    atlas.open("?territoire=96002").settle()
    atlas.page.get_by_role("button", name="Ajouter au territoire composé").focus()
    atlas.page.keyboard.press("Enter")
    atlas.settle()
    assert parameter(atlas.page, "communes") == "96002"
    expect(atlas.page.get_by_role("button", name="Retirer du territoire composé")).to_be_visible()
    atlas.page.locator("#outil-composer").focus()
    atlas.page.keyboard.press("Enter")
    assert atlas.page.evaluate("() => document.activeElement.id") == "composer-nom"
    cell = atlas.page.locator("#tableau-territoires .ag-row[row-id='96004'] [col-id=compose]")
    cell.wait_for()
    cell.focus()
    atlas.page.keyboard.press("Space")
    atlas.settle()
    assert parameter(atlas.page, "communes") == "96002,96004"
    atlas.page.get_by_role("button", name=re.compile("^Retirer " + frames_demo.noms["96002"])).focus()
    atlas.page.keyboard.press("Enter")
    atlas.settle()
    assert parameter(atlas.page, "communes") == "96004"
    assert atlas.page.evaluate("() => document.activeElement.textContent") == "Retirer"
    atlas.page.keyboard.press("Escape")
    assert atlas.page.evaluate("() => document.activeElement.id") == "outil-composer"


def test_the_browser_and_the_server_write_the_same_list(atlas, frames_demo: Frames) -> None:
    atlas.open().settle()
    codes = [c for i, c in enumerate(frames_demo.communes["code"]) if i % 9 and i < 200]
    atlas.page.evaluate("codes => atlas.composer(codes, false)", codes)
    atlas.settle()
    assert parameter(atlas.page, "communes") == ",".join(composition.write(frames_demo, codes))


# ---- the visible extent ----


def test_the_figures_follow_the_map_and_stay_in_a_copied_address(atlas, chromium: Browser, frames_demo: Frames) -> None:
    atlas.open().settle()
    atlas.page.locator("#outil-etendue").click()
    atlas.settle()
    whole = atlas.text(".chiffre-maitre span")
    box = atlas.page.locator("#carte").bounding_box()
    atlas.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    atlas.page.mouse.wheel(0, -400)
    atlas.page.wait_for_timeout(700)
    painted = atlas.page.get_attribute("#carte", "data-peint")
    atlas.settle()
    emprise = tuple(float(v) for v in parameter(atlas.page, "emprise").split(","))
    trouve = ensemble.compute(
        frames_demo, composition.of_extent(frames_demo, emprise), Demande(JOUR, FiltreEchelon.TOUS, "tous")
    )
    assert "carte visible" in atlas.text("#chiffres-cles h2")
    assert numbers(atlas.text("#chiffres-cles .fiche-note"))[0] == trouve.communes.denominateur < 250
    assert numbers(atlas.text(".chiffre-maitre span")) == [trouve.population.numerateur, trouve.population.denominateur]
    assert atlas.text(".chiffre-maitre span") != whole
    assert atlas.page.get_attribute("#carte", "data-peint") == painted, "rien n'est repeint quand la carte bouge"
    figure = atlas.text(".chiffre-maitre span")
    context = chromium.new_context(viewport={"width": 1000, "height": 900})
    other = context.new_page()
    other.goto(atlas.page.url)
    other.wait_for_selector(".chiffre-maitre")
    other.wait_for_timeout(800)
    assert other.inner_text(".chiffre-maitre span") == figure
    assert parameter(other, "emprise") == parameter(atlas.page, "emprise")
    context.close()
    atlas.page.locator("#outil-etendue").click()
    atlas.settle()
    assert parameter(atlas.page, "emprise") == ""
    assert atlas.text("#chiffres-cles h2") == "Population couverte"


# ---- measure, full screen, background, words ----


def test_a_distance_is_that_of_the_ellipsoid_by_mouse_and_by_names(atlas) -> None:
    atlas.open().settle()
    pairs = [((50.0, 2.0), (50.7, 1.6)), ((46.5, -6.3), (46.5, -5.9)), ((48.8, 2.3), (-20.9, 55.5))]
    for a, b in pairs:
        exact = Geod(ellps="WGS84").inv(a[1], a[0], b[1], b[0])[2]
        metres = atlas.page.evaluate("([a, b]) => atlas.distance(L.latLng(a), L.latLng(b))", [a, b])
        assert metres == pytest.approx(exact, abs=0.01)
    atlas.page.locator("#outil-mesurer").click()
    atlas.settle()
    box = atlas.page.locator("#carte").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    atlas.page.mouse.click(x - 80, y)
    atlas.page.mouse.dblclick(x + 80, y)
    ends = [atlas.page.evaluate(DEGRES, [px, y]) for px in (x - 80, x + 80)]
    km = Geod(ellps="WGS84").inv(*ends[0], *ends[1])[2] / 1000
    said = atlas.text("#mesure-resultat")
    assert said == f"{km:.1f}".replace(".", ",") + "\u00a0km à vol d'oiseau"
    assert "territoire" not in atlas.page.url
    atlas.page.keyboard.press("Escape")
    assert atlas.text("#mesure-resultat") == ""
    atlas.page.locator("#mesure-de").focus()
    atlas.page.keyboard.type("Ormelance")
    atlas.page.keyboard.press("Tab")
    atlas.page.keyboard.type("guerinec")
    atlas.page.keyboard.press("Enter")
    expect(atlas.page.locator("#mesure-resultat")).to_have_text(
        re.compile("De Ormelance à Guérinec : 33,\\d\u00a0km à vol d'oiseau")
    )


def test_the_map_and_its_legend_fill_the_screen_and_come_back(atlas) -> None:
    atlas.open().settle()
    button = atlas.page.locator("#outil-plein-ecran")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert not atlas.page.locator("#filtres").is_visible()
    assert atlas.page.locator("#legende").is_visible()
    atlas.page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert atlas.page.locator("#filtres").is_visible()
    assert atlas.page.evaluate("() => document.activeElement.id") == "outil-plein-ecran"


def test_the_map_is_said_in_words_linked_to_it(atlas) -> None:
    atlas.open("?couches=densite_services&champ=handicap").settle()
    target = atlas.page.locator(".carte-cadre").get_attribute("aria-describedby")
    said = atlas.page.locator(f"#{target}").text_content()
    assert atlas.text("h1") in said
    for row in atlas.page.locator("#legende .legende-nombre").all_inner_texts():
        assert numbers(row)[0] == 0 or str(numbers(row)[0]) in said


def test_skip_links_lead_past_the_map(atlas) -> None:
    atlas.open().settle()
    targets = atlas.page.evaluate("() => [...document.querySelectorAll('a.saut')].map(a => a.getAttribute('href'))")
    assert len(targets) >= 3
    for target in targets:
        assert atlas.page.locator(target).count() == 1


def test_the_background_comes_from_the_dataset_and_nothing_from_outside(atlas) -> None:
    atlas.open().settle()
    assert [u for u in atlas.requests if "/contexte/" in u] != []
    assert [u for u in atlas.requests if not u.startswith((atlas.site, "data:"))] == []
    assert atlas.page.locator("#outil-fond").count() == 0
    atlas.open("?fond=ign").settle()
    assert "n'autorise pas" in atlas.text("#avis-adresse")
    assert [u for u in atlas.requests if not u.startswith((atlas.site, "data:"))] == []


def test_tiles_that_fail_leave_the_map_and_one_notice(chromium: Browser, serve, tmp_path: Path) -> None:
    for fichier in DEMO.iterdir():
        (tmp_path / fichier.name).write_bytes(fichier.read_bytes())
    reglages = (tmp_path / "jeu.toml").read_text(encoding="utf-8").replace("fond_ign = false", "fond_ign = true")
    (tmp_path / "jeu.toml").write_text(reglages, encoding="utf-8")
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    page, asked = context.new_page(), []
    page.route("https://data.geopf.fr/**", lambda route: (asked.append(route.request.url), route.abort()))
    with serve(tmp_path) as address:
        page.goto(address)
        page.wait_for_selector("#carte[data-peint]")
        page.wait_for_timeout(600)
        assert asked == [], "éteint au départ"
        before = page.evaluate("() => document.querySelector('#carte canvas').toDataURL()")
        page.locator("#outil-fond").click()
        expect(page.locator("#avis-fond")).to_be_visible()
        assert "fond=ign" in page.url
        assert len(asked) > 1
        page.wait_for_timeout(600)
        assert page.evaluate("() => document.querySelector('#carte canvas').toDataURL()") == before
        page.locator("#outil-fond").click()
        expect(page.locator("#avis-fond")).to_be_hidden()
        assert "fond" not in page.url
        page.unroute("https://data.geopf.fr/**")
        page.route(
            "https://data.geopf.fr/**",
            lambda route: route.fulfill(
                content_type="image/svg+xml", body='<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>'
            ),
        )
        page.locator("#outil-fond").click()
        expect(page.locator(".credit-fond")).to_have_text("© IGN – Géoplateforme")
        expect(page.locator("#avis-fond")).to_be_hidden()
    context.close()


# ---- on a telephone, and two people at once ----


def test_every_tool_works_on_a_telephone(chromium: Browser, site: str, frames_demo: Frames) -> None:
    epci = territories.groups(frames_demo, Maille.EPCI).codes[1]
    with telephone(chromium, f"{site}?maille=epci&territoire={epci}") as page:
        page.locator("#fil button", has_text="Voir ses communes").tap()
        page.wait_for_function("() => !location.search.includes('maille=epci')")
        page.locator("#outil-composer").tap()
        page.get_by_role("button", name=re.compile("Lasso.*ajouter")).tap()
        page.wait_for_selector(".voile.lasso")
        box = page.locator("#carte").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"], 300) / 2
        page.mouse.move(x - 70, y - 70)
        page.mouse.down()
        for dx, dy in ((70, -70), (70, 70), (-70, 70), (-70, -70)):
            page.mouse.move(x + dx, y + dy, steps=5)
        page.mouse.up()
        page.wait_for_function("() => location.search.includes('communes=')")
        expect(page.locator("#composer-avis")).to_contain_text("ajoutée")
        page.locator("#outil-mesurer").tap()
        assert not page.locator("#volet-composer").is_visible()
        page.locator("#mesure-de").fill("Ormelance")
        page.locator("#mesure-a").fill("Guérinec")
        page.get_by_role("button", name="Mesurer", exact=True).last.tap()
        expect(page.locator("#mesure-resultat")).to_contain_text("33,")
        page.locator("#outil-etendue").tap()
        page.wait_for_function("() => location.search.includes('emprise=')")
        page.locator("#outil-plein-ecran").tap()
        expect(page.locator("#outil-plein-ecran")).to_have_attribute("aria-pressed", "true")
        page.locator("#outil-plein-ecran").tap()
        for tool in page.locator(".outil").all():
            side = tool.bounding_box()
            assert side["x"] >= 0
            assert side["x"] + side["width"] <= TELEPHONE["width"]
        zoom, notices = page.locator(".leaflet-control-zoom").bounding_box(), page.locator(".outils").bounding_box()
        assert notices["y"] + notices["height"] <= zoom["y"]


def test_two_sessions_never_touch_each_other(chromium: Browser, site: str) -> None:
    contexts = [chromium.new_context(viewport={"width": 1366, "height": 768}) for _ in range(2)]
    one, two = (c.new_page() for c in contexts)
    for page in (one, two):
        page.goto(site)
        page.wait_for_selector("#fil button")
    quiet = two.evaluate("() => [location.href, document.getElementById('chiffres-cles').innerText]")
    one.evaluate("() => atlas.composer(['96002', '96003'], false)")
    one.wait_for_selector("#fiche h2")
    one.locator("#outil-etendue").click()
    one.wait_for_function("() => document.getElementById('chiffres-cles').innerText.includes('carte visible')")
    two.wait_for_timeout(500)
    assert two.evaluate("() => [location.href, document.getElementById('chiffres-cles').innerText]") == quiet
    two.locator("#filtre-champ").get_by_text("Handicap").click()
    two.wait_for_function("() => location.search.includes('champ=handicap')")
    assert "champ" not in one.url
    assert parameter(one, "communes") == "96002,96003"
    for context in contexts:
        context.close()
