"""The sections of the register, in the order of its navigation: one file each, one line here."""

from dashboard.registre import deadlines, deployment, register, situation
from dashboard.registre.contract import Section

SECTIONS: tuple[Section, ...] = (
    register.SECTION,
    deadlines.SECTION,
    deployment.SECTION,
    situation.SECTION,
)
