"""The quick way through the usual forms reads what the full grammar reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog.claim import Hedge
from factlog.errors import ReadingError
from factlog.parsing import read, read_all
from factlog.parsing.parser import figures, usual
from factlog.parsing.text import ENGLISH, prepare

NUMBERS = st.integers(min_value=0, max_value=10**13).flatmap(
    lambda number: st.sampled_from([str(number), f"{number:,}", f"0{number}"])
)
WORDS = ("", "about ", "some ", "at least ", "more than ", "up to ", "no more than ", "under ")
OTHER = ("not over ", "nearly ", "about  ", "About ", "just over ", "of ")


@given(st.sampled_from(WORDS + OTHER), NUMBERS, NUMBERS | st.none())
def test_the_quick_way_agrees_with_the_long_one(words: str, one: str, other: str | None) -> None:
    text = f"{words}{one}" if other is None else f"{words}{one} to {other}"
    quick = usual(text)
    if quick is not None:
        assert read_all(text) == figures(prepare(text, ENGLISH)) == (quick,)


@pytest.mark.parametrize(
    "text", ["300", "12,000", "about 8,249", "fewer than 30", "2,800 to 3,200", "some 40"]
)
def test_usual_forms_take_the_quick_way(text: str) -> None:
    assert (usual(text),) == read_all(text) == figures(prepare(text, ENGLISH))


@given(st.integers(0, 10**13), st.text("0123456789", max_size=8))
def test_bare_digits_are_read_as_the_long_way_reads_them(whole: int, decimals: str) -> None:
    text = f"{whole}.{decimals}" if decimals else str(whole)
    try:
        long = figures(prepare(text, ENGLISH))
    except ReadingError:
        return
    assert read_all(text) == (read(text),) == long


@pytest.mark.parametrize(
    "text",
    ["007", "1,23", "1.5", "300 killed", "5 to 3,000", "9 to 4", "about 2 to 3", "zz 4", "٣٠٠", ""],
)
def test_everything_else_takes_the_long_way(text: str) -> None:
    assert usual(text) is None


def test_a_unit_or_a_locale_takes_the_long_way() -> None:
    assert read("about 1,200", unit="km").estimate.unit == "km"
    assert read("about 1,200", locale="en_US").estimate.hedge is Hedge.ABOUT
    assert str(read("about 12,000", locale="de_DE").estimate.best) == "12.000"
