"""What each indicator is: as the dataset defines it, else as FORMATS.md names it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from data.frames import Frames
from data.measures.cache import per_frames
from data.model import Nature


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator; `numerateur`, `denominateur` and `facteur` make a `rapport` out of sums.

    `reference` is its national value where the dataset gives one, in its unit, and `annee_reference` the year of it.
    """

    id: str
    libelle: str
    unite: str = ""
    nature: Nature = Nature.TAUX
    numerateur: str = ""
    denominateur: str = ""
    facteur: float = 1.0
    champ: str = ""
    source: str = ""
    definition: str = ""
    reference: float | None = None
    annee_reference: int | None = None

    @property
    def additive(self) -> bool:
        """Whether the figure of a territory is the sum of its parts."""
        return self.nature in (Nature.EFFECTIF, Nature.MONTANT)


_CONNUES = (
    ("population_municipale", "Population municipale", "habitants", Nature.EFFECTIF),
    ("enfants_0_2", "Enfants de moins de 3 ans", "enfants", Nature.EFFECTIF),
    ("enfants_3_5", "Enfants de 3 à 5 ans", "enfants", Nature.EFFECTIF),
    ("enfants_6_17", "Enfants de 6 à 17 ans", "enfants", Nature.EFFECTIF),
    ("foyers_allocataires", "Foyers allocataires", "foyers", Nature.EFFECTIF),
    ("personnes_couvertes", "Personnes couvertes", "personnes", Nature.EFFECTIF),
    ("places_petite_enfance", "Places d'accueil du jeune enfant", "places", Nature.EFFECTIF),
    (
        "taux_couverture_petite_enfance",
        "Taux de couverture petite enfance",
        "places pour 100 enfants de moins de 3 ans",
        Nature.TAUX,
    ),
    ("revenu_median", "Revenu médian par unité de consommation", "€ par an", Nature.MEDIANE),
    ("taux_pauvrete", "Taux de pauvreté", "%", Nature.TAUX),
    ("familles_monoparentales", "Familles monoparentales", "familles", Nature.EFFECTIF),
    ("logements_indecents", "Logements indécents", "logements", Nature.EFFECTIF),
    ("familles_biactives", "Familles dont les deux parents travaillent", "familles", Nature.EFFECTIF),
    ("menages_sans_voiture", "Ménages sans voiture", "ménages", Nature.EFFECTIF),
    ("expulsions", "Expulsions", "expulsions", Nature.EFFECTIF),
    ("prestations_legales_eur", "Prestations légales", "€", Nature.MONTANT),
    ("aides_logement_eur", "Aides au logement", "€", Nature.MONTANT),
    ("action_sociale_eur", "Action sociale", "€", Nature.MONTANT),
    ("potentiel_financier_hab", "Potentiel financier par habitant", "€ par habitant", Nature.TAUX),
    ("revenu_net_moyen_foyer_fiscal", "Revenu net moyen par foyer fiscal", "€ par foyer fiscal", Nature.TAUX),
)
CONNUES = {d[0]: Definition(*d) for d in _CONNUES}


@per_frames
def definitions(frames: Frames) -> dict[str, Definition]:
    """Return every indicator that the dataset defines or holds, by id; an unknown one is a rate, never summed."""
    tenus = {i: CONNUES.get(i, Definition(i, i)) for i in frames["indicateurs"]["indicateur"].unique()}
    return tenus | {str(ligne["indicateur"]): _read(ligne) for ligne in frames["indicateurs_def"].to_dict("records")}


def definition(frames: Frames, indicateur: str) -> Definition:
    """Return the definition of one indicator."""
    connue = CONNUES.get(indicateur, Definition(indicateur, indicateur))
    return definitions(frames).get(indicateur, connue)


def _read(ligne: Mapping[Hashable, object]) -> Definition:
    """Read one row of `indicateurs-def`; an empty cell takes the known value."""
    connue = CONNUES.get(str(ligne["indicateur"]), Definition(str(ligne["indicateur"]), str(ligne["indicateur"])))
    facteur, reference, annee = (_number(ligne[c]) for c in ("facteur", "reference_nationale", "annee_reference"))
    return Definition(
        id=connue.id,
        libelle=str(ligne["libelle"] or connue.libelle),
        unite=str(ligne["unite"] or connue.unite),
        nature=Nature(str(ligne["nature"])) if ligne["nature"] in list(Nature) else connue.nature,
        numerateur=str(ligne["numerateur"]),
        denominateur=str(ligne["denominateur"]),
        facteur=1.0 if facteur is None else facteur,
        champ=str(ligne["champ"]),
        source=str(ligne["source"]),
        definition=str(ligne["definition"]),
        reference=reference,
        annee_reference=None if annee is None else int(annee),
    )


def _number(cellule: object) -> float | None:
    return float(cellule) if isinstance(cellule, int | float) and cellule == cellule else None
