"""factlog source: list, rename, alias or merge sources; what is known of one, and its record."""

from __future__ import annotations

import click

from factlog import comparer
from factlog.cli import days, name_lookup, options, store_path
from factlog.cli.commands.names import group_for
from factlog.cli.terminal import here, write
from factlog.errors import UsageError
from factlog.profile import GRADES, Basis
from factlog.render import over_time

FORMATS = ("table", "json")

command = group_for("source")


@command.command(
    "set", help="Put down what is known of the source NAME; an empty text takes it away."
)
@click.argument("name")
@click.option("--role", metavar="TEXT", help='What it is: "intelligence service".')
@click.option("--party", metavar="NAME", help="The party to the conflict it speaks for.")
@click.option(
    "--basis",
    metavar="KIND",
    help=f"What its counts rest on: {', '.join(Basis)}.",
)
@click.option("--grade", metavar="A-F", help="How far you trust it; needs --reason.")
@click.option("--reason", "grade_reason", metavar="TEXT", help="Why that grade.")
@click.option("--note", metavar="TEXT", help="A remark of your own.")
@click.pass_context
def set_(ctx: click.Context, /, name: str, **given: str | None) -> None:
    """Put down what is known of a source."""
    new = {key: text for key, text in given.items() if text is not None}
    if not new:
        raise UsageError(
            "There is nothing to put down.",
            f"Give an option: --basis documented, or --grade {GRADES[1]} --reason TEXT",
        )
    if new.get("grade") == "":
        new["grade_reason"] = ""
    with store_path.opened(ctx) as store:
        known = name_lookup.exactly(store, "source", name)
        write(
            ctx, over_time.profile(store.describe_source(known, new, now=store_path.now()), here())
        )


@command.command(
    "show", help="Show the source NAME: its figures, revisions, echoes, decisions, track record."
)
@click.argument("name")
@options.formats(*FORMATS)
@click.pass_context
def show(ctx: click.Context, name: str, shape: str, output: str | None) -> None:
    """Show one source through the record."""
    with store_path.opened(ctx) as store:
        known = name_lookup.sought(store, "source", name)
        compared = comparer.subjects_of(
            list(store.claims(source=known)),
            lambda subject: store.claims(subject=subject),
            store.measures(),
            lambda subjects: store.decisions(days.today(), subjects),
        )
        decided = store.decisions(days.today())
        subjects = dict.fromkeys(each.subject for each in decided)
        every = comparer.hits_of_each(
            (claim for subject in subjects for claim in store.claims(subject=subject)),
            decided,
            store.measures(),
        )
        found = comparer.source_record(store.profile(known), compared, every)
        told = (
            over_time.source_json(found)
            if shape == "json"
            else over_time.source(found, here(output))
        )
        write(ctx, told, output)
