"""The account: what was read is what is placed plus what is listed."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from data.sources.reading import Ecart

EXEMPLES = 5
_PREMIERS = 50


@dataclass(frozen=True, slots=True)
class Compte:
    """One count of one file: `lu` = `place` + the totals of `ecarts`, in `unite`."""

    fichier: str
    mesure: str
    unite: str
    lu: float
    place: float
    ecarts: tuple[Ecart, ...] = ()

    @property
    def non_place(self) -> float:
        """What is listed as not placed."""
        return sum(e.total for e in self.ecarts)

    @property
    def equilibre(self) -> bool:
        """Tell whether nothing disappeared, to a millionth."""
        return abs(self.lu - self.place - self.non_place) <= 1e-6 * max(1.0, abs(self.lu))

    def to_json(self) -> dict[str, object]:
        """Return the object kept in `preparation.json`."""
        ecarts = [
            {"motif": e.motif, "lignes": e.lignes, "total": number(e.total), "exemples": list(e.exemples)}
            for e in self.ecarts
        ]
        return {
            "fichier": self.fichier,
            "mesure": self.mesure,
            "unite": self.unite,
            "lu": number(self.lu),
            "place": number(self.place),
            "non_place": ecarts,
            "equilibre": self.equilibre,
        }


def number(valeur: float) -> float | int:
    """Write a whole number without a decimal part, others to six decimals."""
    return int(valeur) if float(valeur).is_integer() else round(float(valeur), 6)


def gather(motifs: pd.Series, noms: pd.Series | pd.DataFrame, totaux: pd.Series | None = None) -> tuple[Ecart, ...]:
    """Make one Ecart per reason from rows (`motifs` "" is no écart), heaviest first.

    `noms` tells the rows apart in the examples; without `totaux` each row weighs 1.
    """
    ecarts = []
    for motif in motifs.unique():
        if motif:
            dehors = motifs == motif
            lignes = int(dehors.sum())
            total = float(lignes) if totaux is None else float(totaux[dehors].sum())
            ecarts.append(Ecart(str(motif), lignes, total, _examples(noms[dehors].head(_PREMIERS))))
    return tuple(sorted(ecarts, key=lambda e: -e.lignes))


def _examples(noms: pd.Series | pd.DataFrame) -> tuple[str, ...]:
    """Write the first different names; the cells of a row are put side by side."""
    lignes = noms.to_frame() if isinstance(noms, pd.Series) else noms
    textes = (" ".join(str(c) for c in ligne if c) for ligne in lignes.itertuples(index=False))
    return tuple(dict.fromkeys(textes))[:EXEMPLES]


def rows_of(ecarts: Iterable[Ecart]) -> tuple[Ecart, ...]:
    """Give the same écarts weighed in rows."""
    return tuple(Ecart(e.motif, e.lignes, float(e.lignes), e.exemples) for e in ecarts)
