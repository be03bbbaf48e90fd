"""Tables as rich draws them: whole ones at fixed widths, and what never happens in one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.render import Look
from factlog.render.display import cells
from factlog.render.tables import MOST_ROWS, CellLine, cell, grid

HEADERS = ("source", "said", "as of")
ROWS = [
    [cell("東京新聞"), (CellLine("! 3,000", "conflict", "[12]"),), cell("2025-01-13")],
    [cell("هيئة الأركان"), (CellLine("around 300", "bold", "[1]"),), cell("2024-12")],
    [cell("🧮 [red]desk[/red] :+1:"), (CellLine("12", "bold", "[2]"),), cell("undated")],
]
WIDE = """\
source                             said  as of
───────────────────────────────────────────────────
東京新聞                   ! 3,000 [12]  2025-01-13
هيئة الأركان             around 300 [1]  2024-12
🧮 [red]desk[/red] :+1:          12 [2]  undated
"""
NARROW = """\
source           said     as of
────────────────────────────────────
東京新聞         ! 3,000  2025-01-13
                 [12]
هيئة الأركان     around   2024-12
                 300 [1]
🧮               12 [2]   undated
[red]desk[/red]
:+1:
"""


def drawn(width: int, **look: bool) -> str:
    lines = grid(HEADERS, ROWS, Look(width, **look), right=(1,)) or ["too narrow"]
    return "".join(f"{line.rstrip()}\n" for line in lines)


@pytest.mark.parametrize("width", [51, 80, 200])
def test_wide_signs_right_to_left_names_and_markup_keep_the_columns_straight(width: int) -> None:
    assert drawn(width) == WIDE


def test_words_give_way_at_spaces_and_figures_that_break_stand_left() -> None:
    assert drawn(36) == NARROW
    assert drawn(20) == "too narrow\n"


def test_a_screen_of_ascii_gets_ascii() -> None:
    assert drawn(120, ascii=True).isascii()
    assert "\n----" in drawn(120, ascii=True)


def test_rows_beyond_what_one_reads_are_no_table() -> None:
    assert grid(("n",), [[cell("1")]] * MOST_ROWS, Look())
    assert grid(("n",), [[cell("1")]] * (MOST_ROWS + 1), Look()) is None


WORDS = st.lists(st.text("abc日é.", min_size=1, max_size=9), min_size=1, max_size=6)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4), st.integers(10, 60))
@settings(max_examples=60)
def test_no_word_is_broken_and_none_is_lost(
    rows: list[tuple[list[str], list[str]]], width: int
) -> None:
    table = [[cell(" ".join(words)) for words in row] for row in rows]
    lines = grid(("a", "b"), table, Look(width), right=(1,))
    if lines is None:
        longest = [max(cells(w) for row in rows for w in row[side]) for side in (0, 1)]
        assert sum(longest) + 2 > width
        return
    assert all(cells(line) <= width for line in lines)
    told = sorted(word for line in lines[2:] for word in line.split())
    assert told == sorted(word for row in rows for words in row for word in words)
