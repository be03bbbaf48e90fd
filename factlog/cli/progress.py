"""Progress of long work: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

import click

from factlog.claim import Claim
from factlog.intake import Rows

_EVERY = 2_000


def shown(claims: Iterable[Claim], rows: Rows, size: int | None) -> Iterator[Claim]:
    """Pass claims on; on a terminal a bar on stderr shows how far the file has been read."""
    if not size or size < 1_000_000 or not sys.stderr.isatty():
        yield from claims
        return
    with click.progressbar(
        length=size, label="Reading", file=sys.stderr, show_eta=True, show_pos=False
    ) as bar:
        began = time.monotonic()
        for count, claim in enumerate(claims, 1):
            yield claim
            if count % _EVERY == 0:
                rate = count / max(time.monotonic() - began, 0.001)
                bar.label = f"{count:,} claims, {rate:,.0f} a second"
                bar.update(max(0, rows.position - bar.pos))
