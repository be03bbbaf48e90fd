"""JSON arrays and JSON lines."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.claim import Claim
from factlog.errors import ImportFailed
from factlog.importing import BadRow, Rows, from_json, read_rows, take_all

BASE = {"subject": "A", "source": "B"}


def opened(text: str, format: str = "json", **options: Any) -> Rows:  # noqa: A002
    return read_rows(io.BytesIO(text.encode("utf-8", "surrogatepass")), format, **options)


def taken(text: str, format: str = "json", **options: Any) -> tuple[Claim, ...]:  # noqa: A002
    return take_all(opened(text, format, **options))


def row(**cells: object) -> str:
    return json.dumps({**BASE, **cells})


def wrong(text: str, format: str = "json") -> list[tuple[int, str]]:  # noqa: A002
    return [(line, row.reason) for line, row in opened(text, format) if isinstance(row, BadRow)]


@pytest.mark.parametrize(
    "text",
    [
        f"[{row(value=1)}, {row(value=2)}]",
        f"\n [\n{row(value=1)}\n,\n{row(value=2)}\n]\n ",
        f"{row(value=1)}\n{row(value=2)}",
        f"{row(value=1)}\r\n\r\n{row(value=2)}\r\n",
    ],
)
@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_objects_in_a_list_or_one_a_line_are_rows(text: str, format: str) -> None:  # noqa: A002
    assert [claim.said for claim in taken(text, format)] == ["1", "2"]


def test_pretty_objects_one_after_another_are_rows() -> None:
    text = json.dumps({**BASE, "value": 1}, indent=2)
    assert [line for line, _row in opened(text + "\n" + text)] == [1, 6]


def test_lines_are_those_of_the_file() -> None:
    text = f"[\n\n{row(value=1)},\n  {row(value='x')}\n,\n{row()}\n]"
    assert [line for line, _row in opened(text)] == [3, 4, 6]
    lines = f"\n{row(value=1)}\n\n{row(value='x')}\n"
    assert [line for line, _row in opened(lines, "jsonl")] == [2, 4]


@pytest.mark.parametrize(
    ("number", "best", "said"),
    [
        ("4000", "4000", "4000"),
        ("0.1", "0.1", "0.1"),
        ("1234567890.123456789012", "1234567890.123456789012", "1234567890.123456789012"),
        ("-3.20", "-3.20", "-3.20"),
        ("1e6", "1000000", "1e6"),
        ("2.5E-3", "0.0025", "2.5E-3"),
        ("1.000", "1", "1"),
        ("-1.000", "-1", "-1"),
    ],
)
@pytest.mark.parametrize("locale", [None, "de_DE"])
def test_numbers_are_read_exactly_in_any_country(
    number: str, best: str, said: str, locale: str | None
) -> None:
    text = f'{{"subject": "A", "source": "B", "value": {number}}}'
    (claim,) = taken(text, locale=locale)
    assert (claim.estimate.best, claim.said) == (Decimal(best), said)


def test_a_text_is_read_as_the_locale_has_it() -> None:
    (claim,) = taken(row(value="1.000,5"), locale="de_DE")
    assert claim.estimate.best == Decimal("1000.5")


def test_numbers_fill_any_column() -> None:
    (claim,) = taken(
        row(value=3, plus=0.5, minus=0.25, coverage=0.9, as_of=2024, note=5, unit="km")
    )
    found = claim.estimate
    assert (found.plus, found.minus, found.coverage) == (
        Decimal("0.5"),
        Decimal("0.25"),
        Decimal("0.9"),
    )
    assert found.unit == "km"
    assert claim.statement.as_of is not None
    assert claim.statement.as_of.said == "2024"
    assert claim.note == "5"


def test_null_and_blank_are_nothing() -> None:
    (claim,) = taken(row(value=3, note=None, via="", low=None, unit=" "))
    assert (claim.note, claim.statement.via, claim.estimate.unit) == (None, None, None)


def test_texts_keep_their_apostrophes() -> None:
    (claim,) = taken(row(value=3, note="'=x"))
    assert claim.note == "'=x"


def test_keys_match_as_headers_do_and_others_are_named() -> None:
    found = opened(
        '[{"Subject": "A", "SOURCE": "B", "value": 1, "id": 7},'
        ' {"subject": "A", "source": "B", "value": 2, "x": [1]}]'
    )
    assert len(take_all(found)) == 2
    assert found.ignored == ("id", "x")


def test_mapping_and_fixed_values_fill_columns() -> None:
    (claim,) = taken(
        '[{"n": 5, "who": "UN", "subject": "x"}]',
        mapping={"value": "n", "source": "who"},
        fixed={"subject": "Ukraine war"},
    )
    assert (claim.statement.subject, claim.statement.source, claim.said) == (
        "Ukraine war",
        "UN",
        "5",
    )


def test_a_mapping_to_a_key_no_row_has_is_refused() -> None:
    with pytest.raises(ImportFailed) as failed:
        taken(row(value=1), mapping={"as_of": "date"})
    assert 'no column "date" for --map as_of; it has: subject, source, value' in str(failed.value)


def test_a_mapping_may_be_to_a_key_that_comes_late() -> None:
    text = "\n".join([row(value=1)] * 1_500)
    with pytest.raises(ImportFailed, match='No row has "date" for --map as_of'):
        taken(text, "jsonl", mapping={"as_of": "date"})
    *_rest, last = taken(
        f"{text}\n{row(value=2, date='2024')}", mapping={"as_of": "date"}, format="jsonl"
    )
    assert last.statement.as_of is not None


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        # A known header.
        ('{"Event": "A", "Quelle": "B", "Wert": 3}', {}, [("", "3")]),
        # Several measures an object, as told or by their names; one of them missing.
        (
            '{"subject": "A", "source": "B", "Dead": 3, "Hurt": "n/a"}',
            {"measure_columns": {"killed": "Dead", "injured": "Hurt"}},
            [("killed", "3")],
        ),
        (row(killed=3) + row(injured=4), {}, [("killed", "3"), ("injured", "4")]),
        (row(killed=3) + '{"subject": "A", "source": "B", "killed": NaN}', {}, [("killed", "3")]),
        # Dates across, a scaled unit, an aside, a flag that is true.
        (row(**{"3/1/22": 5, "3/2/22": 6}), {"dates_across": "%m/%d/%y"}, [("", "5"), ("", "6")]),
        (row(value=3, unit="thousand people"), {}, [("people", "3 thousand")]),
        (row(value="12 (incl. 3 children)"), {}, [("", "12")]),
        (
            row(value=3, Minimum=True) + row(value=4, Minimum=False),
            {"at_least_if": {"Minimum": "true"}},
            [("", "at least 3"), ("", "4")],
        ),
    ],
)
def test_objects_are_taken_as_rows_of_a_sheet_are(
    text: str, options: dict[str, Any], said: list[tuple[str, str]]
) -> None:
    assert [(claim.measure, claim.said) for claim in taken(text, **options)] == said


def test_what_is_no_value_spoils_no_other_of_its_row() -> None:
    found = list(opened(row(killed=True, injured=4) + row(killed=[1], injured={})))
    assert [one.said for _line, one in found if isinstance(one, Claim)] == ["4"]
    first, second = [one for _line, one in found if isinstance(one, BadRow)]
    assert first.reason == 'killed: cannot read "true or false": it holds no number'
    assert (first.partial, second.partial) == (True, False)


def test_a_late_key_changes_nothing_of_what_others_are_taken_for() -> None:
    early, late = row(value=1, date="2024"), row(value=2, date="2025", as_of="1999", Scope="north")
    found = opened("\n".join([early] * 1_200 + [late]), "jsonl")
    *_rest, last = take_all(found)
    assert last.statement.as_of is not None
    assert (last.statement.as_of.said, last.scope) == ("2025", "north")
    assert found.ignored == ("as_of",)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("5", "holds a number, not one object"),
        ('"x"', "holds a text, not one object"),
        ("true", "holds true or false, not one object"),
        ("null", "holds nothing, not one object"),
        ("[1]", "holds a list, not one object"),
        ("{}", "value: is blank"),
        (row(value=True), "value: holds true or false"),
        (row(value=[1]), "value: holds a list"),
        (row(value={"low": 1}), "value: holds an object"),
        (row(value=1, note=False), "note: holds true or false"),
        ('{"subject": "A", "source": "B", "value": -Infinity}', "value: holds -Infinity"),
        ('{"subject": "A", "source": "B", "value": 1, "value": 2}', "holds an object with one key"),
        ('{"subject": "A", "Subject": "B"}', "subject: is given twice"),
        (row(value="some"), "value: "),
        (row(value="300 killed and 4 injured"), "value: "),
        ('{"subject": "A", "source": "B", "value": 1e999999}', "value: "),
        ('{"subject": "A", "source": "B", "value": ' + "9" * 5000 + "}", "value: "),
        ('{"subject": "\\ud800", "source": "B", "value": 1}', "subject: holds something that"),
        (row(), "value: is blank"),
    ],
)
def test_what_is_no_claim_says_why(item: str, reason: str) -> None:
    good = row(value=1)
    for text, format_ in ((f"[{good}, {item}]", "json"), (f"{good}\n{item}", "jsonl")):
        ((_line, told),) = wrong(text, format_)
        assert told.startswith(reason)


@pytest.mark.parametrize("item", ["5", "null", "{}", "[1]"])
def test_a_file_without_an_object_has_its_bad_rows_told(item: str) -> None:
    assert len(wrong(f"[{item}, {item}]")) == 2


def test_a_broken_line_spoils_no_other() -> None:
    text = f"{row(value=1)}\n{{oops\n{row(value=2)}\n{row(value=3)} 5\n"
    found = list(opened(text, "jsonl"))
    assert [isinstance(row, Claim) for _line, row in found] == [True, False, True, False]
    assert wrong(text, "jsonl") == [
        (
            2,
            "holds no JSON (expecting property name enclosed in double quotes, at character 2), "
            "not one object",
        ),
        (4, f"holds more after its object, at character {len(row(value=3)) + 1}, not one object"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "The file holds no claims"),
        (" \n ", "The file holds no claims"),
        ("[]", "The file holds no claims"),
        (f"[{row(value=1)}", "from line 1 on: it breaks off"),
        (f"[{row(value=1)}\n{row(value=2)}]", "from line 2 on: a comma or ] is missing"),
        (f"[{row(value=1)},\n]", "from line 2 on: "),
        (f"[{row(value=1)}] x", "there is more after the closing ]"),
        ("[{\n\n'a': 1}]", "from line 3 on: "),
        ('[{"a": "never closed', "unterminated string"),
        ("[" + '{"a":' * 100_000, "it is nested too deep"),
        ("subject,source,value\n", "from line 1 on: expecting value"),
    ],
)
def test_what_is_no_json_is_refused_whole(text: str, problem: str) -> None:
    with pytest.raises(ImportFailed) as failed:
        list(opened(text))
    assert problem in failed.value.problem
    assert failed.value.remedy


def test_a_line_nested_too_deep_is_a_bad_row() -> None:
    ((line, reason),) = wrong(row(value=1) + "\n" + '{"a":' * 100_000, "jsonl")
    assert (line, reason) == (2, "holds JSON that is nested too deep, not one object")


@pytest.mark.slow
def test_one_value_has_an_end() -> None:
    with pytest.raises(ImportFailed, match="more than 67,108,864 characters"):
        list(opened('[{"a": "' + "x" * 67_200_000))


def test_bad_rows_can_be_written_mended_and_taken() -> None:
    text = f'[{row(value="x", n=1.50)}, {{}}, 5, {{\n"subject": "A"\n}}]'
    found = opened(text)
    bad = [row for _line, row in found if isinstance(row, BadRow)]
    lines = "".join(map(found.rejected, bad)).splitlines()
    assert len(lines) == 4
    first = json.loads(lines[0], parse_float=str)
    assert (first["value"], first["n"]) == ("x", "1.5")
    assert first["reason"].startswith("line 1: value: ")
    assert list(json.loads(lines[1])) == ["reason"]
    assert json.loads(lines[2])["text"] == "5"
    assert json.loads(lines[3])["subject"] == "A"
    again = opened(lines[0], "jsonl")
    (once_more,) = (again.rejected(row) for _line, row in again if isinstance(row, BadRow))
    assert list(json.loads(once_more))[-2:] == ["reason", "reason_"]
    mended = lines[0].replace('"x"', "300")
    (claim,) = taken(mended, "jsonl")
    assert claim.said == "300"


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10)


@settings(max_examples=100)
@given(
    written=st.lists(st.tuples(st.integers(-(10**20), 10**20), TEXT), min_size=1, max_size=20),
    shape=st.sampled_from(["array", "pretty", "lines"]),
    size=st.integers(1, 60),
)
def test_what_was_written_comes_back_whatever_the_pieces(
    written: list[tuple[int, str]], shape: str, size: int
) -> None:
    objects = [{**BASE, "value": number, "note": note} for number, note in written]
    text = json.dumps(objects, indent=2 if shape == "pretty" else None, ensure_ascii=False)
    if shape == "lines":
        text = "\n".join(json.dumps(item) for item in objects)
    pieces = (text[place : place + size] for place in range(0, len(text), size))
    held = [item.held for item in from_json.Stream(pieces).values()]
    assert [(int(item["value"].text), item["note"]) for item in held] == written
    found = taken(text, "jsonl" if shape == "lines" else "json")
    assert [claim.estimate.best for claim in found] == [number for number, _note in written]


@settings(max_examples=150)
@given(st.text(max_size=60) | st.lists(st.sampled_from(list('[]{},:"\\ 0123.e-a\n'))).map("".join))
def test_no_text_breaks_the_reader(text: str) -> None:
    for format_ in ("json", "jsonl"):
        for start in ("", "[", '{"subject": '):
            with suppress(ImportFailed):
                for _line, row in opened(start + text, format_):
                    assert isinstance(row, Claim | BadRow)


def test_a_number_cut_between_two_pieces_is_one_number() -> None:
    held = [item.held for item in from_json.Stream(iter("[1234, 5678]")).values()]
    assert [number.text for number in held] == ["1234", "5678"]


def test_objects_on_one_line_are_counted_each() -> None:
    cells = [row(value=said).strip() for said in ("3", "x", "y", "z")]
    with pytest.raises(ImportFailed) as caught:
        taken(f"[{', '.join(cells)}]")
    assert caught.value.problem == "3 of 4 rows cannot be read, so nothing was imported."
    assert caught.value.reasons == (
        'lines 1 and 2 more: value: cannot read "x": it holds no number',
    )
