"""Hints: what a person should look at, found with few false alarms and in no count."""

from __future__ import annotations

from pathlib import Path

import pytest

from factlog.claim import Estimate
from factlog.comparer import compare
from factlog.findings import Comparison, Hint
from factlog.importing import read_rows, take_all
from factlog.policy import Kind, Measure
from support.economist import claims as economist
from support.records import Record, around, at_least, between, exactly

ROOT = Path(__file__).parents[2]
SOURCES = "ABCDEFGHIJ"


def hints(kind: Kind, *values: int | str | Estimate, sources: str = SOURCES) -> list[Hint]:
    """The hints of figures a day apart, each of another source."""
    record = Record()
    for n, value in enumerate(values):
        given = value if isinstance(value, Estimate) else exactly(value)
        record.say(sources[n % len(sources)], given, f"2025-01-{n + 1:02}", said=_said(value))
    return _hints(compare(record.claims, measures=[Measure("n", kind)]))


def _said(value: int | str | Estimate) -> str | None:
    return None if isinstance(value, Estimate) else str(value)


def _hints(found: Comparison) -> list[Hint]:
    return [hint for subject in found.subjects for m in subject.measures for hint in m.hints]


@pytest.mark.parametrize(
    ("kind", "values", "claims", "words"),
    [
        (Kind.CUMULATIVE, (41, 47, 520, 55, 63), (3,), "is ten times the figures around it"),
        (Kind.CUMULATIVE, (410, 470, 51, 550, 630), (3,), "is a tenth of the figures around it"),
        (Kind.LEVEL, (41, 47, 4600, 55, 63), (3,), "is a hundred times"),
        (Kind.LEVEL, (4100, 4700, 46, 5500, 6300), (3,), "is a hundredth of"),
        (Kind.LEVEL, (41, 47, 46_000, 55, 63), (3,), "is a thousand times"),
        (Kind.CUMULATIVE, (4100, 4700, 5, 5500, 6300), (3,), "a scale word missing?"),
        (Kind.LEVEL, (500, 510, 1300, 505, 490), (3,), "is 2.55 times the figures around it"),
        (Kind.LEVEL, (500, 510, 200, 505, 490), (3,), "is 2.45 times less than"),
        (Kind.CUMULATIVE, (1234, 1234, 1324, 1234, 1240), (3,), "two digits exchanged?"),
        (Kind.LEVEL, (41, 47, around(520), 55, 63), (3,), "ten times"),
        (Kind.CONSTANT, (100, 90_000), (2, 1), "is about a thousand times A's 100"),
        (Kind.CUMULATIVE, (100, 90_000), (2, 1), "read in thousands?"),
        (Kind.LEVEL, (3000, 300), (1, 2), "a digit too many?"),
        (Kind.CUMULATIVE, (1234, 1248, 1524, 1263, 1271), (3,), "1,254 with two digits exchanged?"),
        (Kind.CUMULATIVE, (1210, 1234, 1248, 1263, 1725), (5,), "1,275 with two digits exchanged?"),
        (Kind.CUMULATIVE, (1210, 1234, 1248, 1263, 2175, 1280), (5,), "1,275 with two digits"),
        (Kind.CUMULATIVE, (41, 45, 47, 51, 520), (5,), "is about ten times the figures around it"),
        (Kind.LEVEL, (4100, 4500, 4700, 5100, 490), (5,), "is a tenth of the figures around it"),
    ],
)
def test_a_slip(kind: Kind, values: tuple[int, ...], claims: tuple[int, ...], words: str) -> None:
    (hint,) = hints(kind, *values)
    assert (hint.kind, hint.claims) == ("slip", claims)
    assert words in hint.why


@pytest.mark.parametrize(
    ("kind", "values", "claims", "words"),
    [
        (
            Kind.CONSTANT,
            (100, 107, 90_000, 121, 135),
            (3,),
            "is about a thousand times the figures around",
        ),
        (
            Kind.CONSTANT,
            (100, 107, 121, 60_000),
            (4,),
            "is 496 times the other figures (100 to 121)",
        ),
        (Kind.CONSTANT, (100, 107, 121, 3), (4,), "is 33.3 times less than the other figures"),
        (Kind.CONSTANT, (5, 5, 1000), (3,), "is 200 times the other figures (5)"),
        (Kind.LEVEL, (100, 5000, 107), (2,), None),
        (Kind.LEVEL, (100, 107, 121, 2500), (4,), "is 20.7 times the other figures"),
        (
            Kind.CUMULATIVE,
            (1_200_000, 1, 1_250_000),
            (2,),
            "is about a millionth of the other figures (1,200,000 to 1,250,000): a scale",
        ),
        (Kind.CUMULATIVE, (100, 107, 121, 2500), (4,), None),  # a running total may rise
        (Kind.CUMULATIVE, (100, 107, 121, 25_000), (4,), "is 207 times"),
        (Kind.CONSTANT, (5, 1000), (2,), None),  # which of two?
        (Kind.CONSTANT, (1, 100, 10, 2500, 5), (4,), None),  # of no one size
        (Kind.CONSTANT, (*range(100, 290, 7), 60_000), (29,), "is 339 times the"),
    ],
)
def test_a_figure_far_off_all_the_others(
    kind: Kind, values: tuple[int, ...], claims: tuple[int, ...], words: str | None
) -> None:
    found = hints(kind, *values)
    assert [hint.claims for hint in found] == ([claims] if words else [])
    assert all(words and words in hint.why for hint in found)


def test_a_figure_far_off_those_of_one_date() -> None:
    record = Record()
    for n, value in enumerate((100, 107, 114, 121, 128, 135, 60_000)):
        record.say(SOURCES[n], value, "2024-01-01")
    (hint,) = _hints(compare(record.claims, measures=[Measure("n", Kind.CUMULATIVE)]))
    assert hint.why == "G's 60,000 on 2024-01-01 is 444 times the other figures (100 to 135)"


def test_a_missing_scale_word_among_constants() -> None:
    record = Record()
    for n, value in enumerate(("1200000", "1250000", "1.2", "1230000", "1210000")):
        record.say(SOURCES[n], value)
    (hint,) = _hints(compare(record.claims))
    assert hint.claims == (3,)
    assert "is a millionth of the figures around it (1,200,000 to 1,250,000)" in hint.why


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Kind.CUMULATIVE, (41, 47, 52, 55, 63, 71, 80, 150, 400)),  # steep growth at the end
        (Kind.CUMULATIVE, (10, 20, 40, 80, 160, 320, 640)),  # doubling every day
        (Kind.CUMULATIVE, (3000, 10_000, 11_000, 12_000)),  # the first of a few
        (Kind.LEVEL, (3, 90, 1300, 20, 4)),  # figures of no one size
        (Kind.LEVEL, (500, 510, 900, 505, 490)),  # less than twice
        (Kind.LEVEL, (500, 510, at_least(1300), 505, 490)),  # says no number
        (Kind.LEVEL, (500, 510, between(100, 5000), 505, 490)),
        (Kind.LEVEL, (500, 510, 0, 505, 490)),
        (Kind.CUMULATIVE, (121, 121, 211, 230, 240)),  # digits exchanged, but growing on
        (Kind.CUMULATIVE, (1210, 1234, 1248, 1263, 1290)),  # within the steps before it
        (Kind.CUMULATIVE, (1210, 1234, 1248, 1263, 1752)),  # no two digits exchanged
        (Kind.CUMULATIVE, (41, 47, 60, 90, 700)),  # growing fast
        (Kind.CUMULATIVE, (41, 45, 51, 520)),  # too few before it
        (Kind.CONSTANT, (5, 50, 5)),  # too few to tell
        (Kind.CUMULATIVE, (300, 3000)),  # may have risen so
        (Kind.CONSTANT, (100, 1100)),
        (Kind.CONSTANT, (0, 90_000)),
        (Kind.CONSTANT, (100, 20_000)),
    ],
)
def test_no_slip(kind: Kind, values: tuple[int, ...]) -> None:
    assert hints(kind, *values) == []


def test_one_source_alone_has_no_neighbours() -> None:
    assert hints(Kind.LEVEL, 41, 47, 520, 55, 63, sources="A") == []


def test_zeros_between_larger_figures() -> None:
    (hint,) = hints(Kind.LEVEL, 40, 0, 0, 0, 52, sources="A")
    assert (hint.kind, hint.claims) == ("zeros", (2, 3, 4))
    assert hint.why == (
        "A's 3 zeros between 40 on 2025-01-01 and 52 on 2025-01-05: none, or not counted?"
    )
    assert hints(Kind.LEVEL, 40, 0, 52, sources="A") == []
    assert hints(Kind.LEVEL, 0, 0, 0, 52, sources="A") == []


def test_one_number_under_two_measures() -> None:
    record = Record()
    record.say("A", 14_273, "2025-01-01", measure="killed", said="14,273")
    record.say("B", 14_273, "2025-01-02", measure="injured", said="14,273")
    found = _hints(compare(record.claims))
    assert [(hint.kind, set(hint.claims)) for hint in found] == [("twin", {1, 2})]
    assert (
        {hint.why for hint in found}
        == {
            "14,273 stands under killed too (A, on 2025-01-01): copied under the wrong head?",
        }
        == {
            "14,273 stands under killed too (A, on 2025-01-01): copied under the wrong head?",
        }
    )


@pytest.mark.parametrize("number", [14_000, 142, 1955])
def test_round_short_and_year_like_numbers_are_no_twins(number: int) -> None:
    record = Record()
    record.say("A", number, measure="killed").say("B", number, measure="injured")
    assert _hints(compare(record.claims)) == []


@pytest.mark.parametrize(
    ("number", "source", "found"), [(1427, "A", 1), (1427, "B", 1), (142, "A", 0)]
)
def test_one_number_under_two_subjects(number: int, source: str, found: int) -> None:
    one, other = Record("a war").say("A", number), Record("a flood").say(source, number)
    hints = _hints(compare([*one.claims, *other.claims]))
    assert [hint.kind for hint in hints] == ["twin"] * found


def test_hints_are_in_no_count_and_no_verdict() -> None:
    record = Record()
    for n, value in enumerate((41, 47, 520, 55, 63)):
        record.say(SOURCES[n], value, f"2025-01-0{n + 1}")
    found = compare(record.claims, measures=[Measure("n", Kind.LEVEL)], camps=False)
    assert _hints(found) == []
    assert found.counts == compare(record.claims, measures=[Measure("n", Kind.LEVEL)]).counts


def test_real_records_raise_no_false_alarm() -> None:
    assert _hints(compare(economist())) == []
    for name in ("seeds/record.csv", "examples/ferry.csv"):
        with (ROOT / name).open("rb") as file:
            assert _hints(compare(take_all(read_rows(file)))) == []
