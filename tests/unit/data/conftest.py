"""A small sound dataset that each test bends in one place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.findings import Constat, Gravite
from data.frames import Frames
from data.jeu import examine

JEU_TOML = """\
[jeu]
nom = "Caf d'essai"
departements = ["62"]
cog = 2024
demarche = "deux_echelons"
fictif = true
date_reference = 2026-11-01

[parametres]
duree_ctg_annees = 5
"""

TABLES = {
    "epci.csv": "code_epci;nom;nature\n246200001;CC d'Essai;CC\n",
    "ctg.csv": (
        "id_ctg;nom;echelon;statut;date_diagnostic;date_signature;date_debut;date_fin;duree_annees\n"
        "CTG-1;Ctg d'essai;intercommunal;signee;2022-01-10;2022-12-05;2023-01-01;2027-12-31;5\n"
    ),
    "ctg-communes.csv": "id_ctg;code_commune;role\nCTG-1;62001;couverte\nCTG-1;62002;couverte\n",
    "services.csv": (
        "id;type_service;champ;nom;code_commune;latitude;longitude;capacite;mode\n"
        "S1;eaje;petite_enfance;Crèche;62001;50.05;2.05;20;fixe\n"
        "S2;laep;parentalite;Lieu;62002;50.05;2.15;;fixe\n"
    ),
    "points-acces.csv": (
        "id;type;lieu_hote;nom;code_commune;latitude;longitude;etat\n"
        "P1;borne_visio;mairie;Borne;62001;50.05;2.05;ouvert\n"
    ),
    "indicateurs.csv": (
        "code_territoire;maille;indicateur;annee;valeur;statut\n"
        "62001;commune;population_municipale;2022;1000;\n"
        "62002;commune;population_municipale;2022;500;\n"
    ),
}


def square(x: float, y: float, cote: float = 0.1) -> list[list[float]]:
    """Ring of a square whose south-west corner is given, in degrees."""
    return [[x, y], [x + cote, y], [x + cote, y + cote], [x, y + cote], [x, y]]


def feature(
    code: object, nom: str = "", anneau: list[list[float]] | None = None, **autres: object
) -> dict[str, object]:
    """One commune as a GeoJSON feature."""
    proprietes = {"code": code, "nom": nom or f"Commune {code}", "code_epci": "246200001", "population": 100} | autres
    geometrie = None if anneau is None else {"type": "Polygon", "coordinates": [anneau]}
    return {"type": "Feature", "properties": proprietes, "geometry": geometrie}


def collection(features: list[dict[str, object]], **autres: object) -> str:
    """A GeoJSON feature collection."""
    return json.dumps({"type": "FeatureCollection", "features": features} | autres)


COMMUNES = [feature(f"6200{n + 1}", "", square(2.0 + n / 10, 50.0)) for n in range(3)]


@dataclass(frozen=True)
class Lu:
    """A dataset as the reader sees it."""

    frames: Frames | None
    constats: tuple[Constat, ...]
    dossier: Path

    def at(self, fichier: str, ligne: int | None = None, colonne: str | None = None) -> list[Constat]:
        """Findings at a place."""
        return [
            c
            for c in self.constats
            if c.fichier == fichier
            and (ligne is None or c.ligne == ligne)
            and (colonne is None or c.colonne == colonne)
        ]

    def one(self, fichier: str, ligne: int | None = None, colonne: str | None = None) -> Constat:
        """The only finding at a place."""
        (seul,) = self.at(fichier, ligne, colonne)
        return seul

    @property
    def erreurs(self) -> list[Constat]:
        """Findings that refuse the dataset."""
        return [c for c in self.constats if c.gravite is Gravite.ERREUR]


class Atelier:
    """Writes datasets and reads them."""

    square, feature, collection = staticmethod(square), staticmethod(feature), staticmethod(collection)
    communes = tuple(COMMUNES)
    tables = TABLES
    toml = JEU_TOML

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier

    def write(self, fichiers: Mapping[str, str | bytes | None] | None = None, *, sources: bool = True) -> Path:
        """Write the sound dataset with some files replaced, added, or removed (None)."""
        contenus: dict[str, str | bytes | None] = {
            "communes.geojson": collection(COMMUNES),
            **TABLES,
            **(fichiers or {}),
        }
        if "jeu.toml" not in contenus:
            blocs = [
                f'\n[[sources]]\nfichier = "{nom}"\nproducteur = "Essai"\ntitre = "Essai"\n'
                for nom, contenu in contenus.items()
                if contenu is not None and sources
            ]
            contenus["jeu.toml"] = JEU_TOML + "".join(blocs)
        self.dossier.mkdir(parents=True, exist_ok=True)
        for nom, contenu in contenus.items():
            if contenu is not None:
                octets = contenu.encode() if isinstance(contenu, str) else contenu
                (self.dossier / nom).write_bytes(octets)
        return self.dossier

    def read(self, fichiers: Mapping[str, str | bytes | None] | None = None, *, sources: bool = True) -> Lu:
        """Write then read."""
        lecture = examine(self.write(fichiers, sources=sources))
        return Lu(lecture.frames, lecture.constats, self.dossier)


@pytest.fixture
def atelier(tmp_path: Path) -> Atelier:
    """A workshop in its own folder."""
    return Atelier(tmp_path / "jeu")
