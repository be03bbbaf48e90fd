"""factlog measure: list, define, rename or merge measures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import click

from factlog import measures
from factlog.cli import options, store_path
from factlog.cli.commands.names import group_for
from factlog.cli.terminal import here, write
from factlog.definition import Definition
from factlog.policy import Kind, Measure
from factlog.render import lists

_NAME = options.new_name("measure")


def _listed(ctx: click.Context, shape: str, output: str | None) -> None:
    write(ctx, lists.measures(store_path.known_measures(ctx), shape, here(output)), output)


command = group_for(
    "measure",
    _listed,
    listing="List what is measured.",
    about="""List what is measured: its kind, the parts it is the sum of, its other names.

    \b
    factlog measure
    factlog measure set casualties --sum killed --sum injured --kind cumulative --tolerance 2%
    """,
)


@command.command("set")
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
@click.option("--window", type=options.WholeNumber(min=0), metavar="DAYS", help="Its own window.")
@click.option(
    "--definition",
    callback=options.without_blanks,
    metavar="TEXT",
    help="What it counts, in one line.",
)
@click.option(
    "--includes", callback=options.without_blanks, metavar="TEXT", help="What it counts in."
)
@click.option(
    "--excludes", callback=options.without_blanks, metavar="TEXT", help="What it leaves out."
)
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
    includes: str | None,
    excludes: str | None,
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
        definition=_worded(
            _definition(old, kind) if definition is None else definition, includes, excludes
        ),
    )
    measures.check([*(one for one in known if one.name != new.name), new])
    with store_path.made(ctx) as store:
        store.set_measure(new, now=store_path.now())
    write(ctx, lists.measures((new,), "table", here()))


def _worded(definition: str, includes: str | None, excludes: str | None) -> str:
    """A definition in one line, with what it includes and excludes."""
    beside = str(Definition(None, includes, excludes))
    return "; ".join(filter(None, (definition.rstrip(". ") if beside else definition, beside)))


def _definition(old: Measure, kind: str | None) -> str:
    """The words there are for a measure; the vocabulary's own tell the kind it was."""
    changed = kind is not None and Kind(kind) is not old.kind
    known = {each.definition for each in measures.starter()}
    return "" if changed and old.definition in known else old.definition
