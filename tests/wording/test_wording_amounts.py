from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from factlog import compare, dates, importing
from factlog.claim import Hedge, Period
from factlog.figure_wording import amount, as_said, figure, spelled
from factlog.wording import day, iso, plain
from support.comparisons import about


@pytest.mark.parametrize(
    ("hedge", "numbers", "words"),
    [
        (Hedge.EXACT, {"best": 3000}, "3,000"),
        (Hedge.ABOUT, {"best": 3000}, "about 3,000"),
        (Hedge.ABOUT, {"low": 10000, "high": 12000}, "about 10,000 to 12,000"),
        (Hedge.RANGE, {"low": 2, "high": 4}, "2 to 4"),
        (Hedge.RANGE, {"low": 2, "best": 3, "high": 4}, "2 to 4, best 3"),
        (Hedge.VAGUE, {"low": 24, "high": 99}, "24 to 99"),
        (Hedge.AT_LEAST, {"low": 300}, "at least 300"),
        (Hedge.MORE_THAN, {"low": 300}, "more than 300"),
        (Hedge.AT_MOST, {"high": 300}, "at most 300"),
        (Hedge.LESS_THAN, {"high": 300}, "less than 300"),
        (Hedge.PLUS_MINUS, {"best": 5, "plus": 1, "minus": 1}, "5 ± 1"),
        (Hedge.PLUS_MINUS, {"best": 5, "plus": 2, "minus": 1}, "5 +2 −1"),
        (Hedge.VAGUE, {}, "killed many + injured many"),
    ],
)
def test_a_figure_in_words(hedge: Hedge, numbers: dict[str, int], words: str) -> None:
    ends = {"best": None, **{name: Decimal(value) for name, value in numbers.items()}}
    said = "killed many + injured many"
    side = replace(about("casualties", "A", 0, 1, said=said, hedge=hedge), **ends)  # type: ignore[arg-type]
    assert amount(side) == words
    derived = replace(side, derived=True)
    assert as_said(derived) == (said if words == said else f"{words} = {said}")


@pytest.mark.parametrize(
    ("said", "named", "given", "shown"),
    [
        ("2.5 km", "km", None, "2.5 km"),
        ("2.5", None, None, "2.5"),
        ("2.4 km; at least 2.5 km", "km", None, "2.4 km; at least 2.5 km"),
        ("1.6 miles", "miles", "mile", "1.6 miles (about 2.5 km)"),
        ("2.5 10^3 m^1", "m^1", None, "2.5 10³ m¹"),
        ("8202", None, "ft", "8,202 ft (about 2.5 km)"),
        ("2.5 km; 8202 ft", "km", "ft", "2.5 km; 8,202 ft (about 2.5 km)"),
    ],
)
def test_a_figure_given_in_another_unit(
    said: str, named: str | None, given: str | None, shown: str
) -> None:
    side = replace(about("", "A", 0, 1, said=said, unit="km"), best=Decimal("2.5"))
    side = replace(side, unit_said=named, unit_given=given)
    assert as_said(side) == shown


def test_machines_get_plain_digits() -> None:
    side = about("casualties", "A", 3000, 1, derived=True, said="a + b")
    assert spelled(side, plain) == "about 3000 = a + b"


@pytest.mark.parametrize(
    ("text", "for_people", "for_programs"),
    [
        ("2025-01-13", "2025-01-13", "2025-01-13"),
        ("13 January 2025", "2025-01-13", "2025-01-13"),
        ("2025-01", "2025-01", "2025-01"),
        ("2025-Q1", "2025-Q1", "2025-Q1"),
        ("../2025-01-12", "by 2025-01-12", "../2025-01-12"),
        ("2025-01-10/2025-01-13", "2025-01-10 to 2025-01-13", "2025-01-10/2025-01-13"),
        ("2025-01~", "about 2025-01", "2025-01~"),
    ],
)
def test_dates(text: str, for_people: str, for_programs: str) -> None:
    period = dates.parse(text)
    assert day(period) == for_people
    assert iso(period) == for_programs


def test_a_date_open_at_its_end() -> None:
    assert day(Period("x", date(2025, 1, 13), None)) == "from 2025-01-13"
    assert iso(None) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("42% ± 3.06%", "42.0 ± 3.1 percent"),
        ("42% (95% CI 38.94 to 45.06)", "42.0 ± 3.1 percent (95%)"),
        ("42% (90% CI 39 to 45)", "42 ± 3 percent (90%)"),
        ("270 (250-300)", "270 +30 -20 (level not stated)"),
    ],
)
def test_an_error_that_is_not_one_standard_error_says_its_level(said: str, told: str) -> None:
    (claim,) = importing.claims("Vote", [f"yes={said}"], source="A")
    ((side,),) = (m.sides for m in compare([claim]).subjects[0].measures)
    assert figure(side) == told
