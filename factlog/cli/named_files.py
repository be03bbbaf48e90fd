"""Files that a person names to be read whole: so many bytes of them and no more."""

from __future__ import annotations

import sys
from pathlib import Path

from factlog.errors import NotFound, UsageError


def read_whole(file: str | Path, most: int) -> bytes:
    """What is in a file, or in standard input for "-"; UsageError beyond so many bytes.

    A device such as /dev/zero has no end and a pipe no size, so it is counted while read.
    """
    if str(file) == "-":
        found = sys.stdin.buffer.read(most + 1)
    else:
        with Path(file).open("rb") as stream:
            found = stream.read(most + 1)
    if len(found) > most:
        name = "Standard input" if str(file) == "-" else file
        raise UsageError(
            f"{name} holds more than {most:,} bytes.", "Name a smaller file, or a part of it."
        )
    return found


def missing(file: str) -> NotFound:
    """The refusal of a file that is not there, or of an address where a file is wanted."""
    if file.startswith(("https://", "http://")):
        return NotFound(
            f"{file} is an address, and a file is wanted.",
            "Save what is there, and name the file that you saved.",
        )
    return NotFound(f"There is no file {file}.", "Check the name and the folder.")


def unreadable(file: str | Path, error: OSError) -> UsageError:
    """The refusal of a folder, or of a file that may not be read."""
    why = (error.strerror or "no access").lower()
    return UsageError(f'Cannot read "{file}": {why}.', "Name a file that you may read.")
