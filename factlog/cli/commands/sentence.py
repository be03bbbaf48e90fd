"""factlog sentence: what can be printed of a measure, one sentence each."""

from __future__ import annotations

import click

from factlog import comparer
from factlog.claim import Period
from factlog.cli import name_lookup, options, store_path
from factlog.cli.terminal import here, write
from factlog.comparer.publish import sentences
from factlog.errors import NotFound
from factlog.render import lists

FORMATS = ("text", "md", "json")


@click.command(short_help="Print what each source said, in sentences fit to publish.")
@click.argument("subject")
@click.argument("measure", required=False)
@click.option("--as-of", callback=options.a_date, metavar="DATE", help="The record as it stood.")
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    subject: str,
    measure: str | None,
    as_of: Period | None,
    format_: str | None,
    output: str | None,
) -> None:
    """Print one sentence for each measure of SUBJECT: who put it at what, and as of when.

    It says nothing on who is right.

    \b
    factlog sentence "North Korean troops in Russia" casualties
    """
    shape = options.chosen_format(format_, output, FORMATS, "text")
    with store_path.opened(ctx) as store:
        name = name_lookup.sought(store, "subject", subject)
        measures = store.measures()
        wanted = name_lookup.measure(store, measure, measures) if measure else None
        found = comparer.compare(
            store.claims(subject=name), measures=measures, as_of=as_of, limit=0, camps=False
        )
    told = [s for s in sentences(found) if wanted in (None, s.measure)]
    if not told:
        raise NotFound(f'There are no live claims about "{name}" to tell.', "See: factlog list")
    write(ctx, lists.sentences(told, shape, here()), output)
