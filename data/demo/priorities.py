"""Priority territories: several definitions side by side, never merged, each with its source and year."""

from data.demo.epci import EPCI
from data.demo.hazard import between, pick, stream
from data.demo.indicators import Valeurs, epci_value
from data.demo.quarters import Qpv
from data.demo.tables import Lignes
from data.demo.territory import Commune

# Reference values of the fonds de rééquilibrage (2014-2017), as the letter's followers published them.
SEUILS = {
    "taux_couverture_petite_enfance": 54.0,
    "potentiel_financier_hab": 978.0,
    "revenu_net_moyen_foyer_fiscal": 21_197.0,
}
_ANNEE_FONDS = 2019


def rows(communes: tuple[Commune, ...], qpv: tuple[Qpv, ...], valeurs: dict[str, Valeurs]) -> Lignes:
    """Return the rows of territoires-prioritaires.csv; `valeurs` are the figures of `_ANNEE_FONDS` by commune."""
    return [*_qpv(qpv), *_frr(communes), *_fonds(communes, valeurs), *_caf(communes)]


def _qpv(qpv: tuple[Qpv, ...]) -> Lignes:
    return [
        _row("qpv_2024", "qpv", q.code, None, "", "Liste fictive de quartiers", 2024, "Quartier prioritaire")
        for q in qpv
    ]


def _frr(communes: tuple[Commune, ...]) -> Lignes:
    """France ruralités: the thinly peopled communes of the rural half."""
    lignes = []
    for c in communes:
        densite = c.population / c.superficie_km2
        if c.genre in ("rural", "bourg", "ile") and densite < 42:
            lignes.append(
                _row("frr_2025", "commune", c.code, None, "densite" if densite >= 22 else "densite|revenu",
                     "Zonage fictif France ruralités revitalisation", 2025, "FRR+" if densite < 22 else "FRR socle")
            )  # fmt: skip
    return lignes


def _fonds(communes: tuple[Commune, ...], valeurs: dict[str, Valeurs]) -> Lignes:
    """Count the criteria met by each Epci, from the figures of the dataset; an Epci that meets none is absent."""
    lignes = []
    for e in EPCI:
        membres = [valeurs[c.code] for c in communes if c.code_epci == e.code]
        remplis = [nom for nom, seuil in SEUILS.items() if epci_value(nom, membres) < seuil]
        if remplis:
            lignes.append(
                _row("fonds_reequilibrage", "epci", e.code, len(remplis), "|".join(remplis),
                     "Calcul sur les indicateurs du jeu", _ANNEE_FONDS, f"{len(remplis)} critères remplis sur 3"
                     if len(remplis) > 1 else "1 critère rempli sur 3")
            )  # fmt: skip
    return lignes


def _caf(communes: tuple[Commune, ...]) -> Lignes:
    """List what people named: the Epci of the Caf's contract, the communes of a concertation and its overrides."""
    motifs = ("Éloignement des services", "Reprise de la natalité", "Demande du conseil d'administration")
    lignes = [
        _row("cpog_caf", "epci", code, rang, "", "Contrat pluriannuel d'objectifs de la Caf (fictif)", 2024, motif)
        for rang, (code, motif) in enumerate(
            zip((EPCI[8].code, EPCI[11].code, EPCI[9].code), motifs, strict=True), start=1
        )
    ]
    rng = stream("concertation")
    petites = [c for c in communes if 300 < c.population < 3_000 and c.genre != "banlieue"]
    for i in sorted(rng.permutation(len(petites))[:26].tolist()):
        criteres = pick(rng, ("enclavement", "enclavement|precarite", "precarite", "logement|precarite"))
        motif = (
            "Dérogation : commune insulaire" if petites[i].genre == "ile" else "Besoin reconnu en comité de pilotage"
        )
        lignes.append(
            _row("concertation_locale", "commune", petites[i].code, 1 + int(between(rng, 0, 3)), criteres,
                 "Commission départementale des services aux familles (fictive)", 2025, motif)
        )  # fmt: skip
    return lignes


def _row(*valeurs: str | int | None) -> dict[str, str | int | float | None]:
    noms = ("definition", "maille", "code_territoire", "rang", "criteres", "source", "annee", "justification")
    return dict(zip(noms, valeurs, strict=True))
