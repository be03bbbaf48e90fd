"""factlog compare: figures side by side, where they conflict, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import Any

import click

from factlog import comparer, render
from factlog.cli import options, query, store_path
from factlog.cli.main import DONE, NOTHING, WRONG
from factlog.cli.query import Tally
from factlog.cli.terminal import followed, here, write, write_with
from factlog.findings import Comparison, Exclusion
from factlog.render import Look
from factlog.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.cli.store_path import Record

FORMATS = (*render.FORMATS, "xlsx")
ROWS = ("csv", "tsv")
STREAMED = (*ROWS, "jsonl")


@click.command()
@click.argument("subjects", metavar="[SUBJECT]...", nargs=-1)
@query.asked
@options.as_logged
@click.option("--full", is_flag=True, help="Every figure side by side too, and why.")
@click.option("--history", is_flag=True, help="Show earlier figures too.")
@click.option("--wide", is_flag=True, help="One row a measure, a column a source (csv, tsv).")
@options.copies_as_one
@click.option("--check", is_flag=True, help="Exit with 1 on a conflict, 3 if nothing compares.")
@click.option("--engine", type=click.Choice(["duckdb"]), help="Compare Parquet files instead.")
@click.option("--subject", "about", multiple=True, metavar="NAME", help="Only this subject.")
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    subjects: tuple[str, ...],
    engine: str | None,
    about: tuple[str, ...],
    full: bool,
    history: bool,
    wide: bool,
    check: bool,
    shape: str,
    output: str | None,
    **asked: Any,
) -> int:
    """Show what each source said, side by side, where they conflict, and why.

    Without a SUBJECT, every subject is compared. With --engine, claims are compared where
    they lie, in the Parquet files named in place of subjects.

    \b
    factlog compare "North Korean troops in Russia"
    factlog compare --only conflict -o conflicts.csv
    factlog compare --engine duckdb claims.parquet --only conflict -f csv
    """
    workbook = shape == "xlsx"
    asked["each_side"] = workbook or (shape in ROWS and not wide)  # each row has its worst
    tally = Tally()
    named = about if engine else (*subjects, *about)
    reads = closing(store_path.opened_lake(ctx, subjects)) if engine else store_path.opened(ctx)
    with reads as record:
        worded = shape not in ROWS  # rows have no place for camps, nor for sentences
        wanted = query.understood(record, named, camps=worded, reasons=worded, **asked)
        look = here(output, full=full, history=history, wide=wide)
        by_subject = full and shape == "table" and not named and _whole(wanted)
        streamed = by_subject or shape in STREAMED
        # What is left out of every subject is counted, so that none is passed over.
        counted = check or shape not in STREAMED or wanted.choice is not None
        left: comparer.Counted = Counter()
        found = query.answers(record, wanted, streamed=streamed, counted=counted, left=left)
        each = tally.through(found)
        told = query.narrowed(each, wanted)
        part = wide or named or store_path.recorded_by(ctx) is not None
        if by_subject:
            written = _of_each(each, look, wanted, left)
        elif isinstance(record, Store) and streamed and not part:
            written = _of_all(record, wanted, shape, look, tally, left, counted=counted)
        else:
            written = iter("") if workbook else render.FORMATS[shape](told, look)
        try:
            if workbook:
                _write_workbook(ctx, record, told, output)
            else:
                write(ctx, written, output)
        except query.NothingToCompare as error:
            error.exit_code = NOTHING if check else WRONG
            raise
    if shape in STREAMED and wanted.choice:
        query.tell_left_out(comparer.left_out(left))
    return tally.exit_code() if check else DONE


def _write_workbook(
    ctx: click.Context, record: Record, found: Iterator[Comparison], output: str | None
) -> None:
    """Write a workbook: the comparison, its claims, its measures and its policy."""
    from factlog.render import to_xlsx

    target = options.file_named(output, "xlsx")
    measures, given = record.measures(), partial(record.claims, as_given=True)
    write_with(ctx, lambda to: to_xlsx.comparison(to, found, given, measures), target)


def _whole(wanted: query.Question) -> bool:
    """Whether subjects can be told one by one, each as it would be among all the others."""
    return not wanted.measures and not wanted.copies and wanted.limit != 0


def _of_each(
    found: Iterator[Comparison], look: Look, wanted: query.Question, left: comparer.Counted
) -> Iterator[str]:
    """Every subject side by side, the worst first."""
    from factlog.cli import full_table

    def narrowed(each: Comparison) -> Comparison:
        return next(query.narrowed(iter([each]), wanted))

    def without() -> tuple[Exclusion, ...] | None:
        return comparer.left_out(left) if wanted.choice else None

    return full_table.written(found, look, narrowed, without)


def _of_all(
    store: Store,
    wanted: query.Question,
    shape: str,
    look: Look,
    tally: Tally,
    left: comparer.Counted,
    *,
    counted: bool,
) -> Iterator[str]:
    """Every subject compared and written, part by part."""
    from factlog.cli import parallel, remembering  # which load what runs on several cores

    task = parallel.Task(store.place, wanted, shape, look, counted)
    parts, found = remembering.compared(store, task)
    for number, done in enumerate(followed(found, parts)):
        tally.add(done.counts, done.still_open, some=done.some)
        left.update(done.left)
        yield from done.pieces[1:] if number and shape != "jsonl" else done.pieces
    if not tally.some and not query.anything(store, wanted, left):
        raise query.nothing(wanted, left)
