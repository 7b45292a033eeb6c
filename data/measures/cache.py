"""Memory of what never changes for one dataset, forgotten with the dataset."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

from data.frames import Frames

P = ParamSpec("P")
T = TypeVar("T")


def per_frames(compute: Callable[Concatenate[Frames, P], T]) -> Callable[Concatenate[Frames, P], T]:
    """Compute once per dataset and arguments (few and hashable); the result must not hold the Frames itself."""
    memoire: WeakKeyDictionary[Frames, dict[tuple[object, ...], T]] = WeakKeyDictionary()

    @wraps(compute)
    def remembered(frames: Frames, *args: P.args, **kwargs: P.kwargs) -> T:
        resultats = memoire.setdefault(frames, {})
        cle = (*args, *sorted(kwargs.items()))
        if cle not in resultats:
            resultats[cle] = compute(frames, *args, **kwargs)
        return resultats[cle]

    return cast(Callable[Concatenate[Frames, P], T], remembered)
