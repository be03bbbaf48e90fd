"""How claims become sides: what is one figure, how it is shown, and in which order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from factlog.claim import Estimate, Hedge, Leaning
from factlog.comparer import compare, reading_of
from factlog.findings import Side, Verdict
from factlog.policy import POLICIES, Interval, Kind, Measure, Policy
from support.records import (
    Record,
    around,
    at_least,
    at_most,
    between,
    day,
    exactly,
    judged,
    less_than,
    measure_of,
    more_than,
    plus_minus,
)

J1, J2, J3 = "2025-01-01", "2025-01-02", "2025-01-03"


def sides(record: Record, kind: Kind = Kind.LEVEL) -> tuple[Side, ...]:
    return judged(record, kind).sides


def span(low: str | int | None, high: str | int | None, **opened: bool) -> Interval:
    return Interval(
        None if low is None else Decimal(low), None if high is None else Decimal(high), **opened
    )


def test_at_least_300_and_around_300_of_one_source_and_day_are_one_figure() -> None:
    record = Record().say("A", at_least(300), J1, said="at least 300", via="UPI")
    record.say("a", around(300), J1, said="around 300", via="AFP", url="https://afp")
    (side,) = sides(record)
    assert (side.said, side.via) == ("around 300; at least 300", "AFP; UPI")
    assert side.reading == span(300, 330)
    assert side.stated == span(300, 300)
    assert (side.hedge, side.best, side.low) == (
        Hedge.ABOUT,
        Decimal(300),
        None,
    )  # the firmest claim's
    assert (side.url, side.claims) == ("https://afp", (1, 2))


def test_words_and_outlets_are_named_once() -> None:
    record = Record().say("A", 300, J1, said="300", via="AFP").say("A", 300, J1, via="AFP")
    (side,) = sides(record)
    assert (side.said, side.via, side.claims) == ("300", "AFP", (1, 2))


def test_readings_are_merged_greedily_from_the_lowest() -> None:
    record = Record().say("A", between(5, 6), J1).say("A", between(1, 10), J1)
    record.say("A", between(2, 3), J1)
    assert sorted((s.reading.low, s.reading.high, s.claims) for s in sides(record)) == [
        (Decimal(2), Decimal(3), (2, 3)),
        (Decimal(5), Decimal(6), (1,)),
    ]


def test_the_firmest_claim_is_closed_then_narrow_then_first() -> None:
    record = Record().say("A", between(1, 10), J1).say("A", between(2, 5), J1)
    record.say("A", at_least(1), J1).say("A", between(4, 7), J1)
    (side,) = sides(record)
    assert (side.low, side.high) == (Decimal(2), Decimal(5))
    assert side.reading == span(4, 5)


def test_stated_ends_that_share_nothing_are_spanned() -> None:
    (side,) = sides(Record().say("A", around(4000), J1).say("A", around(4300), J1))
    assert side.stated == span(4000, 4300)
    assert side.reading == span(3870, 4400)


@pytest.mark.parametrize(
    ("one", "other"),
    [(J1, J2), ("2025-01", J1), (J1, None), ("../2025-01-01", J1)],
)
def test_other_dates_are_other_figures(one: str | None, other: str | None) -> None:
    assert len(sides(Record().say("A", 3, one).say("A", 3, other))) == 2


def test_the_same_days_are_one_date_however_they_are_given() -> None:
    assert len(sides(Record().say("A", 3, "2025-01").say("A", 3, "2025-01-01/2025-01-31"))) == 1
    assert len(sides(Record().say("A", 3, J1).say("A", 3, published=J1))) == 1


def test_scopes_are_matched_like_names() -> None:
    record = Record().say("A", 3, J1, scope="Kursk  Only").say("A", 3, J1, scope="kursk only")
    (side,) = sides(record.say("B", 3, J1))[:1]
    assert (side.scope, side.claims) == ("Kursk Only", (1, 2))
    assert len(sides(Record().say("A", 3, J1, scope="K").say("A", 3, J1))) == 2


def test_names_are_shown_as_first_given() -> None:
    record = Record().say("NIS", 3, J1).say("nis ", 4, J2)
    assert {side.source for side in sides(record)} == {"NIS"}
    again = [replace(claim, id=3 - (claim.id or 0)) for claim in record.claims]
    assert {side.source for side in judged(again, Kind.LEVEL).sides} == {"nis"}


def test_subjects_and_measures_are_matched_like_names() -> None:
    claims = [*Record("The War").say("A", 3, measure="Dead").claims]
    claims += [
        replace(c, id=2) for c in Record("the  war").say("B", 3, measure="fatalities").claims
    ]
    found = compare(claims)
    assert [subject.subject for subject in found.subjects] == ["The War"]
    assert [measure.measure for measure in found.subjects[0].measures] == ["killed"]


def test_one_origin_of_all_claims_is_the_sides() -> None:
    record = Record().say("A", 3, J1, origin="X").say("A", 3, J1, origin="x")
    assert sides(record)[0].origin == "X"
    mixed = Record().say("A", 3, J1, origin="X").say("A", 3, J1)
    found = judged(mixed.say("B", 3, J1, origin="X"), Kind.LEVEL)
    assert found.sides[0].origin is None
    assert (found.counts.agree, found.counts.echo) == (1, 0)


def test_origins_are_counted_once_each() -> None:
    record = Record().say("A", 3, J1, origin="X").say("B", 3, J1, origin="X").say("X", 3, J1)
    found = judged(record.say("C", 3, J1))
    assert found.origins == 2
    assert (found.counts.echo, found.counts.agree) == (3, 3)


def test_figures_are_shown_in_the_first_claims_unit() -> None:
    record = Record().say("A", exactly("2.5", "km"), J1).say("B", between(1600, 2600, "m"), J1)
    found = judged(record)
    assert found.unit == "km"
    other = found.sides[1]
    assert (other.unit, other.low, other.high) == ("km", Decimal("1.6"), Decimal("2.6"))
    assert found.verdict is Verdict.AGREE


def test_a_margin_is_converted_as_the_length_it_is() -> None:
    margin = replace(plus_minus(20, 2, None), unit="degC")
    found = judged(Record().say("A", exactly(293, "K"), J1).say("B", margin, J1))
    side = found.sides[1]
    assert (side.best, side.plus, side.minus) == (Decimal("293.15"), Decimal(2), Decimal(2))
    assert found.verdict is Verdict.AGREE


def test_figures_that_do_not_convert_keep_their_unit() -> None:
    record = Record().say("A", exactly(3, "m"), J1).say("B", exactly(3, "g"), J1).say("C", 3, J1)
    found = judged(record)
    assert [side.unit for side in found.sides] == ["m", "g", None]
    assert found.counts.unit == 3


def test_sides_go_latest_first_then_newest_then_by_source() -> None:
    record = Record().say("B", 3, J2).say("A", 3, J3).say("A", 3, J1).say("C", 3, J2).say("D", 3)
    assert [(side.source, str(side.when and side.when.said)) for side in sides(record)] == [
        ("A", J3),
        ("B", J2),
        ("C", J2),
        ("D", "None"),
        ("A", J1),
    ]


def test_claims_without_an_id_are_numbered_by_place() -> None:
    claims = [replace(claim, id=None) for claim in Record().say("A", 3, J1).say("B", 3, J1).claims]
    found = judged(claims)
    assert [side.claims for side in found.sides] == [(1,), (2,)]


def test_measures_and_subjects_go_worst_first() -> None:
    mild = Record("mild").say("A", 100).say("B", 102).claims
    bad = Record("bad").say("A", 1, measure="b").say("B", 2, measure="b")
    bad.say("A", 1, measure="a").say("B", 5, measure="a").say("A", 1, measure="c")
    found = compare([*mild, *bad.claims])
    assert [subject.subject for subject in found.subjects] == ["bad", "mild"]
    assert [measure.measure for measure in found.subjects[0].measures] == ["a", "b", "c"]
    again = compare([*mild, *bad.claims], limit=0)
    assert [m.measure for m in again.subjects[0].measures] == ["a", "b", "c"]
    assert all(not m.findings for subject in again.subjects for m in subject.measures)


def test_findings_go_by_severity_then_break_even() -> None:
    record = Record().say("A", 100).say("B", 102).say("C", 300).say("D", 300)
    found = judged(record)
    assert [(str(f.verdict), f.break_even and round(f.break_even, 3)) for f in found.findings] == [
        ("conflict", Decimal("0.5")),
        ("conflict", Decimal("0.5")),
        ("conflict", Decimal("0.493")),
        ("conflict", Decimal("0.493")),
        ("near", Decimal("0.01")),
        ("agree", None),
    ]
    assert [f.sides for f in found.findings[:2]] == [(0, 2), (0, 3)]


def test_of_equal_break_evens_the_wider_gap_goes_first() -> None:
    # Against zero every break-even is 100%.
    found = judged(Record().say("A", 0).say("B", 5).say("C", 9).say("D", 7))
    against_zero = [f.gap for f in found.findings if f.break_even == 1]
    assert against_zero == [9, 7, 5]


def test_the_record_as_it_stood() -> None:
    record = Record().say("A", 3, J1).say("B", 9, J1, published=J3).say("C", 9, J2)
    found = compare(record.claims, as_of=day(J2))
    assert [side.source for side in measure_of(found).sides] == ["C", "A"]
    assert found.as_of == day(J2)


def test_no_claims_make_an_empty_comparison() -> None:
    found = compare([])
    assert (found.subjects, found.counts.compared) == ((), 0)


@pytest.mark.parametrize(
    ("estimate", "policy", "expected"),
    [
        (around(300), "default", span(270, 330)),
        (around(300), "digits", span(250, 350)),
        (around(300), "strict", span(300, 300)),
        (around(20, "degC"), "default", span(20, 20)),
        (more_than(300), "default", span(300, None, low_open=True)),
        (less_than(300), "default", span(0, 300, high_open=True)),
        (at_most(300), "default", span(0, 300)),
        (plus_minus(10, 1), "default", span(8, 12)),
        (
            Estimate(Hedge.MORE_THAN, low=Decimal(300), low_open=True, side=Leaning.ABOVE),
            "strict",
            span(300, 300),
        ),
    ],
)
def test_readings_follow_the_policy(estimate: Estimate, policy: str, expected: Interval) -> None:
    assert reading_of(estimate, POLICIES[policy]) == expected


def test_a_policy_of_ones_own() -> None:
    assert reading_of(around(100), Policy(about=Decimal("0.5"))) == span(50, 150)


def test_a_sum_of_temperatures_keeps_percent_widening_off() -> None:
    measures = [Measure("n", Kind.LEVEL, ("left", "right"))]
    record = Record().say("A", exactly(1, "degC"), J1, measure="left")
    record.say("A", exactly(1, "degC"), J1, measure="right").say("B", exactly("2.01", "degC"), J1)
    assert measure_of(compare(record.claims, measures=measures)).verdict is Verdict.CONFLICT
