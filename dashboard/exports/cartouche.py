"""The words around a snapshot: what, where, when, filters, sources, edition (DOMAINE §5.6)."""

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from dashboard import texts
from dashboard.exports import sets
from dashboard.exports.headlines import headline, key_figures
from dashboard.exports.options import DEFAUT, STATUT, Options
from dashboard.figures import figures
from dashboard.permalink import to_query
from data import secrecy
from data.frames import Frames
from data.measures import coverage, notices
from data.model import TOUS_CHAMPS, Maille, Profil, Source
from layers.kit import composed
from layers.kit.cartouche import Cartouche, Note
from layers.kit.contract import Drawing
from layers.kit.sources import sources_of
from layers.kit.texts import enumerate_fr, long_date, lower_first, short_date, typeset, upper_first
from layers.kit.view import View
from layers.renderers.projection import zones

COUVERTURE = "couverture_ctg"
PARTENAIRE = (
    "Édition partenaire : les effectifs masqués sont liés par groupes, dans un Epci puis dans un département, et un "
    "total n'est montré que s'il contient chaque groupe en entier ou pas du tout ; la somme d'un groupe laisse à "
    "chaque petit effectif toutes les valeurs de 1 à {}. Un montant suit le secret des foyers qui le reçoivent, un "
    "taux est masqué s'il redonne un effectif, et les classes ne viennent que de ce qui est montré."
)
SANS_COUCHE = "Carte sans couche"
DEPARTEMENTS_CITES = 4
_MAILLES = {Maille.COMMUNE: "commune", Maille.EPCI: "Epci", Maille.DEPARTEMENT: "département"}


def cartouche_of(
    view: View, frames: Frames, drawings: Sequence[Drawing], aujourdhui: date, options: Options = DEFAUT
) -> Cartouche:
    """Write the title block of a view drawn on a given day."""
    every = figures(frames, view, to_query(view, frames, date.min))  # the day is said: it would change
    found = sets.of_what_is_seen(every, frames, view)
    shown = [d for d in drawings if d.marques]
    adresse = address(options, found["vue"])
    couches = [d.couche for d in shown]
    return Cartouche(
        vue=view,
        organisme=f"{frames.jeu.nom} · {texts.NOM}",
        titre=titled(drawings, sets.place_of(view, _where(frames)), view.date),
        phrase=_sentence(shown, couches, found, view),
        filtres=" · ".join(p for p in (_filters(view, frames), sets.extent_said(every)) if p),
        mention=texts.FICTIF if frames.jeu.fictif else "",
        chiffres=key_figures(couches, found),
        bandeau=tuple(dict.fromkeys(b for d in drawings for b in d.bandeau)),
        avis=_notices(view, frames, couches),
        notes=(
            Note("Définitions et méthode", _definitions(frames, view, drawings)),
            Note("Données et sources", _credits(frames, drawings)),
            Note("Édition", (*_edition(view, frames, aujourdhui, options), f"Adresse de la vue\u202f: {adresse}")),
        ),
        statut=status(options, aujourdhui),
        adresse=adresse,
    )


def _sentence(shown: Sequence[Drawing], couches: Sequence[str], found: Mapping[str, Any], view: View) -> str:
    """Say what the map shows: in figures, or, of the whole territory, as its legend does."""
    told = "" if view.emprise else next((d.constat for d in shown if d.constat), "")
    return told or headline(couches, found, view)


def titled(drawings: Sequence[Drawing], lieu: str, jour: date) -> str:
    """Say what, where and when."""
    shown = [d.titre for d in drawings if d.marques and d.couche != composed.COUCHE]
    sujet = upper_first(enumerate_fr(lower_first(titre) if i else titre for i, titre in enumerate(shown)))
    return typeset(f"{sujet or SANS_COUCHE} \u2013 {lieu}, au {long_date(jour)}")


def _where(frames: Frames) -> str:
    departements = frames.jeu.departements
    return frames.jeu.nom + (f" ({', '.join(departements)})" if 0 < len(departements) <= DEPARTEMENTS_CITES else "")


def _filters(view: View, frames: Frames) -> str:
    champ = frames.champ(view.champ)
    parts = [
        f"Maille : {_MAILLES[view.maille]}",
        f"Échelon : {lower_first(view.echelon.libelle)}",
        f"Champ : {lower_first(champ.libelle) if champ and view.champ != TOUS_CHAMPS else 'tous les champs'}",
    ]
    if view.territoire:
        parts.append(f"Territoire encadré : {frames.noms.get(view.territoire, view.territoire)}")
    return typeset(" · ".join(parts))


def _notices(view: View, frames: Frames, couches: Sequence[str]) -> tuple[str, ...]:
    """Return what the key figures leave out; each drawing says its own notices under its legend."""
    if COUVERTURE not in couches:
        return ()
    return notices.of_coverage(frames, coverage.compute(frames, view.date, view.echelon, view.champ, view.profil))


def _definitions(frames: Frames, view: View, drawings: Sequence[Drawing]) -> tuple[str, ...]:
    least = secrecy.threshold(frames.jeu.parametres, view.profil)
    hidden = [
        f"Effectifs de 1 à {least - 1} masqués (édition {view.profil.value}) ; s. : secret ; "
        "nd : donnée manquante ; non publié : absent à cette maille ; 0 est une valeur."
    ]
    if view.profil is Profil.PARTENAIRE:
        hidden.append(PARTENAIRE.format(least - 1))
    lines = [
        f"{d.titre} : {lower_first(d.definition)}{f' Unité : {d.unite}.' if d.unite else ''}"
        for d in drawings
        if d.definition
    ]
    return tuple(typeset(line) for line in (*lines, *hidden))


def _credits(frames: Frames, drawings: Sequence[Drawing]) -> tuple[str, ...]:
    sources = [s for d in drawings for s in d.sources] + list(sources_of(frames, "communes"))
    return tuple(dict.fromkeys(credit(s) for s in sources)) or ("Source non renseignée dans le jeu de données.",)


def credit(source: Source) -> str:
    """Cite a source: producer, title, vintage, date of update, licence."""
    parts = [source.producteur, source.titre, source.millesime]
    text = ", ".join(p for p in parts if p)
    if source.date_maj:
        text += f" (mis à jour le {short_date(source.date_maj)})"
    if source.licence:
        text += f", {source.licence}"
    return typeset(f"{'© ' if _is_outline(source) else ''}{text}.")


def _is_outline(source: Source) -> bool:
    return source.fichier.lower().startswith(("communes.", "qpv."))


def _edition(view: View, frames: Frames, aujourdhui: date, options: Options) -> tuple[str, ...]:
    jeu = frames.jeu
    lines = (
        f"Situation au {long_date(view.date)}.",
        f"Carte des communes : COG {jeu.cog}. Projection {zones(frames)[0].libelle}.",
        status(options, aujourdhui),
        f"{texts.NOM} {program_version()}, jeu de données {jeu.version[:12] or 'sans version'}.",
    )
    return tuple(map(typeset, lines))


def status(options: Options, aujourdhui: date) -> str:
    """Say what a document is, for whom, and when it was made."""
    parts = (
        upper_first(options.statut.strip() or STATUT),
        f"instance : {options.instance.strip()}" if options.instance.strip() else "",
        f"public : {options.public.strip()}" if options.public.strip() else "",
        f"édité le {long_date(aujourdhui)}",
    )
    return typeset(f"{', '.join(p for p in parts if p)}.")


def address(options: Options, query: str) -> str:
    """Return the address of a view, whole where the public address of the atlas is known."""
    return f"{options.adresse.rstrip('/')}/{query}" if options.adresse else query


def program_version() -> str:
    """Return the version of the program as installed."""
    try:
        return version("atlas-ctg")
    except PackageNotFoundError:
        return "non installé"
