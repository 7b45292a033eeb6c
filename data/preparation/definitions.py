"""The indicators that preparation may write: label, unit, nature and definition, as `indicateurs-def.csv` has them."""

from dataclasses import dataclass

from data.model import Nature


@dataclass(frozen=True, slots=True)
class Definition:
    """One row of `indicateurs-def.csv`."""

    indicateur: str
    libelle: str
    unite: str
    nature: Nature
    champ: str
    definition: str


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "population_municipale", "Population municipale", "habitants", Nature.EFFECTIF, "",
        "Population municipale légale du recensement de l'année",
    ),
)  # fmt: skip

NATURES: dict[str, str] = {d.indicateur: d.nature.value for d in DEFINITIONS}
