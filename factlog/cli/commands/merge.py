"""factlog merge: take another person's store into this one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from factlog.cli import beside, store_path
from factlog.cli.named_files import missing
from factlog.errors import FactlogError
from factlog.render.display import safe
from factlog.store import Store
from factlog.store.address import place_of
from factlog.wording import counted

_STOPPED = FactlogError(
    "The process that read the other store was stopped from outside, perhaps for want of memory; "
    "nothing was merged.",
    "Merge it again when there is more.",
)


@click.command()
@click.argument("other", metavar="OTHER")
@click.pass_context
def command(ctx: click.Context, other: str) -> None:
    """Take the claims, names and history of OTHER into this store; OTHER is not changed.

    Claims that both have are there once, and both logs are kept. Where the two differ on an
    alias, a measure or a source, neither stands, and the difference is reported for you to settle.
    """
    path = place_of(other)
    if isinstance(path, Path) and not path.exists():
        raise missing(other)
    with store_path.made(ctx) as store, Store.read_only(path) as theirs:
        store_path.used.append(theirs)
        long = isinstance(path, Path) and path.stat().st_size > beside.LONG
        helped = partial(beside.working, stopped=_STOPPED) if long else None
        report = store.merge(theirs, now=store_path.now(), beside=helped)
    new = counted(report.added, "1 claim new", "{} claims new")
    others = {
        "decision": report.decisions,
        "article": report.articles,
        "proposal": report.proposals,
        "page": report.pages,
        "definition": report.definitions,
    }
    taken = ", ".join(
        counted(number, f"1 {what}", f"{{}} {what}s") for what, number in others.items() if number
    )
    taken = f"; {taken} taken over" if taken else ""
    if report.taken_back:
        taken += f"; {counted(report.taken_back, '1 claim', '{} claims')} taken back"
    click.echo(f"Merged {safe(str(path))}: {new}, {report.known:,} here already{taken}.")
    for difference in report.differences:
        click.echo(f"  {safe(str(difference))}")
