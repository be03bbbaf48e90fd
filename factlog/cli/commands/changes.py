"""factlog changes: what was recorded, edited, retracted and decided since, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import click

from factlog import comparer
from factlog.answers import Changes
from factlog.claim import Claim, defining
from factlog.cli import days, options, store_path
from factlog.cli.terminal import here, write
from factlog.comparer.over_time import changed_verdicts
from factlog.errors import NotFound, UsageError
from factlog.findings import Comparison
from factlog.names import fold
from factlog.render import over_time
from factlog.store import Event, Store

FORMATS = ("table", "json")


@click.command()
@click.option(
    "--since",
    default="last",
    metavar="DATE|EVENT|last",
    help="A day, an event of the log, its --head, or the last time it was asked (the default).",
)
@options.formats(*FORMATS)
@click.pass_context
def command(ctx: click.Context, since: str, shape: str, output: str | None) -> None:
    """Show the claims recorded, edited and retracted since, the decisions made, and verdicts that
    changed by it: all by when it was logged, whatever the dates of the figures.

    \b
    factlog changes --since yesterday
    factlog changes --since 12        what was done after event 12
    factlog changes                   since this was last asked so, or first at all
    """
    with store_path.opened(ctx) as store:
        asked = _last_asked(store)
        number = _of_last(asked) if since == "last" else days.since(store, since)
        with store.steady():
            found, head = _since(store, number, days.today()), store.head()
        if shape == "json":
            told = over_time.changes_json(found, str(number) if since == "last" else since)
        else:
            told = over_time.changes(found, here(output))
        write(ctx, told, output)
        if since == "last" or asked is None:  # what was not shown is still to be
            _note(store, head)


# What is told by what it did to claims, where it was taken back too.
_BY_CLAIMS = ("add", "import", "edit", "retract")


def _since(store: Store, number: int, today: date) -> Changes:
    """Everything that is otherwise than it was when event `number` had been logged."""
    touched, renamed = store.touched_since(number)
    now = _claims(store, touched)
    decided = store.decisions(today, every=True)
    with store.as_at(number):
        then = _claims(store, touched)
        known = {each.uid for each in store.decisions(today, every=True)}
        earlier = _compared(store, (*now.values(), *then.values()), everything=renamed)
    later = _compared(store, (*now.values(), *then.values()), everything=renamed)
    verdicts = changed_verdicts(
        earlier, later, touched, lambda name: store.resolve("subject", name) or name
    )
    live = {each for each, claim in now.items() if claim.retracted is None}
    lived = {each for each, claim in then.items() if claim.retracted is None}
    log = {each.id: each for each in reversed(store.log())}
    done = [each for each in log.values() if each.id > number]
    return Changes(
        number,
        len(done),
        tuple(now[each] for each in sorted(live - lived)),
        tuple(
            (then[each], now[each])
            for each in sorted(lived & now.keys())
            if then[each].uid != now[each].uid or each in live
        ),
        tuple(now.get(each, then[each]) for each in sorted(lived - live)),
        tuple(each for each in decided if each.uid not in known),
        tuple(verdicts),
        tuple(f"{each.action}, {each.about}" for each in done if _to_tell(each, number, log)),
    )


def _to_tell(done: Event, number: int, log: Mapping[int, Event]) -> bool:
    """Whether an event after `number` is told itself; not if it was taken back since."""
    if done.undoes is not None:
        return done.undoes <= number and log[done.undoes].action not in _BY_CLAIMS
    return done.undone_by is None and done.action not in (*_BY_CLAIMS, "decide")


def _claims(store: Store, ids: Iterable[int]) -> dict[int, Claim]:
    """Those of these claims that are on record, as they stand, by their ids."""
    found = defining(store.numbered(ids), store.definitions())
    return {claim.id: claim for claim in found if claim.id is not None}


def _compared(store: Store, claims: Iterable[Claim], *, everything: bool) -> Comparison:
    """The subjects of these claims compared, or all of them."""
    measures = store.measures()
    if everything:
        return comparer.compare(store.claims(), measures=measures, camps=False)
    named = {fold(claim.statement.subject): claim.statement.subject for claim in claims}
    found = {store.resolve("subject", name) for name in named.values()} - {None}
    return comparer.compare(
        (claim for name in sorted(filter(None, found)) for claim in store.claims(subject=name)),
        measures=measures,
        camps=False,
    )


def _noted() -> Path:
    """Where it is kept what the head of each store's log was when it was asked."""
    from platformdirs import user_state_path

    return user_state_path("factlog", appauthor=False) / "changes.json"


_MOST = 1 << 20  # bytes of it, which would be thousands of stores


def _known() -> dict[str, str]:
    with suppress(OSError, ValueError, RecursionError):
        place = _noted()
        if not place.is_file() or place.stat().st_size > _MOST:  # a pipe would never end
            return {}
        found = json.loads(place.read_text("utf-8"))
        if isinstance(found, dict):
            return {str(k): v for k, v in found.items() if isinstance(v, str)}
    return {}


def _named(store: Store) -> str:
    """What a store is noted under."""
    return str(store.place.resolve() if isinstance(store.place, Path) else store.place)


def _last_asked(store: Store) -> int | None:
    """The last event when it was asked; None of a record that has come in another's place."""
    with suppress(NotFound, ValueError):
        return store.event_of_head(_known().get(_named(store), ""))
    return None


def _of_last(asked: int | None) -> int:
    if asked is None:
        raise UsageError(
            "What has changed in this record was not asked before.",
            "Say since when, once: factlog changes --since 2025-01-13, or an event of factlog log",
        )
    return asked


def _note(store: Store, head: str) -> None:
    """Keep where the log stood; where that cannot be kept, nothing else is lost."""
    place = _noted()
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(f"{place.name}.{head.partition(':')[0]}.part")
        fresh.write_text(json.dumps({**_known(), _named(store): head}), "utf-8")
        try:
            fresh.replace(place)
        finally:
            fresh.unlink(missing_ok=True)
