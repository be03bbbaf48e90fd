"""factlog sentence: what can be printed of a measure, one sentence each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from factlog import comparer
from factlog.cli import options, query, store_path
from factlog.cli.terminal import here, write
from factlog.comparer.publish import sentences
from factlog.errors import NotFound
from factlog.render import lists, summary
from factlog.render.display import safe

FORMATS = ("text", "md", "json")


@click.command()
@click.argument("subject", required=False)
@click.argument("measure", required=False)
@query.chosen
@options.as_logged
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    subject: str | None,
    measure: str | None,
    measures: tuple[str, ...],
    shape: str,
    output: str | None,
    **asked: Any,
) -> None:
    """Print one sentence for each measure of SUBJECT: who put it at what, and as of when.

    Without a SUBJECT, every subject is told of. It says nothing on who is right: the policy
    decides only who of many is named, being of the three gravest contradictions.

    \b
    factlog sentence "North Korean troops in Russia" casualties
    """
    named = (*measures, measure) if measure else measures
    with store_path.opened(ctx) as store:
        wanted = query.understood(store, (subject,) if subject else (), measures=named, **asked)
        # A sum is told with its parts, so that those are compared too.
        (found,) = query.answers(store, replace(wanted, measures=(), only=None), streamed=False)
    kept = comparer.restrict(found, wanted.measures) if wanted.measures else found
    (kept,) = query.narrowed(iter((kept,)), wanted)
    asked_for = {(s.subject, each.measure) for s in kept.subjects for each in s.measures}
    printed = comparer.led(sentences(found), found)
    told = [each for each in printed if (each.subject, each.measure) in asked_for]
    query.tell_left_out(found.without)
    for note in summary.decided_otherwise(found, asked_for):
        click.echo(safe(note), err=True)
    if not asked_for:
        raise NotFound("No measure fits what was asked for.", "Ask for less, or: factlog compare")
    write(ctx, lists.sentences(told, shape, here()), output)
