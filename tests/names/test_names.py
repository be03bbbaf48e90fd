"""Names that are the same, and names that are only close."""

from __future__ import annotations

import sys
from subprocess import run
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog.names import alike, clean, close, fold


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("South Korean intelligence", "south  korean\tINTELLIGENCE "),
        ("Volodymyr Zelenskyy", "volodymyr\u00a0zelenskyy"),
        ("Zele\u0301nskyy", "Zel\u00e9nskyy"),
        ("STRASSE", "straße"),
        ("ΟΔΟΣ", "οδος"),
        ("\u1fb3", "\u0391\u0399"),
        ("\u212b", "å"),
        ("\u03b1\u0345\u0301", "\u1fb4"),
    ],
)
def test_one_name_in_two_spellings(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("South Korean intelligence", "North Korean intelligence"),
        ("UK MoD", "UK Ministry of Defence"),
        ("Zelensky", "Zelenskyy"),
        ("Zelénskyy", "Zelenskyy"),
    ],
)
def test_two_names_stay_two(a: str, b: str) -> None:
    assert fold(a) != fold(b)


def test_a_name_is_shown_as_given_but_tidy() -> None:
    assert clean("  UK   MoD\n") == "UK MoD"
    assert clean("Zele\u0301nskyy") == "Zel\u00e9nskyy"


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert clean(clean(name)) == clean(name)


@given(st.text())
def test_what_is_written_differently_but_looks_alike_folds_alike(name: str) -> None:
    assert fold(name) == fold(normalize("NFD", name)) == fold(f"  {clean(name)} ")


@pytest.mark.slow
def test_every_letter_folds_to_one_thing() -> None:
    unstable = [c for c in map(chr, range(0x110000)) if fold(fold(c)) != fold(c)]
    assert unstable == []


SOURCES = ["South Korean intelligence", "South Korean Joint Chiefs of Staff", "UK MoD", "Pentagon"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("north korean intelligence", ("South Korean intelligence",)),
        ("SOUTH KOREAN INTELIGENCE", ("South Korean intelligence",)),
        ("Pentagram", ()),
        ("pentagn", ("Pentagon",)),
        ("", ()),
        ("UN", ()),
    ],
)
def test_close_names_are_suggested(name: str, expected: tuple[str, ...]) -> None:
    assert close(name, SOURCES) == expected


def test_suggestions_come_best_first_and_no_more_than_asked() -> None:
    candidates = ["abcdefghix", "abcdefghij", "abcdefghxy", "abcdefghij"]
    assert close("abcdefghij", candidates) == ("abcdefghij", "abcdefghix", "abcdefghxy")
    assert close("abcdefghij", iter(candidates), limit=1) == ("abcdefghij",)
    assert close("abcdefghij", candidates, cutoff=95) == ("abcdefghij",)


def test_rapidfuzz_waits_until_a_name_is_new() -> None:
    script = (
        "import sys; from factlog.names import fold; fold('A'); print('rapidfuzz' in sys.modules)"
    )
    done = run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northern Command", "Southern Command"),
        ("Eastern Front", "Western Front"),
        ("Command Ukraine", "East Command Ukraine"),
        ("Ukrainian Army", "Ukrainian Navy"),
        ("Russian MoD", "Russian MoI"),
        ("News Agency II", "News Agency III"),
        ("News Agency", "News Agency II"),
        ("Female prisoners", "Male prisoners"),
    ],
)
def test_a_word_in_another_s_place_is_no_misspelling(one: str, other: str) -> None:
    assert list(alike([one, other])) == list(alike([other, one])) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Western Command", "Wetsern Command"),
        ("US Army", "U.S. Army"),
        ("Newspaper Daily", "News Paper Daily"),
        ("The Ministry of Health", "Ministry of Helth"),
        ("Ministry of Health of Ukraine", "Ministry of Health Ukraine"),
        ("Ministry of Defence", "Ministry of Defense"),
        ("Al-Jazeera English", "AlJazeera English"),
    ],
)
def test_words_that_are_close_or_split_or_added_may_be_a_misspelling(one: str, other: str) -> None:
    assert list(alike([one, other])) == [(one, other)]
    assert list(alike([other, one])) == [(other, one)]
