"""Signals: Ctrl-C, an end asked for by the system (SIGTERM) or by a closed terminal (SIGHUP).

Until a command runs there is nothing to keep, and the process leaves at once. While it runs, a
signal is an exception, so that what is half-done is undone. Once it is over, nothing changes.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # loaded already; `signal` takes its time
import os
import sys
from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from types import FrameType
    from typing import NoReturn

_SIGINT: int = _signal.SIGINT
# A terminal that closes may send its signal twice: what comes so soon, in seconds, is one.
_ONE = 1.0
# An exception that reached nobody is raised again after so long, in seconds.
_AGAIN = 0.002

_watching = _running = False
_over: int | None = None
_last = -_ONE
_watched: list[int] = []
received: list[int] = []


def watch() -> None:
    """Leave with one line at a signal from now on, as long as no command runs."""
    global _watching, _running, _over
    _watching, _running, _over = True, False, None
    _watch(_SIGINT, _signal.default_int_handler)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(_signal, name):  # there is no SIGHUP on Windows
            _watch(getattr(_signal, name), _signal.SIG_DFL)


def running() -> None:
    """Take signals as exceptions from now on, if this is a process of factlog's own."""
    global _running
    if not _watching:
        return
    _running = True
    sys.unraisablehook = _unraised


def over(code: int) -> int:
    """The command has come to this end: a signal can only hasten it."""
    global _over
    _over = code
    return code


def leave(code: int) -> NoReturn:
    """End the process with this code, whatever signals were taken or still come."""
    if received:  # Python may remember an interrupt that was taken, and die of it
        os._exit(code)
    for number in _watched:  # Python, as it shuts down, would let it kill
        _signal.signal(number, _signal.SIG_IGN)
    sys.exit(code)


def ending() -> int:
    """The exit code of a process that a signal, or the person asked, has ended."""
    return 128 + (received[-1] if received else _SIGINT)


def _watch(number: int, usual: object) -> None:
    """Take a signal, unless whoever started the process wants it ignored, as nohup does."""
    if _signal.getsignal(number) is usual:
        _signal.signal(number, _take)
        _watched.append(number)


def _take(number: int, _frame: FrameType | None) -> None:
    global _last
    before, _last = _last, monotonic()
    if received and _last - before < _ONE:
        return
    if _over is not None:
        os._exit(_over)
    if not _running:
        _leave_early(number)
    received.append(number)
    _raise(number)


def _raise(number: int) -> None:
    if number == _SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)


def _leave_early(number: int) -> None:
    try:
        os.write(2, b"Interrupted: nothing half-done was kept.\n")
    finally:  # whether anybody reads it or not
        os._exit(128 + number)


def _unraised(told: UnraisableHookArgs) -> None:
    """Raise again what was raised where nobody can catch it, as in a finalizer."""
    interrupt = isinstance(told.exc_value, KeyboardInterrupt | SystemExit)
    if received and interrupt and hasattr(_signal, "setitimer"):  # Windows has none
        _signal.signal(_signal.SIGALRM, lambda *_: _raise(received[-1]))
        _signal.setitimer(_signal.ITIMER_REAL, _AGAIN)
    else:
        sys.__unraisablehook__(told)
