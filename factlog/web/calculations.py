"""What takes long is worked out in a process of its own, so that no other page waits for it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Hashable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, TypeVar

Result = TypeVar("Result")

_AT_ONCE = 2  # processes
_KEPT = 40  # results


class Calculations:
    """Results that are being worked out, and those that are kept.

    A result is kept by what it was made of, so whoever asks names the head of the log as well.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: dict[Hashable, Connection] = {}
        self._done: dict[Hashable, Any] = {}

    def result(self, head: str, work: Callable[..., Result], *given: Hashable) -> Result | None:
        """What the work comes to; None while it is being worked out."""
        asked = (head, work.__name__, given)
        with self._lock:
            self._collect()
            if asked not in self._done:
                if asked not in self._running and len(self._running) < _AT_ONCE:
                    self._running[asked] = _started(work, given)
                return None
            found = self._done.pop(asked)
            if found is not None:
                self._done[asked] = found
        # Where its process came to grief, the one who asks is told why.
        result: Result = work(*given) if found is None else found
        return result

    def _collect(self) -> None:
        """Take what is done."""
        for asked, end in list(self._running.items()):
            if end.poll():
                del self._running[asked]
                self._done[asked] = None
                with suppress(EOFError, OSError), end:
                    self._done[asked] = end.recv()
        while len(self._done) > _KEPT:
            del self._done[next(iter(self._done))]


def _started(work: Callable[..., object], given: tuple[Hashable, ...]) -> Connection:
    """The end at which the result of a new process comes in. Ctrl-C is no business of it."""
    spawned = get_context("spawn")
    end, other = spawned.Pipe(duplex=False)
    process = spawned.Process(target=_work, args=(other, work, given), daemon=True)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    other.close()
    return end


def _work(end: Connection, work: Callable[..., object], given: tuple[Hashable, ...]) -> None:
    with suppress(Exception), end:  # nothing sent says that it came to grief
        end.send(work(*given))
