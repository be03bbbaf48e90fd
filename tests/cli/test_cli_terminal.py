"""At a terminal of its own: questions, a pager, links, and an interrupt in a question."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.person import Factlog


def screen(words: list[str], folder: Path, typed: str | None = None, **env: str) -> tuple[int, str]:
    """Run factlog on a terminal; what is `typed` answers the first question. Code and screen."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "factlog", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={
            **{name: value for name, value in os.environ.items() if name != "NO_COLOR"},
            **{"FACTLOG_DB": str(folder / "facts.db"), "TERM": "xterm", "COLUMNS": "80"},
            **env,
        },
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
            if typed is not None and shown.rstrip().endswith((b":", b"[y/N]")):
                time.sleep(0.2)
                if typed == "^C":
                    running.send_signal(signal.SIGINT)
                else:
                    os.write(ours, typed.encode() + b"\n")
                typed = None
    except OSError:  # the other end is closed
        pass
    code = running.wait(timeout=120)
    os.close(ours)
    return code, shown.decode().replace("\r\n", "\n")


def recorded(factlog: Factlog, said: str = "37m", *more: str) -> None:
    assert factlog("add", "Tower", said, "--source", "A", *more).code == 0


def test_what_could_be_two_things_is_asked(factlog: Factlog, here: Path) -> None:
    code, shown = screen(["add", "Tower", "height=37m", "--source", "A"], here, "2")
    assert (code, shown.count("Which one is meant")) == (0, 1)
    assert "37 m" in factlog("list").out


@pytest.mark.parametrize(("typed", "left"), [("y", 0), ("n", 1), ("", 1), ("^C", 1)])
def test_undo_asks(factlog: Factlog, here: Path, typed: str, left: int) -> None:
    recorded(factlog, "37 m")
    code, shown = screen(["undo"], here, typed)
    assert code == (130 if typed == "^C" else 0)
    assert "Take it back? [y/N]" in shown
    assert ("\nInterrupted: nothing half-done was kept." in shown) is (typed == "^C")
    assert len(factlog("list", "-f", "jsonl").out.splitlines()) == left


def test_more_than_a_screen_goes_through_the_pager(factlog: Factlog, here: Path) -> None:
    rows = "".join(f"Town,A,{number}\n" for number in range(1, 300))
    (here / "many.csv").write_text(f"subject,source,value\n{rows}", encoding="utf-8")
    assert factlog("import", "many.csv").code == 0
    paged = {"PAGER": "sed -e s/^/PAGED/"}
    _, shown = screen(["list"], here, **paged)
    assert shown.startswith("PAGED")
    assert "The first 200; there are more." in shown
    for words in (["--no-pager", "list"], ["list", "--no-pager"], ["source", "list"]):
        assert "PAGED" not in screen(words, here, **paged)[1]
    assert len(factlog("list").out.splitlines()) == 2 * 299  # not on a terminal: all of it


def test_every_figure_of_a_comparison_is_as_many_as_a_list_has(
    factlog: Factlog, here: Path
) -> None:
    rows = "".join(f"Town,S{number},{number}\n" for number in range(300))
    (here / "many.csv").write_text(f"subject,source,value\n{rows}", encoding="utf-8")
    assert factlog("import", "many.csv").code == 0
    words = ["--no-pager", "compare", "--full", "Town"]
    _, shown = screen(words, here)
    told = shown[: shown.index("The first 200; there are more.")]
    assert told.count("\nS") == 200
    assert "there are more" not in factlog(*words).out


def test_a_source_is_a_link_only_where_there_is_colour(factlog: Factlog, here: Path) -> None:
    recorded(factlog, "37 m", "--url", "https://example.org/a")
    link = "\x1b]8;"
    assert link in screen(["list"], here)[1]
    for words in (["list", "--color", "never"], ["list", "-f", "csv"]):
        assert "\x1b" not in screen(words, here)[1]
    assert link not in factlog("list", "--color", "always").out


@pytest.mark.parametrize("shape", ["csv", "tsv", "json", "jsonl", "md"])
def test_formats_for_programs_never_load_rich(factlog: Factlog, here: Path, shape: str) -> None:  # noqa: ARG001
    recorded(factlog, "37 m")
    assert not loads_rich(["compare", "-f", shape])
    assert not loads_rich(["list", "-f", shape])


def test_recording_never_loads_rich(factlog: Factlog, here: Path) -> None:  # noqa: ARG001
    assert not loads_rich(["add", "A tower of a long name " * 4, "37 m", "--source", "A"])
    assert loads_rich(["list"])


def loads_rich(words: list[str]) -> bool:
    program = (
        f"import sys\nfrom factlog.cli.main import run\nassert run({words!r}) == 0\n"
        "sys.exit(7 if any(name.startswith('rich') for name in sys.modules) else 0)"
    )
    code = subprocess.run([sys.executable, "-c", program], check=False).returncode
    assert code in (0, 7)
    return code == 7
