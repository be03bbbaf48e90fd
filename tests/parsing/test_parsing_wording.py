"""The canonical words for an estimate."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog.claim import Estimate, Hedge, PlainWords
from factlog.errors import ReadingError
from factlog.parsing import plain_words, read, read_all, say

SAID = [
    ("4,000", "4000"),
    ("1.2 million", "1200000"),
    ("3.10", "3.10"),
    ("3e3", "3000"),
    ("around 4,000", "about 4000"),
    ("almost 4,000", "nearly 4000"),
    ("300+", "at least 300"),
    ("over 300", "more than 300"),
    ("a bit over 300", "just over 300"),
    ("as many as 300", "at most 300"),
    ("fewer than 300", "less than 300"),
    ("just shy of 300", "just under 300"),
    ("10-12 thousand", "10000 to 12000"),
    ("about 10-12 thousand", "about 10000 to 12000"),
    ("2,800 to 3,200 (best 3,000)", "2800 to 3200, best 3000"),
    (">300 and <400", "more than 300 but less than 400"),
    (">=300 and <400", "at least 300 but less than 400"),
    (">300 and <=400", "more than 300 but at most 400"),
    ("3000 +/- 200", "3000 ± 200"),
    ("870 +2.5 -3.1", "870 +2.5 -3.1"),
    ("3,000 (2,900-3,200)", "3000 (2900 to 3200)"),
    ("3,000 (95% CI 2,800 to 3,200)", "3000 (95% CI 2800 to 3200)"),
    ("3,000 (99.7% CI 2,800 to 3,200)", "3000 (99.7% CI 2800 to 3200)"),
    ("25 percent", "25%"),
    ("25% ± 3%", "25% ± 3%"),
    ("3 to 5%", "3% to 5%"),
    ("8,848.86 m", "8848.86 m"),
    ("$5-10m", "5000000 USD to 10000000 USD"),
    ("5 ± 0.2 km", "5 km ± 0.2 km"),
    ("-5 to -3 °C", "-5 degC to -3 degC"),
    ("dozens of people", "dozens"),
    ("some dozens", "dozens"),
    ("several hundred", "several hundred"),
    ("a couple of hundred", "about 200"),
    ("a handful", "a handful"),
    ("several tens of thousands", "several tens of thousands"),
    ("scores of thousands", "scores of thousands"),
    ("dozens, if not hundreds", "dozens to hundreds"),
    ("a few dozen to several hundred", "a few dozen to several hundred"),
    ("thousands of miles", "thousands of mile"),
    ("several km", "several km"),
    ("1.500 ± 0.25", "1.50 ± 0.25"),
]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_an_estimate_is_said_in_plain_words(text: str, said: str) -> None:
    estimate = read(text).estimate
    assert say(estimate) == said
    assert read(said).estimate == estimate


def test_an_estimate_made_elsewhere_is_said() -> None:
    assert say(Estimate(Hedge.VAGUE, low=Decimal(7), high=Decimal(23))) == "7 to 23"
    assert say(Estimate(Hedge.EXACT, best=Decimal("1.000"), unit="km")) == "1.00 km"


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        (read("around 12 km").estimate, PlainWords("about 12 km")),
        (read("about 12", unit="sprockets").estimate, PlainWords("about 12", "sprockets")),
        (Estimate(Hedge.VAGUE, low=Decimal(7), high=Decimal(1234), unit="sprockets"), None),
    ],
)
def test_plain_words_read_back_as_the_same(estimate: Estimate, words: PlainWords | None) -> None:
    assert plain_words(estimate) == words
    assert words is None or read(words.text, unit=words.unit).estimate == estimate


@given(
    st.sampled_from(
        (Hedge.EXACT, Hedge.ABOUT, Hedge.AT_LEAST, Hedge.MORE_THAN, Hedge.AT_MOST, Hedge.LESS_THAN)
    ),
    st.integers(1, 10**15 - 1),
)
def test_a_whole_number_and_a_hedge_always_read_back(hedge: Hedge, number: int) -> None:
    low = Decimal(number) if hedge in (Hedge.AT_LEAST, Hedge.MORE_THAN) else None
    high = Decimal(number) if hedge in (Hedge.AT_MOST, Hedge.LESS_THAN) else None
    best = Decimal(number) if low is high is None else None
    more, less = hedge is Hedge.MORE_THAN, hedge is Hedge.LESS_THAN
    estimate = Estimate(hedge, low=low, best=best, high=high, low_open=more, high_open=less)
    words = plain_words(estimate)
    assert words is not None
    assert read(words.text).estimate == estimate


_TYPED = st.builds(
    lambda hedge, form, unit, *numbers: hedge + form.format(*numbers) + unit,
    st.sampled_from(("", "about ", "nearly ", "just under ", "at least ", "more than ")),
    st.sampled_from(("{0}", "{0} ± {1}", "{0} to {1}", "{0} +{1} -{2}", "{0}, {1}", "{0},{1}")),
    st.sampled_from(("", " km", " m", "%", " in", " h", " USD", " °C", " people", " sprockets")),
    *[st.integers(1, 10**9).map("{:,}".format)] * 3,
)


@given(_TYPED)
def test_words_with_commas_for_thousands_need_no_proof_as_without_they_read_the_same(
    text: str,
) -> None:
    try:
        found = read_all(text)
    except ReadingError:
        return
    for figure in found:
        assert plain_words(figure.estimate, figure.said) == plain_words(figure.estimate)
