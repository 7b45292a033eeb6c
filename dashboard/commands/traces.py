"""`journal`, `verifier-instantane`: the files that left the atlas."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.carnet import journal
from dashboard.carnet.database import Carnet
from dashboard.carnet.journal import Export
from dashboard.commands.which import locator
from data.store import Store
from layers.kit.texts import short_date, typeset

if TYPE_CHECKING:
    from dashboard.exports.sceau.verifier import Comparaison, Verdict

MODIFIE, INCONNU = 1, 2
_MEMES = {True: "donne les mêmes chiffres", False: "donne d'autres chiffres"}


def register(verbs: Any) -> None:
    """Add the commands."""
    verb = verbs.add_parser("journal", help="liste les instantanés exportés, les derniers d'abord")
    verb.add_argument("--nombre", type=int, default=0, metavar="N", help="les N derniers seulement")
    _common(verb).set_defaults(run=list_exports)
    verb = verbs.add_parser("verifier-instantane", help="dit d'où vient un fichier exporté et s'il a été modifié")
    verb.add_argument("fichier", type=Path, metavar="FICHIER")
    verb.add_argument("--jeu", type=Path, metavar="DOSSIER", help="jeu de données avec lequel refaire la vue")
    _common(verb).set_defaults(run=check_file)


def _common(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("--magasin", type=Path, metavar="DIR", help="dossier des versions installées")
    verb.add_argument("--json", action="store_true", help="écrit le résultat en JSON")
    return verb


def _store(arguments: argparse.Namespace) -> Store:
    return Store(arguments.magasin) if arguments.magasin else Store.default()


def list_exports(arguments: argparse.Namespace) -> int:
    """Print the log of exports."""
    exports = journal.listed(Carnet.default(_store(arguments)), max(arguments.nombre, 0))
    if arguments.json:
        print(json.dumps([_line(e) for e in exports], ensure_ascii=False, indent=1))
        return 0
    for e in exports:
        when = f"{short_date(e.instant.date())} {e.instant:%H:%M} UTC"
        what = f"{when} · {e.qui} · {e.media} · édition {e.edition} · {e.jeu} {e.version} · {e.empreinte[:12]}"
        print(typeset(f"{what} · {e.octets / 1000:.0f} ko") + f"\n    {e.adresse}")
    if not exports:
        print("Aucun instantané n'a encore été exporté.")
    return 0


def _line(export: Export) -> dict[str, Any]:
    return asdict(export) | {"instant": f"{export.instant.isoformat()}Z"}


def check_file(arguments: argparse.Namespace) -> int:
    """Print where a file comes from and whether it was altered; 0 intact, 1 altered, 2 unknown."""
    from dashboard.exports.sceau.verifier import Etat, examine

    store = _store(arguments)
    en_service = locator(arguments.jeu, arguments.magasin)()
    verdict = examine(arguments.fichier, store, Carnet.default(store), en_service)
    print(json.dumps(_report(verdict), ensure_ascii=False, indent=1) if arguments.json else _text(verdict))
    return {Etat.MODIFIE: MODIFIE, Etat.INCONNU: INCONNU}.get(verdict.etat, 0)


def _report(verdict: "Verdict") -> dict[str, Any]:
    identite = verdict.identite
    return {
        "etat": verdict.etat.value,
        "phrase": typeset(verdict.etat.phrase),
        "media": verdict.media,
        "vue": identite.adresse if identite else None,
        "edition": identite.edition if identite else None,
        "jeu": identite.jeu if identite else None,
        "version": identite.version if identite else None,
        "programme": identite.programme if identite else None,
        "jour": identite.jour if identite else None,
        "empreinte": verdict.empreinte,
        "journal": _line(verdict.export) if verdict.export else None,
        "comparaisons": [asdict(c) for c in verdict.comparaisons],
    }


def _text(verdict: "Verdict") -> str:
    identite, export = verdict.identite, verdict.export
    lines = [verdict.etat.phrase]
    if identite:
        lines += [
            f"Vue : {identite.adresse}",
            f"Édition {identite.edition}, faite le {identite.jour}, programme {identite.programme}.",
            f"Données : {identite.jeu}, version {identite.version}.",
        ]
    if export:
        lines.append(f"Journal : exporté le {short_date(export.instant.date())} par « {export.qui} ».")
    return "\n".join([*map(typeset, lines), *(typeset(_compared(c)) for c in verdict.comparaisons)])


def _compared(comparaison: "Comparaison") -> str:
    if comparaison.memes_chiffres is None:
        return f"Version {comparaison.version} ({comparaison.role}) : la vue ne peut pas être refaite ici."
    return f"Version {comparaison.version} ({comparaison.role}) : la même vue {_MEMES[comparaison.memes_chiffres]}."
