"""The sections of the register, in the order of its navigation: one file each, one line here."""

from dashboard.registre import (
    access,
    conventions,
    deadlines,
    deployment,
    fields,
    interventions,
    means,
    overlaps,
    register,
    results,
    situation,
    update,
)
from dashboard.registre.contract import Section

SECTIONS: tuple[Section, ...] = (
    register.SECTION,
    deadlines.SECTION,
    deployment.SECTION,
    situation.SECTION,
    fields.SECTION,
    interventions.SECTION,
    overlaps.SECTION,
    conventions.SECTION,
    means.SECTION,
    results.SECTION,
    access.SECTION,
    update.SECTION,
)
