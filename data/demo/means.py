"""Who does what and with which means: interventions, conventions, schemas; and the national trajectory."""

from data.demo.agreements import CAF, Ctg
from data.demo.hazard import between, pick, stream
from data.demo.names import DEPARTEMENT_NOM
from data.demo.tables import Cellule, Lignes
from data.demo.territory import DEPARTEMENT, EPCI, Commune
from data.demo.wording import PROPOS

_ACTEURS = {
    "caf": CAF,
    "departement": f"Conseil départemental de la {DEPARTEMENT_NOM}",
    "msa": "Msa des Estuaires (fictive)",
    "etat": f"Préfecture de la {DEPARTEMENT_NOM}",
    "cpam": "Cpam (fictive)",
    "autre": "Fédération des centres sociaux (fictive)",
}
_SERVICES = {
    "petite_enfance": "relais_petite_enfance",
    "enfance": "accueil_de_loisirs",
    "jeunesse": "accueil_de_jeunes",
    "parentalite": "lieu_accueil_enfants_parents",
    "animation_vie_sociale": "centre_social",
    "logement": "accompagnement_logement",
    "insertion": "accompagnement_insertion",
    "handicap": "pole_ressources_handicap",
    "aide_a_domicile": "aide_aux_familles",
    "acces_aux_droits": "point_d_accueil",
    "inclusion_numerique": "atelier_numerique",
}
_NIVEAUX = ("information", "orientation", "service", "financement", "coordination", "ingenierie")
_PORTAIL = "portail_information_familles"


def intervention_rows(communes: tuple[Commune, ...]) -> Lignes:
    """Return the rows of interventions.csv: existing and potential; several actors inform families with a portal each."""
    lignes: Lignes = []

    def add(acteur: str, type_: str, champ: str, service: str, maille: str, code: str, niveau: str) -> None:
        rng = stream(f"intervention-{acteur}-{champ}-{service}-{code}")
        existante = rng.random() < 0.78
        lignes.append(
            {
                "id": f"INT-{len(lignes) + 1:04d}",
                "acteur": acteur,
                "type_acteur": type_,
                "champ": champ,
                "service": service,
                "etat": "existante" if existante else "potentielle",
                "maille": maille,
                "code_territoire": code,
                "niveau": niveau,
                "date_debut": f"{2015 + int(rng.integers(11))}-01-01" if existante else "",
                "date_fin": f"{2023 + int(rng.integers(3))}-12-31" if existante and rng.random() < 0.1 else "",
                "etp": int(between(rng, 1, 8)) / 2 if niveau != "financement" else None,
                "montant_eur": round(between(rng, 4, 190)) * 1_000 if rng.random() < 0.75 else None,
            }
        )

    for acteur, type_ in ((CAF, "caf"), (_ACTEURS["departement"], "departement")):
        add(acteur, type_, "parentalite", _PORTAIL, "departement", DEPARTEMENT, "information")
    for e in EPCI:
        rng = stream(f"interventions-{e.code}")
        if e.code in (EPCI[0].code, EPCI[3].code, EPCI[6].code):
            add(e.nom, "epci", "parentalite", _PORTAIL, "epci", e.code, "information")
        champs = [list(PROPOS)[i] for i in rng.permutation(len(PROPOS))][:7]
        for rang, champ in enumerate(champs):
            add(e.nom, "epci", champ, _SERVICES[champ], "epci", e.code, pick(rng, ("service", "coordination")))
            if rang < 4:
                type_ = pick(rng, list(_ACTEURS), (5, 3, 2, 1, 1, 2))
                add(_ACTEURS[type_], type_, champ, _SERVICES[champ], "epci", e.code, pick(rng, _NIVEAUX))
    for c in communes:
        if c.genre in ("ville", "ile") or c.population > 4_500:
            for champ in ("enfance", "acces_aux_droits"):
                add(c.nom, "commune", champ, _SERVICES[champ], "commune", c.code, "service")
    return lignes


def convention_rows(communes: tuple[Commune, ...], ctgs: tuple[Ctg, ...]) -> Lignes:
    """Return the rows of conventions.csv: Cej then bonus territoire, and coordination paid twice where a schema does too."""
    par_code = {c.code: c.nom for c in communes} | {e.code: e.nom for e in EPCI}
    lignes: Lignes = []

    def add(genre: str, code: str, champ: str, fonction: str, periode: tuple[str, str], id_ctg: str = "") -> None:
        rng = stream(f"convention-{genre}-{code}-{champ}-{fonction}-{periode[0]}")
        valeurs: dict[str, Cellule] = {
            "id": f"CONV-{len(lignes) + 1:04d}",
            "type": genre,
            "maille": "epci" if len(code) == 9 else "commune",
            "code_territoire": code,
            "collectivite": par_code[code],
            "champ": champ,
            "fonction": fonction,
            "date_debut": periode[0],
            "date_fin": periode[1],
            "montant_eur": round(between(rng, 12, 320)) * 1_000,
            "id_ctg": id_ctg,
        }
        lignes.append(valeurs)

    for e in EPCI:
        rng = stream(f"conventions-{e.code}")
        add("cej", e.code, "enfance|jeunesse", "coordination", ("2015-01-01", "2018-12-31"))
        add("cej", e.code, "petite_enfance|enfance", "service", ("2018-01-01", "2021-12-31"))
        add("psu", e.code, "petite_enfance", "service", ("2023-01-01", "2026-12-31"))
        if rng.random() < 0.75:
            add("ps", e.code, "parentalite", pick(rng, ("service", "information")), ("2024-01-01", "2027-12-31"))
        if rng.random() < 0.6:
            add("schema_avs", e.code, "jeunesse|animation_vie_sociale", "coordination", ("2022-01-01", "2026-12-31"))
        if rng.random() < 0.5:
            add(
                "autre",
                e.code,
                "acces_aux_droits",
                pick(rng, ("diagnostic", "ingenierie")),
                ("2025-01-01", "2026-12-31"),
            )
    for ctg in ctgs:
        if ctg.echelon != "departemental" and ctg.terme is not None and ctg.terme.year >= 2025:
            periode = (str(ctg.depart), str(ctg.terme))
            fonction = "coordination" if ctg.echelon == "intercommunal" else "copilotage"
            add("bonus_territoire", ctg.signataire, "petite_enfance|jeunesse", fonction, periode, ctg.id)
            add(
                "autre",
                ctg.signataire,
                "parentalite",
                "evaluation",
                (str(ctg.terme.year) + "-01-01", str(ctg.terme)),
                ctg.id,
            )
    return lignes


def schema_rows() -> Lignes:
    """Return the rows of schemas.csv: two for the département, one local, one past."""
    schemas = (
        ("SDSF-96-2", "schema_services_familles", "Schéma départemental des services aux familles (fictif)", "2022-01-01",
         "2027-12-31", "departement", DEPARTEMENT, "petite_enfance|parentalite", "Réduire les écarts d'accueil entre Epci"),
        ("SDSF-96-1", "schema_services_familles", "Premier schéma des services aux familles (fictif)", "2016-01-01",
         "2019-12-31", "departement", DEPARTEMENT, "petite_enfance|parentalite", "Ouvrir des places là où il en manque"),
        ("SAVS-96", "schema_animation_vie_sociale", "Schéma de l'animation de la vie sociale (fictif)", "2023-01-01",
         "2026-12-31", "departement", DEPARTEMENT, "animation_vie_sociale", "Un centre social par bassin de vie"),
        ("PACC-96", "plan_accessibilite", "Plan d'accessibilité aux services, secteur des Marches (fictif)", "2024-01-01",
         "2028-12-31", "epci", EPCI[10].code, "acces_aux_droits|inclusion_numerique", "Un accueil à moins de vingt minutes"),
    )  # fmt: skip
    noms = ("id_schema", "type", "libelle", "date_debut", "date_fin", "maille", "code_territoire", "champ", "objectif")
    return [dict(zip(noms, schema, strict=True)) for schema in schemas]


def trajectory_rows() -> Lignes:
    """Return the rows of trajectoire.csv: the documented national one, a reference and nobody's own objective."""
    cibles = ((2018, 20), (2019, 35), (2020, 55), (2021, 75), (2022, 85))
    return [
        {"annee": annee, "cible_population_pct": cible, "source": "Trajectoire nationale de la Cog 2018-2022"}
        for annee, cible in cibles
    ]
