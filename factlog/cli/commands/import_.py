"""factlog import: take in claims from a file."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO

import click

from factlog import importing
from factlog.claim import Claim
from factlog.cli import store_path, terminal
from factlog.cli.terminal import write
from factlog.errors import NotFound, UsageError
from factlog.importing import BadRow, Rows
from factlog.render.display import safe

FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx", "ods", "parquet")
_SUFFIXES = {
    **dict.fromkeys((".xlsm", ".xltx", ".xltm"), "xlsx"),
    **dict.fromkeys((".ods", ".ots"), "ods"),
    ".parquet": "parquet",
}


def _pairs(_ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Turn as_of=date into a mapping, refusing what has no = or names no column of ours."""
    from factlog.importing import TAKEN

    found = {}
    for value in values:
        column, sign, other = value.partition("=")
        column = column.strip().lower().replace("-", "_")
        if not sign or column not in TAKEN:
            raise UsageError(
                f"{param.opts[0]} {value}: before the = stands one of factlog's columns.",
                f"They are: {', '.join(TAKEN)}",
            )
        found[column] = other.strip()
    return found


@click.command("import", short_help="Take in claims from a file.")
@click.argument("file", metavar="FILE|-")
@click.option(
    "--map",
    "--column",
    "mapping",
    multiple=True,
    callback=_pairs,
    metavar="OURS=THEIRS",
    help="The column of the file that holds one of ours: as_of=date. n=COLUMN is the size of a "
    "sample, which gives a share its 95% margin.",
)
@click.option(
    "--set",
    "fixed",
    multiple=True,
    callback=_pairs,
    metavar="OURS=VALUE",
    help='Fill a column with one value: subject="Ukraine war".',
)
@click.option("--date-format", metavar="FORMAT", help="How dates are written: %d/%m/%Y.")
@click.option("--locale", metavar="LOCALE", help="How numbers are written: de_DE.")
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="How the file is written (default: by its suffix, else csv).",
)
@click.option(
    "--sheet", metavar="NAME|NUMBER", help="The sheet of a workbook (default: the first)."
)
@click.option("--skip-bad", is_flag=True, help="Take the good rows although some are bad.")
@click.option("--reject", metavar="FILE", help="With --skip-bad: write the bad rows to FILE.")
@click.option("-n", "--dry-run", is_flag=True, help="Read every row and record none.")
@click.pass_context
def command(
    ctx: click.Context,
    file: str,
    mapping: dict[str, str],
    fixed: dict[str, str],
    date_format: str | None,
    locale: str | None,
    format_: str | None,
    sheet: str | None,
    skip_bad: bool,
    reject: str | None,
    dry_run: bool,
) -> None:
    """Take in claims from FILE (csv, tsv, json, jsonl, xlsx, ods or parquet), all rows or none.

    \b
    factlog import claims.csv
    factlog import estimates.csv --set subject="Ukraine war" --map measure=type \\
        --map as_of=date --date-format %d/%m/%Y
    """
    if reject and Path(reject).exists() and file != "-" and Path(reject).samefile(file):
        raise UsageError(
            f"--reject {reject} is the file that is read.", "Name another file for the bad rows."
        )
    shape = format_ or _shape_of(file)
    with _opened(file) as stream:
        how: dict[str, Any] = {
            "measures": store_path.known_measures(ctx),
            "mapping": mapping,
            "fixed": fixed,
            "date_format": date_format,
            "locale": locale,
        }
        if shape == "parquet":
            rows = importing.read_values(*_table(ctx, file, sheet), **how)
        else:
            rows = importing.read_rows(stream, shape, sheet=sheet, **how)
        bad = _Rejected(rows, ctx.with_resource(_aside()))
        claims = _good(ctx, bad, reject) if skip_bad else importing.wanted(rows)
        if dry_run:
            count = sum(1 for _ in claims)
            click.echo(safe(f"{_claims(count)} would be read from {file}; nothing was recorded."))
            new = 0
        else:
            new = _record(ctx, file, terminal.shown(claims, rows, _size(file)))
    _tell_ignored(rows)
    if rows.repeats.count:
        _tell_repeats(rows, {*mapping, *fixed}, new)
    if bad.count:
        _tell_rejected(bad, file, reject)


def _table(
    ctx: click.Context, file: str, sheet: str | None
) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    """The columns and rows of a Parquet file; of one that export wrote, the columns it was from."""
    from factlog.store import parquet

    if sheet is not None or file == "-":
        wrong = "has no sheets" if sheet is not None else "is not read from standard input"
        raise UsageError(f"A Parquet file {wrong}.", "Name the file alone.")
    names, values = parquet.table(Path(file))
    if not {*parquet.NEEDED} <= {*names}:
        return names, values
    from factlog.render import to_csv

    claims = store_path.opened_lake(ctx, [file]).claims()
    return to_csv.COLUMNS, (tuple(to_csv.row(claim).values()) for claim in claims)


_TOLD = 20  # bad rows, one by one


def _aside() -> SpooledTemporaryFile[str]:
    """Where bad rows are kept until all rows are read: on disk, if there are many."""
    return SpooledTemporaryFile(1 << 20, "w+", encoding="utf-8", errors="surrogatepass", newline="")


class _Rejected:
    """The bad rows of a file: the first few, how many, and the text of all, kept on disk."""

    def __init__(self, rows: Rows, text: IO[str]) -> None:
        self.rows = rows
        self.text = text
        self.count = 0
        self.first: list[BadRow] = []
        self.lost: list[BadRow] = []

    def add(self, row: BadRow) -> None:
        """Keep a bad row aside."""
        if not self.count:
            self.text.write(self.rows.heading)
        self.count += 1
        if self.count <= _TOLD:
            self.first.append(row)
        if row.given:
            self.text.write(self.rows.rejected(row))
        else:
            self.lost.append(row)

    def pieces(self) -> Iterator[str]:
        """The text of all of them, with what comes before."""
        self.text.seek(0)
        while piece := self.text.read(1 << 18):
            yield piece


def _record(ctx: click.Context, file: str, claims: Iterable[Claim]) -> int:
    """Record the claims, say how many, and return how many of them are new."""
    with store_path.made(ctx) as store, _uncollected():
        added = store.add_many(claims, now=store_path.now(), source_file=Path(file).name)
    known = f"; {_claims(added.known)} on record already" if added.known else ""
    if not added.new and added.known:
        click.echo(safe(f"Nothing new in {file}: {_claims(added.known)} on record already."))
    else:
        click.echo(safe(f"Recorded {_claims(added.new)} from {file}{known}."))
    return added.new


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare a long import the search for circular garbage, of which claims make none."""
    import gc

    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _claims(count: int) -> str:
    return "1 claim" if count == 1 else f"{count:,} claims"


def _good(ctx: click.Context, bad: _Rejected, reject: str | None) -> Iterator[Claim]:
    """The claims of the good rows; the bad ones are kept aside, and written before any is kept."""
    for _line, row in bad.rows:
        if isinstance(row, Claim):
            yield row
        else:
            bad.add(row)
    if bad.count and reject:
        write(ctx, bad.pieces(), reject, bad.rows.written)


def _tell_ignored(rows: Rows) -> None:
    if rows.sheets:
        name, *others = map(safe, rows.sheets)
        told = ", ".join(others[:20]) + (f" and {len(others) - 20} more" if others[20:] else "")
        click.echo(f'The sheet read is "{name}"; --sheet reads another: {told}', err=True)
    if rows.ignored:
        names = ", ".join(safe(name) for name in rows.ignored[:20])
        click.echo(f"Columns not taken: {names}", err=True)
    if rows.encoding.lower() not in ("utf-8", "ascii"):
        click.echo(f"The file was read as {rows.encoding}.", err=True)


def _tell_repeats(rows: Rows, filled: set[str], new: int) -> None:
    """Name the rows that were merged although a column that was not taken tells them apart."""
    repeats = rows.repeats
    apart = [name for place, name in enumerate(rows.ignored[:20]) if place in repeats.columns]
    several = "1 row repeats" if repeats.count == 1 else f"{repeats.count:,} rows repeat"
    differs = "differs" if repeats.count == 1 else "differ"
    names = f" ({', '.join(safe(name) for name in apart)})" if apart else ""
    lines = ", ".join(f"line {line:,} like line {like:,}" for line, like in repeats.first)
    more = repeats.count - len(repeats.first)
    click.echo(
        f"{several} the claim of an earlier row but {differs} in columns that were not "
        f"imported{names}: {lines}{f' and {more:,} more' if more else ''}.",
        err=True,
    )
    filled = {*filled, *(name.strip().casefold() for name in rows.columns)}
    ours = next((column for column in ("scope", "note", "origin") if column not in filled), "OURS")
    theirs = safe(shlex.quote(apart[0])) if apart else "COLUMN"
    back = "take this import back (factlog undo) and " if new else ""
    click.echo(f"To keep them apart, {back}import the column: --map {ours}={theirs}.", err=True)


def _tell_rejected(bad: _Rejected, file: str, reject: str | None) -> None:
    several = "1 bad row was" if bad.count == 1 else f"{bad.count:,} bad rows were"
    click.echo(f"{several} left out:", err=True)
    for row in bad.first:
        click.echo(f"  {safe(row.problem)}", err=True)
    if bad.count > _TOLD:
        click.echo(f"  and {bad.count - _TOLD:,} more", err=True)
    if reject and bad.count > len(bad.lost):
        rest = ", but for the next" if bad.lost else ""
        click.echo(safe(f"They are in {reject}, as they stood, with the reason{rest}."), err=True)
    for row in bad.lost:
        told = (
            f"Line {row.line:,} of {file} is too long to be kept aside, and what comes after it "
            "was not read: mend it there, and import the file again."
        )
        click.echo(safe(told), err=True)


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
        raise NotFound(f"There is no file {file}.", "Check the name and the folder.") from error
    except (IsADirectoryError, PermissionError) as error:
        raise UsageError(
            f"Cannot read {file}: {(error.strerror or 'no access').lower()}.",
            "Name a file that you may read.",
        ) from error
