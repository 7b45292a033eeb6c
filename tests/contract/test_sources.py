"""What every official format must keep to."""

from pathlib import Path

import pytest

from data.sources.reading import COLONNES, Genre
from data.sources.registry import SOURCES
from data.sources.sample import take

REEL = Path(__file__).resolve().parents[2].parent / "shared" / "reel"
FICHIERS = (
    [p for p in sorted(REEL.rglob("*")) if p.is_file() and not p.parent.name.startswith("jeu-") and p.suffix != ".md"]
    if REEL.is_dir()
    else []
)
SANS_LECTEUR = {
    "code-repete-une-ligne-par-periode.csv",
    "codes-flottants-corse-absente.tsv",
    "pointeur-lfs.csv",
    "saut-de-ligne-et-virgule-decimale-sofie.csv",
    "zeros-perdus-codes-asp.csv",
    "zeros-perdus-fusions.csv",
    "pieges-31.csv",
}
"""Files that are no source of the atlas: they stand there for a trap of reading, or to describe the others."""


def test_ids_are_unique_and_every_format_says_whose_it_is():
    assert len({f.id for f in SOURCES}) == len(SOURCES)
    for f in SOURCES:
        assert f.titre, f.id
        assert f.producteur, f.id
        assert f.licence, f.id


@pytest.mark.real
@pytest.mark.skipif(not FICHIERS, reason="les données réelles ne sont pas là")
@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_real_file_is_recognised_by_one_format_and_accounts_for_its_rows(fichier: Path, tmp_path: Path):
    anonyme = tmp_path / f"donnees{fichier.suffix}"
    anonyme.symlink_to(fichier)
    sample = take(anonyme)
    trouves = [f for f in SOURCES if sample.feuilles and f.recognise(sample)]
    assert len(trouves) == (0 if fichier.name in SANS_LECTEUR else 1), [f.id for f in trouves]
    for format_ in trouves:
        for reading in format_.read(sample):
            assert set(COLONNES[reading.genre]) <= set(reading.table.columns)
            if reading.genre not in (Genre.INDICATEURS, Genre.CAF, Genre.MOUVEMENTS):
                assert reading.lues >= len(reading.table)
            personnes = {"mail", "courriel", "telephone", "email"} & {c.lower() for c in reading.table.columns}
            assert not personnes
