"""Workbooks as they are written, read back by another library."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from factlog.claim import Claim, Estimate, Hedge, Period, Statement
from factlog.errors import UsageError
from factlog.findings import Comparison
from factlog.importing import read_rows, take_all
from factlog.measures import starter
from factlog.render import to_xlsx
from support.comparisons import HOSTILE, founding, hostile


def day(text: str) -> Period:
    return Period(text, date.fromisoformat(text), date.fromisoformat(text))


def claim(value: str, **more: Any) -> Claim:
    number = Decimal(value.replace(",", ""))
    said = Statement("Raid", "Seoul", **more)
    return Claim(said, value, Estimate(Hedge.EXACT, best=number), "killed", id=1)


def sheet_of(path: Path, *claims: Claim) -> Any:
    to_xlsx.claims(path, claims)
    return openpyxl.load_workbook(path)["claims"]


def cells(sheet: Any, column: str) -> list[Any]:
    place = [each.value for each in sheet[1]].index(column)
    return [row[place] for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("300", 300),
        ("-3.2", -3.2),
        ("8848.86", 8848.86),
        ("3,000", "3,000"),
        ("300.0", "300.0"),
        ("12345678901234567891", "12345678901234567891"),
        ("0.12345678901234567891", "0.12345678901234567891"),
    ],
)
def test_a_value_is_a_number_where_a_cell_holds_it_as_it_stands(
    tmp_path: Path, value: str, written: object
) -> None:
    (cell,) = cells(sheet_of(tmp_path / "a.xlsx", claim(value)), "value")
    assert cell.value == written
    assert type(cell.value) is type(written)


@pytest.mark.parametrize(
    ("period", "written"),
    [
        (day("2025-01-13"), "2025-01-13"),
        (day("1812-09-07"), None),
        (Period("2025-01", date(2025, 1, 1), date(2025, 1, 31)), None),
        (Period("10-12 May", date(2025, 5, 10), date(2025, 5, 12)), None),
    ],
)
def test_a_day_is_a_date_and_any_other_time_is_text(
    tmp_path: Path, period: Period, written: str | None
) -> None:
    (cell,) = cells(sheet_of(tmp_path / "a.xlsx", claim("300", as_of=period)), "as_of")
    if written:
        assert (cell.is_date, cell.value.date().isoformat()) == (True, written)
    else:
        assert type(cell.value) is str


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("internal:Sheet1!A1", False),
        ("https://example.org/" + "a" * 3_000, False),
    ],
)
def test_only_addresses_of_the_web_are_links(tmp_path: Path, url: str, linked: bool) -> None:
    (cell,) = cells(sheet_of(tmp_path / "a.xlsx", claim("300", url=url)), "url")
    assert cell.value == url
    assert (cell.hyperlink is not None) == linked


@pytest.mark.parametrize("text", [*HOSTILE, '=HYPERLINK("http://example.org")', "{=1+1}"])
def test_what_a_person_wrote_is_no_formula(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    sheet_of(path, claim("300", quote=text))
    to_xlsx.comparison(tmp_path / "b.xlsx", [hostile(text)], list, starter())
    for each in (path, tmp_path / "b.xlsx"):
        with zipfile.ZipFile(each) as parts:
            sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
            assert not any(b"<f>" in parts.read(name) for name in sheets)


def book_of(path: Path, found: Sequence[Comparison]) -> Any:
    recorded = [replace(claim("300"), id=number) for number in (1, 3, 9)]
    to_xlsx.comparison(path, found, lambda: recorded, starter())
    return openpyxl.load_workbook(path)


def test_a_comparison_has_five_sheets_with_headers_that_stay_and_filters(tmp_path: Path) -> None:
    book = book_of(tmp_path / "a.xlsx", [founding()])
    assert book.sheetnames == ["claims", "comparison", "disagreements", "measures", "policy"]
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    for sheet in book:  # printed, a sheet is one page wide, with its header on each
        assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area.replace("$", "").endswith(sheet.auto_filter.ref)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert all(sheet.auto_filter.ref.startswith("A1:") for sheet in book)
    assert [cell.value for cell in cells(book["claims"], "id")] == [1, 3]
    assert [cell.value for cell in cells(book["measures"], "measure")] == [
        *("killed", "injured", "casualties"),
    ]
    assert ("tolerance", "1%") in [row[:2] for row in book["policy"].iter_rows(values_only=True)]


def test_columns_that_no_row_has_anything_in_are_folded_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    to_xlsx.claims(path, [claim("300", quote="300 were killed", as_of=None)])
    sheet = openpyxl.load_workbook(path)["claims"]
    looks = [each for each in sheet.column_dimensions.values() if each.hidden]
    folded = {place for each in looks for place in range(each.min, each.max + 1)}
    shown = [cell.value for cell in sheet[1] if cell.column not in folded]
    assert shown == ["subject", "measure", "source", "value", "quote"]
    with path.open("rb") as file:
        assert [each.said for each in take_all(read_rows(file, "xlsx"))] == ["300"]


def test_numbers_are_numbers_and_rows_in_a_conflict_are_marked(tmp_path: Path) -> None:
    sheet = book_of(tmp_path / "a.xlsx", [founding()])["comparison"]
    assert [cell.value for cell in cells(sheet, "best")] == [3000, 4000, 2700, 300]
    assert [cell.fill.fgColor.rgb for cell in cells(sheet, "source")] == [
        *("FFFBE3DF", "FFFBE3DF", "00000000", "00000000"),
    ]
    assert {cell.value for cell in cells(sheet, "exact")} == {None}


def test_what_no_number_holds_stands_beside_it(tmp_path: Path) -> None:
    found = founding()
    measure = found.subjects[0].measures[0]
    digits = Decimal(12345678901234567891)
    sides = tuple(replace(side, best=digits, low=Decimal("1e400")) for side in measure.sides)
    subject = replace(found.subjects[0], measures=(replace(measure, sides=sides),))
    sheet = book_of(tmp_path / "a.xlsx", [replace(found, subjects=(subject,))])["comparison"]
    assert cells(sheet, "best")[0].value == 1.234567890123457e19
    assert cells(sheet, "low")[0].value == f"1{'0' * 400}"
    assert cells(sheet, "exact")[0].value.endswith("; best 12345678901234567891")


def test_more_rows_than_a_sheet_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(to_xlsx, "_ROWS", 3)
    to_xlsx.claims(tmp_path / "a.xlsx", [claim("1")] * 2)
    with pytest.raises(UsageError, match="more rows than any sheet: 3") as caught:
        to_xlsx.claims(tmp_path / "a.xlsx", [claim("1")] * 3)
    assert len(str(caught.value).splitlines()) == 2


def test_a_text_that_no_cell_holds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="A quote has 32,768 characters"):
        to_xlsx.claims(tmp_path / "a.xlsx", [claim("1", quote="x" * 32_768)])
