"""Writing results out: to standard output, or to a file that is replaced whole or left alone."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterable
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
    path = Path(output)
    if not _place(ctx, path, lambda fresh: _write_text(fresh, pieces)):
        with path.open("w", encoding="utf-8", newline="") as device:
            device.writelines(pieces)


def write_with(ctx: click.Context, fill: Callable[[Path], object], output: str) -> None:
    """Let `fill` write a file, whole or not at all, at the path it is given."""
    if not _place(ctx, Path(output), fill):
        raise _refused(Path(output), "is not a regular file")


def _place(ctx: click.Context, path: Path, fill: Callable[[Path], object]) -> bool:
    """Put a file in its place; False, and nothing done, where there is a device or pipe."""
    store = place.current(ctx).path
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        mode = None
    except (NotADirectoryError, ValueError) as error:
        raise _refused(path, "is not a path a file can have") from error
    if mode is None or stat.S_ISREG(mode):
        if mode is not None and store.exists() and path.samefile(store):
            raise _refused(path, "is the store itself")
        _replace(path, fill, mode)
        return True
    if stat.S_ISCHR(mode) or stat.S_ISFIFO(mode):
        return False
    raise _refused(path, "is a link" if stat.S_ISLNK(mode) else "is not a regular file")


def _write_text(path: Path, pieces: Iterable[str]) -> None:
    with path.open("x", encoding="utf-8", newline="", errors="backslashreplace") as file:
        file.writelines(pieces)


def _replace(path: Path, fill: Callable[[Path], object], mode: int | None) -> None:
    """Write beside the file, then put the new one in its place in a single step."""
    import secrets

    fresh = path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}.part")
    try:
        fill(fresh)
        with fresh.open("rb") as file:
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
