"""Track records: how often what a source said held the number that was decided."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from factlog.answers import TrackRecord
from factlog.claim import Claim
from factlog.comparer import compare, hits_of_each, in_numbers
from factlog.comparer.track_record import track_record
from factlog.decision import Decision, DecisionKind
from factlog.importing import claims
from factlog.policy import Kind, Measure
from factlog.stats.distributions import beta_below

KILLED = Measure("killed", Kind.CUMULATIVE)


def decided(subject: str, number: int, kind: DecisionKind = DecisionKind.VALUE) -> Decision:
    value = Decimal(number)
    return Decision(subject, "", kind, "reason", "me", low=value, high=value)


def cases(**sources: str) -> tuple[list[Claim], list[Decision]]:
    """A subject for each word of a source: what it says of it. 100 was decided of all."""
    given: list[Claim] = []
    decisions: list[Decision] = []
    for n in range(max(len(said.split()) for said in sources.values())):
        decisions.append(decided(f"case {n}", 100))
        for source, said in sources.items():
            words = dict(enumerate(said.split())).get(n, "-")
            if words != "-":
                given += claims(f"Case {n}", [words.replace("_", " ")], source=source)
    return given, decisions


def of(name: str, given: list[Claim], decisions: list[Decision]) -> TrackRecord | None:
    return track_record(name, hits_of_each(given, decisions, ()))


@pytest.mark.parametrize(
    ("words", "hit"),
    [
        ("100", True),
        ("101", False),
        ("about_95", True),
        ("90_to_110", True),
        ("100.0", True),
    ],
)
def test_a_hit_is_a_reading_that_holds_the_number(words: str, hit: bool) -> None:
    found = of("A", *cases(A=" ".join(["100"] * 9 + [words])))
    assert found is not None
    assert (found.decided, found.hits) == (10, 9 + hit)


def test_what_nothing_bounds_and_what_was_not_decided_is_no_case() -> None:
    given, decisions = cases(A="100 at_least_3 100 - 100 dozens hundreds")
    assert of("A", given, decisions) == TrackRecord(3)
    assert of("B", given, decisions) is None
    assert of("A", given, []) is None
    assert of("A", given, [decided(d.subject, 100, DecisionKind.RANGE) for d in decisions]) is None


@pytest.mark.parametrize(
    ("said", "low", "high", "cases"),
    [
        ("dozens", 24, 99, 0),
        ("several hundred", 200, 999, 0),
        ("at least 30", 30, None, 0),
        ("20 to 60", 20, 60, 1),
        ("about 30", 30, 30, 1),
    ],
)
def test_a_decided_word_or_limit_is_no_number_to_measure_by(
    said: str, low: int, high: int | None, cases: int
) -> None:
    ends = Decimal(low), None if high is None else Decimal(high)
    value = replace(decided("x", 0), said=said, low=ends[0], high=ends[1])
    record = of("A", [*claims("x", ["50"], source="A")], [value])
    assert (record.decided if record else 0) == cases


def test_a_word_that_is_preferred_is_kept_as_one_and_measures_nothing() -> None:
    said = [*claims("x", ["dozens"], source="W"), *claims("x", ["120"], source="A")]
    given = [replace(each, id=n) for n, each in enumerate(said, start=1)]
    ((found,),) = (each.measures for each in compare(given).subjects)
    word = in_numbers(Decision("x", "", DecisionKind.PREFER, "r", "m", claims=(1,)), found)
    assert (word.said, word.low, word.high) == ("dozens", Decimal(24), Decimal(99))
    assert hits_of_each(given, [word], ()) == {}


def test_words_that_are_preferred_together_measure_nothing_and_a_number_beside_them_does() -> None:
    words = enumerate(("dozens", "scores", "120"), start=1)
    given = [replace(*claims("x", [said], source=f"S{n}"), id=n) for n, said in words]
    ((found,),) = (each.measures for each in compare(given).subjects)
    preferred = Decision("x", "", DecisionKind.PREFER, "r", "m", claims=(1, 2))
    words_only = in_numbers(preferred, found)
    assert (words_only.low, words_only.high) == (Decimal(24), Decimal(199))
    assert words_only.words_only
    assert hits_of_each(given, [words_only], ()) == {}
    mixed = in_numbers(replace(preferred, claims=(1, 3)), found)
    assert (mixed.low, mixed.high) == (Decimal(24), Decimal(120))
    assert not mixed.words_only
    assert {each.source: each.hits for each in hits_of_each(given, [mixed], ()).values()} == {
        "S3": 1
    }


def test_below_ten_it_is_withheld_and_from_ten_on_has_its_interval() -> None:
    assert of("A", *cases(A="100 " * 9)) == TrackRecord(9)
    found = of("a", *cases(A="100 " * 10))
    assert found is not None
    assert (found.hits, found.high) == (10, 1.0)
    assert found.low == pytest.approx(0.829, abs=5e-4)  # 5% of Beta(10.5, 0.5) lie below
    assert beta_below(found.low or 0, 10.5, 0.5) == pytest.approx(0.05)


def test_sources_are_put_in_order_only_where_their_intervals_part() -> None:
    given, decisions = cases(A="100 " * 15, B="9 " * 15, C="100 " * 13 + "9 9", D="9 " * 9)
    records = {name: of(name, given, decisions) for name in "ABCD"}
    told = {name: (each.above, each.below) for name, each in records.items() if each}
    assert told == {
        "A": (("B",), ()),
        "B": ((), ("A", "C")),
        "C": (("B",), ()),
        "D": ((), ()),
    }


def test_a_source_is_judged_by_its_latest_figure_and_once_a_measure() -> None:
    given, decisions = cases(A="100 " * 10)
    earlier = claims("Case 0", ["7"], source="A", as_of="2020")
    later = claims("Case 0", ["7"], source="A", as_of="2030")
    assert of("A", [*given, *earlier, *later], decisions) == replace(
        of("A", *cases(A="7" + " 100" * 9)) or TrackRecord(0)
    )


@pytest.mark.parametrize("kind", [DecisionKind.PREFER, DecisionKind.VALUE])
def test_a_figure_of_another_date_or_scope_is_no_case(kind: DecisionKind) -> None:
    said = [
        each
        for source, value, day, scope in (
            ("Early", 60, "2026-01-01", None),
            ("Late", 100, "2026-01-10", None),
            ("Wrong", 90, "2026-01-10", None),
            ("After", 109, "2026-02-10", None),
            ("Part", 40, "2026-01-10", "Kursk only"),
            ("Undated", 100, None, None),
        )
        for each in claims(
            "x", [f"{value} killed"], source=source, as_of=day, scope=scope, measures=[KILLED]
        )
    ]
    given = [replace(each, id=n) for n, each in enumerate(said, start=1)]
    value = replace(decided("x", 100, kind), measure="killed")
    late = replace(value, claims=(2,) if kind is DecisionKind.PREFER else ())
    tally = {each.source: each.hits for each in hits_of_each(given, [late], [KILLED]).values()}
    assert tally == {"Late": 1, "Wrong": 0}
    tally = {each.source: each.hits for each in hits_of_each(given, [late], ()).values()}
    assert tally == {"Early": 0, "Late": 1, "Wrong": 0, "After": 0, "Undated": 1}


@pytest.mark.parametrize("unit", ["USD", "EUR"])
def test_as_many_voices_of_another_unit_leave_the_record_as_it_is(unit: str) -> None:
    given, decisions = cases(A="100_USD", B="100_USD", C="100_EUR", D="90_EUR")
    of_unit = [replace(each, unit=unit) for each in decisions]
    found = hits_of_each(given, of_unit, ()).values()
    tally = {each.source: (each.hits, each.of) for each in found}
    told = {"USD": {"A": (1, 1), "B": (1, 1)}, "EUR": {"C": (1, 1), "D": (0, 1)}}
    assert tally == told[unit]


def test_what_changes_with_time_is_settled_until_the_decision_is_stale() -> None:
    given = claims("x", ["100 killed"], source="A", measures=[KILLED])
    fresh = replace(decided("x", 100), measure="killed")
    stale = replace(fresh, stale_why="claim 9 was added")
    assert track_record("A", hits_of_each(given, [fresh], [KILLED])) == TrackRecord(1)
    assert track_record("A", hits_of_each(given, [stale], [KILLED])) is None
    constant = [Measure("killed")]
    assert track_record("A", hits_of_each(given, [stale], constant)) == TrackRecord(1)
    withdrawn = replace(stale, kind=DecisionKind.PREFER, claims=(9,), claims_stand=False)
    assert track_record("A", hits_of_each(given, [withdrawn], constant)) is None
