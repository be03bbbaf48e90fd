"""factlog mcp: the record for programs that reason in words."""

from __future__ import annotations

import sys

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
    server(path).run("stdio")
