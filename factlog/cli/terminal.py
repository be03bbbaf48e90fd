"""What a person sees and is asked: progress, results written out whole, and choices."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from factlog.cli import screen, store_path
from factlog.errors import ReadingError, UsageError
from factlog.patterns import Pattern
from factlog.render import Look
from factlog.render.display import safe
from factlog.store.address import Address

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from factlog.importing import Rows
    from factlog.store.drafts import Draft

Result = TypeVar("Result")

# A list on a terminal is cut after so many rows.
_MOST = 200


def shown(batches: Iterable[list[Draft]], rows: Rows, size: int | None) -> Iterator[list[Draft]]:
    """Pass claims on; on a terminal a bar on stderr shows how far the file has been read."""
    if not size or size < 1_000_000 or not sys.stderr.isatty():
        yield from batches
        return
    with _bar("Reading") as bar:
        task = bar.add_task("", total=size)
        began, count = time.monotonic(), 0
        for batch in batches:
            yield batch
            count += len(batch)
            rate = count / max(time.monotonic() - began, 0.001)
            told = f"{count:,} claims, {rate:,.0f} a second"
            bar.update(task, completed=rows.position, description=told)


def followed(parts: Iterable[Result], total: int) -> Iterator[Result]:
    """Pass parts on; a bar on stderr shows how many are done, if nothing else is on the screen."""
    if total < 2 or not sys.stderr.isatty() or sys.stdout.isatty():
        yield from parts
        return
    with _bar("Comparing") as bar:
        yield from bar.track(parts, total=total, description="")


def _bar(what: str) -> Progress:
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(what),
        BarColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    return Progress(*columns, console=_console())


def _console() -> Console:
    """Where questions and progress are shown: stderr."""
    from rich.console import Console

    plain = not screen.color(terminal=sys.stderr.isatty())
    return Console(stderr=True, no_color=plain, markup=False, emoji=False, highlight=False)


def here(
    output: str | None = None, *, full: bool = False, history: bool = False, wide: bool = False
) -> Look:
    """What the screen in front of the person takes: its width, colour, more than ASCII.

    A file, where there is an `output`, takes every sign, and colour only if it is asked for.
    """
    to_file = output not in (None, "-")
    terminal = not to_file and sys.stdout.isatty()
    color = screen.color(terminal=terminal)
    return Look(
        max(20, screen.columns()),
        color,
        not to_file and screen.plain_ascii(),
        history,
        full,
        wide,
        links=color and terminal,
        most=_MOST if terminal else None,
    )


_ENCODING = ("utf-8", "backslashreplace")  # and what becomes of that which is no character


def write(
    ctx: click.Context,
    text: str | Iterable[str],
    output: str | None = None,
    encoding: tuple[str, str] = _ENCODING,
) -> None:
    """Write text to a file, or to standard output if `output` is None or "-"."""
    pieces = [text] if isinstance(text, str) else text
    number = 1 if output in (None, "-") else _open_number(output or "")
    if number == 1:
        screen.show(iter(pieces))
        return
    path = Path(output or "")
    if number is not None:
        with _opened(ctx, path, number) as stream:
            stream.writelines(pieces)
    elif not _place(ctx, path, lambda fresh: _write_text(fresh, pieces, encoding)):
        with _device(path, encoding) as device:
            device.writelines(pieces)


_OPEN = Pattern("/dev/(?:stdout|stderr|fd/([0-9]{1,4}))|/proc/self/fd/([0-9]{1,4})")


def _open_number(output: str) -> int | None:
    """The number under which a file or pipe was open before factlog ran, if one is named."""
    named = _OPEN.fullmatch(output)
    if named is None:
        return None
    return int(named[1] or named[2] or (1 if output.endswith("out") else 2))


def _opened(ctx: click.Context, path: Path, number: int) -> TextIO:
    """Write to what was open before; what factlog opened itself, as the store, is none of that."""
    try:
        if not os.get_inheritable(number):
            raise _refused(path, "is not open")
        store = store_path.current(ctx).path
        if (
            isinstance(store, Path)
            and store.exists()
            and os.path.samestat(os.fstat(number), store.stat())
        ):
            raise _refused(path, "is the store itself")
        return _text(os.dup(number))
    except OSError as error:
        raise _refused(path, "is not open") from error


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
    if mode is None and not path.parent.is_dir():
        raise _refused(path, "lies in a folder that does not exist")
    if mode is None or stat.S_ISREG(mode):
        if mode is not None and isinstance(store, Path) and store.exists() and path.samefile(store):
            raise _refused(path, "is the store itself")
        if mode is not None and is_a_store(path):
            raise _refused(path, "is a store of claims")
        _replace(path, fill, mode)
        return True
    if stat.S_ISCHR(mode) or stat.S_ISFIFO(mode):
        return False
    raise _refused(path, "is a link" if stat.S_ISLNK(mode) else "is not a regular file")


def _is_journal(path: Path, store: Path | Address) -> bool:
    """Whether SQLite would take the file for part of a store, and delete it in time."""
    from factlog.store.opening import JOURNALS

    for ending in JOURNALS:
        if path.name.endswith(ending):
            beside = path.with_name(path.name.removesuffix(ending) or path.name)
            if beside.is_file() or (
                isinstance(store, Path) and os.path.realpath(beside) == os.path.realpath(store)
            ):
                return True
            # A store that is not there yet would be made beside it, and delete it then.
            if beside.suffix in (".db", ".sqlite", ".sqlite3"):
                return True
    return False


def is_a_store(path: Path) -> bool:
    """Whether a file is a store, of this command or another, by the mark in its header."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        header = file.read(72)
        return header[:15] == b"SQLite format 3" and header[68:] == b"FLOG"
    return False


def _device(path: Path, encoding: tuple[str, str]) -> TextIO:
    """Open a device or pipe to write to; not what was put in its place since it was looked at."""
    number = os.open(path, os.O_WRONLY | os.O_NOFOLLOW)
    mode = os.fstat(number).st_mode
    if not (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)):
        os.close(number)
        raise _refused(path, "is not a regular file")
    return _text(number, encoding)


def _text(number: int, encoding: tuple[str, str] = _ENCODING) -> TextIO:
    return os.fdopen(number, "w", encoding=encoding[0], newline="", errors=encoding[1])


def _write_text(path: Path, pieces: Iterable[str], encoding: tuple[str, str]) -> None:
    with path.open("x", encoding=encoding[0], newline="", errors=encoding[1]) as file:
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
        "Choose another file.",
    )


def ask(question: str, choices: Sequence[str] = (), default: str | None = None) -> str:
    """Ask at the terminal until there is an answer, one of the choices if there are some."""
    from rich.prompt import Prompt
    from rich.text import Text

    if default and not choices:
        question = f"{question} ({safe(default)})"
    otherwise: Any = ... if default is None else default
    try:
        return Prompt.ask(
            Text(question),
            console=_console(),
            choices=list(choices) or None,
            case_sensitive=False,
            show_default=False,
            show_choices=False,
            default=otherwise,
        )
    except (KeyboardInterrupt, EOFError):
        click.echo(err=True)
        raise click.Abort from None


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
    numbers = [str(number) for number in range(1, len(error.choices) + 1)]
    return error.choices[int(ask("Which one is meant", numbers)) - 1]
