"""Dates as people write them, and the days they cover."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog.claim import Period
from factlog.dates import parse, same, spell
from factlog.errors import FactlogError, ReadingError, UsageError

READ = [
    ("2025-01-13", "2025-01-13", "2025-01-13"),
    (" 2025-01-13 ", "2025-01-13", "2025-01-13"),
    ("2025\u201101\u201113", "2025-01-13", "2025-01-13"),
    ("2025/01/13", "2025-01-13", "2025-01-13"),
    ("2025/1/3", "2025-01-03", "2025-01-03"),
    ("2025-01-13T10:00:00Z", "2025-01-13", "2025-01-13"),
    ("2025-01-13 10:00", "2025-01-13", "2025-01-13"),
    ("2025-01-13T23:59:59.999+05:30", "2025-01-13", "2025-01-13"),
    ("2025-01", "2025-01-01", "2025-01-31"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("1900-02", "1900-02-01", "1900-02-28"),
    ("2000-02", "2000-02-01", "2000-02-29"),
    ("2025-04", "2025-04-01", "2025-04-30"),
    ("2025-06", "2025-06-01", "2025-06-30"),
    ("2025-09", "2025-09-01", "2025-09-30"),
    ("2025-11", "2025-11-01", "2025-11-30"),
    ("2025", "2025-01-01", "2025-12-31"),
    ("0001", "0001-01-01", "0001-12-31"),
    ("2025-Q1", "2025-01-01", "2025-03-31"),
    ("Q4 2025", "2025-10-01", "2025-12-31"),
    ("second quarter of 2025", "2025-04-01", "2025-06-30"),
    ("H1 2025", "2025-01-01", "2025-06-30"),
    ("2025-H2", "2025-07-01", "2025-12-31"),
    ("the first half of 2025", "2025-01-01", "2025-06-30"),
    ("2025-01-10/2025-01-13", "2025-01-10", "2025-01-13"),
    ("2025-01/2025-03", "2025-01-01", "2025-03-31"),
    ("2024/2025", "2024-01-01", "2025-12-31"),
    ("between 10 January 2025 and 13 January 2025", "2025-01-10", "2025-01-13"),
    ("from Jan 2025 to Mar 2025", "2025-01-01", "2025-03-31"),
    ("2025-01-10 \u2013 2025-01-13", "2025-01-10", "2025-01-13"),
    ("10-13 January 2025", "2025-01-10", "2025-01-13"),
    ("10 to 13 January 2025", "2025-01-10", "2025-01-13"),
    ("January 10\u201313, 2025", "2025-01-10", "2025-01-13"),
    ("January to March 2025", "2025-01-01", "2025-03-31"),
    ("../2025-01-13", None, "2025-01-13"),
    ("../Jan 2025", None, "2025-01-31"),
    ("2025-01-13/..", "2025-01-13", None),
    ("by 13 January 2025", None, "2025-01-13"),
    ("until 2024", None, "2024-12-31"),
    ("since March 2024", "2024-03-01", None),
    ("2009-10", "2009-10-01", "2009-10-31"),
    ("2025-1-3", "2025-01-03", "2025-01-03"),
    ("2025-01-3", "2025-01-03", "2025-01-03"),
    ("before 2025-01-13", None, "2025-01-12"),
    ("Before January 2025", None, "2024-12-31"),
    ("before mid-2024", None, "2024-04-30"),
    ("after 2025-01", "2025-02-01", None),
    ("after 13 January 2025", "2025-01-14", None),
    ("2025-01~", "2024-12-01", "2025-02-28"),
    ("2025-01-13~", "2025-01-12", "2025-01-14"),
    ("2025-03-01~", "2025-02-28", "2025-03-02"),
    ("2025~", "2024-01-01", "2026-12-31"),
    ("2025-Q1~", "2024-10-01", "2025-06-30"),
    ("circa 1990", "1989-01-01", "1991-12-31"),
    ("around 13 January 2025", "2025-01-12", "2025-01-14"),
    ("c. Jan 2025", "2024-12-01", "2025-02-28"),
    ("2025-01-10~/2025-02~", "2025-01-09", "2025-03-31"),
    ("0001~", "0001-01-01", "0002-12-31"),
    ("9999-12-31~", "9999-12-30", "9999-12-31"),
    ("13 January 2025", "2025-01-13", "2025-01-13"),
    ("13 JAN 2025", "2025-01-13", "2025-01-13"),
    ("13th of January, 2025", "2025-01-13", "2025-01-13"),
    ("13-Jan-2025", "2025-01-13", "2025-01-13"),
    ("January 13, 2025", "2025-01-13", "2025-01-13"),
    ("Jan. 1st 2025", "2025-01-01", "2025-01-01"),
    ("1 Sept 2024", "2024-09-01", "2024-09-01"),
    ("Monday, 13 January 2025", "2025-01-13", "2025-01-13"),
    ("Mon 13 Jan 2025", "2025-01-13", "2025-01-13"),
    ("Thurs, Jan 16, 2025", "2025-01-16", "2025-01-16"),
    ("Jan 2025", "2025-01-01", "2025-01-31"),
    ("February, 2024", "2024-02-01", "2024-02-29"),
    ("early 2024", "2024-01-01", "2024-04-30"),
    ("mid-2024", "2024-05-01", "2024-08-31"),
    ("late 2024", "2024-09-01", "2024-12-31"),
    ("early January 2025", "2025-01-01", "2025-01-10"),
    ("mid-January 2025", "2025-01-11", "2025-01-20"),
    ("late Feb 2024", "2024-02-21", "2024-02-29"),
]


@pytest.mark.parametrize(("said", "first", "last"), READ)
def test_a_date_covers_its_days(said: str, first: str | None, last: str | None) -> None:
    period = parse(said)
    assert period.said == said.strip()
    assert (period.first, period.last) == (
        first and date.fromisoformat(first),
        last and date.fromisoformat(last),
    )
    assert same(parse(spell(period)), period)


# The words the caret stands under, and a part of the two lines.
REFUSED = [
    ("", "", "no date"),
    ("soon", "soon", "2025-01-13"),
    ("yesterday", "yesterday", "cannot be read"),
    ("summer 2024", "summer 2024", "cannot be read"),
    ("13 January", "13 January", "no year"),
    ("Jan 13", "Jan 13", "no year"),
    ("January", "January", "no year"),
    ("2025-02-30", "30", "February 2025 has no day 30"),
    ("30 February 2025", "30", "2025-02-28"),
    ("2023-02-29", "29", "2023-02-28"),
    ("2025-13", "13", "There is no month 13"),
    ("2025-00-10", "00", "There is no month 00"),
    ("2025-01-00", "00", "no day 0"),
    ("2025-Q5", "5", "no quarter 5"),
    ("H3 2025", "3", "no half 3"),
    ("0000", "0000", "no year 0000"),
    ("0000-01-01", "0000", "0001 to 9999"),
    ("12025-01-01", "12025-01-01", "cannot be read"),
    ("20250113", "20250113", "cannot be read"),
    ("2025-1", "2025-1", "cannot be read"),
    ("2025-13-1", "13", "There is no month 13"),
    ("2024/25", "2024/25", "a season or a financial year"),
    ("2012-13", "2012-13", "a season or a financial year"),
    ("before 0001-01-01", "before 0001-01-01", "No day of the calendar is left"),
    ("after 9999", "after 9999", "No day of the calendar is left"),
    ("before 2024/25", "2024/25", "cannot be read"),
    ("2025-01-1x", "2025-01-1x", "cannot be read"),
    ("2025-W03", "2025-W03", "cannot be read"),
    ("2025-01-13T99:00", "2025-01-13T99:00", "cannot be read"),
    ("2025-01-10/2025-02-30", "30", "no day 30"),
    ("2025-01-13/", "", "missing"),
    ("/2025-01-13", "/", "missing"),
    ("2025-03/2025-01", "2025-03/2025-01", "2025-01/2025-03"),
    ("13-10 January 2025", "13-10 January 2025", "2025-01-10/2025-01-13"),
    ("March to January 2025", "March to January 2025", "its year"),
    ("../..", "../..", "open at both ends"),
    ("mid-2024~", "mid-2024~", "rough date already"),
    ("Tuesday, 13 January 2025", "Tue", "is a Monday"),
    ("٢٠٢٥", "٢٠٢٥", "cannot be read"),
    ("２０２５-01-13", "２０２５-01-13", "cannot be read"),
    ("2025\x00", "2025\x00", "cannot be read"),
    ("2025-01-13\n2025-01-14", "2025-01-13\n2025-01-14", "cannot be read"),
    ("\ud800", "\ud800", "cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "spot", "says"), REFUSED)
def test_what_is_no_date_is_refused_at_the_spot(said: str, spot: str, says: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse(said)
    error = caught.value
    assert error.text == said
    assert error.text[error.start : error.end] == spot
    assert says in str(error)
    assert len(str(error).splitlines()) == 2 + said.count("\n")


@pytest.mark.parametrize(
    ("said", "choices"),
    [
        ("03/04/2025", ("2025-04-03", "2025-03-04")),
        ("3.4.2025", ("2025-04-03", "2025-03-04")),
        ("03-04-25", ("2025-04-03", "2025-03-04")),
        ("04/04/2025", ("2025-04-04",)),
        ("16/01/2024", ("2024-01-16",)),
        ("01/16/2024", ("2024-01-16",)),
        ("31/02/2025", ()),
    ],
)
def test_numbers_without_the_year_first_are_asked_about(
    said: str, choices: tuple[str, ...]
) -> None:
    with pytest.raises(ReadingError) as caught:
        parse(said)
    assert caught.value.choices == choices
    read = []
    for offered in re.findall(r"%\S+", caught.value.remedy):
        with suppress(ReadingError):  # as 16/01/2024 is by the month first
            read.append(str(parse(said, format=offered).first))
    assert tuple(dict.fromkeys(read)) == choices
    assert all(choice in caught.value.remedy for choice in choices)
    assert all(parse(choice).said == choice for choice in choices)


def test_the_spot_in_a_range_is_the_half_that_is_unclear() -> None:
    with pytest.raises(ReadingError) as caught:
        parse("../03/04/2025")
    assert caught.value.text[caught.value.start : caught.value.end] == "03/04/2025"


FORMATS = [
    ("16/01/2024", "%d/%m/%Y", "2024-01-16"),
    ("6/1/2024", "%d/%m/%Y", "2024-01-06"),
    ("03/04/2025", "%d/%m/%Y", "2025-04-03"),
    ("03/04/2025", "%m/%d/%Y", "2025-03-04"),
    ("03.04.25", "%d.%m.%y", "2025-04-03"),
    ("13 Jan 2025", "%d %b %Y", "2025-01-13"),
    ("20250113", "%Y%m%d", "2025-01-13"),
    ("01/2025", "%m/%Y", "2025-01"),
    ("FY 2025", "FY %Y", "2025"),
    ("2025 13", "%Y %j", "2025-01-13"),
]


@pytest.mark.parametrize(("said", "format_", "expected"), FORMATS)
def test_a_format_says_how_dates_are_written(said: str, format_: str, expected: str) -> None:
    period = parse(said, format=format_)
    assert period == parse(expected)


@pytest.mark.parametrize("said", ["2024-01-16", "2024-01", "../2024-01-16", "16 January 2024"])
def test_a_date_in_another_clear_form_is_read_whatever_the_format(said: str) -> None:
    assert parse(said, format="%d/%m/%Y") == parse(said)


@pytest.mark.parametrize(
    ("said", "format_", "says"),
    [
        ("31/02/2025", "%d/%m/%Y", "not a date written as %d/%m/%Y"),
        ("01/16/2024", "%d/%m/%Y", "not a date written as %d/%m/%Y"),
        ("soon", "%d/%m/%Y", "not a date written as %d/%m/%Y"),
        ("١٦/01/2024", "%d/%m/%Y", "not a date written as"),
        ("2025-02-30", "%d/%m/%Y", "February 2025 has no day 30"),
    ],
)
def test_what_fits_neither_is_refused(said: str, format_: str, says: str) -> None:
    with pytest.raises(ReadingError, match=says):
        parse(said, format=format_)


@pytest.mark.parametrize("format_", ["", "%d/%m", "dd/mm/yyyy", "%Y-%Q", "%Y-%"])
def test_a_format_that_is_none_is_refused(format_: str) -> None:
    with pytest.raises(UsageError, match="%d/%m/%Y"):
        parse("16/01/2024", format=format_)


def test_same_days_are_the_same_however_written() -> None:
    assert same(parse("2025-01"), parse("2025-01-01/2025-01-31"))
    assert not same(parse("2025-01"), parse("2025-01-01/2025-01-30"))
    assert not same(parse("../2025-01-13"), parse("2025-01-13"))


@pytest.mark.parametrize(
    ("said", "spelled"),
    [
        ("13 January 2025", "2025-01-13"),
        ("January 2025", "2025-01"),
        ("first quarter of 2025", "2025-Q1"),
        ("2025-02-01/2025-04-30", "2025-02-01/2025-04-30"),
        ("2025-01-01/2025-12-31", "2025"),
        ("by January 2025", "../2025-01-31"),
        ("since 2025", "2025-01-01/.."),
    ],
)
def test_spelling_is_the_shortest(said: str, spelled: str) -> None:
    assert spell(parse(said)) == spelled


DAYS = st.dates()


@given(DAYS, DAYS)
def test_every_span_spells_a_text_that_reads_back(a: date, b: date) -> None:
    for first, last in ((min(a, b), max(a, b)), (None, a), (a, None), (a, a)):
        assert same(parse(spell(Period("", first, last))), Period("", first, last))


@given(st.dates(), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y.%m.%d", "%d %B %Y"]))
def test_every_day_reads_back_by_its_format(day: date, format_: str) -> None:
    written = day.strftime(format_.replace("%Y", f"{day.year:04}"))
    assert parse(written, format=format_) == Period(day.isoformat(), day, day)


PIECES = st.sampled_from(
    [
        "2025",
        "01",
        "13",
        "-",
        "/",
        "..",
        "~",
        " ",
        "Jan",
        "mid",
        "Q1",
        "to",
        "by",
        "T10:00",
        "x",
        "0000",
    ]
)


@given(st.one_of(st.text(max_size=70), st.lists(PIECES, max_size=8).map("".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        period = parse(text)
    except ReadingError as error:
        refused = error
    else:
        assert period.days[0] <= period.days[1]
        assert same(parse(spell(period)), period)
        return
    assert 0 <= refused.start < refused.end


@pytest.mark.parametrize("text", ["9" * 100_000, "from " * 20_000, "2025 " * 12, "January " * 9])
def test_long_texts_are_refused_at_once(text: str) -> None:
    start = perf_counter()
    with pytest.raises(FactlogError):
        parse(text)
    assert perf_counter() - start < 3
