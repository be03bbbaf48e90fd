"""A source's record, made of what it tells of alone, is that of spelling everything out."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from factlog.answers import SourceRecord
from factlog.claim import Claim
from factlog.comparer import compare, source_record, subjects_of
from factlog.names import fold
from factlog.policy import Kind
from factlog.profile import SourceProfile
from support.strategies import claims_of, measures


def told(record: SourceRecord) -> list[list[str]]:
    parts = (record.figures, record.revisions, record.echoes, record.alone)
    return [sorted(map(repr, part)) for part in parts]


@given(st.lists(claims_of(), min_size=1, max_size=30), st.sampled_from(Kind))
def test_it_tells_what_spelling_everything_out_tells(claims: list[Claim], kind: Kind) -> None:
    numbered = [replace(claim, id=n) for n, claim in enumerate(claims, 1)]
    own = [claim for claim in numbered if fold(claim.statement.source) == "a"]
    known = measures(kind)
    found = subjects_of(own, lambda _: numbered, known, lambda _: ())
    every = compare(
        numbered if own else [],
        measures=known,
        about={claim.id for claim in own if claim.id},
        limit=None,
    )
    profile = SourceProfile("A")
    assert told(source_record(profile, found)) == told(source_record(profile, every))
