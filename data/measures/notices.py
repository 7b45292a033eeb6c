"""What the reader of a figure must be told: French sentences, the same on the screen and in the commands."""

from datetime import date

import pandas as pd

from data.frames import Frames
from data.measures import density
from data.measures.coverage import Couverture
from data.model import TOUS_CHAMPS, Blanc

_TABLES = {
    "ctg": "aucune convention n'est connue",
    "ctg_communes": "aucune commune n'est rattachée à une Ctg",
    "services": "la densité de services ne peut être mesurée",
    "points_acces": "aucun point d'accès n'est connu",
    "indicateurs": "les populations viennent du seul fond communal et les enfants ne sont pas comptés",
}
_NOMS_MAX = 12


def of_figures(
    frames: Frames, couverture: Couverture, densite: pd.DataFrame, champ: str, jour: date
) -> tuple[str, ...]:
    """Return what the figures of a view leave out, and why."""
    return (*missing_tables(frames, champ), *of_coverage(frames, couverture), *of_density(frames, densite, champ, jour))


def missing_tables(frames: Frames, champ: str) -> tuple[str, ...]:
    """Name the tables that the dataset does not bring and what they would tell."""
    manquent = {t: suite for t, suite in _TABLES.items() if not frames.has(t)}
    if champ != TOUS_CHAMPS and not frames.has("ctg_champs"):
        manquent["ctg_champs"] = "aucune Ctg n'est rattachée à un champ thématique"
    return tuple(f"La table {t.replace('_', '-')} manque\u202f: {suite}." for t, suite in manquent.items())


def of_coverage(frames: Frames, couverture: Couverture) -> tuple[str, ...]:
    """Say which communes stand outside the shares, and what secrecy holds back."""
    avis = []
    if couverture.sans_population:
        avis.append(
            f"Population inconnue, hors de la couverture\u202f: {_communes(frames, couverture.sans_population)}."
        )
    if frames.has("indicateurs") and couverture.sans_enfants:
        communes = _communes(frames, couverture.sans_enfants)
        avis.append(f"Nombre d'enfants de moins de 3 ans inconnu, hors de la couverture\u202f: {communes}.")
    if None in (couverture.enfants.numerateur, couverture.enfants.denominateur):
        avis.append("Enfants couverts non donnés\u202f: le total livrerait un nombre secret par soustraction.")
    sans_epci = tuple(frames.communes.loc[frames.communes["code_epci"] == "", "code"])
    if sans_epci:
        avis.append(f"Sans Epci, hors du compte par Epci\u202f: {_communes(frames, sans_epci)}.")
    return tuple(avis)


def of_density(frames: Frames, densite: pd.DataFrame, champ: str, jour: date) -> tuple[str, ...]:
    """Say which denominators are unknown or too small; a missing table is said by `missing_tables`."""
    if not frames.has("services"):
        return ()
    avis = []
    unite, sans = density.field(frames, champ).denominateur_libelle, density.outside(frames, jour, champ)
    if sans and (densite["statut"] != "").all():
        avis.append(f"La densité n'est pas mesurée\u202f: le dénominateur ({unite}) n'est pas connu.")
    elif sans:
        avis.append(f"Dénominateur ({unite}) inconnu, hors de la densité\u202f: {_communes(frames, sans)}.")
    petits = int((densite["statut"] == Blanc.PETIT_DENOMINATEUR.value).sum())
    if petits:
        seuil, pluriel = density.floor(frames, champ), "s" if petits > 1 else ""
        avis.append(f"Densité non donnée, moins de {seuil} {unite}\u202f: {petits} territoire{pluriel}.")
    return tuple(avis)


def _communes(frames: Frames, codes: tuple[str, ...]) -> str:
    """Write "2 communes (Arras 62041, Lens 62498)"; a long list is cut."""
    if len(codes) == len(frames.communes):
        return "toutes les communes"
    noms = ", ".join(f"{frames.noms[c]} {c}" for c in codes[:_NOMS_MAX])
    suite = ", …" if len(codes) > _NOMS_MAX else ""
    return f"{len(codes)} commune{'s' if len(codes) > 1 else ''} ({noms}{suite})"
