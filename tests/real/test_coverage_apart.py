"""The figures of two real datasets against a computation written apart: csv, json and plain Python, nothing of ours.

Only `dashboard.figures` is under test. What stands here reads the files by itself, and knows of their planted
faults only the rules of FORMATS §1: the first of two rows with one id, a required cell empty sets the row aside, a
lost zero is put back, an unknown commune is left out.
"""

import csv
import json
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from dashboard.figures import figures
from data import jeu
from data.frames import Frames
from data.model import FiltreEchelon, Maille
from layers.kit.view import View

pytestmark = pytest.mark.real

DOSSIERS = ("jeu-62", "jeu-31-pieges")
ECHELONS = {
    "tous": {"intercommunal", "communal"},
    "local": {"intercommunal", "communal"},
    "intercommunal": {"intercommunal"},
    "communal": {"communal"},
    "departemental": {"departemental"},
}
DENOMINATEURS = {
    "petite_enfance": ("enfants_0_2", 1_000, 20),
    "animation_vie_sociale": ("population_municipale", 10_000, 200),
    "logement": ("population_municipale", 10_000, 200),
    "handicap": ("population_municipale", 10_000, 200),
    "acces_aux_droits": ("population_municipale", 10_000, 200),
    "tous": ("population_municipale", 10_000, 200),
}
SEUIL = 5


def lire(fichier: Path) -> list[dict[str, str]]:
    octets = fichier.read_bytes()
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252")
    return [
        {k: (v or "").strip() for k, v in ligne.items() if k}
        for ligne in csv.DictReader(texte.splitlines(), delimiter=";")
    ]


@cache
def jour(texte: str) -> date | None:
    if re.fullmatch(r"\d{2}/\d{2}/\d{4}", texte):
        return date(int(texte[6:]), int(texte[3:5]), int(texte[:2]))
    return date.fromisoformat(texte) if texte else None


def nombre(texte: str) -> float | None:
    propre = re.sub(r"\s", "", texte).replace(",", ".")
    return float(propre) if re.fullmatch(r"-?\d+(\.\d+)?", propre) else None


def plus_mois(depart: date, mois: int) -> date:
    annee, rang = divmod(depart.year * 12 + depart.month - 1 + mois, 12)
    return date(annee, rang + 1, min(depart.day, monthrange(annee, rang + 1)[1]))


class Apart:
    """A dataset read by hand."""

    def __init__(self, dossier: Path) -> None:
        proprietes = [
            f["properties"] for f in json.loads((dossier / "communes.geojson").read_text("utf-8"))["features"]
        ]
        self.epci = {p["code"]: p.get("code_epci") or "" for p in proprietes}
        self.propriete = {p["code"]: p.get("population") for p in proprietes}
        self.ctg: dict[str, dict[str, str]] = {}
        for ligne in lire(dossier / "ctg.csv"):
            if ligne["id_ctg"] and ligne["echelon"] and ligne["statut"]:
                self.ctg.setdefault(ligne["id_ctg"], ligne)
        self.liens = [(r["id_ctg"], r["code_commune"].zfill(5)) for r in lire(dossier / "ctg-communes.csv")]
        self.liens = [(i, c) for i, c in self.liens if i in self.ctg and c in self.epci]
        self.champs = {(r["id_ctg"], r["champ"]) for r in lire(dossier / "ctg-champs.csv")}
        self.services: dict[str, dict[str, str]] = {}
        for ligne in lire(dossier / "services.csv"):
            if ligne["id"] and ligne["code_commune"]:
                self.services.setdefault(ligne["id"], ligne)
        self.valeurs: dict[tuple[str, str], dict[int, float]] = {}
        for ligne in lire(dossier / "indicateurs.csv"):
            lue = nombre(ligne["valeur"])
            if ligne["maille"] == "commune" and not ligne["statut"] and lue is not None and lue >= 0:
                code = ligne["code_territoire"].zfill(5)
                self.valeurs.setdefault((ligne["indicateur"], code), {})[int(ligne["annee"])] = lue
        self.memoire: dict[tuple[str, int], dict[str, float]] = {}
        self.periodes = {i: self.bornes(ctg) for i, ctg in self.ctg.items()}
        self.points: dict[str, dict[str, str]] = {}
        for ligne in lire(dossier / "points-acces.csv"):
            self.points.setdefault(ligne["id"], ligne)
        self.marques = {
            (r["indicateur"], r["code_territoire"].zfill(5))
            for r in lire(dossier / "indicateurs.csv")
            if r["statut"] == "secret" or r["valeur"] in ("s", "ns")
        }

    def connues(self, indicateur: str, annee: int) -> dict[str, float]:
        if (indicateur, annee) not in self.memoire:
            valeurs = {c: self.valeur(indicateur, c, annee) for c in self.epci}
            self.memoire[indicateur, annee] = {c: v for c, v in valeurs.items() if v is not None}
        return self.memoire[indicateur, annee]

    def bornes(self, ctg: dict[str, str]) -> tuple[date, date, date] | None:
        signature = jour(ctg["date_signature"])
        if signature is None:
            return None
        debut = jour(ctg["date_debut"]) or signature
        duree = int(float(ctg["duree_annees"] or 5))
        fin = jour(ctg["date_fin"]) or plus_mois(debut, 12 * duree) - timedelta(days=1)
        return signature, debut, fin

    def statut(self, ctg: dict[str, str], t: date) -> str:
        bornes = self.periodes[ctg["id_ctg"]]
        if bornes is None or bornes[0] > t:
            return "non_engagee" if ctg["statut"] == "non_engagee" and bornes is None else "en_preparation"
        _, debut, fin = bornes
        if t < debut:
            return "a_venir"
        if t > fin:
            return "echue"
        return "a_renouveler" if fin <= plus_mois(t, 12) else "en_vigueur"

    def couvertes(self, t: date, echelon: str, champ: str) -> set[str]:
        actives = {
            i
            for i, ctg in self.ctg.items()
            if ctg["echelon"] in ECHELONS[echelon]
            and (champ == "tous" or (i, champ) in self.champs)
            and (bornes := self.periodes[i]) is not None
            and bornes[0] <= t
            and bornes[1] <= t <= bornes[2]
        }
        return {commune for i, commune in self.liens if i in actives}

    def valeur(self, indicateur: str, code: str, annee: int) -> float | None:
        annees = self.valeurs.get((indicateur, code), {})
        passees = [a for a in annees if a <= annee]
        if annees:
            return annees[max(passees)] if passees else annees[min(annees)]
        return self.propriete[code] if indicateur == "population_municipale" else None

    def part(self, indicateur: str, couvertes: set[str], t: date) -> tuple[float, float]:
        connues = self.connues(indicateur, t.year)
        return sum(v for c, v in connues.items() if c in couvertes), sum(connues.values())

    def services_ouverts(self, t: date, champ: str) -> Iterator[tuple[str, str]]:
        for service in self.services.values():
            ouverture, fermeture = jour(service["date_ouverture"]), jour(service["date_fermeture"])
            ouvert = (ouverture is None or ouverture <= t) and (fermeture is None or fermeture > t)
            code = service["code_commune"].zfill(5)
            if ouvert and code in self.epci and (champ == "tous" or champ in service["champ"].split("|")):
                yield code, service["mode"] or "fixe"

    def territoire(self, code: str, maille: str) -> str:
        return {"commune": code, "epci": self.epci[code], "departement": code[:2]}[maille]


@cache
def apart(dossier: Path) -> Apart:
    return Apart(dossier)


@cache
def lu(dossier: Path) -> Frames:
    return jeu.read(dossier)[0]


@pytest.fixture(params=DOSSIERS)
def dossier(request: pytest.FixtureRequest, reel: Path) -> Path:
    return reel / str(request.param)


def quelques_jours(a: Apart) -> list[date]:
    """The days before, at and after each end of each period, and a few others."""
    bords = {
        b + timedelta(days=d) for ctg in a.ctg.values() if (bornes := a.bornes(ctg)) for b in bornes for d in (-1, 0, 1)
    }
    alertes = {
        plus_mois(bornes[2], -12) + timedelta(days=d)
        for c in a.ctg.values()
        if (bornes := a.bornes(c))
        for d in (-1, 0, 1)
    }
    return sorted(bords | alertes | {date(2013, 12, 18), date(2026, 11, 1), date(2035, 1, 1)})


def test_coverage_and_counts_on_every_boundary(dossier: Path) -> None:
    a, frames = apart(dossier), lu(dossier)
    champs = ["tous", *sorted({c for _, c in a.champs if frames.champ(c)})]
    compares = 0
    for rang, t in enumerate(quelques_jours(a)):
        for echelon in ("tous", list(ECHELONS)[rang % len(ECHELONS)]):
            champ = champs[compares % len(champs)] if rang % 3 else "tous"
            vue = View(date=t, echelon=FiltreEchelon(echelon), champ=champ, maille=Maille.DEPARTEMENT)
            compare_coverage(a, figures(frames, vue, ""), t, echelon, champ)
            compares += 1
    assert compares > 300


def compare_coverage(a: Apart, obtenu: dict, t: date, echelon: str, champ: str) -> None:
    ou = (t, echelon, champ)
    couvertes = a.couvertes(t, echelon, champ)
    for cle, indicateur in (("population", "population_municipale"), ("enfants_0_2", "enfants_0_2")):
        haut, bas = a.part(indicateur, couvertes, t)
        part = obtenu["couverture"][cle]
        assert (part["numerateur"], part["denominateur"]) == (haut, bas), (*ou, cle)
        assert part["taux_pct"] == pytest.approx(100 * haut / bas, rel=1e-12), (*ou, cle)
    assert obtenu["couverture"]["communes"] == {"couvertes": len(couvertes), "total": len(a.epci)}, ou
    total, dedans = Counter(e for e in a.epci.values() if e), Counter(a.epci[c] for c in couvertes)
    assert obtenu["couverture"]["epci"] == {
        "entieres": sum(dedans[e] == n for e, n in total.items()),
        "partielles": sum(0 < dedans[e] < n for e, n in total.items()),
        "nulles": sum(dedans[e] == 0 for e in total),
    }, ou
    comptes = {"departemental", *ECHELONS[echelon]} if echelon == "tous" else ECHELONS[echelon]
    statuts = Counter(a.statut(ctg, t) for ctg in a.ctg.values() if ctg["echelon"] in comptes)
    cles = ("en_vigueur", "a_renouveler", "echue", "a_venir", "en_preparation")
    assert obtenu["ctg"] == {cle: statuts[cle] for cle in cles}, ou


@pytest.mark.parametrize("maille", ["commune", "epci", "departement"])
def test_density(dossier: Path, maille: str) -> None:
    a, frames = apart(dossier), lu(dossier)
    for champ in DENOMINATEURS:
        for t in (date(2015, 6, 1), date(2021, 9, 1), date(2026, 11, 1)):
            lignes = figures(frames, View(date=t, champ=champ, maille=Maille(maille)), "")["densite"]
            compare_density(a, lignes, t, champ, maille)


def compare_density(a: Apart, lignes: list[dict], t: date, champ: str, maille: str) -> None:
    indicateur, facteur, plancher = DENOMINATEURS[champ]
    services, mesures = Counter(), Counter()
    modes: dict[str, Counter[str]] = {}
    valeurs = {c: a.valeur(indicateur, c, t.year) for c in a.epci}
    for code, mode in a.services_ouverts(t, champ):
        territoire = a.territoire(code, maille)
        services[territoire] += 1
        mesures[territoire] += valeurs[code] is not None
        modes.setdefault(territoire, Counter())[mode] += 1
    membres: dict[str, list[str]] = {}
    for code in a.epci:
        if a.territoire(code, maille):
            membres.setdefault(a.territoire(code, maille), []).append(code)
    assert [ligne["code"] for ligne in lignes] == sorted(membres)
    voisines = 0
    for ligne in lignes:
        code, ou = ligne["code"], (ligne["code"], t, champ)
        connues = [valeurs[c] for c in membres[code] if valeurs[c] is not None]
        attendu = modes.get(code, Counter())
        assert ligne["services"] == services[code], ou
        assert ligne["modes"] == {m: attendu[m] for m in ("fixe", "itinerant", "antenne")}, ou
        secrete = any((indicateur, c) in a.marques for c in membres[code])
        statut, denominateur = expected(
            connues, secrete, plancher, seul=maille == "commune" and champ == "petite_enfance"
        )
        if ligne["statut"] == "secret" and statut != "secret":
            assert maille == "commune", ou
            assert denominateur <= 5 * SEUIL, ou
            voisines += 1
            continue
        assert ligne["statut"] == statut, ou
        assert ligne["denominateur"] == (denominateur if statut in ("", "petit_denominateur") else None), ou
        if statut:
            assert ligne["valeur"] is None, ou
        else:
            assert ligne["valeur"] == pytest.approx(facteur * mesures[code] / denominateur, rel=1e-12), ou
    assert voisines <= len(set(a.epci.values()))


def expected(connues: list[float], secrete: bool, plancher: int, *, seul: bool) -> tuple[str, float]:
    """Status and denominator of a territory whose communes have these counts."""
    somme = sum(connues)
    if secrete or (seul and 0 < somme < SEUIL):
        return "secret", somme
    if not connues:
        return "manquant", somme
    return ("petit_denominateur" if somme < plancher else ""), somme


def test_access_points(dossier: Path) -> None:
    a, frames = apart(dossier), lu(dossier)
    for t in (date(2016, 1, 1), date(2022, 3, 1), date(2026, 11, 1)):
        ouverts: Counter[str] = Counter()
        for point in a.points.values():
            ouverture, fermeture = jour(point["date_ouverture"]), jour(point["date_fermeture"])
            existe = point["etat"] in ("ouvert", "ferme") or ouverture is not None
            if existe and (ouverture is None or ouverture <= t) and (fermeture is None or fermeture > t):
                ouverts[point["type"]] += point["code_commune"].zfill(5) in a.epci
        obtenu = figures(frames, View(date=t), "")["points_acces"]
        assert {k: v for k, v in obtenu.items() if v} == {k: v for k, v in ouverts.items() if v}, t


def test_the_apart_computation_can_fail(reel: Path) -> None:
    """Guard of the guard: one agreement fewer is seen."""
    a, frames = Apart(reel / "jeu-62"), lu(reel / "jeu-62")
    t = date(2026, 11, 1)
    obtenu = figures(frames, View(date=t, maille=Maille.DEPARTEMENT), "")
    compare_coverage(a, obtenu, t, "tous", "tous")
    a.ctg.pop("CTG-62-33579-2")
    a.liens = [(i, c) for i, c in a.liens if i in a.ctg]
    verifier: Callable[..., None] = compare_coverage
    with pytest.raises(AssertionError):
        verifier(a, obtenu, t, "tous", "tous")
