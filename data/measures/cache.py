"""Memory of what never changes for one dataset, forgotten with the dataset."""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
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


def lately_per_frames(
    limite: int,
) -> Callable[[Callable[Concatenate[Frames, P], T]], Callable[Concatenate[Frames, P], T]]:
    """Do as `per_frames` where arguments are many (days, addresses): `limite` results of a dataset, those used last."""

    def decorate(compute: Callable[Concatenate[Frames, P], T]) -> Callable[Concatenate[Frames, P], T]:
        memoire: WeakKeyDictionary[Frames, OrderedDict[tuple[object, ...], T]] = WeakKeyDictionary()
        verrou = Lock()

        @wraps(compute)
        def remembered(frames: Frames, *args: P.args, **kwargs: P.kwargs) -> T:
            cle = (*args, *sorted(kwargs.items()))
            with verrou:
                resultats = memoire.setdefault(frames, OrderedDict())
                if cle in resultats:
                    resultats.move_to_end(cle)
                    return resultats[cle]
            trouve = compute(frames, *args, **kwargs)  # without the lock: at worst it is made twice
            with verrou:
                resultats[cle] = trouve
                while len(resultats) > limite:
                    resultats.popitem(last=False)
            return trouve

        return cast(Callable[Concatenate[Frames, P], T], remembered)

    return decorate
