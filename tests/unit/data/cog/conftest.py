"""A small country: official rows copied by hand, in files of Insee's shape."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from data.cog import CommuneHistory

HEADER = "MOD,DATE_EFF,TYPECOM_AV,COM_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,LIBELLE_AP"
Row = tuple[str, str, str, str, str, str]


def merger(date: str, into: str, *others: str) -> list[Row]:
    """Rows of a commune nouvelle: each part enters it and stays as a déléguée."""
    rows = []
    for part in (into, *others):
        rows += [("32", date, "COM", part, "COM", into), ("32", date, "COM", part, "COMD", part)]
    return rows


COUNTRY: list[Row] = [
    # Les Hauts-Talican: merged in 2019; in 2024 Beaumont takes 60054 back and the rest goes under 60694
    *merger("2019-01-01", "60054", "60455", "60694"),
    ("21", "2024-01-01", "COM", "60054", "COM", "60054"),
    ("21", "2024-01-01", "COMD", "60054", "COM", "60054"),
    ("21", "2024-01-01", "COM", "60054", "COM", "60694"),
    # Les Trois Lacs: merged, then its code changed twice
    *merger("2017-01-01", "27676", "27058", "27647"),
    ("50", "2021-01-01", "COM", "27676", "COM", "27058"),
    ("35", "2021-01-01", "COMD", "27058", "COM", "27676"),
    ("50", "2023-01-01", "COM", "27058", "COM", "27676"),
    # Freigné leaves its département and merges on the same day
    ("32", "2018-01-01", "COM", "44180", "COM", "44180"),
    ("32", "2018-01-01", "COM", "44225", "COM", "44180"),
    ("32", "2018-01-01", "COM", "44225", "COMD", "44225"),
    ("41", "2018-01-01", "COM", "49144", "COM", "44225"),
    # Troarn and Sannerville: together in 2017, apart on the last day of 2019; Bures was an associate all along
    *merger("2017-01-01", "14712", "14666"),
    ("32", "2017-01-01", "COMA", "14114", "COM", "14712"),
    ("21", "2019-12-31", "COM", "14712", "COMA", "14114"),
    ("21", "2019-12-31", "COM", "14712", "COM", "14666"),
    ("21", "2019-12-31", "COM", "14712", "COM", "14712"),
    ("21", "2019-12-31", "COMD", "14712", "COM", "14712"),
    ("21", "2019-12-31", "COMD", "14666", "COM", "14666"),
    # Loisey-Culey had merged before 1990
    ("21", "2014-01-01", "COM", "55298", "COM", "55138"),
    ("21", "2014-01-01", "COM", "55298", "COM", "55298"),
    # Orée d'Anjou, cut down to three parts, then the seat moves to Drain
    *merger("2015-12-15", "49069", "49126", "49040"),
    ("50", "2025-01-01", "COM", "49069", "COM", "49126"),
    # names and parts only
    ("10", "2020-06-01", "COM", "62041", "COM", "62041"),
    ("35", "2020-06-01", "COMD", "62999", "COM", "62041"),
    ("34", "2022-06-01", "COM", "62041", "COM", "62041"),
    ("72", "2026-01-01", "COM", "62041", "COMD", "62041"),
    # left France; entered the list
    ("30", "2007-02-23", "COM", "97123", "", ""),
    ("20", "2011-03-31", "", "", "COM", "97601"),
    # merged the day after the last map
    *merger("2026-01-02", "62041", "62042"),
]
COMMUNES_2026 = [
    *("60054", "60694", "27676", "44180", "14712", "14666", "55298", "55138", "49126", "62041", "62042", "97601"),
    *("75056", "69123", "13055", "2A004"),
]


def write_history(folder: Path, rows: Iterable[Row], communes: Iterable[str], annee: int = 2026) -> CommuneHistory:
    """Write the two official files and read them back."""
    lines = [HEADER] + [f"{mod},{date},{av},{a},x,{ap},{b},x" for mod, date, av, a, ap, b in rows]
    mouvements = folder / f"v_mvt_commune_{max(annee, 2026)}.csv"
    mouvements.write_text("\r\n".join(lines), encoding="utf-8")
    lists = ["TYPECOM,COM,REG,DEP,LIBELLE,COMPARENT"] + [f"COM,{code},1,{code[:2]},x," for code in communes]
    lists += ["COMD,60455,32,60,La Neuville-Garnier,60694", "ARM,75101,11,75,Paris 1er,75056"]
    path = folder / f"v_commune_{annee}.csv"
    path.write_text("\r\n".join(lists), encoding="utf-8")
    return CommuneHistory.load(mouvements, path)


@pytest.fixture(scope="session")
def make_history(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., CommuneHistory]:
    """Make a history from rows and a list of communes."""

    def make(rows: Iterable[Row], communes: Iterable[str], annee: int = 2026) -> CommuneHistory:
        return write_history(tmp_path_factory.mktemp("cog"), rows, communes, annee)

    return make


@pytest.fixture(scope="session")
def country_rows() -> list[Row]:
    """Movements of the small country."""
    return COUNTRY


@pytest.fixture(scope="session")
def pays(make_history: Callable[..., CommuneHistory]) -> CommuneHistory:
    """The small country."""
    return make_history(COUNTRY, COMMUNES_2026)


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the two official files of the small country, deep inside."""
    folder = tmp_path_factory.mktemp("sources") / "insee" / "cog"
    folder.mkdir(parents=True)
    write_history(folder, COUNTRY, COMMUNES_2026)
    return folder.parents[1]
