"""Laws that hold for whatever is read: one error, exact numbers, words that read back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from factlog.claim import Estimate, Figure, Hedge
from factlog.errors import ReadingError
from factlog.parsing import read, read_all, say

_WORDS = (
    "about around at least more than up to nearly just over under only exactly fewer no less "
    "300 2,700 4k 1.5 million 12 5 0.2 1e6 -3 37m 10² 1/2 ½ 878.4(5) 1.000 two twenty-five half a "
    "third of one in five out every few several hundred thousand dozens hundreds zero quarter "
    "killed injured people troops and or to - – between from ± +/- +2.5 -3.1 plus minus ( ) [ ] "
    "% $ € km m ' \" CI 95% best range °C degrees hour 30 min ft 11 in USD dollars day per barrel "
    "so + , . ; .. ~ < >= x 10^6 none no the take give est. (approx) 3,000 (2,800–3,200) lakh bn "
    "K RMB US pc kg (5) 2024/25 300s figures crore"
)
_PIECES = _WORDS.split()
_SPACES = st.sampled_from(["", " ", " ", " "])
_JUMBLE = st.lists(st.tuples(st.sampled_from(_PIECES), _SPACES), min_size=1, max_size=9).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)
_SIGNS = st.text(alphabet="0123456789.,-+'_ kmbn%$€±()[]/e×^½~<>=", max_size=16)

_whole = st.integers(0, 10**9)
_decimals = st.decimals(
    min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False
).filter(lambda number: len(f"{number:f}") < 60)
_plain = st.one_of(_whole.map(str), _whole.map(lambda n: f"{n:,}"))
_scaled = st.tuples(
    st.sampled_from(["1", "2.5", "12", "300", "0.75"]),
    st.sampled_from(["k", "bn", " million", " thousand", " lakh", " crore", " dozen"]),
).map("".join)
_worded = st.sampled_from(
    ["four thousand", "two and a half million", "half a million", "a dozen", "two-thirds",
     "one in five", "twenty-one", "three hundred and five", "several hundred", "dozens",
     "tens of thousands", "a few", "a couple of hundred"]
)  # fmt: skip
_numbers = st.one_of(_plain, _scaled, _worded)
_units = st.sampled_from(["", "", "%", " km", " percent", " °C", " kg/m2", " dollars", " bpd"])
_openings = st.sampled_from(
    ["", "", "about ", "nearly ", "~", "at least ", "more than ", "just over ", "up to ", "under ",
     "just under ", "at least about ", "no fewer than ", "as many as ", "an estimated "]
)  # fmt: skip
_closings = st.sampled_from(["", "", "+", " or more", " or so", " at most", "-odd"])
_things = st.sampled_from(["", " killed", " people", " North Korean soldiers", " of them"])
_values = st.tuples(_openings, _numbers, _units, _closings, _things).map("".join)
_arms = st.tuples(
    st.sampled_from(["3,000", "878.4", "1.5 million", "-3"]),
    st.sampled_from([" ± 2,000", " +2.5 -3.1", " +/- 5%", " (95% CI -4 to 2,000,000)"]),
    st.sampled_from(["", " km", " people"]),
).map("".join)
_ranges = st.tuples(_openings, _plain, st.sampled_from(["-", " to ", "–", ".."]), _scaled).map(
    "".join
)
_said = st.one_of(_values, _values, _arms, _ranges, _JUMBLE)


def _read(text: str) -> tuple[Figure, ...] | ReadingError:
    try:
        return read_all(text)
    except ReadingError as error:
        return error


def _figures(text: str) -> tuple[Figure, ...]:
    found = _read(text)
    return () if isinstance(found, ReadingError) else found


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=40), _JUMBLE, _SIGNS, _said))
def test_reading_raises_nothing_but_its_own_error(text: str) -> None:
    found = _read(text)
    if isinstance(found, tuple):
        assert found
        return
    assert found.text == text
    assert 0 <= found.start < found.end <= max(len(text), found.start + 1)
    assert found.problem.startswith("cannot read")
    assert found.remedy
    assert "\n" not in found.problem + found.remedy
    assert text not in found.choices


@settings(max_examples=200)
@given(_said)
def test_what_is_said_reads_back_the_same(text: str) -> None:
    for figure in _figures(text):
        assert read(say(figure.estimate)).estimate == figure.estimate


@settings(max_examples=200)
@example("est.no survivors")
@example("one K killed")
@example("two m people")
@example("300 people plus")
@example("300 people max")
@given(_said)
def test_the_words_of_a_value_read_alone_as_they_did(text: str) -> None:
    for figure in _figures(text):
        held = figure.said.endswith((f"{figure.thing} plus", f"{figure.thing} max"))
        assert read(figure.said) == replace(figure, thing=figure.thing if held else None)


@settings(max_examples=100)
@given(_decimals)
def test_digits_are_read_exactly(number: Decimal) -> None:
    plain = f"{number:f}"
    assert read(plain, locale="en_GB").estimate == Estimate(Hedge.EXACT, best=number)
    assert read(f"about {plain} km", locale="en_GB").estimate.best == number
    assert str(read(plain, locale="en_GB").estimate.best) == str(Decimal(plain))


@settings(max_examples=100)
@given(_whole, st.sampled_from([",", "\u202f", "\u00a0", " ", "'", "_"]))
def test_every_separator_groups_the_same(number: int, sign: str) -> None:
    assert read(f"{number:,}".replace(",", sign)).estimate.best == number


@settings(max_examples=100)
@given(_whole, _whole)
def test_a_range_has_its_ends_in_order(one: int, other: int) -> None:
    low, high = sorted((one, other))
    estimate = read(f"{low} to {high}", locale="en_GB").estimate
    assert estimate == Estimate(Hedge.RANGE, low=Decimal(low), high=Decimal(high))
    if low < high:
        with pytest.raises(ReadingError, match="runs backwards"):
            read(f"{high} to {low}")


@settings(max_examples=100)
@given(st.integers(1, 999_999_999))
def test_numbers_in_words_are_the_numbers(number: int) -> None:
    assert read(_in_words(number)).estimate.best == number


_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_SMALL = _TO_NINETEEN.split()
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _in_words(number: int) -> str:
    for scale, word in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if number >= scale:
            above, rest = divmod(number, scale)
            joint = " and " if 0 < rest < 100 else " "
            return f"{_in_words(above)} {word}" + (joint + _in_words(rest) if rest else "")
    if number < 20:
        return _SMALL[number]
    tens, rest = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_SMALL[rest]}" if rest else "")
