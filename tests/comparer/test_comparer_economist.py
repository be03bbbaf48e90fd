"""The Economist's file: how many pairs come to what, counted independently beforehand."""

from __future__ import annotations

import pytest

from factlog.comparer import compare
from factlog.comparer.publish import sentences
from factlog.findings import Counts
from factlog.policy import POLICIES
from support.economist import claims


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("strict", Counts(agree=297, growth=1742, conflict=61, part=1, revised=1)),
        ("default", Counts(agree=297, near=13, growth=1732, conflict=58, part=1, revised=1)),
    ],
)
def test_every_pair_is_counted(policy: str, expected: Counts) -> None:
    found = compare(claims(), POLICIES[policy])
    assert found.counts == expected
    assert found.counts.compared == 2100


def test_a_sentence_names_the_parties_of_the_contradictions_told_first() -> None:
    found = compare(claims())
    measures = [measure for subject in found.subjects for measure in subject.measures]
    for told, measure in zip(sentences(found), measures, strict=True):
        named = told.text.partition(" other ")[0].casefold()
        parties = [source for each in measure.told[:3] for source in each.sources]
        assert [source for source in parties if source.casefold() not in named] == []
