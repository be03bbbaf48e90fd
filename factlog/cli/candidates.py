"""What a shell is offered for a word of a line: names, claims and figures by what is on record.

Names are data: one that cannot be typed is not offered.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click
from click.shell_completion import CompletionItem

from factlog.cli import store_path
from factlog.measures import resolve
from factlog.names import fold
from factlog.profile import GRADES, Basis
from factlog.store import Store

# The type of what is offered where more of the same word is to follow, as after "killed=".
OPEN = "open"
_AT_MOST = 50
Finder = Callable[[Store, click.Context, str], Iterable[CompletionItem]]


class Candidates(click.types.StringParamType):
    """What is offered, from the store that the line as written so far would use."""

    def __init__(self, finder: Finder, taken: Any) -> None:
        self.finder, self.taken = finder, taken

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Take a word as without what is offered for it."""
        return self.taken.convert(value, param, ctx)

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """What begins so, whatever its case."""
        with store_path.glanced(ctx) as store:
            return list(self.finder(store, ctx, incomplete))


def _named(kind: str) -> Finder:
    """Offer the subjects or sources on record."""
    return lambda store, _ctx, begun: _as_written(
        store.beginning_with(kind, begun, _AT_MOST), begun
    )


def _one_of(words: Sequence[str]) -> Finder:
    return lambda _store, _ctx, begun: _as_written(
        [word for word in words if same(word[: len(begun)], begun)], begun
    )


def _measures(store: Store, ctx: click.Context, begun: str) -> Iterable[CompletionItem]:
    """Offer a name of each measure, those of the subject first."""
    return _as_written(list(_one_each(store, ctx, begun)), begun)


def _measure_names(store: Store, ctx: click.Context, begun: str) -> Iterable[CompletionItem]:
    """Offer every name that measures go by."""
    return _as_written(_measures_of(store, ctx, begun), begun)


def _measures_of(store: Store, ctx: click.Context, begun: str) -> tuple[str, ...]:
    return store.beginning_with("measure", begun, _AT_MOST, _given(ctx, "subject"))


def _given(ctx: click.Context, name: str) -> str | None:
    """What the line gives for a parameter.

    Where it ends in an option without its value, click leaves the arguments as they are.
    """
    arguments = (param.name for param in ctx.command.params if isinstance(param, click.Argument))
    found: str | None = ctx.params.get(name) or dict(zip(arguments, ctx.args, strict=False)).get(
        name
    )
    return found


def _parties(store: Store, _ctx: click.Context, begun: str) -> Iterable[CompletionItem]:
    """Offer the parties that sources are known to speak for."""
    known = {fold(each.party): each.party for each in store.profiles() if each.party}
    names = [name for key, name in sorted(known.items()) if same(name[: len(begun)], begun)]
    return _as_written(names[:_AT_MOST], begun)


def _figures(store: Store, ctx: click.Context, begun: str) -> Iterable[CompletionItem]:
    """Offer a measure as the words of a claim name it: "killed=", or after "around 300 "."""
    starts = [0, *(place + 1 for place, sign in enumerate(begun) if sign == " ")]
    for start in starts:
        word = begun[start:]
        names = () if any(map(str.isdigit, word)) else _one_each(store, ctx, word)
        if names and start:
            return _as_written([begun[:start] + name for name in names], begun)
        if names:
            return _as_written([f"{name}=" for name in names], begun, OPEN)
    return ()


def _one_each(store: Store, ctx: click.Context, begun: str) -> Iterable[str]:
    """The measures whose own name begins so; else another name for each measure."""
    known, found = store.measures(), dict[str, str]()
    for name in _measures_of(store, ctx, begun):
        found.setdefault(resolve(name, known), name)
    return [name for measure, name in found.items() if measure == name] or found.values()


def _claims(store: Store, ctx: click.Context, begun: str) -> Iterable[CompletionItem]:
    """Offer the numbers of claims, the last recorded first; to decide, those it can be about."""
    from factlog.render.to_text import sentence

    before, comma, number = begun.rpartition(",")
    subject, measure = _given(ctx, "subject"), _given(ctx, "measure")
    measures = [measure, *_parts(store, measure)] if subject and measure else []
    found = store.newest(_AT_MOST, numbered=number, subject=subject, measures=measures)
    for claim in found:
        yield CompletionItem(f"{before}{comma}{claim.id}", help=sentence(claim))


def _parts(store: Store, measure: str) -> tuple[str, ...]:
    known = store.measures()
    name = resolve(measure, known)
    return next((each.parts for each in known if each.name == name), ())


_NAMES: dict[str, Finder] = {
    "subject": _named("subject"),
    "source": _named("source"),
    "measure": _measure_names,
}
# What a parameter takes, by what it is called: in one command, else in any.
_KINDS: dict[str, Finder] = {
    **dict.fromkeys(("subject", "subjects", "about"), _NAMES["subject"]),
    **dict.fromkeys(("source", "sources", "origin"), _NAMES["source"]),
    **dict.fromkeys(("measure", "measures", "parts"), _measures),
    **dict.fromkeys(("party", "parties"), _parties),
    **dict.fromkeys(("number", "ids", "prefer"), _claims),
    **dict.fromkeys(("add claims", "edit value"), _figures),
    "basis": _one_of([basis.value for basis in Basis]),
    "grade": _one_of(GRADES),
}
# In the commands `subject`, `source` and `measure` these are names of that kind.
_OWN = ("name", "other")


def attach(command: click.Command, name: str) -> None:
    """Let the parameters of the command of this name offer what they take: what is on record,
    or files.

    Commands under it are of its name too.
    """
    for param in command.params:
        called = param.name or ""
        own = _NAMES.get(name) if called in _OWN else None
        found = own or _KINDS.get(f"{name} {called}") or _KINDS.get(called)
        if found:
            param.type = Candidates(found, param.type)
        elif re.search(r"FILE|\b(OTHER|FROM|TO)\b", param.metavar or ""):
            param.type = click.Path()
    if isinstance(command, click.Group):
        for each in command.commands.values():
            attach(each, name)


# Joiners within words, as of Persian; all else that cannot be seen stays out.
_JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))


def _can_be_typed(name: str) -> bool:
    """Whether it can stand in a line: seen, in the terminal's encoding, and no option."""
    try:
        name.encode(sys.stdout.encoding or "ascii")
    except UnicodeError:
        return False
    return name.translate(_JOINERS).isprintable() and not name.startswith("-")


def _as_written(names: Sequence[str], written: str, kind: str = "plain") -> list[CompletionItem]:
    """The names that can be typed; several of them begin with the capitals that are written.

    A shell goes on with what they share: that is never to be less than there is already.
    """
    cut = len(written)
    typed = [name for name in names if _can_be_typed(name)]
    if len(typed) > 1:
        typed = [written + name[cut:] if same(name[:cut], written) else name for name in typed]
    return [CompletionItem(name, type=kind) for name in typed]


def same(one: str, other: str) -> bool:
    """Whether two beginnings of names are one, whatever their case."""
    return fold(f"{one}.") == fold(f"{other}.")  # the stop keeps a space before it
