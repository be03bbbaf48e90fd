"""Claims that lie in Parquet files, opened to be compared there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from factlog.cli import place
from factlog.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.store.parquet.asking import Lake


def opened(ctx: click.Context, files: Sequence[str]) -> Lake:
    """Open the files, to be compared by the measures that are known here."""
    from factlog.store.parquet.asking import Lake

    if not files:
        raise UsageError(
            "--engine compares Parquet files, and none is named.",
            "Name them: factlog compare --engine duckdb claims.parquet",
        )
    return Lake([Path(file) for file in files], place.known_measures(ctx))
