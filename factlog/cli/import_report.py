"""What a person is told of an import: columns, cells and rows, taken or not."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import IO

import click

from factlog.claim import Claim
from factlog.importing import BadRow, Rows
from factlog.importing.asides import Remark
from factlog.importing.files import Reasons
from factlog.render.display import safe
from factlog.wording import counted


class BadRows:
    """The bad rows of a file: their reasons, how many, and the text of all, kept on disk."""

    def __init__(self, rows: Rows, text: IO[str]) -> None:
        self.rows = rows
        self.text = text
        self.reasons = Reasons()
        self.lost: list[BadRow] = []
        self.partial = 0

    def add(self, row: BadRow) -> None:
        """Keep a bad row aside."""
        if not self.count:
            self.text.write(self.rows.heading)
        self.reasons.add(row)
        self.partial += row.partial
        if row.given:
            self.text.write(self.rows.rejected(row))
        else:
            self.lost.append(row)

    @property
    def count(self) -> int:
        """How many there are."""
        return self.reasons.count

    def pieces(self) -> Iterator[str]:
        """The text of all of them, with what comes before."""
        self.text.seek(0)
        while piece := self.text.read(1 << 18):
            yield piece


def tell_columns(rows: Rows) -> None:
    """Say which sheet was read, which columns by another name, and which not."""
    if rows.sheets:
        name, *others = map(safe, rows.sheets)
        others += [f"{safe(each)} (hidden)" for each in rows.hidden]
        told = ", ".join(others[:20]) + (f" and {len(others) - 20} more" if others[20:] else "")
        click.echo(f'The sheet read is "{name}"; --sheet reads another: {told}', err=True)
    if rows.renamed:
        pairs = ", ".join(f"{ours} from {safe(theirs)}" for ours, theirs in rows.renamed.items())
        click.echo(f"Columns taken by another name: {pairs}", err=True)
    if rows.units:
        pairs = ", ".join(f"{safe(unit)} ({safe(name)})" for name, unit in rows.units.items())
        click.echo(f"Units taken from the headers: {pairs}", err=True)
    if rows.overruled:
        pairs = ", ".join(f"{safe(unit)} ({safe(name)})" for name, unit in rows.overruled.items())
        click.echo(
            f"The unit you gave stands, although the headers name another: {pairs}", err=True
        )
    for flag in rows.unmet:
        given = safe(shlex.quote(f"{flag.column}={flag.mark}"))
        click.echo(f"No row has the mark of {flag.option} {given}; it changed nothing.", err=True)
    if rows.ignored:
        names = ", ".join(safe(name) for name in rows.ignored[:20])
        click.echo(f"Columns not taken: {names}", err=True)
        guessed = rows.guess()
        if guessed.flags:
            marks = (
                f"{flag.option} {shlex.quote(f'{flag.column}=MARK')}" for flag in guessed.flags
            )
            given = safe(" ".join(marks))
            click.echo(f"A column of marks says how firm a figure is; perhaps {given}", err=True)
        if (dated := guessed.mapping.get("as_of")) is not None:
            given = safe(f"--map as_of={shlex.quote(dated)}")
            click.echo(f"No column gives the days of the figures; perhaps {given}", err=True)
    if rows.encoding.lower() not in ("utf-8", "ascii"):
        click.echo(f"The file was read as {rows.encoding}.", err=True)


_REMARKS = {
    Remark.EMPTY: ("1 empty value was skipped", "{} empty values were skipped"),
    Remark.ASIDE: (
        "1 value was read without what stands behind it, which is in the note",
        "{} values were read without what stands behind them, which is in the notes",
    ),
    Remark.DOUBTED: (
        "1 value with a ? was read as about",
        "{} values with a ? were read as about",
    ),
    Remark.TRANSLATED: (
        "1 value was read by its English words, its own are in the note",
        "{} values were read by their English words, their own are in the notes",
    ),
    Remark.ROUNDED: (
        "1 number is so long that the file holds only its first 15 digits or so; it is those",
        "{} numbers are so long that the file holds only their first 15 digits or so",
    ),
    Remark.MONEY: (
        "1 number is in the money its cell is shown in; --unit gives another",
        "{} numbers are in the money their cells are shown in; --unit gives another",
    ),
    Remark.OTHER_MONEY: (
        "1 number is shown as money of a country that is not plain, and has no unit; give --unit",
        "{} numbers are shown as money of a country that is not plain, and have no unit; give "
        "--unit",
    ),
    Remark.UNSEEN: (
        "1 row that the sheet hides was read as well",
        "{} rows that the sheet hides were read as well",
    ),
    Remark.OWN_UNIT: (
        "1 value keeps the unit of its own row, which --unit does not change",
        "{} values keep the unit of their own row, which --unit does not change",
    ),
    Remark.OPAQUE_UNIT: (
        "1 value is in a unit that factlog does not know, which compares only with itself",
        "{} values are in units that factlog does not know, which compare only with themselves",
    ),
}


def tell_remarks(rows: Rows) -> None:
    """Say what was done with cells that were no plain value."""
    for remark, (one, several) in _REMARKS.items():
        if count := rows.remarks.count.get(remark, 0):
            cells = ", ".join(safe(cell) for cell in rows.remarks.first[remark] if cell)
            told = counted(count, one, several)
            click.echo(f"{told}{f' ({cells})' if cells else ''}.", err=True)


def repeating(count: int) -> str:
    """How many rows say again, in the same file, what was recorded of an earlier one."""
    return counted(
        count, "1 row repeats a claim of this file", "{} rows repeat claims of this file"
    )


def tell_repeats(rows: Rows, filled: set[str], new: int) -> None:
    """Name the rows that were merged although a column that was not taken tells them apart."""
    repeats = rows.repeats
    apart = [name for place, name in enumerate(rows.ignored[:20]) if place in repeats.columns]
    several = counted(repeats.count, "1 row repeats", "{} rows repeat")
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


CORRECTIONS = 3  # rows that differ from an earlier import, told one by one
_RETRACTED = 100  # and ids of claims to withdraw for them


def tell_corrections(
    file: str, pairs: Sequence[tuple[Claim, Claim]], replaced: Sequence[int]
) -> None:
    """Name the rows whose number is another than an earlier import of the file recorded."""
    differ = counted(len(replaced), "1 row has", "{} rows have")
    click.echo(
        safe(f"{differ} another number than an earlier import of {file} recorded; both are kept:"),
        err=True,
    )
    for old, new in pairs:
        words = new.statement
        when = f", {words.as_of.said}" if words.as_of else ""
        what = f"{words.subject}, {new.measure} ({words.source}{when})"
        told = f"  {what}: {old.said} (claim {old.id}) is now {new.said} (claim {new.id})"
        click.echo(safe(told), err=True)
    if more := len(replaced) - len(pairs):
        click.echo(f"  and {more:,} more", err=True)
    ids = " ".join(map(str, replaced[:_RETRACTED]))
    first = f" (the first {_RETRACTED} here)" if len(replaced) > _RETRACTED else ""
    reason = shlex.quote(f"corrected in {file}")
    withdraw = f"withdraw the old{first}: factlog retract {ids} --reason {reason}"
    click.echo(safe(f"If they are corrections, {withdraw}"), err=True)


def tell_rejected(bad: BadRows, file: str, reject: str | None) -> None:
    """List the bad rows that were left out, by what is wrong with them, and where they are."""
    several = counted(bad.count, "1 bad row was", "{} bad rows were")
    some = f", {bad.partial:,} of them only" if bad.count > bad.partial else ", but only"
    partly = f"{some} in the cells named" if bad.partial else ""
    click.echo(f"{several} left out{partly}:", err=True)
    for reason in bad.reasons.told():
        click.echo(f"  {safe(reason)}", err=True)
    if reject and bad.count > len(bad.lost):
        rest = ", but for the next" if bad.lost else ""
        click.echo(safe(f"They are in {reject}, as they stood, with the reason{rest}."), err=True)
    for row in bad.lost:
        told = (
            f"Line {row.line:,} of {file} is too long to be kept aside, and what comes after it "
            "was not read: mend it there, and import the file again."
        )
        click.echo(safe(told), err=True)


def tell_defined(claims: int) -> None:
    """That claims on record already are said to count something else now."""
    told = counted(claims, "1 claim", "{} claims")
    click.echo(f"Of {told} on record already it is said now what is counted.", err=True)
