"""factlog config: the defaults kept in factlog.toml, and which file each came from."""

from __future__ import annotations

import os

import click

from factlog.cli import config, options
from factlog.cli.terminal import here, write
from factlog.render import lists
from factlog.store.address import is_address, shown

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")


@click.command()
@options.formats(*FORMATS)
@click.pass_context
def command(ctx: click.Context, shape: str, output: str | None) -> None:
    """Show the defaults that factlog.toml sets, in this folder or in yours, and from which.

    Each option is taken by itself: from the command line, else from FACTLOG_DB or
    FACTLOG_POLICY, else from the file in this folder, else from yours.

    \b
    by = "Ada Park"          # options many commands share stand at the top
    [compare]                # any other in a table of its command
    policy = "strict"
    """
    group = ctx.find_root().command
    assert isinstance(group, click.Group)
    config.check(ctx, group.list_commands(ctx))
    found = [
        {"key": each.key, **dict(zip(("value", "file"), _source(each), strict=True))}
        for each in config.settings()
    ]
    if not found and shape == "table":
        places = " nor ".join(map(str, config.places()))
        write(ctx, f"No defaults are set: neither {places} is there to be read.\n", output)
        return
    write(ctx, lists.records(("key", "value", "file"), found, shape, here(output)), output)


def _source(each: config.Setting) -> tuple[object, str]:
    """What counts, and where it comes from: the environment before the file."""
    variable = config.ENVIRONMENT.get(each.option, "")
    if said := os.environ.get(variable):
        return _shown(said), f"{variable} in the environment"
    return _shown(each.value), str(each.file)


def _shown(value: object) -> object:
    """A value as it may be shown: an address without its password."""
    return shown(value) if isinstance(value, str) and is_address(value) else value
