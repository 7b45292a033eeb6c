"""What goes with each agreement: signatories, fields, evaluations and actions."""

from datetime import date, timedelta

from data.demo.agreements import CAF, NOM_EPCI, REFERENCE, Ctg
from data.demo.hazard import between, pick, stream
from data.demo.names import DEPARTEMENT_NOM
from data.demo.tables import Cellule, Lignes
from data.demo.territory import DEPARTEMENT
from data.demo.wording import PROPOS

_TOUJOURS = ("petite_enfance", "parentalite")
INACHEVEES = frozenset({"CTG-96-E012-2", "CTG-96-C96141-3"})
"""Agreements whose plan still has an action past its last day that nobody closed."""
NON_EVALUEES = frozenset({"CTG-96-E079-1"})
"""Agreements renewed while their final evaluation was still to come: the alert that blocks has a case to lead from."""
_ORIENTATIONS = {
    "petite_enfance": "Développer l'accueil du jeune enfant", "enfance": "Rendre les loisirs accessibles à tous",
    "jeunesse": "Accompagner l'autonomie des jeunes", "parentalite": "Soutenir la fonction parentale",
    "animation_vie_sociale": "Animer la vie sociale", "logement": "Aider à se loger et à s'y maintenir",
    "insertion": "Favoriser l'insertion", "handicap": "Accueillir les enfants en situation de handicap",
    "aide_a_domicile": "Aider les familles à domicile", "acces_aux_droits": "Garantir l'accès aux droits",
    "inclusion_numerique": "Réduire la fracture numérique",
}  # fmt: skip
_ETIQUETTES = {
    "logement": "politique_de_la_ville", "insertion": "egalite_femmes_hommes|familles_vulnerables",
    "parentalite": "familles_vulnerables", "enfance": "temps_libre", "jeunesse": "temps_libre",
}  # fmt: skip
_ADAPTATIONS = (
    "Calendrier commun repris plutôt qu'un portail de plus ; le temps gagné va aux ateliers",
    "Périmètre réduit aux communes sans relais ; un poste partagé au lieu de deux",
    "Locaux du centre social réutilisés",
)
_AUTRES = tuple(c for c in PROPOS if c not in _TOUJOURS)


def fields(ctg: Ctg) -> tuple[tuple[str, int], ...]:
    """Return the fields of an agreement with their priority; a renewal keeps those of its chain and adds one."""
    if ctg.statut in ("non_engagee", "a_l_etude"):
        return ()
    rng = stream(f"champs-{ctg.signataire}-{ctg.nom[-9:]}")
    autres = [_AUTRES[i] for i in rng.permutation(len(_AUTRES))]
    generation = int(ctg.id[-1])
    nombre = (5 if ctg.echelon == "departemental" else 4 if ctg.echelon == "intercommunal" else 3) + generation
    for champ in ("enfance", "acces_aux_droits"):
        if ctg.echelon == "intercommunal" and rng.random() < 0.75:
            autres = [champ, *(c for c in autres if c != champ)]
    choisis = [*_TOUJOURS, *autres[: nombre - 1]]
    return tuple((champ, 1 if rang < 2 else 2 if rang < 4 else 3) for rang, champ in enumerate(choisis))


def field_rows(ctgs: tuple[Ctg, ...]) -> Lignes:
    """Return the rows of ctg-champs.csv."""
    return [
        {"id_ctg": c.id, "champ": champ, "priorite": priorite, "objectif": PROPOS[champ].objectif}
        for c in ctgs
        for champ, priorite in fields(c)
    ]


def signatory_rows(ctgs: tuple[Ctg, ...], noms: dict[str, str]) -> Lignes:
    """Return the rows of ctg-signataires.csv: each signatory with the day it deliberated."""
    lignes: Lignes = []
    for c in ctgs:
        if not c.signature:
            continue
        rng = stream(f"signataires-{c.id}")
        genre = {"departemental": "departement", "intercommunal": "epci", "communal": "commune"}[c.echelon]
        nom = NOM_EPCI.get(c.signataire) or noms.get(c.signataire) or f"Conseil départemental de la {DEPARTEMENT_NOM}"
        qui = [("caf", "", CAF), (genre, c.signataire, nom)]
        if c.echelon != "communal" and rng.random() < 0.7:
            qui.append(("msa", "", "Msa des Estuaires (fictive)"))
        if c.echelon == "departemental":
            qui += [("etat", DEPARTEMENT, f"Préfecture de la {DEPARTEMENT_NOM}"), ("cpam", "", "Cpam (fictive)")]
        if c.echelon == "intercommunal" and rng.random() < 0.2:
            qui.append(("syndicat", "", "Syndicat mixte de la Sernaie (fictif)"))
        if c.id.endswith("-3"):
            qui.append(("autre", "", "Fédération des centres sociaux (fictive)"))
        for type_, code, nom_signataire in qui:
            jour = date.fromisoformat(c.signature) - timedelta(days=int(between(rng, 8, 55)))
            lignes.append(
                {"id_ctg": c.id, "type": type_, "code": code, "nom": nom_signataire, "date_deliberation": str(jour)}
            )
    return lignes


def evaluation_rows(ctgs: tuple[Ctg, ...]) -> Lignes:
    """Return the rows of ctg-evaluations.csv: halfway and final; two agreements ended without their final one."""
    suivies = {c.precedente for c in ctgs}
    lignes: Lignes = []
    for c in ctgs:
        if c.depart is None or c.terme is None:
            continue
        rng = stream(f"evaluations-{c.id}")
        moitie = c.depart + (c.terme - c.depart) / 2
        finale = c.terme - timedelta(days=int(between(rng, 60, 150)))
        oubliee = c.terme < REFERENCE and c.id not in suivies and c.echelon == "intercommunal" and c.duree == 4
        for type_, jour in (("intermediaire", moitie), ("finale", finale)):
            etat = "faite" if jour <= REFERENCE else "en_cours" if (jour - REFERENCE).days < 60 else "prevue"
            if type_ == "finale" and (oubliee or c.id in NON_EVALUEES):
                etat = "prevue"
            suites = (
                "" if etat != "faite" else "poursuivre" if c.id in suivies else pick(rng, ("poursuivre", "reorienter"))
            )
            if type_ == "finale" and etat == "faite" and c.echelon == "communal" and c.id not in suivies:
                suites = "arreter"
            exigences = "Renforcer le suivi partagé des actions" if suites == "reorienter" else ""
            lignes.append(
                {
                    "id_ctg": c.id,
                    "date": str(jour),
                    "type": type_,
                    "etat": etat,
                    "suites": suites,
                    "exigences": exigences,
                }
            )
    return lignes


def action_rows(ctgs: tuple[Ctg, ...]) -> Lignes:
    """Return the rows of actions.csv: the plan of each agreement, its state told from its dates."""
    lignes: Lignes = []
    for c in ctgs:
        if c.depart is None or c.terme is None:
            continue
        rng = stream(f"actions-{c.id}")
        for champ, priorite in fields(c):
            for libelle in PROPOS[champ].actions[: 2 if priorite == 1 else 1]:
                debut = c.depart + (c.terme - c.depart) * between(rng, 0.02, 0.6)
                fin = min(debut + timedelta(days=int(between(rng, 150, 700))), c.terme)
                etat = "realisee" if fin < REFERENCE else "engagee" if debut <= REFERENCE else "prevue"
                etat = "abandonnee" if etat == "realisee" and rng.random() < 0.12 else etat
                etat = "engagee" if etat == "realisee" and c.id in INACHEVEES and champ == _TOUJOURS[0] else etat
                pilote = pick(rng, ("Commune", "Epci", "Caf", "Centre social", "Association gestionnaire"))
                lignes.append(
                    {
                        "id_action": f"ACT-{len(lignes) + 1:04d}",
                        "id_ctg": c.id,
                        "champ": champ,
                        "libelle": libelle,
                        "pilote": pilote,
                        "etat": etat,
                        "priorite": priorite,
                        "date_debut": str(debut),
                        "date_fin": str(fin),
                        "indicateur": PROPOS[champ].mesure,
                        **_said_of_action(c, champ, libelle),
                    }
                )
    return lignes


def _said_of_action(ctg: Ctg, champ: str, libelle: str) -> dict[str, Cellule]:
    """Tell what the letter asks of an action beside its calendar: orientations, inhabitants, adaptation, place."""
    rng = stream(f"dit-{ctg.id}-{champ}-{libelle}")
    habitants = rng.random() < 0.4
    maille = {"departemental": "departement", "intercommunal": "epci", "communal": "commune"}[ctg.echelon]
    return {
        "orientation_nationale": _ORIENTATIONS[champ],
        "priorite_locale": PROPOS[champ].objectif,
        "habitants_associes": ("oui" if habitants else "non") if rng.random() < 0.8 else "",
        "adaptation": pick(rng, _ADAPTATIONS) if rng.random() < 0.08 else "",
        "etiquettes": _ETIQUETTES.get(champ, ""),
        "maille": maille,
        "code_territoire": ctg.signataire,
    }
