from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from data.frames import Frames
from data.model import Maille, Profil, Source
from layers.densite_services import DensiteServices
from layers.kit.contract import Drawing
from layers.kit.marks import Fill
from layers.kit.view import View

JOUR = date(2026, 11, 1)
COUCHE = DensiteServices()
ENFANTS = {"62001": 1234, "62002": 500, "62003": 3, "62004": 12, "62005": None, "62006": 800}
COMMUNES = [{"code": c, "code_epci": "200000001", "population": 5_000.0} for c in ENFANTS]


def service(
    rang: int, commune: str, mode: str = "fixe", champ: str = "petite_enfance", ouverture: str = ""
) -> dict[str, object]:
    ligne: dict[str, object] = {
        "id": f"S{rang}",
        "type_service": "eaje",
        "champ": champ,
        "code_commune": commune,
        "mode": mode,
    }
    return ligne | ({"date_ouverture": datetime.fromisoformat(ouverture)} if ouverture else {})


SERVICES = [
    service(1, "62001"),
    service(2, "62001", champ="petite_enfance|parentalite"),
    service(3, "62001", "itinerant"),
    service(4, "62003"),
    service(5, "62004"),
    service(6, "62005"),
    service(7, "62006", ouverture="2027-01-01"),
]
INDICATEURS = [
    {"code_territoire": c, "maille": "commune", "indicateur": "enfants_0_2", "annee": 2022.0,
     "valeur": float("nan") if n is None else float(n), "statut": "manquant" if n is None else ""}
    for c, n in ENFANTS.items()
]  # fmt: skip


@pytest.fixture
def frames(make_frames: Callable[..., Frames]) -> Frames:
    return make_frames(COMMUNES, {"services": SERVICES, "indicateurs": INDICATEURS})


def fill(drawing: Drawing) -> Fill:
    (mark,) = drawing.marques
    assert isinstance(mark, Fill)
    return mark


def read(drawing: Drawing) -> dict[str, tuple[str, str]]:
    mark = fill(drawing)
    return {
        code: (mark.classes[rang].id, detail)
        for code, rang, detail in zip(mark.codes, mark.classe, mark.details, strict=True)
    }


def test_a_density_says_services_people_and_ratio(frames: Frames) -> None:
    dits = read(COUCHE.describe(frames, View(date=JOUR, champ="petite_enfance")))
    assert dits["62001"] == (
        "d2",
        "3 services (2 fixes, 1 itinérant) pour 1\u202f234 enfants de moins de 3 ans\u202f: 2,4 pour 1\u202f000",
    )
    assert dits["62002"] == ("zero", "Aucun service pour 500 enfants de moins de 3 ans\u202f: 0 pour 1\u202f000")


def test_each_blank_is_its_own_class(frames: Frames) -> None:
    dits = read(COUCHE.describe(frames, View(date=JOUR, champ="petite_enfance")))
    assert dits["62003"] == (
        "secret", "1 service\u202f; enfants de moins de 3 ans\u202f: s. (secret statistique)"
    )  # fmt: skip
    assert dits["62005"][0] == "manquant"
    interne = View(date=JOUR, champ="petite_enfance", profil=Profil.PARTENAIRE)
    assert read(COUCHE.describe(frames, interne))["62003"][0] == "secret"


def test_a_small_denominator_gives_no_ratio(make_frames: Callable[..., Frames]) -> None:
    seul = [i for i in INDICATEURS if i["code_territoire"] in ("62001", "62002", "62004")]
    frames = make_frames([c for c in COMMUNES if c["code"] in ("62001", "62002", "62004")],
                         {"services": SERVICES[:3] + SERVICES[4:5], "indicateurs": seul})  # fmt: skip
    drawing = COUCHE.describe(frames, View(date=JOUR, champ="petite_enfance"))
    assert read(drawing)["62004"] == (
        "petit_denominateur",
        "1 service pour 12 enfants de moins de 3 ans\u202f: dénominateur trop petit",
    )
    assert any("moins de 20" in n for n in drawing.notice)


def test_values_are_those_of_the_measure(frames: Frames) -> None:
    mark = fill(COUCHE.describe(frames, View(date=JOUR, champ="petite_enfance")))
    valeurs = dict(zip(mark.codes, mark.valeurs, strict=True))
    assert valeurs["62001"] == pytest.approx(3 / 1234 * 1000)
    assert valeurs["62002"] == 0
    assert valeurs["62003"] is valeurs["62005"] is None
    assert mark.ordonne


def test_each_field_has_its_denominator(frames: Frames) -> None:
    tous = COUCHE.describe(frames, View(date=JOUR))
    assert tous.unite == "services pour 10\u202f000 habitants"
    assert read(tous)["62005"][1] == "1 service pour 5\u202f000 habitants\u202f: 2,0 pour 10\u202f000"
    enfance = COUCHE.describe(frames, View(date=JOUR, champ="petite_enfance"))
    assert enfance.unite == "services pour 1\u202f000 enfants de moins de 3 ans"
    assert enfance.titre == "Densité de services\u202f: petite enfance"


def test_a_future_service_is_not_there_yet_and_bounds_do_not_move(frames: Frames) -> None:
    date_maj = replace(frames, jeu=replace(frames.jeu, sources=(Source("services.csv", "x", "y", date_maj=JOUR),)))
    avant = COUCHE.describe(date_maj, View(date=JOUR, champ="petite_enfance"))
    apres = COUCHE.describe(date_maj, View(date=date(2027, 6, 1), champ="petite_enfance"))
    assert read(avant)["62006"][0] == "zero"
    assert read(apres)["62006"][0] == "d1"
    assert fill(avant).classes == fill(apres).classes
    assert avant.sources == date_maj.jeu.sources


def test_missing_tables_are_named(make_frames: Callable[..., Frames]) -> None:
    sans = COUCHE.describe(make_frames(COMMUNES), View(date=JOUR))
    assert sans.notice == (
        "La table services.csv manque\u202f: la densité n'est pas calculée. L'ajouter au jeu de données.",
    )
    assert sans.marques == ()
    deux = COUCHE.describe(make_frames(COMMUNES), View(date=JOUR, champ="petite_enfance"))
    assert "services.csv et indicateurs.csv manquent" in deux.notice[0]


def test_an_unknown_denominator_is_said_once_for_all(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, View(date=JOUR, champ="jeunesse"))
    assert {classe for classe, _ in read(drawing).values()} == {"manquant"}
    assert any("le dénominateur (enfants de 6 à 17 ans) n'est pas connu" in n for n in drawing.notice)


def test_a_field_without_any_service_is_not_taken_for_a_desert(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, View(date=JOUR, champ="logement"))
    assert any("ne connaît aucun service de ce champ" in n for n in drawing.notice)
    assert {classe for classe, _ in read(drawing).values()} == {"zero"}


def test_an_epci_is_the_ratio_of_sums(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, View(date=JOUR, maille=Maille.EPCI))
    assert read(drawing)["200000001"][1].startswith("6 services (5 fixes, 1 itinérant) pour 30\u202f000 habitants")
    assert fill(drawing).valeurs == (pytest.approx(2.0),)
