"""Where a file comes from, whether it was altered, and whether its figures still stand."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from dashboard.carnet import journal
from dashboard.carnet.database import Carnet
from dashboard.carnet.journal import Export
from dashboard.exports import media_of
from dashboard.exports.sceau.cle import key_of
from dashboard.exports.sceau.identite import Identite, digest_of_figures
from dashboard.exports.sceau.poser import PORTEURS, identity_in
from dashboard.exports.snapshot import snapshot_of
from dashboard.permalink import from_query
from data import jeu as jeux
from data.errors import AtlasError, CarnetError, ExportError
from data.frames import Frames
from data.model import Profil
from data.store import Store


class Etat(StrEnum):
    """What can be said of a file."""

    AUTHENTIQUE = "authentique"
    INTACT = "intact"
    MODIFIE = "modifie"
    INCONNU = "inconnu"

    @property
    def phrase(self) -> str:
        """One French sentence."""
        return {
            "authentique": "Authentique : cette installation l'a fait, et rien n'y a été changé.",
            "intact": "Intact d'après son empreinte, non vérifiable ici : cette installation ne l'a pas signé.",
            "modifie": "Modifié : son contenu n'est plus celui qui a été exporté.",
            "inconnu": "Inconnu : ce fichier ne porte pas d'identité, et le journal ne le connaît pas.",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Comparaison:
    """The same view made again from one version of the data; `memes_chiffres` None where it cannot be."""

    version: str
    role: str
    memes_chiffres: bool | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a file: `export` is its line in the log, `comparaisons` the view made again."""

    media: str
    etat: Etat
    empreinte: str
    identite: Identite | None
    export: Export | None
    comparaisons: tuple[Comparaison, ...]


def examine(path: Path, store: Store, carnet: Carnet, en_service: Path) -> Verdict:
    """Look at a file, at the log and at the data; `en_service` is the folder of the dataset in service.

    Raises: ExportError where the file cannot be read or has no suffix of an export.
    """
    suffixe = path.suffix.lower().lstrip(".")
    media = suffixe if suffixe in PORTEURS else media_of(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ExportError(f"Le fichier «\u00a0{path}\u00a0» ne peut pas être lu.") from error
    empreinte = hashlib.sha256(content).hexdigest()
    identite, digest = identity_in(content, media)
    export = None
    with suppress(CarnetError):
        export = journal.of_file(carnet, empreinte)
    etat = Etat.AUTHENTIQUE if export else _state(identite, digest, media, store)
    return Verdict(media, etat, empreinte, identite, export, tuple(_compared(identite, store, en_service)))


def _state(identite: Identite | None, digest: str, media: str, store: Store) -> Etat:
    if identite is None:
        return Etat.INCONNU if digest else Etat.MODIFIE
    if identite.empreinte != digest or identite.media != media:
        return Etat.MODIFIE
    cle = key_of(store)
    if cle is None or cle.nom != identite.cle:
        return Etat.INTACT
    return Etat.AUTHENTIQUE if cle.recognises(identite.signable, identite.signature) else Etat.MODIFIE


def _compared(identite: Identite | None, store: Store, en_service: Path) -> Iterator[Comparaison]:
    """Make the view again from the version of the file where it is installed, and from the one in service."""
    if identite is None or not identite.chiffres:
        return
    frames = _frames(en_service)
    if frames is None or frames.jeu.version != identite.version:
        folder = next((v.chemin for v in store.versions() if v.nom.endswith(f"_{identite.version}")), None)
        own = _frames(folder) if folder else None
        yield Comparaison(identite.version, "du fichier", _same(identite, own) if own else None)
    if frames is not None:
        role = "du fichier, en service" if frames.jeu.version == identite.version else "en service"
        yield Comparaison(frames.jeu.version, role, _same(identite, frames))


def _frames(folder: Path) -> Frames | None:
    with suppress(AtlasError):
        return jeux.load(folder)
    return None


def _same(identite: Identite, frames: Frames) -> bool | None:
    """Tell whether a dataset gives the figures of the file; None for another Caf's, or one without such a view."""
    if frames.jeu.nom != identite.jeu:
        return None
    try:
        jour, profil = date.fromisoformat(identite.jour), Profil(identite.edition)
    except ValueError:
        return None
    lecture = from_query(identite.adresse, frames, jour)
    if lecture.avis:
        return None
    made = snapshot_of(replace(lecture.vue, profil=profil), frames, jour)
    return digest_of_figures(made) == identite.chiffres
