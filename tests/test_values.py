"""Values are what the standard frozen dataclass with slots is, field by field."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import field
from typing import Any

import pytest

from factlog.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Tally:
    """A name that a builder might use itself, a default, a factory and a hidden field."""

    self: int
    name: str = "none"
    rows: tuple[int, ...] = field(default_factory=tuple)
    hidden: int = field(default=0, repr=False)


@dataclass(frozen=True, slots=True)
class One:
    """One number."""

    number: float


@dataclass(frozen=True, slots=True)
class Other:
    """Another number."""

    number: float


def test_a_value_is_built_by_place_or_by_name_with_its_defaults() -> None:
    assert Tally(1) == Tally(self=1, name="none", rows=(), hidden=0)
    assert repr(Tally(1, "a", (2,), 3)) == "Tally(self=1, name='a', rows=(2,))"
    with pytest.raises(TypeError):
        Tally()  # type: ignore[call-arg]


def test_a_value_is_equal_by_its_fields_and_only_to_its_own_kind() -> None:
    nan = float("nan")
    assert One(nan) == One(nan)
    assert One(1) != One(2)
    others: list[object] = [Other(1), 1]
    assert One(1) not in others
    assert len({One(1), One(1.0), Other(1)}) == 2


def test_a_value_never_changes() -> None:
    value = Tally(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del value.name
    assert not hasattr(value, "__dict__")


def test_a_value_is_replaced_matched_and_sent_to_another_process() -> None:
    value = dataclasses.replace(Tally(1), name="b", hidden=4)
    assert (value.self, value.name, value.hidden) == (1, "b", 4)
    assert pickle.loads(pickle.dumps(value)) == value
    match value:
        case Tally(1, name):
            assert name == "b"
    assert dataclasses.asdict(value) == {"self": 1, "name": "b", "rows": (), "hidden": 4}


@dataclass(slots=True)
class Count:
    """One that is no value: it counts on, and so cannot be a key."""

    so_far: int = 0


def test_without_frozen_it_may_change_and_is_no_key() -> None:
    count = Count()
    count.so_far += 2
    assert count == Count(2)
    with pytest.raises(TypeError):
        hash(count)


class Slotted(One):
    """One that can do more."""

    __slots__ = ()


class Roomy(One):
    """One that has room for anything else."""


@pytest.mark.parametrize("kind", [Slotted, Roomy])
def test_what_can_do_more_stays_what_it_is(kind: type[One]) -> None:
    for number in range(40):  # the first are built otherwise than those after them
        made = kind(number)
        assert type(made) is kind
        assert type(replace(made, number=1)) is kind
        assert (made.number, replace(made, number=1).number) == (number, 1)


@pytest.mark.parametrize("before", [0, 20])
@pytest.mark.parametrize(
    ("args", "named", "said"),
    [
        ([], {}, "missing 1 required positional argument: 'number'"),
        ([], {"nomber": 1}, "unexpected keyword argument 'nomber'"),
        ([1], {"nomber": 1}, "unexpected keyword argument 'nomber'"),
        ([1], {"number": 1}, "multiple values for argument 'number'"),
        ([1, "a", [], 4], {}, "takes from 2 to 4 positional arguments but 5 were given"),
    ],
)
def test_the_first_of_a_class_are_built_as_all_others_are(
    args: list[Any], named: dict[str, Any], said: str, before: int
) -> None:
    @dataclass(frozen=True, slots=True)
    class Row:
        """One with what must be given, and what need not be."""

        number: int
        name: str = "none"
        rows: list[int] = field(default_factory=list)

    for number in range(before):
        assert Row(number, rows=[]) == Row(number=number, name="none") == Row(number, "none", [])
        assert Row(1).rows is not Row(1).rows
    with pytest.raises(TypeError, match=said):
        Row(*args, **named)


@pytest.mark.parametrize("name", ["nmae", "__class__", "__repr__"])
def test_what_is_no_field_is_not_replaced(name: str) -> None:
    changed: dict[str, Any] = {name: "b"}
    with pytest.raises(TypeError, match=f"Tally has no field '{name}'"):
        replace(Tally(1), **changed)
