"""Workbooks on the command line: in, out, and refused."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from support.person import SUBJECT, Factlog, add

ROWS = (("subject", "source", "value", "as_of"), ("Raid", "Seoul", 300, "2025-01-13"))


def saved(path: Path, *rows: tuple[object, ...], others: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Losses"
    for row in rows or ROWS:
        book.active.append(row)
    for name in others:
        book.create_sheet(name)
    book.save(path)
    return path


def test_a_workbook_is_imported_by_its_suffix_or_from_standard_input(
    factlog: Factlog, here: Path
) -> None:
    path = saved(here / "losses.xlsx", others=("Notes",))
    ran = factlog("import", "losses.xlsx")
    assert ran.out == "Recorded 1 claim from losses.xlsx.\n"
    assert ran.err == 'The sheet read is "Losses"; --sheet reads another: Notes\n'
    again = factlog("import", "-", "-f", "xlsx", "--sheet", "losses", stdin=path.read_bytes())
    assert again.out == "Nothing new in -: 1 claim on record already.\n"


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("losses.xlsx", ("--sheet", "Gains"), 'The workbook has no sheet "Gains".'),
        ("text.xlsx", (), "The file is no workbook, whatever it is called"),
        ("book.csv", (), "The file is a spreadsheet or zip file, not text."),
        ("cut.xlsx", (), "The workbook is damaged: "),
    ],
)
def test_what_cannot_be_read_is_told_in_two_lines_and_nothing_is_recorded(
    factlog: Factlog, here: Path, name: str, words: tuple[str, ...], told: str
) -> None:
    saved(here / "losses.xlsx")
    (here / "text.xlsx").write_text("subject,source,value\nRaid,Seoul,300\n")
    (here / "book.csv").write_bytes((here / "losses.xlsx").read_bytes())
    (here / "cut.xlsx").write_bytes((here / "losses.xlsx").read_bytes()[:2_000])
    ran = factlog("import", name, *words)
    assert ran.code == 2
    assert ran.err.startswith(told)
    assert len(ran.err.splitlines()) == 2
    assert not (here / "facts.db").exists()


def test_a_file_with_a_bad_row_makes_no_store(factlog: Factlog, here: Path) -> None:
    saved(here / "bad.xlsx", *ROWS, ("Raid", "Kyiv", "cloudy", "2025-01-14"))
    assert factlog("import", "bad.xlsx").code == 2
    assert not (here / "facts.db").exists()


DATED = ("Source", "Date", "Min", "Max")
DRILLED = (None, "Killed", "Injured", "Source", "Date")


@pytest.mark.parametrize(
    ("top", "second", "merged", "perhaps"),
    [
        (
            ("Event", "Casualties", None, "Reported", None),
            DRILLED,
            ("A1:A2", "B1:C1", "D1:E1"),
            "--map source='Reported Source' --map as_of='Reported Date' "
            "--measures killed='Casualties Killed' --measures injured='Casualties Injured'",
        ),
        (
            (None, None, None, "Killed", None),
            ("Event", *DATED),
            ("D1:E1",),
            None,
        ),
        (
            (*[None] * 4, "Day"),
            ("Event", "Men killed (min)", "Men killed (max)", "Source", "Date"),
            (),
            "--map low='Men killed (min)' --map high='Men killed (max)' --map as_of='Day Date' "
            "--set measure=killed",
        ),
        (  # the best of a range goes with its ends
            (None, "Men dead", None, None, None),
            ("Event", "(low)", "(best)", "(high)", "Source"),
            ("B1:D1",),
            "--map low='Men dead (low)' --map high='Men dead (high)' --map value='Men dead (best)' "
            "--set measure=killed",
        ),
        (  # which of two is meant is not guessed
            (None, "Dead", "Dead", "Dead", None),
            ("Event", "(men)", "(women)", "(all)", "Wounded civilians"),
            (),
            "--measures injured='Wounded civilians'",
        ),
        (
            (None, None, "Harm", None, None),
            ("Event", "Source", "Dead", "Wounded", "When"),
            ("C1:D1",),
            "--measures killed='Harm Dead' --measures injured='Harm Wounded'",
        ),
        (("Losses of 2024", *[None] * 4), ("Event", *DATED), ("A1:E1",), None),
    ],
)
def test_of_two_header_rows_the_columns_are_guessed_and_none_is_lost(
    factlog: Factlog,
    here: Path,
    top: tuple[object, ...],
    second: tuple[object, ...],
    merged: tuple[str, ...],
    perhaps: str | None,
) -> None:
    saved(here / "two.xlsx", top, second, ("Fire", "BBC", "2024-01-02", 3, 7))
    book = openpyxl.load_workbook(here / "two.xlsx")
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(here / "two.xlsx")
    ran = factlog("import", "-n", "two.xlsx")
    assert ran.err.rstrip("\n").partition(" Perhaps: ")[2] == (perhaps or "")
    assert ran.code == (2 if perhaps else 0)


@pytest.mark.parametrize(
    "words",
    [("export", "no/x.xlsx"), ("compare", "-o", "no/x.xlsx"), ("template", "-o", "no/x.xlsx")],
)
def test_a_folder_that_is_not_there_is_told_of_a_workbook_too(
    founding: Factlog, words: tuple[str, ...]
) -> None:
    ran = founding(*words)
    assert (ran.code, len(ran.err.splitlines())) == (2, 2)
    assert "Cannot write no/x.xlsx: it lies in a folder that does not exist" in ran.err


def test_bad_rows_of_a_sheet_are_put_aside_as_csv(factlog: Factlog, here: Path) -> None:
    saved(here / "losses.xlsx", *ROWS, ("Raid", "Kyiv", "some", None))
    tried = factlog("import", "losses.xlsx", "--skip-bad", "--reject", "bad.csv", "--dry-run")
    assert (tried.code, (here / "bad.csv").exists(), "bad.csv" in tried.err) == (0, False, False)
    ran = factlog("import", "losses.xlsx", "--skip-bad", "--reject", "bad.csv")
    assert ran.out == "Recorded 1 claim from losses.xlsx.\n"
    assert "line 3: value:" in ran.err
    assert (here / "bad.csv").read_text().startswith("subject,source,value,as_of,reason\n")


def test_a_record_goes_out_in_a_workbook_and_comes_back(factlog: Factlog) -> None:
    add(factlog, "=Seoul", "2025-01-13", "around 300 killed", "8,848.86 m", "-3.2 °C", "70% to 80%")
    add(factlog, "Kyiv", "2024-10", "1200 wounded", "12345678901234567891 sent")
    assert factlog("export", "claims.xlsx").code == 0
    before = factlog("export", "-f", "csv").out
    assert factlog("--db", "other.db", "import", "claims.xlsx").out.startswith("Recorded 6 claims")
    assert factlog("--db", "other.db", "export", "-f", "csv").out == before


def test_a_comparison_goes_out_in_a_workbook(founding: Factlog, here: Path) -> None:
    assert founding("compare", "-o", "found.xlsx", "--check").code == 1
    book = openpyxl.load_workbook(here / "found.xlsx")
    assert book.sheetnames == ["claims", "comparison", "disagreements", "measures", "policy"]
    assert book["disagreements"].max_row == 2
    for kind, name in (("source", "Volodymyr Zelenskyy"), ("subject", SUBJECT)):
        assert founding(kind, "rename", name, f"{name} (new)").code == 0
    assert founding("compare", "-o", "found.xlsx").code == 0
    ran = founding("import", "found.xlsx", "--sheet", "claims")
    assert ran.out == "Nothing new in found.xlsx: 3 claims on record already.\n"


def test_a_comparison_of_nothing_writes_no_workbook(founding: Factlog, here: Path) -> None:
    ran = founding("compare", "-o", "found.xlsx", "--check", "--since", "2030")
    assert (ran.code, (here / "found.xlsx").exists()) == (3, False)


@pytest.mark.parametrize("command", ["compare", "export", "template"])
def test_a_workbook_is_not_written_to_the_screen(founding: Factlog, command: str) -> None:
    ran = founding(command, *(() if command == "template" else ("-f", "xlsx")))
    assert ran.code == 2
    assert ran.err == "A workbook is not written to the screen.\nName a file: -o claims.xlsx\n"


def test_a_template_is_filled_in_and_imported_without_an_option(
    founding: Factlog, here: Path
) -> None:
    assert founding("template", "-o", "sheet.xlsx").code == 0
    book = openpyxl.load_workbook(here / "sheet.xlsx")
    assert book.sheetnames[0] == "claims"
    sheet = book["claims"]
    header = [cell.value for cell in sheet[1]]
    listed = [each for each in sheet.data_validations.dataValidation if each.type == "list"]
    (measures,) = listed  # of values there is no list, as each needs a number
    assert "casualties" in [cell.value for cell in book["measures"]["A"]]
    assert measures.formula1.startswith("measures!$A$2:$A$")
    row = {"subject": "Raid", "measure": "killed", "source": "Seoul", "value": 300, "as_of": 2024}
    row["definition"] = "those found;"
    for place, name in enumerate(header, 1):
        cell = sheet.cell(2, place, row.get(str(name)))
        # As a spreadsheet does, which shows what is typed as its column is to be shown.
        cell.number_format = sheet.column_dimensions[cell.column_letter].number_format
    filled = io.BytesIO()
    book.save(filled)
    (here / "filled.xlsx").write_bytes(filled.getvalue())
    assert founding("import", "filled.xlsx").out == "Recorded 1 claim from filled.xlsx.\n"
    (claim,) = json.loads(founding("list", "--subject", "Raid", "-f", "json").out)
    assert claim["as_of"] == "2024"
    assert "counts those found\n" in founding("show", str(claim["id"])).out


@pytest.mark.parametrize(
    ("look", "options", "unit"),
    [
        ('"$"#,##0.00', (), "USD"),
        ('_($* #,##0_);_($* (#,##0);_($* "-"??_);_(@_)', (), "USD"),
        ("[$€-407] #,##0", (), "EUR"),
        ("_-[$£-809]* #,##0.00", (), "GBP"),
        ('0.00 "EUR"', (), "EUR"),
        ("[$CHF-807] 0", (), "CHF"),
        ("[$$-1009]#,##0", (), "?"),
        ("[$¥-804]#,##0", ("--unit", "CNY"), "CNY"),
        ("$#,##0", ("--unit", "million EUR"), "EUR"),
        ('0 "t"', (), ""),
        ("[Red]0.00", (), ""),
        ("[$-409]0.00", (), ""),
    ],
)
def test_the_money_a_cell_is_shown_in_is_its_unit(
    factlog: Factlog, here: Path, look: str, options: tuple[str, ...], unit: str
) -> None:
    book = openpyxl.load_workbook(saved(here / "cost.xlsx"))
    book.active["C2"].number_format = look
    book.save(here / "cost.xlsx")
    ran = factlog("import", "cost.xlsx", *options)
    taken = "1 number is in the money its cell is shown in; --unit gives another"
    unclear = "1 number is shown as money of a country that is not plain"
    assert ran.code == 0
    assert (taken in ran.err) == bool(unit and unit != "?" and not options)
    assert (unclear in ran.err) == (unit == "?")
    assert json.loads(factlog("export", "-f", "jsonl").out)["unit"] == (unit.strip("?") or None)


def test_a_template_is_called_a_workbook(founding: Factlog, here: Path) -> None:
    failed = founding("template", "-o", "t.csv")
    assert failed.code == 2
    assert failed.err.splitlines()[1] == "Name it: factlog template -o claims.xlsx"
    assert not (here / "t.csv").exists()


def test_a_template_that_nobody_filled_in_has_no_rows(founding: Factlog) -> None:
    founding("template", "-o", "sheet.xlsx")
    assert founding("import", "sheet.xlsx").err.startswith("The file has a header and no rows.")
