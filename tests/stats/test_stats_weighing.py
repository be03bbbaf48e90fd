"""Weighing: voices in, scores out, held against the plain loop that it stands for."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog.stats.distributions import beta_below, beta_quantile, jeffreys
from factlog.stats.ranges import calibrated_radius, pooled_range, weighted_median
from factlog.stats.weighing import Voices, Weights, weigh

Said = list[tuple[int, int, float]]  # item, source, figure


def voices(said: Said) -> tuple[Voices, list[tuple[int, float]]]:
    """What was said as columns, and the choices in their order."""
    choices = list(dict.fromkeys((item, value) for item, _, value in said))
    return (
        Voices(
            [item for item, _, _ in said],
            [source for _, source, _ in said],
            [choices.index((item, value)) for item, _, value in said],
            [value for _, value in choices],
        ),
        choices,
    )


def plain(
    said: Said, prior: float, groups: Sequence[int]
) -> tuple[dict[tuple[int, float], float], dict[int, float]]:
    """The same scores and rates, by going through all voices again and again."""
    rates = {source: 0.7 for _, source, _ in said}
    together = Counter((item, groups[source], value) for item, source, value in said)
    of_item = defaultdict(list)
    for item, source, value in said:
        of_item[item].append((source, value))

    def counts(rate: float, wrong: float = 10) -> float:
        return math.log(wrong * rate / (1 - rate))

    def part(item: int, source: int, value: float) -> float:
        return 1 / together[item, groups[source], value]

    def support_of(
        item: int, heard: list[tuple[int, float]], without: tuple[int, float] | None
    ) -> dict[float, float]:
        totals = {v: 0.0 for _, v in heard}
        for other, v in heard:
            if (groups[other], v) != without:
                totals[v] += counts(rates[other]) * part(item, other, v)
        whole = sum(map(math.exp, totals.values())) + max(11 - len(totals), 0)
        return {v: math.exp(total) / whole for v, total in totals.items()}

    for _ in range(30):
        borne = defaultdict(list)
        for item, heard in of_item.items():
            if len(heard) < 2:
                continue
            for source, value in heard:
                borne[source].append(support_of(item, heard, (groups[source], value))[value])
        every = [p for some in borne.values() for p in some]
        pooled = (sum(every) + prior * 0.7) / (len(every) + prior)
        new = {
            s: min(max((sum(borne[s]) + prior * pooled) / (len(borne[s]) + prior), 0.01), 0.99)
            for s in rates
        }
        moved = {s: (rates[s] + new[s]) / 2 for s in rates}
        change = max(abs(moved[s] - rates[s]) for s in rates)
        rates = moved
        if change < 1e-6:
            break

    pairs, same = prior, prior / 10
    for item, heard in of_item.items():
        shares = support_of(item, heard, None)
        most = max(shares.values())
        first = min(v for v, share in shares.items() if share > most * (1 - 1e-9))
        voices = {(groups[source], v) for source, v in heard}
        erring = [v for _, v in voices if v != first]
        pairs += most * len(erring) * (len(erring) - 1)
        same += most * sum(erring.count(v) - 1 for v in erring)
    wrong = min(max(pairs / same, 1.5), 10)

    def apart(one: float, other: float) -> float:
        size = (abs(one) + abs(other)) / 2
        return abs(one - other) / size if size else 0.0

    def middle(numbers: list[float]) -> float:
        ordered = sorted(numbers)
        return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2

    off = [
        distance
        for heard in of_item.values()
        for _, value in heard
        if (distance := apart(value, middle([v for _, v in heard]))) > 0
    ]
    usual = middle(off) if off else 1.0

    def alone(heard: list[tuple[int, float]]) -> bool:
        camps = Counter(value for _, value in {(groups[s], value) for s, value in heard})
        return max(camps.values()) == 1

    several = [heard for heard in of_item.values() if len(heard) > 1]
    lone = (sum(map(alone, several)) + 3) / (len(several) + 3)

    def taken(heard: list[tuple[int, float]]) -> float:
        if alone(heard):
            return 1
        numbers = [value for _, value in heard]
        digits = max(min(len(Decimal(repr(v)).normalize().as_tuple().digits), 9) for v in numbers)
        size = abs(middle(numbers))
        first = size / 10 ** math.floor(math.log10(size)) if size else 1
        pairs = len(numbers) * (len(numbers) - 1) / 2
        return min(3 * lone, 1, 5 * pairs * 10.0 ** (1 - digits) / first / (4 * usual))

    scores = {
        (item, choice): sum(
            max(counts(rates[s], wrong), math.log(wrong) / 5) * part(item, s, v)
            for s, v in heard
            if v == choice
        )
        - taken(heard)
        * sum(
            (wrong - 1)
            / 9
            * 1.2
            * (math.hypot(min(apart(choice, v) / usual, 10), 0.4) - 0.4)
            * part(item, s, v)
            for s, v in heard
        )
        for item, heard in of_item.items()
        for choice in {v for _, v in heard}
    }
    return scores, rates


def made(seed: int, items: int, sources: int) -> Said:
    chance = random.Random(seed)
    return [
        (item, source, float(chance.choice([100, 100, 110, 90, 1000, -5, 0])))
        for item in range(items)
        for source in range(sources)
        if source == 0 or chance.random() < 0.6
    ]


def copied(seed: int) -> Said:
    """What eight sources say, three of which nearly always say the same."""
    chance = random.Random(seed)
    said: Said = []
    for item in range(60):
        right = 1000.0 + item
        figures = [right if chance.random() < 0.6 else chance.uniform(1, 9) for _ in range(8)]
        figures[1:3] = [figures[0] if chance.random() < 0.97 else right for _ in range(2)]
        said += [(item, n, each) for n, each in enumerate(figures) if chance.random() < 0.95]
    return said


@pytest.mark.parametrize(
    ("said", "own"),
    [
        *(
            (made(seed, items=1 + seed * 3, sources=2 + seed % 5), 2 + seed % 5)
            for seed in range(12)
        ),
        *((copied(seed), 6) for seed in range(6)),
    ],
)
@pytest.mark.parametrize("prior", [5.0, 10.0, 20.0])
def test_it_is_what_the_plain_loop_gives(said: Said, own: int, prior: float) -> None:
    table, choices = voices(said)
    found = weigh(table, prior)
    assert len(set(found.groups)) == own
    scores, rates = plain(said, prior, found.groups)
    assert found.scores == pytest.approx([scores[each] for each in choices], abs=1e-6)
    assert found.rates == pytest.approx([rates[n] for n in range(len(rates))], abs=1e-6)


def best(said: Said, item: int = 0) -> float:
    table, choices = voices(said)
    found = weigh(table)
    return max(
        (score, value)
        for score, (of, value) in zip(found.scores, choices, strict=True)
        if of == item
    )[1]


def test_two_voices_outweigh_one_and_the_middle_is_taken_where_none_are_equal() -> None:
    assert best([(0, 0, 5.0), (0, 1, 5.0), (0, 2, 9.0)]) == 5
    assert best([(0, 0, 8848.86), (0, 1, 8848.86), (0, 2, 8848.95), (0, 3, 8850.0)]) == 8848.86
    assert best([(0, 0, 10.0), (0, 1, 10.5), (0, 2, 11.0), (0, 3, 1e6)]) in (10.5, 10.0)


def test_a_source_that_others_bear_out_elsewhere_outweighs_two_that_they_do_not() -> None:
    said: Said = []
    for item in range(1, 40):
        said += [(item, 0, 100.0 + item), (item, 1, 100.0 + item), (item, 2, 100.0 + item)]
        said += [(item, 3, 90.0 - item), (item, 4, 50.0 + 3 * item)]
    assert best([*said, (0, 0, 7.0), (0, 3, 8.0), (0, 4, 8.0)]) == 7


def test_where_those_who_err_agree_a_source_borne_out_counts_for_more() -> None:
    """Two that share their errors outvote one that errs less often only where errors scatter."""

    def record(shared: bool) -> Said:
        chance = random.Random(5)
        said: Said = []
        for item in range(1, 200):
            known = 1000.0 + item
            for source, rate in enumerate((0.95, 0.9, 0.85, 0.6, 0.6, 0.6)):
                err = known + (7 if shared else chance.randrange(8, 400))
                said.append((item, source, known if chance.random() < rate else err))
        return [*said, (0, 0, 50.0), (0, 3, 51.0), (0, 4, 51.0)]

    assert best(record(shared=False)) == 51
    assert best(record(shared=True)) == 50


def test_sources_that_agree_too_often_count_as_one_voice() -> None:
    """Three of eight copy one another, in what is right and what is not."""
    chance = random.Random(7)
    said: Said = []
    for item in range(1, 31):
        figures = [
            1000.0 + item if chance.random() < 0.6 else float(chance.randrange(500, 900))
            for _ in range(8)
        ]
        figures[1:3] = [figures[0]] * 2
        said += [(item, source, figure) for source, figure in enumerate(figures)]
    said = [*said, (0, 0, 7.0), (0, 1, 7.0), (0, 2, 7.0), (0, 3, 9.0), (0, 4, 9.0)]
    assert weights(said).groups == [0, 0, 0, 3, 4, 5, 6, 7]
    off = sum(best(said, item) != 1000 + item for item in range(1, 31))
    assert off <= 3
    assert best(said) == 9


def test_a_lucky_pair_does_not_outweigh_the_midst_of_measurements() -> None:
    chance = random.Random(2)
    said = [(n, s, round(chance.gauss(100, 5), 3)) for n in range(1, 60) for s in range(9)]
    others = [(0, s, 100.0 + s / 10) for s in range(7)]
    assert 100 <= best([*said, *others, (0, 7, 112.0), (0, 8, 112.0)]) <= 100.6


def test_the_few_who_agree_are_not_outweighed_by_the_midst_of_those_who_err_to_one_side() -> None:
    chance = random.Random(4)
    said: Said = [
        (n, s, 1000.0 + n if chance.random() < rate else float(chance.randrange(1100, 1700)))
        for n in range(100)
        for s, rate in enumerate([0.95] * 2 + [0.2] * 6)
    ]
    off = [best(said, n) != 1000 + n for n in range(100)]
    assert sum(off) <= 6  # as often as counting voices is off, or cannot tell


def test_a_slip_of_a_million_is_no_farther_off_than_ten_usual_distances() -> None:
    """However far off two slips lie, they are two voices against three of better sources."""
    said: Said = []
    for item in range(1, 60):
        said += [(item, s, 100.0 + item) for s in (0, 1)] + [(item, 2, 90.0 + item)]
        said += [(item, 3, 3.0 * item), (item, 4, 7.0 * item + 1)]
    for far in (60.0, 5e7):
        assert best([*said, (0, 0, 50.0), (0, 1, 50.0), (0, 3, far), (0, 4, far)]) == 50


def test_hundreds_of_voices_of_no_worth_are_within_what_floats_hold() -> None:
    said = [(item, s, float(s)) for item in range(40) for s in range(400)]
    found = weights([*said, (40, 0, 1.0), (40, 1, 1.0)])
    assert all(map(math.isfinite, [*found.scores, *found.rates, *found.shares]))


def test_many_voices_on_one_item_are_asked_in_parts() -> None:
    chance = random.Random(1)
    said = [(0, n, round(chance.gauss(1000, 50), 6)) for n in range(3_000)]
    assert best(said) == pytest.approx(1000, rel=0.02)


def weights(said: Said) -> Weights:
    return weigh(voices(said)[0])


numbers = st.integers(-1000, 1000).map(float)
anything_said = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), numbers),
    min_size=1,
    max_size=30,
    unique_by=lambda each: each[:2],
).map(
    lambda said: [
        (items.index(item), sources.index(source), value)
        for items, sources in [
            (
                list(dict.fromkeys(i for i, _, _ in said)),
                list(dict.fromkeys(s for _, s, _ in said)),
            )
        ]
        for item, source, value in said
    ]
)


@given(anything_said, st.sampled_from([1e-9, 1000.0, 1e12]))
def test_a_unit_so_many_times_ten_changes_nothing(said: Said, factor: float) -> None:
    scaled = [(item, source, value * factor) for item, source, value in said]
    assert weights(scaled).scores == pytest.approx(weights(said).scores, abs=1e-6)


@given(anything_said)
def test_shares_of_an_item_are_one_and_rates_are_rates(said: Said) -> None:
    table, choices = voices(said)
    found = weigh(table)
    totals: dict[int, float] = defaultdict(float)
    for (item, _), share in zip(choices, found.shares, strict=True):
        totals[item] += share
    assert list(totals.values()) == pytest.approx([1.0] * len(totals))
    assert all(0.01 <= rate <= 0.99 for rate in found.rates)
    assert all(count >= 0 for count in found.counts)


@pytest.mark.parametrize(
    ("values", "weights", "expected"),
    [
        ([3], [1], 3),
        ([1, 2], [1, 1], "1.5"),
        ([1, 2], [1, 3], 2),
        ([9, 1, 5], [1, 1, 1], 5),
        ([1, 2, 3, 4], [1, 1, 1, 1], "2.5"),
        ([1, 2, 1000000], [1, 1, 1.5], 2),
    ],
)
def test_weighted_median(values: list[int], weights: list[float], expected: str) -> None:
    assert weighted_median(list(map(Decimal, values)), weights) == Decimal(expected)


@pytest.mark.parametrize(
    ("ranges", "level", "expected"),
    [
        ([(0, 10)], "0.8", (1, 9)),
        ([(0, 10), (0, 10)], "0.8", (1, 9)),
        ([(0, 10), (20, 30)], "0.8", (2, 28)),
        ([(0, 10), (20, 30)], "0.975", ("0.25", "29.75")),
        ([(-4, 4), (-2, 2)], "0.5", ("-1.333333333", "1.333333333")),
    ],
)
def test_a_pool_of_ranges_covers_all_of_them(
    ranges: list[tuple[int, int]], level: str, expected: tuple[str, str]
) -> None:
    found = pooled_range([(Decimal(a), Decimal(b)) for a, b in ranges], Decimal(level))
    assert [round(end, 9) for end in found] == [Decimal(end) for end in expected]


@pytest.mark.parametrize(
    ("errors", "level", "expected"),
    [
        (range(1, 11), "0.8", 9),
        (range(1, 21), "0.9", 19),
        (range(1, 9), "0.9", None),
        (range(1, 10), "0.9", 9),
        ([], "0.8", None),
    ],
)
def test_the_radius_is_the_error_that_so_many_stay_within(
    errors: range, level: str, expected: int | None
) -> None:
    assert calibrated_radius([Decimal(e) for e in errors], Decimal(level)) == expected


@pytest.mark.parametrize("x", [0.0, 0.01, 0.3, 0.5, 0.9, 1.0])
def test_beta_is_the_arcsine_law_and_the_binomial_where_those_are_known(x: float) -> None:
    assert beta_below(x, 0.5, 0.5) == pytest.approx(2 / math.pi * math.asin(math.sqrt(x)))
    for hits, of in ((1, 1), (2, 4), (9, 10), (40, 60)):
        binomial = sum(math.comb(of, k) * x**k * (1 - x) ** (of - k) for k in range(hits, of + 1))
        assert beta_below(x, hits, of - hits + 1) == pytest.approx(binomial, rel=1e-9)


@given(st.floats(0.001, 0.999), st.floats(0.5, 5000), st.floats(0.5, 5000))
def test_a_quantile_of_beta_gives_its_probability_back(p: float, a: float, b: float) -> None:
    assert beta_below(beta_quantile(p, a, b), a, b) == pytest.approx(p, abs=1e-9)


@pytest.mark.parametrize(
    # Ends of Beta(hits + 1/2, misses + 1/2); n = 10, 95%, to three digits.
    ("hits", "of", "low", "high"),
    [(0, 10, 0, 0.217), (1, 10, 0.011, 0.381), (5, 10, 0.224, 0.776), (10, 10, 0.783, 1)],
)
def test_jeffreys(hits: int, of: int, low: float, high: float) -> None:
    assert jeffreys(hits, of, 0.95) == pytest.approx((low, high), abs=5e-4)
