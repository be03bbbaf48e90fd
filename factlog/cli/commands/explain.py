"""factlog explain: which rules led to a verdict, with the numbers."""

from __future__ import annotations

import click

from factlog import comparer
from factlog.claim import Period
from factlog.cli import days, name_lookup, options, query, store_path
from factlog.cli.terminal import here, write
from factlog.policy import Policy
from factlog.render import to_text


@click.command()
@click.argument("subject")
@click.argument("measure", required=False)
@options.as_of
@options.as_logged
@options.judging
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
@click.pass_context
def command(
    ctx: click.Context,
    subject: str,
    measure: str | None,
    as_of: Period | None,
    policy: Policy,
    output: str | None,
) -> None:
    """Say in plain sentences which rules fired on SUBJECT, which did not, and why.

    \b
    factlog explain "North Korean troops in Russia" casualties
    """
    with store_path.opened(ctx) as store:
        name = name_lookup.sought(store, "subject", subject)
        measures, decisions = store.measures(), store.decisions(days.today())
        explained = comparer.explain(
            store.claims(subject=name),
            measure=name_lookup.measure(store, measure, measures) if measure else None,
            policy=policy,
            measures=measures,
            as_of=as_of,
            decisions=decisions,
            profiles=store.profiles(),
            definitions=store.definitions(),
            repeats=query.repeats(store, decisions, measures),
        )
    write(ctx, to_text.explanation(explained, here(output)), output)
