"""Reading a long file in a process of its own, while this one records what has been read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from factlog import importing
from factlog.cli import parallel
from factlog.errors import FactlogError
from factlog.importing import Rows
from factlog.store import drafts
from factlog.store.drafts import Draft

TYPE_CHECKING = False
if TYPE_CHECKING:
    from multiprocessing.connection import Connection

LONG = 1 << 20  # bytes of a file that is worth a second process
_AHEAD = 1 << 20  # bytes of drafts that may wait for this one


@contextmanager
def drafted(rows: Rows, size: int | None) -> Iterator[Iterator[list[Draft]]]:
    """The claims of a file, all or none, as drafts of what will be recorded."""
    if size is None or size < LONG or parallel.cores() < 2 or sys.platform != "linux":
        yield drafts.drafted(importing.wanted(rows))
        return
    import fcntl
    from multiprocessing import get_context

    context = get_context("fork")  # which takes the file along as it was opened
    receiving, sending = context.Pipe(duplex=False)
    with suppress(OSError):  # a person may have but so much of pipes; a short one will do
        fcntl.fcntl(sending.fileno(), fcntl.F_SETPIPE_SZ, _AHEAD)
    reader = context.Process(target=_read, args=(rows, sending, receiving), daemon=True)
    started = False
    with suppress(OSError), parallel.undisturbed():
        reader.start()
        started = True
    sending.close()
    if not started:  # no more processes are to be had: this one does it all
        receiving.close()
        yield drafts.drafted(importing.wanted(rows))
        return
    try:
        yield _received(rows, receiving)
    finally:
        receiving.close()
        reader.terminate()
        reader.join()


def _read(rows: Rows, sending: Connection, receiving: Connection) -> None:
    """Send every batch of drafts with how far the file was read, and at last what was found."""
    receiving.close()  # or nobody would hear of the end of the other process
    parallel.begin()
    try:
        for batch in drafts.drafted(importing.wanted(rows)):
            sending.send((rows.position, batch))
    except BrokenPipeError:
        return
    except Exception as error:
        sending.send(error)
    else:
        sending.send(rows.found())


def _received(rows: Rows, receiving: Connection) -> Iterator[list[Draft]]:
    while True:
        try:
            told = receiving.recv()
        except (EOFError, OSError) as error:  # at the end of what it told, or in the middle
            raise FactlogError(
                "The process that read the file was stopped from outside, perhaps for want of "
                "memory; nothing was imported.",
                "Import it again when there is more.",
            ) from error
        if isinstance(told, Exception):
            raise told
        if isinstance(told, dict):
            rows.take_over(told)
            return
        rows.position, batch = told
        yield batch
