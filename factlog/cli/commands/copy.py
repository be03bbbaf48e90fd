"""factlog copy: the record moved whole, from a file to a server or back."""

from __future__ import annotations

from pathlib import Path

import click

from factlog.cli import store_path
from factlog.cli.named_files import missing
from factlog.render.display import safe
from factlog.store import copying
from factlog.store.address import place_of


@click.command()
@click.argument("from_", metavar="FROM")
@click.argument("to", metavar="TO")
def command(from_: str, to: str) -> None:
    """Copy the record at FROM to TO, where there is none yet: log and head stay as they are.

    Each is a file or the address of a database. All of it is there afterwards, held against its
    log, or nothing is. FROM is not changed.

    \b
    factlog copy facts.db postgresql://ada@db.example.org/facts
    factlog copy postgresql://ada@db.example.org/facts facts.db
    """
    source, target = place_of(from_), place_of(to)
    if isinstance(source, Path) and not source.exists():
        raise missing(from_)
    head = copying.copy(source, target, waiting=lambda: click.echo(store_path.LOCKED, err=True))
    click.echo(safe(f"Copied {source} to {target}: its head is {head} in both."))
