"""The example in the documentation of compare() runs as it is printed."""

from __future__ import annotations

import doctest

from factlog.comparer import comparison


def test_the_example_runs() -> None:
    tried = doctest.testmod(comparison)
    assert tried.attempted > 3
    assert tried.failed == 0
