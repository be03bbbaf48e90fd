"""`add` on a terminal asks for what is missing; elsewhere it names all of that in one go."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.loops import awaited
from support.person import SUBJECT, Factlog
from support.screen import Process, Turn, typed

Typed = Callable[..., tuple[int, str]]

SKIPPED: tuple[Turn, ...] = (("Via", "\r"), ("URL", "\r"), ("Quote", "\r"))


@pytest.fixture
def typing(here: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Run factlog on a terminal, in a world that is the same for every run of a test."""
    kept = {name: os.environ[name] for name in os.environ if name.startswith(("XDG", "FACTLOG"))}

    def call(words: list[str], *turns: Turn, **screen: object) -> tuple[int, str]:
        with monkeypatch.context() as patch:
            patch.chdir(here)
            for name, value in kept.items():
                patch.setenv(name, value)
            return typed(patch, words, *turns, **screen)  # type: ignore[arg-type]

    return call


def claims(factlog: Factlog) -> list[dict[str, object]]:
    return [json.loads(line) for line in factlog("list", "-f", "jsonl").out.splitlines()]


def test_a_whole_entry(founding: Factlog, typing: Typed) -> None:
    code, shown = typing(
        ["add"],
        (f"Subject [{SUBJECT}]:", "NORTH k"),
        ("troops in Russia", "\t\r"),
        ("Source [Volodymyr Zelenskyy]:", "Seoul\r"),
        ("Claim:", "about 5,100 casualties"),
        ("→ 4,590 to 5,610, casualties", "\r"),
        ("  about 5,100 → 4,590 to 5,610, casualties\n", ""),
        ("Claim 2 (Enter: no more):", "\r"),
        ("As of [../2025-01-12]:", "12 January 2025\r"),
        ("  12 January 2025 → 2025-01-12\n", ""),
        ("Via (Enter: none):", "Yonhap\r"),
        ("URL (Enter: none):", "\r"),
        ("Quote (Enter: none):", "\r"),
        ("  via      Yonhap\n", ""),
        ("Record it? [Y/n]:", "\r"),
    )
    assert code == 0, shown
    assert "casualties: CONFLICT" in shown
    last = claims(founding)[-1]
    assert [last[name] for name in ("subject", "source", "value", "as_of", "via")] == [
        SUBJECT,
        "Seoul",
        "about 5,100",
        "12 January 2025",
        "Yonhap",
    ]


@pytest.mark.parametrize(
    ("burst", "taken"),
    [
        ("korean troops\t\r", SUBJECT),
        ("\x1b[200~korean troops\t\x1b[201~\r", SUBJECT),
        ("korean troops\t and more\r", f"{SUBJECT} and more"),
        ("geese\t flying\r", "geese flying"),
        ("\x1b[200~geese\tflying\n\x1b[201~\r", "geese flying"),
        ("\x1b[31mgeese\x1b[0m\r", "geese"),  # coloured text, copied with its codes
    ],
)
def test_a_name_and_a_tab_in_one_burst(founding: Factlog, burst: str, taken: str) -> None:
    words = ["add", "--source", "Seoul", "--as-of", "2025-01-14", "--via", "x", "--url", "http://x"]
    person = Process([*words, "--quote", "x"])
    person.take(
        [("Subject", burst), ("Claim", "5 killed\r"), ("Claim 2", "\r"), ("Record it?", "\r")]
    )
    assert person.end() == 0, person.shown
    assert claims(founding)[-1]["subject"] == taken


def test_what_cannot_be_read_though_one_meaning_was_chosen_is_typed_anew(
    factlog: Factlog, typing: Typed
) -> None:
    code, shown = typing(
        ["add", "Ferry", "--source", "A"],
        ("Claim", "unknown 1.000 killed\r"),
        ("Which one is meant", "2\r"),
        ("leave it out, or write a hedge", ""),
        ("Claim: unknown 1.000 killed", "\x155 killed\r"),
        ("Claim 2", "\r"),
        ("As of", "\r"),
        *SKIPPED,
        ("Record it?", "\r"),
    )
    assert code == 0, shown
    assert [each["value"] for each in claims(factlog)] == ["5"]


def test_the_last_subject_source_and_date_are_offered(founding: Factlog, typing: Typed) -> None:
    code, shown = typing(
        ["add"],
        (f"Subject [{SUBJECT}]:", "\r"),
        ("Source [Volodymyr Zelenskyy]:", "\r"),
        ("Claim:", "around 350 killed\r"),
        ("Claim 2", "\r"),
        ("As of [../2025-01-12]:", "\r"),
        *SKIPPED,
        ("Record it?", "\r"),
    )
    assert code == 0, shown
    assert [claims(founding)[-1][name] for name in ("subject", "source", "as_of")] == [
        *(SUBJECT, "Volodymyr Zelenskyy", "../2025-01-12"),
    ]


def test_going_back_and_mending(factlog: Factlog, typing: Typed) -> None:
    """A refused value is said with its caret and stands there to be mended; < goes back."""
    code, shown = typing(
        ["add", "--source", "A"],
        ("Subject:", "Fery\r"),
        ("Claim:", "<\r"),
        ("Subject [Fery]:", "Ferry\r"),
        ("Claim:", "about x30 killed\r"),
        ("  ^^^^^^^^^^^^^^^^\n", ""),
        ("Claim: about x30 killed", "\x15about 30 killed\r"),
        ("Claim 2", "height=37m\r"),
        ("  1  37 million\n  2  37 m\n", ""),
        ("Which one is meant:", "3\r"),
        ('"3" is none of them.', ""),
        ("Which one is meant:", "2\r"),
        ("Claim 3", "\r"),
        ("As of", "notadate\r"),
        ("13 January\n2025", ""),
        ("As of", "2025-01-13\r"),  # what was refused is not before it
        *SKIPPED,
        ("Record it? [Y/n]:", "perhaps\r"),
        ("< goes back.", ""),
        ("Record it? [Y/n]:", "<\r"),
        ("Quote", "\r"),
        ("Record it? [Y/n]:", "y\r"),
        columns=50,
    )
    assert code == 0, shown
    assert max(map(len, shown[: shown.index("Subject")].split("\n"))) <= 50
    assert [(each["subject"], each["value"]) for each in claims(factlog)] == [
        ("Ferry", "about 30"),
        ("Ferry", "37 m"),
    ]


@pytest.mark.parametrize("key", ["\x03", "\x04"])
@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_leaving_records_nothing(here: Path, key: str, term: str) -> None:
    at_once = Process(["add"], TERM=term)
    at_once.take([("Subject:", key)])
    later = Process(["add", "Ferry", "30 killed"], TERM=term)
    later.take([("Source:", "A\r"), ("As of (Enter: none):", key)])
    for process in (at_once, later):
        assert process.end() == 130
        assert process.shown.endswith("\nInterrupted: nothing half-done was kept.\n")
    assert not (here / "facts.db").exists()


def test_a_terminal_that_is_closed(here: Path) -> None:
    process = Process(["add"])
    process.until("Subject:")
    process.running.send_signal(signal.SIGTERM)
    assert process.end() == 128 + signal.SIGTERM
    assert not (here / "facts.db").exists()


def test_what_is_given_is_not_asked(factlog: Factlog, typing: Typed) -> None:
    given = ["Ferry", "30 killed", "5 missing", "--as-of", "yesterday", "--url", "https://e.org"]
    code, shown = typing(
        ["add", *given],
        ("Source:", "Coast guard\r"),
        ("Via", "\r"),
        ("Quote", "\r"),
        ("https://e.org", ""),
        ("Record it? [Y/n]:", "\r"),
    )
    assert code == 0, shown
    for unasked in ("Subject", "Claim", "As of", "URL"):
        assert f"{unasked}:" not in shown
        assert f"{unasked} (" not in shown
    assert len(claims(factlog)) == 2


def test_a_browser_that_holds_the_loop_of_this_thread_is_no_matter(typing: Typed) -> None:
    async def held() -> tuple[int, str]:
        return typing(
            ["add", "Ferry", "30 killed", "-n"], ("Source:", "A\r"), ("As of", "\r"), *SKIPPED
        )

    code, shown = awaited(held)
    assert code == 0, shown


def test_saying_no_records_nothing(here: Path, typing: Typed) -> None:
    ends = (("As of", "\r"), *SKIPPED)
    code, shown = typing(
        ["add", "Ferry", "30 killed"],
        ("Source:", "A\r"),
        *ends,
        ("Record", "n\r"),
    )
    assert code == 0
    assert shown.endswith("Nothing was recorded.\n")
    code, shown = typing(["add", "Ferry", "30 killed", "-n"], ("Source:", "A\r"), *ends)
    assert (code, "would record Ferry, killed: 30" in shown) == (0, True)
    assert not (here / "facts.db").exists()


def test_plain_questions_where_a_line_cannot_be_edited(factlog: Factlog, typing: Typed) -> None:
    code, shown = typing(
        ["add", "Ferry"],
        ("Source:", "A\n"),
        ("Claim:", "x30 killed\n"),
        ("Claim:", "<\n"),
        ("Source [A]:", "\n"),
        ("Claim:", "30 killed\n"),
        ("  30 → 30, killed\n", ""),
        ("Claim 2 (Enter: no more):", "\n"),
        ("As of", "-\n"),
        *((awaited, "\n") for awaited, _ in SKIPPED),
        ("Record", "\n"),
        term="dumb",
    )
    assert code == 0, shown
    assert len(claims(factlog)) == 1


def test_a_new_name_close_to_one_on_record_is_told(founding: Factlog, typing: Typed) -> None:
    _, shown = typing(
        ["add"],
        ("Subject [", "North Korean troops in Rusia\r"),
        (f'new; there is also "{SUBJECT}": < goes back', ""),
        ("Source", "\x03"),
    )
    assert len(claims(founding)) == 3, shown


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ([], "SUBJECT, a CLAIM and --source are missing."),
        (["Ferry"], "A CLAIM and --source are missing."),
        (["Ferry", "30 killed"], "--source is missing."),
        (["--source", "A"], "SUBJECT and a CLAIM are missing."),
    ],
)
def test_without_a_terminal_all_that_is_missing_is_named(
    factlog: Factlog, here: Path, words: list[str], missing: str
) -> None:
    ran = factlog("add", *words)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (2, "", missing)
    assert ran.err.splitlines()[1].startswith("Write: factlog add ")
    assert not (here / "facts.db").exists()


def test_words_given_are_refused_before_anything_is_asked(typing: Typed) -> None:
    for wrong in (["Ferry", "x30 killed"], ["Ferry", "--as-of", "someday"], [" "]):
        code, shown = typing(["add", *wrong])
        assert (code, "Enter takes" in shown) == (2, False)


def test_a_store_in_use_is_waited_for_and_no_answer_lost(founding: Factlog, here: Path) -> None:
    """Before the first question, while names are completed, and when it is recorded."""
    waiting = "The store is in use by another program: waiting up to 30 seconds."
    other = sqlite3.connect(here / "facts.db", isolation_level=None)
    other.execute("begin exclusive")
    process = Process(["add"])
    process.until(waiting)
    other.execute("rollback")
    process.until("Subject [")
    other.execute("begin exclusive")
    process.take([("", "Ferry\r"), ("Source", "A's\r"), ("Claim", "30 killed\r"), ("Claim", "\r")])
    process.take([("As of", "-\r"), *SKIPPED, ("Record it", "\r"), (waiting, "\x03")])
    assert process.end() == 130
    repeated = """To record it later: factlog add Ferry '30 killed' --source 'A'"'"'s'\n"""
    assert repeated in process.shown
    other.close()
    assert len(claims(founding)) == 3


def test_what_cannot_be_recorded_ends_with_the_command(here: Path) -> None:
    process = Process(["add", "Ferry", "30 killed", "--note", "two words"])
    process.take([("Source", "A\r"), ("As of", "\r"), *SKIPPED])
    process.until("Record it")
    (here / "facts.db").write_bytes(b"no store" * 100)
    process.type("\r")
    assert process.end() == 4
    assert process.shown.endswith(
        "\nNothing was recorded. To record it: factlog add Ferry '30 killed' --source A "
        "--note 'two words'\n"
    )


def test_with_everything_given_nothing_more_is_loaded(factlog: Factlog, here: Path) -> None:  # noqa: ARG001
    program = (
        "import sys\nfrom factlog.cli.main import run\n"
        "assert run(['add', 'Ferry', '30 killed', '--source', 'A']) == 0\n"
        "print([name for name in sys.modules if name.startswith(('prompt_toolkit', 'asyncio')) "
        "or name in ('factlog.cli.dialogue', 'factlog.cli.prompts', 'shlex')])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "[]"
