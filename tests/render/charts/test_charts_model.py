"""What a picture holds: the sides of the comparison, marked as the findings have it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import inf

import pytest

from factlog import compare, importing
from factlog.decision import Decision, DecisionKind
from factlog.findings import Verdict
from factlog.render.charts.axis import DecidedValue
from factlog.render.charts.figure import figure
from factlog.render.charts.model import draw, over_time
from factlog.render.charts.terminal_bars import strips
from factlog.render.charts.terminal_timeline import plot
from factlog.render.display import Look
from support.charts import STORY, compared


def test_bars_are_the_sides_that_stand() -> None:
    made = compared(*STORY)
    picture = draw("Here", made)
    for bar, side in zip(picture.bars, [s for s in made.sides if s.current], strict=True):
        assert made.sides[bar.side] == side
        assert bar.low == (None if side.reading.low is None else float(side.reading.low))
        assert bar.high == (None if side.reading.high is None else float(side.reading.high))
    assert len(draw("Here", made, history=True).bars) == 4


def test_the_worst_verdict_of_a_side_is_its_own() -> None:
    bars = draw("Here", compared(*STORY)).bars
    assert {bar.source: bar.verdict for bar in bars}["London"] is not Verdict.CONFLICT
    assert bars[0].against == (bars[1].side,)


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("300", 300),
        ("about 300", 300),
        ("at least 300", 300),
        ("at most 300", 300),
        ("250 to 300", None),
        ("250 to 300, best 270", 270),
        ("several hundred", None),
    ],
)
def test_the_mark_stands_at_the_value_as_stated(said: str, stated: float | None) -> None:
    assert draw("Here", compared(("A", said, "2024"))).bars[0].stated == stated


@pytest.mark.parametrize(
    ("one", "other", "stated"),
    [
        ("about 100", "at least 105", None),
        ("about 100", "about 120", None),
        ("at least 100", "at least 150", 150),
        ("at most 100", "at most 50", 50),
        ("about 100", "at least 95", 100),
    ],
)
def test_what_a_source_said_twice_of_one_date_is_marked_where_both_are_right(
    one: str, other: str, stated: float | None
) -> None:
    made = compared(("A", one, "2024"), ("A", other, "2024"), ("B", "300", "2024"))
    picture = draw("Here", made)
    joined = next(bar for bar in picture.bars if bar.source == "A")
    assert joined.stated == stated
    assert joined.first <= joined.height <= joined.last
    assert figure([picture, over_time("Here", made)], "svg")
    assert strips(picture, Look())
    assert plot(over_time("Here", made), Look())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("270 ± 10", "270 ± 10"),
        ("80.3602 ± 0.009895453501", "80.3602 ± 0.0099"),
        ("877.7 +0.8062257748 -0.7280109889 s", "877.70 +0.81 -0.73 s"),
        ("1.4990000000000002e-12 ± 1.526433752e-14", "(1.499 ± 0.015) × 10⁻¹²"),
        ("270 to 290", "270 to 290"),
    ],
)
def test_a_measured_figure_has_the_digits_its_error_needs(said: str, words: str) -> None:
    made = compared(("A", said, "2024"))
    assert draw("Here", made).bars[0].said == words
    assert over_time("Here", made).lines[0].points[0].short == words.removesuffix(" s")


def test_at_most_does_not_hide_a_span_of_millions() -> None:
    made = compared(("A", "at most 5", "2024"), ("B", "10 million", "2024"))
    assert draw("Here", made).axis.log
    assert not draw("Here", compared(("A", "0", "2024"), ("B", "10 million", "2024"))).axis.log


def test_of_a_revision_the_later_figure_is_marked() -> None:
    made = compared(("A", "300", "2024-02"), ("A", "400", "2024-01"))
    (line,) = over_time("Here", made).lines
    assert [(point.said, point.revised) for point in line.points] == [("400", False), ("300", True)]


def test_of_two_figures_that_no_longer_stand_the_later_by_date_revises() -> None:
    told = (("A", "500", "2024-01"), ("A", "400", "2024-02"), ("A", "900", "2024-03"))
    (line,) = over_time("Here", compared(*told)).lines
    assert [point.said for point in line.points if point.revised] == ["400"]


def test_a_period_stands_at_its_middle() -> None:
    made = compared(("A", "5", "2024-01"), ("B", "5", "../2024-01-12"))
    days = {line.source: line.points[0].day for line in over_time("Here", made).lines}
    assert days == {"A": 738_901.0, "B": 738_897.0}


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2024", "2024-01", "2025-01"),
        ("2024-02", "2024-02-01", "2024-02-26"),
        ("../2024-02-10", "2024-02-10", "2024-02-10"),
    ],
)
def test_the_dates_across_span_the_whole_of_those_given(when: str, first: str, last: str) -> None:
    labels = [tick.label for tick in over_time("Here", compared(("A", "5", when))).across.ticks]
    assert (labels[0], labels[-1]) == (first, last)


def test_figures_of_one_source_and_another_scope_are_on_another_line() -> None:
    claims = [
        claim
        for scope, said, when in ((None, "300", "2024-01"), ("Kursk", "100", "2024-02"))
        for claim in importing.claims(
            "Here", [f"killed={said}"], source="A", as_of=when, scope=scope
        )
    ]
    made = compare(claims).subjects[0].measures[0]
    assert {line.source for line in over_time("Here", made).lines} == {"A", "A (Kursk)"}


def test_other_units_and_undated_figures_are_counted() -> None:
    mixed = compared(("A", "4 km", "2024"), ("B", "3 kg", "2024"), measure="size")
    assert draw("Here", mixed).left_out == 1
    assert over_time("Here", mixed).left_out == 1
    assert over_time("Here", compared(("A", "3", None))).undated == 1


def test_conflicts_beyond_those_spelled_out_are_counted() -> None:
    told = [(f"S{n}", str(100 + 50 * n), "2024") for n in range(5)]
    assert draw("Here", compared(*told)).unmarked == 0
    assert draw("Here", compared(*told, limit=4)).unmarked == 6
    assert over_time("Here", compared(*told, limit=4)).unmarked == 6


@pytest.mark.parametrize(
    ("said", "drawn", "sigma", "ranged"),
    [
        ("250 to 300", (250, 300), False, True),
        ("250 to 300, best 270", (250, 300), False, True),
        ("270 (250-300)", (250, 300), False, True),
        ("270 ± 10", (260, 280), True, False),
        ("270 (95% CI 250.4 to 289.6)", (260, 280), True, False),
        ("about 300", (270, 330), False, False),
        ("several hundred", (300, 900), False, False),
    ],
)
def test_a_stated_range_an_error_and_what_words_can_mean_are_apart(
    said: str, drawn: tuple[float, float], sigma: bool, ranged: bool
) -> None:
    (bar,) = draw("Here", compared(("A", said, "2024"))).bars
    assert (bar.first, bar.last) == pytest.approx(drawn, abs=0.01)
    assert (bar.sigma, bar.ranged) == (sigma, ranged)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("low", "high", "said", "shown"),
    [
        ("600", "600", "600", (600, 600, "600")),
        ("250", "300", None, (250, 300, "250 to 300")),
        ("250", None, None, (250, inf, "at least 250")),
        ("1200", "1200", "about 1200", (1200, 1200, "about 1,200")),
    ],
)
def test_what_was_decided_is_in_every_picture(
    low: str | None, high: str | None, said: str | None, shown: tuple[float, float, str]
) -> None:
    first, last = (None if end is None else Decimal(end) for end in (low, high))
    decision = Decision(
        "Here", "killed", DecisionKind.VALUE, "why", "Ana", said=said, low=first, high=last
    )
    made = replace(compared(*STORY), decision=decision)
    across, by_date = draw("Here", made), over_time("Here", made)
    assert (
        across.decided == by_date.decided == DecidedValue(*shown[:2], f"decided by Ana: {shown[2]}")
    )
    assert across.axis.held(shown[0]) == by_date.up.held(shown[0]) == shown[0]
    for lines in (strips(across, Look()), plot(by_date, Look())):
        text = "\n".join(lines)
        assert "decided by Ana" in text
        assert "▼" in text
    for picture in (across, by_date):
        assert b'id="decided"' in figure([picture], "svg")


def test_a_decision_that_names_no_figure_or_another_unit_is_not_drawn() -> None:
    pending = Decision("Here", "killed", DecisionKind.PENDING, "why", "Ana")
    metres = replace(pending, low=Decimal(5), high=Decimal(5), unit="m")
    for decision in (pending, metres):
        assert draw("Here", replace(compared(*STORY), decision=decision)).decided is None


@pytest.mark.slow
def test_a_decision_in_another_unit_of_the_same_kind_is_converted() -> None:
    decision = replace(
        Decision("Here", "way", DecisionKind.VALUE, "why", "Ana", said="5 km", unit="km"),
        low=Decimal(5),
        high=Decimal(5),
        stale_why="a claim was added",
    )
    made = compared(("A", "5100 m", "2024"), ("B", "4000 m", "2024"), measure="way")
    shown = draw("Here", replace(made, decision=decision)).decided
    assert shown == DecidedValue(5000, 5000, "decided by Ana: 5 km, to be looked at again")


def test_one_outlier_is_cut_and_told_and_many_sizes_are_drawn_by_their_powers() -> None:
    close = [(f"S{n}", str(200 + 40 * n), "2024") for n in range(39)]
    made = draw("Here", compared(*close, ("Odd", "250000", "2024")))
    assert not made.axis.log
    assert made.axis.high < 3000
    assert made.cut == ("Odd: 250,000 (2024)",)
    wide = draw(
        "Here", compared(*((f"S{n}", str(round(10 ** (n / 8))), "2024") for n in range(40)))
    )
    assert wide.axis.log
    assert wide.cut == ()


def test_what_nobody_contests_beside_camps_is_not_marked_as_in_a_conflict() -> None:
    early = ("C", "900", "2024-06"), ("C", "95", "2024-08")
    made = compared(("A", "47", "2024-07"), ("B", "90", "2024-07-01"), *early)
    marks = {bar.source: bar for bar in draw("Here", made).bars}
    contested = {made.sides[n].source for camp in made.camps for n in camp.sides}
    assert made.camps
    assert {who for who, bar in marks.items() if bar.clash} == contested
    assert not marks["C"].against


def test_a_camp_tells_the_earlier_figures_it_has_grown_past() -> None:
    told = (("A", "100", "2025-02-01"), ("B", "150", "2024-01-01"), ("C", "900", "2025-01-01"))
    camps = draw("Here", compared(*told)).camps
    assert camps[1] == "camp 2: 900, 1 source and 1 earlier"


def test_a_camp_of_fewer_voices_than_sources_tells_how_many() -> None:
    told = (("A", "100", None), ("B", "900", None), ("C", "900", "B"), ("D", "900", "B"))
    claims = [
        claim
        for source, said, origin in told
        for claim in importing.claims("Here", [f"killed={said}"], source=source, origin=origin)
    ]
    camps = draw("Here", compare(claims).subjects[0].measures[0]).camps
    assert camps == ("camp 1: 100, 1 source", "camp 2: 900, 3 sources (1 origin)")
