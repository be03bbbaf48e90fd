"""factlog retract: withdraw a claim, which stays on record."""

from __future__ import annotations

import click

from factlog.cli import options, store_path
from factlog.cli.terminal import here, write
from factlog.render import to_text


@click.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True, type=options.WholeNumber(min=1))
@click.option("--reason", required=True, metavar="TEXT", help="Why it is withdrawn.")
@click.pass_context
def command(ctx: click.Context, ids: tuple[int, ...], reason: str) -> None:
    """Withdraw the claims with these IDs: they stay on record, out of every comparison.

    \b
    factlog retract 3 --reason "the outlet corrected it"
    """
    with store_path.opened(ctx) as store:
        for number in ids:
            claim = store.retract(number, reason, now=store_path.now())
            write(ctx, to_text.retracted(claim, here()))
