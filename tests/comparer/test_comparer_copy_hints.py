"""Hints that one source may copy another, from what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest

from factlog import compare
from factlog.answers import RepeatedErrors
from factlog.claim import Claim, Statement
from factlog.comparer import explain
from factlog.comparer.copy_hints import repeated_errors, with_copies
from factlog.decision import Decision, DecisionKind
from factlog.measures import starter
from factlog.parsing import read


def claims(subject: int, **said: str) -> list[Claim]:
    found = []
    for place, (source, words) in enumerate(said.items()):
        figure = read(words)
        statement = Statement(f"Town {subject}", source.replace("_", " "))
        number = subject * 10 + place
        found.append(Claim(statement, figure.said, figure.estimate, "height", id=number))
    return found


def decided(subject: int, number: str = "100") -> Decision:
    value, kind = Decimal(number), DecisionKind.VALUE
    about = f"Town {subject}", "height"
    return Decision(*about, kind, reason="seen", by="A", low=value, high=value)


def found(record: Iterable[list[Claim]], decisions: int = 99) -> tuple[RepeatedErrors, ...]:
    by_subject = {each[0].statement.subject: each for each in record}
    every = [decided(number) for number in range(min(decisions, len(by_subject)))]
    return repeated_errors(by_subject.__getitem__, every, starter())


COPIED = [claims(n, Post="112", POST_two="100", Wire="112", Army="100") for n in range(12)]


def test_two_that_repeat_each_others_errors_are_told() -> None:
    assert found(COPIED) == (RepeatedErrors("height", ("post", "wire"), 12, 12),)
    assert found(COPIED, 9) == (RepeatedErrors("height", ("post", "wire"), 9, 9),)


@pytest.mark.parametrize(
    "record",
    [
        COPIED[:8],  # too few
        [claims(n, Post="112", Wire=f"1{n + 10}") for n in range(12)],  # each its own errors
        [claims(n, Post="100", Wire="100") for n in range(12)],  # both are right
        [claims(n, Post="112", Wire="112" if n % 3 else "100") for n in range(12)],
        [claims(n, Post="at least 112", Wire="at least 112") for n in range(12)],
    ],
)
def test_what_does_not_say_so_is_not_told(record: list[list[Claim]]) -> None:
    assert found(record) == ()


def test_without_decisions_nothing_is_asked_nor_told() -> None:
    nobody: dict[str, list[Claim]] = {}
    assert repeated_errors(nobody.__getitem__, [], starter()) == ()


def test_the_hint_stands_beside_the_figures_of_both() -> None:
    made = compare(claims(50, Post="7", Wire="8", Army="9"))
    (measure,) = with_copies(made, found(COPIED)).subjects[0].measures
    (hint,) = measure.hints
    assert (hint.kind, hint.claims) == ("copy", (500, 501))
    assert hint.why == (
        "Post and Wire give the same wrong number in 12 of the 12 decided subjects that either "
        "has wrong: has one it from the other?"
    )
    assert measure.verdict is made.subjects[0].measures[0].verdict
    (alone,) = with_copies(compare(claims(51, Post="7", Army="9")), found(COPIED)).subjects
    assert alone.measures[0].hints == ()


def test_explaining_tells_it_too() -> None:
    told = explain(claims(50, Post="7", Wire="8"), repeats=found(COPIED))
    assert told.measures[0].hints[0].startswith("copy? Post and Wire give the same wrong number")
