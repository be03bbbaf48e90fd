"""factlog trace: how a figure travelled."""

from __future__ import annotations

import click

from factlog.cli import name_lookup, options, store_path
from factlog.cli.terminal import here, write
from factlog.comparer import travel
from factlog.render import travel as trees

FORMATS = ("table", "json")


@click.command()
@click.argument("what", metavar="ID|SUBJECT")
@click.argument("measure", required=False)
@options.as_logged
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context, what: str, measure: str | None, shape: str, output: str | None
) -> None:
    """Show who had a figure first, who cites whom for it, and who repeats it later.

    Of the claim with this ID, or of every figure of SUBJECT that more than one gives. What is
    stated and what is only likely, as odd digits are the same, are told apart; nothing is put
    down by itself.

    \b
    factlog trace 12
    factlog trace "North Korean troops in Russia" killed
    """
    with store_path.opened(ctx) as store:
        if measure is None and what.isascii() and what.isdigit():
            claim = store.claim(int(what))
            subject = claim.statement.subject
            found = travel.traces(store.claims(subject=subject, measure=claim.measure), claim.id)
        else:
            subject, known = name_lookup.sought(store, "subject", what), store.measures()
            if measure is not None:
                named = [name_lookup.measure(store, measure, known)]
            else:
                named = list(dict.fromkeys(c.measure for c in store.claims(subject=subject)))
            found = [
                each
                for name in named
                for each in travel.traces(store.claims(subject=subject, measure=name))
            ]
    write(ctx, trees.traces(found, shape, here(output)), output)
