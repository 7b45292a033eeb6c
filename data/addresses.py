"""Public addresses of the openly licensed files; what has no lasting address is brought by hand from its page."""

from dataclasses import dataclass

_LO = "Licence Ouverte 2.0"
_CAF = "https://data.caf.fr/api/explore/v2.1/catalog/datasets/{jeu}/exports/csv?delimiter=%3B"
_INSEE = "https://www.insee.fr/fr/statistiques/fichier/{page}/{nom}"
_DATAGOUV = "https://www.data.gouv.fr/api/1/datasets/r/{ressource}"


@dataclass(frozen=True, slots=True)
class Adresse:
    """One file: where it is, whose it is, under what licence; "" as `url` where it must be brought by hand.

    `url` and `fichier` may hold `{departement}`: there is then one file per département. `france` tells that the
    file serves only when the whole of France is asked. `sha256` is known where the file never changes.
    """

    id: str
    titre: str
    producteur: str
    licence: str
    page: str
    url: str
    fichier: str
    sha256: str = ""
    france: bool = False

    @property
    def par_departement(self) -> bool:
        """Tell whether there is one file per département."""
        return "{departement}" in self.url


ADRESSES: tuple[Adresse, ...] = (
    Adresse(
        "cog", "Code officiel géographique 2026 (communes et mouvements)", "Insee", _LO,
        "https://www.insee.fr/fr/information/8740222",
        _INSEE.format(page="8740222", nom="cog_ensemble_2026_csv.zip"), "cog_ensemble_2026_csv.zip",
    ),
    Adresse(
        "populations", "Populations de référence 2023", "Insee", _LO,
        "https://www.insee.fr/fr/statistiques/8680726",
        _INSEE.format(page="8680726", nom="ensemble.zip"), "populations-2023-ensemble.zip",
    ),
    Adresse(
        "contours_departement", "Contours des communes du département", "Etalab, IGN", _LO,
        "https://geo.api.gouv.fr/decoupage-administratif/communes",
        "https://geo.api.gouv.fr/departements/{departement}/communes"
        "?format=geojson&geometry=contour&fields=nom,code,codeEpci,population",
        "communes-{departement}.geojson",
    ),
    Adresse(
        "contours_france", "Contours des communes de France, généralisés à 100 m", "Etalab, IGN", _LO,
        "https://www.data.gouv.fr/fr/datasets/contours-administratifs/",
        "https://object.data.gouv.fr/contours-administratifs/2025/geojson/communes-100m.geojson.gz",
        "communes-2025-100m.geojson.gz", france=True,
    ),
    Adresse(
        "epci", "Périmètre des Epci à fiscalité propre", "DGCL", _LO,
        "https://www.data.gouv.fr/fr/datasets/base-nationale-sur-les-intercommunalites/",
        _DATAGOUV.format(ressource="6e05c448-62cc-4470-aa0f-4f31adea0bc4"), "perimetre-epci-a-fp.csv",
    ),
    Adresse(
        "qpv", "Quartiers prioritaires 2024", "ANCT", _LO,
        "https://www.data.gouv.fr/fr/datasets/quartiers-prioritaires-de-la-politique-de-la-ville-qpv/",
        _DATAGOUV.format(ressource="942d4ee8-8142-4556-8ea1-335537ce1119"), "qpv-2024-geojson.zip",
    ),
    Adresse(
        "bpe", "Base permanente des équipements 2025", "Insee", _LO,
        "https://www.insee.fr/fr/statistiques/8217525",
        _INSEE.format(page="8217525", nom="BPE25.zip"), "BPE25.zip",
    ),
    Adresse(
        "filosofi", "Filosofi 2021, niveaux de vie par commune", "Insee", _LO,
        "https://www.insee.fr/fr/statistiques/7756729",
        _INSEE.format(page="7756729", nom="base-cc-filosofi-2021-geo2025_csv.zip"), "filosofi-2021-geo2025.zip",
    ),
    Adresse(
        "taux_epci", "Taux de couverture de l'accueil du jeune enfant, Epci", "Cnaf", _LO,
        "https://data.caf.fr/explore/dataset/txcouv_pe_epci/",
        _CAF.format(jeu="txcouv_pe_epci"), "txcouv_pe_epci.csv",
    ),
    Adresse(
        "taux_communes", "Taux de couverture de l'accueil du jeune enfant, communes", "Cnaf", _LO,
        "https://data.caf.fr/explore/dataset/txcouv_pe_com/",
        _CAF.format(jeu="txcouv_pe_com"), "txcouv_pe_com.csv",
    ),
    Adresse(
        "taux_departements", "Taux de couverture de l'accueil du jeune enfant, départements", "Cnaf", _LO,
        "https://data.caf.fr/explore/dataset/txcouv_pe_dep/",
        _CAF.format(jeu="txcouv_pe_dep"), "txcouv_pe_dep.csv",
    ),
    Adresse(
        "allocataires", "Foyers allocataires par commune", "Cnaf", _LO,
        "https://data.caf.fr/explore/dataset/s_ben_com_f/",
        _CAF.format(jeu="s_ben_com_f"), "s_ben_com_f.csv",
    ),
    Adresse(
        "france_services", "Liste des structures France services", "ANCT", _LO,
        "https://www.data.gouv.fr/fr/datasets/liste-des-structures-france-services/", "", "liste-fs.csv",
    ),
    Adresse(
        "frr", "Communes classées France ruralités revitalisation", "DGCL", _LO,
        "https://www.collectivites-locales.gouv.fr/zonage-france-ruralites-revitalisation", "",
        "liste-communes-FRR.csv",
    ),
    Adresse(
        "mediation", "Lieux de médiation numérique", "La Mednum, ANCT", _LO,
        "https://www.data.gouv.fr/fr/datasets/lieux-de-mediation-numerique-sur-le-territoire-national/", "",
        "mediation-numerique.csv",
    ),
    Adresse(
        "sites_caf", "Organisation des sites d'accueil des Caf", "Cnaf", _LO,
        "https://data.caf.fr/explore/?q=organisation+des+sites", "", "organisation-des-sites.csv",
    ),
)  # fmt: skip
