"""`extract`: proposals from an article, recorded only when accepted."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from support.person import Factlog

STORY = """Police said at least 12 people were killed in the fire on Monday.

"About 40 others were hurt," the mayor, Ana Ruiz, told Reuters.
"""
KEYS = (
    *("quote", "start", "end", "text", "hedge", "low", "best", "high", "unit", "thing", "measure"),
    *(
        "subject",
        "source",
        "source_text",
        "unnamed",
        "via",
        "as_of",
        "confidence",
        "rules",
        "modality",
        "language",
    ),
)


@pytest.fixture
def story(here: Path) -> Path:
    path = here / "fire.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_json_has_one_object_a_proposal_that_stands_in_the_text(
    factlog: Factlog, story: Path
) -> None:
    done = factlog("extract", str(story), "-f", "jsonl", "--published", "2026-03-04")
    first, second = (json.loads(line) for line in done.out.splitlines())
    assert tuple(first) == KEYS
    assert (first["low"], first["measure"], first["source"]) == (12, "killed", "police")
    assert first["as_of"] == "2026-03-02"
    assert (second["best"], second["measure"], second["via"]) == (40, "injured", "Reuters")
    for each in (first, second):
        assert STORY[each["start"] : each["end"]] == each["quote"]
        assert each["text"] in each["quote"]
    assert json.loads(factlog("extract", str(story), "-f", "json").out)[0]["low"] == 12


def test_the_csv_imports(factlog: Factlog, story: Path) -> None:
    rows = factlog("extract", str(story), "-f", "csv", "--url", "https://example.org").out
    assert rows.count("https://example.org") == 2
    assert "Recorded 2 claims" in factlog("import", "-", stdin=rows).out
    assert "fire" in factlog("subject").out


def test_nothing_is_recorded_unasked(factlog: Factlog, story: Path, here: Path) -> None:
    table = factlog("extract", str(story))
    assert "at least 12" in table.out
    assert not (here / "facts.db").exists()


def test_a_denial_is_told_in_the_table(factlog: Factlog) -> None:
    table = factlog("extract", "-", stdin="The army denied that 300 soldiers died.").out
    assert "low (denies)" in table


def test_what_is_sure_enough_is_recorded_when_asked(factlog: Factlog, story: Path) -> None:
    done = factlog("extract", str(story), "--add", "--subject", "The fire", "--via", "A paper")
    assert "claim 1" in done.out
    claims = [json.loads(line) for line in factlog("list", "-f", "jsonl").out.splitlines()]
    assert {claim["subject"] for claim in claims} == {"The fire"}
    nothing = factlog("extract", "-", "--add", stdin="Nothing to count here.")
    assert "nothing was recorded" in nothing.err


@pytest.mark.parametrize(
    ("words", "stdin", "problem"),
    [
        (("nowhere.txt",), b"", "no file"),
        ((".",), b"", "Cannot read"),
        (("-", "--review"), b"x", "terminal"),
        (("-",), b"PK\0\0", "not a text"),
        (("-", "--engine", "my-program"), b"12 people died.", "cmd:"),
    ],
)
def test_what_cannot_be_read_is_refused(
    factlog: Factlog, here: Path, words: tuple[str, ...], stdin: bytes, problem: str
) -> None:
    assert here
    done = factlog("extract", *words, stdin=stdin)
    assert done.code == 2
    assert problem in done.err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_texts_as_people_have_them(factlog: Factlog, encoding: str) -> None:
    text = "Officials in São Paulo said 12 people were killed."
    done = factlog("extract", "-", "-f", "jsonl", stdin=text.encode(encoding))
    assert json.loads(done.out)["best"] == 12


def answer(words: list[str], answers: list[str], folder: Path) -> str:
    """Run factlog on a terminal of its own, answering each prompt; all that it showed."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "FACTLOG_DB": str(folder / "facts.db"), "TERM": "dumb"}
    running = subprocess.Popen(
        [sys.executable, "-m", "factlog", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
    )
    os.close(theirs)
    shown = b""
    for line in answers:
        asked = b""
        while not asked.rstrip(b" ").endswith((b":", b"]")):
            asked += os.read(ours, 4096)
        shown += asked
        os.write(ours, line.encode() + b"\n")
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:
        pass
    running.wait(timeout=120)
    os.close(ours)
    return shown.decode()


def test_a_review_accepts_edits_and_quits(factlog: Factlog, story: Path, here: Path) -> None:
    words = ["extract", str(story), "--review", "--subject", "The fire"]
    shown = answer(words, ["e", "14", "killed", "Fire service", "q"], here)
    assert "1 recorded" in shown
    (claim,) = (json.loads(line) for line in factlog("list", "-f", "jsonl").out.splitlines())
    assert (claim["value"], claim["source"]) == ("14", "Fire service")
    answer(words, ["s", "a"], here)
    assert len(factlog("list", "-f", "jsonl").out.splitlines()) == 2


def test_a_review_asks_once_what_the_article_is_about(
    factlog: Factlog, story: Path, here: Path
) -> None:
    story.write_text("Fire at Almeria port\n\nThe mayor said 14 people died.", encoding="utf-8")
    shown = answer(["extract", str(story), "--review"], ["", "a"], here)
    assert "Subject (Fire at Almeria port):" in shown
    (claim,) = (json.loads(line) for line in factlog("list", "-f", "jsonl").out.splitlines())
    assert claim["subject"] == "Fire at Almeria port"


def test_rows_without_a_subject_are_of_the_file_and_a_better_one_is_told(
    factlog: Factlog, story: Path
) -> None:
    story.write_text("A flood killed 14 people.", encoding="utf-8")
    done = factlog("extract", str(story), "-f", "csv")
    assert f"\n{story.stem}," in done.out
    assert '--subject "flood"' in done.err
