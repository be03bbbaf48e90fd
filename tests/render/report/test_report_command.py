"""`factlog report` at the command line."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from factlog.cli.main import run
from factlog.policy import METHOD, METHOD_NAMES
from factlog.stats.combine import METHODS
from factlog.wording import measured
from support.reports import Outline, imported, rows


@pytest.fixture
def store(tmp_path: Path) -> str:
    told = [
        ("Flood", "killed", "Mayor", "10", "2024-01-01"),
        ("Flood", "killed", "Police", "30", "2024-01-01"),
        ("Flood", "missing", "Police", "5", "2024-02-01"),
        ("Fire", "killed", "Mayor", "about 3", "2024-03-01"),
        ("Flood", "killed", "Police", "35", "2024-06-01"),
    ]
    return imported(tmp_path, rows(tmp_path / "told.csv", *told))


def page_of(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert run(words) == 0
    return Outline(capsys.readouterr().out).text


def test_a_pipe_gets_the_page(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = page_of(capsys, "--db", store, "report")
    assert "2 subjects" in text
    assert "Flood: killed" in text


def test_only_some_subjects(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = page_of(capsys, "--db", store, "report", "fire")
    assert "about 3" in text
    assert "Flood" not in text


@pytest.mark.parametrize(
    ("words", "there", "gone"),
    [
        (("--only", "conflict"), "CONFLICT", "Fire"),
        (("--measure", "missing"), "missing", "killed:"),
        (("--source", "Mayor"), "Mayor", "Police"),
        (("--since", "2024-02"), "missing", "Police 30"),
        (("--until", "2024-01"), "30", "claim 5"),
        (("--as-of", "2024-01-31"), "figures dated up to 2024-01-31, whenever", "about 3"),
        (("--policy", "strict"), "policy strict", "policy default"),
    ],
)
def test_what_is_compared_can_be_chosen(
    store: str,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    there: str,
    gone: str,
) -> None:
    text = page_of(capsys, "--db", store, "report", *words)
    assert there in text
    assert gone not in text


def test_claims_of_measures_left_out_are_told_where_they_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [
        ("Flood", "killed", "Mayor", "10", "2024-01-01"),
        ("Flood", "injured", "Mayor", "20", "2024-01-01"),
        ("Flood", "casualties", "Police", "50", "2024-01-01"),
    ]
    store = imported(tmp_path, rows(tmp_path / "parts.csv", *told))
    text = page_of(capsys, "--db", store, "report", "--measure", "casualties")
    assert "10 killed , Mayor" in text
    assert "claim 3; as of 2024-01-01" in text


def test_a_terminal_asks_for_a_file(
    store: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(["--db", store, "report"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "A report is a web page, which a terminal does not show.",
        "Name a file for it: -o report.html",
    ]


def test_a_file_of_another_kind_is_refused(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--db", store, "report", "-o", str(tmp_path / "report.pdf")]) == 2
    problem, remedy = capsys.readouterr().err.splitlines()
    assert "report.pdf is named as something else" in problem
    assert remedy == "Name it report.html"
    assert not (tmp_path / "report.pdf").exists()


def test_nothing_to_report(store: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run(["--db", store, "report", "--since", "2030", "-o", str(page)]) == 2
    assert "fit what was asked for" in capsys.readouterr().err
    assert not page.exists()


def test_a_verdict_nothing_comes_to(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = page_of(capsys, "--db", store, "report", "--only", "echo")
    assert "Nothing on record comes to what was asked for." in text


def test_nobody_is_kept_waiting_for_the_rest() -> None:
    """The head of a page is there before the last chapter is asked for."""
    from datetime import UTC, datetime

    from factlog import compare, importing
    from factlog.comparer import explain
    from factlog.render import report

    claims = [
        claim
        for n in range(40)
        for claim in importing.claims(f"Subject {n}", ["10 killed"], source="A", as_of="2024")
    ]
    found = compare(claims)
    asked = []

    def chapters() -> object:
        for one in found.subjects:
            asked.append(one.subject)
            yield report.Chapter(one, explain(found, one.subject), claims)

    made = report.Imprint(datetime(2025, 1, 1, tzinfo=UTC), "1.0")
    pieces = report.page(found, chapters(), made)  # type: ignore[arg-type]
    assert "40 subjects" in next(pieces)
    assert len(asked) < 40
    assert "2025-01-01 00:00 UTC" in "".join(pieces)


def test_every_figure_in_a_conflict_is_marked_however_few_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [("Tower", "height", f"Guide {n}", str(100 + 10 * n), "") for n in range(30)]
    store = imported(tmp_path, rows(tmp_path / "told.csv", *told))
    capsys.readouterr()
    assert run(("--db", store, "report", "--limit", "2")) == 0
    page = capsys.readouterr().out
    assert page.count(' clash">') == 30
    assert page.count("agree only if both are off by") == 2  # pair by pair


def test_measured_figures_come_to_what_pool_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ("878.4 ± 0.5 s", "877.7 +0.8 -0.7 s", "887.7 ± 2.2 s")
    told = [("Neutron", "lifetime", f"Team {n}", text, "2024") for n, text in enumerate(said)]
    store = imported(tmp_path, rows(tmp_path / "neutron.csv", *told))
    for method, name in METHOD_NAMES.items():
        words = () if method == METHOD else ("--method", method)
        page = page_of(capsys, "--db", store, "report", *words)
        assert run(("--db", store, "pool", *words, "-f", "json")) == 0
        found = json.loads(capsys.readouterr().out)
        assert f"Combined by {name}" in page
        best, plus, minus = (Decimal(str(found[end])) for end in ("best", "plus", "minus"))
        assert measured(best, plus, minus) in page
        assert ("a further figure is expected" in page) == (found["predict_low"] is not None)


def test_every_method_has_a_name() -> None:
    assert tuple(METHOD_NAMES) == METHODS
