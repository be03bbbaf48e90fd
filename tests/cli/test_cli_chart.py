"""factlog chart, as a person would use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.person import SUBJECT, Factlog


def test_a_chart_of_one_measure_and_of_all(founding: Factlog) -> None:
    one = founding("chart", SUBJECT, "casualties")
    assert one.code == 0
    assert "CONFLICT backwards" in one.out
    assert "◆" in one.out
    every = founding("chart", SUBJECT)
    assert every.out.count("one source") == 2


def test_by_date(founding: Factlog) -> None:
    found = founding("chart", SUBJECT, "casualties", "--time")
    assert found.code == 0
    assert "! ~4,000" in found.out
    assert "! in a conflict" in found.out


def test_every_figure_in_a_conflict_is_marked_however_many(founding: Factlog) -> None:
    for n in range(30):
        founding("add", "Here", f"{100 + 10 * n} killed", "--source", f"S{n:02}", "--as-of", "2024")
    found = founding("chart", "Here")
    assert sum("! S" in line[:5] for line in found.out.splitlines()) == 30
    assert "not marked" not in found.out
    assert founding("chart", "Here", "--limit", "3").code == 2


@pytest.mark.parametrize("name", ["out.svg", "out.png", "out.pdf", "out.txt"])
@pytest.mark.parametrize("time", [(), ("--time",)])
def test_a_chart_is_written_to_a_file(
    founding: Factlog, here: Path, name: str, time: tuple[str, ...]
) -> None:
    done = founding("chart", SUBJECT, *time, "-o", name)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert (here / name).stat().st_size > 500


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((SUBJECT, "-o", "out.jpeg"), "names no kind of figure"),
        ((SUBJECT, "-o", "nowhere/out.svg"), "folder that does not exist"),
        (("Atlantis",), "No subject is called"),
        ((SUBJECT, "wealth"), "No measure is called"),
        ((SUBJECT, "--since", "2030"), "fit what was asked for"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_two_lines(
    founding: Factlog, words: tuple[str, ...], says: str
) -> None:
    refused = founding("chart", *words)
    assert refused.code == 2
    assert says in refused.err
    assert len(refused.err.strip().splitlines()) == 2
