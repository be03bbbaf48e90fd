"""What stands in a cell around its number, and units with a scale."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog import dates
from factlog.claim import Claim
from factlog.errors import ImportFailed, ReadingError
from factlog.importing import BadRow, read_rows, take_all
from factlog.importing.asides import headed
from factlog.importing.cells import Cells, figure
from factlog.importing.dating import Dating


def cell(value: str, **others: str) -> Claim | BadRow | None:
    """The claim of one cell, None if it is skipped."""
    header, cells = ",".join(["value", *others]), [value, *others.values()]
    row = ",".join(f'"{one}"' for one in cells)
    text = f"subject,source,{header}\nA,B,{row}\n"
    found = [row for _line, row in read_rows(io.BytesIO(text.encode()))]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("said", "value", "note"),
    [
        ("12 (incl. 3 children)", "12", "incl. 3 children"),
        ("c. 12 (including 3 children)", "c. 12", "including 3 children"),
        ("12, including 3 children", "12", "including 3 children"),
        ("12 incl. 3 children", "12", "incl. 3 children"),
        ("12 (davon 3 Kinder)", "12", "davon 3 Kinder"),
        ("76?", "about 76", 'written "76?"'),
        ("76 ??", "about 76", 'written "76 ??"'),
        ("48-52?", "about 48-52", 'written "48-52?"'),
        ("at least 48?", "at least 48", 'written "at least 48?"'),
    ],
)
def test_what_stands_around_a_number_is_kept_in_the_note(said: str, value: str, note: str) -> None:
    claim = cell(said)
    assert isinstance(claim, Claim)
    assert (claim.said, claim.note) == (value, note)
    more = cell(said, note="seen")
    assert isinstance(more, Claim)
    assert more.note == f"seen; {note}"


@pytest.mark.parametrize("said", ["rund 140", "Mind. 700", "más de 3", "5万人", "понад 300"])
def test_a_value_in_a_language_that_is_plain_is_kept_as_it_is_written(said: str) -> None:
    claim = cell(said)
    assert isinstance(claim, Claim)
    assert (claim.said, claim.note) == (said, None)


def test_a_language_that_is_named_is_read() -> None:
    text = "subject,source,value\nA,B,12 mil\nA,C,2.500\nA,D,mil quinientos\n"
    rows = [row for _line, row in read_rows(io.BytesIO(text.encode()), language="es")]
    assert [row.estimate.best for row in rows if isinstance(row, Claim)] == [12000, 2500, 1500]


@pytest.mark.parametrize(
    "said", ["", " ", "-", "–", "n/a", "N/A", "Missing", "unknown", "?", "k.A."]
)
def test_words_for_no_number_are_skipped(said: str) -> None:
    assert cell(said) is None


@pytest.mark.parametrize("said", ["#N/A", "#n/a", " #REF! ", "#DIV/0!", "#NAME?", "#NV", "Err:502"])
def test_what_a_formula_that_failed_shows_is_a_bad_row_in_any_column(said: str) -> None:
    text = f"subject,source,value,as_of,note\nA,B,{said},,\nA,{said},1,,\nA,B,1,{said},\n"
    rows = [row for _line, row in read_rows(io.BytesIO(text.encode()))]
    told = f'"{said.strip()}" is what a formula that failed shows'
    assert [row.reason for row in rows if isinstance(row, BadRow)] == [
        f"{column}: {told}" for column in ("value", "source", "as_of")
    ]


@pytest.mark.parametrize("said", ["#1", "Err: 502", "# REF"])
def test_what_only_looks_like_it_is_none(said: str) -> None:
    text = f"subject,source,value,note\nA,{said},1,{said}\n"
    ((_line, row),) = read_rows(io.BytesIO(text.encode()))
    assert isinstance(row, Claim)


@pytest.mark.parametrize(
    "said",
    ["12 (revised to 14)", "12 (incl. 3) (UN)", "see above", "12 (incl. " + "x" * 300 + ")", "x?"],
)
def test_what_could_mean_more_is_a_bad_row(said: str) -> None:
    assert isinstance(cell(said), BadRow)


@pytest.mark.parametrize(
    ("cells", "said", "best"),
    [
        (Cells("12.5", unit="thousand people"), "12.5 thousand", "12500"),
        (Cells("2.8", unit="million USD"), "2.8 million", "2800000"),
        (Cells("3", unit="thousands of people"), "3 thousands", "3000"),
        (Cells("3", unit="'000 people"), "3 thousand", "3000"),
        (Cells("3", unit="000s"), "3 thousand", "3000"),
        (Cells("3", unit="1,000 ha"), "3 thousand", "3000"),
        (Cells("3", unit="USD million"), "3 million", "3000000"),
        (Cells("3", unit="US$m"), "3 m", "3000000"),
        (Cells("3", unit="US$ bn"), "3 bn", "3000000000"),
        (Cells("3", unit="EUR, millions"), "3 millions", "3000000"),
        (Cells("3", unit="Tsd. Personen"), "3 thousand", "3000"),
        (Cells("3", unit="millones de personas"), "3 million", "3000000"),
        (Cells("3", unit="Billionen EUR"), "3 trillion", "3000000000000"),
        (Cells("3", unit="USD billones"), "3 trillion", "3000000000000"),
        (Cells("3", unit="USD billions"), "3 billions", "3000000000"),
        (Cells("3", unit="milliers de personnes"), "3 thousand", "3000"),
        (Cells("3", unit="millions de tonnes"), "3 million", "3000000"),
        (Cells("3", unit="people (thousands)"), "3 thousands", "3000"),
        (Cells("3", unit="Mio. EUR"), "3 Mio.", "3000000"),
        (Cells("60", unit="thousand tonnes"), "60 thousand", "60000"),
        (Cells("5", unit="km"), "5", "5"),
        (Cells("5", unit="paper mills"), "5", "5"),
        (Cells("5", unit="miles"), "5", "5"),  # and no thousands of a Spanish sheet
        (Cells("5", unit="personas (miles)"), "5 thousand", "5000"),
        (Cells("6.674", unit="10^-11 m^3 kg^-1 s^-2"), "6.674 × 10^-11", "6.674e-11"),
        (Cells("6.674", unit="× 10⁻¹¹ m³ kg⁻¹ s⁻²"), "6.674 × 10⁻¹¹", "6.674e-11"),
        (Cells("6.674", unit="10**-11 m^3"), "6.674 × 10^-11", "6.674e-11"),
        (Cells("6.674", unit="1e-11 m^3"), "6.674", "6.674"),
        (Cells("6.674", unit="10^x m"), "6.674", "6.674"),
        (Cells("2", unit="10^6"), "2 × 10^6", "2000000"),
        (Cells("about 6.6", unit="10^3 t"), "about 6.6 × 10^3", "6600"),
        (Cells("40", plus="3", unit="thousand t"), "40 thousand +3 thousand -3 thousand", "40000"),
    ],
)
def test_a_unit_with_a_scale_is_taken_exactly(cells: Cells, said: str, best: str) -> None:
    found = figure(cells)
    assert (found.said, found.estimate.best) == (said, Decimal(best))


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Deaths (thousands)", "thousands"),
        ("GDP (USD million)", "USD million"),
        ("Population, thousands", "thousands"),
        ("Population in thousands", "thousands"),
        ("Bevölkerung (in Tsd.)", "Tsd."),
        ("Damage [EUR bn]", "EUR bn"),
        ("Height (m)", "m"),
        *((header, None) for header in ("Killed (min)", "Killed (est.)", "Soldiers (MIA)")),
        *((header, None) for header in ("Deaths (per million)", "Injured, total", "(km)", "km")),
    ],
)
def test_a_header_may_name_the_unit_of_its_numbers(header: str, unit: str | None) -> None:
    found = headed(header)
    assert (found and found.unit) == unit


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Value (USD million)", [("", "3 million", "USD")]),
        ("Deaths (thousands)", [("killed", "3 thousands", None)]),
        ("Killed (m)", [("killed", "3", None)]),  # of men, perhaps
        ("Deaths (thousands),Value", [("", "4", None)]),
        ("Value (t),unit", [("", "3", "4")]),  # a column of units comes first
        ("Low (thousands),High (thousands)", [("", "3 thousands to 4 thousands", None)]),
    ],
)
def test_numbers_are_in_the_unit_their_header_names(
    header: str, said: list[tuple[str, str, str | None]]
) -> None:
    text = f"subject,source,{header}\nA,B,{','.join('34'[: 1 + header.count(',')])}\n"
    found = take_all(read_rows(io.BytesIO(text.encode())))
    assert [(claim.measure, claim.said, claim.estimate.unit) for claim in found] == said


@pytest.mark.parametrize(
    ("header", "dates"),
    [
        ("2019,2020", ["2019", "2020"]),
        ("2020-01,2020-02-29", ["2020-01", "2020-02-29"]),
        ("value,2020", [None]),  # with values of its own
        ("2020,as_of", None),  # with a date of its own
        ("2020-13,2021", None),  # one alone is not taken
    ],
)
def test_columns_headed_by_years_or_plain_dates_are_taken(
    header: str, dates: list[str | None] | None
) -> None:
    text = f"subject,source,{header}\nA,B,3,4\n"
    if dates is None:
        with pytest.raises(ImportFailed, match='no column "value"'):
            read_rows(io.BytesIO(text.encode()))
        return
    found = [claim.statement.as_of for claim in take_all(read_rows(io.BytesIO(text.encode())))]
    assert [as_of and as_of.said for as_of in found] == dates


def test_bounds_whose_headers_name_two_units_are_refused() -> None:
    text = b"subject,source,Low (thousands),High\nA,B,3,4\n"
    with pytest.raises(ImportFailed, match="are not in one unit"):
        read_rows(io.BytesIO(text))


def test_a_number_of_another_country_is_scaled_by_its_plain_digits() -> None:
    found = figure(Cells("2.001,0", unit="Mio. EUR"), "de_DE")
    assert (found.said, found.estimate.best) == ("2001.0 Mio.", Decimal(2_001_000_000))
    bound = figure(Cells("at least 2.001,5", unit="Mio. EUR"), "de_DE")
    assert (bound.said, bound.estimate.low) == ("at least 2001500000.0", Decimal(2_001_500_000))


def test_bounds_are_scaled_too() -> None:
    found = figure(Cells(low="1.5", high="2.25", unit="million people")).estimate
    assert (found.low, found.high) == (Decimal(1_500_000), Decimal(2_250_000))
    assert figure(Cells("60+", unit="thousand t")).estimate.low == 60_000


@given(st.decimals(0, 10**9, places=2))
def test_scaling_is_exact(number: Decimal) -> None:
    found = figure(Cells(f"{number:f}", unit="thousand people"))
    assert found.estimate.best == number * 1000


@pytest.mark.parametrize(
    ("formats", "text", "said"),
    [
        (("%d/%m/%Y", "%m/%d/%y"), "05/02/2024", "2024-02-05"),
        (("%d/%m/%Y", "%m/%d/%y"), "3/19/24", "2024-03-19"),
        (("%d/%m/%Y", "%m/%d/%Y"), "04/04/2024", "2024-04-04"),
        (("%d/%m/%Y", "%m/%d/%Y"), "March 2024", "March 2024"),
    ],
)
def test_the_first_format_that_fits_counts(formats: Sequence[str], text: str, said: str) -> None:
    assert Dating(tuple(formats)).read(text).said == said


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("03/04/2024", "is 2024-04-03 by %d/%m/%Y and 2024-03-04 by %m/%d/%Y"),
        ("soon", "is not a date written as %d/%m/%Y or %m/%d/%Y"),
        ("2024-13", "no month"),
    ],
)
def test_a_date_no_format_settles_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ReadingError, match=problem):
        Dating(("%d/%m/%Y", "%m/%d/%Y")).read(text)


def test_days_are_counted_from_the_day_given() -> None:
    dating = Dating(origin=date(2022, 2, 24))
    assert [dating.read(day).said for day in ("0", "1", "366")] == [
        *("2022-02-24", "2022-02-25", "2023-02-25")
    ]
    assert dating.read("2024").first == date(2027, 9, 10)
    assert dating.own("2024").said == "2024"
    with pytest.raises(ReadingError, match=r"it is 2024-01-05 \(--days-from 1899-12-30\)"):
        Dating().read("45296")
    with pytest.raises(ReadingError, match="beyond the last day"):
        Dating(origin=date(9999, 1, 1)).read("999")


@pytest.mark.parametrize(
    ("begin", "end", "said"),
    [
        ("2024-01-05", "2024-01-09", "2024-01-05/2024-01-09"),
        ("2024-01", "2024-02", "2024-01-01/2024-02-29"),
        ("9 January 2024", "2024-01-09", "9 January 2024"),
        ("2024-01-05", "n/a", "2024-01-05"),
        ("", "2024-01-09", "2024-01-09"),
        ("../2024-01-05", "2024-01-09", "../2024-01-09"),
        ("", "", None),
        (
            "2024-01-09",
            "2024-01-05",
            "as_of: the last day, 2024-01-05, is before the first, 2024-01-09",
        ),
    ],
)
def test_two_columns_make_one_span_of_days(begin: str, end: str, said: str | None) -> None:
    text = f"subject,source,value,From,To\nA,B,3,{begin},{end}\n"
    named = {"as_of": "From/To"}
    [(_line, row)] = read_rows(io.BytesIO(text.encode()), mapping=named)
    if isinstance(row, BadRow):
        assert row.reason == said
    else:
        assert isinstance(row, Claim)
        assert (row.statement.as_of and row.statement.as_of.said) == said


def test_a_column_named_until_is_not_taken() -> None:
    rows = read_rows(io.BytesIO(b"subject,source,value,as_of,until\nA,B,3,2024,2025\n"))
    assert [row.statement.as_of for _line, row in rows if isinstance(row, Claim)] == [
        dates.parse("2024")
    ]
    assert rows.ignored == ("until",)


def flagged(text: str) -> list[str]:
    up: dict[str, Any] = {"at_least_if": {"Min": "1"}, "about_if": {"Rough": "yes"}}
    rows = read_rows(io.BytesIO(text.encode()), **up)
    return [row.said if isinstance(row, Claim) else row.reason for _line, row in rows]


def test_flags_put_their_words_before_the_value() -> None:
    text = "subject,source,value,low,Min,Rough\nA,B,3,,1,\nA,B,4,,0,YES\nA,B,,5,0,0\nA,B,,,1,1\n"
    assert flagged(text) == ["at least 3", "about 4", "at least 5"]


def test_flags_that_do_not_fit_are_bad_rows() -> None:
    text = "subject,source,value,low,Min,Rough\nA,B,3,,1,yes\nA,B,,4,1,\nA,B,about 4,,1,\n"
    both, bound, _hedged = flagged(text)
    assert both == "value: Min, Rough say at least and about beside each other"
    assert bound == "value: Min say at least beside low or high"


def test_the_good_values_of_a_row_are_taken_and_the_bad_named() -> None:
    text = "subject,source,Dead,Hurt\nA,B,1,2\nA,B,3,x\nA,B,4,-\n"
    rows = list(
        read_rows(io.BytesIO(text.encode()), measure_columns={"killed": "Dead", "hurt": "Hurt"})
    )
    assert [line for line, row in rows if isinstance(row, Claim)] == [2, 2, 3, 4]
    (bad,) = [row for _line, row in rows if isinstance(row, BadRow)]
    assert bad.reason.startswith('Hurt: cannot read "x"')


@pytest.mark.parametrize(
    ("header", "taken", "offered"),
    [
        ("Date,Retrieved", {"as_of": "Date"}, None),
        ("Date,Date of incident", {"as_of": "Date of incident"}, None),
        ("Date of attack,Updated", {"as_of": "Date of attack"}, None),
        (
            "Reference date,Report date",
            {"as_of": "Reference date", "published": "Report date"},
            None,
        ),
        ("Start date,Access date", {}, "Start date"),
        ("Entry date,Date updated", {}, None),
    ],
)
def test_of_dates_the_one_of_the_figures_is_taken_and_another_offered(
    header: str, taken: dict[str, str], offered: str | None
) -> None:
    rows = read_rows(io.BytesIO(f"subject,source,value,{header}\nA,B,1,2024,2025\n".encode()))
    assert dict(rows.renamed) == taken
    if not taken:
        assert rows.guess().mapping.get("as_of") == offered


def test_two_columns_with_a_name_for_one_of_ours_are_not_guessed_between() -> None:
    rows = read_rows(io.BytesIO(b"subject,source,value,Date,Day\nA,B,1,2024-01-01,2024-01-02\n"))
    (claim,) = take_all(rows)
    assert claim.statement.as_of is None
    assert rows.ignored == ("Date", "Day")


@pytest.mark.parametrize(
    ("header", "guessed"),
    [
        ("From,To", "From/To"),
        ("Start date,End date", "Start date/End date"),
        ("From,Place", None),
    ],
)
def test_columns_of_first_and_last_days_are_guessed_together(
    header: str, guessed: str | None
) -> None:
    text = f"subject,source,value,{header}\nA,B,3,2024-01-05,2024-01-09\n"
    assert read_rows(io.BytesIO(text.encode())).guess().mapping.get("as_of") == guessed
