from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from data.frames import Frames
from data.model import Source
from layers.densite_services import DensiteServices
from layers.kit.marks import Fill
from layers.kit.reference import days_said, reference_day, reference_days
from layers.kit.view import View

COMMUNES = [{"code": f"6200{i}", "code_epci": "200000001", "population": 1_000.0 * i} for i in range(1, 9)]
CTG = [{"id_ctg": "C1", "echelon": "communal", "statut": "signee", "date_signature": datetime(2019, 5, 1)}]
SERVICES = [
    {"id": f"S{i}", "champ": "logement", "code_commune": f"6200{1 + i % 8}", "date_ouverture": datetime(2016 + i, 3, 1)}
    for i in range(9)
]


def test_the_last_day_is_the_datasets_own_or_its_update_or_its_last_event(
    make_frames: Callable[..., Frames],
) -> None:
    frames = make_frames(COMMUNES, {"ctg": CTG, "services": SERVICES})
    assert reference_day(frames, date(2030, 1, 1)) == date(2024, 3, 1)
    sources = (Source("services.csv", "Insee", "Bpe", date_maj=date(2025, 6, 30)),)
    updated = replace(frames, jeu=replace(frames.jeu, sources=sources))
    assert reference_day(updated, date(2030, 1, 1)) == date(2025, 6, 30)
    dated = replace(frames, jeu=replace(frames.jeu, sources=sources, date_reference=date(2026, 11, 1)))
    assert reference_day(dated, date(2030, 1, 1)) == date(2026, 11, 1)
    assert reference_day(make_frames(COMMUNES), date(2030, 1, 1)) == date(2030, 1, 1)


def test_the_reference_runs_from_the_first_signature_by_ends_of_years(make_frames: Callable[..., Frames]) -> None:
    frames = make_frames(COMMUNES, {"ctg": CTG})
    assert reference_days(frames, date(2022, 11, 1)) == (
        date(2019, 12, 31), date(2020, 12, 31), date(2021, 12, 31), date(2022, 11, 1)
    )  # fmt: skip
    assert reference_days(make_frames(COMMUNES), date(2022, 11, 1)) == (date(2022, 11, 1),)
    assert len(reference_days(frames, date(2090, 1, 1))) == 31


def test_the_reference_is_said() -> None:
    fins = (date(2019, 12, 31), date(2020, 12, 31))
    assert days_said((*fins, date(2021, 11, 1))) == (
        "à la fin de chaque année de 2019 à 2020 et au 1er\u00a0novembre\u00a02021"
    )
    assert days_said((fins[0], date(2020, 11, 1))) == "à la fin de 2019 et au 1er\u00a0novembre\u00a02020"
    assert days_said(fins[:1]) == "au 31\u00a0décembre\u00a02019"


def test_a_density_keeps_its_classes_on_every_day_of_the_player(make_frames: Callable[..., Frames]) -> None:
    frames = make_frames(COMMUNES, {"ctg": CTG, "services": SERVICES})
    fills = []
    for jour in (date(2016, 1, 1), date(2019, 7, 1), date(2022, 2, 2), date(2024, 3, 1), date(2026, 1, 1)):
        (fill,) = DensiteServices().describe(frames, View(date=jour, champ="logement")).marques
        assert isinstance(fill, Fill)
        fills.append(fill)
    assert len({(f.classes, f.bornes) for f in fills}) == 1
    assert len({f.classe for f in fills}) == 5 - 1  # 2024 and 2026 are alike
    assert len(fills[0].bornes) > 1
