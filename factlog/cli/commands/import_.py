"""factlog import: take in claims from a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import chain, islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

import click

from factlog import importing
from factlog.claim import Claim, defining
from factlog.cli import drafting, import_profile, import_report, store_path, terminal
from factlog.cli.named_files import missing, unreadable
from factlog.cli.terminal import write
from factlog.errors import UsageError
from factlog.importing import Columns, Rows
from factlog.policy import Kind
from factlog.render.display import safe
from factlog.store import drafts
from factlog.store.drafts import Draft
from factlog.wording import counted

FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx", "ods", "parquet")
_SUFFIXES = {
    **dict.fromkeys((".xlsm", ".xltx", ".xltm"), "xlsx"),
    **dict.fromkeys((".ods", ".ots"), "ods"),
    ".parquet": "parquet",
}


def _pairs(_ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Turn as_of=date into a mapping, refusing what has no = or names no column of ours."""
    from factlog.importing.columns import NAMED, others

    found = {}
    for value in values:
        column, sign, other = value.partition("=")
        column = column.strip().lower().replace("-", "_")
        if not sign or column not in NAMED:
            raise UsageError(
                f"{param.opts[0]} {value}: before the = stands one of factlog's columns.",
                others(column),
            )
        found[column] = other.strip()
    return found


def _columns(
    _ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """Turn killed=Dead into a mapping of any names."""
    found = {}
    for value in values:
        name, sign, column = (part.strip() for part in value.partition("="))
        if not (name and sign and column):
            raise UsageError(
                f"{param.opts[0]} {value}: an = stands between two names.",
                f"Write it like {param.opts[0]} {param.metavar}.",
            )
        if name in found:
            raise UsageError(f"{param.opts[0]} {name} is given twice.", "Keep one of the two.")
        found[name] = column
    return found


def _day(_ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise UsageError(
            f"{param.opts[0]} {value}: this is no day.", "Write it like 2022-02-24."
        ) from None


class _ImportCommand(click.Command):
    """A command whose options are listed by what they are for."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each group under its title."""
        records = {
            param.name: record
            for param in self.get_params(ctx)
            if isinstance(param, click.Option)
            and (record := param.get_help_record(ctx)) is not None
        }
        for title, listed in _GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([records.pop(name) for name in listed])
        with formatter.section("Options"):
            formatter.write_dl([*records.values()])


_GROUPS = {
    "Columns": ("sheet", "mapping", "fixed", "measure_columns", "dates_across", "profile"),
    "Cells": (
        *("date_formats", "days_from", "locale", "language", "unit", "split_via"),
        *("at_least_if", "at_most_if", "about_if"),
    ),
    "Measures": ("kind",),
    "Bad rows": ("skip_bad", "reject"),
}


def _flag(words: str, what: str, mark: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        f"--{words.replace(' ', '-')}-if",
        multiple=True,
        callback=_columns,
        metavar="[MEASURE:]COLUMN=MARK",
        help=f"Where this column holds MARK, the value is {what}: {mark}.",
    )


@click.command("import", cls=_ImportCommand)
@click.argument("file", metavar="FILE|-")
@click.option(
    "--map",
    "--column",
    "mapping",
    multiple=True,
    callback=_pairs,
    metavar="OURS=THEIRS",
    help="The column of the file that holds one of ours: as_of=date, or as_of=From/To where two "
    "hold the first and last days. n=COLUMN is the size of a sample, which gives a share its 95% "
    "margin.",
)
@click.option(
    "--set",
    "fixed",
    multiple=True,
    callback=_pairs,
    metavar="OURS=VALUE",
    help='Fill a column with one value: subject="Ukraine war".',
)
@click.option(
    "--measures",
    "measure_columns",
    multiple=True,
    callback=_columns,
    metavar="MEASURE=COLUMN",
    help="A claim a row from each such column: killed=Dead.",
)
@click.option(
    "--dates-across",
    metavar="FORMAT",
    help="A claim a row from each column headed by a date: %m/%d/%y.",
)
@click.option(
    "--profile",
    metavar="FILE",
    help="Keep these options in FILE (toml), or take them from it if it is there.",
)
@click.option(
    "--date-format",
    "date_formats",
    multiple=True,
    metavar="FORMAT",
    help="How dates are written: %d/%m/%Y. Of several, the first that fits a date counts.",
)
@click.option(
    "--days-from", callback=_day, metavar="DATE", help="Dates that are numbers are days after DATE."
)
@click.option("--locale", metavar="LOCALE", help="How numbers are written: de_DE.")
@click.option("--language", metavar="CODE", help="The language of the values: uk.")
@click.option(
    "--unit",
    metavar="UNIT",
    help='The unit of numbers whose row names none: km, "thousand people".',
)
@click.option("--split-via", is_flag=True, help='Take the source "X (via Y)" apart.')
@_flag("at least", "the least there were", "Minimum=1, or killed:KilledMin=1 for one measure alone")
@_flag("at most", "the most", "Maximum=1")
@_flag("about", "a rough one", "Estimated=yes")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    help="How the measures that are new here move.",
)
@click.option(
    "--sheet", metavar="NAME|NUMBER", help="The sheet of a workbook (default: the first)."
)
@click.option("--skip-bad", is_flag=True, help="Take the good rows although some are bad.")
@click.option("--reject", metavar="FILE", help="With --skip-bad: write the bad rows to FILE.")
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="How the file is written (default: by its suffix, else csv).",
)
@click.option(
    "-n", "--dry-run", is_flag=True, help="Read every row, show the first, and record none."
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    file: str,
    format_: str | None,
    skip_bad: bool,
    reject: str | None,
    dry_run: bool,
    profile: str | None,
    **given: Any,
) -> None:
    """Take in claims from FILE (csv, tsv, json, jsonl, xlsx, ods or parquet), all rows or none.

    \b
    factlog import claims.csv
    factlog import estimates.csv --set subject="Ukraine war" --map measure=type \\
        --date-format %d/%m/%Y
    factlog import sheet.csv --set subject=Flood --measures killed=Dead --measures injured=Hurt
    """
    if reject is not None and not skip_bad:
        raise UsageError(
            f"--reject {reject} is for the rows that --skip-bad leaves out.", "Give --skip-bad too."
        )
    if reject and Path(reject).exists() and file != "-" and Path(reject).samefile(file):
        raise UsageError(
            f"--reject {reject} is the file that is read.", "Name another file for the bad rows."
        )
    if profile:
        given = import_profile.merged(ctx, Path(profile), given)
    kind = given.pop("kind")
    reject = None if dry_run else reject
    shape = format_ or _shape_of(file)
    with _opened(file) as stream:
        rows = _rows(ctx, file, stream, shape, given)
        bad = import_report.BadRows(rows, ctx.with_resource(_aside()))
        if dry_run:
            new = _show(file, _good(ctx, bad, reject) if skip_bad else importing.wanted(rows))
        elif skip_bad:
            new = _record(ctx, file, rows, drafts.drafted(_good(ctx, bad, reject)), kind)
        else:
            # What reads Parquet has threads, which another process would be without.
            size = None if shape == "parquet" else _size(file)
            with drafting.drafted(rows, size) as batches:
                new = _record(ctx, file, rows, batches, kind)
    import_report.tell_columns(rows)
    import_report.tell_remarks(rows)
    if rows.repeats.count:
        import_report.tell_repeats(rows, {*given["mapping"], *given["fixed"]}, new)
    if bad.count:
        import_report.tell_rejected(bad, file, reject)
    if profile and not dry_run:
        import_profile.keep(Path(profile), {**given, "kind": kind})
    elif profile and not Path(profile).exists():
        click.echo(safe(f"{profile} is written when the rows are recorded, not by -n."), err=True)


def _rows(
    ctx: click.Context, file: str, stream: BinaryIO, shape: str, given: dict[str, Any]
) -> Rows:
    """Open the file; on a terminal, what is guessed of its columns is asked about."""
    known = store_path.known_measures(ctx)
    asks = stream.seekable() and sys.stdin.isatty() and sys.stderr.isatty()
    declined: set[str] = set()
    while True:
        held = _table(ctx, file, given["sheet"]) if shape == "parquet" else stream
        try:
            rows = importing.read_rows(held, shape, measures=known, **_arguments(given))
        except importing.MissingColumns as missing:
            if not (asks and _guesses(missing.guessed, declined)):
                raise
            click.echo(safe(missing.problem), err=True)
            found = _guesses(missing.guessed, declined)
        else:
            found = _guesses(rows.guess(), declined) if asks else []
            if not found:
                return rows
        taken = _ask(found)
        declined |= {theirs for _option, _ours, theirs in found}
        for option, ours, theirs in taken:
            given[option] = {**given[option], ours: theirs}
        stream.seek(0)


def _table(ctx: click.Context, file: str, sheet: str | None) -> importing.ValueSheet:
    """The columns and rows of a Parquet file; of one that export wrote, those it was made of."""
    from factlog.store import lake, parquet

    if sheet is not None or file == "-":
        wrong = "has no sheets" if sheet is not None else "is not read from standard input"
        raise UsageError(f"A Parquet file {wrong}.", "Name the file alone.")
    names, values = parquet.table(Path(file))
    if not {*lake.NEEDED} <= {*names}:
        return importing.ValueSheet(names, values)
    from factlog import exchange

    files = store_path.opened_lake(ctx, [file])
    known, claims = files.definitions(), files.claims(as_given=True)
    told = defining(claims, known)
    rows = (tuple(exchange.row(each, defined=bool(known)).values()) for each in told)
    return importing.ValueSheet(exchange.columns(defined=bool(known)), rows)


Guess = tuple[str, str, str]  # the option that would say it, a name of ours and one of theirs


def _guesses(guessed: Columns, declined: Collection[str]) -> list[Guess]:
    """What is guessed of columns that were not asked about before."""
    kinds = {"mapping": guessed.mapping, "fixed": guessed.fixed}
    kinds["measure_columns"] = guessed.measures
    return [
        (option, ours, theirs)
        for option, pairs in kinds.items()
        for ours, theirs in pairs.items()
        if theirs not in declined
    ]


def _ask(found: list[Guess]) -> list[Guess]:
    """Show which columns are guessed to be meant; those that the person agrees with."""
    for number, (option, ours, theirs) in enumerate(found, 1):
        said = "is" if option == "fixed" else "from"
        click.echo(safe(f"  {number}. {ours} {said} {theirs}"), err=True)
    question = "Take it so?" if len(found) == 1 else "Take them so, or some by their numbers?"
    while True:
        answer = terminal.ask(f"{question} (y/n)").strip().lower()
        if answer in ("y", "yes"):
            return found
        if answer in ("n", "no"):
            return []
        numbers = answer.replace(",", " ").split()
        if numbers and all(each.isdecimal() and 0 < int(each) <= len(found) for each in numbers):
            return [found[int(each) - 1] for each in numbers]


def _arguments(given: Mapping[str, Any]) -> dict[str, Any]:
    """What read_rows takes, from the options."""
    names = ("mapping", "fixed", "measure_columns", "dates_across", "days_from", "split_via")
    flags = ("at_least_if", "at_most_if", "about_if")
    taken = {name: given[name] for name in (*names, *flags, "locale", "language", "sheet")}
    if given["unit"]:
        if "unit" in {**given["mapping"], **given["fixed"]}:
            raise UsageError(
                "The unit is given by --unit and by --map or --set.", "Keep one of them."
            )
        taken["unit"] = given["unit"]
    return {**taken, "date_format": given["date_formats"]}


_SHOWN = 5  # rows of a dry run


def _show(file: str, claims: Iterator[Claim]) -> int:
    """Show the first claims and how many there are."""
    from factlog.render import lists

    first = tuple(islice(claims, _SHOWN))
    count = len(first) + sum(1 for _ in claims)
    if first:
        click.echo("".join(lists.claims(first, "table", terminal.here())), nl=False)
    click.echo(safe(f"{_claims(count)} would be read from {file}; nothing was recorded."))
    return 0


def _aside() -> SpooledTemporaryFile[str]:
    """Where bad rows are kept until all rows are read: on disk, if there are many."""
    return SpooledTemporaryFile(1 << 20, "w+", encoding="utf-8", errors="surrogatepass", newline="")


_HELD = 5  # batches of claims read before a store is made, for a refused file to leave none


def _record(
    ctx: click.Context, file: str, rows: Rows, batches: Iterable[list[Draft]], kind: str | None
) -> int:
    """Record the claims, say how many, and return how many of them are new."""
    wanted = Kind(kind) if kind else None
    shown = terminal.shown(batches, rows, _size(file))
    held = chain([*islice(shown, _HELD)], shown)
    with store_path.made(ctx) as store:
        name = Path(file).name
        added = store.add_drafts(held, now=store_path.now(), source_file=name, kind=wanted)
        first = added.corrections[: import_report.CORRECTIONS]
        pairs = [(store.claim(old), store.claim(new)) for old, new in first]
    if added.others:
        stay = "; ".join(f"{each.name} stays {each.kind}" for each in added.others)
        click.echo(safe(f"{stay}: factlog measure set NAME --kind {kind}"), err=True)
    before_it = added.known - added.repeated
    known = f"; {_claims(before_it)} on record already" if before_it else ""
    if added.repeated:
        known += f"; {import_report.repeating(added.repeated)}"
    if not added.new and added.known:
        click.echo(safe(f"Nothing new in {file}: {_claims(added.known)} on record already."))
    else:
        click.echo(safe(f"Recorded {_claims(added.new)} from {file}{known}."))
    if added.defined:
        import_report.tell_defined(added.defined)
    if pairs:
        import_report.tell_corrections(name, pairs, [old for old, _new in added.corrections])
    return added.new


def _claims(count: int) -> str:
    return counted(count, "1 claim", "{} claims")


def _good(ctx: click.Context, bad: import_report.BadRows, reject: str | None) -> Iterator[Claim]:
    """The claims of the good rows; the bad ones are kept aside, and written before any is kept."""
    for _line, row in bad.rows:
        if isinstance(row, Claim):
            yield row
        else:
            bad.add(row)
    if bad.count and reject is not None:
        write(ctx, bad.pieces(), reject, bad.rows.written)


def _shape_of(file: str) -> str:
    """The format a file's suffix names; csv if it names none."""
    from factlog.render import SUFFIXES

    found = {**SUFFIXES, **_SUFFIXES}.get(Path(file).suffix.lower(), "csv")
    return found if found in FORMATS else "csv"


def _size(file: str) -> int | None:
    return None if file == "-" else Path(file).stat().st_size


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    """Open the file, or standard input for -."""
    if file == "-":
        yield sys.stdin.buffer
        return
    path = Path(file)
    try:
        with path.open("rb") as stream:
            yield stream
    except FileNotFoundError as error:
        raise missing(file) from error
    except (IsADirectoryError, PermissionError) as error:
        raise unreadable(file, error) from error
