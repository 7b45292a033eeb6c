"""The agreements of twelve years: who signed what, when, for which communes."""

from dataclasses import dataclass
from datetime import date

from data.demo import names
from data.demo.epci import EPCI
from data.demo.names import DEPARTEMENT_NOM, VILLES_NOMS
from data.demo.tables import Lignes
from data.demo.territory import DEPARTEMENT, Commune

CAF = f"Caf de la {DEPARTEMENT_NOM}"
REFERENCE = date(2026, 11, 1)
CA1, CA2, CA3, GUERINEC, ROCHE, HAUTS, BRUMES, RIVES, BOCAGE, LANDES, MARCHES, CAP = (e.code for e in EPCI)
NOM_EPCI = {e.code: e.nom for e in EPCI}


@dataclass(frozen=True, slots=True)
class Ctg:
    """One agreement as the file tells it; dates are ISO text, "" where unknown; `signataire` a code or DEPARTEMENT."""

    id: str
    nom: str
    echelon: str
    statut: str
    signataire: str
    communes: tuple[str, ...]
    diagnostic: str = ""
    signature: str = ""
    debut: str = ""
    fin: str = ""
    duree: int | None = None
    precedente: str = ""
    habitants: bool = True

    @property
    def depart(self) -> date | None:
        """First day of the agreement, None before it is signed."""
        return date.fromisoformat(self.debut or self.signature) if self.signature else None

    @property
    def terme(self) -> date | None:
        """Last day, written or computed as FORMATS §3 says."""
        if self.depart is None or self.fin:
            return date.fromisoformat(self.fin) if self.fin else None
        jour = self.depart.replace(year=self.depart.year + (self.duree or 5))
        return date.fromordinal(jour.toordinal() - 1)


# signatory or town, generation, status, diagnosis, signature, start, end, years; the last one was signed without a
# diagnosis, so that the alert has a case to lead from
_CHAINES: tuple[tuple[str, str, int, str, str, str, str, str, int | None], ...] = (
    (DEPARTEMENT, "", 1, "renouvelee", "2015-03-12", "2015-12-14", "2016-01-01", "2019-12-31", 4),
    (DEPARTEMENT, "", 2, "signee", "2022-04-05", "2022-12-12", "2023-01-01", "2027-12-31", 5),
    (CA1, "", 1, "renouvelee", "2018-02-20", "2018-12-10", "2019-01-01", "2022-12-31", 4),
    (CA1, "", 2, "signee", "2022-03-15", "2022-12-05", "2023-01-01", "2027-12-31", 5),
    (CA2, "", 1, "renouvelee", "2015-04-09", "2015-12-03", "2016-01-01", "2019-12-31", 4),
    (CA2, "", 2, "renouvelee", "2019-05-21", "2019-12-16", "2020-01-01", "2023-12-31", 4),
    (CA2, "", 3, "signee", "2023-06-13", "2024-03-18", "2024-04-01", "2029-03-31", 5),
    (CA3, "", 1, "evaluation", "2021-02-02", "2021-12-13", "2022-01-01", "2026-12-31", 5),
    (GUERINEC, "", 1, "renouvelee", "2017-10-10", "2018-06-20", "2018-07-01", "2022-06-30", 4),
    (GUERINEC, "", 2, "signee", "2021-11-16", "2022-06-22", "2022-07-01", "2027-06-30", 5),
    (ROCHE, "secteur de la Roche", 1, "signee", "2023-03-28", "2023-12-19", "2024-01-01", "", None),
    (ROCHE, "secteur des Étangs", 1, "redaction", "2026-02-10", "", "", "", None),
    (HAUTS, "", 1, "signee", "2020-06-09", "2021-02-18", "2021-03-01", "2026-02-28", 5),
    (HAUTS, "", 2, "diagnostic", "", "", "", "", None),
    (BRUMES, "", 1, "renouvelee", "2019-03-19", "2019-12-12", "2020-01-01", "2024-12-31", 5),
    (BRUMES, "", 2, "signee", "2024-04-23", "2024-12-09", "2025-01-01", "2029-12-31", 5),
    (RIVES, "", 1, "signee", "2026-01-20", "2026-09-18", "2027-01-01", "2031-12-31", 5),
    (BOCAGE, "", 1, "signee", "2018-11-27", "2019-07-04", "2019-09-01", "2023-08-31", 4),
    (LANDES, "", 1, "redaction", "2026-03-24", "", "", "", None),
    (MARCHES, "", 1, "signee", "2022-10-18", "2023-06-15", "2023-01-01", "", 5),
    (CAP, "", 1, "non_engagee", "", "", "", "", None),
    ("Ormelance", "", 1, "renouvelee", "2014-05-13", "2014-12-15", "2015-01-01", "2018-12-31", 4),
    ("Ormelance", "", 2, "renouvelee", "2019-02-12", "2019-12-09", "2020-01-01", "2023-12-31", 4),
    ("Ormelance", "", 3, "signee", "2023-11-07", "2024-06-24", "2024-07-01", "2029-06-30", 5),
    (VILLES_NOMS[1], "", 1, "signee", "2021-06-08", "2022-02-14", "2022-03-01", "2027-02-28", 5),
    (VILLES_NOMS[2], "", 1, "signee", "2016-04-19", "2016-12-08", "2017-01-01", "2020-12-31", 4),
    (VILLES_NOMS[5], "", 1, "signee", "2022-05-31", "2022-12-20", "2023-01-01", "2027-12-31", 5),
    ("@banlieue", "", 1, "signee", "2020-11-24", "2021-07-05", "2021-09-01", "2026-08-31", 5),
    ("@" + BOCAGE, "", 1, "evaluation", "2021-01-26", "2021-10-18", "2021-11-02", "2026-11-01", 5),
    ("@" + LANDES, "", 1, "signee", "2025-12-02", "2026-10-12", "2026-11-01", "2031-10-31", 5),
    ("@" + CAP, "", 1, "a_l_etude", "", "", "", "", None),
    ("Île-d'Ulvaine", "", 1, "signee", "", "2025-04-11", "2025-05-01", "2030-04-30", 5),
)
_SECTEURS = {"secteur de la Roche": "A", "secteur des Étangs": "B"}
SANS_HABITANTS = frozenset({3, 8, 12, 17, 25})


def build(communes: tuple[Commune, ...]) -> tuple[Ctg, ...]:
    """Make every agreement with its communes."""
    par_cle: dict[tuple[str, str, int], str] = {}
    ctgs = []
    for rang, chaine in enumerate(_CHAINES):
        cle, secteur, generation, statut, diagnostic, signature, debut, fin, duree = chaine
        signataire, nom, membres = _who(cle, secteur, communes)
        echelon = "departemental" if cle == DEPARTEMENT else "intercommunal" if cle in NOM_EPCI else "communal"
        court = {"departemental": "D", "intercommunal": f"E{signataire[-3:]}", "communal": f"C{signataire}"}[echelon]
        ident = f"CTG-{DEPARTEMENT}-{court}{_SECTEURS.get(secteur, '')}-{generation}"
        par_cle[cle, secteur, generation] = ident
        precedente = par_cle.get((cle, secteur, generation - 1), "")
        habitants = rang not in SANS_HABITANTS and statut not in ("non_engagee", "a_l_etude")
        ctgs.append(
            Ctg(
                ident, f"{nom} {(debut or signature)[:4]}".strip(), echelon, statut, signataire, membres,
                diagnostic, signature, debut, fin, duree, precedente, habitants,
            )
        )  # fmt: skip
    return tuple(ctgs)


def _who(cle: str, secteur: str, communes: tuple[Commune, ...]) -> tuple[str, str, tuple[str, ...]]:
    """Return the signatory's code, the name of the agreement and the communes it covers."""
    if cle == DEPARTEMENT:
        return cle, f"Ctg départementale de la {DEPARTEMENT_NOM}", tuple(c.code for c in communes)
    if cle in NOM_EPCI:
        membres = sorted((c for c in communes if c.code_epci == cle), key=lambda c: (c.y, c.code))
        pays = NOM_EPCI[cle].removesuffix(" (partie)")
        nom = f"Ctg {pays}" + (f", {secteur}" if secteur else "")
        part = {"secteur de la Roche": membres[len(membres) // 3 + 2 :], "secteur des Étangs": membres[:7]}
        return cle, nom, tuple(sorted(c.code for c in part.get(secteur, membres)))
    if cle == "@banlieue":
        proches = [c for c in communes if c.code_epci == CA1 and c.genre == "banlieue"]
        commune = max(proches, key=lambda c: (c.population, c.code))
    elif cle.startswith("@"):
        commune = max((c for c in communes if c.code_epci == cle[1:]), key=lambda c: (c.population, c.code))
    else:
        commune = next(c for c in communes if c.nom == cle)
    return commune.code, f"Ctg {names.of(commune.nom)}", (commune.code,)


def rows(ctgs: tuple[Ctg, ...]) -> Lignes:
    """Return the rows of ctg.csv."""
    return [
        {
            "id_ctg": c.id,
            "nom": c.nom,
            "echelon": c.echelon,
            "statut": c.statut,
            "date_diagnostic": c.diagnostic,
            "date_signature": c.signature,
            "date_debut": c.debut,
            "date_fin": c.fin,
            "duree_annees": c.duree,
            "id_ctg_precedente": c.precedente,
            "habitants_associes": "oui" if c.habitants else "non",
            "service_referent": "Service territoires et partenariats",
            "source": "Convention fictive",
            "date_maj": "2026-10-15",
        }
        for c in ctgs
    ]


def commune_rows(ctgs: tuple[Ctg, ...]) -> Lignes:
    """Return the rows of ctg-communes.csv; some Epci sign with their communes, as the Moselle does."""
    signent = {CA2, BRUMES, MARCHES}
    return [
        {
            "id_ctg": c.id,
            "code_commune": code,
            "role": "signataire" if c.echelon == "communal" or c.signataire in signent else "couverte",
        }
        for c in ctgs
        for code in c.communes
    ]
