"""Which measure a name or a thing means, and which definitions cannot stand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog.errors import MeasureError
from factlog.measures import check, find, measure_of, resolve, starter
from factlog.policy import Kind, Measure

KINDS = {
    "killed": Kind.CUMULATIVE, "injured": Kind.CUMULATIVE, "casualties": Kind.CUMULATIVE,
    "captured": Kind.CUMULATIVE, "deployed": Kind.CUMULATIVE, "missing": Kind.LEVEL,
    "displaced": Kind.LEVEL,
}  # fmt: skip


def test_the_starter_vocabulary_stands() -> None:
    check(starter())
    assert starter() is starter()
    kinds = {measure.name: measure.kind for measure in starter()}
    assert KINDS.items() <= kinds.items()
    assert find("casualties", starter()).parts == ("killed", "injured")


@pytest.mark.parametrize("measure", starter(), ids=lambda measure: measure.name)
def test_every_starter_measure_is_defined_in_one_line(measure: Measure) -> None:
    assert measure.definition.endswith(".")
    assert "\n" not in measure.definition
    assert all(alias == alias.strip() and alias for alias in measure.aliases)
    assert resolve(measure.name, starter()) == measure.name
    assert all(resolve(alias, starter()) == measure.name for alias in measure.aliases)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Deaths", "killed"),
        ("kia", "killed"),
        (" killed  in action", "killed"),
        ("Wounded", "injured"),
        ("killed and wounded", "casualties"),
        ("troops", "deployed"),
        ("IDPs", "displaced"),
        ("GDP", "gdp"),
        ("  Ships   Sunk ", "ships sunk"),
        ("", ""),
    ],
)
def test_a_name_or_alias_gives_the_measure(name: str, expected: str) -> None:
    assert resolve(name, starter()) == expected
    assert resolve(name, list(starter())) == expected
    assert resolve(name, iter(starter())) == expected


def test_an_unknown_measure_is_constant() -> None:
    assert find("GDP", starter()) == Measure("gdp", Kind.CONSTANT)


THINGS = [
    ("killed", "killed"), ("people killed", "killed"), ("People Killed", "killed"),
    ("dead", "killed"),
    ("North Korean soldiers killed", "killed"), ("killed in the attack", "killed"),
    ("troops killed", "killed"), ("deaths in Gaza", "killed"), ("KIA", "killed"),
    ("killed in action", "killed"), ("dead soldiers", "killed"), ("fatalities", "killed"),
    ("fatally wounded", "killed"), ("injured", "injured"), ("wounded prisoners", "injured"),
    ("casualties", "casualties"), ("killed and wounded", "casualties"),
    ("dead or injured", "casualties"),
    ("wounded or killed", "casualties"), ("killed/wounded", "casualties"),
    ("killed, wounded", "casualties"), ("soldiers killed & injured", "casualties"),
    ("troops", "deployed"), ("North Korean troops", "deployed"), ("troops in Russia", "deployed"),
    ("soldiers sent to Russia", "deployed"), ("troops deployed", "deployed"),
    ("deployed troops killed", "killed"), ("deployed troops wounded or killed", "casualties"),
    ("wounded or killed after being deployed", "casualties"),
    ("troops killed after being deployed to Kursk", "killed"),
    ("injured people who later died", "killed"), ("missing people found dead", "killed"),
    ("prisoners", "captured"), ("prisoners of war", "captured"), ("POWs", "captured"),
    ("people displaced by the war", "displaced"), ("unaccounted for", "missing"),
    ("troops present", "present"), ("people arrested", "arrested"),
    # what the vocabulary does not know, or what only looks like it
    ("homes", "homes"), ("Homes", "homes"), ("people", "people"), ("uninjured", "uninjured"),
    ("killed or missing", "killed or missing"),
    ("dead, wounded and missing", "dead, wounded and missing"),
    ("troops not deployed", "troops not deployed"),
    ("troops not yet deployed", "troops not yet deployed"),
    ("non-deployed troops", "non-deployed troops"),
    ("troops to be deployed", "troops to be deployed"),
    ("troops withdrawn", "troops withdrawn"), ("prisoners released", "prisoners released"),
    ("people sent home", "people sent home"), ("no longer missing", "no longer missing"),
    ("deadlines", "deadlines"), ("skilled workers", "skilled workers"), (None, ""), ("", ""),
    ("  ", ""),
]  # fmt: skip


@pytest.mark.parametrize(("thing", "expected"), THINGS)
def test_the_thing_counted_gives_the_measure(thing: str | None, expected: str) -> None:
    assert measure_of(thing, starter()) == expected


def test_the_longest_name_decides() -> None:
    own = (*starter(), Measure("soldiers killed"), Measure("tanks", aliases=("main battle tanks",)))
    assert measure_of("North Korean soldiers killed in Kursk", own) == "soldiers killed"
    assert measure_of("Russian main battle tanks lost", own) == "tanks"


def test_two_deeds_that_are_a_sum_of_ones_own_are_that_sum() -> None:
    own = (*starter(), Measure("lost to the front", parts=("dead", "missing")))
    assert measure_of("killed or missing", own) == "lost to the front"


def test_no_measures_know_nothing() -> None:
    assert measure_of("People killed", ()) == "people killed"
    assert resolve("Killed", ()) == "killed"


@given(st.text(max_size=60))
def test_any_thing_gives_some_measure(thing: str) -> None:
    assert bool(measure_of(thing, starter())) == bool(thing.strip())


NAMES = st.sampled_from([name for one in starter() for name in (one.name, *one.aliases)])


@given(NAMES, st.sampled_from(["people {}", "{} in Russia", "300 {}", "{}, officials said"]))
def test_a_name_means_its_measure_among_other_words(name: str, phrase: str) -> None:
    assert measure_of(phrase.format(name), starter()) == resolve(name, starter())


CIRCLES = [
    ((Measure("a", parts=("a",)),), "a, which has the part a"),
    ((Measure("a", parts=("b",)), Measure("b", parts=("a",))), "a, which has the part b, which"),
    (
        (Measure("a", parts=("x", "b")), Measure("b", parts=("c",)), Measure("c", parts=("A",))),
        "a, which has the part b, which has the part c, which has the part a",
    ),
    (
        (
            Measure("whole", parts=("deaths",)),
            Measure("killed", parts=("whole",), aliases=("deaths",)),
        ),
        "whole, which has the part killed",
    ),
]


@pytest.mark.parametrize(("measures", "says"), CIRCLES)
def test_a_sum_that_contains_itself_is_refused(measures: tuple[Measure, ...], says: str) -> None:
    with pytest.raises(MeasureError, match="part of itself") as caught:
        check(measures)
    assert says in caught.value.problem
    assert "--no-sum" in caught.value.remedy


@pytest.mark.parametrize("part", ["killed", "KILLED", "deaths"])
def test_a_sum_that_counts_a_part_twice_is_refused(part: str) -> None:
    killed = Measure("killed", aliases=("deaths",))
    with pytest.raises(MeasureError, match="whole would count killed twice"):
        check([killed, Measure("whole", parts=("killed", part))])


A = Measure("a")
BAD = [
    (replace(A, tolerance=Decimal("1.01")), "0% to 100%"),
    (replace(A, tolerance=Decimal("-0.01")), "0% to 100%"),
    (replace(A, window=-1), "below 0 days"),
    (replace(A, name=" "), "needs a name"),
    (replace(A, kind="total"), "constant, cumulative, level, flow"),  # type: ignore[arg-type]
    (replace(A, aliases=("B",)), "name of both a and b"),
]


@pytest.mark.parametrize(("measure", "says"), BAD)
def test_definitions_that_cannot_stand_are_refused(measure: Measure, says: str) -> None:
    with pytest.raises(MeasureError) as caught:
        check((measure, Measure("b")))
    assert says in str(caught.value)
    assert len(str(caught.value).splitlines()) == 2


def test_parts_may_nest_and_be_shared() -> None:
    nested = (
        Measure("casualties", parts=("killed", "injured", "civilians killed")),
        Measure("killed", parts=("soldiers killed", "civilians killed")),
        Measure("b", tolerance=Decimal(0), window=0),
    )
    check(nested)


def test_a_long_ladder_of_sums_is_checked_quickly() -> None:
    """Each is the two below: a walk that forgot what it had seen would take 1.6^2000 steps."""
    ladder = [Measure(f"m{n}", parts=(f"m{n + 1}", f"m{n + 2}")) for n in range(2000)]
    check(ladder)
