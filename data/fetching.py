"""Fetching the official files from their public addresses: resumed where cut, checked, never half-written."""

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pooch
import requests
from urllib3.exceptions import NewConnectionError

from data.addresses import ADRESSES, Adresse
from data.errors import SourceError

JOURNAL = "telechargements.json"
ESSAIS = 3
SERVEURS_MUETS = 2  # so many servers out of reach, none in reach: there is no internet here
_DELAI_S = (10, 60)
_BLOC = 65_536
_HTML = (b"<!doctype html", b"<html")

Progress = Callable[[str, int, int], None]
"""Called with the file, the bytes received and the bytes to receive (0 where the server does not say)."""


@dataclass(frozen=True, slots=True)
class Prise:
    """One file that is in the folder; `deja` where it was there before and intact."""

    adresse: Adresse
    chemin: Path
    octets: int
    sha256: str
    deja: bool


@dataclass(frozen=True, slots=True)
class Recolte:
    """What was fetched, what failed and why, and what is to be brought by hand."""

    prises: tuple[Prise, ...]
    echecs: tuple[tuple[Adresse, str], ...]
    a_la_main: tuple[Adresse, ...]

    def phrases(self) -> list[str]:
        """Give the harvest as lines of French, licences included."""
        lignes = [
            f"{p.chemin.name}\u202f: {p.adresse.titre}, {p.adresse.producteur}, {p.adresse.licence}"
            f"{' (déjà là)' if p.deja else ''}"
            for p in self.prises
        ]
        lignes += [f"Non reçu\u202f: {a.titre}\u202f: {raison}. À prendre sur {a.page}" for a, raison in self.echecs]
        lignes += [f"À prendre à la main\u202f: {a.titre}, sur {a.page}" for a in self.a_la_main]
        return lignes


def silent(_fichier: str, _recus: int, _total: int) -> None:
    """Show no progress."""


def fetch(
    departements: Sequence[str],
    vers: Path,
    base: str = "",
    progress: Progress = silent,
    adresses: Sequence[Adresse] = ADRESSES,
    pause_s: float = 2.0,
) -> Recolte:
    """Fetch every file that the départements need (none: the whole of France) into a folder.

    `base` replaces the scheme and host of every address, for tests. A file already there and intact is not fetched
    again. Raises SourceError, one sentence that names the files to bring by hand, when no server can be reached.
    """
    vers.mkdir(parents=True, exist_ok=True)
    journal = _read_journal(vers)
    prises: list[Prise] = []
    echecs: list[tuple[Adresse, str]] = []
    coupes: list[str] = []
    for adresse in _wanted(adresses, departements):
        try:
            prise = _fetch_one(replace(adresse, url=_rebase(adresse.url, base)), vers, journal, (progress, pause_s))
            prises.append(prise)
            _write_journal(vers, journal, prise)
        except (requests.exceptions.RequestException, ValueError, OSError) as erreur:
            echecs.append((adresse, _reason(erreur)))
            if isinstance(erreur, requests.exceptions.ConnectionError):
                coupes.append(urlsplit(adresse.url).netloc)
            if not prises and len(set(coupes)) == SERVEURS_MUETS:
                break
    if echecs and len(coupes) == len(echecs) and not prises:
        raise SourceError(_offline(adresses, vers))
    return Recolte(tuple(prises), tuple(echecs), tuple(a for a in adresses if not a.url))


def _wanted(adresses: Sequence[Adresse], departements: Sequence[str]) -> list[Adresse]:
    voulues = []
    for adresse in adresses:
        if adresse.par_departement:
            voulues += [
                replace(adresse, url=adresse.url.format(departement=d), fichier=adresse.fichier.format(departement=d))
                for d in departements
            ]
        elif adresse.url and not (adresse.france and departements):
            voulues.append(adresse)
    return voulues


def _rebase(url: str, base: str) -> str:
    if not base:
        return url
    autre, parts = urlsplit(base), urlsplit(url)
    return urlunsplit((autre.scheme, autre.netloc, parts.path, parts.query, ""))


def _fetch_one(
    adresse: Adresse, vers: Path, journal: Mapping[str, dict[str, str]], reglage: tuple[Progress, float]
) -> Prise:
    progress, pause_s = reglage
    chemin = vers / adresse.fichier
    connue = adresse.sha256 or journal.get(adresse.fichier, {}).get("sha256", "")
    if chemin.exists() and connue and pooch.file_hash(str(chemin)) == connue:
        return Prise(adresse, chemin, chemin.stat().st_size, connue, deja=True)
    chemin.unlink(missing_ok=True)
    pooch.get_logger().setLevel(logging.ERROR)
    for essai in range(1, ESSAIS + 1):
        try:
            pooch.retrieve(
                adresse.url,
                f"sha256:{adresse.sha256}" if adresse.sha256 else None,
                adresse.fichier,
                vers,
                downloader=Resumer(vers / f".{adresse.fichier}.partiel", progress),
            )
            break
        except (requests.exceptions.RequestException, ValueError) as erreur:
            if essai == ESSAIS or not _worth_retrying(erreur):
                raise
            time.sleep(pause_s * essai)
    return Prise(adresse, chemin, chemin.stat().st_size, pooch.file_hash(str(chemin)), deja=False)


def _worth_retrying(erreur: Exception) -> bool:
    if isinstance(getattr(erreur.args[0] if erreur.args else None, "reason", None), NewConnectionError):
        return False  # no such server from here: asking again at once changes nothing
    reponse = getattr(erreur, "response", None)
    return reponse is None or reponse.status_code >= 500 or reponse.status_code == 429


@dataclass(frozen=True, slots=True)
class Resumer:
    """A pooch downloader that goes on from what was already received, if the server still has the same file."""

    partiel: Path
    progress: Progress

    def __call__(self, url: str, output_file: str, _pooch: object) -> None:
        """Download into `output_file`. Raises RequestException when it fails or the end is missing."""
        marque = self.partiel.with_suffix(".marque")
        entetes = {"Accept-Encoding": "identity"}
        if self.partiel.exists() and marque.exists():
            entetes |= {"Range": f"bytes={self.partiel.stat().st_size}-", "If-Range": marque.read_text("utf-8")}
        with requests.get(url, headers=entetes, stream=True, timeout=_DELAI_S) as reponse:
            if reponse.status_code == requests.codes.requested_range_not_satisfiable:
                self.partiel.unlink(missing_ok=True)
                raise requests.exceptions.ContentDecodingError("reprise refusée", response=None)
            reponse.raise_for_status()
            self._receive(reponse, marque)
        marque.unlink(missing_ok=True)
        with self.partiel.open("rb") as flux:
            debut = flux.read(64).lstrip().lower()
        self.partiel.replace(output_file)
        if debut.startswith(_HTML):
            raise ValueError("le serveur a envoyé une page web au lieu du fichier")

    def _receive(self, reponse: requests.Response, marque: Path) -> None:
        suite = reponse.status_code == requests.codes.partial_content
        recus = self.partiel.stat().st_size if suite else 0
        total = recus + int(reponse.headers.get("Content-Length", 0))
        attendu = "Content-Length" in reponse.headers
        if valideur := reponse.headers.get("ETag") or reponse.headers.get("Last-Modified"):
            marque.write_text(valideur, "utf-8")
        nom = self.partiel.name.removeprefix(".").removesuffix(".partiel")
        with self.partiel.open("ab" if suite else "wb") as flux:
            for bloc in reponse.iter_content(_BLOC):
                flux.write(bloc)
                recus += len(bloc)
                self.progress(nom, recus, total if attendu else 0)
        if attendu and recus != total:
            raise requests.exceptions.ChunkedEncodingError(f"{recus} octets reçus sur {total}")


def _reason(erreur: Exception) -> str:
    reponse = getattr(erreur, "response", None)
    if reponse is not None:
        return f"le serveur a répondu {reponse.status_code}"
    if isinstance(erreur, requests.exceptions.Timeout):
        return "le serveur n'a pas répondu à temps"
    if isinstance(erreur, requests.exceptions.ChunkedEncodingError):
        return "la réception a été coupée, elle reprendra où elle en est"
    if isinstance(erreur, requests.exceptions.RequestException):
        return "le serveur n'est pas joignable"
    if isinstance(erreur, OSError):
        return f"le fichier ne peut pas être écrit ({erreur.strerror})"
    return (
        str(erreur) if "page web" in str(erreur) else "le fichier reçu n'est pas celui attendu (empreinte différente)"
    )


def _offline(adresses: Sequence[Adresse], vers: Path) -> str:
    liste = "\u202f; ".join(f"{a.titre} ({a.page})" for a in adresses)
    return (
        f"Aucun serveur n'est joignable\u202f: posez à la main dans «\u00a0{vers}\u00a0» ces fichiers\u202f: {liste}."
    )


def _read_journal(vers: Path) -> dict[str, dict[str, str]]:
    try:
        contenu = json.loads((vers / JOURNAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return contenu if isinstance(contenu, dict) else {}


def _write_journal(vers: Path, journal: dict[str, dict[str, str]], prise: Prise) -> None:
    """Keep the hash, address, licence and day of each file received beside them."""
    if not prise.deja:
        journal[prise.adresse.fichier] = {
            "url": prise.adresse.url,
            "sha256": prise.sha256,
            "licence": prise.adresse.licence,
            "producteur": prise.adresse.producteur,
            "page": prise.adresse.page,
            "recu_le": datetime.now(UTC).isoformat(timespec="seconds"),
        }
    provisoire = vers / f".{JOURNAL}.en-cours"
    provisoire.write_text(json.dumps(journal, ensure_ascii=False, indent=1), encoding="utf-8")
    provisoire.replace(vers / JOURNAL)
