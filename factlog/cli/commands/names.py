"""The commands `subject` and `source`, which are alike: list, rename, alias, merge."""

from __future__ import annotations

import click

from factlog.cli import name_lookup, options, store_path
from factlog.cli.terminal import here, write
from factlog.render import lists
from factlog.render.display import safe
from factlog.store import Store

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")


def group_for(kind: str) -> click.Group:
    """Make the command of one kind of name; alone it lists them, as `list` does."""

    @click.group(
        kind,
        invoke_without_command=True,
        short_help=f"List, rename, alias or merge {kind}s.",
        help=f"List the {kind}s on record, or rename, alias or merge them.",
    )
    @options.formats(*FORMATS)
    @click.pass_context
    def command(ctx: click.Context, format_: str | None, output: str | None) -> None:
        if ctx.invoked_subcommand is None:
            _list(ctx, kind, format_, output)

    for make in (_listing, _rename, _alias, _unalias, _merge):
        command.add_command(make(kind))
    apart = _unalias(kind)
    apart.short_help = "The same as unalias."
    command.add_command(apart, "split")
    return command


def _list(ctx: click.Context, kind: str, format_: str | None, output: str | None) -> None:
    shape = options.chosen_format(format_, output, FORMATS)
    with store_path.opened(ctx) as store:
        write(ctx, lists.names(kind, store.names(kind), shape, here(output)), output)


def _listing(kind: str) -> click.Command:
    @click.command("list", help=f"List the {kind}s, their aliases, and how many claims each has.")
    @options.formats(*FORMATS)
    @click.pass_context
    def listing(ctx: click.Context, format_: str | None, output: str | None) -> None:
        _list(ctx, kind, format_, output)

    return listing


def _rename(kind: str) -> click.Command:
    @click.command("rename", help=f"Show the {kind} OLD as NEW; claims keep the words they had.")
    @click.argument("old")
    @click.argument("new", callback=options.new_name(kind))
    @click.pass_context
    def rename(ctx: click.Context, old: str, new: str) -> None:
        with store_path.opened(ctx) as store:
            name = name_lookup.exactly(store, kind, old)
            store.rename(kind, name, new, now=store_path.now())
        click.echo(safe(f'The {kind} "{name}" is now shown as "{new}".'))

    return rename


def _alias(kind: str) -> click.Command:
    @click.command("alias", help=f"Take ALIAS for another name of the {kind} NAME.")
    @click.argument("name")
    @click.argument("alias", callback=options.new_name(kind))
    @click.pass_context
    def alias(ctx: click.Context, name: str, alias: str) -> None:
        with store_path.opened(ctx) as store:
            known = name_lookup.exactly(store, kind, name)
            store.alias(kind, known, alias, now=store_path.now())
        click.echo(safe(f'"{alias}" is now another name of the {kind} "{known}".'))

    return alias


def _unalias(kind: str) -> click.Command:
    @click.command("unalias", help="Take a wrong alias apart: ALIAS is no other name of NAME.")
    @click.argument("name")
    @click.argument("alias")
    @click.pass_context
    def unalias(ctx: click.Context, name: str, alias: str) -> None:
        with store_path.opened(ctx) as store:
            known = name_lookup.exactly(store, kind, name)
            store.unalias(kind, known, alias, now=store_path.now())
            own = store.resolve(kind, alias) or alias
        click.echo(safe(f'"{own}" is a {kind} of its own again, with the claims it was given.'))

    return unalias


def _merge(kind: str) -> click.Command:
    @click.command("merge", help=f"Make the {kind} FROM one with INTO, under the name INTO.")
    @click.argument("from_", metavar="FROM")
    @click.argument("into")
    @click.pass_context
    def merge(ctx: click.Context, from_: str, into: str) -> None:
        with store_path.opened(ctx) as store:
            one = name_lookup.exactly(store, kind, from_)
            other = name_lookup.exactly(store, kind, into)
            left = _left_behind(store, one, other) if kind == "source" else []
            store.merge_names(kind, one, other, now=store_path.now())
        click.echo(safe(f'The {kind} "{one}" is now one with "{other}"; undo takes this back.'))
        if left:
            click.echo(safe(f'What was known of "{one}" no longer counts: {", ".join(left)}.'))
            click.echo(safe(f'Put down what holds: factlog source set "{other}"'))

    return merge


def _left_behind(store: Store, from_: str, into: str) -> list[str]:
    """What is known of a source that is not known of the one it becomes one with."""
    one, other = store.profile(from_), store.profile(into)
    return [
        f"{name} {value}"
        for name in ("role", "party", "basis", "grade", "note")
        if (value := getattr(one, name)) and value != getattr(other, name)
    ]
