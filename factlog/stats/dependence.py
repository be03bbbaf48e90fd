"""Sources that agree too often to be voices of their own, told without knowing who is right.

Where each says what it found by itself, two agree about as often as their rates, multiplied,
come to, and those rates show in how often each agrees with all others. Copies agree more often
than that, on right and wrong figures alike; so all others are now with them, now against them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Places = NDArray[np.intp]
Bools = NDArray[np.bool_]

_ALIKE = 0.85  # those who agree less often are voices of their own, whatever is to be expected
_FEWEST = 20  # of fewer items that two speak of nothing is told
# By so many standard deviations, try by try, two agree more often than expected. Each try leaves
# the pairs of the one before out of what is expected, the first all that are alike.
_BEYOND = (1.0, 2.0, 2.5)
# Rates are sought as if each source had met so often one that is never off, and had hit at the
# usual rate: what others do not show otherwise is no sign of copies.
_USUAL, _PRIOR = 0.95, 4.0
# By so many standard deviations, and so much of what is expected, the others agree with a group
# together, or together do not.
_BUNCHED, _MORE = 3.0, 0.3
# The others are against a group where so much of what is expected, or less, is with it. They are
# then to have one figure so often, as a share of how often they have the group's elsewhere.
_AGAINST, _TOGETHER = 0.6, 0.6
_ROUNDS, _DAMPING = 60, 0.5
_NEVER, _ALWAYS = 0.001, 0.99
_LEAST, _MOST = 0.02, 0.98  # how often two may be expected to agree
# The sources heard most often are looked at, and items of no more voices than so many; of more
# pairs of voices than these, those of evenly spaced items.
_MOST_SOURCES, _MOST_VOICES, _PAIRS = 1_000, 300, 300_000


def dependent(items: Places, sources: Places, choices: Places) -> Places:
    """The group of each source: its own number, or the least of those it agrees too often with.

    The voices are given in the order of their items. Two agree too often where they do so on more
    than 85% of the items that both speak of, 20 at least, which is 2.5 standard deviations more
    than is to be expected, and differ less than half as often as they should. A group are all that
    such pairs join, if the others bear out in bunches what it agrees on, and where they do not, are
    for one figure nearly as often: a few who are right among many who are not agree more often than
    all others, too, and so do those who know what is hard to know.
    """
    heard = np.bincount(sources)
    most = np.sort(np.argsort(-heard, kind="stable")[:_MOST_SOURCES])
    place = np.full(len(heard), -1)
    place[most] = np.arange(len(most))
    some = place[sources] >= 0
    alike, shared = _agreements(items[some], place[sources[some]], choices[some], len(most))
    found = np.arange(len(heard))
    found[most] = most[_joined(_too_often(alike, shared))]
    groups = np.arange(len(heard))
    for group in np.flatnonzero(np.bincount(found, minlength=len(found)) > 1):
        if _borne_out_in_bunches(found == group, found, (items, sources, choices)):
            groups[found == group] = group
    return groups


def _agreements(
    items: Places, sources: Places, choices: Places, many: int
) -> tuple[Floats, Floats]:
    """On how many items every two sources agree, and of how many both speak."""
    heard = np.bincount(items)
    nth = np.arange(len(items)) - (np.cumsum(heard) - heard)[items]
    later = np.where(heard[items] > _MOST_VOICES, 0, heard[items] - 1 - nth)
    step = -(-int(later.sum()) // _PAIRS)
    if step > 1:
        later[items % step > 0] = 0
    one = np.repeat(np.arange(len(items)), later)
    other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(later) - later, later)
    pairs = sources[one] * many + sources[other]
    same = pairs[choices[one] == choices[other]]
    square = (many, many)
    alike, shared = (
        np.bincount(each, minlength=many * many).reshape(square) for each in (same, pairs)
    )
    return (alike + alike.T).astype(float), (shared + shared.T).astype(float)


def _too_often(alike: Floats, shared: Floats) -> Bools:
    """Which pairs agree too often."""
    found = alike > _ALIKE * shared
    expected = np.zeros_like(alike)
    rates = np.full(len(alike), _USUAL)
    for beyond in _BEYOND:
        rates, doubt = _rates(rates, np.where(found, 0, alike), np.where(found, 0, shared))
        expected = np.outer(rates, rates).clip(_LEAST, _MOST)
        unsure = np.outer(rates**2, doubt)
        luck = shared * expected * (1 - expected) + shared**2 * (unsure + unsure.T)
        over = alike - 0.5 - shared * expected
        found = (over > beyond * np.sqrt(luck)) & (alike > _ALIKE * shared)
    fewer: Bools = shared - alike < (1 - expected) / 2 * shared
    return found & fewer & (shared >= _FEWEST)


def _rates(rates: Floats, alike: Floats, shared: Floats) -> tuple[Floats, Floats]:
    """What each source's rate must be for the products to be how often every two agree.

    And the variance of each: where the others hardly agree with anybody, they say little of it.
    """
    for _ in range(_ROUNDS):
        told = shared @ rates**2 + _PRIOR
        fit = (alike @ rates + _PRIOR * _USUAL) / told
        rates = (_DAMPING * rates + (1 - _DAMPING) * fit).clip(_NEVER, _ALWAYS)
    return rates, 0.25 / told


def _borne_out_in_bunches(
    members: Bools, groups: Places, voices: tuple[Places, Places, Places]
) -> bool:
    """Whether the others are together for what a group agrees on, or together against it.

    Where independent sources agree they are nearly always right, and whether one of the others
    is has nothing to do with another. What copies agree on is as often wrong as the one copied.
    """
    items, sources, choices = voices
    inside = members[sources]
    given = np.bincount(choices[inside], minlength=choices.max() + 1)
    figure = np.full(items.max() + 1, -1)
    figure[items[given[choices] > 1]] = choices[given[choices] > 1]
    # Of another group one is heard: they would stand together anyway.
    heard = ~inside & (figure[items] >= 0) & (groups[sources] == sources)
    items, sources, choices = items[heard], sources[heard], choices[heard]
    hits = figure[items] == choices
    rates = np.bincount(sources, hits) / np.maximum(np.bincount(sources), 1)
    rate = rates[sources]
    expected, spread = np.bincount(items, rate), np.bincount(items, rate * (1 - rate))
    beyond = (np.bincount(items, hits) - expected) ** 2 - spread
    beyond, spread = beyond[np.bincount(items) > 1], spread[np.bincount(items) > 1]
    pairs = (expected**2 - np.bincount(items, rate**2)).sum()
    luck = np.sqrt(2 * (spread**2).sum())
    bunched = beyond.sum() > max(_BUNCHED * luck, _MORE * pairs, 1e-9)
    return bool(bunched) and _of_one_figure(items, choices, hits, expected)


def _of_one_figure(items: Places, choices: Places, hits: Bools, expected: NDArray[Any]) -> bool:
    """Whether those who are together against a group are for one figure, as often as with it.

    Others who hit at their rates whatever the group says are. Where items are easy or hard to
    know, they are against those who know the hard ones, too, but mostly for figures of their own.
    """
    # Of two, one miss would be taken for both against it.
    enough = np.bincount(items) > 2
    against = np.bincount(items, hits) < _AGAINST * expected
    shares = [
        _pairs(choices[some[items] & (hits == told)]) / max(_pairs(items[some[items]]), 1)
        for some, told in ((enough & against, False), (enough & ~against, True))
    ]
    return shares[0] > _TOGETHER * shares[1]


def _pairs(places: Places) -> int:
    """How many pairs are of one place."""
    many = np.bincount(places)
    return int((many * (many - 1) // 2).sum())


def _joined(pairs: Bools) -> Places:
    """The least place that pairs join each with."""
    least = np.arange(len(pairs))
    while True:
        lower = np.minimum(
            least, np.where(pairs, least, len(pairs)).min(axis=1, initial=len(pairs))
        )
        if (lower == least).all():
            return least
        least = lower
