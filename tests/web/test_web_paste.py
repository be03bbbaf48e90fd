"""Rows from a spreadsheet: what a page tells of them before they are recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from factlog.store import Store
from support.desk import browser, words
from support.stores import NOW, founding, new_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        return store.path


@pytest.fixture
def desk(path: Path) -> Iterator[TestClient]:
    with browser(path) as made:
        yield made


ROWS = "Date\tSource\tDead\tHurt\n2025-01-13\tBBC\t300\tabout 2,700\n2025-01-14\tAFP\t310\tmany\n"


def test_rows_are_pasted_shown_and_recorded(desk: TestClient, path: Path) -> None:
    first = desk.post("/paste", data={"rows": ROWS})
    assert first.status_code == 400
    assert "subject" in words(first.text)
    form = {"rows": ROWS, "all_subject": "Kursk", "column_2": "measure:killed"}
    form |= {"column_3": "measure:injured"}
    told = words(desk.post("/paste", data={**form, "do": "preview"}).text)
    assert "about 2,700 2,430 to 2,970 injured BBC 2025-01-13" in told
    assert "many" in told
    assert 'name="skip" value="1" required' in desk.post("/paste", data=form).text
    with Store.open(path) as store:
        assert store.count() == 3
    desk.post("/paste", data={**form, "do": "import"})
    with Store.open(path) as store:
        assert store.count() == 3
    told = words(desk.post("/paste", data={**form, "do": "import", "skip": "1"}).text)
    assert "claims recorded." in told
    with Store.open(path) as store:
        said = [each.said for each in store.claims(subject="Kursk")]
        assert said[:2] == ["300", "about 2,700"]
        assert store.verify().ok
    assert desk.post("/paste", data={}).status_code == 400


GERMAN = """\
Subject;Source;Measure;Value;As of
Flut;A;killed;1.234;12.01.2024
Flut;B;killed;rund 1.300,5;2024-01
"""
SERIAL = "subject\tsource\tvalue\tas_of\nFlood\tA\t5\t45301\n"
MONTHS = "subject\tsource\tvalue\tas_of\nFlood\tA\t5\t1/2/2024\n"


@pytest.mark.parametrize(
    ("rows", "how", "told"),
    [
        (GERMAN, {}, "does not say which number is the day"),
        (
            GERMAN,
            {"language": "de", "dates": "day first: 31.12.2025"},
            "1.234 1,234 killed A 2024-01-12",
        ),
        (
            GERMAN,
            {"language": "de", "dates": "day first: 31.12.2025"},
            "rund 1.300,5 1,170.45 to 1,430.55 killed B 2024-01",
        ),
        (SERIAL, {"dates": "days as a sheet counts them: 46022"}, "5 5 A 2024-01-10"),
        (MONTHS, {"dates": "month first: 12/31/2025"}, "5 5 A 2024-01-02"),
    ],
)
def test_how_a_sheet_writes_numbers_and_dates_can_be_said(
    desk: TestClient, rows: str, how: dict[str, str], told: str
) -> None:
    assert told in words(desk.post("/paste", data={"rows": rows, **how}).text)


@pytest.mark.parametrize(
    ("rows", "columns", "told"),
    [
        ("\tkilled\tas_of\nBBC\t5\t2024-01-01\n", ["source"], "5 5 killed BBC 2024-01-01"),
        (
            "The dead\t\t\nwho\twhat\tn\nBBC\tkilled\t5\n",
            ["source", "measure", "value"],
            "5 5 killed BBC",
        ),
        ('"who\nsays"\tmeasure\tvalue\nBBC\tkilled\t5\n', ["source"], "5 5 killed BBC"),
    ],
)
def test_columns_are_chosen_by_the_header_that_is_read(
    desk: TestClient, rows: str, columns: list[str], told: str
) -> None:
    form = {"rows": rows, "all_subject": "Flood"}
    refused = desk.post("/paste", data=form)
    assert "Choose below which column it is" in words(refused.text)
    assert "--" not in words(refused.text)
    chosen = {f"column_{place}": name for place, name in enumerate(columns)}
    assert told in words(desk.post("/paste", data=form | chosen).text)
