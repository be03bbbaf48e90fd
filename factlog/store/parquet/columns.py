"""The columns of claims in a Parquet file, and a claim as their values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from factlog.claim import Claim, Period
from factlog.names import fold
from factlog.store.rows import claim_row

TEXT, WHOLE, REAL, DATE, FLAG = "text", "whole", "real", "date", "flag"

# What each column holds. The numbers stand as exact decimal text, with binary ones beside
# them for engines to reckon with; `subject_key` is what subjects are matched by.
COLUMNS: dict[str, str] = {
    **{"id": WHOLE, "statement": WHOLE, "uid": TEXT},
    **dict.fromkeys(("subject_key", "subject", "measure", "source", "said", "hedge", "side"), TEXT),
    **dict.fromkeys(("low", "best", "high", "plus", "minus", "coverage", "unit"), TEXT),
    **{"low_open": FLAG, "high_open": FLAG},
    **{"as_of": TEXT, "as_of_first": DATE, "as_of_last": DATE},
    **{"published": TEXT, "published_first": DATE, "published_last": DATE},
    **dict.fromkeys(("via", "url", "origin", "scope", "quote", "note", "recorded"), TEXT),
    **dict.fromkeys(("best_real", "plus_real", "minus_real", "stated_low", "stated_high"), REAL),
}
# What every claim has; the others may be null.
NEEDED = (
    *("id", "statement", "uid", "subject_key", "subject", "source"),
    *("said", "hedge", "low_open", "high_open", "recorded"),
)
Values = tuple[object, ...]


def rows(claims: Iterable[Claim]) -> Iterator[Values]:
    """The values of claims, in the order of COLUMNS; statements are numbered as they come."""
    said, number = None, 0
    for place, claim in enumerate(claims, start=1):
        if claim.statement is not said:
            said, number = claim.statement, number + 1
        yield _row(place, number, claim)


def _row(place: int, statement: int, claim: Claim) -> Values:
    said, estimate = claim.statement, claim.estimate
    recorded = claim.recorded.isoformat() if claim.recorded else None
    kept = claim_row(0, claim.uid, 0, (None, None), claim, recorded or "")
    low, best, high, low_open, high_open, plus, minus, coverage, unit = kept[8:17]
    best_real, plus_real, minus_real, stated_low, stated_high = (
        *(kept[18], kept[20], kept[21], kept[22], kept[23]),
    )
    return (
        *(claim.id or place, statement, claim.uid, fold(said.subject), said.subject),
        *(claim.measure, said.source, claim.said, estimate.hedge.value, kept[7]),
        *(low, best, high, plus, minus, coverage, unit, bool(low_open), bool(high_open)),
        *_days(said.as_of),
        *_days(said.published),
        *(said.via, said.url, claim.origin, claim.scope, said.quote, claim.note, recorded),
        *(best_real, plus_real, minus_real, stated_low, stated_high),
    )


def _days(period: Period | None) -> tuple[str | None, date | None, date | None]:
    return (period.said, period.first, period.last) if period else (None, None, None)
