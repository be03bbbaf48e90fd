"""How far off best supported figures are, beside counting, averaging and a packaged peer.

Run: python benchmarks/weighing.py [SUBJECTS ...]

Records are made whose numbers are known: sources that are off more or less often, by figures of
their own or by one that others have too, heavy tails or even ones, one slip of 10^6 in each
record, a source that others copy, measurements of which hardly two are equal. Two errors are
printed for each way of picking a number: the share of subjects whose number it is not, and how far
off it is on average, as a share of the larger of the two. The peer is truthdiscovery (`pip install
--no-deps truthdiscovery bidict scipy`), the best of its methods in each row; where it is not
installed, that is said. Support's error is told as so many times another's, in brackets between
what that might be by the luck of the subjects (90%). "more" marks what is more than 1.10 times the
best other way beyond noise: by the differences subject by subject, at one chance in twenty.
Then: how often ranges hold the number, how well copies are told, and those that agree too often
to count as more than one, and what 261,000 voices take.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factlog import Claim, Estimate, Hedge, Statement, Support, support
from factlog.comparer.copies import copies
from factlog.decision import Decision, DecisionKind
from factlog.stats.dependence import dependent
from factlog.stats.weighing import Voices, weigh

Floats = NDArray[Any]
Picks = Mapping[int, float]  # the number picked for a subject

SEEDS = {30: 100, 300: 20, 3_000: 10}  # records of so many subjects; else one
MOST_PEERS = 300  # the peer holds a number for every two figures, more than memory has room for
PEERS = ("TruthFinder", "Sums", "AverageLog", "PooledInvestment", "CRH")


@dataclass(frozen=True)
class World:
    """How a record is made."""

    right: tuple[float, float] = (0.55, 0.9)  # how often the worst and the best source hit
    covered: float = 0.4  # the share of subjects a source speaks of
    shared: float = 0.3  # the share of misses that are one figure, the same for all
    noise: float = 0.0  # the usual scatter of measurements; 0 where numbers are counts
    measured: float = 1.0  # the share of subjects that it scatters
    copies: int = 0  # how many sources copy the first one
    sources: int = 20
    even: bool = False  # whether misses lie evenly within 30% of the number, without heavy tails


WORLDS = {
    "counts": World(),
    "mixed": World(right=(0.1, 0.95)),
    "good": World(right=(0.8, 0.98)),
    "sparse": World(right=(0.4, 0.9), covered=0.15),
    "shared": World(right=(0.3, 0.9), shared=0.8),
    "copied": World(copies=6),
    "few copied": World(right=(0.5, 0.8), covered=0.9, copies=2, sources=8),
    "many copied": World(right=(0.5, 0.8), covered=0.9, copies=4, sources=8),
    "few good": World(right=(0.2, 0.95), covered=0.9, shared=0.8, sources=8),
    "rarely right": World(right=(0.1, 0.5)),
    "evenly off": World(right=(0.25, 0.45), covered=0.85, shared=0, sources=7, even=True),
    "half right": World(right=(0.5, 0.5), covered=0.85, shared=0, sources=6, even=True),
    "measured": World(noise=0.05),
    "half measured": World(noise=0.05, measured=0.5),
    "measured, copied": World(noise=0.05, copies=6),
}


@dataclass(frozen=True)
class Record:
    """The known numbers, and what each source (a row) says of each subject: nan for nothing."""

    known: Floats
    said: Floats

    def heard(self, subject: int) -> Floats:
        """The figures of one subject."""
        figures: Floats = self.said[:, subject]
        return figures[~np.isnan(figures)]


def main() -> None:
    """Print the tables."""
    sizes = [int(size) for size in sys.argv[1:]] or [*SEEDS, 30_000]
    peers = find_peers()
    print(f"packaged peer: truthdiscovery {', '.join(PEERS)}" if peers else "no packaged peer")
    for error in ("share of subjects off", "distance, as a share"):
        print(f"\n{error}; support beside the best other way of the row")
        print(f"{'record':<18}{'subjects':>9}{'plurality':>11}{'median':>9}{'mean':>9}", end="")
        print(f"{'peer':>9}{'support':>9}{'times plurality':>22}{'times':>22}")
        for line in errors_of(sizes, peers, place=error.startswith("distance")):
            print(line, flush=True)
    print()
    for part in (calibrated, pooled, copied, counted_as_one, speed):
        for line in part():
            print(line, flush=True)


# Records


def made(world: World, subjects: int, seed: int) -> Record:
    """A record of a world, with one slip of 10^6."""
    chance = np.random.default_rng(seed)
    known = np.round(np.exp(chance.normal(7, 2, subjects))) + 1
    other = np.round(known * np.exp(chance.normal(0, 0.15, subjects)))
    said = np.full((world.sources, subjects), np.nan)
    noise = world.noise * (np.arange(subjects) < world.measured * subjects)
    for source, rate in enumerate(chance.uniform(*world.right, world.sources)):
        tail: Floats = known * (
            1 + chance.uniform(-0.3, 0.3, subjects)
            if world.even
            else np.exp(0.2 * chance.standard_t(1.5, subjects).clip(-30, 30))
        )
        off = np.where(chance.random(subjects) < world.shared, np.maximum(other, 1), tail)
        scatter = noise * 2 ** chance.uniform(-2, 2) * chance.normal(size=subjects)
        hit = chance.random(subjects) < rate
        figures = rounded(np.where(hit, known * np.exp(scatter), off), noise)
        copies = 0 < source <= world.copies
        speaks = chance.random(subjects) < (0.9 if copies else world.covered)
        said[source] = np.where(speaks, said[0] if copies else figures, np.nan)
    rows, columns = np.nonzero(~np.isnan(said))
    slip = chance.integers(len(rows))
    said[rows[slip], columns[slip]] *= 1e6
    return Record(known, said)


def rounded(figures: Floats, noise: Floats) -> Floats:
    """Whole counts; measurements to three digits."""
    measured = [float(f"{figure:.3g}") for figure in figures]
    return np.where(noise > 0, measured, np.round(figures))


def claims_of(record: Record) -> Iterator[Claim]:
    """The record as claims."""
    for source, subject in zip(*np.nonzero(~np.isnan(record.said)), strict=True):
        words = format(record.said[source, subject], ".17g")
        estimate = Estimate(Hedge.EXACT, best=Decimal(words))
        yield Claim(Statement(f"{subject}", f"source {source}"), words, estimate)


# Ways to pick a number


def errors_of(sizes: Sequence[int], peers: ModuleType | None, *, place: bool) -> Iterator[str]:
    """A line a world and size: the error of each way of picking."""
    for name, world in WORLDS.items():
        for size in sizes:
            rows = [ways(world, size, seed, peers) for seed in range(SEEDS.get(size, 1))]
            every = {way: np.concatenate([row[way] for row in rows]) for way in rows[0]}
            found = every if place else {way: off > 1e-9 for way, off in every.items()}
            ours = found.pop("support")
            packaged = [found.pop(way) for way in [*found] if way in PEERS]
            others = [*found.values(), *([min(packaged, key=np.mean)] if packaged else [])]
            best = min(others, key=np.mean)
            columns = "".join(f"{other.mean():9.4f}" for other in others)
            if not packaged:
                columns += f"{'-':>9}"
            yield (
                f"{name:<18}{size:>9,}  {columns}{ours.mean():9.4f}"
                f"{ratio(ours, found['plurality']):>22}{ratio(ours, best):>22}{more(ours, best)}"
            )


def more(errors: Floats, others: Floats) -> str:
    """A mark where errors are more than 1.10 times others beyond noise."""
    apart = errors - 1.1 * others
    return " more" if apart.mean() > 1.645 * apart.std() / len(apart) ** 0.5 else ""


def ratio(errors: Floats, others: Floats) -> str:
    """How many times others the errors are, and between what that might be by luck (90%)."""
    if not errors.any() or not others.any():
        return "-" if errors.any() else "none"
    apart = errors / errors.sum() - others / others.sum()
    spread = float(np.exp(1.645 * np.sqrt((apart**2).sum())))
    times = float(errors.mean() / others.mean())
    return f"{times:.2f} ({times / spread:.2f} to {times * spread:.2f})"


_seen: dict[tuple[str, int, int], dict[str, Floats]] = {}


def ways(world: World, size: int, seed: int, peers: ModuleType | None) -> dict[str, Floats]:
    """How far off each way of picking is, subject by subject, on one record."""
    key = (str(world), size, seed)
    if key not in _seen:
        record = made(world, size, seed)
        picks = {
            "plurality": each(record, plurality),
            "median": each(record, lambda figures: float(np.median(figures))),
            "mean": each(record, lambda figures: float(np.mean(figures))),
            "support": supported(record),
        }
        if peers and size <= MOST_PEERS:
            picks |= {name: packaged(record, getattr(peers, name)) for name in PEERS}
        _seen[key] = {way: errors(some, record) for way, some in picks.items()}
    return _seen[key]


def errors(picks: Picks, record: Record) -> Floats:
    """How far off the numbers are, as a share of the larger of the two."""
    subjects = sorted(picks)
    known = record.known[subjects]
    picked = np.array([picks[subject] for subject in subjects])
    off: Floats = np.abs(picked - known) / np.maximum(np.abs(picked), known)
    return off


def each(record: Record, pick: Callable[[Floats], float]) -> Picks:
    """What a way of picking gives for each subject by itself."""
    heard = {subject: record.heard(subject) for subject in range(len(record.known))}
    return {subject: pick(figures) for subject, figures in heard.items() if len(figures) > 1}


def plurality(figures: Floats) -> float:
    """The figure of most voices; of several the one nearest the median."""
    values, voices = np.unique(figures, return_counts=True)
    most = values[voices == voices.max()]
    return float(most[np.abs(most - np.median(figures)).argmin()])


def supported(record: Record) -> Picks:
    """The best supported figures; where two are equally supported, the first."""
    found = support(claims_of(record))
    return {
        int(one.subject): float(one.values[0].value) for one in found if isinstance(one, Support)
    }


def find_peers() -> ModuleType | None:
    """The packaged methods, without the pictures that the package can draw."""
    for name in ("imageio", "imageio.v2", "cairo"):
        sys.modules.setdefault(name, ModuleType(name))
    sys.modules["imageio"].v2 = sys.modules["imageio.v2"]  # type: ignore[attr-defined]
    try:
        import truthdiscovery  # type: ignore[import-not-found]
    except ImportError:
        return None
    found: ModuleType = truthdiscovery
    return found


def packaged(record: Record, method: Any) -> Picks:
    """What a method of the package believes most; of several the one nearest the median."""
    from truthdiscovery import Dataset

    triples = [
        (f"{source}", subject, record.said[source, subject])
        for source, subject in zip(*np.nonzero(~np.isnan(record.said)), strict=True)
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        belief = method().run(Dataset(triples)).belief
    picks = {}
    for subject in each(record, plurality):
        most = max(belief[subject].values())
        best = np.array([value for value, b in belief[subject].items() if b >= most - 1e-12])
        if not len(best):  # a method that came to nan
            best = np.array(list(belief[subject]))
        middle = np.median(record.heard(subject))
        picks[subject] = float(best[np.abs(best - middle).argmin()])
    return picks


# Ranges


def calibrated() -> Iterator[str]:
    """How often calibrated ranges hold the numbers of subjects that are not decided."""
    for name, decided in (("measured", 12), ("measured", 40), ("counts", 40)):
        held: dict[Decimal, list[bool]] = {}
        for seed in range(100):
            record = made(WORLDS[name], 80, seed)
            resolved = [
                Decision(str(n), "", DecisionKind.VALUE, "", "", low=number, high=number)
                for n, number in enumerate(map(Decimal, record.known[:decided]))
            ]
            for one in support(claims_of(record), decided=resolved):
                if isinstance(one, Support) and one.range and int(one.subject) >= decided:
                    known = Decimal(record.known[int(one.subject)])
                    inside = one.range.low <= known <= one.range.high
                    held.setdefault(one.range.level, []).append(inside)
        for level, some in held.items():
            yield (
                f"calibrated on {decided} decided subjects, {name}: "
                f"{level:.0%} ranges hold {np.mean(some):.1%} of {len(some):,} "
                f"(to be expected: {ceil((decided + 1) * level) / (decided + 1):.1%} and more)"
            )


def pooled() -> Iterator[str]:
    """How often pools of three stated ranges, too narrow as people's are, hold the number."""
    chance = np.random.default_rng(5)
    for alone in (0.5, 0.6, 0.7, 0.8):
        arm = 0.1 * {0.5: 0.674, 0.6: 0.842, 0.7: 1.036, 0.8: 1.282}[alone]
        held, cut = {Decimal("0.9"): 0, Decimal("0.8"): 0}, 0
        for _ in range(2_000):
            middles = 1000 * (1 + 0.1 * chance.normal(size=3))
            ends = [(m * (1 - arm), m * (1 + arm)) for m in middles]
            (one,) = support(ranges_of(ends))
            assert isinstance(one, Support)
            for each_range in one.stated:
                held[each_range.level] += each_range.low <= 1000 <= each_range.high
            cut += max(low for low, _ in ends) <= 1000 <= min(high for _, high in ends)
        told = ", ".join(f"{level:.0%} pool {n / 2_000:.1%}" for level, n in held.items())
        yield (
            f"three stated ranges that each hold {alone:.0%}: {told}, "
            f"what they share {cut / 2_000:.1%}"
        )


def copied(subjects: int = 100) -> Iterator[str]:
    """How many of the pairs that are told as copies are, and how many of those there are told."""
    worlds = {
        "two copy one": World(copies=2),
        "three copy one, errors shared": World(copies=3, right=(0.3, 0.9), shared=0.8),
        "six copy one": World(copies=6),
        "none copies": World(right=(0.3, 0.9), shared=0.8),
    }
    for name, world in worlds.items():
        found, told, there = 0, 0, 0
        for seed in range(40):
            pairs = {
                frozenset((one, other))
                for group in copies(claims_of(made(world, subjects, seed)))
                for one in group.sources
                for other in group.sources
                if one != other
            }
            names = [f"source {n}" for n in range(world.copies + 1)]
            real = {frozenset((a, b)) for a in names for b in names if a != b}
            found, told, there = found + len(pairs & real), told + len(pairs), there + len(real)
        precision = f"{found / told:.3f}" if told else f"none of {told} told"
        recall = f"{found / there:.3f}" if there else "-"
        yield f"copies of {subjects} subjects, {name}: precision {precision}, recall {recall}"


def counted_as_one() -> Iterator[str]:
    """The same of sources that agree too often to count singly, when figures are weighed."""
    for name, size in (
        (name, size) for name in ("few copied", "few good") for size in (12, 30, 100)
    ):
        found, told, there = 0, 0, 0
        for seed in range(40):
            groups = dependent(*voices_of(made(WORLDS[name], size, seed)))
            alike = np.triu(groups[:, None] == groups, 1)
            copies = WORLDS[name].copies + 1
            found, told = found + alike[:copies, :copies].sum(), told + alike.sum()
            there += copies * (copies - 1) // 2
        told_right = f"{found} of {told} are copies" if told else "none are told"
        yield f"counted as one voice of {size} subjects, {name}: {told_right}, of {there} there are"


def voices_of(record: Record) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Subject, source and figure of each voice, numbered."""
    subjects, sources = np.nonzero(~np.isnan(record.said.T))
    pairs = np.stack([subjects, record.said[sources, subjects]], axis=1)
    figures = np.unique(pairs, axis=0, return_inverse=True)[1].ravel()
    return np.unique(subjects, return_inverse=True)[1], sources, figures


def ranges_of(ends: Sequence[tuple[float, float]]) -> Iterator[Claim]:
    """Stated ranges as claims."""
    for n, (low, high) in enumerate(ends):
        estimate = Estimate(Hedge.RANGE, low=Decimal(f"{low:.3f}"), high=Decimal(f"{high:.3f}"))
        yield Claim(Statement("x", f"source {n}"), "a range", estimate)


# Speed


def speed(size: int = 261_000) -> Iterator[str]:
    """How long so many voices take, beside one plain round of the same sums."""
    chance = np.random.default_rng(3)
    items = np.sort(chance.integers(0, size // 9, size))
    items = np.unique(items, return_inverse=True)[1]
    figures = chance.integers(0, 6, size)
    _, choices = np.unique(items * 6 + figures, return_inverse=True)
    sources = chance.integers(0, 200, size)
    values = np.zeros(choices.max() + 1)
    values[choices] = 100 + figures
    voices = Voices(items.tolist(), sources.tolist(), choices.tolist(), values.tolist())
    found = weigh(voices)
    taken = min(timed(lambda: weigh(voices)) for _ in range(3))
    once = min(timed(lambda: plain_round(items, sources, choices)) for _ in range(9))
    yield (
        f"{size:,} voices: {taken:.2f} s in {found.rounds} rounds; one round in plain NumPy "
        f"{once:.4f} s, so {taken / (once * found.rounds):.2f} times"
    )
    said = np.full((9, size // 9), np.nan)
    said[:] = np.round(np.exp(chance.normal(7, 2, size // 9)))
    claims = list(claims_of(Record(said[0], said)))
    yield f"support of {len(claims):,} claims: {timed(lambda: support(claims)):.1f} s"


def timed(work: Callable[[], object]) -> float:
    """The seconds of computing that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def plain_round(items: Floats, sources: Floats, choices: Floats) -> Floats:
    """One round of the sums: scores, the support of each voice without it, rates."""
    item_of = np.zeros(choices.max() + 1, int)
    item_of[choices] = items
    counts = np.log(10 * np.full(sources.max() + 1, 0.7) / 0.3)[sources]
    scores = np.bincount(choices, counts)
    powers = np.exp(scores)
    totals = np.bincount(item_of, powers) + 11 - np.bincount(item_of)
    without = np.exp(scores[choices] - counts)
    held = without / (without + totals[items] - powers[choices])
    rates = (np.bincount(sources, held) + 7) / (np.bincount(sources) + 10)
    return rates.clip(0.01, 0.99)


if __name__ == "__main__":
    main()
