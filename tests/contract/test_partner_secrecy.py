"""The partner edition attacked: what every file tells, put together, gives no hidden count back.

Three attacks. The reader looks for a hidden figure beside its territory. The statistician adds up everything that is
published (communes, Epci, département, children covered at many dates), knows the rule and even which counts are the
small ones, and asks a linear program how far each hidden count may still go. The twin knows two datasets that differ by
nothing but how hidden counts share their sums: if one byte of one file differs, that byte tells something.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np
import pytest
from lxml import html as lxml_html
from scipy.optimize import linprog

from dashboard.exports.atlas import Demande, document
from dashboard.exports.evaluation import evaluation_of, html
from dashboard.exports.options import Options
from dashboard.exports.registry import MEDIA, writer
from dashboard.exports.sceau.identite import digest_of_figures, identity_of
from dashboard.exports.sceau.poser import seal
from dashboard.exports.snapshot import Instantane, snapshot_of
from dashboard.registre import access
from dashboard.registre.contract import Contexte
from data import secrecy
from data.frames import Frames
from data.measures import coverage, discretion, effectifs, indicators, places, sums, territories
from data.measures.definitions import definition
from data.measures.sheet import of_territory
from data.model import FiltreEchelon, Maille, Nature, Profil
from layers.kit.view import View
from layers.registry import LAYERS

SEUIL = 11
JOUR = date(2026, 11, 23)
MAILLES = (Maille.COMMUNE, Maille.EPCI, Maille.DEPARTEMENT)
ENFANTS = "enfants_0_2"
JEUX = ("demonstration", "jeu-62")


@pytest.fixture(scope="module", params=JEUX)
def frames(request: pytest.FixtureRequest) -> Frames:
    name = {"demonstration": "frames_demo", "jeu-62": "frames_62"}[request.param]
    found: Frames = request.getfixturevalue(name)
    return found


def vue(frames: Frames, jour: date | None = None, **rest: object) -> View:
    return View(date=jour or frames.jeu.date_reference or JOUR, profil=Profil.PARTENAIRE, **rest)


def made(frames: Frames, view: View) -> Instantane:
    return snapshot_of(view, frames, JOUR)


def fresh(frames: Frames) -> Frames:
    """The same dataset, of which nothing has been computed yet."""
    return replace(frames)


# ------------------------------------------------------------------------------------------------ what is published


def rows_of(frames: Frames, view: View) -> list[dict[str, str]]:
    content = writer("csv")(made(frames, view)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def published(frames: Frames, maille: Maille, jour: date | None = None) -> dict[str, float]:
    """Children under 3 by territory, as the detail of a density says them, or as the indicator gives them."""
    found: dict[str, float] = {}
    for row in rows_of(frames, vue(frames, jour, maille=maille, couches=("densite_services",), champ="petite_enfance")):
        said = next(v for k, v in row.items() if k.startswith("Densité") and k.endswith("(détail)"))
        if number := re.search(r"pour ([\d\u202f\xa0]+) enfants? de moins de 3 ans", said):
            found[row["Code"]] = float(re.sub(r"\D", "", number[1]))
    for row in rows_of(frames, vue(frames, jour, maille=maille, couches=("indicateur",), indicateur=ENFANTS)):
        column = next(k for k in row if k == "enfants")
        if row[column]:
            value = float(row[column].replace(",", "."))
            assert found.setdefault(row["Code"], value) == value, "two media of one view must agree"
    return found


def equations(
    frames: Frames, hidden: np.ndarray, known: np.ndarray, values: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Every total that files publish, as sums over the hidden communes."""
    lines: list[tuple[np.ndarray, float]] = []
    for maille in (Maille.EPCI, Maille.DEPARTEMENT):
        groups, totals = territories.groups(frames, maille), published(frames, maille)
        lines += [(groups.rang == groups.codes.index(code), total) for code, total in totals.items()]
    for jour in (date(year, month, 1) for year in range(2016, 2028) for month in (1, 7)):
        for echelon in (FiltreEchelon.LOCAL, FiltreEchelon.COMMUNAL, FiltreEchelon.INTERCOMMUNAL):
            for champ in ("tous", "petite_enfance"):
                found = coverage.compute(frames, jour, echelon, champ, Profil.PARTENAIRE)
                covered = found.couvertes.to_numpy(dtype=bool)
                terms = ((covered, found.enfants.numerateur), (covered | ~covered, found.enfants.denominateur))
                same = effectifs.reference_year(frames, (ENFANTS,), jour.year) == _year(frames)
                lines += [(mask, total) for mask, total in terms if total is not None and same]
    rows = [(m & known)[hidden].astype(float) for m, _ in lines]
    rest = [total - values[m & known & ~hidden].sum() for m, total in lines]
    table = np.unique(np.column_stack([np.array(rows), np.array(rest)]), axis=0)
    table = table[table[:, :-1].any(axis=1)]
    return table[:, :-1], table[:, -1]


def _year(frames: Frames) -> int:
    jour = frames.jeu.date_reference or JOUR
    return effectifs.reference_year(frames, (ENFANTS,), jour.year)


def attack(frames: Frames) -> dict[str, tuple[float, float]]:
    """How far each small count may still go, for whoever knows every total and which counts are the small ones."""
    truth = effectifs.communal(frames, ENFANTS, _year(frames)).valeurs
    known, codes = ~np.isnan(truth), np.array(territories.codes(frames))
    shown = published(frames, Maille.COMMUNE)
    hidden = known & ~np.isin(codes, list(shown))
    assert all(shown[c] == v for c, v in zip(codes[known & ~hidden], truth[known & ~hidden], strict=True))
    left, right = equations(frames, hidden, known, truth)
    small = truth[hidden] < SEUIL
    bounds = [(1, SEUIL - 1) if s else (SEUIL, secrecy.VOISINE_MAX * SEUIL) for s in small]
    reach = {}
    for rank in np.flatnonzero(small):
        cost = np.zeros(len(small))
        ends = []
        for sign in (1.0, -1.0):
            cost[rank] = sign
            solved = linprog(cost, A_eq=left, b_eq=right, bounds=bounds, method="highs")
            assert solved.success, "the truth itself must be possible"
            ends.append(sign * float(solved.fun))
        reach[str(codes[hidden][rank])] = (ends[0], ends[1])
    return reach


def check_statistician(frames: Frames) -> None:
    reach = attack(frames)
    assert len(reach) > 40, "there is something to protect"
    narrow = {c: r for c, r in reach.items() if r[0] > 1 + 1e-6 or r[1] < SEUIL - 1 - 1e-6}
    assert not narrow, f"{len(narrow)} counts are told too closely: {dict(list(narrow.items())[:5])}"


def test_the_statistician_leaves_every_small_count_free(frames: Frames) -> None:
    check_statistician(frames)


# ------------------------------------------------------------------------------------------------ the reader


def hidden_communes(frames: Frames, indicateur: str) -> list[str]:
    jour = frames.jeu.date_reference or JOUR
    table = indicators.values(frames, indicateur, Maille.COMMUNE, sums.Lecture(jour.year, Profil.PARTENAIRE))
    return table.loc[table["statut"] == "secret", "code"].tolist()


def check_reader(frames: Frames, indicateur: str) -> None:
    """No digit stands in what a table or a tooltip says of a hidden commune, besides its code and names."""
    view = vue(frames, couches=("indicateur",), indicateur=indicateur)
    truth = effectifs.communal(frames, indicateur, view.date.year).valeurs
    small = {c for c, v in zip(territories.codes(frames), truth, strict=True) if 0 < v < SEUIL}
    assert small <= set(hidden_communes(frames, indicateur))
    snapshot = made(frames, view)
    wordless = {c: "" for c in small}
    for row in rows_of(frames, view):
        if row["Code"] in small:
            about = [
                v for k, v in row.items() if k not in ("Code", "Commune", "Epci", "Identité", "Édition", "Sources")
            ]
            wordless[row["Code"]] = " ".join(about[:-2] if frames.jeu.fictif else about[:-1])
    page = lxml_html.fromstring(writer("html")(snapshot).decode())
    for line in page.xpath("//section[@id='territoires']//tbody/tr"):
        if line.get("data-code") in small:
            wordless[line.get("data-code")] += " ".join(c.text_content() for c in line[3:])
            assert not any(c.get("data-valeur") for c in line)
    for mark in (m for d in snapshot.drawings for m in d.marques):
        for code, detail in zip(getattr(mark, "codes", ()), getattr(mark, "details", ()), strict=False):
            if code in small:
                wordless[code] += f" {detail}"
        valeurs = dict(zip(getattr(mark, "codes", ()), getattr(mark, "valeurs", ()), strict=False))
        assert not any(valeurs.get(c) for c in small)
    said = {c: w for c, w in wordless.items() if re.search(r"\d", w)}
    assert not said, dict(list(said.items())[:3])


def protected(frames: Frames) -> list[str]:
    return [
        i
        for i in indicators.listed(frames)
        if secrecy.is_protected(i, definition(frames, i).nature) and Maille.COMMUNE in effectifs.mailles(frames, i)
    ]


def test_the_reader_finds_no_hidden_figure_beside_its_territory(frames: Frames) -> None:
    for indicateur in protected(frames):
        check_reader(frames, indicateur)


# ------------------------------------------------------------------------------------------------ the twin


def moved(values: np.ndarray, mask_of: Callable[[np.ndarray], secrecy.Masque]) -> np.ndarray:
    """Share the sum of each block otherwise, where the rule then hides the very same counts."""
    mask, other = mask_of(values), values
    for block in np.flatnonzero(mask.surs):
        members = np.flatnonzero(mask.bloc == block)
        up = [i for i in members if 0 < values[i] < SEUIL - 1]
        down = [i for i in members if 1 < values[i] < SEUIL or values[i] > SEUIL]
        pairs = [(i, j) for i in up for j in down if i != j and values[i] + 1 != values[j]]
        for i, j in pairs[:12]:
            tried = other.copy()
            tried[i] += 1
            tried[j] -= 1
            if np.array_equal(mask_of(tried).bloc, mask.bloc):
                other = tried
                break
    return other


def twin_of(frames: Frames) -> tuple[Frames, int]:
    """A dataset whose hidden counts differ and nothing else, and the number of counts that differ."""
    table, changed = frames["indicateurs"].copy(), 0
    keys = table[["indicateur", "maille", "annee", "code_territoire"]].itertuples(index=False, name=None)
    rows = dict(zip(keys, table.index, strict=True))
    codes = territories.codes(frames)
    for indicateur in protected(frames):
        for annee in effectifs.years(frames, indicateur):
            held = effectifs.communal(frames, indicateur, annee, exacte=True)
            other = moved(held.valeurs, partial(_mask, frames, indicateur, held))
            for i in np.flatnonzero(~np.isnan(other) & (other != held.valeurs)):
                table.loc[rows[indicateur, "commune", float(annee), codes[i]], "valeur"] = other[i]
                changed += 1
    return replace(frames, tables={**frames.tables, "indicateurs": table}), changed


def _mask(frames: Frames, indicateur: str, values: effectifs.Valeurs, other: np.ndarray) -> secrecy.Masque:
    return sums._mask(frames, indicateur, effectifs.Valeurs(other, values.blancs, values.annees), Profil.PARTENAIRE)


def views(frames: Frames) -> Iterator[View]:
    """Every layer at every maille, every indicator at every maille, other years, crossed rates, other classes."""
    every = tuple(layer.id for layer in LAYERS)
    chosen = [i for i in indicators.listed(frames) if definition(frames, i).nature is not Nature.EFFECTIF]
    for maille in MAILLES:
        yield vue(frames, maille=maille, couches=every, champ="parentalite", indicateur=chosen[0])
        for rank, indicateur in enumerate(indicators.listed(frames)):
            if maille is not Maille.COMMUNE and rank % 2:
                continue
            jour = date(2020, 6, 1) if indicateur in protected(frames)[1:] else None
            yield vue(frames, jour, maille=maille, couches=("indicateur",), indicateur=indicateur)
        yield vue(frames, maille=maille, couches=("indicateur",), indicateur=chosen[-1], indicateur2=chosen[-2])
    points, held = places.inner_points(frames), hidden_communes(frames, ENFANTS)[:2]
    near = [(x - 0.03, y - 0.03, x + 0.03, y + 0.03) for x, y in points.loc[held].to_numpy()]
    for code, emprise in zip(held, near, strict=True):
        yield vue(frames, couches=every, champ="petite_enfance", indicateur=ENFANTS, communes=(code,), emprise=emprise)


def check_twin(frames: Frames, twin: Frames, asked: Iterable[View]) -> None:
    for view in asked:
        one, other = made(frames, view), made(twin, view)
        assert one.cartouche == other.cartouche, view
        assert one.drawings == other.drawings, view
        assert digest_of_figures(one) == digest_of_figures(other), view


@pytest.fixture(scope="module")
def pair(frames: Frames) -> tuple[Frames, Frames]:
    twin, changed = twin_of(frames)
    assert changed > 15, "the twin must be another dataset"
    return frames, twin


def test_no_view_tells_a_dataset_from_its_twin(pair: tuple[Frames, Frames]) -> None:
    check_twin(*pair, views(pair[0]))


def test_no_sheet_of_a_territory_tells_a_dataset_from_its_twin(pair: tuple[Frames, Frames]) -> None:
    """The pages of an atlas are made of sheets."""
    frames, jour = pair[0], pair[0].jeu.date_reference or JOUR
    codes = [c for m in (Maille.EPCI, Maille.DEPARTEMENT) for c in territories.groups(frames, m).codes[:4]]
    for code in (*codes, *hidden_communes(frames, ENFANTS)[:6]):
        one, other = (of_territory(f, code, jour, Profil.PARTENAIRE) for f in pair)
        assert repr(one) == repr(other), code


@pytest.mark.parametrize("media", list(MEDIA))
def test_no_file_tells_a_dataset_from_its_twin(pair: tuple[Frames, Frames], media: str) -> None:
    couches = tuple(layer.id for layer in LAYERS)
    asked = [vue(pair[0], couches=couches, champ="petite_enfance", indicateur=ENFANTS)]
    if pair[0].jeu.fictif and len(protected(pair[0])) > 1:
        asked.append(vue(pair[0], couches=("indicateur",), indicateur=protected(pair[0])[-1], maille=Maille.EPCI))
    for view in asked:
        snapshots = [made(f, view) for f in pair]
        one, other = (seal(writer(media)(x), identity_of(x, media, JOUR)) for x in snapshots)
        assert one == other, f"{media} : the files differ"


def test_no_atlas_tells_a_dataset_from_its_twin(frames_demo: Frames) -> None:
    pair = frames_demo, twin_of(frames_demo)[0]
    view = vue(pair[0], couches=("densite_services", "indicateur"), champ="petite_enfance", indicateur=ENFANTS)
    codes = territories.groups(pair[0], Maille.EPCI).codes[:2]
    one, other = (document(Demande(view, f, Maille.EPCI, JOUR, Options(), codes), lambda *_: None) for f in pair)
    assert one == other


def test_no_evaluation_tells_a_dataset_from_its_twin(pair: tuple[Frames, Frames]) -> None:
    for ident in pair[0]["ctg"]["id_ctg"][:12]:
        one, other = (evaluation_html(f, ident) for f in pair)
        assert one == other, ident


def evaluation_html(frames: Frames, ident: str, profil: Profil = Profil.PARTENAIRE) -> str:
    return html(evaluation_of(frames, ident, frames.jeu.date_reference or JOUR, profil)).decode()


def written_small(frames: Frames) -> tuple[Frames, str]:
    """The dataset with few persons written where people write: an objective known to count them, one unknown, visits.

    The agreement of the objectives is returned too.
    """
    objectifs, visites = frames["objectifs"].copy(), frames["frequentation"].copy()
    ident = objectifs["id_ctg"].iloc[0]
    rows = objectifs.index[objectifs["id_ctg"] == ident][:2]
    objectifs.loc[rows, ["valeur_reference", "cible", "valeur_actuelle"]] = [7.0, 40.0, 9.0]
    objectifs.loc[rows, ["annee_reference", "annee_actuelle"]] = 2015
    objectifs.loc[rows, "indicateur"] = [ENFANTS, ""]
    objectifs.loc[rows, "libelle"] = "Écrit petit"
    visites["visites"] = 7.0
    return replace(frames, tables={**frames.tables, "objectifs": objectifs, "frequentation": visites}), ident


def check_written(frames: Frames, profil: Profil = Profil.PARTENAIRE) -> None:
    """No small count of an objective, nor of visits, in what a partner reads."""
    changed, ident = written_small(frames)
    page = lxml_html.fromstring(evaluation_html(changed, ident, profil))
    lines = [[c.text_content() for c in line] for line in page.xpath("//tr[td[.='Écrit petit']]")]
    assert len(lines) == 2
    for line in lines:
        assert not re.search(r"[79]", "".join(line[2:4])), line
        assert line[5] == "–", "the share of the way would give it back"
        assert line[6] == "s.", "so would its direction"
    context = Contexte(changed, replace(vue(changed), profil=profil), JOUR, "acces", {})
    rows = csv.DictReader(io.StringIO(access.SECTION.fichiers["lieux.csv"](context).decode("utf-8-sig")), delimiter=";")
    said = [v for row in rows for k, v in row.items() if "isite" in k or "année" in k]
    assert said
    assert not re.search(r"\b7\b", " ".join(said)), said[:4]


def test_the_reader_finds_no_small_count_that_people_wrote(frames_demo: Frames) -> None:
    check_written(frames_demo)
    assert "7 (2015)" in evaluation_html(*written_small(frames_demo), Profil.INTERNE)


def test_without_discretion_the_reader_wins(frames_demo: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discretion, "hides", lambda *_: False)
    with pytest.raises(AssertionError):
        check_written(fresh(frames_demo))


def test_the_internal_edition_does_tell_them_apart(pair: tuple[Frames, Frames]) -> None:
    """The twin is no empty proof: counts from 5 to 10 are the Caf's own to see."""
    view = replace(vue(pair[0], couches=("indicateur",), indicateur=ENFANTS), profil=Profil.INTERNE)
    assert made(pair[0], view).drawings != made(pair[1], view).drawings


# ------------------------------------------------------------------------------------------------ faults seen red


def single_counts_only(self: secrecy.Masque, groupe: np.ndarray, nombre: int) -> np.ndarray:
    """Hide the small counts, and no total for their sake."""
    sizes = np.bincount(groupe[groupe >= 0], minlength=nombre)
    hidden = np.bincount(groupe[(groupe >= 0) & self.cachee], minlength=nombre)
    return ~((sizes == 1) & (hidden == 1))


def test_without_secondary_suppression_the_statistician_wins(
    frames_demo: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrecy.Masque, "shows", single_counts_only)
    with pytest.raises(AssertionError, match="told too closely"):
        check_statistician(fresh(frames_demo))


def test_without_the_strength_of_blocks_the_statistician_wins(
    frames_demo: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain: Callable[..., secrecy.Masque] = secrecy.protect
    monkeypatch.setattr(secrecy, "protect", lambda *a, forte=False, **k: plain(*a, **k))  # noqa: ARG005
    with pytest.raises(AssertionError, match="told too closely"):
        check_statistician(fresh(frames_demo))


def test_without_primary_suppression_the_reader_wins(frames_demo: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrecy, "protect", lambda valeurs, *_, **__: secrecy.open_mask(len(valeurs)))
    with pytest.raises(AssertionError):
        check_reader(fresh(frames_demo), ENFANTS)


def test_bounds_cut_on_hidden_values_are_seen(frames_demo: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    twin = twin_of(frames_demo)[0]
    seen: Callable[..., np.ndarray] = indicators.every_year
    leak = [i for i in indicators.listed(frames_demo) if definition(frames_demo, i).numerateur]
    assert leak
    asked = [vue(frames_demo, couches=("indicateur",), indicateur=i) for i in leak]
    check_twin(fresh(frames_demo), fresh(twin), asked)
    monkeypatch.setattr(indicators, "every_year", lambda f, i, m, _: seen(f, i, m, Profil.INTERNE))
    with pytest.raises(AssertionError):
        check_twin(fresh(frames_demo), fresh(twin), asked)


def test_a_ratio_of_hidden_terms_is_seen(frames_demo: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    """Logements indécents for 1,000 households: the rate times the households gives the hidden count back."""
    twin = twin_of(frames_demo)[0]
    asked = [vue(frames_demo, couches=("indicateur",), indicateur="part_logements_indecents")]
    check_twin(fresh(frames_demo), fresh(twin), asked)
    own: Callable[..., object] = sums.totals

    def leaking(f: Frames, i: tuple[str, ...], m: Maille, lecture: sums.Lecture, parmi: tuple[str, ...] = ()) -> object:
        return own(f, i, m, replace(lecture, profil=Profil.INTERNE) if parmi else lecture, parmi)

    monkeypatch.setattr(sums, "totals", leaking)
    with pytest.raises(AssertionError):
        check_twin(fresh(frames_demo), fresh(twin), asked)
