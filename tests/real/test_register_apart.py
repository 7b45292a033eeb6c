"""The register of two real datasets against a computation written apart: csv and plain Python, nothing of ours."""

import csv
import json
import re
from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from data import jeu
from data.frames import Frames
from data.measures import anomalies, deadlines, deployment
from data.measures.prospects import prospects
from data.measures.scope import Portee

pytestmark = pytest.mark.real

DOSSIERS = ("jeu-62", "jeu-31-pieges")
JOURS = (date(2017, 12, 31), date(2022, 12, 31), date(2026, 11, 1), date(2026, 12, 31), date(2028, 1, 1))
LOCAUX = {"intercommunal", "communal"}


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


def jour(texte: str) -> date | None:
    if re.fullmatch(r"\d{2}/\d{2}/\d{4}", texte):
        return date(int(texte[6:]), int(texte[3:5]), int(texte[:2]))
    return date.fromisoformat(texte) if texte else None


def plus_mois(depart: date, mois: int) -> date:
    annee, rang = divmod(depart.year * 12 + depart.month - 1 + mois, 12)
    return date(annee, rang + 1, min(depart.day, monthrange(annee, rang + 1)[1]))


class Registre:
    """The agreements of a folder, read by hand."""

    def __init__(self, dossier: Path) -> None:
        proprietes = [
            f["properties"] for f in json.loads((dossier / "communes.geojson").read_text("utf-8"))["features"]
        ]
        self.epci = {p["code"]: p.get("code_epci") or "" for p in proprietes}
        self.ctg: dict[str, dict[str, str]] = {}
        for ligne in lire(dossier / "ctg.csv"):
            if ligne["id_ctg"] and ligne["echelon"] and ligne["statut"]:
                self.ctg.setdefault(ligne["id_ctg"], ligne)
        self.communes: dict[str, set[str]] = {i: set() for i in self.ctg}
        for ligne in lire(dossier / "ctg-communes.csv"):
            code = ligne["code_commune"].zfill(5)
            if ligne["id_ctg"] in self.ctg and code in self.epci:
                self.communes[ligne["id_ctg"]].add(code)
        self.bornes = {i: self.effectives(c) for i, c in self.ctg.items()}
        self.evaluations = lire(dossier / "ctg-evaluations.csv")
        self.conventions: dict[str, dict[str, str]] = {}
        for ligne in lire(dossier / "conventions.csv"):
            self.conventions.setdefault(ligne["id"], ligne)

    @staticmethod
    def effectives(c: dict[str, str]) -> tuple[date, date, date] | None:
        signature = jour(c["date_signature"])
        if signature is None:
            return None
        debut = jour(c["date_debut"]) or signature
        fin = jour(c["date_fin"]) or plus_mois(debut, 12 * int(float(c["duree_annees"] or 5))) - timedelta(days=1)
        return signature, debut, fin

    def actives(self, t: date, connu: date | None = None) -> set[str]:
        return {i for i, b in self.bornes.items() if b is not None and b[0] <= (connu or t) and b[1] <= t <= b[2]}

    def couvertes(self, t: date, connu: date | None = None) -> set[str]:
        ids = (i for i in self.actives(t, connu) if self.ctg[i]["echelon"] in LOCAUX)
        return {c for i in ids for c in self.communes[i]}

    def evaluee(self, ident: str, signature: date) -> bool:
        return any(
            e["id_ctg"] == ident
            and e["etat"] == "faite"
            and e["type"] != "intermediaire"
            and (jour(e["date"]) or signature) <= signature
            for e in self.evaluations
        )


@cache
def registre(dossier: Path) -> Registre:
    return Registre(dossier)


@cache
def lu(dossier: Path) -> Frames:
    return jeu.read(dossier)[0]


@pytest.fixture(params=DOSSIERS)
def dossier(request: pytest.FixtureRequest, reel: Path) -> Path:
    return reel / str(request.param)


def test_deadlines(dossier: Path) -> None:
    r, frames = registre(dossier), lu(dossier)
    vues = 0
    for t in JOURS:
        obtenu = [(e.fin, e.inscription.id_ctg, e.seuil, e.jours) for e in deadlines.of_entries(frames, Portee(t))]
        attendu = sorted(
            (r.bornes[i][2], i, next((m for m in (3, 6, 12) if r.bornes[i][2] <= plus_mois(t, m)), None))
            for i in r.actives(t)
        )
        assert [o[:3] for o in obtenu] == attendu, t
        assert all(o[3] == (o[0] - t).days for o in obtenu)
        vues += len(obtenu)
    assert vues > 30


def anomalies_of(r: Registre, ident: str, t: date) -> set[str]:
    c, bornes = r.ctg[ident], r.bornes[ident]
    signee = bornes is not None and bornes[0] <= t
    diagnostic, avant = jour(c["date_diagnostic"]), c["id_ctg_precedente"]
    faits = {
        "signee_sans_diagnostic": signee and diagnostic is None,
        "diagnostic_apres_signature": signee and diagnostic is not None and diagnostic > bornes[0],
        "fin_avant_debut": bornes is not None and bornes[2] < bornes[1],
        "sans_commune": not r.communes[ident],
        "precedente_inconnue": avant != "" and avant not in r.ctg,
        "renouvelee_sans_evaluation": signee and avant in r.ctg and not r.evaluee(avant, bornes[0]),
    }
    return {nature for nature, vrai in faits.items() if vrai}


def test_anomalies(dossier: Path) -> None:
    r, frames = registre(dossier), lu(dossier)
    for t in JOURS:
        trouvees = anomalies.of_entries(frames, Portee(t))
        assert {(a.nature.value, a.id_ctg) for a in trouvees if not a.communes} == {
            (nature, i) for i in r.ctg for nature in anomalies_of(r, i, t)
        }, t
        doubles = {frozenset((a.id_ctg, a.autre)): set(a.communes) for a in trouvees if a.communes}
        assert doubles == {
            frozenset((un, autre)): r.communes[un] & r.communes[autre]
            for un in r.actives(t)
            for autre in r.actives(t)
            if un < autre
            and r.ctg[un]["echelon"] == r.ctg[autre]["echelon"] != "departemental"
            and r.communes[un] & r.communes[autre]
        }, t


def test_deployment(dossier: Path) -> None:
    r, frames = registre(dossier), lu(dossier)
    total = Counter(e for e in r.epci.values() if e)
    for t in JOURS:
        point, couvertes = deployment.at(frames, Portee(t)), r.couvertes(t)
        dedans = Counter(r.epci[c] for c in couvertes)
        assert (point.communes.numerateur, point.communes.denominateur) == (len(couvertes), len(r.epci))
        assert point.ctg == sum(r.ctg[i]["echelon"] in LOCAUX and bool(r.communes[i]) for i in r.actives(t))
        assert point.epci_entiers == sum(dedans[e] == n for e, n in total.items())
        assert point.epci_nuls == sum(dedans[e] == 0 for e in total)
        assert point.epci_partiels == len(total) - point.epci_entiers - point.epci_nuls


def test_never_covered(dossier: Path) -> None:
    r, frames = registre(dossier), lu(dossier)
    for t in JOURS:
        passees = {
            c
            for i, b in r.bornes.items()
            if b is not None and r.ctg[i]["echelon"] in LOCAUX and max(b[0], b[1]) <= min(t, b[2])
            for c in r.communes[i]
        }
        obtenu = [c for m in deployment.never_covered(frames, Portee(t)) for c in m.communes]
        assert sorted(obtenu) == sorted(set(r.epci) - passees), t


def test_forecast(dossier: Path) -> None:
    r, frames = registre(dossier), lu(dossier)
    t = date(2026, 11, 1)
    points = deployment.forecast(frames, Portee(t))
    assert len(points) > 24
    for p in points:
        assert p.communes.numerateur == len(r.couvertes(p.jour, connu=t)), p.jour
    assert points[-1].communes.numerateur == 0


def test_prospects(dossier: Path) -> None:
    r, frames = registre(dossier), lu(dossier)
    t = date(2026, 11, 1)
    sans = set(r.epci) - r.couvertes(t)
    attendu: dict[str, set[str]] = {}
    for k in r.conventions.values():
        debut, fin = jour(k["date_debut"]), jour(k["date_fin"])
        if (debut and debut > t) or (fin and fin < t) or k["maille"] not in ("commune", "epci"):
            continue
        code = k["code_territoire"].zfill(5)
        emprise = {code} & set(r.epci) if k["maille"] == "commune" else {c for c, e in r.epci.items() if e == code}
        if emprise & sans:
            attendu[code] = emprise & sans
    assert {p.code: set(p.communes) for p in prospects(frames, Portee(t))} == attendu
    assert attendu


def test_the_apart_computation_can_fail(reel: Path) -> None:
    """Guard of the guard: one agreement fewer is seen."""
    r, frames = Registre(reel / "jeu-62"), lu(reel / "jeu-62")
    t = date(2026, 11, 1)
    r.bornes.pop("CTG-62-33579-2")
    assert deployment.at(frames, Portee(t)).communes.numerateur != len(r.couvertes(t))
