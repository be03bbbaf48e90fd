"""Wholes and parts on small records made by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from factlog.claim import Estimate, Hedge
from factlog.comparer import compare
from factlog.errors import MeasureError
from factlog.findings import MeasureComparison, Verdict
from factlog.policy import Interval, Kind, Measure
from support.records import (
    Record,
    around,
    at_least,
    at_most,
    between,
    exactly,
    measure_of,
    more_than,
    plus_minus,
)

J1, J2, J3 = "2025-01-01", "2025-01-02", "2025-01-03"
NESTED = [
    Measure("casualties", Kind.CUMULATIVE, ("killed", "injured")),
    Measure("killed", Kind.CUMULATIVE, ("soldiers", "civilians"), aliases=("dead",)),
    Measure("injured", Kind.CUMULATIVE),
    Measure("soldiers", Kind.CUMULATIVE),
    Measure("civilians", Kind.CUMULATIVE),
]


def casualties(record: Record) -> MeasureComparison:
    return measure_of(compare(record.claims, limit=None), "casualties")


def has_casualties(record: Record) -> bool:
    found = compare(record.claims)
    return any(m.measure == "casualties" for subject in found.subjects for m in subject.measures)


def nis(
    killed: Estimate | int = 300, injured: Estimate | int = 2700, date: str | None = J1
) -> Record:
    record = Record().say("NIS", killed, date, measure="killed", via="NBC", said="around 300")
    return record.say("NIS", injured, date, measure="injured", via="NBC", said="2,700")


def test_the_founding_story() -> None:
    record = nis(around(300), around(2700), "2025-01-13")
    record.say("Zelenskyy", around(4000), "../2025-01-12", measure="casualties", said="about 4,000")
    found = casualties(record)
    finding = found.findings[0]
    assert (found.verdict, finding.kind) == (Verdict.CONFLICT, "backwards")
    assert finding.ratio == pytest.approx(Decimal("1.333"), abs=Decimal("0.001"))
    assert finding.break_even == pytest.approx(Decimal("0.142857"), abs=Decimal("0.000001"))
    assert finding.why == (
        "Zelenskyy's about 4,000 (by 2025-01-12) is higher and earlier than NIS's about 3,000 "
        "(2025-01-13), and a running total cannot fall: they agree only if both "
        "are off by 14.3% or more; about 3,000 = killed around 300 + injured 2,700 (claims 1, 2)"
    )
    derived = found.sides[0]
    assert (derived.derived, derived.claims, derived.best) == (True, (1, 2), Decimal(3000))
    assert (derived.hedge, derived.via) == (Hedge.ABOUT, "NBC")
    assert derived.reading == Interval(Decimal(2700), Decimal(3300))


@pytest.mark.parametrize(
    ("killed", "injured", "hedge", "low", "best", "high"),
    [
        (exactly(300), exactly(2700), Hedge.EXACT, None, 3000, None),
        (exactly(300), around(2700), Hedge.ABOUT, None, 3000, None),
        (around(300), at_least(2700), Hedge.AT_LEAST, 3000, None, None),
        (more_than(300), more_than(2700), Hedge.MORE_THAN, 3000, None, None),
        (exactly(300), more_than(2700), Hedge.MORE_THAN, 3000, None, None),
        (at_most(300), exactly(2700), Hedge.AT_MOST, None, None, 3000),
        (at_most(300), at_least(2700), Hedge.VAGUE, None, None, None),
        (between(200, 400), between(2000, 3000), Hedge.RANGE, 2200, None, 3400),
        (between(200, 400), exactly(2700), Hedge.RANGE, 2900, None, 3100),
        (plus_minus(300, 10), plus_minus(2700, 10), Hedge.RANGE, 2980, None, 3020),
        (
            Estimate(Hedge.LESS_THAN, high=Decimal(300), high_open=True),
            exactly(2700),
            Hedge.LESS_THAN,
            None,
            None,
            3000,
        ),
    ],
)
def test_a_sum_is_as_firm_as_its_parts(
    killed: Estimate,
    injured: Estimate,
    hedge: Hedge,
    low: int | None,
    best: int | None,
    high: int | None,
) -> None:
    (side,) = casualties(nis(killed, injured)).sides
    assert (side.hedge, side.low, side.best, side.high) == (hedge, low, best, high)


def test_a_sum_that_nothing_bounds_still_reads_from_what_counts_allow() -> None:
    record = nis(at_most(300), at_least(2700)).say("B", 2000, J1, measure="casualties")
    finding = casualties(record).findings[0]
    assert (finding.verdict, finding.gap) == (Verdict.CONFLICT, Decimal(700))


def test_parts_of_one_statement_come_before_parts_of_one_date() -> None:
    record = nis().say("NIS", 900, J1, measure="killed", via="Other")
    found = casualties(record)
    assert [(side.best, side.claims) for side in found.sides] == [(Decimal(3000), (1, 2))]


def test_parts_of_one_date_serve_where_no_statement_has_all() -> None:
    record = Record().say("NIS", 300, J1, measure="killed", via="NBC")
    record.say("NIS", 2700, J1, measure="injured", via="AFP", url="https://afp")
    (side,) = casualties(record).sides
    assert (side.best, side.claims) == (Decimal(3000), (1, 2))
    assert (side.via, side.url) == ("NBC; AFP", "https://afp")


@pytest.mark.parametrize(
    "record",
    [
        Record().say("NIS", 300, J1, measure="killed").say("NIS", 2700, J2, measure="injured"),
        Record().say("NIS", 300, J1, measure="killed").say("JCS", 2700, J1, measure="injured"),
        Record().say("NIS", 300, J1, measure="killed").say("NIS", 9, None, measure="injured"),
        Record()
        .say("NIS", 300, J1, measure="killed", scope="K")
        .say("NIS", 2700, J1, measure="injured"),
        Record()
        .say("NIS", exactly(300, "g"), J1, measure="killed")
        .say("NIS", 2700, J1, measure="injured"),
        Record().say("NIS", 300, J1, measure="killed"),
        # Two figures that cannot both be right are no one part.
        Record()
        .say("NIS", 300, J1, measure="killed", via="a")
        .say("NIS", 900, J1, measure="killed", via="b")
        .say("NIS", 2700, J1, measure="injured", via="c"),
    ],
)
def test_no_whole_is_made_of_parts_that_do_not_belong_together(record: Record) -> None:
    assert not has_casualties(record)


def test_undated_parts_are_of_one_date_and_the_finding_says_so() -> None:
    record = nis(date=None).say("B", 9000, None, measure="casualties")
    assert "date unknown for B and NIS" in casualties(record).findings[0].why


def test_parts_convert_to_one_unit() -> None:
    measures = [Measure("total", Kind.LEVEL, ("left", "right"))]
    record = Record().say("A", exactly(1, "km"), J1, measure="left")
    record.say("A", exactly(500, "m"), J1, measure="right").say("B", exactly(1500, "m"), J1,
                                                              measure="total")  # fmt: skip
    found = measure_of(compare(record.claims, measures=measures), "total")
    assert found.unit == "m"
    assert {side.best for side in found.sides} == {Decimal(1500)}
    assert found.verdict is Verdict.AGREE


def test_sums_nest_from_the_smallest() -> None:
    record = Record().say("A", 100, J1, measure="soldiers").say("A", 200, J1, measure="civilians")
    record.say("A", 2700, J1, measure="injured").say("B", 5000, J1, measure="casualties")
    found = measure_of(compare(record.claims, measures=NESTED), "casualties")
    side = next(side for side in found.sides if side.derived)
    assert side.said == "killed (soldiers 100 + civilians 200) + injured 2700"
    assert (side.best, side.claims) == (Decimal(3000), (1, 2, 3))


def test_a_circle_is_refused() -> None:
    circle = [Measure("a", parts=("b", "c")), Measure("b", parts=("a", "c"))]
    with pytest.raises(MeasureError):
        compare(nis().claims, measures=circle)


def test_a_closed_whole_of_its_own_comes_first_and_the_sum_only_checks_it() -> None:
    record = nis().say("NIS", 3000, J1, measure="casualties").say("B", 3000, J1,
                                                                measure="casualties")  # fmt: skip
    found = casualties(record)
    assert (found.counts.agree, found.counts.sum) == (1, 0)
    shown = [(s.source, s.derived, s.current) for s in found.sides]
    assert shown == [("B", False, True), ("NIS", False, True), ("NIS", True, False)]


def test_a_closed_whole_off_its_sum_is_a_conflict() -> None:
    record = nis().say("NIS", 5000, J1, measure="casualties")
    found = casualties(record)
    finding = found.findings[0]
    assert (finding.verdict, finding.kind, found.counts.sum) == (Verdict.CONFLICT, "sum", 1)
    assert "NIS's casualties of 5,000 on 2025-01-01 is not the sum of its own parts" in finding.why
    assert "3,000 = killed around 300 + injured 2,700 (claims 1, 2)" in finding.why
    assert casualties(nis().say("NIS", 3010, J1, measure="casualties")).counts.sum == 0


def test_an_open_whole_and_its_sum_are_read_together() -> None:
    record = nis(around(300), around(2700))
    record.say("NIS", more_than(3000), J1, measure="casualties", said="more than 3,000")
    (side,) = casualties(record).sides
    assert (side.derived, side.claims) == (True, (1, 2, 3))
    assert side.reading == Interval(Decimal(3000), Decimal(3300), low_open=True)
    assert side.said == "more than 3,000; killed around 300 + injured 2,700"


def test_a_figure_read_together_with_a_sum_says_so() -> None:
    record = nis(around(300), around(2700))
    record.say("NIS", more_than(3000), J1, measure="casualties", said="more than 3,000")
    record.say("B", 9000, J1, measure="casualties")
    assert casualties(record).findings[0].why == (
        "B's 9,000 (2025-01-01) and NIS's more than 3,000 (2025-01-01) cannot both be right: "
        "they agree only if both "
        "are off by 50% or more; more than 3,000, of which killed around 300 + "
        "injured 2,700, read together (claims 1, 2, 3)"
    )


def test_an_open_whole_that_its_sum_does_not_reach_stands_and_conflicts() -> None:
    found = casualties(nis().say("NIS", more_than(5000), J1, measure="casualties"))
    assert found.counts.sum == 1
    assert [(s.derived, s.current) for s in found.sides] == [(False, True), (True, False)]


def test_a_whole_below_one_of_its_own_parts_is_a_conflict() -> None:
    record = Record().say("A", 300, J1, measure="killed").say("A", 200, J1, measure="casualties")
    found = casualties(record)
    finding = found.findings[0]
    assert (finding.kind, found.counts.sum) == ("sum", 1)
    assert "is less than its own killed of 300" in finding.why
    assert [side.measure for side in found.sides] == ["casualties", "killed"]
    assert casualties(
        Record().say("A", 300, J1, measure="killed").say("A", 200, J2, measure="casualties")
    ).counts.sum == 0  # fmt: skip


def test_a_part_above_anothers_whole_is_a_conflict_listed_under_the_whole() -> None:
    record = Record().say("A", 300, J1, measure="killed").say("B", 200, J2, measure="casualties")
    found = casualties(record)
    finding = found.findings[0]
    assert (finding.kind, found.counts.part, found.verdict) == ("part", 1, Verdict.CONFLICT)
    assert finding.sides == (0, 1)
    assert (found.sides[1].measure, found.sides[1].source) == ("killed", "A")
    assert finding.why == (
        "A's killed of 300 on 2025-01-01 is alone more than B's casualties of 200 on 2025-01-02: "
        "they agree only if both are off by 20% or more"
    )
    assert found.origins == 1


@pytest.mark.parametrize(
    ("part", "whole", "more", "counted"),
    [
        (J2, J1, {}, 0),  # the part is later: it may have grown
        (J1, J1, {}, 1),
        (None, J1, {}, 1),
        ("2025-01", J1, {}, 0),
        (J1, J2, {"scope": "K"}, 0),
        (J1, J2, {"origin": "B"}, 0),
    ],
)
def test_which_parts_are_held_against_which_wholes(
    part: str | None, whole: str, more: dict[str, str], counted: int
) -> None:
    record = Record().say("A", 300, part, measure="killed", **more)
    record.say("B", 200, whole, measure="casualties")
    assert casualties(record).counts.part == counted


def test_parts_of_levels_are_held_against_wholes_of_their_own_date() -> None:
    measures = [Measure("total", Kind.LEVEL, ("piece",)), Measure("piece", Kind.LEVEL)]
    for date, counted in ((J1, 0), (J2, 1)):
        record = Record().say("A", 300, date, measure="piece").say("B", 200, J2, measure="total")
        found = measure_of(compare(record.claims, measures=measures), "total")
        assert found.counts.part == counted


def test_a_part_within_the_tolerance_is_let_pass() -> None:
    record = Record().say("A", 201, J1, measure="killed").say("B", 200, J2, measure="casualties")
    assert casualties(record).counts.part == 0
