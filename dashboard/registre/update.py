"""Section « Mettre à jour »: the Caf's own register, its columns matched, every change shown before it is accepted."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.carnet import modifications
from dashboard.registre import reprise, update_callbacks
from dashboard.registre.address import map_href
from dashboard.registre.contract import Contexte, Feuille, Section
from dashboard.registre.effects_map import effects_map
from dashboard.registre.examination import FONCTIONS
from dashboard.registre.parts import note
from dashboard.registre.pieces import csv_of, download
from dashboard.registre.reprise import Apercu
from dashboard.registre.update_callbacks import ALLER, DEPOT, FAIT, ident
from data.errors import CarnetError, RepriseError
from data.findings import Gravite
from data.reprise import mots
from data.reprise.cibles import CIBLES, Cible
from data.reprise.conversion import words
from data.reprise.difference import Changement, Difference, Nature
from data.reprise.feuilles import SUFFIXES
from layers.kit.texts import count, number, percent, short_date, typeset

TITRE = "Mettre à jour le registre"
CONSTATS_MAX = 60
CHANGEMENTS_MAX = 60
"""Changes that have a table each: a browser takes long to build thousands of them."""


def build(contexte: Contexte) -> Feuille:
    """Ask for a file, or show what the one deposited would change."""
    if contexte.deps is None:
        return Feuille(TITRE, [note("La mise à jour se fait dans l'atlas servi.")])
    messages = [dcc.Store(id=ALLER), html.Div(id=FAIT, role="status", className="maj-fait")]
    depot = contexte.options.get(DEPOT, "")
    if not depot:
        return Feuille(TITRE, [*messages, *_deposit(), *_history(contexte)])
    try:
        apercu = reprise.preview(contexte.deps, depot)
    except RepriseError as error:
        return Feuille(TITRE, [*messages, note(str(error)), *_deposit(), *_history(contexte)])
    return Feuille(
        TITRE, [*messages, *_matching(contexte, apercu), *_told(apercu), *_changes(contexte, apercu), *_ending(apercu)]
    )


def _deposit() -> list[Any]:
    box = dcc.Upload(
        html.Button("Choisir un fichier…", className="bouton"),
        id=ident("fichier"),
        accept=",".join(SUFFIXES),
        multiple=False,
        className="maj-depot",
    )
    said = (
        "Déposer le registre des Ctg tel que la Caf le tient (.xlsx, .xls, .ods ou .csv) : une ligne par Ctg, ou "
        "plusieurs. Ses colonnes sont reconnues, rien n'est installé avant que vous n'ayez vu et accepté ce qui "
        "change. Les colonnes de noms, courriels et téléphones ne sont jamais reprises."
    )
    return [note(said), box]


def _matching(contexte: Contexte, apercu: Apercu) -> list[Any]:
    feuille = dmc.Select(
        id=ident("feuille"),
        label="Feuille",
        data=[{"value": f.nom, "label": f.nom} for f in apercu.feuilles],
        value=apercu.feuille.nom,
        allowDeselect=False,
        size="sm",
    )
    entier = dmc.Checkbox(
        id=ident("entier"),
        label="Ce fichier est le registre entier : retirer les Ctg qui n'y sont pas",
        checked=apercu.lecture.entier,
    )
    columns = [_column(apercu, cible) for cible in CIBLES]
    return [
        html.H2("1. Les colonnes"),
        note("Dire dans quelle colonne se trouve chaque fait. Une cellule vide garde la valeur installée."),
        html.Div([feuille, *columns], className="maj-colonnes"),
        entier,
        *_words(contexte, apercu),
    ]


def _column(apercu: Apercu, cible: Cible) -> dmc.Select:
    entetes = [e for e in dict.fromkeys(apercu.feuille.entetes) if e]
    return dmc.Select(
        id={"type": "maj-colonne", "cible": cible.id},
        label=cible.libelle,
        data=entetes,
        value=apercu.choix.colonnes.get(cible.id) or None,
        placeholder="Aucune colonne",
        clearable=True,
        clearButtonProps={"aria-label": f"Aucune colonne pour : {cible.libelle}"},
        size="sm",
    )


def _words(contexte: Contexte, apercu: Apercu) -> list[Any]:
    """Ask what each word means; those that were recognised are set already."""
    boxes = []
    for cible in (c for c in CIBLES if c.mots):
        proposes = mots.match(contexte.frames, cible.id, words(apercu.feuille, apercu.choix.colonnes, cible.id))
        choisis = proposes | dict(apercu.choix.mots.get(cible.id, {}))
        boxes += [_word(contexte, cible, mot, choisis[mot]) for mot in proposes]
    if not boxes:
        return []
    return [
        html.H2("2. Les mots"),
        note("Dire ce que veut dire chaque mot du fichier."),
        html.Div(boxes, className="maj-colonnes"),
    ]


def _word(contexte: Contexte, cible: Cible, mot: str, sens: str) -> dmc.Select:
    data = [{"value": v, "label": label} for v, label in mots.choices(contexte.frames, cible.id).items()]
    return dmc.Select(
        id={"type": "maj-mot", "cible": cible.id, "mot": mot},
        label=typeset(f"{cible.libelle} : « {mot[:80]} »"),
        data=[{"value": mots.ECARTE, "label": "Laisser de côté"}, *data],
        value=sens or None,
        placeholder="À choisir",
        allowDeselect=False,
        size="sm",
    )


def _told(apercu: Apercu) -> list[Any]:
    """List what refuses the dataset, then what is good to know."""
    graves = [c.phrase for c in apercu.constats if c.gravite is Gravite.ERREUR]
    autres = [c.phrase for c in apercu.constats if c.gravite is not Gravite.ERREUR]
    return [*_listed("Ce qui empêche l'installation", graves), *_listed("À savoir", autres)]


def _listed(titre: str, phrases: list[str]) -> list[Any]:
    if not phrases:
        return []
    rows = [html.Li(p) for p in phrases[:CONSTATS_MAX]]
    reste = len(phrases) - len(rows)
    more = [html.Li(f"et {count(reste, 'autre')}.")] if reste else []
    return [html.H2(titre), html.Ul([*rows, *more], className="maj-constats", tabIndex=0)]


def _changes(contexte: Contexte, apercu: Apercu) -> list[Any]:
    head = html.H2("3. Ce qui changerait")
    change = apercu.difference
    if change is None:
        return [head, note("Le jeu de données serait refusé : corriger le fichier ou les correspondances.")]
    if not change.changements:
        return [
            head,
            note(f"Rien : les {count(len(apercu.lignes), 'Ctg', 'Ctg')} du fichier sont déjà installées ainsi."),
        ]
    montres = change.changements[:CHANGEMENTS_MAX]
    items: list[Any] = [html.Details([html.Summary(_title(c)), _details(contexte, c)]) for c in montres]
    if autres := len(change.changements) - len(montres):
        items.append(note(f"et {count(autres, 'autre changement', 'autres changements')}, dans le fichier."))
    items.append(download(contexte, "changements.csv", "Enregistrer tous les changements (CSV)"))
    figure = html.Div(effects_map(contexte.frames, change.effets), className="maj-carte")
    return [head, _summary(change), figure, html.Div(items, className="maj-changements")]


def _summary(change: Difference) -> html.P:
    nombres = [f"{number(change.count(n))} {_PLURIELS[n][change.count(n) > 1]}" for n in Nature if change.count(n)]
    before, after = (percent(p.taux_pct) for p in (change.avant, change.apres))
    covered = f"Population couverte au {short_date(change.jour)} : {before} aujourd'hui, {after} avec cette version."
    return html.P(typeset(f"Ctg : {', '.join(nombres)}. {covered}"), className="maj-resume")


_PLURIELS = {
    Nature.AJOUTEE: ("ajoutée", "ajoutées"),
    Nature.TERMINEE: ("terminée", "terminées"),
    Nature.CHANGEE: ("modifiée", "modifiées"),
    Nature.RETIREE: ("retirée", "retirées"),
}


def _title(changement: Changement) -> list[Any]:
    return [html.Strong(changement.nature.libelle), f" – {changement.nom}"]


def _details(contexte: Contexte, changement: Changement) -> html.Div:
    head = html.Thead(html.Tr([html.Th(t, scope="col") for t in ("Fait", "Version en service", "Nouvelle version")]))
    rows = [
        html.Tr([html.Th(d.quoi, scope="row"), html.Td(d.avant or "–"), html.Td(d.apres or "–")])
        for d in changement.details
    ]
    link = [
        html.A(
            "Voir ces communes sur la carte",
            href=map_href(contexte, communes=changement.communes),
            className="vers-carte",
        )
    ]
    return html.Div([html.Table([head, html.Tbody(rows)]), *(link if changement.communes else [])])


def _ending(apercu: Apercu) -> list[Any]:
    """Offer to install what may be, and to give up in any case."""
    abandon = html.Button("Abandonner", id=ident("abandonner"), className="lien", n_clicks=0)
    if apercu.difference is None or not apercu.difference.changements:
        return [html.Div([abandon, html.Div(_accepting([]), hidden=True)], className="maj-boutons")]
    return _accepting([abandon])


def _accepting(autres: list[Any]) -> list[Any]:
    return [
        html.H2("4. Accepter"),
        note("La version en service reste installée : « atlas-ctg revenir » y ramène."),
        dmc.Select(
            id=ident("fonction"), label="Fonction (pas de nom)", data=list(FONCTIONS), placeholder="Choisir", size="sm"
        ),
        dmc.Textarea(
            id=ident("note"),
            label="Note (aucun nom de personne)",
            autosize=True,
            minRows=2,
        ),
        html.Div(
            [
                html.Button("Installer cette version", id=ident("installer"), className="bouton", n_clicks=0),
                *autres,
            ],
            className="maj-boutons",
        ),
    ]


def _history(contexte: Contexte) -> list[Any]:
    assert contexte.deps is not None
    head = html.H2("Historique")
    try:
        tous = modifications.history(contexte.deps.carnet)
    except CarnetError as error:
        return [head, note(str(error))]
    if not tous:
        return [head, note("Aucune mise à jour n'a encore été acceptée dans l'atlas.")]
    return [head, html.Div([_accepted(m) for m in tous], className="maj-changements")]


def _accepted(modification: modifications.Modification) -> html.Details:
    day = short_date(modification.ecrit.date()) if modification.ecrit else ""
    head = f"{day} – {modification.fonction} : {count(len(modification.changements), 'changement')}"
    said = [html.P(modification.note)] if modification.note else []
    versions = html.P(f"Version {modification.apres}, à la place de {modification.avant or 'la démonstration'}")
    return html.Details(
        [html.Summary(typeset(head)), *said, versions, html.Ul([html.Li(c) for c in modification.changements])]
    )


def change_rows(contexte: Contexte) -> list[dict[str, Any]]:
    """Return what a deposit would change, a row per fact; nothing where it is gone or refused."""
    try:
        apercu = reprise.preview(contexte.deps, contexte.options.get(DEPOT, "")) if contexte.deps else None
    except RepriseError:
        apercu = None
    change = apercu.difference if apercu else None
    return [
        {
            "Identifiant": c.id_ctg,
            "Convention": c.nom,
            "Changement": c.nature.libelle,
            "Fait": d.quoi,
            "Version en service": d.avant,
            "Nouvelle version": d.apres,
        }
        for c in (change.changements if change else ())
        for d in c.details
    ]


ENTIER = "la mise à jour porte sur le registre entier"
SECTION = Section(
    "mise_a_jour",
    "Mettre à jour",
    build,
    (DEPOT,),
    fichiers={"changements.csv": csv_of(change_rows)},
    register=update_callbacks.register,
    sans_effet=dict.fromkeys(("echelon", "champ", "territoire", "communes"), ENTIER),
)
