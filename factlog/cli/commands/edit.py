"""factlog edit: put a new version in the place of a claim, which stays on record."""

from __future__ import annotations

from typing import Any

import click

from factlog.cli import name_lookup, options, store_path, terminal
from factlog.cli.terminal import here, write
from factlog.definition import Definition
from factlog.errors import UsageError
from factlog.importing.words import mended
from factlog.render import to_text
from factlog.render.display import safe

_Words = tuple[str | None, str | None, str | None]


@click.command(
    cls=options.TakesValues,
)
@click.argument("number", metavar="ID", type=options.WholeNumber(min=1))
@click.argument("value", metavar="[CLAIM]", required=False)
@click.option("--subject", metavar="NAME", help="What it is about.")
@click.option("--measure", metavar="NAME", help="Which number it is.")
@options.statement
@options.defining
@click.pass_context
def command(
    ctx: click.Context,
    /,
    number: int,
    value: str | None,
    definition: str | None,
    includes: str | None,
    excludes: str | None,
    **words: Any,
) -> None:
    """Mend the claim with this ID: give a new CLAIM, other words about it, or both.

    The id stays, and so does the earlier version: see `factlog show ID --history`.
    An empty text blanks what it is given for.

    \b
    factlog edit 3 "about 3,800" --as-of 2025-01-05
    """
    given = {name: word for name, word in words.items() if word is not None}
    counts = (definition, includes, excludes)
    if value is None and not given and counts == (None, None, None):
        raise UsageError(
            "There is nothing to change.", "Give a new value or an option: --as-of 2025-01-05"
        )
    measures = store_path.known_measures(ctx)
    with store_path.opened(ctx) as store:
        old = store.claim(number)
        new, said = old, _mended(store.definitions().get(number, Definition()), counts)
        if value is not None or given:
            (new,) = terminal.until_plain(
                (old.said if value is None else value,),
                lambda plain: mended(old, plain[0], given, measures),
            )
        changed = store.edit(number, new, now=store_path.now(), definition=said)
        hints = name_lookup.unfamiliar_origin(store, changed) if "origin" in given else []
    write(ctx, to_text.recorded((changed,), look=here()))
    for hint in hints:
        click.echo(safe(hint), err=True)


def _mended(had: Definition, counts: _Words) -> Definition:
    """What a claim counts with what was given in the place of what it had; blank words blank it."""
    both = zip(counts, (had.counts, had.includes, had.excludes), strict=True)
    return Definition.of(*(old if new is None else new for new, old in both))
