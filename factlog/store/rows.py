"""A claim as a row of numbers and texts, and back."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from factlog import dates
from factlog.claim import Claim, Estimate, Hedge, Leaning, Period, Statement
from factlog.errors import ReadingError, UsageError
from factlog.policy import stated
from factlog.store.named import Names

_HEDGES = {hedge.value: hedge for hedge in Hedge}
_LEANINGS: dict[str | None, Leaning | None] = {lean.value: lean for lean in Leaning} | {None: None}


def down(number: Decimal) -> float:
    """The nearest binary number that is not above this one."""
    near = float(number)
    # SQLite keeps no negative zero, so neither does a digest of the row: + 0.0 drops it.
    return (near if Decimal(near) <= number else math.nextafter(near, -math.inf)) + 0.0


def up(number: Decimal) -> float:
    """The nearest binary number that is not below this one."""
    near = float(number)
    return (near if Decimal(near) >= number else math.nextafter(near, math.inf)) + 0.0


def nearest(number: Decimal) -> float:
    """The nearest binary number."""
    return float(number) + 0.0


def _text(number: Decimal | None) -> str | None:
    """The digits of a number, exactly as they are kept."""
    if number is None:
        return None
    if not number.is_finite():
        raise UsageError(f"{number} is not a number that can be recorded.", "Give a plain number.")
    return str(number)


Reals = tuple[float | None, ...]


def reals_of(estimate: Estimate) -> Reals:
    """The binary numbers kept beside the digits, to reckon with."""
    best = estimate.best
    if (
        best is not None
        and estimate.low is estimate.high is estimate.plus is estimate.minus is None
    ):
        near = nearest(best)
        if (
            Decimal(near) == best
        ):  # as those of most claims are, and every row of an import comes by here
            return (None, near, None, None, None, near, near)
    ends = stated(estimate)
    return (
        None if estimate.low is None else down(estimate.low),
        None if estimate.best is None else nearest(estimate.best),
        None if estimate.high is None else up(estimate.high),
        None if estimate.plus is None else up(estimate.plus),
        None if estimate.minus is None else up(estimate.minus),
        None if ends.low is None else down(ends.low),
        None if ends.high is None else up(ends.high),
    )


Values = tuple[Any, ...]


def figure_values(claim: Claim) -> Values:
    """What the row of a claim holds from its words to its note, in the order of schema.COLUMNS."""
    estimate = claim.estimate
    check_printed(claim.said, estimate.unit, claim.scope, claim.origin)
    check_printed(claim.thing, claim.unit_said)
    # fmt: off
    return (
        claim.said, estimate.hedge.value, estimate.side.value if estimate.side else None,
        _text(estimate.low), _text(estimate.best), _text(estimate.high),
        int(estimate.low_open), int(estimate.high_open),
        _text(estimate.plus), _text(estimate.minus), _text(estimate.coverage), estimate.unit,
        *reals_of(estimate),
        claim.scope, claim.origin, claim.note,
    )
    # fmt: on


def claim_row(
    number: int,
    uid: str,
    statement: int,
    measure: tuple[int | None, str | None],
    figure: Values,
    named: Names,
    recorded: str,
    edits: int | None = None,
) -> Values:
    """The row of a claim, in the order of schema.COLUMNS."""
    standing = (recorded, edits, None, None, None)
    return (number, uid, statement, *measure, *figure, *standing, *named)


def statement_values(statement: Statement) -> Values:
    """The names in a statement, then what else its row holds, in the order of schema.COLUMNS."""
    check_printed(statement.via, statement.url)
    return (
        *(statement.subject, statement.source),
        *_days(statement.as_of),
        *_days(statement.published),
        *(statement.via, statement.url, statement.quote),
    )


def check_printed(*texts: str | None) -> None:
    """Refuse a NUL, at which other programs stop; only a quote or a note can hold one."""
    if not is_printed(*texts):
        raise UsageError(
            "A text holds a NUL byte, which only a quote or a note can hold.", "Remove it."
        )


def is_printed(*texts: str | None) -> bool:
    """Whether none of these texts holds a NUL."""
    return "\0" not in "".join(filter(None, texts))


def _covers(period: Period) -> bool:
    """Whether the words of a date read as the days it covers."""
    try:
        return dates.parse(period.said) == period
    except ReadingError:
        return False


_NO_DAYS = (None, None, None)


def _days(period: Period | None) -> tuple[str | None, str | None, str | None]:
    return _NO_DAYS if period is None else _days_of(period)


@lru_cache(maxsize=2_000)  # dates repeat from claim to claim
def _days_of(period: Period) -> tuple[str | None, str | None, str | None]:
    if not _covers(period):
        raise UsageError(
            f'"{period.said[:80]}" is not a date for the days given with it.',
            "Let factlog.dates.parse read the words: it gives the days they cover.",
        )
    return (
        period.said,
        period.first.isoformat() if period.first else None,
        period.last.isoformat() if period.last else None,
    )


@lru_cache(maxsize=2_000)  # as above
def period_of(said: str | None, first: str | None, last: str | None) -> Period | None:
    """A date from its words and days; ValueError where the words do not cover these."""
    if said is None:
        _see(first is None, last is None)
        return None
    period = Period(
        said,
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
    )
    _see(_covers(period))
    return period


def kept_days(said: str, first: str | None, last: str | None) -> Values:
    """The words and days of a date as a row keeps them."""
    return _days(period_of(said, first, last))


def _see(*sound: bool) -> None:
    """Refuse what no row of a sound store holds."""
    if not all(sound):
        raise ValueError


# What the functions below are given, in this order. The names are those shown, or, as given,
# those the claim was recorded with.
CLAIM_COLUMNS = """
c.id, c.statement_id, coalesce(c.edits, c.id), c.uid, c.said, c.hedge, c.side,
c.low, c.best, c.high, c.low_open, c.high_open, c.plus, c.minus, c.coverage, c.unit,
c.scope, c.origin, c.note, c.recorded, c.retracted, c.replaced, c.thing, c.unit_said, c.undone
"""
_CLAIM_WIDTH = 25
STATEMENT_COLUMNS = """
s.as_of, s.as_of_first, s.as_of_last, s.published, s.published_first, s.published_last,
s.via, s.url, s.quote
"""
REPLACED = "replaced by a later version"


def statement_of(subject: str, source: str, row: Any) -> Statement:
    """The statement from its names and STATEMENT_COLUMNS."""
    if not subject or not source:
        raise ValueError
    as_of, published = dates_of(row)
    return Statement(subject, source, as_of, published, *row[6:9])


def dates_of(row: Any) -> tuple[Period | None, Period | None]:
    """The dates among STATEMENT_COLUMNS; ValueError where these are none a statement can have."""
    as_of, published = period_of(*row[:3]), period_of(*row[3:6])
    if row[6] or row[7]:
        _see(is_printed(row[6], row[7]))
    return as_of, published


def claim_of(statement: Statement, measure: str | None, row: Any) -> Claim:
    """The claim from its statement, measure and CLAIM_COLUMNS."""
    # fmt: off
    (
        own, _statement, number, uid, said, hedge, side, low, best, high, low_open, high_open,
        plus, minus, coverage, unit, scope, origin, note, recorded, retracted, replaced,
        thing, unit_said, undone,
    ) = row[:_CLAIM_WIDTH]
    when = _moment(recorded)
    if replaced == own or (undone is not None and retracted is None):
        raise ValueError
    _see(is_printed(said, scope, origin, thing, unit_said, unit))
    if retracted is None and replaced is not None:
        retracted = REPLACED
    estimate = estimate_of(
        hedge, side, low, best, high, low_open, high_open, plus, minus, coverage, unit
    )
    return Claim(
        statement, said, estimate, measure or "", scope, origin, note,
        number, uid, when, retracted, thing, unit_said,
    )
    # fmt: on


@lru_cache(maxsize=100)  # those of an import are one
def _moment(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    _see(when.tzinfo is not None)
    return when


_LONGEST = 1_000  # characters; no number that factlog reads comes near
_SHORT = 20
_LARGEST = 2_000  # the power of ten that a number's first digit may have


def number_of(text: str) -> Decimal:
    """A number as it is kept, held to the bounds of one that is typed."""
    if len(text) < _SHORT and text.isdigit():  # as most are
        return Decimal(text)
    number = Decimal(text) if len(text) <= _LONGEST else Decimal("nan")
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST:
        raise ValueError(text)
    return number


def is_kept(text: str) -> bool:
    """Whether a number, of a row that fits, is told as it is kept."""
    if text.isdecimal() and text.isascii() and text[0] != "0":  # as most are
        return True
    return _text(number_of(text)) == text


# What `estimate_of` is given, in this order.
READING = "hedge, side, low, best, high, low_open, high_open, plus, minus, coverage, unit"


def estimate_of(
    hedge: str,
    side: str | None,
    low: str | None,
    best: str | None,
    high: str | None,
    low_open: int,
    high_open: int,
    plus: str | None,
    minus: str | None,
    coverage: str | None,
    unit: str | None,
) -> Estimate:
    """The estimate from the columns of READING; ValueError for what nobody can have stated."""
    found = Estimate(
        _HEDGES[hedge],
        None if low is None else number_of(low),
        None if best is None else number_of(best),
        None if high is None else number_of(high),
        low_open == 1,
        high_open == 1,
        None if plus is None else number_of(plus),
        None if minus is None else number_of(minus),
        None if coverage is None else number_of(coverage),
        _LEANINGS[side],
        unit,
    )
    given = (low is not None, best is not None, high is not None)
    usual = given == _ALONE.get(hedge) and not (low_open or high_open)
    if not usual or hedge == "range":  # most claims are, and have one end
        _see(
            low_open in (0, given[0]) and high_open in (0, given[2]),
            found.low is None or found.high is None or found.low <= found.high,
            all(has or not needs for has, needs in zip(given, _NEEDED[hedge], strict=True)),
        )
    if plus is not None or minus is not None or coverage is not None or hedge == "plus_minus":
        _check_arms(found)
    return found


def _check_arms(found: Estimate) -> None:
    """Refuse arms below nothing, none where there should be two, and a share that is no share."""
    plus, minus, share = found.plus, found.minus, found.coverage
    _see(
        found.hedge is not Hedge.PLUS_MINUS or not (plus is None or minus is None),
        plus is None or plus >= 0,
        minus is None or minus >= 0,
        share is None or 0 < share < 1,
    )


_LOW, _BEST, _HIGH = ((n == 0, n == 1, n == 2) for n in range(3))
# Which of low, best and high a hedge comes with, and comes with alone.
_NEEDED: dict[str, tuple[bool, bool, bool]] = {
    **dict.fromkeys((Hedge.ABOUT, Hedge.VAGUE), (False, False, False)),
    **dict.fromkeys((Hedge.EXACT, Hedge.PLUS_MINUS), _BEST),
    **dict.fromkeys((Hedge.AT_LEAST, Hedge.MORE_THAN), _LOW),
    **dict.fromkeys((Hedge.AT_MOST, Hedge.LESS_THAN), _HIGH),
    Hedge.RANGE: (True, False, True),
}
_ALONE = {**_NEEDED, Hedge.ABOUT: _BEST}
