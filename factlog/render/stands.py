"""Where each camp and each figure that nobody contests stands: the figure, whose it is, when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from factlog.claim import Hedge
from factlog.figure_wording import amount, as_said, digits_of, made_of, summed, with_error
from factlog.findings import MeasureComparison, Side, not_outgrown, reaching
from factlog.policy import Kind
from factlog.render import summary
from factlog.values import dataclass
from factlog.wording import (
    BILLION,
    day,
    even_arms,
    finest,
    grouped,
    number,
    scaled,
    to_error,
    with_unit,
)

# So many sources of a camp are named.
_NAMED = 4
# So many figures that a camp of a running total has grown past are told.
_EARLIER = 1
_ISO = len("2025-01-13")


@dataclass(frozen=True, slots=True)
class Stand:
    """A figure, or the span of a camp's, and who stands by it.

    `camp` says which camp it is, by its place; a note why it is fainter: nobody contests it.
    `earlier` are those of a camp that a running total has grown past since, `outgrown` how many,
    and `voices` how many sources give the figure itself, `independent` how many of those are, in
    words, if not all; `claims` are those it rests on.
    """

    figure: str
    sources: str
    when: str
    camp: int | None = None
    scope: str = ""
    note: str = ""
    earlier: str = ""
    outgrown: int = 0
    voices: int = 1
    independent: str = ""
    claims: tuple[int, ...] = ()

    @property
    def who(self) -> str:
        """Whose it is, of what, of when, that nobody contests it, and what was before it."""
        whose = ", ".join(filter(None, (self.sources, self.scope, self.when, self.note)))
        return f"{whose}; earlier {self.earlier}" if self.earlier else whose


def stands(measure: MeasureComparison) -> list[Stand]:
    """Each camp, the lowest first, then the figures that nobody contests; none of the past."""
    found = [_camp(number, measure) for number in range(len(measure.camps))]
    held = [measure.sides[place] for camp in measure.camps for place in camp.sides]
    alone = [measure.sides[n] for n in measure.uncontested if n not in measure.past]
    if not (measure.camps or measure.uncontested):  # nobody looked for camps
        alone = [s for s in measure.sides if s.current and s.measure == measure.measure]
    alone.sort(key=lowest)
    apart, unit = _not_compared(measure), shared_unit(measure)
    return found + [
        _alone(side, apart(side) or _beside(side, held, measure.kind), unit) for side in alone
    ]


def _not_compared(measure: MeasureComparison) -> Callable[[Side], str]:
    """What says of a figure that it was compared with no other source's, where others were."""
    voices: dict[tuple[object, object], set[str]] = {}
    for side in measure.sides:
        if side.measure == measure.measure:
            voices.setdefault((side.unit, side.scope), set()).add(side.source)
    compared = [of for of, sources in voices.items() if len(sources) > 1]

    def apart(side: Side) -> str:
        if not compared or (side.unit, side.scope) in compared:
            return ""
        return f"not compared ({'scope' if side.unit in dict(compared) else 'unit'})"

    return apart


def shared_unit(measure: MeasureComparison) -> str | None:
    """The unit that all figures of a measure are in, said once above them."""
    return measure.unit if {side.unit for side in measure.sides} == {measure.unit} else None


def _beside(side: Side, held: Sequence[Side], kind: Kind) -> str:
    """Why nobody contests a figure that stands beside camps: it is later than theirs, say."""
    if not held:
        return ""
    dated = [each.when.days for each in held if each.when]
    if kind is Kind.CUMULATIVE and side.when and len(dated) == len(held):
        first, last = side.when.days
        if first > max(days[1] for days in dated):
            return "later, uncontested"
        if last < min(days[0] for days in dated):
            return "earlier, uncontested"
    return "uncontested"


def past(measure: MeasureComparison) -> list[Stand]:
    """Each source's last word where that is too old to say how things stand, the latest first."""
    sides = sorted((measure.sides[place] for place in measure.past), key=last_day, reverse=True)
    unit = shared_unit(measure)
    return [_alone(side, "", unit) for side in sides]


def since(measure: MeasureComparison) -> str:
    """What the old figures are beside those of the camps: none of a camp may be older yet."""
    held = [measure.sides[place] for camp in measure.camps for place in camp.sides]
    newest = max(last_day(measure.sides[place]) for place in measure.past)
    older = any(last_day(side) <= newest for side in held)
    return "older, uncontested" if older else "before"


def last_day(side: Side) -> tuple[object, ...]:
    """What orders figures in time: the last day of a date, then the first; undated is oldest."""
    return side.when.days[::-1] if side.when else ()


def lowest(side: Side) -> Decimal:
    """The lowest number that was stated."""
    return side.ends[0] if side.ends else Decimal("-Infinity")


def _highest(side: Side) -> Decimal:
    """The highest number that was stated."""
    return side.ends[-1] if side.ends else Decimal("Infinity")


def _camp(number: int, measure: MeasureComparison) -> Stand:
    camp = measure.camps[number]
    every = [measure.sides[place] for place in camp.sides]
    sides = not_outgrown(every, measure.kind)
    told, unit = reaching(sides), shared_unit(measure)
    figures = dict.fromkeys(in_digits(side, unit) for side in told)
    figure = next(iter(figures)) if len(figures) == 1 else _range(told, unit)
    plain = set(map(id, told))
    names = list(dict.fromkeys(_named(s, vague=id(s) not in plain) for s in (*told, *sides)))
    if len(names) > _NAMED and measure.kind is Kind.CUMULATIVE:  # those who spoke last say most
        latest_first = sorted(sides, key=last_day, reverse=True)
        names = list(dict.fromkeys(_named(s, vague=id(s) not in plain) for s in latest_first))
    who = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        who += f" and {len(names) - _NAMED} more"
    origins = len({side.origin or side.source for side in sides})
    origins = camp.origins if len(sides) == len(every) else min(origins, camp.origins)
    voices = len({side.source for side in sides})
    fewer = f" ({summary.origins(origins, measure, 'independent ')})"
    independent = fewer if origins < voices else ""
    when = _dates(sides) if measure.kind is Kind.CUMULATIVE else latest(sides)
    standing = set(map(id, sides))
    old = [side for side in every if id(side) not in standing]
    return Stand(
        figure,
        who + independent,
        when,
        number,
        every[0].scope or "",
        earlier=_earlier(old, measure),
        outgrown=len(old),
        voices=voices,
        independent=independent,
        claims=tuple(sorted(number for side in sides for number in side.claims)),
    )


def _earlier(sides: Sequence[Side], measure: MeasureComparison) -> str:
    """Figures that a camp has grown past, the latest first."""
    ordered = sorted(sides, key=last_day, reverse=True)
    unit = shared_unit(measure)
    told = [
        f"{in_digits(side, unit)} ({_named(side)}, {latest([side])})" for side in ordered[:_EARLIER]
    ]
    more = len(ordered) - _EARLIER
    return ", ".join(told) + (f" and {more} more" if more > 0 else "")


def _alone(side: Side, note: str, unit: str | None) -> Stand:
    figure = in_digits(side, unit)
    if side.derived:
        figure = summed(figure, side)
    who = ", ".join(filter(None, (side.source, citing(side))))
    return Stand(figure, who, latest([side]), None, side.scope or "", note, claims=side.claims)


def citing(side: Side) -> str:
    """Whom the source of a figure has it from, if it says so."""
    return f"citing {side.origin}" if side.origin and side.origin != side.source else ""


def _named(side: Side, *, vague: bool = False) -> str:
    """A source, and what a figure made of its parts is made of, or its words beside numbers."""
    who = " ".join(filter(None, (side.source, citing(side))))
    if vague:
        return f"{who} ({even_arms(side.said)})"
    return f"{who} ({made_of(side)})" if side.derived else who


def in_digits(side: Side, shared: str | None = None) -> str:
    """A figure as it was said, where that is in digits; a vague word with what it stands for.

    The unit that all share is said above them.
    """
    said = grouped(even_arms(side.said))
    unit = side.unit if side.unit != shared else None
    if side.best is not None and side.plus is not None and side.minus is not None:
        return with_error(side, unit)
    text = amount(side, _digits(side))
    text = with_unit(text, unit) if unit else text
    if (side.hedge is Hedge.VAGUE and not side.derived) or side.fraction:
        return f"{said} ({text})"
    ends = [number(end) for end in (side.low, side.best, side.high) if end is not None]
    reworded = side.derived or side.unit or side.hedge is Hedge.RANGE or side.in_several_words
    if not reworded and all(end in said for end in ends):
        return said[:1].lower() + said[1:]
    return text


def with_scope(side: Side) -> str:
    """The same with its unit, first as it was given in another, and of what."""
    given = side.unit_given is not None and side.plus is None and not side.derived
    figure = as_said(side) if given else in_digits(side)
    return f"{figure}, {side.scope}" if side.scope else figure


def _range(sides: Sequence[Side], shared: str | None) -> str:
    """From the lowest to the highest end that was stated, each as firmly as it was."""
    least = min(sides, key=lambda side: (lowest(side), side.hedge is not Hedge.EXACT))
    most = max(sides, key=lambda side: (_highest(side), side.hedge is Hedge.EXACT))
    errors = [each for side in sides for each in (side.plus, side.minus) if each]
    unit = sides[0].unit if sides[0].unit != shared else None
    low, high = lowest(least), _highest(most)
    if len(errors) == 2 * len(sides):
        stated = [side.best for side in sides if side.best is not None]
        ends = [to_error(end, min(errors), finest(*stated, *errors)) for end in (low, high)]
    elif low == high:
        ends = [_end(least if least.hedge is Hedge.EXACT else most, high)]
    else:
        ends = [_lower(least, low), _upper(most, high)]
    text = " to ".join(dict.fromkeys(ends))
    return with_unit(text, unit) if unit else text


def _lower(side: Side, low: Decimal) -> str:
    """The lower end of a range, which says by itself that it is the least."""
    if side.hedge is Hedge.AT_MOST:
        return f"{_digits(side)(low)} or {'less' if side.unit else 'fewer'}"
    return _digits(side)(low) if side.hedge is Hedge.AT_LEAST else _end(side, low)


def _upper(side: Side, high: Decimal) -> str:
    """The upper end of a range: what is at least as much may be more."""
    if side.hedge is Hedge.AT_LEAST:
        return f"{_digits(side)(high)} or more"
    return _digits(side)(high) if side.hedge is Hedge.AT_MOST else _end(side, high)


def _digits(side: Side) -> Callable[[Decimal], str]:
    """How the numbers of a side are written, from a billion on with the word for it."""
    written = digits_of(side)
    return lambda value: scaled(value, BILLION) if abs(value) >= BILLION else written(value)


def _end(side: Side, end: Decimal) -> str:
    """One end of a range, with the hedge of a figure that is one number: "nearly 150"."""
    if side.hedge is Hedge.VAGUE and not side.derived:
        return even_arms(side.said)
    if side.hedge is Hedge.ABOUT and side.best is None:
        return amount(replace(side, low=None, best=end, high=None), _digits(side))
    if side.hedge is not Hedge.EXACT and None in (side.low, side.high) and side.plus is None:
        return in_digits(side, side.unit)
    return _digits(side)(end)


def latest(sides: Sequence[Side]) -> str:
    """The latest date of some figures."""
    last = max(sides, key=last_day).when
    return day(last) if last else "undated"


def _dates(sides: Sequence[Side]) -> str:
    """From the first to the last: a running total may have risen between them."""
    dated = [side.when for side in sides if side.when]
    first = min(dated, key=lambda when: when.days, default=None)
    last = latest(sides)
    if first is None or day(first) == last:
        return last
    same_month = len(last) == len(day(first)) == _ISO and day(first)[:-2] == last[:-2]
    return f"{day(first)}/{last[-2:]}" if same_month else f"{day(first)} to {last}"
