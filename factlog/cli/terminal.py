"""What a person sees and is asked: progress, results written out whole, and choices."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO, TypeVar

import click

from factlog.claim import Claim
from factlog.cli import store_path
from factlog.errors import ReadingError, UsageError
from factlog.importing import Rows
from factlog.render import Look

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


def here(*, history: bool = False, wide: bool = False) -> Look:
    """What the screen in front of the person takes: its width, colour, more than ASCII."""
    return Look(max(20, _columns()), _color(), _plain_ascii(), history, wide)


_WIDEST = 10_000


def _columns() -> int:
    """The columns of COLUMNS, else of the terminal, else 80; shutil, which knows too, is slow."""
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told[:5]) > 0:
        return int(told) if len(told) < 5 else _WIDEST
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
    if output in (None, "-", "/dev/stdout"):
        for piece in pieces:
            sys.stdout.write(piece)
        return
    path = Path(output or "")
    if not _place(ctx, path, lambda fresh: _write_text(fresh, pieces)):
        with _device(path) as device:
            device.writelines(pieces)


def write_with(ctx: click.Context, fill: Callable[[Path], object], output: str) -> None:
    """Let `fill` write a file, whole or not at all, at the path it is given."""
    if not _place(ctx, Path(output), fill):
        raise _refused(Path(output), "is not a regular file")


def _place(ctx: click.Context, path: Path, fill: Callable[[Path], object]) -> bool:
    """Put a file in its place; False, and nothing done, where there is a device or pipe."""
    store = store_path.current(ctx).path
    if _is_journal(path, store):
        raise _refused(path, "is where a store keeps what it is about to write")
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


_JOURNALS = ("-journal", "-wal", "-shm")


def _is_journal(path: Path, store: Path) -> bool:
    """Whether SQLite would take the file for part of a store, and delete it in time."""
    for ending in _JOURNALS:
        if path.name.endswith(ending):
            beside = path.with_name(path.name.removesuffix(ending) or path.name)
            if beside.is_file() or os.path.realpath(beside) == os.path.realpath(store):
                return True
    return False


def _device(path: Path) -> TextIO:
    """Open a device or pipe to write to; not what was put in its place since it was looked at."""
    number = os.open(path, os.O_WRONLY | os.O_NOFOLLOW)
    mode = os.fstat(number).st_mode
    if not (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)):
        os.close(number)
        raise _refused(path, "is not a regular file")
    return os.fdopen(number, "w", encoding="utf-8", newline="", errors="backslashreplace")


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


Result = TypeVar("Result")


def until_plain(words: Sequence[str], read: Callable[[Sequence[str]], Result]) -> Result:
    """Read the words; on a terminal, ask about each that could be two things and read again.

    Elsewhere, and for words that can be read no way at all, the reader's own error passes.
    """
    plain = list(words)
    while True:
        try:
            return read(plain)
        except ReadingError as error:
            place = _asked_about(error, plain)
            if place is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise
            before, _, after = plain[place].partition(error.text)
            plain[place] = before + _choice(error) + after


def _asked_about(error: ReadingError, words: Sequence[str]) -> int | None:
    """Find which of the words the error is about, if it offers a choice."""
    if not error.choices or not error.text:
        return None
    return next((i for i, word in enumerate(words) if error.text in word), None)


def _choice(error: ReadingError) -> str:
    click.echo(error.problem, err=True)
    for number, choice in enumerate(error.choices, 1):
        click.echo(f"  {number}  {choice}", err=True)
    asked = click.prompt("Which one is meant", type=click.IntRange(1, len(error.choices)), err=True)
    return error.choices[int(asked) - 1]
