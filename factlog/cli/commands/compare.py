"""factlog compare: figures side by side, where they conflict, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import click

from factlog import comparer, render
from factlog.cli import options, query, store_path
from factlog.cli.main import DONE, NOTHING, WRONG
from factlog.cli.query import Tally
from factlog.cli.terminal import followed, here, write, write_with
from factlog.errors import UsageError
from factlog.findings import Comparison, Exclusion, Verdict
from factlog.render import Look
from factlog.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.cli.parallel import PartResult
    from factlog.cli.store_path import Record

FORMATS = (*render.FORMATS, "xlsx")
ROWS = ("csv", "tsv")
STREAMED = (*ROWS, "jsonl")
ENGINES = ("duckdb", "spark")

_by_engine = options.stacked(
    click.option("--engine", type=click.Choice(ENGINES), help="Compare Parquet files instead."),
    click.option(
        "--master",
        default=store_path.LOCAL,
        metavar="URL",
        help="Where Spark runs (default: on every core of this machine).",
    ),
)


@click.command()
@click.argument("subjects", metavar="[SUBJECT]...", nargs=-1)
@query.asked
@options.as_logged
@click.option("--full", is_flag=True, help="Every figure side by side too, and why.")
@click.option("--history", is_flag=True, help="Show earlier figures too.")
@click.option("--wide", is_flag=True, help="One row a measure, a column a source (csv, tsv).")
@options.copies_as_one
@click.option("--check", is_flag=True, help="Exit with 1 on a conflict, 3 if nothing compares.")
@_by_engine
@click.option("--subject", "about", multiple=True, metavar="NAME", help="Only this subject.")
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    subjects: tuple[str, ...],
    engine: str | None,
    master: str,
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
    factlog compare --engine spark claims.parquet --master spark://host:7077 -o all.csv
    """
    _see_engine(ctx, engine)
    workbook = shape == "xlsx"
    worded = shape not in ROWS  # rows have no place for camps, nor for sentences
    of_each = _told_of_each(shape, wide=wide)
    asked |= {"camps": worded, "reasons": None if worded else 0, "each_side": of_each}
    tally, named = Tally(), about if engine else (*subjects, *about)
    lake = engine and store_path.opened_lake(ctx, subjects, engine, master)
    with lake or store_path.opened(ctx) as record:
        wanted = query.understood(record, named, **asked)
        look = here(output, full=full, history=history, wide=wide)
        by_subject = full and shape == "table" and not named and _whole(wanted)
        streamed = by_subject or shape in STREAMED
        # What is left out of every subject is counted, so that none is passed over.
        counted = check or shape not in STREAMED or wanted.choice is not None
        left: comparer.Counted = Counter()
        compared = query.answers if engine != "spark" or wanted.subjects else _by_workers
        found = compared(record, wanted, streamed=streamed, counted=counted, left=left)
        each = tally.through(found)
        told = query.narrowed(each, wanted)
        part = wide or named or store_path.recorded_by(ctx) is not None
        if by_subject:
            written = _of_each(each, look, wanted, left)
        elif engine != "duckdb" and streamed and not part:
            written = _of_all(record, wanted, shape, look, tally, left, counted=counted)
        else:
            written = iter("") if workbook else render.FORMATS[shape](told, look)
        with _coded(NOTHING if check else WRONG, of_files=bool(engine)):
            if workbook:
                _write_workbook(ctx, record, told, output)
            else:
                write(ctx, written, output)
    if shape in STREAMED and wanted.choice:
        query.tell_left_out(comparer.left_out(left))
    return tally.exit_code() if check else DONE


@contextmanager
def _coded(code: int, *, of_files: bool) -> Iterator[None]:
    """Exit with this code where there is nothing to compare, in the store or in files."""
    try:
        yield
    except query.NothingToCompare as error:
        error.exit_code = code
        if of_files:
            error.remedy = "Name files that hold more, or ask for less."
        raise


def _told_of_each(shape: str, *, wide: bool) -> tuple[Verdict, ...]:
    """Of which verdicts each figure has its worst: in rows, and in workbooks, of every one."""
    return tuple(Verdict) if shape == "xlsx" or (shape in ROWS and not wide) else ()


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
    return not wanted.measures and not wanted.copies


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


def _see_engine(ctx: click.Context, engine: str | None) -> None:
    """Refuse to be told where Spark runs if it is not to run; as a default it waits for that."""
    given = ctx.get_parameter_source("master") is click.core.ParameterSource.COMMANDLINE
    if given and engine != "spark":
        raise UsageError(
            "--master says where Spark runs, and nothing is asked of Spark.",
            "Write --engine spark too, or leave out --master.",
        )


def _by_workers(
    record: Record,
    wanted: query.Question,
    *,
    streamed: bool,
    counted: bool,
    left: comparer.Counted,
) -> Iterator[Comparison]:
    """What is asked about every subject of a lake, compared by its workers."""
    from factlog.cli import workers

    assert isinstance(record, workers.SparkLake)
    return workers.answers(record, wanted, streamed=streamed, counted=counted, left=left)


def _of_all(
    record: Record,
    wanted: query.Question,
    shape: str,
    look: Look,
    tally: Tally,
    left: comparer.Counted,
    *,
    counted: bool,
) -> Iterator[str]:
    """Every subject compared and written, part by part."""
    parts, found = _parts(record, wanted, shape, look, counted=counted)
    for number, done in enumerate(followed(found, parts)):
        tally.add(done.counts, done.still_open, some=done.some)
        left.update(done.left)
        yield from done.pieces[1:] if number and shape != "jsonl" else done.pieces
    if not tally.some and not _anything(record, wanted, left, counted=counted):
        raise query.nothing(wanted, left)


def _anything(
    record: Record, wanted: query.Question, left: comparer.Counted, *, counted: bool
) -> bool:
    """Whether there is something to compare, of which nothing is told."""
    if isinstance(record, Store):
        return query.anything(record, wanted, left)
    from factlog.cli import workers

    assert isinstance(record, workers.SparkLake)
    screened = query.suspected(wanted, counted=counted) is not None
    return screened and workers.anything(record, wanted)


def _parts(
    record: Record, wanted: query.Question, shape: str, look: Look, *, counted: bool
) -> tuple[int, Iterator[PartResult]]:
    """How many parts there are, if that is known, and the text of each in order."""
    if isinstance(record, Store):
        from factlog.cli import parallel, remembering  # which load what runs on several cores

        task = parallel.Task(record.place, wanted, shape, look, counted)
        return remembering.compared(record, task)
    from factlog.cli import workers

    assert isinstance(record, workers.SparkLake)
    return 0, workers.parts(record, wanted, shape, look, counted=counted)
