"""Whether rows hold what factlog writes, however well their digests fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from factlog.names import clean
from factlog.patterns import Pattern
from factlog.store.events import stamp
from factlog.store.rows import Reals, dates_of, estimate_of, is_printed, period_of, reals_of
from factlog.store.schema import COLUMNS, NAMED


def _columns(table: str, *names: str) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What takes these columns of a row."""
    return itemgetter(*map(COLUMNS[table].index, names))


_CLAIM = COLUMNS["claim"]
_READ = slice(_CLAIM.index("hedge"), _CLAIM.index("unit") + 1)
_REALS = slice(_CLAIM.index("low_real"), _CLAIM.index("stated_high") + 1)
_UID = Pattern(r"[0-9a-f]{32}\Z")
_UIDS = Pattern(r"(?:[0-9a-f]{32})*\Z")
_UID_LENGTH = 32
_DATES = COLUMNS["statement"].index("as_of")
_GIVEN = _columns("statement", "subject_given", "source_given")
_NO_NUL = ("said", "unit", "scope", "origin", "measure_given", *NAMED)
_WRITTEN = _columns("claim", "uid", "recorded", *_NO_NUL)
_UID_AND_MOMENT = _columns("claim", "uid", "recorded")


@lru_cache(maxsize=100)  # those of an import are one
def is_moment(text: str) -> bool:
    """Whether a text is a moment as the store writes it; ValueError where it is none at all."""
    return stamp(datetime.fromisoformat(text)) == text


def is_uid(text: str) -> bool:
    """Whether a text is a uid, as every claim, article and proposal has one."""
    return bool(_UID.match(text))


def are_uids(texts: Sequence[str]) -> bool:
    """Whether all of these are."""
    return bool(_UIDS.match("".join(texts))) and set(map(len, texts)) <= {_UID_LENGTH}


def is_name(text: str) -> bool:
    """Whether a text is a name as it is shown."""
    return text == clean(text) != "" and is_printed(text)


def is_written(table: str, row: Sequence[Any]) -> bool:
    """Whether a row as it was made, in the order of schema.COLUMNS, can be of factlog's making."""
    try:
        if table == "statement":
            dates_of(row[_DATES:])
            return is_printed(*_GIVEN(row))
        if table == "claim":
            uid, recorded, *texts = _WRITTEN(row)
            return is_printed(*texts) and is_uid(uid) and is_moment(recorded)
        found = dict(zip(COLUMNS[table], row, strict=True))
        return "key" not in found or (
            found["name"] == clean(found["given"]) and is_name(found["name"])
        )
    except ValueError:
        return False


def reckoned_right(row: Sequence[Any]) -> bool:
    """Whether the binary numbers of a claim's row are those its digits give."""
    return _reckoned(row[_READ], tuple(row[_REALS]))


def plainly_written(table: str, rows: Sequence[Sequence[Any]]) -> bool:
    """Whether rows in which no NUL stands hold, all of them, what factlog writes.

    So are most, and all at once are seen to be far sooner than one after another; where it is
    False, each has to be looked at. Only statements and claims are many enough for this.
    """
    if table not in ("statement", "claim"):
        return False
    columns = list(zip(*rows, strict=True))
    try:
        if table == "statement":
            for start in (_DATES, _DATES + 3):
                for words in set(zip(*columns[start : start + 3], strict=True)):
                    period_of(*words)
            return True
        uids, moments = _UID_AND_MOMENT(columns)
        return (
            are_uids(uids)
            and all(map(is_moment, set(moments)))
            and all(map(_reckoned, zip(*columns[_READ]), zip(*columns[_REALS])))  # noqa: B905
        )
    except (ValueError, TypeError):
        return False


def _reckoned(read: Sequence[Any], reals: Reals) -> bool:
    try:
        expected = _of_whole_numbers(read)
        return reals == (reals_of(estimate_of(*read)) if expected is None else expected)
    except (LookupError, ValueError, ArithmeticError, TypeError, AttributeError):
        return False


_DIGITS = 15  # of a whole number that every binary one holds exactly


def _whole(text: str) -> bool:
    return len(text) <= _DIGITS and text.isdecimal()


def _of_whole_numbers(read: Sequence[Any]) -> Reals | None:
    """The binary numbers of one whole number, of a low end or of two; None for all others."""
    hedge, side, low, best, high, low_open, high_open, plus, minus, coverage, _unit = read
    if not (side is plus is minus is coverage is None and low_open in _FLAG and high_open in _FLAG):
        return None
    if best is not None:
        alone = low is high is None and not (low_open or high_open) and hedge in _BEST
        if alone and _whole(best):
            near = float(best)
            return (None, near, None, None, None, near, near)
    elif low is not None and _whole(low):
        first = float(low)
        if high is None and not high_open and hedge in _LOW:
            return (first, None, None, None, None, first, None)
        if high is not None and hedge == "range" and _whole(high) and first <= float(high):
            return (first, None, float(high), None, None, first, float(high))
    return None


_FLAG, _BEST, _LOW = (0, 1), ("exact", "about"), ("at_least", "more_than")
