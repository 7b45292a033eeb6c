"""Two processes that serve one carnet tell the windows of a séance the same position."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.carnet.database import Carnet
from dashboard.seances import writing
from dashboard.seances.errors import SeanceInconnueError
from dashboard.seances.positions import Positions


def test_what_one_process_was_told_another_says(carnet: Carnet) -> None:
    seance = writing.create(carnet, {"titre": "CA"}, [])
    one, other = Positions(carnet), Positions(Carnet(carnet.url))
    assert (one.get(seance).tour, other.get(seance).etat) == (0, {})
    assert one.put(seance, "a", {"n": 3}).tour == 1
    assert (other.get(seance).tour, other.get(seance).etat, other.get(seance).origine) == (1, {"n": 3}, "a")
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda n: (one, other)[n % 2].put(seance, "b", {"n": n}).tour, range(16)))
    assert sorted(said) == list(range(2, 18))
    assert one.get(seance) == other.get(seance)
    with pytest.raises(SeanceInconnueError):
        one.put("rien", "a", {})


def test_a_carnet_that_cannot_be_written_does_not_stop_a_meeting(
    carnet: Carnet, monkeypatch: pytest.MonkeyPatch
) -> None:
    seance = writing.create(carnet, {"titre": "CA"}, [])
    positions = Positions(carnet)
    positions.put(seance, "a", {"n": 1})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Carnet, "_ready", full)
        assert positions.put(seance, "a", {"n": 2}).tour == 2
        assert positions.put(seance, "a", {"n": 3}).tour == 3
        assert positions.get(seance).etat == {"n": 3}
    assert positions.put(seance, "a", {"n": 4}).tour == 4  # written again, after those that were not
    assert Positions(carnet).get(seance).etat == {"n": 4}
