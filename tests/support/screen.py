"""A person at a terminal: what is typed in turn, once the screen asks for it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Sequence
from functools import partial

import pytest

from factlog.cli.main import run
from support.loops import alone

ENDING = 60  # seconds within which everything comes, on a busy machine too
# What steers the cursor and colours.
CODES = re.compile(
    "\x1b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\x1b\x07]*(?:\x1b\\\\|\x07)|[()][A-Z0-9]|[=>78])"
)

Turn = tuple[str, str]  # what is waited for, and what is typed then


class Screen:
    """A terminal of so many columns: what is shown on it, and the keys."""

    def __init__(self, columns: int = 80) -> None:
        self.ours, self.theirs = pty.openpty()
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.raw = ""
        self.seen = 0

    @property
    def shown(self) -> str:
        """What was written, without what steers the terminal."""
        return CODES.sub("", self.raw).replace("\r\n", "\n").replace("\r", "")

    def until(self, text: str) -> None:
        """Wait until this is shown, after what was waited for before."""
        ending = time.monotonic() + ENDING
        while (at := self.shown.find(text, self.seen)) < 0:
            assert self.read(ending), f"{text!r} never came:\n{self.shown[self.seen :]}"
        self.seen = at + len(text)

    def type(self, text: str) -> None:
        os.write(self.ours, text.encode())

    def take(self, turns: Sequence[Turn]) -> None:
        for awaited, text in turns:
            self.until(awaited)
            self.type(text)

    def read(self, ending: float) -> bool:
        ready, _, _ = select.select([self.ours], [], [], max(0, ending - time.monotonic()))
        try:
            piece = os.read(self.ours, 65536) if ready else b""
        except OSError:  # the other end is closed
            return False
        self.raw += piece.decode(errors="replace")
        return bool(piece)


class Process(Screen):
    """A factlog of its own on such a terminal, at which Ctrl-C is a signal."""

    def __init__(self, words: Sequence[str], *, columns: int = 80, **env: str) -> None:
        super().__init__(columns)
        left = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
        self.running = subprocess.Popen(
            [sys.executable, "-m", "factlog", *words],
            stdin=self.theirs,
            stdout=self.theirs,
            stderr=self.theirs,
            env={**left, "TERM": "xterm", **env},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(self.theirs)

    def end(self) -> int:
        """The exit code, once the program has ended."""
        while self.read(time.monotonic() + ENDING):
            pass
        os.close(self.ours)
        return self.running.wait(ENDING)


def typed(
    monkeypatch: pytest.MonkeyPatch,
    words: Sequence[str],
    *turns: Turn,
    columns: int = 80,
    term: str = "xterm",
) -> tuple[int, str]:
    """Run factlog here, on a terminal where each question is answered: exit code and screen."""
    screen = Screen(columns)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", term)
    failed: list[BaseException] = []

    def answer() -> None:
        try:
            screen.take(turns)
            while screen.read(time.monotonic() + ENDING):
                pass
        except BaseException as error:  # told by whoever waits for the program
            failed.append(error)
            screen.type("\x03\x04")

    answering = threading.Thread(target=answer)
    with (
        os.fdopen(screen.theirs, "r", encoding="utf-8") as keys,
        os.fdopen(os.dup(screen.theirs), "w", encoding="utf-8", buffering=1) as glass,
    ):
        monkeypatch.setattr("sys.stdin", keys)
        monkeypatch.setattr("sys.stdout", glass)
        monkeypatch.setattr("sys.stderr", glass)
        answering.start()
        code = alone(partial(run, words))  # which edits lines in a loop
        glass.flush()
    answering.join()
    monkeypatch.undo()
    os.close(screen.ours)
    if failed:
        raise failed[0]
    return code, screen.shown
