"""Priority territories: always with a definition, a source and a year; definitions are never merged."""

import re
from dataclasses import dataclass

import pandas as pd

from data.frames import Frames
from data.measures import territories
from data.measures.cache import per_frames
from data.model import Maille

_LIBELLES = {
    "qpv": ("Quartiers prioritaires", "QPV"),
    "zus": ("Zones urbaines sensibles", "ZUS"),
    "zrr": ("Zones de revitalisation rurale", "ZRR"),
    "frr": ("France ruralités revitalisation", "FRR"),
    "pvd": ("Petites villes de demain", ""),
    "acv": ("Action cœur de ville", ""),
    "reequilibrage": ("Critères du fonds de rééquilibrage", ""),
    "fonds_reequilibrage": ("Critères du fonds de rééquilibrage", ""),
    "cpog_caf": ("Territoires de synergie du Cpog", ""),
}
"""Name and acronym of the public zonings and of those that the letter speaks of."""

_COMMUNES_A_QPV = "Communes avec un quartier prioritaire"  # a QPV is a neighbourhood, never a whole commune
_ANNEE = re.compile(r"[_ -]?((?:19|20)\d\d)$")


@dataclass(frozen=True, slots=True)
class DefinitionPrioritaire:
    """One list of priority territories at one maille; `inconnus` are the codes that the dataset does not know."""

    id: str
    libelle: str
    maille: Maille
    source: str
    annee: int | None
    nombre: int
    inconnus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prioritaire:
    """One territory under one definition; `rang` None where the list does not rank."""

    definition: str
    libelle: str
    maille: Maille
    code: str
    nom: str
    rang: int | None
    criteres: tuple[str, ...]
    source: str
    annee: int | None
    justification: str


def label(definition: str, maille: Maille | None = None) -> str:
    """Return a French label: that of a known zoning, else the id written as words; a year in the id stays."""
    annee = _ANNEE.search(definition)
    base = definition[: annee.start()] if annee else definition
    mots = base.replace("_", " ").strip()
    nom, sigle = _LIBELLES.get(base.lower(), (mots[:1].upper() + mots[1:], ""))
    if base.lower() == "qpv" and maille is Maille.COMMUNE:
        nom = _COMMUNES_A_QPV
    precision = " ".join(p for p in (sigle, annee[1] if annee else "") if p)
    return f"{nom} ({precision})" if precision else nom


@per_frames
def definitions(frames: Frames) -> tuple[DefinitionPrioritaire, ...]:
    """Return the definitions of the dataset in its order, one per pair of id and maille."""
    table = frames["territoires_prioritaires"]
    table = table[table["maille"].isin(list(Maille))]
    trouvees = []
    for (ident, maille), lignes in table.groupby(["definition", "maille"], sort=False):
        connus = _known(frames, Maille(str(maille)))
        codes = tuple(dict.fromkeys(lignes["code_territoire"]))
        trouvees.append(
            DefinitionPrioritaire(
                id=str(ident),
                libelle=label(str(ident), Maille(str(maille))),
                maille=Maille(str(maille)),
                source=_common(lignes["source"]),
                annee=_year(lignes["annee"].max()),
                nombre=sum(code in connus for code in codes),
                inconnus=tuple(code for code in codes if code not in connus),
            )
        )
    return tuple(trouvees)


@per_frames
def of_definition(frames: Frames, definition: str) -> tuple[Prioritaire, ...]:
    """Return the known territories of a definition, its mailles together; the order of the file, for no ranking."""
    table = frames["territoires_prioritaires"]
    lignes = table[(table["definition"] == definition) & table["maille"].isin(list(Maille))].to_dict("records")
    lues = (_read(frames, {str(cle): valeur for cle, valeur in ligne.items()}) for ligne in lignes)
    return tuple(p for p in lues if p.code in _known(frames, p.maille))


def of_territory(frames: Frames, code: str) -> tuple[Prioritaire, ...]:
    """Return what the lists say of a territory itself, or of a commune through its Epci and its QPV."""
    liees = {code}
    if territories.maille_of(frames, code) is Maille.COMMUNE:
        liees.add(territories.members(frames, Maille.EPCI)[code])
        liees |= territories.qpv_by_commune(frames).get(code, frozenset())
    ids = dict.fromkeys(d.id for d in definitions(frames))
    return tuple(p for ident in ids for p in of_definition(frames, ident) if p.code in liees)


@per_frames
def _known(frames: Frames, maille: Maille) -> frozenset[str]:
    if maille is Maille.QPV:
        return frozenset(frames.qpv["code_qpv"])
    return frozenset(territories.ranks(frames, maille))


def _read(frames: Frames, ligne: dict[str, object]) -> Prioritaire:
    code = str(ligne["code_territoire"])
    return Prioritaire(
        definition=str(ligne["definition"]),
        libelle=label(str(ligne["definition"]), Maille(str(ligne["maille"]))),
        maille=Maille(str(ligne["maille"])),
        code=code,
        nom=frames.noms.get(code, code),
        rang=_year(ligne["rang"]),
        criteres=tuple(c.strip() for c in str(ligne["criteres"]).split("|") if c.strip()),
        source=str(ligne["source"]),
        annee=_year(ligne["annee"]),
        justification=str(ligne["justification"]),
    )


def _year(valeur: object) -> int | None:
    """Read a whole number, None where empty."""
    return int(valeur) if isinstance(valeur, int | float) and not pd.isna(valeur) else None


def _common(sources: pd.Series) -> str:
    """Join the distinct sources of a list."""
    return " ; ".join(dict.fromkeys(s for s in sources if s))
