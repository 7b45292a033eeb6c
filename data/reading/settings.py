"""`jeu.toml`: the identity of a dataset, its thresholds and its sources."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path

from data.model import Jeu, Parametres, Source
from data.reading.codes import parse_departement
from data.reading.dates import parse_date
from data.reading.encoding import decode
from data.reading.ledger import Ledger, Lieu, avertissement, erreur
from data.reading.names import bare

FICHIER = "jeu.toml"
_DEMARCHES = ("deux_echelons", "local_seul")
_OBLIGATOIRES = ("nom", "departements", "cog")

_ABSENT = erreur("Le fichier jeu.toml manque.", "Ajoutez-le\u202f: c'est lui qui nomme le jeu de données.")
_MALFORME = erreur(
    "Le fichier ne suit pas la syntaxe TOML ({valeur}).",
    "Corrigez-le\u202f: textes entre guillemets droits, dates AAAA-MM-JJ sans guillemets, true ou false.",
)
_MANQUE = erreur("La clé «\u00a0{valeur}\u00a0» manque dans [jeu].", "Ajoutez-la.")
_INCONNUE = avertissement(
    "La clé «\u00a0{valeur}\u00a0» n'est pas connue\u202f: elle est laissée de côté.",
    "Corrigez son nom, ou retirez-la.",
)
_SOURCE_SANS = avertissement("Une source n'indique pas son «\u00a0{valeur}\u00a0».", "Complétez le bloc [[sources]].")
_SANS_SOURCE = avertissement(
    "«\u00a0{valeur}\u00a0» est montré sans source déclarée.",
    "Ajoutez dans jeu.toml un bloc [[sources]] avec son producteur, son titre, son millésime et sa licence.",
)

Converter = Callable[[object], object | None]
"""Return the value as the model holds it, or None where it does not fit."""


def _text(valeur: object) -> object | None:
    return valeur.strip() or None if isinstance(valeur, str) else None


def _flag(valeur: object) -> object | None:
    return valeur if isinstance(valeur, bool) else None


def _day(valeur: object) -> object | None:
    if isinstance(valeur, datetime):
        return valeur.date()
    return valeur if isinstance(valeur, date) else parse_date(valeur) if isinstance(valeur, str) else None


def _whole(valeur: object, least: int = 0) -> int | None:
    if isinstance(valeur, str) and valeur.strip().isdecimal():
        valeur = int(valeur)
    entier = isinstance(valeur, int) and not isinstance(valeur, bool)
    return valeur if entier and valeur >= least else None  # type: ignore[operator,return-value]


def _year(valeur: object) -> object | None:
    annee = _whole(valeur, 1943)
    return annee if annee is not None and annee <= 2200 else None


def _positive(valeur: object) -> float | None:
    juste = isinstance(valeur, int | float) and not isinstance(valeur, bool) and 0 < valeur < 1e6
    return float(valeur) if juste else None  # type: ignore[arg-type]


def _distances(valeur: object) -> object | None:
    lues = [_positive(v) for v in valeur] if isinstance(valeur, list) else []
    return tuple(sorted({v for v in lues if v is not None})) if lues and None not in lues else None


def _months(valeur: object) -> object | None:
    lus = [_whole(v, 1) for v in valeur] if isinstance(valeur, list) else []
    return tuple(sorted({v for v in lus if v is not None})) if lus and None not in lus else None


def _departements(valeur: object) -> object | None:
    codes = [parse_departement(str(v)) for v in valeur] if isinstance(valeur, list) else [None]
    return None if None in codes else tuple(dict.fromkeys(codes))


def _web(valeur: object) -> object | None:
    texte = valeur.strip() if isinstance(valeur, str) else ""
    return texte if re.fullmatch(r"https?://[^\s?#]+", texte) else None


def _file_name(valeur: object) -> object | None:
    texte = valeur.strip() if isinstance(valeur, str) else ""
    return texte if re.fullmatch(r"[^/\\\x00-\x1f]+", texte) and not texte.startswith(".") else None


def _demarche(valeur: object) -> object | None:
    return valeur if valeur in _DEMARCHES else None


@dataclass(frozen=True, slots=True)
class _Key:
    convert: Converter
    attendu: str


_TEXTE = _Key(_text, "un texte entre guillemets")
_DATE = _Key(_day, "une date AAAA-MM-JJ")
_ENTIER = _Key(_whole, "un nombre entier, positif ou nul")
_AU_MOINS_UN = _Key(lambda v: _whole(v, 1), "un nombre entier, 1 au moins")
_IDENTITE: Mapping[str, _Key] = {
    "nom": _TEXTE,
    "departements": _Key(_departements, 'une liste de codes entre guillemets, par exemple ["62"]'),
    "cog": _Key(_year, "une année sur quatre chiffres"),
    "demarche": _Key(_demarche, " ou ".join(f'"{d}"' for d in _DEMARCHES)),
    "fictif": _Key(_flag, "true ou false"),
    "date_reference": _DATE,
    "caf_experimentatrice": _Key(_flag, "true ou false"),
    "schema_prefigurateur": _Key(_flag, "true ou false"),
}
_PIECE = "le nom d'un fichier du dossier du jeu"
_SEUILS: Mapping[str, _Key] = {
    "gabarit_pptx": _Key(_file_name, f'{_PIECE}, par exemple "gabarit.pptx"'),
    "logo": _Key(_file_name, f'{_PIECE}, par exemple "logo.png"'),
    "duree_ctg_annees": _AU_MOINS_UN,
    "detour_route": _Key(_positive, "un nombre positif, par exemple 1.3"),
    "adresse_publique": _Key(_web, "l'adresse de l'atlas, par exemple \"https://atlas.caf.example\", ou rien"),
    "echeances_mois": _Key(_months, "une liste de nombres de mois, par exemple [3, 6, 12]"),
    "evolution_stable_pct": _Key(_positive, "un pourcentage positif, par exemple 1"),
    "acces_km": _Key(_distances, "une liste de distances en kilomètres, par exemple [5, 10, 20]"),
    "fond_ign": _Key(_flag, "true ou false"),
}
_CHAMPS_SOURCE: Mapping[str, _Key] = {champ.name: _TEXTE for champ in fields(Source)} | {"date_maj": _DATE}


def read_settings(contenu: bytes | None, ledger: Ledger) -> Jeu | None:
    """Read `jeu.toml`; a wrong value is noted and its default taken. None where the file cannot be read."""
    lieu = Lieu(FICHIER)
    if contenu is None:
        ledger.note(_ABSENT, lieu)
        return None
    texte = decode(contenu, FICHIER, ledger)
    if texte is None:
        return None
    try:
        cles = tomllib.loads(texte.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as faute:
        ligne = re.search(r"line (\d+)", str(faute))
        ledger.note(
            _MALFORME, lieu, int(ligne[1]) if ligne else None, f"ligne {ligne[1]}" if ligne else "fin du fichier"
        )
        return None
    return _settings(cles, _Lines(texte), ledger)


class _Lines:
    """Find the line of a key, so that a finding can point at it."""

    def __init__(self, texte: str) -> None:
        self._lignes = texte.splitlines()

    def of(self, cle: str) -> int | None:
        motif = re.compile(rf"\s*\"?{re.escape(cle)}\"?\s*=")
        return next((rang for rang, ligne in enumerate(self._lignes, start=1) if motif.match(ligne)), None)


def _settings(cles: Mapping[str, object], lignes: _Lines, ledger: Ledger) -> Jeu:
    for cle in cles.keys() - {"jeu", "parametres", "sources"}:
        ledger.note(_INCONNUE, Lieu(FICHIER, cle), None, cle)
    jeu = _section(cles.get("jeu"), _IDENTITE, lignes, ledger)
    for cle in _OBLIGATOIRES:
        brut = cles.get("jeu")
        if not isinstance(brut, dict) or cle not in brut:
            ledger.note(_MANQUE, Lieu(FICHIER, cle), None, cle)
    connus = {champ.name: _ENTIER for champ in fields(Parametres)} | dict(_SEUILS)
    seuils = _section(cles.get("parametres"), connus, lignes, ledger)
    defauts: dict[str, object] = {"nom": "Jeu sans nom", "departements": (), "cog": date.min.year}
    return Jeu(
        **(defauts | jeu),  # type: ignore[arg-type]
        parametres=Parametres(**seuils),  # type: ignore[arg-type]
        sources=_sources(cles.get("sources"), lignes, ledger),
    )


def _section(brut: object, connues: Mapping[str, _Key], lignes: _Lines, ledger: Ledger) -> dict[str, object]:
    lues: dict[str, object] = {}
    for cle, valeur in (brut if isinstance(brut, dict) else {}).items():
        lieu = Lieu(FICHIER, cle)
        if cle not in connues:
            ledger.note(_INCONNUE, lieu, lignes.of(cle), cle)
            continue
        lue = connues[cle].convert(valeur)
        if lue is not None:
            lues[cle] = lue
        elif valeur != "":
            remede = f"Écrivez {connues[cle].attendu}."
            message = f"La valeur de «\u00a0{cle}\u00a0» ne convient pas\u202f: {{valeur}}."
            ledger.note(erreur(message, remede), lieu, lignes.of(cle), str(valeur))
    return lues


def _sources(brut: object, lignes: _Lines, ledger: Ledger) -> tuple[Source, ...]:
    sources: list[Source] = []
    for bloc in brut if isinstance(brut, list) else ():
        lues = _section(bloc, _CHAMPS_SOURCE, lignes, ledger)
        for cle in ("fichier", "producteur", "titre"):
            if cle not in lues:
                ledger.note(_SOURCE_SANS, Lieu(FICHIER, cle), None, cle)
        if "fichier" in lues:
            sources.append(Source(**({"producteur": "", "titre": ""} | lues)))  # type: ignore[arg-type]
    return tuple(sources)


def check_sources(jeu: Jeu, fichiers: Iterable[str], ledger: Ledger) -> None:
    """Note every file that is shown without a declared source.

    A table keeps its name whatever its file: `ctg.csv` declares the sheet `ctg` too, `jeu.xlsx` all of its sheets.
    """
    declarees = {bare(Path(source.fichier).stem) for source in jeu.sources}
    for fichier in fichiers:
        if not {bare(Path(part).stem) for part in fichier.split("#")} & declarees:
            ledger.note(_SANS_SOURCE, Lieu(fichier), None, fichier)
