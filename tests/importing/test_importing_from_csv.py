"""Comma, semicolon and tab separated files."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.claim import Claim, Hedge
from factlog.errors import ImportFailed, UsageError
from factlog.importing import BadRow, Rows, read_rows, take_all, wanted

HEAD = "subject,source,value\n"


def opened(text: str, format: str = "csv", **options: Any) -> Rows:  # noqa: A002
    return read_rows(io.BytesIO(text.encode("utf-8", "surrogateescape")), format, **options)


def taken(text: str, format: str = "csv", **options: Any) -> tuple[Claim, ...]:  # noqa: A002
    return take_all(opened(text, format, **options))


def wrong(text: str, **options: Any) -> list[tuple[int, str]]:
    return [(line, row.reason) for line, row in opened(text, **options) if isinstance(row, BadRow)]


def test_every_column_has_its_place() -> None:
    head = "subject,measure,source,value,unit,as_of,published,via,url,origin,scope,quote,note\n"
    row = "Kursk,killed,NIS,about 300,,2025-01,2025-02-01,NBC,https://x.org,MoD,front,said so,hm\n"
    (claim,) = taken(head + row)
    said = claim.statement
    assert (said.subject, said.source, said.via, said.url) == (
        "Kursk",
        "NIS",
        "NBC",
        "https://x.org",
    )
    assert said.as_of is not None
    assert said.published is not None
    assert (said.as_of.said, said.published.said) == ("2025-01", "2025-02-01")
    assert (said.quote, claim.note, claim.scope, claim.origin) == ("said so", "hm", "front", "MoD")
    assert (claim.measure, claim.said, claim.estimate.hedge) == ("killed", "about 300", Hedge.ABOUT)


def test_without_a_measure_the_thing_gives_it() -> None:
    found = taken("subject,measure,source,value\nA,,B,300 people killed\nA,Deaths,B,4\nA,,B,5\n")
    assert [claim.measure for claim in found] == ["killed", "Deaths", ""]


def test_rows_alike_in_what_makes_a_statement_share_it() -> None:
    found = taken(HEAD + "A,B,1 killed\nA,B,2 injured\nA,C,3\nA,B,4\n")
    first, second, third, fourth = (claim.statement for claim in found)
    assert first is second
    assert first == fourth
    assert third != first


FIVE = ["Kursk", "killed", "NIS", "300", "2024-01-05"]


@pytest.mark.parametrize(
    "cells",
    [
        FIVE,
        *([*FIVE[:3], said, FIVE[4]] for said in ("3,000", "about 300", "2,800 to 3,200", "007")),
        *([*FIVE[:3], said, FIVE[4]] for said in (" 300 ", "3 km", "300 killed", "76?", "n/a", "")),
        *([*FIVE[:3], said, FIVE[4]] for said in ("'=300", "#REF!", "1.234", "x", "9" * 200)),
        *([*FIVE[:4], day] for day in ("", "n/a", "../2024", "03/04/2024", "2024-02-30", "45000")),
        *(
            [name, *FIVE[1:]]
            for name in ("", "  Kyiv  district", "x" * 501, "a\0b", "'=Kursk", "é")
        ),
        *([*FIVE[:2], name, *FIVE[3:]] for name in ("", "A\tB", "NIS (via Reuters)")),
        *([FIVE[0], name, *FIVE[2:]] for name in ("", "Dead", "x" * 501)),
        ["", "x" * 501, "", "300", "never"],
        FIVE[:4],
        [*FIVE, ""],
        [*FIVE, "more"],
    ],
)
@pytest.mark.parametrize("options", [{}, {"split_via": True}, {"locale": "de_DE"}, {"unit": "km"}])
def test_a_row_that_has_no_more_reads_as_one_that_has(
    cells: list[str], options: dict[str, Any]
) -> None:
    """Most rows hold a plain figure and who said it when, and are read a shorter way."""
    found = []
    for more in ([], [""], ["here"]):
        file = io.StringIO()
        writer = csv.writer(file)
        head = ["subject", "measure", "source", "value", "as_of", "scope"]
        writer.writerow(head[: 5 + len(more)])
        row = [*cells[:5], *more, *cells[5:]] if len(cells) >= 5 else cells
        writer.writerows([row, row])
        read: list[tuple[object, ...]] = []
        for line, made in opened(file.getvalue(), **options):
            if isinstance(made, Claim):
                read.append((line, replace(made, scope=None)))
            else:
                reason = made.reason.replace("header 6", "header 5").replace("has 7", "has 6")
                read.append((line, reason, made.remedy))
        found.append(read)
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 2 or cells[3] in ("n/a", "")


def test_lines_are_counted_as_the_file_has_them() -> None:
    text = (
        '\n\nsubject,source,value,note\r\n\r\nA,B,1,"two\r\nlines"\rA,B,2,\n,,,\n\n  \n'
        'A,B,3,"x\n\ny"\nA,B,4'
    )
    assert [line for line, _row in opened(text)] == [5, 7, 11, 14]


def test_quoted_cells_keep_their_lines_and_signs() -> None:
    (claim,) = taken('subject,source,value,note\nA,B,"1,000","a ""b"", c\r\nd\ne"\n')
    assert (claim.estimate.best, claim.note) == (Decimal(1000), 'a "b", c\r\nd\ne')


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_the_header_tells_the_separating_sign(sign: str, format: str) -> None:  # noqa: A002
    text = "subject,source,value\nA,B,300\n".replace(",", sign)
    found = opened(text, format)
    assert [row.said for _line, row in found if isinstance(row, Claim)] == ["300"]


def test_known_columns_outweigh_stray_signs() -> None:
    (claim,) = taken('subject;source;"value";a,b,c,d,e\nA;B;1;2\n')
    assert claim.said == "1"


@pytest.mark.parametrize(
    "text",
    [
        "Losses, by day\n\nsubject,source,value\nA,B,3\n",
        "Losses;;\nas of May;;\nsubject;source;value\nA;B;3\n",
        "# Losses, by day, in the war\nsubject,source,value\nA,B,3\n",
        '"Losses\nby day"\nsubject,source,value\nA,B,3\n',
        "subject,source,point\n,,estimate\nA,B,3\n",
    ],
)
def test_titles_above_the_header_and_its_second_row_are_no_rows(text: str) -> None:
    found = opened(text)
    ((line, row),) = found
    assert isinstance(row, Claim)
    assert (line, row.said) == (text.count("\n"), "3")


def test_a_first_row_of_one_cell_or_of_signs_may_be_the_header() -> None:
    rows = opened(
        "Dead\n3\n4\n", measure_columns={"killed": "Dead"}, fixed={"subject": "A", "source": "B"}
    )
    assert [row.said for _line, row in rows if isinstance(row, Claim)] == ["3", "4"]
    for text in ("# Dead,# Hurt\n3,4\n5,6\n", "Report\nof May\n# Dead,# Hurt\n3,4\n"):
        with pytest.raises(ImportFailed, match="it has: # Dead, # Hurt"):
            opened(text)


def test_a_hint_of_the_sign_is_taken() -> None:
    found = opened("sep=;\nsubject;source;value\nA;B;1\nA;B;x\n")
    assert [line for line, _row in found] == [3, 4]
    assert opened("SEP=|\r\nsubject|source|value\nA|B|1\n").columns == (
        "subject",
        "source",
        "value",
    )


def test_columns_that_fill_none_are_named() -> None:
    assert opened("subject,Id,source,,value,Colour\nA,1,B,,3,red\n").ignored == ("Id", "Colour")


def test_mapping_and_fixed_values_fill_columns() -> None:
    (claim,) = taken(
        "who,date,n\nUN,16/01/2024,300\n",
        mapping={"source": "WHO", "as_of": "date", "value": "n"},
        fixed={"subject": "Ukraine war", "measure": "killed", "published": "17 January 2024"},
        date_format="%d/%m/%Y",
    )
    assert (claim.statement.subject, claim.statement.source) == ("Ukraine war", "UN")
    assert claim.statement.as_of is not None
    assert str(claim.statement.as_of.first) == "2024-01-16"
    assert claim.statement.published is not None
    assert str(claim.statement.published.first) == "2024-01-17"
    assert claim.measure == "killed"


def test_a_fixed_unit_and_coverage_reach_the_figure() -> None:
    (claim,) = taken(
        "subject,source,value,plus\nA,B,3,1\n", fixed={"unit": "km", "coverage": "0.9"}
    )
    assert (claim.estimate.unit, claim.estimate.coverage) == ("km", Decimal("0.9"))


@pytest.mark.parametrize(
    ("fixed", "problem"),
    [({"as_of": "someday"}, "as_of: "), ({"subject": " "}, "subject: is blank")],
)
def test_a_fixed_value_that_cannot_be_read_is_refused_at_once(
    fixed: dict[str, str], problem: str
) -> None:
    with pytest.raises(UsageError, match=problem):
        opened(HEAD + "A,B,1\n", fixed=fixed)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (HEAD + "A,B,some\n", 2, "value: "),
        (HEAD + "A,B,300 killed and 4 injured\n", 2, "value: "),
        (HEAD + "A,B\n", 2, "value: is blank (the row has 2 cells, the header 3)"),
        (HEAD + "A\n", 2, "value: is blank (the row has 1 cells, the header 3)"),
        (HEAD + ",B,1\n", 2, "subject: is blank"),
        (HEAD + "A,B,1,2\n", 2, "the row has 4 cells, the header 3"),
        (HEAD + "A,B,1\nA,B,1,000\n", 3, "the row has 4 cells"),
        ("subject,source,value,as_of\nA,B,1,16/01/2024\n", 2, 'as_of: "16/01/2024"'),
        (HEAD + "A\0,B,1\n", 2, "subject: holds a NUL byte"),
        *(
            (f"subject,source,value,{name}\nA,B,1,k\0\n", 2, f"{name}: holds a NUL byte")
            for name in ("measure", "unit", "scope", "origin", "via", "url", "low", "plus")
        ),
        (HEAD + "A,B,1 k\0m\n", 2, "value: holds a NUL byte"),
        (HEAD + '"A"x,B,1\n', 2, "a cell goes on after its closing quote"),
        (HEAD + f"{'x' * 501},B,1\n", 2, "subject: has 501 characters"),
        (HEAD + 'A,B,1\n"A\nB",C,"3\n4\n', 4, "a quote is opened here and never closed"),
        (HEAD + '"never,B,1\nA,B,1\n', 2, "a quote is opened here and never closed"),
    ],
)
def test_a_row_that_is_no_claim_says_where_and_why(text: str, line: int, reason: str) -> None:
    ((found, told),) = wrong(text)
    assert found == line
    assert told.startswith(reason)


def test_a_broken_row_spoils_no_other() -> None:
    found = list(opened(HEAD + 'A,B,1\n"A"x,B,2\nA,B,3\nA,B,no\nA,B,5\n'))
    assert [isinstance(row, Claim) for _line, row in found] == [True, False, True, False, True]
    assert [line for line, _row in found] == [2, 3, 4, 5, 6]


def test_blank_cells_beyond_the_header_are_passed_over() -> None:
    assert len(taken(HEAD + "A,B,1,, \n")) == 1


def test_missing_cells_at_the_end_are_blank() -> None:
    (claim,) = taken("subject,source,value,note,url\nA,B,1\n")
    assert (claim.note, claim.statement.url) == (None, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "The file is empty"),
        ("\n \n\r\n", "The file is empty"),
        ('"subject,source,value\nA,B,1\n', "The header cannot be read: line 1: a quote"),
        ("a,b\n1,2\n", 'no column "subject", "source" or "value"; it has: a, b.'),
    ],
)
def test_a_file_without_its_columns_is_refused_whole(text: str, problem: str) -> None:
    with pytest.raises(ImportFailed) as failed:
        opened(text)
    assert problem in failed.value.problem


@pytest.mark.parametrize("text", [HEAD, HEAD.strip(), HEAD + "\n,,\n"])
def test_a_header_without_rows_is_refused(text: str) -> None:
    with pytest.raises(ImportFailed, match="has a header and no rows"):
        taken(text)


def test_every_bad_row_is_listed_and_nothing_taken() -> None:
    with pytest.raises(ImportFailed) as failed:
        taken(HEAD + "A,B,1\nA,B,x\nA,B,2\nA,,3\n")
    assert [row.line for row in failed.value.rows] == [3, 5]
    assert failed.value.problem.startswith("2 of 4 rows cannot be read")
    assert "--skip-bad --reject FILE" in failed.value.remedy


def test_a_long_list_of_bad_rows_is_cut_and_counted() -> None:
    text = HEAD + "A,B,x\n" * 50
    with pytest.raises(ImportFailed) as failed:
        list(wanted(opened(text), kept=10))
    assert len(failed.value.rows) == 10
    assert "50 of 50 rows" in failed.value.problem
    (reason,) = failed.value.reasons
    assert reason.startswith("lines 2, 3, 4 and 47 more: value: cannot read")


def test_claims_come_before_the_first_bad_row_only() -> None:
    stream = wanted(opened(HEAD + "A,B,1\nA,B,x\nA,B,2\n"))
    assert next(stream).said == "1"
    with pytest.raises(ImportFailed, match="1 of 3 rows"):
        next(stream)


def test_bad_rows_can_be_written_mended_and_taken() -> None:
    text = 'subject,source,value,note\nA,B,1,\nA,B,x,"a ""b"",\nc"\nA,B\nA,B,1,2,3\n"A"x,B,9,\n'
    found = opened(text)
    bad = [row for _line, row in found if isinstance(row, BadRow)]
    text = "".join([found.heading, *map(found.rejected, bad)])
    written = list(csv.reader(io.StringIO(text, newline="")))
    assert written[0] == ["subject", "source", "value", "note", "reason"]
    assert written[1][:4] == ["A", "B", "x", 'a "b",\nc']
    assert written[1][4].startswith("line 3: value: ")
    assert written[2][:4] == ["A", "B", "", ""]
    assert written[3] == ["A", "B", "1", "2", "line 6: the row has 5 cells, the header 4", "3"]
    assert written[4][:4] == ['"A"x,B,9,', "", "", ""]
    written[1][2] = "300"
    mended = io.StringIO(newline="")
    csv.writer(mended).writerows(written[:2])
    again = opened(mended.getvalue())
    assert [row.said for _line, row in again if isinstance(row, Claim)] == ["300"]
    assert again.ignored == ("reason",)


def test_a_rejected_tab_file_keeps_its_tabs() -> None:
    found = opened("subject\tsource\tvalue\nA\tB\tx\n", "tsv")
    (bad,) = [row for _line, row in found if isinstance(row, BadRow)]
    assert found.heading == "subject\tsource\tvalue\treason\r\n"
    assert found.rejected(bad).startswith("A\tB\tx\t")


@pytest.mark.slow
def test_a_cell_may_be_large_and_not_without_end() -> None:
    (claim,) = taken(f"subject,source,value,note\nA,B,1,{'x' * 10_000_000}\n")
    assert claim.note is not None
    assert len(claim.note) == 10_000_000
    text = 'subject,source,value,note\nA,B,1,\nA,B,2,"' + "x,y\n" * 5_000_000
    found = list(opened(text))
    assert isinstance(found[0][1], Claim)
    (last,) = found[1:]
    assert last[0] == 3
    assert isinstance(last[1], BadRow)
    assert "more than 16,000,000 characters, or its quote is never closed" in last[1].reason


def test_a_reason_never_runs_on() -> None:
    assert len(BadRow(2, "y" * 100_000).problem) < 400
    ((_line, reason),) = wrong(HEAD + f"A,B,{'y' * 100_000}\n")
    assert len(reason) < 400


@pytest.mark.parametrize(
    ("cell", "restored"),
    [
        ("'=1+1", "=1+1"),
        ("''=1", "'=1"),
        ("'＝1", "＝1"),
        ("'\tx", "\tx"),
        ("'@x", "@x"),
        ("' \u200b@x", " \u200b@x"),
        ("'tis", "'tis"),
        ("''tis", "''tis"),
        ("'", "'"),
        ("", None),
        ("=1+1", "=1+1"),
        ("-3", "-3"),
    ],
)
def test_cells_that_export_defused_are_restored(cell: str, restored: str | None) -> None:
    (claim,) = taken(f'subject,source,value,note\nA,B,1,"{cell}"\n')
    assert claim.note == restored


def test_names_and_values_are_restored_too() -> None:
    (claim,) = taken(HEAD + "'@home,'+B,'-5\n")
    assert (claim.statement.subject, claim.statement.source) == ("@home", "+B")
    assert claim.estimate.best == Decimal(-5)


def test_how_far_it_got_is_known() -> None:
    text = HEAD + "A,B,1\n" * 100_000
    found = opened(text)
    assert 0 < found.position < len(text)
    assert sum(1 for _row in found) == 100_000
    assert found.position == len(text)


def test_more_values_than_are_remembered_and_longer_ones_are_read_alike() -> None:
    noted = "n" * 1_001
    text = "subject,source,value,note\n" + "".join(
        f"Subject {n % 5},S{n % 3},{n},{noted * (n % 5_000 == 0)}\n" for n in range(20_002)
    )
    found = taken(text)
    assert [claim.said for claim in found] == [str(n) for n in range(20_002)]
    assert [claim.statement.source for claim in found] == [f"S{n % 3}" for n in range(20_002)]
    assert sum(claim.note == noted for claim in found) == 5


def test_a_date_format_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(UsageError, match="%Q"):
        opened(HEAD + "A,B,1\n", date_format="%Q")


@pytest.mark.parametrize("format", ["xls", "CSV", ""])
def test_other_formats_are_refused(format: str) -> None:  # noqa: A002
    with pytest.raises(UsageError, match="no format to import"):
        opened(HEAD, format)


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
LABEL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).filter(
    lambda text: any(map(str.isalnum, text))
)


@pytest.mark.slow
@settings(max_examples=150)
@given(
    written=st.lists(st.tuples(LABEL, LABEL, st.integers(0, 10**12), CELL), min_size=1, max_size=8),
    sign=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    order=st.permutations(range(4)),
)
def test_what_was_written_comes_back_in_order(
    written: list[tuple[str, str, int, str]], sign: str, end: str, quoting: int, order: list[int]
) -> None:
    def guarded(text: str) -> str:
        return "'" + text if text.lstrip("'")[:1] in tuple("=+-@\t\r＝＋－＠") else text

    file = io.StringIO(newline="")
    # QUOTE_MINIMAL leaves a lone CR bare when lines end in LF, as no reader could tell.
    writer = csv.writer(file, delimiter=sign, lineterminator=end, quoting=csv.QUOTE_ALL)
    if quoting == csv.QUOTE_MINIMAL and end == "\r\n":
        writer = csv.writer(file, delimiter=sign, lineterminator=end)
    header = ["subject", "source", "value", "note"]
    writer.writerow([header[place] for place in order])
    for subject, source, value, note in written:
        row = [guarded(subject), guarded(source), str(value), guarded(note)]
        writer.writerow([row[place] for place in order])
    found = taken(file.getvalue())
    assert [claim.estimate.best for claim in found] == [Decimal(row[2]) for row in written]
    assert [claim.note or "" for claim in found] == [
        row[3] if row[3].strip() else "" for row in written
    ]
    for claim, (subject, source, _value, _note) in zip(found, written, strict=True):
        assert claim == taken_alone(subject, source, claim)


def taken_alone(subject: str, source: str, like: Claim) -> Claim:
    from factlog.importing import claims

    (claim,) = claims(subject, [like.said], source=source, note=like.note)
    return claim


@settings(max_examples=150)
@given(st.text(max_size=200), st.sampled_from(["csv", "tsv"]))
def test_no_text_breaks_the_reader(text: str, format: str) -> None:  # noqa: A002
    with suppress(ImportFailed):
        for line, row in opened(HEAD + text.encode("utf-8", "replace").decode(), format):
            assert line > 1
            assert isinstance(row, Claim | BadRow)


@settings(max_examples=150)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(noise: bytes) -> None:
    for start in (b"", HEAD.encode()):
        with suppress(ImportFailed):
            for _line, row in read_rows(io.BytesIO(start + noise)):
                assert isinstance(row, Claim | BadRow)


@pytest.mark.parametrize(
    ("top", "below", "columns"),
    [
        ("Killed,,Hurt,", "low,high,low,high", "Killed low,Killed high,Hurt low,Hurt high"),
        ("Losses,,,", "killed,hurt,lost,", "Losses killed,Losses hurt,Losses lost,"),
        ("value,,,", "about 3,dead,,", "value,,,"),  # a row with a number
        ("value,,,", ",dead,,", "value,,,"),
    ],
)
def test_blank_cells_behind_a_name_are_its_own_where_others_stand_below(
    top: str, below: str, columns: str
) -> None:
    text = f"subject,source,{top}\n,,{below}\nRaid,Herald,3,4,5,6\n"
    assert opened(text, mapping={"value": columns.split(",")[0]}).columns[2:] == (
        *columns.split(","),
    )


@pytest.mark.parametrize(
    ("above", "header", "columns"),
    [
        (",,Killed,,Hurt,,", "low,high,low,high,note", "Killed low,Killed high,Hurt low,Hurt high"),
        (",,Losses,,,,", "killed,hurt,lost,value,note", "killed,hurt,lost,value"),  # a title
    ],
)
def test_names_that_repeat_are_told_apart_by_those_above_them(
    above: str, header: str, columns: str
) -> None:
    text = f"{above}\nsubject,source,{header}\nRaid,Herald,3,4,5,6,x\n"
    found = opened(text, mapping={"value": columns.split(",")[0]}).columns
    assert found == ("subject", "source", *columns.split(","), "note")
