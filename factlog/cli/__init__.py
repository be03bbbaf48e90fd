"""The front door: the only room that knows click, the clock and exit codes."""

from __future__ import annotations

from collections.abc import Sequence

from factlog.cli import signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["main"]


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run `factlog` with these words (those of the command line if None) and leave."""
    signals.watch()  # before anything of weight is loaded
    from factlog.cli.main import run

    signals.leave(run(args))
