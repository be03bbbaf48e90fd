"""The command line described: every command, its arguments and its options, from click itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

import click

from factlog.cli.main import GROUPS, factlog


@dataclass(frozen=True)
class Option:
    """An option by all its names; `value` is what it takes, "" for one that takes nothing.

    `choices` are all the values there are, where they are few.
    """

    names: tuple[str, ...]
    value: str
    choices: tuple[str, ...]
    repeatable: bool
    required: bool
    default: str | None
    environment: str | None
    help: str


@dataclass(frozen=True)
class Argument:
    """A word that is given without a name."""

    name: str
    required: bool
    repeatable: bool


@dataclass(frozen=True)
class Command:
    """A command, or one under it ("source show"); `says` are the paragraphs of its help.

    `examples` are lines to be typed.
    """

    name: str
    group: str
    summary: str
    usage: str
    says: tuple[str, ...]
    examples: tuple[str, ...]
    arguments: tuple[Argument, ...]
    options: tuple[Option, ...]
    under: tuple[str, ...]

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats it writes; the first is that for a person."""
        return next((each.choices for each in self.options if "--format" in each.names), ())


def program() -> Command:
    """The program itself, with the options that every command takes."""
    return _described(_top(), factlog, "factlog", "", "")


def commands() -> Iterator[Command]:
    """Every command, in the order of the help page, each before those under it."""
    ctx = _top()
    for group, names in GROUPS.items():
        for name, summary in names.items():
            command = factlog.get_command(ctx, name)
            assert command is not None
            yield from _with_those_under(ctx, command, name, group, summary)


def _top() -> click.Context:
    """What a command line is read in: with other settings, commands would keep another --help."""
    return click.Context(factlog, info_name="factlog", **factlog.context_settings)


def _with_those_under(
    above: click.Context, command: click.Command, name: str, group: str, summary: str
) -> Iterator[Command]:
    ctx = click.Context(command, info_name=name.rpartition(" ")[2], parent=above)
    yield _described(ctx, command, name, group, summary)
    if isinstance(command, click.Group):
        for under, each in command.commands.items():
            told = each.get_short_help_str(200)
            yield from _with_those_under(ctx, each, f"{name} {under}", group, told)


def _described(
    ctx: click.Context, command: click.Command, name: str, group: str, summary: str
) -> Command:
    says, examples = _help(command)
    shown = [each for each in command.params if not getattr(each, "hidden", False)]
    return Command(
        name,
        group,
        summary or says[0],
        " ".join([ctx.command_path, *command.collect_usage_pieces(ctx)]),
        says,
        examples,
        tuple(_argument(ctx, each) for each in shown if isinstance(each, click.Argument)),
        tuple(_option(ctx, each) for each in shown if isinstance(each, click.Option)),
        tuple(command.commands) if isinstance(command, click.Group) and group else (),
    )


def _help(command: click.Command) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs of a help text, and the lines of its examples, which click leaves as are."""
    says, examples = list[str](), list[str]()
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        if paragraph.startswith("\b"):
            examples += paragraph.splitlines()[1:]
        else:
            says.append(" ".join(paragraph.split()))
    return tuple(says), tuple(examples)


def _argument(ctx: click.Context, of: click.Argument) -> Argument:
    return Argument(of.make_metavar(ctx).strip("[]."), of.required, of.nargs == -1)


def _option(ctx: click.Context, of: click.Option) -> Option:
    flag = of.is_flag or of.count
    choices = of.type.choices if isinstance(of.type, click.Choice) else ()
    default = of.default if isinstance(of.default, str | int) and not flag else None
    return Option(
        (*of.opts, *of.secondary_opts),
        "" if flag else of.make_metavar(ctx),
        tuple(map(str, choices)),
        of.multiple,
        of.required,
        None if default is None else str(default),
        of.envvar if isinstance(of.envvar, str) else None,
        of.help or "",
    )
