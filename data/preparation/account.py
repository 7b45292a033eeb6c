"""The account: what was read is what is placed plus what is listed."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from data.sources.reading import Ecart

EXEMPLES = 5


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


def gather(motifs: pd.Series, codes: pd.Series, totaux: pd.Series) -> tuple[Ecart, ...]:
    """Make one Ecart per reason from rows (`motifs` "" is no écart), heaviest first."""
    dehors = pd.DataFrame({"motif": motifs, "code": codes, "total": totaux})[motifs != ""]
    ecarts = []
    for motif, lignes in dehors.groupby("motif", sort=False):
        exemples = tuple(lignes["code"].astype(str).drop_duplicates().head(EXEMPLES))
        ecarts.append(Ecart(str(motif), len(lignes), float(lignes["total"].sum()), exemples))
    return tuple(sorted(ecarts, key=lambda e: -e.lignes))


def rows_of(ecarts: Iterable[Ecart]) -> tuple[Ecart, ...]:
    """Give the same écarts weighed in rows."""
    return tuple(Ecart(e.motif, e.lignes, float(e.lignes), e.exemples) for e in ecarts)
