"""The front door: the only room that knows click, the clock and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(args: Sequence[str] | None = None) -> None:
    """Run `factlog` with these words (those of the command line if None) and leave."""
    from factlog.cli.main import run

    sys.exit(run(args))
