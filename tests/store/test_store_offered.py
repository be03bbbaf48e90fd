"""What one store offers another: each row as the draft that its claim makes."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog.claim import Estimate, Hedge, Period
from factlog.store import named, query
from factlog.store.connection import Connection
from factlog.store.drafts import Draft, Stored, draft, unpacked
from factlog.store.offered import offered
from support.stores import (
    NOW,
    SEOUL,
    by_hand,
    claim,
    exactly,
    later,
    live_in,
    new_store,
    redigested,
    various,
)


def both_ways(path: Path) -> tuple[list[Draft], list[Draft]]:
    """What a store offers, and the drafts that its claims make."""
    with closing(Connection(path)) as opened:
        rows = opened.numbers("select id from claim where undone is null order by id")
        made = [draft(each) for each in query.by_rows(opened, rows, as_given=True)]
        some = [each for each in offered(opened) if not isinstance(each, Stored)]
        return [each for _why, drafts in some for each in unpacked(drafts)], made


def test_claims_of_every_form_are_offered_as_they_are(tmp_path: Path) -> None:
    thousand = Estimate(Hedge.EXACT, best=Decimal(1234))
    with new_store(tmp_path) as store, new_store(tmp_path, "other.db") as other:
        live_in(store, other, 20)
        store.add(various(400), now=later(9))
        store.alias("source", "B", "bee", now=later(10))
        more = [
            claim("1.234", thousand),  # by a locale
            claim("1,234", thousand, source="BEE", note="as told", origin=SEOUL),
            claim("300", exactly("300.0"), url="https://example.org/b", published=a_year()),
            claim("300", exactly(300, "m"), measure="", unit_said="metres", thing="depth"),
            claim("30", exactly(300)),
            claim("3o0", exactly(300)),
            claim("9007199254740993", exactly("9007199254740993")),
        ]
        store.add(more, now=later(11))
        found = store.place
    assert isinstance(found, Path)
    told, made = both_ways(found)
    assert told == made
    assert len(told) == store_size(found)


def a_year() -> Period:
    return Period("2025", date(2025, 1, 1), date(2025, 12, 31))


def store_size(path: Path) -> int:
    with closing(Connection(path)) as opened:
        return int(opened.value("select count(*) from claim where undone is null"))


@pytest.mark.parametrize(
    "sql",
    [
        "update claim set best = '300.0'",
        "update claim set best = '3E+2'",
        "update claim set best = '0300'",
        "update claim set best = '\u0663\u0660\u0660'",
        "update statement set as_of_first = '20250113'",
        "update statement set as_of_last = '2025-W03-1'",
    ],
)
def test_rows_that_fit_and_factlog_would_write_otherwise_are_offered_as_claims(
    tmp_path: Path, sql: str
) -> None:
    with new_store(tmp_path) as store:
        store.add([claim("300", exactly(300))], now=NOW)
    assert isinstance(store.place, Path)
    by_hand(store.place, sql)
    redigested(store.place)
    told, made = both_ways(store.place)
    assert told == made


@given(st.text("0123456789", min_size=1, max_size=15))
def test_digits_alone_read_as_they_are(said: str) -> None:
    assert named.reads_as(said, exactly(said))
