from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from data.frames import Frames
from data.model import FiltreEchelon, Maille
from layers.couverture_ctg import CouvertureCtg
from layers.kit.contract import Drawing
from layers.kit.marks import Fill, Motif, Outline
from layers.kit.view import View

JOUR = date(2026, 11, 1)
COUCHE = CouvertureCtg()
COMMUNES = [
    {"code": "62001", "code_epci": "200000001"},
    {"code": "62002", "code_epci": "200000001"},
    {"code": "62003", "code_epci": "200000002"},
    {"code": "62004", "code_epci": "200000002"},
    {"code": "62005", "code_epci": "200000003"},
    {"code": "62006"},
]


def accord(ident: str, echelon: str, debut: str = "", fin: str = "", **autres: object) -> dict[str, object]:
    ligne: dict[str, object] = {"id_ctg": ident, "nom": f"Ctg {ident}", "echelon": echelon, "statut": "signee"}
    if debut:
        ligne |= {"date_signature": datetime.fromisoformat(debut)}
    if fin:
        ligne |= {"date_fin": datetime.fromisoformat(fin)}
    return ligne | autres


CTG = [
    accord("A", "intercommunal", "2024-01-01", "2028-12-31"),
    accord("B", "intercommunal", "2022-03-01", "2027-02-28"),
    accord("C", "communal", "2025-01-01"),
    accord("E", "communal", "2015-01-01", "2018-12-31"),
    accord("P", "intercommunal", statut="redaction"),
    accord("D", "departemental", "2023-01-01", "2027-12-31"),
]
LIENS = [
    ("A", "62001"),
    ("A", "62002"),
    ("C", "62001"),
    ("B", "62003"),
    ("P", "62004"),
    ("E", "62005"),
    *(("D", c["code"]) for c in COMMUNES),
]


@pytest.fixture
def frames(make_frames: Callable[..., Frames]) -> Frames:
    epci = [{"code_epci": f"20000000{i}", "nom": f"CC {i}"} for i in (1, 2, 3)]
    liens = [{"id_ctg": i, "code_commune": c} for i, c in LIENS]
    champs = [{"id_ctg": "A", "champ": "enfance"}]
    return make_frames(COMMUNES, {"ctg": CTG, "ctg_communes": liens, "ctg_champs": champs, "epci": epci})


def fill(drawing: Drawing) -> Fill:
    (mark,) = [m for m in drawing.marques if isinstance(m, Fill)]
    return mark


def classes(drawing: Drawing) -> dict[str, str]:
    mark = fill(drawing)
    return {code: mark.classes[rang].id for code, rang in zip(mark.codes, mark.classe, strict=True)}


def details(drawing: Drawing) -> dict[str, str]:
    return dict(zip(fill(drawing).codes, fill(drawing).details, strict=True))


def test_each_commune_takes_the_best_of_its_agreements(frames: Frames) -> None:
    assert classes(COUCHE.describe(frames, View(date=JOUR))) == {
        "62001": "en_vigueur",
        "62002": "en_vigueur",
        "62003": "a_renouveler",
        "62004": "en_preparation",
        "62005": "echue",
        "62006": "non_engagee",
    }


def test_every_agreement_of_a_commune_is_listed(frames: Frames) -> None:
    dits = details(COUCHE.describe(frames, View(date=JOUR)))
    assert dits["62001"] == (
        "Ctg A (intercommunale)\u202f: en vigueur jusqu'au 31\u00a0décembre\u00a02028\u202f; "
        "Ctg C (communale)\u202f: en vigueur jusqu'au 31\u00a0décembre\u00a02029 (fin calculée)"
    )
    assert dits["62003"].endswith("à renouveler avant le 28\u00a0février\u00a02027")
    assert dits["62004"] == "Ctg P (intercommunale)\u202f: en préparation"
    assert dits["62005"] == "Ctg E (communale)\u202f: échue le 31\u00a0décembre\u00a02018"
    assert dits["62006"] == "Pas de démarche engagée"


def test_a_renewed_agreement_leaves_the_word_to_the_next(make_frames: Callable[..., Frames]) -> None:
    ctg = [
        accord("A", "intercommunal", "2015-01-01", "2018-12-31"),
        accord("B", "intercommunal", "2024-01-01", "2028-12-31", id_ctg_precedente="A"),
    ]
    liens = [{"id_ctg": i, "code_commune": "62001"} for i in "AB"]
    frames = make_frames(COMMUNES[:1], {"ctg": ctg, "ctg_communes": liens})
    assert details(COUCHE.describe(frames, View(date=JOUR)))["62001"].startswith("Ctg B")


def test_the_day_decides(frames: Frames) -> None:
    avant = classes(COUCHE.describe(frames, View(date=date(2018, 12, 31))))
    assert avant["62005"] == "a_renouveler"
    assert avant["62001"] == "en_preparation"


def test_the_echelon_filter_keeps_its_own_agreements(frames: Frames) -> None:
    communal = classes(COUCHE.describe(frames, View(date=JOUR, echelon=FiltreEchelon.COMMUNAL)))
    assert communal["62001"] == "en_vigueur"
    assert communal["62002"] == communal["62003"] == "non_engagee"
    seul = details(COUCHE.describe(frames, View(date=JOUR, echelon=FiltreEchelon.COMMUNAL)))["62001"]
    assert "Ctg A" not in seul


def test_the_field_filter_keeps_the_agreements_that_name_it(frames: Frames) -> None:
    enfance = classes(COUCHE.describe(frames, View(date=JOUR, champ="enfance")))
    assert [c for c, classe in enfance.items() if classe == "en_vigueur"] == ["62001", "62002"]
    assert enfance["62003"] == "non_engagee"


def test_an_epci_is_covered_wholly_or_in_part(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, View(date=JOUR, maille=Maille.EPCI))
    assert classes(drawing) == {"200000001": "en_vigueur", "200000002": "partielle", "200000003": "echue"}
    assert details(drawing)["200000002"] == ("1 commune couverte sur 2\u202f; 1 à renouveler\u202f; 1 en préparation")
    assert drawing.notice == ("1 commune sans Epci hors de cette carte.",)


def test_a_partial_coverage_gives_its_share_of_inhabitants(make_frames: Callable[..., Frames]) -> None:
    peuplees = [c | {"population": p} for c, p in zip(COMMUNES[2:4], (900.0, 100.0), strict=True)]
    frames = make_frames(peuplees, {"ctg": CTG, "ctg_communes": [{"id_ctg": "A", "code_commune": "62003"}]})
    drawing = COUCHE.describe(frames, View(date=JOUR, maille=Maille.EPCI))
    assert details(drawing) == {"200000002": "1 commune couverte sur 2 (90,0\u202f% de la population)"}


def test_an_epci_is_to_be_renewed_as_soon_as_a_commune_is(make_frames: Callable[..., Frames]) -> None:
    liens = [{"id_ctg": "A", "code_commune": "62001"}, {"id_ctg": "B", "code_commune": "62002"}]
    frames = make_frames(COMMUNES[:2], {"ctg": CTG, "ctg_communes": liens})
    assert classes(COUCHE.describe(frames, View(date=JOUR, maille=Maille.EPCI))) == {"200000001": "a_renouveler"}


def test_the_departement_tells_how_many_communes(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, View(date=JOUR, maille=Maille.DEPARTEMENT))
    assert classes(drawing) == {"62": "partielle"}
    assert details(drawing)["62"].startswith("3 communes couvertes sur 6\u202f;")


def test_the_departmental_agreement_is_an_outline_and_a_banner_beside(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, View(date=JOUR))
    (contour,) = [m for m in drawing.marques if isinstance(m, Outline)]
    assert (contour.maille, contour.codes) == (Maille.DEPARTEMENT, ("62",))
    assert drawing.bandeau == ("Accord départemental en vigueur jusqu'au 31\u00a0décembre\u00a02027\u202f: Ctg D.",)


def test_a_departmental_agreement_over_a_part_is_outlined_by_communes(make_frames: Callable[..., Frames]) -> None:
    liens = [{"id_ctg": "D", "code_commune": "62002"}]
    frames = make_frames(COMMUNES, {"ctg": CTG, "ctg_communes": liens})
    (contour,) = [m for m in COUCHE.describe(frames, View(date=JOUR)).marques if isinstance(m, Outline)]
    assert (contour.maille, contour.codes) == (Maille.COMMUNE, ("62002",))


@pytest.mark.parametrize("echelon", [FiltreEchelon.LOCAL, FiltreEchelon.INTERCOMMUNAL, FiltreEchelon.COMMUNAL])
def test_a_local_filter_shows_nothing_departmental(frames: Frames, echelon: FiltreEchelon) -> None:
    drawing = COUCHE.describe(frames, View(date=JOUR, echelon=echelon))
    assert drawing.bandeau == ()
    assert not [m for m in drawing.marques if isinstance(m, Outline)]


def test_the_departmental_filter_fills_with_its_own_coverage(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, View(date=JOUR, echelon=FiltreEchelon.DEPARTEMENTAL))
    assert set(classes(drawing).values()) == {"en_vigueur"}
    assert not [m for m in drawing.marques if isinstance(m, Outline)]
    assert fill(drawing).classes[-1].libelle == "Sans accord départemental"
    assert drawing.phrase == "couverture par les Ctg départementales"


def test_no_departmental_agreement_is_said_in_a_neutral_way(frames: Frames) -> None:
    drawing = COUCHE.describe(frames, View(date=date(2022, 12, 31)))
    assert drawing.bandeau == ("Accord départemental en préparation\u202f: Ctg D.",)
    apres = COUCHE.describe(frames, View(date=date(2030, 1, 1)))
    assert apres.bandeau == ("Sans accord départemental à cette date.",)
    champ = COUCHE.describe(frames, View(date=JOUR, champ="enfance"))
    assert champ.bandeau == ("Sans accord départemental sur ce champ à cette date.",)


def test_a_local_only_caf_has_no_departmental_slot(frames: Frames) -> None:
    ctg = frames["ctg"][frames["ctg"]["id_ctg"] != "D"].reset_index(drop=True)
    local = replace(frames, jeu=replace(frames.jeu, demarche="local_seul"), tables={**frames.tables, "ctg": ctg})
    assert COUCHE.describe(local, View(date=JOUR)).bandeau == ()
    departemental = COUCHE.describe(local, View(date=JOUR, echelon=FiltreEchelon.DEPARTEMENTAL))
    assert departemental.marques == ()
    assert departemental.notice == (
        "Cette Caf conduit ses Ctg au seul échelon local. Choisir un échelon local pour voir la couverture.",
    )


def test_missing_tables_are_named_with_a_remedy(make_frames: Callable[..., Frames]) -> None:
    sans = make_frames(COMMUNES, {"ctg": CTG})
    drawing = COUCHE.describe(sans, View(date=JOUR))
    assert drawing.marques == ()
    assert drawing.notice == (
        "La table ctg-communes.csv manque\u202f: la couverture n'est pas dessinée. L'ajouter au jeu de données.",
    )
    deux = COUCHE.describe(make_frames(COMMUNES), View(date=JOUR))
    assert deux.notice[0].startswith("Les tables ctg.csv et ctg-communes.csv manquent\u202f:")


def test_the_field_asks_for_its_table(make_frames: Callable[..., Frames]) -> None:
    sans = make_frames(COMMUNES, {"ctg": CTG, "ctg_communes": []})
    drawing = COUCHE.describe(sans, View(date=JOUR, champ="enfance"))
    assert drawing.notice[0].startswith("La table ctg-champs.csv manque")


def test_every_stage_but_full_force_and_nothing_is_hatched(frames: Frames) -> None:
    motifs = {c.id: c.motif for c in fill(COUCHE.describe(frames, View(date=JOUR, maille=Maille.EPCI))).classes}
    assert {i for i, m in motifs.items() if m is Motif.AUCUN} == {"en_vigueur", "non_engagee"}
