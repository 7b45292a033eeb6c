"""The land under the commune codes, in pieces that are never merged and never forgotten.

A merger gives several pieces (atoms) one owner, and a commune that is re-established takes back the very pieces that
it once brought: so a passage between two years only compares two owners of each atom.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Day:
    """Movements of live communes on one date, as pairs of codes (before, after), "" for none.

    `codes_first` (changes of département) are played before `changes` (mergers and splits), `codes_last` (transfers
    of chef-lieu) after. `kept_as_part` are the communes that stay as a part under their own code, `restored` the
    parts that become communes again.
    """

    date: str
    codes_first: tuple[Pair, ...] = ()
    changes: tuple[Pair, ...] = ()
    codes_last: tuple[Pair, ...] = ()
    kept_as_part: frozenset[str] = frozenset()
    restored: frozenset[str] = frozenset()

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair of the day, in the order in which they are played."""
        return self.codes_first + self.changes + self.codes_last


def undo(live: set[str], day: Day) -> None:
    """Go back over one day, in place, on the set of the live codes."""
    kept = {before for before, after in day.pairs if before == after}
    gone = {before for before, _ in day.pairs if before}
    born = {after for _, after in day.pairs if after}
    passing = (gone & born) - kept - live
    live -= born
    live |= gone - passing


@dataclass
class Land:
    """Atoms and their owners as the days go by: mutable while a history is built, then thrown away.

    `owner[atom]` is a rank in `rank`, -1 for none; `split_from[atom]` is the atom that it was cut from, -1 when it
    came from nowhere. `former[code]` holds the lands that a code brought into mergers, oldest first. `ecarts` are
    codes whose movement could not be played.
    """

    rank: dict[str, int]
    owner: list[int]
    atoms: dict[str, set[int]]
    former: dict[str, list[set[int]]] = field(default_factory=dict)
    split_from: dict[int, int] = field(default_factory=dict)
    ecarts: list[str] = field(default_factory=list)

    @classmethod
    def start(cls, codes: Iterable[str]) -> "Land":
        """Give one atom to each commune of the first map."""
        rank = {code: number for number, code in enumerate(sorted(codes))}
        return cls(rank, list(rank.values()), {code: {number} for code, number in rank.items()})

    def play(self, day: Day) -> None:
        """Play one day."""
        self._play(day.codes_first, day, renumbered=True)
        self._play(day.changes, day, renumbered=False)
        self._play(day.codes_last, day, renumbered=True)

    def _play(self, pairs: tuple[Pair, ...], day: Day, *, renumbered: bool) -> None:
        targets: dict[str, list[str]] = {}
        for before, after in pairs:
            targets.setdefault(before, []).append(after)
        for code in targets.pop("", []):
            self._give(code, {self._new_atom(-1)})
        self.ecarts += sorted(code for code in targets if code not in self.atoms)
        taken = {code: self.atoms.pop(code) for code in targets if code in self.atoms}
        for code, atoms in taken.items():
            afters = targets[code]
            if len(afters) > 1:
                self._split(code, afters, atoms, day.restored)
                continue
            if not renumbered and (afters[0] != code or code in day.kept_as_part):
                self.former.setdefault(code, []).append(set(atoms))
            self._give(afters[0], atoms)

    def _give(self, code: str, atoms: set[int]) -> None:
        owner = self.rank.setdefault(code, len(self.rank)) if code else -1
        if code:
            self.atoms.setdefault(code, set()).update(atoms)
        for atom in atoms:
            self.owner[atom] = owner

    def _new_atom(self, origin: int) -> int:
        atom = len(self.owner)
        self.owner.append(-1)
        self.split_from[atom] = origin
        for part in (part for parts in self.former.values() for part in parts if origin in part):
            part.add(atom)
        return atom

    def _split(self, code: str, afters: list[str], atoms: set[int], restored: frozenset[str]) -> None:
        """Share a commune out: restored parts take their old land, one heir keeps the rest, others get new atoms."""
        rest = set(atoms)
        back = []
        for after in afters:
            if after in restored and (part := self._old_part(after, rest)):
                back.append(after)
                rest -= part
                self._give(after, part)
        others = [after for after in afters if after not in back]
        heir = code if code in others or not others else others[0]
        for after in others:
            if after != heir:
                part = self._old_part(after, rest) or {self._new_atom(min(rest))}
                rest -= part
                self._give(after, part)
        self._give(heir if heir in afters else afters[0], rest)

    def _old_part(self, code: str, rest: set[int]) -> set[int]:
        """Last land that a code brought here, when it leaves some to the others; nothing where there is none."""
        lands = (land & rest for land in reversed(self.former.get(code, [])))
        return next((land for land in lands if land and land < rest), set())
