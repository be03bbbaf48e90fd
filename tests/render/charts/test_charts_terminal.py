"""Charts in a terminal: marks stand where the readings are, and no line is too long."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog import compare, importing
from factlog.findings import Camp, Comparison, SubjectComparison
from factlog.policy import Policy
from factlog.render import Look
from factlog.render.charts.model import draw, over_time
from factlog.render.charts.terminal_bars import column, strips
from factlog.render.charts.terminal_timeline import charts, plot, value
from factlog.render.display import cells
from support.charts import STORY, compared

WIDTHS = [50, 64, 71, 72, 80, 109, 110, 120, 200]
SIGNS = st.characters(codec="utf-8", exclude_characters="\0")
NAMES = st.text(SIGNS, max_size=60).map("N{}".format)
SAID = st.sampled_from(
    ["300", "about 4,000", "at least 20", "at most 5", "0", "10 million", "5 to 9", "several"]
)
WHEN = st.sampled_from([None, "2024", "2024-02", "2024-02-03", "2025-06-01", "../2023-01-01"])


def strips_of(width: int, *, ascii_: bool = False, history: bool = False) -> list[str]:
    look = Look(width, ascii=ascii_, history=history)
    return list(strips(draw("Here", compared(*STORY), history=history), look))


def plot_of(*told: tuple[str, str, str | None], width: int = 80, ascii_: bool = False) -> list[str]:
    return list(plot(over_time("Here", compared(*told)), Look(width, ascii=ascii_)))


@pytest.mark.slow
@given(st.lists(st.tuples(NAMES, SAID, WHEN), min_size=1, max_size=6), st.sampled_from(WIDTHS))
@settings(max_examples=100)
def test_no_line_is_wider_than_the_screen(
    told: list[tuple[str, str, str | None]], width: int
) -> None:
    made = compared(*told)
    for ascii_ in (False, True):
        look = Look(width, ascii=ascii_, history=True)
        drawn = [
            *strips(draw("Here", made, history=True), look),
            *plot(over_time("Here", made), look),
        ]
        assert all(cells(line) <= width for line in drawn)
        assert not ascii_ or all(line.isascii() for line in drawn)


@pytest.mark.parametrize("width", [80, 120])
def test_marks_stand_where_the_readings_are(width: int) -> None:
    picture, lines = draw("Here", compared(*STORY)), strips_of(width)
    room = len(next(line for line in lines if "┴" in line).lstrip())
    margin = width - 1 - room
    for bar in picture.bars:
        (line,) = (each for each in lines if bar.source in each)
        assert bar.stated is not None
        assert line[margin + column(picture.axis, bar.stated, room)] == "○●"[bar.firm]
        assert len(line) - len(line[margin:].lstrip()) == margin + column(
            picture.axis, bar.first, room
        )
        last = column(picture.axis, bar.last, room) + 3 * bar.opens_up
        assert len(line) == margin + last + 1


def test_what_was_said_stands_under_who_said_it_and_on_a_wide_screen_beside() -> None:
    assert any(line.strip() == "4,000, 2025-01-12" for line in strips_of(80))
    assert any("Kyiv" in line and "4,000, 2025-01-12" in line for line in strips_of(120))
    assert "2! Kyiv: 4,000, 2025-01-12" in strips_of(60)


@pytest.mark.parametrize(
    ("width", "source", "said", "begins"),
    [
        (80, "Kyiv", "4,000", ["  Kyiv  4,000, 2024"]),
        (80, "Kyiv", "at least 10 million", ["  Kyiv", "    at least 10 million, 2024"]),
        (
            *(120, "Ministry of Defence, Kyiv", "between 20,000 and 30,000"),
            ["  Ministry of Defence, Kyiv  between 20,000 and 30,000, 2024 "],
        ),
    ],
)
def test_words_are_wrapped_only_where_they_do_not_fit(
    width: int, source: str, said: str, begins: list[str]
) -> None:
    drawn = list(strips(draw("Here", compared((source, said, "2024"))), Look(width)))
    for line, begin in zip(drawn, begins, strict=False):
        assert line.startswith(begin)


def test_nothing_to_draw_has_no_axis() -> None:
    mixed = draw("Here", compared(("A", "4 km", "2024")))
    assert list(strips(replace(mixed, bars=(), left_out=1), Look(80))) == [
        "1 in another unit not drawn"
    ]


def test_a_conflict_is_marked_by_sign_and_colour() -> None:
    lines = list(strips(draw("Here", compared(*STORY)), Look(80, color=True)))
    clashing = [line for line in lines if "! " in line]
    assert ["Seoul" in clashing[0], "Kyiv" in clashing[1], len(clashing)] == [True, True, 3]
    assert all(line.count("\x1b[1;31m") == 2 for line in clashing[:2])
    assert "\x1b[1;31m" not in "".join(line for line in lines if "London" in line)
    assert "! ━━ in a conflict" in " ".join(lines)


def test_open_ends_are_arrows_and_said() -> None:
    made = compared(("A", "at least 300 m", None), ("B", "at most 500 m", None), measure="size")
    lines = list(strips(draw("Here", made), Look(80)))
    assert any(line.endswith("►") for line in lines)
    assert any("◄" in line for line in lines)
    assert "──► no upper end; ◄── no lower end" in lines[-1]


def test_a_single_value_has_no_axis() -> None:
    assert list(strips(draw("Here", compared(("A", "49", "2024"))), Look(80))) == ["  A  49, 2024"]


def test_an_outlier_stands_at_the_end_and_is_told() -> None:
    told = [(who, str(300 + n), "2024-01") for n, who in enumerate("ABCD")]
    made = compared(*told, ("E", "88000", "2024-01"))
    text = "\n".join(strips(draw("Here", made), Look(80)))
    assert "beyond the axis, at its end: E: 88,000 (2024-01)" in text
    late = compared(*told[:3], ("D", "303", "2024-02"), ("E", "304", "2021"))
    text = " ".join(plot(over_time("Here", late), Look(200)))
    assert "beyond the axis, at its end: E: 304 (2021)" in text


def test_camps_are_numbered_and_each_stands_under_its_words() -> None:
    told = (("A", "47", "2024"), ("B", "90", "2024"), ("D", "90", "2024"))
    made = compared(*told, ("C", "at least 41", "2024"))
    place = {side.source: n for n, side in enumerate(made.sides)}
    camps = tuple(
        Camp(Decimal(at), Decimal(at), tuple(who), len(who), tuple(place[each] for each in who))
        for who, at in (("A", 47), ("BD", 90))
    )
    drawn = list(strips(draw("Here", replace(made, camps=camps)), Look(80)))
    assert [line.split("  ")[0] for line in drawn[:7]] == [
        "camp 1: 47, 1 source",
        "1! A",
        "camp 2: 90, 2 sources",
        "2! B",
        "2! D",
        "uncontested",
        "",
    ]


def test_a_camp_of_a_running_total_counts_those_who_gave_its_figure() -> None:
    claims = [
        *importing.claims("War", ["killed=15,000"], source="A", as_of="2022-07-20"),
        *importing.claims("War", ["killed=90,000"], source="B", as_of="2025-01-01"),
        *importing.claims("War", ["killed=12,000"], source="C", as_of="2022-07-21"),
        *importing.claims("War", ["killed=80,000"], source="D", as_of="2025-01-02"),
    ]
    (found,) = compare(claims).subjects[0].measures
    words = draw("War", found).camps
    assert words == (
        "camp 1: 80,000, 1 source and 1 earlier",
        "camp 2: 90,000, 1 source and 1 earlier",
    )


def test_a_narrow_range_is_one_sign_and_at_most_an_arrow() -> None:
    made = compared(("A", "4 to 5", "2024"), ("B", "1000", "2024"), ("C", "2000000", "2024"))
    assert any(line.endswith(("│", "├┤")) for line in strips(draw("H", made), Look(80)))
    made = compared(("A", "300 to 301", "2024"), ("B", "900", "2024"))
    assert any(line.endswith("│") for line in strips(draw("H", made), Look(80)))
    made = compared(("A", "at most 5", "2024"), ("B", "10 million", "2024"))
    lines = "\n".join(strips(draw("H", made), Look(80)))
    assert "◄──○" in lines
    assert "logarithmic axis" in lines


def test_a_conflict_with_what_is_not_drawn_is_said() -> None:
    told = (("A", "900", "2024-01"), ("A", "1000", "2024-03"), ("B", "500", "2024-02"))
    made = compared(*told)
    lines = " ".join(strips(draw("Here", made), Look(80)))
    assert "some only with figures not drawn (--history draws earlier ones)" in lines
    look = Look(80, history=True)
    lines = " ".join(strips(draw("Here", made, history=True), look))
    assert "some only" not in lines
    assert "another measure" in " ".join(strips(draw("Here", made), look))


def test_what_is_left_out_is_said() -> None:
    mixed = compared(("A", "4 km", "2024"), ("B", "3 kg", "2024"), measure="size")
    assert "1 in another unit not drawn" in " ".join(strips(draw("Here", mixed), Look(80)))
    assert "1 in another unit not drawn" in " ".join(plot(over_time("Here", mixed), Look(80)))
    many = compared(*[(f"S{n}", str(100 + 50 * n), "2024") for n in range(5)], limit=4)
    assert "6 more conflicts not marked" in " ".join(strips(draw("Here", many), Look(80)))
    assert "6 more conflicts not marked" in " ".join(plot(over_time("Here", many), Look(80)))
    assert plot_of(("A", "3", None)) == ["1 undated not drawn"]


def test_through_time_a_running_total_goes_in_steps() -> None:
    lines = plot_of(*STORY)
    grid = "\n".join(lines).split("┴")[0]
    assert "─" in grid
    assert "┘" in grid
    assert any(line[1:] == " Seoul (camp 1)" for line in lines)
    (lane,) = (line for line in lines if "~1,100" in line)
    assert lane.index("~1,100") < lane.index("~3,000")
    assert "─" in lane


def test_through_time_a_conflict_is_a_capital_and_an_exclamation_mark() -> None:
    lines = plot_of(*STORY)
    grid = "\n".join(lines).split("┴")[0]
    assert sum(grid.count(letter) for letter in "ABC") == 2
    assert any(line.strip() == "4,000 !" for line in lines)
    assert "in a conflict, above as a capital" in "\n".join(lines)
    colored = list(plot(over_time("Here", compared(*STORY)), Look(80, color=True)))
    assert sum(line.count("\x1b[1;31m") for line in colored) == 4


def test_a_level_has_no_steps() -> None:
    made = [("A", "5 missing", "2024-01-01"), ("A", "3 missing", "2024-02-01"),
            ("B", "4 missing", "2024-02-01")]  # fmt: skip
    lines = list(plot(over_time("Here", compared(*made, measure="missing")), Look(80)))
    assert "┐" not in "\n".join(lines)
    assert any("····" in line for line in lines)


def test_few_figures_have_lanes_without_a_grid() -> None:
    lines = plot_of(("A", "4", "2024-01"), ("B", "5", "2024-02"))
    assert "│" not in "\n".join(lines)
    assert any(line.strip() == "● 4" for line in lines)


def test_names_stand_beside_the_lanes_of_a_wide_screen() -> None:
    assert any(
        line.startswith("b Kyiv ") and "4,000" in line for line in plot_of(*STORY, width=120)
    )


def test_of_many_sources_the_grid_has_the_camps_and_the_lanes_have_no_letters() -> None:
    told = [(f"Agency {n:02}", f"{100 + 50 * (n % 3)}", f"2024-0{n % 2 + 1}") for n in range(60)]
    lines = plot_of(*told)
    assert sum(line.startswith("Agency") for line in lines) == 60
    marks = "".join(line.split("│")[-1] for line in lines if "│" in line).replace(" ", "")
    assert marks == "332211"
    assert "1, 2 ... its camp: figures that can all be right" in " ".join(lines)
    assert "\n".join(lines).count("2024-01-29") == 2  # under the grid and under the lanes


def test_sources_in_one_place_share_a_sign_there() -> None:
    told = [("A", "100", "2024-01"), ("B", "100", "2024-01"), ("B", "200", "2024-02")]
    lines = plot_of(*told)
    assert "* several sources in one place" in lines[-1]
    assert sum(line.count("*") for line in lines[:-1]) == 1


def test_revisions_are_said_where_they_stand() -> None:
    lines = "\n".join(plot_of(("A", "400", "2024-01-01"), ("A", "300", "2024-02-01")))
    assert "300 revised" in lines
    assert "400 revised" not in lines
    level = [("A", "500", "2024-01-01"), ("A", "400", "2024-02-01"), ("A", "900", "2024-03-01")]
    made = compared(*level, measure="height")
    assert "○ revises an earlier figure" in " ".join(plot(over_time("Here", made), Look(80)))


def test_values_without_room_are_counted_or_put_to_the_name() -> None:
    told = [("A", f"{1000 + n}", f"2024-01-{n + 1:02}") for n in range(28)]
    assert "values have no room (all: factlog compare --history)" in " ".join(plot_of(*told))
    said = "approximately 10,000,000 to 12,000,000"
    lines = plot_of(("A", said, "2024"), width=50)
    assert lines[0] == f"A: {said}"
    assert "no room" not in " ".join(lines)


def test_a_value_never_stands_as_near_to_another_mark() -> None:
    told = [("A", f"{1000 + day}", f"2024-01-{day:02}") for day in (1, 2, 7, 12, 14, 20, 29)]
    for width in (60, 80, 120, 200):
        lane = next(line for line in plot_of(*told, width=width) if "●" in line)
        values = list(re.finditer(r"1,0\d\d", lane))
        assert len(values) >= 3
        for found in values:
            before, after = lane[: found.start()], lane[found.end() :]
            assert before.endswith("● ") != after.startswith(" ●")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("300", "300"),
        ("1300000", "1,300,000"),
        ("about 300", "~300"),
        ("at least 300", "300+"),
        ("at most 300", "up to 300"),
        ("250 to 300", "250 to 300"),
        ("several hundred", "several hundred"),
        ("6.674 ± 0.002", "6.674 ± 0.002"),
        ("approximately 10,000,000 to 12,000,000", "about 10,000,000 to 12,000,000"),
    ],
)
def test_values_in_few_signs(said: str, told: str) -> None:
    assert value(over_time("Here", compared(("A", said, "2024"))).lines[0].points[0]) == told


@pytest.mark.parametrize("time", [False, True])
def test_words_of_others_are_shown_and_never_obeyed(time: bool) -> None:
    hostile = "[b]x[/b] \x1b[31m \u202e$y$"
    made = compared((hostile, "3", "2024"), ("B", "9", "2024"), ("B", "99", "2025"))
    whole = Comparison(Policy(), None, (SubjectComparison(hostile, (made,)),))
    text = "".join(charts([whole], Look(80), time=time))
    assert text.count("[b]x[/b]") == 2
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_measure_without_a_name_has_its_unit_and_outcome() -> None:
    made = compared(("A", "3 m", "2024"), ("B", "9 m", "2024"), measure="")
    whole = Comparison(Policy(), None, (SubjectComparison("Here", (made,)),))
    assert "(m): CONFLICT" in "".join(charts([whole], Look(80)))


def test_a_sum_of_parts_has_a_sign_of_its_own() -> None:
    claims = importing.claims(
        "Here", ["about 300 killed", "2,700 injured"], source="A", as_of="2024"
    )
    (made,) = (m for m in compare(claims).subjects[0].measures if m.measure == "casualties")
    for lines in (
        strips(draw("Here", made), Look(80)),
        plot(over_time("Here", made), Look(80)),
    ):
        assert "◆ the sum of its parts" in " ".join(lines)
