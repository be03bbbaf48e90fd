"""The Economist's file: how many pairs come to what, counted independently beforehand."""

from __future__ import annotations

import pytest

from factlog.comparer import compare
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
