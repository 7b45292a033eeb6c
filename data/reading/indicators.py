"""The long table of indicators: figures, the words that stand for their absence, what may be negative."""

from collections.abc import Mapping

import pandas as pd

from data.measures.definitions import CONNUES
from data.model import Blanc, Maille, Nature
from data.plm import vers_commune
from data.reading.gate import NEGATIF_REFUSE
from data.reading.headers import RawTable
from data.reading.ledger import Ledger, Lieu, avertissement
from data.reading.numbers import blank_word
from data.reading.perimeter import Perimeter

_CONTRADICTION = avertissement(
    "La ligne a une valeur et le statut «\u00a0{valeur}\u00a0»\u202f: le statut l'emporte, la valeur n'est pas lue.",
    "Gardez soit la valeur, soit le statut.",
)
_INCONNU = avertissement(
    "L'indicateur «\u00a0{valeur}\u00a0» n'est ni connu de l'atlas ni défini\u202f: il est gardé, jamais additionné.",
    "Définissez-le dans indicateurs-def.csv, ou corrigez son nom.",
)
_INATTENDU = avertissement("La valeur {valeur} est négative, ce qui est inattendu ici.", "Vérifiez-la.")
_PAS_DE_SOMME = avertissement(
    "L'indicateur «\u00a0{valeur}\u00a0» ne s'additionne pas\u202f: sa valeur d'arrondissement est mise de côté.",
    "Donnez la valeur publiée pour la ville.",
)
_VILLE_DEJA_LA = avertissement(
    "La valeur de la ville est aussi dans le fichier\u202f: celle de l'arrondissement {valeur} est mise de côté.",
    "Gardez la ville ou ses arrondissements, pas les deux.",
)
_ADDITIONNE = avertissement(
    "{valeur} est un arrondissement\u202f: sa valeur est additionnée dans celle de sa commune.",
    "Rien à faire si c'est voulu.",
)
_ADDITIVES = frozenset({Nature.EFFECTIF, Nature.MONTANT})
_GRAVITE_DES_BLANCS = (Blanc.SECRET, Blanc.NON_PUBLIE, Blanc.MANQUANT)


def natures_of(definitions: pd.DataFrame | None) -> dict[str, Nature | None]:
    """Return the nature of every indicator known to the atlas or defined by the dataset, None where not said."""
    natures: dict[str, Nature | None] = {ident: connue.nature for ident, connue in CONNUES.items()}
    if definitions is not None:
        dites = zip(definitions["indicateur"], definitions["nature"], strict=True)
        natures |= {i: Nature(n) if n in list(Nature) else natures.get(i) for i, n in dites}
    return natures


def settle_blanks(brute: RawTable, typee: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Give every row either a figure or the reason why there is none; a status wins over a figure."""
    ecrits = brute.texte["valeur"].loc[typee.index]
    mots = ecrits.map({texte: blank_word(texte) or "" for texte in ecrits.unique()})
    contredits = (typee["statut"] != "") & typee["valeur"].notna()
    # The status is shown, not the figure: it may be secret.
    lieu = Lieu(brute.fichier, "valeur")
    ledger.note_lines(_CONTRADICTION, lieu, typee.index[contredits], typee.loc[contredits, "statut"])
    valeur = typee["valeur"].mask(contredits)
    statut = typee["statut"].where(typee["statut"] != "", mots)
    return typee.assign(valeur=valeur, statut=statut.mask((statut == "") & valeur.isna(), Blanc.MANQUANT.value))


def check_values(
    brute: RawTable, typee: pd.DataFrame, natures: Mapping[str, Nature | None], ledger: Ledger
) -> pd.DataFrame:
    """Refuse negative counts and amounts, note unknown indicators; other figures may be negative."""
    inconnus = typee.loc[~typee["indicateur"].isin([*natures, ""]), "indicateur"].drop_duplicates()
    ledger.note_lines(_INCONNU, Lieu(brute.fichier, "indicateur"), inconnus.index, inconnus)
    negatifs = typee["valeur"] < 0
    additifs = [ident for ident, nature in natures.items() if nature in _ADDITIVES]
    comptes = negatifs & typee["indicateur"].isin(additifs)
    autres = negatifs & ~comptes & typee["indicateur"].isin(list(CONNUES))
    for probleme, lignes in ((NEGATIF_REFUSE, comptes), (_INATTENDU, autres)):
        rangs = typee.index[lignes]
        ledger.note_lines(probleme, Lieu(brute.fichier, "valeur"), rangs, brute.texte.loc[rangs, "valeur"])
    return typee.assign(
        valeur=typee["valeur"].mask(comptes), statut=typee["statut"].mask(comptes, Blanc.MANQUANT.value)
    )


def fold_districts(
    brute: RawTable,
    typee: pd.DataFrame,
    perimetre: Perimeter,
    natures: Mapping[str, Nature | None],
    ledger: Ledger,
) -> pd.DataFrame:
    """Add the counts of arrondissements into their commune, unless the file also gives the commune's own."""
    parts = (typee["maille"] == Maille.COMMUNE) & typee["code_territoire"].isin(list(perimetre.folded))
    if not parts.any():
        return typee
    lieu = Lieu(brute.fichier, "code_territoire")
    lignes = typee[parts]
    additifs = lignes["indicateur"].map(natures).isin(list(_ADDITIVES))
    figes = lignes[~additifs]
    ledger.note_lines(_PAS_DE_SOMME, lieu, figes.index, figes["indicateur"])
    pliees = lignes[additifs].assign(code_territoire=vers_commune(lignes.loc[additifs, "code_territoire"]))
    cle = ["code_territoire", "maille", "indicateur", "annee"]
    deja = pd.MultiIndex.from_frame(pliees[cle]).isin(pd.MultiIndex.from_frame(typee.loc[~parts, cle]))
    ecrits = lignes["code_territoire"]
    ledger.note_lines(_VILLE_DEJA_LA, lieu, pliees.index[deja], ecrits.loc[pliees.index[deja]])
    ledger.note_lines(_ADDITIONNE, lieu, pliees.index[~deja], ecrits.loc[pliees.index[~deja]])
    sommes = [_sum(groupe) for _, groupe in pliees[~deja].groupby(cle, sort=False)]
    return pd.concat([typee[~parts], *sommes]).sort_index()


def _sum(groupe: pd.DataFrame) -> pd.DataFrame:
    """Return one row for a city; a part without a figure leaves the city without one, for the same reason."""
    statut = next((str(b) for b in _GRAVITE_DES_BLANCS if (groupe["statut"] == b).any()), "")
    valeur = float("nan") if statut else groupe["valeur"].sum()
    return groupe.head(1).assign(valeur=valeur, statut=statut)
