"""The questions of `add` on a terminal: each answer as it is typed, completed and read at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from factlog.claim import Claim, Statement
from factlog.cli import dialogue, name_lookup, store_path, terminal
from factlog.cli.dialogue import BACK, Entry, EntryQuestion
from factlog.errors import FactlogError, NoStore, ReadingError, UsageError
from factlog.policy import Measure
from factlog.render import to_text
from factlog.render.display import lines_of, page, safe, shown
from factlog.store import Store
from factlog.store.address import Address, place_of
from factlog.wording import iso

_HELP = "Enter takes what stands in [ ]; < goes back, - leaves out, Ctrl-C leaves."
_NAMED = ("subject", "source")
_READ = ("claim", "as_of")
_OFFERED = 20  # names at a time
_UNQUOTED = 20  # words that may be one claim, or the end of a subject and one claim


def completed(
    ctx: click.Context,
    given: Mapping[str, str | None],
    claims: tuple[str, ...],
    measures: tuple[Measure, ...],
    *,
    confirmed: bool,
) -> Entry:
    """Ask for what is missing of a statement; refuse, naming it all, where nobody can be asked."""
    told = {name: text for name, text in given.items() if text is not None}
    entry = Entry(told, claims, measures, confirmed=confirmed)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise _refused(entry, ctx)
    if claims:
        entry = replace(entry, claims=terminal.until_plain(claims, partial(_plain, entry)))
    dialogue.claims(entry)  # what was given is refused before anything is asked
    if _is_there(store_path.current(ctx).path):
        last: tuple[Claim, ...] = ()
        with suppress(NoStore), store_path.opened(ctx) as record:
            last = record.newest()
        entry = replace(entry, offered=_offered(last[0].statement) if last else {})
    with _names(ctx) as store:
        return _asked(entry, store)


def refuse_unquoted(
    ctx: click.Context,
    given: Mapping[str, str | None],
    words: tuple[str, ...],
    measures: tuple[Measure, ...],
) -> None:
    """Refuse words that make one claim together: 4 million without quotes is no 4 and a million.

    Words before them that hold no number would have been the subject's; or, in small letters, what
    is counted, where the claim says nothing of that.
    """
    if any("=" in word for word in words[1:]):
        return  # each names its measure
    told = {name: text for name, text in given.items() if text is not None}
    for start in range(min(len(words), _UNQUOTED)):
        subject, claim = (
            " ".join(some) for some in ((told["subject"], *words[:start]), words[start:])
        )
        entry = Entry({**told, "subject": subject}, (claim,), measures)
        whole = _read(entry)
        if start and _read(replace(entry, claims=words[:start])):
            return
        before = " ".join(words[:start])
        if len(whole) == 1 and before.islower() and not whole[0].measure:
            start, claim = 0, f"{before}={claim}"
            entry = Entry(told, (claim,), measures)
        if len(whole) == 1 and start < len(words) - 1:
            alone = all(_read(replace(entry, claims=(word,))) for word in words[start:])
            apart = "; or add each by itself" if alone else ""
            raise UsageError(
                f'"{claim}" is one claim, and is given as {len(words) - start}.',
                f"Put it in quotes: {_command(entry, ctx)}{apart}",
            )
        if any(letter.isdigit() for letter in words[start]):
            return


def _read(entry: Entry) -> tuple[Claim, ...]:
    with suppress(FactlogError):
        return dialogue.claims(entry)
    return ()


def _plain(entry: Entry, claims: Iterable[str]) -> tuple[str, ...]:
    sure = replace(entry, claims=tuple(claims))
    dialogue.claims(sure)
    return sure.claims


def _refused(entry: Entry, ctx: click.Context) -> UsageError:
    *others, last = dialogue.missing(entry)
    names = f"{', '.join(others)} and {last} are" if others else f"{last} is"
    return UsageError(f"{names[0].upper()}{names[1:]} missing.", f"Write: {_command(entry, ctx)}")


@contextmanager
def repeatable(entry: Entry, ctx: click.Context) -> Iterator[None]:
    """Let no answer be lost: what stops the recording inside ends with the command to repeat."""
    try:
        yield
    except FactlogError as error:
        error.remedy = f"Nothing was recorded. To record it: {_command(entry, ctx)}"
        raise
    except BaseException:
        click.echo(f"To record it later: {safe(_command(entry, ctx))}", err=True)
        raise


def _command(entry: Entry, ctx: click.Context) -> str:
    given = ctx.find_root().obj  # never with the password of an address
    return dialogue.command_line(entry, str(place_of(given)) if given else None)


def _is_there(path: Path | Address) -> bool:
    return isinstance(path, Address) or (path.exists() and path.stat().st_size > 0)


def _offered(last: Statement) -> dict[str, str]:
    return {"subject": last.subject, "source": last.source, "as_of": iso(last.as_of) or ""}


@contextmanager
def _names(ctx: click.Context) -> Iterator[Store | None]:
    """The store there is, if it is free, to look names up while one types: nobody waits for it."""
    path = store_path.current(ctx).path
    quick = None
    if _is_there(path):
        with suppress(FactlogError):
            quick = store_path.glanced(ctx)
    try:
        yield quick
    finally:
        if quick is not None:
            quick.close()


def _asked(entry: Entry, store: Store | None) -> Entry:
    """Put one question after another until there is none left."""
    plain = os.environ.get("TERM", "") in ("", "dumb", "unknown")
    _tell(_HELP)
    refused = ""
    while (asked := dialogue.question(entry)) is not None:
        if not refused:
            _tell_before(entry, asked)
        mended = refused if asked.about == "claim" else ""  # what is short is typed anew
        text = _line(asked) if plain else _edited(entry, asked, mended, store)
        refused = ""
        if text.strip() == BACK:
            entry = dialogue.back(entry)
            continue
        before = len(entry.answers)
        try:
            entry = dialogue.answer(entry, text)
        except FactlogError as error:
            _tell(to_text.error(error))
            refused = text
            if entry.doubt is not None and isinstance(error, ReadingError):
                refused, entry = entry.doubtful, dialogue.back(entry)  # it is not all that is wrong
            continue
        if len(entry.answers) > before:
            _tell_after(entry, store)
    return entry


def _line(asked: EntryQuestion) -> str:
    """A line as any terminal takes it."""
    click.echo(_message(asked), nl=False, err=True)
    try:
        text = sys.stdin.readline()
    except KeyboardInterrupt:
        text = ""
    if not text:  # Ctrl-D, too
        click.echo(err=True)
        raise click.Abort
    return text.rstrip("\r\n")


def _edited(entry: Entry, asked: EntryQuestion, typed: str, store: Store | None) -> str:
    """A line that is completed, or read, while it is typed."""
    from factlog.cli.line_editor import line

    names = partial(_found, store, asked.about) if store and asked.about in _NAMED else None
    note = partial(_noted, entry, asked.about) if asked.about in _READ else None
    try:
        return line(_message(asked), typed, names, note)
    except (KeyboardInterrupt, EOFError):
        raise click.Abort from None


def _message(asked: EntryQuestion) -> str:
    return f"{shown(asked.text, terminal.here())}: "


def _found(store: Store, kind: str, part: str) -> list[str]:
    """The names on record that hold what is typed; one that cannot be shown is not offered."""
    with suppress(FactlogError):
        return [name for name in store.holding(kind, part, _OFFERED) if safe(name) == name]
    return []


def _noted(entry: Entry, about: str, typed: str) -> str:
    return shown(dialogue.note(entry, about, typed.strip()), terminal.here())


def _tell(text: str, indent: str = "") -> None:
    """Lines on stderr; one that begins with a space is kept as it is, for its carets."""
    look = terminal.here()
    for line in text.split("\n"):
        kept = line.startswith(" ")
        lines = [line] if kept else lines_of(line, look, indent, indent)
        click.echo(page(lines), nl=False, err=True)


def _tell_before(entry: Entry, asked: EntryQuestion) -> None:
    """What there is to choose from, or the whole of what is to be confirmed."""
    if entry.doubt is not None:
        _tell(entry.doubt.problem)
        for number, choice in enumerate(asked.choices, 1):
            _tell(f"{number}  {choice}", "  ")
    elif asked.about == "confirm":
        table = to_text.block("To be recorded", dialogue.summary(entry), terminal.here())
        click.echo(table, nl=False, err=True)


def _tell_after(entry: Entry, store: Store | None) -> None:
    """How an answer is read; of a name that is new, the one it is close to."""
    about, text = entry.answers[-1]
    if note := dialogue.note(entry, about, text):
        _tell(note, "  ")
    if store is None or about not in _NAMED:
        return
    with suppress(FactlogError):  # a hint, which a store in use goes without
        if store.resolve(about, text) is None and (near := name_lookup.near(store, about, text)):
            _tell(f'new; there is also "{near}": {BACK} goes back', "  ")
