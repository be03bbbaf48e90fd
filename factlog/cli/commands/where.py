"""factlog where: which store is used, and why."""

from __future__ import annotations

from pathlib import Path

import click

from factlog.cli import store_path
from factlog.render.display import safe


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Say which store factlog uses here, why, and whether it exists yet."""
    chosen = store_path.current(ctx)
    state = "" if chosen.is_there else "; not made yet, the first add makes it"
    shown = chosen.path.absolute() if isinstance(chosen.path, Path) else chosen.path
    click.echo(safe(f"{shown} ({chosen.why}{state})"))
