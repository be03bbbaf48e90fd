"""The front door: the only room that knows click, the clock and exit codes."""

from __future__ import annotations

import gc
from collections.abc import Sequence

from factlog.cli import signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["main"]

# So many new objects before Python looks for some to drop: loading makes this many, all to be
# kept, and a look after each 700 of them costs a twelfth of the time that a command takes.
_OBJECTS = 50_000


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run `factlog` with these words (those of the command line if None) and leave."""
    signals.watch()  # before anything of weight is loaded
    gc.set_threshold(_OBJECTS)
    from factlog.cli.main import run

    code = run(args)
    gc.freeze()  # all of it goes with the process: to look for circles in it takes a sixth of add
    signals.leave(code)
