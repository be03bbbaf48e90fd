"""Writing results out: to standard output, or to a file that is replaced whole or left alone."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from factlog.cli import place
from factlog.errors import UsageError
from factlog.render import Look


def here(*, history: bool = False, wide: bool = False) -> Look:
    """What the screen in front of the person takes: its width, colour, more than ASCII."""
    return Look(max(20, _columns()), _color(), _plain_ascii(), history, wide)


def _columns() -> int:
    """The columns of COLUMNS, else of the terminal, else 80; shutil, which knows too, is slow."""
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told):
        return int(told)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (OSError, ValueError, AttributeError):
        return 80


def _color() -> bool:
    """Colour only on a terminal that has it, and never with NO_COLOR set."""
    dumb = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not dumb


def _plain_ascii() -> bool:
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    return not encoding.startswith("utf")


def write(ctx: click.Context, text: str | Iterable[str], output: str | None = None) -> None:
    """Write text to a file, or to standard output if `output` is None or "-"."""
    pieces = [text] if isinstance(text, str) else text
    if output is None or output == "-":
        for piece in pieces:
            sys.stdout.write(piece)
        return
    _write_file(Path(output), pieces, place.current(ctx).path)


def _write_file(path: Path, pieces: Iterable[str], store: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        mode = None
    except (NotADirectoryError, ValueError) as error:
        raise _refused(path, "is not a path a file can have") from error
    if mode is None or stat.S_ISREG(mode):
        if mode is not None and store.exists() and path.samefile(store):
            raise _refused(path, "is the store itself")
        _replace(path, pieces, mode)
    elif stat.S_ISCHR(mode) or stat.S_ISFIFO(mode):
        with path.open("w", encoding="utf-8", newline="") as device:
            device.writelines(pieces)
    else:
        raise _refused(path, "is a link" if stat.S_ISLNK(mode) else "is not a regular file")


def _replace(path: Path, pieces: Iterable[str], mode: int | None) -> None:
    """Write beside the file, then put the new one in its place in a single step."""
    import secrets

    fresh = path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}.part")
    try:
        with fresh.open("x", encoding="utf-8", newline="", errors="backslashreplace") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            fresh.chmod(stat.S_IMODE(mode))
        fresh.replace(path)
    except FileNotFoundError as error:
        raise _refused(path, "lies in a folder that does not exist") from error
    except PermissionError as error:
        raise _refused(path, "lies in a folder you may not write to") from error
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def _refused(path: Path, reason: str) -> UsageError:
    return UsageError(
        f"Cannot write {path}: it {reason}; nothing was written.",
        "Choose another file with -o, or leave -o out to write to the screen.",
    )
