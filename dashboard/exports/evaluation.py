"""The evaluation of one agreement on one page: what was done, what was observed, what was decided."""

from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from dashboard import texts
from dashboard.exports import evaluation_words as words
from dashboard.exports.cartouche import program_version
from dashboard.exports.evaluation_table import Bloc
from data import secrecy
from data.errors import VueError
from data.frames import Frames
from data.measures import means, register, results
from data.measures.register import Inscription
from data.measures.scope import Portee
from data.model import Profil
from layers.kit.texts import long_date, typeset

PRUDENCE = (
    "Une évolution n'est pas un effet : rien ici ne dit que la convention en est la cause. Avancement = (dernière "
    "valeur − départ) ÷ (objectif − départ), sans borne ; non donné quand un terme manque ou que l'objectif est égal "
    "au départ. Les moyens mobilisés sur le territoire ne sont pas le montant d'une Ctg."
)

PARTENAIRE = (
    "Édition partenaire : est masqué (s.) tout objectif dont une valeur compte de 1 à {} unités sans que le jeu dise "
    "ce qui est compté, ou dont l'indicateur est masqué sur ce périmètre. Les textes libres (libellés, exigences) sont "
    "repris tels quels : les relire avant l'envoi."
)


@dataclass(frozen=True, slots=True)
class PageEvaluation:
    """Everything that the page says, the same on paper and on screen; `mention` marks fictitious data.

    `adresse`, `edition`, `jeu` and `version` are what the log of exports keeps of it.
    """

    titre: str
    organisme: str
    phrase: str
    mention: str
    blocs: tuple[Bloc, ...]
    notes: tuple[str, ...]
    jour: date
    adresse: str
    edition: str
    jeu: str
    version: str


def evaluation_of(
    frames: Frames, id_ctg: str, jour: date, profil: Profil = Profil.INTERNE, edition: date | None = None
) -> PageEvaluation:
    """Write the evaluation of an agreement at a day; `edition` is the day of the document, by default that day.

    Raises: VueError for an agreement that the dataset does not know.
    """
    entry = register.entry(frames, id_ctg, jour)
    if entry is None:
        raise VueError(f"La Ctg « {id_ctg} » n'est pas dans ce jeu de données.")
    portee = Portee(jour, communes=entry.communes, profil=profil)
    actions, objectifs = results.actions(frames, portee, id_ctg), results.objectives(frames, portee, id_ctg)
    moyens = means.of_scope(frames, portee) if entry.communes else None
    blocs = (
        Bloc("La convention", (), words.facts(frames, entry)),
        words.means_block(frames, actions, moyens, id_ctg),
        words.results_block(frames, objectifs),
        words.evaluations_block(entry),
    )
    return PageEvaluation(
        titre=typeset(f"Évaluation : {entry.nom}"),
        organisme=f"{frames.jeu.nom} · {texts.NOM}",
        phrase=words.sentence(entry, objectifs, jour),
        mention=texts.FICTIF if frames.jeu.fictif else "",
        blocs=blocs,
        notes=(typeset(PRUDENCE), *_discretion(frames, profil), _edition(frames, entry, edition or jour, profil)),
        jour=edition or jour,
        adresse=f"evaluation/{id_ctg}?date={jour.isoformat()}",
        edition=profil.value,
        jeu=frames.jeu.nom,
        version=frames.jeu.version,
    )


def _discretion(frames: Frames, profil: Profil) -> tuple[str, ...]:
    """Say what the partner edition hides, and what it cannot."""
    if profil is not Profil.PARTENAIRE:
        return ()
    return (typeset(PARTENAIRE.format(secrecy.threshold(frames.jeu.parametres, profil) - 1)),)


def _edition(frames: Frames, entry: Inscription, edition: date, profil: Profil) -> str:
    pour = "édition partenaire" if profil is Profil.PARTENAIRE else "édition interne"
    source = f"Source : {entry.source}. " if entry.source else ""
    return typeset(
        f"{source}Document de travail édité le {long_date(edition)}, {pour}, jeu de données {frames.jeu.version}, "
        f"Atlas Ctg {program_version()}."
    )


def printed(page: PageEvaluation) -> dict[str, Any]:
    """Return the page as its template takes it."""
    return {
        "titre": page.titre,
        "organisme": page.organisme,
        "phrase": page.phrase,
        "mention": page.mention,
        "papier": {"largeur": 595.28, "hauteur": 841.89, "unite": 1.0},
        "blocs": [_block(b) for b in page.blocs],
        "notes": list(page.notes),
        "jour": {"annee": page.jour.year, "mois": page.jour.month, "jour": page.jour.day},
    }


def _block(bloc: Bloc) -> dict[str, Any]:
    table = bloc.table
    return {
        "titre": bloc.titre,
        "phrases": list(bloc.phrases),
        "entetes": list(table.entetes) if table else [],
        "lignes": [list(ligne) for ligne in table.lignes] if table else [],
        "nombres": list(table.nombres) if table else [],
        "parts": list(table.parts) if table else [],
    }


def html(page: PageEvaluation) -> bytes:
    """Write the page as one file that prints on one A4 sheet and asks nothing of any machine."""
    style = Path(__file__).with_name("evaluation.css").read_text(encoding="utf-8")
    mention = f'<p class="mention">{escape(page.mention)}</p>' if page.mention else ""
    notes = "".join(f"<p>{escape(n)}</p>" for n in page.notes)
    corps = "".join(_html_block(b) for b in page.blocs)
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{escape(page.titre)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head><body><main>'
        f'<header><p class="organisme">{escape(page.organisme)}</p><h1>{escape(page.titre)}</h1>{mention}'
        f"<p>{escape(page.phrase)}</p></header>{corps}<footer>{notes}</footer></main></body></html>"
    ).encode()


def _html_block(bloc: Bloc) -> str:
    phrases = "".join(f"<p>{escape(p)}</p>" for p in bloc.phrases)
    return f"<section><h2>{escape(bloc.titre)}</h2>{phrases}{_html_table(bloc) if bloc.table else ''}</section>"


def _html_table(bloc: Bloc) -> str:
    table = bloc.table
    assert table is not None
    tetes = "".join(
        f'<th scope="col"{" class=nombre" if n else ""}>{escape(t)}</th>'
        for t, n in zip(table.entetes, table.nombres, strict=True)
    )
    lignes = "".join(
        "<tr>"
        + f'<th scope="row">{escape(ligne[0])}</th>'
        + "".join(
            f"<td{' class=nombre' if n else ''}>{escape(c)}</td>"
            for c, n in zip(ligne[1:], table.nombres[1:], strict=True)
        )
        + "</tr>"
        for ligne in table.lignes
    )
    tete = f"<thead><tr>{tetes}</tr></thead>" if any(table.entetes) else ""
    cadre = f'<div class="cadre" role="region" tabindex="0" aria-label="{escape(bloc.titre)}">'
    return f"{cadre}<table><caption>{escape(bloc.titre)}</caption>{tete}<tbody>{lignes}</tbody></table></div>"


def pdf(page: PageEvaluation) -> bytes:
    """Print the page as a tagged PDF/UA-1 of one A4 sheet."""
    from dashboard.exports.press import print_pdf

    return print_pdf("evaluation", printed(page), page.jour)
