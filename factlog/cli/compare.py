"""factlog compare: figures side by side, where they conflict, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from factlog import render
from factlog.cli import options, place, question
from factlog.cli.exits import DONE, FOUND, NOTHING, WRONG
from factlog.cli.output import here, write
from factlog.comparison import Comparison, Counts

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "html")
STREAMED = ("csv", "tsv", "jsonl")


@click.command(short_help="Show figures side by side, where they conflict, and why.")
@click.argument("subjects", metavar="[SUBJECT]...", nargs=-1)
@question.asked
@click.option("--history", is_flag=True, help="Show earlier figures too.")
@click.option("--wide", is_flag=True, help="One row a measure, a column a source (csv, tsv).")
@click.option("--check", is_flag=True, help="Exit with 1 on a conflict, 3 if nothing compares.")
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    subjects: tuple[str, ...],
    history: bool,
    wide: bool,
    check: bool,
    format_: str | None,
    output: str | None,
    **asked: Any,
) -> int:
    """Show what each source said, side by side, where they conflict, and why.

    Without a SUBJECT, every subject is compared.

    \b
    factlog compare "North Korean troops in Russia"
    factlog compare --only conflict -o conflicts.csv
    """
    shape = options.chosen_format(format_, output, FORMATS)
    tally = Tally()
    with place.opened(ctx) as store:
        wanted = question.understood(store, subjects, **asked)
        found = tally.through(question.answers(store, wanted, streamed=shape in STREAMED))
        kept = question.narrowed(found, wanted)
        written = render.FORMATS[shape](kept, here(history=history, wide=wide))
        try:
            write(ctx, written, output)
        except question.NothingToCompare as error:
            error.exit_code = NOTHING if check else WRONG
            raise
    return tally.exit_code() if check else DONE


class Tally:
    """Counts comparisons as they pass by, so that streamed ones need not be kept."""

    def __init__(self) -> None:
        self.counts = Counts()

    def through(self, comparisons: Iterator[Comparison]) -> Iterator[Comparison]:
        """Pass comparisons on, counting."""
        for comparison in comparisons:
            self.counts += comparison.counts
            yield comparison

    def exit_code(self) -> int:
        """What `--check` leaves with: a conflict found, nothing to compare, or neither."""
        if self.counts.conflicts:
            return FOUND
        return DONE if self.counts.compared else NOTHING
