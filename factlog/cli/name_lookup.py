"""Names that are not on record: finding the one that was meant, and suggesting close ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import click

from factlog import measures
from factlog.claim import Claim
from factlog.errors import NotFound, UsageError
from factlog.names import fold
from factlog.policy import Measure
from factlog.render.display import safe
from factlog.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.cli.store_path import Record


# Above this score of 100 a name asked for is taken for the close one, when just one is so close.
SURE = 90


def sought(store: Record, kind: str, name: str) -> str:
    """The name on record that was asked for, or the one close spelling, said on stderr.

    Raises NotFound with suggestions when there is none, or more than one.
    """
    from factlog.names import close

    found = store.resolve(kind, name)
    if found is not None:
        return found
    candidates = store.candidates(kind, name)
    near = _distinct(store, kind, close(name, candidates, cutoff=SURE))
    if len(near) == 1:
        click.echo(safe(f'No {kind} is called "{name}"; taken for "{near[0]}".'), err=True)
        return near[0]
    raise _not_found(store, kind, name, near)


def subjects(store: Record, names: Sequence[str]) -> tuple[str, ...]:
    """The subjects that were asked for, each once; said if they are one without its quotes."""
    try:
        return tuple(dict.fromkeys(sought(store, "subject", name) for name in names))
    except NotFound:
        from shlex import quote

        together = " ".join(names)
        if len(names) > 1 and store.resolve("subject", together) is not None:
            raise UsageError(
                f'"{together}" is one subject, and is given as {len(names)}.',
                f"Put it in quotes: {quote(together)}",
            ) from None
        raise


def exactly(store: Store, kind: str, name: str) -> str:
    """The name on record; for changes a close spelling is only suggested, never taken."""
    found = store.resolve(kind, name)
    if found is not None:
        return found
    raise _not_found(store, kind, name)


def _not_found(store: Record, kind: str, name: str, near: Sequence[str] = ()) -> NotFound:
    """That there is no such name, with those that may have been meant: close ones, or longer."""
    from factlog.names import close

    offered = near or _distinct(store, kind, close(name, store.candidates(kind, name), cutoff=60))
    if not offered and kind != "measure" and isinstance(store, Store):
        offered = _distinct(store, kind, store.holding(kind, name, 3))
    remedy = _advice(offered, _otherwise(store, kind, name))
    return NotFound(f'No {kind} is called "{name}".', remedy, tuple(offered))


def _otherwise(store: Record, kind: str, name: str) -> str:
    """What to do where no name is close: use an option, for a subject that is none, or look."""
    from shlex import quote

    taken = {option for each in click.get_current_context().command.params for option in each.opts}
    known = store.measures()
    measured = any(measures.resolve(name, known) == one.name for one in known)
    if kind == "subject" and "--measure" in taken and measured:
        return f"It is a measure: --measure {quote(name)}"
    if kind == "subject" and "--source" in taken and store.resolve("source", name) is not None:
        return f"It is a source: --source {quote(name)}"
    if not isinstance(store, Store):
        return f"See those in the files: leave out --{kind}."
    return f"See those there are: factlog {kind}"


def measure(store: Record, name: str, known: Sequence[Measure]) -> str:
    """The measure that was asked for: one that is defined or on record, else a close one."""
    return _measure(name, known, partial(sought, store))


def exact_measure(store: Store, name: str, known: Sequence[Measure]) -> str:
    """The measure of this name; for changes a close spelling is only suggested, never taken."""
    return _measure(name, known, partial(exactly, store))


def _measure(name: str, known: Sequence[Measure], find: Callable[[str, str], str]) -> str:
    resolved = measures.resolve(name, known)
    if any(resolved == one.name for one in known) or not name.strip():
        return resolved
    return measures.resolve(find("measure", name), known)


def _distinct(store: Record, kind: str, spellings: Iterable[str]) -> list[str]:
    """The names these spellings stand for, each once."""
    return list(dict.fromkeys(store.resolve(kind, one) or one for one in spellings))


def _advice(offered: Sequence[str], otherwise: str) -> str:
    if offered:
        return "Did you mean " + " or ".join(f'"{name}"' for name in offered) + "?"
    return otherwise


def unfamiliar(store: Store, claims: Sequence[Claim]) -> list[str]:
    """A line for each new name of a subject, a source or an origin that is close to a known one."""
    said = claims[0].statement
    told = (_one_of(store, "subject", said.subject), _one_of(store, "source", said.source))
    return [*filter(None, told), *unfamiliar_origin(store, claims[0])]


def unfamiliar_origin(store: Store, claim: Claim) -> list[str]:
    """That the one cited is no source on record, where one is spelled closely; empty if not so."""
    if claim.origin is None or fold(claim.origin) == fold(claim.statement.source):
        return []
    return list(filter(None, [_one_of(store, "source", claim.origin, "no source on record")]))


def _one_of(store: Store, kind: str, name: str, new: str | None = None) -> str | None:
    """That a name is new, and what makes it one with the known one that it is close to, if any."""
    if store.resolve(kind, name) is not None or not (known := near(store, kind, name)):
        return None
    from shlex import quote  # loaded where a name is close alone

    return (
        f'"{name}" is {new or f"a new {kind}"}; there is also "{known}". If they are one: '
        f"factlog {kind} alias {quote(known)} {quote(name)}"
    )


def near(store: Store, kind: str, name: str) -> str | None:
    """The one name on record that is spelled most like a new one, if any is close."""
    from factlog.names import ALIKE, close

    return next(iter(close(name, store.candidates(kind, name), limit=1, cutoff=ALIKE)), None)
