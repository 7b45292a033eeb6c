"""Journeys in the real page: what a person clicks, types and reads."""

import http.client
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from data.frames import Frames
from data.measures import coverage
from data.model import FiltreEchelon

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo" / "jeu"
pytestmark = [pytest.mark.browser]

IDS = (
    "carte",
    "filtre-maille",
    "filtre-echelon",
    "filtre-champ",
    "filtre-couches",
    "filtre-date",
    "legende",
    "tableau",
    "fiche",
    "chiffres-cles",
    "exporter",
)


def test_the_elements_of_the_contract_are_there(atlas) -> None:
    atlas.open()
    for element in IDS:
        assert atlas.page.locator(f"#{element}").count() == 1, element
    assert "Données fictives" in atlas.text(".entete")


def test_no_request_leaves_the_machine(atlas) -> None:
    atlas.open("?couches=couverture_ctg,densite_services,points_acces,territoires_prioritaires").settle()
    assert [u for u in atlas.requests if not u.startswith(atlas.site) and not u.startswith("data:")] == []


def test_a_field_changes_the_map_the_figures_the_sentence_and_the_address(atlas, frames_demo: Frames) -> None:
    jour = frames_demo.jeu.date_reference
    everything = coverage.compute(frames_demo, jour, FiltreEchelon.TOUS, "tous")
    handicap = coverage.compute(frames_demo, jour, FiltreEchelon.TOUS, "handicap")
    changed = everything.statuts.index[(everything.statuts == "en_vigueur") & (handicap.statuts == "non_engagee")]
    code = max(changed, key=lambda c: frames_demo.communes.set_index("code").geometry[c].area)
    atlas.open()
    before, figure = atlas.pixel(code), atlas.text(".chiffre-maitre strong")
    atlas.page.locator("#filtre-champ").get_by_text("Handicap").click()
    atlas.settle()
    assert "champ=handicap" in atlas.page.url
    assert "champ handicap" in atlas.text("h1")
    assert atlas.pixel(code) != before
    assert atlas.text(".chiffre-maitre strong") != figure
    shown = atlas.text(".chiffre-maitre strong").replace("\u202f", "").replace("%", "").replace(",", ".")
    assert float(shown) == pytest.approx(handicap.population.taux_pct, abs=0.051)


def test_back_forward_and_a_copied_address_give_the_same_view(atlas, chromium: Browser) -> None:
    atlas.open()
    first = atlas.canvas()
    atlas.page.locator("#filtre-maille").get_by_text("Epci", exact=True).click()
    atlas.settle()
    second, address = atlas.canvas(), atlas.page.url
    assert first != second
    assert address.endswith("?maille=epci")
    atlas.page.go_back()
    atlas.settle()
    assert "maille" not in atlas.page.url
    assert atlas.canvas() == first
    assert atlas.page.locator("#filtre-maille input:checked").input_value() == "commune"
    atlas.page.go_forward()
    atlas.settle()
    assert atlas.canvas() == second
    other = chromium.new_context(viewport={"width": 1366, "height": 768}).new_page()
    other.goto(address)
    other.wait_for_selector("#carte[data-peint]")
    other.wait_for_timeout(600)
    assert other.inner_text("h1") == atlas.text("h1")
    assert atlas.canvas(other) == second


def test_the_date_box_and_the_slider_move_the_day(atlas) -> None:
    atlas.open()
    box = atlas.page.locator("#filtre-date")
    box.fill("15/03/2019")
    box.press("Enter")
    atlas.settle()
    assert "date=2019-03-15" in atlas.page.url
    assert "15\u00a0mars\u00a02019" in atlas.text("h1")
    thumb = atlas.page.locator(".filtre--date [role=slider]")
    thumb.focus()
    for _ in range(3):
        thumb.press("ArrowRight")
    atlas.settle()
    assert "date=2019-06-15" in atlas.page.url
    grip = thumb.bounding_box()
    atlas.page.mouse.move(grip["x"] + 3, grip["y"] + 3)
    atlas.page.mouse.down()
    atlas.page.mouse.move(grip["x"] + 40, grip["y"] + 3, steps=4)
    atlas.page.mouse.up()
    atlas.settle()
    assert re.search(r"date=20(2\d)-\d\d-15", atlas.page.url)
    assert box.input_value().startswith("15/")


def test_layers_lie_over_one_another_and_the_legend_names_them_all(atlas) -> None:
    atlas.open()
    alone = atlas.canvas()
    for label in ("Densité de services", "Points d'accès", "Territoires prioritaires"):
        atlas.page.locator("#filtre-couches").get_by_text(label, exact=True).click()
        atlas.settle()
    assert "couches=couverture_ctg,densite_services,points_acces,territoires_prioritaires" in atlas.page.url
    assert atlas.canvas() != alone
    titles = atlas.page.locator("#legende h3").all_inner_texts()
    assert len(titles) == 4
    assert "Borne visio" in atlas.text("#legende")


def test_the_legend_counts_every_territory_once(atlas, frames_demo: Frames) -> None:
    atlas.open()
    rows = atlas.page.locator("#legende .legende-bloc").first.locator("li")
    numbers = [int(re.sub(r"\D", "", n)) for n in rows.locator(".legende-nombre").all_inner_texts()]
    labels = rows.locator("span:not(.legende-nombre)").all_inner_texts()
    areas = [n for n, label in zip(numbers, labels, strict=True) if "départemental" not in label]
    assert sum(areas) == len(frames_demo.communes)


def test_search_forgives_accents_and_opens_the_sheet(atlas, frames_demo: Frames) -> None:
    name = next(n for n in frames_demo.communes["nom"] if n.startswith("Saint-") and "é" in n)
    code = frames_demo.communes.set_index("nom")["code"][name]
    atlas.open()
    plain = name.replace("Saint-", "st ").replace("-", " ").replace("é", "e").replace("è", "e")
    atlas.page.locator("#recherche").fill(plain)
    atlas.page.get_by_role("option", name=re.compile(re.escape(f"({code})"))).click()
    atlas.settle()
    assert f"territoire={code}" in atlas.page.url
    assert name in atlas.text("#fiche h2")
    assert atlas.page.evaluate(
        "c => atlas.etat.carte.getBounds().contains(atlas.etat.courant.centres[atlas.etat.courant.rang.get(c)])", code
    )


def test_search_goes_to_a_place_and_to_a_list_and_keeps_what_is_typed(atlas, frames_demo: Frames) -> None:
    point = frames_demo["points_acces"].query("type == 'borne_visio' and longitude == longitude").iloc[0]
    atlas.open("?couches=points_acces")
    box = atlas.page.locator("#recherche")
    box.fill(f"borne visio {point['nom']}")
    atlas.page.get_by_role("option", name=f"{point['nom']} — Borne visio").first.click()
    atlas.settle()
    assert f"territoire={point['code_commune']}" in atlas.page.url
    where = [point["latitude"], point["longitude"]]
    assert atlas.page.evaluate(
        "([y, x]) => atlas.etat.carte.getZoom() > 10 && atlas.etat.carte.getBounds().contains([y, x])", where
    )
    expect(atlas.page.locator("#carte .leaflet-tooltip", has_text=point["nom"])).to_be_visible()
    box.fill("ruralites")
    atlas.settle()
    expect(box).to_have_value("ruralites")
    atlas.page.get_by_role("option", name="France ruralités revitalisation").click()
    atlas.settle()
    assert "territoires_prioritaires" in atlas.page.url
    assert "definitions=frr_2025" in atlas.page.url


def test_map_sheet_and_table_follow_one_another(atlas, frames_demo: Frames) -> None:
    code = frames_demo.communes.loc[frames_demo.communes.geometry.area.idxmax(), "code"]
    atlas.open()
    atlas.click_territory(code)
    atlas.settle()
    assert atlas.text("#fiche h2") == frames_demo.noms[code]
    expect(atlas.page.locator("#tableau .ag-row-selected").first).to_contain_text(frames_demo.noms[code])
    row = atlas.page.locator("#tableau-territoires .ag-pinned-left-cols-container .ag-row").nth(1)
    name = row.inner_text().strip()
    row.click()
    atlas.settle()
    assert atlas.text("#fiche h2") == name
    atlas.page.locator("#fiche-fermer").click()
    atlas.settle()
    assert "territoire" not in atlas.page.url
    assert atlas.text("#fiche") == ""


def test_the_table_is_sorted_filtered_and_chosen_by_keyboard_alone(atlas) -> None:
    atlas.open()
    header = atlas.page.locator("#tableau-territoires .ag-header-cell[col-id=code]")
    header.focus()
    header.press("Enter")
    header.press("Enter")
    first = atlas.page.locator("#tableau-territoires .ag-center-cols-container .ag-row[row-index='0'] [col-id=code]")
    codes = atlas.page.evaluate("() => [...atlas.etat.courant.codes].sort().reverse()")
    expect(first).to_have_text(codes[0])
    first.focus()
    first.press("Space")
    atlas.settle()
    assert f"territoire={codes[0]}" in atlas.page.url


def test_the_table_of_places_gives_what_the_points_say(atlas, frames_demo: Frames) -> None:
    atlas.open("?couches=points_acces").settle()
    atlas.page.locator("#tableau").get_by_text("Points d'accès", exact=True).click()
    count = atlas.page.evaluate("() => window.dash_ag_grid.getApi('tableau-lieux').getDisplayedRowCount()")
    assert count == len(frames_demo["points_acces"])
    assert "Borne visio" in atlas.text("#tableau-lieux")


def test_a_wrong_address_gets_the_default_and_a_notice(atlas) -> None:
    atlas.open("?maille=canton&champ=petite_enfance&nb=99").settle()
    notice = atlas.text("#avis-adresse")
    assert "maille=canton" in notice
    assert "nb=99" in notice
    assert "par commune" in atlas.text("h1")
    assert "champ petite enfance" in atlas.text("h1")


def test_an_export_is_saved_with_the_view(atlas, tmp_path: Path) -> None:
    atlas.open("?maille=epci")
    atlas.page.locator("#exporter").click()
    with atlas.page.expect_download() as saved:
        atlas.page.get_by_role("button", name=re.compile("PNG")).click()
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    assert "epci" in path.name
    assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(("width", "height"), [(360, 740), (390, 844), (1366, 768), (1920, 1080), (3840, 2160)])
def test_nothing_overflows_sideways(chromium: Browser, site: str, width: int, height: int) -> None:
    page = chromium.new_context(viewport={"width": width, "height": height}).new_page()
    page.goto(site + "?couches=couverture_ctg,densite_services&maille=epci")
    page.wait_for_selector("#carte[data-peint]")
    page.wait_for_timeout(400)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert page.locator("#carte").bounding_box()["width"] >= min(width, 360) - 2
    assert page.locator("h1").is_visible()


def test_theme_is_chosen_and_kept(atlas) -> None:
    atlas.open()
    assert atlas.page.evaluate("() => document.documentElement.dataset.theme") == "light"
    atlas.page.locator("#bouton-contraste").click()
    atlas.page.wait_for_timeout(200)
    assert atlas.page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(16, 22, 28)"
    atlas.page.reload()
    atlas.page.wait_for_selector("#carte[data-peint]")
    assert atlas.page.evaluate("() => document.documentElement.dataset.theme") == "dark"


def test_help_says_the_settings_of_the_dataset(atlas, frames_demo: Frames) -> None:
    atlas.open()
    atlas.page.locator("#bouton-aide").click()
    panel = atlas.page.get_by_role("dialog")
    expect(panel).to_contain_text("En cinq secondes")
    panel.get_by_role("tab", name="Réglages").click()
    expect(panel).to_contain_text(f"{frames_demo.jeu.parametres.alerte_renouvellement_mois} mois")
    panel.get_by_role("tab", name="Sources").click()
    expect(panel).to_contain_text("ctg.csv")


def test_a_dataset_of_communes_alone_says_what_it_lacks(chromium: Browser, serve, tmp_path: Path) -> None:
    for name in ("jeu.toml", "communes.geojson"):
        shutil.copy(DEMO / name, tmp_path)
    with serve(tmp_path) as address:
        page = chromium.new_context(viewport={"width": 1366, "height": 768}).new_page()
        page.goto(
            address + "?couches=couverture_ctg,densite_services,points_acces,territoires_prioritaires&territoire=96001"
        )
        page.wait_for_selector("#carte[data-peint]")
        page.wait_for_timeout(500)
        notices = page.inner_text("#avis")
        for table in ("ctg.csv", "services.csv", "points-acces.csv", "territoires-prioritaires.csv"):
            assert table in notices
        assert "nd" in page.inner_text(".chiffre-maitre")
        assert "ctg.csv manque" in page.inner_text("#fiche")


def test_a_new_version_is_served_without_a_restart(chromium: Browser, serve, tmp_path: Path) -> None:
    first, second = (Path(shutil.copytree(DEMO, tmp_path / n)) for n in ("un", "deux"))
    settings = (second / "jeu.toml").read_text(encoding="utf-8")
    (second / "jeu.toml").write_text(settings.replace("Caf fictive", "Caf nouvelle"), encoding="utf-8")
    current = [first]
    with serve(lambda: current[0]) as address:
        page = chromium.new_context(viewport={"width": 1366, "height": 768}).new_page()
        page.goto(address)
        page.wait_for_selector("#carte[data-peint]")
        assert "Caf fictive" in page.inner_text(".caf")
        current[0] = second
        page.reload()
        page.wait_for_selector("#carte[data-peint]")
        assert "Caf nouvelle" in page.inner_text(".caf")


def test_forty_people_at_once_are_all_served(site: str) -> None:
    """Each browser holds six connections open; none of the last ones may wait for the first to leave."""
    held = [http.client.HTTPConnection(site.split("/")[2], timeout=20) for _ in range(240)]
    for connection in held:
        connection.request("GET", "/sante", headers={"Connection": "keep-alive"})
    assert [c.getresponse().status for c in held] == [200] * len(held)
    for connection in held:
        connection.close()
