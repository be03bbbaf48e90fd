"""The screen: what a person asks of it, what it can show, and a pager for more than it holds."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, TypeVar

import click

from factlog.patterns import Pattern

Function = TypeVar("Function", bound=Callable[..., Any])


def _noted(ctx: click.Context, param: click.Parameter, value: str | bool | None) -> None:
    """Keep what is asked for, before the command or after it; the last word counts."""
    if value and param.name == "db":
        ctx.find_root().obj = value
    elif value:
        ctx.meta[f"factlog.{param.name}"] = value


_WORDS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "--db",
        {
            "metavar": "FILE",
            "help": "The store to use, a file or postgresql://... (else FACTLOG_DB, db in "
            "factlog.toml, ./factlog.db, or your data folder).",
        },
    ),
    (
        "--color",
        {
            "type": click.Choice(("auto", "always", "never")),
            "help": "When to use colour (default: auto, which is on a terminal).",
        },
    ),
    ("--no-pager", {"is_flag": True, "help": "Show more than a screen without a pager."}),
)


def options(function: Function) -> Function:
    """`--db`, `--color` and `--no-pager`, which every command takes as well."""
    for name, settings in reversed(_WORDS):
        function = click.option(name, expose_value=False, callback=_noted, **settings)(function)
    return function


def add_options(command: click.Command) -> None:
    """Let a command, and the commands under it, take those options too."""
    if all(each.name != "color" for each in command.params):
        command.params += [
            click.Option([name], expose_value=False, callback=_noted, hidden=True, **settings)
            for name, settings in _WORDS
        ]
    if isinstance(command, click.Group):
        for each in command.commands.values():
            add_options(each)


def asked_for(name: str) -> str | bool | None:
    """What was said of an option that all commands take."""
    ctx = click.get_current_context(silent=True)
    return ctx.meta.get(f"factlog.{name}") if ctx else None


# So wide a screen is none; a longer number is not even read.
_WIDEST = 10_000


def columns() -> int:
    """The columns of COLUMNS, else of the terminal, else 80; shutil, which knows too, is slow."""
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told[:5]) > 0:
        return int(told) if len(told) < 5 else _WIDEST
    return _size()[0] or 80


def _size() -> tuple[int, int]:
    try:
        return os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return 0, 0


def color(*, terminal: bool) -> bool:
    """--color, else NO_COLOR, else FORCE_COLOR; else colour only on a terminal that has it."""
    asked = asked_for("color")
    if asked in ("always", "never"):
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"


def plain_ascii() -> bool:
    """Whether it shows nothing but ASCII."""
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    return not encoding.startswith("utf")


def show(pieces: Iterator[str]) -> None:
    """Write to standard output; on a terminal, more than a screen goes through a pager."""
    terminal = sys.stdout.isatty() and sys.stdin.isatty() and os.environ.get("TERM") != "dumb"
    if not terminal or asked_for("no_pager"):
        for piece in pieces:
            sys.stdout.write(piece)
        return
    first: list[str] = []
    lines, room = 0, _size()[1] or 24
    for piece in pieces:
        first.append(piece)
        lines += piece.count("\n")
        if lines >= room:
            _page(chain(first, pieces))
            return
    sys.stdout.write("".join(first))


# The escape codes of a link, which few pagers but less know.
_LINK = Pattern("\x1b]8;[^\x1b]*\x1b\\\\")


def _page(pieces: Iterable[str]) -> None:
    if "less" not in os.environ.get("PAGER", "less"):
        pieces = (_LINK.sub("", piece) for piece in pieces)
    click.echo_via_pager(pieces)
