"""Workbooks as rows: real ones, made by the libraries that people's programs are like."""

from __future__ import annotations

import cProfile
import io
import random
import re
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, BinaryIO

import openpyxl
import pytest
import xlsxwriter

from factlog.claim import Claim
from factlog.errors import FactlogError
from factlog.importing import BadRow, from_ods, read_rows, take_all
from factlog.importing.asides import Remark

Fill = Callable[[Any, Any], None]
PLAIN = ("subject", "source", "value")


def written(fill: Fill, *names: str) -> BinaryIO:
    """A workbook as XlsxWriter writes it; `fill` is given the workbook and its first sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        first, *_rest = [book.add_worksheet(name) for name in names or ("Claims",)]
        fill(book, first)
    stream.seek(0)
    return stream


def moment(*parts: int) -> datetime:
    """A moment in no time zone, which is all that a sheet can hold."""
    year, month, day, hour, minute = (*parts, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=UTC).replace(tzinfo=None)


def table(*rows: tuple[object, ...]) -> BinaryIO:
    """A workbook of one sheet with these rows."""

    def fill(_book: Any, sheet: Any) -> None:
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return written(fill)


def changed(stream: BinaryIO, part: str, change: Callable[[str], str]) -> BinaryIO:
    """A workbook with one of its parts changed."""
    fresh = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()) if name == part else text)
    fresh.seek(0)
    return fresh


def claims(stream: BinaryIO, **options: Any) -> tuple[Claim, ...]:
    return take_all(read_rows(stream, "xlsx", **options))


LONG = [
    ("123456789012345678", "123456789012345678", 0),  # as another program than Excel has it
    ("123456789012345", "123456789012345", 0),
    ("1.23456789012346E+17", "123456789012346000", 1),
    ("1.23456789012346E-3", "0.00123456789012346", 0),
]


@pytest.mark.parametrize(("held", "said", "rounded"), LONG)
def test_of_a_long_number_all_the_digits_are_taken_that_the_file_holds(
    held: str, said: str, rounded: int
) -> None:
    made, page = table(PLAIN, ("Raid", "Seoul", 7)), "xl/worksheets/sheet1.xml"
    long = changed(made, page, lambda text: text.replace("<v>7<", f"<v>{held}<"))
    rows = read_rows(long, "xlsx")
    assert [each.said for each in take_all(rows)] == [said]
    assert rows.remarks.count.get(Remark.ROUNDED, 0) == rounded


def refusal(stream: BinaryIO, kind: str = "xlsx", **options: Any) -> str:
    with pytest.raises(FactlogError) as caught:
        take_all(read_rows(stream, kind, **options))
    rows = getattr(caught.value, "rows", ())
    return "\n".join([str(caught.value), *map(str, rows)])


@pytest.mark.parametrize(
    ("value", "look", "said"),
    [
        (300, None, "300"),
        (300.0, "0.00", "300"),
        (0.1, None, "0.1"),
        (1.1, None, "1.1"),
        (-3.2, None, "-3.2"),
        (1.234, "0.0", "1.234"),
        (12_345_678, "#,##0", "12345678"),
        (1e20, None, "100000000000000000000"),
        (0.07, "0%", "7%"),
        (0.29, "0.0%", "29%"),
        (1.5, "0.00%;[Red]-0.00%", "150%"),
        (5, '0" % of all"', "5"),
        (5, r"0\%", "5"),
        ("about 4,000", None, "about 4,000"),
    ],
)
def test_a_number_is_exactly_what_the_cell_holds(
    value: object, look: str | None, said: str
) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, PLAIN)
        sheet.write_row(1, 0, ("Raid", "Seoul"))
        sheet.write(1, 2, value, book.add_format({"num_format": look} if look else {}))

    (found,) = claims(written(fill))
    assert found.said == said


@pytest.mark.parametrize("locale", [None, "de_DE"])
@pytest.mark.parametrize(
    ("held", "percent"), [(0.425, "42.5"), (0.04125, "4.125"), (1, "100"), (12.5, "1250")]
)
def test_a_percentage_is_exactly_what_is_shown(
    held: float, percent: str, locale: str | None
) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ("subject", "source", "value"))
        sheet.write_row(1, 0, ("A", "B"))
        sheet.write(1, 2, held, book.add_format({"num_format": "0.0%"}))

    (claim,) = claims(written(fill), locale=locale)
    assert (claim.said, claim.estimate.best) == (f"{percent}%", Decimal(percent))


@pytest.mark.parametrize("options", [{}, {"dates_across": "%m/%d/%y"}])
def test_columns_under_real_dates_need_no_format(options: dict[str, Any]) -> None:
    days = (moment(2020, 1, 22), moment(2020, 1, 23))

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ("subject", "source"))
        shown = book.add_format({"num_format": "dd/mm/yyyy"})
        for place, day in enumerate(days, 2):
            sheet.write_datetime(0, place, day, shown)
        sheet.write_row(1, 0, ("A", "B", 17, 24))

    found = claims(written(fill), **options)
    assert [(one.said, one.statement.as_of and one.statement.as_of.said) for one in found] == [
        ("17", "2020-01-22"),
        ("24", "2020-01-23"),
    ]


def test_a_number_is_read_by_no_countrys_way() -> None:
    (found,) = claims(table(PLAIN, ("Raid", "Seoul", 1.234)), locale="de_DE")
    assert str(found.estimate.best) == "1.234"


@pytest.mark.parametrize(
    ("day", "look", "said"),
    [
        (moment(2025, 1, 13), "dd/mm/yyyy", "2025-01-13"),
        (moment(2025, 1, 13, 17, 30), "yyyy-mm-dd hh:mm", "2025-01-13"),
        (moment(2025, 1, 1), "mmm yyyy", "2025-01"),
        (moment(2025, 1, 17), "mmm yyyy", "2025-01-17"),
        (moment(2025, 1, 1), "yyyy", "2025"),
        (moment(2025, 1, 1), '"day" d mmm yyyy', "2025-01-01"),
    ],
)
@pytest.mark.parametrize("format_", [None, "%Y-%d-%m"])
def test_a_date_is_what_the_cell_holds(
    day: datetime, look: str, said: str, format_: str | None
) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, (*PLAIN, "as_of"))
        sheet.write_row(1, 0, ("Raid", "Seoul", 300))
        sheet.write_datetime(1, 3, day, book.add_format({"num_format": look}))

    (found,) = claims(written(fill), date_format=format_)
    assert found.statement.as_of is not None
    assert found.statement.as_of.said == said


def test_a_formula_is_its_last_value_and_one_without_is_told_by_its_cell() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, (*PLAIN, "colour"))
        sheet.write_row(1, 0, ("Raid", "Seoul"))
        sheet.write_formula("C2", "=[Other.xlsx]Sheet1!A1", None, 300)

    assert [each.said for each in claims(written(fill))] == ["300"]
    book = openpyxl.Workbook()
    for row in ((*PLAIN, "colour"), ("Raid", "Seoul", "=1+2", None), ("Raid", "Kyiv", 4, "=1+2")):
        book.active.append(row)
    unreckoned = io.BytesIO()
    book.save(unreckoned)
    unreckoned.seek(0)
    told = refusal(unreckoned)
    assert "1 of 2 rows" in told
    assert "line 2: value: the formula in C2 has no value" in told


def test_a_value_that_is_a_date_is_refused() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, PLAIN)
        sheet.write_row(1, 0, ("Raid", "Seoul"))
        sheet.write_datetime(1, 2, moment(2025, 1, 3), book.add_format({"num_format": "d-mmm"}))

    assert 'cannot read "2025-01-03": this looks like a date' in refusal(written(fill))


def losses(_book: Any, sheet: Any) -> None:
    """A title, and a header of two rows under it."""
    sheet.merge_range("A1:E1", "Estimated losses, by source")
    for column, name in ((0, "subject"), (1, "source")):
        sheet.merge_range(2, column, 3, column, name)
    sheet.merge_range("C3:D3", "Killed")
    sheet.write_row("C4", ("low", "high", "as of"))
    sheet.write_row("A5", ("Raid", "Seoul", 300, 400, "2025-01-13"))
    sheet.write_row("A6", ("Raid", "Kyiv", 3000, 4000, "2025-01-14"))
    sheet.set_row(5, None, None, {"hidden": True})


def test_two_rows_of_merged_headers_are_joined_and_hidden_rows_are_read() -> None:
    mapping = {"low": "Killed low", "high": "Killed high"}
    rows = read_rows(written(losses), "xlsx", mapping=mapping)
    assert rows.columns == ("subject", "source", "Killed low", "Killed high", "as of")
    assert [(line, row.said) for line, row in rows if isinstance(row, Claim)] == [
        (5, "300 to 400"),
        (6, "3000 to 4000"),
    ]
    assert rows.remarks.first == {Remark.UNSEEN: ["6"]}


@pytest.mark.parametrize("above", [True, False])
def test_dates_merged_over_measures_and_measures_merged_over_dates(above: bool) -> None:
    days, counted = [moment(2024, 1, 5), moment(2024, 1, 6)], ["Dead", "Hurt"]

    def fill(book: Any, sheet: Any) -> None:
        shown = book.add_format({"num_format": "d mmm"})
        sheet.write_row(1, 0, ("subject", "source"))
        for at, head in enumerate(days if above else counted):
            sheet.merge_range(0, 2 + 2 * at, 0, 3 + 2 * at, head, shown)
            sheet.write_row(1, 2 + 2 * at, counted if above else days, shown)
        sheet.write_row(2, 0, ("Flood", "Office", 3, 10, 4, 12))

    found = claims(written(fill))
    expected = {("killed", 5): "3", ("injured", 5): "10", ("killed", 6): "4", ("injured", 6): "12"}
    if not above:
        expected[("killed", 6)], expected[("injured", 5)] = "10", "4"
    whens = [each.statement.as_of for each in found]
    assert {
        (each.measure, when.days[0].day): each.said
        for each, when in zip(found, whens, strict=True)
        if when
    } == expected


def test_a_second_header_row_is_one_where_only_both_together_name_what_is_known() -> None:
    head = (("subject", "source", "Killed", "as"), ("", "", "low", "of"))
    row = ("Raid", "Seoul", 300, "2025-01-13")
    rows = read_rows(table(*head, row), "xlsx", mapping={"low": "Killed low"})
    assert rows.columns == ("subject", "source", "Killed low", "as of")
    assert [each.said for each in take_all(rows)] == ["at least 300"]
    plain = table(("subject", "source", "value"), ("Raid", "Seoul", "about 300"))
    assert [each.said for each in claims(plain)] == ["about 300"]


def several(_book: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, PLAIN)
    sheet.write_row(1, 0, ("Raid", "Seoul", 300))


def test_the_first_sheet_is_read_and_the_others_are_named() -> None:
    rows = read_rows(written(several, "Claims", "Notes", "2"), "xlsx")
    assert rows.sheets == ("Claims", "Notes", "2")
    assert len(take_all(rows)) == 1


@pytest.mark.parametrize("sheet", ["Claims", "claims", "1"])
def test_a_sheet_is_named_or_numbered(sheet: str) -> None:
    assert len(claims(written(several, "Claims", "Notes"), sheet=sheet)) == 1


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("Clams", 'The workbook has no sheet "Clams".\nIt has: Claims, Notes.'),
        ("3", 'The workbook has no sheet "3".\nIt has: Claims, Notes.'),
        ("Notes", 'The sheet "Notes" is empty.\nName another with --sheet, or'),
    ],
)
def test_a_sheet_that_is_not_there_is_refused(sheet: str, told: str) -> None:
    assert refusal(written(several, "Claims", "Notes"), sheet=sheet).startswith(told)


def test_other_sheets_are_offered_where_the_first_holds_no_claims() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_column(0, 0, ("About this workbook", "Compiled by the desk"))

    problem, remedy = refusal(written(fill, "Read me", "Data", "More")).splitlines()
    assert problem.startswith('The sheet "Read me" has no column "subject", "source" or "value";')
    assert remedy.startswith("Read another with --sheet (Data, More), or name what fills it: --map")


def test_a_sheet_of_a_csv_file_is_refused() -> None:
    told = refusal(io.BytesIO(b"subject,source,value\n"), "csv", sheet="Claims")
    assert told == "A csv file has no sheets.\nLeave out --sheet."


def merged(*cells: str) -> BinaryIO:
    """Two rows of claims, a group's name above the second, a sum's mark and a note below them."""

    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, (*PLAIN, "checked"))
        sheet.write_row("A2", ("Raid", "Seoul", 300))
        sheet.write_row("A4", ("Raid", "Kyiv", 3000))
        for range_ in cells:
            sheet.merge_range(range_, "Raid")

    return written(fill)


@pytest.mark.parametrize("cells", ["A3:A4", "B4:C4", "C2:C3", "A2:D5"])
def test_merged_cells_among_the_figures_are_refused(cells: str) -> None:
    told = refusal(merged("A6:D6", cells))
    assert told.startswith(f'The cells {cells} of the sheet "Claims" are merged, among its rows.\n')


def test_merged_cells_of_no_figure_or_of_a_column_that_is_not_taken_are_passed_over() -> None:
    found = claims(merged("A3:D3", "D4:D5", "A6:D7", "F1:F9"))
    assert [each.said for each in found] == ["300", "3000"]


def hidden_first(kind: str) -> BinaryIO:
    """A workbook with a list on a hidden sheet, and claims on the one that is shown."""
    if kind == "ods":
        style = f'<style:style xmlns:style="{OPEN}:style:1.0" style:name="no" style:family="table">'
        style += '<style:table-properties table:display="false"/></style:style>'
        hidden = f'{style}<table:table table:name="Lists" table:style-name="no"/>'
        rows = ods(words(*PLAIN), words("Raid", "Seoul", "300"))
        return changed(
            rows, "content.xml", lambda text: text.replace("<table", f"{hidden}<table", 1)
        )

    def fill(book: Any, sheet: Any) -> None:
        sheet.write("A1", "killed")
        several(book, book.worksheets()[1])
        book.worksheets()[1].activate()
        book.worksheets()[1].set_first_sheet()
        sheet.hide()

    return written(fill, "Lists", "Claims", "Notes")


def test_rows_that_a_filter_hides_in_an_opendocument_sheet_are_read_and_told() -> None:
    def hide(text: str) -> str:
        head, last = text.rsplit("<table:table-row", 1)
        return f'{head}<table:table-row table:visibility="filter"{last}'

    sheet = ods(words(*PLAIN), words("A", "B", "1"), words("A", "C", "2"))
    rows = read_rows(changed(sheet, "content.xml", hide), "ods")
    assert len(take_all(rows)) == 2
    assert rows.remarks.first == {Remark.UNSEEN: ["3"]}


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_hidden_sheet_is_passed_over_and_named(kind: str) -> None:
    for wanted in (None, "1", "Claims"):
        rows = read_rows(hidden_first(kind), kind, sheet=wanted)
        assert rows.sheets == ("Claims", "Notes")
        assert rows.hidden == (("Lists",) if wanted is None else ())
        assert len(take_all(rows)) == 1
    assert 'The sheet "Lists" is empty' in refusal(hidden_first("ods"), "ods", sheet="Lists")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"subject,source,value\nRaid,Seoul,300\n", "The file is no workbook, whatever"),
        (b"", "The file is no workbook, whatever"),
        (b"PK\3\4 and then nothing of a zip file", "The workbook is damaged: File is not a zip"),
        (b"\xd0\xcf\x11\xe0 of old", "The file is an old workbook (.xls).\nSave it as .xlsx"),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "The workbook is locked with a password.\nOpen it with the password",
        ),
    ],
)
def test_what_is_no_workbook_is_refused_in_two_lines(content: bytes, told: str) -> None:
    found = refusal(io.BytesIO(content))
    assert found.startswith(told)
    assert len(found.splitlines()) == 2


def test_a_workbook_called_csv_is_refused() -> None:
    told = refusal(table(PLAIN, ("Raid", "Seoul", 300)), "csv")
    assert told.splitlines()[1] == "Import a workbook as one: -f xlsx, or -f ods."


def zipped(**parts: bytes) -> BinaryIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    stream.seek(0)
    return stream


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"a.txt": b"a"}, "The file is no xlsx or ods workbook."),
        ({"[Content_Types].xml": b"", "xl/workbook.bin": b""}, "The file is no xlsx or ods"),
        ({"[Content_Types].xml": b"<a>"}, "The workbook is damaged: "),
        ({"content.xml": b"<a>"}, "The workbook is damaged: "),
        ({"content.xml": b"<a/>"}, "The workbook has no sheet of cells."),
        (
            {"content.xml": b"?", "META-INF/manifest.xml": b"<manifest:encryption-data/>"},
            "The workbook is locked with a password.",
        ),
        ({"[Content_Types].xml": b" " * (1 << 27)}, "The workbook was not read: it unpacks to"),
        ({"xl/styles.xml": b" " * (1 << 26)}, "The workbook was not read: its part xl/styles.xml"),
    ],
)
def test_a_zip_file_that_is_no_workbook_or_a_bomb_is_refused(
    parts: dict[str, bytes], told: str
) -> None:
    assert refusal(zipped(**parts)).startswith(told)


ROW = '<row r="2" spans="1:3">'


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace(ROW, '<row r="two">'),
        lambda text: text.replace('t="s"><v>3', 't="s"><v>3000'),
        lambda text: text.replace("<v>300</v>", "<v>three</v>"),
        lambda text: text.replace("<v>300</v>", f"<v>{'3' * 500_000}</v>"),
    ],
)
def test_a_damaged_sheet_is_refused(change: Callable[[str], str]) -> None:
    whole = table(PLAIN, ("Raid", "Seoul", 300))
    told = refusal(changed(whole, "xl/worksheets/sheet1.xml", change))
    assert told.startswith("The workbook is damaged: ")
    assert "int" not in told  # Python's own words


def test_entities_that_grow_are_refused() -> None:
    grown = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "{"x" * 40}">{grown}]><a>&e9;</a>'
    whole = table(PLAIN, ("Raid", "Seoul", 300))
    for stream in (
        changed(whole, "xl/sharedStrings.xml", lambda _text: bomb),
        changed(whole, "xl/worksheets/sheet1.xml", lambda _text: bomb),
        zipped(**{"content.xml": bomb.encode()}),
    ):
        assert refusal(stream).startswith("The workbook is damaged: ")


def test_a_million_empty_rows_and_a_dimension_that_is_wrong_are_passed_over() -> None:
    whole = table(PLAIN, ("Raid", "Seoul", 300))
    far = changed(
        whole,
        "xl/worksheets/sheet1.xml",
        lambda text: re.sub(
            '<dimension ref="[^"]*"/>',
            '<dimension ref="A1"/>',
            text.replace(
                "</sheetData>",
                '<row r="1048576"><c r="C1048576"><v>5</v></c></row></sheetData>',
            ),
        ),
    )
    rows = list(read_rows(far, "xlsx"))
    assert [line for line, _row in rows] == [2, 1_048_576]
    assert isinstance(rows[1][1], BadRow)


def test_a_workbook_with_macros_is_read_and_nothing_is_run() -> None:
    whole = table(PLAIN, ("Raid", "Seoul", 300))
    macros = changed(
        whole,
        "[Content_Types].xml",
        lambda text: text.replace(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
    )
    with zipfile.ZipFile(macros, "a") as file:
        file.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    macros.seek(0)
    assert [each.said for each in claims(macros)] == ["300"]


def test_bad_rows_are_kept_as_csv() -> None:
    rows = read_rows(table(PLAIN, ("Raid", "Seoul", 300), ("Raid, again", "Kyiv", "some")), "xlsx")
    (bad,) = [row for _line, row in rows if isinstance(row, BadRow)]
    assert rows.heading == "subject,source,value,reason\r\n"
    assert rows.rejected(bad).startswith('"Raid, again",Kyiv,some,')
    assert (rows.encoding, rows.position, rows.written[0]) == ("UTF-8", 0, "utf-8")


def test_a_stream_that_cannot_be_gone_back_in_is_read() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    assert len(claims(Pipe(table(PLAIN, ("Raid", "Seoul", 300)).read()))) == 1


OPEN = "urn:oasis:names:tc:opendocument:xmlns"
Cells = Sequence[tuple[str, str]]


def open_cell(cell: tuple[str, str]) -> str:
    text, attributes = cell
    words = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {attributes}>{words}</table:table-cell>"


def open_row(row: Cells) -> str:
    """A row, repeated if its first cell says that rows are."""
    repeated = row[0][1] if "rows-repeated" in row[0][1] else ""
    return f"<table:table-row {repeated}>{''.join(map(open_cell, row))}</table:table-row>"


def ods(*rows: Cells) -> BinaryIO:
    """An OpenDocument workbook as LibreOffice writes it: each cell its text and attributes."""
    lines = "".join(map(open_row, rows))
    spaces = " ".join(f'xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="Claims">{lines}</table:table>'
        '<table:table table:name="Notes"/></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    return zipped(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        **{"content.xml": content.encode()},
    )


def words(*cells: str) -> list[tuple[str, str]]:
    return [(text, 'office:value-type="string"') for text in cells]


def number(value: str, kind: str = "float") -> str:
    return f'office:value-type="{kind}" office:value="{value}"'


def test_an_opendocument_sheet_is_read() -> None:
    day = ("13/01/25", 'office:value-type="date" office:date-value="2025-01-13T00:00:00"')
    note = "<office:annotation>mine</office:annotation>"
    said = f"about<text:s text:c='2'/>3,000{note} <text:a>men</text:a>"
    rows: list[Cells] = [
        [*words("Raid", "Seoul"), ("1.234,5", number("1234.5")), day],
        [*words("Poll", "Kyiv"), ("7 %", number("0.07", "percentage")), day],
        [("", 'table:number-rows-repeated="7" table:number-columns-repeated="16384"')],
        [*words("Raid", "Kyiv", said), day, ("", 'table:number-columns-repeated="1020"')],
        [*words("Flag", "Kyiv"), ("12 km", number("12.0", "currency")), ("", ""), *words("more")],
        [("", 'table:number-rows-repeated="1048560"')],
    ]
    found = read_rows(ods(words(*PLAIN, "as_of"), *rows), "ods")
    assert found.sheets == ("Claims", "Notes")
    told = [(line, row.said) for line, row in found if isinstance(row, Claim)]
    assert told == [(2, "1234.5"), (3, "7%"), (11, "about  3,000"), (12, "12")]


@pytest.mark.parametrize(
    ("shown", "unit"),
    [
        ("€ 1,200", "EUR"),
        ("$1,200.00", "USD"),
        ("($1,200)", "USD"),
        ("1\u202f200 C$", "CAD"),
        ("USD 1'200", "USD"),
        ("1.2E+03", None),
        ("1,200 km", None),
        ("1,200", None),
    ],
)
def test_money_that_a_plain_number_is_shown_as_is_its_unit(shown: str, unit: str | None) -> None:
    found = read_rows(ods(words(*PLAIN), [*words("Raid", "Seoul"), (shown, number("1200"))]), "ods")
    assert [row.estimate.unit for _line, row in found if isinstance(row, Claim)] == [unit]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            [*words("Raid", "Seoul"), ("", 'table:formula="of:=1+2"')],
            "line 2: value: the formula in C2 has no value",
        ),
        (
            [("Raid", 'table:number-rows-spanned="2"'), *words("Seoul", "300")],
            'The cells A2:A3 of the sheet "Claims" are merged',
        ),
        (
            [*words("Raid", "Seoul"), ("x", number("x"))],
            'The workbook is damaged: a cell says that "x" is a number.',
        ),
        (
            [
                *words("Raid", "Seoul"),
                ("", 'office:value-type="boolean" office:boolean-value="true"'),
            ],
            'line 2: value: cannot read "TRUE"',
        ),
    ],
)
def test_an_opendocument_sheet_that_cannot_be_read_is_refused(row: Cells, told: str) -> None:
    assert told in refusal(ods(words(*PLAIN), row), "ods")


@pytest.mark.slow
def test_rows_that_are_repeated_beyond_any_sheet_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(from_ods, "LAST_ROW", 20)
    row = [("Raid", 'table:number-rows-repeated="999999999"'), *words("Seoul", "300")]
    assert "The sheet has more than 1,048,576 rows." in refusal(ods(words(*PLAIN), row), "ods")


def test_empty_rows_beyond_any_sheet_are_refused_before_they_are_held() -> None:
    long = changed(
        table(PLAIN, ("Raid", "Seoul", 300)),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("</sheetData>", "<row/>" * 3_000_000 + "</sheetData>"),
    )
    tracemalloc.start()
    assert "The sheet has more than 1,048,576 rows." in refusal(long)
    assert tracemalloc.get_traced_memory()[1] < 1 << 25
    tracemalloc.stop()


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_row_of_cells_beyond_any_sheet_is_refused_before_it_is_held(prefix: str) -> None:
    long = changed(
        table(PLAIN, ("Raid", "Seoul", 300)),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace(
            "</sheetData>", f"<{prefix}row>{'<c/>' * 1_000_000}</{prefix}row></sheetData>"
        ),
    )
    tracemalloc.start()
    assert "a row has more in it than its cells can hold" in refusal(long)
    assert tracemalloc.get_traced_memory()[1] < 1 << 25
    tracemalloc.stop()


def test_a_cell_of_a_look_that_is_not_there_is_refused() -> None:
    odd = changed(
        table(PLAIN, ("Raid", "Seoul", 300)),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace('<c r="C2"', '<c r="C2" s="9999"'),
    )
    assert "The workbook is damaged" in refusal(odd)


@pytest.mark.parametrize(
    "blank",
    [
        '<row r="{0}" s="1" customFormat="1" ht="15"/>',
        '<row r="{0}"><c r="A{0}" s="0"/><c r="B{0}" s="0"/></row>\n',
        '<row r="{0}"><c s="0"/><c/></row>',
        '<row r="{0}"><c r="A{0}" s="0"></c><c></c><c><v/></c><c><v></v></c></row>',
    ],
)
def test_blank_rows_that_have_a_look_are_not_held_and_keep_their_numbers(blank: str) -> None:
    filled = '<row r="{0}"><c r="C{0}"><v>5</v></c></row>'
    many = [blank.format(number) for number in range(3, 100_000)]
    many[777] = "<row><c/><c/><c><v>5</v></c></row>"
    text = "".join(many).replace(blank.format(80_000), filled.format(80_000))
    styled = changed(
        table(PLAIN, ("Raid", "Seoul", 300)),
        "xl/worksheets/sheet1.xml",
        lambda sheet: sheet.replace("</sheetData>", text + "</sheetData>"),
    )
    tracemalloc.start()
    assert [line for line, _row in read_rows(styled, "xlsx")] == [2, 780, 80_000]
    assert tracemalloc.get_traced_memory()[1] < 1 << 25
    tracemalloc.stop()


A, C, E = (f"<is><t>{words}</t></is></c>" for words in ("Raid", "Seoul", "5"))
TEXT = ' t="inlineStr">'


@pytest.mark.parametrize(
    "cells",
    [
        f'<c r="A3"{TEXT}{A}<c r="B3"/><c r="C3"{TEXT}{C}<c r="D3"></c><c r="E3"{TEXT}{E}<c/>',
        f"<c{TEXT}{A}<c></c><c{TEXT}{C}<c/><c{TEXT}{E}<c/><c></c>",
        f'<c{TEXT}{A}<c r="B3"/><c{TEXT}{C}<c r="D3"><v/></c><c{TEXT}{E}<c r="F3"/>',
        f'<c{TEXT}{A}<c/><c r="C3"{TEXT}{C}<c/><c s="0"{TEXT}{E}<c r="F3"><v></v></c>',
    ],
)
def test_blank_cells_between_others_move_none(cells: str) -> None:
    made = changed(
        table(("subject", "as_of", "source", "note", "value")),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("</sheetData>", f'<row r="3">{cells}</row></sheetData>'),
    )
    (found,) = claims(made)
    assert (found.statement.subject, found.statement.source) == ("Raid", "Seoul")
    assert found.said == "5"


def test_words_that_look_like_a_blank_cell_are_kept() -> None:
    words = '<c r="B2"/></row>'
    made = changed(
        table(PLAIN, ("Raid", "Seoul", 5)),
        "xl/sharedStrings.xml",
        lambda text: text.replace("Raid", f"<![CDATA[Raid{words}]]>"),
    )
    inside = changed(
        table(PLAIN, ("", "Seoul", 5)),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace(
            '<c r="B2"',
            f'<c r="A2" t="inlineStr"><is><t><![CDATA[Raid{words}]]></t></is></c><c r="B2"',
        ),
    )
    assert [claims(each)[0].statement.subject for each in (made, inside)] == [f"Raid{words}"] * 2


@pytest.mark.parametrize("blank", ['<c r="{1}{0}" s="0"/>', '<c r="{1}{0}"></c>', "<c><v/></c>"])
def test_a_value_among_blank_cells_costs_no_more_than_itself(blank: str) -> None:
    names = [openpyxl.utils.get_column_letter(number) for number in range(4, 1_000)]
    rows = "".join(
        f'<row r="{number}"><c r="C{number}"><v>5</v></c>'
        + "".join(blank.format(number, name) for name in names)
        + "</row>"
        for number in range(3, 303)
    )
    made = changed(
        table(PLAIN, ("Raid", "Seoul", 300)),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("</sheetData>", rows + "</sheetData>"),
    )
    profile = cProfile.Profile()
    assert len(profile.runcall(list, read_rows(made, "xlsx"))) == 301
    assert sum(each.callcount for each in profile.getstats()) < 200_000


@pytest.mark.parametrize("seed", range(150))
def test_a_workbook_with_any_byte_changed_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    stream = written(losses) if seed % 2 else table(PLAIN, ("Raid", "Seoul", 300))
    with zipfile.ZipFile(stream) as whole:
        part = chance.choice([name for name in whole.namelist() if "docProps" not in name])

    def spoilt(text: str) -> str:
        at = chance.randrange(len(text))
        return text[:at] + chance.choice('<>"/0A&') + text[at + chance.randrange(3) :]

    rows: list[tuple[int, Claim | BadRow]] = []
    with suppress(FactlogError):
        rows += read_rows(
            changed(stream, part, spoilt), "xlsx", mapping={"low": "Killed low"} if seed % 2 else {}
        )
    assert len(rows) <= 2


@pytest.mark.parametrize("seed", range(100))
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_file_with_any_byte_changed_is_read_or_refused(seed: int, kind: str) -> None:
    chance = random.Random(seed)
    row = ("Raid", "Seoul", "300")
    stream = table(PLAIN, row) if kind == "xlsx" else ods(words(*PLAIN), words(*row))
    content = bytearray(stream.read())
    for _ in range(chance.randint(1, 3)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    with suppress(FactlogError):
        assert len(list(read_rows(io.BytesIO(content), kind))) <= 2
