"""Reading a long file in a process of its own, while this one records what has been read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from factlog import importing
from factlog.cli import beside
from factlog.errors import FactlogError
from factlog.importing import Rows
from factlog.store import drafts
from factlog.store.drafts import Draft


@contextmanager
def drafted(rows: Rows, size: int | None) -> Iterator[Iterator[list[Draft]]]:
    """The claims of a file, all or none, as drafts of what will be recorded."""
    if size is None or size < beside.LONG:
        yield drafts.drafted(importing.wanted(rows))
        return
    stopped = FactlogError(
        "The process that read the file was stopped from outside, perhaps for want of "
        "memory; nothing was imported.",
        "Import it again when there is more.",
    )
    with beside.working(partial(_read, rows), stopped) as reading:
        if reading is None:
            yield drafts.drafted(importing.wanted(rows))
        else:
            yield _received(rows, reading)


def _read(rows: Rows) -> Iterator[Any]:
    """Every batch of drafts with how far the file was read, and at last what was found."""
    for batch in drafts.drafted(importing.wanted(rows)):
        yield rows.position, drafts.packed(batch)
    yield rows.found()


def _received(rows: Rows, reading: Iterator[Any]) -> Iterator[list[Draft]]:
    for told in reading:
        if isinstance(told, dict):
            rows.take_over(told)
        else:
            rows.position, packed = told
            yield drafts.unpacked(packed)
