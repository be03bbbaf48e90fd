"""factlog list: the claims on record."""

from __future__ import annotations

from collections.abc import Iterable

import click

from factlog import comparer
from factlog.claim import Claim, Period, defining
from factlog.cli import days, name_lookup, options, store_path
from factlog.cli.terminal import here, write
from factlog.render import lists

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")


@click.command()
@click.option("--subject", metavar="NAME", help="Only claims about this subject.")
@click.option("--measure", metavar="NAME", help="Only claims of this measure.")
@click.option("--source", metavar="NAME", help="Only claims by this source.")
@click.option("--since", callback=options.a_date, metavar="DATE", help="Only for then or later.")
@click.option("--until", callback=options.a_date, metavar="DATE", help="Only for then or before.")
@options.as_logged
@click.option(
    "--recorded-since",
    metavar="DATE|EVENT",
    help="Only what was logged on that day or later, or after that event.",
)
@click.option(
    "--search",
    metavar="WORDS",
    help="Only with these words in subject, measure, source, value, unit, quote, outlet or note.",
)
@click.option("--retracted", is_flag=True, help="Retracted claims too.")
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    subject: str | None,
    measure: str | None,
    source: str | None,
    since: Period | None,
    until: Period | None,
    recorded_since: str | None,
    search: str | None,
    retracted: bool,
    shape: str,
    output: str | None,
) -> None:
    """List the claims in the order they were recorded."""
    with store_path.opened(ctx) as store:
        found: Iterable[Claim] = store.claims(
            subject=name_lookup.sought(store, "subject", subject) if subject else None,
            measure=name_lookup.measure(store, measure, store.measures()) if measure else None,
            source=name_lookup.sought(store, "source", source) if source else None,
            search=search,
            retracted=retracted,
        )
        if recorded_since is not None:
            logged, _renamed = store.touched_since(days.since(store, recorded_since))
            found = (claim for claim in found if claim.id in logged)
        chosen = defining(comparer.select(found, since=since, until=until), store.definitions())
        write(ctx, lists.claims(chosen, shape, here(output)), output)
