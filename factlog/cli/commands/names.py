"""The commands `subject` and `source`, which are alike: list, rename, alias, merge."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Set
from itertools import chain

import click

from factlog.cli import name_lookup, options, store_path
from factlog.cli.days import today
from factlog.cli.terminal import here, write
from factlog.errors import UsageError
from factlog.names import close_command, fold
from factlog.render import lists, over_time
from factlog.render.display import safe
from factlog.store import Store

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")
_APART = "Take a wrong alias apart: ALIAS is no other name of NAME."


_OF_ONE = {"measure": "list --measure", "source": "source show", "subject": "compare"}


class _NameCommands(click.Group):
    """The verbs of one kind of name; a name in their place is told where it belongs."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or say what may have been meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            close = close_command(args[0], self.commands)
            of_one = f"For that {self.name}: factlog {_OF_ONE[self.name or '']}"
            told = f"Did you mean {close!r}?" if close else f"{of_one} {shlex.quote(args[0])}"
            raise click.UsageError(f"No such command {args[0]!r}. {told}", ctx) from error


def group_for(
    kind: str,
    listed: Callable[[click.Context, str, str | None], None] | None = None,
    *,
    about: str = "",
    listing: str = "",
) -> click.Group:
    """Make the command of one kind of name; alone it lists them, as `list` does."""

    def names(ctx: click.Context, shape: str, output: str | None) -> None:
        with store_path.opened(ctx) as store:
            look = here(output)
            told = lists.names(kind, store.names(kind), shape, look)
            if kind == "source" and shape == "table":
                told = chain(told, over_time.left_open(store.profiles(), look))
            write(ctx, told, output)

    listed = listed or names

    @click.group(
        kind,
        cls=_NameCommands,
        invoke_without_command=True,
        help=about or f"List the {kind}s on record, or rename, alias or merge them.",
    )
    @options.formats(*FORMATS)
    @click.pass_context
    def command(ctx: click.Context, shape: str, output: str | None) -> None:
        if ctx.invoked_subcommand is None:
            listed(ctx, shape, output)

    listing = listing or f"List the {kind}s, their aliases, and how many claims each has."
    alike = options.formats(*FORMATS)(click.pass_context(listed))
    command.add_command(click.command("list", help=listing)(alike))
    for verb, about, words, change in (
        ("rename", f"Show the {kind} OLD as NEW; claims keep the words they had.",
         ("OLD", "NEW"), _rename),
        ("alias", f"Take ALIAS for another name of the {kind} NAME.", ("NAME", "ALIAS"), _alias),
        ("unalias", _APART, ("NAME", "ALIAS"), _unalias),
        ("merge", f"Make the {kind} FROM one with INTO, under the name INTO.",
         ("FROM", "INTO"), _merge),
        ("split", "The same as unalias.", ("NAME", "ALIAS"), _unalias),
    ):  # fmt: skip
        command.add_command(_change(kind, verb, about, words, change))
    return command


def _change(
    kind: str,
    verb: str,
    about: str,
    words: tuple[str, str],
    change: Callable[[Store, str, str, str], list[str]],
) -> click.Command:
    """A command of a name on record and another word: it changes something, and says so."""
    new = options.new_name(kind) if change in (_rename, _alias) else None

    @click.command(verb, help=about)
    @click.argument("name", metavar=words[0])
    @click.argument("other", metavar=words[1], callback=new)
    @click.pass_context
    def changing(ctx: click.Context, name: str, other: str) -> None:
        with store_path.opened(ctx) as store:
            stood = {each.id for each in store.decisions(today())}
            told = change(store, kind, name_lookup.exactly(store, kind, name), other)
            told += _replaced(store, stood)
        for line in told:
            click.echo(safe(line))

    return changing


def _rename(store: Store, kind: str, name: str, other: str) -> list[str]:
    store.rename(kind, name, other, now=store_path.now())
    return [f'The {kind} "{name}" is now shown as "{other}".']


def _alias(store: Store, kind: str, name: str, other: str) -> list[str]:
    shown = store.resolve(kind, name) or name
    if fold(other) == fold(shown):
        raise UsageError(
            f'"{other}" is what the {kind} "{shown}" is called already.',
            f"Give another name; see those there are: factlog {kind}",
        )
    own = store.resolve(kind, other)
    left = _left_behind(store, kind, own, name) if own and fold(own) == fold(other) else []
    store.alias(kind, name, other, now=store_path.now())
    return [f'"{other}" is now another name of the {kind} "{name}".', *left]


def _unalias(store: Store, kind: str, name: str, other: str) -> list[str]:
    store.unalias(kind, name, other, now=store_path.now())
    own = store.resolve(kind, other) or other
    return [f'"{own}" is a {kind} of its own again, with the claims it was given.']


def _merge(store: Store, kind: str, name: str, other: str) -> list[str]:
    into = name_lookup.exactly(store, kind, other)
    left = _left_behind(store, kind, name, into)
    store.merge_names(kind, name, into, now=store_path.now())
    return [f'The {kind} "{name}" is now one with "{into}"; undo takes this back.', *left]


def _replaced(store: Store, stood: Set[int | None]) -> list[str]:
    """The decisions that stood, and do not beside that of what is one with theirs now."""
    found = store.decisions(today(), every=True)
    standing = {(each.subject, each.measure): each.id for each in found}  # the last of each
    return [
        f"Decision {each.id} no longer stands beside decision "
        f"{standing[each.subject, each.measure]}, which is later;"
        f' both are kept: factlog decisions "{each.subject}" --all'
        for each in found
        if each.id in stood and each.replaced_by is not None
    ]


def _left_behind(store: Store, kind: str, from_: str, into: str) -> list[str]:
    """That what is known of a source is not known of the one it becomes one with, if so."""
    if kind != "source":
        return []
    one, other = store.profile(from_), store.profile(into)
    left = [
        f"{name} {value}"
        for name in ("role", "party", "basis", "grade", "note")
        if (value := getattr(one, name)) and value != getattr(other, name)
    ]
    return left and [
        f'What was known of "{from_}" no longer counts: {", ".join(left)}.',
        f'Put down what holds: factlog source set "{into}"',
    ]
