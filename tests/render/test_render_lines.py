from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.render.display import Look, cells, page, paint, shown, wrap

words = st.text(alphabet="ab-日é ", max_size=60)


def test_lines_break_at_spaces_and_hang() -> None:
    assert wrap("one two three four", 9, "- ", "  ") == ["- one two", "  three", "  four"]


def test_a_word_too_long_is_broken_and_not_cut() -> None:
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert wrap("日本語", 4) == ["日本", "語"]


def test_nothing_is_one_empty_line() -> None:
    assert wrap("", 10) == [""]


@given(words, st.integers(4, 30))
@settings(max_examples=200)
def test_every_letter_is_kept_and_no_line_is_too_long(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cells(line) <= width or line.isspace() for line in lines)


@pytest.mark.parametrize(("style", "code"), [("conflict", "1;31"), ("dim", "2")])
def test_colour_only_where_it_is_wanted(style: str, code: str) -> None:
    assert paint("word", style, Look(color=True)) == f"\x1b[{code}mword\x1b[0m"
    assert paint("word", style, Look()) == "word"
    assert paint("word", "", Look(color=True)) == "word"


def test_a_page_has_no_spaces_at_line_ends() -> None:
    assert page(["a  ", "", "b"]) == "a\n\nb\n"


@given(words, st.integers(4, 30))
@settings(max_examples=100)
def test_plain_words_break_where_a_paragraph_does(text: str, width: int) -> None:
    plain = text.replace("日", "c").strip()
    lines = textwrap.wrap(plain, width, break_on_hyphens=False) or [""]
    assert wrap(plain, width) == [line.rstrip() for line in lines]


@pytest.mark.parametrize("part", ["some words ", "x", "日本語 ", "日", "x\u200b\x1b\n\u202e é"])
def test_a_long_text_takes_time_by_its_length(part: str) -> None:
    spent = []
    for size in (100_000, 800_000):
        text = part * (size // len(part))
        began = time.process_time()
        lines = wrap(shown(text, Look()), 80, "  ", "    ")
        spent.append(time.process_time() - began)
        assert len(lines) > size // 80
    assert spent[1] < 20 * spent[0] + 1
