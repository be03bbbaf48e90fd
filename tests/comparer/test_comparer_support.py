"""Which figure is best supported: what is taken, what is left out, and what is withheld."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog.answers import NotSupported, Support
from factlog.claim import Claim
from factlog.comparer.support import support
from factlog.decision import Decision, DecisionKind
from factlog.importing import claims
from factlog.policy import Kind, Measure

KILLED = Measure("killed", Kind.CUMULATIVE)


def say(subject: str, *said: str, measure: str = "", **more: str) -> list[Claim]:
    """Claims of a subject, by sources A, B, C and so on."""
    return [
        each
        for source, words in zip("ABCDEFGHIJ", said, strict=False)
        if words
        for each in claims(subject, [f"{measure}={words}"], source=source, **more)  # type: ignore[arg-type]
    ]


def one(given: list[Claim], *decided: Decision, kind: Kind = Kind.CONSTANT) -> Support:
    """The support of the first subject."""
    measures = [Measure(given[0].measure, kind)] if given[0].measure else None
    found = support(given, decided=decided, measures=measures)
    first = next(each for each in found if each.subject == given[0].statement.subject)
    assert isinstance(first, Support), first.reason
    return first


def refused(given: list[Claim], kind: Kind = Kind.CONSTANT) -> NotSupported:
    measures = [Measure(given[0].measure, kind)] if given[0].measure else None
    (found,) = support(given, measures=measures)
    assert isinstance(found, NotSupported)
    return found


@pytest.mark.parametrize(
    ("said", "best", "centre"),
    [
        (("300", "300", "400"), 300, 300),
        (("about 300", "300.0", "400"), 300, 300),
        (("2.5 km", "2,500 m", "9 km"), "2.5", "2.5"),
        (("0.1", "0.10", "0.3"), "0.1", "0.1"),
        (("0", "0", "5"), 0, 0),
        (("-3 °C", "-3 °C", "8 °C"), -3, -3),
        (("100", "104", "109", "50000000"), 104, "106.5"),
        (("3 ± 1", "3", "8"), 3, 3),
        (("1 to 5 (best 3)", "3", "8"), 3, 3),
        (("1e300 nm", "1e300 km", "1e300 km"), "1e300", "1e300"),
        (("0.1 t", "100 kg"), 100, 100),
        (("1e-300 km", "1e-300 km", "1e-300 nm"), "1e-300", "1e-300"),
        (("0", "1e300", "1e300"), "1e300", "1e300"),
        (("-5", "-5", "5"), -5, -5),
    ],
)
def test_the_best_supported_and_the_centre(
    said: tuple[str, ...], best: object, centre: object
) -> None:
    found = one(say("x", *said))
    assert found.best == Decimal(str(best))
    assert found.centre == Decimal(str(centre))
    assert found.voices == len(said)
    assert found.values[0].value == found.best
    assert sum(each.share for each in found.values) == pytest.approx(1)


def test_figures_that_state_their_uncertainty_are_better_pooled() -> None:
    assert "2 of them state their uncertainty" in one(say("x", "3 ± 1", "3.1 ± 0.2", "3")).note
    assert "uncertainty" not in one(say("x", "3 ± 1", "3.1", "2 to 3")).note


def test_it_is_said_what_a_lone_number_is_best_supported_by() -> None:
    assert "taken together, lie nearest to" in one(say("x", "1", "2", "3")).note
    other = say("y", "5", "", "5") + say("z", "5", "7", "5")
    found = one([*say("x", "3", "4"), *other])
    assert found.best == 3
    assert "the source which is borne out more often elsewhere" in found.note
    assert found.fragile
    assert "Fragile: counting voices gives 3 and 4 (1 of 2 each)." in found.note
    assert not one(say("x", "1", "2", "3")).fragile
    found = one(say("x", "10", "20", "9 to 12"))
    assert found.best is None
    assert "Nothing that is weighed tells 10 and 20 apart" in found.note


def test_of_two_lone_numbers_of_one_score_the_source_that_is_borne_out_more_often_has_it() -> None:
    """Where hardly any figure has a second voice, what sources count for is the same of all."""
    cases: list[Claim] = []
    for n in range(40):
        t = 1000 + 37 * n
        others = [t + 210, t + 430, t - 190]
        others[n % 3] = t if n < 38 else others[n % 3]
        cases += say(f"t{n}", *map(str, (t, *others, t + 330)))
    for own, other in (("5000", "5600"), ("5600", "5000")):
        found = one([*say("x", own, "", "", "", other), *cases])
        mine = Decimal(own)
        assert (found.best, found.values[0].value, found.fragile) == (mine, mine, True)
        assert "borne out more often elsewhere (38 of 40 subjects against 0 of 40)" in found.note
        assert "better supported." not in found.note


def test_a_source_of_which_nothing_is_known_is_fragile_beside_one_that_is_often_borne_out() -> None:
    cases: list[Claim] = []
    for n in range(10):
        t = 1000 + 37 * n
        cases += say(f"t{n}", *map(str, (t, t if n < 4 else t + 210, t if n > 5 else t + 430)))
    found = one([*say("x", "5000", "", "", "", "5600"), *cases])
    assert found.best == 5600
    assert found.fragile
    told = "Fragile: 5,000 is of A, which is borne out more often elsewhere than is usual (8 of 10"
    assert told in found.note


def test_of_numbers_that_lie_as_near_to_the_others_the_weight_of_a_source_decides() -> None:
    near = [
        each
        for n in range(1000, 1040)
        for each in say(f"t{n}", *[f"{n}"] * 3, f"{n + 1}", f"{n + 2}")
    ]
    found = one([*say("x", "1500", "", "", "1510", "1500000"), *near])
    told = "what its source counts for makes 1,500 the best supported of 1,500 and 1,510, which lie"
    assert found.best == 1500
    assert f"{told} as near to the others." in found.note


def known_sources() -> list[Claim]:
    """Forty subjects on which A, B and C give one number, and D and E others of their own."""
    return [
        each
        for n in range(40)
        for each in say(f"t{n}", *[f"{1000 + n}"] * 3, f"{37 * n + 5}", f"{91 * n + 7}")
    ]


def test_it_is_said_where_the_weight_of_a_source_decides_against_nearness() -> None:
    given = [*say("x", "150", "", "", "100", "101", "102"), *known_sources()]
    found = one(given)
    assert (found.best, found.fragile) == (Decimal(150), True)
    assert "what its source counts for makes 150 the best supported" in found.note
    assert "Fragile: counting nearness alone gives 102." in found.note
    assert "lie near to" not in found.note
    near = one([*say("x", "101", "", "", "100", "102", "103"), *known_sources()])
    assert (near.best, near.fragile) == (Decimal(101), False)


def test_a_source_of_which_nothing_is_known_is_not_said_to_be_borne_out_more_often() -> None:
    new, little = say("x", "", "", "", "500", "", "600"), say("y", "1", "2", "", "", "", "3")
    for more, known in (([], "nothing"), (little, "little")):
        found = one([*new, *more, *known_sources()])
        assert found.best == 600
        assert (
            f"the best supported is that of a source of which {known} else is known, "
            "as D is borne out less often elsewhere than is usual."
        ) in found.note
    found = one([*say("x", "600", "", "", "500"), *known_sources()])
    assert "that of the source which is borne out more often elsewhere" in found.note
    found = one([*say("x", "", "", "", "10", "12"), *say("y", "", "", "", "7", "", "8", "9")])
    assert found.best == 12
    told = (
        "what its source counts for makes 12 the best supported, though nothing else is known of E"
    )
    assert told in found.note


def test_who_gives_a_figure_stands_beside_it() -> None:
    found = one(say("x", "300", "400", "300"))
    assert {each.value: each.sources for each in found.values} == {
        Decimal(300): ("A", "C"),
        Decimal(400): ("B",),
    }


def test_who_gives_a_range_alone_is_said_not_to_stand_by_a_figure() -> None:
    assert "1 voice gives a range" in one(say("x", "300", "300", "200 to 500")).note
    assert "range" not in one(say("x", "300", "300 ± 5", "200")).note
    assert "no subject has two" in one(say("x", "1 to 5", "2 to 6")).note
    numbers, ranges = say("x", "1", "1"), say("y", "1 to 5", "2 to 6", "3 to 9")
    assert "over 1 subject with two voices or more: with" in one(numbers).note
    told = "over 1 subject with two voices or more that give a number: with"
    assert told in one([*numbers, *ranges]).note


def test_a_number_that_most_ranges_leave_out_is_fragile_and_has_no_calibrated_range() -> None:
    decided = [Decision(f"t{n}", "", DecisionKind.VALUE, "r", "m") for n in range(12)]
    given = [each for d in decided for each in say(d.subject, "100", "100", "100")]
    decided = [replace(each, low=Decimal(100), high=Decimal(100)) for each in decided]
    found = one([*say("x", "12", *["100 to 200"] * 4), *given], *decided)
    assert (found.best, found.fragile, found.range) == (Decimal(12), True, None)
    assert "Fragile: it lies outside the ranges of 4 voices, and 1 bears it out." in found.note
    assert found.withheld == "the figure lies outside the ranges of more voices than bear it out"
    for others in (["100 to 200", "10 to 20"], ["10 to 20"] * 4, ["12", "100 to 200"]):
        found = one([*say("x", "12", *others), *given], *decided)
        assert (found.best, found.fragile) == (Decimal(12), False)
        assert found.range is not None


def test_two_lone_voices_are_told_apart_by_nothing() -> None:
    found = one(say("x", "300", "400"))
    assert found.best is None
    assert found.centre == 350
    assert not found.fragile
    assert "300 and 400" in found.note
    assert found.withheld


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (("300", "400", "1 to 1000"), "300 and 400"),
        (("300", "400", "380 to 900"), "300 and 400"),
        (("300", "300", "400", "400"), "300 and 400"),
        (("300", "300", "400", "400", "1 to 9000"), "300 and 400"),
        (("-1", "1"), "-1 and 1"),
    ],
)
def test_a_tie_is_told_as_one_whatever_the_centre(said: tuple[str, ...], named: str) -> None:
    found = one(say("x", *said))
    assert (found.best, found.fragile) == (None, False)
    assert f"Nothing that is weighed tells {named} apart" in found.note
    assert found.withheld == "no single figure is best supported"


def copied(subjects: int) -> list[Claim]:
    """Eight voices on each subject; the first three copy each other, right or not."""
    chance = Random(3)
    given: list[Claim] = []
    for n in range(subjects):
        figures = [
            1000 + n if chance.random() < 0.6 else chance.randrange(500, 1600) for _ in range(8)
        ]
        given += say(f"case {n}", *map(str, [figures[0]] * 3 + figures[3:]))
    return given


def test_copies_in_the_minority_outweigh_nobody() -> None:
    given = say("x", "7", "7", "7", "8", "8", "5", "6", "4") + copied(30)
    found = support(given)
    picked = {each.subject: each.best for each in found if isinstance(each, Support)}
    assert sum(picked[f"case {n}"] != 1000 + n for n in range(30)) <= 3
    first = one(given)
    assert first.best == 8
    assert first.fragile
    said = [[claim.said for claim in given[n : n + 8]] for n in range(0, len(given), 8)]
    alone = sum(row[0] not in row[3:] for row in said)
    assert len(said) == 31
    assert (
        "Of A, B and C, those that speak give the same figure in 31 of 31 subjects, "
        f"{alone} of them with one that nobody else gives. They may share a source or a "
        "definition, and count as one voice."
    ) in first.note
    assert "make the same errors" not in first.note
    assert "Fragile: counting each source singly gives 7 (3 of 8)." in first.note
    assert first.voices == 8


def test_who_agrees_too_often_counts_once_towards_the_centre() -> None:
    given = say("x", "1", "1", "1", "2 to 4", "5") + copied(60)
    assert one(given).centre == 3


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("300", "at least 200"), "a limit"),
        (("300", "up to 400"), "a limit"),
        (("dozens", "scores"), "only a word"),
        (("300", "several"), "only a word"),
        (("300 m", "300 kg"), "these are of mixed units"),
        (("300 m", "300"), "than another: m, no unit."),
        (("10 USD", "10 USD", "30 EUR", "30 EUR"), "than another: EUR, USD."),
        (("30 EUR", "10 USD", "30 EUR", "10 USD"), "than another: EUR, USD."),
        (("5 km", "3 kg", "5000 m", "3 kg"), "than another: kg, km."),
        (("300",), "there is one"),
    ],
)
def test_what_cannot_be_weighed_is_refused_with_the_reason(said: tuple[str, ...], why: str) -> None:
    found = refused(say("x", *said))
    assert why in f"{found.reason} {found.remedy}"


def test_units_that_as_many_voices_give_are_told_once_and_as_voices() -> None:
    eur = [each for n in range(3) for each in say("x", f"3{n} EUR", as_of=f"202{n}")]
    found = refused([*eur, *say("x", "", "10 USD", as_of="2020")])
    told = f"{found.reason} {found.remedy}"
    assert "these are of mixed units, of which none has more voices than another: EUR, USD." in told
    assert told.count("mixed units") == 1
    assert "Left out" not in told


def test_the_unit_is_that_of_most_voices_however_many_figures_one_gives() -> None:
    usd = say("x", "10 USD", "10 USD")
    eur = [each for n in range(3) for each in say("x", "", "", f"3{n} EUR", as_of=f"202{n}")]
    assert one([*eur, *usd]).unit == "USD"
    assert one([*usd, *eur]).unit == "USD"


def test_scopes_dates_and_origins_are_aligned() -> None:
    kursk = say("x", "300", "310", measure="killed", as_of="2025-01-13", scope="Kursk")
    other = say("x", "", "", "900", measure="killed", as_of="2025-01-13")
    found = one([*kursk, *other], kind=Kind.CUMULATIVE)
    assert (found.voices, found.left_out[0].reason) == (2, "another scope: none stated")
    assert "of 2025-01-13, Kursk" in found.note

    early = say("x", "100", "100", "100", measure="killed", as_of="2025-01-02")
    late = say("x", "300", "310", measure="killed", as_of="2025-02-13")
    newest = say("x", "500", measure="killed", as_of="2025-03-01")
    found = one([*early, *late, *newest], kind=Kind.CUMULATIVE)
    assert {each.value for each in found.values} == {300, 310}  # the latest that two speak of

    echoed = [
        *say("x", "300"),
        *claims("x", ["300"], source="B", origin="A"),
        *claims("x", ["400"], source="C"),
    ]
    found = one(echoed)
    assert found.voices == 2
    assert found.left_out[0].reason == "shares its origin with claim 1: A"


_OTHERS = [("F", "", 5), ("G", "", 3)]


@pytest.mark.parametrize(
    ("said", "heard", "why"),
    [
        # (source, whom it cites, figure), and whose figures are voices of their own
        ([("A", "", 1), ("A", "B", 2), ("C", "", 3)], [1, 3], "same source is taken: claim 1"),
        ([("A", "B", 2), ("A", "", 1), ("C", "", 3)], [1, 3], "same source is taken: claim 2"),
        ([("A", "B", 1), ("A", "C", 1), ("D", "", 3)], [1, 3], "same source is taken: claim 1"),
        (
            [("A", "B", 1), ("A", "C", 2), *_OTHERS],
            [3, 5],
            "two figures of A, neither of them later",
        ),
        ([("A", "B", 1), ("A", "C", 2), ("B", "", 3)], [2, 3], "origin with claim 3: B"),
        ([("A", "B", 1), ("A", "C", 1), ("E", "A", 1), ("F", "", 5)], [1, 5], "claim 1: A"),
        ([("A", "B", 1), ("A", "C", 2), ("E", "A", 1), *_OTHERS], [3, 5], "claims 2 and 3"),
        (
            [("A", "B", 1), ("E", "B", 2), *_OTHERS],
            [3, 5],
            "two figures of B, neither of them later",
        ),
        ([("A", "B", 1), ("A", "C", 2), ("E", "C", 2), ("F", "", 5)], [2, 5], "claim 3: C"),
        ([("A", "B and C", 1), ("B", "", 2), ("C", "", 3)], [1, 2, 3], ""),
        ([("A", "a", 1), ("B", "A", 1), ("C", "", 3)], [1, 3], "origin with claim 1: A"),
    ],
)
def test_a_source_is_one_voice_whomever_it_cites_beside(
    said: list[tuple[str, str, int]], heard: list[int], why: str
) -> None:
    given = [
        each
        for source, origin, figure in said
        for each in claims("x", [str(figure)], source=source, origin=origin or None)
    ]
    found = one(given)
    assert sorted(each.value for each in found.values) == heard
    assert found.voices == len(heard)
    assert why in "; ".join(each.reason for each in found.left_out)


def test_a_source_that_also_relays_a_figure_neither_agrees_with_itself_nor_copies_itself() -> None:
    given = copied(60)
    relayed = [replace(claim, origin="Z") for claim in given if claim.statement.source == "E"]
    for first in ([*given, *relayed], [*relayed, *given]):
        note = one(first).note
        assert "E and E" not in note
        assert "and E make" not in note


def test_a_date_of_which_one_source_alone_has_two_figures_is_not_the_one_that_is_weighed() -> None:
    early = say("x", "100", "100", measure="killed", as_of="2025-01-02")
    late = say("x", "300", measure="killed", as_of="2025-02-13")
    found = one([*early, *late, replace(late[0], origin="Z")], kind=Kind.CUMULATIVE)
    assert found.best == 100


@pytest.mark.parametrize("kind", [*Kind])
@pytest.mark.parametrize("places", [(0, 1, 2, 3), (3, 2, 1, 0)])
def test_of_one_date_the_edition_published_last_is_weighed(
    kind: Kind, places: tuple[int, ...]
) -> None:
    first, last, other, third = (
        say("x", *said, measure="rate", as_of="2024-03-31", published=published)[0]
        for said, published in (
            (("1.0",), "2024-05-10"),
            (("1.5",), "2024-06-28"),
            (("", "1.5"), "2024-05-20"),
            (("", "", "1.0"), "2024-05-20"),
        )
    )
    given = [(first, last, other, third)[place] for place in places]
    found = one(given, kind=kind)
    assert (found.best, found.voices) == (Decimal("1.5"), 3)
    of = given.index(last) + 1
    assert found.left_out[0].reason == f"superseded by claim {of} of the same source"


def test_of_one_source_and_date_the_figure_logged_last_is_weighed() -> None:
    days = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3, 4))
    said = say("x", "10", as_of="2026") + say("x", "12", "12", "10", as_of="2026")
    given = [replace(claim, recorded=day) for claim, day in zip(said, days, strict=True)]
    found = one(given)
    assert (found.best, found.voices) == (Decimal(12), 3)
    assert found.left_out[0].reason == "another figure of the same source is taken: claim 2"


def test_a_constant_is_taken_as_each_source_says_it_last() -> None:
    given = [*say("x", "300", "310", as_of="2024"), *say("x", "310", as_of="2025")]
    assert [each.value for each in one(given).values] == [310]


def test_ranges_are_pooled_and_never_intersected() -> None:
    found = one(say("x", "100 to 200", "180 to 220", "500 to 600"))
    assert (found.best, found.values) == (None, ())
    assert found.centre == 200
    ninety, eighty = found.stated
    assert (ninety.level, eighty.level) == (Decimal("0.9"), Decimal("0.8"))
    assert 100 <= ninety.low <= eighty.low <= 120
    assert 580 <= eighty.high <= ninety.high <= 600
    assert one(say("x", "100 to 200", "150", "150")).stated == ()


def test_many_ranges_are_pooled_at_the_levels_given() -> None:
    few, many = (one(say("x", *["0 to 1000"] * n)).stated[0] for n in (3, 6))
    assert (int(few.low), int(few.high)) == (12, 988)
    assert (int(many.low), int(many.high)) == (50, 950)
    metres = one(say("x", *["0 to 1000 m"] * 3)).stated[0]
    assert (metres.low, metres.high) == (Decimal("12.5"), Decimal("987.5"))


def cases(how_many: int) -> tuple[list[Claim], list[Decision]]:
    """Subjects on which two say 1000, and what was decided: off by 1, 2, 3 and so on."""
    given, decided = say("x", "200", "200", "900"), []
    for n in range(1, how_many + 1):
        given += say(f"case {n}", "1000", "1000", "700")
        low = Decimal(1000 + n)
        decided.append(Decision(f"Case {n}", "", DecisionKind.VALUE, "r", "me", low=low, high=low))
    return given, decided


@pytest.mark.parametrize(
    ("how_many", "level", "ends"),
    [
        (9, None, None),
        (10, "0.8", ("198", "202")),  # 198.2 to 201.8, and they are counts
        (19, "0.8", ("196", "204")),
        (20, "0.9", ("196", "204")),
    ],
)
def test_a_range_is_calibrated_on_what_was_decided(
    how_many: int, level: str | None, ends: tuple[str, str] | None
) -> None:
    given, decided = cases(how_many)
    found = one(given, *decided)
    if level is None or ends is None:
        assert found.range is None
        assert found.withheld == "it takes 10 other decided subjects, and there are 9"
    else:
        assert found.range is not None
        assert found.withheld is None
        assert found.range.level == Decimal(level)
        assert (found.range.low, found.range.high) == tuple(map(Decimal, ends))
        told = {10: "9 of 11 cases (81.8%)", 19: "16 of 20 cases (80%)", 20: "19 of 21 cases"}
        assert f"the {level[2:]}0% range is to hold {told[how_many]}" in found.note


def reach(said: str, others: list[Claim], decided: int = 30) -> tuple[object, object]:
    """The range of what two say, beside others, where 10 that were said are decided so far off."""
    unit = said.lstrip("0123456789.")
    given = [each for n in range(10) for each in say(f"y{n}", f"10{unit}", f"10{unit}")]
    ends = {"low": Decimal(decided), "high": Decimal(decided), "unit": given[0].estimate.unit}
    value = Decision("", "", DecisionKind.VALUE, "r", "m", **ends)  # type: ignore[arg-type]
    resolved = [replace(value, subject=f"y{n}") for n in range(10)]
    found = one([*say("x", said, said), *others, *given], *resolved).range
    assert found is not None
    return found.low, found.high


@pytest.mark.parametrize(
    ("said", "other", "ends"),
    [
        ("8", "9", (0, 24)),
        ("8", "-9", (-8, 24)),
        ("8.5", "9", ("-8.5", "25.5")),
        ("80%", "100%", (0, 100)),
        ("80%", "101%", (0, 240)),
        ("80%", "-1%", (-80, 100)),
        ("80 km", "9 km", (-80, 240)),
    ],
)
def test_a_calibrated_range_has_nothing_that_no_count_or_share_can_be(
    said: str, other: str, ends: tuple[object, object]
) -> None:
    assert reach(said, say("z", other, other)) == tuple(Decimal(str(each)) for each in ends)


@pytest.mark.parametrize(
    ("said", "lone", "ends"),
    [
        ("80%", "300%", (0, 240)),
        ("80%", "3000 permille", (0, 240)),
        ("80%", "90% to 110%", (0, 240)),
        ("80%", "more than 100%", (0, 240)),
        ("80%", "at least 100%", (0, 100)),
        ("80%", "99% ± 3%", (0, 100)),  # nobody gives 102%
        ("80%", "300 km", (0, 100)),
        ("80%", "-5%", (-80, 100)),
        ("8", "-5", (-8, 24)),
        ("8", "-5 to 10", (-8, 24)),
        ("8", "less than 0", (-8, 24)),
        ("8", "less than 1", (0, 24)),
        ("8", "-5 USD", (0, 24)),
    ],
)
def test_a_figure_nobody_else_gives_still_lets_a_range_reach_beyond(
    said: str, lone: str, ends: tuple[int, int]
) -> None:
    alone = say("z", lone)
    assert reach(said, alone) == ends
    assert reach(said, [replace(each, retracted="") for each in alone]) == reach(said, [])


def test_a_decided_figure_below_nothing_lets_a_range_reach_there() -> None:
    assert reach("8", [], decided=-10) == (-8, 24)


def test_no_range_is_calibrated_on_words() -> None:
    given = [each for n in range(12) for each in say(f"x{n}", "50", "50")]
    words = [
        Decision(f"x{n}", "", DecisionKind.VALUE, "r", "m", (), "dozens", Decimal(24), Decimal(99))
        for n in range(12)
    ]
    assert one(given, *words).withheld == "it takes 10 other decided subjects, and there are 0"
    assert one(given, *(replace(each, said="24 to 99") for each in words)).range is not None


def test_a_subject_is_not_measured_by_its_own_decision_nor_by_other_kinds() -> None:
    given, decided = cases(10)
    every = support(given, decided=decided)
    of = {each.subject: each for each in every if isinstance(each, Support)}
    assert of["case 1"].withheld == "it takes 10 other decided subjects, and there are 9"
    pending = [Decision(d.subject, "", DecisionKind.PENDING, "r", "me") for d in decided]
    assert one(given, *pending).withheld == "it takes 10 other decided subjects, and there are 0"


def test_a_decision_stands_beside_its_measure_and_changes_no_weight() -> None:
    given = [*say("x", "300", "300", "400"), *say("y", "300", "300")]
    withheld = Decision("X", "", DecisionKind.WITHHOLD, "r", "me")
    x, y = support(given, decided=[withheld])
    assert isinstance(x, Support)
    assert isinstance(y, Support)
    assert (x.decision, y.decision) == (withheld, None)
    assert x.values == one(given).values


def test_decisions_are_taken_in_the_unit_of_the_figures() -> None:
    given, decided = say("x", "2 km", "2 km"), []
    for n in range(10):
        given += say(f"case {n}", "1 km", "1 km")
        ends = {"low": Decimal(1010), "high": Decimal(1030), "unit": "m"}
        decided.append(Decision(f"case {n}", "", DecisionKind.PREFER, "r", "me", **ends))  # type: ignore[arg-type]
    found = one(given, *decided).range
    assert found is not None
    assert (found.low, found.high) == (Decimal("1.96"), Decimal("2.04"))
    other = [Decision(d.subject, "", d.kind, "r", "me", low=d.low, high=d.high) for d in decided]
    assert one(given, *other).range is None  # without a unit it cannot be set beside them


def test_what_is_zero_has_no_share() -> None:
    given, decided = cases(10)
    nothing = [*say("y", "0", "0", "7"), *given]
    assert one(nothing, *decided).range is None
    degrees = [*say("z", "20 °C", "20 °C"), *given]
    assert "share" in str(one(degrees, *decided).withheld)
    zeros, off = say("x", "5", "5", "7"), []
    for n in range(10):
        zeros += say(f"zero {n}", "0", "0")
        off.append(
            Decision(
                f"zero {n}", "", DecisionKind.VALUE, "r", "me", low=Decimal(3), high=Decimal(3)
            )
        )
    assert "differ" in str(one(zeros, *off).withheld)


def test_sources_borne_out_elsewhere_outweigh_the_others_and_thirty_subjects_are_said() -> None:
    given = say("x", "", "", "8", "8", "7")
    for n in range(40):
        given += say(f"case {n}", f"{100 + n}", f"{100 + n}", f"{3 * n}", f"{n}", f"{100 + n}")
    found = one(given)
    assert found.best == 7
    assert found.fragile
    assert found.note == (
        "Weighed over 41 subjects with two voices or more. "
        "Fragile: counting voices gives 8 (2 of 3)."
    )
    assert "fewer than 30" in one(say("x", "1", "1", "2")).note


def test_fragile_is_what_turns_with_the_prior() -> None:
    given = say("x", "", "", "8", "8", "7")
    for n in range(9):
        given += say(f"case {n}", f"{100 + n}", f"{100 + n}", f"{3 * n}", f"{n}", f"{100 + n}")
    found = {n: one(given[: 3 + 5 * n]) for n in range(10)}
    assert {each.best for each in found.values()} == {Decimal(7), Decimal(8)}
    assert any(each.fragile and "Fragile" in each.note for each in found.values())
    assert not found[0].fragile


def test_measures_are_weighed_by_themselves_and_come_in_order_of_subject() -> None:
    given = [*say("b", "1", "1", measure="killed"), *say("b", "1", "2"), *say("a", "1", "1")]
    found = support(given, measures=[KILLED])
    assert [(each.subject, each.measure) for each in found] == [
        ("a", ""),
        ("b", ""),
        ("b", "killed"),
    ]
    assert support([]) == ()


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        (("300", "300.0"), "300"),
        (("5 to 9", "7"), "7"),
        (("3 ± 1", "3"), "3"),
        (("2.5 m", "250 cm"), "2.5 m"),
        (("300", "301"), ""),
        (("5 to 9", "10"), ""),
        (("5 to 9", "6 to 8"), ""),
        (("5 to 9", "7", "8"), ""),
    ],
)
def test_two_figures_of_one_source_and_date_are_one_voice_or_none_in_any_order(
    said: tuple[str, ...], taken: str
) -> None:
    others = say("x", "", *["8 m" if taken.endswith("m") else "8"] * 2)
    theirs = [each for words in said for each in say("x", words)]
    for own in (theirs, theirs[::-1]):
        found = one([*others, *own])
        assert found.voices == (3 if taken else 2)
        heard = {each.value: each.sources for each in found.values}
        if taken:
            assert heard[Decimal(taken.split()[0])] == ("A",)
            assert "another figure of the same source is taken" in found.left_out[0].reason
        else:
            assert heard == {8: ("B", "C")}
            assert len(found.left_out) == len(said)
            assert {"two figures of A, neither of them later" in e.reason for e in found.left_out}


def test_a_source_at_odds_with_itself_is_told_where_that_leaves_too_few() -> None:
    theirs = [*say("x", "5", as_of="2026-01-01"), *say("x", "6", as_of="2026-01-01")]
    for own in (theirs, theirs[::-1]):
        found = refused([*own, *say("x", "", "5", as_of="2026-01-01")])
        assert "there is one" in found.reason
        assert "claim 1 (two figures of A, neither of them later: claims 1 and 2)" in found.remedy


def test_scopes_of_as_many_voices_are_refused_as_units_are() -> None:
    north, south = say("x", "5", "6", scope="north"), say("x", "", "", "50", "60", scope="south")
    for both in ([*north, *south], [*south, *north]):
        found = refused(both)
        told = (
            "these are of mixed scopes, of which none has more voices than another: north, south."
        )
        assert told in found.reason
    more = say("x", "", "", "", "", "50", scope="South")
    assert one([*north, *south, *more]).best == 50


figures = st.lists(
    st.one_of(st.integers(-50, 50).map(str), st.sampled_from(["1 to 9", "at least 3", "dozens"])),
    min_size=1,
    max_size=6,
)


@given(st.lists(figures, min_size=1, max_size=5), st.randoms())
def test_the_order_of_claims_changes_nothing(said: list[list[str]], chance: object) -> None:
    given = [each for n, words in enumerate(said) for each in say(f"s{n}", *words)]
    given += [each for n, words in enumerate(said) for each in say(f"s{n}", words[-1])]
    shuffled = list(given)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    def told(claims: list[Claim]) -> list[object]:
        return [
            (each.best, each.centre, each.voices, each.fragile, each.stated, each.values)
            if isinstance(each, Support)
            else (each.subject, each.measure)
            for each in support(claims)
        ]

    assert told(given) == told(shuffled)


def test_figures_of_many_digits_keep_them_all() -> None:
    """The middle of two lies between them, and they are equally near to it."""
    start = 12345678901234567890123456789012345678900
    found = one(say("x", str(start + 1), str(start + 2)))
    assert (found.centre, found.best) == (Decimal(f"{start + 1}.5"), None)
    ranges = one(say("x", f"{start} to {start + 10}", f"{start} to {start + 10}"))
    assert ranges.centre == start + 5
    assert {(int(e.low) - start, int(e.high) - start) for e in ranges.stated} == {(0, 10)}
