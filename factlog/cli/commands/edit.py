"""factlog edit: put a new version in the place of a claim, which stays on record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from factlog import importing
from factlog.claim import Claim
from factlog.cli import options, store_path, terminal
from factlog.cli.terminal import here, write
from factlog.errors import UsageError
from factlog.render import to_text

_HELD_BY_STATEMENT = ("subject", "source", "via", "url", "quote")
_HELD_BY_CLAIM = ("scope", "origin", "note")


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
            lambda plain: _mended(old, plain[0], given, measures),
        )
        changed = store.edit(number, new, now=store_path.now())
    write(ctx, to_text.recorded((changed,), look=here()))


def _mended(
    old: Claim, value: str, given: dict[str, str], measures: tuple[Any, ...]
) -> tuple[Claim, ...]:
    """The claim with what was given in the place of what it had."""
    said = old.statement
    had = {name: getattr(said, name) for name in _HELD_BY_STATEMENT}
    had |= {name: getattr(old, name) for name in _HELD_BY_CLAIM}
    had |= {
        name: period.said
        for name, period in (("as_of", said.as_of), ("published", said.published))
        if period and name not in given
    }
    had["unit"] = old.estimate.unit if value == old.said else None
    wanted = {**had, **given}
    measure = wanted.pop("measure", None)
    subject = wanted.pop("subject")
    made = importing.claims(subject, (value,), measures=measures, **wanted)
    if len(made) > 1:
        raise UsageError("A claim is one number, and here are two.", "Give one; add the other.")
    named = made[0].measure if measure is None else measure
    untouched = value == old.said and measure is None
    # The words of an unchanged value may have been given in another locale: keep its reading.
    return (
        replace(
            made[0],
            measure=old.measure if untouched or not named else named,
            estimate=old.estimate if untouched and "unit" not in given else made[0].estimate,
        ),
    )
