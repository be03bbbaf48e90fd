"""factlog edit: put a new version in the place of a claim, which stays on record."""

from __future__ import annotations

from typing import Any

import click

from factlog.cli import options, store_path, terminal
from factlog.cli.terminal import here, write
from factlog.errors import UsageError
from factlog.importing.words import mended
from factlog.render import to_text


@click.command(
    short_help="Mend a claim; the earlier version stays on record.",
    cls=options.TakesValues,
)
@click.argument("number", metavar="ID", type=click.IntRange(min=1))
@click.argument("value", metavar="[CLAIM]", required=False)
@click.option("--subject", metavar="NAME", help="What it is about.")
@click.option("--measure", metavar="NAME", help="Which number it is.")
@click.option("--source", metavar="NAME", help="Who says so.")
@click.option("--unit", metavar="UNIT", help="The unit of the value.")
@click.option("--via", metavar="OUTLET", help="Who reported it.")
@click.option("--url", metavar="URL", help="Where it can be read.")
@click.option(
    "--as-of", callback=options.day_in_words, metavar="DATE", help="The date the figure is for."
)
@click.option(
    "--published", callback=options.day_in_words, metavar="DATE", help="The date it was said."
)
@click.option("--date-format", metavar="FORMAT", help="How dates are written: %d/%m/%Y.")
@click.option("--scope", metavar="TEXT", help="A limit on what was counted.")
@click.option("--origin", metavar="NAME", help="Whom the source itself cites.")
@click.option("--quote", metavar="TEXT", help="The words of the statement.")
@click.option("--note", metavar="TEXT", help="A remark of your own.")
@click.option("--locale", metavar="LOCALE", help="How numbers are written: de_DE.")
@click.pass_context
def command(ctx: click.Context, /, number: int, value: str | None, **words: Any) -> None:
    """Mend the claim with this ID: give a new CLAIM, other words about it, or both.

    The id stays, and so does the earlier version: see `factlog show ID --history`.
    An empty text blanks what it is given for.

    \b
    factlog edit 3 "about 3,800" --as-of 2025-01-05
    """
    given = {name: word for name, word in words.items() if word is not None}
    if value is None and not given:
        raise UsageError(
            "There is nothing to change.", "Give a new value or an option: --as-of 2025-01-05"
        )
    measures = store_path.known_measures(ctx)
    with store_path.opened(ctx) as store:
        old = store.claim(number)
        (new,) = terminal.until_plain(
            (old.said if value is None else value,),
            lambda plain: mended(old, plain[0], given, measures),
        )
        changed = store.edit(number, new, now=store_path.now())
    write(ctx, to_text.recorded((changed,), look=here()))
