"""`echeances`: what ends when, as text, JSON, CSV or calendar."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.commands.which import day_of, locator
from data import jeu as jeux
from layers.kit.texts import count, long_date, short_date, typeset


def register(verbs: Any) -> None:
    """Add the command."""
    verb = verbs.add_parser("echeances", help="liste les fins de convention, les suites et ce qui est à examiner")
    verb.add_argument(
        "--jeu", type=Path, metavar="DOSSIER", help="jeu de données ; sinon le jeu installé, sinon la démonstration"
    )
    verb.add_argument("--date", default="", metavar="AAAA-MM-JJ", help="jour de lecture ; sinon celui du jeu")
    verb.add_argument("--ics", type=Path, metavar="FICHIER", help="écrit le calendrier des fins de convention")
    verb.add_argument("--csv", type=Path, metavar="FICHIER", help="écrit le tableau de suivi")
    verb.add_argument("--json", action="store_true", help="écrit les échéances en JSON")
    verb.set_defaults(run=list_deadlines)


def list_deadlines(arguments: argparse.Namespace) -> int:
    """Print the deadlines and write the files asked for."""
    from dashboard.exports import write_whole
    from dashboard.registre.address import read
    from dashboard.registre.deadlines import SECTION

    frames = jeux.load(locator(arguments.jeu)())
    jour = day_of(frames, arguments.date)
    contexte = read(f"?onglet=echeances&date={jour.isoformat()}", frames, date.today(), (SECTION,)).contexte
    for path, nom in ((arguments.ics, "echeances.ics"), (arguments.csv, "echeances.csv")):
        if path:
            write_whole(path, SECTION.fichiers[nom](contexte))
    found = _told(contexte)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(found, jour)
        for path in filter(None, (arguments.ics, arguments.csv)):
            print(typeset(f"Fichier écrit : {path}"))
    return 0


def _told(contexte: Any) -> dict[str, Any]:
    """Return the deadlines as programs read them: dates AAAA-MM-JJ, thresholds in months, null beyond the widest."""
    from dashboard.registre.phrases import anomaly, names
    from dashboard.registre.wording import scope_of
    from data.measures import anomalies, deadlines

    frames, portee = contexte.frames, scope_of(contexte)
    echeances, noms = deadlines.of_entries(frames, portee), names(frames, portee.jour)
    return {
        "jeu": frames.jeu.nom,
        "date": portee.jour.isoformat(),
        "delais": {str(m): len(deadlines.within(echeances, m)) for m in sorted(frames.jeu.parametres.echeances_mois)},
        "echeances": [
            {
                "id_ctg": e.inscription.id_ctg,
                "nom": e.inscription.nom,
                "echelon": e.inscription.echelon or "",
                "fin": e.fin.isoformat(),
                "fin_calculee": e.inscription.fin_calculee,
                "jours": e.jours,
                "delai_mois": e.seuil,
                "evaluation": e.inscription.evaluation.value,
                "suite": e.suite.value,
            }
            for e in echeances
        ],
        "a_examiner": [
            {
                "id_ctg": a.id_ctg,
                "nature": a.nature.value,
                "bloquant": a.nature.bloquante,
                "phrase": f"{noms.get(a.id_ctg, a.id_ctg)} : {anomaly(frames, a, noms)}",
            }
            for a in anomalies.of_entries(frames, portee)
        ],
    }


def _print(found: dict[str, Any], jour: date) -> None:
    from data.measures.deadlines import Suite

    print(typeset(f"{found['jeu']} : échéances au {long_date(jour)}"))
    for e in found["echeances"]:
        fin = short_date(date.fromisoformat(e["fin"])) + (" (calculée)" if e["fin_calculee"] else "")
        delai = f", à {e['delai_mois']} mois ou moins" if e["delai_mois"] else ""
        suite = Suite(e["suite"]).libelle.lower()
        print(typeset(f"  {fin} : {e['nom']} ({count(e['jours'], 'jour')}{delai} ; {suite})"))
    if not found["echeances"]:
        print("  Aucune convention en vigueur à cette date.")
    if found["a_examiner"]:
        print(typeset("À examiner :"))
    for a in found["a_examiner"]:
        print(typeset(f"  {a['phrase']}{' (bloquant)' if a['bloquant'] else ''}"))
