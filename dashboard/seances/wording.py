"""The one-sentence readings of the models, each made of figures of the dataset at a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.scene import sentence
from dashboard.seances.accords import Accord
from data.frames import Frames
from data.measures import coverage, effectifs, places, priority, territories
from data.measures.coverage import Couverture
from data.model import TOUS_CHAMPS, Champ, FiltreEchelon, Maille
from layers.kit.texts import count, long_date, noun, number, percent, typeset, upper_first
from layers.kit.view import View


@dataclass(frozen=True)
class Wording:
    """Sentences about one day of a dataset."""

    frames: Frames
    jour: date

    @property
    def epci_total(self) -> int:
        """How many Epci the dataset has."""
        return len(territories.groups(self.frames, Maille.EPCI).codes)

    def couverture(self) -> str:
        """Say the share of the population covered, with both terms."""
        return f"Au {long_date(self.jour)}, {_share(self._at())}."

    def epci(self) -> str:
        """Say how many Epci are covered wholly and in part."""
        states = self._at().epci["etat"].value_counts()
        whole, partly = int(states.get("entiere", 0)), int(states.get("partielle", 0))
        told = noun(whole, "Epci entièrement couvert", "Epci entièrement couverts")
        return f"{number(whole)} {told} sur {number(self.epci_total)}, {number(partly)} en partie."

    def champs(self) -> tuple[Champ, ...]:
        """Return the fields that agreements name, the most often named first."""
        if not self.frames.has("ctg_champs"):
            return ()
        named = self.frames["ctg_champs"]["champ"].value_counts()
        known = [c for c in self.frames.champs if c.id in named.index]
        return tuple(sorted(known, key=lambda c: -int(named[c.id])))

    def champs_of(self, accord: Accord) -> tuple[Champ, ...]:
        """Return the fields that one agreement names, in the order of the file."""
        table = self.frames["ctg_champs"]
        named = list(dict.fromkeys(table.loc[table["id_ctg"] == accord.id, "champ"]))
        return tuple(c for name in named if (c := self.frames.champ(name)))

    def champ(self, champ: Champ) -> str:
        """Say the coverage by the agreements that carry a field."""
        found = coverage.compute(self.frames, self.jour, FiltreEchelon.TOUS, champ.id)
        told = f"En ne comptant que les Ctg qui portent le champ « {champ.libelle} », {_share(found)}."
        return typeset(told)

    def prioritaires(self) -> str:
        """Say how many communes of a list are covered, list by list, one that names communes first."""
        covered = self._at().couvertes
        for definition in priority.definitions(self.frames):
            if definition.maille is not Maille.COMMUNE:
                continue
            codes = {p.code for p in priority.of_definition(self.frames, definition.id) if p.maille is Maille.COMMUNE}
            held = int(covered.reindex(sorted(codes)).fillna(False).sum())
            told = noun(held, "commune couverte", "communes couvertes")
            return typeset(f"{definition.libelle} : {number(held)} {told} sur {number(len(codes))}.")
        return "Les contours montrent les territoires prioritaires, chaque liste avec sa source."

    def renouvellements(self, ouverts: Sequence[Accord]) -> str:
        """Say how many agreements come to their end within the delay of the dataset."""
        delay = self.frames.jeu.parametres.alerte_renouvellement_mois
        if not ouverts:
            return (
                f"Aucune Ctg n'arrive à échéance dans les {number(delay)} mois qui suivent le {long_date(self.jour)}."
            )
        told = count(len(ouverts), "Ctg arrive", "Ctg arrivent")
        return f"{told} à échéance dans les {number(delay)} mois qui suivent le {long_date(self.jour)}."

    def accord(self, accord: Accord) -> str:
        """Say what an agreement covers and when."""
        ranks = territories.codes(self.frames).isin(accord.communes)
        people = effectifs.population(self.frames, self.jour.year)[ranks]
        known = float(people[people == people].sum())
        over = count(len(accord.communes), "commune") + (f", {number(known)} habitants" if known else "")
        period = f"du {long_date(accord.debut)} au {long_date(accord.fin)}" if accord.debut and accord.fin else ""
        return upper_first(", ".join(p for p in (over, period) if p)) + "."

    def points(self) -> str:
        """Say how many access points are open, visio kiosks apart."""
        found = places.totals(self.frames, self.jour)
        kiosks = found.get("borne_visio", 0)
        first = count(kiosks, "borne visio ouverte", "bornes visio ouvertes")
        others = count(sum(found.values()) - kiosks, "autre point d'accès ouvert", "autres points d'accès ouverts")
        return f"Au {long_date(self.jour)}, {first} et {others}."

    def points_epci(self) -> str:
        """Say how many Epci have no open kiosk: a question to examine, no verdict."""
        kiosks = places.count(self.frames, self.jour, Maille.EPCI)["borne_visio"]
        without = int((kiosks == 0).sum())
        return f"{number(without)} Epci sur {number(len(kiosks))} sans borne visio ouverte : une situation à examiner."

    def croisement(self, vue: View) -> str:
        """Say what a view shows, as the map does."""
        return sentence(vue, self.frames)

    def _at(self) -> Couverture:
        return coverage.compute(self.frames, self.jour, FiltreEchelon.TOUS, TOUS_CHAMPS)


def _share(found: Couverture) -> str:
    part, communes = found.population, found.communes
    over = f"{number(communes.numerateur or 0)} communes sur {number(communes.denominateur or 0)}"
    if part.taux_pct is None:
        return f"{over} sont couvertes par une Ctg locale"
    return f"{percent(part.taux_pct)} des habitants vivent dans une commune couverte ({over})"
