"""The contract between the frame of the register and its sections."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from dash import Dash

from dashboard.deps import Deps
from data.frames import Frames
from data.measures import territories
from layers.kit.view import View


@dataclass(frozen=True)
class Contexte:
    """What a section is built from: the dataset, the view that the address says, and the section's own parameters.

    `options` holds the parameters of the address that the section declares, `ctg` among them ("" where it is not
    asked); `deps` is None where no server runs (tests, commands).
    """

    frames: Frames
    vue: View
    aujourdhui: date
    onglet: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    deps: Deps | None = None

    @property
    def ctg(self) -> str:
        """Id of the agreement that the address asks for, "" for none."""
        return self.options.get("ctg", "")

    @cached_property
    def communes(self) -> tuple[str, ...] | None:
        """Codes of the communes that the territory filter keeps (made by the reader, else chosen); None for all."""
        if self.vue.communes:
            return self.vue.communes
        return territories.communes_of(self.frames, self.vue.territoire) if self.vue.territoire else None


@dataclass(frozen=True, slots=True)
class Feuille:
    """What a section shows: the title of the page (its only `h1`, set by the frame) and what stands under it."""

    titre: str
    corps: list[Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One section, at `/registre/?onglet=<id>`.

    `parametres` are the parameters of the address that it adds to those of the map; `fichiers` are what it offers to
    save, by file name, at `/registre/fichiers/<id>/<nom>?…` with the same parameters; `register` adds callbacks, whose
    components bear dict ids since they are not in the page at first; `sans_effet` gives, for each filter of the map
    (`echelon`, `champ`, `territoire`, `communes`) that changes nothing here, the reason why.
    """

    id: str
    libelle: str
    build: Callable[[Contexte], Feuille]
    parametres: tuple[str, ...] = ()
    fichiers: Mapping[str, Callable[[Contexte], bytes]] = field(default_factory=dict)
    register: Callable[[Dash, Deps], None] | None = None
    sans_effet: Mapping[str, str] = field(default_factory=dict)
