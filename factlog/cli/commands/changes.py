"""factlog changes: what was recorded, edited, retracted and decided since, and what came of it."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import click

from factlog.cli import changes, days, options, store_path
from factlog.cli.terminal import here, write
from factlog.errors import UsageError
from factlog.render import changes as worded
from factlog.store import Store

FORMATS = ("table", "json")


@click.command(short_help="Show what has changed since a day, an event, or the last time.")
@click.option(
    "--since",
    default="last",
    metavar="DATE|EVENT|last",
    help="A day, an event of the log, its --head, or the last time it was asked (the default).",
)
@options.formats(*FORMATS)
@click.pass_context
def command(ctx: click.Context, since: str, format_: str | None, output: str | None) -> None:
    """Show the claims recorded, edited and retracted since, the decisions made, and verdicts that
    changed by it: all by when it was logged, whatever the dates of the figures.

    \b
    factlog changes --since yesterday
    factlog changes --since 12        what was done after event 12
    factlog changes                   since it was asked last
    """
    shape = options.chosen_format(format_, output, FORMATS)
    with store_path.opened(ctx) as store:
        number = _last_asked(store) if since == "last" else days.since(store, since)
        found = changes.since(store, number, store_path.today())
        if shape == "json":
            told = worded.json(found, str(number) if since == "last" else since)
        else:
            told = worded.text(found, here(output))
        write(ctx, told, output)
        _note(store, number + found.events)


def _noted() -> Path:
    """Where it is kept which event of each store was the last when it was asked."""
    from platformdirs import user_state_path

    return user_state_path("factlog", appauthor=False) / "changes.json"


def _known() -> dict[str, int]:
    with suppress(OSError, ValueError):
        found = json.loads(_noted().read_text("utf-8"))
        if isinstance(found, dict):
            return {str(k): v for k, v in found.items() if isinstance(v, int) and v >= 0}
    return {}


def _last_asked(store: Store) -> int:
    number = _known().get(str(store.path.resolve()))
    if number is None:
        raise UsageError(
            "What has changed in this record was not asked before.",
            "Say since when, once: factlog changes --since 2025-01-13, or an event of factlog log",
        )
    return number


def _note(store: Store, number: int) -> None:
    """Keep where the log stood; where that cannot be kept, nothing else is lost."""
    place = _noted()
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(f"{place.name}.{number}.part")
        fresh.write_text(json.dumps({**_known(), str(store.path.resolve()): number}), "utf-8")
        fresh.replace(place)
