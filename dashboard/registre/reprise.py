"""What a deposited register would make of the dataset in service, and its installation."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.carnet import modifications
from dashboard.carnet.modifications import Modification
from dashboard.deps import Deps
from dashboard.registre.depots import Depots, Lecture
from data.errors import CarnetError, RepriseError
from data.findings import Constat
from data.reprise import cibles, conversion, difference, feuilles, fusion
from data.reprise.conversion import Choix, Ligne
from data.reprise.difference import Changement, Difference
from data.reprise.feuilles import Feuille
from data.store import Store
from layers.kit.texts import typeset


@dataclass(frozen=True, eq=False)
class Apercu:
    """A deposit as it is read now: its sheets and choices, what could not be read, and what would change.

    `difference` None where the dataset would be refused; `constats` say why.
    """

    feuilles: tuple[Feuille, ...]
    feuille: Feuille
    lecture: Lecture
    choix: Choix
    lignes: tuple[Ligne, ...]
    constats: tuple[Constat, ...]
    difference: Difference | None


def depots(deps: Deps) -> Depots:
    """Return where deposits are kept: beside the installed versions."""
    return Depots((deps.datasets.magasin or Store.default()).racine / "depots")


def preview(deps: Deps, ident: str) -> Apercu:
    """Read a deposit as its choices say, and compare what it makes with the dataset in service; once for each reading.

    Raises: RepriseError when the deposit is gone or holds nothing that can be read.
    """
    made: Apercu = deps.product("apercu", f"{ident}{depots(deps).reading(ident)}", lambda: _kept_nowhere(deps, ident))
    return made


def _kept_nowhere(deps: Deps, ident: str) -> Apercu:
    with tempfile.TemporaryDirectory(prefix="atlas-ctg-") as sortie:
        return _preview(deps, ident, Path(sortie))


def _preview(deps: Deps, ident: str, sortie: Path) -> Apercu:
    garde, frames = depots(deps), deps.frames()
    lecture = garde.reading(ident)
    toutes = feuilles.read(garde.file(ident))
    feuille = next((f for f in toutes if f.nom == lecture.feuille), toutes[0])
    choix = lecture.choix or Choix(cibles.propose(feuille.entetes))
    lignes, lus = conversion.convert(feuille, choix, frames)
    ecrit = fusion.candidate(deps.datasets.dossier, frames, lignes, sortie, entier=lecture.entier)
    nouvelles = {x.id_ctg for x in lignes} - {*frames["ctg"]["id_ctg"]}
    neufs = fusion.told(sortie, ecrit.constats, nouvelles)
    jour = frames.jeu.date_reference or deps.today()
    change = None if ecrit.erreurs or ecrit.frames is None else difference.compare(frames, ecrit.frames, jour)
    return Apercu(toutes, feuille, lecture, choix, lignes, (*lus, *neufs), change)


def install(deps: Deps, ident: str, fonction: str, note: str) -> str:
    """Install what a deposit makes as a new version, write it in the carnet, and say so in one sentence.

    Raises: CarnetError before anything is installed when the person says no function; RepriseError when there is
    nothing to install, or nowhere; JeuRefuseError, MagasinError as the store does.
    """
    magasin = deps.datasets.magasin
    if magasin is None:
        raise RepriseError(
            "L'atlas sert un dossier donné par --jeu : une version ne s'installe que dans le magasin, servi sans --jeu."
        )
    modifications.check(fonction, note)
    with tempfile.TemporaryDirectory(prefix="atlas-ctg-") as sortie:
        apercu = _preview(deps, ident, Path(sortie))
        if apercu.difference is None or not apercu.difference.changements:
            raise RepriseError("Rien à installer : ce registre ne change rien, ou le jeu qu'il donne serait refusé.")
        avant = deps.frames().jeu.version
        version = magasin.install(Path(sortie))
    dits = tuple(sentence(c) for c in apercu.difference.changements)
    depots(deps).drop(ident)
    installed = f"Version {version.nom} installée et en service."
    try:
        modifications.write(deps.carnet, Modification(fonction, note, avant, version.nom, dits))
    except CarnetError as error:
        return typeset(f"{installed} Elle n'a pas pu être notée dans l'historique : {error}")
    return typeset(installed)


def sentence(changement: Changement) -> str:
    """Say what becomes of an agreement in one line."""
    parts = [f"{d.quoi} : {d.avant or '–'} → {d.apres or '–'}" for d in changement.details]
    return typeset(f"{changement.nature.libelle} : {changement.nom}. {' ; '.join(parts)}".strip())


def match(deps: Deps, ident: str, colonnes: dict[str, str], mots: dict[str, dict[str, str]]) -> None:
    """Keep the columns and words that a person has matched."""
    garde = depots(deps)
    garde.read_as(ident, replace(garde.reading(ident), choix=Choix(colonnes, mots)))


def set_sheet(deps: Deps, ident: str, feuille: str) -> None:
    """Read another sheet; its columns are proposed anew."""
    garde = depots(deps)
    garde.read_as(ident, replace(garde.reading(ident), feuille=feuille, choix=None))


def set_whole(deps: Deps, ident: str, entier: bool) -> None:
    """Say whether the file is the whole register."""
    garde = depots(deps)
    garde.read_as(ident, replace(garde.reading(ident), entier=entier))
