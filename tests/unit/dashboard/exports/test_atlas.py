"""The atlas of the territories: one page each, the same classes everywhere, all of it or nothing."""

import io
import time
import zipfile
from datetime import date
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from PIL import Image
from pptx import Presentation

from dashboard.carnet.database import Carnet
from dashboard.exports.atlas import PAGES_MAX, Contenu, Demande, archive, codes_of, document, glossary, near
from dashboard.exports.atlas_file import export_atlas
from dashboard.exports.options import Options
from dashboard.exports.sceau.poser import identity_in
from dashboard.exports.snapshot import snapshot_of
from dashboard.exports.travaux import Etat, Travaux
from data.errors import ExportError
from data.frames import Frames
from data.measures import territories
from data.measures.sheet import of_territory
from data.model import Maille
from layers.kit.marks import Fill
from layers.kit.view import View

JOUR = date(2026, 11, 23)
RACINE = Path(__file__).resolve().parents[4]
DEMO = RACINE / "data" / "demo" / "jeu"
COUCHES = ("couverture_ctg", "densite_services")


def demande(frames: Frames, maille: Maille = Maille.EPCI, codes: tuple[str, ...] = (), **rest: object) -> Demande:
    view = View(**({"date": date(2026, 11, 1), "couches": COUCHES, "champ": "petite_enfance"} | rest))
    return Demande(view, frames, maille, JOUR, Options(adresse="https://atlas.caf.example"), codes)


def silent(*_: object) -> None:
    """Tell nobody."""


@pytest.fixture(scope="module")
def atlas(frames_demo: Frames) -> bytes:
    return document(demande(frames_demo), silent)


def test_one_page_per_epci_between_cover_and_annexes(atlas: bytes, frames_demo: Frames, page_texts) -> None:
    codes = codes_of(demande(frames_demo))
    names = [frames_demo.noms[c] for c in codes]
    assert len(codes) == 12
    pages = page_texts(atlas)
    assert len(pages) == 2 + len(codes) + 1
    assert "Sommaire" in pages[1]
    for i, name in enumerate(names):
        assert pages[2 + i].startswith(name)
        assert f"{name}" in pages[1]
        for part in ("Conventions territoriales globales", "Services ouverts", "Besoins et ressources"):
            assert part in pages[2 + i]
        assert f"Page {3 + i} sur {len(pages)}" in pages[2 + i]
    assert all(title in pages[-1] for title in ("Définitions et méthode", "Données et sources", "Glossaire"))


def test_bookmarks_lead_to_every_page(atlas: bytes, frames_demo: Frames) -> None:
    with pikepdf.open(io.BytesIO(atlas)) as opened, opened.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[-4:] == ["Définitions et méthode", "Données et sources", "Édition", "Glossaire"]
    assert titles[-16:-4] == [frames_demo.noms[c] for c in codes_of(demande(frames_demo))]


def test_nothing_stands_under_the_foot_of_a_page(atlas: bytes) -> None:
    with pdfplumber.open(io.BytesIO(atlas)) as opened:
        for page in opened.pages[2:4]:
            found = page.extract_words()
            foot = next(w["top"] for w in found if w["text"] == "Page")
            assert max(w["bottom"] for w in found if w["bottom"] < foot) < foot


def test_pages_share_classes_and_their_counts_add_up(frames_demo: Frames) -> None:
    asked = demande(frames_demo)
    whole = snapshot_of(asked.vue, frames_demo, JOUR)
    pages = [near(whole, of_territory(frames_demo, c, asked.vue.date)) for c in codes_of(asked)]
    for rank, drawing in enumerate(whole.drawings):
        for mark_rank, mark in enumerate(m for m in drawing.marques if isinstance(m, Fill)):
            parts = [[m for m in p.drawings[rank].marques if isinstance(m, Fill)][mark_rank] for p in pages]
            assert all((p.classes, p.bornes) == (mark.classes, mark.bornes) for p in parts)
            members = territories.members(frames_demo, Maille.EPCI)
            inside = [k for c, k in zip(mark.codes, mark.classe, strict=True) if members[c]]
            assert sorted(k for p in parts for k in p.classe) == sorted(inside)


def test_a_page_has_its_own_words_and_address(frames_demo: Frames) -> None:
    asked = demande(frames_demo)
    code = codes_of(asked)[0]
    shown = near(snapshot_of(asked.vue, frames_demo, JOUR, asked.options), of_territory(frames_demo, code, JOUR))
    assert frames_demo.noms[code] in shown.cartouche.titre
    assert f"territoire={code}" in shown.cartouche.adresse
    assert {row[0] for row in shown.territoires.rows} == set(territories.communes_of(frames_demo, code))


@pytest.mark.parametrize("contenu", Contenu)
def test_an_archive_has_a_sealed_file_per_territory(frames_demo: Frames, contenu: Contenu) -> None:
    codes = codes_of(demande(frames_demo))[:2]
    with zipfile.ZipFile(io.BytesIO(archive(demande(frames_demo, codes=codes), contenu, silent))) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    assert sorted(n.split("_")[0] for n in files) == sorted(codes)
    for name, content in files.items():
        identity, _ = identity_in(content, contenu.value)
        assert identity is not None
        assert f"territoire={name.split('_')[0]}" in identity.adresse
        match contenu:
            case Contenu.PDF:
                with pikepdf.open(io.BytesIO(content)) as opened:
                    assert len(opened.pages) == 2
            case Contenu.PNG:
                Image.open(io.BytesIO(content)).verify()
            case Contenu.PPTX:
                assert Presentation(io.BytesIO(content)).slides[0].shapes.title.text_frame.text


def test_what_cannot_be_made_is_one_sentence(frames_demo: Frames) -> None:
    with pytest.raises(ExportError, match="« 999 »".replace(" ", "\u00a0")):
        codes_of(demande(frames_demo, codes=("999",)))
    with pytest.raises(ExportError, match=f"{PAGES_MAX} pages au plus"):
        codes_of(demande(frames_demo, Maille.COMMUNE))
    chosen = tuple(frames_demo.communes["code"][:3])
    assert set(codes_of(demande(frames_demo, Maille.COMMUNE, communes=chosen))) == set(chosen)


def test_an_interruption_leaves_no_file(frames_demo: Frames, tmp_path: Path) -> None:
    def stop(step: str, done: int, total: int) -> None:  # noqa: ARG001
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_atlas(demande(frames_demo), tmp_path / "atlas.pdf", "pdf", stop)
    assert list(tmp_path.iterdir()) == []


def test_the_glossary_is_that_of_the_help() -> None:
    found = glossary()
    assert len(found) >= 10
    assert found[0]["mot"] == "Ctg"
    assert all(g["sens"] and "**" not in g["sens"] for g in found)


def wait(travaux: Travaux, ident: str) -> Etat:
    for _ in range(600):
        etat = travaux.state(ident)
        assert etat is not None
        if etat.fini:
            return etat
        time.sleep(0.2)
    pytest.fail("le travail ne finit pas")


def test_long_exports_run_in_their_own_process_in_turn(frames_demo: Frames) -> None:
    code = codes_of(demande(frames_demo))[0]
    travaux, common = Travaux(Carnet.default()), [f"--jeu={DEMO}", "--atlas=epci"]
    made = travaux.start([*common, f"--codes={code}", "?couches="], "atlas.pdf")
    refused = travaux.start([*common, "--codes=999", "?"], "atlas.pdf")
    cancelled = travaux.start([*common, "?"], "atlas.zip")
    travaux.cancel(cancelled)
    etat = wait(travaux, made)
    assert etat.fichier is not None
    assert etat.fichier.read_bytes().startswith(b"%PDF-1.7")
    assert (etat.etape, etat.fait, etat.total) == ("Mise en page", 1, 2)
    assert "n'a pas de territoire" in wait(travaux, refused).erreur
    assert wait(travaux, cancelled).erreur == "Annulé."
    assert travaux.state("inconnu") is None
