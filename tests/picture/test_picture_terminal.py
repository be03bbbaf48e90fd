"""Charts in a terminal: marks stand where the readings are, and no line is too long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_making import STORY, compared

from factlog.comparison import Comparison, Policy, SubjectComparison, Verdict
from factlog.render import Look
from factlog.render.picture import draw, over_time
from factlog.render.picture.plot import plot
from factlog.render.picture.scale import axis, days
from factlog.render.picture.strips import column, strips
from factlog.render.picture.to_terminal import charts
from factlog.render.prose import cells

FINITE = st.floats(-1e300, 1e300) | st.floats(1e-9, 1e9) | st.integers(0, 10**7).map(float)


@given(st.lists(FINITE, min_size=1, max_size=8))
def test_every_value_has_its_place_on_the_axis_in_order(values: list[float]) -> None:
    made = axis(values)
    places = [made.place(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)
    assert made.low <= min(values) + 1e-290
    assert made.high >= max(values) - 1e-290
    assert 2 <= len(made.ticks) <= 14
    assert [tick.value for tick in made.ticks] == sorted({tick.value for tick in made.ticks})


@pytest.mark.parametrize(
    ("values", "log", "labels"),
    [
        ([3000, 4000], False, ["3,000", "3,200", "3,400", "3,600", "3,800", "4,000"]),
        ([1, 10_000_000], True, ["1", "10", "100", "1,000", "10,000", "100,000", "1,000,000",
                                 "10,000,000"]),
        ([5, 500], False, ["0", "100", "200", "300", "400", "500"]),
        ([-20, 0], False, ["-20", "-15", "-10", "-5", "0"]),
    ],
)  # fmt: skip
def test_round_ticks(values: list[float], log: bool, labels: list[str]) -> None:
    made = axis(values)
    assert (made.log, [tick.label for tick in made.ticks]) == (log, labels)


@pytest.mark.parametrize("span", [0, 3, 40, 300, 2000])
def test_dates_on_the_axis_are_dates_within_it(span: int) -> None:
    made = days([739_000, 739_000 + span])
    assert all(made.low <= tick.value <= made.high for tick in made.ticks)
    assert all(tick.label[:2] == "20" for tick in made.ticks)


def lines_of(width: int, *, ascii_: bool = False, time: bool = False) -> list[str]:
    made, look = compared(*STORY), Look(width, ascii=ascii_)
    if time:
        return list(plot(over_time("Here", made), look))
    return list(strips(draw("Here", made), look))


@pytest.mark.parametrize("width", [50, 64, 71, 72, 80, 120, 200])
@pytest.mark.parametrize("time", [False, True])
def test_no_line_is_wider_than_the_screen(width: int, time: bool) -> None:
    assert all(cells(line) <= width for line in lines_of(width, time=time))


@pytest.mark.parametrize("time", [False, True])
def test_plain_ascii_where_the_screen_asks(time: bool) -> None:
    assert all(line.isascii() for line in lines_of(80, ascii_=True, time=time))


def test_marks_stand_where_the_readings_are() -> None:
    made = compared(*STORY)
    picture = draw("Here", made)
    for bar, side in zip(picture.bars, [s for s in made.sides if s.current], strict=True):
        assert made.sides[bar.side] == side
        assert bar.low == (None if side.reading.low is None else float(side.reading.low))
        assert bar.high == (None if side.reading.high is None else float(side.reading.high))
    lines = lines_of(100)
    room = len(next(line for line in lines if "┴" in line).lstrip())
    margin = 100 - 1 - room
    for bar in picture.bars:
        (line,) = (each for each in lines if bar.source in each)
        assert bar.stated is not None
        assert line[margin + column(picture.axis, bar.stated, room)] == "●"


def test_a_conflict_is_marked_by_sign_and_colour() -> None:
    lines = list(strips(draw("Here", compared(*STORY)), Look(80, color=True)))
    clashing = [line for line in lines if line.startswith("! ")]
    assert ["Seoul" in clashing[0], "Kyiv" in clashing[1], len(clashing)] == [True, True, 2]
    assert all("\x1b[1;31m" in line for line in clashing)
    assert "\x1b" not in "".join(line for line in lines if "London" in line)
    assert lines[-1].endswith("in a conflict")


def test_open_ends_are_arrows_and_said() -> None:
    made = compared(("A", "at least 300 m", None), ("B", "at most 500 m", None), measure="size")
    lines = list(strips(draw("Here", made), Look(80)))
    assert any(line.endswith("►") for line in lines)
    assert any("◄" in line for line in lines)
    assert "no upper end" in lines[-1]
    assert "no lower end" in lines[-1]


def test_earlier_figures_come_with_history() -> None:
    made = compared(*STORY)
    assert len(draw("Here", made).bars) == 3
    assert len(draw("Here", made, history=True).bars) == 4


def test_through_time_a_running_total_goes_in_steps() -> None:
    lines = lines_of(80, time=True)
    text = "\n".join(lines)
    assert "─" in text.split("┴")[0]
    assert "a Seoul: around 1,100, 2024-12-19; about 3,000, 2025-01-13 (in a conflict !)" in text


def test_many_sources_have_letters_and_no_steps() -> None:
    told = [(f"Agency {n}", f"{100 + n}", f"2024-01-{n % 28 + 1:02}") for n in range(60)]
    timeline = over_time("Here", compared(*told))
    text = "\n".join(plot(timeline, Look(80)))
    assert len(timeline.lines) == 60
    assert "steps are drawn for up to 4 sources" in text


def test_revisions_undated_figures_and_units_are_said() -> None:
    made = compared(("A", "400", "2024-01-01"), ("A", "300", "2024-02-01"), ("B", "5", None))
    text = "\n".join(plot(over_time("Here", made), Look(80)))
    assert text.count("(revised") == 2
    assert "1 undated not drawn" in text
    mixed = compared(("A", "4 km", None), ("B", "3 kg", None), measure="size")
    assert draw("Here", mixed).left_out == 1
    nothing = compared(("A", "3", None))
    assert list(plot(over_time("Here", nothing), Look(80))) == ["1 undated not drawn"]


def test_words_of_others_are_shown_and_never_obeyed() -> None:
    hostile = "[b]x[/b] \x1b[31m \u202e$y$"
    made = compared((hostile, "3", "2024"), ("B", "9", "2024"))
    whole = Comparison(Policy(), None, (SubjectComparison(hostile, (made,)),))
    for time in (False, True):
        text = "".join(charts([whole], Look(80), time=time))
        assert "[b]x[/b]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_the_worst_verdict_of_a_side_is_its_own() -> None:
    bars = draw("Here", compared(*STORY)).bars
    assert {bar.source: bar.verdict for bar in bars}["London"] is not Verdict.CONFLICT
    assert bars[0].against == (bars[1].side,)
