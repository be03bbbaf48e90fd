"""Hedges in articles: those that are read when typed are kept with the number in a sentence."""

from __future__ import annotations

import pytest

from factlog.extraction import extract
from factlog.parsing import lexicon, read
from factlog.parsing.hedges import BEFORE

ONLY_TYPED = lexicon.words("hedge only typed")
IN_WORDS = [hedge for hedge, said in BEFORE.items() if said and hedge[-1].isalpha()]
COUNTS = {"estimated"}  # "officials estimated 300" says who counted; "an estimated 300" hedges


@pytest.mark.parametrize("hedge", sorted({*IN_WORDS} - ONLY_TYPED - COUNTS))
def test_a_hedge_of_the_lexicon_is_kept(hedge: str) -> None:
    (proposal,) = extract(f"Officials said {hedge} 300 people were killed in Kursk on Monday.")
    assert proposal.estimate == read(f"{hedge} 300").estimate


@pytest.mark.parametrize("words", ["In round 3 of", "Under section C 3 of", "In the 3 rounds of"])
def test_a_word_that_hedges_only_when_typed_does_not(words: str) -> None:
    for proposal in extract(f"{words} the talks, officials said, nothing was agreed."):
        assert proposal.estimate == read("3").estimate


# Hedges that stand apart from their number, and what they make of it.
APART = {
    "At the very least, 40 people died, the mayor said.": "at least 40",
    "The army killed, at a minimum, 40 soldiers, the mayor said.": "at least 40",
    "The army killed, at least, 40 soldiers, the mayor said.": "at least 40",
    "At most, 40 people were inside, the mayor said.": "at most 40",
    "Approximately, 40 people were killed, the mayor said.": "about 40",
    "The army destroyed, roughly, 40 houses, the mayor said.": "about 40",
    "40 people or thereabouts were killed, the mayor said.": "about 40",
    "40 people, if not more, were killed, the mayor said.": "at least 40",
    "Forty people were killed, and probably more, the mayor said.": "at least 40",
    "40 people, perhaps fewer, were killed, the mayor said.": "at most 40",
    "40 soldiers at least were killed, the mayor said.": "at least 40",
    "40 people, at most, were killed, the mayor said.": "at most 40",
    "40 people or more came, the mayor said.": "at least 40",
    "The dam cost $4 million, at least, the mayor said.": "at least $4 million",
    "A good 40 people were killed, the mayor said.": "at least 40",
    "Barely 40 people came, the mayor said.": "about 40",
    "Hardly 40 people came, the mayor said.": "about 40",
    "The army killed no fewer, it claimed, than 40 rebels.": "at least 40",
    "The army killed more, it said, than 40 rebels.": "more than 40",
    "At least, the mayor said, 40 people died.": "at least 40",
}


@pytest.mark.parametrize("text", APART)
def test_a_hedge_apart_from_its_number_is_kept(text: str) -> None:
    (proposal,) = extract(text, language="en")
    assert proposal.estimate == read(APART[text]).estimate


PLAIN = [
    "40 people were killed, at least 10 of them children, the mayor said.",
    "40 people were killed and more were injured, the mayor said.",
    "40 people were treated roughly, the mayor said.",
    "40 people left in a day or so, the mayor said.",
    "40 people got out, more or less unhurt, the mayor said.",
    "Forty people were in two rooms, at most, the mayor said.",
    "40 people died, or so the army said.",
    "40 cars or more expensive bikes were sold, the mayor said.",
    "40 people died in the city, more than in any other, the mayor said.",
]


@pytest.mark.parametrize("text", PLAIN)
def test_words_that_hedge_something_else_leave_the_number_as_it_is(text: str) -> None:
    assert next(extract(text, language="en")).estimate == read("40").estimate
