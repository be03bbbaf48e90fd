"""Shares whose noun stands between: "one person in 40", "four homes in ten"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from factlog.extraction import dates, fates, noun_phrases, numbers
from factlog.extraction.counted import Thing, measure_of
from factlog.extraction.numbers import Mention
from factlog.parsing import lexicon
from factlog.patterns import Pattern
from factlog.policy import Measure

_BETWEEN = Pattern(
    r"(?:\s(?P<noun>[a-z]+))?\s(?:in(?:\s+(?P<in>every))?|out\s+of(?:\s+(?P<out>every))?"
    r"|of\s+(?P<of>every))\s+"
)
_ADJECTIVES = lexicon.words("adjective")
_ONES = lexicon.words("counted as one")


def joined(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The values of a sentence, with the two numbers of such a share as one."""
    part: Mention | None = None
    for found in mentions:
        share = _share(text, part, found) if part else None
        if part and share is None:
            yield part
        part = share or found
    if part:
        yield part


def _share(text: str, part: Mention, whole: Mention) -> Mention | None:
    """The share that two numbers with a noun between make; None if they make none."""
    between = _BETWEEN.fullmatch(text, part.end, whole.start)
    some, all_of = part.estimate.best, whole.estimate.best
    if between is None or some is None or all_of is None or whole.estimate.unit:
        return None
    if some >= all_of or part.estimate.unit:
        return None
    told = between["in"] or between["out"] or between["of"]
    if not told and not _is_whole(text, between["noun"], whole, one=some == 1):
        return None
    share = numbers.reread(part, f"{part.said} in {whole.said}")
    return None if share is part else replace(share, end=whole.end)


def _is_whole(text: str, noun: str | None, whole: Mention, *, one: bool) -> bool:
    """Whether a number says of how many: "in ten own a car", not "in ten cities", "in ten days"."""
    if (
        noun is None
        or dates.of_time(text, whole)
        or (not one and whole.estimate.best not in _ROUND)
    ):
        return False
    place = noun_phrases.right(text, whole.end)
    if place is None:
        return True
    first, *others = text[slice(*place)].split()
    if one and (whole.estimate.best in _LARGE or noun in _ONES or _are_people(noun)):
        return True
    if noun_phrases.plural(first) or first[0].isupper() or first in _ADJECTIVES:
        return False
    return not others or not noun_phrases.plural(others[-1])


def _are_people(noun: str) -> bool:
    return noun_phrases.are_people(noun + "s")


_LARGE = frozenset((100, 1000, 10_000, 100_000, 1_000_000))
_ROUND = _LARGE.union(range(3, 11), (12, 20, 50))


def of_noun(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "one person in 40 carries it": the noun stands inside the share."""
    inside = _INSIDE.fullmatch(text, found.core, found.end)
    if inside is None:
        return None
    fate, end, _ = fates.befell(text, found, found.end)
    return Thing(inside["noun"], measure_of(inside["noun"], fate, measures), "noun in a share", end)


_INSIDE = Pattern(r"\S+\s(?P<noun>(?!in\b|out\b|of\b)[a-z]+)\s(?:in|out\s+of|of)\s(?:every\s+)?\S+")
