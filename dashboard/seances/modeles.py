"""The built-in models of séances: scenes computed from the dataset in service, never from memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from dashboard.seances import accords
from dashboard.seances.accords import Accord
from dashboard.seances.crossing import Croisement
from dashboard.seances.model import Brouillon
from dashboard.seances.scenes import titled
from dashboard.seances.wording import Wording
from data.frames import Frames
from data.measures import indicators
from data.measures.definitions import definition
from data.measures.sums import Lecture
from data.model import TOUS_CHAMPS, FiltreEchelon, Maille, Nature
from layers.kit.notices import missing
from layers.kit.texts import count, enumerate_fr, long_date, lower_first, typeset
from layers.kit.view import View
from layers.registry import layer

RECUL_ANNEES = 5
BESOINS = (Nature.TAUX, Nature.RAPPORT, Nature.MEDIANE)
"""Natures of the indicators that speak of a need rather than of a size."""
PUBLIE_MIN = 0.5
"""Share of the communes whose value is published, under which the map of an indicator says too little."""


@dataclass(frozen=True)
class Cadre:
    """What a model is computed from: the dataset, the day it speaks of, and one agreement for those that need one."""

    frames: Frames
    today: date
    accord: Accord | None = None

    @property
    def jour(self) -> date:
        """The reference day of the dataset, failing that today."""
        return self.frames.jeu.date_reference or self.today

    def dit(self, jour: date | None = None) -> Wording:
        """Return the sentences about a day."""
        return Wording(self.frames, jour or self.jour)

    def croise(self, communes: tuple[str, ...] = (), jour: date | None = None) -> Croisement:
        """Return the sentences about what is crossed, over some communes, at a day."""
        return Croisement(self.frames, jour or self.jour, communes)

    def vue(self, *couches: str, **reste: object) -> View | None:
        """Return a view with those of these layers that the dataset can draw, None where there is none of them."""
        view = replace(View(date=self.jour), couches=couches, **reste)  # type: ignore[arg-type]
        drawn = tuple(c for c in couches if self._can_draw(c, view))
        return replace(view, couches=drawn) if drawn else None

    def _can_draw(self, id_couche: str, view: View) -> bool:
        couche = layer(id_couche)
        return couche is not None and view.maille in couche.mailles and not missing(self.frames, *couche.needs(view))


@dataclass(frozen=True, slots=True)
class Modele:
    """One model; `accord`: it speaks of one agreement, chosen; `tables` are those without which it has nothing."""

    id: str
    libelle: str
    description: str
    tables: tuple[str, ...]
    make: Callable[[Cadre], Iterator[Brouillon | None]]
    accord: bool = False

    def lacking(self, frames: Frames) -> tuple[str, ...]:
        """Name the files that the dataset would need."""
        return missing(frames, *self.tables)

    def scenes(self, cadre: Cadre) -> tuple[Brouillon, ...]:
        """Compute the scenes; what a missing table would show is left out."""
        if self.lacking(cadre.frames) or (self.accord and cadre.accord is None):
            return ()
        return tuple(s for s in self.make(cadre) if s is not None)


def _scene(cadre: Cadre, vue: View | None, titre: str, lecture: str, question: str, *chiffres: str) -> Brouillon | None:
    if vue is None:
        return None
    texts = [typeset(t) for t in (titre, lecture, question)]
    return titled(vue, cadre.frames, cadre.today, texts, chiffres)


def _couverture(cadre: Cadre) -> Iterator[Brouillon | None]:
    dit, vue = cadre.dit(), cadre.vue("couverture_ctg")
    suite = "Quelles collectivités le conseil souhaite-t-il solliciter ?"
    yield _scene(
        cadre, vue, "Où en est la couverture ?", dit.couverture(), suite, "population", "communes", "epci_entiers"
    )
    avant = replace_year(cadre.jour, cadre.jour.year - RECUL_ANNEES)
    if vue and accords.signed(cadre.frames, avant):
        lecture = cadre.dit(avant).couverture()
        texts = (f"{RECUL_ANNEES} ans plus tôt", lecture, "Qu'est-ce qui a permis ce chemin ?")
        yield _scene(cadre, replace(vue, date=avant), *texts, "population", "communes", "ctg_en_vigueur")
    par_epci = cadre.vue("couverture_ctg", maille=Maille.EPCI) if cadre.dit().epci_total else None
    texts = ("La couverture, Epci par Epci", dit.epci(), "Où une Ctg intercommunale aurait-elle du sens ?")
    yield _scene(cadre, par_epci, *texts, "epci_entiers", "population")
    for champ in dit.champs()[:1]:
        texts = (f"Ce que portent les Ctg : {lower_first(champ.libelle)}", dit.champ(champ), "Quel champ renforcer ?")
        yield _scene(cadre, cadre.vue("couverture_ctg", champ=champ.id), *texts, "population", "communes")
    if cadre.frames.has("territoires_prioritaires"):
        lecture = dit.prioritaires()
        texts = ("Couverture et territoires prioritaires", lecture, "Comment y mobiliser les Ctg en cours ?")
        yield _scene(cadre, cadre.vue("couverture_ctg", "territoires_prioritaires"), *texts, "population")
    yield _apres(cadre)


def _apres(cadre: Cadre) -> Brouillon | None:
    """Return the scene of a year later, were nothing renewed."""
    apres = replace_year(cadre.jour, cadre.jour.year + 1)
    vue = cadre.vue("couverture_ctg")
    texts = (
        "Dans douze mois, sans nouvelle signature",
        cadre.dit(apres).couverture(),
        "Quel calendrier de renouvellement retenir ?",
    )
    return _scene(cadre, vue and replace(vue, date=apres), *texts, "population", "communes", "ctg_en_vigueur")


def _renouvellements(cadre: Cadre) -> Iterator[Brouillon | None]:
    dit, ouverts = cadre.dit(), accords.to_renew(cadre.frames, cadre.jour)
    texts = ("Les renouvellements de l'année", dit.renouvellements(ouverts), "Dans quel ordre les préparer ?")
    yield _scene(cadre, cadre.vue("couverture_ctg"), *texts, "ctg_a_renouveler", "ctg_en_vigueur", "population")
    for accord in ouverts:
        lieu = accords.where(cadre.frames, accord)
        echelon = FiltreEchelon.TOUS if lieu else FiltreEchelon(accord.echelon)
        vue = cadre.vue("couverture_ctg", echelon=echelon, **lieu)
        question = "L'évaluation est-elle engagée, et quelles orientations pour la suite ?"
        yield _scene(cadre, vue, f"{accord.nom} : fin le {_on(accord.fin)}", dit.accord(accord), question)
    yield _apres(cadre)


def _bornes(cadre: Cadre) -> Iterator[Brouillon | None]:
    dit, chiffres = cadre.dit(), ("bornes_visio", "autres_points")
    texts = ("Où sont les points d'accès aujourd'hui ?", dit.points(), "Où le réseau est-il à compléter ?")
    yield _scene(cadre, cadre.vue("points_acces"), *texts, *chiffres)
    if dit.epci_total:
        texts = ("Les points d'accès, Epci par Epci", dit.points_epci(), "Quels Epci examiner d'abord ?")
        yield _scene(cadre, cadre.vue("points_acces", maille=Maille.EPCI), *texts, *chiffres)
    couples: tuple[tuple[str, str, dict[str, object]], ...] = (
        ("densite_services", "L'offre d'accès aux droits autour des points d'accès", {"champ": "acces_aux_droits"}),
        ("territoires_prioritaires", "Points d'accès et territoires prioritaires", {}),
        ("couverture_ctg", "Points d'accès et conventions", {}),
        ("indicateur", "Points d'accès et besoins", {"indicateur": _speaking(cadre.frames, cadre.jour)}),
    )
    for couche, titre, reste in couples:
        vue = cadre.vue(couche, "points_acces", **reste)
        if vue and couche in vue.couches and (couche != "indicateur" or vue.indicateur):
            question = "Quelle implantation étudier : mairie, centre social, maison de l'enfance ?"
            lecture = _crossed(cadre, couche, vue) or dit.croisement(vue)
            yield _scene(cadre, vue, titre, lecture, question, *chiffres)


def _crossed(cadre: Cadre, couche: str, vue: View) -> str:
    """Read the access points against another layer."""
    both = cadre.croise()
    match couche:
        case "densite_services":
            return both.points_et_services(vue.champ)
        case "territoires_prioritaires":
            return both.points_prioritaires()
        case "couverture_ctg":
            return both.points_couverts()
        case _:
            return both.points_seuls(definition(cadre.frames, vue.indicateur).libelle)


def _bilan(cadre: Cadre) -> Iterator[Brouillon | None]:
    accord = cadre.accord
    assert accord is not None
    dit, lieu = cadre.dit(), accords.where(cadre.frames, accord)
    ici = cadre.croise(accord.communes)
    vue = cadre.vue("couverture_ctg", **lieu)
    texts = (f"{accord.nom} : où en est-on ?", dit.accord(accord), "Que retenir de cette convention ?")
    yield _scene(cadre, vue, *texts)
    if accord.signature and vue:
        veille = date.fromordinal(accord.signature.toordinal() - 1)
        lecture = cadre.croise(accord.communes, veille).couverture()
        yield _scene(cadre, replace(vue, date=veille), "La veille de la signature", lecture, "Qu'a changé la Ctg ?")
    champs = dit.champs_of(accord)
    if champs:
        noms = enumerate_fr(lower_first(c.libelle) for c in champs)
        lecture = f"La convention porte {count(len(champs), 'champ')} : {noms}."
        vue = cadre.vue("couverture_ctg", champ=champs[0].id, **lieu)
        yield _scene(
            cadre, vue, "Les champs de la convention", lecture, "Quels champs poursuivre, ouvrir, réorienter ?"
        )
    champ = ici.served(champs) if cadre.frames.has("services") else TOUS_CHAMPS
    vue = cadre.vue("densite_services", champ=champ, **lieu)
    yield _scene(
        cadre, vue, "Les services du territoire", vue and ici.services(champ) or "", "Quels besoins demeurent ?"
    )
    vue = cadre.vue("points_acces", **lieu)
    yield _scene(
        cadre, vue, "Les points d'accès du territoire", vue and ici.points() or "", "L'accueil est-il bien réparti ?"
    )
    known = _indicators(cadre.frames, cadre.jour)
    parlant = next((i for i in known if ici.indicateur(i)), next(iter(known), ""))
    vue = cadre.vue("indicateur", indicateur=parlant, **lieu) if parlant else None
    lecture = vue and (ici.indicateur(parlant) or dit.croisement(vue)) or ""
    yield _scene(cadre, vue, "Le territoire dans son environnement", lecture, "Quelles priorités ?")


def _speaking(frames: Frames, jour: date) -> str:
    """Return the indicator that a scene shows by commune; "" where the dataset has none."""
    return next(iter(_indicators(frames, jour)), "")


def _indicators(frames: Frames, jour: date) -> tuple[str, ...]:
    """List the indicators that a scene can show by commune: those published for most communes first, rates before."""
    by_commune = [i for i in indicators.listed(frames) if Maille.COMMUNE in indicators.mailles(frames, i)]
    read = {i: indicators.values(frames, i, Maille.COMMUNE, Lecture(jour.year))["valeur"] for i in by_commune}
    shown = [i for i in by_commune if read[i].notna().any()]
    empty = {i: bool(read[i].notna().mean() < PUBLIE_MIN) for i in shown}
    return tuple(sorted(shown, key=lambda i: (empty[i], definition(frames, i).nature not in BESOINS)))


def _on(jour: date | None) -> str:
    return long_date(jour) if jour else "date inconnue"


def replace_year(jour: date, annee: int) -> date:
    """Return the same day of another year, 28 February for a 29th that it has not."""
    try:
        return jour.replace(year=annee)
    except ValueError:
        return jour.replace(year=annee, day=28)


MODELES: tuple[Modele, ...] = (
    Modele(
        "couverture",
        "CA : où en est la couverture ?",
        "La couverture aujourd'hui, il y a cinq ans, par Epci, par champ, et dans douze mois.",
        ("ctg", "ctg_communes"),
        _couverture,
    ),
    Modele(
        "renouvellements",
        "Renouvellements de l'année",
        "Les Ctg qui arrivent à échéance, une à une, puis la carte sans nouvelle signature.",
        ("ctg", "ctg_communes"),
        _renouvellements,
    ),
    Modele(
        "bornes",
        "Où poser les prochaines bornes ?",
        "Les points d'accès, croisés avec les services, les territoires prioritaires et les besoins.",
        ("points_acces",),
        _bornes,
    ),
    Modele(
        "bilan",
        "Bilan d'une Ctg",
        "Une convention : son territoire, ce qu'elle porte, ce qui a changé.",
        ("ctg", "ctg_communes"),
        _bilan,
        accord=True,
    ),
)


def modele(id_modele: str) -> Modele | None:
    """Return a model by its id, None where unknown."""
    return next((m for m in MODELES if m.id == id_modele), None)
