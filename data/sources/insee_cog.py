"""Insee's Code officiel géographique: lists of communes, 2018 to 2026 layouts, and names of départements."""

from data.sources.reading import Format, Genre, Reading
from data.sources.sample import Sample
from data.sources.tabular import load
from data.sources.values import commune_codes, join_code, set_aside

_LICENCE = "Licence Ouverte 2.0"
_PAGE = "https://www.insee.fr/fr/information/2560452"


def _recognise(sample: Sample) -> bool:
    recent = sample.has("typecom", "com", "libelle") and not sample.has("mod", "dateeff")
    return recent or sample.has("cdc", "cheflieu", "dep", "com", "nccenr")


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("typecom", "com", "libelle") or sample.find("dep", "com", "nccenr")
    assert entete is not None
    champs = {
        "type": "typecom", "com": "com", "dep": "dep", "nom": "libelle", "parent": "comparent",
        "ncc": "nccenr", "article": "artmin",
    }  # fmt: skip
    table = load(sample, entete, {c: entete.column(k) for c, k in champs.items()})
    lues = len(table)
    if not entete.column("typecom"):
        table["com"] = join_code(table["dep"], table["com"])
        table["type"] = "COM"
        article = table["article"].str.strip("()")
        table["nom"] = (article + " " + table["ncc"]).str.replace("' ", "'", regex=False).str.strip()
    table["code"], _ = commune_codes(table["com"])
    table["nom"] = table["nom"].where(table["nom"] != "", table["ncc"])
    table, ecarts = set_aside(
        table, table["type"] == "COM", "commune déléguée, associée ou arrondissement municipal", "code"
    )
    return (Reading(Genre.COMMUNES, table[["code", "nom", "type", "parent"]], lues, ecarts=ecarts),)


COMMUNES = Format(
    "insee_cog_communes", "Code officiel géographique, communes", "Insee", _LICENCE, _PAGE, _recognise, _read
)


def _recognise_mouvements(sample: Sample) -> bool:
    return sample.has("mod", "dateeff", "typecomav", "comav", "typecomap", "comap")


def _read_mouvements(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("mod", "dateeff", "comav", "comap")
    assert entete is not None
    table = load(sample, entete, {"mod": entete.column("mod"), "date": entete.column("dateeff")})
    return (Reading(Genre.MOUVEMENTS, table, len(table)),)


MOUVEMENTS = Format(
    "insee_cog_mouvements", "Code officiel géographique, mouvements de communes", "Insee", _LICENCE, _PAGE,
    _recognise_mouvements, _read_mouvements,
)  # fmt: skip


def _recognise_noms(sample: Sample) -> bool:
    return sample.has("cheflieu", "ncc", "libelle", "reg") and not sample.has("typecom")


def _read_noms(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("cheflieu", "ncc", "libelle", "reg")
    assert entete is not None
    cle = entete.column("dep")
    table = load(sample, entete, {"code": cle or entete.column("reg"), "nom": entete.column("libelle")})
    note = () if cle else ("régions\u202f: lues, sans usage dans le jeu",)
    return (Reading(Genre.NOMS, table if cle else table.iloc[:0], len(table), notes=note),)


NOMS = Format(
    "insee_cog_noms", "Code officiel géographique, départements et régions", "Insee", _LICENCE, _PAGE,
    _recognise_noms, _read_noms,
)  # fmt: skip
