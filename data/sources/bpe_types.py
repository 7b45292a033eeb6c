"""Facilities of the BPE that belong to a thematic field: code of the vintage, type of service, fields."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TypeBpe:
    """`champ` holds several fields separated by `|`; `libelles_2013` are the headers of the 2013 counts."""

    type_service: str
    champ: str
    codes: tuple[str, ...] = ()
    libelles_2013: tuple[str, ...] = ()


TYPES: tuple[TypeBpe, ...] = (
    TypeBpe("eaje", "petite_enfance", ("D502",)),
    TypeBpe("accueil_petite_enfance", "petite_enfance", (), ("Garde d'enfant d'âge préscolaire",)),
    TypeBpe("relais_petite_enfance", "petite_enfance", ("D504",)),
    TypeBpe("laep", "parentalite", ("D503",)),
    TypeBpe("mediation_familiale", "parentalite", ("D507",)),
    TypeBpe("alsh", "enfance|jeunesse", ("D505",)),
    TypeBpe("ecole_maternelle", "enfance", ("C101", "C107"), ("École maternelle",)),
    TypeBpe("ecole_primaire", "enfance", ("C108",)),
    TypeBpe("ecole_elementaire", "enfance", ("C104", "C109"), ("École élémentaire",)),
    TypeBpe("regroupement_pedagogique", "enfance", ("C102", "C103", "C105")),
    TypeBpe("college", "jeunesse", ("C201",), ("Collège",)),
    TypeBpe("centre_social", "animation_vie_sociale", ("D506",)),
    TypeBpe("bibliotheque", "animation_vie_sociale", ("F307",)),
    TypeBpe("france_services", "acces_aux_droits", ("A128",)),
    TypeBpe("mairie", "acces_aux_droits", ("A129",)),
    TypeBpe("pole_emploi", "acces_aux_droits", ("A122",)),
    TypeBpe("justice", "acces_aux_droits", ("A124", "A125", "A126")),
    TypeBpe("poste", "acces_aux_droits", ("A206", "A207", "A208")),
    TypeBpe("aide_a_domicile", "aide_a_domicile", ("D403",)),
    TypeBpe(
        "hebergement_enfants_handicapes", "handicap", ("D601",), ("Enfants handicapés : hébergement",)
    ),
    TypeBpe(
        "service_enfants_handicapes", "handicap", ("D602",),
        ("Enfants handicapés : services à domicile ou ambulatoires",),
    ),
    TypeBpe("hebergement_adultes_handicapes", "handicap", ("D603",)),
    TypeBpe("service_adultes_handicapes", "handicap", ("D604",)),
    TypeBpe("travail_protege", "handicap", ("D605",)),
    TypeBpe(
        "aide_sociale_enfance_hebergement", "insertion", ("D701",), ("Aide sociale à l'enfance : hébergement",)
    ),
    TypeBpe(
        "aide_sociale_enfance", "insertion", ("D702",), ("Aide sociale à l'enfance : action éducative",)
    ),
    TypeBpe(
        "chrs", "insertion|logement", ("D703",), ("CHRS : centre d'hébergement et de réinsertion sociale",)
    ),
    TypeBpe("autre_etablissement_social", "insertion", ("D709",)),
)  # fmt: skip

PAR_CODE = {code: t for t in TYPES for code in t.codes}
PAR_LIBELLE = {libelle: t for t in TYPES for libelle in t.libelles_2013}
CODES_RECENTS = frozenset({"A128", "A129", "C107", "C108", "C109"})
"""Codes that only the nomenclature of 2021 and later has: they date a file that does not say its year."""
ANNEE_RECENTE = 2021
