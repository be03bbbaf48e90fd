"""Sentences: what a rule of the table says of the two figures it fired on, with the numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from factlog.claim import Hedge
from factlog.comparer.sides import SourceFigure
from factlog.comparer.verdicts import Pair, Rules, apart, days_between
from factlog.figure_wording import figure, leaning
from factlog.findings import Side
from factlog.names import fold
from factlog.patterns import Pattern
from factlog.policy import Kind
from factlog.wording import (
    BILLION,
    least,
    number,
    owner,
    percent,
    scaled,
    sigmas,
    sign,
    span,
    when,
    with_unit,
)


def _party(side: Side) -> str:
    """Whose figure it is, the figure, and its date: "A's 3,000 (2025-01-13)"."""
    date = when(side.when).removeprefix("on ").removeprefix("in ") if side.when else ""
    beside = "; ".join(filter(None, (_meaning(side), date)))
    return f"{owner(side.source)} {figure(side)} ({beside})" if beside else _whose(side)


def _parties(pair: Pair) -> str:
    """Both, in the order they are shown."""
    one, other = (party.side for party in pair.figures)
    return f"{_party(one)} and {_party(other)}"


def _whose(side: Side) -> str:
    return f"{owner(side.source)} {_figure(side)}"


def _figure(side: Side) -> str:
    """A figure, and how it is read where its words are not the number that is compared."""
    meaning = _meaning(side)
    return f"{figure(side)} ({meaning})" if meaning else figure(side)


def _meaning(side: Side) -> str:
    """How a word such as "dozens" is read, or a figure that leans to one side as "nearly 150"."""
    several = side.hedge is Hedge.VAGUE or (side.hedge is Hedge.ABOUT and side.in_several_words)
    word = several and not side.derived and side.reading.low != side.reading.high
    return f"read as {span(side.reading, side.unit)}" if word or leaning(side) else ""


def _dated(side: Side) -> str:
    return f"{_figure(side)} {when(side.when)}" if side.when else _figure(side)


def undated(pair: Pair) -> str:
    """What is said of every finding that rests on a date nobody gave."""
    missing = [e.side.source for e in pair.figures if e.side.when is None]
    if not missing:
        return ""
    return f"; date unknown for {' and '.join(dict.fromkeys(missing))}"


_ERRORS = "standard errors of their difference"


def _unless(pair: Pair) -> str:
    """How wrong both figures would have to be."""
    if pair.sigmas is not None:
        return f"they are {sigmas(pair.sigmas, _ERRORS)} apart"
    share = pair.distance.break_even
    if share is None:
        return f"they are {number(pair.distance.gap, pair.lower.side.unit)} apart"
    if not share:
        return "what was stated touches, but they have no number in common"
    return f"they agree only if both are off by {least(share)}"


def unit(pair: Pair, _: Rules) -> str:
    """Why two units cannot be compared."""
    one, other = (party.side.unit for party in pair.figures)
    if one is None or other is None:
        has = f"one has a unit ({sign(one or other or '')}) and the other has none"
        return f"{_parties(pair)} are not compared: {has}"
    return (
        f"{_parties(pair)} are not compared: "
        f"{sign(one)} and {sign(other)} do not measure the same thing"
    )


_ONLY = Pattern(r"^only\s+(?=\S)|(?<=\S)\s+only$", re.IGNORECASE)


def scope(pair: Pair, _: Rules) -> str:
    """Which limit on what was counted one of two figures has."""
    one, other = (party.side.scope for party in pair.figures)
    if one is None or other is None:
        limit = _ONLY.sub("", one or other or "")
        differ = f"one counts only {limit}, the other states no limit"
    else:
        differ = f"{one}, against {other}"
    return f"{_parties(pair)} are not compared: the scopes differ: {differ}"


def stale(pair: Pair, rules: Rules) -> str:
    """How far apart two dates are."""
    one, other = pair.figures
    if rules.kind is Kind.FLOW:
        return f"{_parties(pair)} are not compared: the periods differ"
    assert one.days is not None
    assert other.days is not None
    between = _days(days_between(one.days, other.days))
    window = f"{between} apart, more than the window of {_days(rules.window)}"
    return f"{_parties(pair)} are not compared: the dates are {window}"


def echo(pair: Pair, rules: Rules) -> str:
    """Whom two figures go back to."""
    one, other = (party.side for party in pair.figures)
    counted = any(party.counted_with for party in pair.figures)
    if not counted or fold(one.origin or one.source) == fold(other.origin or other.source):
        same = f"both go back to {_first(one, other)}: one voice, not two"
    elif _copies(*pair.figures):
        same = "are counted as one voice, as their sources make the same errors"
    else:
        cited = [e.side.origin or e.side.source for e in pair.figures if not e.counted_with]
        same = f"both count as {f'the voice of {cited[0]}' if cited else 'one voice'}"
    differ = ", though the numbers differ" if apart(pair.lower, pair.higher, rules) else ""
    return f"{_parties(pair)} {same}{differ}"


def _first(one: Side, other: Side) -> str:
    """Whom two sides of one voice go back to: one of them, whom both name, or who is not told."""
    own = next((side.source for side in (one, other) if not side.origin), None)
    if own is None and fold(one.origin or "") == fold(other.origin or ""):
        return one.origin or ""
    return own or "one origin"


def _copies(one: SourceFigure, other: SourceFigure) -> bool:
    """Whether both are of those whose errors are the same, not of who only cites one of them."""
    groups = [{e.counted_with, e.source} if e.counted_with else {e.source} for e in (one, other)]
    return not groups[0].isdisjoint(groups[1])


def agree(pair: Pair, _: Rules) -> str:
    """That two figures can both be right."""
    both, open_end = f"{_parties(pair)} can both be right", only_open(pair)
    return f"{both}, compatible: {open_end} limit stated" if open_end else both


def only_open(pair: Pair) -> str | None:
    """Which limit nobody stated, if only that lets two figures agree."""
    low, high = sorted(pair.figures, key=lambda party: _pinned(party.side))
    low_pin, high_pin = _pinned(low.side), _pinned(high.side)
    if low_pin[1] >= high_pin[0]:
        return None
    if low.side.reading.high is None:
        return "no upper"
    return "no lower"


def _pinned(side: Side) -> tuple[Decimal, Decimal]:
    """The ends of a reading, an end that nothing bounds drawn in to the one that was stated."""
    low, high = side.reading.low, side.reading.high
    if side.stated.low is None and not low:
        low = high  # nothing bounds it, or only that a count cannot be below zero
    if low is None:
        return Decimal("-Infinity"), Decimal("Infinity")
    return low, low if high is None else high


def near(pair: Pair, rules: Rules) -> str:
    """By how little two figures differ."""
    low, high = pair.lower.side, pair.higher.side
    both, share = f"{_party(low)} and {_party(high)}", percent(rules.tolerance)
    if pair.sigmas is not None:
        apart_by = sigmas(pair.sigmas, _ERRORS)
        return f"{both} are {apart_by} apart, within the {number(rules.near_sigmas)} let pass"
    if not pair.distance.gap:
        return f"{both} touch without overlapping, and would meet if each were widened by {share}"
    if low.reading.low == low.reading.high and high.reading.low == high.reading.high:
        long = abs(low.reading.low or Decimal(0)) >= BILLION
        gap = scaled(pair.distance.gap, 10**6 if long else BILLION)
        gap = with_unit(gap, low.unit) if low.unit else gap
        return f"{both} differ by {gap}, and would meet if each were widened by {share}"
    readings = f"{span(low.reading, low.unit)} and {span(high.reading, high.unit)}"
    return f"{both} would meet if their readings, {readings}, were each widened by {share}"


_FIRM = (Hedge.EXACT, Hedge.ABOUT, Hedge.PLUS_MINUS)


def _by(pair: Pair) -> str:
    """By how much two figures differ, as firmly as they were stated: vague ones do not say."""
    hedges = {party.side.hedge for party in pair.figures}
    if Hedge.VAGUE in hedges:
        return ""
    about = "" if hedges.isdisjoint((Hedge.ABOUT, Hedge.PLUS_MINUS)) else "about "
    more = "" if hedges.issubset(_FIRM) else " or more"
    return f" by {about}{number(pair.distance.gap, pair.lower.side.unit)}{more}"


def growth(pair: Pair, _: Rules) -> str:
    """By how much a running total rose, and in what time."""
    low, high = pair.lower, pair.higher
    if low.source == high.source:
        return (
            f"{owner(low.side.source)} running total rose{_by(pair)} {when(low.side.when)}, "
            f"from {figure(low.side)} to {figure(high.side)}"
        )
    return (
        f"a running total that rose{_by(pair)} {_taking(low, high)}: "
        f"{_dated(low.side)} ({low.side.source}), then {_dated(high.side)} ({high.side.source})"
    )


def no_rise(one: Side, other: Side) -> str:
    """The same of figures that do not say they count alike: a rise is not known."""
    low, high = sorted((one, other), key=_named)
    return (
        "Whether it rose is not known, as they may count otherwise: "
        f"{_dated(low)} ({low.source}), then {_dated(high)} ({high.source})"
    )


def _named(side: Side) -> Decimal:
    """The number that was named, or the higher end."""
    return _pinned(side)[1] if side.best is None else side.best


def _taking(low: SourceFigure, high: SourceFigure) -> str:
    assert low.days is not None
    assert high.days is not None
    if low.days[0] == low.days[1] and high.days[0] == high.days[1]:
        return f"in {_days(high.days[0] - low.days[0])}"
    least = high.days[0] - low.days[1]
    if least > 0:
        return f"in {_days(least)} or more"
    if _open(low.side) or _open(high.side):
        return "in a time left open"
    return f"in {_days(high.days[1] - low.days[0])} at most"


def _open(side: Side) -> bool:
    period = side.when
    return period is None or period.first is None or period.last is None


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{number(Decimal(count))} days"


def backwards(pair: Pair, _: Rules) -> str:
    """Which figure is the higher and the earlier one."""
    low, high = pair.lower.side, pair.higher.side
    return (
        f"{_party(high)} is higher and earlier than {_party(low)}, "
        f"and a running total cannot fall: "
        f"{_unless(pair)}"
    )


def disjoint(pair: Pair, rules: Rules) -> str:
    """That two figures cannot both be right."""
    both = f"{_parties(pair)} cannot both be right{_moment(pair, rules)}"
    return f"{both}: {_unless(pair)}"


def _moment(pair: Pair, rules: Rules) -> str:
    """What the dates say of two figures that no number satisfies."""
    one, other = pair.figures
    if rules.kind is Kind.CONSTANT or one.days is None or other.days is None:
        return ""
    if one.days == other.days:
        return ""
    if rules.kind is Kind.LEVEL:
        return f", dated within the window of {_days(rules.window)}"
    return ", as the dates touch and neither is later"


def own_two(pair: Pair, _: Rules) -> str:
    """That one source gives two figures that cannot both be right."""
    one, other = (party.side for party in pair.figures)
    given = f"{_figure(one)} and {_figure(other)}"
    dated = f" {when(one.when)}" if one.when else ""
    if one.when and other.when and one.when.days != other.when.days:
        given, dated = f"{_dated(one)} and {_dated(other)}", ""
    return (
        f"{one.source} gives two figures{dated} that cannot both be right, {given}: {_unless(pair)}"
    )


def revised(pair: Pair, rules: Rules) -> str:
    """How a source changed its own figure."""
    later, earlier = pair.higher, pair.lower
    if pair.kind == "down":
        later, earlier = pair.lower, pair.higher
    change = "raised" if pair.kind == "up" else "lowered"
    what = "running total" if rules.kind is Kind.CUMULATIVE else "figure"
    said, again = earlier.side.published, later.side.published
    if earlier.days == later.days and said and again:  # an edition and its revision
        figures = f"from {_figure(earlier.side)} as published {said.said}"
        return (
            f"{later.side.source} {change} its own {what}{_by(pair)}, "
            f"{figures} to {_figure(later.side)} as published {again.said}"
        )
    return (
        f"{later.side.source} {change} its own {what}{_by(pair)}, "
        f"from {_dated(earlier.side)} to {_dated(later.side)}"
    )


def misfit(pair: Pair, _: Rules) -> str:
    """That a whole does not fit its own parts."""
    whole = pair.lower if pair.lower.own and not pair.lower.check else pair.higher
    other = pair.higher if whole is pair.lower else pair.lower
    side = whole.side
    given = f"{owner(side.source)} {side.measure} of {_dated(side)}"
    if other.side.measure != side.measure:
        part = f"its own {other.side.measure} of {_figure(other.side)}"
        return f"{given} is less than {part}: {_unless(pair)}"
    return f"{given} is not the sum of its own parts: {_unless(pair)}"


def part(pair: Pair, _: Rules) -> str:
    """That one source's part is more than another's whole."""
    whole, part = pair.lower.side, pair.higher.side
    return (
        f"{owner(part.source)} {part.measure} of {_dated(part)} is alone more than "
        f"{owner(whole.source)} {whole.measure} of {_dated(whole)}: {_unless(pair)}"
    )
