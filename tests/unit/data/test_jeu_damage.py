"""Files damaged at random: the reader may refuse them, never crash on them, never let nonsense in."""

import json
import random

import numpy as np
import pytest

from data.findings import report
from data.jeu import examine

MORCEAUX = [
    *(
        b'"',
        b";",
        b"\n",
        b"\r",
        b"\x00",
        b"\xff",
        b"\xe9",
        b"|",
        b",",
        b"-1",
        b"nan",
        b"inf",
        b"1e400",
        b"=",
        b"#",
        b"'",
    ),
    *(
        b"9999-12-31",
        b"31/02/2020",
        b"null",
        b"{",
        b"[",
        b"]",
        b"}",
        b"99999999999999999999",
        b"\xef\xbb\xbf",
        b"\xc2\xa0",
    ),
    *(b"2A004", b"75101", b"75056", b"qpv", b"Point", b"-", b"0", b"."),
]


def damage(octets: bytes, hasard: random.Random) -> bytes:
    abimes = bytearray(octets)
    for _ in range(hasard.choice([1, 2, 5, 20])):
        rang = hasard.randrange(len(abimes) + 1)
        match hasard.randrange(4):
            case 0:
                abimes[rang:rang] = hasard.choice(MORCEAUX)
            case 1:
                del abimes[rang : rang + hasard.choice([1, 2, 5, 50])]
            case 2:
                abimes[rang : rang + 2] = hasard.choice(MORCEAUX)
            case _:
                ailleurs = hasard.randrange(len(abimes) + 1)
                abimes[rang:rang] = abimes[ailleurs : ailleurs + 30]
    return bytes(abimes)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("graine", range(40))
def test_damaged_files_are_told_and_never_crash(atelier, graine):
    hasard = random.Random(graine)
    dossier = atelier.write()
    for chemin in hasard.sample(sorted(dossier.iterdir()), hasard.choice([1, 1, 2, 4])):
        chemin.write_bytes(damage(chemin.read_bytes(), hasard))
    lecture = examine(dossier)
    assert json.loads(json.dumps(report(lecture.nom, lecture.constats)))["erreurs"] == lecture.erreurs
    assert all(constat.message and constat.remede for constat in lecture.constats)
    assert (lecture.code_sortie == 2) is (lecture.frames is None)
    if lecture.frames is not None:
        frames = lecture.frames
        assert frames.communes["code"].is_unique
        assert frames.communes.is_valid.all()
        assert not (frames["services"]["capacite"] < 0).any()
        assert set(frames["services"]["code_commune"]) <= set(frames.communes["code"])
        positions = frames["services"][["latitude", "longitude"]].to_numpy()
        assert (np.isnan(positions) | (np.abs(positions) <= 180)).all()
