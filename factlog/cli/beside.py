"""Work in a process of its own, whose results this one takes one after another."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from factlog.cli import processes
from factlog.errors import FactlogError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from multiprocessing.connection import Connection

LONG = 1 << 20  # bytes of a file that is worth a second process
_AHEAD = 1 << 20  # bytes of results that may wait for this one

Result = TypeVar("Result")


@contextmanager
def working(
    work: Callable[[], Iterator[Result]], stopped: FactlogError
) -> Iterator[Iterator[Result] | None]:
    """What `work` gives, made beside this process; None where there is no core or process for it.

    The other process has everything as it is now. `stopped` is raised where it is ended from
    outside, and what it raises is raised here.
    """
    if processes.cores() < 2 or sys.platform != "linux":
        yield None
        return
    import fcntl
    from multiprocessing import get_context

    context = get_context("fork")  # which takes files along as they were opened
    receiving, sending = context.Pipe(duplex=False)
    with suppress(OSError):  # a person may have but so much of pipes; a short one will do
        fcntl.fcntl(sending.fileno(), fcntl.F_SETPIPE_SZ, _AHEAD)
    worker = context.Process(target=_send, args=(work, sending, receiving), daemon=True)
    started = False
    with suppress(OSError), processes.undisturbed():
        worker.start()
        started = True
    sending.close()
    try:
        yield received(receiving, stopped) if started else None
    finally:
        receiving.close()
        if started:
            worker.terminate()
            worker.join()


def _send(work: Callable[[], Iterator[Result]], sending: Connection, receiving: Connection) -> None:
    """Send each result; at last that there are no more, or the error that ended the work."""
    receiving.close()  # or nobody would hear of the end of the other process
    processes.begin()
    try:
        for each in work():
            sending.send((each,))
    except BrokenPipeError:
        return
    except Exception as error:
        sending.send(error)
    else:
        sending.send(())


def received(receiving: Connection, stopped: FactlogError) -> Iterator[Result]:
    """What was sent, up to the word that there is no more."""
    while True:
        try:
            told = receiving.recv()
        except (EOFError, OSError) as error:  # at the end of what it told, or in the middle
            raise stopped from error
        if isinstance(told, Exception):
            raise told
        if not told:
            return
        yield told[0]
