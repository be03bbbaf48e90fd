"""A comparison from Python: claims or a data frame in, data frames and a notebook's page out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import factlog
from factlog import Comparison, Kind, Measure, Support, compare, comparer, importing
from factlog.claim import Claim, Period
from factlog.errors import FactlogError, UsageError
from factlog.findings import Verdict
from factlog.render import to_csv

FERRY = Path(__file__).parents[1] / "examples" / "ferry.csv"
NUMBERS = ("low", "best", "high", "gap", "ratio", "break_even")
WAYS: list[Callable[..., Any]] = [Comparison.to_pandas, Comparison.to_polars, Comparison.to_arrow]
NAMES = ["pandas", "polars", "pyarrow"]


def ferry() -> tuple[Claim, ...]:
    return importing.take_all(importing.read_rows(io.BytesIO(FERRY.read_bytes())))


def rows(table: Any) -> list[dict[str, Any]]:
    """The rows of a frame, None where nothing is, a pandas moment as its day."""
    if isinstance(table, pd.DataFrame):
        table = pl.from_dicts(table.astype(object).where(table.notna(), None).to_dict("records"))
        days = [name for name, kind in table.schema.items() if isinstance(kind, pl.Datetime)]
        table = table.with_columns(pl.col(days).cast(pl.Date))
    found: list[dict[str, Any]] = (
        table.to_pylist() if isinstance(table, pa.Table) else table.to_dicts()
    )
    return found


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.Table.from_pylist], ids=NAMES)
def test_a_frame_is_compared_as_its_claims_are(make: Callable[[Any], Any]) -> None:
    with FERRY.open(encoding="utf-8") as file:
        found = compare(make(list(csv.DictReader(file))))
    expected = comparer.compare(ferry())
    assert (found.subjects, found.counts) == (expected.subjects, expected.counts)
    assert found == compare(ferry())


@pytest.mark.parametrize("table", [pl.LazyFrame({"a": [1]}), {"subject": ["A"]}, "x.csv"])
def test_what_is_no_data_frame_is_refused_as_read_frame_does(table: Any) -> None:
    with pytest.raises(UsageError, match="is no data frame that can be read"):
        compare(table)


def test_the_kind_of_a_measure_may_be_given_as_its_word() -> None:
    given = [*importing.claims("Dam", ["30 dead"], source="Mayor", as_of="2026-01-01")]
    given += importing.claims("Dam", ["20 dead"], source="Bank", as_of="2026-01-02")
    measures = [Measure("killed", cast("Any", "cumulative"), definition="of the word")]
    found = compare(given, measures=measures).subjects[0].measures[0]
    assert (found.findings[0].kind, found.kind) == ("backwards", Kind.CUMULATIVE)


def test_what_is_no_claim_among_claims_is_refused() -> None:
    with pytest.raises(UsageError, match="A str is no claim"):
        compare(cast("Any", [*ferry(), "x.csv"]))


DAYS = [
    "2024-12-23",
    "23 December 2024",
    date(2024, 12, 23),
    datetime(2024, 12, 23, 18, 30, tzinfo=UTC),
    pd.Timestamp("2024-12-23"),
    Period("2024-12-23", date(2024, 12, 23), date(2024, 12, 23)),
]


@pytest.mark.parametrize("day", DAYS, ids=[type(each).__name__ for each in DAYS])
def test_a_date_is_taken_in_words_and_as_a_day(day: Any) -> None:
    given: list[Claim] = []
    for name in ("as_of", "published"):
        for source, when in (("A", day), ("B", "2024-12-23"), ("C", "2024-12-24")):
            dated: dict[str, Any] = {name: when}
            given += factlog.claims(name, ["120"], source=source, **dated)
    assert [each.statement.when.days[1].day for each in given if each.statement.when] == [
        *(23, 23, 24) * 2
    ]
    assert [len(each.measures[0].sides) for each in compare(given, as_of=day).subjects] == [2, 2]
    assert [cast("Support", each).voices for each in factlog.support(given, as_of=day)] == [2, 2]


@pytest.mark.parametrize("day", [5, pd.NaT, "someday"])
def test_what_is_no_date_is_refused(day: Any) -> None:
    given = factlog.claims("Fire", ["120"], source="A")
    for call in (
        lambda: compare(given, as_of=day),
        lambda: factlog.support(given, as_of=day),
        lambda: factlog.claims("Fire", ["120"], source="A", published=day),
    ):
        with pytest.raises(FactlogError, match="date"):
            call()
    unread = replace(given[0], statement=replace(given[0].statement, published=day))
    for each in (compare, factlog.support):
        with pytest.raises(UsageError, match=r"published of a claim is .*, which is no Period"):
            each([unread])


@pytest.mark.parametrize(
    ("kind", "verdict"), [(None, Verdict.CONFLICT), ("cumulative", Verdict.GROWTH)]
)
def test_a_frame_is_read_as_told_and_new_measures_are_of_a_kind(
    kind: str | None, verdict: Verdict
) -> None:
    table = pl.DataFrame({"who": ["A", "B"], "n": [30, 90], "as_of": ["2024-01-05", "2024-02-01"]})
    told: dict[str, Any] = {"mapping": {"source": "who", "value": "n"}, "unit": "t"}
    fixed = {"subject": "Spill", "measure": "oil lost"}
    found = compare(table, kind=kind, fixed=fixed, **told)
    ((measure,),) = (subject.measures for subject in found.subjects)
    assert (measure.verdict, measure.unit) == (verdict, "t")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"unit": "km"}, "Claims have no columns that unit could say something of."),
        ({"kind": "running"}, '"running" is no kind of measure.'),
    ],
)
def test_what_does_not_fit_is_refused(options: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        compare(ferry(), **options)


def test_the_options_are_those_of_the_comparer() -> None:
    limited = comparer.compare(ferry(), limit=1, camps=False)
    assert compare(ferry(), limit=1, camps=False).subjects == limited.subjects


@pytest.mark.parametrize("way", WAYS, ids=NAMES)
def test_one_row_a_side_as_in_csv(way: Callable[..., Any]) -> None:
    found = compare(ferry())
    told = rows(way(found))
    written = list(csv.DictReader(io.StringIO("".join(to_csv.comparison([found])))))
    assert len(told) == len(written) == 22
    for row, line in zip(told, written, strict=True):
        for column, cell in line.items():
            held = row[f"{column}_exact"] if column in NUMBERS else row[column]
            held = str(held).lower() if isinstance(held, bool) else held
            assert (held or "") == cell
        for column in NUMBERS:
            exact = row[f"{column}_exact"]
            assert row[column] == (None if exact is None else float(Decimal(exact)))


@pytest.mark.parametrize("way", WAYS, ids=NAMES)
def test_a_date_is_its_first_and_last_day(way: Callable[..., Any]) -> None:
    told = [
        *importing.claims("S", ["n=5"], source="A", as_of="2024-02", published="2024-03-01"),
        *importing.claims("S", ["n=7"], source="B", as_of="../2024-03-05"),
    ]
    days = {
        row["source"]: (
            row["as_of"],
            *(row["as_of_first"], row["as_of_last"], row["published_first"]),
        )
        for row in rows(way(compare(told)))
    }
    assert days == {
        "A": ("2024-02", date(2024, 2, 1), date(2024, 2, 29), date(2024, 3, 1)),
        "B": ("../2024-03-05", None, date(2024, 3, 5), None),
    }


@pytest.mark.parametrize("way", WAYS, ids=NAMES)
def test_one_row_a_disagreement(way: Callable[..., Any]) -> None:
    found = compare(ferry())
    told = rows(way(found, "disagreements"))
    each = [one for measure in found.subjects[0].measures for one in measure.disagreements]
    assert [(row["one"], row["other"]) for row in told] == [one.sources for one in each]
    assert [row["why"] for row in told] == [one.worst.why for one in each]
    assert [row["pairs"] for row in told] == [one.pairs for one in each]
    assert told[0]["first_day"] == date(2026, 3, 13)
    assert told[0]["gap"] == 33.0
    assert told[0]["gap_exact"] == "33"


@pytest.mark.parametrize("way", WAYS, ids=NAMES)
@pytest.mark.parametrize("table", ["sides", "disagreements"])
def test_without_claims_the_columns_are_the_same(way: Callable[..., Any], table: str) -> None:
    full, empty = way(compare(ferry()), table), way(compare([]), table)
    assert list(getattr(empty, "column_names", empty.columns)) == list(
        getattr(full, "column_names", full.columns)
    )
    assert len(empty) == 0
    if way is not Comparison.to_pandas:
        assert empty.schema == full.schema


def test_another_table_is_refused() -> None:
    with pytest.raises(UsageError, match='"camps" is no table of a comparison'):
        compare(ferry()).to_pandas("camps")  # type: ignore[arg-type]


def test_a_notebook_shows_who_stands_where() -> None:
    page = compare(ferry())._repr_html_()
    assert page.startswith('<div class="factlog">')
    assert "<h3>Kherrada ferry</h3>" in page
    assert "Samir Ouali" in page
    assert "<script" not in page
    assert "<html" not in page


def test_a_notebook_shows_the_worst_twenty_subjects_and_counts_the_others() -> None:
    many = [
        claim
        for number in range(23)
        for source, value in (("A", 5), ("B", 5 + number))
        for claim in importing.claims(f"Subject {number:02}", [f"n={value}"], source=source)
    ]
    page = compare(many)._repr_html_()
    assert page.count("<h2>") == 20
    assert "and 3 more subjects" in page


def test_what_a_person_wrote_is_no_markup_in_a_notebook() -> None:
    told = importing.claims("<b>S</b>", ["n=5"], source="<script>alert(1)</script>")
    page = compare(told)._repr_html_()
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<b>" not in page


def told(frame: Any, **decided: Any) -> list[object]:
    """Per subject the best supported figure and the ends of its range."""
    return [
        (each.best, each.range and (each.range.low, each.range.high))
        for each in factlog.support(frame, **decided)
        if isinstance(each, Support)
    ]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.Table.from_pylist], ids=NAMES)
def test_the_figures_of_a_frame_are_weighed(make: Callable[[Any], Any]) -> None:
    frame = make(
        [
            {"subject": f"case {n:02}", "measure": "length", "source": source, "value": value}
            for n in range(22)
            for source, value in zip("ABC", ("5 km", "5,000 m", "9 km"), strict=True)
        ]
    )
    assert told(frame)[0] == (5, None)
    expected = (5, (Decimal("4.9"), Decimal("5.1")))
    assert told(frame, decided={f"case {n:02}": "5100 m" for n in range(1, 22)})[0] == expected
    named = {(f"Case {n:02}", "length"): "5.1 km" for n in range(1, 22)}
    assert told(frame, decided=named)[0] == expected


def test_what_was_decided_is_said_of_one_measure() -> None:
    given = [
        claim
        for measure in ("killed", "injured")
        for source in "AB"
        for claim in factlog.claims("Fire", [f"{measure}=5"], source=source)
    ]
    with pytest.raises(UsageError, match="several measures: injured, killed"):
        factlog.support(given, decided={"fire": 5})
    twice = {("Fire", "killed"): 5, ("fire", "killed"): 6}
    with pytest.raises(UsageError, match="decided about twice"):
        factlog.support(given, decided=twice)
    for key in (1, ("Fire",), ("Fire", "killed", "x"), None):
        with pytest.raises(UsageError, match="names no subject"):
            factlog.support(given, decided={key: 5})  # type: ignore[arg-type]
    for blank in (None, True, [5], float("nan")):
        with pytest.raises(UsageError, match="which is no number"):
            factlog.support(given, decided={("fire", "killed"): blank})
    with pytest.raises(UsageError, match="no decision"):
        factlog.support(given, decided=["Fire"])  # type: ignore[list-item]
    for other in (None, 5):
        with pytest.raises(UsageError, match="no decision"):
            factlog.support(given, decided=other)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no claim"):
        factlog.support(["Fire"])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("decided", "problem", "remedy"),
    [
        ({"Raod": "5 km"}, "is about Raod, on which", "Write it as the claims do"),
        ({("Road", "homes"): 5}, "is about homes of Road, on which", '{("Road", "length"): 5}'),
        ({"Road": 5}, "5, decided about length of Road, is of another unit", "Give it in km."),
        ({"Road": "5 kg"}, "5 kg, decided about length of Road, is of", "Give it in km."),
        ({"Town": "5 km"}, "than its figures: no unit.", "Give a plain number."),
    ],
)
def test_a_decided_value_that_nothing_can_be_measured_by_is_refused(
    decided: dict[str, object], problem: str, remedy: str
) -> None:
    given = [
        *factlog.claims("Road", ["length=5 km"], source="A"),
        *factlog.claims("Town", ["homes=5"], source="A"),
    ]
    with pytest.raises(UsageError) as refused:
        factlog.support(given, decided=decided)
    assert problem in refused.value.problem
    assert remedy in refused.value.remedy
    assert factlog.support(given, decided={"road": "5000 m", "town": 5})
