"""Where, completion, help, and the ways out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from factlog.cli import terminal
from factlog.cli.main import GROUPS
from factlog.cli.main import factlog as front_door
from support.person import Factlog


def test_where_says_which_store_and_why(factlog: Factlog, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "named by FACTLOG_DB" in factlog("where").out
    assert "given with --db" in factlog("--db", "x.db", "where").out
    monkeypatch.delenv("FACTLOG_DB")
    assert "your data folder" in factlog("where").out
    assert factlog("add", "x", "1 killed", "--source", "y").code == 0
    assert "1" in factlog("list").out
    assert factlog("--db", "factlog.db", "add", "x", "2 killed", "--source", "y").code == 0
    assert "in this folder" in factlog("where").out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script(factlog: Factlog, shell: str) -> None:
    assert "_FACTLOG_COMPLETE" in factlog("completion", shell).out


def test_help_works_everywhere(factlog: Factlog) -> None:
    top = factlog("-h").out
    for group, commands in GROUPS.items():
        assert group in top
        for name in commands:
            assert name in top
            for flag in ("-h", "--help"):
                done = factlog(name, flag)
                assert (done.code, done.err) == (0, "")
                assert "Usage: factlog" in done.out


def test_the_bare_command_shows_its_help_as_it_is_laid_out(factlog: Factlog) -> None:
    done = factlog()
    assert (done.code, done.out, done.err) == (0, factlog("--help").out, "")


def test_claims_that_each_name_their_measure_need_no_quotes(factlog: Factlog) -> None:
    done = factlog("add", "T", "killed=12", "injured=000", "tests=3", "--source", "Seoul")
    assert (done.code, done.err) == (0, "")
    assert [each in done.out for each in ("killed", "injured", "tests")] == [True] * 3


def test_an_interrupt_leaves_with_130(factlog: Factlog, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_args: object, **_words: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(front_door, "main", interrupted)
    done = factlog("list")
    assert done.code == 130
    assert "Interrupted" in done.err


@pytest.mark.parametrize("trouble", [ValueError("odd"), RecursionError(), OSError(28, "full")])
def test_no_traceback_reaches_a_person(
    factlog: Factlog, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def failing(*_args: object, **_words: object) -> None:
        raise trouble

    monkeypatch.setattr(front_door, "main", failing)
    done = factlog("list")
    assert done.code == 2
    assert len(done.err.splitlines()) == 2
    assert "Traceback" not in done.err


class Terminal:
    """Stands in for a stream that is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None: ...


def test_colour_is_as_asked_else_as_the_surroundings_say_else_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    assert not terminal.here().color
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert terminal.here().color
    assert not terminal.here().links
    monkeypatch.delenv("FORCE_COLOR")
    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    assert terminal.here().color
    assert terminal.here().links
    assert not terminal.here("page.txt").color
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert not terminal.here().color


@pytest.mark.parametrize(
    "words",
    [
        ("--color", "always", "compare"),
        ("compare", "--color", "always"),
        ("--color", "never", "compare", "--color", "always"),
        ("source", "--color", "always", "list"),
        ("source", "list", "--color", "always"),
    ],
)
def test_colour_is_asked_for_before_or_after_the_command(
    founding: Factlog, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    plain = founding(*(word for word in words if word not in ("--color", "always", "never")))
    colored = founding(*words)
    assert "\x1b[1m" in colored.out
    assert "\x1b" not in plain.out


@pytest.mark.slow
def test_the_store_is_named_before_or_after_the_command(factlog: Factlog, here: Path) -> None:
    assert factlog("add", "Here", "3", "--source", "A", "--db", "other.db").code == 0
    assert (here / "other.db").exists()
    assert factlog("--db", "other.db", "list").out == factlog("list", "--db", "other.db").out


def test_a_closed_pipe_is_no_error(founding: Factlog, here: Path) -> None:
    rows = "".join(f"subject {number},somebody,{number}\n" for number in range(5000))
    (here / "many.csv").write_text(f"subject,source,value\n{rows}", encoding="utf-8")
    assert founding("import", "many.csv").code == 0
    command = f"{sys.executable} -m factlog"
    for words in ("list", "list -f csv", "compare -f jsonl", "export"):
        done = subprocess.run(
            ["bash", "-c", f"{command} {words} | head -1; exit ${{PIPESTATUS[0]}}"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.count("\n") == 1


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    "words", ["list", "compare -f json", "export", "add x '5 killed' --source y"]
)
def test_a_full_standard_output_is_said_in_two_lines(founding: Factlog, words: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m factlog {words} > /dev/full"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert "No space left" in done.stderr
    assert founding("log", "--verify").code == 0


HOSTILE = "[red]x[/b] \x1b[31m\x1b]0;t\x07 \u202eevil\u2066 'quoted' \"; drop table claim; -- | <b>"


def test_hostile_text_is_kept_as_given_and_shown_safely(factlog: Factlog) -> None:
    done = factlog(
        *("add", HOSTILE, "5 killed", "--source", HOSTILE, "--via", HOSTILE),
        *("--quote", HOSTILE, "--note", HOSTILE, "--scope", HOSTILE, "--origin", HOSTILE),
    )
    assert done.code == 0, done.err
    for words in (
        ("list",),
        ("show", "1"),
        ("compare",),
        ("compare", "-f", "md"),
        ("compare", "-f", "html"),
        ("explain", HOSTILE),
        ("subject",),
        ("source",),
        ("log",),
    ):
        shown = factlog(*words)
        assert shown.code == 0, shown.err
        assert not set("\x1b\x07\u202e\u2066") & set(shown.out + shown.err), words
    assert "<b>" not in factlog("compare", "-f", "html").out.replace("<body>", "")
    rows = factlog("export").out
    assert factlog("--db", "again.db", "import", "-", stdin=rows).code == 0
    assert factlog("--db", "again.db", "export").out == rows
    assert json.loads(factlog("export", "-f", "jsonl").out)["quote"] == HOSTILE


def test_percent_and_underscore_are_only_characters_in_a_search(founding: Factlog) -> None:
    assert founding("list", "--search", "100%", "-f", "jsonl").out == ""
    assert founding("list", "--search", "_", "-f", "jsonl").out == ""
    assert len(founding("list", "--search", "Zelenskyy", "-f", "jsonl").out.splitlines()) == 1


def test_an_output_without_a_name_is_no_folder(founding: Factlog) -> None:
    assert "it is not a regular file" in founding("export", "-f", "csv", "-o", "").err


@pytest.mark.parametrize(
    ("failing", "code", "told"),
    [
        (
            "raise SyntaxError('invalid syntax')",
            2,
            "This is a mistake in factlog itself: SyntaxError: invalid",
        ),
        ("os.rename('facts.db', 'away.db'); 1 / 0", 4, "There is no store at "),
        ("open('facts.db', 'r+').write('other'); 1 / 0", 4, "facts.db is no"),
    ],
    ids=["a program that does not load", "a store that is gone", "a store that is damaged"],
)
def test_what_goes_wrong_is_told_as_what_it_is(
    founding: Factlog, failing: str, code: int, told: str
) -> None:
    assert founding("log", "--verify").code == 0
    program = f"""
import os, sys
class Broken:
    def find_spec(self, name, path=None, target=None):
        if name == "factlog.store.verify":
            {failing}
sys.meta_path.insert(0, Broken())
from factlog.cli.main import run
sys.exit(run(["log", "--verify"]))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == code
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 2
