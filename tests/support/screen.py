"""A person at a terminal of their own: what is typed in turn, once the screen asks for it."""

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
import time
from collections.abc import Sequence
from pathlib import Path

ENDING = 30  # seconds within which everything comes
# What steers the cursor and colours.
CODES = re.compile("\x1b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\x1b\x07]*(?:\x1b\\\\|\x07)|[()][A-Z0-9]|[=>78])")

Turn = tuple[str, str]  # what is waited for, and what is typed then


class Terminal:
    """A program running on a terminal of so many columns; `shown` is all it has written."""

    def __init__(self, words: Sequence[str], *, columns: int = 80, **env: str) -> None:
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        left = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
        self.running = subprocess.Popen(
            [sys.executable, "-m", "factlog", *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**left, "TERM": "xterm", **env},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # so that Ctrl-C is a signal
        )
        os.close(theirs)
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
            assert self._read(ending), f"{text!r} never came:\n{self.shown[self.seen :]}"
        self.seen = at + len(text)

    def type(self, text: str) -> None:
        os.write(self.ours, text.encode())

    def end(self) -> int:
        """The exit code, once the program has ended."""
        ending = time.monotonic() + ENDING
        while self._read(ending):
            pass
        os.close(self.ours)
        return self.running.wait(ENDING)

    def _read(self, ending: float) -> bool:
        ready, _, _ = select.select([self.ours], [], [], max(0, ending - time.monotonic()))
        if not ready:
            self.running.kill()
            return False
        try:
            piece = os.read(self.ours, 65536)
        except OSError:  # the other end is closed
            return False
        self.raw += piece.decode(errors="replace")
        return bool(piece)


def typed(
    words: Sequence[str], turns: Sequence[Turn], folder: Path, *, columns: int = 80, **env: str
) -> tuple[int, str]:
    """Run factlog, answer each question in turn; its exit code and all that was shown."""
    terminal = Terminal(
        words, columns=columns, FACTLOG_DB=str(folder / "facts.db"), **env
    )
    for awaited, text in turns:
        terminal.until(awaited)
        terminal.type(text)
    code = terminal.end()
    return code, terminal.shown
