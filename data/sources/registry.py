"""Every official format that the atlas reads: a new one is one file and one line here.

Where two files give the same figure, the format that stands higher is believed.
"""

from data.sources import (
    contours,
    dgcl_epci,
    epci_siren,
    france_services,
    insee_cog,
    insee_epci,
    insee_populations,
)
from data.sources.reading import Format

SOURCES: tuple[Format, ...] = (
    insee_cog.COMMUNES,
    insee_cog.MOUVEMENTS,
    insee_cog.NOMS,
    insee_populations.POPULATIONS,
    dgcl_epci.EPCI,
    insee_epci.EPCI,
    contours.ADMIN_EXPRESS_3,
    contours.ADMIN_EXPRESS_4,
    contours.GEO_API,
    contours.GENERIQUE,
    epci_siren.APPARTENANCE,
    epci_siren.NOMS,
    france_services.FRANCE_SERVICES,
)
