"""The pages beside the map, in the order of the head."""

from dashboard.pages import ca, comparer, evaluation, projection, pupitre, registre, seances
from dashboard.pages.contract import Page

PAGES: tuple[Page, ...] = (
    comparer.PAGE,
    registre.PAGE,
    evaluation.PAGE,
    seances.PAGE,
    ca.PAGE,
    projection.PAGE,
    pupitre.PAGE,
)
