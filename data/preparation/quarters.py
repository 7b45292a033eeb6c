"""`qpv.geojson`: the polygons of the latest list of quartiers prioritaires that have a commune in the perimeter."""

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from data.preparation.account import Compte, gather, rows_of
from data.preparation.passage import Passages
from data.preparation.perimeter import among
from data.preparation.placing import DEHORS
from data.preparation.tables import Assemblage
from data.preparation.vintage import Lecture
from data.sources.reading import PRIORITE


def assemble_quarters(lectures: Sequence[Lecture], passages: Passages) -> Assemblage:
    """Assemble the quarters, each once, from the newest list first."""
    pris: list[gpd.GeoDataFrame] = []
    vus: set[str] = set()
    comptes: list[Compte] = []
    nourris = []
    derniere = max((le.annee for le in lectures), default=0)
    for lecture in sorted(lectures, key=lambda le: (-le.annee, -le.reading.lues)):
        table = lecture.reading.table
        arrives = _communes(table["codes_communes"], lecture, passages)
        motif = pd.Series("", index=table.index, dtype="str").mask(arrives == "", DEHORS)
        motif = motif.mask(
            (motif == "") & (lecture.annee != derniere), "écarté\u202f: liste de quartiers plus ancienne"
        )
        motif = motif.mask((motif == "") & (table["code_qpv"].isin(vus) | table["code_qpv"].duplicated()), "déjà donné")
        garde = table.assign(codes_communes=arrives)[motif == ""]
        vus |= set(garde["code_qpv"])
        ecarts = rows_of(lecture.reading.ecarts) + gather(motif, table["code_qpv"])
        comptes.append(Compte(lecture.nom, "polygones de quartiers", "quartiers", len(table), len(garde), ecarts))
        if len(garde):
            pris.append(garde)
            nourris.append(lecture)
    vide = gpd.GeoDataFrame({"code_qpv": [], "nom": [], "codes_communes": []}, geometry=[], crs=4326)
    quartiers = gpd.GeoDataFrame(pd.concat(pris, ignore_index=True), crs=4326) if pris else vide
    return Assemblage("qpv.geojson", quartiers, tuple(nourris), tuple(comptes))


def _communes(codes: pd.Series, lecture: Lecture, passages: Passages) -> pd.Series:
    """Bring the codes of each quarter (`|` between them) to the target map, those of the perimeter only."""
    un = codes.str.split("|").explode()
    arrives, _ = passages.place(un, lecture.cog)
    gardes = arrives.where(among(arrives, passages.perimetre.index), "")
    return gardes.groupby(level=0).agg(lambda c: "|".join(sorted({x for x in c if x}))).reindex(codes.index)


def quarter_rows(quartiers: Assemblage) -> pd.DataFrame:
    """Give the rows of `territoires-prioritaires.csv` that name the quarters themselves."""
    table = quartiers.table
    annee = str(quartiers.lectures[0].annee) if quartiers.lectures else ""
    rangees = pd.DataFrame({c: "" for c in PRIORITE}, index=table.index)
    return rangees.assign(
        definition=f"qpv_{annee}", maille="qpv", code_territoire=table["code_qpv"], annee=annee,
        source=f"ANCT, quartiers prioritaires {annee}", justification="Quartier prioritaire",
    )  # fmt: skip
