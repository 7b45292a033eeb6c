"""The pages beside the map, in the order of the head."""

from dashboard.pages import registre
from dashboard.pages.contract import Page

PAGES: tuple[Page, ...] = (registre.PAGE,)
