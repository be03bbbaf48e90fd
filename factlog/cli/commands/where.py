"""factlog where: which store is used, and why."""

from __future__ import annotations

import click

from factlog.cli import store_path
from factlog.render.display import safe


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Say which store factlog uses here, why, and whether it exists yet."""
    chosen = store_path.current(ctx)
    state = "" if chosen.path.exists() else "; not made yet, the first add makes it"
    click.echo(safe(f"{chosen.path.absolute()} ({chosen.why}{state})"))
