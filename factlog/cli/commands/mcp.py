"""factlog mcp: the record for programs that reason in words."""

from __future__ import annotations

import re
import sys
from io import BufferedIOBase, TextIOWrapper
from typing import BinaryIO

import click

from factlog.cli import store_path
from factlog.errors import MissingPackage


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Let a program read the record, and propose to it, by the Model Context Protocol.

    It is spoken over standard input and output. Five tools read, extract and compare; propose
    puts an article into the inbox of the desk, where a person decides. Nothing is recorded.

    \b
    factlog --db facts.db mcp
    """
    with store_path.opened(ctx) as store:
        path = store.place
    try:
        from factlog.mcp import server
    except ImportError as error:
        raise MissingPackage("Serving programs", "mcp", error) from error
    if sys.stdin.isatty():
        click.echo(
            "Programs start this themselves, and speak to it here. Ctrl-C ends it.", err=True
        )
    sys.stdin = TextIOWrapper(_Whole(sys.stdin.buffer), encoding="utf-8", errors="replace")
    try:
        server(path).run("stdio")
    except* BrokenPipeError:
        pass  # whoever asked is gone


class _Whole(BufferedIOBase):
    """Lines of JSON with � for half a character: to a line that holds one nobody would answer."""

    def __init__(self, lines: BinaryIO) -> None:
        self._lines = lines

    def readable(self) -> bool:
        return True

    def read1(self, _size: int = -1, /) -> bytes:
        return _SIGN.sub(lambda sign: sign[0] if sign[1] else rb"\ufffd", self._lines.readline())


# A backslash, or a character in two halves, both whole; or a half.
_SIGN = re.compile(
    rb"(\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
