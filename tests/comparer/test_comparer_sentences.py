"""Wording: how firmly a sentence speaks, which dates it gives, and how it writes a unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from factlog import importing
from factlog.claim import Estimate, Hedge
from factlog.comparer import compare
from factlog.comparer.publish import sentences
from factlog.findings import Finding
from factlog.measures import starter
from factlog.policy import Kind
from factlog.wording import percent, threshold
from support.records import (
    Record,
    around,
    at_least,
    between,
    exactly,
    judged,
    only_finding,
    plus_minus,
)

J1, J2 = "2025-01-01", "2025-01-02"
DOZENS = Estimate(Hedge.VAGUE, low=Decimal(24), high=Decimal(99))


def finding(
    one: Estimate | int,
    other: Estimate | int,
    kind: Kind,
    dates: tuple[str | None, str | None] = (J1, J2),
) -> Finding:
    return only_finding(judged(Record().say("A", one, dates[0]).say("B", other, dates[1]), kind))


RISES = [
    (3000, 4000, "rose by 1,000 in 1 day"),
    (around(3000), 4000, "rose by about 1,000 in 1 day"),
    (plus_minus(3000, 10), 4000, "rose by about 990 in 1 day"),
    (between(3000, 3500), 4000, "rose by 500 or more in 1 day"),
    (3000, at_least(4000), "rose by 1,000 or more in 1 day"),
    (around(3000), at_least(4000), "rose by about 1,000 or more in 1 day"),
    (DOZENS, 300, "rose in 1 day"),
]


@pytest.mark.parametrize(("one", "other", "words"), RISES)
def test_a_rise_is_told_as_firmly_as_the_figures(
    one: Estimate | int, other: Estimate | int, words: str
) -> None:
    assert f"a running total that {words}: " in finding(one, other, Kind.CUMULATIVE).why


@pytest.mark.parametrize(
    ("one", "other", "rise", "words"),
    [
        (f"29{'0' * 24}", f"59{'0' * 24}", "3 × 10²⁵", "2.9 × 10²⁵ on 2025-01-01"),
        ("0.00000015", "0.00000035", "2 × 10⁻⁷", "1.5 × 10⁻⁷ on 2025-01-01"),
    ],
)
def test_a_rise_is_written_as_the_figures_are(one: str, other: str, rise: str, words: str) -> None:
    record = Record().say("A", exactly(one), J1, said=one).say("B", exactly(other), J2, said=other)
    why = only_finding(judged(record, Kind.CUMULATIVE)).why
    assert why.startswith(f"a running total that rose by {rise} in 1 day: {words} (A)")


def test_a_semicolon_in_the_words_of_one_figure_joins_nothing() -> None:
    record = Record().say("A", around(300), J1, said="about 300; rising").say("B", 500, J1)
    why = only_finding(judged(record, Kind.LEVEL)).why
    assert why.startswith("A's about 300; rising (2025-01-01) and B's 500 (2025-01-01) cannot")


def test_a_revision_of_a_vague_figure_gives_no_number() -> None:
    record = Record().say("A", 300, J1).say("A", DOZENS, J2)
    why = only_finding(judged(record, Kind.CUMULATIVE)).why
    assert why.startswith("A lowered its own running total, from 300 on 2025-01-01 to vague 24")


AGREEING = [
    (Kind.LEVEL, (J1, J1), "A's 300 (2025-01-01) and B's 300 (2025-01-01) can both be right"),
    (
        Kind.LEVEL,
        (J1, J2),
        "B's 300 (2025-01-02) and A's 300 (2025-01-01) can both be right",
    ),
    (
        Kind.CONSTANT,
        (J1, J2),
        "B's 300 (2025-01-02) and A's 300 (2025-01-01) can both be right",
    ),
    (
        Kind.LEVEL,
        (J1, None),
        "A's 300 (2025-01-01) and B's 300 can both be right; date unknown for B",
    ),
]


@pytest.mark.parametrize(("kind", "dates", "words"), AGREEING)
def test_agreement_gives_the_dates_where_they_count(
    kind: Kind, dates: tuple[str | None, str | None], words: str
) -> None:
    assert finding(300, 300, kind, dates).why == words


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("Kursk only", "one counts only Kursk, the"),
        ("only Kursk", "one counts only Kursk, the"),
        ("Kursk", "one counts only Kursk, the"),
        ("only", "one counts only only, the"),
    ],
)
def test_a_scope_is_limited_once(scope: str, words: str) -> None:
    found = only_finding(judged(Record().say("A", 3, J1, scope=scope).say("B", 9, J1)))
    assert words in found.why


def test_what_was_not_compared_has_no_gap_and_what_agrees_has_one_of_nothing() -> None:
    apart = only_finding(judged(Record().say("A", 3, J1, scope="K").say("B", 9, J1)))
    assert (apart.gap, apart.ratio, apart.break_even) == (None, None, None)
    assert finding(300, 300, Kind.LEVEL).gap == 0


def test_degrees_are_written_as_people_write_them() -> None:
    warm, cold = exactly("20", "degC"), exactly("15", "degC")
    assert "they are 5 °C apart" in finding(warm, cold, Kind.LEVEL, (J1, J1)).why
    other = finding(warm, exactly("3", "km"), Kind.CONSTANT, (J1, J1))
    assert "°C and km do not measure the same thing" in other.why


THRESHOLDS = [
    ("0.0625", "6.3%"),
    ("0.1428571428571428571428571429", "14.3%"),
    ("0.062", "6.2%"),
    ("0.0620001", "6.3%"),
    ("0.005012", "0.51%"),
    ("0", "0%"),
    ("1", "100%"),
]


@pytest.mark.parametrize(("share", "shown"), THRESHOLDS)
def test_what_must_be_reached_is_never_understated(share: str, shown: str) -> None:
    assert threshold(Decimal(share)) == shown


def test_a_tolerance_is_rounded_to_the_nearest() -> None:
    assert percent(Decimal("0.0625")) == "6.2%"


def test_the_sentence_of_a_conflict_rounds_its_break_even_up() -> None:
    # 15 and 17: one part in sixteen.
    assert "both are off by 6.3% or more" in finding(15, 17, Kind.LEVEL, (J1, J1)).why


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("nearly 150", "nearly 150 (read as 135 to 150)"),
        ("just over 150", "just over 150 (read as "),
        ("dozens", "dozens (read as 24 to 99)"),
        ("about 150", "A's about 150 and"),
        ("at most 150", "A's at most 150 and"),
    ],
)
def test_a_word_is_never_compared_as_if_it_were_digits(said: str, told: str) -> None:
    from factlog.parsing import read

    record = Record().say("A", read(said).estimate, said=said).say("B", 9000)
    assert told in only_finding(judged(record)).why


@pytest.mark.parametrize(
    ("killed", "injured", "whole"),
    [
        ("52", "nearly 150", "nearly 202 (read as 187 to 202)"),
        ("nearly 50", "nearly 150", "nearly 200 (read as 180 to 200)"),
        ("about 50", "nearly 150", "about 200"),
        ("fewer than 50", "150", "less than 200"),
        ("just over 50", "at least 150", "more than 200"),
    ],
)
def test_a_sum_leans_as_all_its_parts_do(killed: str, injured: str, whole: str) -> None:
    claims = [
        *importing.claims("fire", [f"killed={killed}", f"injured={injured}"], source="A"),
        *importing.claims("fire", ["casualties=9000"], source="B"),
    ]
    found = compare(claims, measures=starter()).subjects[0].measures
    told = next(each for each in found if each.measure == "casualties")
    assert f"A's {whole} and B's" in told.findings[0].why
    printed = next(each.text for each in sentences(compare(claims, measures=starter())))
    assert whole.partition(" (")[0].replace("less than", "fewer than") in printed


@pytest.mark.parametrize("kind", Kind)
def test_every_sentence_between_two_sources_names_both_with_figures_and_dates(kind: Kind) -> None:
    for second, scope in ((9, None), (3, None), (9, "Kursk only")):
        record = Record().say("A", 3, "2025-01-01").say("B", second, "2025-03-02", scope=scope)
        why = only_finding(judged(record, kind)).why
        assert all(word in why for word in ("A", "B", "3", str(second), "2025-01-01", "2025-03-02"))


def test_a_reading_and_a_date_share_one_bracket_and_digits_stand_in_threes() -> None:
    record = Record().say("A", DOZENS, J1, said="dozens")
    found = only_finding(judged(record.say("B", 115_000, J1, said="115000"), Kind.CONSTANT))
    assert "A's dozens (read as 24 to 99; 2025-01-01) and B's 115,000 (2025-01-01)" in found.why


def test_each_figure_of_a_finding_has_its_unit_and_is_told_as_it_was_given() -> None:
    claims = [
        *importing.claims(
            "July", ["peak temperature=41.2"], unit="degC", source="A", as_of="2026-07-01"
        ),
        *importing.claims("July", ["peak temperature=104 °F"], source="B", as_of="2026-07-01"),
    ]
    (measure,) = compare(claims).subjects[0].measures
    assert measure.findings[0].why == (
        "A's 41.2 °C (2026-07-01) and B's 104 °F (40 °C) (2026-07-01) cannot both be right: "
        "they are 1.2 °C apart"
    )
