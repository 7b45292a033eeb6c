"""Séances as the JSON that the browser is given: texts as people change them, instants in UTC."""

from typing import Any

from dashboard.seances.fields import as_text
from dashboard.seances.figures import Chiffre
from dashboard.seances.model import Decision, Resume, Scene, Seance
from dashboard.seances.writing import instant
from layers.kit.texts import long_date, typeset


def of_summary(found: Resume) -> dict[str, Any]:
    """Write one line of the list."""
    return {
        "id": found.id,
        "titre": found.titre,
        "instance": found.instance,
        "jour": as_text(found.jour),
        "jour_dit": long_date(found.jour) if found.jour else "",
        "scenes": found.scenes,
        "decisions": found.decisions,
        "archivee": found.archivee,
        "modifiee": instant(found.modifiee),
    }


def of_seance(found: Seance) -> dict[str, Any]:
    """Write a séance whole."""
    return {
        "id": found.id,
        "titre": found.titre,
        "instance": found.instance,
        "jour": as_text(found.jour),
        "jour_dit": long_date(found.jour) if found.jour else "",
        "version": found.version,
        "archivee": found.archivee,
        "scenes": [of_scene(s) for s in found.scenes],
        "retirees": [of_scene(s) for s in found.retirees],
        "decisions": [of_decision(d) for d in found.decisions],
    }


def of_scene(found: Scene) -> dict[str, Any]:
    """Write a scene."""
    texts = {n: getattr(found, n) for n in ("adresse", "titre", "lecture", "question", "notes", "traits")}
    return texts | {"id": found.id, "version": found.version, "chiffres": ",".join(found.chiffres)}


def of_decision(found: Decision) -> dict[str, Any]:
    """Write a decision."""
    return {
        "id": found.id,
        "scene": found.scene_id,
        "texte": found.texte,
        "charge": found.charge,
        "echeance": as_text(found.echeance),
        "version": found.version,
        "prise": instant(found.prise),
    }


def of_figure(found: Chiffre) -> dict[str, str]:
    """Write a key figure."""
    return {"id": found.id, "libelle": typeset(found.libelle), "valeur": found.valeur, "precision": found.precision}
