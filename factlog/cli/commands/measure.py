"""factlog measure: list, define, rename or merge measures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import click

from factlog import measures
from factlog.cli import options, store_path
from factlog.cli.commands.names import group_for
from factlog.cli.terminal import here, write
from factlog.policy import Kind
from factlog.render import lists

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")
_NAME = options.new_name("measure")


@click.group(invoke_without_command=True, short_help="List, define, rename or merge measures.")
@options.formats(*FORMATS)
@click.pass_context
def command(ctx: click.Context, format_: str | None, output: str | None) -> None:
    """List what is measured: its kind, the parts it is the sum of, its other names.

    \b
    factlog measure
    factlog measure set casualties --sum killed --sum injured --kind cumulative --tolerance 2%
    """
    if ctx.invoked_subcommand is None:
        _list(ctx, format_, output)


def _list(ctx: click.Context, format_: str | None, output: str | None) -> None:
    shape = options.chosen_format(format_, output, FORMATS)
    write(ctx, lists.measures(store_path.known_measures(ctx), shape, here(output)), output)


@command.command("list", short_help="List what is measured.")
@options.formats(*FORMATS)
@click.pass_context
def list_(ctx: click.Context, format_: str | None, output: str | None) -> None:
    """List what is measured: its kind, the parts it is the sum of, its other names."""
    _list(ctx, format_, output)


@command.command("set", short_help="Define a measure, or change what is said here of it.")
@click.argument("name", callback=_NAME)
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="How it moves.")
@click.option(
    "--sum", "parts", multiple=True, callback=_NAME, metavar="PART", help="It is the sum of these."
)
@click.option("--no-sum", is_flag=True, help="It is no sum.")
@click.option(
    "--alias", "aliases", multiple=True, callback=_NAME, metavar="NAME", help="Another name of it."
)
@click.option("--tolerance", callback=options.a_share, metavar="PERCENT", help="Its own tolerance.")
@click.option("--window", type=click.IntRange(min=0), metavar="DAYS", help="Its own window.")
@click.option("--definition", metavar="TEXT", help="What it counts, in one line.")
@click.pass_context
def set_(
    ctx: click.Context,
    name: str,
    kind: str | None,
    parts: tuple[str, ...],
    no_sum: bool,
    aliases: tuple[str, ...],
    tolerance: Decimal | None,
    window: int | None,
    definition: str | None,
) -> None:
    """Define the measure NAME; what is not given stays as it was."""
    known = store_path.known_measures(ctx)
    old = measures.find(name, known)
    new = replace(
        old,
        kind=Kind(kind) if kind else old.kind,
        parts=() if no_sum else parts or old.parts,
        aliases=tuple(dict.fromkeys((*old.aliases, *aliases))),
        tolerance=old.tolerance if tolerance is None else tolerance,
        window=old.window if window is None else window,
        definition=old.definition if definition is None else definition,
    )
    measures.check([*(one for one in known if one.name != new.name), new])
    with store_path.made(ctx) as store:
        store.set_measure(new, now=store_path.now())
    write(ctx, lists.measures((new,), "table", here()))


for _name, _command in group_for("measure").commands.items():
    if _name != "list":
        command.add_command(_command)
