"""Actions on the map: each once, in the territory that holds all its communes, while its calendar holds the day."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from data.frames import Frames
from data.measures import plans
from data.measures.scope import Portee
from data.model import MAILLES_CARTE, FiltreEchelon, Maille
from layers.kit.marks import Fill, Symbols
from layers.kit.view import View
from layers.registry import layer

JOUR = date(2024, 6, 1)
E1, E2 = "200000001", "200000002"


def action(ident: str, **faits: Any) -> dict[str, Any]:
    bornes = {"date_debut": date(2024, 1, 1), "date_fin": date(2024, 12, 31)}
    return {"id_action": ident, "id_ctg": "LOCALE", "champ": "jeunesse", "etat": "engagee", **bornes, **faits}


ACTIONS = [
    action("perimetre", priorite="1"),  # on the whole of the first Epci
    action("commune", maille="commune", code_territoire="62001", etat="prevue"),
    action("large", id_ctg="TOUT"),
    action("finie", date_fin=date(2024, 5, 31)),
    action("dernier_jour", date_fin=JOUR, champ="logement"),
    action("abandonnee", etat="abandonnee"),
    action("sans_date", date_debut=None, date_fin=None),
    action("inconnue", maille="commune", code_territoire="99999"),
]


@pytest.fixture
def frames(make_frames: Callable[..., Frames]) -> Frames:
    communes = [
        {"code": code, "nom": code, "code_epci": epci, "population": 10}
        for code, epci in (("62001", E1), ("62002", E1), ("62003", E2))
    ]
    ctg = [{"id_ctg": "LOCALE", "echelon": "intercommunal", "statut": "signee"},
           {"id_ctg": "TOUT", "echelon": "departemental", "statut": "signee"}]  # fmt: skip
    liens = [("LOCALE", "62001"), ("LOCALE", "62002"), *(("TOUT", f"6200{n}") for n in (1, 2, 3))]
    tables = {"actions": ACTIONS, "ctg": ctg, "epci": [{"code_epci": e, "nom": e, "nature": "CC"} for e in (E1, E2)],
              "ctg_champs": [{"id_ctg": "LOCALE", "champ": c} for c in ("jeunesse", "logement")],
              "ctg_communes": [{"id_ctg": i, "code_commune": c} for i, c in liens]}  # fmt: skip
    return make_frames(communes, tables)


def placed(frames: Frames, maille: Maille, **portee: Any) -> tuple[dict[str, list[str]], list[str]]:
    p = plans.at(frames, Portee(JOUR, **portee), maille)
    ici = {code: [a.id for a in liste] for code, liste in zip(p.codes, p.ici, strict=True) if liste}
    return ici, [a.id for a in p.plus_larges]


def test_each_action_stands_where_all_its_communes_are(frames: Frames) -> None:
    assert placed(frames, Maille.COMMUNE) == ({"62001": ["commune"]}, ["perimetre", "large", "dernier_jour"])
    assert placed(frames, Maille.EPCI) == ({E1: ["perimetre", "commune", "dernier_jour"]}, ["large"])
    assert placed(frames, Maille.DEPARTEMENT)[0] == {"62": ["perimetre", "commune", "large", "dernier_jour"]}
    assert [a.id for a in plans.at(frames, Portee(JOUR), Maille.EPCI).ailleurs] == ["inconnue"]


def test_filters_keep_their_actions(frames: Frames) -> None:
    assert placed(frames, Maille.EPCI, champ="logement") == ({E1: ["dernier_jour"]}, [])
    assert placed(frames, Maille.EPCI, echelon=FiltreEchelon.DEPARTEMENTAL) == ({}, ["large"])


@pytest.mark.parametrize("maille", MAILLES_CARTE)
def test_each_action_counts_once_at_every_maille(frames_demo: Frames, maille: Maille) -> None:
    p = plans.at(frames_demo, Portee(date(2026, 11, 1)), maille)
    tous = [a.id for liste in (*p.ici, p.plus_larges, p.ailleurs) for a in liste]
    vivantes = frames_demo["actions"]
    tenues = (vivantes["date_debut"] <= "2026-11-01") & (vivantes["date_fin"] >= "2026-11-01")
    assert sorted(tous) == sorted(vivantes.loc[tenues & (vivantes["etat"] != "abandonnee"), "id_action"])
    assert max(map(len, p.ici)) <= plans.most(frames_demo, maille)


def test_the_layer_says_them(frames: Frames) -> None:
    couche = layer("plans_actions")
    assert couche is not None
    dessin = couche.describe(frames, View(date=JOUR, maille=Maille.EPCI))
    fond, disques = dessin.marques
    assert isinstance(fond, Fill)
    assert isinstance(disques, Symbols)
    assert (disques.codes, disques.valeurs) == ((E1,), (3.0,))
    dit = "3 actions, dont 1 de priorité 1 : 1 prévue et 2 engagées"
    assert disques.details[0].replace("\u00a0", " ").replace("\u202f", " ") == dit
    assert fond.details[1] == "Aucune action à ce jour"
    assert [n.split(" ")[:2] for n in dessin.notice] == [["1", "action"], ["1", "action"]]
    vide = couche.describe(frames, View(date=date(1999, 1, 1)))
    assert [type(m) for m in vide.marques] == [Fill]
