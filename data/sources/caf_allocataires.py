"""data.caf.fr: foyers allocataires and personnes couvertes by commune (`s_ben_com`), and the list of the Caf.

The layout of the allocataires is documented (`dtreffre, numcomdo, indfoy_ndur, indnbp_ndur`, or their labels) and
unproven.
"""

import re

import pandas as pd

from data.sources.reading import Format, Genre, Reading
from data.sources.sample import Sample
from data.sources.tabular import load
from data.sources.values import COMMUNE, commune_codes, indicators, set_aside

_PAGE = "https://data.caf.fr/explore/?q=allocataires+commune"


def _recognise(sample: Sample) -> bool:
    return sample.has("dtreffre", "numcomdo") or sample.has("numerocommune", "nombrefoyersndur")


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("dtreffre", "numcomdo") or sample.find("numerocommune", "nombrefoyersndur")
    assert entete is not None
    champs = {
        "code": entete.column("numcomdo", "numerocommune"),
        "date": entete.column("dtreffre", "datereference", "annee"),
        "foyers_allocataires": entete.column("indfoyndur", "nombrefoyersndur"),
        "personnes_couvertes": entete.column("indnbpndur", "nombrepersonnesndur"),
    }
    table = load(sample, entete, champs)
    table["code"], _ = commune_codes(table["code"])
    table["annee"] = table["date"].str.extract(r"(\d{4})")[0].fillna("0").astype(int)
    lectures = []
    for annee in sorted(table["annee"].unique().tolist()):
        lignes = table[table["annee"] == annee]
        gardees, ecarts = set_aside(
            lignes, lignes["code"].str.fullmatch(COMMUNE), "foyers non localisés (sans commune)", "code"
        )
        presents = [c for c in ("foyers_allocataires", "personnes_couvertes") if champs[c]]
        longue = indicators(gardees.reset_index(drop=True), presents, "commune", annee)
        notes = (
            "comptes arrondis à 5 par la Cnaf\u202f: la somme des communes n'est pas le total du département",
            "sans les allocataires de la Msa",
        )
        # The Cnaf locates the families of December N on the commune map of January N + 1.
        lectures.append(Reading(Genre.INDICATEURS, longue, len(lignes), annee, annee + 1, 0, ecarts, notes))
    return tuple(lectures)


ALLOCATAIRES = Format(
    "caf_allocataires", "Foyers allocataires et personnes couvertes par commune", "Cnaf", "Licence Ouverte 2.0", _PAGE,
    _recognise, _read,
)  # fmt: skip


def _recognise_caf(sample: Sample) -> bool:
    return sample.has("nom", "siren", "departements")


def _read_caf(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find("nom", "siren", "departements")
    assert entete is not None
    table = load(sample, entete, {"nom": entete.column("nom"), "departement": entete.column("departements")})
    lues = len(table)
    table["nom"] = table["nom"].map(lambda n: re.sub(r"^CAF\b", "Caf", n))
    table = table.assign(departement=table["departement"].str.findall(r"2[AB]|\d{2,3}")).explode("departement")
    return (Reading(Genre.CAF, pd.DataFrame(table[["departement", "nom"]].dropna()), lues),)


CAF = Format(
    "caf_organismes", "Caisses d'allocations familiales", "Caf (liste de betagouv/aides-jeunes)", "AGPL-3.0",
    "https://www.data.gouv.fr/fr/organizations/caisse-nationale-des-allocations-familiales/", _recognise_caf, _read_caf,
)  # fmt: skip
