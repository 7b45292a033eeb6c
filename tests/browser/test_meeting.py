"""A meeting as its people live it: prepared at the keyboard, projected, presented, cut from the network, decided."""

import json
import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = [pytest.mark.browser]
SHOWN = "n => document.body.dataset.scene === String(n)"


def ask(site: str, path: str, content: dict | None = None) -> dict:
    body = json.dumps(content).encode() if content is not None else None
    request = urllib.request.Request(f"{site}carnet/{path}", body, {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))


@pytest.fixture
def seance(site: str) -> str:
    return ask(site, "seances", {"modele": "couverture", "titre": "CA de décembre"})["id"]


@pytest.fixture
def room(chromium: Browser) -> Iterator[BrowserContext]:
    """One browser, two windows of it at need; no page may meet an error that is not the network's."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    errors: list[str] = []
    context.on("weberror", lambda e: errors.append(str(e.error)))
    yield context
    context.close()
    assert errors == []


def project(room: BrowserContext, site: str, seance: str, scene: int = 1) -> Page:
    page = room.new_page()
    page.goto(f"{site}projection/?seance={seance}&scene={scene}")
    page.wait_for_function(SHOWN, arg=scene)
    page.wait_for_function("document.body.dataset.precharge === 'fini'")
    return page


def present(room: BrowserContext, site: str, seance: str) -> Page:
    page = room.new_page()
    page.goto(f"{site}pupitre/?seance={seance}")
    page.wait_for_selector("#pupitre[data-pret]")
    return page


def edit(room: BrowserContext, site: str, seance: str) -> Page:
    page = room.new_page()
    page.goto(f"{site}seances/?seance={seance}")
    page.wait_for_selector("#scene-etat")
    return page


def titles(page: Page) -> list[str]:
    return [t.partition(". ")[2] for t in page.locator("#scenes .scene-choix").all_inner_texts()]


def test_a_view_of_the_map_becomes_a_scene(room: BrowserContext, site: str) -> None:
    page = room.new_page()
    page.goto(f"{site}?maille=epci")
    page.wait_for_selector("#carte[data-peint]")
    page.locator("#bouton-seance").focus()
    page.keyboard.press("Enter")
    page.locator("#ajout-titre").wait_for()
    page.locator("#ajout-seance").select_option("")
    page.locator("#ajout-nouvelle").fill("Séance faite depuis la carte")
    page.locator("#ajout-question").fill("Que décider ?")
    assert "par Epci" in page.locator("#ajout-titre").input_value()
    page.get_by_role("button", name="Ajouter la scène").click()
    page.get_by_role("link", name="Ouvrir la séance").click()
    page.wait_for_selector("#scene-etat")
    assert len(titles(page)) == 1
    found = ask(site, f"seances/{page.url.partition('seance=')[2]}")
    assert found["scenes"][0]["adresse"].startswith("?maille=epci&date=")
    assert found["scenes"][0]["question"] == "Que décider ?"
    assert found["scenes"][0]["chiffres"].count(",") == 2


def test_a_list_without_archives_writes_nothing_in_their_place(room: BrowserContext, site: str, seance: str) -> None:
    page = room.new_page()
    page.goto(f"{site}seances/")
    page.locator(f"a[href*='{seance}']").first.wait_for()
    words = page.inner_text("body").split()
    assert "null" not in words
    assert "undefined" not in words


def test_a_seance_is_prepared_with_the_keyboard_alone(room: BrowserContext, site: str, seance: str) -> None:
    page = edit(room, site, seance)
    before = titles(page)
    page.locator("#scenes .scene-choix").nth(1).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#seances-message")).to_have_text("Scène déplacée à la place 1 sur 6.")
    assert titles(page) == [before[1], before[0], *before[2:]]
    page.locator("#scene label", has_text="Titre").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Un titre tapé")
    expect(page.locator("#scene-etat")).to_have_text("Enregistré")
    page.reload()
    page.wait_for_selector("#scene-etat")
    assert titles(page)[0] == "Un titre tapé"


def test_a_scene_is_dragged_copied_taken_out_and_put_back(room: BrowserContext, site: str, seance: str) -> None:
    page = edit(room, site, seance)
    before = titles(page)
    page.locator("#scenes li").nth(3).drag_to(page.locator("#scenes li").nth(0))
    expect(page.locator("#scenes .scene-choix").first).to_contain_text(before[3])
    page.get_by_role("button", name="Dupliquer la scène").click()
    expect(page.locator("#scenes li")).to_have_count(7)
    page.get_by_role("button", name="Retirer de la séance").click()
    expect(page.locator("#scenes li")).to_have_count(6)
    page.locator("#retirees summary").click()
    page.get_by_role("button", name="Remettre").click()
    expect(page.locator("#scenes li")).to_have_count(7)


def test_two_people_on_one_text_lose_nothing_and_choose(chromium: Browser, site: str, seance: str) -> None:
    contexts = [chromium.new_context(viewport={"width": 1280, "height": 720}) for _ in range(2)]
    one, two = (edit(c, site, seance) for c in contexts)
    question = "textarea[id^=champ-question]"
    one.locator(question).fill("La question de l'une")
    expect(one.locator("#scene-etat")).to_have_text("Enregistré")
    two.locator(question).fill("La question de l'autre")
    two.get_by_text("Quelqu'un d'autre a modifié ce texte").wait_for()
    shown = two.locator(".saisie-choix dd").all_inner_texts()
    assert shown == ["La question de l'autre", "La question de l'une"]
    two.get_by_role("button", name="Garder mon texte").click()
    expect(two.locator("#scene-etat")).to_have_text("Enregistré")
    assert ask(site, f"seances/{seance}")["scenes"][0]["question"] == "La question de l'autre"
    one.locator(question).fill("Encore l'une")
    one.get_by_role("button", name="Prendre le texte enregistré").click()
    expect(one.locator(question)).to_have_value("La question de l'autre")
    one.locator(question).fill("Toujours l'une")
    expect(one.locator("#scene-etat")).to_have_text("Enregistré")
    two.locator(question).fill("Toujours l'autre")
    two.get_by_role("button", name="Garder les deux, l'un après l'autre").click()
    expect(two.locator("#scene-etat")).to_have_text("Enregistré")
    assert ask(site, f"seances/{seance}")["scenes"][0]["question"] == "Toujours l'une\nToujours l'autre"
    for context in contexts:
        context.close()


def test_presenter_and_projection_stay_in_step_through_reloads(room: BrowserContext, site: str, seance: str) -> None:
    screen, desk = project(room, site, seance), present(room, site, seance)
    desk.locator("#pupitre-suivant").click()
    screen.wait_for_function(SHOWN, arg=2)
    screen.keyboard.press("PageDown")
    expect(desk.locator("#pupitre-rang")).to_have_text("Scène 3 sur 6")
    screen.keyboard.press("b")
    expect(desk.locator("#pupitre-noir")).to_have_attribute("aria-pressed", "true")
    desk.locator("#pupitre-noir").click()
    expect(screen.locator("#projection-noir")).to_be_hidden()
    for page, ready in ((desk, "#pupitre[data-pret]"), (screen, "body[data-scene='3']")):
        page.reload()
        page.wait_for_selector(ready, state="attached")
    expect(desk.locator("#pupitre-rang")).to_have_text("Scène 3 sur 6")
    assert desk.locator("#pupitre-ecoule").inner_text() != ""
    desk.locator("#pupitre-precedent").click()
    screen.wait_for_function(SHOWN, arg=2)


def test_two_machines_follow_each_other_through_the_server(chromium: Browser, site: str, seance: str) -> None:
    contexts = [chromium.new_context(viewport={"width": 1280, "height": 720}) for _ in range(2)]
    screen, desk = project(contexts[0], site, seance), present(contexts[1], site, seance)
    desk.locator("#pupitre-suivant").click()
    screen.wait_for_function(SHOWN, arg=2)
    screen.keyboard.press("ArrowRight")
    expect(desk.locator("#pupitre-rang")).to_have_text("Scène 3 sur 6")
    for context in contexts:
        context.close()


def test_the_network_is_cut_in_the_middle(room: BrowserContext, site: str, seance: str) -> None:
    screen, desk = project(room, site, seance), present(room, site, seance)
    room.set_offline(True)
    expect(desk.locator("#pupitre-reseau")).to_contain_text("Le réseau est coupé")
    for n in (2, 3, 4):
        desk.locator("#pupitre-suivant").click()
        screen.wait_for_function(SHOWN, arg=n)
    assert screen.locator("#projection-message").is_hidden()
    desk.locator("#pupitre-notes textarea").fill("Noté pendant la coupure")
    expect(desk.locator("#pupitre-notes-etat")).to_contain_text("Hors ligne : gardé sur ce poste")
    room.set_offline(False)
    expect(desk.locator("#pupitre-notes-etat")).to_have_text("Enregistré")
    expect(desk.locator("#pupitre-reseau")).to_be_hidden()
    assert ask(site, f"seances/{seance}")["scenes"][3]["notes"] == "Noté pendant la coupure"


def test_what_was_typed_survives_a_window_closed_without_network(room: BrowserContext, site: str, seance: str) -> None:
    desk = present(room, site, seance)
    room.set_offline(True)
    desk.locator("#pupitre-notes textarea").fill("Tapé puis fermé")
    expect(desk.locator("#pupitre-notes-etat")).to_contain_text("Hors ligne")
    room.set_offline(False)
    desk.evaluate("window.stop()")
    desk.reload()
    desk.wait_for_selector("#pupitre[data-pret]")
    expect(desk.locator("#pupitre-notes textarea")).to_have_value("Tapé puis fermé")
    expect(desk.locator("#pupitre-notes-etat")).to_have_text("Enregistré")
    assert ask(site, f"seances/{seance}")["scenes"][0]["notes"] == "Tapé puis fermé"


def test_the_projection_is_explored_and_comes_back_with_one_key(room: BrowserContext, site: str, seance: str) -> None:
    page = project(room, site, seance)
    start = page.evaluate("[atlas.etat.carte.getZoom(), atlas.etat.carte.getCenter()]")
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.wait_for_function("z => atlas.etat.carte.getZoom() > z", arg=start[0])
    page.keyboard.press("t")
    page.keyboard.type("Guérinec")
    page.keyboard.press("Enter")
    expect(page.locator("#projection-eclaire")).to_have_text("Projecteur : Guérinec")
    veil = "document.querySelector('.calque').getContext('2d').getImageData(3, 3, 1, 1).data[3]"
    assert page.evaluate(veil) > 120
    page.keyboard.press("Home")
    assert page.evaluate("[atlas.etat.carte.getZoom(), atlas.etat.carte.getCenter()]") == start
    expect(page.locator("#projection-eclaire")).to_have_text("")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    page.wait_for_function(SHOWN, arg=4)


def test_strokes_vanish_or_are_kept_with_the_scene(room: BrowserContext, site: str, seance: str) -> None:
    page = project(room, site, seance)

    def draw() -> None:
        page.mouse.move(300, 300)
        page.mouse.down()
        page.mouse.move(420, 380, steps=5)
        page.mouse.up()

    page.keyboard.press("d")
    draw()
    assert ask(site, f"seances/{seance}")["scenes"][0]["traits"] == ""
    page.keyboard.press("g")
    draw()
    page.wait_for_function("document.body.dataset.traits === 'enregistre'")
    kept = json.loads(ask(site, f"seances/{seance}")["scenes"][0]["traits"])
    assert len(kept) == 1
    assert len(kept[0]) == 6
    page.keyboard.press("PageDown")
    page.wait_for_function(SHOWN, arg=2)
    page.keyboard.press("Delete")
    assert json.loads(ask(site, f"seances/{seance}")["scenes"][0]["traits"]) == kept


def test_a_swipe_turns_the_page(chromium: Browser, site: str, seance: str) -> None:
    context = chromium.new_context(viewport={"width": 800, "height": 600}, has_touch=True)
    page = project(context, site, seance)
    session = context.new_cdp_session(page)
    for kind, x in (("touchStart", 500), ("touchMove", 350), ("touchEnd", None)):
        points = [] if x is None else [{"x": x, "y": 300}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_function(SHOWN, arg=2)
    context.close()


def test_a_decision_of_the_meeting_stands_on_the_sheet_of_its_territory(
    room: BrowserContext, site: str, frames_demo
) -> None:
    epci = frames_demo["epci"]["code_epci"].iloc[0]
    commune = frames_demo.communes.loc[frames_demo.communes["code_epci"] == epci, "code"].iloc[0]
    seance = ask(site, "seances", {"titre": "Séance des décisions"})["id"]
    ask(site, f"seances/{seance}/scenes", {"adresse": f"?territoire={epci}", "titre": "L'Epci"})
    desk = present(room, site, seance)
    desk.get_by_label("Décision", exact=True).fill("Écrire à l'Epci")
    desk.get_by_label("En charge (une fonction, pas un nom)").fill("M. Untel")
    desk.get_by_role("button", name="Noter la décision").click()
    desk.get_by_text("pas une personne").wait_for()
    desk.get_by_label("En charge (une fonction, pas un nom)").fill("Direction")
    desk.get_by_label("Échéance").fill("31/02/2027")
    desk.get_by_role("button", name="Noter la décision").click()
    expect(desk.locator(".saisie-jour")).to_have_text(re.compile("« 31/02/2027 » n'est pas une date"))
    desk.get_by_label("Échéance").fill("30/6/2027")
    expect(desk.locator(".saisie-jour")).to_have_text("mercredi 30 juin 2027")
    desk.get_by_role("button", name="Noter la décision").click()
    expect(desk.locator(".decision").get_by_label("Échéance")).to_have_value("30/06/2027")
    assert ask(site, f"seances/{seance}")["decisions"][0]["echeance"] == "2027-06-30"
    page = room.new_page()
    for code, about in ((epci, ""), (commune, f"pour {frames_demo.noms[epci]}")):
        page.goto(f"{site}?territoire={code}")
        page.wait_for_selector("#carte[data-peint]")
        page.wait_for_selector(".decisions-fiche")
        sheet = page.locator(".decisions-fiche")
        expect(sheet).to_contain_text("Écrire à l'Epci")
        expect(sheet).to_contain_text("Direction")
        expect(sheet).to_contain_text(about)


@pytest.mark.slow
def test_a_hundred_scenes_stay_quick(room: BrowserContext, site: str) -> None:
    seance = ask(site, "seances", {"titre": "Cent scènes"})["id"]
    for k in range(100):
        scene = {
            "adresse": f"?date=20{10 + k % 16}-0{1 + k % 9}-15&maille={'epci' if k % 3 else 'commune'}",
            "titre": f"Scène {k}",
        }
        ask(site, f"seances/{seance}/scenes", scene | {"chiffres": "population"})
    page = edit(room, site, seance)
    assert page.locator("#scenes li").count() == 100
    page.goto(f"{site}projection/?seance={seance}&scene=50")
    page.wait_for_function(SHOWN, arg=50)
    for n in range(51, 56):
        page.keyboard.press("ArrowRight")
        page.wait_for_function(SHOWN, arg=n)
    assert page.locator("#projection-titre").inner_text() == "Scène 54"
