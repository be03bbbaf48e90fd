"""Counting: what a number counts, as found in its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from factlog import vocabulary
from factlog.comparison import Measure
from factlog.intake.extract.lexicon import FATE_OF, TOLLS


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts: the words, the measure, the rule that found them.

    `end` is where the words of the claim end. `bare` says that the noun was left out and may
    carry over from a claim before; `sure` that the words leave little doubt.
    """

    thing: str | None
    measure: str
    rule: str
    end: int
    bare: bool = False
    sure: bool = True
    change: bool = False


def measure_of(thing: str | None, fate: str | None, measures: Sequence[Measure]) -> str:
    """The measure of a thing and what befell it, by the vocabulary."""
    if fate:
        return vocabulary.resolve(fate, measures)
    if thing is None:
        return ""
    for toll, measure in TOLLS.items():
        if re.search(rf"(?<!death )\b{toll}\b", thing, re.IGNORECASE):
            return vocabulary.resolve(measure, measures)
    return vocabulary.measure_of(thing, measures)


def fate_of(words: str) -> str:
    """The measure for the words of what befell somebody."""
    if words.lower().startswith(("suffered", "sustained", "suffering")):
        return "injured"
    return FATE_OF[" ".join(words.lower().split())]


def cleaned(thing: str) -> str:
    """A thing on one line, without the signs round it."""
    return " ".join(thing.split()).strip(" .,-'\"")
