"""Who does what and with which means: interventions, conventions, schemas; and the national trajectory."""

from data.demo.agreements import CAF, Ctg
from data.demo.epci import EPCI
from data.demo.hazard import between, pick, stream
from data.demo.names import DEPARTEMENT_NOM
from data.demo.tables import Cellule, Lignes
from data.demo.territory import DEPARTEMENT, Commune
from data.demo.wording import PROPOS

_ACTEURS = {
    "caf": CAF, "departement": f"Conseil départemental de la {DEPARTEMENT_NOM}", "msa": "Msa des Estuaires (fictive)",
    "etat": f"Préfecture de la {DEPARTEMENT_NOM}", "cpam": "Cpam (fictive)",
    "autre": "Fédération des centres sociaux (fictive)",
}  # fmt: skip
_SERVICES = {
    "petite_enfance": "relais_petite_enfance", "enfance": "accueil_de_loisirs", "jeunesse": "accueil_de_jeunes",
    "parentalite": "lieu_accueil_enfants_parents", "animation_vie_sociale": "centre_social",
    "logement": "accompagnement_logement", "insertion": "accompagnement_insertion",
    "handicap": "pole_ressources_handicap", "aide_a_domicile": "aide_aux_familles",
    "acces_aux_droits": "point_d_accueil", "inclusion_numerique": "atelier_numerique",
}  # fmt: skip
_NIVEAUX = ("information", "orientation", "service", "financement", "coordination", "ingenierie")
_PORTAIL = "portail_information_familles"
_SCHEMAS = (
    ("SDSF-96-2", "schema_services_familles", "Schéma départemental des services aux familles (fictif)",
     "2022-01-01", "2027-12-31", "departement", DEPARTEMENT, "petite_enfance|parentalite",
     "Réduire les écarts d'accueil entre Epci"),
    ("SDSF-96-1", "schema_services_familles", "Premier schéma des services aux familles (fictif)",
     "2016-01-01", "2019-12-31", "departement", DEPARTEMENT, "petite_enfance|parentalite",
     "Ouvrir des places là où il en manque"),
    ("SAVS-96", "schema_animation_vie_sociale", "Schéma de l'animation de la vie sociale (fictif)",
     "2023-01-01", "2026-12-31", "departement", DEPARTEMENT, "animation_vie_sociale",
     "Un centre social par bassin de vie"),
    ("PACC-96", "plan_accessibilite", "Plan d'accessibilité aux services, secteur des Marches (fictif)",
     "2024-01-01", "2028-12-31", "epci", EPCI[10].code, "acces_aux_droits|inclusion_numerique",
     "Un accueil à moins de vingt minutes"),
)  # fmt: skip


def intervention_rows(communes: tuple[Commune, ...]) -> Lignes:
    """Return the rows of interventions.csv, existing and potential; several actors tell families the same things."""
    lieux = [("departement", DEPARTEMENT, type_, _ACTEURS[type_], "parentalite", _PORTAIL, "information")
             for type_ in ("caf", "departement")]  # fmt: skip
    for e in EPCI:
        rng = stream(f"interventions-{e.code}")
        if e in (EPCI[0], EPCI[3], EPCI[6]):
            lieux.append(("epci", e.code, "epci", e.nom, "parentalite", _PORTAIL, "information"))
        for rang, champ in enumerate([list(PROPOS)[i] for i in rng.permutation(len(PROPOS))][:7]):
            niveau = pick(rng, ("service", "coordination"))
            lieux.append(("epci", e.code, "epci", e.nom, champ, _SERVICES[champ], niveau))
            if rang < 4:
                type_ = pick(rng, list(_ACTEURS), (5, 3, 2, 1, 1, 2))
                lieux.append(("epci", e.code, type_, _ACTEURS[type_], champ, _SERVICES[champ], pick(rng, _NIVEAUX)))
    for c in communes:
        if c.genre in ("ville", "ile"):
            for champ in ("enfance", "acces_aux_droits"):
                lieux.append(("commune", c.code, "commune", c.nom, champ, _SERVICES[champ], "service"))
    return [_intervention(rang, lieu) for rang, lieu in enumerate(lieux, start=1)]


def _intervention(rang: int, lieu: tuple[str, ...]) -> dict[str, Cellule]:
    maille, code, type_acteur, acteur, champ, service, niveau = lieu
    rng = stream(f"intervention-{acteur}-{champ}-{service}-{code}")
    genre = "gestionnaire" if service == "centre_social" and type_acteur == "autre" else type_acteur
    existante = service == _PORTAIL or rng.random() < 0.75
    return {
        "id": f"INT-{rang:04d}", "acteur": acteur,
        "type_acteur": genre, "champ": champ, "service": service,
        "etat": "existante" if existante else "potentielle", "maille": maille, "code_territoire": code,
        "niveau": niveau, "date_debut": f"{2015 + int(rng.integers(8))}-01-01" if existante else "",
        "date_fin": f"{2023 + int(rng.integers(3))}-12-31" if existante and rng.random() < 0.1 else "",
        "etp": int(between(rng, 1, 8)) / 2 if niveau != "financement" else None,
        "montant_eur": round(between(rng, 4, 190)) * 1_000 if rng.random() < 0.75 else None,
    }  # fmt: skip


def convention_rows(communes: tuple[Commune, ...], ctgs: tuple[Ctg, ...]) -> Lignes:
    """Return the rows of conventions.csv: Cej, then bonus territoire; some coordination is financed twice."""
    contrats: list[tuple[str, str, str, str, str, str, str]] = []
    for e in EPCI:
        rng = stream(f"conventions-{e.code}")
        contrats += [
            ("cej", e.code, "enfance|jeunesse", "coordination", "2015-01-01", "2018-12-31", ""),
            ("cej", e.code, "petite_enfance|enfance", "service", "2018-01-01", "2021-12-31", ""),
            ("psu", e.code, "petite_enfance", "service", "2023-01-01", "2026-12-31", ""),
        ]
        ps, avs, autre = (rng.random() for _ in range(3))
        fonctions = pick(rng, ("service", "information")), pick(rng, ("diagnostic", "ingenierie"))
        if ps < 0.75:
            contrats.append(("ps", e.code, "parentalite", fonctions[0], "2024-01-01", "2027-12-31", ""))
        if avs < 0.6:
            contrats.append(
                ("schema_avs", e.code, "jeunesse|animation_vie_sociale", "coordination", "2022-01-01", "2026-12-31", "")
            )
        if autre < 0.5:
            contrats.append(("autre", e.code, "acces_aux_droits", fonctions[1], "2025-01-01", "2026-12-31", ""))
    for ctg in ctgs:
        if ctg.echelon != "departemental" and ctg.terme is not None and ctg.terme.year >= 2025:
            fonction = "coordination" if ctg.echelon == "intercommunal" else "copilotage"
            periode = str(ctg.depart), str(ctg.terme)
            contrats.append(("bonus_territoire", ctg.signataire, "petite_enfance|jeunesse", fonction, *periode, ctg.id))
            derniere = f"{ctg.terme.year}-01-01", str(ctg.terme)
            contrats.append(("autre", ctg.signataire, "parentalite", "evaluation", *derniere, ctg.id))
    noms = {c.code: c.nom for c in communes} | {e.code: e.nom for e in EPCI}
    return [_convention(rang, contrat, noms[contrat[1]]) for rang, contrat in enumerate(contrats, start=1)]


def _convention(rang: int, contrat: tuple[str, ...], collectivite: str) -> dict[str, Cellule]:
    genre, code, champ, fonction, debut, fin, id_ctg = contrat
    rng = stream(f"convention-{genre}-{code}-{champ}-{fonction}-{debut}")
    return {
        "id": f"CONV-{rang:04d}", "type": genre, "maille": "epci" if len(code) == 9 else "commune",
        "code_territoire": code, "collectivite": collectivite, "champ": champ, "fonction": fonction,
        "date_debut": debut, "date_fin": fin, "montant_eur": round(between(rng, 12, 320)) * 1_000, "id_ctg": id_ctg,
        "etp": int(between(rng, 1, 6)) / 2 if fonction != "service" else None,
    }  # fmt: skip


def schema_rows() -> Lignes:
    """Return the rows of schemas.csv: two successive ones for families, one for social life, one local plan."""
    noms = ("id_schema", "type", "libelle", "date_debut", "date_fin", "maille", "code_territoire", "champ", "objectif")
    return [dict(zip(noms, schema, strict=True)) for schema in _SCHEMAS]


def trajectory_rows() -> Lignes:
    """Return the rows of trajectoire.csv: the documented national one, a reference and nobody's own objective."""
    cibles = ((2018, 20), (2019, 35), (2020, 55), (2021, 75), (2022, 85))
    return [
        {"annee": annee, "cible_population_pct": cible, "source": "Trajectoire nationale de la Cog 2018-2022"}
        for annee, cible in cibles
    ]
