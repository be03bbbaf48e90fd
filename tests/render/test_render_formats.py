from __future__ import annotations

import json

import pytest

import factlog.render
from factlog.render import FORMATS, SUFFIXES, Look, camps, templates, to_csv, to_json
from support.comparisons import founding, many_sources


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("table", camps.comparison(founding(), Look())),
        ("csv", "".join(to_csv.comparison([founding()]))),
        ("tsv", "".join(to_csv.comparison([founding()], delimiter="\t"))),
        ("json", "".join(to_json.comparison(founding()))),
        ("jsonl", "".join(to_json.comparison_jsonl([founding()]))),
        ("md", templates.comparison_md(founding())),
        ("html", templates.comparison_html(founding())),
    ],
)
def test_every_format_is_found_by_name(name: str, text: str) -> None:
    assert "".join(FORMATS[name]([founding()], Look())) == text


def test_there_are_no_other_formats() -> None:
    assert set(FORMATS) == {"table", "csv", "tsv", "json", "jsonl", "md", "html"}
    assert set(SUFFIXES.values()) == {*FORMATS, "xlsx"}


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_wide_rows(name: str) -> None:
    first = next(iter(FORMATS[name]([founding()], Look(wide=True))))
    assert "Volodymyr Zelenskyy" in first


@pytest.mark.parametrize("name", ["csv", "tsv", "jsonl"])
def test_rows_of_many_comparisons_come_one_by_one(name: str) -> None:
    def comparisons() -> object:
        yield founding()
        yield many_sources(2)
        raise AssertionError("read ahead")

    rows = FORMATS[name](comparisons(), Look())  # type: ignore[arg-type]
    header = 0 if name == "jsonl" else 1
    for _ in range(header + (4 if name == "jsonl" else 6)):
        next(rows)


def test_one_header_for_many_comparisons() -> None:
    lines = "".join(FORMATS["csv"]([founding(), many_sources(2)], Look())).splitlines()
    assert sum(line.startswith("subject,") for line in lines) == 1
    assert len(lines) == 7


def test_looks_reach_the_table() -> None:
    page = "".join(FORMATS["table"]([founding()], Look(width=50, ascii=True)))
    assert page.isascii()
    assert json.loads("".join(FORMATS["json"]([founding()], Look(width=1))))


def test_nothing_else_is_in_the_room() -> None:
    with pytest.raises(AttributeError, match="to_xml"):
        _ = factlog.render.to_xml
