"""What can be printed, written to files, of one subject or all, under any policy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.person import SUBJECT, Factlog, add


@pytest.fixture
def crowd(factlog: Factlog) -> Factlog:
    """Seven figures that grow, the last two of one day."""
    figures = {"A": 10, "B": 20, "C": 30, "D": 40, "E": 50, "F": 60, "G": 61}
    for day, (source, figure) in enumerate(figures.items(), 1):
        factlog("add", "Flood", f"{figure} killed", "--source", source,
                "--as-of", f"2025-03-{min(day, 6):02}")  # fmt: skip
    return factlog


@pytest.mark.parametrize("suffix", ["txt", "md", "json", ""])
def test_a_file_holds_what_is_printed(founding: Factlog, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"s.{suffix}".rstrip(".")
    shape = suffix if suffix in ("md", "json") else "text"
    assert founding("sentence", SUBJECT, "casualties", "-o", str(file)).code == 0
    shown = founding("sentence", SUBJECT, "casualties", "-f", shape).out
    assert file.read_text(encoding="utf-8") == shown


def test_figures_that_are_read_together_are_each_told_as_they_were_read(factlog: Factlog) -> None:
    for said in ("1.234", "etwa 1.250"):
        words = (f"deaths={said}", "--source", "A", "--as-of", "2026-01-05", "--locale", "de_DE")
        assert factlog("add", "Fire", *words).code == 0
    told = "A put deaths in the fire at 1,234 and about 1,250 as of 5 January 2026."
    assert factlog("sentence", "Fire").out.strip() == told


def test_another_suffix_is_refused(founding: Factlog, tmp_path: Path) -> None:
    refused = founding("sentence", SUBJECT, "-o", str(tmp_path / "s.csv"))
    assert (refused.code, refused.out) == (2, "")
    assert "text, md, json" in refused.err


def test_without_a_subject_all_are_told_of(founding: Factlog) -> None:
    assert founding("sentence").out == founding("sentence", SUBJECT).out
    add(founding, "the mayor", "2025-01-13", "5 killed")
    founding("add", "Kherrada ferry", "47 killed", "--source", "Interior Ministry")
    told = json.loads(founding("sentence", "-f", "json").out)
    assert {each["subject"] for each in told} == {SUBJECT, "Kherrada ferry"}


def test_only_what_is_asked_for(founding: Factlog) -> None:
    asked = founding("sentence", SUBJECT, "--measure", "killed", "--measure", "injured")
    assert len(asked.out.splitlines()) == 2
    assert "Zelenskyy" not in founding("sentence", "--source", "South Korean intelligence").out
    assert len(founding("sentence", "--only", "conflict").out.splitlines()) == 1
    assert "\n" not in founding("sentence", "--until", "2025-01-12").out.strip()


def test_the_policy_decides_who_is_always_named(crowd: Factlog) -> None:
    assert crowd("sentence").out == (
        "As of 6 March 2025, F put deaths in the flood at 60 and G at 61; five other sources "
        "had put them between 10 (A, as of 1 March) and 50 (E, as of 5 March).\n"
    )
    crowd("add", "Flood", "50.4 killed", "--source", "H", "--as-of", "2025-03-05")
    lenient, strict = crowd("sentence").out, crowd("sentence", "--tolerance", "0%").out
    assert "six other sources" in lenient
    assert "E had put them at 50 and H at 50.4 as of 5 March; four other sources" in strict


@pytest.mark.parametrize(
    "words",
    [("Nowhere",), (SUBJECT, "--as-of", "2020"), ("--only", "revised"), (SUBJECT, "present")],
)
def test_nothing_to_tell_is_said_in_two_lines(founding: Factlog, words: tuple[str, ...]) -> None:
    refused = founding("sentence", *words)
    assert (refused.code, refused.out, len(refused.err.splitlines())) == (2, "", 2)


def test_md_lists_every_figure_where_some_are_counted(crowd: Factlog) -> None:
    head, *listed = crowd("sentence", "-f", "md").out.splitlines()
    assert head == crowd("sentence").out.strip()
    assert [line for line in listed if line] == [
        "- 60 (F, as of 6 March 2025)",
        "- 61 (G, as of 6 March 2025)",
        *(
            f"- {n}0 ({source}, as of {n} March 2025)"
            for n, source in zip("54321", "EDCBA", strict=True)
        ),
    ]
    assert "\n- " not in crowd("sentence", "--until", "2025-03-05", "-f", "md").out
    crowd("decide", "Flood", "--range", "--reason", "counted apart", "--by", "Ada Park")
    assert crowd("sentence", "-f", "md").out.count("\n- ") == 7
