"""Within one source: two figures of one date, figures taken back, sources that stand alone."""

from __future__ import annotations

import pytest

from factlog.findings import Verdict
from factlog.policy import Kind
from support.records import (
    Record,
    around,
    at_least,
    between,
    judged,
    only_finding,
)

J1, J2, J3, J4 = "2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04"


def test_two_figures_of_one_date_beyond_the_tolerance_contradict_each_other() -> None:
    found = judged(Record().say("A", 3, J1).say("A", 9, J1), Kind.LEVEL)
    finding = only_finding(found)
    assert (finding.verdict, finding.kind) == (Verdict.CONFLICT, "self")
    assert "A gives two figures on 2025-01-01 that cannot both be right" in finding.why
    assert (found.counts.self, found.counts.single, found.counts.conflict) == (1, 1, 0)
    assert found.verdict is Verdict.CONFLICT


def test_every_pair_of_contradicting_figures_counts() -> None:
    record = Record()
    for number in (100, 101, 200, 300):
        record.say("A", number, J1)
    assert judged(record).counts.self == 5  # all but 100 with 101, which are near


def test_other_scopes_units_and_dates_do_not_contradict() -> None:
    record = Record().say("A", 3, J1).say("A", 9, J2).say("A", 20, J1, scope="K")
    assert judged(record, Kind.LEVEL).counts.self == 0


def test_undated_figures_are_of_one_date_and_say_so() -> None:
    finding = only_finding(judged(Record().say("A", 3).say("A", 9), Kind.LEVEL))
    assert finding.kind == "self"
    assert "date unknown for A" in finding.why


@pytest.mark.parametrize(
    ("kind", "numbers", "expected"),
    [
        (Kind.CUMULATIVE, (3000, 4000), []),
        (Kind.CUMULATIVE, (4000, 3000), ["down"]),
        (Kind.CUMULATIVE, (4000, 3990), []),  # within the tolerance
        (Kind.CUMULATIVE, (4000, 3000, 2000), ["down", "down"]),
        (Kind.CUMULATIVE, (4000, 3000, 3500), ["down"]),
        (Kind.CONSTANT, (3000, 4000), ["up"]),
        (Kind.CONSTANT, (4000, 3000), ["down"]),
        (Kind.CONSTANT, (4000, 4000), []),
        (Kind.LEVEL, (4000, 3000), []),
        (Kind.FLOW, (4000, 3000), []),
    ],
)
def test_a_figure_taken_back_is_revised(
    kind: Kind, numbers: tuple[int, ...], expected: list[str]
) -> None:
    record = Record()
    for number, date in zip(numbers, (J1, J2, J3), strict=False):
        record.say("A", number, date)
    found = judged(record, kind)
    assert [f.kind for f in found.findings] == expected
    assert found.counts.revised == len(expected)
    assert found.verdict is (Verdict.REVISED if expected else Verdict.SINGLE)


def test_a_revision_tells_what_changed() -> None:
    record = Record().say("A", 4000, J1).say("A", around(3000), J2)
    found = only_finding(judged(record, Kind.CUMULATIVE))
    assert found.why == (
        "A lowered its own running total by about 1,000, "
        "from 4,000 on 2025-01-01 to about 3,000 on 2025-01-02"
    )
    constant = only_finding(judged(Record().say("A", 3, J1).say("A", 4, J2)))
    assert constant.why.startswith("A raised its own figure by 1, from 3 on")


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (Kind.CUMULATIVE, "running total"),
        (Kind.CONSTANT, "figure"),
        (Kind.LEVEL, "figure"),
        (Kind.FLOW, "figure"),
    ],
)
def test_only_a_running_total_is_called_one(kind: Kind, what: str) -> None:
    published = ("2025-02-01", "2025-03-01")
    whys = [each.why for each in judged(of_a_day(500, 600, published=published), kind).findings]
    assert any(why.startswith(f"A raised its own {what} by 100, from 500 as") for why in whys)


def test_only_a_date_wholly_later_revises() -> None:
    record = Record().say("A", 4000, "2025-01-31").say("A", 3000, "2025-01")
    assert judged(record, Kind.CUMULATIVE).counts.revised == 0


def test_the_last_date_wholly_before_is_the_one_revised() -> None:
    # January as a whole ends later than the 10th, but is not before the 20th.
    record = Record().say("A", 4000, "2025-01-10").say("A", 5000, "2025-01")
    record.say("A", 3000, "2025-01-20")
    finding = only_finding(judged(record, Kind.CUMULATIVE))
    assert "from 4,000 on 2025-01-10" in finding.why


def test_of_a_date_with_two_figures_all_must_lie_beyond() -> None:
    record = Record().say("A", 3000, J1).say("A", 5000, J1).say("A", 4000, J2)
    assert judged(record, Kind.CUMULATIVE).counts.revised == 0
    record.say("A", 2000, J3)
    assert judged(record, Kind.CUMULATIVE).counts.revised == 1


def test_a_constant_compares_only_the_latest_across_sources() -> None:
    record = Record().say("A", 3, J1).say("A", 5, J2).say("B", 5, J1)
    found = judged(record)
    assert (found.counts.agree, found.counts.conflict, found.counts.revised) == (1, 0, 1)
    assert [(s.source, s.said, s.current) for s in found.sides] == [
        ("A", "5", True),
        ("B", "5", True),
        ("A", "3", False),
    ]


def test_an_undated_constant_is_as_new_as_its_logging() -> None:
    record = Record().say("A", 3, recorded="2025-01-01").say("A", 5, recorded="2025-01-02")
    found = judged(record.say("B", 5))
    assert (found.counts.agree, found.counts.self, found.counts.revised) == (1, 0, 1)
    logged_at_once = Record().say("A", 3, recorded=J1).say("A", 5, recorded=J1)
    assert judged(logged_at_once).counts.self == 1


def test_other_kinds_compare_every_figure_and_mark_the_latest() -> None:
    record = Record().say("A", 3, J1).say("A", 5, J2).say("B", 5, J1)
    found = judged(record, Kind.LEVEL)
    assert (found.counts.agree, found.counts.conflict) == (1, 1)
    assert [s.current for s in found.sides] == [True, True, False]


def test_one_source_alone_is_single() -> None:
    found = judged(Record().say("A", 3, J1).say("a", at_least(2), J2))
    assert (found.verdict, found.counts.single, found.findings) == (Verdict.SINGLE, 1, ())


def test_two_sources_that_cannot_be_compared_are_not_single() -> None:
    found = judged(Record().say("A", 3, scope="K").say("B", 3))
    assert (found.verdict, found.counts.single) == (Verdict.NOT_COMPARED, 0)


def test_a_retracted_claim_never_counts() -> None:
    record = Record().say("A", 3, J1).say("B", 9, J1, retracted="misread")
    assert judged(record).verdict is Verdict.SINGLE


def test_the_most_severe_verdict_is_the_measures() -> None:
    record = Record().say("A", 100, J1).say("B", 102, J1).say("C", between(50, 300), J1)
    assert judged(record).verdict is Verdict.NEAR
    assert judged(record.say("D", 900, J4)).verdict is Verdict.CONFLICT


def test_of_two_undated_constants_the_one_logged_later_revises_the_other() -> None:
    record = Record().say("A", 3, recorded=f"{J1}T09:00").say("A", 5, recorded=f"{J1}T09:05")
    found = judged(record.say("B", 5))
    assert (found.counts.agree, found.counts.self, found.counts.revised) == (1, 0, 1)
    assert [(s.source, s.said, s.current) for s in found.sides] == [
        ("A", "5", True),
        ("B", "5", True),
        ("A", "3", False),
    ]


def test_undated_figures_that_overlap_are_one_side_though_logged_apart() -> None:
    record = Record().say("A", at_least(300), recorded=f"{J1}T09:00")
    found = judged(record.say("A", around(300), recorded=f"{J1}T09:05"))
    assert [(s.said, s.claims) for s in found.sides] == [("about 300; at least 300", (1, 2))]


OVERLAPS = [
    # First date and logging, second date and logging, what is found, the figures now current.
    ("2020-01", J1, "2020-01-15", J2, (Verdict.REVISED, "up"), ["5"]),
    ("2020-01", J2, "2020-01-15", J1, (Verdict.REVISED, "down"), ["3"]),
    ("2020-01", J1, "2020-01-15", J1, (Verdict.CONFLICT, "self"), ["3"]),
    ("2020-01", None, "2020-01-15", None, (Verdict.CONFLICT, "self"), ["3"]),
    ("2020-01-15/2020-02-10", J1, "2020-02", J2, (Verdict.REVISED, "up"), ["5"]),
    ("2020-01", J1, "2020-01", J2, (Verdict.CONFLICT, "self"), ["3", "5"]),
    ("2020-01", J2, "2020-02-15", J1, (Verdict.REVISED, "up"), ["5"]),
]


@pytest.mark.parametrize(("one", "logged", "other", "again", "expected", "current"), OVERLAPS)
def test_where_dates_of_a_constant_overlap_the_logging_tells_which_is_later(
    one: str,
    logged: str | None,
    other: str,
    again: str | None,
    expected: tuple[Verdict, str],
    current: list[str],
) -> None:
    record = Record().say("A", 3, one, recorded=logged).say("A", 5, other, recorded=again)
    found = judged(record)
    finding = only_finding(found)
    assert (finding.verdict, finding.kind) == expected
    assert [side.said for side in found.sides if side.current] == current
    assert found.counts.conflicts == (expected[1] == "self")


def test_a_contradiction_between_overlapping_dates_gives_both() -> None:
    finding = only_finding(judged(Record().say("A", 3, "2020-01").say("A", 5, "2020-01-15")))
    assert finding.why.startswith(
        "A gives two figures that cannot both be right, 3 in 2020-01 and 5 on 2020-01-15: "
    )


def test_a_figure_joined_from_two_outlets_keeps_both() -> None:
    record = Record().say("A", 300, J1, via="NBC News", url="https://nbc.com/1")
    record.say("A", around(300), J1, via="Reuters", url="https://reuters.com/2")
    side = judged(record).sides[0]
    assert (side.said, side.via) == ("300; about 300", "NBC News; Reuters")
    assert side.url == "https://nbc.com/1; https://reuters.com/2"


def of_a_day(*numbers: int, published: tuple[str | None, ...] = (None, None)) -> Record:
    """A source's figures of 2 January, between 10 the day before and 90 the day after."""
    record = Record().say("A", 10, "2025-01-01").say("A", 90, "2025-01-03")
    for number, said_on in zip(numbers, published, strict=False):
        record.say("A", number, "2025-01-02", published=said_on)
    return record


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ((40, 60), {"growth"}),
        ((10, 90), {"growth"}),
        ((5, 60), {"self", "revised"}),
        ((40, 95), {"self", "revised"}),
    ],
)
def test_progress_through_a_day_is_growth(numbers: tuple[int, int], found: set[str]) -> None:
    counts = judged(of_a_day(*numbers), Kind.CUMULATIVE).counts
    assert {name for name in ("growth", "self", "revised") if getattr(counts, name)} <= found
    assert bool(counts.growth) == ("growth" in found)
    assert bool(counts.self) == ("self" in found)


def test_progress_is_told_from_the_lower_to_the_higher_figure() -> None:
    finding = judged(of_a_day(60, 40), Kind.CUMULATIVE).findings[0]
    assert finding.why == "A's running total rose by 20 on 2025-01-02, from 40 to 60"


def test_there_is_no_progress_through_a_day_without_figures_before_and_after() -> None:
    record = Record().say("A", 40, "2025-01-02").say("A", 60, "2025-01-02")
    assert judged(record, Kind.CUMULATIVE).counts.self == 1


@pytest.mark.parametrize("kind", Kind)
def test_two_figures_of_one_date_published_apart_are_an_edition_and_its_revision(
    kind: Kind,
) -> None:
    record = Record()
    for number, said_on in ((40, "2025-02-01"), (60, "2025-03-01"), (50, "2025-04-01")):
        record.say("A", number, "2025-01-02", published=said_on)
    found = judged(record, kind)
    assert (found.counts.self, found.counts.revised) == (0, 2)
    assert [each.kind for each in found.findings] == ["up", "down"]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("later", [None, "2025-01-03"], ids=["latest", "earlier date"])
def test_an_edition_that_was_replaced_contradicts_nobody(kind: Kind, later: str | None) -> None:
    record = Record().say("N", 200, "2025-01-02", published="2025-01-03")
    record.say("A", 120, "2025-01-02", published="2025-02-01")
    record.say("A", 135, "2025-01-02", published="2025-03-01")
    if later:
        record.say("A", 135, later, published="2025-03-01")
    found = judged(record, kind)
    assert not any(side.said == "120" and side.current for side in found.sides)
    told = [each for each in found.findings if each.verdict is not Verdict.REVISED]
    assert not any(found.sides[place].said == "120" for each in told for place in each.sides)
    assert found.counts.revised == 1


@pytest.mark.parametrize("kind", [Kind.CUMULATIVE, Kind.CONSTANT])
def test_the_last_edition_is_what_a_later_date_takes_back(kind: Kind) -> None:
    record = Record().say("A", 1204, "2025-01-02", published="2025-01-03")
    record.say("A", 1240, "2025-01-02", published="2025-01-09")
    record.say("A", 1200, "2025-02-01")
    told = [(each.kind, each.why) for each in judged(record, kind).findings]
    assert [each[0] for each in told] == ["down", "up"]
    assert "from 1,240 on 2025-01-02 to 1,200 on 2025-02-01" in told[0][1]


def test_an_edition_of_a_month_is_later_than_one_within_it() -> None:
    record = Record().say("A", 1240, "2025-01-02", published="2025-01-15")
    record.say("A", 1204, "2025-01-02", published="2025-01")
    record.say("A", 1300, "2025-02-01")
    told = [each.why for each in judged(record, Kind.CONSTANT).findings]
    assert any("from 1,204 on 2025-01-02 to 1,300" in each for each in told)
    assert not any("from 1,240 on 2025-01-02 to 1,300" in each for each in told)


def test_two_figures_of_one_edition_are_a_contradiction() -> None:
    record = of_a_day(5, 95, published=("2025-02-01", "2025-02-01"))
    assert judged(record, Kind.LEVEL).counts.self == 1
