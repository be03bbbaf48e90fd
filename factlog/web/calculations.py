"""What takes long is worked out in a process of its own, so that no other page waits for it.

What was worked out is shown until what the record has become since is worked out as well: a
record that changes faster than it is compared is told of all the same.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from subprocess import DEVNULL, PIPE, Popen
from threading import BoundedSemaphore, Lock, Thread
from typing import Any, Generic, TypeVar

from factlog.errors import UsageError

Result = TypeVar("Result")

_AT_ONCE = 2  # processes, and as many more that are waited for
_KEPT = 100  # results, which is more than one page asks for
# Python on the modules of this one, whichever file that was started from.
_CHILD = "import sys; sys.path[:] = sys.argv[1:]; from factlog.web.calculations import work; work()"


@dataclass(frozen=True)
class RecordState:
    """What is worked out of a record depends on: its last change, and the day."""

    event: int
    head: str
    day: date


@dataclass(frozen=True)
class Outcome(Generic[Result]):
    """What something came to, and of which state of the record."""

    state: RecordState
    result: Result


class Calculations:
    """Results that are being worked out, and the last there was of each.

    `state` tells how the record stands, here and in the processes.
    """

    def __init__(self, state: Callable[[], RecordState]) -> None:
        self._state = state
        self._lock = Lock()
        self._running = set[Hashable]()
        self._done: dict[Hashable, Outcome[Any]] = {}
        self._free = BoundedSemaphore(_AT_ONCE)

    def latest(
        self, now: RecordState, work: Callable[..., Result], *given: Hashable
    ) -> Outcome[Result] | None:
        """What the work last came to; None before that. It is worked out again if that is old."""
        asked = (work.__name__, given)
        with self._lock:
            found = self._done.get(asked)
            if found is None or found.state != now:
                self._start(asked, work, given, now)
            if found is None or not isinstance(found.result, Exception):
                return found
            del self._done[asked]
        if found.state == now:
            raise found.result
        return None

    def awaited(self, work: Callable[..., Result], *given: object) -> Result:
        """What the work comes to, waited for and not kept; refused where others wait already."""
        if not self._free.acquire(blocking=False):
            raise UsageError(
                "The desk is busy with other long work.", "Ask for it again in a moment."
            )
        try:
            found = _answer(_begun(), pickle.dumps((work, given)))
        finally:
            self._free.release()
        if isinstance(found, Exception):
            raise found
        result: Result = found
        return result

    def _start(
        self, asked: Hashable, work: Callable[..., object], given: object, now: RecordState
    ) -> None:
        if asked in self._running or len(self._running) == _AT_ONCE:
            return
        self._running.add(asked)
        request = pickle.dumps((outcome, (self._state, work, given)))
        Thread(target=self._follow, args=(asked, _begun(), request, now), daemon=True).start()

    def _follow(
        self, asked: Hashable, process: Popen[bytes], request: bytes, now: RecordState
    ) -> None:
        """Wait for a result, and keep it in the place of the one before."""
        found = _answer(process, request)
        with self._lock:
            self._running.discard(asked)
            self._done.pop(asked, None)
            self._done[asked] = found if isinstance(found, Outcome) else Outcome(now, found)
            while len(self._done) > _KEPT:
                del self._done[next(iter(self._done))]


def outcome(
    state: Callable[[], RecordState], work: Callable[..., Result], given: tuple[object, ...]
) -> Outcome[Result]:
    """Work something out, of the record as it stands when that begins."""
    return Outcome(state(), work(*given))


def _begun() -> Popen[bytes]:
    command = [sys.executable, "-I", "-c", _CHILD, *sys.path]
    return Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)  # noqa: S603


def _answer(process: Popen[bytes], request: bytes) -> Any:
    """What a process says to a request; that it said nothing, if it was ended."""
    assert process.stdin is not None
    assert process.stdout is not None
    # The pipe stays open as long as this process lives: its end is the end of the other.
    with process, suppress(OSError):
        process.stdin.write(request)
        process.stdin.flush()
        answer = process.stdout.read()
        with suppress(EOFError, pickle.UnpicklingError, TypeError):
            return pickle.loads(answer)  # noqa: S301 -- the words of our own process
    return UsageError(
        "That is too much to be compared at once: its process was ended.",
        "Narrow it to a source, a party or some days.",
    )


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
