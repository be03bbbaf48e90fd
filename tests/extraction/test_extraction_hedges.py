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
