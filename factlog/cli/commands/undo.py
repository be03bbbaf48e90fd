"""factlog undo: take back the last change, or any that nothing later rests on."""

from __future__ import annotations

import sys

import click

from factlog.cli import options, store_path
from factlog.cli.terminal import ask
from factlog.errors import UsageError
from factlog.render.display import safe


@click.command()
@click.argument("event", required=False, type=options.WholeNumber(min=1))
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("-n", "--dry-run", is_flag=True, help="Show what it would take back, and stop.")
@click.pass_context
def command(ctx: click.Context, event: int | None, yes: bool, dry_run: bool) -> None:
    """Take back the last change that stands, or EVENT, after showing what it is.

    The change stays in the log, with the undo after it. Undo again to take back the one before.
    An EVENT that a later one rests on is left, and that one is named.
    """
    with store_path.opened(ctx) as store:
        last = store.peek_undo(event)
        if last is None:
            raise UsageError("There is nothing to take back.", "See what was done: factlog log")
        when = f"{last.at:%Y-%m-%d %H:%M:%S} UTC"
        told = f"Event {last.id}, {when}: {last.action}, {safe(last.about)}"
        asked = not (yes or dry_run) and sys.stdin.isatty() and sys.stderr.isatty()
        if asked:
            click.echo(told, err=True)
            if ask("Take it back? [y/N]", ("y", "n"), "n") == "n":
                click.echo("Nothing was taken back.")
                return
        if not dry_run:  # it is done first, and told to whoever still listens
            store.undo(now=store_path.now(), expected=last.id, number=event)
    if not asked:
        click.echo(told)
    if not dry_run:
        click.echo("Taken back; the log keeps both.")
