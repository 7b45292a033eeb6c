"""The register, the deadlines and the deployment as pages: addresses, words, files, what they say is missing."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from dash.development.base_component import Component

from dashboard.__main__ import main
from dashboard.registre.address import file_href, href, map_href, read
from dashboard.registre.sections import SECTIONS
from dashboard.registre.territory_search import suggest
from data.frames import Frames
from data.measures import deadlines
from data.measures.scope import Portee

Fabrique = Callable[..., Frames]
JOUR = date(2026, 11, 1)
MIENNES = ("registre", "echeances", "deploiement")


def texts(node: Any) -> Iterator[str]:
    """Every text of a component, whichever property holds it."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Component):
        for valeur in (getattr(node, "children", None), getattr(node, "rowData", None)):
            yield from texts(valeur)
    elif isinstance(node, dict):
        yield from (str(v) for v in node.values())
    elif isinstance(node, list | tuple):
        for part in node:
            yield from texts(part)


def page(frames: Frames, adresse: str) -> tuple[str, str, tuple[str, ...]]:
    lecture = read(adresse, frames, JOUR, SECTIONS)
    feuille = lecture.section.build(lecture.contexte)
    return feuille.titre, " ".join(texts(feuille.corps)).replace("\u00a0", " ").replace("\u202f", " "), lecture.avis


def file(frames: Frames, onglet: str, nom: str, suite: str = "") -> bytes:
    lecture = read(f"?onglet={onglet}{suite}", frames, JOUR, SECTIONS)
    return lecture.section.fichiers[nom](lecture.contexte)


@pytest.mark.parametrize("onglet", [s.id for s in SECTIONS])
def test_every_section_says_what_a_dataset_of_communes_lacks(make_frames: Fabrique, onglet: str) -> None:
    seules = make_frames([{"code": "62001", "population": 10}, {"code": "62002"}])
    _, dit, avis = page(seules, f"?onglet={onglet}")
    assert dit
    assert avis == ()
    if onglet in MIENNES:
        assert "La table ctg.csv manque" in dit


@pytest.mark.parametrize("onglet", MIENNES)
def test_sections_hold_with_agreements_and_nothing_else(make_frames: Fabrique, onglet: str) -> None:
    ctg = {"id_ctg": "C1", "echelon": "communal", "statut": "signee", "date_signature": date(2025, 1, 1)}
    seule = make_frames([{"code": "62001"}], {"ctg": [ctg]})
    _, dit, _ = page(seule, f"?onglet={onglet}")
    assert dit
    titre, fiche, _ = page(seule, "?ctg=C1")
    assert titre == "C1"
    assert "Aucune commune n'est écrite" in fiche
    for section in SECTIONS[:3]:
        for nom in section.fichiers:
            file(seule, section.id, nom, "&ctg=C1")


def test_an_address_is_read_by_the_maps_reader_and_written_back(frames_demo: Frames) -> None:
    adresse = "?onglet=echeances&echelon=communal&champ=logement&date=2025-03-01&territoire=960000038"
    contexte = read(adresse, frames_demo, JOUR, SECTIONS).contexte
    assert href(contexte) == "/registre/" + "?onglet=echeances&" + adresse.split("&", 1)[1]
    assert map_href(contexte, "96001") == "/?echelon=communal&champ=logement&date=2025-03-01&territoire=96001"
    assert href(contexte, "registre", {"ctg": "CTG-96-D-1"}).startswith("/registre/?ctg=CTG-96-D-1&echelon=communal")
    assert file_href(contexte, "echeances.ics").startswith("/registre/fichiers/echeances/echeances.ics?echelon=")
    relu = read(href(contexte).removeprefix("/registre/"), frames_demo, JOUR, SECTIONS).contexte
    assert (relu.vue, relu.onglet) == (contexte.vue, contexte.onglet)


def test_a_wrong_address_gives_a_notice_and_a_page(frames_demo: Frames) -> None:
    titre, _, avis = page(frames_demo, "?onglet=rien&ctg=PERDUE&date=hier")
    assert titre == "Registre des Ctg"
    assert len(avis) == 3
    assert any("PERDUE" in a for a in avis)


def test_the_register_lists_every_agreement_in_alphabetical_order(frames_demo: Frames) -> None:
    lignes = list(
        csv.DictReader(io.StringIO(file(frames_demo, "registre", "registre.csv").decode("utf-8-sig")), delimiter=";")
    )
    assert len(lignes) == len(frames_demo["ctg"])
    assert {ligne["Situation au"] for ligne in lignes} == {"2026-11-01"}
    marches = next(
        ligne for ligne in lignes if "Marches" in ligne["Convention"] and ligne["Échelon"] == "Intercommunal"
    )
    assert (marches["Fin"], marches["Fin calculée"]) == ("2027-12-31", "oui")
    communales = file(frames_demo, "registre", "registre.csv", "&echelon=communal").decode("utf-8-sig").splitlines()
    assert len(communales) - 1 == int((frames_demo["ctg"]["echelon"] == "communal").sum())


def test_the_page_of_an_agreement_says_its_file(frames_62: Frames) -> None:
    titre, dit, _ = page(frames_62, "?ctg=CTG-62-33579-2")
    assert titre == "Ctg CU d'Arras"
    for attendu in (
        "46 communes de la CU d'Arras (toutes) ; 109 781 habitants.",
        "Renouvellement sans évaluation finale (bloquant) :",
        "18/10/2022",
        "5 actions : 1 engagée, 3 réalisées et 1 abandonnée.",
        "du 01/01/2023 au 31/12/2027",
        "Ctg départementale du Pas-de-Calais 2023-2027",
        "Schéma départemental des services aux familles (fictif)",
    ):
        assert attendu in dit, attendu


def test_a_perimeter_across_epci_is_said_by_epci(make_frames: Fabrique) -> None:
    communes = [{"code": f"6200{i}", "code_epci": e} for i, e in enumerate(("A", "A", "A", "B", "B", ""), start=1)]
    noms = [{"code_epci": "A", "nom": "CC du Nord"}, {"code_epci": "B", "nom": "Grand Sud"}]
    tables = {
        "epci": noms,
        "ctg": [{"id_ctg": "C", "nom": "Ctg", "echelon": "intercommunal", "statut": "signee"}],
        "ctg_communes": [{"id_ctg": "C", "code_commune": f"6200{i}"} for i in (1, 2, 3, 4, 6)],
    }
    _, dit, _ = page(make_frames(communes, tables), "?ctg=C")
    assert "3 communes de la CC du Nord (toutes), 1 de Grand Sud (sur 2) et 1 sans Epci" in dit


def test_the_calendar_is_read_again(frames_62: Frames) -> None:
    brut = file(frames_62, "echeances", "echeances.ics")
    agenda = icalendar.Calendar.from_ical(brut)
    attendues = deadlines.of_entries(frames_62, Portee(JOUR))
    evenements = {str(e["uid"]): e for e in agenda.walk("VEVENT")}
    assert len(evenements) == len(attendues) == len(list(agenda.walk("VEVENT")))
    for echeance in attendues:
        event = next(e for uid, e in evenements.items() if f"fin-{echeance.inscription.id_ctg}@" in uid)
        assert event.decoded("dtstart") == echeance.fin
        assert event.decoded("dtend") == echeance.fin + timedelta(days=1)
        alarmes = sorted(echeance.fin + a.decoded("trigger") for a in event.walk("VALARM"))
        assert alarmes == sorted(deadlines.months_after(echeance.fin, -m) for m in (3, 6, 12))
    assert "inventé pour la démonstration" in str(next(iter(evenements.values()))["description"])
    assert file(frames_62, "echeances", "echeances.ics") == brut
    assert max(len(ligne.encode()) for ligne in brut.decode().split("\r\n")) <= 75


def test_an_event_keeps_its_identity_when_its_day_changes(frames_62: Frames) -> None:
    identites = []
    for jour in ("2026-11-01", "2026-11-15"):
        agenda = icalendar.Calendar.from_ical(file(frames_62, "echeances", "echeances.ics", f"&date={jour}"))
        identites.append({str(e["uid"]) for e in agenda.walk("VEVENT")})
    assert identites[0] == identites[1]


def test_the_follow_up_names_what_there_is_to_examine(frames_62: Frames) -> None:
    texte = file(frames_62, "echeances", "echeances.csv").decode("utf-8-sig")
    lignes = {x["Identifiant"]: x for x in csv.DictReader(io.StringIO(texte), delimiter=";")}
    assert lignes["CTG-62-33579-2"]["À examiner"] == "Renouvellement sans évaluation finale"
    assert lignes["CTG-62-00729-1"]["Dernier jour"] == "2026-11-30"
    assert lignes["CTG-62-00729-1"]["Jours restants"] == "29"


def test_words_are_neutral(frames_62: Frames, frames_demo: Frames) -> None:
    for frames in (frames_62, frames_demo):
        for onglet in MIENNES:
            _, dit, _ = page(frames, f"?onglet={onglet}")
            for mot in ("retard", "mauvais", "défaut", "gaspillage", "classement", "performance", "montant de la Ctg"):
                assert mot not in dit.lower(), mot


def test_the_departmental_level_is_told_neutrally(make_frames: Fabrique) -> None:
    ctg = {"id_ctg": "C", "nom": "Ctg", "echelon": "communal", "statut": "signee", "date_signature": date(2025, 1, 1)}
    tables = {"ctg": [ctg], "ctg_communes": [{"id_ctg": "C", "code_commune": "62001"}]}
    _, dit, _ = page(make_frames([{"code": "62001"}], tables), "?ctg=C")
    assert "Sans accord départemental en vigueur à cette date." in dit


def test_what_a_caf_says_of_itself(frames_demo: Frames) -> None:
    """No public list tells it: empty by default, said only where the dataset does."""
    ctg, schema = "ont expérimenté la Ctg", "préfiguré le schéma"
    jeu = frames_demo.jeu
    for dite, attendu in (
        (jeu, []),
        (replace(jeu, caf_experimentatrice=True), [ctg]),
        (replace(jeu, schema_prefigurateur=True), [schema]),
    ):
        lu = page(replace(frames_demo, jeu=dite), "onglet=deploiement")[1]
        assert [d for d in (ctg, schema) if d in lu] == attendu


def test_the_curve_tells_both_terms(frames_demo: Frames) -> None:
    _, dit, _ = page(frames_demo, "?onglet=deploiement")
    assert "de la population : 454 474 habitants sur 546 806 83,1 %" in dit
    assert "référence nationale" in dit
    assert "pas l'objectif de la Caf" in dit


def test_territories_are_found_without_accents(frames_demo: Frames) -> None:
    trouves = suggest(frames_demo, "guerinec")
    assert [t["value"] for t in trouves[:2]] == ["96064", "960000046"]
    assert suggest(frames_demo, "zzz", "96001") == [
        {"value": "96001", "label": suggest(frames_demo, "96001")[0]["label"]}
    ]


def test_the_command_lists_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo = str(Path(__file__).resolve().parents[4] / "data" / "demo" / "jeu")
    ics, table = tmp_path / "e.ics", tmp_path / "e.csv"
    assert main(["echeances", "--jeu", demo, "--ics", str(ics), "--csv", str(table), "--json"]) == 0
    dit = json.loads(capsys.readouterr().out)
    assert dit["delais"] == {"3": 2, "6": 3, "12": 4}
    assert dit["echeances"][0]["fin"] == "2026-11-01"
    assert len(list(icalendar.Calendar.from_ical(ics.read_bytes()).walk("VEVENT"))) == len(dit["echeances"])
    assert table.read_bytes().startswith("\ufeffIdentifiant;".encode())
    assert main(["echeances", "--jeu", demo, "--date", "2026-11-02"]) == 0
    assert "Vaucronnay" not in capsys.readouterr().out
    assert main(["echeances", "--jeu", demo, "--date", "demain"]) == 1
    assert "AAAA-MM-JJ" in capsys.readouterr().err
