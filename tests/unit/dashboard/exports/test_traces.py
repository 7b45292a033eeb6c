"""Seals, log and verification: what left the atlas is known again, and one changed byte is seen."""

import base64
import errno
import io
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest
from pptx import Presentation

from dashboard.__main__ import main
from dashboard.carnet import journal
from dashboard.carnet.database import Carnet
from dashboard.exports import SUFFIXES, export
from dashboard.exports.evaluation import evaluation_of
from dashboard.exports.evaluation_files import write
from dashboard.exports.sceau import identite as identites
from dashboard.exports.sceau.cle import FICHIER, key_of
from dashboard.exports.sceau.poser import PORTEURS, identity_in, seal
from dashboard.exports.sceau.verifier import Etat, examine
from dashboard.exports.trace import Trace
from data.errors import ExportError
from data.frames import Frames
from data.model import Maille, Profil
from data.store import Store
from layers.kit.view import View

JOUR = date(2026, 11, 23)
NULLE_PART = Path("/nulle/part")
DEMO = Path(__file__).resolve().parents[4] / "data" / "demo" / "jeu"
VUE = View(
    date=date(2025, 3, 1), couches=("couverture_ctg", "densite_services"), champ="petite_enfance", maille=Maille.EPCI
)


@pytest.fixture
def trace(tmp_path: Path) -> Trace:
    store = Store(tmp_path / "magasin")
    return Trace("chargée de mission", Carnet.default(store), store)


@pytest.mark.parametrize("suffixe", ["html", "pdf"])
def test_an_evaluation_is_known_again_and_a_changed_one_is_seen(
    frames_demo: Frames, trace: Trace, tmp_path: Path, suffixe: str
) -> None:
    path = tmp_path / f"bilan.{suffixe}"
    page = evaluation_of(frames_demo, "CTG-96-D-2", JOUR, Profil.PARTENAIRE)
    assert write(page, path, trace) == ""
    store, carnet = elsewhere(tmp_path)
    verdict = examine(path, trace.store, carnet, NULLE_PART)
    assert verdict.etat is Etat.AUTHENTIQUE
    assert verdict.identite is not None
    assert verdict.identite.adresse == f"evaluation/CTG-96-D-2?date={JOUR.isoformat()}"
    assert (verdict.identite.edition, verdict.identite.version) == ("partenaire", frames_demo.jeu.version)
    assert examine(path, store, carnet, NULLE_PART).etat is Etat.INTACT
    path.write_bytes(path.read_bytes().replace(b"2026", b"2027", 1))
    assert examine(path, trace.store, carnet, NULLE_PART).etat is Etat.MODIFIE


def elsewhere(tmp_path: Path) -> tuple[Store, Carnet]:
    store = Store(tmp_path / "ailleurs")
    return store, Carnet.default(store)


def test_every_format_can_carry_an_identity() -> None:
    assert {*SUFFIXES, "zip"} == set(PORTEURS)


@pytest.mark.parametrize("suffixe", SUFFIXES)
def test_a_file_is_known_again_and_one_changed_byte_is_seen(
    frames_demo: Frames, trace: Trace, tmp_path: Path, suffixe: str
) -> None:
    path = tmp_path / f"vue.{suffixe}"
    assert export(replace(VUE, profil=Profil.PARTENAIRE), frames_demo, path, JOUR, trace=trace) == ""
    found = examine(path, trace.store, trace.carnet, NULLE_PART)
    assert found.etat is Etat.AUTHENTIQUE
    assert found.identite is not None
    assert (
        found.identite.adresse == "?date=2025-03-01&champ=petite_enfance&couches=couverture_ctg,densite_services"
        or ("date=2025-03-01" in found.identite.adresse and "champ=petite_enfance" in found.identite.adresse)
    )
    assert (found.identite.edition, found.identite.version) == ("partenaire", frames_demo.jeu.version)
    assert found.export is not None
    assert found.export.qui == "chargée de mission"

    without_log = examine(path, trace.store, elsewhere(tmp_path)[1], NULLE_PART)
    assert without_log.etat is Etat.AUTHENTIQUE, "its signature alone says so"
    assert examine(path, *elsewhere(tmp_path), NULLE_PART).etat is Etat.INTACT

    for changed in altered(path):
        path.write_bytes(changed)
        for store, carnet in ((trace.store, trace.carnet), elsewhere(tmp_path)):
            assert examine(path, store, carnet, NULLE_PART).etat is Etat.MODIFIE


def altered(path: Path) -> Iterator[bytes]:
    """One byte changed at three places; of a database, in a cell, for its pages hold bytes that say nothing."""
    content = path.read_bytes()
    if path.suffix == ".gpkg":
        assert b"En vigueur" in content
        yield content.replace(b"En vigueur", b"En vigueuR", 1)
        return
    for place in (len(content) // 3, len(content) // 2, 2 * len(content) // 3):
        yield content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@pytest.mark.parametrize("suffixe", ["html", "csv", "svg", "geojson"])
def test_a_figure_changed_with_its_digest_made_again_is_seen_where_it_was_signed(
    frames_demo: Frames, trace: Trace, tmp_path: Path, suffixe: str
) -> None:
    """Whoever knows the program can make the digest again, not the signature."""
    path = tmp_path / f"vue.{suffixe}"
    export(VUE, frames_demo, path, JOUR, trace=trace)
    content = path.read_bytes()
    identite, _ = identity_in(content, suffixe)
    assert identite is not None
    word, _ = PORTEURS[suffixe].take(content)
    bare = content.replace(word.encode(), identites.MARQUE.encode()) if suffixe == "csv" else _without(content, suffixe)
    forged = seal(bare.replace(b"En vigueur", b"En vigeur ", 1), replace(identite, cle="", signature=""))
    kept, _ = identity_in(forged, suffixe)
    assert kept is not None
    own = replace(kept, cle=identite.cle, signature=identite.signature)
    path.write_bytes(forged.replace(identites.write(kept).encode(), identites.write(own).encode()))
    assert examine(path, trace.store, trace.carnet, NULLE_PART).etat is Etat.MODIFIE
    path.write_bytes(forged)
    assert examine(path, trace.store, trace.carnet, NULLE_PART).etat is Etat.INTACT, (
        "unsigned: nothing more can be said"
    )


def _without(content: bytes, suffixe: str) -> bytes:
    return PORTEURS[suffixe].take(content)[1]


def test_the_same_data_give_the_same_figures(frames_demo: Frames, trace: Trace, tmp_path: Path) -> None:
    path = tmp_path / "vue.gpkg"
    export(VUE, frames_demo, path, JOUR, trace=trace)
    found = examine(path, trace.store, trace.carnet, DEMO)
    assert [(c.role, c.memes_chiffres) for c in found.comparaisons] == [("du fichier, en service", True)]


def test_other_data_give_other_figures(frames_demo: Frames, trace: Trace, tmp_path: Path) -> None:
    services = frames_demo["services"]
    fewer = replace(
        frames_demo,
        tables={**frames_demo.tables, "services": services.iloc[::2]},
        jeu=replace(frames_demo.jeu, version="0123456789ab"),
    )
    path = tmp_path / "vue.html"
    export(VUE, fewer, path, JOUR, trace=trace)
    found = examine(path, trace.store, trace.carnet, DEMO)
    assert found.etat is Etat.AUTHENTIQUE
    assert [(c.version, c.memes_chiffres) for c in found.comparaisons] == [
        ("0123456789ab", None),
        (frames_demo.jeu.version, False),
    ]


def test_the_version_of_a_file_is_found_among_those_installed(trace: Trace, tmp_path: Path) -> None:
    first = trace.store.install(DEMO)
    from data import jeu

    path = tmp_path / "vue.csv"
    export(VUE, jeu.load(first.chemin), path, JOUR, trace=trace)
    other = tmp_path / "autre"
    other.mkdir()
    for file in DEMO.iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    (other / "services.csv").write_bytes((DEMO / "services.csv").read_bytes().rsplit(b"\n", 40)[0] + b"\n")
    second = trace.store.install(other)
    found = examine(path, trace.store, trace.carnet, second.chemin)
    assert [c.role for c in found.comparaisons] == ["du fichier", "en service"]
    assert found.comparaisons[0].memes_chiffres is True


def test_an_archive_is_known_by_its_files(trace: Trace, tmp_path: Path) -> None:
    out, path = io.BytesIO(), tmp_path / "atlas.zip"
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.pdf", b"un")
        archive.writestr("b.pdf", b"deux")
    identite = identites.Identite(
        media="zip", adresse="?", edition="interne", jeu="Caf", version="v", programme="0", jour="2026-11-23"
    )
    sealed = seal(out.getvalue(), identite, trace.key())
    path.write_bytes(sealed)
    assert zipfile.ZipFile(path).read("b.pdf") == b"deux"
    assert examine(path, trace.store, trace.carnet, NULLE_PART).etat is Etat.AUTHENTIQUE
    path.write_bytes(sealed.replace(b"deux", b"dous"))
    assert examine(path, trace.store, trace.carnet, NULLE_PART).etat is Etat.MODIFIE


def test_a_stranger_is_unknown(tmp_path: Path, trace: Trace) -> None:
    path = tmp_path / "vue.html"
    path.write_text("<html>bonjour</html>")
    assert examine(path, trace.store, trace.carnet, DEMO).etat is Etat.INCONNU
    assert main(["verifier-instantane", str(path)]) == 2


@pytest.mark.parametrize(
    "word", ["", "atlas-ctg:1:", "atlas-ctg:1:%%%", "atlas-ctg:1:" + base64.b64encode(b"[]").decode()]
)
def test_a_damaged_identity_is_none(word: str) -> None:
    assert identites.read(word) is None


def test_office_shows_the_identity_among_its_properties(frames_demo: Frames, tmp_path: Path) -> None:
    for suffixe in ("pptx", "xlsx"):
        path = tmp_path / f"vue.{suffixe}"
        export(VUE, frames_demo, path, JOUR)
        with zipfile.ZipFile(path) as package:
            assert b'name="Atlas Ctg"' in package.read("docProps/custom.xml")
            assert package.testzip() is None
    assert Presentation(tmp_path / "vue.pptx").slides[0].shapes.title.text_frame.text


def test_the_log_is_listed_the_latest_first(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for suffixe in ("csv", "geojson"):
        path = str(tmp_path / f"v.{suffixe}")
        options = ["--edition", "partenaire", "--par", "directrice adjointe"]
        assert main(["exporter", "?maille=epci", path, *options]) == 0
    capsys.readouterr()
    assert main(["journal", "--json", "--nombre", "2"]) == 0
    lines = json.loads(capsys.readouterr().out)
    assert [(e["media"], e["edition"], e["qui"]) for e in lines] == [
        ("geojson", "partenaire", "directrice adjointe"),
        ("csv", "partenaire", "directrice adjointe"),
    ]
    assert main(["journal", "--nombre", "1"]) == 0
    assert "directrice adjointe · geojson · édition partenaire" in capsys.readouterr().out
    assert main(["verifier-instantane", str(tmp_path / "v.csv"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["etat"], told["edition"], told["journal"]["empreinte"]) == (
        "authentique",
        "partenaire",
        told["empreinte"],
    )


def test_a_log_that_cannot_be_written_costs_no_export(frames_demo: Frames, tmp_path: Path) -> None:
    (tmp_path / "plein").write_text("pas un dossier")
    store = Store(tmp_path / "plein" / "magasin")
    trace = Trace("essai", Carnet.default(store), store)
    said = export(VUE, frames_demo, tmp_path / "vue.csv", JOUR, trace=trace)
    assert said.startswith("Le fichier est fait, mais le journal des exports ne l'a pas noté.")
    identite, digest = identity_in((tmp_path / "vue.csv").read_bytes(), "csv")
    assert identite is not None
    assert (identite.empreinte, identite.cle) == (digest, "")


@pytest.mark.parametrize("suffixe", ["csv", "pptx"])
def test_a_full_disk_leaves_the_former_file_and_one_sentence(
    frames_demo: Frames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffixe: str
) -> None:
    path, plain = tmp_path / f"vue.{suffixe}", Path.write_bytes
    path.write_bytes(b"avant")

    def full(self: Path, content: bytes) -> int:
        plain(self, content[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ExportError, match="le disque est plein"):
        export(VUE, frames_demo, path, JOUR)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"avant"


def test_a_name_too_long_is_one_sentence(frames_demo: Frames, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="peut pas être écrit"):
        export(VUE, frames_demo, tmp_path / f"{'x' * 300}.csv", JOUR)


def test_the_key_is_its_owner_s_alone_and_made_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert key_of(store) is None
    made, again = key_of(store, make=True), key_of(store, make=True)
    assert made is not None
    assert again is not None
    assert made.nom == again.nom
    assert os.stat(tmp_path / FICHIER).st_mode & 0o077 == 0
    assert made.recognises(b"a", again.sign(b"a"))
    assert not made.recognises(b"b", again.sign(b"a"))


def test_the_log_names_no_one_but_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Trace.of_page(Carnet.of_file(Path("x"))).qui == journal.PAGE
    monkeypatch.setenv("LOGNAME", "service-carto")
    assert Trace.of_command().qui == "service-carto"
    assert Trace.of_command("chargé d'études").qui == "chargé d'études"


def test_an_identity_is_written_and_read_back() -> None:
    one = identites.Identite(
        media="csv",
        adresse="?nom=%C3%A9",
        edition="interne",
        jeu="Caf -->\"'</script>",
        version="v",
        programme="p",
        jour="j",
    )
    word = identites.write(one)
    assert asdict(identites.read(word) or one) == asdict(one)
    assert identites.read(word) == one
    assert not set("<>\"'\\-&") & set(word.removeprefix(identites.MARQUE))
    assert io.BytesIO(word.encode("ascii"))
