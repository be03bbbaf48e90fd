"""Pooling claims: which are combined, which are left out and why, and in what numbers."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.answers import NotPooled, Pooled
from factlog.claim import Claim, Estimate, Hedge, Period, Statement
from factlog.comparer.measurements import measurement, sigmas_between
from factlog.comparer.pool import pool, pool_each
from factlog.errors import PoolingError
from factlog.findings import Side
from factlog.policy import Interval, Kind, Measure, one_sigma

EXAMPLE = Path(__file__).parents[2] / "examples" / "pdg_example.csv"
STANDARD = Decimal("0.683")


def on(text: str) -> Period:
    """One day, or a year."""
    if len(text) == 4:
        return Period(text, date(int(text), 1, 1), date(int(text), 12, 31))
    return Period(text, date.fromisoformat(text), date.fromisoformat(text))


def stated(
    best: str,
    plus: str,
    minus: str = "",
    *,
    coverage: str | None = "0.683",
    unit: str | None = None,
) -> Estimate:
    """A figure with its uncertainty."""
    return Estimate(
        Hedge.PLUS_MINUS,
        best=Decimal(best),
        plus=Decimal(plus),
        minus=Decimal(minus or plus),
        coverage=None if coverage is None else Decimal(coverage),
        unit=unit,
    )


def claim(
    number: int,
    estimate: Estimate,
    source: str = "",
    *,
    subject: str = "n",
    measure: str = "",
    when: str | None = None,
    origin: str | None = None,
    scope: str | None = None,
    retracted: str | None = None,
    recorded: datetime | None = None,
) -> Claim:
    """A recorded claim; its source is named for its number unless it is given."""
    statement = Statement(subject, source or f"s{number}", as_of=on(when) if when else None)
    return Claim(
        statement,
        f"said {number}",
        estimate,
        measure,
        scope,
        origin,
        id=number,
        retracted=retracted,
        recorded=recorded,
    )


def why(found: Pooled) -> dict[int, str]:
    """The reason each claim was left out for."""
    return {each.claim: each.reason for each in found.left_out}


def used(found: Pooled) -> list[int]:
    """The claims that were combined."""
    return [pull.claim for pull in found.pulls]


TWO = [claim(1, stated("10", "1")), claim(2, stated("12", "1"))]


def test_two_figures_are_combined_with_the_working_shown() -> None:
    found = pool(TWO)
    assert (found.subject, found.measure, found.unit) == ("n", "", None)
    assert (found.method, found.k, found.df) == ("pdg", 2, 1)
    assert found.best == 11
    assert found.scale == pytest.approx(2**0.5)
    assert float(found.plus) == float(found.minus) == pytest.approx(1)
    assert float(found.low) == pytest.approx(11 - 1.959964)
    assert float(found.high) == pytest.approx(11 + 1.959964)
    assert [(p.claim, p.source, p.best, p.plus, p.minus) for p in found.pulls] == [
        (1, "s1", Decimal(10), Decimal(1), Decimal(1)),
        (2, "s2", Decimal(12), Decimal(1), Decimal(1)),
    ]
    assert [p.weight for p in found.pulls] == [0.5, 0.5]
    assert [p.pull for p in found.pulls] == [-1, 1]
    assert found.q == pytest.approx(2)
    assert [(a.claims, a.sources) for a in found.apart] == [((1, 2), ("s1", "s2"))]
    assert found.apart[0].sigmas == pytest.approx(2**0.5)
    assert not found.left_out
    assert not found.notes
    assert (found.tau2, found.predict_low, found.hartung_low) == (None, None, None)


def test_claims_without_a_number_of_their_own_go_by_their_place() -> None:
    assert used(pool([replace(each, id=None) for each in TWO])) == [1, 2]


LEFT_OUT = [
    (Estimate(Hedge.EXACT, best=Decimal(9)), "no stated uncertainty"),
    (Estimate(Hedge.ABOUT, best=Decimal(9)), "no stated uncertainty: the width of a hedge"),
    (Estimate(Hedge.VAGUE, low=Decimal(2), high=Decimal(9)), "no stated uncertainty: only a word"),
    (Estimate(Hedge.RANGE, low=Decimal(2), high=Decimal(9)), "no stated uncertainty: a range"),
    (Estimate(Hedge.AT_LEAST, low=Decimal(9)), "a limit, not a measurement"),
    (Estimate(Hedge.LESS_THAN, high=Decimal(9)), "a limit, not a measurement"),
    (Estimate(Hedge.PLUS_MINUS, best=Decimal(9), coverage=STANDARD), "no stated uncertainty"),
    (stated("9", "1", coverage=None), "an unlabelled interval"),
    (stated("9", "1", coverage="1"), "an interval said to cover 1"),
    (stated("9", "1", unit="m"), "another unit: m against none"),
]


@pytest.mark.parametrize(("estimate", "reason"), LEFT_OUT)
def test_what_is_no_measurement_is_left_out_with_the_reason(
    estimate: Estimate, reason: str
) -> None:
    found = pool([claim(3, estimate, "other"), *TWO])
    assert used(found) == [1, 2]
    assert why(found)[3].startswith(reason)
    assert [(x.source, x.said) for x in found.left_out] == [("other", "said 3")]


def test_a_retracted_claim_is_left_out_with_its_reason() -> None:
    found = pool([*TWO, claim(3, stated("9", "1"), retracted="misread")])
    assert why(found) == {3: "retracted: misread"}
    assert why(pool([*TWO, claim(3, stated("9", "1"), retracted="")])) == {3: "retracted"}


def test_another_scope_is_left_out() -> None:
    found = pool([*TWO, claim(3, stated("9", "1"), scope="Kursk only")])
    assert why(found) == {3: "another scope: Kursk only"}
    scoped = [claim(n, stated("9", "1"), scope="Kursk only") for n in (4, 5)]
    assert why(pool([*scoped, TWO[0]])) == {1: "another scope: none stated"}


def test_a_source_that_measured_again_is_taken_by_its_later_figure() -> None:
    found = pool(
        [
            claim(1, stated("9", "1"), "CERN", when="2020"),
            claim(2, stated("10", "1"), "Cern ", when="2024"),
            claim(3, stated("11", "1"), "SLAC", when="1990"),
        ]
    )
    assert used(found) == [2, 3]
    assert why(found) == {1: "superseded by claim 2 of the same source"}


def test_an_undated_figure_goes_by_the_day_it_was_logged() -> None:
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2)]
    early, late = (
        claim(n, stated(str(n), "1"), "CERN", recorded=day) for n, day in enumerate(days, start=1)
    )
    assert used(pool([early, late, claim(3, stated("3", "1"))])) == [2, 3]


def test_claims_that_share_an_origin_are_one_voice() -> None:
    found = pool(
        [
            claim(1, stated("9", "1"), "BBC", origin="NASA"),
            claim(2, stated("10", "1"), "CNN", origin="nasa", when="2024"),
            claim(3, stated("11", "1"), "ESA"),
        ]
    )
    assert used(found) == [2, 3]
    assert why(found) == {1: "shares its origin with claim 2: NASA"}


def test_the_origins_own_claim_comes_before_a_relayed_one() -> None:
    found = pool(
        [
            claim(1, stated("9", "1"), "BBC", origin="NASA", when="2025"),
            claim(2, stated("10", "1"), "NASA", when="2024"),
            claim(3, stated("11", "1"), "ESA"),
        ]
    )
    assert used(found) == [2, 3]
    assert why(found) == {1: "shares its origin with claim 2: NASA"}


def test_a_sources_own_figures_of_one_date_count_each_unless_they_repeat() -> None:
    claims = [
        claim(1, stated("9", "1"), "LHCb", when="2014"),
        claim(2, stated("10", "1"), "LHCb", when="2014"),
        claim(3, stated("9.0", "1.0"), "LHCb", when="2014"),
        claim(4, stated("11", "1"), "D0"),
    ]
    found = pool(claims)
    assert used(found) == [1, 2, 4]
    assert why(found) == {3: "repeats claim 1 of the same source"}
    assert found.notes == (
        "2 figures come from one source, LHCb: each is counted as a measurement of its own.",
    )
    single = pool(claims, one_per_source=True)
    assert used(single) == [1, 4]
    assert set(why(single).values()) == {"another figure of the same source is taken: claim 1"}


def test_a_running_total_is_combined_for_one_date_only() -> None:
    claims = [
        claim(1, stated("300", "10"), measure="killed", when="2025-01-13"),
        claim(2, stated("320", "10"), measure="dead", when="2025-01-13"),
        claim(3, stated("900", "10"), measure="killed", when="2025-06-01"),
        claim(4, stated("900", "10"), measure="killed"),
    ]
    found = pool(claims)
    assert found.measure == "killed"
    assert used(found) == [1, 2]
    assert why(found) == {
        3: "another date: 2025-06-01",
        4: "undated, where others are dated",
    }


def test_measures_can_be_given() -> None:
    mass = Measure("mass", Kind.CONSTANT, aliases=("weight",))
    both = [
        claim(1, stated("9", "1"), measure="mass"),
        claim(2, stated("8", "1"), measure="weight"),
    ]
    assert pool(both, measures=[mass]).measure == "mass"


def test_the_record_can_be_taken_as_it_stood() -> None:
    later = claim(3, stated("9", "1"), when="2030")
    assert used(pool([*TWO, later], as_of=on("2026"))) == [1, 2]


@pytest.mark.parametrize(
    ("coverage", "sigma"),
    [("0.683", 1.959963984540054), ("0.95", 1.0), ("0.9", 1.959963984540054 / 1.6448536269514722)],
)
def test_an_interval_becomes_one_standard_error_by_its_coverage(
    coverage: str, sigma: float
) -> None:
    arm = one_sigma(Decimal("1.959963984540054"), Decimal(coverage))
    assert float(arm) == pytest.approx(sigma, rel=1e-15)


def test_a_standard_error_is_kept_to_its_last_digit() -> None:
    assert str(one_sigma(Decimal("0.5000"), STANDARD)) == "0.5000"


def test_other_units_are_converted_to_the_one_most_figures_share() -> None:
    found = pool(
        [
            claim(1, stated("9", "1", unit="kg")),
            claim(2, stated("80360.2", "9.9", unit="m")),
            claim(3, stated("80.3665", "0.0159", unit="km")),
        ]
    )
    assert found.unit == "m"
    assert used(found) == [2, 3]
    assert why(found) == {1: "another unit: kg against m"}
    assert (found.pulls[1].best, found.pulls[1].plus) == (Decimal("80366.5"), Decimal("15.9"))


def test_an_arm_converts_as_a_distance_not_as_a_temperature() -> None:
    found = pool(
        [
            claim(1, stated("20", "1", unit="degC")),
            claim(2, stated("68", "1.8", "3.6", unit="degF")),
        ]
    )
    assert found.unit == "degC"
    assert [round(x, 12) for x in (found.pulls[1].best, found.pulls[1].plus)] == [20, 1]
    assert round(found.pulls[1].minus, 12) == 2


def test_digits_that_no_float_holds_are_kept() -> None:
    found = pool(
        [
            claim(1, stated("5279440000.00000000000000000012", "0.00000000000000000001")),
            claim(2, stated("5279440000.00000000000000000014", "0.00000000000000000001")),
        ]
    )
    assert str(found.best).startswith("5279440000.00000000000000000013")
    assert [p.pull for p in found.pulls] == [-1, 1]


@pytest.mark.parametrize("power", [-200, -31, 0, 31, 200])
@pytest.mark.parametrize("method", ["pdg", "fixed", "dl", "pm", "reml"])
def test_size_changes_nothing(power: int, method: str) -> None:
    def at(size: int) -> Pooled:
        rows = [("10", "1"), ("12", "0.5"), ("19", "2")]
        return pool(
            [claim(n, stated(f"{b}e{size}", f"{e}e{size}")) for n, (b, e) in enumerate(rows)],
            method=method,
        )

    found, plain = at(power), at(0)
    assert found.best == plain.best.scaleb(power)
    assert found.plus == plain.plus.scaleb(power)
    assert found.q == plain.q
    if plain.tau2 is not None:
        assert found.tau2 == plain.tau2.scaleb(2 * power)
        assert found.predict_low is not None
        assert plain.predict_low is not None
        assert found.predict_low == plain.predict_low.scaleb(power)


def test_no_spread_is_a_plain_zero() -> None:
    found = pool([claim(n, stated("1e-31", "1e-33")) for n in (1, 2)], method="dl")
    assert [str(x) for x in (found.tau2, found.tau2_low, found.tau2_high)] == ["0", "0", "0"]


def test_uneven_uncertainties_are_said_to_be_evened_where_they_are() -> None:
    claims = [claim(1, stated("9", "1", "3")), claim(2, stated("10", "1"))]
    assert pool(claims).notes == ()
    assert pool(claims, method="dl").notes == (
        "Uneven uncertainties are taken as half the distance between their ends.",
    )


def refused(claims: Sequence[Claim], **options: str) -> str:
    with pytest.raises(PoolingError) as caught:
        pool(claims, **options)  # type: ignore[arg-type]
    return str(caught.value)


def test_fewer_than_two_are_refused_saying_what_was_left_out() -> None:
    exact = [claim(n, Estimate(Hedge.EXACT, best=Decimal(9)), measure="m") for n in range(2, 7)]
    words = refused([claim(1, stated("9", "1"), measure="m"), *exact])
    assert words.splitlines()[0] == (
        "n, m: pooling takes at least two figures with stated uncertainties, and there is one."
    )
    assert "claim 2 (no stated uncertainty); claim 3" in words
    assert words.endswith("and 2 more.")
    assert refused(exact).splitlines()[0].endswith("and there is none.")
    assert "Left out" not in refused(TWO[:1])


def test_an_uncertainty_of_zero_is_refused_by_the_claim_that_states_it() -> None:
    words = refused([*TWO, claim(3, stated("9", "0"), "Daily Planet")])
    assert words.startswith("Claim 3, said 3 (Daily Planet), has no uncertainty above zero")
    assert "Claim 3" in refused([*TWO, claim(3, stated("9", "1", "0"), "Daily Planet")])


def test_only_one_measure_is_combined_at_a_time() -> None:
    words = refused([claim(n, stated("9", "1"), measure=f"m{n}") for n in range(4)])
    assert words.startswith("These claims are of 4 measures (n, m0; n, m1; n, m2; ...)")
    assert refused([]).startswith("There are no figures to combine.")


def test_a_method_nobody_knows_is_refused() -> None:
    assert "pdg, fixed, dl, pm, reml" in refused(TWO, method="mean")
    with pytest.raises(PoolingError, match="no method 'mean'"):
        pool_each(TWO, method="mean")


def test_figures_too_far_apart_for_their_uncertainties_are_refused() -> None:
    assert "too far apart" in refused([*TWO, claim(3, stated("1e250", "1"))])


def test_every_measure_that_states_uncertainties_is_gone_through() -> None:
    found = list(
        pool_each(
            [
                *TWO,
                claim(3, Estimate(Hedge.EXACT, best=Decimal(9)), subject="plain"),
                claim(4, stated("9", "1"), subject="lonely", measure="mass"),
                claim(5, stated("9", "0"), subject="certain"),
                claim(6, stated("9", "1"), subject="certain"),
            ]
        )
    )
    assert [each.subject for each in found] == ["certain", "lonely", "n"]
    assert [type(each) for each in found] == [NotPooled, NotPooled, Pooled]
    certain, lonely, _ = found
    assert isinstance(certain, NotPooled)
    assert isinstance(lonely, NotPooled)
    assert "no uncertainty above zero" in certain.reason
    assert lonely.measure == "mass"
    assert lonely.reason.endswith("and there is one.")


def test_pairs_are_not_looked_at_among_very_many_figures() -> None:
    claims = [claim(n, stated(str(n % 7), "1")) for n in range(501)]
    assert pool(claims).apart == ()
    assert len(pool(claims[:500]).apart) == 3


def side(estimate: Estimate) -> Side:
    """A side of a comparison that states a figure."""
    return Side(
        measure="",
        source="s",
        said="",
        hedge=estimate.hedge,
        reading=Interval(None, None),
        stated=Interval(None, None),
        best=estimate.best,
        plus=estimate.plus,
        minus=estimate.minus,
        coverage=estimate.coverage,
    )


@pytest.mark.parametrize(
    ("a", "b", "sigmas"),
    [
        (stated("877.75", "0.30", "0.28"), stated("887.7", "2.2"), 4.481),
        (stated("10", "1.96", coverage="0.95"), stated("10", "1"), 0.0),
        (stated("10", "1.959963984540054", coverage="0.95"), stated("12", "1"), 2**0.5),
        (stated("1e-31", "1e-33"), stated("1.03e-31", "1e-33"), 3 / 2**0.5),
        (stated("10", "0"), stated("12", "1"), None),
        (stated("10", "1", coverage=None), stated("12", "1"), None),
        (Estimate(Hedge.EXACT, best=Decimal(9)), stated("12", "1"), None),
        (stated("12", "1"), Estimate(Hedge.ABOUT, best=Decimal(9)), None),
    ],
)
def test_sigmas_between_two_sides(a: Estimate, b: Estimate, sigmas: float | None) -> None:
    def between(*two: Estimate) -> float | None:
        first, second = (measurement(side(each)) for each in two)
        return sigmas_between(first, second) if first and second else None

    found = between(a, b)
    assert found == (None if sigmas is None else pytest.approx(sigmas, abs=1e-3))
    assert between(b, a) == found


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.decimals(-1000, 1000, places=3), st.decimals("0.001", 10, places=3)),
        min_size=2,
        max_size=6,
        unique=True,
    )
)
def test_the_combined_value_lies_among_the_figures(rows: list[tuple[Decimal, Decimal]]) -> None:
    found = pool([claim(n, stated(str(b), str(e))) for n, (b, e) in enumerate(rows)])
    slack = Decimal("1e-9")
    assert min(b for b, _ in rows) - slack <= found.best <= max(b for b, _ in rows) + slack
    assert found.low <= found.best <= found.high


def particles() -> list[Claim]:
    """The Particle Data Group's example page as claims."""
    with EXAMPLE.open(encoding="utf-8") as file:
        return [
            claim(
                n,
                stated(row["value"], row["plus"], row["minus"]),
                row["source"],
                subject=row["subject"],
                when=row["as_of"],
            )
            for n, row in enumerate(csv.DictReader(file), start=1)
        ]


def test_the_example_page_pools_as_it_was_printed() -> None:
    found = {each.subject: each for each in pool_each(particles())}
    assert len(found) == 16
    alone = [name for name, each in found.items() if isinstance(each, NotPooled)]
    assert alone == ["p MAGNETIC MOMENT"]
    kaon, neutron = found["K+- MASS"], found["n MEAN LIFE"]
    assert isinstance(kaon, Pooled)
    assert isinstance(neutron, Pooled)
    assert (round(kaon.best, 3), round(kaon.plus, 3)) == (Decimal("493.677"), Decimal("0.013"))
    assert round(neutron.best, 1) == Decimal("878.3")
    assert round(neutron.scale or 0, 1) == 1.8
    assert round(neutron.apart[0].sigmas, 1) == 3.8
