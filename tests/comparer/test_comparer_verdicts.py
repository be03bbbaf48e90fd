"""Each rule of the table of verdicts on a small record made by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Context, Decimal, localcontext

import pytest

from factlog.claim import Estimate, Hedge, Leaning
from factlog.comparer import verdicts
from factlog.findings import Verdict
from factlog.policy import POLICIES, Kind, Policy
from support.records import (
    Record,
    around,
    at_least,
    at_most,
    between,
    exactly,
    judged,
    less_than,
    more_than,
    only_finding,
    plus_minus,
)

CONSTANT, CUMULATIVE, LEVEL, FLOW = Kind.CONSTANT, Kind.CUMULATIVE, Kind.LEVEL, Kind.FLOW
J1, J2, J3 = "2025-01-01", "2025-01-02", "2025-01-03"


def two(
    one: Estimate | int,
    other: Estimate | int,
    first: str | None = J1,
    second: str | None = J1,
) -> Record:
    return Record().say("A", one, first).say("B", other, second)


@pytest.mark.parametrize(
    ("kind", "record", "verdict", "why"),
    [
        # units and scopes come first
        (CONSTANT, two(exactly(3, "m"), exactly(4, "g")), "not compared unit", "m and g"),
        (CONSTANT, two(exactly(3, "m"), 3), "not compared unit", "has a unit (m)"),
        (
            CONSTANT,
            Record().say("A", 3, scope="Kursk only").say("B", 9),
            "not compared scope",
            "one counts only Kursk, the other states no limit",
        ),
        (
            CONSTANT,
            Record().say("A", 3, scope="Kursk").say("B", 9, scope="Donetsk"),
            "not compared scope",
            "Kursk, against Donetsk",
        ),
        # staleness
        (LEVEL, two(3, 9, "2025-01-01", "2025-02-01"), "not compared stale", "31 days apart"),
        (LEVEL, two(3, 9, "2025-01-01", "2025-01-31"), "conflict disjoint", "window of 30 days"),
        (LEVEL, two(3, 9, "2025-01", "2025-03-02"), "conflict disjoint", "(2025-01)"),
        (LEVEL, two(3, 9, "2025-01", "2025-03-03"), "not compared stale", "31 days"),
        (LEVEL, two(3, 9, None, "2025-03-03"), "conflict disjoint", "date unknown for A"),
        (FLOW, two(3, 9, "2025-01", "2025-02"), "not compared stale", "(2025-0"),
        (FLOW, two(3, 9, "2025-01", "2025-01-31"), "not compared stale", "the periods differ"),
        (FLOW, two(3, 9, "2025-01", "2025-01"), "conflict disjoint", "(2025-01)"),
        (FLOW, two(3, 9, "2025-01", None), "conflict disjoint", "date unknown for B"),
        (CUMULATIVE, two(3, 3, "2020-01-01", "2025-01-01"), "agree", "can both be right"),
        # one voice
        (
            CONSTANT,
            Record().say("A", 3, origin="X").say("B", 9, origin="x"),
            "echo",
            "A's 3 and B's 9 both go back to X: one voice, not two, though the numbers differ",
        ),
        (
            CONSTANT,
            Record().say("A", 3, origin="B").say("B", 3),
            "echo",
            "both go back to B: one voice, not two",
        ),
        # agreement
        (CONSTANT, two(between(3, 5), between(5, 9)), "agree", "can both be right"),
        (CONSTANT, two(at_least(3), 9), "agree", "compatible: no upper limit stated"),
        (CONSTANT, two(at_least(3), more_than(9)), "agree", "no upper limit stated"),
        (CONSTANT, two(at_most(9), 3), "agree", "compatible: no lower limit stated"),
        (CONSTANT, two(at_most(9), at_least(3)), "agree", "compatible: no "),
        (CONSTANT, two(around(300), 330), "agree", "can both be right"),
        # near
        (CONSTANT, two(100, 102), "near", "differ by 2, and would meet if each were widened by 1%"),
        (CONSTANT, two(100, 103), "conflict disjoint", "both are off by 1.5% or more"),
        (CONSTANT, two(around(300), 333), "near", "270 to 330 and 333, were each widened"),
        (CONSTANT, two(500, 510), "near", "meet if each were widened by 1%"),
        (CONSTANT, two(-100, -102), "near", "differ by 2"),
        (
            CONSTANT,
            two(54 * 10**9, 544 * 10**8),
            "near",
            "54.4 billion (2025-01-01) differ by 400 million",
        ),
        (CONSTANT, two(more_than(3000), 3000), "near", "touch without overlapping"),
        # running totals
        (CUMULATIVE, two(3000, 4000, "2025-01-13", "2025-01-30"), "growth", "1,000 in 17 days"),
        (CUMULATIVE, two(3000, 4000, "2025-01", "2025-02-02"), "growth", "in 2 days or more"),
        (CUMULATIVE, two(3, 4, "2025-01-30", "2025-01"), "growth", "in 1 day at most"),
        (CUMULATIVE, two(3, 4, "../2025-01-30", "2025-01-31"), "growth", "in 1 day or more"),
        (CUMULATIVE, two(3, 4, "../2025-01-30", "2025-01-30"), "growth", "a time left open"),
        (CUMULATIVE, two(3, 4, "2025-01", "2025-01/2025-02"), "growth", "in 58 days at most"),
        (
            CUMULATIVE,
            two(around(4000), 3000, "../2025-01-12", "2025-01-13"),
            "conflict backwards",
            "A's about 4,000 (by 2025-01-12) is higher and earlier than B's 3,000 (2025-01-13), "
            "and a running total cannot fall: they agree only if both are off by 14.3% or more",
        ),
        (CUMULATIVE, two(9, 3, J1, J2), "conflict backwards", "A's 9 (2025-01-01) is higher"),
        (CUMULATIVE, two(9, 3, J1, J1), "conflict disjoint", "cannot both be right"),
        (CUMULATIVE, two(9, 3, "2025-01", "2025-01"), "conflict disjoint", "(2025-01)"),
        (CUMULATIVE, two(9, 3, "2025-01", "2025-01-31"), "conflict disjoint", "the dates touch"),
        (CUMULATIVE, two(9, 3, None, J1), "conflict disjoint", "date unknown for A"),
        (CUMULATIVE, two(9, 3, None, None), "conflict disjoint", "date unknown for A and B"),
        # a date from when it was published
        (
            CUMULATIVE,
            Record().say("A", 9, published=J1).say("B", 3, J2),
            "conflict backwards",
            "9 (2025-01-01)",
        ),
    ],
)
def test_the_first_rule_that_fits_names_the_finding(
    kind: Kind, record: Record, verdict: str, why: str
) -> None:
    found = judged(record, kind)
    finding = only_finding(found)
    assert f"{finding.verdict} {finding.kind or ''}".strip() == verdict
    assert why in finding.why
    assert found.verdict is finding.verdict


@pytest.mark.parametrize(
    ("one", "other", "gap", "ratio", "break_even"),
    [
        (around(3000), around(4000), "1000", "1.333", "0.14286"),
        (between(10, 20), 30, "10", "1.5", "0.2"),
        (exactly(0), 5, "5", None, "1"),
        (exactly(-2), 5, "7", None, "1"),
        (exactly(-10), -5, "5", "2", "0.33333"),
        (less_than(5), -5, "10", None, "1"),
        (less_than(3000), 4000, "1000", "1.333", "0.14286"),
        (less_than(3000), at_least(4000), "1000", "1.333", "0.14286"),
        (plus_minus(10, 1, None), 20, "9", "1.818", "0.29032"),
        (Estimate(Hedge.MORE_THAN, low=Decimal(300), low_open=True, side=Leaning.ABOVE), 400,
         "100", "1.333", "0.14286"),
        (Estimate(Hedge.LESS_THAN, high=Decimal(300), high_open=True, side=Leaning.BELOW), 200,
         "100", "1.5", "0.2"),
    ],
)  # fmt: skip
def test_the_distance_is_between_the_stated_ends(
    one: Estimate, other: Estimate | int, gap: str, ratio: str | None, break_even: str
) -> None:
    finding = only_finding(judged(two(one, other)))
    assert finding.verdict is Verdict.CONFLICT
    assert finding.gap == Decimal(gap)
    assert finding.break_even is not None
    assert finding.break_even == pytest.approx(Decimal(break_even), abs=Decimal("0.00001"))
    if ratio is None:
        assert finding.ratio is None
    else:
        assert finding.ratio == pytest.approx(Decimal(ratio), abs=Decimal("0.001"))


def test_an_open_bound_that_just_touches_is_no_distance_away() -> None:
    finding = only_finding(judged(two(more_than(3000), 3000), policy=POLICIES["strict"]))
    assert (finding.verdict, finding.kind) == (Verdict.CONFLICT, "disjoint")
    assert (finding.gap, finding.ratio, finding.break_even) == (Decimal(0), Decimal(1), Decimal(0))
    assert "no number in common" in finding.why


def test_agreement_has_no_distance() -> None:
    finding = only_finding(judged(two(at_least(3000), 4000)))
    assert (finding.gap, finding.ratio, finding.break_even) == (Decimal(0), None, None)


def test_an_echo_with_other_numbers_keeps_its_distance() -> None:
    record = Record().say("A", 3000, origin="X").say("B", 4000, origin="X")
    assert only_finding(judged(record)).gap == 1000


def test_percent_widening_leaves_temperatures_alone() -> None:
    finding = only_finding(judged(two(around(20, "degC"), exactly("20.1", "degC"))))
    assert (finding.verdict, finding.kind) == (Verdict.CONFLICT, "disjoint")
    assert (finding.gap, finding.ratio, finding.break_even) == (Decimal("0.1"), None, None)
    assert "they are 0.1 °C apart" in finding.why


def test_a_sum_of_temperatures_in_two_units_is_left_alone_too() -> None:
    finding = only_finding(judged(two(exactly("20", "degC"), exactly("293", "K"))))
    assert finding.break_even is None
    assert finding.gap == Decimal("0.15")


@pytest.mark.parametrize(
    ("policy", "verdict"),
    [("default", Verdict.AGREE), ("strict", Verdict.CONFLICT), ("digits", Verdict.AGREE)],
)
def test_a_policy_reads_hedges_its_own_way(policy: str, verdict: Verdict) -> None:
    # Half a unit of the last digit of 4000 is 500.
    found = judged(two(around(4000), 4400), policy=POLICIES[policy])
    assert found.verdict is verdict


def test_standard_errors_span_what_the_policy_says() -> None:
    record = two(plus_minus(10, 1), 12)
    assert judged(record).verdict is Verdict.AGREE
    assert judged(record, policy=Policy(sigmas=Decimal(1))).verdict is Verdict.CONFLICT


@pytest.mark.parametrize(
    ("one", "other", "policy", "verdict"),
    [
        (plus_minus(10, 3), plus_minus(20, 4), Policy(), "agree"),  # 2 sigma to the dot
        (plus_minus(10, 3), plus_minus("20.01", 4), Policy(), "near"),
        (plus_minus(10, 3), plus_minus(25, 4), Policy(), "near"),
        (plus_minus(25, 4), plus_minus("9.99", 3), Policy(), "conflict"),
        (plus_minus(25, 4), plus_minus("9.99", 3), Policy(near_sigmas=Decimal(4)), "near"),
        (plus_minus(25, 4), plus_minus("9.99", 3), Policy(sigmas=Decimal(4)), "agree"),
        # the fine-structure constant of 2006 and of 2018: no tolerance on a stated error
        (plus_minus("7297.3525376", "0.0000050"), plus_minus("7297.3525693", "0.0000011"),
         Policy(), "conflict"),
        # one alone states its uncertainty: only the other is widened
        (plus_minus(1000, 1), 1002, Policy(), "agree"),
        (plus_minus(1000, 1), 1012, Policy(), "near"),
        (plus_minus(1000, 1), 1013, Policy(), "conflict"),
        # an interval of unknown coverage is a range like any other
        (plus_minus(1000, 1, None), plus_minus(1003, 1, None), Policy(), "near"),
    ],
)  # fmt: skip
def test_figures_that_state_their_uncertainty_are_judged_in_sigmas(
    one: Estimate, other: Estimate | int, policy: Policy, verdict: str
) -> None:
    assert only_finding(judged(two(one, other), policy=policy)).verdict.value == verdict


def test_the_arms_that_face_each_other_count() -> None:
    lopsided = replace(plus_minus(10, 5), plus=Decimal(1))
    assert judged(two(lopsided, plus_minus(15, 1))).verdict is Verdict.CONFLICT
    assert judged(two(lopsided, plus_minus(5, 1))).verdict is Verdict.AGREE


def test_time_tells_growth_from_contradiction_among_measurements_too() -> None:
    early, late = plus_minus(10, 1), plus_minus(20, 1)
    assert judged(two(early, late, J1, J2), CUMULATIVE).verdict is Verdict.GROWTH
    backwards = only_finding(judged(two(late, early, J1, J2), CUMULATIVE))
    assert (backwards.kind, round(backwards.sigmas or 0, 1)) == ("backwards", 7.1)


@pytest.mark.parametrize(
    ("beside", "other", "sigmas"),
    [
        (plus_minus(101, 1), plus_minus(104, 1), [2.8, 2.1]),
        (plus_minus(101, 1), plus_minus(112, 1), [8.5, 7.8]),
        (plus_minus(100, 2), plus_minus(104, 1), [2.8, 1.8]),
        (plus_minus(100, 1), plus_minus(104, 1), [2.8]),  # the very same
        (between(95, 120), plus_minus(104, 1), [2.8, None]),
        (around(100), plus_minus(104, 1), [2.8, None]),
    ],
)
def test_what_states_its_uncertainty_is_a_side_of_its_own(
    beside: Estimate, other: Estimate, sigmas: list[float | None]
) -> None:
    record = Record().say("A", plus_minus(100, 1)).say("A", beside).say("B", other)
    found = judged(record)
    assert [each.sigmas and round(each.sigmas, 1) for each in found.findings] == sigmas
    assert len(found.sides) == len(sigmas) + 1
    assert not found.counts.self


def test_two_measurements_of_one_source_and_date_contradict_each_other_beyond_near() -> None:
    found = judged(Record().say("A", plus_minus(100, 1)).say("A", plus_minus(105, 1)))
    assert [(each.kind, round(each.sigmas or 0, 1)) for each in found.findings] == [("self", 3.5)]


def test_a_measure_sets_its_own_tolerance_and_window() -> None:
    assert judged(two(100, 104), tolerance=Decimal("0.02")).verdict is Verdict.NEAR
    assert judged(two(100, 102), tolerance=Decimal(0)).verdict is Verdict.CONFLICT
    apart = two(3, 9, "2025-01-01", "2025-02-01")
    assert judged(apart, LEVEL, window=31).verdict is Verdict.CONFLICT
    assert judged(two(3, 9, J1, J2), LEVEL, window=0).verdict is Verdict.NOT_COMPARED


def test_just_under_and_just_over_are_never_empty_under_a_strict_policy() -> None:
    just_under = Estimate(Hedge.LESS_THAN, high=Decimal(300), high_open=True, side=Leaning.BELOW)
    found = judged(two(just_under, just_under), policy=POLICIES["strict"])
    assert found.verdict is Verdict.AGREE
    assert found.counts.agree == 1


def test_the_numbers_in_a_sentence_keep_their_words_and_small_shares_their_digits() -> None:
    finding = only_finding(judged(two(exactly("8844.43", "m"), exactly("8848", "m")),
                                  policy=POLICIES["strict"]))  # fmt: skip
    assert (
        "A's 8,844.43 m (2025-01-01) and B's 8,848 m (2025-01-01) cannot both be right"
        in finding.why
    )
    assert "0.021% or more" in finding.why


def test_sentences_hold_no_markup() -> None:
    for record in (two(1, 9), two(1, 1), two(at_least(1), 5)):
        assert not set("[]<>*_\n") & set(only_finding(judged(record)).why)


@pytest.mark.parametrize("power", [0, -27, 30, -300, 500])
@pytest.mark.parametrize(
    ("off", "told"),
    [("0", False), ("1e-30", True), ("-1e-30", False), ("0.1", True), ("-0.1", False)],
)
def test_a_number_of_sigmas_is_told_to_the_last_digit(power: int, off: str, told: bool) -> None:
    low, arm = Decimal("7.25").scaleb(power), Decimal(3).scaleb(power)
    other = Decimal(4).scaleb(power)
    high = low + Decimal(10).scaleb(power)
    with localcontext(Context(prec=200)):
        high += Decimal(off).scaleb(power)
    lower, higher = (low, arm, arm), (high, other, other)
    assert verdicts.further_than(Decimal(2), lower, higher) is told
    assert not verdicts.further_than(Decimal(2), higher, lower)
