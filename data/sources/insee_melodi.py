"""Insee Filosofi in the long layout: `GEO;GEO_OBJECT;FILOSOFI_MEASURE;…;CONF_STATUS;TIME_PERIOD;OBS_VALUE`.

Documented layout, unproven: a value under secrecy has `CONF_STATUS` C.
"""

import pandas as pd

from data.model import Blanc
from data.sources.reading import Ecart, Format, Genre, Reading
from data.sources.sample import Sample
from data.sources.tabular import load
from data.sources.values import commune_codes, numbers

_MESURES = {"MED_SL": "revenu_median", "PR_MD60": "taux_pauvrete"}
_MAILLES = {"COM": "commune", "ARM": "commune", "EPCI": "epci", "DEP": "departement"}
_CLES = ("geo", "geoobject", "filosofimeasure", "timeperiod", "obsvalue")


def _recognise(sample: Sample) -> bool:
    return sample.has(*_CLES)


def _read(sample: Sample) -> tuple[Reading, ...]:
    entete = sample.find(*_CLES)
    assert entete is not None
    champs = dict(zip(("code", "objet", "mesure", "annee", "texte"), _CLES, strict=True)) | {"secret": "confstatus"}
    table = load(sample, entete, {c: entete.column(k) for c, k in champs.items()})
    lues = len(table)
    utile = table["objet"].isin(_MAILLES) & table["mesure"].isin(_MESURES)
    ecarts: tuple[Ecart, ...] = ()
    if (dehors := int((~utile).sum())) > 0:
        ecarts = (Ecart("autre mesure ou autre maille", dehors, float(dehors)),)
    table = table[utile].reset_index(drop=True)
    table["code"], _ = commune_codes(table["code"])
    valeur, statut = numbers(table["texte"])
    statut = statut.mask((statut != "") & (table["secret"] == "C"), Blanc.SECRET.value)
    longue = pd.DataFrame(
        {
            "code_territoire": table["code"],
            "maille": table["objet"].map(_MAILLES),
            "indicateur": table["mesure"].map(_MESURES),
            "annee": pd.to_numeric(table["annee"].str[:4]).astype(int),
            "valeur": valeur,
            "statut": statut,
        }
    )
    return (Reading(Genre.INDICATEURS, longue, lues, ecarts=ecarts),)


FILOSOFI = Format(
    "insee_filosofi_melodi",
    "Filosofi, niveaux de vie et pauvreté (DS_FILOSOFI_CC)",
    "Insee-DGFiP-Cnaf-Cnav-CCMSA",
    "Licence Ouverte 2.0",
    "https://www.insee.fr/fr/statistiques/7756729",
    _recognise,
    _read,
)
