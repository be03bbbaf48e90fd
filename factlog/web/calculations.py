"""What takes long is worked out in a process of its own, so that no other page waits for it."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Hashable
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from threading import Lock, Thread
from typing import Any, TypeVar

from factlog.errors import UsageError

Result = TypeVar("Result")

_AT_ONCE = 2  # processes
_KEPT = 100  # results, which is more than one page asks for
# Python on the modules of this one, whichever file that was started from.
_CHILD = "import sys; sys.path[:] = sys.argv[1:]; from factlog.web.calculations import work; work()"


class Calculations:
    """Results that are being worked out, and those that are kept.

    A result is kept by what it was made of, so whoever asks names the state of the record as well.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: dict[Hashable, Popen[bytes]] = {}
        self._done: dict[Hashable, Any] = {}

    def result(self, state: str, work: Callable[..., Result], *given: Hashable) -> Result | None:
        """What the work comes to; None while it is being worked out."""
        asked = (state, work.__name__, given)
        with self._lock:
            self._drop_passed(state)
            if asked not in self._done:
                if asked not in self._running and len(self._running) < _AT_ONCE:
                    self._start(asked, pickle.dumps((work, given)))
                return None
            found = self._done.pop(asked)
            if not isinstance(found, Exception):
                self._done[asked] = found
        if isinstance(found, Exception):
            raise found
        result: Result = found
        return result

    def _drop_passed(self, state: str) -> None:
        """End what is worked out of a record that was changed since."""
        for asked, process in list(self._running.items()):
            if isinstance(asked, tuple) and asked[0] != state:
                del self._running[asked]
                process.kill()

    def _start(self, asked: Hashable, request: bytes) -> None:
        command = [sys.executable, "-I", "-c", _CHILD, *sys.path]
        process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)  # noqa: S603
        self._running[asked] = process
        Thread(target=self._follow, args=(asked, process, request), daemon=True).start()

    def _follow(self, asked: Hashable, process: Popen[bytes], request: bytes) -> None:
        """Wait for a result, and keep it if it is still wanted."""
        assert process.stdin is not None
        assert process.stdout is not None
        found: Any = UsageError(
            "That is too much to be compared at once: its process was ended.",
            "Narrow it to a source, a party or some days.",
        )
        # The pipe stays open as long as this process lives: its end is the end of the other.
        with process, suppress(OSError):
            process.stdin.write(request)
            process.stdin.flush()
            answer = process.stdout.read()
            with suppress(EOFError, pickle.UnpicklingError, TypeError):
                found = pickle.loads(answer)  # noqa: S301 -- the words of our own process
        with self._lock:
            if self._running.get(asked) is process:
                del self._running[asked]
                self._done[asked] = found
                while len(self._done) > _KEPT:
                    del self._done[next(iter(self._done))]


def work() -> None:
    """Work out what the process that began this one asks for, unless that one ends before."""
    asked, given = pickle.load(sys.stdin.buffer)  # noqa: S301 -- the words of our own process
    Thread(target=_end_with_the_other, daemon=True).start()
    try:
        found = asked(*given)
    except Exception as error:
        found = error
    sys.stdout.buffer.write(pickle.dumps(found))
    sys.stdout.buffer.flush()
    os._exit(0)  # the thread that waits for the end of the other holds its pipe


def _end_with_the_other() -> None:
    sys.stdin.buffer.read()
    os._exit(1)
