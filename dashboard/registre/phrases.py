"""How the register words an agreement: its échelon, its period, its perimeter, what it calls to look at."""

from collections import Counter
from datetime import date
from typing import Any

from dashboard.registre.address import href, map_href
from dashboard.registre.contract import Contexte
from data.frames import Frames
from data.measures import perimeters, register
from data.measures.anomalies import Anomalie, NatureAnomalie
from data.measures.register import Inscription
from data.model import Echelon, StatutCtg
from layers.kit.texts import count, enumerate_fr, number, short_date, typeset

ECHELONS = {
    Echelon.COMMUNAL: "Communal",
    Echelon.INTERCOMMUNAL: "Intercommunal",
    Echelon.DEPARTEMENTAL: "Départemental",
}
SANS_EPCI = "sans Epci"


def names(frames: Frames, jour: date) -> dict[str, str]:
    """Return the name of every agreement by its id, with its years where several bear the same."""
    tous = register.all_entries(frames, jour)
    combien = Counter(e.nom for e in tous)
    return {e.id_ctg: e.nom + (_years(e) if combien[e.nom] > 1 else "") for e in tous}


def _years(e: Inscription) -> str:
    bornes = [str(jour.year) for jour in (e.date_debut, e.date_fin) if jour]
    return f" ({'-'.join(bornes)})" if bornes else ""


def echelon(e: Inscription) -> str:
    """Return the label of an agreement's échelon."""
    return ECHELONS[e.echelon] if e.echelon else ""


def statut(e: Inscription) -> str:
    """Return the status as people read it: an expired agreement that another follows is « Renouvelée » (FORMATS §3)."""
    return "Renouvelée" if e.statut is StatutCtg.ECHUE and e.renouvelee_par else e.statut.libelle


def period(e: Inscription) -> str:
    """Write when it runs: « du 01/01/2022 au 31/12/2026 (fin calculée) »."""
    if e.date_debut is None or e.date_fin is None:
        return "dates non écrites"
    calcul = " (fin calculée)" if e.fin_calculee else ""
    return f"du {short_date(e.date_debut)} au {short_date(e.date_fin)}{calcul}"


def perimeter(frames: Frames, communes: tuple[str, ...]) -> str:
    """Write a perimeter by Epci: « 12 communes de la CC A (toutes), 3 de la CC B (3 sur 20) »."""
    if not communes:
        return "aucune commune écrite"
    parts = []
    for rang, part in enumerate(perimeters.by_epci(frames, communes)):
        nombre = count(len(part.communes), "commune") if not rang else number(len(part.communes))
        ou = of_name(frames.noms.get(part.code, part.code)) if part.code else SANS_EPCI
        part_de = "" if not part.code else " (toutes)" if len(part.communes) == part.total else f" (sur {part.total})"
        parts.append(f"{nombre} {ou}{part_de}")
    return typeset(enumerate_fr(parts))


def of_name(nom: str) -> str:
    """Put the preposition before an Epci: « de la CC du Ternois », « de Grand Paris Seine Ouest »."""
    return f"de la {nom}" if nom.split(" ")[0] in _FEMININS else f"de {nom}"


_FEMININS = ("CC", "CA", "CU", "Métropole", "Communauté")


def territories_label(frames: Frames, communes: tuple[str, ...]) -> str:
    """Name the Epci of a perimeter for a column, with its part where it is not whole."""
    code, exact = perimeters.place_of(frames, communes)
    if exact:
        return frames.noms.get(code, code)
    parts = perimeters.by_epci(frames, communes)
    if len(parts) > MONTRES:
        return f"{number(sum(bool(p.code) for p in parts))} Epci"
    return " ; ".join(
        (frames.noms.get(p.code, p.code) if p.code else SANS_EPCI)
        + ("" if len(p.communes) == p.total else f" ({len(p.communes)}/{p.total})")
        for p in parts
    )


MONTRES = 3


def population(e: Inscription) -> str:
    """Write the inhabitants of its communes."""
    return "population non connue" if e.population is None else count(e.population, "habitant")


def map_of(contexte: Contexte, communes: tuple[str, ...], nom: str = "", **vue: Any) -> str:
    """Return the address of a perimeter on the map: a territory of the dataset, else one made of its communes."""
    code, exact = perimeters.place_of(contexte.frames, communes)
    if exact or not communes:
        return map_href(contexte, code, communes=(), nom="", emprise=(), **vue)
    return map_href(contexte, "", communes=tuple(sorted(communes)), nom=nom[:NOM_MAX], emprise=(), **vue)


def map_of_agreement(contexte: Contexte, id_ctg: str, **vue: Any) -> str:
    """Return the address of an agreement's perimeter on the map; `vue` replaces fields of the view."""
    found = register.entry(contexte.frames, id_ctg, contexte.vue.date)
    return map_of(contexte, found.communes, found.nom, **vue) if found else map_href(contexte, **vue)


NOM_MAX = 80


def page_of(contexte: Contexte, id_ctg: str) -> str:
    """Return the address of an agreement's page."""
    return href(contexte, "registre", {"ctg": id_ctg})


def anomaly(frames: Frames, anomalie: Anomalie, noms: dict[str, str]) -> str:
    """Write what there is to look at, in neutral words; `noms` are those of the agreements."""
    autre = noms.get(anomalie.autre, anomalie.autre)
    nombre = len(anomalie.communes)
    match anomalie.nature:
        case NatureAnomalie.RENOUVELEE_SANS_EVALUATION:
            texte = (
                f"signée à la suite de « {autre} », dont aucune évaluation finale faite avant la signature "
                "n'est écrite (l'évaluation est un préalable à tout renouvellement)"
            )
        case NatureAnomalie.SIGNEE_SANS_DIAGNOSTIC:
            texte = "signée, la date du diagnostic partagé n'est pas écrite"
        case NatureAnomalie.DIAGNOSTIC_APRES_SIGNATURE:
            texte = "le diagnostic est daté d'après la signature"
        case NatureAnomalie.FIN_AVANT_DEBUT:
            texte = "la date de fin est antérieure à la date de début"
        case NatureAnomalie.COMMUNE_DEUX_FOIS:
            lieux = enumerate_fr(frames.noms.get(c, c) for c in anomalie.communes[:MONTRES])
            reste = f" et {number(nombre - MONTRES)} de plus" if nombre > MONTRES else ""
            texte = f"{count(nombre, 'commune')} aussi dans « {autre} », de même échelon : {lieux}{reste}"
        case NatureAnomalie.SANS_COMMUNE:
            texte = "aucune commune n'est écrite dans son périmètre"
        case NatureAnomalie.PRECEDENTE_INCONNUE:
            texte = f"la Ctg précédente « {autre} » n'est pas dans le registre"
    return typeset(texte)
