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
