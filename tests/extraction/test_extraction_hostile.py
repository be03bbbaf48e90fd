"""Sentences made to take long: what repeats in a pattern is tried in one way, not in all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from signal import ITIMER_REAL, SIGALRM, setitimer, signal

import pytest

from factlog.extraction import extract

SECONDS = (
    20  # a thousand characters take well under one, tried in all ways longer than anyone lives
)
PARTS = [
    "A a ", "Mr. ", "Alpha Beta ", "of the ", "the study ", "the study, a", ", and ", '"', ",1",
    "1,", ", 1", "1.1,1 ", "kg ", "5 kg ", "5 killed, ", "1 and the x at ", "dozens of ",
    "a third of ", "from 5 to 7 ", "said ", "according to ", "citing police, ", "x's ", "a-b ",
    "(", "' ", "half a ",
]  # fmt: skip
BEFORE = ["In Rome 300 people died; the study", "In Rome 5 people died, police said, "]


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise AssertionError(f"not read in {seconds} seconds")

    before = signal(SIGALRM, stop)
    setitimer(ITIMER_REAL, seconds)
    try:
        yield
    finally:
        setitimer(ITIMER_REAL, 0)
        signal(SIGALRM, before)


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("part", PARTS)
def test_a_sentence_made_to_take_long_is_read(before: str, part: str) -> None:
    with _within(SECONDS):
        for times in (60, 900 // len(part)):
            list(extract(before + part * times, language="en"))


SPACED = [
    "One person was killed, a study of 40 {}men found.",
    "Sales rose to $5 {}million, the firm said.",
]


@pytest.mark.parametrize("sentence", SPACED)
def test_a_run_of_blanks_such_as_mark_up_leaves_is_read(sentence: str) -> None:
    with _within(SECONDS):
        for _ in range(8):
            list(extract(sentence.format(900 * " "), language="en"))


@pytest.mark.parametrize("language", ["ko", "zh", "ja"])
def test_number_words_in_a_row_are_read(language: str) -> None:
    with _within(4 * SECONDS):
        for part in ("五", "五百", "일", "일만"):
            for times in (45, 95, 900 // len(part)):
                list(extract(part * times, language=language))


@pytest.mark.parametrize("language", ["es", "ru", "de", "ja", "ar"])
def test_so_is_one_in_another_language(language: str) -> None:
    with _within(4 * SECONDS):
        for part in (
            "5 de ",
            ", 5",
            "según la ",
            "по словам ",
            "от 5 до ",
            "nach ",
            "約5人",
            "قال ",
        ):
            list(extract(part * (900 // len(part)), language=language))
