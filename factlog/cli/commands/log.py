"""factlog log: every change, and the proof that nothing was changed behind its back."""

from __future__ import annotations

import click

from factlog.cli import days, options, store_path
from factlog.cli.terminal import here, write
from factlog.errors import StoreError, UsageError
from factlog.render import lists

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")


_OF_NOW = "-"  # what --head alone stands for; nothing at all may be a variable that is not set


@click.command()
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the last N changes.")
@click.option(
    "--since",
    metavar="DATE|EVENT",
    help="Only what was done on that day or later, or after that event.",
)
@click.option("--verify", is_flag=True, help="Check the whole record against the log.")
@click.option(
    "--head",
    is_flag=False,
    flag_value=_OF_NOW,
    metavar="[DIGEST]",
    help="Print the digest of the log; with --verify, check against an earlier DIGEST.",
)
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    limit: int | None,
    since: str | None,
    verify: bool,
    head: str | None,
    shape: str,
    output: str | None,
) -> None:
    """List every change, the last first.

    --head prints a short digest of all of them: publish it, or have it timestamped.
    --verify checks every row against the log, and names the first thing that does not fit;
    with --head DIGEST it also proves that nothing from before that digest has changed.
    """
    with store_path.opened(ctx) as store:
        if verify:
            found = store.verify(None if head == _OF_NOW else head)
            if not found.ok:
                raise StoreError(
                    f"The record does not fit its log: {found.problem}",
                    "It was changed behind factlog's back: compare it with a copy you trust.",
                )
            click.echo(f"Everything fits: {found.events:,} events, head {found.head}")
        elif head not in (None, _OF_NOW):
            raise UsageError(
                "A digest is checked with --verify.", f"Write: factlog log --verify --head {head}"
            )
        elif head is not None:
            click.echo(store.head())
        else:
            after = days.since(store, since) if since else 0
            done = [each for each in store.log(limit) if each.id > after]
            write(ctx, lists.events(done, shape, here(output)), output)
