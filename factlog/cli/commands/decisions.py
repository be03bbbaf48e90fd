"""factlog decisions: what was decided, and what has to be looked at again."""

from __future__ import annotations

import click

from factlog.cli import days, name_lookup, options, store_path
from factlog.cli.terminal import here, write
from factlog.render import lists

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")


@click.command()
@click.argument("subjects", metavar="[SUBJECT]...", nargs=-1)
@click.option("--stale", is_flag=True, help="Only those that have to be looked at again.")
@click.option("--all", "every", is_flag=True, help="Those that a later one has replaced too.")
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    subjects: tuple[str, ...],
    stale: bool,
    every: bool,
    shape: str,
    output: str | None,
) -> None:
    """List the decisions that stand, oldest first.

    A decision is stale once its review date has passed, or its measure's claims have changed.
    """
    with store_path.opened(ctx) as store:
        names = name_lookup.subjects(store, subjects)
        found = store.decisions(days.today(), names, every=True)
        kept = [each for each in found if every or each.replaced_by is None]
        chosen = [each for each in kept if each.stale or not stale]
        left_out = 0 if stale else len(found) - len(kept)
        write(ctx, lists.decisions(chosen, shape, here(output), left_out), output)
