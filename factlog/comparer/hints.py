"""Hints: figures a person should look at. They are no verdicts, and are in no count."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Context, Decimal
from itertools import groupby, islice

from factlog.claim import Hedge, Period
from factlog.figure_wording import figure
from factlog.findings import Hint, MeasureComparison, Side, SubjectComparison
from factlog.policy import Kind
from factlog.values import dataclass, replace
from factlog.wording import number, owner, ratio, when

# A figure is held against so many before it and after it in time, at least two on each side.
_AROUND = 3
_LEAST = 2
# Where too few follow it, it is held against so many before it, which must be close together.
_LATE = 4
# The figures around are of one size if the least is this share of the largest: to call one
# a slip of digits, and to call it off at all.
_ALIKE = Decimal("0.3")
_CLOSE = Decimal("0.6")
# How far outside them a figure may lie once its digits are put right.
_LOOSE = Decimal("0.2")
_SLIPS = {
    10: ("ten times", "a tenth of", "a digit too many?", "a digit too few?"),
    100: ("a hundred times", "a hundredth of", "two digits too many?", "two digits too few?"),
    1000: ("a thousand times", "a thousandth of", "read in thousands?", "a scale word missing?"),
    10**6: ("a million times", "a millionth of", "a scale word twice?", "a scale word missing?"),
}
# From so many times on, two figures alone say that a scale word may be missing.
_SCALE = 1000
_DIVIDED = Context(prec=28)
# Whatever its digits, a figure is far off so many times the spread of the others near it: of
# two others, or where a running total may have risen so, the second.
_FAR = 10
_FAR_BEYOND_DOUBT = 100
_MONTH = 30
# Shared numbers say something from so many significant digits on.
TELLING = 4
YEARS = range(1500, 2101)
TWIN = "twin"  # the one kind of hint that other subjects give
COPY = "copy"  # what decisions alone give, after all others

# A subject and a measure.
Head = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a number stands: under which head, and in which unit, by whose claims and when."""

    head: Head
    claims: tuple[int, ...]
    source: str
    when: Period | None
    unit: str | None


def with_hints(subjects: Sequence[SubjectComparison]) -> list[SubjectComparison]:
    """The same comparisons, every measure with its hints."""
    found = twins(each for subject in subjects for each in telling_numbers(subject))
    return [
        replace(
            subject,
            measures=tuple(
                _hinted(measure, found.get((subject.subject, measure.measure), []))
                for measure in subject.measures
            ),
        )
        for subject in subjects
    ]


def _hinted(measure: MeasureComparison, shared: Iterable[Hint]) -> MeasureComparison:
    own = [s for s in measure.sides if s.measure == measure.measure and not s.derived]
    hints: list[Hint] = []
    for cell in _grouped(own, lambda side: (side.scope, side.unit)):
        hints += _slips(cell, measure.kind)
    for series in _grouped(own, lambda side: (side.source, side.scope, side.unit)):
        hints += _zeros(series)
    hints += shared
    return replace(measure, hints=tuple(hints)) if hints else measure


def _grouped(sides: Iterable[Side], key: Callable[[Side], Hashable]) -> Iterable[list[Side]]:
    groups: dict[Hashable, list[Side]] = {}
    for side in sides:
        groups.setdefault(key(side), []).append(side)
    return groups.values()


def _in_time(side: Side) -> tuple[object, ...]:
    return side.when.days[::-1] if side.when else (), side.claims


# Slips


def _slips(cell: Sequence[Side], kind: Kind) -> Iterator[Hint]:
    """Figures that are off all those around them."""
    dated = [side for side in cell if side.best is not None and side.when]
    if kind is Kind.CONSTANT:
        dated = [side for side in cell if side.best is not None]
    dated.sort(key=_in_time)
    if len(dated) == _LEAST:
        yield from _lone_pair(dated[0], dated[1], kind)
        return
    for place, side in enumerate(dated):
        if not _plain(side):
            continue
        around = _around(dated, place, kind) if len(dated) > _LEAST * 2 else []
        late = kind is not Kind.CONSTANT and place + _LEAST >= len(dated)
        why = _slipped(side, around, late=late) if _of_several(around) else ""
        why = why or _far_off(side, _others(dated, place, kind), kind)
        if why:
            yield Hint("slip", side.claims, why)


def _lone_pair(first: Side, second: Side, kind: Kind) -> Iterator[Hint]:
    """Two figures with no other beside them, off by thousands or alike but for a digit."""
    low, high = sorted((first, second), key=lambda side: side.best or Decimal(0))
    less, more = low.best or Decimal(0), high.best or Decimal(0)
    if less <= 0 or not (_plain(low) and _plain(high) and _of_several((low, high))):
        return
    tens = _by_tens(more, less, less)
    if tens is None or (off := _DIVIDED.divide(more, less)) < _SCALE * (1 - _LOOSE):
        rising = kind is Kind.CUMULATIVE and _last_day(low) < _last_day(high)
        if tens is None or rising or off not in _SLIPS:
            return
    one, other = (f"{owner(side.source)} {figure(side)} {when(side.when)}" for side in (high, low))
    yield Hint("slip", high.claims + low.claims, f"{one} is {tens[0]} {other}: {tens[1]}")


def _plain(side: Side) -> bool:
    return side.hedge in (Hedge.EXACT, Hedge.ABOUT)


def _of_several(sides: Iterable[Side]) -> bool:
    """Whether more than one source speaks."""
    return len({side.source for side in sides}) > 1


def _others(dated: Sequence[Side], place: int, kind: Kind) -> list[Side]:
    """The nearest figures, of a measure that changes in time those within a month."""
    if kind is Kind.CONSTANT:
        return _around(dated, place, kind)
    reach = 2 * _AROUND
    near = [*dated[max(place - reach, 0) : place], *dated[place + 1 : place + 1 + reach]]
    last = _last_day(dated[place])
    return [side for side in near if abs(_last_day(side) - last) <= _MONTH]


def _last_day(side: Side) -> int:
    return side.when.days[1].toordinal() if side.when else 0


def _far_off(side: Side, others: Sequence[Side], kind: Kind) -> str:
    """Why a figure looks like a slip, whatever its digits: it is far off all the others."""
    value = side.best or Decimal(0)
    numbers = [each.best for each in others if each.best is not None]
    if len(numbers) < _LEAST or not _of_several(others) or value <= 0 or min(numbers) <= 0:
        return ""
    low, high = min(numbers), max(numbers)
    off = _DIVIDED.divide(value, high) if value > high else _DIVIDED.divide(low, value)
    last = _last_day(side)
    rising = kind is Kind.CUMULATIVE and all(
        _last_day(each) < last if value > high else _last_day(each) > last for each in others
    )
    least = _FAR_BEYOND_DOUBT if rising or len(numbers) == _LEAST else _FAR
    if off < least * _DIVIDED.divide(high, low):
        return ""
    span = number(low) if low == high else f"{number(low)} to {number(high)}"
    whose = f"{owner(side.source)} {figure(side)} {when(side.when)}"
    tens = _by_tens(value, low, high)
    if tens:
        return f"{whose} is {tens[0]} the other figures ({span}): {tens[1]}"
    than = "times" if value > high else "times less than"
    return f"{whose} is {ratio(off)} {than} the other figures ({span})"


def _around(dated: Sequence[Side], place: int, kind: Kind) -> list[Side]:
    """The nearest figures before and after; of a constant all are near."""
    if kind is Kind.CONSTANT:
        most = 4 * _AROUND
        return [each for n, each in enumerate(dated[: most + 1]) if n != place][:most]
    before, after = dated[max(place - _LATE, 0) : place], dated[place + 1 : place + 1 + _AROUND]
    if len(after) < _LEAST:
        return [*before, *after] if len(before) == _LATE else []
    return [*before[-_AROUND:], *after] if len(before) >= _LEAST else []


def _slipped(side: Side, around: Sequence[Side], *, late: bool) -> str:
    """Why a figure looks like a slip; nothing if it does not.

    A `late` one may be news that nothing yet bears out, so less is said of it.
    """
    value = side.best or Decimal(0)
    numbers = [each.best for each in around if each.best is not None]
    low, high = min(numbers), max(numbers)
    if value <= 0 or low <= 0 or low <= value <= high:
        return ""
    whose = f"{owner(side.source)} {figure(side)} {when(side.when)}"
    span = number(low) if low == high else f"{number(low)} to {number(high)}"
    exchanged = _exchanged(value, numbers, late=late)
    if exchanged:
        return f"{whose} against {span}: {number(exchanged)} with two digits exchanged?"
    if low < (_CLOSE if late else _ALIKE) * high:
        return ""
    tens = _by_tens(value, low, high)
    if tens:
        return f"{whose} is {tens[0]} the figures around it ({span}): {tens[1]}"
    if late or low < _CLOSE * high or low / 2 < value < high * 2:
        return ""
    off = _DIVIDED.divide(value, high) if value > high else _DIVIDED.divide(low, value)
    than = "times" if value > high else "times less than"
    return f"{whose} is {ratio(off)} {than} the figures around it ({span})"


def _by_tens(value: Decimal, low: Decimal, high: Decimal) -> tuple[str, str] | None:
    """How many tens a figure is off others, if that alone is wrong with it, and why it may be."""
    for times, (above, below, many, few) in _SLIPS.items():
        for put_right, words, why in ((value / times, above, many), (value * times, below, few)):
            if low * (1 - _LOOSE) <= put_right <= high * (1 + _LOOSE):
                return words if low <= put_right <= high else f"about {words}", why
    return None


def _exchanged(value: Decimal, numbers: Sequence[Decimal], *, late: bool) -> Decimal | None:
    """The number among others' that two neighbouring digits, exchanged, make of one far off."""
    low, high = min(numbers), max(numbers)
    spread = high - low
    if low < _CLOSE * high or low - spread <= value <= high + spread:
        return None
    most = high + spread if late else high
    digits = f"{value:f}"
    for place in range(len(digits) - 1):
        one, other = digits[place], digits[place + 1]
        if one == other or "." in (one, other):
            continue
        made = Decimal(f"{digits[:place]}{other}{one}{digits[place + 2 :]}")
        if low <= made <= most and significant(value) > 2:
            return made
    return None


def significant(value: Decimal) -> int:
    """How many digits count: those before zeros at the end do, the zeros do not."""
    return len(str(abs(value)).replace(".", "").strip("0"))


# Zeros


def _zeros(series: Sequence[Side]) -> Iterator[Hint]:
    """Runs of zeros between larger figures of one source."""
    dated = sorted((s for s in series if s.when and s.best is not None), key=_in_time)
    runs = [(zero, list(run)) for zero, run in groupby(dated, key=lambda side: not side.best)]
    for before, (zero, run), after in zip(runs, runs[1:], runs[2:], strict=False):
        if zero and len(run) > 1:
            around = f"{figure(before[1][-1])} {when(before[1][-1].when)}"
            around += f" and {figure(after[1][0])} {when(after[1][0].when)}"
            claims = tuple(claim for side in run for claim in side.claims)
            why = f"{owner(run[0].source)} {len(run)} zeros between {around}: none, or not counted?"
            yield Hint("zeros", claims, why)


# Twins


def twins(numbers: Iterable[tuple[Decimal, Standing]]) -> dict[Head, list[Hint]]:
    """Numbers that stand under two heads, under the first of those."""
    found: dict[Head, list[Hint]] = {}
    for value, stated in _by_number(numbers).items():
        heads = list(dict.fromkeys(each.head for each in stated))
        for place, head in enumerate(heads):
            pairs = (
                (one, twin)
                for one in stated
                for twin in stated
                if one.head == head and twin.head in heads[place + 1 :]
            )
            alike = (each for each in pairs if each[0].unit == each[1].unit)
            for one, twin in islice(alike, 1):
                name = twin.head[1] or twin.head[0]
                if twin.head[0] != head[0]:
                    name = ", ".join(filter(None, twin.head))
                why = (
                    f"{number(value)} stands under {name} too ({twin.source}, {when(twin.when)}): "
                    "copied under the wrong head?"
                )
                found.setdefault(head, []).append(Hint(TWIN, one.claims + twin.claims, why))
    return found


def _by_number(numbers: Iterable[tuple[Decimal, Standing]]) -> dict[Decimal, list[Standing]]:
    found: dict[Decimal, list[Standing]] = {}
    for value, stands in numbers:
        found.setdefault(value, []).append(stands)
    return found


def telling_numbers(subject: SubjectComparison) -> Iterator[tuple[Decimal, Standing]]:
    """Every exact number with digits enough to tell, and where it stands."""
    for measure in subject.measures:
        head = subject.subject, measure.measure
        for side in measure.sides:
            if side.measure == measure.measure and not side.derived and _telling(side):
                assert side.best is not None
                yield side.best, Standing(head, side.claims, side.source, side.when, side.unit)


def _telling(side: Side) -> bool:
    value = side.best
    if value is None or side.hedge is not Hedge.EXACT or significant(value) < TELLING:
        return False
    return not (side.unit is None and value in YEARS)
