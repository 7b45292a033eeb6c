"""The whole of France for the benchmarks: prepared once, with agreements invented by code."""

import csv
import os
import random
import sys
import tempfile
from datetime import date
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
REEL = RACINE.parent / "shared" / "reel"
DOSSIER = Path(os.environ.get("ATLAS_BENCH_FRANCE") or Path(tempfile.gettempdir()) / "atlas-ctg-france")
CHAMPS = ("petite_enfance", "enfance", "jeunesse", "parentalite", "acces_aux_droits", "logement", "handicap")
PART_SIGNEE, PART_EN_COURS = 0.72, 0.9


def france() -> Path | None:
    """Folder of the dataset, made where it is missing; None without the open files."""
    if (DOSSIER / "ctg.csv").is_file():
        return DOSSIER
    if not REEL.is_dir():
        return None
    sys.path.insert(0, str(RACINE))
    from data.preparation import prepare

    if not (DOSSIER / "jeu.toml").is_file():
        prepare([], 2026, REEL, DOSSIER)
    agree(DOSSIER)
    return DOSSIER


def agree(dossier: Path) -> None:
    """Add invented agreements, one for most Epci and one for each département, and say that they are invented."""
    import geopandas as gpd

    hasard = random.Random(62)
    communes = gpd.read_file(dossier / "communes.geojson", ignore_geometry=True)
    accords, liens, champs = [], [], []
    for code, membres in communes[communes["code_epci"] != ""].groupby("code_epci")["code"]:
        tirage = hasard.random()
        if tirage > PART_EN_COURS:
            continue
        signee = date(hasard.randint(2019, 2026), hasard.randint(1, 12), 15) if tirage < PART_SIGNEE else None
        statut = "signee" if signee else hasard.choice(["diagnostic", "redaction"])
        accords.append(
            [f"CTG-{code}", f"Ctg {code}", "intercommunal", statut, *(_days(signee) if signee else [""] * 3)]
        )
        liens += [[f"CTG-{code}", commune, "couverte"] for commune in membres]
        champs += [[f"CTG-{code}", champ, 1] for champ in hasard.sample(CHAMPS, hasard.randint(2, 5))]
    for departement, membres in communes.groupby(communes["code"].map(_departement))["code"]:
        if hasard.random() < 0.5:
            accords.append([f"CTG-D{departement}", f"Ctg départementale {departement}", "departemental", "signee"])
            accords[-1] += _days(date(hasard.randint(2021, 2026), 1, 15))
            liens += [[f"CTG-D{departement}", commune, "couverte"] for commune in membres]
    _write(dossier / "ctg-communes.csv", ["id_ctg", "code_commune", "role"], liens)
    _write(dossier / "ctg-champs.csv", ["id_ctg", "champ", "priorite"], champs)
    colonnes = ["id_ctg", "nom", "echelon", "statut", "date_signature", "date_debut", "date_fin"]
    _write(dossier / "ctg.csv", colonnes, accords)
    reglages = dossier / "jeu.toml"
    dits = reglages.read_text("utf-8").replace("fictif = false", "fictif = true\ndate_reference = 2026-11-01")
    reglages.write_text(dits + _SOURCES, "utf-8")


def _days(signee: date) -> list[str]:
    fin = date(signee.year + 5, signee.month, 14)
    return [signee.isoformat(), signee.isoformat(), fin.isoformat()]


def _departement(code: str) -> str:
    return code[:3] if code.startswith("97") else code[:2]


def _write(fichier: Path, colonnes: list[str], lignes: list[list[object]]) -> None:
    with fichier.open("w", encoding="utf-8", newline="") as sortie:
        ecrit = csv.writer(sortie, delimiter=";")
        ecrit.writerow(colonnes)
        ecrit.writerows(lignes)


_SOURCES = "".join(
    f'\n[[sources]]\nfichier = "{f}"\nproducteur = "Atlas Ctg"\ntitre = "Accords fictifs du banc d\'essai"\n'
    for f in ("ctg.csv", "ctg-communes.csv", "ctg-champs.csv")
)

if __name__ == "__main__":
    print(france())
