"""Copies: sources that repeat each other's errors, found and counted as one voice."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from factlog.answers import CopyGroup, Support
from factlog.claim import Claim, Estimate, Hedge, Statement
from factlog.comparer import compare
from factlog.comparer.copies import as_one, copies
from factlog.comparer.support import support
from factlog.decision import Decision, DecisionKind
from factlog.findings import Verdict
from factlog.measures import starter
from factlog.stats.copies import repeats
from factlog.stats.weighing import Voices
from factlog.wording import same_errors


def claim(subject: object, source: str, number: int, measure: str = "") -> Claim:
    estimate = Estimate(Hedge.EXACT, best=Decimal(number))
    return Claim(Statement(f"s{subject}", source), str(number), estimate, measure)


def record(
    subjects: int, seed: int = 1, copying: float = 1.0, measure: str = "", rate: float = 0.7
) -> list[Claim]:
    """Five sources that err by themselves, and Echo, which repeats the first one."""
    chance = random.Random(seed)
    given = []
    for n in range(subjects):
        known = chance.randrange(1000, 9000)

        def says(known: int = known) -> int:
            return known if chance.random() < rate else chance.randrange(1000, 9000)

        said = {name: says() for name in "ABCDE"}
        said["Echo"] = said["A"] if chance.random() < copying else says()
        given += [claim(n, source, number, measure) for source, number in said.items()]
    return given


def test_a_source_that_repeats_the_errors_of_another_is_found_and_nobody_else() -> None:
    (group,) = copies(record(100))
    assert (group.sources, group.measure) == (("A", "Echo"), "")
    assert group.of - group.same <= 1
    assert group.same > 15


@pytest.mark.parametrize(
    ("subjects", "copying", "found"), [(100, 1.0, 1), (100, 0.5, 0), (100, 0.0, 0), (15, 1.0, 0)]
)
def test_it_takes_errors_enough_that_both_have(subjects: int, copying: float, found: int) -> None:
    assert len(copies(record(subjects, copying=copying))) == found


def many(copies: int, seed: int, subjects: int = 100) -> list[Claim]:
    """Eight sources that err by themselves in every fourth case, and copies of the first."""
    chance = random.Random(seed)
    given = []
    for n in range(subjects):
        known = chance.randrange(1000, 9000)
        said = {
            name: known if chance.random() < 0.75 else chance.randrange(1000, 9000)
            for name in "ABCDEFGH"
        }
        said |= {f"Echo {m}": said["A"] for m in range(copies)}
        given += [claim(n, source, number) for source, number in said.items()]
    return given


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("how_many", [1, 2, 5, 8])
def test_copies_that_bear_each_other_out_are_found(how_many: int, seed: int) -> None:
    (group,) = copies(many(how_many, seed))
    assert set(group.sources) == {"A", *(f"Echo {m}" for m in range(how_many))}


@pytest.mark.parametrize("seed", range(5))
def test_three_who_are_nearly_always_borne_out_copy_nobody(seed: int) -> None:
    chance = random.Random(seed)
    given = []
    for n in range(300):
        known = chance.randrange(1000, 9000)
        for source in "ABCDEFGHIJ":
            hits = chance.random() < (0.98 if source in "ABC" else 0.5)
            given.append(claim(n, source, known if hits else chance.randrange(1000, 9000)))
    assert copies(given) == ()


@pytest.mark.parametrize("seed", range(10))
def test_sources_that_are_alike_in_being_right_copy_nobody(seed: int) -> None:
    assert copies(record(200, seed, copying=0.0, rate=0.97)) == ()


def test_counted_as_one_voice_the_copy_does_not_outvote_others() -> None:
    given = [*record(100), claim("x", "A", 7), claim("x", "Echo", 7), claim("x", "B", 8)]
    given.append(claim("x", "C", 8))
    of = {
        as_one: next(
            each
            for each in support(given, copies_as_one=as_one)
            if each.subject == "sx" and isinstance(each, Support)
        )
        for as_one in (False, True)
    }
    assert (of[False].voices, of[True].voices) == (4, 3)
    assert of[False].copies[0].sources == ("A", "Echo")
    assert "A and Echo give the same figure in 101 of 101 subjects" in of[False].note
    assert "make the same errors" not in of[False].note  # the same, told once
    assert of[True].best == 8
    assert of[True].left_out[0].source == "Echo"
    assert of[True].left_out[0].reason == (
        "counted as one voice with claim 601, of A: they make the same errors"
    )
    assert of[True].copies == of[False].copies
    assert "make the same errors" not in of[True].note


def test_compared_as_one_voice_they_are_an_echo_and_a_stated_origin_stands() -> None:
    given = record(60)
    groups = copies(given)
    once, singly = compare(as_one(given, groups)), compare(given)
    assert once.counts.echo == 60
    assert singly.counts.echo == 0
    measure = once.subjects[0].measures[0]
    assert {side.origin for side in measure.sides} == {None}  # nobody cites anybody
    (told,) = [each for each in measure.findings if each.verdict is Verdict.ECHO]
    assert " are counted as one voice, as their sources make the same errors" in told.why


@pytest.mark.parametrize(("citing", "with_whom"), [(("Echo",), "A"), (("Echo", "B"), "B")])
def test_an_origin_that_a_copy_states_stands_only_where_others_go_back_to_it(
    citing: tuple[str, ...], with_whom: str
) -> None:
    plain = record(60)
    given = [
        replace(each, origin="Wire") if each.statement.source in citing else each for each in plain
    ]
    (group,) = copies(plain)
    subject = compare(as_one(given, [group])).subjects[0].measures[0]
    assert subject.origins == 5
    (told,) = [each for each in subject.findings if each.verdict is Verdict.ECHO]
    assert {subject.sides[n].source for n in told.sides} == {with_whom, "Echo"}
    assert ("both go back to Wire" in told.why) == (with_whom == "B")
    assert {side.origin for side in subject.sides if side.source == "Echo"} == {"Wire"}
    weighed = [each for each in support(given, copies_as_one=True)[:2] if isinstance(each, Support)]
    # What B and Echo relay of Wire differs in the first, so that none of it is heard there.
    assert [each.voices for each in weighed] == ([4, 5] if with_whom == "B" else [5, 5])


def test_of_copies_that_differ_where_their_first_is_silent_neither_is_heard() -> None:
    copied = [replace(claim(0, name, n), counted_with="A") for name, n in (("B", 5), ("C", 6))]
    for own in (copied, copied[::-1]):
        (weighed,) = support([claim(0, "D", 7), claim(0, "E", 7), *own])
        assert isinstance(weighed, Support)
        assert weighed.voices == 2
        other = own[1].statement.source
        assert weighed.left_out[0].reason == (
            f"counted as one voice with claim 4, of {other}, which gives another figure"
        )


def test_errors_of_three_are_said_to_be_counted_pair_by_pair() -> None:
    given = record(60)
    more = [
        replace(each, statement=replace(each.statement, source="Mirror"))
        for each in given
        if each.statement.source == "Echo"
    ]
    (two,), (three,) = copies(given), copies([*given, *more])
    assert (len(three.sources), three.same, three.same % 3) == (3, three.of, 0)
    assert f"({two.same} of {two.of})" in same_errors(two)
    assert f"({three.same} of {three.of} in the pairs that tell it)" in same_errors(three)


def test_each_measure_has_its_own_copies_whatever_it_is_called() -> None:
    given = record(60, measure="deaths") + record(60, seed=3, copying=0.0, measure="injured")
    (group,) = copies(given, measures=starter())
    assert group.measure == "killed"
    counted = list(as_one(given, [group], starter()))
    assert [each.counted_with for each in counted if each.counted_with] == ["A"] * 60
    assert {each.origin for each in counted} == {None}
    assert compare(as_one(given, [group])).counts.echo == 60


def test_a_number_decided_says_who_errs_where_somebody_gave_it() -> None:
    given, decided = [], []
    for n in range(15):  # all but C give one number: without the decision it is no error
        given += [claim(n, source, 100) for source in ("A", "B", "D", "E")] + [claim(n, "C", 90)]
        low = Decimal(90)
        decided.append(Decision(f"s{n}", "", DecisionKind.VALUE, "r", "me", low=low, high=low))
    assert copies(given) == ()
    (group,) = copies(given, decided=decided)
    assert group.sources == ("A", "B", "D", "E")
    nobody = [
        Decision(d.subject, "", d.kind, "r", "me", low=low + 9, high=low + 9) for d in decided
    ]
    assert copies(given, decided=nobody) == ()


def plain(voices: Voices, counts: list[float]) -> set[tuple[int, int]]:
    """The same pairs, by going through every two voices and all the others beside them."""
    same: dict[tuple[int, int], int] = {}
    every: dict[tuple[int, int], int] = {}
    table = list(zip(voices.items, voices.sources, voices.choices, strict=True))
    for n, (item, source, choice) in enumerate(table):
        for of, other, made in table[n + 1 :]:
            if of != item:
                continue
            score: dict[int, float] = {}
            for i, s, c in table:
                if i == item and s not in (source, other):
                    score[c] = score.get(c, 0) + counts[s]
            if not score:
                continue
            best = max(score.values())
            if sum(value > best - 1e-9 for value in score.values()) > 1:
                return set()  # a draw, which either may win
            reference = max(score, key=score.__getitem__)
            erring = made if choice == reference else choice
            beside = sum(i == item and c == reference and s not in (source, other)
                         for i, s, c in table)  # fmt: skip
            if beside < 2 or beside <= sum(i == item and c == erring for i, _s, c in table):
                continue
            if (choice, made) != (reference, reference):
                pair = min(source, other), max(source, other)
                every[pair] = every.get(pair, 0) + 1
                same[pair] = same.get(pair, 0) + (choice == made)
    return {
        pair for pair, n in every.items() if n >= 9 and same[pair] == n
    }  # 9 of 9 are enough, 8 are not


@pytest.mark.parametrize("seed", range(6))
def test_it_is_what_the_plain_loop_gives(seed: int) -> None:
    chance = random.Random(seed)
    counts = [2.0, 2.1, 1.3, 1.7, 1.4]
    items, sources, choices = [], [], []
    for item in range(14):
        wrong = chance.randrange(2)
        said = [2 * item + wrong] * 2 + [2 * item + 1 - wrong] * 3
        for source, choice in enumerate(said):
            items.append(item)
            sources.append(source)
            choices.append(choice)
    voices = Voices(items, sources, choices, [float(n) for n in range(28)])
    found = {each.sources for each in repeats(voices, counts)}
    assert found == plain(voices, counts) == {(0, 1)}


@pytest.mark.parametrize("others", [(10,), (10, 20), (10, 10)], ids=["one", "two", "two who agree"])
def test_two_who_are_right_copy_nobody_whatever_others_make_of_it(others: tuple[int, ...]) -> None:
    given = [
        claim(n, source, 1000 + 7 * n + off * (n % 9 + 1))
        for n in range(40)
        for source, off in zip("ABCD", (0, 0, *others), strict=False)
    ]
    assert copies(given) == ()


def test_of_two_camps_that_contradict_each_other_neither_is_told_to_copy() -> None:
    given = [
        claim(n, source, 1000 + 7 * n + (5 if source in "XYW" and n % 2 else 0))
        for n in range(40)
        for source in "ABCXYW"
    ]
    assert copies(given) == ()


@pytest.mark.parametrize(
    ("given", "told", "why"),
    [
        ((("A", "Wire"), ("Echo", "Wire")), "both go back to Wire", "shares its origin"),
        ((("C", "A"), ("Echo", None)), "both count as the voice of A", "counts as the voice of A,"),
        (
            (("C", "A"), ("Echo", "Wire")),
            "both count as the voice of A",
            "counts as the voice of A",
        ),
        ((("Echo", None), ("Mirror", None)), "make the same errors", "make the same errors"),
        ((("A", "Wire"), ("Echo", None)), "make the same errors", "make the same errors"),
    ],
)
def test_only_those_of_one_group_are_said_to_make_the_same_errors(
    given: tuple[tuple[str, str | None], ...], told: str, why: str
) -> None:
    group = CopyGroup("", ("A", "Echo", "Mirror"), 20, 20)
    some = [replace(claim(1, source, 7), origin=origin) for source, origin in given]
    once = list(as_one([*some, claim(1, "B", 9)], [group]))
    findings = compare(once).subjects[0].measures[0].findings
    (echo,) = [each for each in findings if each.verdict is Verdict.ECHO]
    assert told in echo.why
    (weighed,) = support(once)
    assert isinstance(weighed, Support)
    (left_out,) = weighed.left_out
    assert why in left_out.reason
