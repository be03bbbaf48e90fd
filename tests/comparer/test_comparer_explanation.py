"""Explanations: every rule, fired or not and why, what was assumed, what would change it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from factlog.answers import MeasureExplanation
from factlog.claim import Estimate, Hedge
from factlog.comparer import compare, explain
from factlog.errors import NotFound
from factlog.findings import Verdict
from factlog.policy import POLICIES, Kind, Measure, Policy
from support.records import (
    Record,
    around,
    at_least,
    at_most,
    exactly,
    plus_minus,
)

J1, J2 = "2025-01-01", "2025-01-02"
RULES = [
    "not compared: unit",
    "not compared: scope",
    "not compared: stale",
    "echo",
    "agree",
    "near",
    "growth",
    "conflict: backwards",
    "conflict: disjoint",
    "conflict: self",
    "revised",
    "conflict: sum",
    "conflict: part",
]


def founding() -> Record:
    record = Record().say("NIS", around(300), "2025-01-13", measure="killed", said="around 300")
    record.say("NIS", around(2700), "2025-01-13", measure="injured", said="around 2,700")
    return record.say(
        "Zelenskyy", around(4000), "../2025-01-12", measure="casualties", said="about 4,000"
    )


def explained(
    record: Record, kind: Kind = Kind.CONSTANT, policy: Policy = POLICIES["default"]
) -> MeasureExplanation:
    return explain(
        record.claims, "a war", "n", policy=policy, measures=[Measure("n", kind)]
    ).measures[0]


def sentences(found: MeasureExplanation, rule: str) -> str:
    return " | ".join(next(each for each in found.rules if each.name == rule).sentences)


def test_every_rule_is_told_with_the_numbers_and_the_claims() -> None:
    found = explain(founding().claims, measure="casualties")
    assert (found.subject, found.policy.name, found.as_of) == ("a war", "default", None)
    (casualties,) = found.measures
    assert [rule.name for rule in casualties.rules] == RULES
    assert [rule.name for rule in casualties.fired] == ["conflict: backwards"]
    told = sentences(casualties, "conflict: backwards")
    assert "both are off by 14.3% or more" in told
    assert told.endswith("(claims 1, 2 of NIS, claim 3 of Zelenskyy)")
    assert casualties.headline.startswith("Zelenskyy's about 4,000 (by")
    assert casualties.headline.endswith(
        "= killed around 300 + injured around 2,700 (claims 1, 2) (conflict, backwards)"
    )


def test_rules_that_did_not_fire_say_why() -> None:
    (found,) = explain(founding().claims, measure="casualties").measures
    assert "reads 2,700 to 3,300 and 3,600 to 4,400" in sentences(found, "agree")
    assert "the worst pair would need 4.4%" in sentences(found, "near")
    assert "is a running total: its figures are compared" in sentences(found, "not compared: stale")
    assert sentences(found, "not compared: unit") == "every figure is a count"
    assert sentences(found, "echo") == "no two sources go back to one origin: 2 origins"


def test_what_was_assumed() -> None:
    (found,) = explain(founding().claims, measure="casualties").measures
    assumed = " | ".join(found.assumed)
    assert "NIS's casualties on 2025-01-13 is taken as killed + injured: about 3,000 =" in assumed
    assert "means 10% either way under the default policy (about 4,000: 3,600 to 4,400" in assumed
    assert "casualties is taken for a running total" in assumed


def test_a_sum_beside_a_stated_whole_is_said_to_check_it() -> None:
    record = founding().say("NIS", 3000, "2025-01-13", measure="casualties")
    (found,) = explain(record.claims, measure="casualties").measures
    assert (
        "NIS's own casualties is only checked by about 3,000 = killed around 300 + injured "
        "around 2,700 (claims 1, 2)"
    ) in found.assumed


def test_what_would_change_it() -> None:
    (found,) = explain(founding().claims, measure="casualties").measures
    assert found.changes == (
        "errors of 14.3% or more in both about 3,000 and about 4,000, towards each other, "
        "would make them agree",
        "a tolerance of 4.4% or more would make them near",
        "reading about as 14.3% or more either way would make them overlap",
        "if Zelenskyy's about 4,000 were for a day after NIS's (on 2025-01-13), it would be growth",
    )


@pytest.mark.parametrize(
    ("record", "kind", "rule", "told"),
    [
        (Record().say("A", exactly(3, "m")).say("B", 3), Kind.LEVEL, "not compared: unit", "m"),
        (Record().say("A", 3, scope="K").say("B", 3), Kind.LEVEL, "not compared: scope", "K"),
        (Record().say("A", 3, J1).say("B", 3, "2025-06"), Kind.LEVEL, "not compared: stale", "151"),
        (Record().say("A", 3, origin="B").say("B", 3), Kind.LEVEL, "echo", "go back to B"),
        (Record().say("A", 3).say("B", 3), Kind.LEVEL, "agree", "can both be right"),
        (Record().say("A", 100).say("B", 102), Kind.LEVEL, "near", "differ by 2"),
        (Record().say("A", 3, J1).say("B", 9, J2), Kind.CUMULATIVE, "growth", "in 1 day"),
        (Record().say("A", 9, J1).say("B", 3, J1), Kind.CUMULATIVE, "conflict: disjoint", "right"),
        (Record().say("A", 9).say("A", 3), Kind.LEVEL, "conflict: self", "A gives two figures"),
        (Record().say("A", 9, J1).say("A", 3, J2), Kind.CUMULATIVE, "revised", "A lowered"),
    ],
)
def test_a_rule_that_fired_shows_its_findings(
    record: Record, kind: Kind, rule: str, told: str
) -> None:
    found = explained(record, kind)
    assert [each.name for each in found.fired] == [rule]
    assert told in sentences(found, rule)
    assert found.changes


@pytest.mark.parametrize(
    ("record", "kind", "rule", "told"),
    [
        (Record().say("A", 3), Kind.LEVEL, "agree", "A is the only source"),
        (Record().say("A", 3).say("B", 3), Kind.FLOW, "not compared: stale", "the same period"),
        (Record().say("A", 3).say("B", 3), Kind.LEVEL, "not compared: stale", "more than 30 days"),
        (Record().say("A", 3).say("B", 3), Kind.LEVEL, "growth", "a level, not a running total"),
        (Record().say("A", 3).say("B", 3), Kind.LEVEL, "conflict: backwards", "which may fall"),
        (Record().say("A", 3).say("B", 3), Kind.LEVEL, "revised", "which may rise and fall"),
        (Record().say("A", 3).say("B", 3), Kind.CONSTANT, "revised", "changed its own figure"),
        (Record().say("A", 3).say("B", 3), Kind.CUMULATIVE, "revised", "lowered its own"),
        (Record().say("A", 3).say("B", 3), Kind.CUMULATIVE, "growth", "can be the later one"),
        (Record().say("A", 3).say("B", 3), Kind.CUMULATIVE, "conflict: backwards", "earlier"),
        (Record().say("A", 3).say("B", 3), Kind.CUMULATIVE, "conflict: disjoint", "of one date"),
        (Record().say("A", 3).say("B", 3), Kind.LEVEL, "conflict: disjoint", "comparable figures"),
        (Record().say("A", 3).say("B", 3), Kind.LEVEL, "near", "meet once each is widened by 1%"),
        (Record().say("A", 3).say("B", 3), Kind.LEVEL, "conflict: sum", "not defined as a sum"),
        (Record().say("A", 3).say("B", 3), Kind.LEVEL, "conflict: part", "not defined as a sum"),
        (Record().say("A", 3).say("B", 3), Kind.LEVEL, "conflict: self", "no source gives two"),
        (Record().say("A", 3).say("B", 9), Kind.LEVEL, "agree", "reads 3 and 9"),
        (
            Record().say("A", 3, scope="K").say("B", 3, scope="k"),
            Kind.LEVEL,
            "not compared: scope",
            "every figure has the scope K",
        ),
        (
            Record().say("A", exactly(3, "m")).say("B", exactly(3, "km")),
            Kind.LEVEL,
            "not compared: unit",
            "every figure is in m, or converts to it",
        ),
        (
            Record().say("A", exactly(3, "degC")).say("B", exactly(9, "degC")),
            Kind.LEVEL,
            "near",
            "no readings that are apart meet once",
        ),
        (
            Record().say("A", 3, scope="K").say("B", 3),
            Kind.LEVEL,
            "agree",
            "no two comparable figures",
        ),
    ],
)
def test_a_rule_that_did_not_fire_gives_its_reason(
    record: Record, kind: Kind, rule: str, told: str
) -> None:
    assert told in sentences(explained(record, kind), rule)


def test_a_strict_policy_has_no_near() -> None:
    found = explained(Record().say("A", around(3)).say("B", 9), policy=POLICIES["strict"])
    assert sentences(found, "near") == "the tolerance is 0, so nothing is near"
    assert any("means exactly" in each for each in found.assumed)


def test_wholes_give_reasons_for_sums_and_parts() -> None:
    (found,) = explain(founding().claims, measure="casualties").measures
    assert "killed + injured" in sentences(found, "conflict: sum")
    assert "no source's part is more" in sentences(found, "conflict: part")
    record = Record().say("A", 300, J1, measure="killed").say("A", 200, J1, measure="casualties")
    record.say("B", 100, J1, measure="casualties").say("C", 100, J1, measure="casualties")
    (found,) = explain(record.claims, measure="casualties").measures
    assert {"conflict: sum", "conflict: part"} <= {rule.name for rule in found.fired}


def test_readings_and_dates_taken_for_granted_are_named() -> None:
    record = Record().say("A", at_least(3), published=J1).say("B", at_most(9), J2)
    record.say("C", plus_minus(5, 1), J1).say("D", 4)
    record.say("E", Estimate(Hedge.VAGUE, low=Decimal(3), high=Decimal(9)), J1, said="a few")
    assumed = " | ".join(explained(record.say("A", 1, "2024-12-01")).assumed)
    for words in (
        "A's at least 3 (claim 1) gives no date of its own",
        "it was published on 2025-01-01",
        "D's 4 (claim 4) has no date",
        "where no upper limit is stated, none is assumed (at least 3, claim 1)",
        "a count is never below zero",
        "± one standard error reads as 2 of them",
        "a vague number is read as a range (a few: 3 to 9, claim 5)",
        "only each source's latest figure",
        "n is taken for a constant",
    ):
        assert words in assumed, words
    digits = explained(Record().say("A", around(4000)).say("B", 3), policy=POLICIES["digits"])
    assert any("half a unit of its last significant digit" in each for each in digits.assumed)


@pytest.mark.parametrize(
    ("record", "kind", "told"),
    [
        (Record().say("A", 3).say("B", 9), Kind.CONSTANT, "running total or a level, say so"),
        (Record().say("A", 3).say("B", 9), Kind.CUMULATIVE, "a later date for B's 9"),
        (Record().say("A", 3).say("B", 9), Kind.LEVEL, "more than the window of 30 days apart"),
        (Record().say("A", 3).say("A", 9), Kind.LEVEL, "retracting one of the two"),
        (Record().say("A", around(3)).say("B", 9), Kind.LEVEL, "reading about as 200% or more"),
        (Record().say("A", 3), Kind.LEVEL, "a figure from a second source"),
        (Record().say("A", exactly(0)).say("B", 9), Kind.FLOW, "errors of 100% or more"),
    ],
)
def test_what_would_change_a_conflict(record: Record, kind: Kind, told: str) -> None:
    assert told in " | ".join(explained(record, kind).changes)


def test_a_sum_that_does_not_fit_says_what_would_settle_it() -> None:
    record = Record().say("A", 300, J1, measure="killed").say("A", 200, J1, measure="casualties")
    (found,) = explain(record.claims, measure="dead").measures
    assert found.verdict is Verdict.SINGLE
    (found,) = explain(record.claims, measure="casualties").measures
    assert "correcting the whole or its parts" in found.changes[-1]
    assert found.headline.startswith("A's casualties of 200")


def test_long_lists_are_cut_and_say_so() -> None:
    record = Record()
    for number in range(9):
        record.say(f"source {number}", 3, J1)
    found = explain(record.claims, measures=[], limit=2)
    assert sentences(found.measures[0], "agree").endswith("34 more not spelled out")


def test_a_comparison_already_made_can_be_explained() -> None:
    made = compare(founding().claims, POLICIES["strict"])
    found = explain(made, "A War", "Casualties")
    assert (found.policy.name, len(found.measures)) == ("strict", 1)
    assert len(explain(made).measures) == 3
    assert found.measures[0].headline.endswith("(conflict, backwards)")


def test_what_is_not_there_is_asked_about() -> None:
    both = [*founding().claims, *Record("a wall").say("A", 3).claims]
    with pytest.raises(NotFound, match="Several subjects"):
        explain(both)
    with pytest.raises(NotFound, match=r"Did you mean a war\?"):
        explain(both, "a warr")
    with pytest.raises(NotFound, match="Subjects on record: "):
        explain(both, "Everest")
    with pytest.raises(NotFound, match="no claims to explain"):
        explain([])
    with pytest.raises(NotFound, match='has no measure "height"'):
        explain(both, "a wall", "height")


def test_what_is_counted_only_among_the_conflicts_spelled_out_says_so() -> None:
    record = Record().say("A", 1000, "2025-01-02").say("B", 2000, "2025-01-01")
    record.say("C", 1500, "2025-01-02").say("D", 1300, "2025-01-02")
    kind = [Measure("n", Kind.CUMULATIVE)]
    for limit, told in ((1, [(1, True), (0, True)]), (20, [(3, False), (3, False)])):
        made = compare(record.claims, measures=kind, limit=limit)
        rules = {each.name: each for each in explain(made, measures=kind).measures[0].rules}
        both = [rules["conflict: backwards"], rules["conflict: disjoint"]]
        assert [(each.fired, each.at_least) for each in both] == told
    made = compare(record.claims, measures=kind, limit=1)
    assert "spelled out" in sentences(explain(made, measures=kind).measures[0], RULES[8])
