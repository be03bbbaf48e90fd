"""Whom figures go back to in the end, wherever voices are counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factlog import compare, dates
from factlog.answers import Support
from factlog.claim import Claim, Statement
from factlog.comparer.origins import roots
from factlog.comparer.pool import pooled
from factlog.comparer.support import support
from factlog.comparer.travel import traces
from factlog.parsing import read

OWN = "own"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, {}),
        ({"post": {OWN}}, {}),
        ({"post": {"staff"}}, {"post": "staff"}),
        ({"blog": {"post"}, "post": {"wire"}, "wire": {"staff"}}, {"blog": "staff"}),
        ({"blog": {"post"}, "post": {"staff", OWN}}, {"blog": "post"}),
        ({"blog": {"post"}, "post": {"staff", "army"}}, {"blog": "post"}),
        ({"a": {"b"}, "b": {"a"}, "c": {"b"}}, {"a": "a", "b": "a", "c": "a"}),
        ({"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": {"b"}}, {"a": "b", "c": "b", "d": "b"}),
    ],
)
def test_who_only_hands_on_goes_back_to_whom_it_cites(
    said: dict[str, set[str]], expected: dict[str, str]
) -> None:
    pairs = [(who, who if each == OWN else each) for who, them in said.items() for each in them]
    for order in (pairs, pairs[::-1]):
        found = roots(order)
        assert {who: found.get(who) for who in expected} == expected
        assert {found.get(who, who) for who in said} == {
            expected.get(who, found.get(who, who)) for who in said
        }


def test_a_chain_of_many_is_followed_in_one_go() -> None:
    many = 50_000
    found = roots((str(n), str(n + 1)) for n in range(many))
    assert {*found.values()} == {str(many)}


def claim(number: int, source: str, words: str, origin: str | None) -> Claim:
    statement = Statement("War", source, published=dates.parse(f"2025-01-{number:02}"))
    figure = read(words)
    return Claim(statement, figure.said, figure.estimate, "height", origin=origin, id=number)


CHAIN = [
    claim(1, "Staff", "11,743", None),
    claim(2, "Ministry", "11,743", "STAFF"),
    claim(3, "Post", "11,743", "Ministry"),
    claim(4, "Blog", "11,753", "Post"),
]


def test_compare_counts_voices_as_trace_does() -> None:
    (found,) = compare(CHAIN).subjects
    (measure,) = found.measures
    assert measure.origins == 1
    assert {each.verdict.value for each in measure.findings} == {"echo"}
    assert [each.origin for each in measure.sides] == ["Post", "Ministry", "Staff", None]
    (trace,) = traces(CHAIN[:3])
    assert trace.origins == 1


def test_one_that_also_speaks_for_itself_stays_a_voice() -> None:
    (found,) = compare([*CHAIN, claim(5, "Ministry", "12,000", None)]).subjects
    (measure,) = found.measures
    assert measure.origins == 2


def test_pooling_and_weighing_take_a_chain_for_one_voice() -> None:
    stated = [
        claim(1, "Staff", "10.0 ± 0.2", None),
        claim(2, "Ministry", "10.0 ± 0.2", "Staff"),
        claim(3, "Post", "10.1 ± 0.2", "Ministry"),
        claim(4, "Army", "10.3 ± 0.2", None),
    ]
    (found,) = pooled(stated).values()
    assert found.k == 2
    assert {each.reason for each in found.left_out} == {"shares its origin with claim 1: Staff"}


def test_a_retracted_claim_does_not_say_whose_voice_others_are() -> None:
    relayed = [
        claim(1, "Army", "10.3 ± 0.2", None),
        claim(2, "Ministry", "10.0 ± 0.2", "Staff"),
        claim(3, "Post", "10.1 ± 0.2", "Ministry"),
        claim(4, "Staff", "10.0 ± 0.2", None),
    ]
    own = replace(claim(5, "Ministry", "9.0 ± 0.2", None), retracted="misprint")
    for given in (relayed, [*relayed, own]):
        (found,) = pooled(given).values()
        assert found.k == 2
        reasons = {each.claim: each.reason for each in found.left_out if each.claim != 5}
        assert reasons == dict.fromkeys((2, 3), "shares its origin with claim 4: Staff")


def test_a_retracted_claim_of_an_origin_does_not_part_two_counted_as_one() -> None:
    echo = replace(claim(2, "Echo", "11,743", "Wire"), counted_with="Army")
    given = [claim(1, "Army", "11,743", None), echo, claim(3, "Post", "11,753", None)]
    other = replace(claim(4, "Blog", "11,743", "Wire"), retracted="misprint")
    for each in (given, [*given, other]):
        assert [found.voices for found in support(each) if isinstance(found, Support)] == [2]


def test_two_of_a_chain_go_back_to_its_end() -> None:
    given = [
        claim(1, "Wire Alpha", "8431", None),
        claim(2, "Herald", "8431", "Wire Alpha"),
        claim(3, "Chronicle", "8431", "Herald"),
    ]
    (measure,) = compare(given).subjects[0].measures
    told = [
        each.why.partition("both go back to ")[2].partition(":")[0] for each in measure.findings
    ]
    assert told == ["one origin", "Wire Alpha", "Wire Alpha"]
