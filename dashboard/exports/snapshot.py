"""Everything an export is made from, gathered once for whatever format."""

from dataclasses import dataclass
from datetime import date

from dashboard.exports.cartouche import cartouche_of
from dashboard.exports.near import holders
from dashboard.exports.options import DEFAUT, Options
from dashboard.exports.sets import with_figures
from dashboard.scene import drawings_of
from data.caf import within
from data.frames import Frames
from layers.kit.cartouche import Cartouche
from layers.kit.contract import Drawing
from layers.kit.table import Tableau, places_of, table_of
from layers.kit.view import View
from layers.renderers.light import light
from layers.renderers.maps import Planche
from layers.renderers.strokes import Trace


@dataclass(frozen=True, eq=False)
class Instantane:
    """A view with its drawings, its words, and its twin in tables; `jour` is that of the edition.

    `communes` are those that a near view speaks of, empty for a view of the whole dataset; `traces` were drawn
    over it by hand.
    """

    vue: View
    frames: Frames
    drawings: tuple[Drawing, ...]
    cartouche: Cartouche
    options: Options = DEFAUT
    jour: date = date.min
    communes: frozenset[str] = frozenset()
    traces: tuple[Trace, ...] = ()

    @property
    def dessinable(self) -> Frames:
        """The dataset with outlines light enough to be drawn."""
        return light(self.frames)

    @property
    def planche(self) -> Planche:
        """What the printed media draw."""
        return Planche(self.drawings, self.dessinable, self.cartouche, self.communes, self.vue.emprise, self.traces)

    @property
    def territoires(self) -> Tableau:
        """One row per territory of the view's maille, of a near view only those that it speaks of."""
        table = table_of(self.drawings, self.frames, self.vue)
        if not self.communes:
            return table
        inside = holders(self.frames, self.vue.maille, self.communes)
        return Tableau(table.columns, tuple(row for row in table.rows if row[0] in inside))

    @property
    def lieux(self) -> Tableau:
        """One row per place shown."""
        return places_of(self.drawings, self.frames)


def snapshot_of(view: View, frames: Frames, aujourdhui: date, options: Options = DEFAUT) -> Instantane:
    """Draw a view on a given day and write its words; `options` say its paper and its edition."""
    frames = within(frames, view.caf)
    drawings = with_figures(drawings_of(view, frames), frames)
    cartouche = cartouche_of(view, frames, drawings, aujourdhui, options)
    return Instantane(view, frames, drawings, cartouche, options, aujourdhui)
