"""factlog log: every change, and the proof that nothing was changed behind its back."""

from __future__ import annotations

from datetime import datetime

import click

from factlog import stamping
from factlog.cli import days, options, store_path
from factlog.cli.named_files import read_whole
from factlog.cli.terminal import here, write
from factlog.errors import StoreError, UsageError
from factlog.render import lists
from factlog.render.display import safe
from factlog.stamping import TimeStamp
from factlog.store import Store
from factlog.wording import counted

_LARGEST = 1_000_000  # bytes of certificates
FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")


_OF_NOW = "-"  # what --head alone stands for; nothing at all may be a variable that is not set


@click.command()
@click.option(
    "--limit", type=options.WholeNumber(min=1), metavar="N", help="Only the last N changes."
)
@click.option(
    "--since",
    metavar="DATE|EVENT",
    help="Only what was done on that day or later, or after that event.",
)
@click.option("--verify", is_flag=True, help="Check the whole record against the log.")
@click.option(
    "--head",
    is_flag=False,
    flag_value=_OF_NOW,
    metavar="[DIGEST]",
    help="Print the digest of the log; with --verify, check against an earlier DIGEST.",
)
@click.option("--stamp", is_flag=True, help="Have an authority stamp the head with the time.")
@click.option("--authority", metavar="URL", help="Which one: an RFC 3161 time stamp service.")
@click.option(
    "--authority-certificate",
    metavar="FILE",
    help="The root certificate (PEM) that it publishes; with --verify too.",
)
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    limit: int | None,
    since: str | None,
    verify: bool,
    head: str | None,
    stamp: bool,
    authority: str | None,
    authority_certificate: str | None,
    shape: str,
    output: str | None,
) -> None:
    """List every change, the last first.

    --head prints a short digest of all of them: publish it, or have it timestamped.
    --verify checks every row against the log, and names the first thing that does not fit;
    with --head DIGEST it also proves that nothing from before that digest has changed.
    --stamp asks the authority named, here or in factlog.toml under [log], for a time stamp of the
    head, and keeps it; --verify checks those kept.
    """
    for flag, asked in (("--stamp", stamp), ("--verify", verify), ("--head", head is not None)):
        if asked:
            instead = f"Write: factlog log {flag}, or for every change: factlog log -f json"
            options.refuse_format(ctx, f"What {flag} finds", instead)
    if stamp and (authority is None or authority_certificate is None):
        raise UsageError(
            "A time stamp needs an authority and its root certificate.",
            "Write: factlog log --stamp --authority URL --authority-certificate FILE",
        )
    root = _certificate(authority_certificate) if authority_certificate else None
    with store_path.opened(ctx) as store:
        if stamp:
            _stamp(store, str(authority), str(root))
        elif verify:
            found = store.verify(None if head == _OF_NOW else head)
            if not found.ok:
                raise StoreError(
                    f"The record does not fit its log: {found.problem}",
                    "It was changed behind factlog's back: compare it with a copy you trust.",
                )
            events = counted(found.events, "1 event", "{} events")
            click.echo(f"Everything fits: {events}, head {found.head}")
            for each in store.stamps():
                at = stamping.stamped_at(each, root)
                click.echo(_stamped(each, at))
        elif head not in (None, _OF_NOW):
            raise UsageError(
                "A digest is checked with --verify.", f"Write: factlog log --verify --head {head}"
            )
        elif head is not None:
            click.echo(store.head())
        else:
            after = days.since(store, since) if since else 0
            done = [each for each in store.log(limit) if each.id > after]
            write(ctx, lists.events(done, shape, here(output)), output)


def _stamp(store: Store, authority: str, root: str) -> None:
    last = next(iter(store.log(1)), None)
    if last is None:
        raise UsageError("There is nothing to stamp: the log is empty.", "Record a claim first.")
    made, at = stamping.ask(last.id, last.hash, authority, root)
    store.keep_stamp(made, now=store_path.now())
    click.echo(_stamped(made, at))


def _stamped(stamp: TimeStamp, at: datetime) -> str:
    head = f"{stamp.event}:{stamp.hash[:16]}"
    return safe(
        f"The log up to {head} existed on {at:%Y-%m-%d %H:%M:%S %Z}, says {stamp.authority}"
    )


def _certificate(file: str) -> str:
    try:
        return read_whole(file, _LARGEST).decode("ascii")
    except (OSError, UnicodeError) as error:
        raise UsageError(
            f"Cannot read a certificate in {file}.",
            "Name the PEM file that the authority publishes.",
        ) from error
