"""Write the whole demonstration into a folder."""

import json
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from data.demo import (
    agreements,
    definitions,
    identity,
    indicators,
    means,
    objectives,
    places,
    plans,
    priorities,
    quarters,
    services,
    surroundings,
)
from data.demo.epci import EPCI
from data.demo.tables import Lignes, write
from data.demo.territory import Commune
from data.demo.territory import build as build_territory


def make(dossier: Path) -> None:
    """Write every file of the demonstration; the same program always writes the same bytes."""
    dossier.mkdir(parents=True, exist_ok=True)
    communes = build_territory()
    qpv = quarters.build(communes)
    (dossier / "jeu.toml").write_text(identity.toml(), encoding="utf-8")
    _write_features(dossier / "communes.geojson", [_commune(c) for c in communes])
    _write_features(
        dossier / "qpv.geojson",
        [_feature({"code_qpv": q.code, "nom": q.nom, "codes_communes": "|".join(q.codes)}, q.forme) for q in qpv],
    )
    _write_context(dossier, communes)
    for nom, lignes in tables(communes, qpv).items():
        write(dossier, nom, lignes)


def _write_context(dossier: Path, communes: tuple[Commune, ...]) -> None:
    voisins = surroundings.neighbours(communes)
    terre = shapely.union_all([*(c.forme for c in communes), *(zone for _, zone in voisins)])
    contextes = {"departements": voisins, "eau": surroundings.rivers(terre)}
    for nom, formes in contextes.items():
        _write_features(dossier / f"contexte-{nom}.geojson", [_feature({"nom": n}, f) for n, f in formes])


def tables(communes: tuple[Commune, ...], qpv: tuple[quarters.Qpv, ...]) -> dict[str, Lignes]:
    """Return the rows of every table by its name."""
    ctgs = agreements.build(communes)
    noms = {c.code: c.nom for c in communes}
    points = places.rows(communes)
    return {
        "epci": [{"code_epci": e.code, "nom": e.nom, "nature": e.nature} for e in EPCI],
        "indicateurs": indicators.rows(communes, qpv),
        "indicateurs_def": definitions.rows(),
        "ctg": agreements.rows(ctgs),
        "ctg_communes": agreements.commune_rows(ctgs),
        "ctg_signataires": plans.signatory_rows(ctgs, noms),
        "ctg_champs": plans.field_rows(ctgs),
        "ctg_evaluations": plans.evaluation_rows(ctgs),
        "objectifs": objectives.rows(ctgs, communes),
        "actions": plans.action_rows(ctgs),
        "trajectoire": means.trajectory_rows(),
        "schemas": means.schema_rows(),
        "services": services.rows(communes),
        "points_acces": points,
        "frequentation": places.visit_rows(points),
        "territoires_prioritaires": priorities.rows(communes, qpv, indicators.figures(communes, 2019)),
        "interventions": means.intervention_rows(communes),
        "conventions": means.convention_rows(communes, ctgs),
    }


def _commune(c: Commune) -> dict[str, object]:
    return _feature({"code": c.code, "nom": c.nom, "code_epci": c.code_epci, "population": c.population}, c.forme)


def _feature(proprietes: dict[str, object], forme: BaseGeometry) -> dict[str, object]:
    geometrie = shapely.geometry.mapping(shapely.orient_polygons(forme))
    return {"type": "Feature", "properties": proprietes, "geometry": geometrie}


def _write_features(chemin: Path, features: list[dict[str, object]]) -> None:
    lignes = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    chemin.write_text(
        f'{{"type":"FeatureCollection","name":"{chemin.stem}","features":[\n{lignes}\n]}}\n', encoding="utf-8"
    )
