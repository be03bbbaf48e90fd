"""Asking the person at the terminal what factlog must not guess."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from factlog.errors import ReadingError

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
