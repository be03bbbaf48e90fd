from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from decimal import Decimal
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.findings import Counts, MeasureComparison, Verdict
from factlog.policy import Kind
from factlog.render import to_csv
from factlog.spreadsheet import defused, restored
from support.comparisons import HOSTILE, about, comparison_of, founding, hostile

COLUMNS = (
    "subject,measure,unit,scope,source,said,hedge,low,best,high,as_of,published,via,url,claims,"
    "derived,verdict,kind,against,gap,ratio,break_even"
)
BREAK_EVEN = "0.1428571428571428571428571429"
RATIO = "1.333333333333333333333333333"


def read(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def test_one_row_a_side_with_its_worst_finding() -> None:
    header, *rows = "".join(to_csv.comparison([founding()])).splitlines()
    assert header == COLUMNS
    assert rows == [
        "North Korean troops in Russia,casualties,,,South Korean intelligence,"
        '"killed around 300 + injured around 2,700",about,,3000,,2025-01-13,,NBC News,'
        "https://www.nbcnews.com,1 2,true,conflict,backwards,"
        f"Volodymyr Zelenskyy (../2025-01-12),1000,{RATIO},{BREAK_EVEN}",
        'North Korean troops in Russia,casualties,,,Volodymyr Zelenskyy,"about 4,000",about,,4000,'
        ",../2025-01-12,,NBC News,https://www.nbcnews.com,3,false,conflict,backwards,"
        f"South Korean intelligence (2025-01-13),1000,{RATIO},{BREAK_EVEN}",
        'North Korean troops in Russia,injured,,,South Korean intelligence,"around 2,700",about,,'
        "2700,,2025-01-13,,NBC News,https://www.nbcnews.com,2,false,single,,,,,",
        "North Korean troops in Russia,killed,,,South Korean intelligence,around 300,about,,300,"
        ",2025-01-13,,NBC News,https://www.nbcnews.com,1,false,single,,,,,",
    ]


def test_wide_is_one_row_a_measure_and_a_column_a_source() -> None:
    lines = "".join(to_csv.comparison_wide([founding()])).splitlines()
    assert lines == [
        "subject,measure,unit,South Korean intelligence,Volodymyr Zelenskyy,"
        "verdict,kind,gap,ratio,break_even",
        "North Korean troops in Russia,casualties,,"
        '"about 3000 = killed around 300 + injured around 2,700","about 4,000",'
        f"conflict,backwards,1000,{RATIO},{BREAK_EVEN}",
        'North Korean troops in Russia,injured,,"around 2,700",,single,,,,',
        "North Korean troops in Russia,killed,,around 300,,single,,,,",
    ]


def test_wide_shows_current_figures_of_the_measure_alone() -> None:
    sides = (
        about("killed", "A", 100, 1, current=False),
        about("killed", "A", 200, 2),
        about("killed", "A", 250, 3, scope="Kursk"),
        about("soldiers killed", "B", 300, 4),
    )
    measure = MeasureComparison(
        "killed", None, Kind.CUMULATIVE, Verdict.GROWTH, 2, sides, (), Counts()
    )
    rows = read("".join(to_csv.comparison_wide([comparison_of(measure)], delimiter="\t")), "\t")
    assert rows[0][3:5] == ["A", "verdict"]
    assert rows[1][3] == "around 200; around 250"


def test_a_side_without_a_finding_has_no_verdict() -> None:
    first, second = about("killed", "A", 1, 1), about("killed", "B", 1, 2)
    measure = MeasureComparison(
        "killed", None, Kind.CONSTANT, Verdict.AGREE, 2, (first, second), (), Counts(agree=1)
    )
    rows = read("".join(to_csv.comparison([comparison_of(measure)])))
    assert rows[1][-6:] == [""] * 6


def test_an_undated_opponent_is_named_alone() -> None:
    found = founding()
    measure = found.subjects[0].measures[0]
    undated = replace(measure, sides=tuple(replace(s, as_of=None) for s in measure.sides))
    rows = read("".join(to_csv.comparison([comparison_of(undated)])))
    assert [row[-4] for row in rows[1:]] == ["Volodymyr Zelenskyy", "South Korean intelligence"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1+1", "'+1+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("\r\n=1", "'\r\n=1"),
        ("\0=1", "'\0=1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("'=1", "''=1"),
        ("''-x", "'''-x"),
        ("-", "'-"),
        (" =1", "' =1"),
        (" \n +1", "' \n +1"),
        ("\x0b@x", "'\x0b@x"),
        ("\x0c-x", "'\x0c-x"),
        ("\u200b=1", "'\u200b=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("\u00a0+x", "'\u00a0+x"),
        ("\u3164=1", "'\u3164=1"),
        ("' =1", "'' =1"),
        ("﹦1", "'﹦1"),
        (" '=1", " '=1"),
        (" words", " words"),
        (" -5", " -5"),
        ("2024-01-05", "2024-01-05"),
        ("\u200b", "\u200b"),
        ("-3.2", "-3.2"),
        ("-1,234.5", "-1,234.5"),
        ("+5", "+5"),
        ("-1e5", "-1e5"),
        ("-３", "'-３"),
        ("'tis", "'tis"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_formulas_are_defused_and_numbers_left_alone(text: str, cell: str) -> None:
    assert defused(text) == cell
    assert restored(cell) == text


def test_nothing_that_does_not_show_hides_a_formula() -> None:
    unseen = [s for s in map(chr, range(0x110000)) if category(s)[0] in "CZ" and s.strip("\t")]
    assert all(defused(sign + "=1") == f"'{sign}=1" for sign in unseen)


@given(st.text(alphabet="'=+-@\t\r\n\0＝1a. \x0b\ufeff", max_size=6))
@settings(max_examples=200)
def test_import_restores_what_was_defused(text: str) -> None:
    assert restored(defused(text)) == text


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4), st.sampled_from(",\t"))
@settings(max_examples=200)
def test_rows_read_back(rows: list[list[str]], delimiter: str) -> None:
    text = "".join(to_csv.table(("one", "two"), rows, delimiter=delimiter))
    header, *back = read(text, delimiter)
    assert header == ["one", "two"]
    assert [[restored(cell) for cell in row] for row in back] == rows


def test_numbers_have_plain_digits() -> None:
    lines = list(to_csv.table(("n",), [[Decimal("3E+3")], [Decimal("-3.20")]], delimiter=","))
    assert lines == ["n\n", "3000\n", "-3.2\n"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_hostile_words_come_back_and_start_no_formula(text: str, delimiter: str) -> None:
    rows = read("".join(to_csv.comparison([hostile(text)], delimiter=delimiter)), delimiter)
    assert all(len(row) == 22 for row in rows)
    back = [restored(cell) for cell in rows[1]]
    assert [back[place] for place in (0, 1, 2, 3, 4, 5, 12, 13)] == [text] * 8
    assert not any(re.match("[=+\\-@\t\r\0＝＋－＠]", cell) for row in rows for cell in row)
    wide = read("".join(to_csv.comparison_wide([hostile(text)], delimiter=delimiter)), delimiter)
    assert restored(wide[0][3]) == text
    assert len(wide[0]) == len(wide[1])
