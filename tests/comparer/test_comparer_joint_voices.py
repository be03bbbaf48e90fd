"""Sources that agree too often, told with how often they do."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from factlog.comparer import joint_voices
from factlog.comparer.joint_voices import of_groups
from factlog.comparer.voices import SubjectVoices, Voice
from factlog.names import fold
from factlog.policy import Interval, Measure


def subject(*voices: tuple[str, int | None]) -> SubjectVoices:
    """A subject of which these give a number, or a range."""
    wide = Interval(Decimal(1), Decimal(9))
    given = (Voice(s, None if n is None else Decimal(n), wide) for s, n in voices)
    return SubjectVoices("x", Measure(""), None, tuple(given), "", ())


GROUPS = {"ann": 0, "bob": 0, "cid": 2, "dot": 2}


@pytest.mark.parametrize(
    ("voices", "first"),
    [
        ([("Ann", 1), ("Bob", 1), ("Eve", 2)], (1, 1, 1)),
        ([("Ann", 1), ("Bob", 1), ("Eve", 1)], (1, 0, 1)),
        ([("Ann", 1), ("Bob", 1), ("Cid", 1), ("Dot", 1)], (1, 0, 1)),
        ([("Ann", 1), ("Bob", 1), ("Eve", None)], (1, 1, 1)),
        ([("Ann", 1), ("Bob", 2), ("Eve", 3)], (0, 0, 1)),
        ([("Ann", 1), ("Bob", None), ("Eve", 2)], (0, 0, 0)),
    ],
)
def test_it_is_counted_where_two_of_a_group_speak(
    voices: list[tuple[str, int | None]], first: tuple[int, int, int]
) -> None:
    every = [subject(*voices), subject(("Cid", 5), ("DOT", 5), ("Ann", 6))]
    found = of_groups(GROUPS, every)[0]
    assert (found.same, found.alone, found.of) == first


def test_many_groups_take_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many subjects there are, a name is folded once."""
    chance = random.Random(1)
    names = [f"S{n}" for n in range(40)]
    every = [subject(*((s, chance.randrange(3)) for s in names)) for _ in range(50)]
    folded: list[str] = []

    def counted(name: str) -> str:
        folded.append(name)
        return fold(name)

    monkeypatch.setattr(joint_voices, "fold", counted)
    found = of_groups({fold(s): n // 2 for n, s in enumerate(names)}, every)
    assert sorted(folded) == sorted(names)
    assert {n: each.sources for n, each in found.items()} == {
        n: tuple(sorted((f"S{2 * n}", f"S{2 * n + 1}"))) for n in range(20)
    }
    assert of_groups({}, every) == {}
