"""The founding story in six steps: piped, at a terminal, interrupted."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support.person import SUBJECT, Factlog


def test_piped_it_goes_through_all_six_steps(factlog: Factlog, here: Path) -> None:
    ran = factlog("demo", "--db", "story.db")
    assert (ran.code, ran.err) == (0, "")
    assert re.findall(r"^(\d) of 6\. ", ran.out, re.MULTILINE) == list("123456")
    assert "break-even 14.3%" in ran.out
    assert ran.out.endswith(
        "The store of this walk is story.db\nTry next: factlog --db story.db report -o story.html\n"
    )
    assert [each.name for each in here.iterdir()] == ["story.db"]


def test_it_follows_no_defaults_of_ones_own(factlog: Factlog, here: Path) -> None:
    shown = factlog("demo", "--db", "story.db").out.replace("story.db", "other.db")
    (here / "factlog.toml").write_text(
        '[compare]\npolicy = "strict"\nmeasure = "killed"\n[add]\ndry-run = true\n', "utf-8"
    )
    assert factlog("demo", "--db", "other.db").out == shown


def test_the_commands_print_what_is_shown(factlog: Factlog) -> None:
    shown = factlog("demo", "--db", "story.db").out
    for words in (("compare", SUBJECT), ("sentence", SUBJECT, "casualties")):
        told = factlog("--db", "story.db", *words).out
        assert told.splitlines()[1 if words[0] == "compare" else 0] in shown
    assert len(factlog("--db", "story.db", "list", "-f", "jsonl").out.splitlines()) == 3


def test_without_a_file_it_makes_one_of_its_own(
    factlog: Factlog, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = here / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    assert factlog("add", "Tower", "37 m", "--source", "A").code == 0
    own = (here / "facts.db").read_bytes()
    ran = factlog("demo")
    (store,) = temporary.glob("factlog-demo-*/demo.db")
    assert f"The store of this walk is {store}\n" in ran.out
    assert (here / "facts.db").read_bytes() == own


def test_a_file_that_is_there_is_left_alone(factlog: Factlog, here: Path) -> None:
    (here / "story.db").write_text("mine")
    ran = factlog("demo", "--db", "story.db")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 2)
    assert (here / "story.db").read_text() == "mine"


@pytest.mark.parametrize(("typed", "code", "steps"), [("\n", 0, 6), ("q\n", 0, 1), ("^C", 130, 1)])
def test_at_a_terminal_it_waits(here: Path, typed: str, code: int, steps: int) -> None:
    ours, theirs = pty.openpty()
    temporary = here / "tmp"
    temporary.mkdir()
    running = subprocess.Popen(
        [sys.executable, "-m", "factlog", "demo"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "TMPDIR": str(temporary)},
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    answered = 0

    def answer() -> None:
        if typed == "^C":
            running.send_signal(signal.SIGINT)
        else:
            os.write(ours, typed.encode())

    silent = 0
    try:
        while silent < 30:
            if not select.select([ours], [], [], 2)[0]:
                # What comes just before the wait begins can be lost: a person would do it again.
                silent += 1
                if answered:
                    answer()
                continue
            silent = 0
            piece = os.read(ours, 4096)
            if not piece:
                break
            shown += piece
            if shown.count(b"q: leave") > answered:
                answered += 1
                answer()
    except OSError:  # the other end is closed
        pass
    assert running.wait(timeout=120) == code
    os.close(ours)
    assert len(re.findall(rb"^\d of 6\. ", shown, re.MULTILINE)) == steps
    assert b"Traceback" not in shown
    assert bool(list(temporary.iterdir())) == (code == 0)
    assert not (here / "facts.db").exists()
