"""Random countries whose land is known, written as Insee writes movements, then read back and compared."""

import random
from dataclasses import dataclass

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.cog import Colonnes, CommuneHistory, convert
from data.cog.land import Day
from data.cog.timeline import build
from data.model import Nature

COLUMNS = ["mod", "date_eff", "typecom_av", "com_av", "typecom_ap", "com_ap"]
Map = dict[str, frozenset[int]]


@dataclass(frozen=True)
class Part:
    """What a commune brought into a merger: its land and the parts that it had itself."""

    land: frozenset[int]
    parts: "Parts"


Parts = dict[str, Part]


class Country:
    """Communes as sets of fields; every decision is written down as rows of movements."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.live: Map = {f"01{n:03d}": frozenset({n}) for n in range(8)}
        self.parts: dict[str, Parts] = {}
        self.rows: list[tuple[str, ...]] = []
        self.maps: dict[int, Map] = {1990: dict(self.live)}
        self.spare = iter(f"02{n:03d}" for n in range(100))

    def live_through(self, derniere: int) -> "Country":
        for annee in range(1991, derniere + 1):
            date = self.random.choice([f"{annee - 1}-07-01", f"{annee}-01-01"])
            for change in self.random.sample([self.merge, self.restore, self.renumber, self.rename], 2):
                change(date)
                date = f"{annee}-01-01"
            self.maps[annee] = dict(self.live)
        return self

    def write(self, mod: str, date: str, before: str, after: str, types: tuple[str, str] = ("COM", "COM")) -> None:
        self.rows.append((mod, date, types[0], before, types[1], after))

    def merge(self, date: str) -> None:
        ready = sorted(code for code in self.live if not self.moved(code, date))
        if len(ready) < 3:
            return
        into, *others = self.random.sample(ready, self.random.randint(2, 3))
        whole = {code: Part(self.live.pop(code), self.parts.pop(code, {})) for code in (into, *others)}
        for code in whole:
            self.write("32", date, code, into)
            self.write("32", date, code, code, ("COM", "COMD"))
        self.live[into] = frozenset().union(*(part.land for part in whole.values()))
        self.parts[into] = whole

    def restore(self, date: str) -> None:
        ready = [c for c in sorted(self.parts) if c in self.live and not self.moved(c, date)]
        if not ready:
            return
        parent = self.random.choice(ready)
        parts, land = self.parts.pop(parent), self.live.pop(parent)
        back = self.random.sample(sorted(parts), self.random.randint(1, len(parts) - 1))
        left = sorted(set(parts) - set(back))
        rest = land.difference(*(parts[code].land for code in back))
        heir = parent if parent not in back else left[0]
        for code in back:
            self.write("21", date, parent, code)
            self.write("21", date, code, code, ("COMD", "COM"))
            self.live[code] = parts[code].land
            if parts[code].parts:
                self.parts[code] = parts[code].parts
        self.write("21", date, parent, heir)
        self.live[heir] = rest

    def renumber(self, date: str) -> None:
        ready = [code for code in sorted(self.live) if not self.moved(code, date)]
        if ready:
            old, new = self.random.choice(ready), next(self.spare)
            self.write(self.random.choice(["41", "50"]), date, old, new)
            self.live[new] = self.live.pop(old)
            self.parts.pop(old, None)

    def rename(self, date: str) -> None:
        code = self.random.choice(sorted(self.live))
        for mod in ("10", "34", "35", "70", "71"):
            self.write(mod, date, code, code)
        self.write("35", date, "01999", code, ("COMD", "COM"))

    def moved(self, code: str, date: str) -> bool:
        """Two movements of one commune on one day have no official order, but for changes of code."""
        return any(row[1] == date and code in (row[3], row[5]) and row[0] not in ("10", "35") for row in self.rows)

    def history(self, annee: int, derniere: int) -> CommuneHistory:
        table = pd.DataFrame(self.rows, columns=COLUMNS).sample(frac=1, random_state=1).reset_index(drop=True)
        return CommuneHistory(build(table, frozenset(self.maps[annee]), annee, derniere))

    def truth(self, de: int, vers: int) -> set[tuple[str, str]]:
        before, after = self.maps[de], self.maps[vers]
        return {(a, b) for a, land in before.items() for b, other in after.items() if land & other}


seeds = st.integers(0, 10**6)
years = st.integers(1990, 1998)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(seeds, years)
def test_the_land_is_followed_whatever_happens(seed, annee):
    country = Country(seed).live_through(1998)
    history = country.history(annee, 1998)
    assert history.timeline.ecarts == ()
    for year, communes in country.maps.items():
        assert history.codes(year) == set(communes), year
    for de in (1990, 1993, 1998):
        for vers in (1990, 1995, 1998):
            table = history.table(de, vers)
            known = table[table["code_de"].isin(list(country.maps[de]))]
            assert set(zip(known["code_de"], known["code_vers"], strict=True)) == country.truth(de, vers), (de, vers)


@quick
@given(seeds, years, years)
def test_natures_follow_from_the_land(seed, de, vers):
    country = Country(seed).live_through(1998)
    history = country.history(1998, 1998)
    truth = country.truth(de, vers)
    for code, land in country.maps[de].items():
        passage = history.passage(code, de, vers)
        targets = sorted(b for a, b in truth if a == code)
        whole = country.maps[vers].get(targets[0])
        expected = (
            "scission" if len(targets) > 1
            else "fusion" if whole != land
            else "inchange" if targets == [code]
            else "changement_de_code"
        )  # fmt: skip
        assert (passage.nature.value, list(passage.codes)) == (expected, targets)


@quick
@given(seeds, years, years)
def test_back_and_forth_are_one_relation(seed, de, vers):
    history = Country(seed).live_through(1998).history(1998, 1998)
    there = history.table(de, vers).loc[lambda t: t["code_de"] < "03", ["code_de", "code_vers"]]
    back = history.table(vers, de).loc[lambda t: t["code_de"] < "03", ["code_vers", "code_de"]]
    assert set(map(tuple, there.to_numpy())) == set(map(tuple, back.to_numpy()))


@quick
@given(seeds, years, years, years)
def test_composed_years_hold_the_direct_passage(seed, first, middle, last):
    """Stopping on the way loses the old parts of a merger: it may say more targets, never fewer nor others' land."""
    history = Country(seed).live_through(1998).history(1998, 1998)
    for code in history.codes(first):
        direct = set(history.passage(code, first, last).codes)
        halts = history.passage(code, first, middle)
        composed = {b for halt in halts.codes for b in history.passage(halt, middle, last).codes}
        assert direct <= composed
        if halts.nature.value in ("inchange", "changement_de_code", "scission"):
            own = all(history.passage(halt, middle, first).codes == (code,) for halt in halts.codes)
            assert not own or direct == composed


@quick
@given(seeds, years, years)
def test_totals_are_conserved(seed, de, vers):
    country = Country(seed).live_through(1998)
    history = country.history(1998, 1998)
    codes = sorted(country.maps[de])
    table = pd.DataFrame({"code": codes, "habitants": [2.0 ** min(country.maps[de][c]) for c in codes]})
    table.loc[len(table)] = {"code": "99999", "habitants": 0.5}
    converted = convert(history, table, Colonnes("code", {"habitants": Nature.EFFECTIF}), de, vers)
    (balance,) = converted.bilan.to_dict("records")
    assert balance["lu"] == table["habitants"].sum() == balance["place"] + balance["non_place"]
    assert balance["place"] == converted.table["habitants"].sum()
    for row in converted.table.to_dict("records"):
        land = country.maps[vers][row["code"]]
        parts = [c for c in codes if country.maps[de][c] & land]
        if all(country.maps[de][c] <= land for c in parts):
            assert row["habitants"] == sum(2.0 ** min(country.maps[de][c]) for c in parts)
            assert not row["rupture"]
        else:
            assert row["rupture"]
            assert pd.isna(row["habitants"])


def test_a_swap_of_codes_on_one_day_is_played_at_once():
    day = Day("1995-01-01", changes=(("01000", "01001"), ("01001", "01000")))
    rows = [("31", "1995-01-01", "COM", a, "COM", b) for a, b in day.pairs]
    history = CommuneHistory(build(pd.DataFrame(rows, columns=COLUMNS), frozenset({"01000", "01001"}), 2000, 2000))
    assert history.passage("01000", 1990, 2000).codes == ("01001",)
    assert history.passage("01001", 1990, 2000).codes == ("01000",)
