"""What nobody types on purpose: refused clearly, or read literally, and always at once."""

from __future__ import annotations

import time

import pytest

from factlog.errors import ReadingError
from factlog.parsing import read, read_all, say
from support.figures import told_all

HIDDEN = [
    ("300\x00", 3, "the character U+0000"),
    ("30\x1b0", 2, "the character U+001B"),
    ("\u202e300", 0, "the invisible character right-to-left override (U+202E)"),
    ("300 \u2066killed", 4, "the invisible character left-to-right isolate (U+2066)"),
    ("300\u200b", 3, "the invisible character zero width space (U+200B)"),
    ("\ufeff300", 0, "the invisible character zero width no-break space (U+FEFF)"),
    ("300\u00ad", 3, "the invisible character soft hyphen (U+00AD)"),
    ("\ud800", 0, "half a character (U+D800)"),
    ("300 \udfff", 4, "half a character (U+DFFF)"),
    ("300 \ue000", 4, "the character U+E000"),
]


@pytest.mark.parametrize(("text", "place", "name"), HIDDEN)
def test_what_cannot_be_seen_is_named_and_shown(text: str, place: int, name: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_all(text)
    error = caught.value
    assert (error.start, error.end) == (place, place + 1)
    assert name in error.problem
    assert error.problem.isprintable()
    assert error.problem.encode("utf-8")


def test_digits_of_two_scripts_are_refused() -> None:
    with pytest.raises(ReadingError, match="its digits come from two scripts"):
        read("3\u06600")


@pytest.mark.parametrize(
    "text", ["300\tkilled", "300\nkilled", "300\u2028killed", "300\u3000killed"]
)
def test_any_space_is_a_space(text: str) -> None:
    assert told_all(text) == "exact 300 {killed}"


def test_joiners_belong_to_the_spelling_of_words() -> None:
    assert told_all("۳۰۰ خانه\u200cها") == "exact 300 {خانه\u200cها}"


LONG = [
    "1" * 101, "9" * 100_000, "a" * 501, "about " * 100_000 + "5", "about " * 80, "(" * 499,
    "[" * 499, "-" * 499, "1 " * 249, "1," * 249, "1-" * 249 + "1", "and " * 120 + "5",
    "5 and " * 80, "5 killed and " * 38, "1e" * 249, "±" * 499, "5±" * 249, "half " * 99,
    "hundred " * 62, "million " * 62, "a few " * 83, "one hundred " * 41, "twenty " * 71,
    "5" + " " * 499, "5" + " " * 480 + "killed", "5" + " " * 480 + "(", "between " * 62,
    "300 (95% CI " * 41, "'" * 499, "5'" * 249, "½" * 499, "5 " + "a-" * 249, "5," * 249,
    "5 , " * 124, "5 k" * 166, "1/" * 249, "$" * 499, "5 km " * 99, "x10^" * 124, "5 to " * 99,
    "0." * 249, "1.000 " * 83, "no more than " * 38, "." * 499, "5 (" * 166, "m " * 249,
]  # fmt: skip


@pytest.mark.parametrize("text", LONG, ids=lambda text: f"{text[:12]!r} x {len(text)}")
def test_long_and_strange_texts_end_at_once(text: str) -> None:
    started = time.process_time()
    said = ""
    try:
        read_all(text)
    except ReadingError as error:
        said = error.problem
    assert time.process_time() - started < 1
    assert len(said) < 300


def test_a_text_has_at_most_500_characters() -> None:
    assert read("5 " + "a" * 498).thing == "a" * 498
    with pytest.raises(ReadingError, match="501 characters"):
        read("5 " + "a" * 499)


def test_a_number_has_at_most_100_digits() -> None:
    digits = "1" * 100
    assert f"{read(digits).estimate.best:f}" == digits
    with pytest.raises(ReadingError, match="100 digits"):
        read(digits + "1")


def test_many_digits_survive() -> None:
    number = "1234567890.123456789012"
    assert str(read(number).estimate.best) == number
    assert say(read(f"-{number} km").estimate) == f"-{number} km"
    assert say(read("-" + "9" * 40).estimate) == "-" + "9" * 40
    tiny = "0." + "0" * 60 + "1"
    assert f"{read(tiny).estimate.best:f}" == tiny


@pytest.mark.parametrize(
    "text",
    [
        "1e300",
        "-1e250",
        "1.5e-300",
        "9.99e299 km",
        "1" * 100,
        "1" * 100 + " million",
        "-0." + "0" * 97 + "12",
    ],
)
def test_the_largest_numbers_are_said_in_powers_of_ten(text: str) -> None:
    estimate = read(text).estimate
    assert len(say(estimate)) <= 105
    assert read(say(estimate)).estimate == estimate


@pytest.mark.parametrize(
    "text",
    ["__import__('os')", "5 if 1 else 6", "{5}", "${5}", "%(5)s", "lambda: 5", "1;2", "0b11"],
)
def test_nothing_is_evaluated(text: str) -> None:
    with pytest.raises(ReadingError):
        read(text)
