"""Which of several figures is best supported: voices counted by how often others bear them out.

Numbered things in, plain numbers out. NumPy does the sums, as a record may have 300,000 voices,
so this file is only loaded when something is weighed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factlog.stats.dependence import dependent

Floats = NDArray[np.floating[Any]]
Places = NDArray[np.intp]

# How many voices the pooled rate counts for; and for how many an answer should not turn.
PRIOR = 10.0
OTHER_PRIORS = (5.0, 20.0)

# How many figures those who err might give: so many while rates are sought, and at least so many.
_WRONG, _FEWEST = 10, 1.5
_LEAST, _MOST = 0.01, 0.99
_LEAST_COUNT = 0.2  # what any voice counts for, as a share of one that is borne out half the time
_MOST_SCORE = 600.0  # the exponential of a higher one is near the end of what a float holds
# What another figure takes away: so much for each usual distance, less within the second of one.
_TAKEN, _NEAR = 1.2, 0.4
_FARTHEST = 10.0  # beyond so many usual distances one is as far off as another
# Where no two voices are equal in a third of the items, figures are taken to be measurements; as
# if three more such items were there.
_LONE, _FEW_ITEMS = 3.0, 3.0
# Two that agree in an item may do so by chance if one fifth of such a pair is to be expected.
_BY_CHANCE = 5.0
_DIGITS = 9  # beyond so many significant digits one is as finely given as another
_START, _DAMPING, _ROUNDS, _CLOSE = 0.7, 0.5, 30, 1e-6
# So many voices of an item are asked how far off they lie, evenly spaced by size; and so many
# distances are held in memory at once.
_ASKED = 400
_DISTANCES = 1_000_000


@dataclass(frozen=True, slots=True)
class Voices:
    """What was said: voice by voice its item, its source and its choice, all numbered from 0.

    A choice is a figure of one item, equal figures being one; `values` has what each of them is.
    """

    items: Sequence[int]
    sources: Sequence[int]
    choices: Sequence[int]
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Weights:
    """What weighing came to: a score a choice, and what each source counts.

    `shares` are the scores of an item as parts of 1, `rates` how often a source is borne out,
    `groups` have one number for the sources that agree too often to be voices of their own.
    """

    scores: Sequence[float]
    shares: Sequence[float]
    rates: Sequence[float]
    counts: Sequence[float]
    groups: Sequence[int]
    rounds: int


def weigh(voices: Voices, prior: float = PRIOR) -> Weights:
    """Score every choice by the sources that make it, and those by what others say of theirs.

    A source's rate A is how often the others, by themselves, bear its figure out: (the sum of
    their support + prior * g) / (n + prior), g being the same of all sources together, from
    0.7 on. Ten figures are taken to be there for those who err, so that A makes a voice count
    ln(10 A / (1 - A)) while rates are sought; in the end they are w, between 1.5 and 10: as many
    as it looks like by how often two who err agree. A voice then counts ln(w A / (1 - A)), and
    never less than a fifth of ln w. Of sources that agree too often to count singly (see
    `dependent`) none is heard on another's figure where they agree, and there they count
    together what they count on average.

    The score of a choice is what its voices count, less what each voice for another figure
    takes away: (w - 1) / 9 * 1.2 (sqrt(u^2 + 0.16) - 0.4), u being how far off it is, in the usual
    distance of the record, and no more than 10. Where no two figures are equal, those in the midst
    of the others so score highest, which a sum of counts alone would leave to chance; where those
    who err choose among few figures, as counts do, it matters little. Where two voices are equal,
    less is taken away, as the right figure may be an edge: the less, the more items have two that
    are equal, and the more finely figures are given, so that chance hardly makes two of them so.
    How finely is told by their significant digits: of figures turned into a unit that is no power
    of ten times theirs, such as feet into metres, all seem to be given finely.
    """
    return weigh_each(voices, (prior,))[0]


def weigh_each(voices: Voices, priors: Sequence[float]) -> list[Weights]:
    """The same under several priors."""
    table = _Table(voices)
    return [_weighed(table, prior) for prior in priors]


def _weighed(table: _Table, prior: float) -> Weights:
    rates = np.full(len(table.judged), _START)
    rounds, change = 0, 1.0
    while rounds < _ROUNDS and change >= _CLOSE:
        rounds += 1
        moved = _DAMPING * rates + (1 - _DAMPING) * table.borne_out(rates, prior)
        change = float(np.abs(moved - rates).max(initial=0))
        rates = moved
    wrong = table.wrong(rates, prior)
    counts = np.maximum(_log_odds(rates, wrong), _LEAST_COUNT * np.log(wrong))
    scores = table.scores(counts) - (wrong - 1) / (_WRONG - 1) * table.distances
    powers = table.powers(scores)
    shares = powers / table.of_choices(np.add.reduceat(powers, table.starts))
    scores, shares = scores[table.place], shares[table.place]
    groups = table.groups.tolist()
    return Weights(
        scores.tolist(), shares.tolist(), rates.tolist(), counts.tolist(), groups, rounds
    )


def _log_odds(rates: Floats, wrong: float = _WRONG) -> Floats:
    odds: Floats = np.log(wrong * rates / (1 - rates))
    return odds


class _Table:
    """The voices in columns, choices in the order of their items and voices in that of choices."""

    def __init__(self, voices: Voices) -> None:
        choices = np.asarray(voices.choices, np.intp)
        items = np.zeros(len(voices.values), np.intp)
        items[choices] = np.asarray(voices.items, np.intp)
        values = np.asarray(voices.values, float)
        order = np.lexsort((values, items))
        self.place = np.empty_like(order)  # of each choice as given
        self.place[order] = np.arange(len(order))
        self.values = values[order]
        self.items = items[order]  # of each choice
        self.starts = np.flatnonzero(np.diff(self.items, prepend=-1))
        placed = self.place[choices]
        by_choice = np.argsort(placed, kind="stable")
        self.choices = placed[by_choice]  # of each voice
        self.sources = np.asarray(voices.sources, np.intp)[by_choice]
        self.heard = np.bincount(self.items[self.choices])  # voices of each item
        # A figure that nobody else speaks of is neither borne out nor not.
        self._some = self.heard[self.items[self.choices]] > 1
        self.judged = np.bincount(self.sources, self._some)
        self._judged = self.choices[self._some], self.sources[self._some]
        self.groups = dependent(self.items[self.choices], self.sources, self.choices)
        # What each voice is of those that its group has for its choice: of one that is one.
        self._parts: Floats | None = None
        if (self.groups != np.arange(len(self.groups))).any():
            pairs = self.choices * len(self.groups) + self.groups[self.sources]
            _, self._camps, sizes = np.unique(pairs, return_inverse=True, return_counts=True)
            self._parts = 1 / sizes[self._camps]
        self._unsaid = np.maximum(_WRONG + 1.0 - np.bincount(self.items), 0)

    def scores(self, counts: Floats) -> Floats:
        """What the sources of each choice count together, groups as one voice of their mean."""
        return np.asarray(np.bincount(self.choices, self._counted(counts)), float)

    def _counted(self, counts: Floats) -> Floats:
        counted: Floats = counts[self.sources]
        return counted if self._parts is None else counted * self._parts

    def of_choices(self, of_items: Floats) -> Floats:
        """What is known of items, for each of their choices."""
        column: Floats = of_items[self.items]
        return column

    def powers(self, scores: Floats) -> Floats:
        """The exponentials of scores, the highest of each item being 1."""
        high = np.maximum.reduceat(scores, self.starts)
        return np.asarray(np.exp(scores - self.of_choices(high)), float)

    def supported(self, counts: Floats) -> tuple[Floats, Floats]:
        """The exponentials of scores, and their sums with those of figures that nobody gave.

        Where no float holds them, the highest of each item is 1.
        """
        scores = self.scores(counts)
        if np.abs(scores).max(initial=0) < _MOST_SCORE:
            powers = np.asarray(np.exp(scores), float)
            return powers, np.bincount(self.items, powers) + self._unsaid
        high = np.maximum.reduceat(scores, self.starts)
        high = np.where(self._unsaid > 0, np.maximum(high, 0), high)
        powers = np.asarray(np.exp(scores - self.of_choices(high)), float)
        return powers, np.bincount(self.items, powers) + self._unsaid * np.exp(-high)

    def borne_out(self, rates: Floats, prior: float) -> Floats:
        """How often each source is borne out, by what the others come to without its group."""
        counts = _log_odds(rates)
        powers, totals = self.supported(counts)
        # Of a choice so far below another that its share is 0, or too small to divide by, the
        # odds against it are infinite, and it is borne out by 1 / infinity, which is 0 as it is.
        with np.errstate(divide="ignore", over="ignore"):
            against = (self.of_choices(totals) - powers) / powers
        choices, sources = self._judged
        if self._parts is None:
            odds = np.exp(counts)[sources]
        else:
            own = np.bincount(self._camps, self._counted(counts))[self._camps]
            odds = np.exp(own[self._some])
        borne = np.bincount(sources, 1 / (1 + against[choices] * odds), len(rates))
        pooled = (borne.sum() + prior * _START) / (self.judged.sum() + prior)
        shrunk: Floats = (borne + prior * pooled) / (self.judged + prior)
        return shrunk.clip(_LEAST, _MOST)

    def wrong(self, rates: Floats, prior: float) -> float:
        """Among how many figures those who err choose, by how often two of them agree."""
        powers, totals = self.supported(_log_odds(rates))
        most = np.maximum.reduceat(powers, self.starts)
        voices = np.bincount(self.choices, self._parts)
        top = np.flatnonzero(powers == self.of_choices(most))
        first = np.diff(self.items[top], prepend=-1) > 0
        voices[top[first]] = 0
        sure = most / totals
        erring = np.add.reduceat(voices, self.starts)
        pairs = (sure * erring * (erring - 1)).sum() + prior
        same = (self.of_choices(sure) * voices * (voices - 1)).sum() + prior / _WRONG
        return float(np.clip(pairs / same, _FEWEST, _WRONG))

    @cached_property
    def distances(self) -> Floats:
        """What the other voices of an item take away from each choice."""
        said = self.values[self.choices]
        ends = np.cumsum(self.heard)
        middle = said[ends - (self.heard + 2) // 2] / 2 + said[ends - (self.heard + 1) // 2] / 2
        off = _apart(said, middle[self.items[self.choices]])
        usual = np.median(off[off > 0]) if (off > 0).any() else 1.0
        taken = np.zeros(len(self.values))
        most = np.minimum(self.heard, _ASKED)
        for some in self._in_parts(most[self.items]):
            items = self.items[some]
            asked = most[items]
            nth = np.arange(asked.sum()) - np.repeat(np.cumsum(asked) - asked, asked)
            if (most < self.heard).any():
                nth = nth * np.repeat(self.heard[items], asked) // np.repeat(asked, asked)
            voice = np.repeat((ends - self.heard)[items], asked) + nth
            far = _apart(np.repeat(self.values[some], asked), said[voice]) / usual
            costs = _TAKEN * (np.hypot(np.minimum(far, _FARTHEST), _NEAR) - _NEAR)
            if self._parts is not None:
                costs *= self._parts[voice]
            sums = np.add.reduceat(costs, np.cumsum(asked) - asked)
            taken[some] = sums * (self.heard[items] / asked)
        return taken * self.of_choices(self._scattered(np.abs(middle), float(usual)))

    def _scattered(self, sizes: Floats, usual: float) -> Floats:
        """How far distances count in each item: less where two are equal, which is hardly chance.

        What those give may lie at the edge of all others. It may be chance where two are seldom
        equal elsewhere, and figures of these sizes, so far apart as usual, are given roughly.
        """
        voices = np.bincount(self.choices, self._parts, len(self.values))
        alone = np.maximum.reduceat(voices, self.starts) < 1.5  # groups are one voice
        some = self.heard > 1
        share = (alone[some].sum() + _FEW_ITEMS) / (some.sum() + _FEW_ITEMS)
        digits = np.maximum.reduceat(_digits(self.values), self.starts)
        steps = 10.0 ** (1 - digits) / _leading(sizes)  # as shares of the sizes
        pairs = self.heard * (self.heard - 1) / 2
        chance = pairs * steps / (4 * usual)  # figures lie within two usual distances each way
        scattered: Floats = np.minimum(min(_LONE * share, 1.0), _BY_CHANCE * chance)
        return np.where(alone, 1.0, scattered)

    def _in_parts(self, pairs: Places) -> Iterator[Places]:
        """The choices, so many at a time that their distances fit into memory."""
        parts = np.cumsum(pairs) // _DISTANCES
        return iter(np.split(np.arange(len(pairs)), np.flatnonzero(np.diff(parts)) + 1))


def _apart(some: Floats, others: Floats) -> Floats:
    """How far apart numbers are, as a share of their size; 0 where they are equal."""
    sizes = np.abs(some) / 2 + np.abs(others) / 2
    share: Floats = np.abs(some - others) / np.where(sizes > 0, sizes, 1)
    return share


def _leading(sizes: Floats) -> Floats:
    """Numbers without their powers of ten: from 1 to 10, and 1 for 0."""
    some = np.where(sizes > 0, sizes, 1)
    first: Floats = some / 10.0 ** np.floor(np.log10(some))
    return first


def _digits(values: Floats) -> Floats:
    """How many significant digits numbers have."""
    first = _leading(np.abs(values))
    digits = np.full(len(values), float(_DIGITS))
    for more in range(_DIGITS - 1, 0, -1):
        shifted = first * 10.0 ** (more - 1)
        digits[np.abs(shifted - np.rint(shifted)) < 1e-6] = more
    return digits
